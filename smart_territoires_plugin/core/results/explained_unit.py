"""``explain`` of a call unit: its place, and what its territories bring to it; and of a territory, who calls it."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.results.evidence import at_units, members_of
from smart_territoires_plugin.core.targeting.why_not import published, why_not, why_not_sentences

Rows = Mapping[str, Mapping[str, str]]
_SHOWN = 10


def explain_unit(rows: Rows, units: Rows, code: str, manifest: Mapping, lang: str) -> list[str]:
    """Return the explanation of a call unit, as lines of text.

    Parameters
    ----------
    rows, units : mapping of code to row
        ``territories.csv`` and ``call_units.csv``.
    """
    unit = units[code]
    segment = unit["segment"] or "insufficient_data"
    lines = [text("explain.title", lang, name=unit["name"], code=code, segment=text(f"segment.{segment}", lang))]
    held = number(int(unit["territories"]), lang)
    lines += [text("explain.unit", lang, level=unit["level"], territories=held), *place_sentences(unit, segment, lang)]
    lines += why_not_sentences(why_not(published(units, at_units(manifest, units)), code), lang)
    lines += ["", *unit[f"reasons_{lang}"].split("\n")]
    if unit["readiness"]:
        lines += ["", *_readiness(rows, unit, lang)]
    return lines


def units_of(units: Rows, code: str, lang: str) -> list[str]:
    """Return through which call units a territory is called, and where they stand; nothing where there are none."""
    lines = []
    for unit in units.values():
        if code in members_of(unit):
            standing = text(f"segment.{unit['segment'] or 'insufficient_data'}", lang)
            if unit["target_rank"]:
                standing = text("explain.unit_target", lang, rank=number(int(unit["target_rank"]), lang))
            values = {"name": unit["name"], "code": unit["code"], "level": unit["level"], "standing": standing}
            which = "explain.called_itself" if unit["code"] == code else "explain.called_through"
            lines.append(text(which, lang, **values))
    return lines


def place_sentences(row: Mapping[str, str], segment: str, lang: str) -> list[str]:
    """Say in which segment a territory or unit is, or its rank among the targets and how stable that is."""
    if segment != "engage":
        meaning = text(f"segment.{segment}.meaning", lang)
        return [text("explain.not_engage", lang, segment=text(f"segment.{segment}", lang), meaning=meaning)]
    rank = int(row["target_rank"])
    stability = text(f"stability.{row['stability']}", lang)
    low, high = (number(int(row[name]), lang) for name in ("rank_low", "rank_high"))
    return [text("explain.rank", lang, rank=number(rank, lang), low=low, high=high, stability=stability)]


def member_parts(rows: Rows, unit: Mapping[str, str]) -> dict[str, float]:
    """Return what each territory adds to the readiness of its unit, the mean by inhabitants of those that are known.

    Returns
    -------
    dict of code to float
        They add up to the readiness; the most first, of two alike the first by code.
    """
    known = [rows[code] for code in members_of(unit) if rows[code]["readiness"]]
    people = {row["code"]: float(row["population"] or 0) for row in known}
    if not any(float(row["population"] or 0) for row in rows.values()):
        people = dict.fromkeys(people, 1.0)
    whole = sum(people.values())
    parts = {row["code"]: float(row["readiness"]) * people[row["code"]] / whole for row in known} if whole else {}
    return dict(sorted(parts.items(), key=lambda item: (-item[1], item[0])))


def _readiness(rows: Rows, unit: Mapping[str, str], lang: str) -> list[str]:
    parts = member_parts(rows, unit)
    lines = [text("explain.unit_readiness", lang, value=number(float(unit["readiness"]), lang, 2))]
    # One that is left is not worth a line that says so.
    shown = len(parts) if len(parts) == _SHOWN + 1 else _SHOWN
    for code, points in list(parts.items())[:shown]:
        row = rows[code]
        values = {
            "points": number(points, lang, 2).rjust(7),
            "name": row["name"],
            "code": code,
            "readiness": number(float(row["readiness"]), lang, 1),
            "population": number(float(row["population"] or 0), lang, 0),
            "segment": text(f"segment.{row['segment'] or 'insufficient_data'}", lang),
        }
        lines.append(text("explain.member", lang, **values))
    rest = list(parts.values())[shown:]
    if rest:
        points = number(sum(rest), lang, 2).rjust(7)
        lines.append(text("explain.members_rest", lang, points=points, count=number(len(rest), lang)))
    if unknown := int(unit["territories"]) - len(parts):
        lines.append(text("explain.members_unknown", lang, count=number(unknown, lang)))
    return lines

"""Who is in a call unit: whom to speak with first, and where each stands."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.outreach.material import CALL_UNITS, Material
from smart_territoires_plugin.core.results.evidence import members_of

_SHOWN = 8


def members(material: Material, unit: Mapping[str, str], lang: str, internal: bool) -> tuple[str, ...]:
    """Return a line per territory of a call unit; () of a territory, and of a unit that is one.

    Parameters
    ----------
    internal : bool
        Else names alone, in their order: where each stands is not for the public.
    """
    held = [material.territories[code] for code in members_of(unit)] if material.level == CALL_UNITS else []
    if len(held) < 2:
        return ()
    held.sort(key=_first if internal else lambda row: row["name"].casefold())
    # One that is left is not worth a line that says so.
    shown = len(held) if len(held) == _SHOWN + 1 else _SHOWN
    said = [_line(row, lang) if internal else row["name"] for row in held[:shown]]
    rest = len(held) - shown
    return (*said, text("outreach.members_rest", lang, count=number(rest, lang))) if rest > 0 else tuple(said)


def _first(row: Mapping[str, str]) -> tuple:
    """Order targets by rank, then the others by readiness."""
    rank = int(row["target_rank"]) if row["target_rank"] else float("inf")
    return rank, -float(row["readiness"] or "-inf"), row["code"]


def _line(row: Mapping[str, str], lang: str) -> str:
    values = {
        "name": row["name"],
        "code": row["code"],
        "segment": text(f"segment.{row['segment'] or 'insufficient_data'}", lang),
    }
    if not row["readiness"]:
        return text("outreach.member_unknown", lang, **values)
    return text("outreach.member", lang, readiness=number(float(row["readiness"]), lang, 1), **values)

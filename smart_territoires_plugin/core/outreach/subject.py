"""What is said of one territory: read from the results, worded in one language, for one audience."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.outreach.factors import OwnValue, stake_values, strong_and_weak
from smart_territoires_plugin.core.outreach.material import FLAGS, Material
from smart_territoires_plugin.core.outreach.members import members
from smart_territoires_plugin.core.outreach.moving import smallest_change

AUDIENCES = ("internal", "public")
# Sentences that later parts of a run may add to the table, each as ``<name>_fr`` and ``<name>_en``.
INTERNAL_SENTENCES = ("outreach", "decision")
_DETAILS = 2


@dataclass(frozen=True)
class Subject:
    """One territory, in words; '' or () where nothing is known.

    Parameters
    ----------
    code, name : str
    population : float or None
    place : str
        Its groups.
    theme_id, theme, stake, stake_median : str
        What to speak about, and how much it matters here.
    stake_details, strengths, levers : tuple of OwnValue
    argument : str
        One sentence for a letter.
    change : str
        The smallest change that would move it; internal.
    peer, peer_code, peer_sentence, showcase, group : str
        The last, the exchange group, is internal.
    cofunding, call, call_title : str
    activity, standing, contact_role : str
        Internal.
    others : tuple of str
        Further sentences that the results carry; internal.
    gaps : tuple of str
        What is missing, imputed, treated or repaired.
    members : tuple of str
        Of a call unit: its territories, those to speak with first in front.
    """

    code: str
    name: str
    population: float | None
    place: str
    theme_id: str
    theme: str
    stake: str
    stake_median: str
    stake_details: tuple[OwnValue, ...]
    strengths: tuple[OwnValue, ...]
    levers: tuple[OwnValue, ...]
    argument: str
    change: str
    peer: str
    peer_code: str
    peer_sentence: str
    showcase: str
    group: str
    cofunding: str
    call: str
    call_title: str
    activity: str
    standing: str
    contact_role: str
    others: tuple[str, ...]
    gaps: tuple[str, ...]
    members: tuple[str, ...] = ()


def subject_of(material: Material, code: str, lang: str, audience: str) -> Subject:
    """Return what is said of a territory.

    Parameters
    ----------
    audience : {"internal", "public"}
        For the public nothing of ranks, activity beside others, contacts, interviews and motivation is read.
    """
    row, evidence = material.rows[code], material.evidence(code)
    internal = audience == "internal"
    theme_id = row["recommended_theme"]
    theme = material.theme_names(lang).get(theme_id, "")
    stake = row.get(f"score_{theme_id}", "")
    details = stake_values(evidence, theme_id, lang) if theme_id else ()
    strong, weak = strong_and_weak(evidence, lang) if row["readiness"] else ((), ())
    peer_code = row["peer_code"]
    peer = material.rows[peer_code]["name"] if peer_code in material.rows else ""
    call_title, call = _call(row, lang)
    return Subject(
        code=code,
        name=row["name"],
        population=float(row["population"]) if row["population"] else None,
        place=_place(material, row),
        theme_id=theme_id,
        theme=theme,
        stake=number(float(stake), lang, 1) if stake else "",
        stake_median=number(material.median(f"score_{theme_id}"), lang, 1) if stake else "",
        stake_details=details,
        strengths=strong,
        levers=weak,
        argument=_argument(row, theme, stake, details, strong, lang),
        change=(_given(row, "change", lang) or smallest_change(material, code, lang)) if internal else "",
        peer=peer,
        peer_code=peer_code if peer else "",
        peer_sentence=_peer(material, row, peer, theme, lang) if peer else "",
        showcase=_showcase(material, code, lang),
        group=_group(material, code, lang) if internal else "",
        cofunding=_cofunding(material, row, theme, lang),
        call=call,
        call_title=call_title,
        activity=_activity(row, lang) if internal else "",
        standing=standing_sentence(material, row, lang) if internal else "",
        contact_role=(row.get("contact_role") or text("outreach.contact_default", lang)) if internal else "",
        others=_others(material, row, lang) if internal else (),
        gaps=_gaps(material, row, lang),
        members=members(material, row, lang, internal),
    )


def too_small(row: Mapping[str, str]) -> bool:
    """Say whether a count tells little, since less than one project is to be expected."""
    searched = row["activity_status"] not in ("", "not_searched")
    return searched and bool(row["expected_activity"]) and float(row["expected_activity"]) < 1


def _activity(row: Mapping[str, str], lang: str) -> str:
    said = activity_sentence(row, lang)
    return f"{said} {text('reason.too_small', lang)}" if too_small(row) else said


def activity_sentence(row: Mapping[str, str], lang: str) -> str:
    """Return what is recorded, beside what is to be expected; that nobody searched, where nobody did."""
    status, expected = row["activity_status"], row["expected_activity"]
    if not status:
        return text("reason.no_activity_indicator", lang)
    if status == "not_searched":
        if not expected:
            return text("reason.activity_unknown", lang)
        return text("reason.activity_unknown_expected", lang, expected=number(float(expected), lang, 1))
    projects = projects_words(float(row["activity_count"]), lang)
    if not expected:
        return text("reason.activity_alone", lang, projects=projects)
    shown = {"expected": number(float(expected), lang, 1), "evidence": number(float(row["evidence"]), lang, 0)}
    return text("reason.activity", lang, projects=projects, **shown)


def standing_sentence(material: Material, row: Mapping[str, str], lang: str) -> str:
    """Return the rank with its interval and stamp; '' where it is no target."""
    if not row["target_rank"]:
        return ""
    rank, low, high = (number(int(row[name]), lang) for name in ("target_rank", "rank_low", "rank_high"))
    among = number(sum(bool(other["target_rank"]) for other in material.rows.values()), lang)
    stamp = text(
        "outreach.stamp",
        lang,
        stamp=text(f"stability.{row['stability']}", lang),
        shortlist=number(material.manifest["study"]["shortlist"], lang),
        when=text(f"annex.stamp.{row['stability']}", lang),
    )
    code = "outreach.standing_one" if low == high else "outreach.standing"
    return text(code, lang, rank=rank, among=among, low=low, high=high, stability=stamp)


def projects_words(count: float, lang: str) -> str:
    """Return a number of projects in words; in French zero is singular, in English plural."""
    singular = count < 2 if lang == "fr" else count == 1
    return text("reason.projects_one" if singular else "reason.projects_many", lang, count=number(count, lang))


def named_values(values: tuple[OwnValue, ...], lang: str, count: int = _DETAILS) -> str:
    """Return the first values by name, in one line."""
    return ", ".join(text("reason.named_value", lang, name=item.name, value=item.value) for item in values[:count])


def _given(row: Mapping[str, str], name: str, lang: str) -> str:
    """Return a sentence that the results carry in both languages, on one line."""
    return " ".join(row.get(f"{name}_{lang}", "").split("\n"))


def _place(material: Material, row: Mapping[str, str]) -> str:
    names = (row.get(f"group_{group}", "") for group in material.manifest["study"]["groups"])
    return ", ".join(name for name in names if name)


def _argument(
    row: Mapping[str, str],
    theme: str,
    stake: str,
    details: tuple[OwnValue, ...],
    strong: tuple[OwnValue, ...],
    lang: str,
) -> str:
    parts = []
    if theme and stake:
        values = {"name": row["name"], "theme": theme, "stake": number(float(stake), lang, 1)}
        shown = named_values(details, lang)
        code = "outreach.argument.stake" if shown else "outreach.argument.stake_alone"
        parts.append(text(code, lang, details=shown, **values))
    if strong:
        parts.append(text("outreach.argument.strengths", lang, strengths=named_values(strong, lang)))
    return " ".join(parts)


def _peer(material: Material, row: Mapping[str, str], peer: str, theme: str, lang: str) -> str:
    """Return how active the peer is and what it did, where the results tell."""
    other = material.rows[row["peer_code"]]
    counted = float(other["activity_count"] or 0)
    said = [text("reason.peer", lang, name=peer, code=row["peer_code"], projects=projects_words(counted, lang))]
    link = material.peers.get(row["code"], {})
    if link.get("peer_code") == row["peer_code"]:
        if link.get("likeness_pct"):
            share = number(float(link["likeness_pct"]), lang, 0)
            said.append(text("peers.likeness", lang, peer=peer, name=row["name"], share=share))
        if link.get("did"):
            code = "peers.did_on" if theme else "peers.did"
            said.append(text(code, lang, peer=peer, theme=theme, did=link["did"]))
    return " ".join(said)


def _showcase(material: Material, code: str, lang: str) -> str:
    """Return the nearest showcase, where the lists name one."""
    line = material.listed.get(code, {})
    if not (line.get("showcase_code") and line.get("distance_km")) or line["showcase_code"] not in material.rows:
        return ""
    name = material.rows[line["showcase_code"]]["name"]
    distance = number(float(line["distance_km"]), lang, 0)
    return text("outreach.showcase", lang, name=name, code=line["showcase_code"], distance=distance)


def _others(material: Material, row: Mapping[str, str], lang: str) -> tuple[str, ...]:
    """Return what else is known inside: what was decided of it, and what came of former calls."""
    said = [_given(row, name, lang) for name in INTERNAL_SENTENCES]
    return tuple(line for line in [*said, _given(material.listed.get(row["code"], {}), "note", lang)] if line)


def _group(material: Material, code: str, lang: str) -> str:
    """Return the exchange group and who else is in it; it names unsuccessful applicants too, so it is internal."""
    group = material.peers.get(code, {}).get("exchange_group", "")
    if not group:
        return ""
    others = [name for name in material.members.get(group, ()) if name != material.rows[code]["name"]]
    if not others:
        return text("outreach.group_alone", lang, group=group)
    return text("outreach.group", lang, group=group, others=", ".join(others))


def _cofunding(material: Material, row: Mapping[str, str], theme: str, lang: str) -> str:
    """Return who may co-fund, at which rate, and what would be left to pay."""
    if given := _given(row, "cofunding", lang):
        return given
    if row.get("cofunder"):
        said = [text("outreach.cofunder", lang, cofunder=row["cofunder"])]
        if row.get("cofunding_rate_pct"):
            rate = with_unit(float(row["cofunding_rate_pct"]), "%", lang)
            said = [text("outreach.cofunder_rate", lang, cofunder=row["cofunder"], rate=rate)]
        if row.get("residual_eur"):
            said.append(text("outreach.residual", lang, residual=with_unit(float(row["residual_eur"]), "€", lang, 0)))
        return " ".join(said)
    lines = material.table("cofunders")
    if not lines or not theme:
        return ""
    import pandas as pd

    from smart_territoires_plugin.core.targeting.cofunding import COLUMNS, cofunding_sentence

    table = pd.DataFrame(lines).reindex(columns=list(COLUMNS), fill_value="")
    for name in (name for name in COLUMNS if name not in ("theme", "cofunder")):
        table[name] = pd.to_numeric(table[name], errors="coerce")
    return " ".join(cofunding_sentence(table, row["recommended_theme"], theme, lang).split("\n"))


def _call(row: Mapping[str, str], lang: str) -> tuple[str, str]:
    """Return the title of the open call that fits, and a sentence on it or on why there is none."""
    title = row.get("call_title", "")
    if given := _given(row, "call", lang):
        return title, given
    if not title:
        return "", ""
    from smart_territoires_plugin.core.targeting.call_fit import CallFit, call_sentence

    closing = row.get("call_closing", "")[:10]
    day = datetime.date.fromisoformat(closing) if closing else None
    return title, call_sentence(CallFit(row.get("call_id") or title, title, day), "", lang)


def _gaps(material: Material, row: Mapping[str, str], lang: str) -> tuple[str, ...]:
    names, flagged = material.indicator_names(lang), material.flagged.get(row["code"], {})
    said = [
        text(f"reason.flag_{flag}", lang, names=", ".join(names[item] for item in flagged[flag]))
        for flag in FLAGS
        if flag in flagged
    ]
    if row["data_coverage"]:
        share = with_unit(100 * float(row["data_coverage"]), "%", lang, 0)
        said.append(text("outreach.coverage", lang, share=share))
    return tuple(said)

"""What the register adds to a target: what it asked for, what was said and done, the call that fits, who co-funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.register.projects import Project
from smart_territoires_plugin.core.register.reading import Register
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.call_fit import call_sentence, fitting_calls
from smart_territoires_plugin.core.targeting.cofunding import cofunders, cofunding_sentence

_LANGUAGES = ("fr", "en")
_AMOUNTS = ("year", "budget_eur", "cofunding_eur", "cofunding_rate_pct")
_DECLINED = "declined"
COMMUNE = "commune"
COLUMNS = (
    "code", "asked_theme", "interviews", "motivation", "called_before", "last_contact", "contact_outcome",
    "contact_role", "next_action", "due", "overdue", "call_id", "call_title", "call_closing", "call_fr", "call_en",
    "cofunding_fr", "cofunding_en", "outreach_fr", "outreach_en",
)  # fmt: skip


@dataclass(frozen=True)
class Approach:
    """What the register tells of a study's territories.

    Parameters
    ----------
    register : Register
    asked : ndarray of bool, shape (n_territories, n_themes)
        Themes that a territory proposed itself, in the order of the study's scored themes.
    projects : DataFrame
        One line per project and territory: ``project``, ``row``, ``title``, ``theme``, ``stage``, ``year``, amounts,
        ``cofunder``.
    cofunders : DataFrame
        By theme, as ``cofunding.cofunders`` makes them.
    """

    register: Register
    asked: np.ndarray
    projects: pd.DataFrame
    cofunders: pd.DataFrame


def approach_of(study: Study, register: Register, size: int) -> Approach:
    """Return what a register tells, with its projects as lines."""
    asked = asked_themes([theme.id for theme in study.scored_themes], register.contacts, size)
    projects = project_lines(register.projects)
    return Approach(register, asked, projects, cofunders(projects))


def asked_themes(themes: Sequence[str], contacts: pd.DataFrame, size: int) -> np.ndarray:
    """Return which themes were proposed in contacts by whom they are on.

    Returns
    -------
    ndarray of bool, shape (size, n_themes)
    """
    asked = np.zeros((size, len(themes)), dtype=bool)
    for row, theme in zip(contacts["row"], contacts["proposed_theme"], strict=True):
        if row >= 0 and theme in themes:
            asked[row, themes.index(theme)] = True
    return asked


def project_lines(projects: Sequence[Project]) -> pd.DataFrame:
    """Return projects as a frame, a line for each territory that one lists; row -1 where it lists none."""
    texts = ("title", "theme", "stage", "cofunder")
    lines = [
        (number_, row, *(getattr(one, name) for name in texts), *(getattr(one, name) for name in _AMOUNTS))
        for number_, one in enumerate(projects)
        for row in one.rows or (-1,)
    ]
    return pd.DataFrame(lines, columns=["project", "row", *texts, *_AMOUNTS])


def approach_frame(
    study: Study,
    territories: Territories,
    found: Approach,
    theme: np.ndarray,
    rows: np.ndarray,
    kinds: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return what is known of each territory to call; contacts are roles, and what is said in interviews stays inside.

    Parameters
    ----------
    theme : ndarray of str, shape (n_territories,)
        The theme to speak about.
    rows : ndarray of int
        The territories to call.
    kinds : ndarray of str, shape (n_territories,), optional
        What each is to those who open calls; communes where nothing is said.

    Returns
    -------
    DataFrame
        ``COLUMNS``; texts are '' and numbers NaN where the register says nothing.
    """
    register, names = found.register, {one.id: one.name for one in study.themes}
    interviews = register.interviews.groupby("row")["motivation"].agg(["size", "mean"])
    last = _last_contacts(register.contacts, study.date)
    applications = dict(list(register.applications.groupby("row")))
    lines = []
    for row in rows:
        said = names.get(theme[row])
        own = np.flatnonzero(found.asked[row])
        heard = interviews.loc[row] if row in interviews.index else None
        line: dict[str, object] = {
            "code": territories.codes[row],
            "asked_theme": ";".join(study.scored_themes[place].id for place in own),
            "interviews": 0 if heard is None else int(heard["size"]),
            "motivation": np.nan if heard is None else float(heard["mean"]),
            **last.get(row, {}),
        }
        if len(register.calls) and study.date:
            people = territories.population[row]
            kind = COMMUNE if kinds is None else kinds[row]
            fit = fitting_calls(register.calls, study.date, theme[row], kind, people, applications.get(row))
            line.update(call_id=fit.call_id, call_title=fit.title)
            line["call_closing"] = fit.closing.isoformat() if fit.closing else ""
            for lang in _LANGUAGES:
                line[f"call_{lang}"] = call_sentence(fit, study.date, lang, said[lang] if said else "")
        for lang in _LANGUAGES:
            if said is not None and len(found.cofunders):
                told = cofunding_sentence(found.cofunders, theme[row], said[lang], lang)
                line[f"cofunding_{lang}"] = " ".join(told.split("\n"))
            line[f"outreach_{lang}"] = " ".join(_said(line, names, lang))
        lines.append(line)
    frame = pd.DataFrame(lines, columns=list(COLUMNS))
    for name in ("interviews", "motivation"):
        frame[name] = frame[name].astype(float)
    frame["called_before"] = frame["called_before"].fillna(0).astype(int)
    frame["overdue"] = frame["overdue"].fillna(0).astype(int)
    numbers = ("interviews", "motivation", "called_before", "overdue")
    texts = [name for name in COLUMNS if name not in numbers]
    frame[texts] = frame[texts].astype(object).where(frame[texts].notna(), "")
    return frame


def _last_contacts(contacts: pd.DataFrame, date: str) -> dict[int, dict[str, object]]:
    """Return what was agreed with each territory last, up to the study's date."""
    some = contacts[contacts["row"] >= 0]
    if len(date) == 10:
        some = some[some["date"] <= date]
    found: dict[int, dict[str, object]] = {}
    for line in some.sort_values("date", kind="stable").to_dict("records"):
        overdue = bool(line["due"]) and len(date) == 10 and line["due"] < date and line["outcome"] != _DECLINED
        found[int(line["row"])] = {
            "called_before": 1,
            "last_contact": line["date"],
            "contact_outcome": line["outcome"],
            "contact_role": line["caller_role"],
            "next_action": line["next_action"],
            "due": line["due"],
            "overdue": int(overdue),
        }
    return found


def _said(line: Mapping[str, object], names: Mapping[str, object], lang: str) -> list[str]:
    """Return what the territory itself said, and what came of earlier calls; for the region's own people."""
    said = []
    if line["asked_theme"]:
        asked = ", ".join(names[theme][lang] for theme in str(line["asked_theme"]).split(";"))
        said.append(text("approach.asked", lang, themes=asked))
    if line["interviews"]:
        if not np.isnan(line["motivation"]):
            values = {"count": number(line["interviews"], lang), "motivation": number(line["motivation"], lang, 1)}
            said.append(text("approach.motivation", lang, **values))
        else:
            said.append(text("approach.interviews", lang, count=number(line["interviews"], lang)))
    if line.get("called_before"):
        outcome = text(f"approach.outcome.{line['contact_outcome'] or 'unknown'}", lang)
        said.append(text("approach.called", lang, date=line["last_contact"], outcome=outcome))
        if line["next_action"]:
            code = "approach.next_overdue" if line["overdue"] else "approach.next"
            said.append(text(code, lang, action=line["next_action"], due=line["due"] or "–"))
    return said

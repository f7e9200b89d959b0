"""Calls: the open call that a territory fits at the study's date, or why there is none."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from smart_territoires_plugin.core.messages import text

LARGE_POPULATION = 10_000
UNDER_WAY = ("selected", "pending")


@dataclass(frozen=True)
class CallFit:
    """The open call that a territory fits.

    Parameters
    ----------
    call_id, title : str
        Empty where there is none.
    closing : date or None
        None for a call without a closing date.
    reason : str
        Why there is none: ``no_date``, ``none_recorded``, ``none_open``, ``none_on_theme``, ``none_for_kind``.
    application : str
        ``pending`` or ``selected`` where the territory has applied to it already.
    """

    call_id: str = ""
    title: str = ""
    closing: datetime.date | None = None
    reason: str = ""
    application: str = ""


def fitting_calls(
    calls: pd.DataFrame,
    date: str,
    theme: str,
    kind: str,
    population: float,
    applications: pd.DataFrame | None = None,
) -> CallFit:
    """Return the call that a territory fits best.

    Parameters
    ----------
    calls : DataFrame
        ``call_id``, ``title``, ``opening``, ``closing``, ``themes``, ``eligible`` (the last two with ``;`` between).
        A call without themes is for all of them, one without kinds for every territory, one without an opening is open
        already, one without a closing stays so.
    date : str
        The study's, as YYYY-MM-DD; the days of opening and closing are days on which a call is open.
    theme : str
        The theme to speak about; '' where none is known.
    kind : str
        Of territory: commune, epci, ept, departement. A commune of 10 000 inhabitants or more is a ``large_commune``
        too.
    population : float
        Inhabitants; NaN where unknown.
    applications : DataFrame, optional
        Those of this territory: ``call_id``, ``outcome``.

    Returns
    -------
    CallFit
        Of several: one that names the theme, then one that names the kind of territory, then the one that stays open
        longest, then the first by identifier. Else the reason: the first condition that no call meets.

    Examples
    --------
    >>> calls = pd.DataFrame({"call_id": ["A"], "title": ["Crues"], "opening": ["2026-01-01"], "closing": [""],
    ...                       "themes": ["flood;air"], "eligible": ["epci;large_commune"]})
    >>> fitting_calls(calls, "2026-03-01", "flood", "commune", 12_000.0).call_id
    'A'
    >>> fitting_calls(calls, "2026-03-01", "flood", "commune", 900.0).reason
    'none_for_kind'
    """
    today = pd.to_datetime(date or None, errors="coerce")
    if not len(calls):
        return CallFit(reason="none_recorded")
    if pd.isna(today):
        return CallFit(reason="no_date")
    opening, closing = _days(calls["opening"]), _days(calls["closing"])
    listed = calls.assign(_closing=closing, _themes=_several(calls["themes"]), _kinds=_several(calls["eligible"]))
    fitting = listed[(opening.isna() | (opening <= today)) & (closing.isna() | (closing >= today))]
    if not len(fitting):
        return CallFit(reason="none_open")
    fitting = fitting[[not themes or (theme != "" and theme in themes) for themes in fitting["_themes"]]]
    if not len(fitting):
        return CallFit(reason="none_on_theme")
    kinds = {kind, *(["large_commune"] if kind == "commune" and population >= LARGE_POPULATION else [])}
    fitting = fitting[[not eligible or bool(kinds & eligible) for eligible in fitting["_kinds"]]]
    if not len(fitting):
        return CallFit(reason="none_for_kind")
    best = min((line for _, line in fitting.iterrows()), key=_preference)
    ends = None if pd.isna(best["_closing"]) else best["_closing"].date()
    return CallFit(str(best["call_id"]), str(best["title"]), ends, "", _under_way(applications, best["call_id"]))


def _preference(line: pd.Series) -> tuple:
    far = pd.Timestamp.max if pd.isna(line["_closing"]) else line["_closing"]
    return (not line["_themes"], not line["_kinds"], -far.value, str(line["call_id"]))


def _days(texts: pd.Series) -> pd.Series:
    """Return days without a time; what is no date counts as none, and is for the register's reader to tell."""
    return pd.to_datetime(texts, errors="coerce", format="mixed").dt.tz_localize(None).dt.normalize()


def _several(texts: pd.Series) -> pd.Series:
    return texts.fillna("").astype(str).map(lambda item: frozenset(p.strip() for p in item.split(";") if p.strip()))


def _under_way(applications: pd.DataFrame | None, call_id: str) -> str:
    """Return how the territory's own application to a call stands: selected before pending, else ''."""
    if applications is None or not len(applications):
        return ""
    outcomes = set(applications.loc[applications["call_id"] == call_id, "outcome"])
    return next((outcome for outcome in UNDER_WAY if outcome in outcomes), "")


def call_sentence(fit: CallFit, date: str, lang: str, theme: str = "") -> str:
    """Return the call that fits, or why none does.

    Parameters
    ----------
    fit : CallFit
    date : str
        The study's.
    lang : {"fr", "en"}
    theme : str
        Name of the theme, in the language.

    Examples
    --------
    >>> call_sentence(CallFit("A", "Crues", datetime.date(2026, 12, 31)), "2026-03-01", "en")
    'Open call that fits: Crues, until 31 December 2026.'
    """
    if fit.application == "selected":
        return text("call.selected", lang, title=fit.title)
    if fit.application == "pending":
        return text("call.pending", lang, title=fit.title)
    if fit.call_id and fit.closing is not None:
        return text("call.fits", lang, title=fit.title, closing=written_day(fit.closing, lang))
    if fit.call_id:
        return text("call.fits_no_end", lang, title=fit.title)
    if fit.reason in ("no_date", "none_recorded"):
        return text("call.no_date" if fit.reason == "no_date" else "call.none_recorded", lang)
    if fit.reason == "none_for_kind":
        return text("call.none_for_kind", lang, theme=theme) if theme else text("call.none_for_kind_any", lang)
    day = written_day(pd.Timestamp(date).date(), lang)
    if fit.reason == "none_open":
        return text("call.none_open", lang, date=day)
    values: Mapping[str, str] = {"date": day, "theme": theme}
    return text("call.none_on_theme", lang, **values) if theme else text("call.none_on_no_theme", lang, date=day)


def written_day(day: datetime.date, lang: str) -> str:
    """Return a day in words.

    Examples
    --------
    >>> written_day(datetime.date(2026, 8, 1), "fr"), written_day(datetime.date(2026, 8, 1), "en")
    ('1er août 2026', '1 August 2026')
    """
    month = text("call.months", lang).split(",")[day.month - 1]
    first = text("call.first_day", lang) if day.day == 1 else str(day.day)
    return text("call.date", lang, day=first, month=month, year=day.year)

"""Co-funding: who has paid for projects on a theme, at which rate, and what would be left to pay."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.targeting.peers import DONE_STAGES

COLUMNS = (
    "theme", "theme_projects", "typical_cost_eur", "cofunder", "projects", "rate_pct", "rate_low_pct", "rate_high_pct",
    "residual_eur", "leverage",
)  # fmt: skip
TOLD = 2


def leverage(cofunding: float, own: float) -> float:
    """Return how much co-funding each unit of own money brought, cofunding ÷ own; NaN where nothing of one's own.

    Examples
    --------
    >>> leverage(80_000.0, 20_000.0), leverage(80_000.0, 0.0)
    (4.0, nan)
    """
    return cofunding / own if own > 0 and cofunding >= 0 else float("nan")


def cofunders(projects: pd.DataFrame) -> pd.DataFrame:
    """Return who has co-funded the projects of each theme.

    Parameters
    ----------
    projects : DataFrame
        ``title``, ``theme``, ``stage``, ``budget_eur``, ``cofunding_eur``, ``cofunder``, ``cofunding_rate_pct``; one
        line per project, or per project and territory, told apart by ``project`` if there is such a column, else by
        title, theme and budget. Projects that are funded, running or done count: an idea has no co-funder yet.

    Returns
    -------
    DataFrame
        One line per theme and co-funder, most projects first; a theme of which costs alone are known has one line
        without a co-funder. ``theme_projects`` (with a known cost), ``typical_cost_eur`` (median), ``projects`` of the
        co-funder, ``rate_pct`` (median, 0–100, with lowest and highest), ``residual_eur`` (the typical cost less that
        rate), ``leverage`` (all its co-funding ÷ all that was left of those budgets). NaN where the register does not
        say; a budget of zero is no price.
    """
    known = distinct(projects)
    money = known.assign(
        budget=_amount(known["budget_eur"]).where(lambda values: values > 0),
        paid=_amount(known["cofunding_eur"]).where(lambda values: values >= 0),
        by=known["cofunder"].fillna("").astype(str).str.split().str.join(" "),
    )
    declared = _amount(known["cofunding_rate_pct"]).where(lambda values: (values >= 0) & (values <= 100))
    computed = 100 * money["paid"] / money["budget"]
    money["rate"] = declared.fillna(computed.where(computed <= 100))
    money["paid"] = money["paid"].fillna(money["budget"] * money["rate"] / 100)
    rows = []
    for theme, own in money[money["theme"].fillna("") != ""].groupby("theme", sort=True):
        typical = own["budget"].median()
        whole = (theme, int(own["budget"].notna().sum()), typical)
        named = own[own["by"] != ""]
        found = [_cofunder(lines, typical) for _, lines in named.groupby(named["by"].str.casefold(), sort=True)]
        found.sort(key=lambda item: (-item[1], item[0].casefold()))
        if not found and whole[1]:
            found = [("", 0, *[np.nan] * 5)]
        rows += [(*whole, *item) for item in found]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def distinct(projects: pd.DataFrame) -> pd.DataFrame:
    """Return one line per project that is funded, running or done, in an order of their own."""
    identity = ["project"] if "project" in projects else ["title", "theme", "budget_eur"]
    done = projects[projects["stage"].isin(DONE_STAGES)]
    ordered = done.sort_values([*identity, "cofunder", "cofunding_eur"], kind="stable")
    return ordered.drop_duplicates(identity).reset_index(drop=True)


def _amount(values: pd.Series) -> pd.Series:
    return pd.to_numeric(values, errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan)


def _cofunder(lines: pd.DataFrame, typical: float) -> tuple:
    """Return what a co-funder did on a theme; of several writings of its name the most usual."""
    writings = lines["by"].value_counts()
    name = min(writings[writings == writings.max()].index)
    rate = lines["rate"].median()
    whole = lines[lines["budget"].notna() & lines["paid"].notna()]
    left = (whole["budget"] - whole["paid"]).clip(lower=0).sum()
    gained = leverage(float(whole["paid"].sum()), float(left))
    return (name, len(lines), rate, lines["rate"].min(), lines["rate"].max(), typical * (1 - rate / 100), gained)


def cofunding_sentence(table: pd.DataFrame, theme: str, name: str, lang: str) -> str:
    """Return who may co-fund a project on a theme, and what would be left to pay.

    Parameters
    ----------
    table : DataFrame
        As ``cofunders`` makes it.
    theme, name : str
        Identifier of the theme, and its name in the language.
    lang : {"fr", "en"}

    Returns
    -------
    str
        Sentences separated by line feeds; '' where the register says nothing of the theme.
    """
    own = table[table["theme"] == theme]
    if not len(own):
        return ""
    said = []
    first = own.iloc[0]
    cost = first["typical_cost_eur"]
    if not np.isnan(cost):
        counted = _projects(first["theme_projects"], lang)
        said.append(text("cofunding.cost", lang, theme=name, cost=with_unit(cost, "€", lang, 0), count=counted))
    for _, line in own[(own["cofunder"] != "") & own["rate_pct"].notna()].head(TOLD).iterrows():
        said += _told(line, name, lang)
    return "\n".join(said)


def _told(line: pd.Series, name: str, lang: str) -> list[str]:
    rate, low, high = (with_unit(line[column], "%", lang) for column in ("rate_pct", "rate_low_pct", "rate_high_pct"))
    values = {"cofunder": line["cofunder"], "count": _projects(line["projects"], lang), "theme": name, "rate": rate}
    if low == high:
        said = [text("cofunding.of", lang, **values)]
    else:
        said = [text("cofunding.of_range", lang, low=low, high=high, **values)]
    if not np.isnan(line["residual_eur"]):
        amounts = {key: with_unit(line[key], "€", lang, 0) for key in ("residual_eur", "typical_cost_eur")}
        left = {"residual": amounts["residual_eur"], "cost": amounts["typical_cost_eur"]}
        said.append(text("cofunding.residual", lang, **left))
    if not np.isnan(line["leverage"]):
        said.append(text("cofunding.leverage", lang, leverage=with_unit(line["leverage"], "€", lang, 2)))
    return said


def _projects(count: float, lang: str) -> str:
    singular = count < 2 if lang == "fr" else count == 1
    code = "cofunding.projects_one" if singular else "cofunding.projects_many"
    return text(code, lang, count=number(count, lang))

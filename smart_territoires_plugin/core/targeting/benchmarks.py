"""Benchmarks: each target beside the most alike reference territory elsewhere, indicator by indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.study import Indicator

COLUMNS = ("code", "reference_id", "name", "indicator", "own_value", "reference_value", "unit", "better", "year")
SHOWN = 4


@dataclass(frozen=True)
class References:
    """Reference territories and what is known of them.

    Parameters
    ----------
    ids, names, countries : ndarray of str, shape (n_references,)
        In the order of their identifiers.
    values, years : ndarray, shape (n_references, n_indicators)
        The latest value of each indicator of the study and its year; NaN where there is none.
    """

    ids: np.ndarray
    names: np.ndarray
    countries: np.ndarray
    values: np.ndarray
    years: np.ndarray


def references(benchmarks: pd.DataFrame, indicators: Sequence[Indicator]) -> References:
    """Return the references of the register beside the study's indicators.

    Parameters
    ----------
    benchmarks : DataFrame
        In long form: ``reference_id``, ``name``, ``country``, ``indicator``, ``value``, ``year``. Indicators that the
        study does not have are left out; of several years the latest counts, and of several values for one year their
        mean.
    indicators : sequence of Indicator
    """
    table = benchmarks.assign(
        value=pd.to_numeric(benchmarks["value"], errors="coerce").astype(float).replace([np.inf, -np.inf], np.nan),
        # Without a year a value gives way to any that has one.
        year=pd.to_numeric(benchmarks["year"], errors="coerce").astype(float).round().fillna(-np.inf),
    )
    place = {indicator.id: column for column, indicator in enumerate(indicators)}
    table = table[table["value"].notna() & table["indicator"].isin(list(place))]
    table = table.sort_values(["reference_id", "indicator", "year", "value"], kind="stable")
    ids = np.array(sorted(table["reference_id"].astype(str).unique()), dtype=object)
    values, years = np.full((len(ids), len(place)), np.nan), np.full((len(ids), len(place)), np.nan)
    row = {name: position for position, name in enumerate(ids)}
    for (reference, indicator), lines in table.groupby(["reference_id", "indicator"], sort=True):
        latest = lines["year"].max()
        where = row[str(reference)], place[str(indicator)]
        values[where] = lines.loc[lines["year"] == latest, "value"].mean()
        years[where] = latest if np.isfinite(latest) else np.nan
    words = {
        column: np.array([_first(table.loc[table["reference_id"].astype(str) == name, column]) for name in ids])
        for column in ("name", "country")
    }
    names = np.where(words["name"] == "", ids, words["name"]).astype(object)
    return References(ids, names, words["country"].astype(object), values, years)


def _first(texts: pd.Series) -> str:
    """Return the first text by alphabet that is not empty."""
    return min((item for item in texts.fillna("").astype(str) if item), default="")


def nearest_reference(values: np.ndarray, rows: np.ndarray, found: References) -> np.ndarray:
    """Return the reference most alike each target.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where unknown or imputed.
    rows : ndarray of int, shape (n_targets,)
    found : References

    Returns
    -------
    ndarray of int, shape (n_targets,)
        Place among the references; -1 where none shares an indicator that tells territories apart.

    Notes
    -----
    The root of the mean squared difference, in standard deviations of the study's territories, over what both have. A
    reference that shares less than half of what another shares is not compared: few values are easily alike. Of two as
    near, the one that shares more is taken, then the first by identifier.
    """
    known = ~np.isnan(values)
    counts = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / counts
    spread = np.sqrt(np.where(known, (values - mean) ** 2, 0.0).sum(axis=0) / counts)
    telling = spread > 1e-12 * np.maximum(np.abs(mean), 1e-300)
    chosen = np.full(len(rows), -1)
    if not telling.any() or not len(found.ids):
        return chosen
    for place, row in enumerate(rows):
        gaps = (found.values[:, telling] - values[row, telling]) / spread[telling]
        shared = (~np.isnan(gaps)).sum(axis=1)
        if not shared.any():
            continue
        squares = np.where(np.isnan(gaps), 0.0, gaps**2).sum(axis=1)
        distance = np.sqrt(squares / np.maximum(shared, 1))
        distance[2 * shared < shared.max()] = np.inf
        chosen[place] = np.lexsort((np.arange(len(distance)), -shared, distance))[0]
    return chosen


def compare(
    benchmarks: pd.DataFrame,
    indicators: Sequence[Indicator],
    values: np.ndarray,
    rows: np.ndarray,
    codes: np.ndarray,
) -> pd.DataFrame:
    """Compare targets with the reference territory that is most alike each.

    Parameters
    ----------
    benchmarks : DataFrame
        As in ``references``.
    indicators : sequence of Indicator
        Those of the columns of ``values``.
    values : ndarray, shape (n_territories, n_indicators)
        In their own units; NaN where unknown or imputed: what nobody measured is compared with nothing.
    rows : ndarray of int, shape (n_targets,)
    codes : ndarray of str, shape (n_territories,)

    Returns
    -------
    DataFrame
        One line per target and indicator that both have: ``code``, ``reference_id``, ``name`` (of the reference),
        ``indicator``, ``own_value``, ``reference_value``, ``unit``, ``better`` (1, 0 or -1: which side of the reference
        the territory is on, in the indicator's direction; 0 where both are written alike), ``year``.
    """
    found = references(benchmarks, indicators)
    lines = []
    for row, chosen in zip(rows, nearest_reference(values, rows, found), strict=True):
        if chosen < 0:
            continue
        for column, indicator in enumerate(indicators):
            own, other = values[row, column], found.values[chosen, column]
            if np.isnan(own) or np.isnan(other):
                continue
            side = int(np.sign(own - other)) * indicator.direction if _written(own) != _written(other) else 0
            named = (codes[row], found.ids[chosen], found.names[chosen], indicator.id)
            lines.append((*named, own, other, indicator.unit, side, found.years[chosen, column]))
    made = pd.DataFrame(lines, columns=list(COLUMNS))
    return made.astype({"own_value": float, "reference_value": float, "better": int, "year": "Int64"})


def _written(value: float) -> float:
    """Return a value as a reader sees it: what is written alike is no difference."""
    return float(number(value, "en").replace(",", ""))


def benchmark_sentence(
    comparison: pd.DataFrame,
    indicators: Mapping[str, Indicator],
    lang: str,
    country: str = "",
) -> str:
    """Return where a target stands beside its reference, with both values of each indicator.

    Parameters
    ----------
    comparison : DataFrame
        The lines of one target, as ``compare`` made them; the first four are told, those that differ first.
    indicators : mapping of id to Indicator
    lang : {"fr", "en"}
    country : str
        Of the reference.

    Returns
    -------
    str
        '' where there is no reference.
    """
    if not len(comparison):
        return ""
    ordered = comparison.iloc[np.argsort(comparison["better"].to_numpy() == 0, kind="stable")]
    details = [_standing(line, indicators[line["indicator"]], lang) for _, line in ordered.head(SHOWN).iterrows()]
    code = "benchmark.intro" if country else "benchmark.intro_no_country"
    name = comparison["name"].iloc[0]
    return text(code, lang, name=name, country=country, details=text("benchmark.join", lang).join(details))


def _standing(line: pd.Series, indicator: Indicator, lang: str) -> str:
    """Return one indicator in words: a stake is higher or lower, anything else better or behind."""
    unit = text_unit(line["unit"], lang)
    other = with_unit(line["reference_value"], unit, lang)
    if not pd.isna(line["year"]):
        other = text("benchmark.year", lang, value=other, year=int(line["year"]))
    values = {"what": indicator.name[lang], "own": with_unit(line["own_value"], unit, lang), "other": other}
    if line["better"] == 0:
        return text("benchmark.same", lang, **values)
    if indicator.role == "stake":
        higher = line["own_value"] > line["reference_value"]
        return text("benchmark.higher" if higher else "benchmark.lower", lang, **values)
    return text("benchmark.better" if line["better"] > 0 else "benchmark.worse", lang, **values)

"""Who may be chosen, what each is worth and what each costs, from rows of results and tables of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SmartTerritoiresError, SourceError
from smart_territoires_plugin.core.sources.cells import read_numbers
from smart_territoires_plugin.core.sources.codes import normalise, usual_length
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES
from smart_territoires_plugin.core.sources.tables import read_table
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.schema import nearest
from smart_territoires_plugin.core.targeting.portfolio_plan import Cost, CostTable, Plan

Rows = Mapping[str, Mapping[str, str]]
# What a choice may be worth: numbers that are higher where a call matters more. Ranks run the other way.
_VALUES = (
    "priority",
    "readiness",
    "evidence",
    "expected_activity",
    "activity_gap",
    "segment_probability",
    "population",
)
_FAMILIES = ("score_", "axis_")


@dataclass(frozen=True)
class Candidates:
    """The candidates in the order of their codes.

    Parameters
    ----------
    codes, names, themes : ndarray of str, shape (n_candidates,)
        ``themes``: the recommended one, '' where there is none.
    population : ndarray, shape (n_candidates,)
    groups : mapping of group to ndarray of str, shape (n_candidates,)
    group_values : mapping of group to tuple of str
        Every value in the results, those without any candidate included.
    values : ndarray, shape (n_candidates,)
        In the unit of the columns; 0 for an imposed one whose value is not known, which changes no choice.
    valued : ndarray of bool, shape (n_candidates,)
        Whether the value is known.
    costs : mapping of resource to ndarray, shape (n_candidates,)
        Days, and euros of one's own once co-funding is taken off.
    cofunding_eur : ndarray, shape (n_candidates,)
        Euros that others bring.
    imposed : ndarray of bool, shape (n_candidates,)
        Those that the plan must have.
    """

    codes: np.ndarray
    names: np.ndarray
    themes: np.ndarray
    population: np.ndarray
    groups: Mapping[str, np.ndarray]
    group_values: Mapping[str, tuple[str, ...]]
    values: np.ndarray
    valued: np.ndarray
    costs: Mapping[str, np.ndarray]
    cofunding_eur: np.ndarray
    imposed: np.ndarray

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.codes)


def candidates_of(
    plan: Plan, rows: Rows, lists: Mapping[str, Sequence[str]] | None = None
) -> tuple[Candidates, list[Problem]]:
    """Return the candidates of a plan among the rows of results, and what must be known of them.

    Parameters
    ----------
    rows : mapping of code to row
        As ``territories.csv`` (or ``call_units.csv``) has them, all cells as text.
    lists : mapping of list to codes, optional
        The lists that the results hold, beside the one to engage.

    Raises
    ------
    SourceError
        With every problem: unknown codes and columns, costs that are missing, zero or no numbers, nobody to choose.
    """
    problems, warnings = [], []
    imposed, unknown = _resolved(plan.must_have, rows)
    excluded, unknown_too = _resolved(plan.must_not, rows)
    for key, codes in (("must_have", unknown), ("must_not", unknown_too)):
        problems += [Problem("means.unknown_code", plan.where(key), {"code": code}) for code in codes]
    numbers, value_problems = _numbers_of(plan, rows)
    problems += value_problems
    pool, list_problems = _pool(plan, rows, lists)
    problems += list_problems
    worth = _worth(plan, numbers, rows) if not value_problems else {}
    candidates = [code for code in pool if code not in set(excluded)]
    lost = [code for code in candidates if not np.isfinite(worth.get(code, 0.0))]
    if lost:
        warnings.append(_counted("means.without_value", plan.where("value"), lost))
    codes = sorted({*(code for code in candidates if code not in set(lost)), *imposed})
    if not codes and not problems:
        problems.append(Problem("means.nobody", plan.where("candidates")))
    population = np.array([_number(rows[code].get("population", "")) for code in codes])
    costs, cofunding, cost_problems = _costs(plan, codes, population, rows)
    problems += [problem for problem in cost_problems if problem.severity == "error"]
    warnings += [problem for problem in cost_problems if problem.severity != "error"]
    if problems:
        raise SourceError(*problems)
    values = np.array([worth[code] for code in codes], dtype=float)
    valued = np.isfinite(values)
    groups = [name for name in next(iter(rows.values())) if name.startswith("group_")]
    made = Candidates(
        codes=np.array(codes, dtype=object),
        names=np.array([rows[code].get("name", "") for code in codes], dtype=object),
        themes=np.array([rows[code].get("recommended_theme", "") for code in codes], dtype=object),
        population=population,
        groups={name[6:]: np.array([rows[code][name] for code in codes], dtype=object) for name in groups},
        group_values={name[6:]: tuple(sorted({row[name] for row in rows.values()} - {""})) for name in groups},
        values=np.where(valued, values, 0.0),
        valued=valued,
        costs=costs,
        cofunding_eur=cofunding,
        imposed=np.isin(codes, imposed),
    )
    return made, warnings


def _number(written: str) -> float:
    return float(written) if written else float("nan")


def _counted(code: str, where: str, codes: Sequence[str], severity: str = "warning", **values: object) -> Problem:
    examples = ", ".join(codes[:MAX_EXAMPLES]) + (", …" if len(codes) > MAX_EXAMPLES else "")
    return Problem(code, where, {"count": len(codes), "examples": examples, **values}, severity)


def _resolved(written: Iterable[str], rows: Rows) -> tuple[list[str], list[str]]:
    """Return the codes of the results that written ones mean, and those that mean none."""
    found, unknown = [], []
    length = usual_length(rows)
    for code in written:
        now = code if code in rows else normalise(pd.Series([code]), length)[0][0]
        (found if now in rows else unknown).append(now if now in rows else code)
    return found, unknown


def _pool(plan: Plan, rows: Rows, lists: Mapping[str, Sequence[str]] | None) -> tuple[list[str], list[Problem]]:
    """Return the codes that the plan's candidates are."""
    if plan.segments:
        return [code for code, row in rows.items() if row["segment"] in plan.segments], []
    if plan.listed == "engage":
        return [code for code, row in rows.items() if row["target_rank"]], []
    if lists is None or plan.listed not in lists:
        return [], [Problem("means.no_list", plan.where("candidates"), {"list": plan.listed})]
    return [code for code in lists[plan.listed] if code in rows], []


def _numbers_of(plan: Plan, rows: Rows) -> tuple[dict[str, dict[str, float]], list[Problem]]:
    """Return the columns that a choice's value is made of."""
    columns = next(iter(rows.values())).keys() if rows else ()
    known = [name for name in columns if name in _VALUES or name.startswith(_FAMILIES)]
    unknown = [name for name in plan.value if name not in known]
    where = plan.where("value")
    problems = [
        Problem("means.unknown_value", where, {"column": name, "known": nearest(name, known)}) for name in unknown
    ]
    names = [name for name in plan.value if name not in unknown]
    return {name: {code: _number(row[name]) for code, row in rows.items()} for name in names}, problems


def _worth(plan: Plan, numbers: Mapping[str, Mapping[str, float]], rows: Rows) -> dict[str, float]:
    """Return the weighted mean of the value's columns, by code; NaN where one that counts is missing."""
    counted = {name: weight for name, weight in plan.value.items() if weight > 0}
    whole = sum(counted.values())
    return {code: sum(weight * numbers[name][code] for name, weight in counted.items()) / whole for code in rows}


def _costs(
    plan: Plan, codes: Sequence[str], population: np.ndarray, rows: Rows
) -> tuple[dict[str, np.ndarray], np.ndarray, list[Problem]]:
    """Return what each candidate costs in each resource, what others bring, and what is wrong with it."""
    costs, problems = {}, []
    cofunding = np.zeros(len(codes))
    for name, cost in plan.costs.items():
        where = plan.where(f"costs.{name}")
        if cost.table is None:
            costs[name], found = _by_size(cost, codes, population, where)
            problems += found
            continue
        try:
            frame, found = _cost_frame(cost.table, rows, where)
        except SmartTerritoiresError as error:
            problems += error.problems
            continue
        problems += found
        costs[name], found = _amounts(cost.table, frame, codes, where)
        problems += found
        cofunding, found = _cofunding(cost.table, frame, codes, costs[name], where)
        costs[name] = costs[name] - cofunding if name == "eur" else costs[name]
        problems += found
    return costs, cofunding, problems


def _by_size(cost: Cost, codes: Sequence[str], population: np.ndarray, where: str) -> tuple[np.ndarray, list[Problem]]:
    starts = np.array([start for start, _ in cost.by_size])
    amounts = np.array([amount for _, amount in cost.by_size])
    if len(starts) == 1:
        return np.full(len(codes), amounts[0]), []
    lost = [code for code, people in zip(codes, population, strict=True) if np.isnan(people)]
    problems = [_counted("means.no_population", where, lost, "error")] if lost else []
    return amounts[np.searchsorted(starts, np.nan_to_num(population), side="right") - 1], problems


def _cost_frame(table: CostTable, rows: Rows, where: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the numbers of a table of costs by code of the results, a code that stands twice refused."""
    frame = read_table(Source(table.path.name, table.path)).frame
    wanted = [name for name in (table.code, table.column, table.rate_pct, table.amount_eur) if name]
    columns = {name: find_field(name, frame.columns) for name in wanted}
    absent = [name for name, found in columns.items() if found is None]
    if absent:
        known = [str(name) for name in frame.columns[:200]]
        raise SourceError(
            *(Problem("source.no_field", where, {"field": name, "known": nearest(name, known)}) for name in absent)
        )
    written = frame[columns[table.code]].astype("string").fillna("").str.strip()
    filled = written != ""
    codes = [_resolved([code], rows)[0] for code in written[filled]]
    strange = [code for code, found in zip(written[filled], codes, strict=True) if not found]
    numbers = {name: read_numbers(frame[columns[name]][filled]) for name in wanted if name != table.code}
    problems = [_counted("means.costs_elsewhere", where, strange, table=table.path.name)] if strange else []
    for name, read in numbers.items():
        wrong = written[filled][read.reasons == "not_a_number"].tolist()
        if wrong:
            problems.append(_counted("means.not_numbers", where, wrong, "error", column=name))
    known = np.array([bool(found) for found in codes], dtype=bool)
    made = pd.DataFrame({name: read.values[known] for name, read in numbers.items()})
    made.index = pd.Index([found[0] for found in codes if found], dtype=object)
    doubled = [code for code, count in Counter(made.index).items() if count > 1]
    if doubled:
        problems.append(_counted("means.costs_twice", where, doubled, "error", table=table.path.name))
    return made[~made.index.duplicated()], problems


def _amounts(
    table: CostTable, frame: pd.DataFrame, codes: Sequence[str], where: str
) -> tuple[np.ndarray, list[Problem]]:
    """Return the cost of each candidate; one that is missing, zero or less is a problem, never a present."""
    amounts = frame[table.column].reindex(codes).to_numpy(dtype=float)
    if table.otherwise is not None:
        amounts = np.where(np.isnan(amounts), table.otherwise, amounts)
    values = {"column": table.column}
    missing = [code for code, amount in zip(codes, amounts, strict=True) if np.isnan(amount)]
    nothing = [code for code, amount in zip(codes, amounts, strict=True) if amount <= 0]
    problems = [_counted("means.cost_missing", where, missing, "error", **values)] if missing else []
    problems += [_counted("means.cost_not_positive", where, nothing, "error", **values)] if nothing else []
    return amounts, problems


def _cofunding(
    table: CostTable, frame: pd.DataFrame, codes: Sequence[str], amounts: np.ndarray, where: str
) -> tuple[np.ndarray, list[Problem]]:
    """Return the euros that others bring to each candidate; nothing where the table says nothing."""
    name = table.rate_pct or table.amount_eur
    if name is None:
        return np.zeros(len(codes)), []
    said = frame[name].reindex(codes).fillna(0.0).to_numpy(dtype=float)
    brought = amounts * said / 100 if table.rate_pct else said
    wrong = [
        code
        for code, share, euros, cost in zip(codes, said, brought, amounts, strict=True)
        if share < 0 or euros > cost * (1 + 1e-12)
    ]
    problems = [_counted("means.cofunding_range", where, wrong, "error", column=name)] if wrong else []
    return np.minimum(brought, amounts), problems

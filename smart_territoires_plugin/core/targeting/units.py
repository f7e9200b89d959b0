"""Call units: what territories are rolled up to, by groups or one by one; totals add up, scores are means by people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.study import CallUnits
from smart_territoires_plugin.core.targeting.grouping import group_values

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from smart_territoires_plugin.core.sources.territories import Territories


@dataclass(frozen=True)
class Units:
    """The units at which calls are made, level by level.

    Parameters
    ----------
    codes, names, levels : ndarray of str, shape (n_units,)
    members : csr_array of float, shape (n_units, n_territories)
        1 where a territory is part of a unit. Levels overlap: a large commune is a unit of its own and a part of its
        EPCI, so that totals add up within a level, never across levels.
    population : ndarray, shape (n_territories,)
        Inhabitants, by which scores are weighted; 1 each where nobody knows any.
    least_known : float
        Share (0–1) of a unit's people whose score must be known.
    """

    codes: np.ndarray
    names: np.ndarray
    levels: np.ndarray
    members: csr_array
    population: np.ndarray
    least_known: float

    def __len__(self) -> int:
        """Return how many units there are."""
        return len(self.codes)

    @cached_property
    def weights(self) -> csr_array:
        """Inhabitants of each unit by territory."""
        return self.members.multiply(self.population[None, :]).tocsr()

    @cached_property
    def inhabitants(self) -> np.ndarray:
        """Inhabitants of each unit."""
        return self.weights.sum(axis=1)

    def known(self, known: np.ndarray) -> np.ndarray:
        """Say of which units enough is known, from where each territory's value is, shape (n_territories,)."""
        share = np.divide(
            self.weights @ known.astype(float), self.inhabitants, out=np.zeros(len(self)), where=self.inhabitants > 0
        )
        return share >= self.least_known - 1e-12

    def mean_weights(self, known: np.ndarray) -> csr_array:
        """Return what each territory counts in the mean of its units; sums to 1 over those that are known."""
        counted = self.weights.multiply(known.astype(float)[None, :]).tocsr()
        whole = counted.sum(axis=1)
        return counted.multiply(np.divide(1.0, whole, out=np.zeros(len(whole)), where=whole > 0)[:, None]).tocsr()

    def mean(self, values: np.ndarray) -> np.ndarray:
        """Return the mean of values by inhabitants; NaN where too little is known.

        Parameters
        ----------
        values : ndarray, shape (n_territories,) or (n_territories, n_columns)
            NaN where unknown.
        """
        columns = values[:, None] if values.ndim == 1 else values
        made = np.full((len(self), columns.shape[1]), np.nan)
        for column in range(columns.shape[1]):
            there = ~np.isnan(columns[:, column])
            mean = self.mean_weights(there) @ np.nan_to_num(columns[:, column])
            made[:, column] = np.where(self.known(there), mean, np.nan)
        return made[:, 0] if values.ndim == 1 else made

    def total(self, values: np.ndarray) -> np.ndarray:
        """Return sums over the territories that are known; NaN where none of a unit is."""
        there = ~np.isnan(values)
        some = (self.members @ there.astype(float)) > 0
        return np.where(some, self.members @ np.nan_to_num(values), np.nan)

    def any(self, flags: np.ndarray) -> np.ndarray:
        """Say which units have a territory that is flagged."""
        return (self.members @ flags.astype(float)) > 0

    def every(self, flags: np.ndarray) -> np.ndarray:
        """Say of which units all territories are flagged."""
        return ~self.any(~flags)

    def shared(self, texts: np.ndarray) -> np.ndarray:
        """Return the text that all territories of a unit have; empty where they differ."""
        found = np.full(len(self), "", dtype=object)
        for unit in range(len(self)):
            own = np.unique(texts[self.rows(unit)].astype(str))
            found[unit] = own[0] if own.size == 1 else ""
        return found

    def geometries(self, geometry: np.ndarray) -> np.ndarray:
        """Return the territories of each unit as one polygon; None where none has a geometry."""
        import shapely

        made = np.full(len(self), None, dtype=object)
        for unit in range(len(self)):
            parts = geometry[self.rows(unit)]
            parts = parts[~shapely.is_missing(parts)]
            if parts.size:
                made[unit] = parts[0] if parts.size == 1 else shapely.union_all(parts)
        return made

    def rows(self, unit: int) -> np.ndarray:
        """Return the territories of a unit."""
        return self.members.indices[self.members.indptr[unit] : self.members.indptr[unit + 1]]


def call_units(asked: tuple[CallUnits, ...], territories: Territories, least_known: float) -> Units:
    """Return the units of a study.

    A group of several columns (``ept, epci``) takes the first that a territory has. A group whose only territory is a
    unit of its own is left out: it would be called twice.

    Examples
    --------
    >>> from smart_territoires_plugin.core.sources.territories import Territories
    >>> codes = np.array(["1", "2", "3"], dtype=object)
    >>> groups = {"epci": np.array(["A", "A", "B"], dtype=object)}
    >>> people = np.array([900.0, 100.0, 20_000.0])
    >>> territories = Territories(codes, codes, people, groups, np.full(3, None), np.full(3, ""), ())
    >>> units = call_units((CallUnits("epci", "epci"), CallUnits("commune", None, 10_000)), territories, 0.65)
    >>> units.codes.tolist(), units.total(np.array([1.0, 2.0, 4.0])).tolist()
    (['A', '3'], [3.0, 4.0])
    """
    from scipy.sparse import csr_array

    people = np.nan_to_num(territories.population)
    alone = np.zeros(len(territories), dtype=bool)
    for level in asked:
        if level.group is None:
            alone |= people >= level.least_population
    found: list[tuple[str, str, str, np.ndarray]] = []
    for level in asked:
        if level.group is None:
            rows = np.flatnonzero(people >= level.least_population)
            found += [(territories.codes[r], territories.names[r], level.level, np.array([r])) for r in rows]
            continue
        values, labels = _groups(level, territories.groups)
        for value in dict.fromkeys(v for v in values if v):
            rows = np.flatnonzero(values == value)
            if rows.size > 1 or not alone[rows[0]]:
                found.append((value, labels[rows[0]] or value, level.level, rows))
    sizes = [len(rows) for *_, rows in found]
    columns = np.concatenate([rows for *_, rows in found]) if found else np.empty(0, dtype=int)
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    members = csr_array((np.ones(len(columns)), columns, starts), shape=(len(found), len(territories)))
    codes, names, levels = (np.array([item[part] for item in found], dtype=object) for part in range(3))
    weight = people if people.any() else np.ones(len(territories))
    return Units(codes, names, levels, members, weight, least_known)


def _groups(level: CallUnits, groups: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return the group of each territory at a level, and its name where another group holds it."""
    size = len(next(iter(groups.values())))
    values, labels = group_values(groups, level.group, size), group_values(groups, level.names, size)
    return values, np.where(labels == "", values, labels)

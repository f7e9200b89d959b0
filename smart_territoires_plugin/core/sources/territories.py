"""The territories of a study: codes, names, population, groups, valid geometries; none is ever dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources import geometries, references
from smart_territoires_plugin.core.sources.cells import read_numbers
from smart_territoires_plugin.core.sources.codes import normalise, usual_length
from smart_territoires_plugin.core.sources.keyed import first_text, total
from smart_territoires_plugin.core.sources.opened import OpenedSources, attempt
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.study import Group

OVERLAP_M2 = 1.0
MAX_EXAMPLES = 5


@dataclass(frozen=True)
class Territories:
    """The territories, in the order of their file.

    Parameters
    ----------
    codes, names : ndarray of str, shape (n_territories,)
    population : ndarray of float, shape (n_territories,)
        Inhabitants; NaN where unknown.
    groups : mapping of str to ndarray of str
        For each group of the study, the group of each territory ('' where unknown).
    geometry : ndarray of geometries, shape (n_territories,)
        In the study's system; None where there is none.
    population_flags : ndarray of str
        ``repaired`` where the population was carried over from another vintage.
    quality : tuple of QualityRecord
    """

    codes: np.ndarray
    names: np.ndarray
    population: np.ndarray
    groups: Mapping[str, np.ndarray]
    geometry: np.ndarray
    population_flags: np.ndarray
    quality: tuple[QualityRecord, ...]

    def __len__(self) -> int:
        """Return how many territories there are."""
        return len(self.codes)

    def some(self, rows: np.ndarray) -> Territories:
        """Return some of them, in this order; what was recorded of all stays with all."""
        return Territories(
            self.codes[rows],
            self.names[rows],
            self.population[rows],
            {name: values[rows] for name, values in self.groups.items()},
            self.geometry[rows],
            self.population_flags[rows],
            (),
        )

    @property
    def areas_m2(self) -> np.ndarray:
        """Areas in square metres; 0 where there is no geometry."""
        return np.nan_to_num(shapely.area(self.geometry))

    @property
    def code_length(self) -> int:
        """Usual length of a code."""
        return usual_length(self.codes)


def read_territories(sources: OpenedSources) -> Territories:
    """Read the territories of a study.

    Raises
    ------
    SourceError
        With every problem found: the layer, its system, its codes, its columns.
    """
    study = sources.study
    spec = study.territories
    source = sources.source(spec.source)
    where = f"{source.id} ({source.path.name})"
    asked = [*study.groups, *([spec.population] if spec.population else [])]
    own = [group.field for group in asked if group.source in (None, spec.source)]
    columns = [spec.code, *([spec.name] if spec.name else []), *own]
    vector = sources.vector(spec.source, columns=dict.fromkeys(columns), keep_all=True)
    attributes, geometry = vector.attributes, vector.geometry
    if not len(attributes):
        raise SourceError(Problem("territories.none", where))
    raw = attributes[spec.code]
    codes, _ = normalise(raw, 0)
    codes, changed = normalise(raw, usual_length(codes, pd.api.types.is_numeric_dtype(raw)))
    quality = list(vector.quality)
    quality += record(source.id, "code_rewritten", "R", raw.to_numpy(dtype=object)[changed])
    if spec.dissolve:
        attributes, geometry, codes, merged = _dissolved(attributes, geometry, codes)
        quality += record(source.id, "dissolved", "R", merged)
    _refuse_codes(codes, where)
    if not _all_missing(geometry):
        geometry, parts = geometries.polygon_parts(geometry, source, "territories")
        quality += parts
    quality += [
        QualityRecord(source.id, "territory_without_geometry", "M", 1, "", code)
        for code in codes[shapely.is_missing(geometry)]
    ]
    _check_crs(sources, geometry, where)
    # Territories whose borders are the same vertex by vertex cannot overlap, which is quickly seen and saves the rest.
    matched = bool(shapely.coverage_is_valid(geometry[~shapely.is_missing(geometry)]))
    quality += [] if matched else _overlaps(source.id, codes, geometry)
    quality += _gaps(source.id, geometry, matched)

    areas_m2 = np.nan_to_num(shapely.area(geometry))
    length = usual_length(codes)
    problems: list[Problem] = []
    groups = {}
    for group in study.groups:
        found = attempt(problems, _group_values, sources, group, attributes, codes, areas_m2, length)
        if found is not None:
            groups[group.name], records = found
            quality += records
    counted = attempt(problems, _population, sources, attributes, codes, areas_m2, length)
    if problems:
        raise SourceError(*problems)
    population, flags, records = counted
    names = attributes[spec.name].astype("string").fillna("").to_numpy(dtype=object) if spec.name else codes
    unique = dict.fromkeys((*quality, *records))
    return Territories(codes, names, population, groups, geometry, flags, tuple(unique))


def _all_missing(geometry: np.ndarray) -> bool:
    return bool(shapely.is_missing(geometry).all())


def _refuse_codes(codes: np.ndarray, where: str) -> None:
    empty = int((codes == "").sum())
    if empty:
        raise SourceError(Problem("territories.empty_code", where, {"count": empty}))
    doubled = pd.Series(codes)[pd.Series(codes).duplicated()].unique()
    if len(doubled):
        values = {"count": len(doubled), "examples": ", ".join(doubled[:MAX_EXAMPLES])}
        raise SourceError(Problem("territories.duplicated_code", where, values))


def _dissolved(attributes: pd.DataFrame, geometry: np.ndarray, codes: np.ndarray):
    """Merge the features of one code; its attributes are those of its first feature."""
    order = pd.Series(np.arange(len(codes))).groupby(codes, sort=False)
    firsts, merged, shapes = [], [], []
    for code, rows in order:
        firsts.append(rows.iloc[0])
        shapes.append(shapely.union_all(geometry[rows.to_numpy()]))
        if len(rows) > 1:
            merged.append(code)
    return attributes.iloc[firsts].reset_index(drop=True), np.array(shapes, dtype=object), codes[firsts], merged


def _check_crs(sources: OpenedSources, geometry: np.ndarray, where: str) -> None:
    there = geometry[~shapely.is_missing(geometry)]
    if there.size == 0:
        return
    degrees = references.parse("EPSG:4326", "")
    bounds = references.transform_bounds(tuple(shapely.total_bounds(there)), sources.crs, degrees)
    references.check_study_crs(sources.crs, np.array(bounds), sources.study.path.name, where)


def _overlaps(source: str, codes: np.ndarray, geometry: np.ndarray) -> list[QualityRecord]:
    """Report the territories that overlap, with the area and the worst pairs."""
    rows = np.flatnonzero(~shapely.is_missing(geometry))
    tree = shapely.STRtree(geometry[rows])
    found = np.hstack([tree.query(geometry[rows], predicate=predicate) for predicate in ("overlaps", "covers")])
    found = np.unique(np.sort(found[:, found[0] != found[1]], axis=0), axis=1)
    left, right = rows[found[0]], rows[found[1]]
    if left.size == 0:
        return []
    shared_m2 = shapely.area(shapely.intersection(geometry[left], geometry[right]))
    worst = np.argsort(-shared_m2, kind="stable")
    worst = worst[shared_m2[worst] > OVERLAP_M2]
    if worst.size == 0:
        return []
    pairs = [f"{codes[left[i]]}–{codes[right[i]]} {shared_m2[i]:.0f} m²" for i in worst]
    return [_with_total(item, shared_m2[worst].sum()) for item in record(source, "territories_overlap", "W", pairs)]


def _with_total(item: QualityRecord, total_m2: float) -> QualityRecord:
    return replace(item, examples=f"{total_m2:.0f} m²: {item.examples}")


def _gaps(source: str, geometry: np.ndarray, matched: bool) -> list[QualityRecord]:
    """Report the holes that territories leave between them, with the area and the largest.

    ``matched`` says that their borders are the same vertex by vertex.
    """
    there = geometry[~shapely.is_missing(geometry)]
    whole = shapely.get_parts(shapely.coverage_union_all(there) if matched else shapely.union_all(there))
    rings = np.concatenate([np.empty(0, dtype=object), *(np.array(part.interiors, dtype=object) for part in whole)])
    holes = shapely.polygons(rings) if rings.size else rings
    areas_m2 = shapely.area(holes)
    largest = np.argsort(-areas_m2, kind="stable")
    largest = largest[areas_m2[largest] > OVERLAP_M2]
    places = shapely.get_coordinates(shapely.point_on_surface(holes[largest])) if largest.size else []
    found = [f"{areas_m2[i]:.0f} m² ({x:.0f}, {y:.0f})" for i, (x, y) in zip(largest, places, strict=True)]
    return [_with_total(item, areas_m2[largest].sum()) for item in record(source, "territories_gap", "W", found)]


def _group_values(
    sources: OpenedSources, group: Group, attributes: pd.DataFrame, codes: np.ndarray, areas_m2: np.ndarray, length: int
) -> tuple[np.ndarray, list[QualityRecord]]:
    if group.source in (None, sources.study.territories.source):
        texts = attributes[group.field].astype("string").fillna("").str.strip()
        return texts.str.replace(r"\.0+$", "", regex=True).to_numpy(dtype=object), []
    found, quality = sources.matched(group.source, None, codes, areas_m2, length)
    column = sources.columns(group.source, [group.field])[group.field]
    values = first_text(found, column)
    without = [
        QualityRecord(group.source, "territory_without_group", "M", 1, group.name, c) for c in codes[values == ""]
    ]
    return values, [*quality, *without]


def _population(
    sources: OpenedSources, attributes: pd.DataFrame, codes: np.ndarray, areas_m2: np.ndarray, length: int
) -> tuple[np.ndarray, np.ndarray, list[QualityRecord]]:
    spec = sources.study.territories
    flags = np.full(len(codes), "", dtype=object)
    if spec.population is None:
        return np.full(len(codes), np.nan), flags, []
    if spec.population.source in (None, spec.source):
        values = read_numbers(attributes[spec.population.field]).values
        quality: list[QualityRecord] = []
    else:
        identifier = spec.population.source
        sources.refuse_duplicates(identifier, None, length)
        found, quality = sources.matched(identifier, None, codes, areas_m2, length)
        numbers, records = sources.numbers(identifier, spec.population.field)
        values = total(found, numbers.values, sources.source(identifier).combine)
        flags = np.where(found.carried != "", "repaired", "").astype(object)
        quality = [*quality, *records]
    negative = values < 0
    where = spec.population.source or spec.source
    quality = [*quality, *record(where, "negative_population", "W", codes[negative])]
    return np.where(negative, np.nan, values), flags, quality

"""A layer and a population as territories see them: at once, or window by window where one of them is large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np
import shapely

from smart_territoires_plugin.core.measures.inhabitants import Dwellings, Population, dwellings_of, is_raster
from smart_territoires_plugin.core.measures.placing import NOWHERE, placed, placed_features
from smart_territoires_plugin.core.measures.territory_windows import Window, windows_of
from smart_territoires_plugin.core.sources import geometries
from smart_territoires_plugin.core.sources.blocks import Blocks, blocks, is_of_numbers
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.rectangles import beginning, touching
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe, read_vector

COVERS_NONE = "covers_no_territory"


@dataclass(frozen=True)
class Seen:
    """Features of a layer that may concern some territories, and which of them were repaired."""

    geometry: np.ndarray
    repaired: np.ndarray
    quality: tuple[QualityRecord, ...]


class LayerView:
    """A layer of features.

    Parameters
    ----------
    identifier : str
    where : str, optional
        A measure's own filter.
    margin_m : float
        How far beyond a territory a feature may concern it.
    polygons_for : str, optional
        The kind of measure that takes polygons alone; features of any kind if not given.

    Attributes
    ----------
    cut : Blocks, optional
        Where the layer is large and can be read in blocks.
    """

    def __init__(
        self,
        identifier: str,
        where: Optional[str],
        territories: Territories,
        sources: OpenedSources,
        margin_m: float = 0.0,
        polygons_for: Optional[str] = None,
    ) -> None:
        self.source, self._crs = sources.filtered(identifier, where), sources.crs
        self._info = describe(self.source)
        self._kind = polygons_for
        self._bounds = _around(territories, margin_m)
        self._held: Optional[Seen] = None
        self.cut = blocks(self.source, self._info, sources.crs)

    def seen(self, window: Optional[Window]) -> Seen:
        """Return what concerns the territories of a window; of all of them without."""
        if window is None:
            return self._read(self._bounds, None)
        if self.cut is not None:
            found = self._read(window.around, window.reach)
            # One window without features is no layer that has none.
            return replace(found, quality=tuple(item for item in found.quality if item.check != COVERS_NONE))
        is_first = self._held is None
        if self._held is None:
            self._held = self._read(self._bounds, None)
        here = touching(self._held.geometry, window.around)
        return Seen(self._held.geometry[here], self._held.repaired[here], self._held.quality if is_first else ())

    def _read(self, bounds: Optional[tuple], reach: Optional[tuple]) -> Seen:
        layer = read_vector(self.source, self._crs, bounds=bounds, info=self._info, begins_in=reach)
        if self._kind is None:
            return Seen(layer.geometry, layer.repaired, layer.quality)
        told = layer.told if reach else None
        polygons, records = geometries.polygon_parts(layer.geometry, self.source, self._kind, told)
        return Seen(polygons, layer.repaired, (*layer.quality, *records))


class PopulationView:
    """A population: a raster, or points and buildings with their inhabitants.

    Parameters
    ----------
    field : str, optional
        Column of the inhabitants of each point or building.
    one_each : bool
        Whether each counts one where there is no such column.
    as_raster : bool, optional
        Whether it is a raster; seen from its file if not given.

    Attributes
    ----------
    cut : Blocks, optional
        Where it is a large layer that can be read in blocks.
    """

    def __init__(
        self,
        identifier: str,
        field: Optional[str],
        territories: Territories,
        sources: OpenedSources,
        one_each: bool = False,
        as_raster: Optional[bool] = None,
    ) -> None:
        self.identifier, self._field, self._one_each = identifier, field, one_each
        self._territories, self._sources = territories, sources
        as_raster = is_raster(identifier, sources) if as_raster is None else as_raster
        self._held: Optional[Population] = sources.raster(identifier, None) if as_raster else None
        self._is_first, self._is_met = True, False
        self.cut: Optional[Blocks] = None
        if self._held is None:
            self.source = sources.filtered(identifier, None)
            self._info = describe(self.source)
            self.cut = self._blocks()

    def seen(self, window: Optional[Window]) -> Population:
        """Return the population of the territories of a window; of all of them without."""
        if window is not None and self.cut is not None:
            return self._read(window)
        if self._held is None:
            found = placed_features(self.identifier, None, self._territories, self._sources)
            self._held = dwellings_of(found, self.source, self._field, self._one_each)
        if window is None:
            return self._held
        quality = self._held.quality if self._is_first else ()
        self._is_first = False
        if isinstance(self._held, Raster):
            return replace(self._held, quality=tuple(quality))
        return self._some(self._held, window, tuple(quality))

    def closing_quality(self) -> list[QualityRecord]:
        """Return what is known once all windows were seen."""
        if self.cut is None:
            return []
        nobody = [] if self._is_met else [self.source.path.name]
        return [*self.cut.quality, *record(self.identifier, COVERS_NONE, "W", nobody)]

    def _blocks(self) -> Optional[Blocks]:
        if self._field is not None:
            where = f"{self.identifier} ({self.source.path.name})"
            actual, _ = resolve_fields(where, [self._field], self._info["fields"])
            if not is_of_numbers(self._info, actual[self._field]):
                return None
        elif not self._one_each:
            return None
        if "LineString" in str(self._info["geometry_type"]):
            # Refused as it is read.
            return None
        return blocks(self.source, self._info, self._sources.crs, [self._field] if self._field else [])

    def _read(self, window: Window) -> Dwellings:
        near = self._territories.geometry[window.near]
        crs = self._sources.crs
        found = placed(self.source, self._info, crs, near, window.inside, window.reach, is_all_placed=True)
        quality = tuple(item for item in found.quality if item.check != COVERS_NONE)
        there = found.owner != NOWHERE
        owner = np.full(len(found.owner), NOWHERE)
        owner[there] = self._place_in(window)[window.near[found.owner[there]]]
        self._is_met |= bool((owner != NOWHERE).any())
        found = replace(found, owner=owner, quality=quality)
        return dwellings_of(found, self.source, self._field, self._one_each, beginning(found.geometry, window.reach))

    def _some(self, dwellings: Dwellings, window: Window, quality: tuple) -> Dwellings:
        kept = touching(dwellings.placed.geometry, window.inside)
        owner = dwellings.placed.owner[kept]
        places = np.append(self._place_in(window), NOWHERE)
        some = replace(
            dwellings.placed,
            geometry=dwellings.placed.geometry[kept],
            owner=places[owner],
            attributes=dwellings.placed.attributes[kept],
            repaired=dwellings.placed.repaired[kept],
        )
        return Dwellings(some, dwellings.inhabitants[kept], quality)

    def _place_in(self, window: Window) -> np.ndarray:
        """Return the place of each territory among those of a window."""
        places = np.full(len(self._territories), NOWHERE)
        places[window.own] = np.arange(len(window.own))
        return places


def windows_over(
    layer: LayerView, population: Optional[PopulationView], territories: Territories, margin_m: float = 0.0
) -> Iterator[Optional[Window]]:
    """Yield the windows in which a layer and a population are looked at; None alone where both are small."""
    cut = layer.cut or (None if population is None else population.cut)
    if cut is None:
        yield None
    else:
        yield from windows_of(territories.geometry, cut, margin_m)


def _around(territories: Territories, margin_m: float) -> Optional[tuple]:
    there = ~shapely.is_missing(territories.geometry)
    if not there.any():
        return None
    west, south, east, north = shapely.total_bounds(territories.geometry[there])
    return west - margin_m, south - margin_m, east + margin_m, north + margin_m

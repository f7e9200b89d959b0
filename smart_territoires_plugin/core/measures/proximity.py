"""Proximity: how far the nearest feature is, and what share of a territory lies within a distance of one."""

from __future__ import annotations

import numpy as np
import shapely

from smart_territoires_plugin.core.errors import MeasureError, Problem
from smart_territoires_plugin.core.measures.exposure import share_of_inhabitants
from smart_territoires_plugin.core.measures.inhabitants import open_population
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.nearest import distances_m, read_around
from smart_territoires_plugin.core.measures.neighbourhoods import neighbourhoods
from smart_territoires_plugin.core.measures.parts import parts_within
from smart_territoires_plugin.core.measures.people_in_parts import people_in_parts
from smart_territoires_plugin.core.measures.populated import gaps
from smart_territoires_plugin.core.measures.population_raster import inhabitants_of, pixels_of
from smart_territoires_plugin.core.measures.territory_windows import windows_of
from smart_territoires_plugin.core.measures.views import LayerView, PopulationView
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.blocks import blocks
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, merged, record
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.rectangles import touching
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import describe
from smart_territoires_plugin.core.study import Measure


def distance_to_nearest(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the distance to the nearest feature of the source, in metres (intensive).

    ``from: centroid`` (the default) measures from the centroid of the territory, even where that lies outside it;
    ``from: population`` is the mean distance of the inhabitants of ``population``: of the centres of a raster's
    pixels, each by its inhabitants and the share of it inside, or of points and buildings (at their representative
    point) by their ``inhabitants``. The feature may be a point, a line or a polygon, in which the distance is 0, and
    may lie outside every territory. Distance is plane, in the study's system, as the crow flies.
    """
    there = ~shapely.is_missing(territories.geometry)
    reasons = np.where(there, "", "no_geometry").astype(object)
    coverage, quality = there.astype(float), []
    if asked.parameters.get("from", "centroid") == "population":
        places, weights, coverage, reasons, quality = _inhabited(asked, territories, sources, reasons)
    else:
        centroids = shapely.get_coordinates(shapely.centroid(territories.geometry[there]))
        places = [np.empty((0, 2))] * len(territories)
        for index, xy in zip(np.flatnonzero(there), centroids, strict=True):
            places[index] = xy[None]
        weights = [np.ones(len(xy)) for xy in places]
    values = np.full(len(territories), np.nan)
    if not there.any():
        return measured(values, reasons, quality=quality)
    bounds = tuple(shapely.total_bounds(territories.geometry[there]))
    source = sources.filtered(asked.source, asked.where)
    info = describe(source)
    cut = blocks(source, info, sources.crs)
    told: list[QualityRecord] = []
    is_met, is_empty = False, False
    for window in [None] if cut is None else windows_of(territories.geometry, cut):
        if window is None:
            rows, layer = np.arange(len(territories)), read_around(asked.source, asked.where, bounds, sources)
        elif window.own.size:
            rows, layer = window.own, read_around(asked.source, asked.where, window.inside, sources, window.reach)
        else:
            # Nobody is measured here; what begins here is recorded all the same.
            rows = window.own
            layer = sources.vector(asked.source, asked.where, bounds=window.inside, begins_in=window.reach)
        told += layer.quality
        is_met |= touching(layer.geometry, bounds).any()
        is_empty |= rows.size > 0 and layer.geometry.size == 0
        if layer.geometry.size:
            _take_distances(values, rows, territories, places, weights, layer.geometry, sources)
    if cut is not None:
        told = merged([*cut.quality, *(item for item in told if item.check != "covers_no_territory")])
    told += record(asked.source, "covers_no_territory", "W", [] if is_met else [source.path.name])
    quality = [*told, *quality]
    if is_empty:
        return measured(values, np.where(reasons == "", "layer_empty", reasons), quality=quality)
    return measured(values, reasons, np.where(np.isnan(values), 0, coverage), quality=quality)


def _take_distances(values, rows, territories, places, weights, features, sources) -> None:
    """Write the mean distance of the places of some territories."""
    groups = [rows[group] for group in neighbourhoods(territories.geometry[rows])]
    gathered = [np.concatenate([places[index] for index in group]) for group in groups]
    for group, found_m in zip(groups, distances_m(gathered, features, sources.engine), strict=True):
        ends = np.cumsum([len(places[index]) for index in group])
        for index, one_m in zip(group, np.split(found_m, ends[:-1]), strict=True):
            if weights[index].sum() > 0:
                values[index] = (one_m * weights[index]).sum() / weights[index].sum()


def _inhabited(asked: Measure, territories: Territories, sources: OpenedSources, reasons: np.ndarray):
    """Return where the inhabitants of each territory live, how many at each place, and what is known of that."""
    identifier = asked.parameters.get("population")
    if identifier is None:
        raise MeasureError(Problem("measure.needs_population", f"{asked.kind} ({asked.source})"))
    population = open_population(identifier, asked.parameters.get("inhabitants"), territories, sources)
    if isinstance(population, Raster):
        return _inhabited_pixels(population, identifier, territories, sources, reasons)
    placed = population.placed
    xy = shapely.get_coordinates(shapely.point_on_surface(placed.geometry))
    order = np.argsort(placed.owner, kind="stable")
    starts = np.searchsorted(placed.owner[order], np.arange(len(territories) + 1))
    rows = [order[starts[index] : starts[index + 1]] for index in range(len(territories))]
    weights = [population.inhabitants[some] for some in rows]
    without = np.array([some.sum() <= 0 for some in weights])
    reasons = np.where((reasons == "") & without, "no_population", reasons)
    return [xy[some] for some in rows], weights, np.ones(len(territories)), reasons, list(population.quality)


def _inhabited_pixels(
    raster: Raster, identifier: str, territories: Territories, sources: OpenedSources, reasons: np.ndarray
):
    where = f"{identifier} ({sources.source(identifier).path.name})"
    zones = references.reproject(territories.geometry, sources.crs, raster.crs, where)
    pixels = pixels_of(raster, zones, sources.engine)
    _, known = inhabitants_of(raster, zones, sources.engine)
    areas = np.nan_to_num(shapely.area(zones))
    coverage = np.zeros(len(territories))
    np.divide(known, areas, out=coverage, where=areas > 0)
    reasons = np.where((reasons == "") & (coverage == 0), "outside_raster", reasons)
    unread = np.array([some is None for some in pixels])
    reasons = np.where((reasons != "no_geometry") & unread, "damaged_raster", reasons)
    pixels = [np.empty((0, 3)) if some is None else some for some in pixels]
    quality = [*raster.quality, *gaps(identifier, territories.codes, coverage, reasons)]
    empty = np.array([len(some) == 0 for some in pixels])
    reasons = np.where((reasons == "") & empty, "no_population", reasons)
    points = [shapely.points(some[:, :2]) for some in pixels]
    if raster.crs != sources.crs:
        points = [references.reproject(some, raster.crs, sources.crs, where) for some in points]
        quality.append(
            QualityRecord(identifier, "zones_reprojected", "R", len(territories), references.name(raster.crs))
        )
    places = [shapely.get_coordinates(some).reshape(-1, 2) for some in points]
    return places, [some[:, 2] for some in pixels], np.minimum(coverage, 1.0), reasons, quality


def share_within(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the share of each territory within ``distance_m`` metres of a feature of the source, 0–100 % (intensive).

    ``of`` says of what: ``area`` (the default); ``{raster: …}``, the inhabitants of a population raster, spread evenly
    over each pixel; ``{buildings: …, inhabitants: …}``, the inhabitants of buildings, spread evenly over each of them,
    or of points. Buildings without the column ``inhabitants`` count one each. Features may be points, lines or
    polygons, and may lie outside every territory. Distance is plane, in the study's system.

    Round corners are drawn inside the true ones, with 260 sides to the circle: of the area around a single point
    9.7e-5 is lost, and of anything else less.
    """
    there = ~shapely.is_missing(territories.geometry)
    if not there.any():
        return measured(np.full(len(territories), np.nan), np.full(len(territories), "no_geometry", dtype=object))
    of, distance_m = asked.parameters.get("of", "area"), float(asked.parameters["distance_m"])
    layer = LayerView(asked.source, asked.where, territories, sources, distance_m)
    people = None
    if of != "area":
        named, field = _one_of(of, asked), of.get("inhabitants")
        people = PopulationView(named, field, territories, sources, one_each=True, as_raster="raster" in of)
    found = people_in_parts(
        layer,
        people,
        territories,
        sources,
        lambda own, seen: parts_within(own, seen.geometry, distance_m, sources.engine),
        distance_m,
    )
    if people is None:
        shares_pct = np.full(len(territories), np.nan)
        np.divide(100 * found.areas_m2, territories.areas_m2, out=shares_pct, where=territories.areas_m2 > 0)
        reasons = np.where(there, "", "no_geometry").astype(object)
        return measured(np.minimum(shares_pct, 100.0), reasons, carried=found.carried, quality=found.quality)
    shares_pct, reasons = share_of_inhabitants(found.populated)
    return measured(shares_pct, reasons, found.populated.coverage, found.carried, quality=found.quality)


def _one_of(of: dict, asked: Measure) -> str:
    named = [of[key] for key in ("raster", "buildings") if key in of]
    if len(named) != 1:
        raise MeasureError(Problem("measure.share_of_what", f"{asked.kind} ({asked.source})"))
    return named[0]

"""Exposure: how many inhabitants live in the source's polygons, and what share of all."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.measures.parts import parts_inside
from smart_territoires_plugin.core.measures.people_in_parts import people_in_parts
from smart_territoires_plugin.core.measures.populated import Populated
from smart_territoires_plugin.core.measures.views import LayerView, PopulationView
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure


def population_exposed(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the inhabitants of each territory who live in the source's polygons (extensive).

    ``population`` is a raster of inhabitants per pixel, or a layer of points or buildings with the column
    ``inhabitants``. Inhabitants are spread evenly over a pixel and over a building, which count by the share of them
    that lies in the polygons; a point counts where it lies. However many polygons overlap, an inhabitant counts once.
    ``coverage`` is the share of the territory on which a raster knows the population.
    """
    found, carried, quality = _exposed(asked, territories, sources)
    return measured(found.within, found.reasons, found.coverage, carried, quality=quality)


def share_exposed(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the share of inhabitants who live in the source's polygons, 0–100 % (intensive).

    Both counts are of the same population source, as in ``population_exposed``; without inhabitants it is missing.
    """
    found, carried, quality = _exposed(asked, territories, sources)
    shares_pct, reasons = share_of_inhabitants(found)
    return measured(shares_pct, reasons, found.coverage, carried, quality=quality)


def share_of_inhabitants(found: Populated) -> tuple[np.ndarray, np.ndarray]:
    """Return the share of inhabitants in the part, in per cent, and why there is none.

    Examples
    --------
    >>> nobody = Populated(np.zeros(1), np.zeros(1), np.ones(1), np.array([""], dtype=object), ())
    >>> [item.tolist() for item in share_of_inhabitants(nobody)]
    [[nan], ['no_population']]
    """
    shares_pct = np.full(len(found.all), np.nan)
    np.divide(100 * found.within, found.all, out=shares_pct, where=found.all > 0)
    empty = (found.reasons == "") & ~(found.all > 0)
    return shares_pct, np.where(empty, "no_population", found.reasons)


def _exposed(asked: Measure, territories: Territories, sources: OpenedSources):
    layer = LayerView(asked.source, asked.where, territories, sources, polygons_for=asked.kind)
    people = PopulationView(asked.parameters["population"], asked.parameters.get("inhabitants"), territories, sources)
    found = people_in_parts(
        layer, people, territories, sources, lambda own, seen: parts_inside(own, seen.geometry, sources.engine)
    )
    return found.populated, found.carried, found.quality

"""The zone index of a study's territories on a raster's grid: made once, kept for the run and in the store."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import fields
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from pyproj.exceptions import ProjError

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.measures.zone_index import ZoneIndex, zone_index
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.rasters import Raster
from smart_territoires_plugin.core.sources.windows import grid_of

# By the sources of a run, so that it ends with them; under one lock, so that measures at the same time share one.
_made: WeakKeyDictionary[OpenedSources, dict[str, ZoneIndex]] = WeakKeyDictionary()
_lock = threading.Lock()


def index_of(geometry: np.ndarray, sources: OpenedSources, raster: Raster, identifier: str) -> ZoneIndex:
    """Return the index of territories on the grid of a raster.

    Parameters
    ----------
    geometry : ndarray of polygons, shape (n_territories,)
        In the study's system; None where there is none.
    identifier : str
        The raster's source, for messages.

    Raises
    ------
    SourceError
        If the territories cannot be brought into the raster's system.
    """
    grid = grid_of(raster)
    crs = None if raster.crs == sources.crs else (sources.crs.to_wkt(), raster.crs.to_wkt())
    content = hashlib.sha256()
    for part in shapely.to_wkb(geometry):
        content.update(b"-" if part is None else part)
    depends_on = ["zone_index", content.hexdigest(), grid.width, grid.height, grid.transform, crs]
    with _lock:
        known = _made.setdefault(sources, {})
        if str(depends_on) not in known:
            known[str(depends_on)] = _recalled_or_made(geometry, sources, depends_on, grid, crs, identifier)
        return known[str(depends_on)]


def _recalled_or_made(geometry, sources: OpenedSources, depends_on: list, grid, crs, identifier: str) -> ZoneIndex:
    key = sources.key_of(depends_on)
    kept = sources.store.recall_arrays(key) if key else None
    if kept is not None:
        return ZoneIndex(**{**kept, "n_zones": int(kept["n_zones"])})
    try:
        index = zone_index(geometry, grid, crs, sources.engine)
    except ProjError as error:
        where = f"{identifier} ({sources.source(identifier).path.name})"
        values = {"crs": references.name(sources.crs), "likely": "?", "x": "", "y": ""}
        raise SourceError(Problem("crs.impossible", where, values)) from error
    if key:
        sources.store.keep_arrays(key, {item.name: np.asarray(getattr(index, item.name)) for item in fields(index)})
    return index

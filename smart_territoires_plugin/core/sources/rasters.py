"""Rasters: whether they can be measured on, in which system and with which value for no data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np
from pyproj import CRS

from smart_territoires_plugin.core.errors import EngineError, Problem, SourceError
from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.study import Source

_SUSPECTS = (9999.0, -9999.0, 99999.0, -3.4028234663852886e38, 3.4028234663852886e38, -32768.0, 65535.0)
_SUSPECT_SHARE = 0.001
_SAMPLE_PIXELS = 1000
_APART_SHARE = 0.1


@dataclass(frozen=True)
class Grid:
    """The cells of a raster.

    Parameters
    ----------
    width, height : int
        Cells.
    transform : tuple of float
        a, b, c, d, e, f of x = a·column + b·row + c, y = d·column + e·row + f.
    """

    width: int
    height: int
    transform: tuple[float, float, float, float, float, float]

    @property
    def cell_area(self) -> float:
        """Area of a cell, in square units of the raster's system."""
        a, b, _, d, e, _ = self.transform
        return abs(a * e - b * d)

    def cells_of(self, xy: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the columns and rows, in cells and their parts, of points."""
        a, b, c, d, e, f = self.transform
        x, y = xy[:, 0] - c, xy[:, 1] - f
        if b == 0 and d == 0:
            return x / a, y / e
        determinant = a * e - b * d
        return (e * x - b * y) / determinant, (a * y - d * x) / determinant


@dataclass(frozen=True)
class Raster:
    """A band that measures can read.

    Parameters
    ----------
    path : Path or str
        As GDAL opens it.
    band : int
        From 1.
    crs : CRS
        Its own system.
    nodata : float or None
        Value given by the study, where the file declares none.
    upright : bool
        False if the grid is rotated or runs south to north, and must be straightened on reading.
    quality : tuple of QualityRecord
        What is doubtful about it.
    """

    path: str
    band: int
    crs: CRS
    nodata: Optional[float]
    upright: bool
    quality: tuple[QualityRecord, ...]


def open_raster(source: Source, band: int) -> Raster:
    """Look at a raster, without reading it whole.

    Raises
    ------
    SourceError
        If it has no reference system, no geotransform or no such band, or cannot be read.
    """
    try:
        import rasterio
        from rasterio.enums import ColorInterp
        from rasterio.errors import RasterioIOError
    except ImportError as error:
        raise EngineError(Problem("library.missing", "rasterio", {"feature": source.id})) from error
    located = locate(source)
    where = f"{source.id} ({Path(located.file).name})"
    try:
        with rasterio.open(located.name) as dataset:
            if not source.crs and not dataset.crs:
                likely = references.likely(tuple(dataset.bounds))
                raise SourceError(Problem("crs.missing", where, {"likely": likely}))
            if dataset.transform.is_identity:
                raise SourceError(Problem("raster.no_geotransform", where))
            if band > dataset.count:
                raise SourceError(Problem("raster.no_band", where, {"band": band, "count": dataset.count}))
            if "complex" in dataset.dtypes[band - 1]:
                raise SourceError(Problem("raster.not_real", where))
            crs = references.parse(source.crs or dataset.crs.to_wkt(), where)
            transform = dataset.transform
            upright = transform.b == 0 and transform.d == 0 and transform.e < 0 and transform.a > 0
            quality = [] if upright else [QualityRecord(source.id, "raster_straightened", "R", 1, located.file.name)]
            declared = dataset.nodatavals[band - 1]
            if declared is None and source.nodata is None:
                quality += _suspects(dataset, band, source.id)
            scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
            if scale != 1 or offset != 0:
                quality.append(QualityRecord(source.id, "raster_rescaled", "R", 1, f"{scale:g} × … + {offset:g}"))
            if dataset.colorinterp[band - 1] == ColorInterp.palette:
                quality.append(QualityRecord(source.id, "raster_of_classes", "W", 1, located.file.name))
            return Raster(located.name, band, crs, source.nodata, upright, tuple(quality))
    except RasterioIOError as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error).splitlines()[0]})) from error


def _suspects(dataset, band: int, source: str) -> list[QualityRecord]:
    """Look for a value that stands for no data without being declared, on a thinned reading of the band."""
    step = max(1, int(np.sqrt(dataset.width * dataset.height) // _SAMPLE_PIXELS))
    shape = (max(1, dataset.height // step), max(1, dataset.width // step))
    from rasterio.errors import RasterioIOError

    try:
        sample = dataset.read(band, out_shape=shape, masked=True).compressed().astype(float)
    except RasterioIOError:
        return []  # a part that cannot be read is told territory by territory
    records = []
    for suspect in _SUSPECTS:
        share = float(np.isclose(sample, suspect, rtol=1e-6, atol=0).mean()) if sample.size else 0.0
        if share >= _SUSPECT_SHARE:
            records.append(QualityRecord(source, "nodata_suspected", "W", 1, f"{suspect:g}: {100 * share:.1f} %"))
    zeros = sample == 0
    others = sample[~zeros]
    share = float(zeros.mean()) if sample.size else 0.0
    # Zero is a value like others where others come near it; it stands apart where the least of them is far above.
    if share >= _SUSPECT_SHARE and others.size and others.min() > _APART_SHARE * np.median(others):
        records.append(QualityRecord(source, "nodata_suspected", "W", 1, f"0: {100 * share:.1f} %"))
    return records

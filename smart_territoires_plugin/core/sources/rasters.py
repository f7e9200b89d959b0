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
from smart_territoires_plugin.core.study.addresses import Address

_SUSPECTS = (9999.0, -9999.0, 99999.0, -3.4028234663852886e38, 3.4028234663852886e38, -32768.0, 65535.0)
_SUSPECT_SHARE = 0.001
# Pixels and windows of a look at a band: across a network every window costs a request and the blocks that it touches.
_LOCAL_SAMPLE = (1000, 5)
_REMOTE_SAMPLE = (128, 2)
# Codes of land cover are few whole numbers; 0 and 1 tell presence, whose mean is a share.
_FEW_CLASSES = (3, 32)
_MOST_CLASSES = 255
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
    unit : str
        As the file declares it; empty if it does not.
    content : str
        ``classes`` or ``amounts`` where the file or a sample of its values tells; else empty.
    """

    path: str
    band: int
    crs: CRS
    nodata: Optional[float]
    upright: bool
    quality: tuple[QualityRecord, ...]
    unit: str = ""
    content: str = ""


def open_raster(source: Source, band: int) -> Raster:
    """Look at a raster, without reading it whole.

    Raises
    ------
    SourceError
        If it has no reference system, no geotransform or no such band, or cannot be read.
    """
    try:
        import rasterio
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
            scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
            declared = dataset.nodatavals[band - 1]
            unit, classes = (dataset.units[band - 1] or "").strip(), _told_as_classes(dataset, band)
            # Last of all that is asked of the file: where it is cut short, GDAL complains at the next question too.
            sample = _sample(dataset, band, *(_REMOTE_SAMPLE if isinstance(source.path, Address) else _LOCAL_SAMPLE))
            if declared is None and source.nodata is None:
                quality += _suspects(sample, source.id)
            if scale != 1 or offset != 0:
                quality.append(QualityRecord(source.id, "raster_rescaled", "R", 1, f"{scale:g} × … + {offset:g}"))
            sample = sample if source.nodata is None else sample[sample != source.nodata]
            whole = "int" in dataset.dtypes[band - 1] and scale == 1 and offset == 0
            content = "classes" if classes else _content(sample, whole, unit)
            return Raster(located.name, band, crs, source.nodata, upright, tuple(quality), unit, content)
    except RasterioIOError as error:
        raise SourceError(Problem("source.damaged", where, {"reason": str(error).splitlines()[0]})) from error


def _sample(dataset, band: int, pixels: int, spread: int) -> np.ndarray:
    """Return known values of a band: all of one of up to pixels², else those of spread × spread windows over it."""
    from rasterio.errors import RasterioIOError
    from rasterio.windows import Window

    if dataset.width * dataset.height <= pixels**2:
        windows = [Window(0, 0, dataset.width, dataset.height)]
    else:
        side = pixels // spread
        width, height = min(side, dataset.width), min(side, dataset.height)
        # Each within one block where it can be, so that no more is unpacked than is looked at.
        high, wide = dataset.block_shapes[band - 1]
        across = np.linspace(0, dataset.width - width, spread).astype(int) // wide * wide
        down = np.linspace(0, dataset.height - height, spread).astype(int) // high * high
        windows = [Window(int(left), int(top), width, height) for top in down for left in across]
    found = []
    for window in windows:
        try:
            found.append(dataset.read(band, window=window, masked=True).compressed().astype(float))
        except RasterioIOError:
            continue  # a part that cannot be read is told territory by territory
    return np.concatenate(found) if found else np.zeros(0)


def _told_as_classes(dataset, band: int) -> bool:
    from rasterio.enums import ColorInterp

    thematic = dataset.tags(band).get("LAYER_TYPE", "").lower() == "thematic"
    return thematic or dataset.colorinterp[band - 1] == ColorInterp.palette


def _content(sample: np.ndarray, whole: bool, unit: str) -> str:
    """Return whether values look like classes or amounts, where that can be told."""
    sample = sample[np.isfinite(sample)]
    if (sample != np.floor(sample)).any():
        return "amounts"
    distinct = len(np.unique(sample))
    if distinct > _MOST_CLASSES:
        return "amounts"
    return "classes" if whole and not unit and _FEW_CLASSES[0] <= distinct <= _FEW_CLASSES[1] else ""


def _suspects(sample: np.ndarray, source: str) -> list[QualityRecord]:
    """Look for a value that stands for no data without being declared."""
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

"""Windows of a raster's band: its values and where they are known, whatever way the file says that there is no data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.sources.rasters import Grid, Raster

# Tiles are unpacked on every core; a file of many bands is read for one of them.
READING = {"GDAL_NUM_THREADS": "ALL_CPUS"}
# Values, weights and flags of so many cells stay in the cache of a core: twice as fast as four times as many.
MAX_CELLS = 600_000
_GIVEN_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Window:
    """Rows ``top`` to ``bottom`` − 1 and columns ``left`` to ``right`` − 1 of a grid."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top, self.right - self.left


def grid_of(raster: Raster) -> Grid:
    """Return the grid of a raster."""
    import rasterio

    with rasterio.open(raster.path) as dataset:
        return Grid(dataset.width, dataset.height, tuple(dataset.transform)[:6])


def strips(block: tuple[int, int], rows: tuple[int, int], columns: tuple[int, int]) -> list[list[Window]]:
    """Cut part of a grid into strips of windows that follow the file's blocks.

    Parameters
    ----------
    block : tuple of int
        Rows and columns of a block of the file.
    rows, columns : tuple of int
        First and one past the last of the part wanted.

    Returns
    -------
    list of list of Window
        No block is in two strips, so that each can be read on its own; a window has at most ``MAX_CELLS`` cells, less
        than a block where blocks are larger.

    Examples
    --------
    >>> [len(strip) for strip in strips((256, 256), (0, 600), (0, 4_000))]
    [2, 2, 2]
    """
    block_rows, block_columns = block
    top, (left, right) = rows[0] // block_rows * block_rows, columns
    wide = min(right - left, max(1, MAX_CELLS // min(block_rows, MAX_CELLS)))
    if wide < right - left:
        wide = max(block_columns, wide // block_columns * block_columns)
        left = left // block_columns * block_columns
    step = block_rows * max(1, MAX_CELLS // max(block_rows * min(wide, right - left), 1))
    made = []
    for start in range(top, rows[1], step):
        first, last = max(start, rows[0]), min(start + step, rows[1])
        width = min(wide, right - left, MAX_CELLS)
        high = max(1, min(last - first, MAX_CELLS // width))
        made.append(
            [
                Window(row, min(row + high, last), max(column, columns[0]), min(column + width, right))
                for row in range(first, last, high)
                for column in range(left, right, width)
            ]
        )
    return made


def read_window(dataset, raster: Raster, window: Window) -> tuple[np.ndarray, np.ndarray | None]:
    """Read a window of a band.

    Values that the file or the study declares as no data, NaN, and pixels hidden by a mask band or an alpha band are
    not known; scale and offset are applied.

    Parameters
    ----------
    dataset : rasterio.DatasetReader

    Returns
    -------
    values : ndarray, shape of the window
    known : ndarray of bool, or None where all are
    """
    from rasterio.enums import MaskFlags
    from rasterio.windows import Window as Area

    band = raster.band
    area = Area(window.left, window.top, window.right - window.left, window.bottom - window.top)
    values = dataset.read(band, window=area)
    hidden = np.zeros(0, dtype=bool)
    flags, nodata = dataset.mask_flag_enums[band - 1], dataset.nodatavals[band - 1]
    if MaskFlags.per_dataset in flags or MaskFlags.alpha in flags:
        hidden = dataset.read_masks(band, window=area) == 0
    if nodata is not None and not np.isnan(nodata):
        hidden = _either(hidden, values == _as_stored(nodata, values.dtype))
    if values.dtype.kind == "f":
        hidden = _either(hidden, ~np.isfinite(values))
    if raster.nodata is not None and np.isfinite(raster.nodata):
        hidden = _either(hidden, _near(values, raster.nodata))
    scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
    if scale != 1.0 or offset != 0.0:
        values = values.astype(float) * scale + offset
    return values, (~hidden if hidden.any() else None)


def _either(hidden: np.ndarray, more: np.ndarray) -> np.ndarray:
    return hidden | more if hidden.size else more


def _near(values: np.ndarray, given: float) -> np.ndarray:
    """Return which values are that of the study, to the digits in which one writes it."""
    low, high = sorted((given * (1 - _GIVEN_TOLERANCE), given * (1 + _GIVEN_TOLERANCE)))
    if values.dtype.kind == "f":
        most = float(np.finfo(values.dtype).max)
        low, high = max(low, -most), min(high, most)
    return (values >= low) & (values <= high)


def _as_stored(nodata: float, dtype: np.dtype) -> float:
    """Return a value for no data as the band holds it: 32 bits round it."""
    return float(np.float32(nodata)) if dtype == np.float32 and abs(nodata) <= np.finfo(np.float32).max else nodata

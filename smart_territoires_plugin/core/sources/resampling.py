"""A raster of amounts on the cells of another grid, its totals kept: a pixel is split by area among the cells on it."""

from __future__ import annotations

import math

import numpy as np

from smart_territoires_plugin.core.sources import references
from smart_territoires_plugin.core.sources.rasters import Grid, Raster
from smart_territoires_plugin.core.sources.windows import MAX_CELLS, Window, read_window

_ALIGNED = 1e-6
_MARGIN = 2


def same_cells(one: Raster, one_grid: Grid, other: Raster, other_grid: Grid) -> bool:
    """Return whether two rasters have the same cells, to a millionth of a cell."""
    if (one_grid.width, one_grid.height) != (other_grid.width, other_grid.height) or one.crs != other.crs:
        return False
    corners = np.array([[0.0, 0.0], [one_grid.width, 0.0], [0.0, one_grid.height], [one_grid.width, one_grid.height]])
    columns, rows = other_grid.cells_of(_places(one_grid, corners))
    return bool(np.abs(np.column_stack([columns, rows]) - corners).max() < _ALIGNED)


def read_amounts(dataset, raster: Raster, target: Raster, grid: Grid, window: Window) -> np.ndarray:
    """Return the amounts of a raster on a window of another grid; 0 where none is known.

    Where both grids are upright and of one system, each pixel is split by its exact overlaps; else GDAL's
    sum-preserving resampling splits it along the cells' edges brought into its system.

    Parameters
    ----------
    dataset : rasterio.DatasetReader
        Of ``raster``, whose pixels hold amounts, such as inhabitants.
    target : Raster
        Whose cells are wanted.
    grid : Grid
        Of ``target``.

    Returns
    -------
    ndarray of float, shape of the window
    """
    own = Grid(dataset.width, dataset.height, tuple(dataset.transform)[:6])
    made = np.zeros(window.shape)
    for part in _parts(own, _source_window(own, raster, target, grid, window)):
        values, known = read_window(dataset, raster, part)
        amounts = values.astype(float)
        if known is not None:
            amounts[~known] = 0.0
        straight = all(item.transform[1] == item.transform[3] == 0 for item in (own, grid))
        if straight and raster.crs == target.crs:
            made += _split(amounts, own, part, grid, window)
        else:
            made += _warped(amounts, raster, own, part, target, grid, window)
    return made


def _places(grid: Grid, cells: np.ndarray) -> np.ndarray:
    a, b, c, d, e, f = grid.transform
    return np.column_stack([a * cells[:, 0] + b * cells[:, 1] + c, d * cells[:, 0] + e * cells[:, 1] + f])


def _source_window(own: Grid, raster: Raster, target: Raster, grid: Grid, window: Window) -> Window:
    """Return the pixels that may lie on a window: its outline, brought into their system, and a margin."""
    along = np.linspace(0, 1, 41)[:, None]
    corners = np.array([[x, y] for x, y in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))], dtype=float)
    outline = np.vstack([one + along * (two - one) for one, two in zip(corners[:-1], corners[1:], strict=True)])
    size = np.array([window.right - window.left, window.bottom - window.top])
    places = _places(grid, outline * size + np.array([window.left, window.top]))
    if raster.crs != target.crs:
        convert = references.transformer(target.crs, raster.crs)
        places = np.column_stack(convert.transform(places[:, 0], places[:, 1]))
    columns, rows = own.cells_of(places[np.isfinite(places).all(axis=1)])
    if not columns.size:
        return Window(0, 0, 0, 0)

    def limits(values: np.ndarray, most: int) -> tuple[int, int]:
        low, high = math.floor(values.min()) - _MARGIN, math.ceil(values.max()) + _MARGIN
        return min(max(low, 0), most), min(max(high, 0), most)

    return Window(*limits(rows, own.height), *limits(columns, own.width))


def _parts(own: Grid, window: Window) -> list[Window]:
    rows, columns = window.shape
    if not rows or not columns:
        return []
    high = max(1, MAX_CELLS // columns)
    return [
        Window(top, min(top + high, window.bottom), window.left, window.right)
        for top in range(window.top, window.bottom, high)
    ]


def _split(amounts: np.ndarray, own: Grid, part: Window, grid: Grid, window: Window) -> np.ndarray:
    a, _, c, _, e, f = own.transform
    target_a, _, target_c, _, target_e, target_f = grid.transform

    def shares(step, start, first, last, target_step, target_start, target_first, target_last):
        """Return the share of each pixel that lies on each cell along one axis, as a sparse matrix."""
        from scipy.sparse import csr_array

        pixels = (start - target_start + step * np.arange(first, last + 1)) / target_step - target_first
        low, high = np.minimum(pixels[:-1], pixels[1:]), np.maximum(pixels[:-1], pixels[1:])
        from_cell = np.clip(np.floor(low), 0, target_last - target_first).astype(int)
        to_cell = np.clip(np.ceil(high), 0, target_last - target_first).astype(int)
        number = np.maximum(to_cell - from_cell, 0)
        pixel = np.repeat(np.arange(len(low)), number)
        cell = from_cell[pixel] + np.arange(len(pixel)) - np.repeat(np.cumsum(number) - number, number)
        overlap = np.minimum(high[pixel], cell + 1) - np.maximum(low[pixel], cell)
        share = np.maximum(overlap, 0) / (high - low)[pixel]
        return csr_array((share, (cell, pixel)), shape=(target_last - target_first, last - first))

    rows = shares(e, f, part.top, part.bottom, target_e, target_f, window.top, window.bottom)
    columns = shares(a, c, part.left, part.right, target_a, target_c, window.left, window.right)
    return np.asarray((columns @ np.asarray(rows @ amounts).T).T)


def _warped(
    amounts: np.ndarray, raster: Raster, own: Grid, part: Window, target: Raster, grid: Grid, window: Window
) -> np.ndarray:
    from rasterio.transform import Affine
    from rasterio.warp import Resampling, reproject

    made = np.zeros(window.shape)
    reproject(
        amounts,
        made,
        src_transform=Affine(*own.transform) @ Affine.translation(part.left, part.top),
        src_crs=raster.crs.to_wkt(),
        dst_transform=Affine(*grid.transform) @ Affine.translation(window.left, window.top),
        dst_crs=target.crs.to_wkt(),
        resampling=Resampling.sum,
        tolerance=0.0,
    )
    return np.nan_to_num(made)

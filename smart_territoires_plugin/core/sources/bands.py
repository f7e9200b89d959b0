"""One band of a raster as exactextract reads it: every kind of "no data" masked, scaled, and upright."""

from __future__ import annotations

import numpy as np
import shapely
from exactextract.raster import RasterSource
from rasterio.windows import Window

from smart_territoires_plugin.core.sources.rasters import Raster


class Band(RasterSource):
    """A band of an open dataset.

    Values that the file or the study declares as no data, NaN, and pixels hidden by a mask band or an alpha band are
    left out; scale and offset are applied. A grid that is rotated or runs south to north is read in its own rows and
    columns (``on_grid``), so that nothing is resampled.

    Parameters
    ----------
    dataset : rasterio.DatasetReader
    raster : Raster
        Which band, and what the study says of it.
    """

    def __init__(self, dataset, raster: Raster):
        super().__init__()
        self._dataset = dataset
        self._raster = raster
        self._scale, self._offset = dataset.scales[raster.band - 1], dataset.offsets[raster.band - 1]

    def on_grid(self, zones: np.ndarray) -> np.ndarray:
        """Return zones of the raster's system in the coordinates of ``extent``."""
        if self._raster.upright:
            return zones
        a, b, c, d, e, f = (~self._dataset.transform)[:6]
        return shapely.transform(
            zones, lambda xy: np.column_stack([a * xy[:, 0] + b * xy[:, 1] + c, -(d * xy[:, 0] + e * xy[:, 1] + f)])
        )

    def from_grid(self, xy: np.ndarray) -> np.ndarray:
        """Return places of the grid of ``extent``, shape (n, 2), in the raster's system."""
        if self._raster.upright:
            return xy
        a, b, c, d, e, f = self._dataset.transform[:6]
        column, row = xy[:, 0], -xy[:, 1]
        return np.column_stack([a * column + b * row + c, d * column + e * row + f])

    @property
    def pixel_area(self) -> float:
        """Area of a pixel, in square units of the raster's system."""
        transform = self._dataset.transform
        return abs(transform.a * transform.e - transform.b * transform.d)

    def res(self):
        """Return the size of a pixel."""
        west, south, east, north = self.extent()
        return (east - west) / self._dataset.width, (north - south) / self._dataset.height

    def extent(self):
        """Return west, south, east, north."""
        if not self._raster.upright:
            return 0.0, -float(self._dataset.height), float(self._dataset.width), 0.0
        return tuple(self._dataset.bounds)

    def srs_wkt(self):
        """Return no system: zones are brought into the raster's before."""
        return None

    def nodata_value(self):
        """Return no value: what has no data is masked."""
        return None

    def read_window(self, x0, y0, nx, ny):
        """Return the values of a window, masked where there is no data."""
        values = self._dataset.read(self._raster.band, window=Window(x0, y0, nx, ny), masked=True)
        hidden = np.ma.getmaskarray(values)
        if values.dtype.kind == "f":
            hidden = hidden | ~np.isfinite(values.data)
        if self._raster.nodata is not None:
            given = np.isclose(values.data.astype(float), self._raster.nodata, rtol=1e-7, atol=0, equal_nan=True)
            hidden = hidden | given
        plain = values.data
        if self._scale != 1.0 or self._offset != 0.0:
            plain = plain.astype(float) * self._scale + self._offset
        return np.ma.array(plain, mask=hidden) if hidden.any() else plain

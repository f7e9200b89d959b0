"""The regular grid on which relief, air and population are laid out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rasterio import Affine
from scipy.ndimage import gaussian_filter


@dataclass(frozen=True)
class Grid:
    """A north-up grid of square cells, in metres of the region's CRS."""

    x_min: float
    y_max: float
    cell_m: float
    n_rows: int
    n_cols: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.n_rows, self.n_cols

    @property
    def transform(self) -> Affine:
        """The affine transform from column and row to x and y."""
        return Affine(self.cell_m, 0, self.x_min, 0, -self.cell_m, self.y_max)

    def refined(self, factor: int) -> Grid:
        """Return the grid of the same extent with cells `factor` times smaller."""
        return Grid(self.x_min, self.y_max, self.cell_m / factor, self.n_rows * factor, self.n_cols * factor)

    def centres(self) -> tuple[np.ndarray, np.ndarray]:
        """Return x and y of every cell centre, each of the grid's shape."""
        x = self.x_min + (np.arange(self.n_cols) + 0.5) * self.cell_m
        y = self.y_max - (np.arange(self.n_rows) + 0.5) * self.cell_m
        return np.meshgrid(x, y)

    def sample(self, values: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the value of the cell under each point; points outside take the nearest border cell."""
        cols = np.clip(((np.asarray(x) - self.x_min) / self.cell_m).astype(int), 0, self.n_cols - 1)
        rows = np.clip(((self.y_max - np.asarray(y)) / self.cell_m).astype(int), 0, self.n_rows - 1)
        return values[rows, cols]


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], scale_cells: float) -> np.ndarray:
    """Draw a smooth random field of mean 0 and standard deviation 1.

    Parameters
    ----------
    rng : Generator
    shape : (rows, columns)
    scale_cells : float
        Width of the Gaussian smoothing, in cells; bumps are about three times as wide.

    Returns
    -------
    ndarray of `shape`, dimensionless.
    """
    field = gaussian_filter(rng.standard_normal(shape), scale_cells, mode="reflect")
    return (field - field.mean()) / field.std()

"""What the communes have in them (means, networks, habits), from which tables, services and projects follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .grid import smooth_noise
from .terrain import Terrain
from .territories import Territories


@dataclass(frozen=True)
class Traits:
    """Dispositions of each commune, shape (n,), of mean 0 and standard deviation 1; never written to a file."""

    innovation: np.ndarray
    partnership: np.ndarray
    data: np.ndarray
    inclusion: np.ndarray
    comfort: np.ndarray

    @property
    def promise(self) -> np.ndarray:
        """What a commune has in it over the four axes, of mean 0 and standard deviation 1."""
        return _standard(self.innovation + self.partnership + self.data + self.inclusion)


def make_traits(terrain: Terrain, territories: Territories, rng: np.random.Generator) -> Traits:
    """Mix size, neighbourhood, EPCI and chance into dispositions."""
    n = len(territories.communes)
    size = _standard(np.log(territories.population))
    epci = territories.communes["siren_epci"].astype("category").cat.codes.to_numpy()
    of_epci = rng.standard_normal(epci.max() + 1)[epci]
    x, y = territories.hearts.T

    def around() -> np.ndarray:
        return _standard(terrain.grid.sample(smooth_noise(rng, terrain.grid.shape, 18), x, y))

    def chance() -> np.ndarray:
        return rng.standard_normal(n)

    return Traits(
        innovation=_standard(0.5 * size + 0.4 * around() + 0.8 * chance()),
        partnership=_standard(0.4 * size + 0.9 * of_epci + 0.5 * chance()),
        data=_standard(0.5 * size + 0.6 * of_epci + 0.7 * chance()),
        inclusion=_standard(-0.2 * size + 0.6 * around() + 0.8 * chance()),
        comfort=_standard(0.2 * size + 0.9 * around() + 0.6 * chance()),
    )


def _standard(values: np.ndarray) -> np.ndarray:
    """Centre on 0 with standard deviation 1."""
    return (values - values.mean()) / values.std()

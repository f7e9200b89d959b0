"""Tables of made-up indicators, weights and comparisons that methods of scoring are timed on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from bench.inputs.making import code_hash, made

_CODE = ("scores.py",)
# The scale of Saaty: how many times as important one element may be said to be.
_SCALE = np.concatenate([1 / np.arange(9.0, 1.0, -1.0), np.arange(1.0, 10.0)])


@dataclass(frozen=True)
class ScoresRecipe:
    """How much is drawn.

    Parameters
    ----------
    compared : int
        Elements that are compared two by two.
    """

    territories: int = 1276
    indicators: int = 30
    compared: int = 15
    seed: int = 1


@dataclass(frozen=True)
class ChainRecipe:
    """How much is drawn of a table with gaps, outliers and denominators."""

    territories: int = 35_000
    indicators: int = 30
    groups: int = 20
    gaps: float = 0.02
    seed: int = 1


def draw_indicators(size: int, count: int, seed: int) -> np.ndarray:
    """Return skewed values above 0 that go together a little, each with some ties, shape (size, count)."""
    generator = np.random.default_rng([seed, 1])
    common = generator.normal(size=(size, 1))
    return np.exp(0.5 * (0.6 * common + 0.8 * generator.normal(size=(size, count)))).round(4) + 0.01


def draw_weights(count: int, seed: int) -> np.ndarray:
    """Return weights that sum to 1, the largest up to three times the smallest."""
    drawn = np.random.default_rng([seed, 2]).uniform(0.5, 1.5, count)
    return drawn / drawn.sum()


def draw_comparisons(count: int, seed: int) -> np.ndarray:
    """Return a reciprocal matrix of pairwise comparisons on the scale 1/9 … 9 that contradict each other a little."""
    generator = np.random.default_rng([seed, 3])
    importance = np.exp(generator.uniform(0.0, 2.1, count))
    said = np.log(importance[:, None] / importance) + generator.normal(0.0, 0.25, (count, count))
    nearest = np.abs(said[:, :, None] - np.log(_SCALE)).argmin(axis=2)
    matrix = np.ones((count, count))
    above = np.triu_indices(count, 1)
    matrix[above] = _SCALE[nearest[above]]
    matrix.T[above] = 1 / matrix[above]
    return matrix


def draw_chain(recipe: ChainRecipe) -> dict[str, np.ndarray]:
    """Return a table with all that the steps of a score are for.

    Returns
    -------
    dict
        ``values`` (territories, indicators), NaN in gaps: of six columns one is without outliers, one has three far
        ones that winsorising draws in, four are lognormal with tails so long that a logarithm is taken; of these one
        is a count, to be divided by ``inhabitants`` (territories,). ``groups`` (territories,) of str. ``weights``
        (indicators,).
    """
    generator = np.random.default_rng([recipe.seed, 4])
    size, count = recipe.territories, recipe.indicators
    values = np.exp(generator.normal(size=(size, count)) * generator.uniform(0.9, 1.4, count))
    kinds = np.arange(count) % 6
    for column in np.flatnonzero(kinds < 2):
        values[:, column] = 50 + 5 * generator.normal(size=size)
    for column in np.flatnonzero(kinds == 1):
        far = generator.choice(size, 3, replace=False)
        values[far, column] = 50 + 5 * np.sqrt(size) * generator.uniform(0.5, 1.0, 3)
    inhabitants = np.exp(generator.normal(7.0, 1.2, size)).round() + 20
    values[:, kinds == 5] *= inhabitants[:, None]
    values[generator.random(values.shape) < recipe.gaps] = np.nan
    groups = np.char.add("g", generator.integers(0, recipe.groups, size).astype(str))
    return {
        "values": values,
        "inhabitants": inhabitants,
        "groups": groups,
        "weights": draw_weights(count, recipe.seed),
    }


def write_scores(folder: Path, recipe: ScoresRecipe) -> Path:
    """Write ``values``, ``weights`` and ``comparisons`` into one file; return it."""

    def make(into: Path) -> dict:
        np.savez(
            into / "table.npz",
            values=draw_indicators(recipe.territories, recipe.indicators, recipe.seed),
            weights=draw_weights(recipe.indicators, recipe.seed),
            comparisons=draw_comparisons(recipe.compared, recipe.seed),
        )
        return {}

    made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)
    return folder / "table.npz"


def write_chain(folder: Path, recipe: ChainRecipe) -> Path:
    """Write the table of ``draw_chain`` into one file; return it."""

    def make(into: Path) -> dict:
        np.savez(into / "table.npz", **draw_chain(recipe))
        return {}

    made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)
    return folder / "table.npz"


def read_table(path: str | Path) -> dict[str, np.ndarray]:
    """Return the arrays of a file by their names."""
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}

"""What is drawn to know how stable results are; the same for a seed on any machine and any number of cores.

All choices of all draws are made before anything is computed, each group of choices from a random stream of its own:
drawing one group more changes nothing in the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Union

import numpy as np

from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.study.model import Robustness

CHUNK_DRAWS = 64
# A share of one fifth then has a standard deviation of about a quarter of itself.
USUAL_CONCENTRATION = 60.0
GROUPS = ("weights", "normalisation", "aggregation", "treatment", "imputation", "error", "thresholds")


@dataclass(frozen=True)
class Declared:
    """Weights as declared, and what a draw must know of each.

    Parameters
    ----------
    weights : ndarray, shape (n_weights,)
        Of the hierarchy's columns, then of the themes.
    levels : tuple of str
        ``indicators``, ``nodes`` or ``themes``.
    siblings : tuple of ndarray of int
        Those whose sum a Dirichlet draw keeps.
    """

    weights: np.ndarray
    levels: tuple[str, ...]
    siblings: tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Choices:
    """What each draw takes.

    Parameters
    ----------
    weights : ndarray, shape (n_weights, n_sets)
        Sets of weights.
    weight_set, normalisation, aggregation, treatment, imputation, error : ndarray of int, shape (n_draws,)
        Which of the alternatives; 0 is the study's own method, and ``error`` is the number of a random stream.
    shift : ndarray, shape (n_draws,)
        By how much the threshold is moved.
    seed : int
    """

    weights: np.ndarray
    weight_set: np.ndarray
    normalisation: np.ndarray
    aggregation: np.ndarray
    treatment: np.ndarray
    imputation: np.ndarray
    error: np.ndarray
    shift: np.ndarray
    seed: int

    def __len__(self) -> int:
        return len(self.weight_set)


def declared_weights(hierarchy: Hierarchy, weights: np.ndarray, themes: tuple = ()) -> Declared:
    """Say which weights are declared, at which level, and which of them share a total.

    An element that is part of several composites is drawn with the others of the largest of them.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)
    themes : tuple of float
        Weights of the themes, which are no composite's.
    """
    count, inner = hierarchy.n_indicators, len(hierarchy.composites)
    levels = ("indicators",) * count + ("nodes",) * inner + ("themes",) * len(themes)
    taken: set[int] = set()
    siblings = []
    for composite in sorted(hierarchy.composites, key=lambda made: -len(made.members)):
        group = [member for member in composite.members if member not in taken]
        taken.update(group)
        siblings.append(np.array(group, dtype=int))
    siblings.append(np.arange(count + inner, count + inner + len(themes)))
    every = np.concatenate([np.asarray(weights, dtype=float), np.asarray(themes, dtype=float)])
    return Declared(every, levels, tuple(group for group in siblings if group.size))


def weight_draws(
    weights: np.ndarray,
    error_share: Union[float, np.ndarray],
    draws: int,
    seed: Union[int, np.random.SeedSequence],
) -> Iterator[np.ndarray]:
    """Draw weights uniformly within a share of those declared, chunk by chunk.

    Parameters
    ----------
    weights : ndarray, shape (n_weights,)
        As declared, 0 or more.
    error_share : float or ndarray, shape (n_weights,)
        0.25 draws between three quarters and five quarters of each weight.
    draws : int
    seed : int or SeedSequence

    Yields
    ------
    ndarray, shape (n_weights, at most 64)
        Each chunk has a random stream of its own, so that chunks may be computed in any order.

    Examples
    --------
    >>> chunks = list(weight_draws(np.array([1.0, 2.0]), 0.25, 100, seed=1))
    >>> [chunk.shape for chunk in chunks]
    [(2, 64), (2, 36)]
    """
    share = np.broadcast_to(error_share, np.shape(weights))[:, None]
    for size, generator in _chunks(draws, seed):
        yield weights[:, None] * (1 + share * generator.uniform(-1, 1, (len(weights), size)))


def dirichlet_draws(
    declared: Declared, concentrations: Mapping[str, float], draws: int, seed: Union[int, np.random.SeedSequence]
) -> Iterator[np.ndarray]:
    """Draw weights from Dirichlet distributions around those declared, chunk by chunk.

    Elements of one composite share their total: their shares s have mean s₀, as declared, and variance
    s₀ (1 − s₀) / (concentration + 1). A weight of 0 stays 0.

    Parameters
    ----------
    concentrations : mapping of level to float
        Levels without one keep their weights.

    Examples
    --------
    >>> declared = Declared(np.array([1.0, 3.0]), ("indicators", "indicators"), (np.array([0, 1]),))
    >>> drawn = np.hstack(list(dirichlet_draws(declared, {"indicators": 50.0}, 1000, seed=1)))
    >>> bool(np.allclose(drawn.sum(axis=0), 4)), drawn.mean(axis=1).round(1).tolist()
    (True, [1.0, 3.0])
    """
    for size, generator in _chunks(draws, seed):
        drawn = np.repeat(declared.weights[:, None], size, axis=1)
        for group in declared.siblings:
            members = group[declared.weights[group] > 0]
            concentration = concentrations.get(declared.levels[group[0]])
            if concentration is None or members.size < 2:
                continue
            whole = declared.weights[members].sum()
            shares = generator.dirichlet(concentration * declared.weights[members] / whole, size)
            drawn[members] = whole * shares.T
        yield drawn


def weight_table(declared: Declared, asked: Robustness, draws: int) -> np.ndarray:
    """Return sets of weights drawn as a study asks, shape (n_weights, n_draws)."""
    seed = _stream(asked.seed, "weights")
    parameters = asked.weights.parameters
    if asked.weights.name == "dirichlet":
        given = _by_level(parameters.get("concentration", USUAL_CONCENTRATION), declared.levels, None)
        found = dirichlet_draws(declared, {k: v for k, v in given.items() if v is not None}, draws, seed)
    else:
        shares = _by_level(parameters.get("share", asked.error_share), declared.levels, asked.error_share)
        share = np.array([shares[level] for level in declared.levels], dtype=float)
        found = weight_draws(declared.weights, share, draws, seed)
    return np.hstack(list(found))


def draw_choices(asked: Robustness, declared: Declared, counts: Mapping[str, int]) -> Choices:
    """Make the choices of every draw.

    Parameters
    ----------
    counts : mapping of group to int
        How many alternatives there are of ``normalisation``, ``aggregation``, ``treatment``, ``imputation``.
    """
    uniforms = np.stack(
        [
            np.concatenate([stream.uniform(size=size) for size, stream in _chunks(asked.draws, _stream(asked.seed, g))])
            for g in GROUPS
        ]
    )
    sets = np.arange(asked.draws)
    return _chosen(uniforms, asked, counts, weight_table(declared, asked, asked.draws), sets, sets)


def choices_at(
    uniforms: np.ndarray, asked: Robustness, declared: Declared, counts: Mapping[str, int], sets: int
) -> Choices:
    """Make the choices that belong to given uniform numbers, one for each group of choices.

    Parameters
    ----------
    uniforms : ndarray, shape (7, n_draws)
        In [0, 1), in the order of ``GROUPS``. That of the weights picks one of ``sets`` sets drawn beforehand, so that
        it is independent of the others although the weights within a set are not; likewise the indicators' errors.
    """
    table = weight_table(declared, asked, sets)
    place = {name: np.minimum((uniforms[GROUPS.index(name)] * sets).astype(int), sets - 1) for name in GROUPS}
    return _chosen(uniforms, asked, counts, table, place["weights"], place["error"])


def drawn_groups(asked: Robustness, counts: Mapping[str, int], errors: bool, segments: bool = False) -> tuple[str, ...]:
    """Return the groups of choices that can change anything; thresholds matter to ``segments`` alone."""
    given = asked.weights.parameters.get("share", asked.error_share)
    shares = _by_level(given, ("indicators", "nodes", "themes"), asked.error_share)
    drawn = {"weights": asked.weights.name == "dirichlet" or max(shares.values()) > 0, "error": errors}
    drawn["thresholds"] = segments and asked.thresholds > 0
    return tuple(name for name in GROUPS if drawn.get(name, counts.get(name, 1) > 1))


def error_stream(seed: int, number: int) -> np.random.Generator:
    """Return the random stream of one draw of the indicators' errors."""
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(GROUPS.index("error"), 1, number)))


def _chosen(
    uniforms: np.ndarray, asked: Robustness, counts: Mapping[str, int], table: np.ndarray, sets: np.ndarray, noise
) -> Choices:
    picked = {
        name: np.minimum((uniforms[GROUPS.index(name)] * counts.get(name, 1)).astype(int), counts.get(name, 1) - 1)
        for name in ("normalisation", "aggregation", "treatment", "imputation")
    }
    shift = asked.thresholds * (2 * uniforms[GROUPS.index("thresholds")] - 1)
    return Choices(table, sets, **picked, error=noise, shift=shift, seed=asked.seed)


def _stream(seed: int, group: str) -> np.random.SeedSequence:
    return np.random.SeedSequence(seed, spawn_key=(GROUPS.index(group),))


def _chunks(draws: int, seed: Union[int, np.random.SeedSequence]) -> Iterator[tuple[int, np.random.Generator]]:
    sequence = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    sizes = [min(CHUNK_DRAWS, draws - start) for start in range(0, draws, CHUNK_DRAWS)]
    for size, stream in zip(sizes, sequence.spawn(len(sizes))):
        yield size, np.random.default_rng(stream)


def _by_level(given: Any, levels: tuple[str, ...], otherwise: Any) -> dict[str, Any]:
    if isinstance(given, Mapping):
        return {level: given.get(level, otherwise) for level in levels}
    return dict.fromkeys(levels, given)

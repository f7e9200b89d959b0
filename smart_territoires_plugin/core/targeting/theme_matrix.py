"""Themes weighed by several considerations: their scores, ranks and weights, and how far these hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.rank_intervals import rank_quantiles, ranks_of_draws

# Scores that differ by less are the same: only rounding tells them apart.
_DIGITS = 12


@dataclass(frozen=True)
class ThemeMatrix:
    """A theme matrix, weighed.

    Parameters
    ----------
    themes, considerations : tuple of str
    weights : ndarray, shape (n_considerations,)
        Sum to 1.
    shares : ndarray, shape (n_themes, n_considerations)
        Each consideration's marks as shares of their sum.
    """

    themes: tuple[str, ...]
    considerations: tuple[str, ...]
    weights: np.ndarray
    shares: np.ndarray

    @property
    def contributions(self) -> np.ndarray:
        """What each consideration adds to each theme's score; they add up to it."""
        return self.shares * self.weights

    @property
    def scores(self) -> np.ndarray:
        """Weighted means of the shares, 0 to 1; they sum to 1 over the themes."""
        return np.array([round(math.fsum(row), _DIGITS) for row in self.contributions])

    @property
    def ranks(self) -> np.ndarray:
        """Ranks of the themes, 1 for the first; equal scores share the best of their ranks."""
        return ranks_of_draws(self.scores[None])[0]

    @property
    def theme_weights(self) -> np.ndarray:
        """Weights for the themes of a study: scores brought to a mean of 1, the weight of a theme that has none."""
        return self.scores * len(self.themes)


@dataclass(frozen=True)
class Robustness:
    """How far the ranking holds when the weights of the considerations vary.

    Parameters
    ----------
    rank_low, rank_median, rank_high : ndarray, shape (n_themes,)
        Best rank of the 90 % interval, median, worst.
    share_first : ndarray, shape (n_themes,)
        Share (0–1) of draws in which the theme is first, alone or with others.
    weight_low, weight_high : ndarray, shape (n_themes,)
        5 % and 95 % quantiles of the theme's weight.
    """

    rank_low: np.ndarray
    rank_median: np.ndarray
    rank_high: np.ndarray
    share_first: np.ndarray
    weight_low: np.ndarray
    weight_high: np.ndarray


@dataclass(frozen=True)
class TurningPoint:
    """The weight of a consideration, as a share of all, from which another theme comes first; ``theme`` is that one."""

    consideration: str
    weight: float
    theme: str


def weigh_themes(
    themes: Sequence[str], considerations: Sequence[str], weights: Sequence[float], marks: np.ndarray
) -> ThemeMatrix:
    """Weigh themes by considerations.

    Parameters
    ----------
    themes, considerations : sequence of str
    weights : sequence of float, shape (n_considerations,)
        0 or above, not all 0, in any unit.
    marks : ndarray, shape (n_themes, n_considerations)
        0 or above, each column with one above 0 and in its own unit: marks from 0 to 10, counts, shares.

    Returns
    -------
    ThemeMatrix

    Notes
    -----
    Each column is brought to shares of its sum, the distributive mode of the analytic hierarchy process (Saaty, 1980),
    so that marks, counts and pairwise comparisons add up; then a weighted sum. A consideration that marks all themes
    alike moves none of them.

    Examples
    --------
    >>> found = weigh_themes(("flood", "air"), ("stakes", "polls"), (3, 1), np.array([[6, 100], [2, 300]]))
    >>> found.scores.tolist(), found.ranks.tolist(), found.theme_weights.tolist()
    ([0.625, 0.375], [1, 2], [1.25, 0.75])
    """
    given = np.asarray(weights, dtype=float)
    marks = np.asarray(marks, dtype=float)
    whole = np.array([math.fsum(column) for column in marks.T])
    return ThemeMatrix(tuple(themes), tuple(considerations), given / math.fsum(given), marks / whole)


def matrix_robustness(matrix: ThemeMatrix, draws: int, seed: int, share: float) -> Robustness:
    """Draw each consideration's weight uniformly within a share of it, and follow every theme's rank.

    Parameters
    ----------
    matrix : ThemeMatrix
    draws, seed : int
    share : float
        0 to 1, 1 left out.

    Returns
    -------
    Robustness

    Examples
    --------
    >>> found = weigh_themes(("flood", "air"), ("stakes", "polls"), (3, 1), np.array([[6, 100], [2, 300]]))
    >>> matrix_robustness(found, draws=200, seed=1, share=0.25).share_first.tolist()
    [1.0, 0.0]
    """
    source = np.random.default_rng(np.random.SeedSequence(seed).spawn(1)[0])
    drawn = matrix.weights * source.uniform(1 - share, 1 + share, (draws, len(matrix.weights)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    # No matrix product: its bits would depend on the number of cores.
    scores = np.einsum("dc,tc->dt", drawn, matrix.shares).round(_DIGITS)
    ranks = ranks_of_draws(scores)
    low, median, high = rank_quantiles(ranks)
    weights = np.quantile(scores * len(matrix.themes), (0.05, 0.95), axis=0)
    return Robustness(low, median, high, (ranks == 1).mean(axis=0), weights[0], weights[1])


def turning_points(matrix: ThemeMatrix) -> tuple[TurningPoint, ...]:
    """Return, for each consideration, the nearest weight from which the first theme is no longer first.

    The other weights keep their proportions. A consideration that changes nothing, whatever its weight from 0 to 1, has
    no turning point; nor has any where two themes share the first rank.

    Examples
    --------
    >>> found = weigh_themes(("flood", "air"), ("stakes", "polls"), (3, 1), np.array([[6, 100], [2, 300]]))
    >>> [(point.consideration, point.weight, point.theme) for point in turning_points(found)]
    [('stakes', 0.5, 'air'), ('polls', 0.5, 'air')]
    """
    leaders = np.flatnonzero(matrix.ranks == 1)
    if len(leaders) > 1:
        return ()
    leader, made = leaders[0], []
    for column, consideration in enumerate(matrix.considerations):
        weight = matrix.weights[column]
        if weight >= 1:
            continue
        rest = (matrix.contributions.sum(axis=1) - matrix.contributions[:, column]) / (1 - weight)
        ahead, alone = rest[leader] - rest, matrix.shares[leader, column] - matrix.shares[:, column]
        points = [
            (abs(turn - weight), float(turn), theme)
            for theme, before, after in zip(matrix.themes, ahead, alone)
            if before != after and 0 <= (turn := before / (before - after)) <= 1 and theme != matrix.themes[leader]
        ]
        if points:
            _, turn, theme = min(points)
            made.append(TurningPoint(consideration, turn, theme))
    return tuple(made)

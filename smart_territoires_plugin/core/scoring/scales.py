"""The published scale of an indicator: which score a value has, and which value a score takes, with nothing redrawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Normalisations whose scores are places in an order or counts: between two published values it is one or the other.
STEPWISE = frozenset({"percentile_rank", "rank", "borda", "thresholds"})


@dataclass(frozen=True)
class Scale:
    """Published values of an indicator and their scores, read linearly in between.

    Exact for a linear normalisation, and for a curve or a limit whose corners are published values; a nearest reading
    for any other.

    Parameters
    ----------
    values : ndarray, shape (n_values,)
        In the indicator's own unit, rising.
    scores : ndarray, shape (n_values,)
        On the scale of the normalisation.
    stepwise : bool
        Whether only published values are answered: the scores are places in an order.
    """

    values: np.ndarray
    scores: np.ndarray
    stepwise: bool = False

    @property
    def width(self) -> float:
        """The range observed, in the indicator's own unit."""
        return float(self.values[-1] - self.values[0])

    def score(self, value: float) -> float:
        """Return the score of a value; beyond the range, that of its end."""
        return float(np.interp(value, self.values, self.scores))

    def nearest(self, value: float, wanted: float) -> float:
        """Return the value nearest to one whose score reaches another score; NaN if none within the range does.

        Examples
        --------
        >>> scale = Scale(np.array([0.0, 50.0, 100.0]), np.array([1.0, 2.0, 10.0]))
        >>> scale.nearest(50.0, wanted=6.0), scale.nearest(50.0, wanted=11.0)
        (75.0, nan)
        """
        here = self.score(value)
        beyond = self.scores >= wanted if wanted >= here else self.scores <= wanted
        found = []
        above = np.flatnonzero(beyond & (self.values > value))
        if above.size:
            found.append(self._entry(above[0], max(self.values[above[0] - 1], value) if above[0] else value, wanted))
        below = np.flatnonzero(beyond & (self.values < value))
        if below.size:
            last = below[-1]
            after = min(self.values[last + 1], value) if last + 1 < len(self.values) else value
            found.append(self._entry(last, after, wanted))
        return min(found, key=lambda reached: abs(reached - value)) if found else np.nan

    def _entry(self, place: int, before: float, wanted: float) -> float:
        """Return where the score is reached between a value that falls short and a published one that does not."""
        inside, outside = self.score(self.values[place]), self.score(before)
        if self.stepwise or inside == outside:
            return float(self.values[place])
        share = (wanted - outside) / (inside - outside)
        return float(before + min(max(share, 0.0), 1.0) * (self.values[place] - before))


def published_scale(values: np.ndarray, scores: np.ndarray, method: str = "min_max") -> Scale:
    """Return the scale that the values and scores of all territories tell.

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        In the indicator's own unit; NaN where missing.
    scores : ndarray, shape (n_territories,)
        What the normalisation made of them.
    method : str
        The normalisation's name.

    Examples
    --------
    >>> published_scale(np.array([2.0, np.nan, 1.0]), np.array([10.0, np.nan, 0.0])).values.tolist()
    [1.0, 2.0]
    """
    known = ~(np.isnan(values) | np.isnan(scores))
    found, places = np.unique(values[known], return_index=True)
    return Scale(found, scores[known][places], method in STEPWISE)

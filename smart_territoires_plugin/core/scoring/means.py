"""Weighted means of scores: in some a high score makes good a low one, in others hardly."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError


def weighted_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted mean of the scores that are known.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        NaN where no score with a weight is known.

    Examples
    --------
    >>> weighted_mean(np.array([[10.0, 40.0], [np.nan, np.nan]]), np.array([2.0, 1.0])).tolist()
    [20.0, nan]
    """
    weights = np.asarray(weights, dtype=float)
    known = ~np.isnan(scores)
    # Not a matrix product: its bits depend on how many cores the library behind it uses.
    above = np.einsum("ti,i...->t...", np.where(known, scores, 0.0), weights)
    below = known_weight(known, weights)
    mean = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=mean, where=below > 0)
    return mean


def known_weight(known: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the sum of the weights of what is known, shape (n_territories,) or (n_territories, n_draws).

    Examples
    --------
    >>> known_weight(np.array([[True, False]]), np.array([2.0, 1.0])).tolist()
    [2.0]
    """
    return np.einsum("ti,i...->t...", known.astype(float), weights)


def positive_scores(name: str, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the scores that have a weight, all of them above 0; NaN where there is none.

    Parameters
    ----------
    name : str
        Of the aggregation, for the message.

    Raises
    ------
    ScoringError
        If a score that has a weight is 0 or less: it would annul its territory, or the result would lack a meaning.

    Examples
    --------
    >>> positive_scores("geometric_mean", np.array([[3.0, 0.0]]), np.array([1.0, 0.0])).tolist()
    [[3.0, nan]]
    """
    counting = np.asarray(weights, dtype=float).reshape(scores.shape[1], -1).max(axis=1, initial=0) > 0
    scores = np.where(counting, scores, np.nan)
    wrong = scores <= 0
    if wrong.any():
        examples = ", ".join(f"{value:g}" for value in np.unique(scores[wrong])[:3])
        values = {"aggregation": name, "count": int(wrong.any(axis=1).sum()), "examples": examples}
        raise ScoringError(Problem("method.score_not_positive", "scoring.aggregation", values))
    return scores


def arithmetic_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted arithmetic mean: a low score can be made good by a high one.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        On the scale of the scores.

    Examples
    --------
    >>> arithmetic_mean(np.array([[10.0, 40.0], [10.0, np.nan]]), np.array([2.0, 1.0])).tolist()
    [20.0, 10.0]
    """
    return weighted_mean(scores, weights)


def geometric_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted geometric mean: a low score weighs on the whole.

    Raises
    ------
    ScoringError
        If a score is not above 0, which the check of the study foresees (OECD/JRC Handbook, 2008, step 6).

    Examples
    --------
    >>> float(geometric_mean(np.array([[10.0, 40.0]]), np.array([1.0, 1.0]))[0].round(9))
    20.0
    """
    return np.exp(weighted_mean(np.log(positive_scores("geometric_mean", scores, weights)), weights))


def harmonic_mean(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weighted harmonic mean: a low score weighs on the whole even more than in the geometric mean.

    Raises
    ------
    ScoringError
        If a score is not above 0.

    Examples
    --------
    >>> float(harmonic_mean(np.array([[10.0, 40.0]]), np.array([1.0, 1.0]))[0])
    16.0
    """
    return 1 / weighted_mean(1 / positive_scores("harmonic_mean", scores, weights), weights)


def generalised_mean(scores: np.ndarray, weights: np.ndarray, power: float) -> np.ndarray:
    """Return the weighted power mean, ``(Σ w·x**power / Σ w)**(1/power)``.

    Parameters
    ----------
    power : float
        1 is the arithmetic mean, 0 the geometric, −1 the harmonic; the lower, the more a low score weighs.

    Raises
    ------
    ScoringError
        If a score is not above 0, except for ``power`` 1.

    Notes
    -----
    Hardy, Littlewood and Pólya (1934), chapter 2.

    Examples
    --------
    >>> float(generalised_mean(np.array([[1.0, 7.0]]), np.array([1.0, 1.0]), power=2)[0].round(9))
    5.0
    """
    if power == 1:
        return arithmetic_mean(scores, weights)
    scores = positive_scores("generalised_mean", scores, weights)
    logarithms = np.log(scores)
    if power == 0:
        return np.exp(weighted_mean(logarithms, weights))
    # Relative to the score that decides, no power of a score overflows, and the sum is never 0.
    known = ~np.isnan(logarithms)
    steered = np.where(known, power * logarithms, -np.inf)
    most = steered.max(axis=1, initial=-np.inf)
    most = np.where(np.isfinite(most), most, 0.0)
    powers = np.where(known, np.exp(steered - most[:, None]), np.nan)
    mean = weighted_mean(powers, weights)
    most = most.reshape(-1, *([1] * (mean.ndim - 1)))
    # A draw that gives the deciding score no weight may leave next to nothing, of which there must be a logarithm.
    return np.exp((np.log(np.maximum(mean, np.finfo(float).tiny)) + most) / power)

"""How the values of an indicator are spread: skewness, kurtosis, and the statistics that show what needs care."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.scoring.finite import known_values


def _moments(values: np.ndarray) -> tuple[int, float, float, float]:
    """Return the number of known values and their second to fourth central moments; no number where all are equal."""
    known = known_values(values)
    if known.size == 0 or known.min() == known.max():
        return 0, 0.0, 0.0, 0.0
    deviations = known - known.mean()
    # Neither measure knows units: scaled to 1, no power of a deviation overflows or vanishes.
    deviations /= np.abs(deviations).max()
    squares = deviations * deviations
    n = known.size
    return n, squares.sum() / n, (squares * deviations).sum() / n, (squares * squares).sum() / n


def skewness(values: np.ndarray) -> float:
    """Return the sample skewness, adjusted for the number of values (type 2, as Excel's SKEW).

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        NaN where missing, which does not count.

    Returns
    -------
    float
        Dimensionless, positive where the long tail is among high values; NaN for fewer than three values or where all
        are equal.

    Notes
    -----
    Joanes and Gill (1998), G1.

    Examples
    --------
    >>> round(skewness(np.array([0.0, 0.0, 1.0])) ** 2, 9)
    3.0
    >>> skewness(np.array([1.0, 1.0, 1.0]))
    nan
    """
    return shape(values)[0]


def kurtosis(values: np.ndarray) -> float:
    """Return the sample excess kurtosis, adjusted for the number of values (type 2, as Excel's KURT).

    Parameters
    ----------
    values : ndarray, shape (n_territories,)
        NaN where missing, which does not count.

    Returns
    -------
    float
        Dimensionless, 0 for a normal distribution; NaN for fewer than four values or where all are equal.

    Notes
    -----
    Joanes and Gill (1998), G2.

    Examples
    --------
    >>> round(kurtosis(np.array([1.0, 2.0, 3.0, 4.0, 5.0])), 4)
    -1.2
    """
    return shape(values)[1]


def shape(values: np.ndarray) -> tuple[float, float]:
    """Return ``skewness`` and ``kurtosis`` at once.

    Examples
    --------
    >>> shape(np.array([1.0, 2.0, 3.0]))
    (0.0, nan)
    """
    n, second, third, fourth = _moments(values)
    skew = kurt = float("nan")
    if n >= 3:
        skew = float(third / second**1.5 * np.sqrt(n * (n - 1.0)) / (n - 2))
    if n >= 4:
        kurt = float(((n + 1) * (fourth / second**2 - 3) + 6) * (n - 1) / ((n - 2.0) * (n - 3)))
    return skew, kurt


@dataclass(frozen=True)
class Statistics:
    """What the values of one indicator look like; NaN where too few are known.

    Parameters
    ----------
    minimum, maximum, mean, median : float
        In the indicator's unit.
    deviation : float
        Sample standard deviation, in the indicator's unit.
    skewness, kurtosis : float
        As ``skewness`` and ``kurtosis`` define them.
    n_territories, n_available, n_nonzero, n_unique, n_same : int
        Territories; values that are known, that are not 0, that differ; territories that share the commonest value.
    """

    minimum: float
    maximum: float
    mean: float
    median: float
    deviation: float
    skewness: float
    kurtosis: float
    n_territories: int
    n_available: int
    n_nonzero: int
    n_unique: int
    n_same: int

    @property
    def share_available(self) -> float:
        """Known values among territories, 0–1."""
        return _share(self.n_available, self.n_territories)

    @property
    def share_nonzero(self) -> float:
        """Values that are not 0 among known ones, 0–1."""
        return _share(self.n_nonzero, self.n_available)

    @property
    def share_unique(self) -> float:
        """Different values among known ones, 0–1."""
        return _share(self.n_unique, self.n_available)

    @property
    def share_same(self) -> float:
        """Territories that share the commonest value among those whose value is known, 0–1."""
        return _share(self.n_same, self.n_available)

    def flags(self, available=0.65, nonzero=0.5, unique=0.5, skew=2.0, kurt=3.5) -> tuple[str, ...]:
        """Return what needs care: ``few_known``, ``many_zeros``, ``few_different``, ``outlying``.

        Parameters
        ----------
        available, nonzero, unique : float
            Least shares of territories (0–1) with a known value, a value that is not 0, a value of their own.
        skew, kurt : float
            Beyond both of them an indicator is held to have outliers.
        """
        n = self.n_territories
        found = {
            "few_known": self.share_available < available,
            "many_zeros": _share(self.n_nonzero, n) < nonzero,
            "few_different": _share(self.n_unique, n) < unique,
            "outlying": abs(self.skewness) > skew and self.kurtosis > kurt,
        }
        return tuple(name for name, holds in found.items() if holds)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def statistics(values: np.ndarray) -> tuple[Statistics, ...]:
    """Return the statistics of each indicator.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        NaN where missing.

    Examples
    --------
    >>> found = statistics(np.array([[1.0], [0.0], [np.nan], [1.0]]))[0]
    >>> found.mean, found.n_available, found.n_nonzero, found.n_same
    (0.6666666666666666, 3, 2, 2)
    """
    return tuple(_statistics(values[:, column]) for column in range(values.shape[1]))


def _statistics(values: np.ndarray) -> Statistics:
    known = known_values(values)
    _, counts = np.unique(known, return_counts=True)
    nothing = float("nan")
    return Statistics(
        *((float(of(known)) if known.size else nothing) for of in (np.min, np.max, np.mean, np.median)),
        float(known.std(ddof=1)) if known.size > 1 else nothing,
        *shape(known),
        len(values),
        known.size,
        int(np.count_nonzero(known)),
        counts.size,
        int(counts.max()) if counts.size else 0,
    )


@dataclass(frozen=True)
class Availability:
    """How much is known of each territory; every array has shape (n_territories,).

    Parameters
    ----------
    n_missing, n_zero : ndarray of int
    share_available, share_nonzero : ndarray
        Known values among indicators, and values other than 0 among known ones, 0–1; the latter NaN without any.
    """

    n_missing: np.ndarray
    n_zero: np.ndarray
    share_available: np.ndarray
    share_nonzero: np.ndarray


def availability(values: np.ndarray) -> Availability:
    """Return how much is known of each territory, every indicator counting the same.

    Examples
    --------
    >>> availability(np.array([[1.0, 0.0, np.nan, 4.0]])).share_available.tolist()
    [0.75]
    """
    missing = np.isnan(values).sum(axis=1)
    zero = (values == 0).sum(axis=1)
    known = values.shape[1] - missing
    share_nonzero = np.full(len(values), np.nan)
    np.divide(known - zero, known, out=share_nonzero, where=known > 0)
    return Availability(missing, zero, known / max(values.shape[1], 1), share_nonzero)

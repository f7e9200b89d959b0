"""Budget allocation: experts share points out between the elements, and their shares are averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.named_elements import name_problems, number_of

_METHOD = "budget_allocation"


@dataclass(frozen=True)
class BudgetAllocation:
    """What the experts said, and how far they are from one another.

    Parameters
    ----------
    names : tuple of str
    weights : ndarray, shape (n_elements,)
        Mean of the experts' shares; they sum to 1.
    shares : ndarray, shape (n_elements, n_experts)
        Of each expert's points, 0–1.
    """

    names: tuple[str, ...]
    weights: np.ndarray
    shares: np.ndarray

    @property
    def lowest(self) -> np.ndarray:
        """The smallest share that an expert gave each element."""
        return self.shares.min(axis=1)

    @property
    def highest(self) -> np.ndarray:
        """The largest share that an expert gave each element."""
        return self.shares.max(axis=1)

    @property
    def deviation(self) -> np.ndarray:
        """Sample standard deviation of the experts' shares of each element; 0 where one expert spoke alone."""
        if self.shares.shape[1] < 2:
            return np.zeros(len(self.shares))
        return self.shares.std(axis=1, ddof=1)

    @property
    def disagreement(self) -> float:
        """Mean part of its points (0–1) that an expert would have to move to agree with the mean of all."""
        return float(np.abs(self.shares - self.weights[:, None]).sum(axis=0).mean() / 2)


def allocated_budget(names: Sequence[str], points: Mapping[str, Sequence[float]]) -> BudgetAllocation:
    """Read the points of each expert, and average their shares.

    Parameters
    ----------
    names : sequence of str
        The elements that are weighed.
    points : mapping of str to sequence of float
        Element → points of each expert, in the same order everywhere. An expert's points need not sum to 100: their
        shares count.

    Raises
    ------
    ScoringError
        With every problem: an unknown or absent element, what is no number of 0 or more, elements with different
        numbers of experts, an expert who gave nothing.

    Notes
    -----
    OECD/JRC Handbook (2008), step 6: budget allocation.

    Examples
    --------
    >>> found = allocated_budget(("fibre", "skills"), {"fibre": [60, 80], "skills": [40, 20]})
    >>> found.weights.round(12).tolist(), round(found.disagreement, 12)
    ([0.7, 0.3], 0.1)
    """
    problems = name_problems(_METHOD, points, names)
    read = {}
    for name in names if isinstance(points, Mapping) else ():
        if name in points:
            said = points[name]
            said = list(said) if isinstance(said, (list, tuple, np.ndarray)) else [said]
            read[name] = [number_of(value) for value in said]
            problems += [
                Problem("weights.not_an_amount", _METHOD, {"element": name, "value": value})
                for value, amount in zip(said, read[name])
                if not amount >= 0
            ]
    counts = {name: len(amounts) for name, amounts in read.items()}
    if len(set(counts.values())) > 1 or 0 in counts.values():
        told = ", ".join(f"{name}: {count}" for name, count in counts.items())
        problems.append(Problem("weights.experts_differ", _METHOD, {"counts": told}))
    if problems:
        raise ScoringError(*problems)
    amounts = np.array([read[name] for name in names], dtype=float)
    largest = amounts.max(axis=0)
    idle = np.flatnonzero(largest <= 0)
    if idle.size:
        raise ScoringError(
            *(Problem("weights.expert_without_points", _METHOD, {"expert": int(expert) + 1}) for expert in idle)
        )
    amounts = amounts / largest  # so that no sum overflows
    shares = amounts / amounts.sum(axis=0)
    weights = shares.mean(axis=1)
    return BudgetAllocation(tuple(names), weights / weights.sum(), shares)


def budget_allocation(scores: np.ndarray, names: Sequence[str], points: Mapping[str, Sequence[float]]) -> np.ndarray:
    """Return the mean of the shares that experts gave each element.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        Not looked at: the experts know the elements, not the numbers.
    names : sequence of str
    points : mapping of str to sequence of float
        As in ``allocated_budget``, which says the experts' disagreement too.

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1.

    Examples
    --------
    >>> budget_allocation(np.ones((1, 2)), ("fibre", "skills"), {"fibre": [30], "skills": [10]}).tolist()
    [0.75, 0.25]
    """
    return allocated_budget(names, points).weights

"""Analytic hierarchy process: how many times as important as another each element is said to be, made into weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.named_elements import number_of

ACCEPTABLE_RATIO = 0.1  # Saaty (1980)
_METHOD = "ahp"
# Mean consistency index of matrices drawn at random on the scale 1/9 … 9, for 1, 2, … elements (Saaty, 1980).
_RANDOM_INDICES = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
# 1/7 is written 0.14: an answer and its reverse that differ by no more say the same.
_WRITTEN = math.log(1.025)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Comparison:
    """One answer: ``first`` is ``said`` times as important as ``second``; the weights make it ``implied`` times."""

    first: str
    second: str
    said: float
    implied: float

    @property
    def ratio(self) -> float:
        """What was said to what the weights say: above 1, the answer is higher than all the others make it."""
        return self.said / self.implied


@dataclass(frozen=True)
class PairwiseJudgement:
    """The weights that pairwise comparisons amount to, and how far the comparisons contradict each other.

    Parameters
    ----------
    names : tuple of str
    weights : ndarray, shape (n_elements,)
        Sum to 1.
    consistency_index : float
        (λ − n)/(n − 1), λ being the principal eigenvalue; 0 where nothing contradicts.
    random_index : float
        Index to expect of answers at random; 0 where no answer can contradict another (a tree of comparisons).
    consistency_ratio : float
        Index over random index; up to 0.1 is held acceptable.
    missing : int
        Pairs that were not compared.
    comparisons : tuple of Comparison
        The answer that is farthest from the weights first.
    """

    names: tuple[str, ...]
    weights: np.ndarray
    consistency_index: float
    random_index: float
    consistency_ratio: float
    missing: int
    comparisons: tuple[Comparison, ...]

    @property
    def acceptable(self) -> bool:
        """Whether the consistency ratio is at most 0.1."""
        return self.consistency_ratio <= ACCEPTABLE_RATIO

    @property
    def problem(self) -> Optional[Problem]:
        """What to warn of: answers that contradict each other too much, and the worst of them."""
        if self.acceptable:
            return None
        worst = self.comparisons[0]
        values = {
            "ratio": f"{self.consistency_ratio:.2f}",
            "first": worst.first,
            "second": worst.second,
            "said": f"{worst.said:.3g}",
            "implied": f"{worst.implied:.3g}",
        }
        return Problem("weights.inconsistent", _METHOD, values, "warning")


def random_index(n_elements: int, missing: int = 0) -> float:
    """Return the consistency index to expect of answers given at random.

    Parameters
    ----------
    n_elements : int
    missing : int
        Pairs that were not compared.

    Notes
    -----
    Saaty (1980) up to 10 elements; above, the fitted line of Alonso and Lamata (2006). Each missing pair takes the
    same part of it away, down to 0 where the comparisons make a tree (Ágoston and Csató, Omega, 2022, whose index is
    that of the best completion of the matrix; Harker's is never below it, so the ratio errs on the strict side).

    Examples
    --------
    >>> random_index(7), round(random_index(12), 2), round(random_index(5, missing=3), 2), random_index(3, missing=1)
    (1.32, 1.54, 0.56, 0.0)
    """
    if n_elements < 3:
        return 0.0
    if n_elements <= len(_RANDOM_INDICES):
        whole = _RANDOM_INDICES[n_elements - 1]
    else:
        whole = (1.7699 * n_elements - 4.3513) / (n_elements - 1)
    free = (n_elements - 1) * (n_elements - 2) // 2
    return whole * ((free - missing) / free)


def pairwise_judgement(names: Sequence[str], comparisons: Sequence[Sequence]) -> PairwiseJudgement:
    """Find the weights that comparisons amount to, and where these contradict each other.

    Parameters
    ----------
    names : sequence of str
        The elements that are weighed.
    comparisons : sequence of (str, str, number or str)
        ``[a, b, 3]``: a is 3 times as important as b; a fraction may be text (``"1/3"``). Not every pair needs one,
        but each element must be tied to every other through some. A pair may be given both ways if the two agree.

    Returns
    -------
    PairwiseJudgement

    Raises
    ------
    ScoringError
        With every problem: what is no comparison, an unknown element, a ratio that is not above 0, an element compared
        with itself, two different answers for a pair (a matrix that is not reciprocal), elements that nothing ties.

    Notes
    -----
    Principal eigenvector (Saaty, 1977). A pair without an answer counts as what the weights themselves say of it:
    0 in the matrix, and 1 more on the diagonal (Harker, 1987).

    Examples
    --------
    >>> found = pairwise_judgement(("a", "b", "c"), [["a", "b", 2], ["b", "c", 2], ["a", "c", 4]])
    >>> found.weights.round(12).tolist(), found.consistency_ratio
    ([0.571428571429, 0.285714285714, 0.142857142857], 0.0)
    >>> found = pairwise_judgement(("a", "b", "c"), [["a", "b", 2], ["b", "c", 2], ["a", "c", 8]])
    >>> round(found.consistency_ratio, 3), found.acceptable
    (0.046, True)
    """
    names = tuple(names)
    answers = _answers(names, comparisons)
    size = len(names)
    matrix = np.zeros((size, size))
    for (row, column), said in answers.items():
        matrix[row, column], matrix[column, row] = said, 1 / said
    answered = matrix > 0
    np.fill_diagonal(answered, True)
    matrix += np.diag(1.0 + (~answered).sum(axis=1))
    largest, weights = _principal(matrix)
    index = (largest - size) / (size - 1) if size > 1 else 0.0
    index = index if index > _ROUNDING else 0.0
    missing = size * (size - 1) // 2 - len(answers)
    expected = random_index(size, missing)
    made = [
        Comparison(names[row], names[column], said, float(weights[row] / weights[column]))
        for (row, column), said in answers.items()
    ]
    made.sort(key=lambda answer: -abs(math.log(answer.ratio)))
    return PairwiseJudgement(
        names, weights, float(index), expected, float(index / expected) if expected > 0 else 0.0, missing, tuple(made)
    )


def ahp(scores: np.ndarray, names: Sequence[str], comparisons: Sequence[Sequence]) -> np.ndarray:
    """Return the weights that pairwise comparisons amount to.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_elements)
        Not looked at: the comparisons are of the elements, not of their numbers.
    names : sequence of str
    comparisons : sequence of (str, str, number or str)
        As in ``pairwise_judgement``, which says the consistency too.

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1.

    Examples
    --------
    >>> ahp(np.ones((1, 2)), ("fibre", "skills"), [["fibre", "skills", 3]]).round(12).tolist()
    [0.75, 0.25]
    """
    return pairwise_judgement(names, comparisons).weights


def _answers(names: tuple[str, ...], comparisons: Any) -> dict[tuple[int, int], float]:
    """Read comparisons into (row, column) → ratio, each pair once; refuse with all that is wrong with them."""
    if not isinstance(comparisons, (list, tuple, np.ndarray)):
        raise ScoringError(Problem("weights.not_a_comparison", _METHOD, {"value": comparisons}))
    problems: list[Problem] = []
    answers: dict[tuple[int, int], float] = {}
    tied: set[tuple[int, int]] = set()
    for place, comparison in enumerate(comparisons):
        where = f"{_METHOD}: comparisons[{place + 1}]"
        if not isinstance(comparison, (list, tuple, np.ndarray)) or len(comparison) != 3:
            problems.append(Problem("weights.not_a_comparison", where, {"value": comparison}))
            continue
        first, second, value = comparison
        strange = [element for element in ([first] if first == second else [first, second]) if element not in names]
        known = ", ".join(names)
        problems += [
            Problem("weights.unknown_element", where, {"element": element, "known": known}) for element in strange
        ]
        said = _ratio(value)
        if not said > 0:
            problems.append(Problem("weights.not_a_ratio", where, {"first": first, "second": second, "value": value}))
        if strange:
            continue
        row, column = names.index(first), names.index(second)
        if row == column:
            if said != 1:
                problems.append(Problem("weights.compared_with_itself", where, {"element": first}))
            continue
        tied.add((row, column))
        if said > 0:
            before = _before(answers, row, column)
            if before is None:
                answers[row, column] = said
            elif not _agree(before, said, (row, column) in answers):
                values = {"first": first, "second": second, "said": f"{before:.6g}", "other": f"{said:.6g}"}
                problems.append(Problem("weights.contradicted", where, values))
            elif said > 1 and (column, row) in answers:
                # Of 3 and its reverse 0.33, the one that is written exactly: the one above 1.
                del answers[column, row]
                answers[row, column] = said
    parts = _parts(len(names), tied)
    if len(parts) > 1:
        groups = " | ".join(", ".join(names[element] for element in part) for part in parts)
        problems.append(Problem("weights.not_tied", _METHOD, {"groups": groups}))
    if problems:
        raise ScoringError(*problems)
    return answers


def _ratio(value: Any) -> float:
    """Return a number, or a fraction written as text, as a ratio; NaN where it is none."""
    if isinstance(value, str):
        above, slash, below = value.partition("/")
        try:
            read = float(above) / float(below) if slash else float(above)
        except (ValueError, ZeroDivisionError):
            return math.nan
        return read if math.isfinite(read) else math.nan
    return number_of(value)


def _before(answers: dict[tuple[int, int], float], row: int, column: int) -> Optional[float]:
    """Return what was said of a pair before, in the direction of now."""
    if (row, column) in answers:
        return answers[row, column]
    return 1 / answers[column, row] if (column, row) in answers else None


def _agree(before: float, said: float, same_direction: bool) -> bool:
    return abs(math.log(before / said)) <= (_ROUNDING if same_direction else _WRITTEN)


def _parts(size: int, tied: set[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of elements that comparisons tie together, each in order."""
    part = list(range(size))
    for row, column in tied:
        old, new = part[row], part[column]
        part = [new if label == old else label for label in part]
    return sorted([element for element in range(size) if part[element] == label] for label in set(part))


def _principal(matrix: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the principal eigenvalue of a positive irreducible matrix, and its eigenvector, which sums to 1."""
    values, vectors = np.linalg.eig(matrix)
    place = int(values.real.argmax())
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), vector / vector.sum()

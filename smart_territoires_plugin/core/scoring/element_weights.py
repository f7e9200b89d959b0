"""The weight of every element of a hierarchy: as declared, or found by a method, composite by composite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Callable, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores
from smart_territoires_plugin.core.scoring.weighting import WEIGHTINGS
from smart_territoires_plugin.core.study.model import Method

DECLARED = Method("declared")


def element_weights(
    hierarchy: Hierarchy,
    names: Sequence[str],
    declared: np.ndarray,
    normalised: np.ndarray,
    methods: Sequence[Method],
    weightings: Optional[Mapping[str, Callable]] = None,
) -> np.ndarray:
    """Return the weight of each element within what it is part of.

    Parameters
    ----------
    names : sequence of str, length n_columns
        Of the indicators, then of the composites.
    declared : ndarray, shape (n_columns,)
        0 for an indicator that is left out, which a method leaves out too.
    normalised : ndarray, shape (n_territories, n_indicators)
    methods : sequence of Method, length n_composites
        How the members of each composite are weighed.
    weightings : mapping, optional
        Where methods are looked up; by default those that need numpy alone.

    Returns
    -------
    ndarray, shape (n_columns,)
        An element that is part of several composites (an axis, and the readiness) is weighed within the largest.

    Raises
    ------
    ScoringError
        If a method cannot weigh these elements.

    Examples
    --------
    >>> mean = Method("arithmetic_mean")
    >>> hierarchy = Hierarchy(2, (Composite("index", (0, 1), mean),))
    >>> scores = np.array([[1.0, 5.0], [9.0, 2.0]])
    >>> element_weights(hierarchy, ("a", "b", "index"), np.array([3.0, 1.0, 1.0]), scores, [Method("equal")]).tolist()
    [0.5, 0.5, 1.0]
    """
    if all(method == DECLARED for method in methods):
        return declared
    found = declared.copy()
    largest = {member: 0 for composite in hierarchy.composites for member in composite.members}
    for place, (composite, method) in enumerate(zip(hierarchy.composites, methods)):
        members = [member for member in composite.members if declared[member] > 0]
        todo = [member for member in members if largest[member] < len(members)]
        if method == DECLARED or not todo:
            continue
        known = _scores(hierarchy, normalised, found, place)
        scores = np.column_stack([known[:, member] for member in members])
        table = WEIGHTINGS if weightings is None else weightings
        present = [names[member] for member in members]
        parameters = _of_present(method, present, [names[member] for member in composite.members])
        weights = dict(zip(members, table[method.name](scores, present, **parameters)))
        for member in todo:
            found[member] = weights[member]
            largest[member] = len(members)
    return found


def _scores(hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, before: int) -> np.ndarray:
    """Return the scores of all columns that come before a composite."""
    earlier: tuple[Composite, ...] = hierarchy.composites[:before]
    below = Hierarchy(hierarchy.n_indicators, earlier)
    return np.hstack([normalised, composite_scores(below, normalised, weights[: below.n_columns])])


def methods_for(
    hierarchy: Hierarchy, names: Sequence[str], general: Method, own: Sequence[Optional[Method]]
) -> tuple[Method, ...]:
    """Return how the members of each composite are weighed.

    A method that names its elements (pairwise comparisons, points of a budget, wished shares) is for the composite with
    just these members; the others keep their declared weights.

    Parameters
    ----------
    general : Method
        For every composite without a method of its own.
    own : sequence of Method or None, length n_composites

    Raises
    ------
    ScoringError
        If the general method names its elements, and they are those of no composite.

    Examples
    --------
    >>> mean, pairs = Method("arithmetic_mean"), Method("ahp", {"comparisons": [["a", "b", 3]]})
    >>> hierarchy = Hierarchy(3, (Composite("x", (0, 1), mean), Composite("y", (2,), mean)))
    >>> [made.name for made in methods_for(hierarchy, ("a", "b", "c", "x", "y"), pairs, [None, None])]
    ['ahp', 'declared']
    """
    said = _named(general)
    found = []
    for composite, method in zip(hierarchy.composites, own):
        meant = said is None or {names[member] for member in composite.members} == said
        found.append(method or (general if meant else DECLARED))
    if said is not None and general not in found:
        raise ScoringError(
            Problem("scoring.weights_name_no_composite", "scoring.weights", {"names": ", ".join(sorted(said))})
        )
    return tuple(found)


def _of_present(method: Method, present: Sequence[str], members: Sequence[str]) -> dict:
    """Return the parameters of a method without what they say of members that are left out for want of values."""
    absent = set(members) - set(present)
    made = dict(method.parameters)
    if not absent:
        return made
    if "comparisons" in made:
        made["comparisons"] = [pair for pair in made["comparisons"] if not absent & {str(side) for side in pair[:2]}]
    for name in ("points", "wished"):
        if name in made:
            made[name] = {element: value for element, value in made[name].items() if element not in absent}
    return made


def _named(method: Method) -> Optional[set[str]]:
    """Return the elements that a method names, None if it is for any."""
    if method.name == "ahp":
        return {str(side) for pair in method.parameters["comparisons"] for side in pair[:2]}
    named = method.parameters.get("points") or method.parameters.get("wished")
    return {str(name) for name in named} if named else None

"""The scores that a territory would have with other values or weights, all other territories as they are."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.scoring.aggregation import RELATIVE
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores


def row_wise(hierarchy: Hierarchy) -> bool:
    """Say whether a territory's scores depend on its own values alone.

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> row_wise(Hierarchy(1, (Composite("index", (0,), Method("topsis")),)))
    False
    """
    return not any(composite.aggregation.name in RELATIVE for composite in hierarchy.composites)


def subtree(hierarchy: Hierarchy, composite: str) -> tuple[Hierarchy, np.ndarray]:
    """Return what one composite is made of, as a hierarchy of its own, of which it is the last column.

    Returns
    -------
    Hierarchy
    ndarray of int, shape (n_columns of the new hierarchy,)
        Column in the old hierarchy of each column of the new one.

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> mean = Method("arithmetic_mean")
    >>> whole = Hierarchy(3, (Composite("energy", (1, 2), mean), Composite("index", (0, 3), mean)))
    >>> part, columns = subtree(whole, "energy")
    >>> part.composites[0].members, columns.tolist()
    ((0, 1), [1, 2, 3])
    """
    found: set = set()
    todo = [hierarchy.column_of(composite)]
    while todo:
        column = todo.pop()
        if column not in found:
            found.add(column)
            if column >= hierarchy.n_indicators:
                todo.extend(hierarchy.composites[column - hierarchy.n_indicators].members)
    columns = sorted(found)
    place = {column: new for new, column in enumerate(columns)}
    leaves = sum(column < hierarchy.n_indicators for column in columns)
    kept = [hierarchy.composites[column - hierarchy.n_indicators] for column in columns[leaves:]]
    made = tuple(Composite(c.id, tuple(place[member] for member in c.members), c.aggregation) for c in kept)
    return Hierarchy(leaves, made), np.array(columns, dtype=int)


def scores_with_values(
    hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, row: int, assumed: np.ndarray
) -> np.ndarray:
    """Return the composites of one territory for each of several assumptions about its indicators' scores.

    Parameters
    ----------
    normalised : ndarray, shape (n_territories, n_indicators)
    weights : ndarray, shape (n_columns,)
    row : int
    assumed : ndarray, shape (n_assumptions, n_indicators)
        Scores of the territory's indicators; NaN where missing.

    Returns
    -------
    ndarray, shape (n_assumptions, n_composites)

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Method
    >>> index = Hierarchy(2, (Composite("index", (0, 1), Method("arithmetic_mean")),))
    >>> scores_with_values(index, np.array([[10.0, 30.0]]), np.ones(3), 0, np.array([[10.0, 40.0]])).tolist()
    [[25.0]]
    """
    if row_wise(hierarchy):
        return composite_scores(hierarchy, assumed, weights)
    made = np.empty((len(assumed), len(hierarchy.composites)))
    matrix = np.array(normalised, dtype=float)
    for place, scores in enumerate(assumed):
        matrix[row] = scores
        made[place] = composite_scores(hierarchy, matrix, weights)[row]
    return made


def scores_with_weights(
    hierarchy: Hierarchy, normalised: np.ndarray, weights: np.ndarray, row: int, column: int, factors: np.ndarray
) -> np.ndarray:
    """Return the composites of one territory with one weight multiplied by each of several factors.

    Parameters
    ----------
    weights : ndarray, shape (n_columns,)
    column : int
        Whose weight is multiplied.
    factors : ndarray, shape (n_factors,)
        0 or more.

    Returns
    -------
    ndarray, shape (n_factors, n_composites)
    """
    alone = row_wise(hierarchy)
    matrix = normalised[row : row + 1] if alone else normalised
    made = np.empty((len(factors), len(hierarchy.composites)))
    for place, factor in enumerate(factors):
        changed = np.array(weights, dtype=float)
        changed[column] *= factor
        made[place] = composite_scores(hierarchy, matrix, changed)[0 if alone else row]
    return made

"""The composite scores of a study: a stake by theme, a score by axis, and the readiness of every territory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.element_weights import element_weights, methods_for
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores, leaf_weights
from smart_territoires_plugin.core.scoring.missing import context_for
from smart_territoires_plugin.core.scoring.preparing import NUMPY_ALONE, EngineMethods, prepare
from smart_territoires_plugin.core.scoring.screening import availability, available_share, sufficient
from smart_territoires_plugin.core.scoring.treatment import Treatment
from smart_territoires_plugin.core.study.model import Indicator, Method, Node, Study


@dataclass(frozen=True)
class Scores:
    """The scores of all territories and all that led to them.

    Parameters
    ----------
    indicators : tuple of Indicator
        Stakes and success factors, in the order of the columns.
    completed : ndarray, shape (n_territories, n_indicators)
        Values in their own units, imputed ones included; NaN where missing.
    normalised : ndarray, shape (n_territories, n_indicators)
        On the scale of the normalisation.
    imputed : ndarray of bool, shape (n_territories, n_indicators)
    usable : ndarray of bool, shape (n_indicators,)
        False for an indicator that is constant or empty, and so left out.
    weights : ndarray, shape (n_indicators,)
        As declared, or found by the method of the study; 0 where the indicator is left out.
    element_weights : ndarray, shape (n_columns,)
        The same, then those of the hierarchy's composites within what they are part of.
    composites : mapping of str to ndarray
        Name of each composite (``score_<theme>``, ``axis_<axis>``, ``readiness``) → indicators that stand below it.
    columns : mapping of str to ndarray, shape (n_territories,)
        The scores of the composites and of the nodes between, NaN where too little is known.
    data_coverage : ndarray, shape (n_territories,)
        Weighted share (0–1) of the values that are known, before imputation.
    aggregation : Method
    treated : ndarray, shape (n_territories, n_indicators)
        After the treatment of outliers: own units, or their logarithm.
    treatments : tuple of Treatment
        One per indicator.
    capped : ndarray of bool, shape (n_territories, n_indicators)
        Values beyond the goalposts, which score as the goalposts do.
    hierarchy : Hierarchy
        The composites over the indicators, in the order of ``columns``.
    """

    indicators: tuple[Indicator, ...]
    completed: np.ndarray
    normalised: np.ndarray
    imputed: np.ndarray
    usable: np.ndarray
    weights: np.ndarray
    element_weights: np.ndarray
    composites: Mapping[str, np.ndarray]
    columns: Mapping[str, np.ndarray]
    data_coverage: np.ndarray
    aggregation: Method
    treated: np.ndarray
    treatments: tuple[Treatment, ...]
    capped: np.ndarray
    hierarchy: Hierarchy


def scored_indicators(study: Study) -> tuple[Indicator, ...]:
    """Return the indicators that enter a composite: stakes, then success factors."""
    return (*study.of_role("stake"), *study.of_role("success_factor"))


def composites_of(study: Study) -> dict[str, np.ndarray]:
    """Return which indicators stand below each composite of a study, whatever the nodes between."""
    indicators = scored_indicators(study)
    made = {
        f"score_{theme.id}": [
            column for column, i in enumerate(indicators) if i.role == "stake" and i.theme == theme.id
        ]
        for theme in study.scored_themes
    }
    factors = [column for column, i in enumerate(indicators) if i.role == "success_factor"]
    for axis in study.axes:
        made[f"axis_{axis}"] = [column for column in factors if indicators[column].axis == axis]
    if factors:
        made["readiness"] = factors
    return {name: np.array(columns, dtype=int) for name, columns in made.items()}


def hierarchy_of(study: Study) -> Hierarchy:
    """Return the composites of a study over its stakes and success factors: nodes, themes, axes, readiness."""
    indicators = scored_indicators(study)
    nodes = bottom_up(study.nodes)
    count = len(indicators)
    place = {node.id: count + number for number, node in enumerate(nodes)}

    general = study.scoring.aggregation
    made = [
        Composite(
            node.id,
            (
                *(column for column, i in enumerate(indicators) if i.parent == node.id),
                *(place[inner.id] for inner in nodes if inner.parent == node.id),
            ),
            node.aggregation or general,
        )
        for node in nodes
    ]
    for name, members in composites_of(study).items():
        tops = study.axes if name == "readiness" else (name.partition("_")[2],)
        below = set(members.tolist())
        direct = [column for column in members.tolist() if indicators[column].parent in (None, *tops)]
        # A theme and an axis may bear the same id: a node is of the one whose indicators it holds.
        inner = [
            place[node.id] for node in nodes if node.parent in tops and _leaves(made, count, place[node.id]) & below
        ]
        made.append(Composite(name, (*direct, *inner), general))
    return Hierarchy(count, tuple(made))


def _leaves(made: Sequence[Composite], count: int, column: int) -> set[int]:
    """Return the indicators below a column of a hierarchy that is being made."""
    if column < count:
        return {column}
    return set().union(*(_leaves(made, count, member) for member in made[column - count].members))


def bottom_up(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return nodes so that each comes after those below it, in the order of the file within a depth.

    Examples
    --------
    >>> from smart_territoires_plugin.core.study.model import Name
    >>> name = Name("", "")
    >>> [node.id for node in bottom_up([Node("index", name), Node("a", name, "index"), Node("b", name, "a")])]
    ['b', 'a', 'index']
    """
    nodes = tuple(nodes)
    parents = {node.id: node.parent for node in nodes}

    def depth(identifier: str) -> int:
        steps, current = 0, parents[identifier]
        while current in parents:
            steps, current = steps + 1, parents[current]
        return steps

    return tuple(sorted(nodes, key=lambda node: -depth(node.id)))


def score(
    study: Study,
    values: np.ndarray,
    groups: Optional[Mapping[str, np.ndarray]] = None,
    neighbours: Optional[tuple[np.ndarray, np.ndarray]] = None,
    methods: EngineMethods = NUMPY_ALONE,
) -> Scores:
    """Score every territory.

    Parameters
    ----------
    study : Study
    values : ndarray, shape (n_territories, n_indicators)
        Of ``scored_indicators(study)``, in their own units; NaN where missing.
    groups : mapping of str to ndarray, optional
        Needed by the missing-value rules that go by group.
    neighbours : pair of ndarray of int, optional
        Rows of territories that share a border, needed by the rule ``neighbours``.
    methods : EngineMethods
        What is there beside the methods that need numpy alone.

    Returns
    -------
    Scores
        A composite is NaN where less than ``min_availability`` of its weight is known before imputation.

    Raises
    ------
    ScoringError
        If the missing rule is ``error`` and a value is missing, or a method cannot serve these values.
    """
    indicators, scoring = scored_indicators(study), study.scoring
    values = np.asarray(values, dtype=float).reshape(len(values), len(indicators))
    made = prepare(
        values,
        indicators,
        scoring,
        lambda identifiers: context_for(scoring.missing, identifiers, groups, neighbours),
        methods.complete,
    )
    hierarchy = hierarchy_of(study)
    declared = np.ones(hierarchy.n_columns)
    declared[: len(indicators)] = np.array([i.weight for i in indicators], dtype=float) * made.usable
    own: list[Optional[Method]] = [None] * len(hierarchy.composites)
    for number, node in enumerate(bottom_up(study.nodes)):
        declared[len(indicators) + number], own[number] = node.weight, node.weights
    names = [*(i.id for i in indicators), *(composite.id for composite in hierarchy.composites)]
    asked = methods_for(hierarchy, names, scoring.weights, own)
    weights = element_weights(hierarchy, names, declared, made.normalised, asked, methods.weightings)
    scores = composite_scores(hierarchy, made.normalised, weights)
    known = ~np.isnan(values)
    leaves = leaf_weights(hierarchy, weights)
    enough = sufficient(availability(known, leaves), scoring.min_availability)
    scores = np.where(enough, scores, np.nan)
    return Scores(
        indicators,
        made.completed,
        made.normalised,
        made.imputed,
        made.usable,
        weights[: len(indicators)],
        weights,
        composites_of(study),
        {composite.id: scores[:, place] for place, composite in enumerate(hierarchy.composites)},
        available_share(known, _whole_weights(hierarchy, weights, leaves)),
        scoring.aggregation,
        made.treated,
        made.treatments,
        made.capped,
        hierarchy,
    )


def _whole_weights(hierarchy: Hierarchy, weights: np.ndarray, leaves: np.ndarray) -> np.ndarray:
    """Return what each indicator weighs among all: its share of its theme or the readiness, by the weight of these."""
    whole = np.zeros(hierarchy.n_indicators)
    for place, composite in enumerate(hierarchy.composites):
        if composite.id == "readiness" or composite.id.startswith("score_"):
            whole += leaves[place] * weights[list(composite.members)].sum()
    return whole


def score_table(
    study: Study, values: Mapping[str, np.ndarray], groups: Optional[Mapping[str, np.ndarray]] = None
) -> dict[str, np.ndarray]:
    """Score territories from named columns, for a table that has the indicators already.

    Parameters
    ----------
    values : mapping of indicator id to ndarray, shape (n_territories,)

    Returns
    -------
    dict of str to ndarray
        ``score_<theme>``, ``axis_<axis>``, ``readiness`` and ``data_coverage``.
    """
    matrix = np.column_stack([np.asarray(values[i.id], dtype=float) for i in scored_indicators(study)])
    made = score(study, matrix, groups)
    return {**made.columns, "data_coverage": made.data_coverage}

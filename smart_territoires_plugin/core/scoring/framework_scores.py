"""The scores of a framework: from the columns of a ready table to every node, with what each step changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.scoring.composite import bottom_up
from smart_territoires_plugin.core.scoring.denominators import Denominated, denominate
from smart_territoires_plugin.core.scoring.element_weights import element_weights, methods_for
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy, composite_scores, leaf_weights
from smart_territoires_plugin.core.scoring.missing import context_for
from smart_territoires_plugin.core.scoring.normalisation import rank
from smart_territoires_plugin.core.scoring.preparing import NUMPY_ALONE, EngineMethods, Prepared, prepare
from smart_territoires_plugin.core.scoring.screening import availability, sufficient
from smart_territoires_plugin.core.study.framework import Framework
from smart_territoires_plugin.core.study.model import Node


@dataclass(frozen=True)
class FrameworkScores:
    """The scores of every node and all that led to them.

    Parameters
    ----------
    hierarchy : Hierarchy
        Columns: the indicators in the order of the file, then the nodes from the bottom up.
    nodes : tuple of Node
        In the order of the hierarchy; the root is the last.
    denominated : Denominated
    prepared : Prepared
    weights : ndarray, shape (n_columns,)
        Of each element within its parent, as declared or found; 0 for an indicator that is left out.
    scores : ndarray, shape (n_territories, n_nodes)
        NaN where too little is known.
    availability : ndarray, shape (n_territories, n_nodes)
        Weighted share (0–1) of the values below each node that are known, before imputation.
    rank : ndarray, shape (n_territories,)
        Of the root: 1 is best, equal scores share the best rank; NaN without a score.
    """

    hierarchy: Hierarchy
    nodes: tuple[Node, ...]
    denominated: Denominated
    prepared: Prepared
    weights: np.ndarray
    scores: np.ndarray
    availability: np.ndarray
    rank: np.ndarray

    @property
    def root(self) -> np.ndarray:
        """Scores of the whole index, shape (n_territories,)."""
        return self.scores[:, -1]

    @property
    def data_coverage(self) -> np.ndarray:
        """Weighted share (0–1) of all values that are known, before imputation."""
        return self.availability[:, -1]


def framework_hierarchy(framework: Framework) -> tuple[Hierarchy, tuple[Node, ...]]:
    """Return the composites of a framework from the bottom up, and their nodes in the same order."""
    nodes = bottom_up(framework.nodes)
    columns = {indicator.id: column for column, indicator in enumerate(framework.indicators)}
    columns.update({node.id: len(framework.indicators) + place for place, node in enumerate(nodes)})
    members: dict[str, list[int]] = {node.id: [] for node in nodes}
    for element in (*framework.indicators, *nodes):
        if element.parent is not None:
            members[element.parent].append(columns[element.id])
    composites = tuple(
        Composite(node.id, tuple(members[node.id]), node.aggregation or framework.scoring.aggregation) for node in nodes
    )
    return Hierarchy(len(framework.indicators), composites), nodes


def score_framework(
    framework: Framework,
    values: np.ndarray,
    denominators: Optional[Mapping[str, np.ndarray]] = None,
    groups: Optional[Mapping[str, np.ndarray]] = None,
    methods: EngineMethods = NUMPY_ALONE,
) -> FrameworkScores:
    """Score every row of a table.

    Parameters
    ----------
    values : ndarray, shape (n_territories, n_indicators)
        In the order of the framework's indicators; NaN where missing.
    denominators : mapping of column to ndarray, shape (n_territories,)
        The columns that indicators are divided by.
    groups : mapping of column to ndarray of str
        Needed by the missing-value rules that go by group.
    methods : EngineMethods
        What is there beside the methods that need numpy alone.

    Raises
    ------
    ScoringError
        If the missing rule refuses gaps, or a method cannot serve these values.

    Notes
    -----
    The steps and their order are those of the OECD/JRC Handbook (2008).
    """
    indicators, scoring = framework.indicators, framework.scoring
    divided = denominate(
        np.asarray(values, dtype=float),
        [indicator.id for indicator in indicators],
        {i.id: (i.denominator, (denominators or {})[i.denominator]) for i in indicators if i.denominator},
    )
    prepared = prepare(
        divided.values,
        indicators,
        scoring,
        lambda identifiers: context_for(scoring.missing, identifiers, groups),
        methods.complete,
    )
    hierarchy, nodes = framework_hierarchy(framework)
    declared = np.array([*(i.weight for i in indicators), *(node.weight for node in nodes)], dtype=float)
    declared[: len(indicators)] *= prepared.usable
    names = [*(i.id for i in indicators), *(node.id for node in nodes)]
    asked = methods_for(hierarchy, names, scoring.weights, [node.weights for node in nodes])
    weights = element_weights(hierarchy, names, declared, prepared.normalised, asked, methods.weightings)
    known = availability(~np.isnan(divided.values), leaf_weights(hierarchy, weights))
    scores = composite_scores(hierarchy, prepared.normalised, weights)
    scores = np.where(sufficient(known, scoring.min_availability), scores, np.nan)
    return FrameworkScores(
        hierarchy, nodes, divided, prepared, weights, scores, known, rank(scores[:, -1].round(10), -1, "min")
    )

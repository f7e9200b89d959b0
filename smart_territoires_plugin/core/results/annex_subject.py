"""What the annex tells of, whatever was scored: a study or a ready table, its values, weights and scores."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.results.annex_words import Words
from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy
from smart_territoires_plugin.core.scoring.treatment import Treatment
from smart_territoires_plugin.core.scoring.weight_diagnostics import (
    CompositeDiagnostics,
    effective_weights,
    weight_diagnostics,
)
from smart_territoires_plugin.core.study.model import Method, Robustness, Scoring


@dataclass(frozen=True)
class Subject:
    """One run, as the steps of the annex look at it.

    Parameters
    ----------
    kind : {"study", "table"}
        Which files the results are in.
    words : Words
    indicators : tuple of Indicator or FrameworkIndicator
        Those that enter a composite, in the order of the columns.
    codes, names : tuple of str, length n_columns
        Of the indicators, then of the composites: identifiers, and what a person calls them.
    labels : ndarray of str, shape (n_territories,)
    values : ndarray, shape (n_territories, n_indicators)
        Before imputation, in their own units; NaN where missing.
    completed, normalised : ndarray, shape (n_territories, n_indicators)
    imputed : ndarray of bool, shape (n_territories, n_indicators)
    usable : ndarray of bool, shape (n_indicators,)
    treatments : tuple of Treatment
    hierarchy : Hierarchy
    declared, weights : ndarray, shape (n_columns,)
        As the file says, and as used; 0 for what is left out.
    own_weights : tuple of Method or None, length n_composites
        How the parts of a composite are weighed where it says so itself.
    scores : ndarray, shape (n_territories, n_composites)
    data_coverage : ndarray, shape (n_territories,)
    whole : int, optional
        Column of the composite that territories are ranked by; None where there is none.
    scoring : Scoring
    robustness : Robustness
    imputation_drawn : bool
        Whether imputed values were drawn anew.
    """

    kind: str
    words: Words
    indicators: tuple[Any, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    labels: np.ndarray
    values: np.ndarray
    completed: np.ndarray
    normalised: np.ndarray
    imputed: np.ndarray
    usable: np.ndarray
    treatments: tuple[Treatment, ...]
    hierarchy: Hierarchy
    declared: np.ndarray
    weights: np.ndarray
    own_weights: tuple[Optional[Method], ...]
    scores: np.ndarray
    data_coverage: np.ndarray
    whole: Optional[int]
    scoring: Scoring
    robustness: Robustness
    imputation_drawn: bool = False

    @cached_property
    def diagnostics(self) -> tuple[CompositeDiagnostics, ...]:
        """What the parts of each composite count for in it."""
        if not len(self.labels):
            return ()
        columns = np.hstack([self.normalised, self.scores])
        return weight_diagnostics(self.hierarchy, columns, self.weights, self.names)

    @cached_property
    def effective(self) -> np.ndarray:
        """What every column weighs in each composite where nothing is missing, shape (n_composites, n_columns)."""
        return effective_weights(self.hierarchy, self.weights)

    def unit(self, column: int) -> str:
        """Return the unit of an indicator's values, divided by its denominator where it has one."""
        indicator = self.indicators[column]
        unit, denominator = text_unit(indicator.unit, self.words.lang), getattr(indicator, "denominator", None)
        return f"{unit or '1'} / {denominator}" if denominator else unit

    @property
    def whole_name(self) -> str:
        """What a person calls the composite that territories are ranked by."""
        return "" if self.whole is None else self.names[self.whole]

    @property
    def whole_scores(self) -> np.ndarray:
        """Scores of the composite that territories are ranked by, shape (n_territories,); NaN where there is none."""
        if self.whole is None:
            return np.full(len(self.labels), np.nan)
        return self.scores[:, self.whole - self.hierarchy.n_indicators]

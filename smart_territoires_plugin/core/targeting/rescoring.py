"""Scores, segments and ranks again under the hand: from ``scoring.npz``, with numpy alone, as a slider moves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.scoring.hierarchy import Hierarchy, composite_scores, leaf_weights
from smart_territoires_plugin.core.scoring.leaf_importance import LeafImportance, leaf_importance
from smart_territoires_plugin.core.scoring.normalisation import normalise, percentile_rank
from smart_territoires_plugin.core.scoring.screening import availability, sufficient
from smart_territoires_plugin.core.scoring.state import hierarchy_in, load_state
from smart_territoires_plugin.core.study.model import Method
from smart_territoires_plugin.core.study.written import method_of
from smart_territoires_plugin.core.targeting.priority import order, priority, recommended_theme
from smart_territoires_plugin.core.targeting.segments import segment, threshold


@dataclass(frozen=True)
class Rescored:
    """What the weights and methods at hand give.

    Parameters
    ----------
    columns : mapping of str to ndarray, shape (n_territories,)
        ``score_<theme>``, ``axis_<axis>``, ``readiness``; NaN where too little is known.
    segment : ndarray of str, shape (n_territories,)
        Empty without success factors.
    priority, target_rank : ndarray, shape (n_territories,)
        NaN outside ``engage``.
    recommended_theme : ndarray of str, shape (n_territories,)
    readiness_threshold : float
    """

    columns: Mapping[str, np.ndarray]
    segment: np.ndarray
    priority: np.ndarray
    target_rank: np.ndarray
    recommended_theme: np.ndarray
    readiness_threshold: float


@dataclass(frozen=True)
class Rescoring:
    """A run as it can be scored again without the engine.

    Parameters
    ----------
    state : mapping of str to ndarray
        ``scoring.npz``.

    Notes
    -----
    Imputed and treated values stay those of the run, for their rules may need the engine; so does activity, which no
    weight changes.
    """

    state: Mapping[str, np.ndarray]

    @classmethod
    def read(cls, path: Path) -> Rescoring:
        """Read ``scoring.npz``; nothing in it is executed."""
        return cls(load_state(path))

    @cached_property
    def methods(self) -> Mapping[str, Any]:
        """The run's methods as a study writes them."""
        return json.loads(str(self.state["methods"]))

    def hierarchy(self, aggregation: Optional[Method] = None) -> Hierarchy:
        """Return the composites over the indicators, those that have the run's own aggregation with another one."""
        kept = hierarchy_in(self.state)
        own = method_of(self.methods["aggregation"])
        made = (
            replace(composite, aggregation=aggregation) if composite.aggregation == own else composite
            for composite in kept.composites
        )
        return replace(kept, composites=tuple(made)) if aggregation else kept

    def normalised(self, normalisation: Optional[Method] = None) -> np.ndarray:
        """Return the indicators on the scale of a normalisation; of the run's own, as the run left them."""
        state = self.state
        if normalisation is None or normalisation == method_of(self.methods["normalisation"]):
            return state["normalised"]
        own = self.methods["own_normalisation"]
        usable = np.flatnonzero(state["usable"])
        names = [str(state["indicators"][column]) for column in usable]
        methods = [method_of(own[name]) if name in own else normalisation for name in names]
        made = np.full(state["treated"].shape, np.nan)
        made[:, usable] = normalise(state["treated"][:, usable], names, state["directions"][usable], methods)
        return made

    def rescore(
        self,
        weights: Optional[np.ndarray] = None,
        theme_weights: Optional[np.ndarray] = None,
        normalisation: Optional[Method] = None,
        aggregation: Optional[Method] = None,
        readiness_threshold: Optional[Any] = None,
    ) -> Rescored:
        """Score every territory again.

        Parameters
        ----------
        weights : ndarray, shape (n_indicators,) or (n_columns,), optional
            Of the indicators, or of them and the composites of the hierarchy; those of the run by default, as
            everything that is not given.
        theme_weights : ndarray, shape (n_themes,), optional
        normalisation, aggregation : Method, optional
        readiness_threshold : float or Method, optional

        Returns
        -------
        Rescored
            The same as a run of the engine with these weights and methods on the same completed values.

        Raises
        ------
        ScoringError
            If a method cannot serve these values.
        """
        state = self.state
        hierarchy = self.hierarchy(aggregation)
        elements = state["element_weights"].copy()
        if weights is not None:
            elements[: len(weights)] = weights
            elements[: hierarchy.n_indicators] *= state["usable"]
        scores = composite_scores(hierarchy, self.normalised(normalisation), elements)
        known = availability(~np.isnan(state["values"]), leaf_weights(hierarchy, elements))
        scores = np.where(sufficient(known, self.methods["min_availability"]), scores, np.nan)
        columns = {made.id: scores[:, place] for place, made in enumerate(hierarchy.composites)}
        themes = state["theme_weights"] if theme_weights is None else np.asarray(theme_weights, dtype=float)
        return self._targeted(columns, themes, readiness_threshold)

    def what_counts(
        self, made: Rescored, weights: np.ndarray, normalisation: Optional[Method] = None
    ) -> dict[str, LeafImportance]:
        """Say what the indicators really count for in each stake and in the readiness.

        Parameters
        ----------
        made : Rescored
            What these weights and this normalisation gave.
        weights : ndarray, shape (n_columns,)
        normalisation : Method, optional

        Returns
        -------
        dict of str to LeafImportance
            By ``score_<theme>`` and ``readiness``.
        """
        hierarchy = hierarchy_in(self.state)
        elements = np.array(weights, dtype=float)
        elements[: hierarchy.n_indicators] *= self.state["usable"]
        normalised = self.normalised(normalisation)
        wholes = [f"score_{theme}" for theme in self.state["theme_ids"]]
        wholes += ["readiness"] if "readiness" in made.columns else []
        return {name: leaf_importance(hierarchy, name, normalised, made.columns[name], elements) for name in wholes}

    def _targeted(self, columns: Mapping[str, np.ndarray], themes: np.ndarray, asked: Optional[Any]) -> Rescored:
        state = self.state
        size = len(state["codes"])
        names, stake = np.full(size, "", dtype=object), np.full(size, np.nan)
        if len(themes):
            percentiles = np.column_stack([percentile_rank(columns[f"score_{theme}"]) for theme in state["theme_ids"]])
            best, stake = recommended_theme(percentiles, themes, state["done"])
            names = np.array([*state["theme_ids"], ""], dtype=object)[best]
        if "readiness" not in columns:
            gaps = np.full(size, np.nan)
            return Rescored(
                columns, np.full(size, "", dtype=object), gaps, gaps, np.full(size, "", dtype=object), np.nan
            )
        readiness = columns["readiness"]
        if asked is None:
            kept = self.methods["readiness_threshold"]
            asked = method_of(kept) if isinstance(kept, dict) else kept
        limit = threshold(readiness, asked)
        segments = segment(readiness, limit, state["high_activity"], state["unknown_activity"])
        engaged = segments == "engage"
        counted = self.methods["priority"]
        exponents = [counted[name] for name in ("readiness", "evidence", "stake")]
        values = priority(percentile_rank(readiness), state["evidence"], stake, exponents=exponents)
        ranks = order(values, engaged, state["codes"])
        return Rescored(columns, segments, np.where(engaged, values, np.nan), ranks, names, limit)

"""Weights and methods tried under the hand, as changes of the study's file that keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.study.model import Method

_DECLARED = "declared"


def weight_changes(
    content: Mapping[str, Any],
    names: Sequence[str],
    saved: np.ndarray,
    chosen: np.ndarray,
    theme_names: Sequence[str],
    saved_themes: np.ndarray,
    chosen_themes: np.ndarray,
    normalisation: Optional[Method] = None,
    aggregation: Optional[Method] = None,
) -> dict[str, Any]:
    """Return the changes of a study that keep what was chosen, for ``edit_study``.

    Parameters
    ----------
    content : mapping
        Of the study's file.
    names : sequence of str, length n_columns
        Of the indicators, then of the composites; of these, nodes have a weight in the file.
    saved, chosen : ndarray, shape (n_columns,)
        Weights of the run, and those to keep.
    theme_names : sequence of str, length n_themes
    saved_themes, chosen_themes : ndarray, shape (n_themes,)
    normalisation, aggregation : Method, optional
        Those to keep; None for what the file says.

    Returns
    -------
    dict of dotted path to value
        Empty where there is nothing to keep. Where the file has a method find the weights, they become declared ones,
        all of them, once one is chosen by hand.

    Examples
    --------
    >>> study = {"indicators": [{"id": "a", "weight": 1}, {"id": "b"}], "themes": [{"id": "t"}], "scoring": {}}
    >>> one = np.ones(1)
    >>> weight_changes(study, ("a", "b"), np.array([1.0, 1.0]), np.array([1.0, 2.5]), ("t",), one, one)
    {'indicators.b.weight': 2.5}
    """
    made: dict[str, Any] = {}
    moved = np.asarray(chosen) != np.asarray(saved)
    if moved.any() and _method(content) != _DECLARED:
        made["scoring.weights"] = _DECLARED
        # An indicator that had to be left out weighs nothing in the run: its weight in the file stays.
        moved |= np.asarray(chosen) > 0
    lists = {kind: {str(item["id"]) for item in content.get(kind) or ()} for kind in ("indicators", "nodes")}
    for name, weight in ((str(names[place]), chosen[place]) for place in np.flatnonzero(moved)):
        kind = next((kind for kind, held in lists.items() if name in held), None)
        if kind is not None:
            made[f"{kind}.{name}.weight"] = _rounded(weight)
    for name, before, after in zip(theme_names, saved_themes, chosen_themes):
        if before != after:
            made[f"themes.{name}.weight"] = _rounded(after)
    for key, method in (("normalisation", normalisation), ("aggregation", aggregation)):
        if method is not None:
            made[f"scoring.{key}"] = {"method": method.name, **dict(method.parameters)}
    return made


def _method(content: Mapping[str, Any]) -> str:
    """Return what finds the weights of a study."""
    written = (content.get("scoring") or {}).get("weights", _DECLARED)
    return written.get("method", _DECLARED) if isinstance(written, Mapping) else str(written)


def _rounded(weight: float) -> float:
    """Return a weight as one would write it: six digits tell it apart from any other that a hand sets."""
    return float(f"{weight:.6g}")

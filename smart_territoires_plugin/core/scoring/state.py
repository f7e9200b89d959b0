"""``scoring.npz``: what the engine leaves so that scores can be had again at once, in QGIS too, with numpy alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.scoring.composite import Scores
from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy
from smart_territoires_plugin.core.study.model import Method, Study
from smart_territoires_plugin.core.study.written import method_of

_NEEDED = {"codes", "values", "normalised", "treated", "element_weights", "methods", "evidence", "done"}


def save_state(
    path: Path, codes: np.ndarray, values: np.ndarray, scores: Scores, study: Study, standing: Mapping[str, np.ndarray]
) -> None:
    """Write the state of a scoring.

    Parameters
    ----------
    path : Path
    codes : ndarray of str, shape (n_territories,)
    values : ndarray, shape (n_territories, n_indicators)
        As measured, before imputation.
    scores : Scores
    study : Study
        Its methods are kept as JSON.
    standing : mapping of str to ndarray
        What targeting adds, which no weight changes: activity, evidence, what is done by theme.
    """
    indicators = scores.indicators
    arrays = {
        "codes": np.asarray(codes, dtype=str),
        "indicators": np.array([i.id for i in indicators], dtype=str),
        "roles": np.array([i.role for i in indicators], dtype=str),
        "themes": np.array([i.theme or "" for i in indicators], dtype=str),
        "axes": np.array([i.axis or "" for i in indicators], dtype=str),
        "directions": np.array([i.direction for i in indicators], dtype=int),
        "weights": scores.weights,
        "element_weights": scores.element_weights,
        "declared": np.array([i.weight for i in indicators], dtype=float),
        "usable": scores.usable,
        "values": values,
        "completed": scores.completed,
        "treated": scores.treated,
        "normalised": scores.normalised,
        "imputed": scores.imputed,
        "theme_ids": np.array([theme.id for theme in study.scored_themes], dtype=str),
        "theme_weights": np.array([theme.weight for theme in study.scored_themes], dtype=float),
        "axis_ids": np.array(study.axes, dtype=str),
        "methods": np.array(json.dumps(_methods(study, scores), sort_keys=True)),
        **standing,
    }
    with path.open("wb") as stream:
        np.savez_compressed(stream, **arrays)


def _methods(study: Study, scores: Scores) -> dict:
    """Return what scores and segments depend on beside arrays, as JSON can hold it."""

    def written(asked):
        return {"method": asked.name, **asked.parameters} if isinstance(asked, Method) else asked

    return {
        "normalisation": written(study.scoring.normalisation),
        "aggregation": written(study.scoring.aggregation),
        "min_availability": study.scoring.min_availability,
        "own_normalisation": {i.id: written(i.normalisation) for i in scores.indicators if i.normalisation},
        "composites": [
            {"id": made.id, "members": list(made.members), "aggregation": written(made.aggregation)}
            for made in scores.hierarchy.composites
        ],
        "readiness_threshold": written(study.targeting.readiness_threshold),
        "shortlist": study.targeting.shortlist,
        "priority": vars(study.targeting.exponents),
    }


def load_state(path: Path) -> dict[str, np.ndarray]:
    """Read the state of a scoring; nothing in the file is executed.

    Raises
    ------
    ResultsError
        If another version wrote it, and what is needed is not in it.
    """
    with np.load(path, allow_pickle=False) as arrays:
        state = {name: arrays[name] for name in arrays.files}
    if _NEEDED - set(state):
        raise ResultsError(Problem("results.other_version", str(path)))
    return state


def hierarchy_in(state: Mapping[str, np.ndarray]) -> Hierarchy:
    """Return the composites over the indicators as a state keeps them."""
    made = (
        Composite(item["id"], tuple(item["members"]), method_of(item["aggregation"]))
        for item in json.loads(str(state["methods"]))["composites"]
    )
    return Hierarchy(len(state["indicators"]), tuple(made))

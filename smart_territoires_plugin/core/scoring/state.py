"""``scoring.npz``: what the engine leaves so that scores can be had again at once, in QGIS too, with numpy alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.scoring.composite import Scores


def save_state(path: Path, codes: np.ndarray, values: np.ndarray, scores: Scores) -> None:
    """Write the state of a scoring.

    Parameters
    ----------
    path : Path
    codes : ndarray of str, shape (n_territories,)
    values : ndarray, shape (n_territories, n_indicators)
        As measured, before imputation.
    scores : Scores
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
        "declared": np.array([i.weight for i in indicators], dtype=float),
        "usable": scores.usable,
        "values": values,
        "completed": scores.completed,
        "treated": scores.treated,
        "normalised": scores.normalised,
        "imputed": scores.imputed,
    }
    with path.open("wb") as stream:
        np.savez_compressed(stream, **arrays)


def load_state(path: Path) -> dict[str, np.ndarray]:
    """Read the state of a scoring; nothing in the file is executed."""
    with np.load(path, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}

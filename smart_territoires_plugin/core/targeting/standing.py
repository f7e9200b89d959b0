"""Where each territory stands in activity: what no weight and no normalisation changes, and every list is made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Standing:
    """Activity as segments and lists take it.

    Parameters
    ----------
    high, unknown : ndarray of bool, shape (n_territories,)
        Whether activity is high; whether nobody searched for it.
    chance_high : ndarray, shape (n_territories,)
        Probability (0–1) that it is, small numbers allowed for; 0 where nothing is done, whatever may be.
    evidence : ndarray, shape (n_territories,)
        Of low activity (0–100), as the priority takes it; NaN where unknown.
    done : ndarray, shape (n_territories, n_themes)
        What each theme's worth is divided by, less 1: the projects there are, less where the territory asked for it.
    """

    high: np.ndarray
    unknown: np.ndarray
    chance_high: np.ndarray
    evidence: np.ndarray
    done: np.ndarray

    def at(self, rows: np.ndarray) -> Standing:
        """Return the same of some territories, in the order given."""
        return Standing(
            self.high[rows], self.unknown[rows], self.chance_high[rows], self.evidence[rows], self.done[rows]
        )


def sure(high: np.ndarray, unknown: np.ndarray, evidence: np.ndarray, done: np.ndarray) -> Standing:
    """Return a standing of which nothing is drawn: activity is high or not."""
    return Standing(high, unknown, np.asarray(high, dtype=float), evidence, done)


def projects_by_theme(by_theme: Mapping[str, np.ndarray], themes: tuple[str, ...], size: int) -> np.ndarray:
    """Return active projects, shape (n_territories, n_themes); 0 for a theme that the register does not name."""
    columns = [np.asarray(by_theme.get(theme, np.zeros(size)), dtype=float) for theme in themes]
    return np.column_stack(columns) if columns else np.empty((size, 0))


def done_by_theme(projects: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Return what each theme's worth is divided by, less 1.

    A theme that is worked on already is worth less; one that the territory asked for itself is worth twice as much.

    Parameters
    ----------
    projects : ndarray, shape (n_territories, n_themes)
    asked : ndarray of bool, shape (n_territories, n_themes)

    Examples
    --------
    >>> done_by_theme(np.array([[3.0, 0.0, 0.0]]), np.array([[True, True, False]])).tolist()
    [[1.0, -0.5, 0.0]]
    """
    return (1 + projects) / (1 + asked) - 1

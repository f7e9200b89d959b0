"""The methods that need scipy or scikit-learn, beside those of ``scoring``; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from smart_territoires_plugin.core.models.imputation import complete
from smart_territoires_plugin.core.scoring.preparing import EngineMethods
from smart_territoires_plugin.core.scoring.weighting import WEIGHTINGS


def benefit_of_the_doubt(scores: np.ndarray, names: Sequence[str], low: float = 0.0, high: float = 1.0) -> np.ndarray:
    """Weigh each element by what it adds, on average, to the scores of territories that choose their own weights.

    Returns
    -------
    ndarray, shape (n_elements,)
        Sums to 1: the mean over the territories of the shares that favour each of them most, so that one set of
        weights serves all and ranks stay comparable.

    Notes
    -----
    Cherchye et al., Social Indicators Research, 2007; the scores that each territory reaches with its own weights are
    in ``models.benefit_of_the_doubt``.

    Examples
    --------
    >>> benefit_of_the_doubt(np.array([[100.0, 1.0], [1.0, 100.0]]), ("fibre", "skills")).round(2).tolist()
    [0.5, 0.5]
    """
    from smart_territoires_plugin.core.models.benefit_of_the_doubt import benefit_of_the_doubt as favoured

    shares = favoured(scores, names, low, high).shares
    whole = shares.sum()
    return shares.sum(axis=0) / whole if whole > 0 else np.full(len(names), 1 / max(len(names), 1))


ENGINE = EngineMethods(complete, {**WEIGHTINGS, "benefit_of_the_doubt": benefit_of_the_doubt})

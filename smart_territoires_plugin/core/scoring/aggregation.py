"""Scores of indicators → one composite score; each method is a function and a line in ``AGGREGATIONS``.

Higher is better. A missing score is left out and the weights of the others are renormalised; a territory without any
score has none. ``weights`` may hold several draws at once: shape (n_indicators,) or (n_indicators, n_draws).
"""

from __future__ import annotations

from smart_territoires_plugin.core.scoring.imbalance import adjusted_mazziotta_pareto, mazziotta_pareto
from smart_territoires_plugin.core.scoring.means import (
    arithmetic_mean,
    generalised_mean,
    geometric_mean,
    harmonic_mean,
)
from smart_territoires_plugin.core.scoring.ordered_weights import owa
from smart_territoires_plugin.core.scoring.outranking import copeland, promethee_ii
from smart_territoires_plugin.core.scoring.reference_points import topsis, vikor
from smart_territoires_plugin.core.study import methods

AGGREGATIONS = {
    "arithmetic_mean": arithmetic_mean,
    "geometric_mean": geometric_mean,
    "harmonic_mean": harmonic_mean,
    "generalised_mean": generalised_mean,
    "owa": owa,
    "mazziotta_pareto": mazziotta_pareto,
    "adjusted_mazziotta_pareto": adjusted_mazziotta_pareto,
    "topsis": topsis,
    "vikor": vikor,
    "promethee_ii": promethee_ii,
    "copeland": copeland,
}
# Those that need scores above 0, and those in which a score depends on the other territories.
NEEDS_POSITIVE = frozenset(methods.NEEDS_POSITIVE)
RELATIVE = frozenset(methods.RELATIVE)

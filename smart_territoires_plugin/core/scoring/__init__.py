"""Values → scores, with numpy alone: missing values, normalisation, weights, aggregation, robustness, explanation."""

from smart_territoires_plugin.core.scoring.composite import Scores, score, score_table

__all__ = ["Scores", "score", "score_table"]

"""The files of a theme matrix: the ranking, the weights ready to paste into a study, and all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.messages.numbers import number
from smart_territoires_plugin.core.results.notices import notice_in
from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.targeting.theme_matrix import Robustness, ThemeMatrix, TurningPoint
from smart_territoires_plugin.core.targeting.theme_matrix_reading import MatrixFile
from smart_territoires_plugin.core.targeting.theme_weights_in_study import written_weight

FILES = {"ranking": "theme_ranking.csv", "weights": "theme_weights.yaml", "summary": "theme_matrix.json"}
_DIGITS = 12


@dataclass(frozen=True)
class WeighedThemes:
    """A theme matrix as its file says it, and what was made of it.

    Parameters
    ----------
    consistency : mapping of str to float
        Consistency ratio of each set of pairwise comparisons: by consideration, and ``weights``.
    demand : mapping of consideration to ndarray, shape (n_themes,)
        Wishes that were counted in a register.
    notice : str
        What every output must say of the data; empty where all of them are observed.
    """

    file: MatrixFile
    matrix: ThemeMatrix
    robustness: Robustness
    turning_points: tuple[TurningPoint, ...]
    consistency: Mapping[str, float]
    demand: Mapping[str, np.ndarray]
    notice: str = ""

    @property
    def order(self) -> np.ndarray:
        """Themes from the first rank on; those of one rank in the order of the file."""
        return np.argsort(self.matrix.ranks, kind="stable")

    @property
    def theme_weights(self) -> dict[str, float]:
        """Weights for the themes of a study, in the order of the file."""
        return dict(zip(self.matrix.themes, self.matrix.theme_weights.tolist(), strict=True))


def ranking_frame(made: WeighedThemes, lang: str) -> pd.DataFrame:
    """Return one row per theme from the first rank on; ``from_<consideration>`` add up to ``score``."""
    matrix, robustness, order = made.matrix, made.robustness, made.order
    columns: dict[str, Any] = {
        "rank": matrix.ranks.astype(int),
        "theme": list(matrix.themes),
        "name": [made.file.themes[theme][lang] for theme in matrix.themes],
        "score": matrix.scores,
        "weight": matrix.theme_weights,
        "weight_low": robustness.weight_low,
        "weight_high": robustness.weight_high,
        "rank_low": robustness.rank_low.astype(int),
        "rank_median": robustness.rank_median.astype(int),
        "rank_high": robustness.rank_high.astype(int),
        "share_first": robustness.share_first,
    }
    for place, consideration in enumerate(matrix.considerations):
        columns[f"from_{consideration}"] = matrix.contributions[:, place]
    columns["notice"] = made.notice
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def weights_snippet(made: WeighedThemes, lang: str) -> str:
    """Return the weights as the block ``themes`` of a study, with names as comments."""
    source = " ".join(f"{made.file.path.name} ({made.file.name})".split())
    lines = [f"# {text('matrix.snippet', lang, file=source)}"]
    lines += [f"# {notice_in(made.notice, lang)}"] if made.notice else []
    lines.append("themes:")
    for theme, weight in made.theme_weights.items():
        name = " ".join(made.file.themes[theme][lang].split())
        lines.append(f"  - {{id: {theme}, weight: {written_weight(weight)}}}  # {name}")
    return "\n".join(lines) + "\n"


def matrix_record(made: WeighedThemes) -> dict[str, Any]:
    """Return the whole as plain data: the same bytes for the same file and register."""
    matrix = made.matrix
    considerations = [
        {
            "id": consideration.id,
            "name": {"fr": consideration.name.fr, "en": consideration.name.en},
            "way": consideration.way,
            "weight": _rounded(matrix.weights[place]),
            "shares": _by_theme(matrix, matrix.shares[:, place]),
            "consistency_ratio": _rounded(made.consistency.get(consideration.id)),
            "wishes": (_by_theme(matrix, made.demand[consideration.id]) if consideration.id in made.demand else None),
        }
        for place, consideration in enumerate(made.file.considerations)
    ]
    return {
        "audience": "internal",
        "notice": made.notice,
        "name": made.file.name,
        "content": made.file.content,
        "considerations": considerations,
        "weights_consistency_ratio": _rounded(made.consistency.get("weights")),
        "scores": _by_theme(matrix, matrix.scores),
        "ranks": {theme: int(rank) for theme, rank in zip(matrix.themes, matrix.ranks, strict=True)},
        "theme_weights": _by_theme(matrix, matrix.theme_weights),
        "robustness": {
            "draws": made.file.draws,
            "seed": made.file.seed,
            "share": made.file.share,
            **{name: _by_theme(matrix, values) for name, values in vars(made.robustness).items()},
        },
        "turning_points": [{**vars(point), "weight": _rounded(point.weight)} for point in made.turning_points],
    }


def write_themes(folder: Path, made: WeighedThemes, lang: str) -> None:
    """Write every file."""
    write_csv(ranking_frame(made, lang), folder / FILES["ranking"])
    (folder / FILES["weights"]).write_text(weights_snippet(made, lang), encoding="utf-8")
    written = json.dumps(matrix_record(made), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / FILES["summary"]).write_text(written + "\n", encoding="utf-8")


def themes_summary(made: WeighedThemes, lang: str) -> list[str]:
    """Return what a person is told of a theme matrix: a line for each theme, and what would change the first."""
    matrix, robustness = made.matrix, made.robustness
    lines = []
    for row in made.order:
        values = {
            "rank": int(matrix.ranks[row]),
            "theme": made.file.themes[matrix.themes[row]][lang],
            "weight": number(matrix.theme_weights[row], lang, 2),
            "low": int(robustness.rank_low[row]),
            "high": int(robustness.rank_high[row]),
            "first": number(100 * robustness.share_first[row], lang, 0),
        }
        lines.append(text("matrix.theme", lang, **values))
    names = {consideration.id: consideration.name[lang] for consideration in made.file.considerations}
    current = dict(zip(matrix.considerations, matrix.weights, strict=True))
    for point in made.turning_points:
        values = {
            "consideration": names[point.consideration],
            "now": number(100 * current[point.consideration], lang, 0),
            "then": number(100 * point.weight, lang, 0),
            "theme": made.file.themes[point.theme][lang],
        }
        rises = point.weight > current[point.consideration]
        lines.append(text("matrix.turning_point_up" if rises else "matrix.turning_point_down", lang, **values))
    if not made.turning_points:
        lines.append(text("matrix.no_turning_point", lang))
    return [*lines, notice_in(made.notice, lang)] if made.notice else lines


def _by_theme(matrix: ThemeMatrix, values: np.ndarray) -> dict[str, float]:
    return {theme: _rounded(value) for theme, value in zip(matrix.themes, values, strict=True)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}")

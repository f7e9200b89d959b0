"""Synthetic studies and values for the tests of scoring and targeting: no file behind them."""

from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.study import (
    Indicator,
    Measure,
    Method,
    Robustness,
    Scoring,
    Source,
    Study,
    Targeting,
    TerritoriesSpec,
    Theme,
)
from smart_territoires_plugin.core.study.model import Name


def make_study(factors=3, stakes=2, scoring=None, weights=None):
    """Return a study with so many success factors and stakes, and no file behind it."""
    source = Source("table", Path("table.csv"), key="code")
    measure = Measure("field", "table", None, {"field": "x"})
    weights = weights or [1.0] * (factors + stakes)
    axes = ("innovation", "partnership", "data", "inclusion")
    indicators = [
        Indicator(f"s{i}", Name(f"s{i}", f"s{i}"), "stake", measure, theme="t", weight=weights[i])
        for i in range(stakes)
    ]
    indicators += [
        Indicator(
            f"f{i}", Name(f"f{i}", f"f{i}"), "success_factor", measure, axis=axes[i % 4], weight=weights[stakes + i]
        )
        for i in range(factors)
    ]
    return Study(
        path=Path("study.yaml"),
        name="synthetic",
        crs="EPSG:2154",
        territories=TerritoriesSpec("table", "code", None, None, None, False),
        sources={"table": source},
        groups=(),
        themes=(Theme("t", Name("t", "t")),) if stakes else (),
        indicators=tuple(indicators),
        scoring=scoring or Scoring(Method("renormalise")),
        targeting=Targeting(),
        robustness=Robustness(),
        fictitious=False,
        date="",
        content={},
    )


def matrix(size=30, columns=5, seed=0, gaps=0.0):
    generator = np.random.default_rng(seed)
    values = generator.normal(50, 20, (size, columns))
    values[generator.uniform(size=values.shape) < gaps] = np.nan
    return values

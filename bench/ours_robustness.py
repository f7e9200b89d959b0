"""Ours: the draws of robustness on made-up values, from scores in memory to intervals and probabilities."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from bench.peers.answering import Clock, answer, played

_THEMES, _STAKES, _FACTORS = 5, 15, 15


def play(what: str, size: str, draws: str, workers: str, out: str) -> None:
    """Answer with the time of ``targets``, ``ranks``, ``rank_indices`` or ``target_indices``."""
    import numpy as np
    import scipy.stats

    values = _values(int(size))
    prepared = (_targets if what.startswith("target") else _ranks)(what, values, int(draws), int(workers))
    clock = Clock()
    found = prepared()
    clock.mark("done")
    digest = hashlib.sha256(b"".join(np.ascontiguousarray(part).tobytes() for part in found)).hexdigest()
    versions = {"numpy": np.__version__, "scipy": scipy.__version__, "bits": digest[:16]}
    answer(out, clock, [], [], versions)


def _values(size: int):
    """Return skewed values that go together a little, as indicators of territories do: 30 of each."""
    import numpy as np

    generator = np.random.default_rng(1)
    common = generator.normal(size=(size, 1))
    return np.exp(0.6 * (0.6 * common + 0.8 * generator.normal(size=(size, _STAKES + _FACTORS))))


def _asked(draws: int):
    from smart_territoires_plugin.core.study.model import Method, Robustness

    # What normalisation by rank and both means have in common is a scale above 0.
    return Robustness(
        draws=draws, normalisation=(Method("rank"),), aggregation=(Method("geometric_mean"),), thresholds=0.05
    )


def _targets(what: str, values, draws: int, workers: int):
    import numpy as np

    from smart_territoires_plugin.core.scoring import score
    from smart_territoires_plugin.core.targeting.choice_indices import target_indices
    from smart_territoires_plugin.core.targeting.segments import segment, threshold
    from smart_territoires_plugin.core.targeting.stability import draw_stability, listing_of
    from smart_territoires_plugin.core.targeting.standing import sure

    study, size = made_up_study(_asked(draws)), len(values)
    scores = score(study, values)
    generator = np.random.default_rng(2)
    unknown = generator.random(size) < 0.2
    high = (generator.random(size) < 0.5) & ~unknown
    evidence = 100 * generator.random(size)
    codes = np.array([f"{number:06d}" for number in range(size)], dtype=object)
    limit = threshold(scores.columns["readiness"], study.targeting.readiness_threshold)
    standing = sure(high, unknown, evidence, np.zeros((size, len(study.scored_themes))))
    published = segment(scores.columns["readiness"], limit, high, unknown)

    def stability():
        made = draw_stability(study, scores, published, standing, codes, workers=workers)
        return made.segment_probabilities, made.shortlist_probability, made.rank_low, made.rank_median, made.rank_high

    def indices():
        listing, _ = listing_of(study, scores, standing, codes)
        made = target_indices(study, scores, listing, workers=workers)
        return [part for one in made.values() for part in (one.first, one.total)]

    return stability if what == "targets" else indices


def _ranks(what: str, values, draws: int, workers: int):
    import numpy as np

    from smart_territoires_plugin.core.models.sobol import rank_indices
    from smart_territoires_plugin.core.scoring.alternatives import alternatives
    from smart_territoires_plugin.core.scoring.hierarchy import Composite, Hierarchy
    from smart_territoires_plugin.core.scoring.normalisation import min_max
    from smart_territoires_plugin.core.scoring.rank_intervals import rank_stability
    from smart_territoires_plugin.core.study.framework import FrameworkIndicator
    from smart_territoires_plugin.core.study.model import Method, Name, Scoring
    from smart_territoires_plugin.core.targeting.stability import runner

    scoring, asked, count = Scoring(Method("error")), _asked(draws), values.shape[1]
    indicators = [FrameworkIndicator(f"i{k}", Name("", ""), "node") for k in range(count)]
    nodes = [Composite(f"n{k}", tuple(range(k, count, 6)), scoring.aggregation) for k in range(6)]
    index = Composite("index", tuple(range(count, count + 6)), scoring.aggregation)
    hierarchy = Hierarchy(count, (*nodes, index))
    normalised = np.column_stack([min_max(column) for column in values.T])
    drawn = alternatives(indicators, [values], normalised, scoring, asked)
    common = (hierarchy, drawn, np.ones(hierarchy.n_columns), asked, count + 6, 50)

    def stability():
        made = rank_stability(*common, run=runner(workers))
        return made.rank_low, made.rank_median, made.rank_high, made.shortlist_probability

    def indices():
        made = rank_indices(*common, run=runner(workers))
        return [part for one in made.values() for part in (one.first, one.total)]

    return stability if what == "ranks" else indices


def made_up_study(asked):
    """Return a study of 15 stakes in five themes and 15 success factors of one axis, as robustness is asked for."""
    from smart_territoires_plugin.core.study.model import (
        Indicator,
        Measure,
        Method,
        Name,
        Scoring,
        Source,
        Study,
        Targeting,
        TerritoriesSpec,
        Theme,
    )

    measure, nobody = Measure("field", "table", None, {"field": "x"}), Name("", "")
    stakes = [Indicator(f"s{k}", nobody, "stake", measure, theme=f"t{k % _THEMES}") for k in range(_STAKES)]
    factors = [Indicator(f"f{k}", nobody, "success_factor", measure, axis="data") for k in range(_FACTORS)]
    return Study(
        path=Path("study.yaml"),
        name="made up",
        crs="EPSG:2154",
        territories=TerritoriesSpec("table", "code", None, None, None, False),
        sources={"table": Source("table", Path("table.csv"), key="code")},
        groups=(),
        themes=tuple(Theme(f"t{k}", nobody) for k in range(_THEMES)),
        indicators=(*stakes, *factors),
        scoring=Scoring(Method("renormalise")),
        targeting=Targeting(),
        robustness=asked,
        fictitious=False,
        date="",
        content={},
    )


if __name__ == "__main__":
    sys.exit(played(play))

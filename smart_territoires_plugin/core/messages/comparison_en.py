"""English wording about the comparison of two runs, and about what a missing-value rule needs."""

from __future__ import annotations

SENTENCES = {
    "cause.values": "values of the territory",
    "cause.others": "values of the other territories",
    "cause.weights": "weights",
    "cause.method": "method",
    "cause.threshold": "where high begins",
    "cause.activity": "activity",
    "cause.coverage": "what is known",
    "method.neighbours": "mean of the territories that share a border",
    "method.knn": "mean of the most alike territories (k nearest neighbours)",
    "method.regression": "regression on the other indicators",
    "compare.title": "{before} → {after}",
    "compare.territories": "Territories in both: {both}; in the first run only: {first}; in the second run only: {second}.",
    "compare.only_first": "  only in the first: {codes}",
    "compare.only_second": "  only in the second: {codes}",
    "compare.differs": "What differs:",
    "compare.nothing_differs": "Nothing differs: same sources, values, weights and method.",
    "compare.weight": "  weight of {name}: {before} → {after}",
    "compare.method": "  {key}: {before} → {after}",
    "compare.source": "  source {name}: other content",
    "compare.values": "  values of {name}, territories: {count}",
    "compare.indicator_gone": "  indicator only in the first run: {name}",
    "compare.indicator_new": "  indicator only in the second run: {name}",
    "compare.version": "  version of the product: {before} → {after}",
    "compare.shortlist": "Shortlist: entered {entered}, left {left}, stayed {stayed}.",
    "compare.entered": "  entered: {codes}",
    "compare.left": "  left: {codes}",
    "compare.segments": "Changes of segment: {count}.",
    "compare.segment_cause": "  {count} by {cause}",
    "compare.score": "{name}: changed in {count} of the territories, by {mean} points on average.",
    "compare.cause": "  {share} from {cause}",
    "compare.not_reproduced": "{name}: its change cannot be taken apart; a step of the method cannot be had again from the files, or not on the other run's values.",
    "compare.others_within": "There are many territories: values of the other territories are counted with the territory's own.",
    "compare.readiness": "Readiness",
}

PROBLEMS = {
    "scoring.rule_in_engine": (
        "the rule “{rule}” runs in the engine, on a Python that has scikit-learn.",
        "Run the study there; scores can then be had again from the values that it completed.",
    ),
    "scoring.no_neighbours": (
        "there are no borders to say which territories are neighbours.",
        "Choose another rule in “scoring: missing”, or give territories with geometries.",
    ),
    "scoring.no_groups": (
        "the territories have no such group, by which gaps are to be filled.",
        "Name one of the groups in “scoring: missing”.",
    ),
    "results.unreadable": (
        "the results cannot be read ({reason}).",
        "Run the study again into this folder.",
    ),
}

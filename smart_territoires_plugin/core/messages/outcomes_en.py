"""English wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outcomes.jenks_zeros": (
        "natural breaks (jenks) have no meaning here: {zeros} of {known} known values are 0.",
        "Use “quantile”, or give the threshold as a number.",
    ),
    "outcomes.jenks_few_values": (
        "natural breaks (jenks) in {classes} classes need at least 2 classes and as many distinct values; there are {distinct}.",
        "Ask for fewer classes, use “quantile”, or give the threshold as a number.",
    ),
}

"""English wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "outcomes.by_default": "by default",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outcomes.jenks_zeros": (
        "natural breaks (jenks) have no meaning here: {zeros} of {known} known values are 0.",
        "Use “quantile”, or give the threshold as a number.",
    ),
    "outcomes.jenks_few_values": (
        "natural breaks (jenks) in {classes} classes need at least 2 classes and as many distinct values; there are {distinct}.",
        "Ask for fewer classes, use “quantile”, or give the threshold as a number.",
    ),
    "outcomes.edit_shared": (
        "“{key}” is named again elsewhere in the file (YAML anchor and alias): changed here, it would change there too.",
        "Write the value out in both places, then start again.",
    ),
    "outcomes.edit_nowhere": (
        "“{key}” leads to no place in the study.",
        "Name a key of the study, from the top, with dots between.",
    ),
    "outcomes.edit_impossible": (
        "this file is written in a way that cannot be edited safely; nothing was changed.",
        "Write the value by hand.",
    ),
    "outcomes.edit_not_writable": (
        "the study cannot be written ({reason}).",
        "Free the place, or name another file.",
    ),
    "outcomes.nothing_to_freeze": (
        "the run found no threshold: neither a potential nor an activity was known.",
        "Take a run that has segments.",
    ),
    "outcomes.freeze_other_study": (
        "the run was made with other content in: {blocks}. Its thresholds may not suit this study.",
        "Run the study again, then freeze the thresholds of that run.",
    ),
    "outcomes.freeze_elsewhere": (
        "the study is in another folder now, and the paths in it are relative to its own.",
        "Move the file beside the former study, or adapt its paths.",
    ),
}

"""English wording of the theme matrix."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "matrix.snippet": "Weights of the theme matrix {file}: paste them into “themes” of the study.",
    "matrix.theme": "{rank}. {theme}: weight {weight}, rank {low} to {high}, first in {first}% of draws.",
    "matrix.turning_point_up": "“{consideration}” weighs {now}%; above {then}%, “{theme}” comes first.",
    "matrix.turning_point_down": "“{consideration}” weighs {now}%; below {then}%, “{theme}” comes first.",
    "matrix.no_turning_point": "No other weight of a single consideration changes which theme comes first, or two share the first rank.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "matrix.theme_twice": (
        "the theme “{theme}” stands twice.",
        "Keep one of them.",
    ),
    "matrix.consideration_twice": (
        "the consideration “{consideration}” stands twice.",
        "Rename or remove one of them.",
    ),
    "matrix.one_way": (
        "the consideration “{consideration}” must say what it thinks of the themes in one way; found: {ways}.",
        "Keep one of “marks”, “counts”, “comparisons” and “register”.",
    ),
    "matrix.all_zero": (
        "the consideration “{consideration}” gives every theme 0.",
        "Mark at least one theme above 0, or remove the consideration.",
    ),
    "matrix.weight_twice": (
        "the consideration “{consideration}” has a weight, and “weights” compares all of them.",
        "Keep the weights or the comparisons.",
    ),
    "matrix.no_weight": (
        "every consideration weighs 0.",
        "Give at least one a weight above 0.",
    ),
    "matrix.no_demand": (
        "{register} asks for none of the themes.",
        "Check the themes’ identifiers in the register, or remove this consideration.",
    ),
    "matrix.demand_elsewhere": (
        "wishes of the register for themes that are not weighed here: {count} ({examples}).",
        "Add these themes, or correct their identifiers in the register.",
    ),
    "matrix.theme_not_in_study": (
        "the study has no theme “{theme}”.",
        "Themes of the study: {known}.",
    ),
    "matrix.study_not_editable": (
        "the themes of the study are written in a way that cannot be edited safely (aliases, or several documents).",
        "Paste theme_weights.yaml by hand.",
    ),
    "matrix.study_itself": (
        "the copy would take the place of the study.",
        "Name another file as OUT.yaml.",
    ),
    "matrix.paths_lead_elsewhere": (
        "the copy is not beside the study, and the paths in it are relative.",
        "Put it into {folder}, or correct its paths.",
    ),
}

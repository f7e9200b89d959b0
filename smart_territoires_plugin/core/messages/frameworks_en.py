"""English wording of the problems of frameworks, methods and ready tables."""

from __future__ import annotations

PROBLEMS = {
    "framework.two_parents": (
        "“{id}” stands below several parents ({parents}).",
        "Give each element one parent, and another id where it is meant to count twice.",
    ),
    "framework.unknown_parent": (
        "the parent “{parent}” of “{id}” does not exist.",
        "Correct it; known near it: {known}.",
    ),
    "framework.loop": ("nodes that stand above themselves: {loop}.", "Give one of them another parent."),
    "framework.no_root": ("no node is at the top: each has a parent.", "Leave the parent of the whole index out."),
    "framework.several_roots": (
        "several nodes have no parent ({roots}).",
        "Keep one index at the top, and put the others below it.",
    ),
    "framework.empty_node": ("the node “{id}” has nothing below it.", "Put indicators below it, or remove it."),
    "framework.weights_all_zero": (
        "everything below “{id}” weighs 0.",
        "Give at least one of its elements a weight above 0.",
    ),
    "framework.own_denominator": ("“{id}” is divided by itself.", "Name another column as its denominator."),
    "framework.no_neighbours": (
        "a table has no map, so the rule “neighbours” cannot find who borders on whom.",
        "Choose another rule: error, renormalise, group_mean, group_median, knn or regression.",
    ),
    "framework.no_column": (
        "the table has no column “{column}”, which {place} needs.",
        "Correct the framework, or add the column; columns near it: {known}.",
    ),
    "framework.empty_key": ("{count} rows have no “{key}” (row {examples}).", "Fill the column, or delete the rows."),
    "framework.duplicated_key": ("“{key}” is not unique: {examples}.", "Keep one row for each."),
    "framework.empty_table": ("the table has no rows.", "Give a table with one row per territory."),
    "framework.not_numbers": (
        "the column “{column}” holds {count} cells that are no numbers ({examples}).",
        "Correct them, empty them, or name them as missing (“table: {{missing: […]}}”).",
    ),
    "framework.not_finite": (
        "the column “{column}” holds {count} infinite values ({examples}).",
        "Correct or empty them.",
    ),
    "framework.denominator_not_positive": (
        "“{denominator}” is 0 or negative for {count} territories ({examples}): “{column}” is missing there.",
        "Check the column; nothing can be said per unit of it where it is 0.",
    ),
    "framework.constant_indicator": (
        "“{column}” is the same everywhere, or empty, and tells no territory from another: left out.",
        "Remove it, or correct its column.",
    ),
    "framework.data_driven_weights": (
        "these weights are taken from the spread of the data, and dispersion is not importance.",
        "Compare with declared or equal weights before anything rests on them.",
    ),
    "framework.nothing_to_score": (
        "no indicator tells the territories apart: no score could be had.",
        "Give at least two territories and one indicator that differs between them.",
    ),
    "method.goalposts_reversed": (
        "the lower bound {low} is not below the upper one {high}.",
        "Write the lower value first; “direction: -1” says that less is better.",
    ),
    "method.log_of_zero": ("a logarithm needs a lower bound above 0, not {low}.", "Raise it, or leave “log” out."),
    "method.curve_not_rising": ("the points of the curve are not in rising order.", "Order them by their first value."),
    "method.reaches_zero": (
        "{aggregation} has no meaning on scores that can be 0 or less, as {normalisation} gives them here.",
        "Use a scale that starts above 0, for example “{{method: min_max, low: 1, high: 100}}”.",
    ),
    "method.score_not_positive": (
        "{aggregation} needs scores above 0, and {count} territories have others ({examples}).",
        "Use a scale that starts above 0, for example “{{method: min_max, low: 1, high: 100}}”.",
    ),
    "method.engine_only": (
        "the method “{method}” needs the engine (scikit-learn or scipy), which a preview inside QGIS has not.",
        "Run the study, or choose another method for the preview.",
    ),
    "scoring.weights_name_no_composite": (
        "the method names elements ({names}) that are all the members of no composite.",
        "Name every indicator of one theme, axis or node, and no other.",
    ),
    "framework.node_without_parent": (
        "the node “{id}” has no parent.",
        "Put it below a theme, an axis or another node: {known}.",
    ),
    "framework.other_branch": (
        "“{id}” stands in the branch of “{top}”, but says “{own}” as its theme or axis.",
        "Choose a node of its own branch.",
    ),
    "framework.mixed_roles": (
        "“{id}” holds stakes and success factors together.",
        "Make a node for each.",
    ),
}

"""English wording of the problems of study files: their form, their references, and what does not go together."""

from __future__ import annotations

PROBLEMS = {
    "document.not_found": ("the file does not exist.", "Give the path of a study file."),
    "document.unreadable": ("the file cannot be read ({reason}).", "Check its permissions."),
    "document.not_utf8": ("the file is not UTF-8 text.", "Save it as UTF-8."),
    "document.too_large": (
        "the document holds {size} of at most {limit} (bytes, or values once unfolded).",
        "Shorten it.",
    ),
    "document.too_deep": ("the document is nested too deep.", "Flatten it."),
    "document.not_yaml": ("this is not valid YAML ({reason}).", "Correct the line."),
    "document.no_mapping": ("the document is no list of “key: value” lines.", "Start with “version: 1”."),
    "document.alias_loop": ("an alias refers to itself.", "Remove the alias."),
    "document.tag": ("the tag “{tag}” is not accepted.", "Write a plain value."),
    "document.key_not_text": ("the key “{key}” is not text.", "Put it between quotes."),
    "document.duplicated_key": ("the key “{key}” is given twice.", "Keep one."),
    "document.not_finite": ("“{value}” is no finite number.", "Give a number."),
    "study.unknown_key": ("unknown key “{key}” in {place}.", "Known keys near it: {known}."),
    "study.missing_key": ("“{key}” is missing in {place}.", "Add it."),
    "study.unknown_value": ("“{value}” is not known for {place}.", "Known values: {known}."),
    "study.wrong_type": ("{place} cannot be “{value}”.", "Give a value of type {wanted}."),
    "study.out_of_range": ("{place} cannot be {value}.", "Give a value {bound}."),
    "study.bad_identifier": (
        "“{value}” cannot be an identifier ({place}).",
        "Use letters without accents, digits and _, beginning with a letter.",
    ),
    "targeting.unknown_group": ("“{group}” is no group of the study.", "Groups of the study: {known}."),
    "targeting.no_exponent": (
        "the priority counts nothing: all three exponents are 0.",
        "Give readiness, stake or evidence an exponent above 0.",
    ),
    "targeting.unit_of_what": (
        "a call unit is either a group or the territories from so many inhabitants on.",
        "Give “group” or “population_from”, one of the two.",
    ),
    "targeting.level_twice": ("the level “{level}” is given twice.", "Give each call unit a “level” of its own."),
    "study.invalid": ("{place} is not valid ({reason}).", "Correct it as the documentation says."),
    "study.unknown_theme": ("the theme “{theme}” is not declared.", "Declared themes: {known}."),
    "study.unknown_source": ("the source “{source}” is not declared.", "Declared sources: {known}."),
    "study.duplicated_id": ("the identifier “{id}” stands {count} times in {block}.", "Give each its own."),
    "study.reserved_id": (
        "no indicator can be called “{id}”: a column of the results has that name.",
        "Give it another identifier.",
    ),
    "study.stake_without_theme": ("the stake “{indicator}” has no theme.", "Add “theme”."),
    "study.factor_without_axis": (
        "the success factor “{indicator}” has no axis.",
        "Add “axis”: innovation, partnership, data or inclusion.",
    ),
    "study.levels_and_weights": (
        "“{indicator}” has {order} levels and {weights} weights.",
        "Give one weight per level, in the same order: the highest level first.",
    ),
    "study.register_not_activity": (
        "“{indicator}” counts the register's projects, but its role is not activity.",
        "Write “role: activity”.",
    ),
    "study.factor_feeds_activity": (
        "the source “{source}” feeds both a success factor and the activity.",
        "Use it for one of the two: a cause must not be measured by its effect.",
    ),
    "study.weights_all_zero": ("all weights of the role {role} are zero.", "Give at least one a weight above 0."),
    "study.unknown_group": (
        "the rule {rule} needs a group, and “{group}” is none.",
        "Write “missing: {{method: {rule}, group: …}}” with one of: {known}.",
    ),
    "study.geometric_reaches_zero": (
        "a geometric mean on a scale that reaches 0 would annul a territory for one bad indicator.",
        "Use “normalisation: {{method: min_max, low: 1, high: 100}}”, or the arithmetic mean.",
    ),
}

"""English wording of a territory beside the others, and of the least changes that would turn a decision."""

from __future__ import annotations

SENTENCES = {
    "explain.shapley": (
        "What takes the readiness from {baseline}, that of a territory at the mean of all, to {value} (Shapley values):"
    ),
    "explain.not_taken_apart": (
        "The readiness of {value} rests on comparing all territories with one another: "
        "among so many it is not taken apart."
    ),
    # Of call units.
    "explain.unit": "Call unit ({level}) of {territories} territories.",
    "explain.called_through": "Called through {name} ({code}, {level}): {standing}.",
    "explain.called_itself": "A call unit of its own ({level}): {standing}.",
    "explain.unit_target": "target {rank} of the call units",
    "explain.unit_readiness": "The readiness of {value} is the mean of its territories by inhabitants. What each adds:",
    "explain.member": "  {points}  {name} ({code}): {readiness}, {population} inhabitants, {segment}",
    "explain.members_rest": "  {points}  the {count} others together",
    "explain.members_unknown": "  not known, and left out of the mean: {count}",
    # Beside the others.
    "explain.ranks": "Readiness: {ranks}.",
    "explain.rank_of_all": "rank {rank} of {among} territories",
    "explain.rank_in_group": "{rank} of {among} in {group} {name}",
    "explain.rank_in_size": "{rank} of {among} among those of {size}",
    "explain.size_below": "fewer than {most} inhabitants",
    "explain.size_between": "{least} to {most} inhabitants",
    "explain.size_above": "{least} inhabitants or more",
    "explain.semicolon": "; ",
    "explain.against_all": "among all territories",
    "explain.against_group": "within {group} {name}",
    "explain.against_peers": "among the {count} territories most like it",
    "explain.strong_points": "Strong points {where}: {named}.",
    "explain.weak_points": "Weak points {where}: {named}.",
    "explain.standing": "{name} ({value}, rank {rank} of {among})",
    # The least changes.
    "explain.change_up": (
        "To pass the readiness threshold of {threshold} and become “{segment}”, any one of these would be enough:"
    ),
    "explain.change_down": (
        "To fall to the readiness threshold of {threshold} and become “{segment}”, any one of these would be enough:"
    ),
    "explain.change_list": (
        "To enter the shortlist of {shortlist}, a readiness above {threshold} would do; "
        "any one of these would be enough:"
    ),
    "explain.change_list_never": (
        "Even the highest readiness would not bring it into the shortlist of {shortlist}: "
        "its stake and its recorded activity keep it out."
    ),
    "explain.change_value": "  {name}: from {before} to {after} ({share}% of the range observed)",
    "explain.change_weight": "  the weight of {name} in the whole study: from {before} to {after}",
    "explain.change_out_of_reach": "  out of reach within the range observed: {names}",
    "explain.change_no_value": "  no indicator alone would do within the range observed",
    "explain.change_held": "(The scale of each indicator, the thresholds and the other territories stay as published.)",
    "explain.change_not_searched": (
        "What would have to change is not searched: the aggregation compares all territories with one another, "
        "and there are too many."
    ),
}

"""English wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "outcomes.by_default": "by default",
    "outcomes.entered": "{name} is new on the list “{list}”: {why}",
    "outcomes.left": "{name} is no longer on the list “{list}”: {why}",
    "outcomes.stayed": "{name} stays on the list “{list}”.",
    "outcomes.called": "It was called on {date} ({outcome}).",
    "outcomes.list.shortlist": "to call",
    "outcomes.list.engage": "to engage",
    "outcomes.list.raise_awareness": "to raise awareness",
    "outcomes.list.showcase": "to showcase",
    "outcomes.list.verify": "to verify",
    "outcomes.why.data": "{indicator} went from {before} to {after}, and {score} from {score_before} to {score_after}.",
    "outcomes.why.population": "its population went from {before} to {after}.",
    "outcomes.why.coverage": "too little is known of it in one of the runs ({score}: {score_before}, then {score_after}).",
    "outcomes.why.weights": "the weights are others ({score}: {score_before}, then {score_after}).",
    "outcomes.why.method": "the method or its thresholds are others ({score}: {score_before}, then {score_after}).",
    "outcomes.why.relative": "nothing decisive changed in its own figures, others moved ({score}: {score_before}, then {score_after}).",
    "outcomes.why.outreach": "since it was called, the register holds other projects of it (active: {before}, then {after}).",
    "outcomes.why.activity": "the register holds other projects of it (active: {before}, then {after}).",
    "outcomes.why.decision": "a person decided so on {date}: {reason}",
    "outcomes.why.decision_gone": "a person’s decision on it was withdrawn.",
    "outcomes.why.territories": "it is in one of the two runs only.",
    "outcomes.why.units": "it is a unit of several territories, which have their own figures.",
    "outcomes.cause.data": "data",
    "outcomes.cause.coverage": "what is known",
    "outcomes.cause.weights": "weights",
    "outcomes.cause.method": "method or thresholds",
    "outcomes.cause.relative": "others moved",
    "outcomes.cause.outreach": "projects since a call",
    "outcomes.cause.activity": "projects in the register",
    "outcomes.cause.decision": "decision of a person",
    "outcomes.cause.territories": "in one run only",
    "outcomes.cause.units": "call unit",
    "outcomes.counts": "List “{list}”: entered {entered}, left {left}, stayed {stayed}.",
    "outcomes.count_by_cause": "  {count}: {cause}",
    "outcomes.unknown": "unknown",
    "outcomes.score.readiness": "the potential",
    "outcomes.score.stake": "the stake “{theme}”",
    "outcomes.contact.interest_confirmed": "interest confirmed",
    "outcomes.contact.declined": "declined",
    "outcomes.contact.unknown": "no answer yet",
    "outcomes.called_count": "Called from {since} to {until}: {called}. Interest confirmed: {confirmed}. With more active projects than before: {more}. In another segment: {segment}.",
    "outcomes.nobody": "Nobody was called between the two registers: nothing to compare.",
    "outcomes.no_pairs": "None of those called has an uncalled neighbour in score: there is nothing to compare them with.",
    "outcomes.compared": "{pairs} of those called are compared with as many uncalled neighbours, each used once, alike within {caliper} standard deviations in priority, potential, evidence and population.",
    "outcomes.difference.more_projects": "More active projects: {called} of those called, {uncalled} of their neighbours; difference {estimate} points ({interval}).",
    "outcomes.difference.segment_changed": "In another segment: {called} of those called, {uncalled} of their neighbours; difference {estimate} points ({interval}).",
    "outcomes.difference.projects_gained": "Active projects gained on average: {called} by those called, {uncalled} by their neighbours; difference {estimate} ({interval}).",
    "outcomes.kind.descriptive": "This comparison is descriptive: nobody was called by lot. Low counts rise by themselves, and those who call choose; what the pairs do not show, they do not hold equal.",
    "outcomes.kind.randomised": "This comparison is randomised: those called were drawn by lot.",
    "outcomes.start": "the start",
    "outcomes.why.relative_same": "its own figures are as they were ({score}: {score_after}), others moved.",
    "outcomes.interval": "95% interval: {low} to {high}",
    "outcomes.no_interval": "too few pairs for an interval",
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
    "outcomes.no_register": (
        "the register cannot be read ({reason}).",
        "Name a register in GeoPackage; where QGIS holds it open, save its edits first.",
    ),
    "outcomes.no_contacts": (
        "the register has no table “{table}”.",
        "Write a register with the command “register”, and note the calls in it.",
    ),
    "outcomes.contacts_lack": (
        "the table of contacts has no column: {columns}.",
        "Add it, or take the template of the register.",
    ),
    "outcomes.contact_date": (
        "row {row}: “{value}” in “{column}” is no date.",
        "Write it as 2026-01-31.",
    ),
    "outcomes.unknown_codes": (
        "contacts of territories that are in neither run: {count} ({codes}).",
        "Check their codes in the register.",
    ),
}

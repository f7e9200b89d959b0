"""English wording of outreach sheets and the note to the director."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # Workbooks.
    "workbook.legend": "legend",
    "workbook.columns": "A line per column: the sheet, the column, what it holds.",
    "workbook.empty": "An empty cell means that the value is missing or does not apply.",
    "workbook.codes": "Codes that some columns hold: the column, the code, what it means.",
    "workbook.meaning": "{name} ({meaning})",
    # Sheets.
    "outreach.kind.internal": "Outreach sheet · segment: {segment}",
    "outreach.kind.public": "Territory sheet · potential to support",
    "outreach.named": "{name} ({code})",
    "outreach.standing": (
        "Target no. {rank} of {among}; ranked between {low} and {high} in 90% of the assumptions tested. {stability}."
    ),
    "outreach.standing_one": (
        "Target no. {rank} of {among}; ranked {low} in 90% of the assumptions tested. {stability}."
    ),
    "outreach.stamp": "Stability “{stamp}”: among the first {shortlist} {when}",
    "outreach.theme": "What to speak about, and why",
    "outreach.stake": "Stake of {value} in this territory; median of all territories: {median}.",
    "outreach.indicator": "Indicator",
    "outreach.factor": "Success factor",
    "outreach.own": "Here",
    "outreach.median": "Median",
    "outreach.showcases": "Showcases (median)",
    "outreach.strengths": "Its strengths",
    "outreach.levers": "Levers that are missing",
    "outreach.change": "The smallest change that would move it on",
    "outreach.change.verify": (
        "One call is enough: nobody has looked for projects here yet, and nothing recorded does not mean nothing done."
    ),
    "outreach.change.project": (
        "{more} more project (from {before} to {after}), readiness being equal, would make it a {segment}: above the "
        "activity threshold of {threshold} smoothed projects per 10,000 inhabitants."
    ),
    "outreach.change.projects": (
        "{more} more projects (from {before} to {after}), readiness being equal, would make it a {segment}: above the "
        "activity threshold of {threshold} smoothed projects per 10,000 inhabitants."
    ),
    "outreach.with": "With whom",
    "outreach.group": "Suggested exchange group: {group}, with {others}.",
    "outreach.group_alone": "Suggested exchange group: {group}.",
    "outreach.showcase": "Nearest showcase: {name} ({code}), {distance} km away.",
    "outreach.means": "With which means",
    "outreach.cofunder": "Possible co-funder: {cofunder}.",
    "outreach.cofunder_rate": "Possible co-funder: {cofunder}, at {rate}.",
    "outreach.residual": "{residual} would be left to pay.",
    "outreach.activity": "What is known of its activity",
    "outreach.members.internal": "Its territories, those to speak with first in front",
    "outreach.members.public": "Its territories",
    "outreach.member": "{name} ({code}): {segment}, readiness of {readiness}",
    "outreach.member_unknown": "{name} ({code}): {segment}",
    "outreach.members_rest": "and {count} more",
    "outreach.contact": "Whom to address",
    "outreach.contact_default": "Chief executive’s office (suggested by default, to be confirmed)",
    "outreach.caution": "To know before speaking about it",
    "outreach.coverage": "Data available: {share} (share of the weights that is known, before any imputation).",
    "outreach.date": "data as of {date}",
    "outreach.no_date": "date of the data not given",
    "outreach.sources": "Study “{study}”, {date}. Sources: {names}. Computed by Smart Territoires.",
    "outreach.listed": "{first} and {last}",
    "outreach.argument.stake": "On the theme “{theme}”, {name} has a stake of {stake}: {details}.",
    "outreach.argument.stake_alone": "On the theme “{theme}”, {name} has a stake of {stake}.",
    "outreach.argument.strengths": "A project there can build on strengths: {strengths}.",
    "outreach.index.internal": "Outreach sheets",
    "outreach.index.public": "Territories: a potential to support",
    "outreach.index.empty": "No territory is on the list of targets.",
    "outreach.index.standing": "Rank and stability",
    # Columns of the mail merge.
    "outreach.column.place": "Département, EPCI or other group",
    "outreach.column.stake": "Stake of the theme to speak about",
    "outreach.column.argument": "Argument, ready for a letter",
    "outreach.column.strengths": "Strengths",
    "outreach.column.levers": "Levers that are missing",
    "outreach.column.peer_sentence": "The peer and what it did",
    "outreach.column.cofunding": "Possible co-funders",
    "outreach.column.call_title": "Title of the open call that fits",
    "outreach.column.call": "The call, or why there is none",
    "outreach.column.activity_sentence": "What is known of its activity",
    "outreach.column.change": "The smallest change that would move it on",
    "outreach.column.contact_role": "Role to contact (never a person)",
    "outreach.column.page": "File of the sheet",
    # Note to the director.
    "outreach.note.title": "Note to the director: which territories to call first",
    "outreach.note.below": "{study}, {date}.",
    "outreach.note.question": "The answer in a sentence",
    "outreach.note.territories": "{count} territories",
    "outreach.note.units": "{count} call units ({kinds})",
    "outreach.note.answer": (
        "Of {studied} studied, {engage} have what it takes to succeed and still run few projects; we "
        "propose to call those in the table first, beginning with {first}."
    ),
    "outreach.note.answer_theme": "Theme that comes up most: {theme} ({often} of {count}).",
    "outreach.note.answer_none": (
        "Of {studied} studied, none is to be called first: {engage} have high readiness and low activity."
    ),
    "outreach.note.targets": "The first {count} targets, and three reasons for each",
    "outreach.note.target": "Territory",
    "outreach.note.reasons": "Why",
    "outreach.note.named": "{rank}. {name} ({code})",
    "outreach.note.unranked": "not ranked, chosen by a person",
    "outreach.note.named_unranked": "{name} ({code})",
    "outreach.note.rank": "ranked {low} to {high}, {stability}",
    "outreach.note.rank_one": "ranked {low}, {stability}",
    "outreach.note.stake": "{theme}: stake of {value} (median {median}); {details}.",
    "outreach.note.stake_alone": "{theme}: stake of {value} (median {median}).",
    "outreach.note.activity": "Activity: {projects}, expected {expected}; of 100 territories like this one, {evidence} do more.",
    "outreach.note.readiness": "Readiness of {value} (threshold {threshold}): {strengths}.",
    "outreach.note.readiness_alone": "Readiness of {value} (threshold {threshold}).",
    "outreach.note.sure": "How sure we are",
    "outreach.note.stamp": "{count} “{stamp}” ({when})",
    "outreach.note.stability": (
        "Place among the first {shortlist} as assumptions vary ({draws} draws): {stamps}. The ranks given are the "
        "interval that holds the rank in 90% of the draws."
    ),
    "outreach.note.widest": "The least certain is that of {name}: between {low} and {high}.",
    "outreach.note.model_none": (
        "The number of projects to be expected is that of territories of the same population; it rests on no other model."
    ),
    "outreach.note.reservations": "What calls for caution",
    "outreach.note.verify": (
        "Territories with high readiness whose activity is unknown: {count}. Nothing recorded does not mean nothing done."
    ),
    "outreach.note.insufficient_data": "Territories whose data do not allow their readiness to be scored: {count}.",
    "outreach.note.quality": "Checks of the sources: {r} findings repaired, {w} kept with a warning, {m} left missing.",
    "outreach.note.imputed": "Values missing from the sources: {missing}; values imputed: {imputed}.",
    "outreach.note.coverage": (
        "Territories in the table with incomplete data: {count} (at least {least} of the weights are known)."
    ),
    "outreach.note.too_small": (
        "Territories in the table too small to be judged alone (less than one project to be expected): {count}."
    ),
    "outreach.note.descriptive": (
        "Weights and thresholds are choices: this list helps to decide, it passes judgement on no territory."
    ),
    "outreach.note.steps": "What we propose",
    "outreach.note.step_call": (
        "Call the territories in the table ({count}) in this order, outreach sheet in hand, with the peer that it proposes."
    ),
    "outreach.note.step_verify": "Check with a simple call the territories whose activity is unknown ({count}).",
    "outreach.note.step_record": (
        "Record the outcome of each call in the register, then compute the list again before the next round of calls."
    ),
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outreach.no_units": (
        "these results hold no call units.",
        "Ask for them in the study (targeting: call_units) and run it again, or take the territories.",
    ),
    "outreach.own_folder": (
        "the sheets cannot be written into the folder of the results.",
        "Give another folder, or a folder inside it.",
    ),
    "outreach.not_html": ("the note is written to a .html file.", "Give a name that ends in .html."),
    "outreach.not_written": (
        "the note cannot be written ({reason}).",
        "Choose another file, or check its permissions and the free space.",
    ),
}

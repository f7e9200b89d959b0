"""English wording of the lists of territories, and why one is or is not in them."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # Peers and exchange groups.
    "peers.size": "number of inhabitants",
    "peers.likeness": "{peer} is more like {name} than {share}% of the other territories are.",
    "peers.likeness_most": "{peer} is, of all territories, the one most like {name}.",
    "peers.join": "; ",
    "peers.both": "{what} ({own} against {other})",
    "peers.alike": "{name} and {peer} are alike by {details}.",
    "peers.different": "{name} and {peer} differ most by {details}.",
    "peers.did_on": "What {peer} did on {theme}: {did}.",
    "peers.did": "What {peer} did: {did}.",
    "peers.did_else": "What {peer} did on other themes: {did}.",
    "peers.group": "{theme} – {place} and around",
    "peers.group_coded": "{theme} – {place} ({code}) and around",
    # Reference territories elsewhere.
    "benchmark.intro": "Reference elsewhere, {name} ({country}): {details}.",
    "benchmark.intro_no_country": "Reference elsewhere, {name}: {details}.",
    "benchmark.year": "{value} in {year}",
    "benchmark.join": "; ",
    "benchmark.better": "better on {what} ({own} against {other})",
    "benchmark.worse": "behind on {what} ({own} against {other})",
    "benchmark.same": "level on {what} ({own} against {other})",
    "benchmark.higher": "higher on {what} ({own} against {other})",
    "benchmark.lower": "lower on {what} ({own} against {other})",
    # Calls.
    "call.fits": "Open call that fits: {title}, until {closing}.",
    "call.fits_no_end": "Open call that fits: {title}, without a closing date.",
    "call.pending": "Already an applicant to the open call {title}: the answer is awaited.",
    "call.selected": "Already selected in the open call {title}.",
    "call.date": "{day} {month} {year}",
    "call.first_day": "1",
    "call.months": ("January,February,March,April,May,June,July,August,September,October,November,December"),
    "call.no_date": "Which calls are open is not known: the study has no date.",
    "call.none_recorded": "The register has no call.",
    "call.none_open": "No call of the register is open on {date}.",
    "call.none_on_theme": "No call that is open on {date} covers the theme {theme}.",
    "call.none_on_no_theme": "No call that is open on {date} is for any theme, and no theme is known here.",
    "call.none_for_kind": "The open calls on {theme} are for other kinds of territory.",
    "call.none_for_kind_any": "The open calls are for other kinds of territory.",
    # Co-funders.
    "cofunding.cost": "A project on {theme} typically costs {cost} (median of {count}).",
    "cofunding.of": "{cofunder} has co-funded {count} on {theme}, at {rate}.",
    "cofunding.of_range": "{cofunder} has co-funded {count} on {theme}, at {rate} in the median ({low} to {high}).",
    "cofunding.residual": "At that rate, {residual} of {cost} would be left to pay.",
    "cofunding.leverage": "Each euro of its own brought {leverage} of co-funding.",
    "cofunding.projects_one": "{count} project",
    "cofunding.projects_many": "{count} projects",
    # The four lists.
    "lists.join": "; ",
    "lists.name.engage": "engage",
    "lists.name.raise_awareness": "raise awareness",
    "lists.name.showcase": "showcase",
    "lists.name.verify": "verify",
    "lists.name.left_out": "in no list",
    "lists.argument": "{theme}: {indicator}, {value}.",
    "lists.argument_share": "{theme}: {indicator}, {value}; the matter is less pressing in {share}% of the others.",
    "lists.argument_most": "{theme}: {indicator}, {value}; the matter is less pressing everywhere else.",
    "lists.share_theme": "{theme} ({projects})",
    "lists.share_projects": "What it did: {themes}.",
    "lists.share_count": "What it did: {projects}, themes not recorded.",
    "lists.share_factor": "Its strongest success factor: {name} ({value}).",
    "lists.note.beyond": "Beyond the call list; rank {rank}.",
    "lists.note.other_theme": "No showcase is active on this theme: the nearest of all is named.",
    "lists.note.no_showcase": "No showcase can be named.",
    "lists.note.nobody": "No territory has it as nearest showcase or peer.",
    "lists.note.verify": "To be confirmed by a call: nothing recorded is not inactivity.",
    "lists.note.insufficient_data": "In no list: too little is known to compute its readiness; complete the data.",
    "lists.note.excluded": "Taken out of the lists by a person.",
    "lists.note.excluded_rank": "Taken out of the lists by a person; its computed rank is {rank}.",
    "lists.note.support": "In no list: active, with low readiness; to be backed up with engineering.",
    "lists.note.no_readiness": "In no list: the study has no success factor to tell readiness by.",
    # Decisions of a person.
    "lists.decision.pin": "pinned by a person",
    "lists.decision.add": "added by a person",
    "lists.decision.exclude": "excluded by a person",
    "lists.decision_said.pin": "Pinned by {author} on {date}: {reason}.",
    "lists.decision_said.add": "Added by {author} on {date}: {reason}.",
    "lists.decision_said.exclude": "Excluded by {author} on {date}: {reason}.",
    # Why not this one?
    "lists.why.unknown_code": "{code}: no territory of the study has this code.",
    "lists.why.no_readiness": "{name} is in no list: the study has no success factor, so nobody's readiness is known.",
    "lists.why.insufficient_data": "{name} is not in the list: its readiness cannot be computed. Lacking: {lacking}.",
    "lists.why.insufficient_data_alone": "{name} is not in the list: its readiness cannot be computed.",
    "lists.why.readiness_low": (
        "{name} is not in the list: its readiness of {readiness} is not above the threshold of {threshold} "
        "({short} short)."
    ),
    "lists.why.readiness_equal": (
        "{name} is not in the list: its readiness of {readiness} is exactly the threshold, and must be above it."
    ),
    "lists.why.activity_unknown": (
        "{name} is not in the list: nobody looked for its projects, and nothing recorded is not inactivity. "
        "One call would tell."
    ),
    "lists.why.activity_high": (
        "{name} is not in the list because it is active already: {projects}, or {activity} per 10,000 inhabitants once "
        "small numbers are allowed for, above the threshold of {threshold}."
    ),
    "lists.why.activity_high_count": "{name} is not in the list because it is active already: {projects}.",
    "lists.why.excluded": "{name} has rank {rank} by the computation, but a person took it out of the list.",
    "lists.why.beyond_shortlist": (
        "{name} is a target, but has rank {rank}, beyond the call list of {shortlist}: its priority is {priority}, "
        "that of the last one in by rank, {last_name} (rank {last_rank}), is {last_priority}."
    ),
    "lists.why.beyond_shortlist_equal": (
        "{name} is a target, but has rank {rank}, beyond the call list of {shortlist}: its priority of {priority} is "
        "that of the last one in by rank, {last_name} (rank {last_rank}), whose code comes first."
    ),
    "lists.why.beyond_shortlist_alone": "{name} is a target, but has rank {rank}, beyond the call list of {shortlist}.",
    "lists.why.listed": "{name} is in the call list: place {place} of {called}.",
    "lists.why.change": "The smallest change that would do, alone: {change}.",
    "lists.why.no_change": "No success factor alone would do within the range observed.",
    "quality.decision_unknown_code": "Decisions on codes that no territory has",
    "quality.decision_contradicted": "Decisions that contradict one another on a territory: the latest counts",
    # What the register adds; for the region's own people.
    "approach.asked": "It asked itself to speak about: {themes}.",
    "approach.motivation": "Motivation heard there: {motivation} of 5 (interviews: {count}).",
    "approach.interviews": "Interviews held there: {count}.",
    "approach.called": "Called last on {date}: {outcome}.",
    "approach.outcome.interest_confirmed": "interest confirmed",
    "approach.outcome.declined": "declined",
    "approach.outcome.unknown": "outcome unknown",
    "approach.next": "Next: {action} (by {due}).",
    "approach.next_overdue": "Next: {action} (overdue since {due}).",
    # Levers.
    "lists.strengths": "To lean on: {named}.",
    "lists.missing_levers": "Missing levers: {named}.",
    "lists.lever": "{name} ({value}, against {showcase} for the middle showcase)",
    "lists.lever_alone": "{name} ({value})",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "lists.decision_unknown_code": (
        "The decision of {author} on {date} names {code}, which no territory has.",
        "Correct the code, or take the decision out.",
    ),
    "lists.decision_contradicted": (
        "{count} decisions contradict one another on {code}: the latest counts ({kept}, {date}).",
        "Take out those that no longer hold.",
    ),
}

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
}

PROBLEMS: Mapping[str, tuple[str, str]] = {}

"""English wording of the choice under means: who first, within a budget."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "means.summary": "{chosen} chosen of {candidates} candidates, worth {value} in all ({proven}).",
    "means.optimal": "proven to be the best choice",
    "means.best_found": "the best choice found; another could be worth {gap}% more at most",
    "means.used_days": "Days: {used} of {limit}.",
    "means.used_eur": "Euros of one’s own: {used} of {limit}.",
    "means.leverage": "Co-funding brings €{cofunding} beside €{own} of one’s own: €{leverage} for each euro.",
    "means.binding": "What limits the choice: {conditions}.",
    "means.alternatives": "Other choices within {gap}% of this value, as different as can be: {found}.",
    "means.condition.days": "{limit} days",
    "means.condition.eur": "€{limit} of one’s own",
    "means.condition.group_min": "at least {number} in {group} {value}",
    "means.condition.group_max": "at most {number} in {group} {value}",
    "means.condition.theme_min": "at least {number} on “{theme}”",
    "means.condition.theme_max": "at most {number} on “{theme}”",
    "means.condition.size_min": "at least {number} of {size} inhabitants",
    "means.condition.size_max": "at most {number} of {size} inhabitants",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "means.no_limit": (
        "the plan has no means.",
        "Add “days” or “budget_eur”.",
    ),
    "means.no_cost_eur": (
        "nothing says what a choice costs in euros.",
        "Add “eur” below “costs”: a number, “by_size”, or a table.",
    ),
    "means.list_or_segments": (
        "“list” and “segments” both say who the candidates are.",
        "Keep one of them.",
    ),
    "means.sizes_not_ascending": (
        "the classes of population begin at {starts}.",
        "Begin at 0 and go up, each start once.",
    ),
    "means.cofunding_twice": (
        "co-funding is given both as a rate and in euros.",
        "Keep “cofunding_rate_pct” or “cofunding_eur”.",
    ),
    "means.quota_without_number": (
        "the quota has neither “min” nor “max”.",
        "Add one of them.",
    ),
    "means.quota_upside_down": (
        "at least {minimum} and at most {maximum} cannot both hold.",
        "Exchange “min” and “max”, or correct one.",
    ),
    "means.size_upside_down": (
        "no population is from {first} on and below {last}.",
        "Correct “population_from” or “population_to”.",
    ),
    "means.both_must": (
        "{code} must be chosen and must not be.",
        "Take it out of “must_have” or of “must_not”.",
    ),
    "means.no_weight": (
        "every weight of the value is 0.",
        "Give at least one column a weight above 0.",
    ),
    "means.unknown_code": (
        "the results have no territory {code}.",
        "Correct the code (write it between quotes if it begins with 0), or take it out.",
    ),
    "means.unknown_value": (
        "“{column}” is no column that a choice can be valued by.",
        "Columns near it: {known}.",
    ),
    "means.no_list": (
        "these results hold no list “{list}”.",
        "Name “segments” instead, or run the study again with this version.",
    ),
    "means.no_level": (
        "these results have no {file}.",
        "Run the study with call units, or take “level” out.",
    ),
    "means.nobody": (
        "no territory is a candidate.",
        "Widen “candidates”, or take codes out of “must_not”.",
    ),
    "means.without_value": (
        "candidates without a value are left out: {count} ({examples}).",
        "Name another column as “value” if they should be chosen too.",
    ),
    "means.no_population": (
        "candidates without a population have no class of cost: {count} ({examples}).",
        "Give one cost for all, or a table of costs.",
    ),
    "means.costs_elsewhere": (
        "codes of {table} that the results do not have: {count} ({examples}).",
        "Check these codes; their rows are passed over.",
    ),
    "means.costs_twice": (
        "codes with several costs in {table}: {count} ({examples}).",
        "Keep one row for each.",
    ),
    "means.not_numbers": (
        "cells of “{column}” that hold no number: {count}, for {examples}.",
        "Correct these cells.",
    ),
    "means.cost_missing": (
        "candidates without a cost in “{column}”: {count} ({examples}).",
        "Fill them in, add “otherwise” with a cost for those, or put them in “must_not”.",
    ),
    "means.cost_not_positive": (
        "candidates with a cost of zero or less in “{column}”: {count} ({examples}).",
        "Write what each costs: what is free would always be chosen.",
    ),
    "means.cofunding_range": (
        "candidates to whom “{column}” brings less than nothing or more than the whole cost: {count} ({examples}).",
        "Correct it: a rate is 0 to 100, an amount at most the cost.",
    ),
    "means.unknown_group": (
        "the results have no group “{group}”.",
        "Groups of these results: {known}.",
    ),
    "means.unknown_group_value": (
        "no territory of the results has “{value}” as {group}.",
        "Values near it: {known}.",
    ),
    "means.unknown_theme": (
        "the results recommend no theme “{theme}”.",
        "Themes with a stake: {known}.",
    ),
    "means.too_little_days": (
        "{limit} days do not pay for anyone: the least costs {cheapest}.",
        "Raise “days”, or lower the costs.",
    ),
    "means.too_little_eur": (
        "{limit} euros do not pay for anyone: the least costs {cheapest}.",
        "Raise “budget_eur”, or lower the costs.",
    ),
    "means.not_settled": (
        "the search ended after {nodes} steps without any choice.",
        "Loosen quotas, or round costs to whole days and hundreds of euros.",
    ),
    "means.group_blocks": (
        "the quota of at least {number} in {group} {value} cannot be met with the candidates that remain ({remaining}).",
        "Lower this minimum, widen “candidates”, or take codes out of “must_not”.",
    ),
    "means.theme_blocks": (
        "at least {number} on the theme {theme} cannot be met with the candidates that remain ({remaining}).",
        "Lower this minimum, name “themes” without it, or widen “candidates”.",
    ),
    "means.size_blocks": (
        "at least {number} of {size} inhabitants cannot be met with the candidates that remain ({remaining}).",
        "Lower this minimum, or widen the class or “candidates”.",
    ),
    "means.conflict": (
        "no choice keeps {count} conditions of the plan together; the lines that follow name them.",
        "Loosen any one of them.",
    ),
    "means.conflict_days": (
        "{limit} days are given; the other conditions named take at least {needed}.",
        "Raise “days”, or loosen one of the others.",
    ),
    "means.conflict_eur": (
        "{limit} euros are given; the other conditions named take at least {needed}.",
        "Raise “budget_eur”, or loosen one of the others.",
    ),
    "means.conflict_group_min": (
        "at least {number} are asked in {group} {value} (candidates: {remaining}).",
        "Lower this minimum, or loosen one of the others.",
    ),
    "means.conflict_group_max": (
        "at most {number} are allowed in {group} {value}.",
        "Raise this maximum, or loosen one of the others.",
    ),
    "means.conflict_theme_min": (
        "at least {number} are asked on the theme {theme} (candidates: {remaining}).",
        "Lower this minimum, or loosen one of the others.",
    ),
    "means.conflict_theme_max": (
        "at most {number} are allowed on the theme {theme}.",
        "Raise this maximum, or loosen one of the others.",
    ),
    "means.conflict_size_min": (
        "at least {number} of {size} inhabitants are asked (candidates: {remaining}).",
        "Lower this minimum, or loosen one of the others.",
    ),
    "means.conflict_size_max": (
        "at most {number} of {size} inhabitants are allowed.",
        "Raise this maximum, or loosen one of the others.",
    ),
    "means.conflict_must_have": (
        "{code} must be chosen.",
        "Take it out of “must_have”, or loosen one of the others.",
    ),
}

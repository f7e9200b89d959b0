"""English wording about weights: the methods, what each kind of them is worth, and what can be wrong with them."""

from __future__ import annotations

SENTENCES = {
    "weighting.declared": "declared weights",
    "weighting.equal": "equal weights",
    "weighting.ahp": "pairwise comparisons (AHP)",
    "weighting.budget_allocation": "points shared out by experts",
    "weighting.matched_importance": "weights that give each element the importance wished",
    "weighting.entropy": "entropy",
    "weighting.critic": "contrast and conflict (CRITIC)",
    "weighting.principal_component": "principal components",
    "weighting.benefit_of_the_doubt": "benefit of the doubt",
    "weighting_kind.plain": "plain",
    "weighting_kind.expert": "for specialists",
    "weighting_kind.data_driven": "taken from the data",
    "weighting_warning.data_driven": (
        "These weights are taken from the spread of the data, and dispersion is not importance: "
        "an element weighs much because territories differ in it, not because it matters."
    ),
    "weighting.consistency": "Consistency ratio {ratio}, up to 0.1 being held acceptable; pairs not compared: {missing}.",
    "weighting.comparison": "{first} to {second}: said {said}, the weights say {implied}.",
    "weighting.disagreement": "On average an expert would have to move {share}% of the points to agree with the mean.",
    "weighting.differs": "{element}: declared weight {declared}%, importance {importance}%.",
    "weighting.redundant": "{first} and {second} say nearly the same (correlation {correlation}): they count twice.",
    "weighting.opposed": "{first} and {second} oppose each other (correlation {correlation}): one takes back the other.",
    "weighting.alpha": "Internal consistency (Cronbach's alpha): {alpha}.",
}

PROBLEMS = {
    "weights.not_by_element": ("“{value}” is no list by element.", "Write one line per element: “element: value”."),
    "weights.unknown_element": ("“{element}” is not among what is weighed here.", "Known: {known}."),
    "weights.absent_elements": ("nothing is said of {elements}.", "Add it; 0 may be said too."),
    "weights.not_an_amount": ("“{element}” cannot have “{value}”.", "Give a number: 0 or above."),
    "weights.experts_differ": (
        "the elements do not have the same number of experts ({counts}).",
        "Give each element one number per expert, in the same order.",
    ),
    "weights.expert_without_points": (
        "expert number {expert} gave no points at all.",
        "Leave this expert out, or complete the points.",
    ),
    "weights.negative_scores": (
        "scores below 0: {count}; {method} needs 0 or more.",
        "Use a scale that does not go below 0, for example “normalisation: {{method: min_max, low: 1, high: 100}}”.",
    ),
    "weights.not_a_comparison": (
        "“{value}” is no comparison.",
        "Write “[one, other, 3]”: one is 3 times as important as the other.",
    ),
    "weights.not_a_ratio": (
        "“{first}” cannot be “{value}” times as important as “{second}”.",
        "Give a number above 0, or a fraction such as 1/3.",
    ),
    "weights.compared_with_itself": ("“{element}” is compared with itself.", "Remove this comparison."),
    "weights.contradicted": (
        "“{first}” is said to be {said} times as important as “{second}”, and {other} times.",
        "Keep one answer; the reverse of 3 is 1/3.",
    ),
    "weights.not_tied": (
        "no comparison ties these groups to one another: {groups}.",
        "Compare an element of each group with one of another.",
    ),
    "weights.inconsistent": (
        "the comparisons contradict each other (consistency ratio {ratio}, at most 0.1 is acceptable); worst: “{first}” to “{second}” is said to be {said}, and all together say {implied}.",
        "Look at this answer again.",
    ),
    "weights.nothing_wished": ("no element is wished any importance.", "Give at least one a number above 0."),
    "weights.importance_not_matched": (
        "no weights give the importance that is wished (reached/wished, %): {elements}.",
        "Wish less of what goes against the others, or write “nearest: true” to take the nearest weights.",
    ),
    "weights.impossible_shares": (
        "no shares between {low} and {high} add up to 1 over {count} elements.",
        "Give bounds between 0 and 1 with the equal share between them.",
    ),
    "weights.share_of_nothing": (
        "territories with a score of 0: {count}; a bound on its share would carry the 0 over to all of their score.",
        "Use a scale that starts above 0, for example “normalisation: {{method: min_max, low: 1, high: 100}}”, or leave the bounds out.",
    ),
    "weights.no_solution": (
        "the most favourable weights could not be found ({reason}).",
        "Check the scores for extremely large values.",
    ),
}

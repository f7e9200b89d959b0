"""English sentences: reasons, explanations, checks and reasons for gaps, by code."""

from __future__ import annotations

SENTENCES = {
    # Reasons of a territory.
    "reason.readiness_high": "Readiness {value}, above the threshold of {threshold}.",
    "reason.readiness_low": "Readiness {value}, not above the threshold of {threshold}.",
    "reason.insufficient_data": (
        "Too little is known to score readiness: {share}% of the weights where {needed}% are needed; missing: {absent}."
    ),
    "reason.no_success_factors": "The study has no usable success factor: readiness is not scored.",
    "reason.strengths": "Its strengths: {strengths}.",
    "reason.named_value": "{name} ({value})",
    "reason.projects_one": "{count} project",
    "reason.projects_many": "{count} projects",
    "reason.activity": (
        "{projects} recorded, {expected} to be expected of its population: "
        "of 100 territories like this one, {evidence} do more."
    ),
    "reason.activity_alone": "{projects} recorded; its population is unknown, so no number is expected.",
    "reason.activity_unknown": "Nobody has searched for projects here: nothing recorded is not inactivity.",
    "reason.activity_unknown_expected": (
        "Nobody has searched for projects here ({expected} to be expected of its population): "
        "nothing recorded is not inactivity."
    ),
    "reason.no_activity_indicator": "The study records no activity.",
    "reason.stake": "Theme to speak about: {theme}, stake {value}; {details}.",
    "reason.peer": "Possible peer: {name} ({code}), alike and active ({projects}).",
    "reason.stability": (
        "Among the first {shortlist} in {share}% of tested assumptions; rank between {low} and {high} in 90% of them."
    ),
    "reason.flag_missing": "Missing values: {names}.",
    "reason.flag_imputed": "Imputed values: {names}.",
    "reason.flag_repaired": "Values carried over from another vintage or repaired: {names}.",
    "reason.fictitious": "Fictitious region: no real place.",
    "reason.synthetic": "Some layers are synthetic, not observed.",
    "reason.proxy": "Activity is a proxy, not smart activity.",
    # Explanations.
    "explain.title": "{name} ({code}) – segment: {segment}",
    "explain.rank": "Target {rank}; rank between {low} and {high} in 90% of tested assumptions; {stability}.",
    "explain.not_engage": "Not in the target list: its segment is “{segment}” ({meaning}).",
    "explain.beyond_shortlist": "In the target list at rank {rank}, beyond the shortlist of {shortlist}.",
    "explain.listed": "In the shortlist of {shortlist}.",
    "explain.contributions": "What makes the readiness of {value}:",
    "explain.factors": "Factors that multiply up to the readiness of {value}:",
    "explain.contribution": "  {points}  {name} ({value}, weight {weight})",
    "explain.missing": "  missing  {name} ({reason})",
    # Progress.
    "step.sources": "Reading the sources",
    "step.measures": "Measuring the territories",
    "step.scoring": "Scoring",
    "step.targeting": "Finding targets",
    "step.results": "Writing the results",
    # Why a value is missing or repaired.
    "gap.no_value": "no value",
    "gap.secret": "kept secret by the statistics office",
    "gap.absent": "not given in the table",
    "gap.not_a_number": "not a number in the table",
    "gap.not_finite": "not a finite number",
    "gap.not_in_table": "the table has no row for the territory",
    "gap.no_population": "no population to divide by",
    "gap.denominator_zero": "the denominator is zero or missing",
    "gap.mean_needs_weights": "given by parts whose mean would need weights",
    "gap.not_divisible": "one count given for several territories",
    "gap.no_geometry": "the territory has no geometry",
    "gap.outside_raster": "outside the raster, or where it has no data",
    "gap.not_searched": "nobody searched",
    "gap.arrondissements": "gathered from the arrondissements",
    "gap.merged": "gathered from communes merged since",
    "gap.split": "carried over from a commune merged since, or from the whole city",
    "gap.imputed": "imputed by the study's rule",
    "gap.constant": "the indicator is the same everywhere: left out of the score",
    # What was looked at in the sources.
    "quality.code_rewritten": "Codes rewritten (lost zero, spaces, case, decimals)",
    "quality.field_renamed": "Columns found under another writing",
    "quality.no_geometry": "Features without a usable geometry, left out",
    "quality.invalid_geometry": "Invalid geometries, repaired by structure",
    "quality.area_changed_by_repair": "Geometries whose repair changed the area by more than 0.1%",
    "quality.reprojected": "Features brought into the study's reference system",
    "quality.zones_reprojected": "Territories brought into the raster's reference system",
    "quality.covers_no_territory": "The layer covers none of the territories",
    "quality.duplicated_features": "Features that repeat another in place and attributes, counted once",
    "quality.territories_overlap": "Territories that overlap",
    "quality.territory_without_geometry": "Territory without geometry",
    "quality.territory_without_group": "Territory without group",
    "quality.negative_population": "Negative population, taken as missing",
    "quality.dissolved": "Territories merged from several features",
    "quality.encoding": "Text encoding found",
    "quality.number_rewritten": "Numbers rewritten (decimal comma, thousands, signs)",
    "quality.not_a_number": "Cells that are no numbers",
    "quality.value_secret": "Values kept secret",
    "quality.value_absent": "Values not given",
    "quality.rows_without_territory": "Rows that match no territory",
    "quality.territory_without_row": "Territory that no row matches",
    "quality.carried_arrondissements": "Gathered from the arrondissements",
    "quality.carried_merged": "Gathered from communes merged since",
    "quality.carried_split": "Carried over from a commune merged since, or from the whole city",
    "quality.mean_needs_weights": "Parts whose mean would need weights",
    "quality.count_not_divisible": "One count for several territories",
    "quality.outside_raster": "Territory outside the raster",
    "quality.partly_covered": "Territory that the raster covers in part",
    "quality.raster_straightened": "Raster that was rotated or upside down, straightened",
    "quality.nodata_suspected": "Value that may stand for no data without being declared",
    "quality.unknown_code": "Codes of no territory",
    "quality.code_carried": "Codes of another vintage, carried over",
    "quality.unknown_stage": "Stages that the register does not know",
    "quality.no_year": "Projects without a year, left out",
    "quality.unknown_status": "Survey statuses that the register does not know",
    "quality.constant_indicator": "Indicator that is the same everywhere, left out of the score",
    "quality.empty_indicator": "Indicator without any value, left out of the score",
    "quality.activity_unknown": "No activity was searched anywhere: segments rest on readiness alone",
    "quality.no_usable_indicator": "No usable success factor is left: every territory lacks data",
    # Units.
    "unit.number": "",
    "unit.projects": "projects",
    "unit.m²/inhabitant": "m² per inhabitant",
    "unit.MWh/inhabitant": "MWh per inhabitant",
    "unit.inhabitants/km²": "inhabitants per km²",
    "unit.inhabitants": "inhabitants",
    "unit.per 1 000 inhabitants": "per 1,000 inhabitants",
    # Methodology annex.
    "annex.title": "Methodology",
    "annex.study": "Study",
    "annex.state": "State of the data",
    "annex.counts": "Territories",
    "annex.themes": "Themes",
    "annex.indicators": "Indicators",
    "annex.indicator": "Indicator",
    "annex.role": "Role",
    "annex.group": "Theme or axis",
    "annex.measure": "Measure",
    "annex.unit": "Unit",
    "annex.direction": "Direction",
    "annex.weight": "Weight",
    "annex.missing": "Missing",
    "annex.range": "Lowest – median – highest",
    "annex.higher": "higher scores higher",
    "annex.lower": "lower scores higher",
    "annex.method": "Method",
    "annex.missing_rule": "Missing values: {rule}; a composite needs {share}% of its weights.",
    "annex.normalisation": "Normalisation: {method}.",
    "annex.aggregation": "Aggregation: {method}, weights as declared.",
    "annex.readiness_threshold": "Readiness is high strictly above {value}.",
    "annex.activity_threshold": (
        "Activity is high strictly above {value} projects per 10,000 inhabitants (allowing for small numbers), and above 0."
    ),
    "annex.model": (
        "Expected activity is proportional to population; counts are negative binomial with dispersion {dispersion}. "
        "Success factors are not used to predict it."
    ),
    "annex.priority": (
        "Priority is the geometric mean of three percentiles, each at least 1: readiness, stake of the recommended theme, "
        "evidence of low activity. Equal exponents are a choice of value."
    ),
    "annex.robustness": (
        "{draws} draws of all weights within ± {share}% (seed {seed}). “Core”: shortlisted in at least 90% of them, "
        "“probable”: at least 50%, “debatable”: less."
    ),
    "annex.segments": "Segments",
    "annex.quality": "What was found in the sources",
    "annex.sources": "Sources",
    "annex.source": "Source",
    "annex.check": "Check",
    "annex.outcome": "Outcome",
    "annex.count": "Count",
    "annex.examples": "Examples",
    "annex.territory": "Territory",
    "annex.more": "and {count} more rows in the layer “quality” of results.gpkg",
    "annex.versions": "Versions",
}

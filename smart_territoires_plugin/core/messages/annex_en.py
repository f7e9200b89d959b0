"""English wording of the methodology annex: the ten steps, and what is said of each from what was done."""

from __future__ import annotations

SENTENCES = {
    "annex.title": "Methodology",
    "annex.state": "State of the data: {date}",
    "annex.introduction": (
        "This annex follows the ten steps of the Handbook on Constructing Composite Indicators (OECD and Joint Research "
        "Centre, 2008). Each step says what was done in this run, with its figures, and what was not done."
    ),
    "annex.step.framework": "Theoretical framework",
    "annex.step.data": "Data selection",
    "annex.step.imputation": "Missing values and outliers",
    "annex.step.multivariate": "Multivariate analysis",
    "annex.step.normalisation": "Normalisation",
    "annex.step.weighting": "Weighting and aggregation",
    "annex.step.robustness": "Robustness and sensitivity",
    "annex.step.details": "Back to the details",
    "annex.step.links": "Links to other variables",
    "annex.step.presentation": "Presentation and dissemination",
    # Heads of columns and names of figures.
    "annex.territories": "territories",
    "annex.scored_territories": "territories scored",
    "annex.indicators": "indicators",
    "annex.composites": "composite scores",
    "annex.missing_values": "missing values",
    "annex.imputed_values": "imputed values",
    "annex.treated_values": "treated values",
    "annex.draws_short": "draws",
    "annex.engaged": "territories to engage",
    "annex.counts": "Territories",
    "annex.indicator": "Indicator",
    "annex.element": "Element",
    "annex.composite": "Composite score",
    "annex.column": "Column",
    "annex.role": "Role",
    "annex.measure": "Measure",
    "annex.unit": "Unit",
    "annex.direction": "Direction",
    "annex.weight": "Weight",
    "annex.denominator": "Divided by",
    "annex.range": "Lowest – median – highest",
    "annex.known": "Known",
    "annex.repaired": "Repaired",
    "annex.missing": "Missing",
    "annex.missing_share": "Share missing",
    "annex.imputed": "Imputed",
    "annex.left": "Left missing",
    "annex.reasons": "Why values are missing",
    "annex.scored": "Scored",
    "annex.insufficient": "Too little known",
    "annex.source": "Source",
    "annex.file": "File",
    "annex.status": "Status",
    "annex.attribution": "Attribution and licence",
    "annex.date": "Date",
    "annex.check": "Check",
    "annex.outcome": "Outcome",
    "annex.count": "Count",
    "annex.examples": "Examples",
    "annex.territory": "Territory",
    "annex.imputed_value": "Imputed value",
    "annex.before": "Before",
    "annex.after": "After",
    "annex.treatment": "Treatment",
    "annex.values_changed": "Values changed",
    "annex.skewness": "Skewness",
    "annex.kurtosis": "Kurtosis",
    "annex.skewness_after": "Skewness after",
    "annex.kurtosis_after": "Kurtosis after",
    "annex.parts": "Parts",
    "annex.lowest": "Lowest",
    "annex.lowest_correlation": "Lowest correlation",
    "annex.median_correlation": "Median correlation",
    "annex.highest_correlation": "Highest correlation",
    "annex.highest": "Highest",
    "annex.alpha": "Cronbach's alpha",
    "annex.own_scale": "Its own scale",
    "annex.declared": "Declared",
    "annex.used": "Used within the composite",
    "annex.in_whole": "In all of: {name}",
    "annex.importance": "What it counts for",
    "annex.remark": "Remark",
    "annex.mean_share": "Mean share",
    "annex.stamp": "Stability",
    "annex.meaning": "What it says",
    "annex.share": "Share",
    "annex.mean_change": "Mean change of rank",
    "annex.choices": "Group of choices",
    "annex.first_order": "Alone",
    "annex.total_order": "With interactions",
    "annex.rank": "Rank",
    "annex.interval": "Interval",
    "annex.segment": "Segment",
    "annex.variable": "Variable",
    "annex.correlation": "Correlation",
    "annex.contribute_most": "What contributes most",
    "annex.higher": "↑",
    "annex.lower": "↓",
    "annex.and_more": "{names} and {count} more",
    # 1. Framework.
    "annex.question": (
        "The question: which territories should be called next, about which theme, with which argument, with which peer "
        "at their side, and how sure is that?"
    ),
    "annex.role.stake": "Stakes say how much a theme matters in a territory. Indicators: {count}, in {themes} themes, scored theme by theme.",
    "annex.role.success_factor": (
        "Success factors say what makes a project likely to work. Indicators: {count}, on {axes} axes; all together they "
        "make the readiness."
    ),
    "annex.role.activity": "Activity says what is being done already. Indicators: {count}. It enters no composite score.",
    "annex.no_role.stake": "The study has no stakes: no theme is scored.",
    "annex.no_role.success_factor": "The study has no success factors: readiness is not scored.",
    "annex.no_role.activity": "The study records no activity.",
    "annex.theme_weights": "Weight of each theme where one is chosen to speak about: {names}.",
    "annex.arrows": "↑: the higher the value, the higher the score; ↓: the lower the value, the higher the score.",
    "annex.tree": "“{name}” is built from {indicators} indicators in {composites} composite scores, as the tree shows from the top down.",
    # 2. Data.
    "annex.values_given": "The values come from the table {path}; activity alone was measured.",
    "annex.sources": "Sources",
    "annex.measured": "What was measured",
    "annex.denominators_study": (
        "Shares, densities and values per inhabitant are divided as their measure says; where there was nothing to divide "
        "by, the value is missing, with its reason. “Repaired”: carried over from another vintage, or from a repaired polygon."
    ),
    "annex.table": "The values come from one table, a row for each “{key}”. Its content is identified by its SHA-256: {sha256}.",
    "annex.table_sources": "A ready table does not say where its values come from: sources, dates and licences have to be documented beside it.",
    "annex.denominators": "Denominators",
    "annex.denominators_table": "Indicators with a denominator were divided by it before anything else; where it is zero, negative or missing, the value is missing.",
    "annex.denominators_all": "Every known value could be divided.",
    "annex.follows_sizes": "Indicators that are divided by nothing and follow the size of territories (absolute correlation above {limit}):",
    "annex.follows_size": "{indicator} with {denominator}: {correlation}",
    "annex.availability_heading": "Availability",
    "annex.availability": (
        "A composite score is given where at least {share}% of its weights is known, counted before anything is imputed. "
        "No territory is dropped: one with too little known has no score, and says so."
    ),
    "annex.availability_all": "{composite}: every territory has a score.",
    "annex.availability_below": "{composite}: no score for lack of data (in brackets, the share known): {names}.",
    "annex.no_composite": "There is no composite score in this run.",
    "annex.quality": "What was found in the sources",
    "annex.quality_nothing": "The checks of the sources found nothing to report.",
    "annex.more": "and {count} more rows in the layer “quality” of results.gpkg",
    # 3. Missing values, outliers.
    "annex.missing_rule": "Rule for missing values (there is none by default, one has to be chosen): {rule}.",
    "annex.missing_nothing": "No value was missing among {count}: nothing was imputed.",
    "annex.missing_counts": "Missing: {missing} of {whole} values ({share}%); imputed: {imputed}; left missing: {left}.",
    "annex.missing_left": "Where a value stays missing, the scores of that territory rest on what is known, the other weights being scaled up.",
    "annex.imputed_nothing": "No value was imputed.",
    "annex.imputed_list": "Imputed values",
    "annex.more_imputed.study": "and {count} more: layer “indicators” of results.gpkg, where the flag is “imputed”",
    "annex.more_imputed.table": "and {count} more: imputed.csv",
    "annex.outliers_heading": "Outliers",
    "annex.outliers_not_asked": "No treatment of outliers was asked for: every value is scored as it is.",
    "annex.outliers": "Treatment of outliers: {rule}.",
    "annex.shapes": (
        "An indicator is held to have outliers where its absolute skewness is at least 2 and its kurtosis at least 3.5. "
        "Indicators in that case: {beyond} of {whole}."
    ),
    "annex.outliers_nothing": "The treatment changed no value.",
    "annex.logarithms": "Replaced as a whole by their logarithm, winsorising not being enough: {names}. The order of territories is kept.",
    "annex.treated_list": "Values drawn in",
    "annex.more_treated.study": "and {count} more: layer “indicators” of results.gpkg, “value” beside “value_treated”",
    "annex.more_treated.table": "and {count} more: treatment.csv",
    "annex.left_out": "The same everywhere, or empty, and so left out of all scores: {names}.",
    # 4. Multivariate analysis.
    "annex.together": "How the parts of each composite score go together: correlations (Pearson) between the normalised scores, and internal consistency.",
    "annex.together_nothing": "No composite score has several parts that can be compared: there is nothing to analyse.",
    "annex.alpha_meaning": (
        "Cronbach's alpha (standardised) is near 1 where the parts measure one thing. A low alpha is no fault where "
        "the parts are meant to be distinct; it says that the composite score sums up less of each."
    ),
    "annex.redundant": "Pairs that say nearly the same (correlation above 0.9): {count}.",
    "annex.redundant_nothing": "No pair says nearly the same (correlation above 0.9).",
    "annex.opposed": "Pairs that oppose each other (correlation below −0.4): {count}.",
    "annex.opposed_nothing": "No pair opposes each other (correlation below −0.4).",
    "annex.more_pairs": "and {count} more pairs",
    "annex.matrices": "Correlations within each composite score",
    "annex.matrices_meaning": (
        "Blue: {strong} or more; orange: −0.4 or less; grey: may be chance (p-value above {level}%). The territories are "
        "all there are, not a sample: grey says how few they are."
    ),
    "annex.matrices_left": "Too wide to be shown here (more than {most} parts): {names}.",
    # 5. Normalisation.
    "annex.normalisation": "Scale of the indicators: {method}.",
    "annex.same_scale": "Every indicator has this scale.",
    "annex.scale_kind.relative": "Such scores are relative to the territories of this run: they are not compared with those of another run.",
    "annex.scale_kind.ranks": (
        "Such scores keep the order of the territories and forget the distances between them; they are relative to the "
        "territories of this run."
    ),
    "annex.scale_kind.absolute": "Such scores rest on values that were given, not on the territories of this run: they can be compared from one run to another.",
    "annex.scale_kind.flags": "Such scores count the thresholds that a territory passes; what lies between two thresholds makes no difference.",
    "annex.turned": "Turned over, because less is better: {names}.",
    # 6. Weights and aggregation.
    "annex.weights": "Weights: {method}.",
    "annex.named": "{name}: {what}",
    "annex.weights_own": "How the parts of each composite score are weighed:",
    "annex.common_best": (
        "Each territory's most favourable weights were averaged into common weights, so that scores stay comparable: "
        "they favour what many territories are good at, which is not what matters most."
    ),
    "annex.judgement": "What was said of: {composite}",
    "annex.experts": "Experts: {count}.",
    "annex.inconsistent": "The answers contradict each other more than is held acceptable: look at the worst ones again.",
    "annex.worst_comparisons": "The answers that are farthest from what all answers together say:",
    "annex.weights_meaning": (
        "“Used” is the share within the composite score. “What it counts for” is the share of the composite score's "
        "variance that goes with the element: an element with little spread, or unlike the others, counts for less than its weight."
    ),
    "annex.differs": "Elements that count for at least twice their weight, or at most half of it: {count}.",
    "annex.differs_nothing": "No element counts for twice its weight, or half of it.",
    "annex.counts_more": "counts for more than its weight",
    "annex.counts_less": "counts for less than its weight",
    "annex.left_out_short": "left out",
    "annex.more_weights.study": "and {count} more rows",
    "annex.more_weights.table": "and {count} more: weights.csv",
    "annex.aggregation": "Aggregation: {method}.",
    "annex.aggregation_own": "Composite scores with an aggregation of their own:",
    "annex.relative_scores": "Such scores rest on comparing the territories of this run: a territory more or less can change those of all.",
    "annex.positive_scores": "A zero would annul such a score: the scale starts above it, and a study in which it does not is refused.",
    # 7. Robustness.
    "annex.no_ranking": "No composite score ranks the territories, so nothing was drawn.",
    "annex.draws": "The results were made {draws} times over under other assumptions (seed {seed}: the same draws on any machine). In each draw were varied:",
    "annex.drawn.range": "the weights, each uniformly within a share of its value: ± {amount}",
    "annex.drawn.dirichlet": "the weights, from Dirichlet distributions around their values, concentration {amount} (the higher, the nearer)",
    "annex.drawn.normalisation": "the normalisation, each as likely: {methods}",
    "annex.drawn.aggregation": "the aggregation, each as likely: {methods}",
    "annex.drawn.treatment": "the treatment of outliers, each as likely: {methods}",
    "annex.drawn.imputation": "the imputed values, from the errors that their rule makes on known values",
    "annex.drawn.error": "the values of indicators with a declared error: {names}",
    "annex.drawn.thresholds": "where high begins, by as much as {shift}",
    "annex.level.indicators": "indicators",
    "annex.level.nodes": "composite scores",
    "annex.level.themes": "themes",
    "annex.not_drawn": "Not varied in this run: {names}.",
    "annex.group.weights": "weights",
    "annex.group.normalisation": "normalisation",
    "annex.group.aggregation": "aggregation",
    "annex.group.treatment": "treatment of outliers",
    "annex.group.imputation": "imputed values",
    "annex.group.error": "errors of the indicators",
    "annex.group.thresholds": "thresholds",
    "annex.nothing_ranked": "No territory is ranked in this run.",
    "annex.stamps_study": "For each territory to engage: in which share of the tested assumptions it is among the first {shortlist}; within the error of so many draws, the lower stamp is given.",
    "annex.stamps_table": "For each territory: in which share of the tested assumptions it stays in the quarter of the ranking that it is in; within the error of so many draws, the lower stamp is given.",
    "annex.stamp.core": "in at least 90% of tested assumptions",
    "annex.stamp.probable": "in 50 to 90% of tested assumptions",
    "annex.stamp.debatable": "in less than 50% of tested assumptions",
    "annex.interval_widths": (
        "The interval of a rank holds it in 90% of tested assumptions. Territories ranked: {ranked}; between the best and "
        "the worst rank there are {median} places or fewer for half of them, {most} or fewer for nine in ten, {widest} at most."
    ),
    "annex.rank_change": "On average a rank moves by {change} places from one set of assumptions to the published one.",
    "annex.segments_kept": (
        "Territories whose segment stays the same in at least 90% of tested assumptions: {sure}; in 50 to 90%: {likely}; "
        "in less than half: {open}."
    ),
    "annex.list_without": "The list without one indicator or theme",
    "annex.list_without_meaning": "What the segments and the list of targets owe to each of their parts, by the study’s own methods.",
    "annex.list_theme": "Theme: {name}",
    "annex.list_element": "Left out",
    "annex.list_rank_change": "Mean change of rank",
    "annex.list_moved": "Territories that change segment",
    "annex.list_kept": "Shortlist kept",
    "annex.leaving_out": "One element left out at a time ({composite})",
    "annex.leaving_out_meaning": "By how many places ranks change on average without the element, the weights of the others scaled up.",
    "annex.leaving_out_pairs": "Not computed: the aggregation compares all pairs of territories, and there are too many.",
    "annex.leaving_out_nothing": "Not computed: there are not two elements to choose from, or nothing to rank.",
    "annex.leaving_out_more": "and {count} more, of less effect",
    "annex.indices": "Which choices move the results (Sobol' indices)",
    "annex.indices_not_asked": "Sobol' indices were not asked for in this run.",
    "annex.indices_nothing": "Sobol' indices were asked for, but nothing that is varied can change the ranks.",
    "annex.indices_meaning": (
        "Share of the variance that each group of choices makes alone, and together with the others. Estimates may lie slightly "
        "outside 0 to 1."
    ),
    "annex.followed.segment": "Being in one's segment",
    "annex.followed.rank": "Ranks",
    "annex.followed.rank_change": "Mean change of ranks",
    "annex.followed.shortlist": "Being in the first part of the list",
    # 8. Details.
    "annex.no_readiness": "The study has no usable success factor: no readiness, no segments, no targets.",
    "annex.readiness_threshold": "Readiness is high strictly above {value}.",
    "annex.activity_threshold": (
        "Activity is high strictly above {value} projects per 10,000 inhabitants (allowing for small numbers), and above 0."
    ),
    "annex.threshold_quantile": "That is the value below which {share}% of the territories lie.",
    "annex.coders": "Agreement of the two coders of projects",
    "annex.coders_meaning": (
        "Quadratic weights: 1 where they always agree, 0 where no more than by chance. Marks of axes are descriptive: "
        "they enter no score and no activity."
    ),
    "annex.deviance_lost": "Deviance lost",
    "annex.spread": "Standard deviation",
    "annex.threshold_jenks": "That is the natural break of the territories’ values in {classes} classes (Jenks).",
    "annex.activity_drawn": (
        "The probability of a segment draws weights and methods as said above, and activity from what its count says of it, "
        "small numbers allowed for; without a project activity is low for sure. Ranks do not draw activity."
    ),
    "annex.decisions": "A person decided of {count} territories: the lists say who, when and why. Computed ranks are untouched.",
    "annex.threshold_given": "The study gives this value.",
    "annex.no_activity": "No activity was searched anywhere: segments rest on readiness alone.",
    "annex.model": "Counts are negative binomial around what is expected, with dispersion {dispersion}.",
    "annex.model_poisson": "Counts follow a Poisson distribution around what is expected.",
    "annex.priority": (
        "Priority is the geometric mean of three percentiles, each at least 1: readiness, stake of the recommended theme, "
        "evidence of low activity. They count {readiness}, {stake} and {evidence}: a value judgement, not a finding."
    ),
    "annex.segments": "Segments",
    "annex.first_territories": "The first territories: {composite}, taken apart",
    "annex.contributions.points": "The points of all indicators add up to the score exactly.",
    "annex.contributions.factors": "The factors of all indicators multiply up to the score exactly.",
    "annex.contributions.shapley": "Shapley values: what each indicator takes the score away from that of a territory at the mean of all; they add up exactly.",
    "annex.contributions.pairs": "The aggregation compares territories with one another: its scores are not taken apart here.",
    "annex.strata": "Ranks were also given within: {names}.",
    # 9. Links.
    "annex.links.study": "How activity and population go with: {composite}.",
    "annex.links.table": "How what indicators are divided by, the size of territories, goes with: {composite}.",
    "annex.links_meaning": "A correlation is no cause. Weights and methods were not chosen to make it higher or lower.",
    "annex.links_not_done": (
        "Nothing else was compared with the scores: neither other indices, nor income, nor what became of projects. "
        "That remains to be done before a score is taken as a forecast."
    ),
    # 10. Presentation.
    "annex.presentation": "Where the results are:",
    "annex.file.results": "results.gpkg: layers with their styles, for QGIS; every value with its flag",
    "annex.file.territories": "territories.csv: every territory, with scores, segment, rank, interval and reasons",
    "annex.file.targets": "targets.csv: the shortlist",
    "annex.file.scoring": "scoring.npz: what is needed to score again with other weights",
    "annex.file.methodology": "methodology.html: this annex",
    "annex.file.manifest": "manifest.json: all that the results depend on, with hashes, versions and seed",
    "annex.file.scores": "scores.csv: every composite score, rank and data coverage",
    "annex.file.normalised": "normalised.csv: indicators on their scale",
    "annex.file.treated": "treated.csv: indicators after the treatment of outliers",
    "annex.file.treatment": "treatment.csv: every value that was treated, before and after",
    "annex.file.imputed": "imputed.csv: every value that was imputed",
    "annex.file.weights": "weights.csv: weights as declared, used and in the whole",
    "annex.file.robustness": "robustness.csv: interval and stability of every rank",
    "annex.file.leaving_out": "leaving_out.csv: mean change of rank without each element",
    "annex.file.sensitivity": "sensitivity.csv: Sobol' indices, where they were asked for",
    "annex.reading": "A rank is never read without its interval, nor a score without its data coverage. Imputed and treated values keep their flag everywhere.",
    "annex.versions": "Versions: {names}.",
}

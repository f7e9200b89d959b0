"""French wording of the methodology annex: the ten steps, and what is said of each from what was done."""

from __future__ import annotations

SENTENCES = {
    "annex.title": "Méthodologie",
    "annex.state": "État des données\u00a0: {date}",
    "annex.introduction": (
        "Cette annexe suit les dix étapes du manuel de construction d’indicateurs composites (Handbook on Constructing "
        "Composite Indicators, OCDE et Centre commun de recherche, 2008). Chaque étape dit ce qui a été fait dans ce "
        "calcul, chiffres à l’appui, et ce qui ne l’a pas été."
    ),
    "annex.step.framework": "Cadre théorique",
    "annex.step.data": "Choix des données",
    "annex.step.imputation": "Valeurs manquantes et valeurs extrêmes",
    "annex.step.multivariate": "Analyse multivariée",
    "annex.step.normalisation": "Normalisation",
    "annex.step.weighting": "Pondération et agrégation",
    "annex.step.robustness": "Robustesse et sensibilité",
    "annex.step.details": "Retour au détail",
    "annex.step.links": "Liens avec d’autres variables",
    "annex.step.presentation": "Présentation et diffusion",
    # Heads of columns and names of figures.
    "annex.territories": "territoires",
    "annex.scored_territories": "territoires notés",
    "annex.indicators": "indicateurs",
    "annex.composites": "scores composites",
    "annex.missing_values": "valeurs manquantes",
    "annex.imputed_values": "valeurs imputées",
    "annex.treated_values": "valeurs traitées",
    "annex.draws_short": "tirages",
    "annex.engaged": "territoires à entraîner",
    "annex.counts": "Territoires",
    "annex.indicator": "Indicateur",
    "annex.element": "Élément",
    "annex.composite": "Score composite",
    "annex.column": "Colonne",
    "annex.role": "Rôle",
    "annex.measure": "Mesure",
    "annex.unit": "Unité",
    "annex.direction": "Sens",
    "annex.weight": "Pondération",
    "annex.denominator": "Divisé par",
    "annex.range": "Min. – médiane – max.",
    "annex.known": "Connu",
    "annex.repaired": "Réparées",
    "annex.missing": "Manquantes",
    "annex.missing_share": "Part manquante",
    "annex.imputed": "Imputées",
    "annex.left": "Laissées manquantes",
    "annex.reasons": "Pourquoi des valeurs manquent",
    "annex.scored": "Notés",
    "annex.insufficient": "Données insuffisantes",
    "annex.source": "Source",
    "annex.file": "Fichier",
    "annex.status": "Statut",
    "annex.attribution": "Attribution et licence",
    "annex.date": "Date",
    "annex.check": "Contrôle",
    "annex.outcome": "Issue",
    "annex.count": "Nombre",
    "annex.examples": "Exemples",
    "annex.territory": "Territoire",
    "annex.imputed_value": "Valeur imputée",
    "annex.before": "Avant",
    "annex.after": "Après",
    "annex.treatment": "Traitement",
    "annex.values_changed": "Valeurs changées",
    "annex.skewness": "Asymétrie",
    "annex.kurtosis": "Aplatissement",
    "annex.skewness_after": "Asymétrie après",
    "annex.kurtosis_after": "Aplatissement après",
    "annex.parts": "Composantes",
    "annex.lowest": "Minimum",
    "annex.lowest_correlation": "Corrélation la plus basse",
    "annex.median_correlation": "Corrélation médiane",
    "annex.highest_correlation": "Corrélation la plus haute",
    "annex.highest": "Maximum",
    "annex.alpha": "Alpha de Cronbach",
    "annex.own_scale": "Son échelle propre",
    "annex.declared": "Déclarée",
    "annex.used": "Utilisée dans le score composite",
    "annex.in_whole": "Dans l’ensemble\u00a0: {name}",
    "annex.importance": "Ce qu’il compte en réalité",
    "annex.remark": "Remarque",
    "annex.mean_share": "Part moyenne",
    "annex.stamp": "Stabilité",
    "annex.meaning": "Ce qu’il dit",
    "annex.share": "Part",
    "annex.mean_change": "Écart moyen de rang",
    "annex.choices": "Groupe de choix",
    "annex.first_order": "Seul",
    "annex.total_order": "Avec les interactions",
    "annex.rank": "Rang",
    "annex.interval": "Intervalle",
    "annex.segment": "Segment",
    "annex.variable": "Variable",
    "annex.correlation": "Corrélation",
    "annex.contribute_most": "Ce qui contribue le plus",
    "annex.higher": "↑",
    "annex.lower": "↓",
    "annex.and_more": "{names} et {count} de plus",
    # 1. Framework.
    "annex.question": (
        "La question\u00a0: quels territoires appeler ensuite, sur quelle thématique, avec quel argument, avec quel pair à "
        "leurs côtés, et avec quelle sûreté\u00a0?"
    ),
    "annex.role.stake": "Les enjeux disent combien une thématique compte dans un territoire. Indicateurs\u00a0: {count}, répartis en {themes} thématiques, notées une par une.",
    "annex.role.success_factor": (
        "Les facteurs de succès disent ce qui rend probable la réussite d’un projet. Indicateurs\u00a0: {count}, sur {axes} axes\u00a0; "
        "tous ensemble, ils forment le potentiel."
    ),
    "annex.role.activity": "L’activité dit ce qui se fait déjà. Indicateurs\u00a0: {count}. Elle n’entre dans aucun score composite.",
    "annex.no_role.stake": "L’étude n’a pas d’enjeu\u00a0: aucune thématique n’est notée.",
    "annex.no_role.success_factor": "L’étude n’a pas de facteur de succès\u00a0: le potentiel n’est pas noté.",
    "annex.no_role.activity": "L’étude ne recense pas d’activité.",
    "annex.theme_weights": "Poids de chaque thématique quand il s’agit de choisir celle à aborder\u00a0: {names}.",
    "annex.arrows": "↑\u00a0: plus la valeur est haute, plus le score est élevé\u00a0; ↓\u00a0: plus elle est basse, plus le score est élevé.",
    "annex.tree": "«\u00a0{name}\u00a0» se compose de {indicators} indicateurs en {composites} scores composites, comme le montre l’arbre, de haut en bas.",
    # 2. Data.
    "annex.values_given": "Les valeurs sont celles de la table {path}\u00a0; seule l’activité a été mesurée.",
    "annex.sources": "Sources",
    "annex.measured": "Ce qui a été mesuré",
    "annex.denominators_study": (
        "Les parts, les densités et les valeurs par habitant sont divisées comme le dit leur mesure\u00a0; là où il n’y avait rien "
        "par quoi diviser, la valeur manque, avec sa raison. «\u00a0Réparées\u00a0»\u00a0: reprises d’un autre millésime, ou d’un polygone réparé."
    ),
    "annex.table": "Les valeurs sont celles d’une table, une ligne pour chaque «\u00a0{key}\u00a0». Son contenu est identifié par son empreinte SHA-256\u00a0: {sha256}.",
    "annex.table_sources": "Une table prête ne dit pas d’où viennent ses valeurs\u00a0: sources, dates et licences sont à documenter à côté d’elle.",
    "annex.denominators": "Dénominateurs",
    "annex.denominators_table": "Les indicateurs à dénominateur ont été divisés par lui avant toute autre étape\u00a0; là où il est nul, négatif ou absent, la valeur manque.",
    "annex.denominators_all": "Toutes les valeurs connues ont pu être divisées.",
    "annex.follows_sizes": "Indicateurs qui ne sont divisés par rien et suivent la taille des territoires (corrélation supérieure à {limit} en valeur absolue)\u00a0:",
    "annex.follows_size": "{indicator} avec {denominator}\u00a0: {correlation}",
    "annex.availability_heading": "Disponibilité",
    "annex.availability": (
        "Un score composite est donné là où {share}\u00a0% au moins de ses pondérations sont connues, avant toute imputation. "
        "Aucun territoire n’est écarté\u00a0: celui dont on sait trop peu n’a pas de score, et cela se dit."
    ),
    "annex.availability_all": "{composite}\u00a0: tous les territoires ont un score.",
    "annex.availability_below": "{composite}\u00a0: pas de score, faute de données (entre parenthèses, la part connue), pour {names}.",
    "annex.no_composite": "Ce calcul ne comporte aucun score composite.",
    "annex.quality": "Ce qui a été trouvé dans les sources",
    "annex.quality_nothing": "Les contrôles des sources n’ont rien trouvé à signaler.",
    "annex.more": "et {count} lignes de plus dans la couche «\u00a0quality\u00a0» de results.gpkg",
    # 3. Missing values, outliers.
    "annex.missing_rule": "Règle pour les valeurs manquantes (aucune par défaut, il faut en choisir une)\u00a0: {rule}.",
    "annex.missing_nothing": "Aucune valeur ne manquait sur {count}\u00a0: rien n’a été imputé.",
    "annex.missing_counts": "Manquantes\u00a0: {missing} valeurs sur {whole} ({share}\u00a0%)\u00a0; imputées\u00a0: {imputed}\u00a0; laissées manquantes\u00a0: {left}.",
    "annex.missing_left": "Là où une valeur reste manquante, les scores du territoire reposent sur ce qui est connu, les autres pondérations étant relevées d’autant.",
    "annex.imputed_nothing": "Aucune valeur n’a été imputée.",
    "annex.imputed_list": "Valeurs imputées",
    "annex.more_imputed.study": "et {count} de plus\u00a0: couche «\u00a0indicators\u00a0» de results.gpkg, là où l’indication est «\u00a0imputed\u00a0»",
    "annex.more_imputed.table": "et {count} de plus\u00a0: imputed.csv",
    "annex.outliers_heading": "Valeurs extrêmes",
    "annex.outliers_not_asked": "Aucun traitement des valeurs extrêmes n’a été demandé\u00a0: chaque valeur est notée telle quelle.",
    "annex.outliers": "Traitement des valeurs extrêmes\u00a0: {rule}.",
    "annex.shapes": (
        "Un indicateur est réputé avoir des valeurs extrêmes quand son asymétrie atteint 2 en valeur absolue et son "
        "aplatissement 3,5. Indicateurs dans ce cas\u00a0: {beyond} sur {whole}."
    ),
    "annex.outliers_nothing": "Le traitement n’a changé aucune valeur.",
    "annex.logarithms": "Remplacés en entier par leur logarithme, la winsorisation n’y suffisant pas\u00a0: {names}. L’ordre des territoires est conservé.",
    "annex.treated_list": "Valeurs ramenées vers les autres",
    "annex.more_treated.study": "et {count} de plus\u00a0: couche «\u00a0indicators\u00a0» de results.gpkg, «\u00a0value\u00a0» à côté de «\u00a0value_treated\u00a0»",
    "annex.more_treated.table": "et {count} de plus\u00a0: treatment.csv",
    "annex.left_out": "Partout les mêmes, ou vides, et donc laissés hors de tous les scores\u00a0: {names}.",
    # 4. Multivariate analysis.
    "annex.together": "Comment les composantes de chaque score vont ensemble\u00a0: corrélations (Pearson) entre scores normalisés, et cohérence interne.",
    "annex.together_nothing": "Aucun score composite n’a plusieurs composantes comparables\u00a0: il n’y a rien à analyser.",
    "annex.alpha_meaning": (
        "L’alpha de Cronbach (standardisé) approche 1 quand les composantes mesurent une même chose. Un alpha faible n’est pas un défaut "
        "quand elles sont voulues distinctes\u00a0; il dit que le score composite résume moins chacune d’elles."
    ),
    "annex.redundant": "Paires qui disent presque la même chose (corrélation supérieure à 0,9)\u00a0: {count}.",
    "annex.redundant_nothing": "Aucune paire ne dit presque la même chose (corrélation supérieure à 0,9).",
    "annex.opposed": "Paires qui s’opposent (corrélation inférieure à −0,4)\u00a0: {count}.",
    "annex.opposed_nothing": "Aucune paire ne s’oppose (corrélation inférieure à −0,4).",
    "annex.more_pairs": "et {count} paires de plus",
    "annex.matrices": "Corrélations au sein de chaque score composite",
    "annex.matrices_meaning": (
        "En bleu\u00a0: {strong} ou plus\u00a0; en orange\u00a0: −0,4 ou moins\u00a0; en gris\u00a0: peut être le fait du hasard (valeur p supérieure à {level}\u00a0%). "
        "Les territoires sont tous là, ce n’est pas un échantillon\u00a0: le gris dit combien ils sont peu."
    ),
    "annex.matrices_left": "Trop larges pour figurer ici (plus de {most} composantes)\u00a0: {names}.",
    # 5. Normalisation.
    "annex.normalisation": "Échelle des indicateurs\u00a0: {method}.",
    "annex.same_scale": "Tous les indicateurs ont cette échelle.",
    "annex.scale_kind.relative": "De tels scores sont relatifs aux territoires de ce calcul\u00a0: ils ne se comparent pas à ceux d’un autre calcul.",
    "annex.scale_kind.ranks": (
        "De tels scores gardent l’ordre des territoires et oublient les distances entre eux\u00a0; ils sont relatifs aux "
        "territoires de ce calcul."
    ),
    "annex.scale_kind.absolute": "De tels scores reposent sur des valeurs fixées, et non sur les territoires de ce calcul\u00a0: ils se comparent d’un calcul à l’autre.",
    "annex.scale_kind.flags": "De tels scores comptent les seuils qu’un territoire franchit\u00a0; ce qui se trouve entre deux seuils ne change rien.",
    "annex.turned": "Retournés, parce que moins vaut mieux\u00a0: {names}.",
    # 6. Weights and aggregation.
    "annex.weights": "Pondérations\u00a0: {method}.",
    "annex.named": "{name}\u00a0: {what}",
    "annex.weights_own": "Comment sont pondérées les composantes de chaque score composite\u00a0:",
    "annex.common_best": (
        "Les pondérations les plus favorables à chaque territoire ont été ramenées à leur moyenne, pour que les scores restent comparables\u00a0: "
        "elles favorisent ce en quoi beaucoup de territoires sont bons, et non ce qui compte le plus."
    ),
    "annex.judgement": "Ce qui a été dit de\u00a0: {composite}",
    "annex.experts": "Experts\u00a0: {count}.",
    "annex.inconsistent": "Les réponses se contredisent plus qu’il n’est jugé acceptable\u00a0: revoyez les pires.",
    "annex.worst_comparisons": "Les réponses les plus éloignées de ce que disent toutes les réponses ensemble\u00a0:",
    "annex.weights_meaning": (
        "«\u00a0Utilisée\u00a0»\u00a0: la part dans le score composite. «\u00a0Ce qu’il compte en réalité\u00a0»\u00a0: la part de la variance du score composite qui va "
        "avec l’élément\u00a0; un élément peu dispersé, ou à part des autres, compte moins que sa pondération."
    ),
    "annex.differs": "Éléments qui comptent au moins le double de leur pondération, ou au plus sa moitié\u00a0: {count}.",
    "annex.differs_nothing": "Aucun élément ne compte le double de sa pondération, ni sa moitié.",
    "annex.counts_more": "compte plus que sa pondération",
    "annex.counts_less": "compte moins que sa pondération",
    "annex.left_out_short": "laissé de côté",
    "annex.more_weights.study": "et {count} lignes de plus",
    "annex.more_weights.table": "et {count} de plus\u00a0: weights.csv",
    "annex.aggregation": "Agrégation\u00a0: {method}.",
    "annex.aggregation_own": "Scores composites qui ont leur propre agrégation\u00a0:",
    "annex.relative_scores": "De tels scores reposent sur la comparaison des territoires de ce calcul\u00a0: un territoire de plus ou de moins peut changer ceux de tous.",
    "annex.positive_scores": "Un zéro annulerait un tel score\u00a0: l’échelle commence au-dessus, et une étude où ce n’est pas le cas est refusée.",
    # 7. Robustness.
    "annex.no_ranking": "Aucun score composite ne classe les territoires\u00a0: rien n’a été tiré.",
    "annex.draws": "Les résultats ont été refaits {draws} fois sous d’autres hypothèses (graine {seed}\u00a0: les mêmes tirages sur toute machine). À chaque tirage ont varié\u00a0:",
    "annex.drawn.range": "les pondérations, chacune uniformément autour de sa valeur\u00a0: ± {amount}",
    "annex.drawn.dirichlet": "les pondérations, selon des lois de Dirichlet autour de leurs valeurs, concentration {amount} (plus elle est forte, plus elles restent proches)",
    "annex.drawn.normalisation": "la normalisation, à chances égales\u00a0: {methods}",
    "annex.drawn.aggregation": "l’agrégation, à chances égales\u00a0: {methods}",
    "annex.drawn.treatment": "le traitement des valeurs extrêmes, à chances égales\u00a0: {methods}",
    "annex.drawn.imputation": "les valeurs imputées, selon les erreurs que fait leur règle sur les valeurs connues",
    "annex.drawn.error": "les valeurs des indicateurs dont l’erreur est déclarée\u00a0: {names}",
    "annex.drawn.thresholds": "le seuil au-delà duquel on parle de niveau élevé, de {shift} au plus",
    "annex.level.indicators": "indicateurs",
    "annex.level.nodes": "scores composites",
    "annex.level.themes": "thématiques",
    "annex.not_drawn": "N’ont pas varié dans ce calcul\u00a0: {names}.",
    "annex.group.weights": "pondérations",
    "annex.group.normalisation": "normalisation",
    "annex.group.aggregation": "agrégation",
    "annex.group.treatment": "traitement des valeurs extrêmes",
    "annex.group.imputation": "valeurs imputées",
    "annex.group.error": "erreurs des indicateurs",
    "annex.group.thresholds": "seuils",
    "annex.nothing_ranked": "Aucun territoire n’est classé dans ce calcul.",
    "annex.stamps_study": "Pour chaque territoire à entraîner\u00a0: dans quelle part des hypothèses testées il est parmi les {shortlist} premiers\u00a0; dans la marge d’erreur des tirages, c’est le degré inférieur qui est donné.",
    "annex.stamps_table": "Pour chaque territoire\u00a0: dans quelle part des hypothèses testées il reste dans le quart du classement où il se trouve\u00a0; dans la marge d’erreur des tirages, c’est le degré inférieur qui est donné.",
    "annex.stamp.core": "dans 90\u00a0% au moins des hypothèses testées",
    "annex.stamp.probable": "dans 50 à 90\u00a0% des hypothèses testées",
    "annex.stamp.debatable": "dans moins de 50\u00a0% des hypothèses testées",
    "annex.interval_widths": (
        "L’intervalle d’un rang le contient dans 90\u00a0% des hypothèses testées. Territoires classés\u00a0: {ranked}\u00a0; entre le meilleur et le "
        "moins bon rang, il y a {median} places ou moins pour la moitié d’entre eux, {most} ou moins pour neuf sur dix, {widest} au plus."
    ),
    "annex.rank_change": "En moyenne, un rang s’écarte de {change} places du rang publié d’un jeu d’hypothèses à l’autre.",
    "annex.segments_kept": (
        "Territoires dont le segment reste le même dans 90\u00a0% au moins des hypothèses testées\u00a0: {sure}\u00a0; dans 50 à "
        "90\u00a0%\u00a0: {likely}\u00a0; dans moins de la moitié\u00a0: {open}."
    ),
    "annex.list_without": "La liste sans un indicateur ou une thématique",
    "annex.list_without_meaning": "Ce que les segments et la liste des cibles doivent à chacune de leurs parties, selon les méthodes de l’étude.",
    "annex.list_theme": "Thématique\u00a0: {name}",
    "annex.list_element": "Laissé de côté",
    "annex.list_rank_change": "Changement moyen de rang",
    "annex.list_moved": "Territoires qui changent de segment",
    "annex.list_kept": "Part de la liste conservée",
    "annex.leaving_out": "Un élément laissé de côté à la fois ({composite})",
    "annex.leaving_out_meaning": "De combien de places les rangs changent en moyenne sans l’élément, les pondérations des autres étant relevées d’autant.",
    "annex.leaving_out_pairs": "Non calculé\u00a0: l’agrégation compare toutes les paires de territoires, et ils sont trop nombreux.",
    "annex.leaving_out_nothing": "Non calculé\u00a0: il n’y a pas deux éléments entre lesquels choisir, ou rien à classer.",
    "annex.leaving_out_more": "et {count} de plus, de moindre effet",
    "annex.indices": "Quels choix font bouger les résultats (indices de Sobol)",
    "annex.indices_not_asked": "Les indices de Sobol n’ont pas été demandés dans ce calcul.",
    "annex.indices_nothing": "Les indices de Sobol ont été demandés, mais rien de ce qui varie ne peut changer les rangs.",
    "annex.indices_meaning": (
        "Part de la variance que chaque groupe de choix produit seul, puis avec les autres. Les estimations peuvent sortir un peu "
        "de l’intervalle de 0 à 1."
    ),
    "annex.followed.segment": "Être dans son segment",
    "annex.followed.rank": "Rangs",
    "annex.followed.rank_change": "Écart moyen des rangs",
    "annex.followed.shortlist": "Être en tête de liste",
    # 8. Details.
    "annex.no_readiness": "L’étude n’a pas de facteur de succès utilisable\u00a0: ni potentiel, ni segments, ni cibles.",
    "annex.readiness_threshold": "Le potentiel est élevé strictement au-dessus de {value}.",
    "annex.activity_threshold": (
        "L’activité est élevée strictement au-dessus de {value} projets pour 10\u202f000 habitants "
        "(compte tenu des petits nombres), et au-dessus de 0."
    ),
    "annex.threshold_quantile": "C’est la valeur au-dessous de laquelle se trouvent {share}\u00a0% des territoires.",
    "annex.coders": "Accord des deux codeurs de projets",
    "annex.coders_meaning": (
        "Pondération quadratique\u00a0: 1 s’ils sont toujours d’accord, 0 s’ils ne le sont pas plus que par hasard. "
        "Les notes des axes sont descriptives\u00a0: elles n’entrent dans aucun score ni dans l’activité."
    ),
    "annex.deviance_lost": "Déviance perdue",
    "annex.spread": "Écart-type",
    "annex.threshold_jenks": "C’est le seuil naturel des valeurs des territoires en {classes} classes (Jenks).",
    "annex.activity_drawn": (
        "La probabilité d’un segment tire pondérations et méthodes comme il est dit plus haut, et l’activité d’après ce que "
        "son compte en dit, compte tenu des petits nombres\u00a0; sans projet, l’activité est faible à coup sûr. "
        "Les rangs ne tirent pas l’activité."
    ),
    "annex.decisions": (
        "Une personne a décidé pour {count} territoires\u00a0: les listes disent qui, quand et pourquoi. "
        "Les rangs calculés restent tels quels."
    ),
    "annex.threshold_given": "L’étude donne cette valeur.",
    "annex.no_activity": "Aucune activité n’a été recherchée\u00a0: les segments reposent sur le seul potentiel.",
    "annex.model": (
        "Les comptes suivent une loi binomiale négative autour de ce qui est attendu, de dispersion {dispersion}."
    ),
    "annex.model_poisson": "Les comptes suivent une loi de Poisson autour de ce qui est attendu.",
    "annex.priority": (
        "La priorité est la moyenne géométrique de trois percentiles, d’au moins 1 chacun\u00a0: potentiel, enjeu de la "
        "thématique recommandée, indice de faible activité. Ils comptent pour {readiness}, {stake} et {evidence}\u00a0: "
        "c’est un jugement de valeur, pas un constat."
    ),
    "annex.segments": "Segments",
    "annex.first_territories": "Les premiers territoires\u00a0: {composite}, décomposé",
    "annex.contributions.points": "Les points de tous les indicateurs s’additionnent exactement au score.",
    "annex.contributions.factors": "Les facteurs de tous les indicateurs se multiplient exactement au score.",
    "annex.contributions.shapley": "Valeurs de Shapley\u00a0: de combien chaque indicateur écarte le score de celui d’un territoire à la moyenne de tous\u00a0; leur somme est exacte.",
    "annex.contributions.pairs": "L’agrégation compare les territoires entre eux\u00a0: ses scores ne sont pas décomposés ici.",
    "annex.strata": "Des rangs ont aussi été donnés au sein de\u00a0: {names}.",
    # 9. Links.
    "annex.links.study": "Comment l’activité et la population vont avec\u00a0: {composite}.",
    "annex.links.table": "Comment ce par quoi les indicateurs sont divisés, la taille des territoires, va avec\u00a0: {composite}.",
    "annex.links_meaning": "Une corrélation n’est pas une cause. Ni pondérations ni méthodes n’ont été choisies pour la rendre plus forte ou plus faible.",
    "annex.links_not_done": (
        "Rien d’autre n’a été comparé aux scores\u00a0: ni d’autres indices, ni le revenu, ni le sort des projets. "
        "Cela reste à faire avant de prendre un score pour une prévision."
    ),
    # 10. Presentation.
    "annex.presentation": "Où sont les résultats\u00a0:",
    "annex.file.results": "results.gpkg\u00a0: les couches et leurs styles, pour QGIS\u00a0; chaque valeur avec son indication",
    "annex.file.territories": "territories.csv\u00a0: tous les territoires, avec scores, segment, rang, intervalle et raisons",
    "annex.file.targets": "targets.csv\u00a0: la liste courte",
    "annex.file.scoring": "scoring.npz\u00a0: ce qu’il faut pour noter à nouveau avec d’autres pondérations",
    "annex.file.methodology": "methodology.html\u00a0: cette annexe",
    "annex.file.manifest": "manifest.json\u00a0: tout ce dont dépendent les résultats, avec empreintes, versions et graine",
    "annex.file.scores": "scores.csv\u00a0: tous les scores composites, le rang et la part de données connues",
    "annex.file.normalised": "normalised.csv\u00a0: les indicateurs à leur échelle",
    "annex.file.treated": "treated.csv\u00a0: les indicateurs après traitement des valeurs extrêmes",
    "annex.file.treatment": "treatment.csv\u00a0: chaque valeur traitée, avant et après",
    "annex.file.imputed": "imputed.csv\u00a0: chaque valeur imputée",
    "annex.file.weights": "weights.csv\u00a0: pondérations déclarées, utilisées et dans l’ensemble",
    "annex.file.robustness": "robustness.csv\u00a0: intervalle et stabilité de chaque rang",
    "annex.file.leaving_out": "leaving_out.csv\u00a0: écart moyen de rang sans chaque élément",
    "annex.file.sensitivity": "sensitivity.csv\u00a0: indices de Sobol, s’ils ont été demandés",
    "annex.reading": "Un rang ne se lit jamais sans son intervalle, ni un score sans sa part de données connues. Les valeurs imputées et traitées gardent partout leur indication.",
    "annex.versions": "Versions\u00a0: {names}.",
}

"""French sentences: reasons, explanations, checks and reasons for gaps, by code."""

from __future__ import annotations

SENTENCES = {
    # Reasons of a territory.
    "reason.readiness_high": "Potentiel de {value}, au-dessus du seuil de {threshold}.",
    "reason.readiness_low": "Potentiel de {value}, qui ne dépasse pas le seuil de {threshold}.",
    "reason.insufficient_data": (
        "On en sait trop peu pour noter le potentiel\u00a0: {share}\u00a0% des pondérations, quand il en faut {needed}\u00a0%\u00a0; "
        "manquent\u00a0: {absent}."
    ),
    "reason.no_success_factors": "L’étude n’a pas de facteur de succès utilisable\u00a0: le potentiel n’est pas noté.",
    "reason.strengths": "Ses atouts\u00a0: {strengths}.",
    "reason.named_value": "{name} ({value})",
    "reason.projects_one": "{count} projet",
    "reason.projects_many": "{count} projets",
    "reason.activity": (
        "Activité recensée\u00a0: {projects}, quand sa population en laisse attendre {expected}\u00a0; "
        "sur 100 territoires comparables, {evidence} en font davantage."
    ),
    "reason.activity_alone": "Activité recensée\u00a0: {projects}\u00a0; faute de population connue, aucun nombre n’est attendu.",
    "reason.activity_unknown": (
        "Personne n’a encore recherché de projets ici\u00a0: rien de recensé ne veut pas dire rien de fait."
    ),
    "reason.activity_unknown_expected": (
        "Personne n’a encore recherché de projets ici (sa population en laisse attendre {expected})\u00a0: "
        "rien de recensé ne veut pas dire rien de fait."
    ),
    "reason.no_activity_indicator": "L’étude ne recense pas d’activité.",
    "reason.stake": "Thématique à aborder\u00a0: {theme}, enjeu de {value}\u00a0; {details}.",
    "reason.peer": "Pair possible\u00a0: {name} ({code}), comparable et actif ({projects}).",
    "reason.stability": (
        "Parmi les {shortlist} premiers dans {share}\u00a0% des hypothèses testées\u00a0; "
        "rang compris entre {low} et {high} dans 90\u00a0% d’entre elles."
    ),
    "reason.stability_one_rank": (
        "Parmi les {shortlist} premiers dans {share}\u00a0% des hypothèses testées\u00a0; "
        "rang {low} dans 90\u00a0% d’entre elles."
    ),
    "reason.flag_missing": "Valeurs manquantes\u00a0: {names}.",
    "reason.flag_imputed": "Valeurs imputées\u00a0: {names}.",
    "reason.flag_repaired": "Valeurs reprises d’un autre millésime ou réparées\u00a0: {names}.",
    "reason.fictitious": "Région fictive\u00a0: aucun lieu réel.",
    "reason.synthetic": "Certaines couches sont synthétiques, non observées.",
    "reason.proxy": "L’activité est un indicateur de substitution, pas une activité «\u00a0smart\u00a0».",
    # Explanations.
    "explain.title": "{name} ({code}) – segment\u00a0: {segment}",
    "explain.rank": "Cible n° {rank}\u00a0; rang entre {low} et {high} dans 90\u00a0% des hypothèses testées\u00a0; {stability}.",
    "explain.not_engage": "Hors de la liste des cibles\u00a0: son segment est «\u00a0{segment}\u00a0» ({meaning}).",
    "explain.beyond_shortlist": "Dans la liste des cibles au rang {rank}, au-delà de la liste restreinte de {shortlist}.",
    "explain.listed": "Dans la liste restreinte de {shortlist}.",
    "explain.contributions": "Ce qui fait le potentiel de {value}\u00a0:",
    "explain.factors": "Facteurs dont le produit fait le potentiel de {value}\u00a0:",
    "explain.contribution": "  {points}  {name} ({value}, pondération {weight})",
    "explain.missing": "  manque  {name} ({reason})",
    # Progress.
    "step.sources": "Lecture des sources",
    "step.measures": "Mesure des territoires",
    "step.scoring": "Calcul des scores",
    "step.targeting": "Recherche des cibles",
    "step.results": "Écriture des résultats",
    # Why a value is missing or repaired.
    "gap.no_value": "pas de valeur",
    "gap.withheld": "couvert par le secret statistique",
    "gap.absent": "non renseigné dans la table",
    "gap.not_a_number": "pas un nombre dans la table",
    "gap.not_finite": "pas un nombre fini",
    "gap.not_in_table": "la table n’a pas de ligne pour ce territoire",
    "gap.no_population": "pas de population par quoi diviser",
    "gap.denominator_zero": "le dénominateur est nul ou manquant",
    "gap.mean_needs_weights": "donné par parties, dont la moyenne demanderait des pondérations",
    "gap.not_divisible": "un seul compte donné pour plusieurs territoires",
    "gap.no_geometry": "le territoire n’a pas de géométrie",
    "gap.damaged_raster": "le raster y est illisible",
    "gap.outside_raster": "hors du raster, ou là où il n’a pas de données",
    "gap.not_searched": "personne n’a cherché",
    "gap.arrondissements": "rassemblé à partir des arrondissements",
    "gap.merged": "rassemblé à partir de communes fusionnées depuis",
    "gap.split": "repris d’une commune fusionnée depuis, ou de la ville entière",
    "gap.population_carried": "la population est reprise d’un autre millésime",
    "gap.geometry_repaired": "un polygone invalide a été réparé ici",
    "gap.imputed": "imputé selon la règle de l’étude",
    "gap.constant": "l’indicateur est le même partout\u00a0: écarté du score",
    # What was looked at in the sources.
    "quality.code_rewritten": "Codes réécrits (zéro perdu, espaces, casse, décimales)",
    "quality.field_renamed": "Colonnes trouvées sous une autre écriture",
    "quality.no_geometry": "Entités sans géométrie utilisable, écartées",
    "quality.invalid_geometry": "Géométries invalides, réparées par structure",
    "quality.area_changed_by_repair": "Géométries dont la réparation a changé la surface de plus de 0,1\u00a0%",
    "quality.reprojected": "Entités ramenées au système de coordonnées de l’étude",
    "quality.zones_reprojected": "Territoires ramenés au système de coordonnées du raster",
    "quality.covers_no_territory": "La couche ne couvre aucun des territoires",
    "quality.duplicated_features": "Entités qui en répètent une autre, place et attributs, comptées une fois",
    "quality.territories_overlap": "Territoires qui se chevauchent",
    "quality.territories_gap": "Vides entre les territoires",
    "quality.polygon_parts_kept": "Entités de plusieurs natures, dont les polygones ont été gardés",
    "quality.no_polygon": "Points et lignes parmi des polygones, écartés",
    "quality.zones_overlap": "Territoires où des polygones se chevauchent, chaque lieu compté une fois",
    "quality.line_parts_kept": "Entités de plusieurs sortes, dont les lignes sont gardées",
    "quality.no_line": "Points et polygones parmi des lignes, écartés",
    "quality.lines_overlap": "Lignes superposées, chaque tronçon compté une fois",
    "quality.damaged_raster": "Territoire où le raster est illisible",
    "quality.raster_rescaled": "Nombres entiers convertis en valeurs par l’échelle et le décalage du raster",
    "quality.raster_of_classes": "Raster de classes, dont une moyenne dit peu",
    "quality.territory_without_geometry": "Territoire sans géométrie",
    "quality.territory_without_group": "Territoire sans groupe",
    "quality.negative_population": "Population négative, prise pour manquante",
    "quality.dissolved": "Territoires fusionnés à partir de plusieurs entités",
    "quality.encoding": "Encodage du texte reconnu",
    "quality.number_rewritten": "Nombres réécrits (virgule décimale, milliers, signes)",
    "quality.not_a_number": "Cellules qui ne sont pas des nombres",
    "quality.value_withheld": "Valeurs couvertes par le secret statistique",
    "quality.value_absent": "Valeurs non renseignées",
    "quality.rows_without_territory": "Lignes qui ne correspondent à aucun territoire",
    "quality.rows_without_code": "Lignes sans code",
    "quality.not_finite": "Nombres qui ne sont pas finis, pris pour manquants",
    "quality.territory_without_row": "Territoire auquel aucune ligne ne correspond",
    "quality.carried_arrondissements": "Rassemblé à partir des arrondissements",
    "quality.carried_merged": "Rassemblé à partir de communes fusionnées depuis",
    "quality.carried_split": "Repris d’une commune fusionnée depuis, ou de la ville entière",
    "quality.mean_needs_weights": "Parties dont la moyenne demanderait des pondérations",
    "quality.count_not_divisible": "Un seul compte pour plusieurs territoires",
    "quality.outside_raster": "Territoire hors du raster",
    "quality.partly_covered": "Territoire que le raster couvre en partie",
    "quality.raster_straightened": "Raster tourné ou renversé, redressé",
    "quality.nodata_suspected": "Valeur qui signifie peut-être «\u00a0sans donnée\u00a0» sans être déclarée",
    "quality.unknown_code": "Codes d’aucun territoire",
    "quality.code_carried": "Codes d’un autre millésime, repris",
    "quality.unknown_stage": "Stades que le registre ne connaît pas",
    "quality.no_year": "Projets sans année, écartés",
    "quality.unknown_status": "Statuts d’enquête que le registre ne connaît pas",
    "quality.constant_indicator": "Indicateur identique partout, écarté du score",
    "quality.empty_indicator": "Indicateur sans aucune valeur, écarté du score",
    "quality.no_population": "Aucune population connue\u00a0: l’activité se compare par les seuls comptes, et rien n’est attendu de personne",
    "quality.activity_unknown": (
        "Aucune activité n’a été recherchée nulle part\u00a0: les segments reposent sur le seul potentiel"
    ),
    "quality.no_usable_indicator": "Plus aucun facteur de succès utilisable\u00a0: tous les territoires manquent de données",
    # Units.
    "unit.number": "",
    "unit.projects": "projets",
    "unit.m²/inhabitant": "m² par habitant",
    "unit.MWh/inhabitant": "MWh par habitant",
    "unit.inhabitants/km²": "habitants par km²",
    "unit.inhabitants": "habitants",
    "unit.per 1 000 inhabitants": "pour 1\u00a0000\u00a0habitants",
    # Kinds of measures and methods, as the annex calls them.
    "kind.coverage_share": "part couverte",
    "kind.coverage_area": "surface couverte",
    "kind.coverage_per_capita": "surface couverte par habitant",
    "kind.zonal_mean": "moyenne du raster",
    "kind.count": "nombre d’entités",
    "kind.count_per_1000": "entités pour 1\u202f000 habitants",
    "kind.line_length": "longueur de lignes",
    "kind.line_density": "longueur de lignes par km²",
    "kind.field": "colonne de la table",
    "kind.ratio": "rapport de deux colonnes",
    "kind.per_capita": "colonne par habitant",
    "kind.change": "évolution entre deux colonnes",
    "kind.register_activity": "projets du registre",
    "method.error": "aucune n’est acceptée",
    "method.renormalise": "laissées de côté, les pondérations des autres renormalisées",
    "method.group_mean": "moyenne du groupe ({group})",
    "method.group_median": "médiane du groupe ({group})",
    "method.min_max": "linéaire, de {low} (le pire) à {high} (le meilleur)",
    "method.z_score": "centrée réduite (moyenne 0, écart-type 1)",
    "method.rank": "rang à partir du pire, {ties}",
    "method.percentile_rank": "rang centile de 0 (le pire) à 100 (le meilleur), {ties}",
    "method.arithmetic_mean": "moyenne arithmétique pondérée",
    "method.geometric_mean": "moyenne géométrique pondérée",
    "ties.min": "valeurs égales à leur rang le plus bas",
    "ties.mean": "valeurs égales à leur rang moyen",
    "ties.max": "valeurs égales à leur rang le plus haut",
    # Methodology annex.
    "annex.title": "Méthodologie",
    "annex.study": "Étude",
    "annex.state": "État des données\u00a0: {date}",
    "annex.counts": "Territoires",
    "annex.themes": "Thématiques",
    "annex.indicators": "Indicateurs",
    "annex.indicator": "Indicateur",
    "annex.role": "Rôle",
    "annex.group": "Thématique ou axe",
    "annex.measure": "Mesure",
    "annex.unit": "Unité",
    "annex.direction": "Sens",
    "annex.weight": "Pondération",
    "annex.missing": "Manquants",
    "annex.range": "Min. – médiane – max.",
    "annex.higher": "↑",
    "annex.lower": "↓",
    "annex.arrows": "↑\u00a0: plus la valeur est haute, plus le score est élevé\u00a0; ↓\u00a0: plus elle est basse, plus le score est élevé.",
    "annex.method": "Méthode",
    "annex.missing_rule": "Valeurs manquantes\u00a0: {rule}\u00a0; un score composite demande {share}\u00a0% de ses pondérations.",
    "annex.normalisation": "Normalisation\u00a0: {method}.",
    "annex.aggregation": "Agrégation\u00a0: {method}, pondérations telles que déclarées.",
    "annex.readiness_threshold": "Le potentiel est élevé strictement au-dessus de {value}.",
    "annex.activity_threshold": (
        "L’activité est élevée strictement au-dessus de {value} projets pour 10 000 habitants "
        "(compte tenu des petits nombres), et au-dessus de 0."
    ),
    "annex.model": (
        "L’activité attendue est proportionnelle à la population\u00a0; les comptes suivent une loi binomiale négative "
        "de dispersion {dispersion}. Les facteurs de succès ne servent pas à la prédire."
    ),
    "annex.priority": (
        "La priorité est la moyenne géométrique de trois percentiles, d’au moins 1 chacun\u00a0: potentiel, enjeu de la "
        "thématique recommandée, indice de faible activité. Des exposants égaux sont un choix de valeur."
    ),
    "annex.no_readiness": "L’étude n’a pas de facteur de succès utilisable\u00a0: ni potentiel, ni segments, ni cibles.",
    "annex.no_activity": "Aucune activité n’a été recherchée\u00a0: les segments reposent sur le seul potentiel.",
    "annex.model_poisson": (
        "L’activité attendue est proportionnelle à la population\u00a0; les comptes suivent une loi de Poisson. "
        "Les facteurs de succès ne servent pas à la prédire."
    ),
    "annex.values_given": "Les valeurs viennent de la table {path}\u00a0; seule l’activité a été mesurée.",
    "annex.robustness": (
        "{draws} tirages de toutes les pondérations à ± {share}\u00a0% (graine {seed}). «\u00a0Noyau\u00a0»\u00a0: dans la liste "
        "restreinte d’au moins 90\u00a0% d’entre eux, «\u00a0probable\u00a0»\u00a0: d’au moins 50\u00a0%, «\u00a0discutable\u00a0»\u00a0: de moins."
    ),
    "annex.segments": "Segments",
    "annex.segment": "Segment",
    "annex.meaning": "Ce qu’il dit",
    "annex.quality": "Ce qui a été trouvé dans les sources",
    "annex.sources": "Sources",
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
    "annex.more": "et {count} lignes de plus dans la couche «\u00a0quality\u00a0» de results.gpkg",
    "annex.versions": "Versions",
}

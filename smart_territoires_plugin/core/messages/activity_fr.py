"""French wording of expected activity, its model and its evidence."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "activity.candidate.poisson_regression": "régression de Poisson",
    "activity.candidate.gradient_boosting": "gradient boosting à perte de Poisson",
    "activity.verdict.gain": "L’activité attendue tient compte des facteurs de succès ({candidate})\u00a0: pour des "
    "territoires de groupes qu’il n’avait pas vus, le modèle fait mieux que la population et la classe de taille "
    "seules, de {gain} points de déviance, soit plus de 1,645 fois leur erreur type ({gain_se}, sur {n_groups} "
    "groupes).",
    "activity.verdict.no_gain": "L’activité attendue ne repose que sur la population et la classe de taille\u00a0: pour des "
    "territoires de groupes qu’il n’avait pas vus, le meilleur modèle des facteurs de succès ({candidate}) gagne "
    "{gain} points de déviance, soit pas plus de 1,645 fois leur erreur type ({gain_se}, sur {n_groups} groupes). Il "
    "n’est pas utilisé.",
    "activity.verdict.no_factors": "L’activité attendue ne repose que sur la population et la classe de taille\u00a0: "
    "l’étude n’a aucun facteur de succès qui distingue les territoires.",
    "activity.verdict.few_groups": "L’activité attendue ne repose que sur la population et la classe de taille\u00a0: "
    "{n_groups} groupes dont l’activité est connue ne suffisent pas pour juger un modèle des facteurs de succès (il en "
    "faut {least_groups}).",
    "activity.verdict.few_projects": "L’activité attendue ne repose que sur la population\u00a0: il y a trop peu de projets "
    "ou de territoires enquêtés pour juger un modèle (il faut {least_projects} projets et {least_territories} "
    "territoires, qui ne soient pas tous dans les mêmes groupes).",
    "activity.verdict.no_population": "Rien n’est attendu d’aucun territoire\u00a0: aucune population n’est connue.",
    "activity.verdict.no_counts": "Rien n’est attendu d’aucun territoire\u00a0: personne n’a cherché de projets.",
    "activity.evidence": "sur 100 territoires comparables, {count} en font plus",
    "activity.importance.title": "Ce sur quoi le modèle s’appuie",
    "activity.importance.meaning": "Déviance perdue, par territoire, quand un facteur est redistribué au hasard\u00a0: une "
    "association, pas une cause.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {}

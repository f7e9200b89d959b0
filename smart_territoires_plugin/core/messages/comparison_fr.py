"""French wording about the comparison of two runs, and about what a missing-value rule needs."""

from __future__ import annotations

SENTENCES = {
    "cause.values": "valeurs du territoire",
    "cause.others": "valeurs des autres territoires",
    "cause.weights": "pondérations",
    "cause.method": "méthode",
    "cause.threshold": "seuil à partir duquel on est haut",
    "cause.activity": "activité",
    "cause.coverage": "part de données connues",
    "method.neighbours": "moyenne des territoires limitrophes",
    "method.knn": "moyenne des territoires les plus semblables (k plus proches voisins)",
    "method.regression": "régression sur les autres indicateurs",
    "compare.title": "{before} → {after}",
    "compare.territories": "Territoires communs\u00a0: {both}\u00a0; dans le premier calcul seulement\u00a0: {first}\u00a0; dans le second seulement\u00a0: {second}.",
    "compare.only_first": "  dans le premier seulement\u00a0: {codes}",
    "compare.only_second": "  dans le second seulement\u00a0: {codes}",
    "compare.differs": "Ce qui diffère\u00a0:",
    "compare.nothing_differs": "Rien ne diffère\u00a0: mêmes sources, valeurs, pondérations et méthode.",
    "compare.weight": "  pondération de {name}\u00a0: {before} → {after}",
    "compare.method": "  {key}\u00a0: {before} → {after}",
    "compare.source": "  source {name}\u00a0: autre contenu",
    "compare.values": "  valeurs de {name}, territoires\u00a0: {count}",
    "compare.indicator_gone": "  indicateur du premier calcul seulement\u00a0: {name}",
    "compare.indicator_new": "  indicateur du second calcul seulement\u00a0: {name}",
    "compare.version": "  version du produit\u00a0: {before} → {after}",
    "compare.shortlist": "Liste courte\u00a0: entrées {entered}, sorties {left}, maintiens {stayed}.",
    "compare.entered": "  entrés\u00a0: {codes}",
    "compare.left": "  sortis\u00a0: {codes}",
    "compare.segments": "Changements de segment\u00a0: {count}.",
    "compare.segment_cause": "  {count} par {cause}",
    "compare.score": "{name}\u00a0: changé dans {count} des territoires, de {mean} points en moyenne.",
    "compare.cause": "  {share} par {cause}",
    "compare.not_reproduced": "{name}\u00a0: son évolution ne peut être décomposée\u00a0; une étape de la méthode ne peut être refaite à partir des fichiers, ou pas sur les valeurs de l’autre calcul.",
    "compare.others_within": "Les territoires sont nombreux\u00a0: les valeurs des autres territoires sont comptées avec celles du territoire.",
    "compare.readiness": "Potentiel",
}

PROBLEMS = {
    "scoring.rule_in_engine": (
        "la règle «\u00a0{rule}\u00a0» s’exécute dans le moteur, avec un Python qui a scikit-learn.",
        "Lancez-y l’étude\u00a0; les scores se recalculent ensuite à partir des valeurs qu’il a complétées.",
    ),
    "scoring.no_neighbours": (
        "aucune limite ne dit quels territoires sont voisins.",
        "Choisissez une autre règle dans «\u00a0scoring: missing\u00a0», ou donnez des territoires avec leurs géométries.",
    ),
    "scoring.no_groups": (
        "les territoires n’ont pas ce groupe, d’après lequel les manques doivent être comblés.",
        "Nommez l’un des groupes dans «\u00a0scoring: missing\u00a0».",
    ),
    "results.unreadable": (
        "les résultats ne peuvent être lus ({reason}).",
        "Relancez l’étude vers ce dossier.",
    ),
}

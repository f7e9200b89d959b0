"""French wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "outcomes.by_default": "par défaut",
    "outcomes.entered": "{name} entre dans la liste «\u00a0{list}\u00a0»\u00a0: {why}",
    "outcomes.left": "{name} quitte la liste «\u00a0{list}\u00a0»\u00a0: {why}",
    "outcomes.stayed": "{name} reste dans la liste «\u00a0{list}\u00a0».",
    "outcomes.called": "Un appel a eu lieu le {date} ({outcome}).",
    "outcomes.list.shortlist": "à appeler",
    "outcomes.list.engage": "à entraîner",
    "outcomes.list.raise_awareness": "à sensibiliser",
    "outcomes.list.showcase": "à valoriser",
    "outcomes.list.verify": "à vérifier",
    "outcomes.why.data": "{indicator} est passé de {before} à {after}, et {score} de {score_before} à {score_after}.",
    "outcomes.why.population": "sa population est passée de {before} à {after}.",
    "outcomes.why.coverage": "on en sait trop peu dans l’un des calculs ({score}\u00a0: {score_before}, puis {score_after}).",
    "outcomes.why.weights": "les poids ont changé ({score}\u00a0: {score_before}, puis {score_after}).",
    "outcomes.why.method": "la méthode ou ses seuils ont changé ({score}\u00a0: {score_before}, puis {score_after}).",
    "outcomes.why.relative": "rien de décisif n’a changé dans ses propres chiffres, les autres ont bougé ({score}\u00a0: {score_before}, puis {score_after}).",
    "outcomes.why.outreach": "depuis l’appel, le registre contient d’autres projets de ce territoire (actifs\u00a0: {before}, puis {after}).",
    "outcomes.why.activity": "le registre contient d’autres projets de ce territoire (actifs\u00a0: {before}, puis {after}).",
    "outcomes.why.decision": "une personne en a décidé ainsi le {date}\u00a0: {reason}",
    "outcomes.why.decision_gone": "la décision d’une personne à son sujet a été retirée.",
    "outcomes.why.territories": "il n’est que dans l’un des deux calculs.",
    "outcomes.why.units": "c’est une unité de plusieurs territoires, qui ont leurs propres chiffres.",
    "outcomes.cause.data": "données",
    "outcomes.cause.coverage": "ce que l’on sait",
    "outcomes.cause.weights": "poids",
    "outcomes.cause.method": "méthode ou seuils",
    "outcomes.cause.relative": "les autres ont bougé",
    "outcomes.cause.outreach": "projets depuis un appel",
    "outcomes.cause.activity": "projets du registre",
    "outcomes.cause.decision": "décision d’une personne",
    "outcomes.cause.territories": "dans un seul calcul",
    "outcomes.cause.units": "unité d’appel",
    "outcomes.counts": "Liste «\u00a0{list}\u00a0»\u00a0: {entered} entrés, {left} sortis, {stayed} restés.",
    "outcomes.count_by_cause": "  {count}\u00a0: {cause}",
    "outcomes.unknown": "inconnu",
    "outcomes.score.readiness": "le potentiel",
    "outcomes.score.stake": "l’enjeu «\u00a0{theme}\u00a0»",
    "outcomes.contact.interest_confirmed": "intérêt confirmé",
    "outcomes.contact.declined": "refus",
    "outcomes.contact.unknown": "pas encore de réponse",
    "outcomes.called_count": "Appelés de {since} à {until}\u00a0: {called}. Intérêt confirmé\u00a0: {confirmed}. Avec plus de projets actifs qu’avant\u00a0: {more}. Dans un autre segment\u00a0: {segment}.",
    "outcomes.nobody": "Personne n’a été appelé entre les deux registres\u00a0: rien à comparer.",
    "outcomes.no_pairs": "Aucun des territoires appelés n’a de voisin de score non appelé\u00a0: il n’y a rien à quoi les comparer.",
    "outcomes.compared": "{pairs} des territoires appelés sont comparés à autant de voisins de score non appelés, chacun pris une seule fois, semblables à {caliper} écart-type près par la priorité, le potentiel, l’évidence et la population.",
    "outcomes.difference.more_projects": "Plus de projets actifs\u00a0: {called} des appelés, {uncalled} de leurs voisins\u00a0; différence {estimate} points ({interval}).",
    "outcomes.difference.segment_changed": "Dans un autre segment\u00a0: {called} des appelés, {uncalled} de leurs voisins\u00a0; différence {estimate} points ({interval}).",
    "outcomes.difference.projects_gained": "Projets actifs gagnés en moyenne\u00a0: {called} par les appelés, {uncalled} par leurs voisins\u00a0; différence {estimate} ({interval}).",
    "outcomes.kind.descriptive": "Cette comparaison est descriptive\u00a0: personne n’a été appelé par tirage au sort. Les petits nombres remontent d’eux-mêmes, et qui appelle choisit\u00a0; ce que les paires ne montrent pas, elles ne le tiennent pas égal.",
    "outcomes.kind.randomised": "Cette comparaison est randomisée\u00a0: les territoires appelés ont été tirés au sort.",
    "outcomes.start": "le début",
    "outcomes.why.relative_same": "ses propres chiffres n’ont pas bougé ({score}\u00a0: {score_after}), ceux des autres si.",
    "outcomes.interval": "intervalle à 95\u00a0%\u00a0: {low} à {high}",
    "outcomes.no_interval": "trop peu de paires pour un intervalle",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outcomes.jenks_zeros": (
        "les seuils naturels (jenks) n’ont pas de sens ici\u00a0: {zeros} des {known} valeurs connues sont nulles.",
        "Utilisez «\u00a0quantile\u00a0», ou donnez le seuil en nombre.",
    ),
    "outcomes.jenks_few_values": (
        "les seuils naturels (jenks) en {classes} classes demandent au moins 2 classes et autant de valeurs distinctes\u00a0; il y en a {distinct}.",
        "Demandez moins de classes, utilisez «\u00a0quantile\u00a0», ou donnez le seuil en nombre.",
    ),
    "outcomes.edit_shared": (
        "«\u00a0{key}\u00a0» est repris ailleurs dans le fichier (ancre et alias YAML)\u00a0: le changer ici le changerait aussi là-bas.",
        "Écrivez la valeur aux deux endroits, puis recommencez.",
    ),
    "outcomes.edit_nowhere": (
        "«\u00a0{key}\u00a0» ne mène nulle part dans l’étude.",
        "Nommez une clé de l’étude depuis le haut, avec des points entre les niveaux.",
    ),
    "outcomes.edit_impossible": (
        "ce fichier est écrit d’une façon qui ne peut être modifiée sans risque\u00a0; rien n’a été changé.",
        "Écrivez la valeur à la main.",
    ),
    "outcomes.edit_not_writable": (
        "l’étude ne peut être écrite ({reason}).",
        "Libérez la place, ou nommez un autre fichier.",
    ),
    "outcomes.nothing_to_freeze": (
        "ce calcul n’a trouvé aucun seuil\u00a0: ni potentiel ni activité n’étaient connus.",
        "Prenez un calcul qui a des segments.",
    ),
    "outcomes.freeze_other_study": (
        "le calcul a été fait avec un autre contenu dans\u00a0: {blocks}. Ses seuils peuvent ne pas convenir à cette étude.",
        "Relancez l’étude, puis figez les seuils de ce calcul.",
    ),
    "outcomes.freeze_elsewhere": (
        "l’étude est maintenant dans un autre dossier, et ses chemins partent du sien.",
        "Placez le fichier à côté de l’ancienne étude, ou adaptez ses chemins.",
    ),
    "outcomes.no_register": (
        "le registre ne peut être lu ({reason}).",
        "Nommez un registre en GeoPackage\u00a0; si QGIS le tient ouvert, enregistrez-y d’abord les modifications.",
    ),
    "outcomes.no_contacts": (
        "le registre n’a pas de table «\u00a0{table}\u00a0».",
        "Écrivez un registre avec la commande «\u00a0register\u00a0», et notez-y les appels.",
    ),
    "outcomes.contacts_lack": (
        "la table des contacts n’a pas de colonne\u00a0: {columns}.",
        "Ajoutez-la, ou partez du modèle de registre.",
    ),
    "outcomes.contact_date": (
        "ligne {row}\u00a0: «\u00a0{value}\u00a0» dans «\u00a0{column}\u00a0» n’est pas une date.",
        "Écrivez-la ainsi\u00a0: 2026-01-31.",
    ),
    "outcomes.unknown_codes": (
        "contacts de territoires absents des deux calculs\u00a0: {count} ({codes}).",
        "Vérifiez leurs codes dans le registre.",
    ),
}

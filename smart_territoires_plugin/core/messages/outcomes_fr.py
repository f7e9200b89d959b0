"""French wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "outcomes.by_default": "par défaut",
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
}

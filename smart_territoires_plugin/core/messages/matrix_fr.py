"""French wording of the theme matrix."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "matrix.snippet": "Pondérations de la matrice {file}\u00a0: à coller dans «\u00a0themes\u00a0» de l’étude.",
    "matrix.theme": "{rank}. {theme}\u00a0: pondération {weight}, rang {low} à {high}, en tête dans {first}\u00a0% des tirages.",
    "matrix.turning_point_up": "Le critère «\u00a0{consideration}\u00a0» pèse {now}\u00a0%\u00a0; au-delà de {then}\u00a0%, «\u00a0{theme}\u00a0» passe en tête.",
    "matrix.turning_point_down": "Le critère «\u00a0{consideration}\u00a0» pèse {now}\u00a0%\u00a0; en deçà de {then}\u00a0%, «\u00a0{theme}\u00a0» passe en tête.",
    "matrix.no_turning_point": "Aucun autre poids d’un seul critère ne change la thématique de tête, ou deux partagent le premier rang.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "matrix.theme_twice": (
        "la thématique «\u00a0{theme}\u00a0» est donnée deux fois.",
        "En garder une.",
    ),
    "matrix.consideration_twice": (
        "le critère «\u00a0{consideration}\u00a0» est donné deux fois.",
        "Renommer ou retirer l’un des deux.",
    ),
    "matrix.one_way": (
        "le critère «\u00a0{consideration}\u00a0» doit dire d’une seule façon ce qu’il pense des thématiques\u00a0; trouvé\u00a0: {ways}.",
        "Garder «\u00a0marks\u00a0», «\u00a0counts\u00a0», «\u00a0comparisons\u00a0» ou «\u00a0register\u00a0».",
    ),
    "matrix.all_zero": (
        "le critère «\u00a0{consideration}\u00a0» donne 0 à toutes les thématiques.",
        "Noter au moins une thématique au-dessus de 0, ou retirer le critère.",
    ),
    "matrix.weight_twice": (
        "le critère «\u00a0{consideration}\u00a0» a un poids, et «\u00a0weights\u00a0» les compare tous.",
        "Garder les poids ou les comparaisons.",
    ),
    "matrix.no_weight": (
        "tous les critères pèsent 0.",
        "Donner à l’un d’eux au moins un poids supérieur à 0.",
    ),
    "matrix.no_demand": (
        "{register} ne demande aucune des thématiques.",
        "Vérifier les identifiants des thématiques dans le registre, ou retirer ce critère.",
    ),
    "matrix.demand_elsewhere": (
        "souhaits du registre pour des thématiques qui ne sont pas pesées ici\u00a0: {count} ({examples}).",
        "Ajouter ces thématiques, ou corriger leurs identifiants dans le registre.",
    ),
    "matrix.theme_not_in_study": (
        "l’étude n’a pas de thématique «\u00a0{theme}\u00a0».",
        "Thématiques de l’étude\u00a0: {known}.",
    ),
    "matrix.study_not_editable": (
        "les thématiques de l’étude sont écrites d’une façon qui ne peut pas être modifiée sans risque (alias, ou plusieurs documents).",
        "Coller theme_weights.yaml à la main.",
    ),
    "matrix.study_itself": (
        "la copie prendrait la place de l’étude.",
        "Nommer un autre fichier comme OUT.yaml.",
    ),
    "matrix.paths_lead_elsewhere": (
        "la copie n’est pas à côté de l’étude, et les chemins qu’elle contient sont relatifs.",
        "La mettre dans {folder}, ou corriger ses chemins.",
    ),
}

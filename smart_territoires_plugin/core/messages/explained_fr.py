"""French wording of a territory beside the others, and of the least changes that would turn a decision."""

from __future__ import annotations

SENTENCES = {
    "explain.shapley": (
        "Ce qui mène le potentiel de {baseline}, celui d’un territoire moyen, à {value} (valeurs de Shapley)\u00a0:"
    ),
    "explain.not_taken_apart": (
        "Le potentiel de {value} repose sur la comparaison de tous les territoires entre eux\u00a0: "
        "ils sont trop nombreux pour qu’il soit décomposé."
    ),
    # À côté des autres.
    # Of call units.
    "explain.unit": "Échelon d’appel ({level}), territoires qui le composent\u00a0: {territories}.",
    "explain.called_through": "Appelé par l’intermédiaire de {name} ({code}, {level})\u00a0: {standing}.",
    "explain.called_itself": "Échelon d’appel à lui seul ({level})\u00a0: {standing}.",
    "explain.unit_target": "cible n° {rank} des échelons d’appel",
    "explain.unit_readiness": (
        "Le potentiel de {value} est la moyenne de ses territoires selon leurs habitants. Ce que chacun y apporte\u00a0:"
    ),
    "explain.member": "  {points}  {name} ({code})\u00a0: {readiness}, {population} habitants, {segment}",
    "explain.members_rest": "  {points}  les {count} autres ensemble",
    "explain.members_unknown": "  inconnu, laissé hors de la moyenne\u00a0: {count}",
    "explain.ranks": "Potentiel\u00a0: {ranks}.",
    "explain.rank_of_all": "rang {rank} sur {among} territoires",
    "explain.rank_in_group": "{rank} sur {among} dans {group} {name}",
    "explain.rank_in_size": "{rank} sur {among} parmi ceux de {size}",
    "explain.size_below": "moins de {most} habitants",
    "explain.size_between": "{least} à {most} habitants",
    "explain.size_above": "{least} habitants ou plus",
    "explain.semicolon": "\u00a0; ",
    "explain.against_all": "dans l’ensemble",
    "explain.against_group": "dans {group} {name}",
    "explain.against_peers": "parmi les {count} territoires les plus semblables",
    "explain.strong_points": "Points forts {where}\u00a0: {named}.",
    "explain.weak_points": "Points faibles {where}\u00a0: {named}.",
    "explain.standing": "{name} ({value}, rang {rank} sur {among})",
    # Les plus petits changements.
    "explain.change_up": (
        "Pour dépasser le seuil de potentiel de {threshold} et passer dans «\u00a0{segment}\u00a0», "
        "un seul de ces changements suffirait\u00a0:"
    ),
    "explain.change_down": (
        "Pour retomber au seuil de potentiel de {threshold} et passer dans «\u00a0{segment}\u00a0», "
        "un seul de ces changements suffirait\u00a0:"
    ),
    "explain.change_list": (
        "Pour entrer dans la liste restreinte de {shortlist}, il faudrait un potentiel de plus de {threshold}\u00a0; "
        "un seul de ces changements suffirait\u00a0:"
    ),
    "explain.change_list_never": (
        "Même le plus haut potentiel ne le ferait pas entrer dans la liste restreinte de {shortlist}\u00a0: "
        "son enjeu et son activité recensée l’en écartent."
    ),
    "explain.change_value": "  {name}\u00a0: de {before} à {after} ({share}\u00a0% de l’étendue observée)",
    "explain.change_weight": "  la pondération de «\u00a0{name}\u00a0» dans toute l’étude\u00a0: de {before} à {after}",
    "explain.change_out_of_reach": "  hors d’atteinte dans l’étendue observée\u00a0: {names}",
    "explain.change_no_value": "  aucun indicateur n’y suffirait à lui seul dans l’étendue observée",
    "explain.change_held": (
        "(L’échelle de chaque indicateur, les seuils et les autres territoires restent tels que publiés.)"
    ),
    "explain.change_not_searched": (
        "Ce qu’il faudrait changer n’est pas recherché\u00a0: l’agrégation compare tous les territoires entre eux, "
        "et ils sont trop nombreux."
    ),
}

"""French wording of the problems of frameworks, methods and ready tables."""

from __future__ import annotations

PROBLEMS = {
    "framework.two_parents": (
        "«\u00a0{id}\u00a0» est placé sous plusieurs parents ({parents}).",
        "Donnez un seul parent à chaque élément, et un autre identifiant s’il doit compter deux fois.",
    ),
    "framework.unknown_parent": (
        "le parent «\u00a0{parent}\u00a0» de «\u00a0{id}\u00a0» n’existe pas.",
        "Corrigez-le\u00a0; noms proches\u00a0: {known}.",
    ),
    "framework.loop": (
        "des nœuds sont placés au-dessus d’eux-mêmes\u00a0: {loop}.",
        "Donnez un autre parent à l’un d’eux.",
    ),
    "framework.no_root": (
        "aucun nœud n’est au sommet\u00a0: chacun a un parent.",
        "Ne donnez pas de parent à l’indice d’ensemble.",
    ),
    "framework.several_roots": (
        "plusieurs nœuds n’ont pas de parent ({roots}).",
        "Gardez un seul indice au sommet et placez les autres sous lui.",
    ),
    "framework.empty_node": (
        "le nœud «\u00a0{id}\u00a0» n’a rien sous lui.",
        "Placez des indicateurs sous lui, ou supprimez-le.",
    ),
    "framework.weights_all_zero": (
        "tout ce qui est sous «\u00a0{id}\u00a0» pèse 0.",
        "Donnez une pondération supérieure à 0 à l’un au moins de ses éléments.",
    ),
    "framework.own_denominator": (
        "«\u00a0{id}\u00a0» est divisé par lui-même.",
        "Indiquez une autre colonne comme dénominateur.",
    ),
    "framework.no_neighbours": (
        "un tableau n’a pas de carte\u00a0: la règle «\u00a0neighbours\u00a0» ne peut savoir qui touche qui.",
        "Choisissez une autre règle\u00a0: error, renormalise, group_mean, group_median, knn ou regression.",
    ),
    "framework.no_column": (
        "le tableau n’a pas de colonne «\u00a0{column}\u00a0», dont {place} a besoin.",
        "Corrigez le cadre ou ajoutez la colonne\u00a0; colonnes proches\u00a0: {known}.",
    ),
    "framework.empty_key": (
        "{count} lignes n’ont pas de «\u00a0{key}\u00a0» (ligne {examples}).",
        "Remplissez la colonne, ou supprimez ces lignes.",
    ),
    "framework.duplicated_key": (
        "«\u00a0{key}\u00a0» n’est pas unique\u00a0: {examples}.",
        "Gardez une seule ligne pour chacun.",
    ),
    "framework.empty_table": ("le tableau n’a aucune ligne.", "Donnez un tableau avec une ligne par territoire."),
    "framework.not_numbers": (
        "la colonne «\u00a0{column}\u00a0» contient {count} cellules qui ne sont pas des nombres ({examples}).",
        "Corrigez-les, videz-les, ou déclarez-les manquantes («\u00a0table: {{missing: […]}}\u00a0»).",
    ),
    "framework.not_finite": (
        "la colonne «\u00a0{column}\u00a0» contient {count} valeurs infinies ({examples}).",
        "Corrigez-les ou videz-les.",
    ),
    "framework.denominator_not_positive": (
        "«\u00a0{denominator}\u00a0» est nul ou négatif pour {count} territoires ({examples})\u00a0: «\u00a0{column}\u00a0» y manque.",
        "Vérifiez la colonne\u00a0; rien ne peut être rapporté à elle là où elle est nulle.",
    ),
    "framework.constant_indicator": (
        "«\u00a0{column}\u00a0» est partout le même, ou vide, et ne distingue aucun territoire\u00a0: il est laissé de côté.",
        "Supprimez-le, ou corrigez sa colonne.",
    ),
    "framework.data_driven_weights": (
        "ces pondérations sont tirées de la dispersion des données, et la dispersion n’est pas l’importance.",
        "Comparez avec des pondérations déclarées ou égales avant de vous y appuyer.",
    ),
    "framework.nothing_to_score": (
        "aucun indicateur ne distingue les territoires\u00a0: aucun score n’a pu être calculé.",
        "Donnez au moins deux territoires et un indicateur qui diffère de l’un à l’autre.",
    ),
    "method.goalposts_reversed": (
        "la borne basse {low} n’est pas inférieure à la borne haute {high}.",
        "Écrivez d’abord la plus petite\u00a0; «\u00a0direction: -1\u00a0» dit que moins vaut mieux.",
    ),
    "method.log_of_zero": (
        "un logarithme demande une borne basse supérieure à 0, et non {low}.",
        "Relevez-la, ou retirez «\u00a0log\u00a0».",
    ),
    "method.curve_not_rising": (
        "les points de la courbe ne sont pas dans l’ordre croissant.",
        "Rangez-les selon leur première valeur.",
    ),
    "method.reaches_zero": (
        "{aggregation} n’a pas de sens sur des scores qui peuvent être nuls ou négatifs, comme les donne ici "
        "{normalisation}.",
        "Prenez une échelle qui commence au-dessus de 0, par exemple «\u00a0{{method: min_max, low: 1, high: 100}}\u00a0».",
    ),
    "method.score_not_positive": (
        "{aggregation} demande des scores supérieurs à 0, et {count} territoires en ont d’autres ({examples}).",
        "Prenez une échelle qui commence au-dessus de 0, par exemple «\u00a0{{method: min_max, low: 1, high: 100}}\u00a0».",
    ),
    "method.engine_only": (
        "la méthode «\u00a0{method}\u00a0» a besoin du moteur (scikit-learn ou scipy), que l’aperçu dans QGIS n’a pas.",
        "Lancez l’étude, ou choisissez une autre méthode pour l’aperçu.",
    ),
    "scoring.weights_name_no_composite": (
        "la méthode nomme des éléments ({names}) qui ne sont tous les membres d’aucun composite.",
        "Nommez tous les indicateurs d’une thématique, d’un axe ou d’un nœud, et aucun autre.",
    ),
    "framework.node_without_parent": (
        "le nœud «\u00a0{id}\u00a0» n’a pas de parent.",
        "Placez-le sous une thématique, un axe ou un autre nœud\u00a0: {known}.",
    ),
    "framework.other_branch": (
        "«\u00a0{id}\u00a0» est placé dans la branche de «\u00a0{top}\u00a0», mais déclare «\u00a0{own}\u00a0» comme thématique ou axe.",
        "Choisissez un nœud de sa propre branche.",
    ),
    "framework.mixed_roles": (
        "«\u00a0{id}\u00a0» réunit des enjeux et des facteurs de succès.",
        "Faites un nœud pour chacun.",
    ),
}

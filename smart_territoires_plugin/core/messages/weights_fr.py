"""French wording about weights: the methods, what each kind of them is worth, and what can be wrong with them."""

from __future__ import annotations

SENTENCES = {
    "weighting.declared": "pondérations déclarées",
    "weighting.equal": "pondérations égales",
    "weighting.ahp": "comparaisons par paires (AHP)",
    "weighting.budget_allocation": "points répartis par des experts",
    "weighting.matched_importance": "pondérations qui donnent à chaque élément l’importance souhaitée",
    "weighting.entropy": "entropie",
    "weighting.critic": "contraste et conflit (CRITIC)",
    "weighting.principal_component": "composantes principales",
    "weighting.benefit_of_the_doubt": "bénéfice du doute",
    "weighting_kind.plain": "simple",
    "weighting_kind.expert": "pour spécialistes",
    "weighting_kind.data_driven": "tirées des données",
    "weighting_warning.data_driven": (
        "Ces pondérations sont tirées de la dispersion des données, et la dispersion n’est pas l’importance\u00a0: "
        "un élément pèse lourd parce que les territoires y diffèrent, non parce qu’il compte."
    ),
    "weighting.consistency": "Ratio de cohérence {ratio}, jugé acceptable jusqu’à 0,1\u00a0; paires non comparées\u00a0: {missing}.",
    "weighting.comparison": "{first} par rapport à {second}\u00a0: {said} selon la réponse, {implied} selon les pondérations.",
    "weighting.disagreement": "En moyenne, un expert devrait déplacer {share}\u00a0% de ses points pour rejoindre la moyenne.",
    "weighting.differs": "{element}\u00a0: pondération déclarée {declared}\u00a0%, importance {importance}\u00a0%.",
    "weighting.redundant": "{first} et {second} disent presque la même chose (corrélation {correlation})\u00a0: ils comptent deux fois.",
    "weighting.opposed": "{first} et {second} s’opposent (corrélation {correlation})\u00a0: l’un reprend ce que donne l’autre.",
    "weighting.alpha": "Cohérence interne (alpha de Cronbach)\u00a0: {alpha}.",
}

PROBLEMS = {
    "weights.not_by_element": (
        "«\u00a0{value}\u00a0» n’est pas une liste par élément.",
        "Écrivez une ligne par élément\u00a0: «\u00a0élément: valeur\u00a0».",
    ),
    "weights.unknown_element": (
        "«\u00a0{element}\u00a0» ne fait pas partie de ce qui est pondéré ici.",
        "Connus\u00a0: {known}.",
    ),
    "weights.absent_elements": ("rien n’est dit de {elements}.", "Ajoutez-le\u00a0; 0 peut aussi se dire."),
    "weights.not_an_amount": (
        "«\u00a0{element}\u00a0» ne peut pas avoir «\u00a0{value}\u00a0».",
        "Indiquez un nombre\u00a0: 0 ou plus.",
    ),
    "weights.experts_differ": (
        "les éléments n’ont pas le même nombre d’experts ({counts}).",
        "Donnez à chaque élément un nombre par expert, dans le même ordre.",
    ),
    "weights.expert_without_points": (
        "l’expert numéro {expert} n’a donné aucun point.",
        "Retirez cet expert, ou complétez les points.",
    ),
    "weights.negative_scores": (
        "scores inférieurs à 0\u00a0: {count}\u00a0; {method} demande 0 ou plus.",
        "Choisissez une échelle qui ne descend pas sous 0, par exemple «\u00a0normalisation: {{method: min_max, low: 1, high: 100}}\u00a0».",
    ),
    "weights.not_a_comparison": (
        "«\u00a0{value}\u00a0» n’est pas une comparaison.",
        "Écrivez «\u00a0[un, autre, 3]\u00a0»\u00a0: le premier est 3 fois plus important que l’autre.",
    ),
    "weights.not_a_ratio": (
        "«\u00a0{first}\u00a0» ne peut pas être «\u00a0{value}\u00a0» fois plus important que «\u00a0{second}\u00a0».",
        "Indiquez un nombre supérieur à 0, ou une fraction comme 1/3.",
    ),
    "weights.compared_with_itself": (
        "«\u00a0{element}\u00a0» est comparé à lui-même.",
        "Supprimez cette comparaison.",
    ),
    "weights.contradicted": (
        "«\u00a0{first}\u00a0» est dit {said} fois plus important que «\u00a0{second}\u00a0», et aussi {other} fois.",
        "Gardez une seule réponse\u00a0; l’inverse de 3 est 1/3.",
    ),
    "weights.not_tied": (
        "aucune comparaison ne relie ces groupes entre eux\u00a0: {groups}.",
        "Comparez un élément de chaque groupe à un élément d’un autre.",
    ),
    "weights.inconsistent": (
        "les comparaisons se contredisent (ratio de cohérence {ratio}, acceptable jusqu’à 0,1)\u00a0; la pire\u00a0: «\u00a0{first}\u00a0» par rapport à «\u00a0{second}\u00a0», {said} selon la réponse et {implied} selon l’ensemble.",
        "Revoyez cette réponse.",
    ),
    "weights.nothing_wished": (
        "aucune importance n’est souhaitée pour aucun élément.",
        "Donnez à un élément au moins un nombre supérieur à 0.",
    ),
    "weights.importance_not_matched": (
        "aucune pondération ne donne l’importance souhaitée (atteinte/souhaitée, en\u00a0%)\u00a0: {elements}.",
        "Souhaitez moins de ce qui va à l’encontre du reste, ou écrivez «\u00a0nearest: true\u00a0» pour prendre les pondérations les plus proches.",
    ),
    "weights.impossible_shares": (
        "aucune part entre {low} et {high} ne totalise 1 sur {count} éléments.",
        "Indiquez des bornes entre 0 et 1 qui encadrent la part égale.",
    ),
    "weights.share_of_nothing": (
        "territoires dont un score est 0\u00a0: {count}\u00a0; une borne sur sa part étendrait ce 0 à tout leur score.",
        "Choisissez une échelle qui commence au-dessus de 0, par exemple «\u00a0normalisation: {{method: min_max, low: 1, high: 100}}\u00a0», ou retirez les bornes.",
    ),
    "weights.no_solution": (
        "les pondérations les plus favorables n’ont pas pu être trouvées ({reason}).",
        "Vérifiez qu’aucun score n’est démesuré.",
    ),
}

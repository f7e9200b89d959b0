"""French wording of the choice under means: who first, within a budget."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "means.summary": "{chosen} retenus parmi {candidates} candidats, pour une valeur totale de {value} ({proven}).",
    "means.optimal": "meilleur choix, démontré",
    "means.best_found": "meilleur choix trouvé\u00a0; un autre vaudrait au plus {gap}\u00a0% de plus",
    "means.used_days": "Jours\u00a0: {used} sur {limit}.",
    "means.used_eur": "Euros de fonds propres\u00a0: {used} sur {limit}.",
    "means.leverage": "Les cofinancements apportent {cofunding}\u00a0€ pour {own}\u00a0€ de fonds propres, soit {leverage}\u00a0€ par euro.",
    "means.binding": "Ce qui borne le choix\u00a0: {conditions}.",
    "means.alternatives": "Autres choix à moins de {gap}\u00a0% de cette valeur, aussi différents que possible\u00a0: {found}.",
    "means.condition.days": "{limit} jours",
    "means.condition.eur": "{limit}\u00a0€ de fonds propres",
    "means.condition.group_min": "au moins {number} dans {group} {value}",
    "means.condition.group_max": "au plus {number} dans {group} {value}",
    "means.condition.theme_min": "au moins {number} sur «\u00a0{theme}\u00a0»",
    "means.condition.theme_max": "au plus {number} sur «\u00a0{theme}\u00a0»",
    "means.condition.size_min": "au moins {number} de {size} habitants",
    "means.condition.size_max": "au plus {number} de {size} habitants",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "means.no_limit": (
        "le plan ne fixe aucun moyen.",
        "Ajouter «\u00a0days\u00a0» ou «\u00a0budget_eur\u00a0».",
    ),
    "means.no_cost_eur": (
        "rien ne dit ce que coûte un choix en euros.",
        "Ajouter «\u00a0eur\u00a0» sous «\u00a0costs\u00a0»\u00a0: un nombre, «\u00a0by_size\u00a0», ou une table.",
    ),
    "means.list_or_segments": (
        "«\u00a0list\u00a0» et «\u00a0segments\u00a0» disent tous deux qui sont les candidats.",
        "N’en garder qu’un.",
    ),
    "means.sizes_not_ascending": (
        "les classes de population commencent à {starts}.",
        "Commencer à 0 et monter, chaque début une seule fois.",
    ),
    "means.cofunding_twice": (
        "le cofinancement est donné à la fois en taux et en euros.",
        "Garder «\u00a0cofunding_rate_pct\u00a0» ou «\u00a0cofunding_eur\u00a0».",
    ),
    "means.quota_without_number": (
        "le quota n’a ni «\u00a0min\u00a0» ni «\u00a0max\u00a0».",
        "Ajouter l’un des deux.",
    ),
    "means.quota_upside_down": (
        "au moins {minimum} et au plus {maximum} s’excluent.",
        "Échanger «\u00a0min\u00a0» et «\u00a0max\u00a0», ou corriger l’un des deux.",
    ),
    "means.size_upside_down": (
        "aucune population n’est à la fois d’au moins {first} et inférieure à {last}.",
        "Corriger «\u00a0population_from\u00a0» ou «\u00a0population_to\u00a0».",
    ),
    "means.both_must": (
        "{code} doit être retenu et ne doit pas l’être.",
        "Le retirer de «\u00a0must_have\u00a0» ou de «\u00a0must_not\u00a0».",
    ),
    "means.no_weight": (
        "tous les poids de la valeur sont nuls.",
        "Donner à une colonne au moins un poids supérieur à 0.",
    ),
    "means.unknown_code": (
        "les résultats n’ont pas de territoire {code}.",
        "Corriger le code (entre guillemets s’il commence par 0), ou le retirer.",
    ),
    "means.unknown_value": (
        "«\u00a0{column}\u00a0» n’est pas une colonne qui peut donner sa valeur à un choix.",
        "Colonnes proches\u00a0: {known}.",
    ),
    "means.no_list": (
        "ces résultats ne contiennent pas de liste «\u00a0{list}\u00a0».",
        "Nommer plutôt des «\u00a0segments\u00a0», ou relancer l’étude avec cette version.",
    ),
    "means.no_level": (
        "ces résultats n’ont pas de {file}.",
        "Lancer l’étude avec des échelons d’appel, ou retirer «\u00a0level\u00a0».",
    ),
    "means.nobody": (
        "aucun territoire n’est candidat.",
        "Élargir «\u00a0candidates\u00a0», ou retirer des codes de «\u00a0must_not\u00a0».",
    ),
    "means.without_value": (
        "des candidats sans valeur sont laissés de côté\u00a0: {count} ({examples}).",
        "Prendre une autre colonne pour «\u00a0value\u00a0» s’ils doivent pouvoir être retenus.",
    ),
    "means.no_population": (
        "des candidats sans population n’ont pas de classe de coût\u00a0: {count} ({examples}).",
        "Donner un coût unique, ou une table de coûts.",
    ),
    "means.costs_elsewhere": (
        "codes de {table} absents des résultats\u00a0: {count} ({examples}).",
        "Vérifier ces codes\u00a0; leurs lignes sont ignorées.",
    ),
    "means.costs_twice": (
        "codes qui ont plusieurs coûts dans {table}\u00a0: {count} ({examples}).",
        "Garder une ligne pour chacun.",
    ),
    "means.not_numbers": (
        "cellules de «\u00a0{column}\u00a0» qui ne contiennent pas de nombre\u00a0: {count}, pour {examples}.",
        "Corriger ces cellules.",
    ),
    "means.cost_missing": (
        "candidats sans coût dans «\u00a0{column}\u00a0»\u00a0: {count} ({examples}).",
        "Les renseigner, ajouter «\u00a0otherwise\u00a0» avec un coût pour ceux-là, ou les mettre dans «\u00a0must_not\u00a0».",
    ),
    "means.cost_not_positive": (
        "candidats dont le coût est nul ou négatif dans «\u00a0{column}\u00a0»\u00a0: {count} ({examples}).",
        "Écrire ce que chacun coûte\u00a0: ce qui est gratuit serait toujours retenu.",
    ),
    "means.cofunding_range": (
        "candidats à qui «\u00a0{column}\u00a0» apporte moins que rien ou plus que le coût entier\u00a0: {count} ({examples}).",
        "Corriger\u00a0: un taux va de 0 à 100, un montant ne dépasse pas le coût.",
    ),
    "means.unknown_group": (
        "les résultats n’ont pas de groupe «\u00a0{group}\u00a0».",
        "Groupes de ces résultats\u00a0: {known}.",
    ),
    "means.unknown_group_value": (
        "aucun territoire des résultats n’a «\u00a0{value}\u00a0» pour {group}.",
        "Valeurs proches\u00a0: {known}.",
    ),
    "means.unknown_theme": (
        "les résultats ne recommandent pas de thématique «\u00a0{theme}\u00a0».",
        "Thématiques qui ont un enjeu\u00a0: {known}.",
    ),
    "means.too_little_days": (
        "{limit} jours ne suffisent à personne\u00a0: le moins coûteux en prend {cheapest}.",
        "Augmenter «\u00a0days\u00a0», ou baisser les coûts.",
    ),
    "means.too_little_eur": (
        "{limit} euros ne suffisent à personne\u00a0: le moins coûteux en prend {cheapest}.",
        "Augmenter «\u00a0budget_eur\u00a0», ou baisser les coûts.",
    ),
    "means.not_settled": (
        "la recherche s’est arrêtée après {nodes} étapes sans aucun choix.",
        "Desserrer des quotas, ou arrondir les coûts au jour et à la centaine d’euros.",
    ),
    "means.group_blocks": (
        "le quota d’au moins {number} dans {group} {value} ne peut pas être atteint avec les candidats qui restent ({remaining}).",
        "Baisser ce minimum, élargir «\u00a0candidates\u00a0», ou retirer des codes de «\u00a0must_not\u00a0».",
    ),
    "means.theme_blocks": (
        "au moins {number} sur la thématique {theme} ne peut pas être atteint avec les candidats qui restent ({remaining}).",
        "Baisser ce minimum, nommer «\u00a0themes\u00a0» sans elle, ou élargir «\u00a0candidates\u00a0».",
    ),
    "means.size_blocks": (
        "au moins {number} de {size} habitants ne peut pas être atteint avec les candidats qui restent ({remaining}).",
        "Baisser ce minimum, ou élargir la classe ou «\u00a0candidates\u00a0».",
    ),
    "means.conflict": (
        "aucun choix ne respecte ensemble {count} conditions du plan\u00a0; les lignes qui suivent les nomment.",
        "Desserrer l’une d’elles.",
    ),
    "means.conflict_days": (
        "{limit} jours sont donnés\u00a0; les autres conditions nommées en prennent au moins {needed}.",
        "Augmenter «\u00a0days\u00a0», ou desserrer l’une des autres.",
    ),
    "means.conflict_eur": (
        "{limit} euros sont donnés\u00a0; les autres conditions nommées en prennent au moins {needed}.",
        "Augmenter «\u00a0budget_eur\u00a0», ou desserrer l’une des autres.",
    ),
    "means.conflict_group_min": (
        "au moins {number} sont demandés dans {group} {value} (candidats\u00a0: {remaining}).",
        "Baisser ce minimum, ou desserrer l’une des autres.",
    ),
    "means.conflict_group_max": (
        "au plus {number} sont permis dans {group} {value}.",
        "Relever ce maximum, ou desserrer l’une des autres.",
    ),
    "means.conflict_theme_min": (
        "au moins {number} sont demandés sur la thématique {theme} (candidats\u00a0: {remaining}).",
        "Baisser ce minimum, ou desserrer l’une des autres.",
    ),
    "means.conflict_theme_max": (
        "au plus {number} sont permis sur la thématique {theme}.",
        "Relever ce maximum, ou desserrer l’une des autres.",
    ),
    "means.conflict_size_min": (
        "au moins {number} de {size} habitants sont demandés (candidats\u00a0: {remaining}).",
        "Baisser ce minimum, ou desserrer l’une des autres.",
    ),
    "means.conflict_size_max": (
        "au plus {number} de {size} habitants sont permis.",
        "Relever ce maximum, ou desserrer l’une des autres.",
    ),
    "means.conflict_must_have": (
        "{code} doit être retenu.",
        "Le retirer de «\u00a0must_have\u00a0», ou desserrer l’une des autres.",
    ),
}

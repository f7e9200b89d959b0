"""French wording of the lists of territories, and why one is or is not in them."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # Pairs et groupes d’échange.
    "peers.size": "nombre d’habitants",
    "peers.likeness": "{peer} ressemble davantage à {name} que {share}\u00a0% des autres territoires.",
    "peers.likeness_most": "{peer} est, de tous les territoires, celui qui ressemble le plus à {name}.",
    "peers.join": "\u00a0; ",
    "peers.both": "{what} ({own} contre {other})",
    "peers.alike": "{name} et {peer} se ressemblent par\u00a0: {details}.",
    "peers.different": "{name} et {peer} diffèrent surtout par\u00a0: {details}.",
    "peers.did_on": "{peer} a mené, sur la thématique «\u00a0{theme}\u00a0»\u00a0: {did}.",
    "peers.did": "{peer} a mené\u00a0: {did}.",
    "peers.did_else": "{peer} a mené, sur d’autres thématiques\u00a0: {did}.",
    "peers.group": "{theme} – {place} et alentours",
    "peers.group_coded": "{theme} – {place} ({code}) et alentours",
    # Territoires de référence, ailleurs.
    "benchmark.intro": "Référence ailleurs, {name} ({country})\u00a0: {details}.",
    "benchmark.intro_no_country": "Référence ailleurs, {name}\u00a0: {details}.",
    "benchmark.year": "{value} en {year}",
    "benchmark.join": "\u00a0; ",
    "benchmark.better": "en avance pour {what} ({own} contre {other})",
    "benchmark.worse": "en retrait pour {what} ({own} contre {other})",
    "benchmark.same": "à égalité pour {what} ({own} contre {other})",
    "benchmark.higher": "plus haut pour {what} ({own} contre {other})",
    "benchmark.lower": "plus bas pour {what} ({own} contre {other})",
    # Appels.
    "call.fits": "Appel ouvert qui lui correspond\u00a0: {title}, jusqu’au {closing}.",
    "call.fits_no_end": "Appel ouvert qui lui correspond\u00a0: {title}, sans date de clôture.",
    "call.pending": "Déjà candidat à l’appel ouvert {title}\u00a0: la réponse est attendue.",
    "call.selected": "Déjà lauréat de l’appel ouvert {title}.",
    "call.date": "{day} {month} {year}",
    "call.first_day": "1er",
    "call.months": ("janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre"),
    "call.no_date": "On ne sait pas quels appels sont ouverts\u00a0: l’étude n’a pas de date.",
    "call.none_recorded": "Le registre ne contient aucun appel.",
    "call.none_open": "Aucun appel du registre n’est ouvert le {date}.",
    "call.none_on_theme": "Aucun appel ouvert le {date} ne porte sur la thématique «\u00a0{theme}\u00a0».",
    "call.none_on_no_theme": (
        "Aucun appel ouvert le {date} n’accepte toutes les thématiques, et aucune n’est connue ici."
    ),
    "call.none_for_kind": (
        "Les appels ouverts sur la thématique «\u00a0{theme}\u00a0» s’adressent à d’autres échelons."
    ),
    "call.none_for_kind_any": "Les appels ouverts s’adressent à d’autres échelons.",
    # Cofinanceurs.
    "cofunding.cost": "Un projet sur la thématique «\u00a0{theme}\u00a0» coûte couramment {cost} (médiane de {count}).",
    "cofunding.of": "{cofunder} a cofinancé {count} sur la thématique «\u00a0{theme}\u00a0», à {rate}.",
    "cofunding.of_range": (
        "{cofunder} a cofinancé {count} sur la thématique «\u00a0{theme}\u00a0», "
        "à {rate} en médiane (de {low} à {high})."
    ),
    "cofunding.residual": "À ce taux, il resterait {residual} à payer sur {cost}.",
    "cofunding.leverage": "Chaque euro de fonds propres a apporté {leverage} de cofinancement.",
    "cofunding.projects_one": "{count} projet",
    "cofunding.projects_many": "{count} projets",
    # Les quatre listes.
    "lists.join": "\u00a0; ",
    "lists.name.engage": "à entraîner",
    "lists.name.raise_awareness": "à sensibiliser",
    "lists.name.showcase": "vitrines",
    "lists.name.verify": "à vérifier",
    "lists.name.left_out": "hors listes",
    "lists.argument": "{theme}\u00a0: {indicator}, {value}.",
    "lists.argument_share": (
        "{theme}\u00a0: {indicator}, {value}\u00a0; l’enjeu est moins pressant dans {share}\u00a0% des autres territoires."
    ),
    "lists.argument_most": "{theme}\u00a0: {indicator}, {value}\u00a0; l’enjeu est moins pressant partout ailleurs.",
    "lists.share_theme": "{theme} ({projects})",
    "lists.share_projects": "Ce qui y a été fait\u00a0: {themes}.",
    "lists.share_count": "Ce qui y a été fait\u00a0: {projects}, sans thématique recensée.",
    "lists.share_factor": "Son premier facteur de succès\u00a0: {name} ({value}).",
    "lists.note.beyond": "Au-delà de la liste d’appel\u00a0; rang {rank}.",
    "lists.note.other_theme": (
        "Aucune vitrine n’est active sur cette thématique\u00a0: la plus proche de toutes est indiquée."
    ),
    "lists.note.no_showcase": "Aucune vitrine ne peut être indiquée.",
    "lists.note.nobody": "Aucun territoire n’a celui-ci pour vitrine la plus proche ou pour pair.",
    "lists.note.verify": "À confirmer par un appel\u00a0: rien de recensé ne veut pas dire rien de fait.",
    "lists.note.insufficient_data": (
        "Hors listes\u00a0: trop peu de données pour calculer son potentiel\u00a0; à compléter."
    ),
    "lists.note.excluded": "Retiré des listes par une personne.",
    "lists.note.excluded_rank": "Retiré des listes par une personne\u00a0; son rang calculé est {rank}.",
    "lists.note.support": "Hors listes\u00a0: actif, avec un potentiel faible\u00a0; à appuyer par de l’ingénierie.",
    "lists.note.no_readiness": "Hors listes\u00a0: l’étude n’a aucun facteur de succès pour évaluer le potentiel.",
    # Décisions d’une personne.
    "lists.decision.pin": "placé en tête par une personne",
    "lists.decision.add": "ajouté par une personne",
    "lists.decision.exclude": "écarté par une personne",
    "lists.decision_said.pin": "Placé en tête par {author} le {date}\u00a0: {reason}.",
    "lists.decision_said.add": "Ajouté par {author} le {date}\u00a0: {reason}.",
    "lists.decision_said.exclude": "Écarté par {author} le {date}\u00a0: {reason}.",
    # Pourquoi pas celui-ci ?
    "lists.why.unknown_code": "{code}\u00a0: aucun territoire de l’étude ne porte ce code.",
    "lists.why.no_readiness": (
        "{name} n’est dans aucune liste\u00a0: l’étude n’a aucun facteur de succès, le potentiel n’est donc pas connu."
    ),
    "lists.why.insufficient_data": (
        "{name} n’est pas dans la liste\u00a0: son potentiel ne peut pas être calculé. Il manque\u00a0: {lacking}."
    ),
    "lists.why.insufficient_data_alone": (
        "{name} n’est pas dans la liste\u00a0: son potentiel ne peut pas être calculé."
    ),
    "lists.why.readiness_low": (
        "{name} n’est pas dans la liste\u00a0: son potentiel de {readiness} ne dépasse pas le seuil de {threshold} "
        "(il s’en faut de {short})."
    ),
    "lists.why.readiness_equal": (
        "{name} n’est pas dans la liste\u00a0: son potentiel de {readiness} est exactement au seuil, "
        "qu’il doit dépasser."
    ),
    "lists.why.activity_unknown": (
        "{name} n’est pas dans la liste\u00a0: personne n’y a cherché de projet, "
        "et rien de recensé ne veut pas dire rien de fait. Un appel le dirait."
    ),
    "lists.why.activity_high": (
        "{name} n’est pas dans la liste parce que ce territoire est déjà actif\u00a0: {projects}, soit {activity} pour "
        "10\u202f000 habitants une fois les petits nombres pris en compte, au-dessus du seuil de {threshold}."
    ),
    "lists.why.activity_high_count": (
        "{name} n’est pas dans la liste parce que ce territoire est déjà actif\u00a0: {projects}."
    ),
    "lists.why.excluded": "{name} a le rang {rank} d’après le calcul, mais une personne l’a retiré de la liste.",
    "lists.why.beyond_shortlist": (
        "{name} est une cible, mais au rang {rank}, au-delà de la liste d’appel de {shortlist}\u00a0: "
        "sa priorité est de {priority}, celle du dernier retenu par son rang, {last_name} (rang {last_rank}), "
        "de {last_priority}."
    ),
    "lists.why.beyond_shortlist_equal": (
        "{name} est une cible, mais au rang {rank}, au-delà de la liste d’appel de {shortlist}\u00a0: "
        "sa priorité de {priority} est celle du dernier retenu par son rang, {last_name} (rang {last_rank}), "
        "dont le code vient avant."
    ),
    "lists.why.beyond_shortlist_alone": (
        "{name} est une cible, mais au rang {rank}, au-delà de la liste d’appel de {shortlist}."
    ),
    "lists.why.listed": "{name} est dans la liste d’appel\u00a0: place {place} sur {called}.",
    "lists.why.change": "Le plus petit changement qui suffirait, seul\u00a0: {change}.",
    "lists.why.no_change": "Aucun facteur de succès n’y suffirait à lui seul dans l’étendue observée.",
    # Leviers.
    "quality.decision_unknown_code": "Décisions sur des codes qu’aucun territoire ne porte",
    "quality.decision_contradicted": "Décisions qui se contredisent sur un territoire\u00a0: la dernière compte",
    # Ce que le registre ajoute ; pour les personnes de la région.
    "approach.asked": "Il a demandé lui-même à parler de\u00a0: {themes}.",
    "approach.motivation": "Motivation entendue sur place\u00a0: {motivation} sur 5 (entretiens\u00a0: {count}).",
    "approach.interviews": "Entretiens menés sur place\u00a0: {count}.",
    "approach.called": "Dernier appel le {date}\u00a0: {outcome}.",
    "approach.outcome.interest_confirmed": "intérêt confirmé",
    "approach.outcome.declined": "refus",
    "approach.outcome.unknown": "issue inconnue",
    "approach.next": "À suivre\u00a0: {action} (avant le {due}).",
    "approach.next_overdue": "À suivre\u00a0: {action} (en retard depuis le {due}).",
    "lists.strengths": "Points d’appui\u00a0: {named}.",
    "lists.missing_levers": "Leviers manquants\u00a0: {named}.",
    "lists.lever": "{name} ({value}, contre {showcase} pour la vitrine médiane)",
    "lists.lever_alone": "{name} ({value})",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "lists.decision_unknown_code": (
        "La décision de {author} du {date} nomme {code}, qu’aucun territoire ne porte.",
        "Corrigez le code, ou retirez la décision.",
    ),
    "lists.decision_contradicted": (
        "{count} décisions se contredisent sur {code}\u00a0: la plus récente compte ({kept}, {date}).",
        "Retirez celles qui ne valent plus.",
    ),
}

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
}

PROBLEMS: Mapping[str, tuple[str, str]] = {}

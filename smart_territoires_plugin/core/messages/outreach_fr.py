"""French wording of outreach sheets and the note to the director."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    # Classeurs.
    "workbook.legend": "légende",
    "workbook.columns": "Une ligne par colonne\u00a0: la feuille, la colonne, ce qu’elle contient.",
    "workbook.empty": "Une cellule vide veut dire que la valeur manque ou n’a pas lieu d’être.",
    "workbook.codes": "Codes contenus dans certaines colonnes\u00a0: la colonne, le code, ce qu’il veut dire.",
    "workbook.meaning": "{name} ({meaning})",
    # Fiches.
    "outreach.kind.internal": "Fiche de prise de contact · segment\u00a0: {segment}",
    "outreach.kind.public": "Fiche territoire · potentiel à accompagner",
    "outreach.named": "{name} ({code})",
    "outreach.standing": (
        "Cible n°\u00a0{rank} sur {among}\u00a0; rang entre {low} et {high} dans 90\u00a0% des hypothèses testées. "
        "{stability}."
    ),
    "outreach.standing_one": (
        "Cible n°\u00a0{rank} sur {among}\u00a0; rang {low} dans 90\u00a0% des hypothèses testées. {stability}."
    ),
    "outreach.stamp": "Stabilité «\u00a0{stamp}\u00a0»\u00a0: parmi les {shortlist} premiers {when}",
    "outreach.theme": "De quoi parler, et pourquoi",
    "outreach.stake": "Enjeu de {value} sur ce territoire\u00a0; médiane de tous les territoires\u00a0: {median}.",
    "outreach.indicator": "Indicateur",
    "outreach.factor": "Facteur de succès",
    "outreach.own": "Ici",
    "outreach.median": "Médiane",
    "outreach.showcases": "Vitrines (médiane)",
    "outreach.strengths": "Ses atouts",
    "outreach.levers": "Les leviers qui manquent",
    "outreach.change": "Le plus petit changement qui le ferait avancer",
    "outreach.change.verify": (
        "Un appel suffit\u00a0: personne n’a encore recherché de projets ici, et rien de recensé ne veut pas dire "
        "rien de fait."
    ),
    "outreach.change.project": (
        "{more} projet de plus (de {before} à {after}), à potentiel égal, le ferait passer dans «\u00a0{segment}\u00a0», "
        "au-delà du seuil d’activité de {threshold} projets lissés pour 10\u202f000\u00a0habitants."
    ),
    "outreach.change.projects": (
        "{more} projets de plus (de {before} à {after}), à potentiel égal, le feraient passer dans "
        "«\u00a0{segment}\u00a0», au-delà du seuil d’activité de {threshold} projets lissés pour "
        "10\u202f000\u00a0habitants."
    ),
    "outreach.with": "Avec qui",
    "outreach.group": "Groupe d’échange suggéré\u00a0: {group}, avec {others}.",
    "outreach.group_alone": "Groupe d’échange suggéré\u00a0: {group}.",
    "outreach.showcase": "Vitrine la plus proche\u00a0: {name} ({code}), à {distance}\u00a0km.",
    "outreach.means": "Avec quels moyens",
    "outreach.cofunder": "Cofinanceur possible\u00a0: {cofunder}.",
    "outreach.cofunder_rate": "Cofinanceur possible\u00a0: {cofunder}, à {rate}.",
    "outreach.residual": "Il resterait {residual} à payer.",
    "outreach.activity": "Ce que l’on sait de son activité",
    "outreach.members.internal": "Ses territoires, en commençant par ceux à qui parler d’abord",
    "outreach.members.public": "Ses territoires",
    "outreach.member": "{name} ({code})\u00a0: {segment}, potentiel de {readiness}",
    "outreach.member_unknown": "{name} ({code})\u00a0: {segment}",
    "outreach.members_rest": "et {count} autres",
    "outreach.contact": "À qui s’adresser",
    "outreach.contact_default": "Direction générale des services (fonction proposée par défaut, à préciser)",
    "outreach.caution": "À savoir avant d’en parler",
    "outreach.coverage": "Données disponibles\u00a0: {share} (part des pondérations connue, avant toute imputation).",
    "outreach.date": "données au {date}",
    "outreach.no_date": "date des données non indiquée",
    "outreach.sources": "Étude «\u00a0{study}\u00a0», {date}. Sources\u00a0: {names}. Calculs\u00a0: Smart Territoires.",
    "outreach.listed": "{first} et {last}",
    "outreach.argument.stake": (
        "Sur la thématique «\u00a0{theme}\u00a0», {name} présente un enjeu de {stake}\u00a0: {details}."
    ),
    "outreach.argument.stake_alone": "Sur la thématique «\u00a0{theme}\u00a0», {name} présente un enjeu de {stake}.",
    "outreach.argument.strengths": "Un projet peut s’y appuyer sur des atouts\u00a0: {strengths}.",
    "outreach.index.internal": "Fiches de prise de contact",
    "outreach.index.public": "Territoires\u00a0: un potentiel à accompagner",
    "outreach.index.empty": "Aucun territoire n’est dans la liste des cibles.",
    "outreach.index.standing": "Rang et stabilité",
    # Colonnes du publipostage.
    "outreach.column.place": "Département, EPCI ou autre groupe",
    "outreach.column.stake": "Enjeu de la thématique à aborder",
    "outreach.column.argument": "Argument, prêt à être repris dans un courrier",
    "outreach.column.strengths": "Atouts",
    "outreach.column.levers": "Leviers qui manquent",
    "outreach.column.peer_sentence": "Le pair et ce qu’il a fait",
    "outreach.column.cofunding": "Cofinanceurs possibles",
    "outreach.column.call_title": "Titre de l’appel ouvert qui lui correspond",
    "outreach.column.call": "L’appel, ou pourquoi il n’y en a pas",
    "outreach.column.activity_sentence": "Ce que l’on sait de son activité",
    "outreach.column.change": "Le plus petit changement qui le ferait avancer",
    "outreach.column.contact_role": "Fonction à contacter (jamais une personne)",
    "outreach.column.page": "Fichier de la fiche",
    # Note à la direction.
    "outreach.note.title": "Note à la direction\u00a0: quels territoires appeler d’abord",
    "outreach.note.below": "{study}, {date}.",
    "outreach.note.question": "La réponse en une phrase",
    "outreach.note.territories": "{count} territoires",
    "outreach.note.units": "{count} échelons d’appel ({kinds})",
    "outreach.note.answer": (
        "Sur {studied} étudiés, {engage} réunissent ce qu’il faut pour réussir et portent encore peu de "
        "projets\u00a0; nous proposons d’appeler d’abord ceux du tableau, à commencer par {first}."
    ),
    "outreach.note.answer_theme": "Thématique la plus souvent à aborder\u00a0: {theme} ({often} sur {count}).",
    "outreach.note.answer_none": (
        "Sur {studied} étudiés, aucun n’est à appeler en priorité\u00a0: {engage} réunissent un potentiel "
        "élevé et une activité faible."
    ),
    "outreach.note.targets": "Les {count} premières cibles, et trois raisons pour chacune",
    "outreach.note.target": "Territoire",
    "outreach.note.reasons": "Pourquoi",
    "outreach.note.named": "{rank}. {name} ({code})",
    "outreach.note.unranked": "hors classement, choisi par une personne",
    "outreach.note.named_unranked": "{name} ({code})",
    "outreach.note.rank": "rang {low} à {high}, {stability}",
    "outreach.note.rank_one": "rang {low}, {stability}",
    "outreach.note.stake": "{theme}\u00a0: enjeu de {value} (médiane {median})\u00a0; {details}.",
    "outreach.note.stake_alone": "{theme}\u00a0: enjeu de {value} (médiane {median}).",
    "outreach.note.activity": (
        "Activité\u00a0: {projects}, attendu {expected}\u00a0; sur 100 territoires comparables, {evidence} en font davantage."
    ),
    "outreach.note.readiness": "Potentiel de {value} (seuil {threshold})\u00a0: {strengths}.",
    "outreach.note.readiness_alone": "Potentiel de {value} (seuil {threshold}).",
    "outreach.note.sure": "À quel point nous en sommes sûrs",
    "outreach.note.stamp": "{count} «\u00a0{stamp}\u00a0» ({when})",
    "outreach.note.stability": (
        "Place parmi les {shortlist} premiers quand les hypothèses varient ({draws} tirages)\u00a0: {stamps}. "
        "L’intervalle donné contient le rang dans 90\u00a0% des tirages."
    ),
    "outreach.note.widest": "Le moins assuré est celui de {name}\u00a0: entre {low} et {high}.",
    "outreach.note.model_none": (
        "Le nombre de projets attendus est celui de territoires de même population\u00a0; il ne repose sur aucun autre "
        "modèle."
    ),
    "outreach.note.reservations": "Ce qui invite à la prudence",
    "outreach.note.verify": (
        "Activité inconnue dans des territoires au potentiel élevé\u00a0: {count}. Rien de recensé n’y veut pas dire rien "
        "de fait."
    ),
    "outreach.note.insufficient_data": "Territoires dont les données ne permettent pas de noter le potentiel\u00a0: {count}.",
    "outreach.note.quality": (
        "Contrôle des sources\u00a0: constats réparés {r}, conservés avec avertissement {w}, laissés manquants {m}."
    ),
    "outreach.note.imputed": "Valeurs manquantes dans les sources\u00a0: {missing}\u00a0; valeurs imputées\u00a0: {imputed}.",
    "outreach.note.coverage": (
        "Parmi les territoires du tableau, données incomplètes\u00a0: {count} (au moins {least} des pondérations sont "
        "connues)."
    ),
    "outreach.note.too_small": (
        "Territoires du tableau trop petits pour être jugés seuls (moins d’un projet à attendre)\u00a0: {count}."
    ),
    "outreach.note.descriptive": (
        "Les pondérations et les seuils sont des choix\u00a0: cette liste aide à décider, elle ne juge aucun territoire."
    ),
    "outreach.note.steps": "Ce que nous proposons",
    "outreach.note.step_call": (
        "Appeler les territoires du tableau ({count}) dans cet ordre, fiche de prise de contact en main, avec le pair "
        "qu’elle propose."
    ),
    "outreach.note.step_verify": "Vérifier par un simple appel les territoires dont l’activité est inconnue ({count}).",
    "outreach.note.step_record": (
        "Noter la suite de chaque appel dans le registre, puis recalculer la liste avant la prochaine vague d’appels."
    ),
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "outreach.no_units": (
        "ces résultats n’ont pas d’échelons d’appel.",
        "Demandez-les dans l’étude («\u00a0targeting: call_units\u00a0») et relancez-la, ou prenez les territoires.",
    ),
    "outreach.own_folder": (
        "les fiches ne peuvent pas être écrites dans le dossier des résultats.",
        "Indiquez un autre dossier, ou un sous-dossier.",
    ),
    "outreach.not_html": ("la note s’écrit dans un fichier .html.", "Indiquez un nom qui se termine par .html."),
    "outreach.not_written": (
        "la note ne peut pas être écrite ({reason}).",
        "Choisissez un autre fichier, ou vérifiez les droits et la place libre.",
    ),
}

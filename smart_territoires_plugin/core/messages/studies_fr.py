"""French wording of the problems of study files: their form, their references, and what does not go together."""

from __future__ import annotations

PROBLEMS = {
    "document.not_found": ("le fichier n’existe pas.", "Indiquez le chemin d’un fichier d’étude."),
    "document.unreadable": ("le fichier ne peut pas être lu ({reason}).", "Vérifiez ses droits d’accès."),
    "document.not_utf8": ("le fichier n’est pas du texte UTF-8.", "Enregistrez-le en UTF-8."),
    "document.too_large": (
        "le document compte {size} pour {limit} au plus (octets, ou valeurs une fois déplié).",
        "Raccourcissez-le.",
    ),
    "document.too_deep": ("le document est imbriqué trop profondément.", "Simplifiez-le."),
    "document.not_yaml": ("ce n’est pas du YAML valide ({reason}).", "Corrigez la ligne."),
    "document.no_mapping": (
        "le document n’est pas une suite de lignes «\u00a0clé: valeur\u00a0».",
        "Commencez par «\u00a0version: 1\u00a0».",
    ),
    "document.alias_loop": ("un alias renvoie à lui-même.", "Supprimez l’alias."),
    "document.tag": ("l’étiquette «\u00a0{tag}\u00a0» n’est pas acceptée.", "Écrivez une valeur simple."),
    "document.key_not_text": ("la clé «\u00a0{key}\u00a0» n’est pas du texte.", "Mettez-la entre guillemets."),
    "document.duplicated_key": ("la clé «\u00a0{key}\u00a0» est donnée deux fois.", "N’en gardez qu’une."),
    "document.not_finite": ("«\u00a0{value}\u00a0» n’est pas un nombre fini.", "Donnez un nombre."),
    "study.unknown_key": ("clé inconnue «\u00a0{key}\u00a0» dans {place}.", "Clés proches\u00a0: {known}."),
    "study.missing_key": ("«\u00a0{key}\u00a0» manque dans {place}.", "Ajoutez-la."),
    "study.unknown_value": ("«\u00a0{value}\u00a0» n’est pas connu pour {place}.", "Valeurs connues\u00a0: {known}."),
    "study.wrong_type": ("{place} ne peut pas être «\u00a0{value}\u00a0».", "Donnez une valeur de type {wanted}."),
    "study.out_of_range": ("{place} ne peut pas être {value}.", "Donnez une valeur {bound}."),
    "study.bad_identifier": (
        "«\u00a0{value}\u00a0» ne peut pas être un identifiant ({place}).",
        "Employez des lettres sans accent, des chiffres et _, en commençant par une lettre.",
    ),
    "targeting.unknown_group": (
        "«\u00a0{group}\u00a0» n’est pas un groupe de l’étude.",
        "Groupes de l’étude\u00a0: {known}.",
    ),
    "targeting.no_exponent": (
        "la priorité ne compte rien\u00a0: ses trois exposants sont nuls.",
        "Donnez à readiness, stake ou evidence un exposant supérieur à 0.",
    ),
    "targeting.unit_of_what": (
        "un échelon d’appel est soit un groupe, soit les territoires à partir d’un nombre d’habitants.",
        "Donnez «\u00a0group\u00a0» ou «\u00a0population_from\u00a0», l’un des deux.",
    ),
    "targeting.level_twice": (
        "l’échelon «\u00a0{level}\u00a0» est donné deux fois.",
        "Donnez à chaque échelon d’appel un «\u00a0level\u00a0» qui lui soit propre.",
    ),
    "study.invalid": ("{place} n’est pas valide ({reason}).", "Corrigez selon la documentation."),
    "study.unknown_theme": (
        "la thématique «\u00a0{theme}\u00a0» n’est pas déclarée.",
        "Thématiques déclarées\u00a0: {known}.",
    ),
    "study.unknown_source": (
        "la source «\u00a0{source}\u00a0» n’est pas déclarée.",
        "Sources déclarées\u00a0: {known}.",
    ),
    "study.duplicated_id": (
        "l’identifiant «\u00a0{id}\u00a0» figure {count} fois dans {block}.",
        "Donnez à chacun le sien.",
    ),
    "study.reserved_id": (
        "aucun indicateur ne peut s’appeler «\u00a0{id}\u00a0»\u00a0: une colonne des résultats porte ce nom.",
        "Donnez-lui un autre identifiant.",
    ),
    "study.stake_without_theme": (
        "l’enjeu «\u00a0{indicator}\u00a0» n’a pas de thématique.",
        "Ajoutez «\u00a0theme\u00a0».",
    ),
    "study.factor_without_axis": (
        "le facteur de succès «\u00a0{indicator}\u00a0» n’a pas d’axe.",
        "Ajoutez «\u00a0axis\u00a0»\u00a0: innovation, partnership, data ou inclusion.",
    ),
    "study.levels_and_weights": (
        "« {indicator} » a {order} niveaux et {weights} pondérations.",
        "Donnez une pondération par niveau, dans le même ordre : le niveau le plus haut d’abord.",
    ),
    "study.register_not_activity": (
        "«\u00a0{indicator}\u00a0» compte les projets du registre, mais son rôle n’est pas l’activité.",
        "Écrivez «\u00a0role: activity\u00a0».",
    ),
    "study.factor_feeds_activity": (
        "la source «\u00a0{source}\u00a0» alimente à la fois un facteur de succès et l’activité.",
        "Employez-la pour l’un des deux\u00a0: une cause ne se mesure pas à son effet.",
    ),
    "study.weights_all_zero": (
        "toutes les pondérations du rôle {role} sont nulles.",
        "Donnez à l’une au moins une pondération supérieure à 0.",
    ),
    "study.unknown_group": (
        "la règle {rule} a besoin d’un groupe, et «\u00a0{group}\u00a0» n’en est pas un.",
        "Écrivez «\u00a0missing: {{method: {rule}, group: … }}\u00a0» avec l’un de\u00a0: {known}.",
    ),
    "study.geometric_reaches_zero": (
        "une moyenne géométrique sur une échelle qui atteint 0 annulerait un territoire pour un seul mauvais indicateur.",
        "Employez «\u00a0normalisation: {{method: min_max, low: 1, high: 100}}\u00a0», ou la moyenne arithmétique.",
    ),
}

"""French wording of studies that are made and edited: what cannot be changed, and the comments of a first study."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "editing.head": "Fait avec Smart Territoires, à modifier à la main ou dans QGIS. Les chemins partent de ce fichier.",
    "editing.crs": "projeté\u00a0: les surfaces et les distances y sont calculées",
    "editing.territories": "Une entité par territoire\u00a0; le code doit être celui des tables.",
    "editing.groups": "Colonnes des territoires qui les regroupent.",
    "editing.sources": "Les fichiers sont seulement lus.",
    "editing.themes": "Thématiques prioritaires, et ce que chacune pèse parmi elles.",
    "editing.indicators": (
        "Enjeux (combien une thématique compte ici), facteurs de succès (ce qui rend un projet probable) et activité "
        "(ce qui se fait déjà). direction\u00a0: 1 si plus veut dire un enjeu plus grand, -1 si c’est moins."
    ),
    "editing.scoring": (
        "Ce que fait une valeur manquante doit être dit\u00a0: ici les autres prennent son poids, et le score le montre."
    ),
    "editing.targeting": "Combien de territoires compte la liste de ceux à appeler.",
    "editing.robustness": "À quel point le classement est sûr\u00a0: il est refait avec des pondérations tirées autour de celles-ci.",
    "editing.measure.coverage_share": "Part du territoire que couvrent des polygones, chaque lieu une fois.",
    "editing.measure.coverage_area": "Surface du territoire que couvrent des polygones, chaque lieu une fois.",
    "editing.measure.coverage_per_capita": "Surface que couvrent des polygones, par habitant.",
    "editing.measure.line_length": "Longueur des lignes dans le territoire.",
    "editing.measure.line_density": "Longueur des lignes pour chaque km² du territoire.",
    "editing.measure.count": "Nombre d’entités dans le territoire.",
    "editing.measure.count_per_1000": "Nombre d’entités pour 1\u202f000 habitants.",
    "editing.measure.sum": "Somme d’un champ sur les entités du territoire.",
    "editing.measure.mean": "Moyenne d’un champ sur les entités du territoire.",
    "editing.measure.distance_to_nearest": "Distance à l’entité la plus proche.",
    "editing.measure.share_within": "Part du territoire, ou de ses habitants, à moins d’une distance d’une entité.",
    "editing.measure.zonal_mean": "Moyenne d’un raster dans le territoire.",
    "editing.measure.zonal_sum": "Somme d’un raster dans le territoire.",
    "editing.measure.zonal_min": "Plus petite valeur d’un raster dans le territoire.",
    "editing.measure.zonal_max": "Plus grande valeur d’un raster dans le territoire.",
    "editing.measure.zonal_std": "Variation d’un raster dans le territoire (écart-type).",
    "editing.measure.zonal_quantile": "Valeur d’un raster sous laquelle reste une part donnée du territoire.",
    "editing.measure.share_above": "Part du territoire où un raster dépasse un seuil.",
    "editing.measure.majority": "Classe la plus fréquente d’un raster dans le territoire.",
    "editing.measure.population_exposed": "Habitants qui vivent dans des polygones.",
    "editing.measure.share_exposed": "Part des habitants qui vivent dans des polygones.",
    "editing.measure.interpolate": "Valeur d’un autre zonage, répartie par surface ou par un raster.",
    "editing.measure.field": "Une colonne d’une table.",
    "editing.measure.ratio": "Une colonne d’une table divisée par une autre.",
    "editing.measure.per_capita": "Une colonne d’une table divisée par les habitants.",
    "editing.measure.change": "Évolution entre deux colonnes d’une table.",
    "editing.measure.register_activity": "Projets du territoire dans le registre.",
    "editing.needs.polygons": "Il faut une couche de polygones.",
    "editing.needs.lines": "Il faut une couche de lignes.",
    "editing.needs.features": "Il faut une couche de points, de lignes ou de polygones, ou une table avec une clé.",
    "editing.needs.places": "Il faut une couche de points, de lignes ou de polygones.",
    "editing.needs.raster": "Il faut un raster.",
    "editing.needs.table": "Il faut une table avec une clé.",
    "editing.needs.register": "Il faut un registre de projets.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "editing.changes_unreadable": (
        "le fichier des modifications ne peut être lu ({reason}).",
        "Donnez un fichier JSON de clés à points et de valeurs.",
    ),
    "editing.changes_no_mapping": (
        "le fichier des modifications ne contient aucune clé.",
        "Écrivez un objet JSON, une clé à points pour chaque valeur.",
    ),
    "editing.no_pair": ("«\u00a0{written}\u00a0» n’est pas une clé avec une valeur.", "Écrivez CLE=VALEUR."),
    "editing.nothing_to_change": ("aucune modification n’est donnée.", "Donnez --changes, --set ou --add-source."),
    "editing.study_exists": (
        "un fichier de ce nom existe déjà.",
        "Choisissez un autre nom\u00a0: il n’est pas écrasé.",
    ),
    "editing.not_written": ("l’étude ne peut être écrite ({reason}).", "Choisissez un autre dossier."),
    "editing.no_indicator": (
        "une étude a au moins un indicateur.",
        "Ajoutez une source et dites ce qu’elle mesure.",
    ),
    "editing.needs_theme": ("un enjeu a une thématique.", "Choisissez-en une."),
    "editing.needs_axis": ("un facteur de succès a un axe.", "Choisissez-en un."),
    "editing.no_number": (
        "«\u00a0{value}\u00a0» n’est pas un nombre.",
        "Écrivez des chiffres, avec un point ou une virgule.",
    ),
    "editing.no_whole_number": ("«\u00a0{value}\u00a0» n’est pas un nombre entier.", "Écrivez des chiffres seulement."),
    "editing.unknown_field": (
        "la source n’a pas de champ «\u00a0{field}\u00a0».",
        "Champs proches\u00a0: {known}.",
    ),
    "editing.needs_value": ("une valeur manque.", "Indiquez-la."),
}

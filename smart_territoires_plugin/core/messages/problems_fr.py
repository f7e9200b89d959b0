"""French wording of every problem: what is wrong, and what to do about it."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import comparison_fr, frameworks_fr, labels_fr, studies_fr, weights_fr

PROBLEMS = {
    **studies_fr.PROBLEMS,
    **labels_fr.PROBLEMS,
    **weights_fr.PROBLEMS,
    **comparison_fr.PROBLEMS,
    **frameworks_fr.PROBLEMS,
    "library.missing": (
        "cette bibliothèque Python manque\u00a0; {feature} en a besoin.",
        "Installez-la dans l’environnement du moteur\u00a0: pip install smart-territoires (ou «\u00a0make setup\u00a0» dans une copie de travail).",
    ),
    "source.not_found": (
        "le fichier {path} n’existe pas.",
        "Corrigez «\u00a0path\u00a0»\u00a0; il est relatif au fichier d’étude.",
    ),
    "source.is_folder": ("{path} est un dossier.", "Nommez un fichier de ce dossier."),
    "source.unreadable": ("le fichier ne peut pas être lu ({reason}).", "Vérifiez ses droits d’accès."),
    "source.empty_file": ("le fichier est vide.", "Téléchargez-le à nouveau."),
    "source.damaged": (
        "le fichier est endommagé, ou n’est pas ce que dit son nom ({reason}).",
        "Téléchargez-le à nouveau.",
    ),
    "source.in_use": (
        "le fichier a des modifications que son logiciel n’y a pas encore écrites.",
        "Fermez-le dans le logiciel qui le modifie (dans QGIS\u00a0: enregistrez les modifications), puis relancez.",
    ),
    "source.archive_too_large": (
        "l’archive se déplie en {bytes} octets dans {count} fichiers.",
        "Décompressez-la vous-même, et nommez le fichier qu’elle contient.",
    ),
    "source.archive_escape": (
        "l’archive contient un chemin dangereux\u00a0: {member}.",
        "N’employez pas cette archive\u00a0; reprenez-la chez son éditeur.",
    ),
    "source.archive_without_data": (
        "l’archive ne contient ni couche ni raster lisible.",
        "Décompressez-la, et nommez le fichier qu’elle contient.",
    ),
    "source.which_layer": (
        "il y a plusieurs couches, et {layer} ne dit pas laquelle.",
        "Ajoutez «\u00a0layer\u00a0», l’une de\u00a0: {known}.",
    ),
    "source.no_layer": ("il n’y a pas de couche «\u00a0{layer}\u00a0».", "Couches du fichier\u00a0: {known}."),
    "source.shapefile_incomplete": (
        "il manque {absent} à côté du shapefile.",
        "Remettez toutes ses parties (.shp, .shx, .dbf, .prj).",
    ),
    "source.no_field": ("il n’y a pas de colonne «\u00a0{field}\u00a0».", "Colonnes proches\u00a0: {known}."),
    "aliases.wrong": (
        "«\u00a0{name}\u00a0» n’est pas une liste de noms de colonnes.",
        "Écrivez «\u00a0{name}: [un_nom, un_autre_nom]\u00a0» dans resources/field_aliases.yaml.",
    ),
    "aliases.twice": (
        "le nom de colonne «\u00a0{name}\u00a0» est dans deux groupes.",
        "Gardez-le dans un seul, dans resources/field_aliases.yaml.",
    ),
    "source.no_geometry": (
        "la couche n’a pas de géométries.",
        "Nommez une couche qui en a, ou ajoutez «\u00a0key\u00a0» et employez une mesure de tables.",
    ),
    "source.bad_filter": ("le filtre «\u00a0{filter}\u00a0» est refusé ({reason}).", "Corrigez «\u00a0where\u00a0»."),
    "measure.more_than_whole": (
        "{code} serait couvert sur {covered_m2:.0f} m² de ses {whole_m2:.0f} m².",
        "C’est un défaut de notre fait\u00a0: signalez-le avec la couche.",
    ),
    "source.not_polygons": (
        "la couche n’a pas de polygones, dont {measure} a besoin.",
        "Employez une couche de polygones, ou la mesure {other}.",
    ),
    "source.not_lines": (
        "la couche n’a pas de lignes, dont {measure} a besoin.",
        "Employez une couche de lignes, ou la mesure {other}.",
    ),
    "population.no_inhabitants": (
        "l’étude ne dit pas quelle colonne donne les habitants de chaque point ou bâtiment.",
        "Ajoutez «\u00a0inhabitants\u00a0» à la mesure, ou indiquez un raster de population.",
    ),
    "population.lines": (
        "la couche n’a que des lignes, où l’on ne peut compter personne.",
        "Indiquez un raster de population, ou une couche de points ou de bâtiments.",
    ),
    "measure.needs_population": (
        "la mesure part de la population, et n’en indique aucune.",
        "Ajoutez «\u00a0population\u00a0» avec un raster de population, ou une couche de points ou de bâtiments.",
    ),
    "measure.share_of_what": (
        "«\u00a0of\u00a0» doit indiquer soit un raster, soit des bâtiments.",
        "Écrivez «\u00a0of: area\u00a0», «\u00a0of: {{raster: …}}\u00a0» ou «\u00a0of: {{buildings: …}}\u00a0».",
    ),
    "library.missing_extra": (
        "cette bibliothèque Python manque\u00a0; {feature} en a besoin.",
        "Installez-la dans l’environnement du moteur\u00a0: pip install smart-territoires[{extra}].",
    ),
    "source.password_in_path": (
        "l’adresse de la source «\u00a0{source}\u00a0» contient un mot de passe.",
        "Retirez-le du fichier d’étude et de ses copies\u00a0; donnez-le par PGPASSWORD, PGPASSFILE, un fichier de service (postgresql:///?service=…) ou l’authentification de QGIS.",
    ),
    "source.unknown_address": (
        "l’adresse de la source «\u00a0{source}\u00a0» est d’un genre qui ne se lit pas.",
        "Écrivez postgresql://hôte:port/base, https://…/raster.tif, ou le chemin d’un fichier.",
    ),
    "source.archive_nested": (
        "l’archive contient une autre archive ({member}), qui n’est pas ouverte.",
        "Décompressez-la, et nommez le fichier intérieur.",
    ),
    "source.archive_kind": (
        "les archives du genre {suffix} ne sont pas ouvertes.",
        "Décompressez-la et nommez un fichier qu’elle contient, ou refaites-en un .zip.",
    ),
    "source.archive_locked": (
        "l’archive est protégée par un mot de passe ({member}).",
        "Décompressez-la, et nommez le fichier qu’elle contient.",
    ),
    "source.entities": (
        "le fichier déclare des entités, qui peuvent atteindre d’autres fichiers.",
        "Exportez la couche de nouveau, de préférence en GeoPackage.",
    ),
    "source.invalid_geometry": (
        "{count} géométries ne sont pas valides ({examples}), et l’étude n’en répare aucune.",
        "Corrigez-les, ou retirez «\u00a0repair: false\u00a0».",
    ),
    "database.unreachable": (
        "la base de données n’est pas joignable ({reason}).",
        "Vérifiez l’adresse, le fichier de service et le mot de passe (PGPASSWORD, PGPASSFILE), et que le serveur répond.",
    ),
    "database.no_rights": (
        "la base de données refuse la lecture ({reason}).",
        "Demandez à son administrateur le droit de lire (GRANT SELECT).",
    ),
    "database.failed": (
        "la base de données n’a pas répondu jusqu’au bout ({reason}).",
        "Relancez\u00a0; si cela persiste, voyez l’administrateur de la base.",
    ),
    "database.several_systems": (
        "les géométries sont dans plusieurs systèmes de coordonnées ({known}).",
        "Choisissez-en un par «\u00a0where: ST_SRID(…) = …\u00a0», ou transformez-les dans une vue.",
    ),
    "remote.unreachable": (
        "le serveur ne donne pas le fichier ({reason}).",
        "Vérifiez l’adresse\u00a0; ou téléchargez le fichier et nommez-le.",
    ),
    "remote.not_in_parts": (
        "le serveur ne donne pas le fichier par parties (plages HTTP).",
        "Téléchargez le fichier et nommez-le.",
    ),
    "remote.not_geotiff": (
        "ce que donne le serveur n’est pas un GeoTIFF (cela commence par «\u00a0{reason}\u00a0»).",
        "Vérifiez l’adresse dans un navigateur.",
    ),
    "remote.no_version": (
        "le serveur ne dit pas quand le fichier change (ni ETag ni Last-Modified).",
        "Téléchargez le fichier et nommez-le.",
    ),
    "remote.not_raster": (
        "seul un GeoTIFF (.tif) se lit sur un serveur web.",
        "Téléchargez le fichier et nommez-le.",
    ),
    "crs.unknown": (
        "le système de coordonnées «\u00a0{crs}\u00a0» est inconnu.",
        "Écrivez-le sous la forme EPSG:<numéro>.",
    ),
    "crs.missing": (
        "aucun système de coordonnées n’est déclaré.",
        "Ajoutez «\u00a0crs\u00a0» à la source\u00a0; les coordonnées ressemblent à {likely}.",
    ),
    "crs.impossible": (
        "les coordonnées (à partir de {x}, {y}) ne peuvent pas être en {crs}.",
        "Ajoutez «\u00a0crs\u00a0» à la source\u00a0; elles ressemblent à {likely}.",
    ),
    "crs.swapped": (
        "x et y semblent intervertis (x à partir de {x}, y à partir de {y}).",
        "Exportez de nouveau la couche, l’est avant le nord (la longitude avant la latitude).",
    ),
    "crs.not_for_areas": (
        "on ne peut pas mesurer de surfaces en {crs}.",
        "Employez {fitting} comme «\u00a0crs\u00a0» de l’étude.",
    ),
    "crs.elsewhere": (
        "{crs} n’est pas fait pour l’endroit de ces territoires.",
        "Employez {fitting} comme «\u00a0crs\u00a0» de l’étude.",
    ),
    "table.encoding": (
        "le fichier n’est pas du texte {encoding} ({reason}).",
        "Corrigez «\u00a0encoding\u00a0», ou retirez-le.",
    ),
    "table.ragged": (
        "la ligne {line} a {cells} cellules quand l’en-tête a {names} noms.",
        "Vérifiez «\u00a0separator\u00a0» et «\u00a0skip\u00a0», ou mettez entre guillemets les textes qui contiennent le séparateur.",
    ),
    "table.unreadable": (
        "la table ne peut pas être lue ({reason}).",
        "Vérifiez «\u00a0separator\u00a0», «\u00a0skip\u00a0» et «\u00a0sheet\u00a0», ou enregistrez-la en CSV.",
    ),
    "table.no_key": (
        "l’étude ne dit pas quelle colonne porte le code du territoire.",
        "Ajoutez «\u00a0key\u00a0» à la source.",
    ),
    "table.duplicated_key": (
        "{count} codes figurent plus d’une fois dans «\u00a0{key}\u00a0» ({examples}).",
        "Ajoutez «\u00a0combine\u00a0» (sum, mean, max ou first), ou un «\u00a0where\u00a0» qui garde une ligne de chacun.",
    ),
    "table.not_numbers": (
        "la colonne «\u00a0{field}\u00a0» n’est pas faite de nombres ({examples}).",
        "Nommez une colonne de nombres.",
    ),
    "raster.no_geotransform": ("le raster ne dit pas où il se trouve.", "Géoréférencez-le d’abord."),
    "raster.no_tile": (
        "il manque {count} dalle(s) du raster virtuel ({absent}).",
        "Remettez-les en place, ou refaites le raster virtuel.",
    ),
    "raster.not_real": ("le raster contient des nombres complexes.", "Indiquez un raster de nombres réels."),
    "raster.no_band": ("il n’y a pas de bande {band}\u00a0; le raster en a {count}.", "Corrigez «\u00a0band\u00a0»."),
    "register.no_layer": (
        "le registre n’a pas de couche «\u00a0{layer}\u00a0».",
        "Un registre a les couches «\u00a0projects\u00a0» et «\u00a0survey\u00a0»\u00a0; couches du fichier\u00a0: {known}.",
    ),
    "territories.none": ("la couche n’a aucun territoire.", "Vérifiez son «\u00a0where\u00a0»."),
    "territories.empty_code": (
        "{count} territoires n’ont pas de code.",
        "Complétez les codes, ou écartez ces entités par «\u00a0where\u00a0».",
    ),
    "territories.duplicated_code": (
        "{count} codes figurent plus d’une fois ({examples}).",
        "Corrigez-les, ou écrivez «\u00a0dissolve: true\u00a0» pour fusionner les entités d’un même code.",
    ),
    "scoring.infinite_values": (
        "{count} territoires ont une valeur infinie ou démesurée.",
        "Corrigez la source\u00a0; une valeur inconnue se laisse vide.",
    ),
    "method.limits_reversed": (
        "la limite basse {low} des valeurs extrêmes est au-dessus de la limite haute {high}.",
        "Écrivez la plus petite valeur dans «\u00a0low\u00a0».",
    ),
    "method.fraction_not_positive": (
        "«\u00a0fraction_of_maximum\u00a0» divise par {value}, et demande une valeur supérieure à 0.",
        "Choisissez une autre normalisation, par exemple «\u00a0min_max\u00a0».",
    ),
    "method.log_of_values": (
        "{count} territoires ont 0 ou moins, qui n’a pas de logarithme.",
        "Laissez «\u00a0cap\u00a0» tel quel, ou retirez «\u00a0log\u00a0».",
    ),
    "method.reference_not_better": (
        "la référence {reference} n’est pas meilleure que la plus mauvaise valeur, {worst}.",
        "Donnez une référence meilleure, ou corrigez le sens.",
    ),
    "method.order_weights_not_positive": (
        "les pondérations des rangs sont négatives, ou toutes nulles.",
        "Donnez des nombres positifs ou nuls, dont un au moins supérieur à 0.",
    ),
    "method.indifference_not_below": (
        "«\u00a0indifference\u00a0» ({low}) n’est pas inférieur à «\u00a0strict\u00a0» ({high}).",
        "Abaissez le premier ou relevez le second.",
    ),
    "scoring.missing_values": (
        "{count} territoires n’ont pas de valeur, et la règle de l’étude est «\u00a0error\u00a0».",
        "Complétez la source, ou choisissez une autre règle dans «\u00a0scoring: missing\u00a0».",
    ),
    "values.no_column": (
        "la table des valeurs n’a pas de colonne «\u00a0{column}\u00a0».",
        "Donnez-lui une colonne «\u00a0code\u00a0» et une par indicateur.",
    ),
    "values.duplicated_code": (
        "{count} codes figurent plus d’une fois dans la table des valeurs ({examples}).",
        "Gardez une ligne de chacun.",
    ),
    "results.not_writable": (
        "on ne peut pas écrire dans le dossier ({reason}).",
        "Choisissez un autre dossier, ou vérifiez ses droits et la place libre.",
    ),
    "results.locked": ("un autre calcul écrit dans ce dossier.", "Attendez sa fin, ou choisissez un autre dossier."),
    "results.other_version": (
        "ces résultats ont été écrits par une autre version de Smart Territoires.",
        "Relancez l’étude dans ce dossier.",
    ),
    "results.missing": (
        "ce n’est pas un dossier de résultats ({missing} manque).",
        "Indiquez le dossier écrit par «\u00a0smart-territoires run\u00a0».",
    ),
    "results.no_code": ("il n’y a pas de territoire {code}.", "Codes proches\u00a0: {known}."),
    "results.source_changed": ("le fichier {path} a changé pendant le calcul.", "Relancez quand plus rien ne l’écrit."),
    "program.missing": (
        "ce programme manque\u00a0; {feature} en a besoin.",
        "Installez QGIS 3.40 ou plus récent, ou indiquez dans ST_QGIS_PYTHON un Python qui l’a.",
    ),
    "program.failed": (
        "il s’est arrêté brutalement pendant «\u00a0{feature}\u00a0» (code {code}).",
        "Voyez ses messages ci-dessus\u00a0; les résultats sont intacts.",
    ),
    "defect": (
        "un défaut de notre part\u00a0: {reason}",
        "Merci de le signaler avec le fichier d’étude\u00a0; les résultats précédents sont intacts.",
    ),
    "engine.process_killed": (
        "le processus qui calculait une partie a été arrêté de l’extérieur, deux fois\u00a0: le système le fait quand la mémoire manque.",
        "Fermez d’autres programmes, ou calculez avec moins de --workers.",
    ),
    "cluster.address": (
        "«\u00a0{address}\u00a0» n’est pas l’adresse d’un ordonnanceur Dask.",
        "Écrivez-la comme l’ordonnanceur l’affiche, par exemple tcp://192.168.1.10:8786.",
    ),
    "cluster.unreachable": (
        "aucun ordonnanceur n’y répond\u00a0: {reason}",
        "Vérifiez qu’il tourne et que cette machine l’atteint, ou calculez sans --scheduler.",
    ),
    "cluster.no_workers": (
        "l’ordonnanceur n’a aucun processus de calcul\u00a0: attendu {seconds}\u00a0s.",
        "Démarrez-en, puis reprenez avec --resume\u00a0: ce qui a été mesuré est conservé.",
    ),
    "cluster.lost": (
        "l’ordonnanceur ne répond plus.",
        "Reprenez avec --resume, avec ou sans --scheduler\u00a0: ce qui a été mesuré est conservé.",
    ),
    "cluster.worker_fails": (
        "{worker} ne répond pas comme il le doit\u00a0: {reason}",
        "Consultez son journal\u00a0; installez partout les mêmes versions de Dask.",
    ),
    "cluster.no_package": (
        "{worker} ne peut pas importer {library}.",
        "Installez-y Smart Territoires et ce qu’il lui faut, dans la version de cette machine.",
    ),
    "cluster.other_version": (
        "{worker} a {name} {theirs}, cette machine {ours}.",
        "Installez partout les mêmes versions\u00a0: un résultat ne doit pas dépendre de l’endroit où il est calculé.",
    ),
    "cluster.other_code": (
        "{worker} a un autre état du code de Smart Territoires, sous la même version.",
        "Installez le même partout, et redémarrez les processus de calcul.",
    ),
    "cluster.unseen_source": (
        "{worker} ne voit pas «\u00a0{path}\u00a0» tel qu’il est ici.",
        "Placez la source dans un dossier que toutes les machines atteignent sous le même chemin.",
    ),
    "cluster.part_fatal": (
        "une partie a mis fin à chaque processus qui l’a essayée\u00a0: la mémoire y manque, sans doute.",
        "Donnez-leur plus de mémoire ou moins de fils, puis reprenez avec --resume.",
    ),
    "cancelled": ("annulé.", "Les résultats précédents sont intacts."),
    "quality.finding": ("{check}\u00a0: {count} ({examples}).", "Voyez la couche qualité des résultats."),
}

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en_GB">
<context>
    <name>SmartTerritoires</name>
    <message>
        <source>: </source>
        <translation> : </translation>
    </message>
    <message>
        <source>A PDF with a page per target, an overview, and the sources.</source>
        <translation>Un PDF avec une page par cible, une vue d’ensemble et les sources.</translation>
    </message>
    <message>
        <source>A folder with the packages as wheels, for a computer without the network.</source>
        <translation>Un dossier contenant les paquets au format wheel, pour un ordinateur sans réseau.</translation>
    </message>
    <message>
        <source>A library that the engine needs is missing.</source>
        <translation>Il manque une bibliothèque dont le moteur a besoin.</translation>
    </message>
    <message>
        <source>A made-up region with all its layers, to see what the plugin does.</source>
        <translation>Une région inventée avec toutes ses couches, pour voir ce que fait l’extension.</translation>
    </message>
    <message>
        <source>A score of a territory in the run at hand.</source>
        <translation>Un score d’un territoire dans le calcul ouvert.</translation>
    </message>
    <message>
        <source>Add the results to the map</source>
        <translation>Ajouter les résultats à la carte</translation>
    </message>
    <message>
        <source>Address of a Dask scheduler, for example tcp://192.168.1.10:8786, whose workers measure in place of this machine; they must reach the sources under the same paths. Empty: this machine.</source>
        <translation>Adresse d’un ordonnanceur Dask, par exemple tcp://192.168.1.10:8786, dont les processus mesurent à la place de cette machine ; ils doivent atteindre les sources sous les mêmes chemins. Vide : cette machine.</translation>
    </message>
    <message>
        <source>Adds the styled layers in one group once the run has ended; no effect without a map.</source>
        <translation>Ajoute les couches stylées dans un groupe une fois l’exécution terminée ; sans effet s’il n’y a pas de carte.</translation>
    </message>
    <message>
        <source>All alike</source>
        <translation>Toutes égales</translation>
    </message>
    <message>
        <source>An address has a protocol and a port, as in tcp://192.168.1.10:8786.</source>
        <translation>Une adresse a un protocole et un port, comme tcp://192.168.1.10:8786.</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Arguments</translation>
    </message>
    <message>
        <source>As QGIS</source>
        <translation>Comme QGIS</translation>
    </message>
    <message>
        <source>As in the run</source>
        <translation>Comme dans le passage</translation>
    </message>
    <message>
        <source>As in the run.</source>
        <translation>Comme dans le passage.</translation>
    </message>
    <message>
        <source>Atlas</source>
        <translation>Atlas</translation>
    </message>
    <message>
        <source>Atlas &amp; Sharing</source>
        <translation>Atlas et partage</translation>
    </message>
    <message>
        <source>Atlas “{name}”</source>
        <translation>Atlas « {name} »</translation>
    </message>
    <message>
        <source>Atlas…</source>
        <translation>Atlas…</translation>
    </message>
    <message>
        <source>Back to the Run</source>
        <translation>Revenir au passage</translation>
    </message>
    <message>
        <source>Being checked…</source>
        <translation>Vérification en cours…</translation>
    </message>
    <message>
        <source>Beside the run, {moved} territories change segment and {entered} enter the first {first}. How stable these ranks are is known once the study is run with these weights.</source>
        <translation>Par rapport au passage, {moved} territoires changent de segment et {entered} entrent dans les {first} premiers. La stabilité de ces rangs sera connue une fois l’étude exécutée avec ces pondérations.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Annulé.</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed.</source>
        <translation>Annulé : rien n’a été changé.</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Graphique</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Check of “{name}”</source>
        <translation>Vérification de « {name} »</translation>
    </message>
    <message>
        <source>Choose a territory in the table, chart or map.</source>
        <translation>Choisissez un territoire dans le tableau, le graphique ou la carte.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Code of the territory.</source>
        <translation>Code du territoire.</translation>
    </message>
    <message>
        <source>Codes that appear more than once: {codes}.</source>
        <translation>Codes qui apparaissent plus d’une fois : {codes}.</translation>
    </message>
    <message>
        <source>Column of the codes</source>
        <translation>Colonne des codes</translation>
    </message>
    <message>
        <source>Column that identifies each territory; no code may appear twice.</source>
        <translation>Colonne qui identifie chaque territoire ; aucun code ne peut apparaître deux fois.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Columns of the input that are computed anew: {columns}.</source>
        <translation>Colonnes de l’entrée qui sont recalculées : {columns}.</translation>
    </message>
    <message>
        <source>Compare Success Factors in Pairs</source>
        <translation>Comparer les facteurs de succès deux à deux</translation>
    </message>
    <message>
        <source>Compare in Pairs…</source>
        <translation>Comparer deux à deux…</translation>
    </message>
    <message>
        <source>Compute indicators</source>
        <translation>Calculer les indicateurs</translation>
    </message>
    <message>
        <source>Consistency ratio {ratio}, above 0.1: the answers contradict each other, first of all “{first}” beside “{second}”.</source>
        <translation>Ratio de cohérence de {ratio}, supérieur à 0,1 : les réponses se contredisent, d’abord « {first} » face à « {second} ».</translation>
    </message>
    <message>
        <source>Consistency ratio {ratio}: the answers agree.</source>
        <translation>Ratio de cohérence de {ratio} : les réponses concordent.</translation>
    </message>
    <message>
        <source>Counts for</source>
        <translation>Compte pour</translation>
    </message>
    <message>
        <source>Dask scheduler</source>
        <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Empty the Store</source>
        <translation>Vider le dépôt</translation>
    </message>
    <message>
        <source>Empty the Store…</source>
        <translation>Vider le dépôt…</translation>
    </message>
    <message>
        <source>Empty the store in {folder} ({size})? The next run takes longer.</source>
        <translation>Vider le dépôt de {folder} ({size}) ? Le prochain calcul sera plus long.</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Moteur</translation>
    </message>
    <message>
        <source>Engine of Smart Territoires</source>
        <translation>Moteur de Smart Territoires</translation>
    </message>
    <message>
        <source>Engine…</source>
        <translation>Moteur…</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Anglais</translation>
    </message>
    <message>
        <source>Every territory with its scores, segment, priority, rank and reasons in French and English.</source>
        <translation>Chaque territoire avec ses scores, son segment, sa priorité, son rang et ses raisons en français et en anglais.</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Exemples</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Export atlas</source>
        <translation>Exporter l’atlas</translation>
    </message>
    <message>
        <source>Export the Table</source>
        <translation>Exporter le tableau</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Fictitious Region</source>
        <translation>Région fictive</translation>
    </message>
    <message>
        <source>Fictitious region</source>
        <translation>Région fictive</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Find targets</source>
        <translation>Trouver les cibles</translation>
    </message>
    <message>
        <source>First of {count} territories that are selected.</source>
        <translation>Premier des {count} territoires sélectionnés.</translation>
    </message>
    <message>
        <source>Folder of packages (offline)</source>
        <translation>Dossier de paquets (hors ligne)</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>Dossier des résultats</translation>
    </message>
    <message>
        <source>Folder that receives the results; made if it does not exist.</source>
        <translation>Dossier qui reçoit les résultats ; créé s’il n’existe pas.</translation>
    </message>
    <message>
        <source>Folder that “Run study” wrote, with results.gpkg and manifest.json.</source>
        <translation>Dossier écrit par « Exécuter une étude », avec results.gpkg et manifest.json.</translation>
    </message>
    <message>
        <source>Found by the plugin</source>
        <translation>Trouvé par l’extension</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>From a study file to scored, segmented and ranked territories.</source>
        <translation>D’un fichier d’étude à des territoires notés, segmentés et classés.</translation>
    </message>
    <message>
        <source>GeoPackages (*.gpkg)</source>
        <translation>GeoPackages (*.gpkg)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aide</translation>
    </message>
    <message>
        <source>How the scores were made, step by step, filled in from this run.</source>
        <translation>Comment les scores ont été faits, étape par étape, d’après ce passage.</translation>
    </message>
    <message>
        <source>In the run: {segment}.</source>
        <translation>Dans le passage : {segment}.</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>Indicateur</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indicateurs</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>Installer</translation>
    </message>
    <message>
        <source>Install Again</source>
        <translation>Réinstaller</translation>
    </message>
    <message>
        <source>Install the Engine…</source>
        <translation>Installer le moteur…</translation>
    </message>
    <message>
        <source>Install these libraries in a Python environment of your own (python -m venv, then pip install), then name its interpreter in Settings ► Options ► Smart Territoires, or in the environment variable {variable}.</source>
        <translation>Installez ces bibliothèques dans un environnement Python à vous (python -m venv, puis pip install), puis indiquez son interpréteur dans Préférences ► Options ► Smart Territoires, ou dans la variable d’environnement {variable}.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Language of the atlas</source>
        <translation>Langue de l’atlas</translation>
    </message>
    <message>
        <source>Language of the pages</source>
        <translation>Langue des pages</translation>
    </message>
    <message>
        <source>Language of the results</source>
        <translation>Langue des résultats</translation>
    </message>
    <message>
        <source>Make register</source>
        <translation>Créer un registre</translation>
    </message>
    <message>
        <source>Makes an empty register of projects, with its forms.</source>
        <translation>Crée un registre de projets vide, avec ses formulaires.</translation>
    </message>
    <message>
        <source>Makes an empty register: a GeoPackage for projects, calls, applications, contacts, interviews, reference territories and the survey that says where somebody looked.

Each of its tables opens in QGIS with a form of its own, which offers the values, explains the marks of the four axes and refuses what cannot be. Name the file as the source of the measure register_activity in a study.

A file that is there already is never overwritten, and nothing is added to the map.</source>
        <translation>Crée un registre vide : un GeoPackage pour les projets, appels, candidatures, prises de contact, entretiens, territoires de référence, et le recensement qui dit où quelqu’un a cherché.

Chacune de ses tables s’ouvre dans QGIS avec un formulaire, qui propose les valeurs, explique les notes des quatre axes et refuse l’impossible. Nommez le fichier comme source de la mesure register_activity dans une étude.

Un fichier déjà présent n’est jamais écrasé, et rien n’est ajouté à la carte.</translation>
    </message>
    <message>
        <source>Makes the PDF atlas of a folder of results.</source>
        <translation>Produit l’atlas PDF d’un dossier de résultats.</translation>
    </message>
    <message>
        <source>Makes the map atlas of a study that was run: overview pages of segments, readiness and priority, then one page per target with its map, scores, reasons, source and date.

Layouts may only be drawn in the main thread of QGIS, so its windows wait for this algorithm; the menu “Smart Territoires ► Atlas…” makes the same atlas in a process of its own.</source>
        <translation>Produit l’atlas cartographique d’une étude exécutée : pages d’ensemble des segments, du potentiel et de la priorité, puis une page par cible avec sa carte, ses scores, ses raisons, la source et la date.

Les mises en page ne peuvent être dessinées que dans le fil principal de QGIS, ses fenêtres attendent donc cet algorithme ; le menu « Smart Territoires ► Atlas… » produit le même atlas dans un processus à part.</translation>
    </message>
    <message>
        <source>Map atlas</source>
        <translation>Atlas cartographique</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Measures every indicator of a study on its sources: shares covered, zonal statistics, counts, fields, ratios, recorded projects.

The output holds every territory of the study, with one column per indicator, named by its id and in its own unit; a missing value is empty, never zero. What was repaired or is doubtful is told in the log.

Feed the output to “Score territories” or “Find targets”.</source>
        <translation>Mesure chaque indicateur d’une étude sur ses sources : parts couvertes, statistiques zonales, comptages, champs, rapports, projets recensés.

La sortie contient chaque territoire de l’étude, avec une colonne par indicateur, nommée par son identifiant et dans sa propre unité ; une valeur manquante est vide, jamais nulle. Ce qui a été réparé ou qui est douteux est dit dans le journal.

Donnez la sortie à « Noter les territoires » ou à « Trouver les cibles ».</translation>
    </message>
    <message>
        <source>Measures the indicators of a study: one column per indicator.</source>
        <translation>Mesure les indicateurs d’une étude : une colonne par indicateur.</translation>
    </message>
    <message>
        <source>Methodology</source>
        <translation>Méthodologie</translation>
    </message>
    <message>
        <source>Name the interpreter of a Python environment that has {libraries} in Settings ► Options ► Smart Territoires, or in the environment variable {variable}.</source>
        <translation>Indiquez l’interpréteur d’un environnement Python qui contient {libraries} dans Préférences ► Options ► Smart Territoires, ou dans la variable d’environnement {variable}.</translation>
    </message>
    <message>
        <source>No Python was found to make the environment from ({reason}). Choose one with “Use Another Python…”.</source>
        <translation>Aucun Python n’a été trouvé pour faire l’environnement ({reason}). Choisissez-en un avec « Utiliser un autre Python… ».</translation>
    </message>
    <message>
        <source>No results are on the map: run a study first.</source>
        <translation>Aucun résultat n’est sur la carte : lancez d’abord une étude.</translation>
    </message>
    <message>
        <source>No store yet: no study has been run.</source>
        <translation>Pas encore de dépôt : aucune étude n’a été calculée.</translation>
    </message>
    <message>
        <source>Number of targets</source>
        <translation>Nombre de cibles</translation>
    </message>
    <message>
        <source>One feature per territory, with columns named by the ids of the indicators.</source>
        <translation>Une entité par territoire, avec des colonnes nommées par les identifiants des indicateurs.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Open a Study</source>
        <translation>Ouvrir une étude</translation>
    </message>
    <message>
        <source>Open a Study…</source>
        <translation>Ouvrir une étude…</translation>
    </message>
    <message>
        <source>Open a study, or begin with the fictitious region: it takes a minute.</source>
        <translation>Ouvrez une étude, ou commencez par la région fictive : cela prend une minute.</translation>
    </message>
    <message>
        <source>Open in Smart Territoires</source>
        <translation>Ouvrir dans Smart Territoires</translation>
    </message>
    <message>
        <source>Open the Fictitious Region</source>
        <translation>Ouvrir la région fictive</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <source>PDF file</source>
        <translation>Fichier PDF</translation>
    </message>
    <message>
        <source>PDF files (*.pdf)</source>
        <translation>Fichiers PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Places each territory of a study in a segment and ranks those to call first: the ones with what it takes that do less than territories alike. Each comes with the theme to speak of, a peer to bring along, the reasons, and how stable its rank is.

Without an input layer the indicators are measured on the sources of the study; with one, its columns are taken instead, as “Compute indicators” writes them, so that a model may change them on the way.</source>
        <translation>Place chaque territoire d’une étude dans un segment et classe ceux à appeler en premier : ceux qui ont ce qu’il faut et qui font moins que des territoires semblables. Chacun vient avec la thématique à aborder, un pair à associer, les raisons, et la stabilité de son rang.

Sans couche en entrée, les indicateurs sont mesurés sur les sources de l’étude ; avec une couche, ses colonnes sont prises à la place, telles que les écrit « Calculer les indicateurs », si bien qu’un modèle peut les modifier en chemin.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Préréglage</translation>
    </message>
    <message>
        <source>Priority in 3D</source>
        <translation>Priorité en 3D</translation>
    </message>
    <message>
        <source>Problems to solve before the study can run: {count}.</source>
        <translation>Problèmes à résoudre avant que l’étude puisse être exécutée : {count}.</translation>
    </message>
    <message>
        <source>Python Interpreter</source>
        <translation>Interpréteur Python</translation>
    </message>
    <message>
        <source>Python interpreter</source>
        <translation>Interpréteur Python</translation>
    </message>
    <message>
        <source>QGIS could not open a 3D view.</source>
        <translation>QGIS n’a pas pu ouvrir de vue 3D.</translation>
    </message>
    <message>
        <source>Readiness {before} in the run, {after} with the weights at hand.</source>
        <translation>Potentiel de {before} dans le passage, de {after} avec les pondérations en cours.</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Réparer</translation>
    </message>
    <message>
        <source>Results at hand</source>
        <translation>Résultats ouverts</translation>
    </message>
    <message>
        <source>Results at hand: several are on the map</source>
        <translation>Résultats ouverts : il y en a plusieurs sur la carte</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Exécuter</translation>
    </message>
    <message>
        <source>Run a Study</source>
        <translation>Exécuter une étude</translation>
    </message>
    <message>
        <source>Run a Study…</source>
        <translation>Exécuter une étude…</translation>
    </message>
    <message>
        <source>Run a study first: its territories then are here.</source>
        <translation>Exécutez d’abord une étude : ses territoires apparaîtront ici.</translation>
    </message>
    <message>
        <source>Run a study first: its weights then are here.</source>
        <translation>Exécutez d’abord une étude : ses pondérations apparaîtront ici.</translation>
    </message>
    <message>
        <source>Run a study first: what it found is shared from here.</source>
        <translation>Exécutez d’abord une étude : ce qu’elle a trouvé se partage d’ici.</translation>
    </message>
    <message>
        <source>Run study</source>
        <translation>Exécuter une étude</translation>
    </message>
    <message>
        <source>Runs a study from its sources to its targets: measures the indicators, scores stakes and readiness, places each territory in a segment, and ranks those to call first, with the reasons.

The folder receives results.gpkg, territories.csv, targets.csv, manifest.json and the methodology. No territory is ever left out: where a score cannot be had, the reason is said. Former results stay whole until the new ones are complete.

The computation runs in a process of its own; QGIS stays usable and the run may be cancelled at any moment.</source>
        <translation>Exécute une étude de ses sources à ses cibles : mesure les indicateurs, note les enjeux et le potentiel, place chaque territoire dans un segment, et classe ceux à appeler en premier, avec les raisons.

Le dossier reçoit results.gpkg, territories.csv, targets.csv, manifest.json et la méthodologie. Aucun territoire n’est jamais écarté : là où un score ne peut être obtenu, la raison est dite. Les résultats précédents restent entiers jusqu’à ce que les nouveaux soient complets.

Le calcul se fait dans un processus à part ; QGIS reste utilisable et l’exécution peut être annulée à tout moment.</translation>
    </message>
    <message>
        <source>Runs that are started here compute on this Dask cluster. Example: tcp://192.168.1.10:8786</source>
        <translation>Les calculs lancés ici se font sur cette cluster Dask. Exemple : tcp://192.168.1.10:8786</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>Échelle</translation>
    </message>
    <message>
        <source>Score territories</source>
        <translation>Noter les territoires</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Scores</translation>
    </message>
    <message>
        <source>Scores stakes and readiness from columns that hold the indicators.</source>
        <translation>Note les enjeux et le potentiel à partir de colonnes qui contiennent les indicateurs.</translation>
    </message>
    <message>
        <source>Scores territories whose indicators are ready: normalises, weighs and aggregates them as the study says.

The output is the input layer with score_THEME (stakes), axis_AXIS, readiness and data_coverage (share of the weighted indicators that were there, 0–1). A score that cannot be had is empty.

The sources of the study are not read, and nothing outside QGIS is needed.</source>
        <translation>Note des territoires dont les indicateurs sont prêts : les normalise, les pondère et les agrège comme l’étude le dit.

La sortie est la couche en entrée avec score_THÉMATIQUE (enjeux), axis_AXE, readiness (potentiel) et data_coverage (part des indicateurs pondérés qui étaient là, de 0 à 1). Un score qui ne peut être obtenu est vide.

Les sources de l’étude ne sont pas lues, et rien n’est nécessaire hors de QGIS.</translation>
    </message>
    <message>
        <source>Search a name or a code</source>
        <translation>Chercher un nom ou un code</translation>
    </message>
    <message>
        <source>Segments the territories and ranks those to call first.</source>
        <translation>Segmente les territoires et classe ceux à appeler en premier.</translation>
    </message>
    <message>
        <source>Share a whole</source>
        <translation>Partager un tout</translation>
    </message>
    <message>
        <source>Share of the score that the indicator makes up at these weights. What really counts, correlations included, is in the methodology of a run.</source>
        <translation>Part du score que fait l’indicateur avec ces pondérations. Ce qui compte vraiment, corrélations comprises, figure dans la méthodologie du passage.</translation>
    </message>
    <message>
        <source>Show Priority in 3D</source>
        <translation>Afficher la priorité en 3D</translation>
    </message>
    <message>
        <source>Show the Peer</source>
        <translation>Montrer le pair</translation>
    </message>
    <message>
        <source>Smart Territoires</source>
        <translation>Smart Territoires</translation>
    </message>
    <message>
        <source>Smart Territoires: checking the Python of the engine</source>
        <translation>Smart Territoires : vérification du Python du moteur</translation>
    </message>
    <message>
        <source>Smart Territoires: installing the engine</source>
        <translation>Smart Territoires : installation du moteur</translation>
    </message>
    <message>
        <source>Smart Territoires: looking at the engine</source>
        <translation>Smart Territoires : examen du moteur</translation>
    </message>
    <message>
        <source>Smart Territoires: opening results</source>
        <translation>Smart Territoires : ouverture des résultats</translation>
    </message>
    <message>
        <source>Smart Territoires: the store</source>
        <translation>Smart Territoires : le dépôt de mesures</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Dépôt de mesures</translation>
    </message>
    <message>
        <source>Studies (*.yaml *.yml)</source>
        <translation>Études (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Étude</translation>
    </message>
    <message>
        <source>Study file</source>
        <translation>Fichier d’étude</translation>
    </message>
    <message>
        <source>Study “{name}”</source>
        <translation>Étude « {name} »</translation>
    </message>
    <message>
        <source>Syntax</source>
        <translation>Syntaxe</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tableaux (*.csv)</translation>
    </message>
    <message>
        <source>Tables and layers of this run, for other programs.</source>
        <translation>Tableaux et couches de ce passage, pour d’autres logiciels.</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Cibles</translation>
    </message>
    <message>
        <source>Territories</source>
        <translation>Territoires</translation>
    </message>
    <message>
        <source>Territories of Smart Territoires</source>
        <translation>Territoires de Smart Territoires</translation>
    </message>
    <message>
        <source>Territories with a column “code” and columns named by the ids of the indicators; where nothing is chosen, the indicators are measured.</source>
        <translation>Des territoires avec une colonne « code » et des colonnes nommées par les identifiants des indicateurs ; si rien n’est choisi, les indicateurs sont mesurés.</translation>
    </message>
    <message>
        <source>The GeoPackage to make; its forms speak the language chosen.</source>
        <translation>Le GeoPackage à créer ; ses formulaires parlent la langue choisie.</translation>
    </message>
    <message>
        <source>The PDF file to write.</source>
        <translation>Le fichier PDF à écrire.</translation>
    </message>
    <message>
        <source>The Python found is {reason}; the engine needs 3.10 or later. Choose another with “Use Another Python…”.</source>
        <translation>Le Python trouvé est en version {reason} ; le moteur demande la version 3.10 ou une version ultérieure. Choisissez-en un autre avec « Utiliser un autre Python… ».</translation>
    </message>
    <message>
        <source>The Python of QGIS lacks what the computation needs: {libraries}.</source>
        <translation>Il manque au Python de QGIS ce qu’il faut pour le calcul : {libraries}.</translation>
    </message>
    <message>
        <source>The YAML file that says what is asked: territories, sources, indicators, themes and methods. Paths in it are relative to its folder.</source>
        <translation>Le fichier YAML qui dit ce qui est demandé : territoires, sources, indicateurs, thématiques et méthodes. Les chemins y sont relatifs à son dossier.</translation>
    </message>
    <message>
        <source>The column “{column}” holds “{value}”, which is not a number.</source>
        <translation>La colonne « {column} » contient « {value} », qui n’est pas un nombre.</translation>
    </message>
    <message>
        <source>The engine could not be started: {error}</source>
        <translation>Le moteur n’a pas pu être lancé : {error}</translation>
    </message>
    <message>
        <source>The engine did not write the layer {table}.</source>
        <translation>Le moteur n’a pas écrit la couche {table}.</translation>
    </message>
    <message>
        <source>The engine ended without a readable answer. The log tab “Smart Territoires” says more.</source>
        <translation>Le moteur s’est terminé sans réponse lisible. L’onglet « Smart Territoires » du journal en dit plus.</translation>
    </message>
    <message>
        <source>The engine is being installed; QGIS can be used meanwhile.</source>
        <translation>Le moteur s’installe ; QGIS reste utilisable pendant ce temps.</translation>
    </message>
    <message>
        <source>The engine is installed and works.</source>
        <translation>Le moteur est installé et fonctionne.</translation>
    </message>
    <message>
        <source>The engine met a defect of its own. The log tab “Smart Territoires” holds what to report.</source>
        <translation>Le moteur a rencontré un défaut qui lui est propre. L’onglet « Smart Territoires » du journal contient ce qu’il faut signaler.</translation>
    </message>
    <message>
        <source>The engine runs in the plugin’s own environment, which was made for another version of the plugin. Update it to have the libraries that this version was tested with.</source>
        <translation>Le moteur fonctionne dans l’environnement propre à l’extension, fait pour une autre version de celle-ci. Mettez-le à jour pour avoir les bibliothèques avec lesquelles cette version a été essayée.</translation>
    </message>
    <message>
        <source>The engine runs in the plugin’s own environment: {path}.</source>
        <translation>Le moteur fonctionne dans l’environnement propre à l’extension : {path}.</translation>
    </message>
    <message>
        <source>The engine runs on the Python of QGIS, which has all it needs: {path}.</source>
        <translation>Le moteur fonctionne avec le Python de QGIS, qui a tout ce qu’il faut : {path}.</translation>
    </message>
    <message>
        <source>The engine runs on the Python that you chose: {path}.</source>
        <translation>Le moteur fonctionne avec le Python que vous avez choisi : {path}.</translation>
    </message>
    <message>
        <source>The engine stopped unexpectedly (code {code}). The log tab “Smart Territoires” says more.</source>
        <translation>Le moteur s’est arrêté de façon inattendue (code {code}). L’onglet « Smart Territoires » du journal en dit plus.</translation>
    </message>
    <message>
        <source>The file was changed since the run: run it again.</source>
        <translation>Le fichier a changé depuis le passage : exécutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The former environment is in use ({reason}). Wait until no run is going on, then repair.</source>
        <translation>L’ancien environnement est en cours d’utilisation ({reason}). Attendez la fin des exécutions, puis réparez.</translation>
    </message>
    <message>
        <source>The higher the value, the higher the score.</source>
        <translation>Plus la valeur est élevée, plus le score l’est.</translation>
    </message>
    <message>
        <source>The input layer has no column “code”. Give the output of “Compute indicators”, or rename the column.</source>
        <translation>La couche en entrée n’a pas de colonne « code ». Donnez la sortie de « Calculer les indicateurs », ou renommez la colonne.</translation>
    </message>
    <message>
        <source>The input layer lacks columns that the study scores: {columns}. Compute them with “Compute indicators”, or take these indicators out of the study.</source>
        <translation>Il manque à la couche en entrée des colonnes que l’étude note : {columns}. Calculez-les avec « Calculer les indicateurs », ou retirez ces indicateurs de l’étude.</translation>
    </message>
    <message>
        <source>The input layer with its scores.</source>
        <translation>La couche en entrée avec ses scores.</translation>
    </message>
    <message>
        <source>The libraries could not be fetched ({reason}). Check the network and the proxy of QGIS, or give a folder of packages under “Details”.</source>
        <translation>Les bibliothèques n’ont pas pu être récupérées ({reason}). Vérifiez le réseau et le proxy de QGIS, ou indiquez un dossier de paquets sous « Détails ».</translation>
    </message>
    <message>
        <source>The libraries were installed but do not start ({reason}). The details say more.</source>
        <translation>Les bibliothèques ont été installées mais ne démarrent pas ({reason}). Les détails en disent plus.</translation>
    </message>
    <message>
        <source>The log tab “Smart Territoires” holds all that was said.</source>
        <translation>L’onglet « Smart Territoires » du journal contient tout ce qui a été dit.</translation>
    </message>
    <message>
        <source>The lower the value, the higher the score.</source>
        <translation>Plus la valeur est basse, plus le score est élevé.</translation>
    </message>
    <message>
        <source>The plugin’s own environment no longer works: the Python that it was made from is gone or was changed, as after an upgrade of QGIS. “Repair” makes it anew; it takes a few minutes.</source>
        <translation>L’environnement propre à l’extension ne fonctionne plus : le Python dont il a été fait a disparu ou changé, comme après une mise à niveau de QGIS. « Réparer » le refait ; cela prend quelques minutes.</translation>
    </message>
    <message>
        <source>The reasons are those of the run.</source>
        <translation>Les raisons sont celles du passage.</translation>
    </message>
    <message>
        <source>The run at hand is that of the workbench, else the topmost results on the map. NULL where the territory or the value is not known.</source>
        <translation>Le calcul ouvert est celui du plan de travail, sinon les résultats les plus hauts sur la carte. NULL si le territoire ou la valeur n’est pas connu.</translation>
    </message>
    <message>
        <source>The run ended well.</source>
        <translation>L’exécution s’est bien terminée.</translation>
    </message>
    <message>
        <source>The segment of a territory in the run at hand: engage, verify, showcase, support, raise_awareness or insufficient_data.</source>
        <translation>Le segment d’un territoire dans le calcul ouvert : engage, verify, showcase, support, raise_awareness ou insufficient_data.</translation>
    </message>
    <message>
        <source>The store could not be emptied. The log tab “Smart Territoires” says why.</source>
        <translation>Le dépôt n’a pas pu être vidé. L’onglet « Smart Territoires » du journal dit pourquoi.</translation>
    </message>
    <message>
        <source>The study and its sources are being checked…</source>
        <translation>L’étude et ses sources sont en cours de vérification…</translation>
    </message>
    <message>
        <source>The study can run. Warnings: {count}.</source>
        <translation>L’étude peut être exécutée. Avertissements : {count}.</translation>
    </message>
    <message>
        <source>The study can run: no problem found.</source>
        <translation>L’étude peut être exécutée : aucun problème trouvé.</translation>
    </message>
    <message>
        <source>The study completes missing values by group: the input layer needs the column {column}.</source>
        <translation>L’étude complète les valeurs manquantes par groupe : la couche en entrée doit avoir la colonne {column}.</translation>
    </message>
    <message>
        <source>The study file {path} does not exist.</source>
        <translation>Le fichier d’étude {path} n’existe pas.</translation>
    </message>
    <message>
        <source>The study has neither stakes nor success factors: there is nothing to score.</source>
        <translation>L’étude n’a ni enjeux ni facteurs de succès : il n’y a rien à noter.</translation>
    </message>
    <message>
        <source>The study or its sources are wrong.</source>
        <translation>L’étude ou ses sources sont incorrectes.</translation>
    </message>
    <message>
        <source>The study or its sources are wrong: {count} problems.</source>
        <translation>L’étude ou ses sources sont incorrectes : {count} problèmes.</translation>
    </message>
    <message>
        <source>The territories to call only: the shortlist of the study.</source>
        <translation>Les territoires à appeler seulement : la liste courte de l’étude.</translation>
    </message>
    <message>
        <source>The territories with code, name, population, groups and one column per indicator.</source>
        <translation>Les territoires avec code, nom, population, groupes et une colonne par indicateur.</translation>
    </message>
    <message>
        <source>This Python cannot make an environment ({reason}). On Debian and Ubuntu, install python3-venv.</source>
        <translation>Ce Python ne peut pas faire d’environnement ({reason}). Sous Debian et Ubuntu, installez python3-venv.</translation>
    </message>
    <message>
        <source>This QGIS was built without 3D views.</source>
        <translation>Cette version de QGIS est construite sans vues 3D.</translation>
    </message>
    <message>
        <source>This machine’s cores</source>
        <translation>Les cœurs de cette machine</translation>
    </message>
    <message>
        <source>This project remembers what is not there any more: {places}.</source>
        <translation>Ce projet garde en mémoire ce qui n’est plus là : {places}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler la modification</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mettre à jour</translation>
    </message>
    <message>
        <source>Use Another Python…</source>
        <translation>Utiliser un autre Python…</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Pondération</translation>
    </message>
    <message>
        <source>Weight of the theme when one is chosen to speak about.</source>
        <translation>Poids de la thématique quand il faut en choisir une à aborder.</translation>
    </message>
    <message>
        <source>Weight of {name}</source>
        <translation>Pondération de {name}</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pondérations</translation>
    </message>
    <message>
        <source>Weights at hand</source>
        <translation>Pondérations en cours</translation>
    </message>
    <message>
        <source>Weights of the run</source>
        <translation>Pondérations du passage</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>What a run has measured is kept in its results folder, so that the next one computes only what changed. Emptying it loses nothing but time.</source>
        <translation>Ce qu’un calcul a mesuré est gardé dans le dossier de ses résultats : le suivant ne calcule que ce qui a changé. Le vider ne fait perdre que du temps.</translation>
    </message>
    <message>
        <source>What is asked for: readiness where it is left out, priority, target_rank or another column of the results, a theme for its stake, or an axis.</source>
        <translation>Ce qui est demandé : readiness (potentiel) si rien n’est dit, priority, target_rank ou une autre colonne des résultats, une thématique pour son enjeu, ou un axe.</translation>
    </message>
    <message>
        <source>What is exported is the run. Weights that were changed since are not in it: run the study with them first.</source>
        <translation>Ce qui est exporté est le passage. Les pondérations changées depuis n’y sont pas : exécutez d’abord l’étude avec elles.</translation>
    </message>
    <message>
        <source>What one weight gains, the others of its group give; locked ones stay as they are.</source>
        <translation>Ce qu’une pondération gagne, les autres de son groupe le cèdent ; celles qui sont verrouillées restent telles quelles.</translation>
    </message>
    <message>
        <source>What the engine runs on, and how to have it</source>
        <translation>Sur quoi tourne le moteur, et comment l’obtenir</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>Which of the two matters more, and by how much?</source>
        <translation>Lequel des deux compte le plus, et de combien ?</translation>
    </message>
    <message>
        <source>Why a territory stands where it does in the run at hand, one reason a line.</source>
        <translation>Pourquoi un territoire en est là dans le calcul ouvert, une raison par ligne.</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Plan de travail</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomer</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>encore {count} min environ</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>encore {count} s environ</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>found</source>
        <translation>trouvé</translation>
    </message>
    <message>
        <source>fr for French, en for English; the language of QGIS where nothing is chosen.</source>
        <translation>fr pour le français, en pour l’anglais ; la langue de QGIS si rien n’est choisi.</translation>
    </message>
    <message>
        <source>fr or en; the language of the results where it is left out.</source>
        <translation>fr ou en ; la langue des résultats si rien n’est dit.</translation>
    </message>
    <message>
        <source>matters as much as</source>
        <translation>compte autant que</translation>
    </message>
    <message>
        <source>matters extremely less than</source>
        <translation>compte extrêmement moins que</translation>
    </message>
    <message>
        <source>matters extremely more than</source>
        <translation>compte extrêmement plus que</translation>
    </message>
    <message>
        <source>matters much less than</source>
        <translation>compte beaucoup moins que</translation>
    </message>
    <message>
        <source>matters much more than</source>
        <translation>compte beaucoup plus que</translation>
    </message>
    <message>
        <source>matters somewhat less than</source>
        <translation>compte un peu moins que</translation>
    </message>
    <message>
        <source>matters somewhat more than</source>
        <translation>compte un peu plus que</translation>
    </message>
    <message>
        <source>matters very much less than</source>
        <translation>compte vraiment beaucoup moins que</translation>
    </message>
    <message>
        <source>matters very much more than</source>
        <translation>compte vraiment beaucoup plus que</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>introuvable</translation>
    </message>
    <message>
        <source>on a server</source>
        <translation>sur un serveur</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>à refaire</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>problème</translation>
    </message>
    <message>
        <source>rank {rank}</source>
        <translation>rang {rank}</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>prêt</translation>
    </message>
    <message>
        <source>{folder}: {size}</source>
        <translation>{folder} : {size}</translation>
    </message>
    <message>
        <source>{missing}

“Install” makes an environment of the plugin’s own and fetches these libraries into it (about 700 MB, a few minutes). QGIS’s own Python stays as it is.</source>
        <translation>{missing}

« Installer » fait un environnement propre à l’extension et y place ces bibliothèques (environ 700 Mo, quelques minutes). Le Python de QGIS reste tel quel.</translation>
    </message>
    <message>
        <source>{path} can run the engine.</source>
        <translation>{path} peut exécuter le moteur.</translation>
    </message>
    <message>
        <source>{path} does not exist.</source>
        <translation>{path} n’existe pas.</translation>
    </message>
    <message>
        <source>{path} does not work as a Python interpreter.</source>
        <translation>{path} ne fonctionne pas comme interpréteur Python.</translation>
    </message>
    <message>
        <source>{path} holds no results: give a folder that “Run study” wrote.</source>
        <translation>{path} ne contient pas de résultats : donnez un dossier écrit par « Exécuter une étude ».</translation>
    </message>
    <message>
        <source>{path} lacks what the computation needs: {libraries}.</source>
        <translation>Il manque à {path} ce qu’il faut pour le calcul : {libraries}.</translation>
    </message>
    <message>
        <source>{place} is being written by a run already.</source>
        <translation>Une exécution est déjà en train d’écrire {place}.</translation>
    </message>
    <message>
        <source>{shown} of {whole} territories</source>
        <translation>{shown} territoires sur {whole}</translation>
    </message>
    <message>
        <source>{step}: {state}</source>
        <translation>{step} : {state}</translation>
    </message>
    <message>
        <source>{title} is ready.</source>
        <translation>{title} : c’est prêt.</translation>
    </message>
    <message>
        <source>{title} runs in the background; its progress is in the status bar.</source>
        <translation>{title} : exécution en arrière-plan ; son avancement est dans la barre d’état.</translation>
    </message>
    <message>
        <source>{title}: the results are on the map.</source>
        <translation>{title} : les résultats sont sur la carte.</translation>
    </message>
    <message>
        <source>{title}: {message}</source>
        <translation>{title} : {message}</translation>
    </message>
</context>
</TS>

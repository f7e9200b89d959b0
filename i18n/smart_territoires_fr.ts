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
        <source>A PDF file per territory</source>
        <translation>Un fichier PDF par territoire</translation>
    </message>
    <message>
        <source>A copy of a table of this run, for a spreadsheet. Internal: they hold ranks.</source>
        <translation>Une copie d’un tableau de ce passage, pour un tableur. Interne : les rangs y figurent.</translation>
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
        <source>A page per target with its map, overview pages, and the sources.</source>
        <translation>Une page par cible avec sa carte, des pages d’ensemble et les sources.</translation>
    </message>
    <message>
        <source>A page per target: what to say, to whom, with which peer; and a mail merge.</source>
        <translation>Une page par cible : quoi dire, à qui, avec quel pair ; et un tableau de publipostage.</translation>
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
        <source>Adds the other rows, and says how many were left out and which.</source>
        <translation>Ajoute les autres lignes, et dit combien ont été laissées de côté et lesquelles.</translation>
    </message>
    <message>
        <source>Adds the projects of a spreadsheet to a register.</source>
        <translation>Ajoute les projets d’un tableur à un registre.</translation>
    </message>
    <message>
        <source>Adds the projects of an existing table (CSV, XLSX or ODS) to a register. A mapping says which column is which field and what its values mean; without one, columns are recognised by their names, in French or English.

Projects that the register has already are not added again. If a row cannot be read nothing is added, and every such row is named; or these rows are left out, where that is asked for.</source>
        <translation>Ajoute à un registre les projets d’un tableau existant (CSV, XLSX ou ODS). Une correspondance dit quelle colonne est quel champ et ce que ses valeurs signifient ; sans elle, les colonnes sont reconnues à leur nom, en français ou en anglais.

Les projets déjà présents dans le registre ne sont pas ajoutés de nouveau. Si une ligne est illisible, rien n’est ajouté et chacune de ces lignes est nommée ; ou bien ces lignes sont laissées de côté, si on le demande.</translation>
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
        <source>All lists (CSV)</source>
        <translation>Toutes les listes (CSV)</translation>
    </message>
    <message>
        <source>All territories (CSV)</source>
        <translation>Tous les territoires (CSV)</translation>
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
        <source>Asks, two by two, which counts more and how much, and says whether the answers agree.</source>
        <translation>Demande, deux à deux, lequel compte le plus et de combien, et dit si les réponses s’accordent.</translation>
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
        <source>Audience</source>
        <translation>Public</translation>
    </message>
    <message>
        <source>Back to the Run</source>
        <translation>Revenir au passage</translation>
    </message>
    <message>
        <source>Back to the weights and methods of the run; can be undone.</source>
        <translation>Revient aux pondérations et méthodes du passage ; peut être annulé.</translation>
    </message>
    <message>
        <source>Begin with the fictitious region: in a minute the map shows which territories to call first. Then go from step to step: move a weight, look at a target, share the list. Your own study is made in the same way, in step 1.</source>
        <translation>Commencez par la région fictive : en une minute, la carte montre quels territoires appeler en premier. Passez ensuite d’une étape à l’autre : bougez une pondération, regardez une cible, partagez la liste. Votre propre étude se fait de la même façon, à l’étape 1.</translation>
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
        <source>Candidates, chosen and not</source>
        <translation>Candidats, retenus ou non</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changements</translation>
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
        <source>Choose portfolio</source>
        <translation>Choisir un portefeuille</translation>
    </message>
    <message>
        <source>Chooses who to call first within days or a budget, with quotas by group, theme and size, and territories that must or must not be there. Of all choices that respect the plan, the one worth most is found and proven to be the best.

The folder receives portfolio.csv, with how replaceable each one is, alternatives.csv, with other choices nearly as good, and portfolio.json. Where no choice is possible, the conditions that block are named.</source>
        <translation>Choisit qui appeler d’abord avec un nombre de jours ou un budget, des quotas par groupe, par thématique et par taille, et des territoires imposés ou écartés. De tous les choix qui respectent le plan, celui qui vaut le plus est trouvé, et la preuve est faite que c’est le meilleur.

Le dossier reçoit portfolio.csv, où l’on lit si chacun est remplaçable, alternatives.csv, avec d’autres choix presque aussi bons, et portfolio.json. Si aucun choix n’est possible, les conditions qui bloquent sont nommées.</translation>
    </message>
    <message>
        <source>Chooses who to call first, within days or a budget and quotas.</source>
        <translation>Choisit qui appeler d’abord, avec un nombre de jours ou un budget et des quotas.</translation>
    </message>
    <message>
        <source>Chosen territories</source>
        <translation>Territoires retenus</translation>
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
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Codes of the territories, by commas, of the shortlist or not; where nothing is given, the shortlist.</source>
        <translation>Codes des territoires séparés par des virgules, de la liste courte ou non ; sans indication, la liste courte.</translation>
    </message>
    <message>
        <source>Codes of those chosen, by commas</source>
        <translation>Codes des territoires retenus, séparés par des virgules</translation>
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
        <source>Compare runs</source>
        <translation>Comparer deux exécutions</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Comparaison</translation>
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
        <source>Copy of the study with these weights</source>
        <translation>Copie de l’étude avec ces pondérations</translation>
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
        <source>Director’s note</source>
        <translation>Note à la direction</translation>
    </message>
    <message>
        <source>Don’t show again</source>
        <translation>Ne plus afficher</translation>
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
        <source>Filter</source>
        <translation>Filtre</translation>
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
        <source>Folder of the portfolio</source>
        <translation>Dossier du portefeuille</translation>
    </message>
    <message>
        <source>Folder of the ranking</source>
        <translation>Dossier du classement</translation>
    </message>
    <message>
        <source>Folder of the results</source>
        <translation>Dossier des résultats</translation>
    </message>
    <message>
        <source>Folder of the run that is compared with.</source>
        <translation>Dossier de l’exécution à laquelle on compare.</translation>
    </message>
    <message>
        <source>Folder of the run whose changes are told.</source>
        <translation>Dossier de l’exécution dont on dit les changements.</translation>
    </message>
    <message>
        <source>Folder of the sheets</source>
        <translation>Dossier des fiches</translation>
    </message>
    <message>
        <source>Folder that receives the files of the choice; made if it does not exist. Internal.</source>
        <translation>Dossier qui reçoit les fichiers du choix ; créé s’il n’existe pas. À usage interne.</translation>
    </message>
    <message>
        <source>Folder that receives the ranking and the weights; made if it does not exist. Internal.</source>
        <translation>Dossier qui reçoit le classement et les pondérations ; créé s’il n’existe pas. À usage interne.</translation>
    </message>
    <message>
        <source>Folder that receives the results; made if it does not exist.</source>
        <translation>Dossier qui reçoit les résultats ; créé s’il n’existe pas.</translation>
    </message>
    <message>
        <source>Folder that receives the sheets; made if it does not exist. Sheets of a former writing that are not made again go.</source>
        <translation>Dossier qui reçoit les fiches ; créé s’il n’existe pas. Les fiches d’une écriture précédente qui ne sont pas refaites sont supprimées.</translation>
    </message>
    <message>
        <source>Folder that “Run study” wrote, with results.gpkg and manifest.json.</source>
        <translation>Dossier écrit par « Exécuter une étude », avec results.gpkg et manifest.json.</translation>
    </message>
    <message>
        <source>Follow-up</source>
        <translation>Suivi</translation>
    </message>
    <message>
        <source>For a copy with the weights, give both the study and the file of the copy.</source>
        <translation>Pour une copie avec ces pondérations, donnez à la fois l’étude et le fichier de la copie.</translation>
    </message>
    <message>
        <source>Former results</source>
        <translation>Résultats précédents</translation>
    </message>
    <message>
        <source>Found by the plugin</source>
        <translation>Trouvé par l’extension</translation>
    </message>
    <message>
        <source>Freeze thresholds</source>
        <translation>Figer les seuils</translation>
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
        <source>Help for this step (F1)</source>
        <translation>Aide sur cette étape (F1)</translation>
    </message>
    <message>
        <source>How indicators become one score: whether a strength makes up for a weakness, and how far.</source>
        <translation>Comment les indicateurs deviennent un seul score : si un atout compense une faiblesse, et jusqu’où.</translation>
    </message>
    <message>
        <source>How many at most</source>
        <translation>Combien au plus</translation>
    </message>
    <message>
        <source>How many entered the shortlist</source>
        <translation>Nombre d’entrées dans la liste courte</translation>
    </message>
    <message>
        <source>How many left the shortlist</source>
        <translation>Nombre de sorties de la liste courte</translation>
    </message>
    <message>
        <source>How the scores were made, step by step, filled in from this run.</source>
        <translation>Comment les scores ont été faits, étape par étape, d’après ce passage.</translation>
    </message>
    <message>
        <source>How values of different units are brought to one scale of 0 to 100.</source>
        <translation>Comment des valeurs d’unités différentes sont ramenées à une même échelle de 0 à 100.</translation>
    </message>
    <message>
        <source>Import projects</source>
        <translation>Importer des projets</translation>
    </message>
    <message>
        <source>In the run: {segment}.</source>
        <translation>Dans le passage : {segment}.</translation>
    </message>
    <message>
        <source>Index of the sheets</source>
        <translation>Sommaire des fiches</translation>
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
        <source>Internal: for those who call</source>
        <translation>Interne : pour ceux qui appellent</translation>
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
        <source>Later results</source>
        <translation>Résultats suivants</translation>
    </message>
    <message>
        <source>Leave out rows that cannot be read</source>
        <translation>Laisser de côté les lignes illisibles</translation>
    </message>
    <message>
        <source>List changes</source>
        <translation>Dire ce qui a changé dans les listes</translation>
    </message>
    <message>
        <source>Make register</source>
        <translation>Créer un registre</translation>
    </message>
    <message>
        <source>Makes again what was taken back.</source>
        <translation>Refait ce qui a été annulé.</translation>
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
        <source>Mapping</source>
        <translation>Correspondance</translation>
    </message>
    <message>
        <source>Mappings (*.yaml *.yml)</source>
        <translation>Correspondances (*.yaml *.yml)</translation>
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
        <source>Methodology of this run</source>
        <translation>Méthodologie de ce passage</translation>
    </message>
    <message>
        <source>Name of the sheet of a workbook; where nothing is given, the first.</source>
        <translation>Nom de la feuille d’un classeur ; sans indication, la première.</translation>
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
        <source>No territory among them satisfies the filter {filter}.</source>
        <translation>Aucun de ces territoires ne satisfait le filtre {filter}.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Note to the director</source>
        <translation>Note à la direction</translation>
    </message>
    <message>
        <source>Note “{name}”</source>
        <translation>Note « {name} »</translation>
    </message>
    <message>
        <source>Number chosen</source>
        <translation>Nombre de retenus</translation>
    </message>
    <message>
        <source>Number of projects added</source>
        <translation>Nombre de projets ajoutés</translation>
    </message>
    <message>
        <source>Number of sheets</source>
        <translation>Nombre de fiches</translation>
    </message>
    <message>
        <source>Number of targets</source>
        <translation>Nombre de cibles</translation>
    </message>
    <message>
        <source>One PDF file</source>
        <translation>Un seul fichier PDF</translation>
    </message>
    <message>
        <source>One feature per territory, with columns named by the ids of the indicators.</source>
        <translation>Une entité par territoire, avec des colonnes nommées par les identifiants des indicateurs.</translation>
    </message>
    <message>
        <source>One file for all pages, or one for each territory</source>
        <translation>Un fichier pour toutes les pages, ou un par territoire</translation>
    </message>
    <message>
        <source>One page: the first targets, why, and how sure the list is. Internal.</source>
        <translation>Une page : les premières cibles, pourquoi, et la solidité de la liste. Interne.</translation>
    </message>
    <message>
        <source>One row per project, with a row of titles; it is only read.</source>
        <translation>Une ligne par projet, avec une ligne de titres ; il est seulement lu.</translation>
    </message>
    <message>
        <source>Only those for which this expression on the columns of the results is true, for example {example}.</source>
        <translation>Seulement ceux pour lesquels cette expression sur les colonnes des résultats est vraie, par exemple {example}.</translation>
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
        <source>Open – {what}</source>
        <translation>Ouvrir – {what}</translation>
    </message>
    <message>
        <source>Opens the help at the step that is shown.</source>
        <translation>Ouvre l’aide à l’étape affichée.</translation>
    </message>
    <message>
        <source>Opens what was made, in the program that your system has for it.</source>
        <translation>Ouvre ce qui a été produit, dans le logiciel prévu par votre système.</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Sorties</translation>
    </message>
    <message>
        <source>Outreach</source>
        <translation>Prise de contact</translation>
    </message>
    <message>
        <source>Outreach sheets</source>
        <translation>Fiches de prise de contact</translation>
    </message>
    <message>
        <source>Outreach sheets “{name}”</source>
        <translation>Fiches « {name} »</translation>
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
        <source>Pages (*.html)</source>
        <translation>Pages (*.html)</translation>
    </message>
    <message>
        <source>Places each territory of a study in a segment and ranks those to call first: the ones with what it takes that do less than territories alike. Each comes with the theme to speak of, a peer to bring along, the reasons, and how stable its rank is.

Without an input layer the indicators are measured on the sources of the study; with one, its columns are taken instead, as “Compute indicators” writes them, so that a model may change them on the way.</source>
        <translation>Place chaque territoire d’une étude dans un segment et classe ceux à appeler en premier : ceux qui ont ce qu’il faut et qui font moins que des territoires semblables. Chacun vient avec la thématique à aborder, un pair à associer, les raisons, et la stabilité de son rang.

Sans couche en entrée, les indicateurs sont mesurés sur les sources de l’étude ; avec une couche, ses colonnes sont prises à la place, telles que les écrit « Calculer les indicateurs », si bien qu’un modèle peut les modifier en chemin.</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Plans (*.yaml *.yml)</source>
        <translation>Plans (*.yaml *.yml)</translation>
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
        <source>Projects of the register</source>
        <translation>Projets du registre</translation>
    </message>
    <message>
        <source>Public: no rank, segment, contact or note</source>
        <translation>Public : sans rang, segment, contact ni note</translation>
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
        <source>Ranking of the themes</source>
        <translation>Classement des thématiques</translation>
    </message>
    <message>
        <source>Ranks themes by several considerations and weighs them for a study.</source>
        <translation>Classe les thématiques selon plusieurs critères et les pondère pour une étude.</translation>
    </message>
    <message>
        <source>Readiness {before} in the run, {after} with the weights at hand.</source>
        <translation>Potentiel de {before} dans le passage, de {after} avec les pondérations en cours.</translation>
    </message>
    <message>
        <source>Ready: {place}</source>
        <translation>Prêt : {place}</translation>
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
        <source>Results from which the names of the themes are taken; themes that they lack are refused.</source>
        <translation>Résultats dont on prend les noms des thématiques ; celles qui n’y sont pas sont refusées.</translation>
    </message>
    <message>
        <source>Results of this study, whose thresholds are taken.</source>
        <translation>Résultats de cette étude, dont on prend les seuils.</translation>
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
        <source>Says who entered and left the lists between two runs, and why.</source>
        <translation>Dit qui est entré dans les listes ou en est sorti entre deux exécutions, et pourquoi.</translation>
    </message>
    <message>
        <source>Says who entered and who left the lists between two runs, each with its one cause (its data, weights, method, outreach and others), its own values and a sentence in French and English.

With the register, those who were called are set beside alike territories that were not, since low counts rise by themselves. Where nothing was drawn by lot this is descriptive, and said to be.</source>
        <translation>Dit qui est entré dans les listes et qui en est sorti entre deux exécutions, chacun avec sa cause (ses données, les pondérations, la méthode, la prise de contact ou une autre), ses propres valeurs et une phrase en français et en anglais.

Avec le registre, les territoires appelés sont mis à côté de territoires semblables qui ne l’ont pas été, car un petit nombre remonte de lui-même. Si rien n’a été tiré au sort, le résultat est descriptif, et présenté comme tel.</translation>
    </message>
    <message>
        <source>Says who moved between two runs, and what of it came from where.</source>
        <translation>Dit qui a bougé entre deux exécutions, et d’où cela vient.</translation>
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
        <source>Sets the results of two runs side by side: which territories moved in score, segment and rank, and what of it came from their own values, from the other territories, from the weights and from the method.

The table holds one row per territory; the summary is told in the log. “List changes” looks at the lists instead, and gives each entry and exit one cause.</source>
        <translation>Met côte à côte les résultats de deux exécutions : quels territoires ont changé de score, de segment et de rang, et quelle part vient de leurs propres valeurs, des autres territoires, des pondérations et de la méthode.

Le tableau compte une ligne par territoire ; le résumé est dans le journal. « Dire ce qui a changé dans les listes » regarde les listes, et donne une cause à chaque entrée et à chaque sortie.</translation>
    </message>
    <message>
        <source>Sets the themes against several considerations, such as political stakes, topicality, polls of citizens and what the territories ask for, marked, counted or compared in pairs. Out come a ranking, the weights that a study may take, and how far these hold when the considerations weigh more or less.

The folder receives theme_ranking.csv, theme_weights.yaml and theme_matrix.json. With a study, a copy of it is written in which only the weights of these themes differ.</source>
        <translation>Confronte les thématiques à plusieurs critères (portage politique, actualité, sondages auprès des habitants, demande des territoires ou autres), notés, comptés ou comparés par paires. Il en sort un classement, des pondérations qu’une étude peut prendre, et leur tenue quand les critères pèsent plus ou moins.

Le dossier reçoit theme_ranking.csv, theme_weights.yaml et theme_matrix.json. Avec une étude, une copie en est écrite où seules les pondérations de ces thématiques diffèrent.</translation>
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
        <source>Sheet</source>
        <translation>Feuille</translation>
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
        <source>Stops it; what was there before stays as it was.</source>
        <translation>L’arrête ; ce qui existait auparavant reste tel quel.</translation>
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
        <source>Study with its thresholds</source>
        <translation>Étude avec ses seuils</translation>
    </message>
    <message>
        <source>Study “{name}”</source>
        <translation>Étude « {name} »</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Résumé</translation>
    </message>
    <message>
        <source>Syntax</source>
        <translation>Syntaxe</translation>
    </message>
    <message>
        <source>Table for mail merge</source>
        <translation>Tableau pour le publipostage</translation>
    </message>
    <message>
        <source>Table of projects</source>
        <translation>Tableau des projets</translation>
    </message>
    <message>
        <source>Table “{name}”</source>
        <translation>Tableau « {name} »</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tableaux</translation>
    </message>
    <message>
        <source>Tables (*.csv *.xlsx *.ods)</source>
        <translation>Tableaux (*.csv *.xlsx *.ods)</translation>
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
        <source>Takes all weights of the run, or gives all the same weight.</source>
        <translation>Reprend toutes les pondérations du passage, ou donne à tous la même.</translation>
    </message>
    <message>
        <source>Takes back the last change of weights or method.</source>
        <translation>Annule la dernière modification de pondération ou de méthode.</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Cibles</translation>
    </message>
    <message>
        <source>Targets (CSV)</source>
        <translation>Cibles (CSV)</translation>
    </message>
    <message>
        <source>Targets (XLSX)</source>
        <translation>Cibles (XLSX)</translation>
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
        <source>The HTML file to write.</source>
        <translation>Le fichier HTML à écrire.</translation>
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
        <source>The YAML file that says what means there are, what each call costs, and what a choice must respect. Paths in it are relative to its folder.</source>
        <translation>Le fichier YAML qui dit de quels moyens on dispose, ce que coûte chaque appel et ce qu’un choix doit respecter. Les chemins y sont relatifs à son dossier.</translation>
    </message>
    <message>
        <source>The YAML file that says which column is which field; where nothing is given, names decide.</source>
        <translation>Le fichier YAML qui dit quelle colonne est quel champ ; sans indication, les noms décident.</translation>
    </message>
    <message>
        <source>The YAML file with the themes, the considerations and their marks. Paths in it are relative to its folder.</source>
        <translation>Le fichier YAML avec les thématiques, les critères et leurs notes. Les chemins y sont relatifs à son dossier.</translation>
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
        <source>The file of the copy; comments and order stay. Put it beside the study: paths in it are relative.</source>
        <translation>Le fichier de la copie ; commentaires et ordre sont conservés. Placez-le à côté de l’étude : les chemins y sont relatifs.</translation>
    </message>
    <message>
        <source>The file to write; where nothing is given, the study itself is edited. Put it beside the study: paths in it are relative.</source>
        <translation>Le fichier à écrire ; sans indication, l’étude elle-même est modifiée. Placez-le à côté de l’étude : les chemins y sont relatifs.</translation>
    </message>
    <message>
        <source>The file was changed since the run: run it again.</source>
        <translation>Le fichier a changé depuis le passage : exécutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The file {path} does not exist.</source>
        <translation>Le fichier {path} n’existe pas.</translation>
    </message>
    <message>
        <source>The filter {filter} cannot be used: {reason}</source>
        <translation>Le filtre {filter} est inutilisable : {reason}</translation>
    </message>
    <message>
        <source>The first of them only; where nothing is given, all.</source>
        <translation>Les premiers seulement ; sans indication, tous.</translation>
    </message>
    <message>
        <source>The folder that receives what is exported; a former export of the same name is replaced.</source>
        <translation>Le dossier qui reçoit ce qui est exporté ; un export précédent du même nom est remplacé.</translation>
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
        <source>The language of what is exported. Tables keep the language of the run.</source>
        <translation>La langue de ce qui est exporté. Les tableaux gardent la langue du passage.</translation>
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
        <source>The more it weighs, the more it counts beside the others of its group. 0 leaves it out. The map, the list and the chart follow at once; nothing is written.</source>
        <translation>Plus il pèse, plus il compte à côté des autres de son groupe. 0 l’écarte. La carte, la liste et le graphique suivent aussitôt ; rien n’est enregistré.</translation>
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
        <source>The register in which calls are noted; without it, only the lists are compared.</source>
        <translation>Le registre où les appels sont notés ; sans lui, seules les listes sont comparées.</translation>
    </message>
    <message>
        <source>The register to add to, as “Make register” writes it.</source>
        <translation>Le registre à compléter, tel que « Créer un registre » l’écrit.</translation>
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
        <source>The study whose copy takes the weights; only with the file of the copy.</source>
        <translation>L’étude dont la copie prend ces pondérations ; seulement avec le fichier de la copie.</translation>
    </message>
    <message>
        <source>The table to write, a row per territory and list; beside it come a summary as JSON and, with a register, the pairs. Internal.</source>
        <translation>Le tableau à écrire, une ligne par territoire et par liste ; à côté viennent un résumé en JSON et, avec un registre, les paires. À usage interne.</translation>
    </message>
    <message>
        <source>The table to write, a row per territory. Internal.</source>
        <translation>Le tableau à écrire, une ligne par territoire. À usage interne.</translation>
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
        <source>Theme matrices (*.yaml *.yml)</source>
        <translation>Matrices des thématiques (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>Theme matrix</source>
        <translation>Matrice des thématiques</translation>
    </message>
    <message>
        <source>Themes and axes with their indicators: what each weighs, and what it counts for.</source>
        <translation>Les thématiques et les axes avec leurs indicateurs : ce que chacun pèse, et pour combien il compte.</translation>
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
        <source>This panel stays away; the fictitious region stays in step 1 and in the menu.</source>
        <translation>Ce panneau ne revient plus ; la région fictive reste à l’étape 1 et dans le menu.</translation>
    </message>
    <message>
        <source>This project remembers what is not there any more: {places}.</source>
        <translation>Ce projet garde en mémoire ce qui n’est plus là : {places}.</translation>
    </message>
    <message>
        <source>Those called and their pairs</source>
        <translation>Territoires appelés et leurs paires</translation>
    </message>
    <message>
        <source>Those chosen, the most valuable first: the columns of the results, then value, costs and how replaceable each one is.</source>
        <translation>Les territoires retenus, ceux qui valent le plus d’abord : les colonnes des résultats, puis valeur, coûts et combien chacun est remplaçable.</translation>
    </message>
    <message>
        <source>Threshold of activity</source>
        <translation>Seuil d’activité</translation>
    </message>
    <message>
        <source>Threshold of readiness</source>
        <translation>Seuil de potentiel</translation>
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
        <source>Value of the choice</source>
        <translation>Valeur du choix</translation>
    </message>
    <message>
        <source>Weigh themes</source>
        <translation>Pondérer les thématiques</translation>
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
        <source>Where to</source>
        <translation>Destination</translation>
    </message>
    <message>
        <source>Which of the two matters more, and by how much?</source>
        <translation>Lequel des deux compte le plus, et de combien ?</translation>
    </message>
    <message>
        <source>Which table, in which format</source>
        <translation>Quel tableau, dans quel format</translation>
    </message>
    <message>
        <source>Who the sheets are for</source>
        <translation>À qui s’adressent les fiches</translation>
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
        <source>Writes a page for each target, and a table for mail merge.</source>
        <translation>Écrit une page par cible et un tableau pour le publipostage.</translation>
    </message>
    <message>
        <source>Writes a page for each target: the theme to speak of with its own values, strengths, missing levers, the smallest change that would move it, the peer and what it did, possible co-funders, the open call, how sure the rank is. Each page prints on one sheet.

The folder also receives index.html and mail_merge, as CSV and XLSX, with a row per territory. Public pages carry no rank, segment, contact or note.</source>
        <translation>Écrit une page par cible : la thématique dont parler avec ses propres valeurs, les atouts, les leviers qui manquent, le plus petit changement qui la ferait bouger, le pair et ce qu’il a fait, les cofinanceurs possibles, l’appel ouvert, la certitude du rang. Chaque page s’imprime sur une feuille.

Le dossier reçoit aussi index.html et mail_merge, en CSV et XLSX, une ligne par territoire. Les pages publiques ne portent ni rang, ni segment, ni contact, ni note.</translation>
    </message>
    <message>
        <source>Writes one page for whoever decides: the first ten targets with three reasons each, how sure the list is, what calls for caution, and the next steps.

It is read from the results of a run; nothing is computed anew. The page stands alone, follows a light or dark screen and prints on one sheet. It is internal: it names ranks.</source>
        <translation>Écrit une page pour qui décide : les dix premières cibles avec trois raisons chacune, la certitude de la liste, ce qui appelle à la prudence et les prochaines étapes.

Elle est tirée des résultats d’une exécution ; rien n’est recalculé. La page se suffit, suit un écran clair ou sombre et s’imprime sur une feuille. Elle est à usage interne : elle nomme des rangs.</translation>
    </message>
    <message>
        <source>Writes the one-page note to the director.</source>
        <translation>Écrit la note d’une page à la direction.</translation>
    </message>
    <message>
        <source>Writes the thresholds of a run into its study, so that runs compare.</source>
        <translation>Inscrit les seuils d’une exécution dans son étude, pour que les exécutions se comparent.</translation>
    </message>
    <message>
        <source>Writes the thresholds that a run found, of readiness, of activity and of the activity of each theme, into its study as numbers. Found anew at each run they move with the data, and a territory may change segment though nothing changed in it; frozen, they let runs compare.

Every other character of the study stays. Where no file is given for the outcome, the study itself is edited.</source>
        <translation>Inscrit en nombres dans l’étude les seuils qu’une exécution a trouvés : potentiel, activité, activité de chaque thématique. Recherchés à chaque exécution, ils bougent avec les données, et un territoire peut changer de segment sans que rien n’y ait changé ; figés, ils permettent de comparer les exécutions.

Tout autre caractère de l’étude reste. Si aucun fichier n’est donné pour le résultat, l’étude elle-même est modifiée.</translation>
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
        <source>internal for those who call; public for pages without rank, segment, contact or note.</source>
        <translation>internal pour ceux qui appellent ; public pour des pages sans rang, segment, contact ni note.</translation>
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
        <source>no column {names}.</source>
        <translation>pas de colonne {names}.</translation>
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
        <source>{count} of {candidates} candidates chosen.</source>
        <translation>{count} candidats retenus sur {candidates}.</translation>
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

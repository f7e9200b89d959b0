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
        <source>: the study has its territories already.</source>
        <translation> : l’étude a déjà ses territoires.</translation>
    </message>
    <message>
        <source>: use it as a success factor, axis “{axis}”? {measure}</source>
        <translation> : en faire un facteur de succès, axe « {axis} » ? {measure}</translation>
    </message>
    <message>
        <source>: use it for the activity? {measure}</source>
        <translation> : en faire l’activité ? {measure}</translation>
    </message>
    <message>
        <source>: use it for the population?</source>
        <translation> : y prendre la population ?</translation>
    </message>
    <message>
        <source>: use it for the stake “{theme}”? {measure}</source>
        <translation> : en faire l’enjeu « {theme} » ? {measure}</translation>
    </message>
    <message>
        <source>A PDF file per territory</source>
        <translation>Un fichier PDF par territoire</translation>
    </message>
    <message>
        <source>A click on a column sorts; a row that is selected is so on the map and in the chart; the right button shows what can be done.</source>
        <translation>Un clic sur une colonne trie ; une ligne sélectionnée l’est aussi sur la carte et dans le graphique ; le bouton droit montre ce qui peut être fait.</translation>
    </message>
    <message>
        <source>A column per consideration: its name, what it weighs beside the others, and a mark for each theme, from 0 to 10 or in any unit of its own. Each column is brought to shares of its sum.</source>
        <translation>Une colonne par critère : son nom, son poids face aux autres, et une note par thématique, de 0 à 10 ou dans son unité propre. Chaque colonne est ramenée à des parts de sa somme.</translation>
    </message>
    <message>
        <source>A copy of a table of this run, for a spreadsheet. Internal: they hold ranks.</source>
        <translation>Une copie d’un tableau de ce calcul, pour un tableur. Interne : les rangs y figurent.</translation>
    </message>
    <message>
        <source>A decision changes who is called, never a rank: it is kept in the study file with its reason, its author and its day.</source>
        <translation>Une décision change qui est appelé, jamais un rang : elle est conservée dans le fichier de l’étude avec sa raison, son auteur et son jour.</translation>
    </message>
    <message>
        <source>A folder of results in, a PDF out; it is drawn by a process of its own.</source>
        <translation>Un dossier de résultats en entrée, un PDF en sortie ; il est dessiné par un processus à part.</translation>
    </message>
    <message>
        <source>A folder with the packages as wheels, for a computer without the network.</source>
        <translation>Un dossier contenant les paquets au format wheel, pour un ordinateur sans réseau.</translation>
    </message>
    <message>
        <source>A layer of the map or a file; it may be dropped here too.</source>
        <translation>Une couche de la carte ou un fichier ; on peut aussi les déposer ici.</translation>
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
        <source>A new indicator from a source of the study</source>
        <translation>Un nouvel indicateur à partir d’une source de l’étude</translation>
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
        <source>A portfolio within means, the sheets of what is selected, what changed since an earlier run, and another run with its robustness.</source>
        <translation>Un portefeuille selon les moyens, les fiches de la sélection, ce qui a changé depuis un calcul antérieur, et un nouveau calcul avec sa robustesse.</translation>
    </message>
    <message>
        <source>A score of a territory in the run at hand.</source>
        <translation>Un score d’un territoire dans le calcul ouvert.</translation>
    </message>
    <message>
        <source>A stake says how much a theme matters, a success factor what makes a project likely to work.</source>
        <translation>Un enjeu dit combien une thématique compte, un facteur de succès ce qui rend un projet probable.</translation>
    </message>
    <message>
        <source>A study file in, a folder of results out: problems are told at once, and the run goes on in the background.</source>
        <translation>Un fichier d’étude en entrée, un dossier de résultats en sortie : les problèmes sont dits tous à la fois, et le calcul continue en arrière-plan.</translation>
    </message>
    <message>
        <source>A study needs an indicator at least: add a layer and say what it measures.</source>
        <translation>Une étude a au moins un indicateur : ajoutez une couche et dites ce qu’elle mesure.</translation>
    </message>
    <message>
        <source>A study reads files: add the layer to the map first, then drop it.</source>
        <translation>Une étude lit des fichiers : ajoutez d’abord la couche à la carte, puis déposez-la.</translation>
    </message>
    <message>
        <source>A study reads files: save a copy as a GeoPackage beside it. The layer stays as it is.</source>
        <translation>Une étude lit des fichiers : enregistrez-en une copie en GeoPackage à côté d’elle. La couche reste comme elle est.</translation>
    </message>
    <message>
        <source>A study reads files: save the layer in one, then drop that.</source>
        <translation>Une étude lit des fichiers : enregistrez la couche dans un fichier, puis déposez celui-ci.</translation>
    </message>
    <message>
        <source>Add a Consideration</source>
        <translation>Ajouter un critère</translation>
    </message>
    <message>
        <source>Add a Layer</source>
        <translation>Ajouter une couche</translation>
    </message>
    <message>
        <source>Add the results to the map</source>
        <translation>Ajouter les résultats à la carte</translation>
    </message>
    <message>
        <source>Add to the List</source>
        <translation>Ajouter à la liste</translation>
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
        <source>Adds the source alone.</source>
        <translation>Ajoute la source seule.</translation>
    </message>
    <message>
        <source>Adds the source and the proposed indicator to the study.</source>
        <translation>Ajoute à l’étude la source et l’indicateur proposé.</translation>
    </message>
    <message>
        <source>Adds the styled layers in one group once the run has ended; no effect without a map.</source>
        <translation>Ajoute les couches stylées dans un groupe une fois l’exécution terminée ; sans effet s’il n’y a pas de carte.</translation>
    </message>
    <message>
        <source>Adds, excludes or pins the territory, with a reason; it is kept in the study file beside the ranks.</source>
        <translation>Ajoute, exclut ou épingle le territoire, avec une raison ; elle est conservée dans le fichier de l’étude, à côté des rangs.</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ajouter…</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tous</translation>
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
        <source>All targets</source>
        <translation>Toutes les cibles</translation>
    </message>
    <message>
        <source>All territories (CSV)</source>
        <translation>Tous les territoires (CSV)</translation>
    </message>
    <message>
        <source>All territories, the four lists of the run, who is to be called or was, and what changed since an earlier run.</source>
        <translation>Tous les territoires, les quatre listes du calcul, qui est à appeler ou l’a été, et ce qui a changé depuis un calcul antérieur.</translation>
    </message>
    <message>
        <source>An action was due before today</source>
        <translation>Une action était à mener avant aujourd’hui</translation>
    </message>
    <message>
        <source>An address has a protocol and a port, as in tcp://192.168.1.10:8786.</source>
        <translation>Une adresse a un protocole et un port, comme tcp://192.168.1.10:8786.</translation>
    </message>
    <message>
        <source>Analyses</source>
        <translation>Analyses</translation>
    </message>
    <message>
        <source>Argument</source>
        <translation>Argument</translation>
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
        <translation>Comme dans le calcul</translation>
    </message>
    <message>
        <source>As in the run.</source>
        <translation>Comme dans le calcul.</translation>
    </message>
    <message>
        <source>Asks, two by two, which counts more and how much, and says whether the answers agree.</source>
        <translation>Demande, deux à deux, lequel compte le plus et de combien, et dit si les réponses s’accordent.</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>Confié à</translation>
    </message>
    <message>
        <source>At least from each</source>
        <translation>Au moins dans chacun</translation>
    </message>
    <message>
        <source>At least per theme</source>
        <translation>Au moins par thématique</translation>
    </message>
    <message>
        <source>At most from each</source>
        <translation>Au plus dans chacun</translation>
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
        <source>Axis</source>
        <translation>Axe</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Précédent</translation>
    </message>
    <message>
        <source>Back to the Run</source>
        <translation>Revenir au calcul</translation>
    </message>
    <message>
        <source>Back to the weights and methods of the run; can be undone.</source>
        <translation>Revient aux pondérations et méthodes du calcul ; peut être annulé.</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Bande</translation>
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
        <source>Beside the run: changes of segment: {moved}; new among the first {first}: {entered}.</source>
        <translation>Par rapport au calcul : changements de segment : {moved} ; nouveaux parmi les {first} premiers : {entered}.</translation>
    </message>
    <message>
        <source>By weight</source>
        <translation>Par poids</translation>
    </message>
    <message>
        <source>Call to {name}</source>
        <translation>Appel à {name}</translation>
    </message>
    <message>
        <source>Call units</source>
        <translation>Unités d’appel</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Appels</translation>
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
        <source>Card to compare with</source>
        <translation>Fiche de comparaison</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Changement</translation>
    </message>
    <message>
        <source>Change of “{name}”</source>
        <translation>Modification de « {name} »</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Changements</translation>
    </message>
    <message>
        <source>Changes nothing.</source>
        <translation>Ne change rien.</translation>
    </message>
    <message>
        <source>Changes since “{name}”</source>
        <translation>Changements depuis « {name} »</translation>
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
        <source>Choose a Layer or a Table</source>
        <translation>Choisir une couche ou une table</translation>
    </message>
    <message>
        <source>Choose a Measure…</source>
        <translation>Choisir une mesure…</translation>
    </message>
    <message>
        <source>Choose a projected reference system: areas are computed in it.</source>
        <translation>Choisissez un système de coordonnées projeté : les surfaces y sont calculées.</translation>
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
        <source>Choose the field of the codes.</source>
        <translation>Choisissez le champ des codes.</translation>
    </message>
    <message>
        <source>Choose the layer of the territories: one of the map, or a file.</source>
        <translation>Choisissez la couche des territoires : une de la carte, ou un fichier.</translation>
    </message>
    <message>
        <source>Choose the results folder of an earlier run to see who entered and who left.</source>
        <translation>Choisissez le dossier de résultats d’un calcul antérieur pour voir qui est entré et qui est sorti.</translation>
    </message>
    <message>
        <source>Chooses the folder of an earlier run to compare this one with.</source>
        <translation>Choisit le dossier d’un calcul antérieur auquel comparer celui-ci.</translation>
    </message>
    <message>
        <source>Chooses the targets that together are worth most within these means; what is left empty sets no limit.</source>
        <translation>Choisit les cibles qui, ensemble, valent le plus dans la limite de ces moyens ; ce qui reste vide ne fixe pas de limite.</translation>
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
        <source>Chosen from</source>
        <translation>Choisis dans</translation>
    </message>
    <message>
        <source>Chosen of {candidates} candidates and selected: {chosen}.</source>
        <translation>Choisis et sélectionnés parmi {candidates} candidats : {chosen}.</translation>
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
        <source>Codes of targets</source>
        <translation>Codes de cibles</translation>
    </message>
    <message>
        <source>Codes of territories or of call units, by commas, of the shortlist or not; where nothing is given, the shortlist.</source>
        <translation>Codes de territoires ou d’échelons d’appel, séparés par des virgules, de la liste restreinte ou non ; si rien n’est donné, la liste restreinte.</translation>
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
        <source>Compare</source>
        <translation>Comparer</translation>
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
        <source>Compare with an Earlier Run…</source>
        <translation>Comparer à un calcul antérieur…</translation>
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
        <source>Computes in the background, beside the study.</source>
        <translation>Calcule en arrière-plan, à côté de l’étude.</translation>
    </message>
    <message>
        <source>Consideration</source>
        <translation>Critère</translation>
    </message>
    <message>
        <source>Consideration {number}</source>
        <translation>Critère {number}</translation>
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
        <source>Copy of “{name}”</source>
        <translation>Copie de « {name} »</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Counts for at least twice what its weight says.</source>
        <translation>Compte au moins deux fois plus que ne le dit son poids.</translation>
    </message>
    <message>
        <source>Counts for at most half of what its weight says.</source>
        <translation>Compte au plus pour la moitié de ce que dit son poids.</translation>
    </message>
    <message>
        <source>Dask scheduler</source>
        <translation>Ordonnanceur Dask</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Date</translation>
    </message>
    <message>
        <source>Days at hand</source>
        <translation>Jours disponibles</translation>
    </message>
    <message>
        <source>Days per call</source>
        <translation>Jours par appel</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>Décider</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>Décidé par</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>Decision on {name}</source>
        <translation>Décision : {name}</translation>
    </message>
    <message>
        <source>Decisions into “{name}”</source>
        <translation>Décisions dans « {name} »</translation>
    </message>
    <message>
        <source>Decisions since the run: {count}. Out of date until the next run.</source>
        <translation>Décisions depuis le calcul : {count}. Pas à jour avant le prochain.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>Sens</translation>
    </message>
    <message>
        <source>Director’s note</source>
        <translation>Note à la direction</translation>
    </message>
    <message>
        <source>Distance (km)</source>
        <translation>Distance (km)</translation>
    </message>
    <message>
        <source>Distance (m)</source>
        <translation>Distance (m)</translation>
    </message>
    <message>
        <source>Distance from</source>
        <translation>Distance depuis</translation>
    </message>
    <message>
        <source>Divided field</source>
        <translation>Champ divisé</translation>
    </message>
    <message>
        <source>Dividing field</source>
        <translation>Champ diviseur</translation>
    </message>
    <message>
        <source>Don’t show again</source>
        <translation>Ne plus afficher</translation>
    </message>
    <message>
        <source>Drag layers here from the layer tree, the browser or a window of files.</source>
        <translation>Glissez ici des couches depuis l’arbre des couches, l’explorateur ou un dossier.</translation>
    </message>
    <message>
        <source>Due on</source>
        <translation>À faire pour le</translation>
    </message>
    <message>
        <source>Each answer says which of two counts more; the weights follow from all of them, and a ratio above 0.1 says that they contradict each other.</source>
        <translation>Chaque réponse dit lequel de deux compte le plus ; les pondérations découlent de toutes, et un ratio supérieur à 0,1 dit qu’elles se contredisent.</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Modifier…</translation>
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
        <source>Engage</source>
        <translation>Entraîner</translation>
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
        <source>Entered: {entered}. Left: {left}.</source>
        <translation>Entrés : {entered}. Sortis : {left}.</translation>
    </message>
    <message>
        <source>Every role</source>
        <translation>Toutes les fonctions</translation>
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
        <source>Exclude</source>
        <translation>Écarter</translation>
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
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Field of the codes</source>
        <translation>Champ des codes</translation>
    </message>
    <message>
        <source>Field of the first year</source>
        <translation>Champ de la première année</translation>
    </message>
    <message>
        <source>Field of the inhabitants</source>
        <translation>Champ des habitants</translation>
    </message>
    <message>
        <source>Field of the last year</source>
        <translation>Champ de la dernière année</translation>
    </message>
    <message>
        <source>Field of the levels</source>
        <translation>Champ des niveaux</translation>
    </message>
    <message>
        <source>Field of the names</source>
        <translation>Champ des noms</translation>
    </message>
    <message>
        <source>Field of the population</source>
        <translation>Champ de la population</translation>
    </message>
    <message>
        <source>Fields of “{name}”</source>
        <translation>Champs de « {name} »</translation>
    </message>
    <message>
        <source>Fields to mend: {count}.</source>
        <translation>Champs à corriger : {count}.</translation>
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
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>First Targets</source>
        <translation>Premières cibles</translation>
    </message>
    <message>
        <source>First in</source>
        <translation>Première dans</translation>
    </message>
    <message>
        <source>First of {count} territories that are selected.</source>
        <translation>Premier des {count} territoires sélectionnés.</translation>
    </message>
    <message>
        <source>First targets</source>
        <translation>Premières cibles</translation>
    </message>
    <message>
        <source>First targets at hand</source>
        <translation>Premières cibles du moment</translation>
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
        <source>For example: asked to be called</source>
        <translation>Par exemple : a demandé à être appelé</translation>
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
        <source>From a File…</source>
        <translation>D’un fichier…</translation>
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
        <source>Give the study a name.</source>
        <translation>Donnez un nom à l’étude.</translation>
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
        <source>How stable these ranks are is known once the study is run.</source>
        <translation>La stabilité de ces rangs sera connue une fois l’étude exécutée.</translation>
    </message>
    <message>
        <source>How the scores were made, step by step, filled in from this run.</source>
        <translation>Comment les scores ont été faits, étape par étape, d’après ce calcul.</translation>
    </message>
    <message>
        <source>How values of different units are brought to one scale of 0 to 100.</source>
        <translation>Comment des valeurs d’unités différentes sont ramenées à une même échelle de 0 à 100.</translation>
    </message>
    <message>
        <source>Identifier</source>
        <translation>Identifiant</translation>
    </message>
    <message>
        <source>If “{consideration}” weighed {then} % instead of {now} %, “{theme}” would come first.</source>
        <translation>Si « {consideration} » pesait {then} % au lieu de {now} %, « {theme} » viendrait en premier.</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>Ignorer</translation>
    </message>
    <message>
        <source>Import projects</source>
        <translation>Importer des projets</translation>
    </message>
    <message>
        <source>In the run</source>
        <translation>Au calcul</translation>
    </message>
    <message>
        <source>In the run: {segment}.</source>
        <translation>Dans le calcul : {segment}.</translation>
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
        <source>Indicator “{name}”</source>
        <translation>Indicateur « {name} »</translation>
    </message>
    <message>
        <source>Indicators</source>
        <translation>Indicateurs</translation>
    </message>
    <message>
        <source>Indicators: {count}. More can be added to the study later.</source>
        <translation>Indicateurs : {count}. D’autres pourront être ajoutés à l’étude.</translation>
    </message>
    <message>
        <source>Inhabitants concerned</source>
        <translation>Habitants concernés</translation>
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
        <source>Its weight</source>
        <translation>Son poids</translation>
    </message>
    <message>
        <source>Itself</source>
        <translation>Lui-même</translation>
    </message>
    <message>
        <source>Keep in the Study</source>
        <translation>Conserver dans l’étude</translation>
    </message>
    <message>
        <source>Keep this card beside the next one that is chosen</source>
        <translation>Garder cette fiche à côté de la prochaine choisie</translation>
    </message>
    <message>
        <source>Keeps some of the features only, in SQL; may stay empty.</source>
        <translation>Ne garde qu’une partie des entités, en SQL ; peut rester vide.</translation>
    </message>
    <message>
        <source>Kept in the study with today’s date; the computed rank stays as it is.</source>
        <translation>Conservé dans l’étude à la date du jour ; le rang calculé reste le même.</translation>
    </message>
    <message>
        <source>Kept in {file}. Run the study again, so that lists and stability follow.</source>
        <translation>Conservé dans {file}. Exécutez à nouveau l’étude pour que les listes et la stabilité suivent.</translation>
    </message>
    <message>
        <source>Kind of value</source>
        <translation>Nature de la valeur</translation>
    </message>
    <message>
        <source>Known sources that look like it</source>
        <translation>Sources connues qui lui ressemblent</translation>
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
        <source>Last call</source>
        <translation>Dernier appel</translation>
    </message>
    <message>
        <source>Later results</source>
        <translation>Résultats suivants</translation>
    </message>
    <message>
        <source>Layer of the Territories</source>
        <translation>Couche des territoires</translation>
    </message>
    <message>
        <source>Layer of the buildings</source>
        <translation>Couche des bâtiments</translation>
    </message>
    <message>
        <source>Layer of the territories</source>
        <translation>Couche des territoires</translation>
    </message>
    <message>
        <source>Leave out rows that cannot be read</source>
        <translation>Laisser de côté les lignes illisibles</translation>
    </message>
    <message>
        <source>Letters without accents, digits and _: the column of the results.</source>
        <translation>Lettres sans accent, chiffres et _ : la colonne des résultats.</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Niveau</translation>
    </message>
    <message>
        <source>Level of the call</source>
        <translation>Échelon d’appel</translation>
    </message>
    <message>
        <source>Levels, the highest first</source>
        <translation>Niveaux, le plus haut d’abord</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>List changes</source>
        <translation>Dire ce qui a changé dans les listes</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listes</translation>
    </message>
    <message>
        <source>Looks for every problem of the study at once.</source>
        <translation>Cherche tous les problèmes de l’étude à la fois.</translation>
    </message>
    <message>
        <source>Make a study: territories, themes, sources</source>
        <translation>Faire une étude : territoires, thématiques, sources</translation>
    </message>
    <message>
        <source>Make register</source>
        <translation>Créer un registre</translation>
    </message>
    <message>
        <source>Make the Study</source>
        <translation>Créer l’étude</translation>
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
        <source>Mark as Called…</source>
        <translation>Noter l’appel…</translation>
    </message>
    <message>
        <source>Mark each theme under each consideration, from 0 to 10.</source>
        <translation>Notez chaque thématique selon chaque critère, de 0 à 10.</translation>
    </message>
    <message>
        <source>Marks of the themes</source>
        <translation>Notes des thématiques</translation>
    </message>
    <message>
        <source>Marks the themes under several considerations, and gives the weights that follow to the themes.</source>
        <translation>Note les thématiques selon plusieurs critères et leur donne les pondérations qui en découlent.</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>Peut rester vide</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Moyenne</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesure</translation>
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
        <source>Median of {group}</source>
        <translation>Médiane : {group}</translation>
    </message>
    <message>
        <source>Methodology</source>
        <translation>Méthodologie</translation>
    </message>
    <message>
        <source>Methodology of this run</source>
        <translation>Méthodologie de ce calcul</translation>
    </message>
    <message>
        <source>Mine: choose the role in which you call</source>
        <translation>Les miens : choisissez la fonction dans laquelle vous appelez</translation>
    </message>
    <message>
        <source>My study</source>
        <translation>Mon étude</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>Nom en anglais</translation>
    </message>
    <message>
        <source>Name in French</source>
        <translation>Nom en français</translation>
    </message>
    <message>
        <source>Name of the sheet of a workbook; where nothing is given, the first.</source>
        <translation>Nom de la feuille d’un classeur ; sans indication, la première.</translation>
    </message>
    <message>
        <source>Name of the study</source>
        <translation>Nom de l’étude</translation>
    </message>
    <message>
        <source>Name the interpreter of a Python environment that has {libraries} in Settings ► Options ► Smart Territoires, or in the environment variable {variable}.</source>
        <translation>Indiquez l’interpréteur d’un environnement Python qui contient {libraries} dans Préférences ► Options ► Smart Territoires, ou dans la variable d’environnement {variable}.</translation>
    </message>
    <message>
        <source>New Indicator</source>
        <translation>Nouvel indicateur</translation>
    </message>
    <message>
        <source>New Study</source>
        <translation>Nouvelle étude</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nouvelle…</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Suivant</translation>
    </message>
    <message>
        <source>Next action</source>
        <translation>Prochaine action</translation>
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
        <source>No single consideration turns the first place.</source>
        <translation>Aucun critère ne change à lui seul la première place.</translation>
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
        <source>Nobody entered and nobody left.</source>
        <translation>Personne n’est entré, personne n’est sorti.</translation>
    </message>
    <message>
        <source>Not saved, and so not in this run: what was edited in {layers}.</source>
        <translation>Non enregistré, donc absent de ce calcul : ce qui a été modifié dans {layers}.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Note</translation>
    </message>
    <message>
        <source>Note a call in the register</source>
        <translation>Noter un appel dans le registre</translation>
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
        <source>Notes a call in the register: who called, what came of it.</source>
        <translation>Note un appel dans le registre : qui a appelé, ce qu’il en est ressorti.</translation>
    </message>
    <message>
        <source>Nothing was written. {reason}</source>
        <translation>Rien n’a été écrit. {reason}</translation>
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
        <source>Of 100 draws in which the considerations weigh up to a quarter more or less.</source>
        <translation>Sur 100 tirages où les critères pèsent jusqu’à un quart de plus ou de moins.</translation>
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
        <source>One polygon per territory, with the code that tables have too.</source>
        <translation>Un polygone par territoire, avec le code que portent aussi les tables.</translation>
    </message>
    <message>
        <source>One row per project, with a row of titles; it is only read.</source>
        <translation>Une ligne par projet, avec une ligne de titres ; il est seulement lu.</translation>
    </message>
    <message>
        <source>Only the pages of these targets, separated by commas; all if empty.</source>
        <translation>Seulement les pages de ces cibles, séparées par des virgules ; toutes si vide.</translation>
    </message>
    <message>
        <source>Only those for which this expression on the columns of territories, or of call units, is true, for example {example}.</source>
        <translation>Seulement ceux pour lesquels cette expression sur les colonnes des territoires, ou des échelons d’appel, est vraie, par exemple {example}.</translation>
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
        <source>Open a study file</source>
        <translation>Ouvrir un fichier d’étude</translation>
    </message>
    <message>
        <source>Open a study, make one, or begin with the fictitious region: it takes a minute.</source>
        <translation>Ouvrez une étude, créez-en une, ou commencez par la région fictive : cela prend une minute.</translation>
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
        <source>Open the study of this run first.</source>
        <translation>Ouvrez d’abord l’étude de ce calcul.</translation>
    </message>
    <message>
        <source>Open the study of this run first: decisions are kept in its file.</source>
        <translation>Ouvrez d’abord l’étude de ce calcul : les décisions sont conservées dans son fichier.</translation>
    </message>
    <message>
        <source>Open the study of this run first: the weights are kept in its file.</source>
        <translation>Ouvrez d’abord l’étude de ce calcul : les pondérations sont conservées dans son fichier.</translation>
    </message>
    <message>
        <source>Open the study of this run to see and note calls.</source>
        <translation>Ouvrez l’étude de ce calcul pour voir et noter les appels.</translation>
    </message>
    <message>
        <source>Open – {what}</source>
        <translation>Ouvrir – {what}</translation>
    </message>
    <message>
        <source>Opening what was dropped</source>
        <translation>Ouverture de ce qui a été déposé</translation>
    </message>
    <message>
        <source>Opens the form with what is proposed.</source>
        <translation>Ouvre le formulaire avec ce qui est proposé.</translation>
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
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Out of date until the next run.</source>
        <translation>Pas à jour avant le prochain calcul.</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Issue</translation>
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
        <source>Outreach Sheet</source>
        <translation>Fiche</translation>
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
        <source>Overdue</source>
        <translation>En retard</translation>
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
        <source>Pages of</source>
        <translation>Pages de</translation>
    </message>
    <message>
        <source>Part of the region</source>
        <translation>Partie de la région</translation>
    </message>
    <message>
        <source>Pin First</source>
        <translation>Placer en tête</translation>
    </message>
    <message>
        <source>Pin, add or exclude it, with a reason</source>
        <translation>Placer en tête, ajouter ou écarter, avec un motif</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Place</translation>
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
        <source>Points</source>
        <translation>Points</translation>
    </message>
    <message>
        <source>Political stakes</source>
        <translation>Portage politique</translation>
    </message>
    <message>
        <source>Portfolio</source>
        <translation>Portefeuille</translation>
    </message>
    <message>
        <source>Portfolio…</source>
        <translation>Portefeuille…</translation>
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
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Projects of the register</source>
        <translation>Projets du registre</translation>
    </message>
    <message>
        <source>Projects since the year</source>
        <translation>Projets depuis l’année</translation>
    </message>
    <message>
        <source>Public: no rank, segment, contact or note</source>
        <translation>Public : sans rang, segment, contact ni note</translation>
    </message>
    <message>
        <source>Puts the card of the peer beside this one.</source>
        <translation>Place la fiche du pair à côté de celle-ci.</translation>
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
        <source>Quality of “{name}”</source>
        <translation>Qualité de « {name} »</translation>
    </message>
    <message>
        <source>Quality report of “{name}”</source>
        <translation>Rapport de qualité de « {name} »</translation>
    </message>
    <message>
        <source>Quantile</source>
        <translation>Quantile</translation>
    </message>
    <message>
        <source>Quotas by</source>
        <translation>Quotas par</translation>
    </message>
    <message>
        <source>Raise Awareness</source>
        <translation>Sensibiliser</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
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
        <source>Raster of the inhabitants</source>
        <translation>Raster des habitants</translation>
    </message>
    <message>
        <source>Readiness to the right; each disc is a territory, as large as it has inhabitants. A rectangle selects, a double click zooms. To the right of the dashed line and below it are those to engage.</source>
        <translation>Le potentiel vers la droite ; chaque disque est un territoire, aussi grand qu’il a d’habitants. Un rectangle sélectionne, un double clic zoome. À droite de la ligne tiretée et en dessous se trouvent ceux à entraîner.</translation>
    </message>
    <message>
        <source>Readiness {before} in the run, {after} with the weights at hand.</source>
        <translation>Potentiel de {before} dans le calcul, de {after} avec les pondérations en cours.</translation>
    </message>
    <message>
        <source>Ready: {place}</source>
        <translation>Prêt : {place}</translation>
    </message>
    <message>
        <source>Really</source>
        <translation>En réalité</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>Reference system</source>
        <translation>Système de coordonnées</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registre</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Retirer</translation>
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
        <source>Results of an Earlier Run</source>
        <translation>Résultats d’un calcul antérieur</translation>
    </message>
    <message>
        <source>Results of this study, whose thresholds are taken.</source>
        <translation>Résultats de cette étude, dont on prend les seuils.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rôle</translation>
    </message>
    <message>
        <source>Role, theme or axis</source>
        <translation>Rôle, thématique ou axe</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Exécuter</translation>
    </message>
    <message>
        <source>Run Again</source>
        <translation>Relancer</translation>
    </message>
    <message>
        <source>Run Again, with Its Robustness</source>
        <translation>Relancer, avec la robustesse</translation>
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
        <source>Runs the study with what was decided.</source>
        <translation>Exécute l’étude avec ce qui a été décidé.</translation>
    </message>
    <message>
        <source>Runs the study with what was kept.</source>
        <translation>Exécute l’étude avec ce qui a été conservé.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Save beside the Study</source>
        <translation>Enregistrer à côté de l’étude</translation>
    </message>
    <message>
        <source>Say where the study file goes.</source>
        <translation>Dites où va le fichier de l’étude.</translation>
    </message>
    <message>
        <source>Says the first rule that keeps the territory off the call list.</source>
        <translation>Dit la première règle qui tient le territoire hors de la liste d’appel.</translation>
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
        <source>Selecting a unit selects the territories in it.</source>
        <translation>Sélectionner une unité sélectionne ses territoires.</translation>
    </message>
    <message>
        <source>Selects the peer: a territory alike that does more.</source>
        <translation>Sélectionne le pair : un territoire semblable qui fait davantage.</translation>
    </message>
    <message>
        <source>Separated by semicolons</source>
        <translation>Séparés par des points-virgules</translation>
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
        <source>Share of</source>
        <translation>Part de</translation>
    </message>
    <message>
        <source>Share of the score that the weights give to the indicator.</source>
        <translation>Part du score que les pondérations donnent à l’indicateur.</translation>
    </message>
    <message>
        <source>Shared out on the source</source>
        <translation>Répartie sur la source</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Sheets of What Is Selected</source>
        <translation>Fiches de la sélection</translation>
    </message>
    <message>
        <source>Show Priority in 3D</source>
        <translation>Afficher la priorité en 3D</translation>
    </message>
    <message>
        <source>Show on the Map</source>
        <translation>Afficher sur la carte</translation>
    </message>
    <message>
        <source>Show the Peer</source>
        <translation>Montrer le pair</translation>
    </message>
    <message>
        <source>Showcase</source>
        <translation>Vitrines</translation>
    </message>
    <message>
        <source>Showcase nearby</source>
        <translation>Vitrine proche</translation>
    </message>
    <message>
        <source>Shows and hides columns of the table.</source>
        <translation>Affiche et masque des colonnes du tableau.</translation>
    </message>
    <message>
        <source>Shows the calls in one group, a département for example.</source>
        <translation>Montre les appels d’un groupe, un département par exemple.</translation>
    </message>
    <message>
        <source>Shows the calls of one role: yours, for example.</source>
        <translation>Montre les appels d’un rôle : le vôtre, par exemple.</translation>
    </message>
    <message>
        <source>Shows the territories whose name or code holds these letters.</source>
        <translation>Montre les territoires dont le nom ou le code contient ces lettres.</translation>
    </message>
    <message>
        <source>Shows the territory on the map.</source>
        <translation>Montre le territoire sur la carte.</translation>
    </message>
    <message>
        <source>Shows this segment alone in the table and the chart; several may be pressed.</source>
        <translation>Montre ce segment seul dans le tableau et le graphique ; plusieurs peuvent être enfoncés.</translation>
    </message>
    <message>
        <source>Shows those whose next action is due.</source>
        <translation>Montre ceux dont la prochaine action est due.</translation>
    </message>
    <message>
        <source>Smart Territoires</source>
        <translation>Smart Territoires</translation>
    </message>
    <message>
        <source>Smart Territoires: calls in the register</source>
        <translation>Smart Territoires : appels du registre</translation>
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
        <source>Something is due</source>
        <translation>Une action est à mener</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Source Only</source>
        <translation>Source seulement</translation>
    </message>
    <message>
        <source>Source of the inhabitants</source>
        <translation>Source des habitants</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Sources</translation>
    </message>
    <message>
        <source>Sources are looked at by a run: run the study first.</source>
        <translation>C’est le calcul qui examine les sources : lancez d’abord l’étude.</translation>
    </message>
    <message>
        <source>Sources of the study</source>
        <translation>Sources de l’étude</translation>
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
        <source>Success factor</source>
        <translation>Facteur de réussite</translation>
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
        <translation>Tableaux et couches de ce calcul, pour d’autres logiciels.</translation>
    </message>
    <message>
        <source>Take the Decision Back</source>
        <translation>Annuler la décision</translation>
    </message>
    <message>
        <source>Takes all weights of the run, or gives all the same weight.</source>
        <translation>Reprend toutes les pondérations du calcul, ou donne à tous la même.</translation>
    </message>
    <message>
        <source>Takes back the last change of weights or method.</source>
        <translation>Annule la dernière modification de pondération ou de méthode.</translation>
    </message>
    <message>
        <source>Takes the indicator out of the study.</source>
        <translation>Retire l’indicateur de l’étude.</translation>
    </message>
    <message>
        <source>Takes the source out of the study; its file stays.</source>
        <translation>Retire la source de l’étude ; son fichier reste.</translation>
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
        <source>Territories first, then themes, then sources: layers may be dragged here from the layer tree, the browser or a window of files.</source>
        <translation>Les territoires d’abord, puis les thématiques, puis les sources : des couches peuvent être glissées ici depuis l’arbre des couches, l’explorateur ou une fenêtre de fichiers.</translation>
    </message>
    <message>
        <source>Territories of Smart Territoires</source>
        <translation>Territoires de Smart Territoires</translation>
    </message>
    <message>
        <source>Territories one by one, or the units that one calls: several at once.</source>
        <translation>Les territoires un par un, ou les unités que l’on appelle : plusieurs à la fois.</translation>
    </message>
    <message>
        <source>Territories with a column “code” and columns named by the ids of the indicators; where nothing is chosen, the indicators are measured.</source>
        <translation>Des territoires avec une colonne « code » et des colonnes nommées par les identifiants des indicateurs ; si rien n’est choisi, les indicateurs sont mesurés.</translation>
    </message>
    <message>
        <source>Territories: “{name}”.</source>
        <translation>Territoires : « {name} ».</translation>
    </message>
    <message>
        <source>Territory</source>
        <translation>Territoire</translation>
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
        <source>The best choice under these conditions is looked for in the background, then selected on the map.</source>
        <translation>Le meilleur choix sous ces conditions est cherché en arrière-plan, puis sélectionné sur la carte.</translation>
    </message>
    <message>
        <source>The call could not be noted in {file}: another program has it locked. Try again.</source>
        <translation>L’appel n’a pas pu être noté dans {file} : un autre programme le verrouille. Réessayez.</translation>
    </message>
    <message>
        <source>The card of what is selected, or the chart of all.</source>
        <translation>La fiche de la sélection, ou le graphique de tous.</translation>
    </message>
    <message>
        <source>The column “{column}” holds “{value}”, which is not a number.</source>
        <translation>La colonne « {column} » contient « {value} », qui n’est pas un nombre.</translation>
    </message>
    <message>
        <source>The computation runs on a Python of its own: here it is found, installed or mended. Nothing is installed into QGIS.</source>
        <translation>Le calcul tourne sur son propre Python : il se trouve, s’installe ou se répare ici. Rien n’est installé dans QGIS.</translation>
    </message>
    <message>
        <source>The copy was not written. {reason}</source>
        <translation>La copie n’a pas été écrite. {reason}</translation>
    </message>
    <message>
        <source>The decision was taken back.</source>
        <translation>La décision a été annulée.</translation>
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
        <source>The file was changed by another program, and was read again.</source>
        <translation>Le fichier a été modifié par un autre programme, et relu.</translation>
    </message>
    <message>
        <source>The file was changed since the run: run it again.</source>
        <translation>Le fichier a changé depuis le calcul : exécutez-le de nouveau.</translation>
    </message>
    <message>
        <source>The file {path} does not exist.</source>
        <translation>Le fichier {path} n’existe pas.</translation>
    </message>
    <message>
        <source>The files of the study: whether they are there, and what the run found.</source>
        <translation>Les fichiers de l’étude : s’ils sont là, et ce que le calcul y a trouvé.</translation>
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
        <source>The first rule that keeps it off the call list</source>
        <translation>La première règle qui l’écarte de la liste d’appel</translation>
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
        <translation>La langue de ce qui est exporté. Les tableaux gardent la langue du calcul.</translation>
    </message>
    <message>
        <source>The last run found nothing to say about this source.</source>
        <translation>Le dernier calcul n’a rien trouvé à dire de cette source.</translation>
    </message>
    <message>
        <source>The layers of these results are not on the map any more.</source>
        <translation>Les couches de ces résultats ne sont plus sur la carte.</translation>
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
        <translation>Les raisons sont celles du calcul.</translation>
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
        <source>The register {file} has no table “{table}” that can be read.</source>
        <translation>Le registre {file} n’a pas de table « {table} » lisible.</translation>
    </message>
    <message>
        <source>The register {file} is not there.</source>
        <translation>Le registre {file} est introuvable.</translation>
    </message>
    <message>
        <source>The role of whoever called, never a name</source>
        <translation>La fonction de la personne qui a appelé, jamais un nom</translation>
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
        <source>The score falls where this indicator rises: others outweigh it.</source>
        <translation>Le score baisse quand cet indicateur monte : d’autres l’emportent.</translation>
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
        <source>The study cannot be written now: save again.</source>
        <translation>L’étude ne peut être écrite à l’instant : enregistrez de nouveau.</translation>
    </message>
    <message>
        <source>The study completes missing values by group: the input layer needs the column {column}.</source>
        <translation>L’étude complète les valeurs manquantes par groupe : la couche en entrée doit avoir la colonne {column}.</translation>
    </message>
    <message>
        <source>The study file is no longer there. What is shown is what it said: put it back, or open another one.</source>
        <translation>Le fichier de l’étude n’est plus là. Ce qui est affiché est ce qu’il disait : remettez-le, ou ouvrez-en un autre.</translation>
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
        <source>The study has no register in which calls are kept: make one and name it there.</source>
        <translation>L’étude n’a pas de registre où noter les appels : créez-en un et nommez-le dans l’étude.</translation>
    </message>
    <message>
        <source>The study is being written…</source>
        <translation>L’étude s’écrit…</translation>
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
        <source>The two runs are being compared…</source>
        <translation>Comparaison des deux calculs en cours…</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Thématique</translation>
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
        <source>Theme proposed</source>
        <translation>Thématique proposée</translation>
    </message>
    <message>
        <source>Theme proposed: {theme}</source>
        <translation>Thématique proposée : {theme}</translation>
    </message>
    <message>
        <source>Theme to speak about: {theme}</source>
        <translation>Thématique à aborder : {theme}</translation>
    </message>
    <message>
        <source>Themes</source>
        <translation>Thématiques</translation>
    </message>
    <message>
        <source>Themes and axes with their indicators: what each weighs, and what it counts for.</source>
        <translation>Les thématiques et les axes avec leurs indicateurs : ce que chacun pèse, et pour combien il compte.</translation>
    </message>
    <message>
        <source>Themes of the projects</source>
        <translation>Thématiques des projets</translation>
    </message>
    <message>
        <source>There is a file of that name: choose another one.</source>
        <translation>Un fichier porte ce nom : choisissez-en un autre.</translation>
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
        <source>Threshold</source>
        <translation>Seuil</translation>
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
        <source>Topicality</source>
        <translation>Actualité</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler la modification</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unité</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Mettre à jour</translation>
    </message>
    <message>
        <source>Upward axis</source>
        <translation>Axe vertical</translation>
    </message>
    <message>
        <source>Use Another Python…</source>
        <translation>Utiliser un autre Python…</translation>
    </message>
    <message>
        <source>Use It</source>
        <translation>L’utiliser</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>Value of the choice</source>
        <translation>Valeur du choix</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Weigh Themes by Several Considerations</source>
        <translation>Pondérer les thématiques selon plusieurs critères</translation>
    </message>
    <message>
        <source>Weigh Themes…</source>
        <translation>Thématiques…</translation>
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
        <source>Weighted by the raster</source>
        <translation>Pondérée par le raster</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Pondérations</translation>
    </message>
    <message>
        <source>Weights and marks are numbers from 0 up; each consideration gives at least one theme more than 0.</source>
        <translation>Poids et notes sont des nombres à partir de 0 ; chaque critère donne plus de 0 à une thématique au moins.</translation>
    </message>
    <message>
        <source>Weights at hand</source>
        <translation>Pondérations en cours</translation>
    </message>
    <message>
        <source>Weights of the levels</source>
        <translation>Pondérations des niveaux</translation>
    </message>
    <message>
        <source>Weights of the run</source>
        <translation>Pondérations du calcul</translation>
    </message>
    <message>
        <source>Weights that follow</source>
        <translation>Pondérations qui en découlent</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>What Changed</source>
        <translation>Évolution</translation>
    </message>
    <message>
        <source>What Changed…</source>
        <translation>Ce qui a changé…</translation>
    </message>
    <message>
        <source>What a run has measured is kept in its results folder, so that the next one computes only what changed. Emptying it loses nothing but time.</source>
        <translation>Ce qu’un calcul a mesuré est gardé dans le dossier de ses résultats : le suivant ne calcule que ce qui a changé. Le vider ne fait perdre que du temps.</translation>
    </message>
    <message>
        <source>What changed since the earlier run</source>
        <translation>Ce qui a changé depuis le calcul antérieur</translation>
    </message>
    <message>
        <source>What inhabitants ask for</source>
        <translation>Attentes des habitants</translation>
    </message>
    <message>
        <source>What is asked for: readiness where it is left out, priority, target_rank or another column of the results, a theme for its stake, or an axis.</source>
        <translation>Ce qui est demandé : readiness (potentiel) si rien n’est dit, priority, target_rank ou une autre colonne des résultats, une thématique pour son enjeu, ou un axe.</translation>
    </message>
    <message>
        <source>What is due comes after the call: choose a later day.</source>
        <translation>L’échéance suit l’appel : choisissez un jour ultérieur.</translation>
    </message>
    <message>
        <source>What is exported is the run. Weights that were changed since are not in it: run the study with them first.</source>
        <translation>Ce qui est exporté est le calcul. Les pondérations changées depuis n’y sont pas : exécutez d’abord l’étude avec elles.</translation>
    </message>
    <message>
        <source>What is measured; a double click opens it.</source>
        <translation>Ce qui est mesuré ; un double clic l’ouvre.</translation>
    </message>
    <message>
        <source>What is noted here goes into the register: a role that called, never a person, what came of it and what comes next.</source>
        <translation>Ce qui est noté ici va dans le registre : un rôle qui a appelé, jamais une personne, ce qu’il en est ressorti et la suite.</translation>
    </message>
    <message>
        <source>What is selected ({count})</source>
        <translation>La sélection ({count})</translation>
    </message>
    <message>
        <source>What it can share</source>
        <translation>Ce qu’il peut partager</translation>
    </message>
    <message>
        <source>What makes its readiness</source>
        <translation>Ce qui fait son potentiel</translation>
    </message>
    <message>
        <source>What one weight gains, the others of its group give; locked ones stay as they are.</source>
        <translation>Ce qu’une pondération gagne, les autres de son groupe le cèdent ; celles qui sont verrouillées restent telles quelles.</translation>
    </message>
    <message>
        <source>What runs in the background, from this list</source>
        <translation>Ce qui se lance en arrière-plan depuis cette liste</translation>
    </message>
    <message>
        <source>What the call is about; each gets a score of its own.</source>
        <translation>Ce sur quoi porte l’appel ; chacune a son score.</translation>
    </message>
    <message>
        <source>What the chart shows upward: activity, or what is missing of it.</source>
        <translation>Ce que le graphique montre en hauteur : l’activité, ou ce qui en manque.</translation>
    </message>
    <message>
        <source>What the engine runs on, and how to have it</source>
        <translation>Sur quoi tourne le moteur, et comment l’obtenir</translation>
    </message>
    <message>
        <source>What the indicator measures, and what it is for</source>
        <translation>Ce que mesure l’indicateur, et à quoi il sert</translation>
    </message>
    <message>
        <source>What the indicator really counts for in the score at these weights: how closely the score follows it, as a share of all. Indicators that say the same make each other count for more. In bold where it is twice or half of what the weights say.</source>
        <translation>Ce que l’indicateur compte en réalité dans le score avec ces pondérations : combien le score le suit, en part du tout. Des indicateurs qui disent la même chose se renforcent l’un l’autre. En gras là où c’est le double ou la moitié de ce que disent les poids.</translation>
    </message>
    <message>
        <source>What the last run found in this source</source>
        <translation>Ce que le dernier calcul a trouvé dans cette source</translation>
    </message>
    <message>
        <source>What the last run found in this source, the gravest first.</source>
        <translation>Ce que le dernier calcul a trouvé dans cette source, le plus grave d’abord.</translation>
    </message>
    <message>
        <source>What the last run repaired, doubted or missed in this source, and where.</source>
        <translation>Ce que le dernier calcul a réparé, mis en doute ou pas trouvé dans cette source, et où.</translation>
    </message>
    <message>
        <source>What the layer may be</source>
        <translation>Ce que peut être la couche</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Que faire</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Ce qui a été fait</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Ce qui a été trouvé</translation>
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
        <source>Who called (role)</source>
        <translation>Qui a appelé (fonction)</translation>
    </message>
    <message>
        <source>Who calls whom, what comes next and when it is due</source>
        <translation>Qui appelle qui, quelle est la suite et pour quand</translation>
    </message>
    <message>
        <source>Who entered and left the lists since an earlier run</source>
        <translation>Qui est entré dans les listes ou en est sorti depuis un calcul antérieur</translation>
    </message>
    <message>
        <source>Who entered and left the lists, and why; a click selects the territory.</source>
        <translation>Qui est entré dans les listes et en est sorti, et pourquoi ; un clic sélectionne le territoire.</translation>
    </message>
    <message>
        <source>Who has a page in the atlas and among the sheets: the targets, or what is selected on the map, in the table or in the chart.</source>
        <translation>Qui a une page dans l’atlas et parmi les fiches : les cibles, ou la sélection sur la carte, dans le tableau ou le graphique.</translation>
    </message>
    <message>
        <source>Who the sheets are for</source>
        <translation>À qui s’adressent les fiches</translation>
    </message>
    <message>
        <source>Whole region</source>
        <translation>Toute la région</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Pourquoi</translation>
    </message>
    <message>
        <source>Why Not This One?</source>
        <translation>Pourquoi pas celui-ci ?</translation>
    </message>
    <message>
        <source>Why Not?</source>
        <translation>Pourquoi pas ?</translation>
    </message>
    <message>
        <source>Why a territory stands where it does in the run at hand, one reason a line.</source>
        <translation>Pourquoi un territoire en est là dans le calcul ouvert, une raison par ligne.</translation>
    </message>
    <message>
        <source>Why not this one?</source>
        <translation>Pourquoi pas celui-ci ?</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>Avec qui</translation>
    </message>
    <message>
        <source>Workbench</source>
        <translation>Plan de travail</translation>
    </message>
    <message>
        <source>Write the outreach sheet of this territory and open it</source>
        <translation>Écrire la fiche de prise de contact de ce territoire et l’ouvrir</translation>
    </message>
    <message>
        <source>Writes a copy as a GeoPackage, in the background.</source>
        <translation>Écrit une copie en GeoPackage, en arrière-plan.</translation>
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
        <source>Writes the page to have at hand when one calls.</source>
        <translation>Écrit la page à avoir sous la main quand on appelle.</translation>
    </message>
    <message>
        <source>Writes the rows and columns that are shown into a file.</source>
        <translation>Écrit dans un fichier les lignes et les colonnes affichées.</translation>
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
        <source>Writes these weights and methods into the study file; nothing else in it changes, and the results stay as they are until the next run.</source>
        <translation>Écrit ces pondérations et ces méthodes dans le fichier de l’étude ; rien d’autre n’y change, et les résultats restent tels quels jusqu’au prochain calcul.</translation>
    </message>
    <message>
        <source>Your role or initials</source>
        <translation>Votre fonction ou vos initiales</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomer</translation>
    </message>
    <message>
        <source>a quantity: parts add up</source>
        <translation>une quantité : les parties s’additionnent</translation>
    </message>
    <message>
        <source>a rate or a mean: parts do not add up</source>
        <translation>un taux ou une moyenne : les parties ne s’additionnent pas</translation>
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
        <source>changed since the run</source>
        <translation>changée depuis le calcul</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>entered</source>
        <translation>entré</translation>
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
        <source>left</source>
        <translation>sorti</translation>
    </message>
    <message>
        <source>less counts more</source>
        <translation>moins il y en a, plus cela compte</translation>
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
        <source>more counts more</source>
        <translation>plus il y en a, plus cela compte</translation>
    </message>
    <message>
        <source>no column {names}.</source>
        <translation>pas de colonne {names}.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>introuvable</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>non précisé</translation>
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
        <source>population</source>
        <translation>population</translation>
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
        <source>territories, or call_units: the EPCI, EPT and large communes that the study calls; where nothing is given, the call units if the study asks for some.</source>
        <translation>territories, ou call_units : les EPCI, EPT et grandes communes que l’étude appelle ; si rien n’est donné, les échelons d’appel si l’étude en demande.</translation>
    </message>
    <message>
        <source>the area, or none</source>
        <translation>la surface, ou aucune</translation>
    </message>
    <message>
        <source>the centre of the territory</source>
        <translation>le centre du territoire</translation>
    </message>
    <message>
        <source>where people live</source>
        <translation>les lieux habités</translation>
    </message>
    <message>
        <source>{action}, due on {day}</source>
        <translation>{action}, pour le {day}</translation>
    </message>
    <message>
        <source>{count} of {candidates} candidates chosen.</source>
        <translation>{count} candidats retenus sur {candidates}.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}</source>
        <translation>{file} ne peut pas être écrit : {reason}</translation>
    </message>
    <message>
        <source>{folder} holds no results of a run.</source>
        <translation>{folder} ne contient pas les résultats d’un calcul.</translation>
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
        <source>{title}: in the background…</source>
        <translation>{title} : en arrière-plan…</translation>
    </message>
    <message>
        <source>{title}: the results are on the map.</source>
        <translation>{title} : les résultats sont sur la carte.</translation>
    </message>
    <message>
        <source>{title}: {message}</source>
        <translation>{title} : {message}</translation>
    </message>
    <message>
        <source>“{name}” cannot be read as a layer.</source>
        <translation>« {name} » ne peut être lu comme une couche.</translation>
    </message>
    <message>
        <source>“{name}” has edits that are not saved: its file does not hold them.</source>
        <translation>« {name} » a des modifications non enregistrées : son fichier ne les a pas.</translation>
    </message>
    <message>
        <source>“{name}” has no polygons.</source>
        <translation>« {name} » n’a pas de polygones.</translation>
    </message>
    <message>
        <source>“{name}” is a temporary layer: it is gone when QGIS is closed.</source>
        <translation>« {name} » est une couche temporaire : elle disparaît à la fermeture de QGIS.</translation>
    </message>
    <message>
        <source>“{name}” is being saved as {file}…</source>
        <translation>« {name} » s’enregistre dans {file}…</translation>
    </message>
    <message>
        <source>“{name}” is no plain file: save it in one first (Export in the layer’s menu).</source>
        <translation>« {name} » n’est pas un simple fichier : enregistrez-la d’abord dans un fichier (Exporter, dans le menu de la couche).</translation>
    </message>
    <message>
        <source>“{name}” is not in the catalogue of known sources: say what it measures.</source>
        <translation>« {name} » n’est pas au catalogue des sources connues : dites ce qu’elle mesure.</translation>
    </message>
    <message>
        <source>“{name}” is on a server: the study would depend on its answer.</source>
        <translation>« {name} » est sur un serveur : l’étude dépendrait de sa réponse.</translation>
    </message>
    <message>
        <source>“{name}” looks like “{known}”{use}</source>
        <translation>« {name} » ressemble à « {known} »{use}</translation>
    </message>
    <message>
        <source>“{name}” shows more than a file holds: joins, or computed fields.</source>
        <translation>« {name} » montre plus qu’un fichier : jointures ou champs calculés.</translation>
    </message>
</context>
</TS>

"""French wording of the register: its tables, their fields and values, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages.register_fields_fr import FIELDS

TEXTS: Mapping[str, str] = {
    **FIELDS,
    "registers.agreement": ("{axis} : kappa pondéré de {kappa} sur {n} projets codés par deux personnes."),
    "registers.agreement_undefined": (
        "{axis} : pas de kappa sur {n} projets codés par deux personnes, car il n’est défini que si leurs notes varient."
    ),
    "quality.register_no_year": ("Projets sans année"),
    "quality.register_future_year": ("Projets d’une année postérieure à la date de l’étude"),
    "quality.register_wrong_value": ("Cellules du registre illisibles ou hors bornes, prises comme manquantes"),
    "quality.register_unknown_value": ("Cellules qui ne contiennent aucune des valeurs de leur champ"),
    "quality.register_unknown_epci": ("EPCI qu’aucun groupe de l’étude ne connaît, porteurs de projets"),
    "quality.register_unknown_theme": ("Thèmes du registre que l’étude n’a pas"),
    "quality.register_unknown_place": ("Lignes du registre qui ne concernent aucun territoire de l’étude"),
    "quality.register_cofunding_above_budget": ("Projets dont le cofinancement dépasse le budget"),
    "quality.register_personal_contact": (
        "Contacts qui ressemblent à l’adresse ou au téléphone d’une personne, montrés nulle part : indiquer une fonction"
    ),
    "quality.register_contact_expired": (
        "Contacts dont la durée de conservation est passée, qui ne sont plus montrés : à retirer du registre"
    ),
    "quality.register_searched_but_documented": (
        "Territoires où l’enquête dit n’avoir rien trouvé alors qu’un projet y figure, lequel compte"
    ),
    "quality.register_no_call": ("Candidatures à un appel que le registre n’a pas"),
    "quality.register_call_dates": ("Appels qui ferment avant d’ouvrir"),
    "quality.register_same_project": ("Lignes qui sont un même projet écrit de deux façons, compté une fois"),
    "quality.register_alike_titles": (
        "Projets d’un même territoire aux titres presque identiques, comptés chacun : voir s’ils n’en font qu’un"
    ),
    "quality.factor_not_older": (
        "Facteurs de réussite qui ne sont pas antérieurs aux projets qu’ils expliqueraient, laissés hors du modèle d’activité"
    ),
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "register.exists": (
        "un fichier de ce nom existe déjà, et un registre que quelqu’un a rempli n’est jamais écrasé.",
        "Donnez un autre nom, ou déplacez d’abord ce fichier.",
    ),
    "register.not_gpkg": (
        "un registre est un GeoPackage, et ce nom ne finit pas par .gpkg.",
        "Donnez un nom comme {name}.",
    ),
    "register.no_folder": (
        "le dossier {folder} n’existe pas.",
        "Créez-le d’abord, ou donnez un emplacement dans un dossier existant.",
    ),
    "register.not_writable": (
        "le fichier ne peut pas être écrit ({reason}).",
        "Choisissez un autre dossier, ou vérifiez ses droits d’accès et l’espace libre.",
    ),
    "registers.mapping_name": (
        "{name} ne fait pas partie d’une correspondance.",
        "Connus ici : {known}.",
    ),
    "registers.mapping_form": (
        "{name} ne contient pas de noms avec leurs valeurs.",
        "Écrire dessous un nom et sa valeur par ligne, comme le montre docs/register_import.md.",
    ),
    "registers.no_title": (
        "aucune colonne n’est dite contenir les titres des projets (colonnes : {known}).",
        "La nommer dans une correspondance, sous columns, comme title.",
    ),
    "registers.cell": (
        "ligne {row} : le registre ne peut contenir {cell}.",
        "Corriger la cellule, dire sous values de la correspondance ce qu’elle signifie, ou écarter ces lignes avec --skip-bad.",
    ),
    "registers.row_no_title": (
        "la ligne {row} n’a pas de titre.",
        "Le renseigner, ou écarter ces lignes avec --skip-bad.",
    ),
    "registers.row_no_place": (
        "la ligne {row} ne nomme ni territoire ni EPCI.",
        "Renseigner un code, ou écarter ces lignes avec --skip-bad.",
    ),
    "registers.row_person": (
        "ligne {row} : le contact ressemble à l’adresse ou au téléphone d’une personne.",
        "Écrire plutôt une fonction, ou écarter ces lignes avec --skip-bad.",
    ),
    "registers.row_no_retention": (
        "la ligne {row} a un contact et pas de date jusqu’à laquelle le conserver.",
        "Renseigner retention_date, ou en donner une sous defaults de la correspondance.",
    ),
    "registers.locked": (
        "le registre est ouvert ailleurs, dans QGIS par exemple.",
        "L’y enregistrer et le fermer, puis réessayer ; après une panne, l’ouvrir et le fermer une fois dans QGIS.",
    ),
    "registers.rows_known": (
        "{count} lignes sont déjà dans le registre, ou deux fois dans le tableau, et n’ont pas été ajoutées ({examples}).",
        "Rien à faire, à moins que deux projets ne portent un même titre.",
    ),
    "registers.rows_skipped": (
        "{count} lignes illisibles ont été écartées ({examples}).",
        "Les corriger et importer le tableau à nouveau ; rien n’est ajouté deux fois.",
    ),
}

"""French wording of the register: its tables, their fields and values, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages.register_fields_fr import FIELDS

TEXTS: Mapping[str, str] = {
    **FIELDS,
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
}

"""English wording of the register: its tables, their fields and values, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages.register_fields_en import FIELDS

TEXTS: Mapping[str, str] = {
    **FIELDS,
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "register.exists": (
        "there is a file of this name already, and a register that somebody filled in is never overwritten.",
        "Give another name, or move the file away first.",
    ),
    "register.not_gpkg": (
        "a register is a GeoPackage, and this name does not end in .gpkg.",
        "Give a name such as {name}.",
    ),
    "register.no_folder": (
        "the folder {folder} does not exist.",
        "Make it first, or give a place in a folder that exists.",
    ),
    "register.not_writable": (
        "the file cannot be written ({reason}).",
        "Choose another folder, or check its permissions and the free space.",
    ),
}

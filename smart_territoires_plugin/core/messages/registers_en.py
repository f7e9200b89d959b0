"""English wording of the register: its tables, their fields and values, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages.register_fields_en import FIELDS

TEXTS: Mapping[str, str] = {
    **FIELDS,
    "registers.agreement": ("{axis}: weighted kappa {kappa} over {n} projects that two people coded."),
    "registers.agreement_undefined": (
        "{axis}: no kappa over {n} projects that two people coded, for it is defined only where their marks vary."
    ),
    "quality.register_no_year": ("Projects without a year"),
    "quality.register_future_year": ("Projects of a year after the study’s date"),
    "quality.register_wrong_value": (
        "Cells of the register that cannot be read or are out of bounds, taken as missing"
    ),
    "quality.register_unknown_value": ("Cells that hold none of the values of their field"),
    "quality.register_unknown_epci": ("EPCI that no group of the study has, of projects that it bears"),
    "quality.register_unknown_theme": ("Themes of the register that the study does not have"),
    "quality.register_unknown_place": ("Rows of the register about no territory of the study"),
    "quality.register_cofunding_above_budget": ("Projects whose co-funding exceeds their budget"),
    "quality.register_personal_contact": (
        "Contacts that look like a person’s address or telephone, shown nowhere: write a role instead"
    ),
    "quality.register_contact_expired": (
        "Contacts past the day until which they may be kept, no longer shown: remove them from the register"
    ),
    "quality.register_searched_but_documented": (
        "Territories where the survey says that nothing was found though a project is there, which counts"
    ),
    "quality.register_no_call": ("Applications to a call that the register does not have"),
    "quality.register_call_dates": ("Calls that close before they open"),
    "quality.register_same_project": ("Rows that are one project in two spellings, counted once"),
    "quality.register_alike_titles": (
        "Projects of one territory whose titles are nearly the same, each counted: see whether they are one"
    ),
    "quality.factor_not_older": (
        "Success factors that are not older than the projects that they would explain, kept out of the model of activity"
    ),
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
    "registers.mapping_name": (
        "{name} is no part of a mapping.",
        "Known here: {known}.",
    ),
    "registers.mapping_form": (
        "{name} does not hold names with their values.",
        "Write one name: value a line below it, as docs/register_import.md shows.",
    ),
    "registers.no_title": (
        "no column is said to hold the titles of projects (columns: {known}).",
        "Name it in a mapping, below columns, as title.",
    ),
    "registers.cell": (
        "row {row}: the register cannot hold {cell}.",
        "Mend the cell, say below values of the mapping what it stands for, or leave such rows out with --skip-bad.",
    ),
    "registers.row_no_title": (
        "row {row} has no title.",
        "Fill it in, or leave such rows out with --skip-bad.",
    ),
    "registers.row_no_place": (
        "row {row} names neither a territory nor an EPCI.",
        "Fill in a code, or leave such rows out with --skip-bad.",
    ),
    "registers.row_person": (
        "row {row}: the contact looks like a person’s address or telephone.",
        "Write a role instead, or leave such rows out with --skip-bad.",
    ),
    "registers.row_no_retention": (
        "row {row} has a contact and no day until which it may be kept.",
        "Fill in retention_date, or give one below defaults of the mapping.",
    ),
    "registers.locked": (
        "the register is open elsewhere, in QGIS for example.",
        "Save and close it there, then try again; after a crash, open and close it once in QGIS.",
    ),
    "registers.rows_known": (
        "{count} rows are in the register already, or twice in the table, and were not added ({examples}).",
        "Nothing to do, unless two projects bear one title.",
    ),
    "registers.rows_skipped": (
        "{count} rows were left out because they cannot be read ({examples}).",
        "Mend them and import the table again; nothing is added twice.",
    ),
}

"""How the columns of an existing table become fields of projects: given in a file, or guessed by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.messages import LANGUAGES, text
from smart_territoires_plugin.core.register.choices import choices
from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.sources.aliases import alias_of
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.sources.writing import plain
from smart_territoires_plugin.core.study.documents import read_document
from smart_territoires_plugin.core.study.schema import nearest

_PROJECTS = TABLES["projects"]
# What services call these columns, besides the names and labels of the fields.
_USUAL = {
    "title": ("titre", "intitulé du projet", "nom du projet", "projet", "name", "project"),
    "codes": ("code", "codes", "insee", "communes", "territoires"),
    "stage": ("étape", "avancement", "statut", "état", "status"),
    "theme": ("thématique", "topic"),
    "budget_eur": ("budget", "coût", "cost"),
    "partners": ("partenaires",),
}
_BLOCKS = ("columns", "values", "defaults")


@dataclass(frozen=True)
class Mapped:
    """What each field of a project is taken from.

    Parameters
    ----------
    columns : mapping of field to column
    values : mapping of field to mapping of what the table writes to what the field holds
    defaults : mapping of field to value
        Of cells that are empty, and of fields without a column.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> dict[str, dict]:
        """What a mapping file holds."""
        made = {"columns": dict(self.columns), "values": {k: dict(v) for k, v in self.values.items()}}
        return {name: block for name, block in {**made, "defaults": dict(self.defaults)}.items() if block}


def read_mapping(path: Path) -> Mapped:
    """Read a mapping file.

    Raises
    ------
    SourceError
        With every block and field that is none.
    """
    document = read_document(Path(path))
    content, problems = document.content, []
    for block in content:
        if block not in _BLOCKS:
            values = {"name": block, "known": ", ".join(_BLOCKS)}
            problems.append(Problem("registers.mapping_name", document.where((block,)), values))
    blocks = {}
    for block in _BLOCKS:
        found = content.get(block) or {}
        if not isinstance(found, dict):
            problems.append(Problem("registers.mapping_form", document.where((block,)), {"name": block}))
            found = {}
        blocks[block] = found
        for name in found:
            if name not in _PROJECTS.names:
                values = {"name": name, "known": nearest(str(name), _PROJECTS.names)}
                problems.append(Problem("registers.mapping_name", document.where((block, name)), values))
            elif block == "values" and not isinstance(found[name], dict):
                problems.append(Problem("registers.mapping_form", document.where((block, name)), {"name": name}))
    if problems:
        raise SourceError(*problems)
    columns = {name: str(column) for name, column in blocks["columns"].items()}
    return Mapped(columns, blocks["values"], blocks["defaults"])


def guessed_mapping(present: Iterable[str]) -> Mapped:
    """Return the mapping that the names of columns suggest: those of the fields, their labels in French or English.

    Examples
    --------
    >>> dict(guessed_mapping(["Intitulé", "TITLE", "Étape", "Année"]).columns)
    {'title': 'TITLE', 'stage': 'Étape', 'year': 'Année'}
    """
    present = [str(name) for name in present]
    made: dict[str, str] = {}
    for name in _PROJECTS.names:
        labels = [name, *(text(f"register.field.projects.{name}", lang) for lang in LANGUAGES), *_USUAL.get(name, ())]
        free = [column for column in present if column not in made.values()]
        same = [column for label in labels for column in free if plain(column) == plain(label)]
        if not same and name == "codes":
            # A territory's code has had many names in open data.
            same = alias_of("code_insee", free)
        if same:
            made[name] = same[0]
    return Mapped(made)


def columns_of(mapped: Mapped, present: Iterable[str], where: str) -> dict[str, str]:
    """Return the column of each field that has one.

    Raises
    ------
    SourceError
        Naming every column that is not there; or if no field has the title.
    """
    present = [str(name) for name in present]
    found = {name: find_field(column, present) for name, column in mapped.columns.items()}
    problems = [
        Problem(
            "source.no_field", where, {"field": mapped.columns[name], "known": nearest(mapped.columns[name], present)}
        )
        for name, column in found.items()
        if column is None
    ]
    if "title" not in found and "title" not in mapped.defaults:
        problems.append(Problem("registers.no_title", where, {"known": ", ".join(present[:20])}))
    if problems:
        raise SourceError(*problems)
    return {name: column for name, column in found.items() if column is not None}


def translated(name: str, cell: str, mapped: Mapped) -> Any:
    """Return what a field holds for a cell: by the mapping, by the labels of its values, or as it is written.

    Examples
    --------
    >>> translated("stage", "En cours", Mapped({}, {"stage": {"en cours": "running"}}))
    'running'
    >>> translated("stage", " Done", Mapped({}))
    'done'
    """
    said = {plain(str(key)): value for key, value in mapped.values.get(name, {}).items()}
    if plain(cell) in said:
        return said[plain(cell)]
    labels = {}
    for lang in LANGUAGES:
        labels.update({plain(label): code for code, label in choices(_PROJECTS.field(name), lang)})
    labels.update({plain(code): code for code in _PROJECTS.field(name).values})
    return labels.get(plain(cell), cell.strip())

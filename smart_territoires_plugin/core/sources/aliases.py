"""The names that one column has had in French open data: ``resources/field_aliases.yaml``, which anyone may edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.core.sources.writing import plain
from smart_territoires_plugin.core.study.documents import Document, read_document


def alias_of(wanted: str, present: Iterable[str]) -> list[str]:
    """Return the present columns that are a wanted one under another name.

    Examples
    --------
    >>> alias_of("code_insee", ["INSEE_COM", "NOM"])
    ['INSEE_COM']
    >>> alias_of("value", ["INSEE_COM", "NOM"])
    []
    """
    group = _groups().get(_key(wanted))
    return [name for name in present if group is not None and _groups().get(_key(name)) == group]


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, str]:
    return read_groups(read_document(resource("resources", "field_aliases.yaml")))


def read_groups(document: Document) -> dict[str, str]:
    """Return the group of each name.

    Raises
    ------
    StudyError
        If the file is no list of names by group, or a name stands in two groups.
    """
    found: dict[str, str] = {}
    groups = document.content.get("aliases")
    if not isinstance(groups, dict):
        raise StudyError(Problem("aliases.wrong", document.where(("aliases",)), {"name": "aliases"}))
    for group, names in groups.items():
        where = document.where(("aliases", group))
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise StudyError(Problem("aliases.wrong", where, {"name": group}))
        for name in names:
            if found.setdefault(_key(name), group) != group:
                raise StudyError(Problem("aliases.twice", where, {"name": name}))
    return found


def _key(name: str) -> str:
    return re.sub(r"[\s'’-]+", "_", plain(name))

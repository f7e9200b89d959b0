"""Finding a column under another case, without its accents or by another vintage's name; saying which are near else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.aliases import alias_of
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.writing import plain
from smart_territoires_plugin.core.study.schema import nearest


def find_field(wanted: str, present: Iterable[str]) -> Optional[str]:
    """Return the present column that a wanted name means, or None where there is none, or several.

    Examples
    --------
    >>> find_field("mediane", ["Médiane"]), find_field("code_insee", ["INSEE_COM"])
    ('Médiane', 'INSEE_COM')
    """
    present = list(present)
    if wanted in present:
        return wanted
    same = [name for name in present if plain(name) == plain(wanted)]
    same = same or alias_of(wanted, present)
    return same[0] if len(same) == 1 else None


def resolve_fields(source: str, wanted: Iterable[str], present: Iterable[str]) -> tuple[dict, list[QualityRecord]]:
    """Return the present column of each wanted one, and a record of those found under another writing.

    Raises
    ------
    SourceError
        Naming every column that is not there, with the nearest names.
    """
    present = list(present)
    found = {name: find_field(name, present) for name in dict.fromkeys(wanted)}
    absent = [name for name, actual in found.items() if actual is None]
    if absent:
        raise SourceError(
            *(
                Problem("source.no_field", source, {"field": name, "known": nearest(name, present[:200])})
                for name in absent
            )
        )
    renamed = [f"{name} → {actual}" for name, actual in found.items() if name != actual]
    return found, record(source, "field_renamed", "R", renamed)

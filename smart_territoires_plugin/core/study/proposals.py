"""What a study may do with a layer: the source, the indicator and the theme that would be added, as changes to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from smart_territoires_plugin.core.study.catalogue import (
    POPULATION,
    Known,
    field_for,
    plain,
    proposed_indicator,
    proposed_source,
)
from smart_territoires_plugin.core.study.new_study import THEMES, guessed_fields

_MAX = 40


@dataclass(frozen=True)
class Proposal:
    """What a layer may be to a study.

    Parameters
    ----------
    source_id : str
    source : mapping
        Entry of ``sources``.
    indicator : mapping
        Empty where none is proposed.
    population : str
        Field that tells the inhabitants; empty where it is for something else.
    known : Known, optional
        As what it was recognised.
    """

    source_id: str
    source: Mapping[str, Any]
    indicator: Mapping[str, Any] = field(default_factory=dict)
    population: str = ""
    known: Optional[Known] = None


def identifier_for(name: str, taken: Iterable[str] = ()) -> str:
    """Return an identifier for a name, none of those that are taken.

    Examples
    --------
    >>> identifier_for("Zone inondable (été)", ["zone_inondable_ete"]), identifier_for("2024")
    ('zone_inondable_ete_2', 'source_2024')
    """
    made = re.sub(r"_+", "_", re.sub(r"[^a-z0-9_]", "_", plain(name)))[:_MAX].strip("_")
    if not made[:1].isalpha():
        made = f"source_{made}".rstrip("_")
    used = {one.casefold() for one in taken}
    number, found = 1, made
    while found.casefold() in used:
        number += 1
        found = f"{made}_{number}"
    return found


def proposal(
    known: Optional[Known],
    name: str,
    fields: Sequence[str],
    geometry: str,
    entry: Mapping[str, Any],
    content: Mapping[str, Any],
) -> Proposal:
    """Return what a layer may be to a study.

    Parameters
    ----------
    known : Known, optional
        None where it was not recognised: it becomes a source without an indicator.
    name : str
        Of the layer.
    fields : sequence of str
    geometry : {"polygons", "lines", "points", "raster", "table"}
    entry : mapping
        ``path``, and ``layer`` and ``where`` where it has them.
    content : mapping
        Of the study.
    """
    sources = content.get("sources") or {}
    identifier = identifier_for(known.id if known is not None else name, sources)
    if known is None:
        code = guessed_fields(fields).code if geometry == "table" else ""
        return Proposal(identifier, {**entry, **({"key": code} if code else {})})
    source = {**proposed_source(known, fields, entry["path"], entry.get("layer") or ""), **entry}
    indicator = proposed_indicator(known, fields, identifier)
    if indicator:
        taken = [str(item.get("id")) for item in content.get("indicators") or ()]
        indicator = {**indicator, "id": identifier_for(indicator["id"], taken)}
    counted = known.content.get("field", "") if known.use == POPULATION else ""
    return Proposal(identifier, source, indicator, (field_for(counted, fields) or counted) if counted else "", known)


def changes_for(proposed: Proposal, content: Mapping[str, Any], indicator: Optional[Mapping] = None) -> dict[str, Any]:
    """Return the changes that take a proposal into a study.

    Parameters
    ----------
    indicator : mapping, optional
        In the place of the proposed one; an empty one adds the source alone.
    """
    wanted = dict(proposed.indicator if indicator is None else indicator)
    changes: dict[str, Any] = {}
    theme = wanted.get("theme")
    if theme and theme in THEMES and theme not in [item.get("id") for item in content.get("themes") or ()]:
        name = THEMES[theme]
        changes[f"themes.{theme}"] = {"name": {"fr": name.fr, "en": name.en}, "weight": 1}
    changes[f"sources.{proposed.source_id}"] = dict(proposed.source)
    if proposed.population and indicator is None:
        changes["territories.population"] = {"source": proposed.source_id, "field": proposed.population}
    if wanted:
        identifier = wanted.pop("id")
        changes[f"indicators.{identifier}"] = {"id": identifier, **wanted}
    return changes

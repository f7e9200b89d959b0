"""The catalogue of known sources: a layer is recognised by its fields, and a measure is proposed for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional

import yaml

from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.core.study.model import Name

TERRITORIES, POPULATION, INDICATOR = "territories", "population", "indicator"
# A table with points has what a table needs, and more.
_SERVES = {"table": {"table", "points", "lines", "polygons"}}
_COPIED = ("key", "combine", "status", "survey", "attribution", "licence")
_FIELDS = ("field", "numerator", "denominator")


@dataclass(frozen=True)
class Known:
    """One kind of source that the catalogue knows.

    Parameters
    ----------
    id : str
    name : Name
    use : {"territories", "population", "indicator"}
    geometry : {"polygons", "lines", "points", "raster", "table"}
    needs : tuple of tuple of str
        Fields that must be there, each under one of several names.
    content : mapping
        The whole entry.
    """

    id: str
    name: Name
    use: str
    geometry: str
    needs: tuple[tuple[str, ...], ...]
    content: Mapping[str, Any]

    def warning(self, lang: str) -> str:
        """Return what a person should know before using it; empty where there is nothing."""
        return str(self.content.get("warning", {}).get(lang, ""))


def read_catalogue(path: Optional[Path] = None) -> tuple[Known, ...]:
    """Read a catalogue: the shipped one, or one that a person edited.

    Examples
    --------
    >>> [one.id for one in read_catalogue()][:2]
    ['communes_admin_express', 'population_insee']
    """
    path = path or resource("resources", "catalogue", "sources.yaml")
    entries = yaml.safe_load(Path(path).read_text(encoding="utf-8"))["sources"]
    return tuple(
        Known(
            entry["id"],
            Name(entry["name"]["fr"], entry["name"]["en"]),
            entry["use"],
            entry["geometry"],
            tuple(tuple(str(need).split("|")) for need in entry["needs"]),
            entry,
        )
        for entry in entries
    )


def plain(name: str) -> str:
    """Return a field's name without case, accents, spaces and hyphens.

    Examples
    --------
    >>> plain("Code Commune"), plain("Année")
    ('code_commune', 'annee')
    """
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return "_".join(letters.casefold().replace("-", " ").split())


def field_for(need: str, fields: Sequence[str]) -> Optional[str]:
    """Return the field that goes by one of the names of a need (``a|b``), as the source writes it."""
    known = {plain(field): field for field in fields}
    return next((known[plain(name)] for name in need.split("|") if plain(name) in known), None)


def recognise(fields: Sequence[str], geometry: str, catalogue: Sequence[Known]) -> tuple[Known, ...]:
    """Return what a source may be, the entry that explains most of its fields first.

    Parameters
    ----------
    fields : sequence of str
        Names of its columns.
    geometry : {"polygons", "lines", "points", "raster", "table"}

    Examples
    --------
    >>> [one.id for one in recognise(["ID_ZONE", "NIVALEA", "CODERISQUE"], "polygons", read_catalogue())]
    ['pprn_hazard']
    """
    found = []
    for place, known in enumerate(catalogue):
        if geometry not in _SERVES.get(known.geometry, {known.geometry}):
            continue
        if all(field_for("|".join(names), fields) is not None for names in known.needs):
            found.append((-len(known.needs), place, known))
    return tuple(known for *_, known in sorted(found, key=lambda item: item[:2]))


def proposed_source(known: Known, fields: Sequence[str], path: str, layer: str = "") -> dict[str, Any]:
    """Return the entry of ``sources`` that a study may have for a recognised source."""
    made: dict[str, Any] = {"path": path, **({"layer": layer} if layer else {})}
    for key in _COPIED:
        if key in known.content:
            value = known.content[key]
            made[key] = (field_for(value, fields) or value) if key == "key" else value
    return made


def proposed_indicator(known: Known, fields: Sequence[str], source: str) -> dict[str, Any]:
    """Return the entry of ``indicators`` that a study may have for a recognised source; empty for other uses.

    Examples
    --------
    >>> (known,) = recognise(["code_insee", "conso_normal_mwh"], "table", read_catalogue())
    >>> proposed_indicator(known, ["code_insee", "conso_normal_mwh"], "energy")["measure"]
    {'kind': 'per_capita', 'source': 'energy', 'field': 'conso_normal_mwh'}
    """
    if known.use != INDICATOR:
        return {}
    asked = dict(known.content["indicator"])
    measure: dict[str, Any] = {"kind": asked.pop("kind"), "source": source}
    for key in _FIELDS:
        if key in asked:
            written = asked.pop(key)
            measure[key] = field_for(written, fields) or written
    where = known.content.get("where")
    if where:
        measure["where"] = condition(where, fields)
    if "levels" in known.content:
        levels = known.content["levels"]
        measure["levels"] = {**levels, "field": field_for(levels["field"], fields) or levels["field"]}
    return {**asked, "measure": measure}


def condition(where: Mapping[str, str], fields: Sequence[str]) -> str:
    """Return a filter in SQL; names and texts are quoted.

    Examples
    --------
    >>> condition({"field": "coderisque", "starts": "11"}, ["CODERISQUE"])
    '"CODERISQUE" LIKE \\'11%\\''
    """
    name = (field_for(where["field"], fields) or where["field"]).replace('"', '""')
    if "equals" in where:
        value = str(where["equals"]).replace("'", "''")
        return f"\"{name}\" = '{value}'"
    value = str(where["starts"]).replace("'", "''")
    return f"\"{name}\" LIKE '{value}%'"

"""Reading of a results folder: the rows of every page are made here, before any layout exists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import Any, Optional

from osgeo import gdal, ogr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

from smart_territoires_plugin.atlas.problems import atlas_error
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.targeting.decisions import apply_decisions, decisions_in

PACKAGE = "results.gpkg"
MANIFEST = "manifest.json"
NEEDED_COLUMNS = ("code", "name", "segment")
# In place of the rank of a territory that a person added to the list.
ADDED = "+"


@dataclass(frozen=True)
class Territory:
    """One row of the layer ``territories``.

    Parameters
    ----------
    code, name : str
        Identifier and place name, as they are.
    values : mapping
        Every column; None where it is empty.
    geometry : QgsGeometry
        In the study's coordinate reference system; may be empty.
    """

    code: str
    name: str
    values: Mapping[str, Any]
    geometry: QgsGeometry

    def value(self, column: str) -> Any:
        """Return a column's value, None where it is empty or the study has no such column."""
        return self.values.get(column)

    def number(self, column: str) -> Optional[float]:
        """Return a column as a number, None where it is empty."""
        value = self.values.get(column)
        return None if value is None or value == "" or value != value else float(value)


@dataclass(frozen=True)
class Results:
    """What the atlas needs of a results folder.

    Parameters
    ----------
    study : mapping
        The manifest's ``study``: name, date, themes, indicators, sources, shortlist.
    notices : tuple of str
        Codes among ``fictitious``, ``synthetic``, ``proxy``.
    crs : QgsCoordinateReferenceSystem
        That of the layer.
    territories : tuple of Territory
        All of them, in the layer's order.
    targets : tuple of Territory
        The segment ``engage`` in rank order, up to the study's shortlist; where a person decided of it, the list to
        call, in which those that were added have no rank.
    decisions : mapping of code to Decision
    """

    study: Mapping[str, Any]
    notices: tuple
    crs: QgsCoordinateReferenceSystem
    territories: tuple
    targets: tuple
    decisions: Mapping[str, Decision]

    def named(self, code: Optional[str]) -> Optional[Territory]:
        """Return the territory of a code, None if there is none."""
        return next((territory for territory in self.territories if territory.code == code), None) if code else None

    def in_segment(self, segment: str) -> tuple:
        """Return the territories of a segment."""
        return tuple(t for t in self.territories if t.value("segment") == segment)

    def median(self, column: str) -> Optional[float]:
        """Return a column's median over the territories that have a value."""
        numbers = [number for number in (t.number(column) for t in self.territories) if number is not None]
        return median(numbers) if numbers else None

    def label(self, thing: Mapping[str, Any], lang: str) -> str:
        """Return the name of a theme or an indicator in a language, else in the other one, else its identifier."""
        name = thing.get("name") or {}
        if isinstance(name, str):
            return name
        return str(name.get(lang) or next(iter(name.values()), None) or thing.get("id", ""))

    def theme_name(self, theme_id: Optional[str], lang: str) -> str:
        """Return a theme's name, the identifier itself where the study does not describe it, else nothing."""
        for theme in self.study.get("themes") or ():
            if theme.get("id") == theme_id:
                return self.label(theme, lang)
        return str(theme_id or "")


def read_results(folder: Path, lang: str) -> Results:
    """Read the manifest and the layer ``territories``; nothing is written in the folder.

    Parameters
    ----------
    folder : Path
        What ``smart-territoires run`` wrote.
    lang : {"fr", "en"}
        Language of the error, if any.

    Raises
    ------
    AtlasError
        If the folder holds no results or they cannot be read.
    """
    check_results(folder, lang)
    manifest = _read_manifest(folder, lang)
    study = manifest.get("study") or {}
    crs, territories = _read_territories(folder, lang)
    ranked = sorted(
        (t for t in territories if t.value("segment") == "engage" and t.number("target_rank") is not None),
        key=lambda t: (t.number("target_rank"), t.code),
    )
    shortlist = study.get("shortlist")
    targets = ranked if shortlist is None else ranked[: int(shortlist)]
    decisions = _decisions(study, [territory.code for territory in territories])
    if decisions:
        # They are in the list to call: who was pinned comes first, who was added last, who was excluded has no page.
        by_code = {territory.code: territory for territory in territories}
        targets = [by_code[code] for code in _listed(folder, lang) if code in by_code]
    return Results(
        study=MappingProxyType(study),
        notices=tuple(manifest.get("notices") or ()),
        crs=crs,
        territories=territories,
        targets=tuple(targets),
        decisions=MappingProxyType(decisions),
    )


def _decisions(study: Mapping[str, Any], codes: list) -> dict[str, Decision]:
    """Return what a person decided, by the code of the territory."""
    written = ((study.get("content") or {}).get("targeting") or {}).get("decisions") or ()
    decided = apply_decisions((), decisions_in(written), codes, 0)
    return {codes[row]: decision for row, decision in decided.by_row.items()}


def check_results(folder: Path, lang: str) -> None:
    """Refuse a folder in which a file of the results is missing."""
    for name in (PACKAGE, MANIFEST):
        if not (folder / name).is_file():
            raise atlas_error("atlas.no_results", folder, lang, missing=name)


def _read_manifest(folder: Path, lang: str) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise atlas_error("atlas.unreadable", folder, lang, file=MANIFEST) from error
    if not isinstance(manifest, dict):
        raise atlas_error("atlas.unreadable", folder, lang, file=MANIFEST)
    return manifest


def _read_territories(folder: Path, lang: str) -> tuple:
    # Read through GDAL, read only: a QGIS layer on the file would hold it open and may leave a journal beside it.
    try:
        package = gdal.OpenEx(str(folder / PACKAGE), gdal.OF_VECTOR | gdal.OF_READONLY)
    except RuntimeError as error:
        raise atlas_error("atlas.unreadable", folder, lang, file=PACKAGE) from error
    if package is None:
        raise atlas_error("atlas.unreadable", folder, lang, file=PACKAGE)
    layer = package.GetLayerByName("territories")
    if layer is None:
        raise atlas_error("atlas.no_layer", folder, lang, layer="territories")
    definition = layer.GetLayerDefn()
    columns = [definition.GetFieldDefn(index).GetName() for index in range(definition.GetFieldCount())]
    for column in NEEDED_COLUMNS:
        if column not in columns:
            raise atlas_error("atlas.no_field", folder, lang, field=column, layer="territories")
    spatial_reference = layer.GetSpatialRef()
    crs = QgsCoordinateReferenceSystem()
    if spatial_reference is not None:
        crs.createFromWkt(spatial_reference.ExportToWkt())
    territories = tuple(_territory(feature, columns) for feature in layer)
    layer = None
    package = None
    return crs, territories


def _listed(folder: Path, lang: str) -> list:
    """Return the codes of the list to call, in its order."""
    try:
        package = gdal.OpenEx(str(folder / PACKAGE), gdal.OF_VECTOR | gdal.OF_READONLY)
    except RuntimeError as error:
        raise atlas_error("atlas.unreadable", folder, lang, file=PACKAGE) from error
    layer = package.GetLayerByName("targets")
    if layer is None:
        raise atlas_error("atlas.no_layer", folder, lang, layer="targets")
    codes = [str(feature.GetField("code")) for feature in layer]
    layer = None
    package = None
    return codes


def _territory(feature: ogr.Feature, columns: list) -> Territory:
    values = {
        column: feature.GetField(index) if feature.IsFieldSetAndNotNull(index) else None
        for index, column in enumerate(columns)
    }
    geometry = QgsGeometry()
    shape = feature.GetGeometryRef()
    if shape is not None and not shape.IsEmpty():
        geometry.fromWkb(bytes(shape.ExportToWkb()))
    code = str(values["code"])
    return Territory(code, str(values["name"] or code), MappingProxyType(values), geometry)

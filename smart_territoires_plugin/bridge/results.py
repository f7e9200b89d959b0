"""Results out: the layers of a results folder in one styled group, taken away and brought back around a new run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from qgis.core import (
    QgsEditorWidgetSetup,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsVectorLayer,
)
from qgis.PyQt.QtXml import QDomDocument

from smart_territoires_plugin.bridge.labels import column_label
from smart_territoires_plugin.bridge.layer_metadata import describe_layer, notices
from smart_territoires_plugin.bridge.log import log_warning
from smart_territoires_plugin.bridge.manifest import ResultsDescription, read_description
from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.resources import resource

FOLDER_PROPERTY = "smart_territoires/results_folder"
STYLE_PROPERTY = "smart_territoires/style"
_THEME_COLUMNS = ("recommended_theme", "theme", "asked_theme")


@dataclass(frozen=True)
class ResultLayer:
    """One layer of the group: which table, under which label, in which style, shown or not at first."""

    table: str
    label: str
    style: str
    is_shown: bool


# From top to bottom of the group; the lines to peers cross the whole map, so a person asks for them.
RESULT_LAYERS = (
    ResultLayer("targets", "layer.targets", "targets", True),
    ResultLayer("peers", "layer.peers", "peers", False),
    ResultLayer("call_units", "layer.call_units", "call_units", False),
    ResultLayer("territories", "style.segments", "territories_segments", True),
    ResultLayer("territories", "style.readiness", "territories_readiness", False),
    ResultLayer("territories", "style.priority", "territories_priority", False),
    ResultLayer("lists", "layer.lists", "", False),
    ResultLayer("approach", "layer.approach", "", False),
    ResultLayer("cofunders", "layer.cofunders", "", False),
    ResultLayer("benchmark_comparison", "layer.benchmark_comparison", "", False),
    ResultLayer("exchange_groups", "layer.exchange_groups", "", False),
    ResultLayer("network", "layer.network", "", False),
    ResultLayer("activity_detail", "layer.activity_detail", "", False),
    ResultLayer("theme_segments", "layer.theme_segments", "", False),
    ResultLayer("indicators", "layer.indicators", "", False),
    ResultLayer("quality", "layer.quality", "", False),
)


def has_results(folder: Path) -> bool:
    """Whether a folder holds the results of a run."""
    return (folder / "results.gpkg").is_file() and (folder / "manifest.json").is_file()


def load_results(folder: Path, lang: str, project: QgsProject, position: int = 0) -> list[QgsVectorLayer]:
    """Add the layers of a results folder to a project, in one group, at once; see ``add_results``.

    Returns
    -------
    list of QgsVectorLayer
        Top to bottom.
    """
    return list(add_results(folder, lang, project, position))


def add_results(folder: Path, lang: str, project: QgsProject, position: int = 0) -> Iterator[QgsVectorLayer]:
    """Add the layers of a results folder to a project, in one group, one by one; on the main thread.

    Each layer takes some milliseconds: who has windows to keep alive lets them breathe between two of them. Layers of
    the same folder that are there already are taken away first.

    Parameters
    ----------
    folder : Path
        Where a run wrote its results.
    lang : {"fr", "en"}
        Language of labels and styles.
    project : QgsProject
        The project to add to.
    position : int
        Place of the group among its siblings; 0 is the top.

    Yields
    ------
    QgsVectorLayer
        Each layer once it is there, top to bottom.

    Raises
    ------
    ResultsError
        If the folder holds no results; nothing is added then.
    """
    description = read_description(folder)
    path = folder / "results.gpkg"
    if not has_results(folder):
        raise ResultsError(Problem("atlas.no_results", str(folder), {"missing": "results.gpkg"}))
    former = release_results(folder, project)
    position = position if former is None else former
    name = " – ".join(["Smart Territoires", description.name, *notices(description, lang)])
    group = project.layerTreeRoot().insertGroup(position, name)
    group.setCustomProperty(FOLDER_PROPERTY, str(folder))
    tables = _tables(path)
    for spec in RESULT_LAYERS:
        layer = _open_layer(path, spec, folder, description, lang) if spec.table in tables else None
        if layer is None:
            continue
        project.addMapLayer(layer, False)
        node = group.addLayer(layer)
        node.setItemVisibilityChecked(spec.is_shown)
        node.setExpanded(spec.is_shown and layer.isSpatial())
        yield layer


def release_results(folder: Path, project: QgsProject) -> Optional[int]:
    """Take every layer of a results folder out of a project, so that its files may be replaced; on the main thread.

    Parameters
    ----------
    folder : Path
        The results folder.
    project : QgsProject
        The project to take them from.

    Returns
    -------
    int or None
        Where their group was among its siblings; None if there was none.
    """
    root = project.layerTreeRoot()
    position = None
    for index, node in enumerate(root.children()):
        if node.customProperty(FOLDER_PROPERTY) == str(folder):
            position = index if position is None else position
    layers = [layer.id() for layer in project.mapLayers().values() if _is_of_folder(layer, folder)]
    if layers:
        project.removeMapLayers(layers)
    for node in list(root.children()):
        # What the person put into the group stays, and the group with it.
        if node.customProperty(FOLDER_PROPERTY) == str(folder) and not node.children():
            root.removeChildNode(node)
    return position


def _is_of_folder(layer: QgsMapLayer, folder: Path) -> bool:
    """Whether a layer reads a file of the folder."""
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    path = parts.get("path") or ""
    return bool(path) and Path(path).parent.resolve() == folder.resolve()


def _tables(path: Path) -> tuple[str, ...]:
    """Return the names of the layers of a GeoPackage."""
    details = QgsProviderRegistry.instance().providerMetadata("ogr").querySublayers(str(path))
    return tuple(item.name() for item in details)


def _open_layer(
    path: Path, spec: ResultLayer, folder: Path, description: ResultsDescription, lang: str
) -> Optional[QgsVectorLayer]:
    """Open one layer with its label, style, column labels and metadata."""
    title = text(spec.label, lang)
    layer = QgsVectorLayer(f"{path}|layername={spec.table}", title, "ogr")
    if not layer.isValid():
        log_warning(f"{path}: {spec.table}: {layer.error().summary()}")
        return None
    layer.setCustomProperty(FOLDER_PROPERTY, str(folder))
    layer.setCustomProperty(STYLE_PROPERTY, spec.style)
    # Results are made by a run; an edit by hand would be lost and could not be explained.
    layer.setReadOnly(True)
    style_layer(layer, spec.style, lang)
    label_columns(layer, lang, description)
    describe_layer(layer, title, description, lang)
    if layer.fields().indexOf("name") >= 0:
        layer.setDisplayExpression('"name"')
    return layer


def style_layer(layer: QgsVectorLayer, style: str, lang: str) -> bool:
    """Give a layer one of the shipped styles; False where there is none, and the file's default stays.

    Parameters
    ----------
    layer : QgsVectorLayer
        With the columns of the results.
    style : str
        Name of the style, for example ``"territories_segments"``.
    lang : {"fr", "en"}
        Language of the legend.
    """
    if not style or not layer.isSpatial():
        return False
    try:
        path = resource("resources", "styles", lang, f"{style}.qml")
    except FileNotFoundError:
        return False
    # Not loadNamedStyle: on a GeoPackage that stores styles it takes the stored default, whatever path it is given.
    document = QDomDocument()
    document.setContent(path.read_text(encoding="utf-8"))
    worked, said = layer.importNamedStyle(document)
    if not worked:
        log_warning(f"{path.name}: {said}")
    return worked


def label_columns(layer: QgsVectorLayer, lang: str, description: ResultsDescription) -> None:
    """Give every column that has a label that label as alias, and show themes by their names."""
    for index, field in enumerate(layer.fields()):
        label = column_label(field.name(), lang, description.themes)
        if label != field.name():
            layer.setFieldAlias(index, label)
        if field.name() in _THEME_COLUMNS:
            words = [{names[lang]: theme} for theme, names in description.themes.items()]
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": words}))

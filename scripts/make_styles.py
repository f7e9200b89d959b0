"""Write the shipped QGIS styles (``resources/styles/<lang>/*.qml``) from the palette and the labels.

Run with a Python that has QGIS: ``/usr/bin/python3 scripts/make_styles.py [OUTPUT_FOLDER]``. The same inputs give the
same bytes, so a difference in git is a difference in the styles.
"""

from __future__ import annotations

import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsEditorWidgetSetup,
    QgsField,
    QgsFields,
    QgsMapLayer,
    QgsMemoryProviderUtils,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QMetaType  # noqa: E402
from qgis.PyQt.QtGui import QColor  # noqa: E402
from qgis.PyQt.QtXml import QDomDocument  # noqa: E402

from smart_territoires_plugin.atlas import map_tips, palette, symbology  # noqa: E402
from smart_territoires_plugin.core.messages import LANGUAGES, text  # noqa: E402

# No font by name: QGIS would look for it, and download it, where it is not installed.
FONT = "Sans Serif"
GROUPS = ("departement", "epci", "ept", "region")
AXES = ("innovation", "partnership", "data", "inclusion")
TERRITORY_COLUMNS = {
    "code": "text",
    "name": "text",
    "population": "real",
    **{f"group_{group}": "text" for group in GROUPS},
    "readiness": "real",
    **{f"axis_{axis}": "real" for axis in AXES},
    "activity_count": "real",
    "activity": "real",
    "activity_status": "text",
    "expected_activity": "real",
    "activity_gap": "real",
    "gap_low": "real",
    "gap_high": "real",
    "evidence": "real",
    "segment": "text",
    "segment_probability": "real",
    "priority": "real",
    "target_rank": "integer",
    "rank_low": "integer",
    "rank_high": "integer",
    "stability": "text",
    "recommended_theme": "text",
    "peer_code": "text",
    "data_coverage": "real",
    "reasons_fr": "text",
    "reasons_en": "text",
    "notice": "text",
}
# As the territories, after two of their own.
UNIT_COLUMNS = {"code": "text", "name": "text", "level": "text", "territories": "integer", **TERRITORY_COLUMNS}
PEER_COLUMNS = {
    "code": "text",
    "name": "text",
    "peer_code": "text",
    "peer_name": "text",
    "kind": "text",
    "recommended_theme": "text",
    "distance_m": "real",
    "likeness_pct": "real",
    "did": "text",
    "exchange_group": "text",
    "notice": "text",
}
TYPES = {"text": QMetaType.Type.QString, "real": QMetaType.Type.Double, "integer": QMetaType.Type.Int}
# Codes shown as words in tables and forms.
CODED_COLUMNS = {
    "kind": ("legend.kind", tuple(palette.LINKS)),
    "segment": ("segment", palette.SEGMENT_ORDER),
    "stability": ("stability", palette.STABILITY_ORDER),
    "activity_status": ("activity_status", ("documented", "searched_none_found", "not_searched")),
}
NAMES_BELOW_SCALE = 150_000.0
UNIT_BOUNDARY_MM = 0.35


def territories_layer(lang: str, columns: dict = TERRITORY_COLUMNS) -> QgsVectorLayer:
    """Return an empty layer with the columns of ``territories``, their tip, and names as labels at large scales."""
    layer = empty_layer(columns, QgsWkbTypes.Type.MultiPolygon, lang)
    layer.setMapTipTemplate(map_tips.territory_tip(lang))
    style = symbology.text_format(FONT, 8.0, halo=True)
    layer.setLabeling(symbology.field_labels("name", style, NAMES_BELOW_SCALE))
    layer.setLabelsEnabled(True)
    return layer


def segments_layer(lang: str) -> QgsVectorLayer:
    """Return the default style of the territories."""
    layer = territories_layer(lang)
    layer.setRenderer(symbology.with_stability(symbology.segments_renderer(lang)))
    return layer


def call_units_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the call units: their segments, in bold outlines above those of the territories."""
    layer = territories_layer(lang, UNIT_COLUMNS)
    renderer = symbology.segments_renderer(lang)
    categories = renderer.categories()
    for index, category in enumerate(categories):
        symbol = category.symbol().clone()
        symbol.symbolLayer(0).setStrokeColor(QColor(palette.GROUP_BOUNDARY))
        symbol.symbolLayer(0).setStrokeWidth(UNIT_BOUNDARY_MM)
        renderer.updateCategorySymbol(index, symbol)
    layer.setRenderer(symbology.with_stability(renderer, UNIT_BOUNDARY_MM))
    return layer


def readiness_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the readiness."""
    layer = territories_layer(lang)
    layer.setRenderer(symbology.readiness_renderer(lang))
    return layer


def priority_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the priority."""
    layer = territories_layer(lang)
    layer.setRenderer(symbology.priority_renderer(lang))
    return layer


def ranks_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the targets: points labelled by their rank."""
    layer = empty_layer(TERRITORY_COLUMNS, QgsWkbTypes.Type.Point, lang)
    layer.setRenderer(symbology.ranks_renderer(lang))
    layer.setMapTipTemplate(map_tips.territory_tip(lang))
    return labelled_by_rank(layer)


def ranks_at_hand_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the first targets while weights are tried."""
    columns = {name: TERRITORY_COLUMNS[name] for name in ("code", "name", "target_rank")}
    layer = empty_layer(columns, QgsWkbTypes.Type.Point, lang)
    layer.setRenderer(symbology.ranks_at_hand_renderer())
    return labelled_by_rank(layer)


def labelled_by_rank(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Write each target's rank into its disc."""
    style = symbology.text_format(FONT, 7.5, bold=True)
    layer.setLabeling(symbology.field_labels("target_rank", style, centred=True))
    layer.setLabelsEnabled(True)
    return layer


def lines_layer(lang: str) -> QgsVectorLayer:
    """Return the style of the links from targets to peers."""
    layer = empty_layer(PEER_COLUMNS, QgsWkbTypes.Type.LineString, lang)
    layer.setRenderer(symbology.links_renderer(lang))
    layer.setMapTipTemplate(map_tips.link_tip(lang))
    return layer


STYLES = {
    "territories_segments": segments_layer,
    "territories_readiness": readiness_layer,
    "territories_priority": priority_layer,
    "targets": ranks_layer,
    "targets_at_hand": ranks_at_hand_layer,
    "peers": lines_layer,
    "call_units": call_units_layer,
}


def empty_layer(columns: dict, geometry: QgsWkbTypes.Type, lang: str) -> QgsVectorLayer:
    """Return a layer without features, its columns with their aliases and their codes as words."""
    fields = QgsFields()
    for column, kind in columns.items():
        fields.append(QgsField(column, TYPES[kind]))
    layer = QgsMemoryProviderUtils.createMemoryLayer("style", fields, geometry)
    for index, column in enumerate(columns):
        layer.setFieldAlias(index, text(f"column.{column}", lang))
        if column in CODED_COLUMNS:
            prefix, codes = CODED_COLUMNS[column]
            words = [{_word(prefix, code, lang): code} for code in codes]
            layer.setEditorWidgetSetup(index, QgsEditorWidgetSetup("ValueMap", {"map": words}))
    return layer


def _word(prefix: str, code: str, lang: str) -> str:
    """Return a code in words."""
    return text(f"{prefix}_{code}" if prefix == "legend.kind" else f"{prefix}.{code}", lang)


def qml(layer: QgsVectorLayer) -> str:
    """Return a layer's symbols, labels, tips and field aliases as QML that is the same on every run."""
    document = QDomDocument()
    categories = (
        QgsMapLayer.StyleCategory.Symbology
        | QgsMapLayer.StyleCategory.Labeling
        | QgsMapLayer.StyleCategory.Fields
        # Words for codes are of the form, wherever they are shown.
        | QgsMapLayer.StyleCategory.Forms
        | QgsMapLayer.StyleCategory.MapTips
    )
    error = layer.exportNamedStyle(document, QgsReadWriteContext(), categories)
    if error:
        raise RuntimeError(error)
    return canonical(document.toString())


def canonical(written: str) -> str:
    """Return XML with attributes in order (Qt's is random), identifiers numbered and the version without its patch."""
    root = ElementTree.fromstring(written[written.index("<qgis") :])
    root.set("version", re.sub(r"^(\d+\.\d+).*", r"\1.0", root.get("version", "")))
    # Unused callout lines hold XML inside an attribute, in random order too.
    for parent in root.iter("settings"):
        for callout in parent.findall("callout"):
            parent.remove(callout)
    numbers: dict = {}
    uuid = re.compile(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}")

    def numbered(match: re.Match) -> str:
        return numbers.setdefault(match.group(0), f"{{00000000-0000-4000-8000-{len(numbers) + 1:012d}}}")

    for element in root.iter():
        attributes = sorted((name, uuid.sub(numbered, value)) for name, value in element.attrib.items())
        element.attrib.clear()
        element.attrib.update(attributes)
    ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{body}\n"


def write_styles(folder: Path) -> list:
    """Write every style in every language below a folder; return the files."""
    written = []
    for lang in LANGUAGES:
        for name, build in STYLES.items():
            path = folder / lang / f"{name}.qml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(qml(build(lang)), encoding="utf-8", newline="\n")
            written.append(path)
    return written


def main() -> int:
    """Write the styles to the folder given, else to ``resources/styles``."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "styles"
    application = QgsApplication([], True)
    application.initQgis()
    for path in write_styles(folder):
        print(path)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    sys.exit(main())

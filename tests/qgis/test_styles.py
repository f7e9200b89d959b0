"""The shipped styles: complete, in both languages, told apart by colour-blind readers, true to their classes."""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from qgis.core import (
    Qgis,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeature,
    QgsPalLayerSettings,
    QgsRenderContext,
    QgsSymbolLayer,
    QgsVectorLayer,
)

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.core.messages import labels_en, labels_fr

ROOT = Path(__file__).resolve().parents[2]
STYLES = ROOT / "resources" / "styles"
LABELS = {"fr": labels_fr.LABELS, "en": labels_en.LABELS}
TERRITORIES = ("territories_segments", "territories_readiness", "territories_priority")
# Columns of the contract, written out here so that a style that forgets one is found.
COLUMNS = (
    *("code", "name", "population", "group_departement", "group_epci"),
    *("readiness", "axis_innovation", "axis_partnership", "axis_data", "axis_inclusion"),
    *("activity_count", "activity", "activity_status", "expected_activity", "activity_gap", "gap_low", "gap_high"),
    *("evidence", "segment", "segment_probability", "priority", "target_rank", "rank_low", "rank_high", "stability"),
    *("recommended_theme", "peer_code", "data_coverage", "reasons_fr", "reasons_en"),
)
NUMBERS = {"readiness", "priority", "target_rank"}

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def layer_of(kind: str) -> QgsVectorLayer:
    fields = "&".join(f"field={column}:{'double' if column in NUMBERS else 'string'}" for column in COLUMNS)
    return QgsVectorLayer(f"{kind}?crs=EPSG:2154&{fields}", "styled", "memory")


def styled(name: str, lang: str, kind: str = "MultiPolygon") -> QgsVectorLayer:
    layer = layer_of(kind)
    message, loaded = layer.loadNamedStyle(str(STYLES / lang / f"{name}.qml"))
    assert loaded, message
    return layer


def colour_of(layer: QgsVectorLayer, **values) -> str:
    feature = QgsFeature(layer.fields())
    for column, value in values.items():
        feature[column] = value
    context = QgsRenderContext()
    scopes = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    scopes.setFeature(feature)
    context.setExpressionContext(scopes)
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    symbols = renderer.symbolsForFeature(feature, context)
    found = [symbol.symbolLayer(0).color().name() for symbol in symbols]
    hatched = [symbol.symbolLayerCount() > 1 for symbol in symbols]
    renderer.stopRender(context)
    assert len(found) == 1, "each territory is drawn once"
    return "hatched" if hatched[0] else found[0]


def lab(colour: str, deficiency: str = "none") -> tuple:
    """CIE L*a*b* (D65) of a colour as seen with a deficiency."""
    linear = []
    for start in (1, 3, 5):
        share = int(colour[start : start + 2], 16) / 255
        linear.append(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)
    seen = [min(1, max(0, sum(weight * part for weight, part in zip(row, linear)))) for row in DEFICIENCIES[deficiency]]
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    x, y, z = (
        sum(weight * part for weight, part in zip(row, seen)) / reference for row, reference in zip(to_xyz, white)
    )
    f = [part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in (x, y, z)]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def difference(first: str, second: str, deficiency: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(first, deficiency), lab(second, deficiency))) ** 0.5


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_segments_are_told_apart(deficiency):
    # A difference of 2.3 is just seen side by side; maps need several times that.
    colours = list(palette.SEGMENT_COLOURS.values())
    pairs = [(a, b) for index, a in enumerate(colours) for b in colours[index + 1 :]]
    closest = min(pairs, key=lambda pair: difference(*pair, deficiency))
    assert difference(*closest, deficiency) > 10, closest


def test_the_target_list_is_the_strongest_colour():
    chroma = {
        segment: sum(part**2 for part in lab(colour)[1:]) ** 0.5 for segment, colour in palette.SEGMENT_COLOURS.items()
    }
    assert max(chroma, key=chroma.get) == "engage"


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize("colours", [palette.READINESS_COLOURS, palette.PRIORITY_COLOURS])
def test_classes_darken_step_by_step(colours, deficiency):
    lightness = [lab(colour, deficiency)[0] for colour in colours]
    assert all(lighter - darker > 8 for lighter, darker in zip(lightness, lightness[1:]))


@pytest.mark.parametrize("lang", LABELS)
@pytest.mark.parametrize("name", TERRITORIES)
def test_columns_bear_their_names(qgis_app, name, lang):
    layer = styled(name, lang)
    for column in COLUMNS:
        assert layer.attributeAlias(layer.fields().lookupField(column)) == LABELS[lang][f"column.{column}"]


@pytest.mark.parametrize("lang", LABELS)
@pytest.mark.parametrize("name", [*TERRITORIES, "call_units"])
def test_codes_are_shown_as_words_in_tables_and_identified_features(qgis_app, name, lang):
    layer = styled(name, lang)
    for column, codes in (
        ("segment", palette.SEGMENT_ORDER),
        ("stability", palette.STABILITY_ORDER),
        ("activity_status", ("documented", "searched_none_found", "not_searched")),
    ):
        setup = layer.editorWidgetSetup(layer.fields().lookupField(column))
        words = {code: word for pair in setup.config()["map"] for word, code in pair.items()}
        assert words == {code: LABELS[lang][f"{column}.{code}"] for code in codes}


@pytest.mark.parametrize("lang", LABELS)
def test_segments_legend_is_ordered_and_worded(qgis_app, lang):
    layer = styled("territories_segments", lang)
    renderer = layer.renderer()
    assert renderer.classAttribute() == "segment"
    order = ["engage", "verify", "showcase", "support", "raise_awareness", "insufficient_data", ""]
    assert [category.value() for category in renderer.categories()] == order
    for category in renderer.categories()[:-1]:
        assert category.label().startswith(LABELS[lang][f"segment.{category.value()}"])


def test_segments_are_drawn_in_their_colours(qgis_app):
    layer = styled("territories_segments", "fr")
    for segment, colour in palette.SEGMENT_COLOURS.items():
        assert colour_of(layer, segment=segment) == ("hatched" if segment == "insufficient_data" else colour)
    assert colour_of(layer, segment=None) == "hatched"


@pytest.mark.parametrize(
    ("name", "column", "colours"),
    [
        ("territories_readiness", "readiness", palette.READINESS_COLOURS),
        ("territories_priority", "priority", palette.PRIORITY_COLOURS),
    ],
)
def test_classes_are_of_equal_width(qgis_app, name, column, colours):
    layer = styled(name, "fr")
    for value in (0, 0.5, 19.999, 20, 39.9, 40, 55, 60, 79.99, 80, 99, 100):
        assert colour_of(layer, **{column: value}) == colours[min(4, int(value // 20))], value
    # Methods of another range stay on the map.
    assert colour_of(layer, **{column: -3.0}) == colours[0]
    assert colour_of(layer, **{column: 120.0}) == colours[4]


def test_what_is_not_known_is_shown_as_such(qgis_app):
    assert colour_of(styled("territories_readiness", "fr"), readiness=None) == "hatched"
    assert colour_of(styled("territories_priority", "fr"), priority=None) not in palette.PRIORITY_COLOURS


@pytest.mark.parametrize("lang", LABELS)
def test_targets_say_rank_and_stability(qgis_app, lang):
    layer = styled("targets", lang, "Point")
    words = {category.value(): category.label() for category in layer.renderer().categories()}
    for stability in ("core", "probable", "debatable"):
        assert words[stability] == LABELS[lang][f"stability.{stability}"]
    looks = {stability: colour_of(layer, stability=stability, target_rank=1) for stability in words if stability}
    assert len(set(looks.values())) == 3
    assert layer.labelsEnabled()
    assert layer.labeling().settings().fieldName == "target_rank"


def test_better_ranks_are_larger(qgis_app):
    layer = styled("targets", "fr", "Point")
    # Kept: symbols die with the list that holds their category.
    categories = layer.renderer().categories()
    size = categories[0].symbol().dataDefinedSize()
    sizes = []
    for rank in (1, 25, 50):
        feature = QgsFeature(layer.fields())
        feature["target_rank"], feature["stability"] = rank, "core"
        scopes = QgsExpressionContext()
        scopes.setFeature(feature)
        scopes.setFields(layer.fields())
        sizes.append(size.valueAsDouble(scopes, 0.0)[0])
    assert sizes[0] > sizes[1] > sizes[2] > 0


KINDS = ("peer", "showcase", "applicant")


@pytest.mark.parametrize("lang", LABELS)
def test_links_are_thin_lines_told_apart_by_kind_without_colour_too(qgis_app, lang):
    layer = styled("peers", lang, "LineString")
    # Kept: symbols die with the list that holds their category.
    categories = layer.renderer().categories()
    assert [category.value() for category in categories] == [*KINDS, ""]
    assert [category.label() for category in categories][:3] == [LABELS[lang][f"legend.kind_{kind}"] for kind in KINDS]
    assert all(0 < category.symbol().width() <= 0.8 for category in categories)
    lines = [category.symbol().symbolLayer(1) for category in categories[:3]]
    assert len({line.penStyle() for line in lines}) == 3
    assert len({line.color().name() for line in lines}) == 3


def outline_of(layer: QgsVectorLayer, **values) -> tuple:
    """Colour and width of the outline that is painted: the symbol's, or what its expressions say in its place."""
    feature = QgsFeature(layer.fields())
    for column, value in values.items():
        feature[column] = value
    context = QgsRenderContext()
    scopes = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    scopes.setFeature(feature)
    scopes.setFields(layer.fields())
    context.setExpressionContext(scopes)
    renderer = layer.renderer().clone()
    renderer.startRender(context, layer.fields())
    fill = renderer.symbolForFeature(feature, context).symbolLayer(0)
    said = fill.dataDefinedProperties()
    colour, _ = said.valueAsColor(QgsSymbolLayer.Property.StrokeColor, scopes, fill.strokeColor())
    width, _ = said.valueAsDouble(QgsSymbolLayer.Property.StrokeWidth, scopes, fill.strokeWidth())
    renderer.stopRender(context)
    return colour.name(), width


@pytest.mark.parametrize("name", ["territories_segments", "call_units"])
def test_targets_have_bolder_outlines_the_surer_their_rank_is(qgis_app, name):
    layer = styled(name, "fr")
    outlines = [outline_of(layer, segment="engage", stability=s) for s in ("core", "probable", "debatable", None)]
    widths = [width for _, width in outlines]
    assert widths[0] >= 1.3 * widths[1] >= 1.3 * widths[2] and widths[2] == widths[3]
    assert [colour for colour, _ in outlines[:2]] == [palette.INK] * 2
    # What is debatable looks like what has no stability, and like the other segments.
    assert outlines[2] == outlines[3] == outline_of(layer, segment="support")
    # The colours stay those of the legend.
    for stability in ("core", "probable", "debatable"):
        assert colour_of(layer, segment="engage", stability=stability) == palette.SEGMENT_COLOURS["engage"]


def test_a_layer_without_stability_has_plain_outlines(qgis_app):
    bare = QgsVectorLayer("MultiPolygon?crs=EPSG:2154&field=segment:string", "bare", "memory")
    bare.loadNamedStyle(str(STYLES / "fr" / "territories_segments.qml"))
    assert outline_of(bare, segment="engage") == outline_of(styled("territories_segments", "fr"), segment="support")


def test_call_units_have_the_segments_in_stronger_outlines(qgis_app):
    outlines = {}
    for name in ("territories_segments", "call_units"):
        layer = styled(name, "en")
        categories = layer.renderer().categories()
        assert [category.value() for category in categories][:2] == ["engage", "verify"]
        outlines[name] = [category.symbol().symbolLayer(0).strokeWidth() for category in categories]
    assert all(unit > own for unit, own in zip(outlines["call_units"], outlines["territories_segments"]))


# Map tips


def tip_of(layer: QgsVectorLayer, **values) -> str:
    feature = QgsFeature(layer.fields())
    for column, value in values.items():
        feature[column] = value
    scopes = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    scopes.setFeature(feature)
    scopes.setFields(layer.fields())
    return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), scopes)


RANKED = {
    "code": "01001", "name": "Essai", "segment": "engage", "target_rank": 3, "rank_low": "2", "rank_high": "7",
    "stability": "probable", "notice": "Fictitious region: no real place; Proxy, not smart activity",
    "reasons_fr": "Un.\nDeux.\nTrois.\nQuatre.", "reasons_en": "One.\nTwo.\nThree.\nFour.",
}  # fmt: skip
TIPPED = [*((name, "MultiPolygon") for name in (*TERRITORIES, "call_units")), ("targets", "Point")]


def tipped_layer(name: str, lang: str, kind: str) -> QgsVectorLayer:
    fields = "&".join(f"field={column}:string" for column in (*COLUMNS, "notice"))
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:2154&{fields}", "styled", "memory")
    layer.loadNamedStyle(str(STYLES / lang / f"{name}.qml"))
    return layer


@pytest.mark.parametrize(("name", "kind"), TIPPED)
@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("fr", ("à entraîner", "Rang 3 (intervalle 2–7), stabilité\u00a0: probable", "<li>Trois.</li>",
                "Région fictive\u00a0: aucun lieu réel\u00a0; Indicateur de substitution")),
        ("en", ("engage", "Rank 3 (interval 2–7), stability: probable", "<li>Three.</li>",
                "Fictitious region: no real place; Proxy, not smart activity")),
    ],
)  # fmt: skip
def test_the_tip_is_the_card(qgis_app, name, kind, lang, expected):
    shown = tip_of(tipped_layer(name, lang, kind), **RANKED)
    assert "Essai" in shown and "01001" in shown
    for words in expected:
        assert words in shown
    assert not re.search(r"Quatre|Four|\[%", shown)


def test_a_tip_shows_names_as_they_are(qgis_app):
    shown = tip_of(tipped_layer("targets", "fr", "Point"), **{**RANKED, "name": "<img src=x> & 'l''eau' [% 1 + 1 %]"})
    assert "&lt;img src=x&gt; &amp; 'l''eau' [% 1 + 1 %]" in shown


@pytest.mark.parametrize("lang", LABELS)
def test_a_tip_never_shows_a_rank_without_its_stability(qgis_app, lang):
    for missing in ("stability", "rank_low", "rank_high"):
        shown = tip_of(tipped_layer("targets", lang, "Point"), **{**RANKED, missing: None})
        assert not re.search(r"Ran[gk] 3", shown)
        assert "Essai" in shown


def test_a_tip_does_without_columns_that_a_layer_lacks(qgis_app):
    layer = QgsVectorLayer("MultiPolygon?crs=EPSG:2154&field=name:string&field=segment:string", "bare", "memory")
    layer.loadNamedStyle(str(STYLES / "fr" / "territories_segments.qml"))
    shown = tip_of(layer, name="Essai", segment="verify")
    assert "Essai" in shown and "à vérifier" in shown
    assert "[%" not in shown and "<li>" not in shown


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("fr", "Plus ressemblant que 93\u00a0% des autres"), ("en", "More alike than 93% of the other")],
)
def test_the_tip_of_a_link_says_both_ends_and_what_the_peer_did(qgis_app, lang, expected):
    columns = ("name", "peer_name", "kind", "did", "notice")
    fields = "&".join(["field=likeness_pct:double", *(f"field={column}:string" for column in columns)])
    layer = QgsVectorLayer(f"LineString?crs=EPSG:2154&{fields}", "links", "memory")
    layer.loadNamedStyle(str(STYLES / lang / "peers.qml"))
    shown = tip_of(layer, name="A", peer_name="B<", kind="showcase", likeness_pct=92.6, did="Did it.")
    assert "A → B&lt;" in shown and expected in shown and "Did it." in shown
    assert LABELS[lang]["legend.kind_showcase"] in shown


def test_tips_need_no_function_of_the_plugin(qgis_app):
    for path in STYLES.rglob("*.qml"):
        assert not re.search(r"\bst_(score|segment|reasons)\b", path.read_text(encoding="utf-8")), path


def test_names_are_printed_at_large_scales_only(qgis_app):
    layer = styled("territories_segments", "en")
    settings = layer.labeling().settings()
    assert isinstance(settings, QgsPalLayerSettings)
    assert settings.fieldName == "name"
    assert settings.scaleVisibility and settings.minimumScale > 10_000


def test_styles_are_written_the_same_each_time(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    for run in ("first", "second"):
        command = [sys.executable, str(ROOT / "scripts" / "make_styles.py"), str(tmp_path / run)]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    files = sorted(path.relative_to(tmp_path / "first") for path in (tmp_path / "first").rglob("*.qml"))
    assert len(files) == 14
    for file in files:
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes(), file
    # The committed ones are those that the script writes, on the QGIS that wrote them.
    committed = (STYLES / files[0]).read_text(encoding="utf-8")
    if re.search(r'version="(\d+\.\d+)', committed).group(1) == ".".join(Qgis.version().split(".")[:2]):
        for file in files:
            assert (tmp_path / "first" / file).read_bytes() == (STYLES / file).read_bytes(), file


def test_both_languages_have_the_same_labels():
    assert LABELS["fr"].keys() == LABELS["en"].keys()
    for code, french in LABELS["fr"].items():
        placeholders = [
            {name for _, name, _, _ in string.Formatter().parse(wording) if name}
            for wording in (french, LABELS["en"][code])
        ]
        assert placeholders[0] == placeholders[1], code
    assert labels_fr.PROBLEMS.keys() == labels_en.PROBLEMS.keys()


def test_french_is_typeset_as_french():
    wordings = [*LABELS["fr"].values(), *(part for pair in labels_fr.PROBLEMS.values() for part in pair)]
    for wording in wordings:
        bare = re.sub(r"\{[^}]*\}", "x", wording)
        assert not re.search(r"[ \w][;!?%»](?!\w)|«[^\u00a0\u202f]|[ \w]:(?!\w)", bare), wording
        assert "'" not in bare, wording

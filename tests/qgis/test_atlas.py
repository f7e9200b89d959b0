"""The atlas: every page there, every word whole, both languages, files safe, former files kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from osgeo import ogr
from qgis.core import QgsLayoutItem, QgsLayoutItemLabel, QgsLayoutItemPage, QgsLayoutUtils, QgsTextRenderer

from smart_territoires_plugin.atlas import export, export_atlas, file_names, palette, tables, typography
from smart_territoires_plugin.atlas.canvas import literal, round_length
from smart_territoires_plugin.atlas.problems import AtlasError
from smart_territoires_plugin.atlas.results import read_results
from smart_territoires_plugin.core.errors import Cancelled, ResultsError
from tests.qgis.atlas_reading import SMALL, contents, pages, write_results_of_synthesis
from tests.qgis.synthetic_results import THEMES, Region, write_results

ODD_NAMES = (
    'Saint-"Œuvre" <b>d’Inventée</b> / l\'Haÿ\\les-Roses [% 1 + 1 %] & fils',
    "Très-longue-commune-inventée " * 6 + "fin",
    "X" * 200,
    "../../etc/fictif 😀",
)
LONG_REASONS = "\n".join(
    f"Raison numéro {number}, longuement expliquée par une valeur de {number},5 %." for number in range(60)
)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    return folder, write_results(folder, SMALL)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    region = Region(columns=9, rows=8, shortlist=5, names=ODD_NAMES, reasons=("Courte.", LONG_REASONS), sources=40)
    return folder, write_results(folder, region)


@pytest.fixture(scope="module")
def french(qgis_app, results, tmp_path_factory):
    return export_atlas(results[0], tmp_path_factory.mktemp("fr") / "atlas.pdf", "fr")


@pytest.fixture(scope="module")
def odd_texts(qgis_app, odd, tmp_path_factory):
    return pages(export_atlas(odd[0], tmp_path_factory.mktemp("odd_atlas") / "atlas.pdf"))


def every_layout(folder: Path, lang: str, scratch: Path):
    """Each page of the single file, its layout at hand."""
    edition = export.make_edition(read_results(folder, lang), lang, scratch)
    (planned,) = export.plan_files(edition, scratch / "atlas.pdf")
    for number, page in enumerate(planned.pages, start=1):
        yield edition, page.build(number, len(planned.pages))


# What is on the pages


def test_one_page_per_target_and_the_overview(french, results):
    texts = pages(french)
    # Segments, readiness, priority, list; targets; sources and indicators.
    assert len(texts) == 4 + len(results[1]) + 1
    for number, text in enumerate(texts, start=1):
        assert text.endswith(f"{number} / {len(texts)}")


def test_target_pages_say_what_the_results_say(french, results):
    texts = pages(french)[4:]
    themes = {theme["id"]: theme["name"]["fr"] for theme in THEMES}
    for target, text in zip(results[1], texts):
        assert target["name"] in text
        low, high = target["rank_low"], target["rank_high"]
        stability = {"core": "noyau", "probable": "probable", "debatable": "discutable"}[target["stability"]]
        assert f"Rang {target['target_rank']} ({low}–{high} dans 90 % des tirages), {stability}" in text
        assert themes[target["recommended_theme"]] in text
        assert f"{target['population']:,}".replace(",", " ") + " habitants" in text
        assert f"{target['readiness']:.0f}" in text
        assert target["group_epci"] in text


def test_reasons_are_there_to_the_last_word(odd_texts):
    whole = " ".join(odd_texts)
    for number in range(60):
        assert f"Raison numéro {number}, longuement expliquée par une valeur de {number},5 %." in whole


def test_every_page_names_notices_sources_and_date(french):
    for text in pages(french):
        assert "Région fictive : aucun lieu réel" in text
        assert "Indicateur de substitution, pas une activité « smart »" in text
        assert "Couches synthétiques" in text
        for number in range(1, 5):
            assert f"Institut fictif n° {number} (31/01/2026)" in text
        assert "État des données : 31 janvier 2026" in text
        assert "Document interne" in text


def test_segments_page_counts_every_territory(french, results):
    counted = read_results(results[0], "fr")
    text = pages(french)[0]
    for segment, word in (("engage", "À entraîner"), ("showcase", "Vitrine"), ("verify", "À vérifier")):
        count = len(counted.in_segment(segment))
        assert re.search(rf"{word} {count} \({100 * count / 48:.0f} %\)", text)
    assert sum(len(counted.in_segment(segment)) for segment in palette.SEGMENT_ORDER) == 48


def test_the_list_sends_to_the_page_of_each_target(french, results):
    texts = pages(french)
    names = {territory.code: territory.name for territory in read_results(results[0], "fr").territories}
    for target in results[1]:
        page = next(number for number, text in enumerate(texts, start=1) if number > 4 and target["name"] in text[:80])
        row = rf"\b{target['target_rank']} {target['name']} {target['group_epci']} {target['group_departement']} .*?"
        peer = next((name for code, name in names.items() if code == target["peer_code"]), "–")
        assert re.search(rf"{row} {peer} {page}\b", texts[3])


def test_the_same_in_english(qgis_app, results, tmp_path):
    texts = pages(export_atlas(results[0], tmp_path / "atlas.pdf", "en"))
    target = results[1][0]
    text = texts[4]
    assert f"Rank 1 ({target['rank_low']}–{target['rank_high']} in 90% of draws)" in text
    assert f"{target['population']:,} inhabitants" in text
    assert "Fictitious region: no real place" in text
    assert "State of the data: 31 January 2026" in text
    assert "Nothing is recorded" in text
    french_words = ("tirages", " habitants", "Enjeux", "Pourquoi", "médiane", "entraîner")
    assert not [word for page in texts for word in french_words if word in page]


def test_without_notices_there_is_no_band(qgis_app, tmp_path):
    write_results(tmp_path / "results", Region(columns=5, rows=5, shortlist=2, notices=()))
    text = " ".join(pages(export_atlas(tmp_path / "results", tmp_path / "atlas.pdf")))
    assert "aucun lieu réel" not in text


# Nothing cut


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_text_fits_its_box_and_every_box_its_page(qgis_app, odd, tmp_path, lang):
    for _, layout in every_layout(odd[0], lang, tmp_path):
        page = layout.pageCollection().page(0).sceneBoundingRect().adjusted(-1, -1, 1, 1)
        for item in layout.items():
            if isinstance(item, QgsLayoutItem) and not isinstance(item, QgsLayoutItemPage):
                assert page.contains(item.sceneBoundingRect()), (layout.name(), item.displayName())
            if isinstance(item, QgsLayoutItemLabel) and item.text():
                # QGIS's own measure at the resolution of the print, not ours.
                context = QgsLayoutUtils.createRenderContextForLayout(layout, None, export.DPI)
                lines = item.currentText().split("\n")
                style, size = item.textFormat(), item.sizeWithUnits()
                width = QgsTextRenderer.textWidth(context, style, lines) / context.scaleFactor()
                height = QgsTextRenderer.textHeight(context, style, lines) / context.scaleFactor()
                assert width <= size.width() + 0.02, item.text()
                assert height <= size.height() + 0.02, item.text()


def test_odd_names_are_printed_as_they_are(odd_texts):
    whole = "\n".join(odd_texts)
    assert ODD_NAMES[0] in whole
    assert "X" * 60 in whole
    assert whole.count("X") >= 200
    assert "../../etc/fictif" in whole


def test_names_of_any_length_leave_the_page_legible(qgis_app):
    for name in ODD_NAMES:
        fitted = typography.fit_whole(name, 186, 11, 23, bold=True)
        assert not fitted.rest and fitted.size_pt >= 7
        assert "".join(fitted.lines).replace(" ", "") == name.replace(" ", "")


@pytest.mark.parametrize("size_pt", [6.0, 9.0, 14.0])
def test_wrapped_lines_hold_all_words_within_the_width(qgis_app, size_pt):
    text = "Un potentiel de 12\u202f463\u00a0%, au-dessus\u00a0: Saint-Exemple-sur-Fiction\n" + "mot " * 50
    lines = typography.wrap(text, size_pt, 40)
    assert " ".join(" ".join(lines).split(" ")).replace("- ", "-").split() == text.split()
    assert all(typography.width_mm(line, size_pt) <= 40 for line in lines)
    assert any("12\u202f463\u00a0%" in line for line in lines)


def test_what_does_not_fit_is_handed_on_whole(qgis_app):
    text = "\n".join(f"phrase {number} " + "mot " * 12 for number in range(30)).strip()
    parts, rest = [], text
    while rest:
        fitted = typography.fit(rest, 60, 25, (10.0, 8.0))
        assert typography.height_mm(len(fitted.lines), fitted.size_pt) <= 25
        assert len(fitted.starts) == len(fitted.lines)
        parts += fitted.lines
        rest = fitted.rest
    assert " ".join(parts).split() == text.split()


def test_tables_continue_on_the_next_page(qgis_app):
    columns = (tables.Column("a", 1), tables.Column("b", 2))
    rows = tuple((f"{number}", "mot " * (number % 9)) for number in range(100))
    table = tables.Table(columns, rows)
    split = tables.split_rows(table, 100, 60, 90)
    assert [row for page in split for row in page] == list(rows)
    for index, page in enumerate(split):
        height = tables.heading_height_mm(table) + sum(tables.row_height_mm(table, row, 100) for row in page)
        assert height <= (90 if index else 60)


def test_sources_too_long_for_the_footer_are_on_the_last_pages(odd_texts):
    assert "Liste complète : dernière page." in odd_texts[0]
    last = " ".join(odd_texts[-2:])
    for number in range(1, 41):
        assert f"Institut fictif n° {number} – Licence inventée 1.0" in last


# Files


def test_a_folder_gets_one_file_per_target(qgis_app, results, tmp_path):
    export_atlas(results[0], tmp_path / "atlas", "fr")
    targets = results[1]
    names = {
        f"dep_{target['group_departement']}_{target['name'].lower().replace(' ', '-')}_{target['code']}.pdf"
        for target in targets
    }
    assert {path.name for path in (tmp_path / "atlas").iterdir()} == {"overview.pdf", *names}
    assert len(pages(tmp_path / "atlas" / "overview.pdf")) == 5
    for path in (tmp_path / "atlas").glob("dep_*.pdf"):
        (text,) = pages(path)
        assert text.endswith("1 / 1")
        assert "Institut fictif n° 4" in text


def test_only_those_who_were_chosen_have_a_page_and_the_list_stays_whole(qgis_app, results, tmp_path):
    folder, _ = results
    codes = [target.code for target in read_results(folder, "fr").targets]
    said = []
    stranger = next(t.code for t in read_results(folder, "fr").territories if t.code not in codes)
    chosen = [codes[2], codes[0], stranger]
    texts = pages(export_atlas(folder, tmp_path / "few.pdf", "fr", lambda _, label: said.append(label), chosen))
    assert len(texts) == 4 + 2 + 1
    names = [target.name for target in read_results(folder, "fr").targets]
    assert all(name in text for name, text in zip((names[0], names[2]), texts[4:6]))
    assert all(name in texts[3] for name in names)
    assert any(stranger in label and "hors des cibles" in label for label in said)


def test_codes_without_a_target_are_refused_before_a_page_is_drawn(qgis_app, results, tmp_path):
    with pytest.raises(ResultsError, match="not among the targets: 99999"):
        export_atlas(results[0], tmp_path / "none.pdf", "en", codes=["99999"])
    assert not (tmp_path / "none.pdf").exists()


def test_file_names_are_safe(qgis_app, odd, tmp_path):
    export_atlas(odd[0], tmp_path / "atlas")
    made = [path.relative_to(tmp_path / "atlas") for path in (tmp_path / "atlas").rglob("*")]
    assert len(made) == 1 + len(odd[1])
    for path in made:
        assert re.fullmatch(r"[a-z0-9_-]+\.pdf", str(path)) and len(str(path)) < 120
    # A footer that cannot name every source takes the page of sources along.
    assert "Institut fictif n° 40" in " ".join(pages(tmp_path / "atlas" / str(made[0])))


def test_names_that_become_the_same_file_stay_apart():
    assert file_names.distinct(["a.pdf", "a.pdf", "a.pdf"]) == ["a.pdf", "a-2.pdf", "a-3.pdf"]
    assert file_names.target_file_name("01/2", "مدينة", "2A") == "dep_2a_01-2.pdf"
    assert file_names.target_file_name("", "😀") == "target.pdf"


def test_a_cancelled_export_leaves_the_former_file(qgis_app, results, tmp_path):
    output = tmp_path / "out" / "atlas.pdf"
    output.parent.mkdir()
    output.write_bytes(b"former")

    def stop(done: float, label: str) -> None:
        if done > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_atlas(results[0], output, "fr", stop)
    assert contents(output.parent) == {"atlas.pdf": b"former"}
    with pytest.raises(Cancelled):
        export_atlas(results[0], output.parent / "folder", "fr", stop)
    assert contents(output.parent / "folder") == {}


def test_a_failure_while_a_page_is_built_is_not_swallowed(qgis_app, results, tmp_path, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("broken page")

    monkeypatch.setattr(export.page_target, "put_charts", broken)
    with pytest.raises(ZeroDivisionError, match="broken page"):
        export_atlas(results[0], tmp_path / "atlas.pdf")
    assert contents(tmp_path) == {}


def test_results_are_only_read(qgis_app, results, tmp_path):
    before = contents(results[0])
    export_atlas(results[0], tmp_path / "atlas.pdf")
    assert contents(results[0]) == before


def test_progress_rises_to_the_end(qgis_app, results, tmp_path):
    told = []
    export_atlas(results[0], tmp_path / "atlas.pdf", "en", lambda done, label: told.append((done, label)))
    shares = [done for done, _ in told]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert f"Target 1: {results[1][0]['name']}" in [label for _, label in told]


# Thin results


def test_results_without_targets_have_their_overview(qgis_app, tmp_path):
    folder = tmp_path / "results"
    write_results(folder, SMALL)
    package = ogr.Open(str(folder / "results.gpkg"), 1)
    package.ExecuteSQL("UPDATE territories SET segment = NULL, target_rank = NULL, readiness = NULL, stability = NULL")
    package = None
    texts = pages(export_atlas(folder, tmp_path / "atlas.pdf"))
    assert len(texts) == 5
    assert "Aucun territoire n’est dans la liste des cibles." in texts[3]


def test_results_of_a_study_with_little_in_it(qgis_app, write_results, tmp_path):
    texts = pages(export_atlas(write_results(tmp_path / "thin"), tmp_path / "atlas.pdf"))
    assert "Ici-le-Faux" in texts[4]
    assert "rang 1 (stabilité non calculée)" in texts[4].lower()
    assert "2025" in texts[4]


def test_a_territory_without_geometry_keeps_its_page(qgis_app, tmp_path):
    folder = tmp_path / "results"
    targets = write_results_of_synthesis(folder)
    package = ogr.Open(str(folder / "results.gpkg"), 1)
    package.ExecuteSQL(f"UPDATE territories SET geom = NULL WHERE code = '{targets[0]['code']}'")
    package = None
    assert targets[0]["name"] in pages(export_atlas(folder, tmp_path / "atlas.pdf"))[4]


# Refused


def test_a_folder_without_results_is_refused(qgis_app, tmp_path):
    with pytest.raises(AtlasError) as refused:
        export_atlas(tmp_path, tmp_path / "atlas.pdf", "fr")
    assert str(tmp_path) in str(refused.value) and "results.gpkg" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("manifest.json", b"{", "manifest.json"),
        ("manifest.json", b"[]", "manifest.json"),
        ("results.gpkg", b"no", "results.gpkg"),
    ],
)
def test_broken_results_are_refused(qgis_app, results, tmp_path, file, content, said):
    folder = tmp_path / "results"
    folder.mkdir()
    for name, data in contents(results[0]).items():
        (folder / name).write_bytes(content if name == file else data)
    with pytest.raises(AtlasError, match=re.escape(said)):
        export_atlas(folder, tmp_path / "atlas.pdf")


def test_a_package_without_its_layer_is_refused(qgis_app, results, tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    for name, data in contents(results[0]).items():
        (folder / name).write_bytes(data)
    package = ogr.Open(str(folder / "results.gpkg"), 1)
    package.ExecuteSQL("DROP TABLE territories")
    package = None
    with pytest.raises(AtlasError, match="territories"):
        export_atlas(folder, tmp_path / "atlas.pdf", "en")


def test_a_place_that_cannot_be_written_is_refused(qgis_app, results, tmp_path):
    (tmp_path / "file.txt").write_text("mine", encoding="utf-8")
    for output in (tmp_path / "file.txt", tmp_path / "file.txt" / "atlas.pdf"):
        with pytest.raises(AtlasError, match="file.txt"):
            export_atlas(results[0], output)
    assert contents(tmp_path) == {"file.txt": b"mine"}


# Small pieces


def test_expressions_in_names_are_not_evaluated():
    assert literal("plain") == "plain"
    assert literal("[% now() %]") != "[% now() %]"


def test_scale_bars_have_round_lengths():
    for longest in (0.7, 1, 3, 9.99, 10, 49, 50, 1234, 99_999):
        length = round_length(longest)
        assert length <= max(longest, 1) < length * 2.5 + 1e-9
        assert str(length).lstrip("0.")[0] in "125"


def decide(folder: Path, wanted: list, decisions: list) -> None:
    """Write what a person decided into results: ``targets`` is the list to call that came of it."""
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    content["study"]["content"] = {"targeting": {"decisions": decisions}}
    manifest.write_text(json.dumps(content), encoding="utf-8")
    package = ogr.Open(str(folder / "results.gpkg"), 1)
    layer = package.GetLayerByName("targets")
    for feature in list(layer):
        layer.DeleteFeature(feature.GetFID())
    for code in wanted:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetField("code", code)
        layer.CreateFeature(feature)
    layer = package = None


def decision(code: str, action: str, reason: str = "Vue au salon") -> dict:
    return {"code": code, "action": action, "reason": reason, "author": "Direction", "date": "2026-01-05"}


def test_the_atlas_follows_what_a_person_decided(tmp_path):
    """The list to call: without the first by rank, and with the third before the second."""
    rows = write_results(tmp_path, Region(shortlist=10))
    wanted = [rows[2]["code"], rows[1]["code"], *(row["code"] for row in rows[3:])]
    decide(tmp_path, wanted, [decision(rows[0]["code"], "exclude"), decision(rows[2]["code"], "pin")])
    assert [target.code for target in read_results(tmp_path, "fr").targets] == wanted


def test_one_whom_a_person_added_has_a_page_that_says_so_and_claims_no_rank(qgis_app, tmp_path):
    ranked = write_results(tmp_path, Region(shortlist=3))[:3]
    added = next(t for t in read_results(tmp_path, "fr").territories if t.number("target_rank") is None)
    said = decision(added.code, "add", "A écrit elle-même")
    decide(tmp_path, [*(row["code"] for row in ranked), added.code], [said])
    texts = pages(export_atlas(tmp_path, tmp_path / "atlas.pdf", "fr"))
    (page,) = [page for page in texts if "A écrit elle-même" in page]
    assert added.name in page and "sans rang" in page and "Direction" in page
    assert not re.search(r"rang \d", page)
    folder = export_atlas(tmp_path, tmp_path / "pages", "fr")
    assert sum(added.code in path.name for path in folder.glob("*.pdf")) == 1

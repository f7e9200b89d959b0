"""The four steps walked with clicks and keys in the whole desktop: in French, and as others see them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

from tests.desktop.looks import ALL, FRENCH, THEMES

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("study", "weights", "targets", "sharing")
OTHERS = [look for look in ALL if look != FRENCH]


@pytest.fixture(scope="module")
def french(make_session):
    return make_session("walk", FRENCH)


@pytest.fixture(scope="module", params=OTHERS, ids=str)
def other(request, french, make_session):
    """The results that the first walk made, as others see them."""
    (results,) = french.home.rglob("fictitious_region/results")
    return request.param, make_session("walk", request.param, results)


def test_every_step_is_made_without_an_error(french):
    report, said = french.report, french.said
    assert report["errors"] == []
    assert "Traceback" not in said
    assert report["steps"][-1] == "unload" and report["unloaded"] and not report["dock_left"]
    assert [dialog for dialog in report["dialogs"] if "Smart" in dialog[1]] == []


def test_the_first_list_is_at_most_six_clicks_away(french):
    assert french.report["clicks_to_the_list"] <= 6


def test_steps_say_their_state(french):
    states = french.report["states"]
    assert {states[f"{name}_empty"] for name in ("study", "weights", "targets", "sharing")} == {"empty"}
    assert {states[name] for name in ("study", "weights", "targets", "sharing")} == {"ready"}
    assert states["weights_moved"] == "stale" and states["weights_undone"] == "ready"


def test_a_key_moves_the_weight_and_the_scores(french):
    before, after = french.report["slider"]
    assert after > before
    assert "Par rapport au calcul" in french.report["said_of_the_move"]


def test_table_chart_and_map_share_one_selection(french):
    assert french.report["selected_in_table"] == [1, 1]
    assert french.report["selected_in_chart"] == [1, 1]


def test_a_chip_filters_the_table(french):
    before, after = french.report["rows"]
    assert 0 < after < before


def test_the_note_arrives_where_it_was_asked_for(french):
    report, folder = french.report, french.home
    assert report["can_open"], report["said_of_the_note"]
    assert (folder / "director_note.html").is_file()


def test_the_longest_pauses_are_known(french):
    """No figure is asserted: machines differ, and QGIS itself pauses longer than we do."""
    report = french.report
    for title, found in (("by step", report["pauses_ms"]), ("within our code", report["held_ms"])):
        print(f"longest pauses {title}, ms:", dict(sorted(found.items(), key=lambda item: -item[1])))
    assert {"move_a_slider", "wait_for_the_scores", "select_in_the_table", "export_the_note"} <= set(
        report["pauses_ms"]
    )


def test_others_see_the_same(other, pictures):
    look, made = other
    report = made.report
    assert report["errors"] == []
    assert "Traceback" not in made.said
    assert report["theme"] == (THEMES[look.theme] or "default")
    # The screen's own density has a small part in it.
    assert report["ratio"] == pytest.approx(look.percent / 100, abs=0.1)
    assert {report["states"][name] for name in STEPS} == {"ready"}
    check_pictures(pictures, look)


def test_every_step_is_in_a_picture(french, pictures):
    check_pictures(pictures, FRENCH)


def check_pictures(pictures, look):
    for name in ("empty_study", *STEPS, "targets_card"):
        picture = QImage(str(pictures / f"walk_{look}_{name}.png"))
        assert picture.width() >= 15 * look.percent, name
        assert (brightness(picture) > 128) == (look.theme == "light"), name


def brightness(image):
    """How bright the right border of the window is, where the workbench is: 0–255, the median."""
    x = image.width() * 3 // 4
    values = sorted(
        image.pixelColor(x + step, y).lightness()
        for y in range(image.height() // 5, image.height() * 4 // 5, 7)
        for step in range(0, image.width() // 5, 11)
    )
    return values[len(values) // 2]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_pictures_of_the_help_are_there_and_light(lang):
    folder = ROOT / "resources" / "help"
    shown = re.findall(r'<img src="([^"]+)" alt="[^"]+"', (folder / lang / "index.html").read_text(encoding="utf-8"))
    assert len(shown) == 4
    for place in shown:
        picture = folder / lang / place
        assert picture.stat().st_size < 150_000
        assert QImage(str(picture)).width() >= 600

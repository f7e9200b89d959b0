"""The whole QGIS desktop: a project is written into a register through its form, in French and in English."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from qgis.PyQt.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
ENGINE = os.environ.get("ST_ENGINE_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
LONGEST_S = 120
READ = """
import sys, pyogrio
rows = pyogrio.read_dataframe(sys.argv[1], layer="projects")
print(rows.to_json(orient="records", date_format="iso"))
"""
SAID = {
    "fr": {
        "tabs": ["Projet", "Quatre axes", "Moyens", "Données partagées", "Contact"],
        "no_title": "« Intitulé » est à remplir.",
        "axis_7": "« Innovation » : choisissez dans la liste.",
        "anchor": "3 – partagées de façon dynamique",
        "stage": "idée",
    },
    "en": {
        "tabs": ["Project", "Four axes", "Means", "Shared data", "Contact"],
        "no_title": "Title is needed.",
        "axis_7": "Innovation: choose one of the list.",
        "anchor": "3 – shared dynamically",
        "stage": "idea",
    },
}


@pytest.fixture(scope="module", params=["fr", "en"])
def session(request, tmp_path_factory):
    """Let a person's steps be made in QGIS; return the language, the report, the picture and the register."""
    lang, folder = request.param, tmp_path_factory.mktemp("register")
    pictures = Path(os.environ.get("ST_PICTURES") or ROOT / "build" / "pictures")
    pictures.mkdir(parents=True, exist_ok=True)
    picture = pictures / f"register_form.{lang}.png"
    picture.unlink(missing_ok=True)
    register, report = folder / "register.gpkg", folder / "report.json"
    make = [ENGINE, "-m", "smart_territoires_plugin.core", "register", str(register), "--lang", lang]
    subprocess.run(make, cwd=ROOT, check=True, capture_output=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "QT_QPA_PLATFORM")}
    environment.update(ST_REGISTER=str(register), ST_REPORT=str(report), ST_PICTURE=str(picture), HOME=str(folder))
    script = Path(__file__).with_name("register_session.py")
    command = ["qgis", "--noversioncheck", "--nologo", "--lang", lang, "--profiles-path", str(folder / "profiles")]
    screen = [] if os.environ.get("DISPLAY") else ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24"]
    done = subprocess.run(
        [*screen, *command, "--code", str(script)], env=environment, capture_output=True, text=True,
        timeout=LONGEST_S, check=False,
    )  # fmt: skip
    assert report.is_file(), done.stdout + done.stderr
    return lang, json.loads(report.read_text(encoding="utf-8")), picture, register


def test_every_step_was_made(session):
    _, report, _, _ = session
    assert report["errors"] == []
    assert report["steps"][-1] == "save"
    assert report["closed"] and not report["uncommitted"]


def test_the_form_speaks_the_language_asked(session):
    lang, report, _, _ = session
    assert report["tabs"] == SAID[lang]["tabs"]
    assert SAID[lang]["anchor"] in report["choices"]["data"]
    assert report["defaults"]["stage"] == SAID[lang]["stage"]
    assert len(report["choices"]["innovation"]) == 5, "four anchors, and not coded"


def test_a_bad_value_is_refused_and_a_good_one_accepted(session):
    lang, report, _, _ = session
    can_save = report["can_save"]
    refused = {moment for moment, can in can_save.items() if not can}
    assert refused == {
        "empty", "no_place", "axis_7", "no_title", "budget_below_0", "rate_120", "contact_without_date",
    }  # fmt: skip
    assert all(can_save[moment] for moment in ("title_and_place", "axis_2", "mended", "filled_in"))
    for moment in ("no_title", "axis_7"):
        (said,) = report["said"][moment]
        assert said.replace("\u00a0", " ").startswith(SAID[lang][moment])


def test_the_row_is_in_the_file(session):
    _, _, _, register = session
    read = subprocess.run([ENGINE, "-c", READ, str(register)], check=True, capture_output=True, text=True)
    (row,) = json.loads(read.stdout)
    saved = {name: value for name, value in row.items() if value is not None}
    assert saved.pop("retention_date").startswith("2028-12-31")
    assert saved == {
        "title": "Capteurs de crue partagés (projet fictif)",
        "codes": "00101; 00102",
        "theme": "flood",
        "stage": "running",
        "year": 2025,
        "innovation": 2,
        "partnership": 3,
        "data": 3,
        "inclusion": 1,
        "data_2": 2,
        "source": "Entretien fictif",
        "source_kind": "interview",
        "budget_eur": 120000.0,
        "cofunding_eur": 60000.0,
        "cofunding_rate_pct": 50.0,
        "cofunder": "Région imaginaire",
        "data_format": "CSV",
        "contact_role": "Chargée de mission numérique",
    }


def test_the_form_is_in_the_picture(session):
    _, _, picture, _ = session
    image = QImage(str(picture))
    assert image.width() > 500
    assert image.height() > 400
    colours = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colours) > 30

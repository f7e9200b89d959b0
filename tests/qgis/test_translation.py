"""The French of the desktop: complete, well set, and used."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).resolve().parents[2]
TS = ROOT / "i18n" / "smart_territoires_fr.ts"
CONTEXT = "SmartTerritoires"


def sources() -> dict:
    """Return every text that the sources translate, with the file it stands in."""
    found = {}
    for path in sorted((ROOT / "smart_territoires_plugin").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "translate" and len(node.args) == 2 and isinstance(node.args[0], ast.Constant):
                assert node.args[0].value == CONTEXT, path
                assert isinstance(node.args[1], ast.Constant), f"{path}:{node.lineno}: not a literal"
                found[node.args[1].value] = path.name
    return found


def translations() -> dict:
    root = ElementTree.parse(TS).getroot()
    found = {}
    for context in root.iter("context"):
        assert context.findtext("name") == CONTEXT
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation.get("type") is None, f"{translation.get('type')}: {message.findtext('source')}"
            found[message.findtext("source")] = translation.text or ""
    return found


def test_every_text_has_its_french_and_no_french_is_left_over():
    assert set(translations()) == set(sources())


def test_placeholders_are_the_same():
    for source, french in translations().items():
        assert sorted(re.findall(r"{\w*}", source)) == sorted(re.findall(r"{\w*}", french)), source


def test_french_is_set_as_french():
    for french in translations().values():
        assert not re.search(r"(?<![\u00a0\u202f])[;?!»](?!\w)", french), french
        assert not re.search(r"(?<![\u00a0\u202f]):(?=\s|$)", french), french
        assert not re.search(r"«(?!\u00a0)", french), french
        assert not re.search("[\"'“”]", french), french


def test_pylupdate_finds_nothing_else(tmp_path):
    copy = tmp_path / TS.name
    shutil.copy(TS, copy)
    package = ROOT / "smart_territoires_plugin"
    files = [
        str(path) for folder in ("bridge", "algorithms", "gui", "atlas") for path in (package / folder).rglob("*.py")
    ]
    subprocess.run(["pylupdate5", "-noobsolete", *files, "-ts", str(copy)], check=True, capture_output=True)
    left = [m for m in ElementTree.parse(copy).getroot().iter("message") if m.find("translation").get("type")]
    assert [message.findtext("source") for message in left] == []


@pytest.fixture
def translator(tmp_path, qgis_app):
    compiled = tmp_path / "smart_territoires_fr.qm"
    subprocess.run(["lrelease", "-silent", str(TS), "-qm", str(compiled)], check=True)
    translator = QTranslator()
    assert translator.load(str(compiled))
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


def test_the_compiled_translation_is_used(translator):
    from smart_territoires_plugin.algorithms.provider import ALGORITHMS

    names = [algorithm().displayName() for algorithm in ALGORITHMS]
    assert names == [
        "Exécuter une étude",
        "Calculer les indicateurs",
        "Noter les territoires",
        "Trouver les cibles",
        "Exporter l’atlas",
        "Créer un registre",
        "Importer des projets",
        "Choisir un portefeuille",
        "Pondérer les thématiques",
        "Fiches de prise de contact",
        "Note à la direction",
        "Dire ce qui a changé dans les listes",
        "Figer les seuils",
        "Comparer deux exécutions",
    ]


def test_the_help_pages_have_the_same_sections():
    from smart_territoires_plugin.algorithms.provider import ALGORITHMS

    pages = [(ROOT / "resources" / "help" / lang / "index.html").read_text(encoding="utf-8") for lang in ("fr", "en")]
    french, english = (re.findall(r'id="(\w+)"', page) for page in pages)
    assert french == english
    for page, found in zip(pages, (french, english)):
        assert set(re.findall(r'href="#(\w+)"', page)) <= set(found)
        assert {algorithm.NAME for algorithm in ALGORITHMS} <= set(found)

"""A study read inside a QGIS whose Python lacks jsonschema."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smart_territoires_plugin.core.errors import EngineError, StudyError
from smart_territoires_plugin.core.study import read_study

STUDY = """
version: 1
name: Two
crs: EPSG:2154
territories: {source: t, code: code}
sources: {t: {path: t.gpkg}}
indicators:
  - {id: a, role: success_factor, axis: data, measure: {kind: count, source: t}}
scoring: {missing: renormalise}
"""


@pytest.fixture
def without_jsonschema(monkeypatch):
    monkeypatch.setitem(sys.modules, "jsonschema", None)


def write(folder: Path, text: str) -> Path:
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_is_read(without_jsonschema, tmp_path):
    assert read_study(write(tmp_path, STUDY), needs_schema=False).indicators[0].id == "a"


def test_the_engine_refuses_to_go_without(without_jsonschema, tmp_path):
    with pytest.raises(EngineError):
        read_study(write(tmp_path, STUDY))


@pytest.mark.parametrize(
    "wrong",
    [
        STUDY.replace("source: t}}", "source: absent}}"),
        STUDY.replace("scoring: {missing: renormalise}", ""),
        STUDY.replace("indicators:", "indicators: 3\nothers:"),
        STUDY.replace("territories: {source: t, code: code}", "territories: [1]"),
    ],
)
def test_a_wrong_one_is_still_refused_in_one_line(without_jsonschema, tmp_path, wrong):
    with pytest.raises(StudyError):
        read_study(write(tmp_path, wrong), needs_schema=False)

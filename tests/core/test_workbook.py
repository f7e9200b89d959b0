"""Workbooks: what is read back is what was given, nothing in them runs, and the same tables give the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from smart_territoires_plugin.core.results.tables import armed
from smart_territoires_plugin.core.results.workbook import column_labels, write_workbook

DANGEROUS = ("\x01=cmd()", "\x1f", "=cmd()", "+1", "-1+1", "@SUM(A1)", "\tx", "=1\n=2")


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": ["01001", "2A004", "00007"],
            "name": ["=cmd()", "L’Île", "#N/A"],
            "population": [1200.0, np.nan, 3.25],
            "target_rank": pd.array([1, None, 3], dtype="Int64"),
            "segment": ["engage", "verify", ""],
            "reasons_fr": ["un\ndeux", None, "trois"],
        }
    )


@pytest.fixture
def book(tmp_path) -> Path:
    path = tmp_path / "targets.xlsx"
    labels = column_labels(table().columns, {}, "fr")
    write_workbook(path, {"targets": table(), "lists": table().head(1)}, labels, "fr", "Région fictive & seule")
    return path


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_what_is_read_back_is_what_was_given(book, engine):
    given = table()
    read = pd.read_excel(book, sheet_name="targets", engine=engine, dtype={"code": str}, keep_default_na=False)
    assert list(read.columns) == list(given.columns)
    assert read["code"].tolist() == given["code"].tolist()
    assert [armed(name) for name in read["name"]] == given["name"].tolist()
    assert pd.to_numeric(read["population"], errors="coerce").tolist()[::2] == [1200, 3.25]
    assert read["population"][1] == "" and read["target_rank"][1] == ""
    assert read["reasons_fr"].tolist() == ["un\ndeux", "", "trois"]


def test_numbers_are_numbers_and_texts_texts(book):
    sheet = load_workbook(book)["targets"]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds["01001"] == kinds["#N/A"] == kinds["'=cmd()"] == "s"
    assert kinds[1200] == kinds[3.25] == kinds[3] == "n"
    assert sheet["A2"].number_format == "@"


def test_the_header_stays_in_sight_and_filters(book):
    for name in ("targets", "lists"):
        sheet = load_workbook(book)[name]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(8 < dimension.width <= 60 for dimension in sheet.column_dimensions.values())
        assert "Région fictive && seule" in sheet.oddHeader.center.text


def test_the_legend_explains_every_column_and_code(book):
    lines = [[cell for cell in row if cell] for row in load_workbook(book)["légende"].iter_rows(values_only=True)]
    assert lines[0] == ["Région fictive & seule"]
    for sheet in ("targets", "lists"):
        for column in table().columns:
            (found,) = [line for line in lines if line[:2] == [sheet, column]]
            assert len(found) == 3, column
    assert ["segment", "engage", "à entraîner (potentiel élevé, activité faible)"] in lines


def test_the_same_tables_give_the_same_bytes(tmp_path, monkeypatch):
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_workbook(first, {"targets": table()}, {})
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    write_workbook(second, {"targets": table()}, {})
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as content:
        assert {entry.date_time for entry in content.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = content.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


def test_an_empty_table_is_a_sheet_with_its_header(tmp_path):
    write_workbook(tmp_path / "a.xlsx", {"targets": table().iloc[:0]}, {})
    read = pd.read_excel(tmp_path / "a.xlsx", engine="calamine")
    assert list(read.columns) == list(table().columns) and not len(read)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(DANGEROUS), st.text(max_size=12)), min_size=1, max_size=5))
def test_no_text_is_ever_a_formula(texts):
    held = _Held()
    write_workbook(held, {"one": pd.DataFrame({"text": texts, "n": range(len(texts))})}, {})
    sheet = load_workbook(io.BytesIO(held.content))["one"]
    for row, given_text in enumerate(texts, start=2):
        cell = sheet.cell(row, 1)
        assert cell.data_type in "sn", "neither a formula nor an error"
        assert not str(cell.value or "").startswith(("=", "+", "-", "@"))
        if given_text.isprintable() and given_text:
            assert armed(str(cell.value)) == given_text or armed(given_text) != given_text


class _Held:
    """Takes what a path would be given."""

    content = b""

    def write_bytes(self, content: bytes) -> None:
        self.content = content


def test_labels_are_in_the_language():
    columns = ["score_flood", "axis_data", "group_canton", "unheard"]
    assert column_labels(columns, {"flood": "Crues"}, "fr") == {
        "score_flood": "Enjeu\u00a0: Crues",
        "axis_data": "Axe\u00a0: données",
        "group_canton": "Groupe\u00a0: canton",
    }

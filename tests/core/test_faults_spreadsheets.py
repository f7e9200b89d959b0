"""What goes wrong in spreadsheets, JSON and tables of unusual make."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from smart_territoires_plugin.core.sources.tables import read_table
from smart_territoires_plugin.core.study import Source

FIELD = {"kind": "field", "field": "v"}
CODES = ("01001", "01002", "01003", "01004")


def keyed(path: str, **options) -> dict:
    return {"path": path, "key": "code", **options}


def table_of(*cells) -> str:
    return "".join(f"{code};{cell}\n" for code, cell in zip(("code", *CODES), ("v", *cells)))


def workbook(place, name: str = "t.xlsx", sheets=None, rows=None):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows or [("code", "v"), ("01001", 1.5), (1002, 2), ("01003", "3,5"), ("01004", "n/d")]:
        sheet.append(row)
    for other in sheets or ():
        book.create_sheet(other).append(("x",))
    book.save(place.folder / name)
    return place.folder / name


@pytest.mark.parametrize("decimal", [{}, {"decimal": ","}])
def test_spreadsheet_is_read_with_numbers_and_texts_mixed(place, decimal):
    workbook(place)
    found = place.measured(FIELD, keyed("t.xlsx", **decimal))
    assert found.values[:3].tolist() == [1.5, 2, 3.5]
    assert found.reasons[3] == "absent"
    assert found.count("code_rewritten") == 1


def test_sheet_is_chosen_by_name_and_an_absent_one_is_refused(place):
    path = workbook(place, sheets=["notes"])
    book = openpyxl.load_workbook(path)
    book.move_sheet("notes", -1)
    book.save(path)
    assert place.measured(FIELD, keyed("t.xlsx", sheet="Sheet")).values[0] == 1.5
    assert place.refused(FIELD, keyed("t.xlsx", sheet="absent")).codes == ["table.unreadable"]


def test_formula_without_a_value_is_missing(place):
    workbook(place, rows=[("code", "v"), ("01001", "=1+1"), ("01002", 2), ("01003", 3), ("01004", 4)])
    found = place.measured(FIELD, keyed("t.xlsx"))
    assert np.isnan(found.values[0])
    assert found.values[1:].tolist() == [2, 3, 4]


def test_spreadsheet_with_a_broken_style_is_read(place):
    path = workbook(place)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["xl/styles.xml"] = (
        members["xl/styles.xml"].replace(b"<fonts", b'<fonts bad="1"').replace(b"00000000", b"zz")
    )
    members["xl/styles.xml"] = members["xl/styles.xml"].replace(b'rgb="', b'rgb="not a colour')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    assert place.measured(FIELD, keyed("t.xlsx")).values[0] == 1.5


def test_real_spreadsheet_that_one_reader_refuses_is_read(shared_data):
    frame = read_table(Source("ept", Path(shared_data / "insee" / "ept.xlsx"))).frame
    assert str(frame.columns[0]).startswith("Établissements publics")
    assert len(frame)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"code;v\n1;2\n"])
def test_spreadsheet_that_is_none_is_refused(place, content):
    (place.folder / "t.xlsx").write_bytes(content)
    assert place.refused(FIELD, keyed("t.xlsx")).codes == ["table.unreadable" if content else "source.empty_file"]


def test_shortened_spreadsheet_is_refused(place):
    path = workbook(place)
    path.write_bytes(path.read_bytes()[:2000])
    assert place.refused(FIELD, keyed("t.xlsx")).codes == ["table.unreadable"]


def test_array_of_records_is_read(place):
    records = [{"code": 1001, "v": 1.5}, {"code": "01002", "v": "2,5"}, {"code": "01003"}, {"code": "01004", "v": None}]
    (place.folder / "t.json").write_text(json.dumps(records))
    found = place.measured(FIELD, keyed("t.json"))
    assert found.values[:2].tolist() == [1.5, 2.5]
    assert found.reasons[2:] == ["absent", "absent"]


@pytest.mark.parametrize("text", ["{", "3", '{"a": 1}', "[1, 2]", "[" * 100_000, '["a"]'])
def test_json_that_is_no_array_of_records_is_refused(place, text):
    (place.folder / "t.json").write_text(text)
    assert place.refused(FIELD, keyed("t.json")).codes == ["table.unreadable"]


def test_attributes_of_a_layer_serve_as_a_table(place):
    place.layer(
        "t.gpkg", [place.point(0, 0)] * 4, code=list(CODES), v=[1.0, 2.0, 3.0, 4.0], b=[True, False, True, True]
    )
    assert place.measured(FIELD, keyed("t.gpkg")).values.tolist() == [1, 2, 3, 4]


def test_table_keeps_its_place_in_a_path_with_accents(place_in):
    place = place_in("données 100 % d'été")
    place.table("tâble n°1.csv", table_of(1, 2, 3, 4))
    assert place.measured(FIELD, keyed("tâble n°1.csv")).values.tolist() == [1, 2, 3, 4]


def test_frame_with_very_many_columns_and_long_names_is_read(place):
    names = [f"colonne_{'x' * 70}_{number}" for number in range(500)]
    rows = "\n".join(";".join([code, *map(str, range(500))]) for code in CODES)
    place.table("t.csv", ";".join(["code", *names]) + "\n" + rows + "\n")
    found = place.measured({"kind": "field", "field": names[499]}, keyed("t.csv"))
    assert found.values.tolist() == [499] * 4


def test_reserved_words_are_columns_like_others(place):
    place.table("t.csv", "code;select;order\n" + "".join(f"{code};{i};1\n" for i, code in enumerate(CODES)))
    found = place.measured({"kind": "field", "field": "select", "where": '"order" = 1'}, keyed("t.csv"))
    assert found.values.tolist() == [0, 1, 2, 3]

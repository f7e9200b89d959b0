"""What goes wrong in tables: codes, keys, numbers, encodings and layouts of French open data."""

from __future__ import annotations

import csv

import numpy as np
import pytest

FIELD = {"kind": "field", "field": "v"}
CODES = ("01001", "01002", "01003", "01004")


def keyed(path: str, **options) -> dict:
    return {"path": path, "key": "code", **options}


def table_of(*cells, separator: str = ";", codes=CODES) -> str:
    return "".join(f"{code}{separator}{cell}\n" for code, cell in zip(("code", *codes), ("v", *cells)))


# ── Codes (25, 28, 29)


def test_codes_in_every_writing_are_repaired_and_counted(place):
    place.table("t.csv", "code;v\n1001;1\n\" 01002 \";2\n1003.0;3\n'01004';4\n")
    found = place.measured(FIELD, keyed("t.csv"))
    assert found.values.tolist() == [1, 2, 3, 4]
    assert (found.outcome("code_rewritten"), found.count("code_rewritten")) == ("R", 4)


def test_corsican_codes_in_lower_case_are_repaired(place):
    place.territories_file(code=["2A004", "2B033", "01003", "01004"])
    place.table("t.csv", table_of(1, 2, 3, 4, codes=("2a004", " 2b033", "01003", "01004")))
    assert place.measured(FIELD, keyed("t.csv")).values.tolist() == [1, 2, 3, 4]


def test_territories_with_shortened_codes_are_repaired(place):
    place.territories_file(code=[1001, 2002, 3003, 12004])
    found = place.measured()
    assert found.territories.codes.tolist() == ["01001", "02002", "03003", "12004"]
    assert found.count("code_rewritten") == 3


def test_key_twice_is_refused_with_the_codes(place):
    place.table("t.csv", "code;v\n01001;1\n1001;2\n01002;3\n")
    for measure in (
        FIELD,
        {"kind": "per_capita", "field": "v"},
        {"kind": "ratio", "numerator": "v", "denominator": "v"},
    ):
        refusal = place.refused(measure, keyed("t.csv"))
        assert refusal.codes == ["table.duplicated_key"]
        assert "01001" in refusal.fr
        assert "combine" in refusal.en


@pytest.mark.parametrize(("combine", "value"), [("sum", 12), ("mean", 4), ("max", 8), ("first", 1)])
@pytest.mark.parametrize(
    ("measure", "factor"),
    [
        (FIELD, 1),
        ({**FIELD, "nature": "extensive"}, 1),
        ({"kind": "per_capita", "field": "v"}, 1 / 1000),
        ({"kind": "ratio", "numerator": "v", "denominator": "one"}, None),
    ],
)
def test_key_twice_is_combined_as_the_source_says(place, combine, value, measure, factor):
    place.table("t.csv", "code;v;one\n01001;1;1\n01001;8;1\n01001;3;1\n01002;5;1\n")
    found = place.measured(measure, keyed("t.csv", combine=combine))
    divided = value / (3 if combine == "sum" else 1)
    assert found.values[0] == pytest.approx(value * factor if factor else divided)
    assert found.values[1] == pytest.approx(5 * factor if factor == 1 else found.values[1])


def test_population_twice_is_combined_not_doubled(place):
    place.table("pop.csv", "code;p\n" + "".join(f"{code};700\n{code};700\n" for code in CODES))
    territories = {"source": "territories", "code": "code", "population": {"source": "pop", "field": "p"}}
    found = place.measured(territories=territories, sources={"pop": keyed("pop.csv", combine="first")})
    assert found.territories.population.tolist() == [700] * 4


def test_unmatched_rows_and_territories_are_listed(place):
    place.table("t.csv", "code;v\n01001;1\n01002;2\n01003;3\n99999;9\nTOTAL;15\n;\n")
    found = place.measured(FIELD, keyed("t.csv"))
    assert (found.outcome("rows_without_territory"), found.count("rows_without_territory")) == ("W", 2)
    assert "99999, TOTAL" in found.examples("rows_without_territory")
    assert (found.outcome("rows_without_code"), found.count("rows_without_code")) == ("W", 1)
    assert found.examples("territory_without_row") == "01004"
    assert np.isnan(found.values[3])
    assert found.reasons[3] == "not_in_table"


# ── Writing of tables (30–32)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_is_found(place, separator):
    place.table("t.csv", table_of(*(["1.5", "2.5", "3.5", "4.5"]), separator=separator))
    assert place.measured(FIELD, keyed("t.csv")).values.tolist() == [1.5, 2.5, 3.5, 4.5]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1,5", "2,25", "3", "-4,0"), (1.5, 2.25, 3, -4)),
        (("1 234,5", "2\u00a0345", "3\u202f456,7", "4\u2009567"), (1234.5, 2345, 3456.7, 4567)),
        (("12 %", "3,5\u00a0%", "1 200 €", "4€"), (12, 3.5, 1200, 4)),
        (("1.234,5", "12.345.678,9", "7", "8,0"), (1234.5, 12345678.9, 7, 8)),
        (("1,234.5", "12,345,678.9", "7", "8.0"), (1234.5, 12345678.9, 7, 8)),
        (("1.5", "2,5", "0.125", "3"), (1.5, 2.5, 0.125, 3)),
        (("−5", "+6", "1e3", "2.5E-3"), (-5, 6, 1000, 0.0025)),
        (('"1,5"', '"2,5"', '"3"', '"4"'), (1.5, 2.5, 3, 4)),
    ],
)
def test_french_and_english_numbers_are_read(place, cells, values):
    place.table("t.csv", table_of(*cells))
    assert place.measured(FIELD, keyed("t.csv")).values.tolist() == pytest.approx(list(values))


def test_numbers_that_were_rewritten_are_counted(place):
    place.table("t.csv", table_of("1,5", "2,5", "3", "4"))
    found = place.measured(FIELD, keyed("t.csv"))
    assert (found.outcome("number_rewritten"), found.count("number_rewritten")) == ("R", 2)


@pytest.mark.parametrize(
    ("options", "cells", "values"),
    [
        ({"thousands": "."}, ("1.234", "2.500", "3", "4"), (1234, 2500, 3, 4)),
        ({"thousands": ","}, ("1,234", "2,500", "3", "4"), (1234, 2500, 3, 4)),
        ({"decimal": ","}, ("1,234", "2,500", "3", "4"), (1.234, 2.5, 3, 4)),
        ({"decimal": "."}, ("1.234", "2.500", "3", "4"), (1.234, 2.5, 3, 4)),
    ],
)
def test_marks_that_the_study_gives_are_taken(place, options, cells, values):
    place.table("t.csv", table_of(*cells))
    assert place.measured(FIELD, keyed("t.csv", **options)).values.tolist() == pytest.approx(list(values))


def test_cell_against_the_given_mark_is_missing_not_tenfold(place):
    place.table("t.csv", table_of("1.5", "2,5", "3.5", "4.5"))
    found = place.measured(FIELD, keyed("t.csv", decimal="."))
    assert np.isnan(found.values[1])
    assert found.reasons[1] == "not_a_number"
    assert (found.outcome("not_a_number"), found.examples("not_a_number")) == ("M", "v: 2,5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_is_found(place, encoding, newline):
    text = f"code;Médiane été;ville{newline}" + "".join(f"{code};{i};Évry{newline}" for i, code in enumerate(CODES))
    place.table("t.csv", text, encoding)
    found = place.measured({"kind": "field", "field": "Médiane été", "where": "ville = 'Évry'"}, keyed("t.csv"))
    assert found.values.tolist() == [0, 1, 2, 3]
    if encoding not in ("utf-8", "utf-8-sig"):
        assert found.outcome("encoding") == "R"


def test_file_of_two_encodings_is_read_with_a_warning_and_an_example(place):
    rows = table_of("1", "2", "3", "4").encode() + "x;Évry\n".encode() + "y;Évry\n".encode("latin-1")
    (place.folder / "t.csv").write_bytes(rows)
    found = place.measured(FIELD, keyed("t.csv", where="code LIKE '01%'"))
    assert found.values.tolist() == [1, 2, 3, 4]
    assert found.outcome("encoding") == "W"
    assert "vry" in found.examples("encoding")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "klingon", "idna"])
def test_encoding_that_is_not_the_file_s_is_refused(place, encoding):
    place.table("t.csv", table_of("é", "2", "3", "4"), "latin-1")
    assert place.refused(FIELD, keyed("t.csv", encoding=encoding)).codes == ["table.encoding"]


def test_lines_before_the_header_are_skipped_where_the_study_says_so(place):
    place.table("t.csv", "Source : INSEE\n\nChamp : France\n" + table_of(1, 2, 3, 4))
    assert place.measured(FIELD, keyed("t.csv", skip=3)).values.tolist() == [1, 2, 3, 4]
    assert set(place.refused(FIELD, keyed("t.csv")).codes) <= {"source.no_field", "table.ragged", "table.unreadable"}


def test_row_of_units_total_and_footnote_are_left_out_with_a_warning(place):
    place.table("t.csv", "code;v\n;MWh\n01001;1\n01002;2\n01003;3\n01004;4\nTotal;10\n(1) estimation\n")
    found = place.measured(FIELD, keyed("t.csv"))
    assert found.values.tolist() == [1, 2, 3, 4]
    assert "Total".upper() in found.examples("rows_without_territory")
    assert found.outcome("rows_without_territory") == "W"


def test_row_with_more_cells_than_names_is_refused_not_shifted(place):
    place.table("t.csv", "code,name,v\n01001,a,1\n01002,Paris, ville,2\n01003,c,3\n01004,d,4\n")
    refusal = place.refused(FIELD, keyed("t.csv"))
    assert refusal.codes == ["table.ragged"]
    assert "3" in refusal.fr


def test_separators_at_the_end_of_lines_are_harmless(place):
    place.table("t.csv", "code;v\n01001;1;\n01002;2;;\n01003;3\n01004;4;\n")
    assert place.measured(FIELD, keyed("t.csv")).values.tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "source.empty_file"),
        (b"PK\x03\x04" + bytes(200), "source.damaged"),
        (b"\xff\xfec\x00o\x00", "source.no_field"),
        (b"\xff\xfec\x00o", "source.damaged"),
        (b"\n\n\n", "table.unreadable"),
    ],
)
def test_file_that_is_no_table_is_refused(place, content, code):
    (place.folder / "t.csv").write_bytes(content)
    assert set(place.refused(FIELD, keyed("t.csv")).codes) == {code}


def test_table_without_a_key_in_the_study_is_refused(place):
    place.table("t.csv", table_of(1, 2, 3, 4))
    assert place.refused(FIELD, {"path": "t.csv"}).codes == ["table.no_key"]


# ── Cells (33, 34, 36, 38, 39)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("n/d", "absent"), ("-", "absent"), ("", "absent"), ("N/A", "absent"), ("nd", "absent"), ("…", "absent"),
        ("s", "withheld"), ("nc", "withheld"), ("***", "withheld"), ("S", "withheld"),
        ("1e999", "not_finite"), ("inf", "not_finite"), ("abc", "not_a_number"), ("1_0", "not_a_number"),
    ],
)  # fmt: skip
def test_cell_without_a_number_is_missing_with_its_reason_and_never_zero(place, cell, reason):
    place.table("t.csv", table_of(cell, 2, 3, 4))
    found = place.measured(FIELD, keyed("t.csv"))
    assert np.isnan(found.values[0])
    assert (found.flags[0], found.reasons[0]) == ("missing", reason)
    assert found.coverage.tolist() == [0, 1, 1, 1]
    check = {"absent": "value_absent", "withheld": "value_withheld"}.get(reason, reason)
    assert found.count(check) == 1


def test_text_for_no_value_can_be_given(place):
    place.table("t.csv", table_of("-999", 2, 3, 4))
    found = place.measured(FIELD, keyed("t.csv", missing=["-999"]))
    assert np.isnan(found.values[0])


@pytest.mark.parametrize("cells", [("Oui", "Non", "Oui", "Non"), ("2020-01-01",) * 4, ("a", "b", "c", "4")])
def test_column_that_is_no_numbers_is_refused_with_examples(place, cells):
    place.table("t.csv", table_of(*cells))
    refusal = place.refused(FIELD, keyed("t.csv"))
    assert refusal.codes == ["table.not_numbers"]
    assert cells[0] in refusal.fr


def test_negative_population_is_missing_and_warned_of(place):
    place.territories_file(population=[-5.0, 0.0, np.nan, 100.0])
    place.table("t.csv", table_of(1, 2, 3, 4))
    found = place.measured({"kind": "per_capita", "field": "v"}, keyed("t.csv"))
    assert np.isnan(found.territories.population[0])
    assert (found.outcome("negative_population"), found.examples("negative_population")) == ("W", "01001")
    assert found.reasons[:3] == ["no_population"] * 3
    assert found.values[3] == pytest.approx(0.04)


@pytest.mark.parametrize(
    "measure",
    [{"kind": "per_capita", "field": "v"}, {"kind": "count_per_1000"}, {"kind": "coverage_per_capita"}],
)
def test_study_without_population_leaves_values_per_inhabitant_missing(place, measure):
    place.table("t.csv", table_of(1, 2, 3, 4))
    source = keyed("t.csv") if measure["kind"] != "coverage_per_capita" else {"path": "territories.gpkg"}
    found = place.measured(measure, source, territories={"source": "territories", "code": "code"})
    assert np.isnan(found.values).all()
    assert found.reasons == ["no_population"] * 4


def test_ratio_over_zero_or_nothing_is_missing(place):
    place.table("t.csv", "code;a;b\n01001;6;3\n01002;6;0\n01003;6;n/d\n01004;s;2\n")
    found = place.measured({"kind": "ratio", "numerator": "a", "denominator": "b"}, keyed("t.csv"))
    assert found.values[0] == 2
    assert np.isnan(found.values[1:]).all()
    assert found.reasons[1:] == ["denominator_zero", "absent", "withheld"]


def test_text_that_a_spreadsheet_would_execute_is_disarmed_and_numbers_are_not(place, tmp_path):
    from smart_territoires_plugin.core.pipeline import run

    names = ["=HYPERLINK(1)", "@SUM(1)", "\tx", "plain"]
    place.territories_file(name=names)
    place.table("t.csv", table_of(-1, -2, -3, -4))
    study = place.study(
        sources={"data": keyed("t.csv")},
        indicators=[{"id": "one", "role": "success_factor", "axis": "data", "measure": {**FIELD, "source": "data"}}],
    )
    run(study, tmp_path / "out", "en", workers=1)
    with (tmp_path / "out" / "territories.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == [f"'{name}" for name in names[:3]] + ["plain"]
    assert [float(row["population"]) for row in rows] == [1000, 2000, 3000, 4000]


# ── Filters of tables (17)


def test_filter_of_a_table_compares_numbers_as_numbers(place):
    place.table("t.csv", "code;v;annee\n" + "".join(f"{c};{v};{y}\n" for c in CODES for v, y in ((9, 999), (1, 2017))))
    found = place.measured({**FIELD, "where": "annee > 1000"}, keyed("t.csv"))
    assert found.values.tolist() == [1] * 4
    assert place.measured({**FIELD, "where": "annee = '2017'"}, keyed("t.csv")).values.tolist() == [1] * 4


@pytest.mark.parametrize(
    "where",
    ["absent = 1", "v = ", "1=1; DROP TABLE data", "v IN (SELECT 1)", "1) UNION SELECT (1", "load_extension('x')"],
)
def test_filter_of_a_table_that_is_wrong_or_more_is_refused(place, where):
    place.table("t.csv", table_of(1, 2, 3, 4))
    assert place.refused({**FIELD, "where": where}, keyed("t.csv")).codes == ["source.bad_filter"]


def test_column_of_a_table_under_another_writing_is_found_and_said(place):
    place.table("t.csv", "CODE;Médiane\n01001;1\n01002;2\n01003;3\n01004;4\n")
    found = place.measured({"kind": "field", "field": "mediane"}, keyed("t.csv"))
    assert found.values.tolist() == [1, 2, 3, 4]
    assert "mediane → Médiane" in found.examples("field_renamed")
    assert "code → CODE" in found.examples("field_renamed")

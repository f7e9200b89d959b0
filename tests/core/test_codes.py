"""Territory codes: their writing, arrondissements, and what became of former communes."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from smart_territoires_plugin.core.sources.codes import (
    ARRONDISSEMENTS,
    Successors,
    normalise,
    successors,
    usual_length,
)
from smart_territoires_plugin.core.sources.keyed import match, total

commune = some.from_regex(r"\A(0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97)[0-9]{3}\Z")
paths = some.sampled_from([lambda c: f" {c}", lambda c: f"{c}\t", lambda c: f"'{c}'", lambda c: f'"{c}"', str.lower])


def one(code, length: int = 5) -> str:
    return normalise(pd.Series([code], dtype=object), length)[0][0]


@given(commune)
def test_right_code_stays_as_it_is(code):
    made, changed = normalise(pd.Series([code]), 5)
    assert made.tolist() == [code]
    assert not changed.any()


@given(commune, some.lists(paths, max_size=4))
def test_code_written_otherwise_is_found_again(code, ways):
    written = code
    for way in ways:
        written = way(written)
    assert one(written) == code


@given(commune.filter(str.isdigit))
def test_code_that_was_a_number_is_found_again(code):
    assert one(int(code)) == one(float(code)) == one(str(int(code))) == one(f"{int(code)}.0") == code


@settings(max_examples=300)
@given(some.lists(some.one_of(some.text(max_size=12), some.integers(), some.none()), max_size=6), some.integers(1, 12))
def test_repair_is_done_once_for_all(codes, length):
    once, _ = normalise(pd.Series(codes, dtype=object), length)
    twice, changed = normalise(pd.Series(once, dtype=object), length)
    assert once.tolist() == twice.tolist()
    assert not changed.any()
    assert len(once) == len(codes)


@pytest.mark.parametrize(
    ("codes", "as_numbers", "length"),
    [
        (["01001", "01002", "75056"], False, 5),
        (["1001", "1002", "75056"], False, 5),
        (["1001", "1002"], True, 5),
        (["1001", "1002"], False, 4),
        (["200054781", "247800550"], False, 9),
        (["01", "2A", "971"], False, 2),
    ],
)
def test_length_that_codes_should_have(codes, as_numbers, length):
    assert usual_length(codes, as_numbers) == length


def test_arrondissements_are_those_of_the_three_cities():
    assert Counter(ARRONDISSEMENTS.values()) == {"75056": 20, "69123": 9, "13055": 16}
    assert {"75101", "75120", "69381", "69389", "13201", "13216"} <= set(ARRONDISSEMENTS)


# ── Successors


def movements(*rows) -> pd.DataFrame:
    columns = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP")
    return pd.DataFrame([dict(zip(columns, row)) for row in rows], columns=columns)


CHAIN = movements(
    ("32", "2016-01-01", "COM", "A", "COM", "B"),
    ("32", "2016-01-01", "COM", "B", "COM", "B"),
    ("32", "2019-01-01", "COM", "B", "COM", "C"),
    ("32", "2019-01-01", "COM", "C", "COM", "C"),
)


def test_commune_merged_twice_ends_in_the_last():
    assert successors(CHAIN).final("A") == ("C", "2019-01-01")
    assert successors(CHAIN, until="2017-01-01").final("A") == ("B", "2016-01-01")
    assert successors(CHAIN).final("Z") == ("Z", "")


def test_commune_that_was_restored_is_its_own():
    restored = movements(("31", "1972-01-01", "COM", "A", "COM", "B"), ("21", "1990-01-01", "COM", "B", "COM", "A"))
    assert successors(restored).final("A") == ("A", "")


def test_circle_of_changes_comes_to_an_end():
    circle = movements(("41", "1968-01-01", "COM", "A", "COM", "B"), ("41", "1980-01-01", "COM", "B", "COM", "A"))
    assert successors(circle).final("A")[0] in ("A", "B")


@pytest.mark.parametrize(
    ("territories", "keys", "totals"),
    [
        # The table is older than the territories, by one merger or two.
        (["C"], ["A", "B", "C"], [7]),
        (["B", "C"], ["A", "B", "C"], [3, 4]),
        # The table is newer: one row covers several territories, and is shared by area (1, 2, 3 here).
        (["A", "B", "C"], ["C"], [1 / 6, 2 / 6, 3 / 6]),
        (["A", "B", "C"], ["B", "C"], [1 / 3, 2 / 3, 2]),
        (["A", "B", "C"], ["A", "B", "C"], [1, 2, 4]),
    ],
)
def test_totals_are_carried_between_any_two_vintages_and_conserved(territories, keys, totals):
    values = np.array([1.0, 2.0, 4.0])[: len(keys)]
    areas_m2 = np.arange(1.0, len(territories) + 1)
    found = match("t", np.array(territories, object), areas_m2, np.array(keys, object), successors(CHAIN))
    made = total(found, values)
    assert made.tolist() == pytest.approx(totals)
    assert made.sum() == pytest.approx(values.sum())


def test_share_of_a_territory_without_extent_is_unknown_and_not_zero():
    found = match("t", np.array(["A", "B"], object), np.array([0.0, 2.0]), np.array(["C"], object), successors(CHAIN))
    assert np.isnan(total(found, np.array([9.0]))).all()


@given(some.lists(some.floats(0, 1e6), min_size=20, max_size=20), some.booleans())
def test_arrondissements_are_gathered_and_spread_with_totals_conserved(values, gathering):
    parts = [f"751{number:02d}" for number in range(1, 21)]
    if gathering:
        found = match("t", np.array(["75056"], object), np.ones(1), np.array(parts, object), Successors({}))
        assert total(found, np.array(values)).tolist() == pytest.approx([sum(values)])
        assert found.carried.tolist() == ["arrondissements"]
    else:
        areas_m2 = np.array(values) + 1
        found = match("t", np.array(parts, object), areas_m2, np.array(["75056"], object), Successors({}))
        made = total(found, np.array([1000.0]))
        assert made.sum() == pytest.approx(1000)
        assert made == pytest.approx(1000 * areas_m2 / areas_m2.sum())
        assert set(found.carried) == {"split"}


def test_whole_city_beside_its_arrondissements_counts_once():
    keys = np.array(["75056", "75101", "75102"], object)
    found = match("t", np.array(["75056"], object), np.ones(1), keys, Successors({}))
    assert total(found, np.array([10.0, 4.0, 6.0])).tolist() == [10]
    assert "75101, 75102" in next(r.examples for r in found.quality if r.check == "rows_without_territory")


def test_unmatched_code_is_listed_with_what_became_of_it():
    found = match("t", np.array(["X"], object), np.ones(1), np.array(["A", "?"], object), successors(CHAIN))
    listed = next(record.examples for record in found.quality if record.check == "rows_without_territory")
    assert listed == "A → C 2019-01-01, ?"


# ── Against INSEE's file and the table made by others


@pytest.fixture(scope="module")
def movement_file(shared_data):
    return pd.read_csv(shared_data / "insee" / "mouvements-communes.csv", dtype=str, keep_default_na=False)


def test_population_of_2014_carried_to_2017_is_the_one_of_cogugaison(oracles, movement_file):
    before = pd.read_csv(oracles / "cog" / "input_popcom_COG2014_idf_27_49_14.csv", dtype={"CODGEO": str})
    expected = pd.read_csv(oracles / "cog" / "expected_COG2017.csv", dtype={"CODGEO": str}).set_index("CODGEO")
    codes = expected.index.to_numpy(dtype=object)
    following = successors(movement_file, until="2017-01-01")
    keys, _ = normalise(before["CODGEO"], 5)
    found = match("t", codes, np.ones(len(codes)), keys, following)
    made = total(found, before["P12_POP"].to_numpy(dtype=float))
    # The input holds no commune of Loire-Atlantique: Le Fresne-sur-Loire, merged into 49160, is in the expected only.
    (elsewhere,) = np.flatnonzero(made != expected["P12_POP"].to_numpy())
    assert codes[elsewhere] == "49160"
    assert following.final("44060")[0] == "49160"
    assert made.sum() == before["P12_POP"].sum()
    assert total(found, before["SUPERF"].to_numpy(dtype=float)).sum() == before["SUPERF"].sum()
    assert not any(record.check == "rows_without_territory" for record in found.quality)


def test_file_of_movements_gives_the_same_merges_as_the_table_of_events(oracles, movement_file):
    """Every merger among the events to 2017: the former commune lies in the one named there."""
    events = pd.read_csv(oracles / "cog" / "passage_events_2014_2024_idf_27_49_14.csv", dtype=str)
    merged = events[(events["type"] == "f") & (events["to_year"] <= "2017") & (events["cod_from"] != events["cod_to"])]
    following = successors(movement_file, until="2017-01-01")
    assert len(merged) > 100
    for former, now in zip(merged["cod_from"], merged["cod_to"]):
        assert following.final(former)[0] == following.final(now)[0]

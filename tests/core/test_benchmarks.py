"""Benchmarks: targets beside reference territories, against slow loops and read back from the sentences.

All references and values here are synthetic.
"""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import make_study, matrix

from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.targeting.benchmarks import (
    benchmark_sentence,
    compare,
    nearest_reference,
    references,
)

SEEDS = st.integers(0, 10_000)
SIZE = 12
CODES = np.array([f"{30_000 + i}" for i in range(SIZE)], dtype=object)


def indicators():
    """Two stakes and three success factors; the first lower is better, units in the sentence."""
    made = make_study().indicators
    words = ["stake a", "stake b", "factor a", "factor b", "factor c"]
    units = ["%", "km", "%", "", ""]
    named = [
        replace(one, name=Name(word.replace("stake", "enjeu"), word), unit=unit)
        for one, word, unit in zip(made, words, units)
    ]
    return (*named[:3], replace(named[3], direction=-1), named[4])


def reference_table(seed, count=6):
    """References with some indicators, years and repetitions, one line that the study does not know."""
    generator = np.random.default_rng(seed)
    lines = [("R0", "Gand", "Belgique", "unknown_indicator", 5.0, 2020)]
    for reference in range(count):
        for one in generator.permutation(["s0", "s1", "f0", "f1", "f2"])[: generator.integers(1, 6)]:
            for year in generator.choice([2019, 2021, 2023], generator.integers(1, 3)):
                value = round(float(generator.normal(50, 20)), 2)
                lines.append((f"R{reference}", f"Ville {reference}", "Pays", one, value, year))
    return pd.DataFrame(lines, columns=["reference_id", "name", "country", "indicator", "value", "year"])


def slow_values(table, names):
    """Value and year of each reference and indicator: the mean of the latest year's."""
    found = {}
    for line in table.itertuples():
        if line.indicator in names:
            found.setdefault((line.reference_id, line.indicator), []).append((line.year, line.value))
    made = {}
    for key, several in found.items():
        latest = max(year for year, _ in several)
        same = [value for year, value in several if year == latest]
        made[key] = (sum(same) / len(same), latest)
    return made


def slow_nearest(values, row, table, names):
    known = slow_values(table, names)
    spread = [np.nanstd(values[:, column]) for column in range(len(names))]
    ids = sorted({reference for reference, _ in known})
    shared = {r: [c for c, n in enumerate(names) if (r, n) in known and not np.isnan(values[row, c])] for r in ids}
    most = max(len(columns) for columns in shared.values())
    best = None
    for reference in ids:
        columns = shared[reference]
        if not columns or 2 * len(columns) < most:
            continue
        squares = [((known[reference, names[c]][0] - values[row, c]) / spread[c]) ** 2 for c in columns]
        key = ((sum(squares) / len(squares)) ** 0.5, -len(columns), reference)
        best = key if best is None or key < best else best
    return best[2] if best else None


@given(SEEDS)
@settings(deadline=None, max_examples=25)
def test_the_reference_is_the_nearest_of_those_that_share_enough(seed):
    values, table, known = matrix(SIZE, seed=seed, gaps=0.2), reference_table(seed), indicators()
    names = [one.id for one in known]
    found = references(table, known)
    chosen = nearest_reference(values, np.arange(SIZE), found)
    expected = [slow_nearest(values, row, table, names) for row in range(SIZE)]
    assert [found.ids[place] if place >= 0 else None for place in chosen] == expected


@given(SEEDS)
@settings(deadline=None, max_examples=15)
def test_the_comparison_does_not_hang_on_the_order_of_rows(seed):
    values, table, known = matrix(SIZE, seed=seed, gaps=0.2), reference_table(seed), indicators()
    generator = np.random.default_rng(seed)
    plain = compare(table, known, values, np.arange(SIZE), CODES)
    order = generator.permutation(SIZE)
    shuffled = table.iloc[generator.permutation(len(table))]
    again = compare(shuffled, known, values[order], np.argsort(order), CODES[order])
    pd.testing.assert_frame_equal(plain, again)


@given(SEEDS)
@settings(deadline=None, max_examples=15)
def test_every_line_holds_what_both_have(seed):
    values, table, known = matrix(SIZE, seed=seed, gaps=0.2), reference_table(seed), indicators()
    names = [one.id for one in known]
    told = slow_values(table, names)
    made = compare(table, known, values, np.arange(SIZE), CODES)
    for code, lines in made.groupby("code"):
        row = int(code) - 30_000
        (reference,) = lines["reference_id"].unique()
        both = [n for c, n in enumerate(names) if (reference, n) in told and not np.isnan(values[row, c])]
        assert lines["indicator"].tolist() == both
        for line in lines.itertuples():
            column = names.index(line.indicator)
            assert (line.own_value, line.unit) == (values[row, column], known[column].unit)
            assert (line.reference_value, line.year) == pytest.approx(told[reference, line.indicator])
            ahead = (line.own_value - line.reference_value) * known[column].direction
            assert line.better == np.sign(ahead) or (line.better == 0 and abs(ahead) < 0.11)


def test_few_values_are_not_easily_alike():
    values = np.array([[10.0, 10, 10, 10, 10], [20, 20, 20, 20, 20], [30, 30, 30, 30, 30]])
    lines = [("few", "A", "", "s0", 10.0, 2020)]
    lines += [("many", "B", "", name, 12.0, 2020) for name in ("s0", "s1", "f0")]
    table = pd.DataFrame(lines, columns=["reference_id", "name", "country", "indicator", "value", "year"])
    made = compare(table, indicators(), values, np.array([0]), CODES)
    assert set(made["reference_id"]) == {"many"} and made["better"].tolist() == [-1, -1, -1]


def test_nothing_to_compare_with(recwarn):
    columns = ["reference_id", "name", "country", "indicator", "value", "year"]
    nothing = pd.DataFrame({name: [] for name in columns})
    values = matrix(SIZE)
    assert len(compare(nothing, indicators(), values, np.arange(3), CODES)) == 0
    unknown = pd.DataFrame([("R", "A", "", "s0", None, None)], columns=columns)
    assert len(compare(unknown, indicators(), values, np.arange(3), CODES)) == 0
    same_everywhere = pd.DataFrame([("R", "A", "", "s0", 5.0, 2020)], columns=columns)
    assert len(compare(same_everywhere, indicators(), np.full((SIZE, 5), 5.0), np.arange(3), CODES)) == 0
    assert benchmark_sentence(compare(nothing, indicators(), values, np.arange(3), CODES), {}, "fr") == ""
    assert not recwarn.list


def test_a_value_without_a_year_gives_way_to_one_that_has_it():
    columns = ["reference_id", "name", "country", "indicator", "value", "year"]
    table = pd.DataFrame(
        [("R", None, "", "s0", 9.0, None), ("R", "Gand", "", "s0", 7.0, 2001), ("R", "Gand", "", "s1", 3.0, None)],
        columns=columns,
    )
    found = references(table, indicators())
    assert found.values[0, :2].tolist() == [7.0, 3.0] and found.years[0, 0] == 2001 and np.isnan(found.years[0, 1])
    assert found.names.tolist() == ["Gand"]


def numbers_in(sentence):
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", sentence.replace("\u202f", "").replace("\u00a0", " "))
    return [float(item.replace(",", ".")) for item in re.findall(r"\d+(?:[.,]\d+)?", bare)]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            [
                "plus haut pour enjeu a",
                "en avance pour factor b",
                "en retrait pour factor c",
                "à égalité pour factor a",
            ],
        ),
        ("en", ["higher on stake a", "better on factor b", "behind on factor c", "level on factor a"]),
    ],
)
def test_the_sentence_cites_both_values_and_the_year(lang, words):
    columns = ["reference_id", "name", "country", "indicator", "value", "year"]
    table = pd.DataFrame(
        [
            ("R", "Gand", "Belgique", "s0", 8.5, 2023),
            ("R", "Gand", "Belgique", "f0", 40.0, 2022),
            ("R", "Gand", "Belgique", "f1", 70.0, 2021),
            ("R", "Gand", "Belgique", "f2", 1234.0, None),
        ],
        columns=columns,
    )
    values = np.vstack([[12.5, 1, 40.04, 60, 1100], matrix(4, seed=2)])
    made = compare(table, indicators(), values, np.array([0]), CODES)
    # The stake is higher; of the second factor less is better.
    assert made["better"].tolist() == [1, 0, 1, -1]
    said = benchmark_sentence(made, {one.id: one for one in indicators()}, lang, "Belgique")
    assert "Gand (Belgique)" in said
    assert [part for part in words if part in said] == words
    assert numbers_in(said) == pytest.approx([12.5, 8.5, 2023, 60, 70, 2021, 1100, 1234, 40, 40, 2022], abs=0.051)
    assert "Belgique" not in benchmark_sentence(made, {one.id: one for one in indicators()}, lang)

"""Calls that a territory fits, and who may co-fund it: against slow loops and read back from the sentences.

All calls, applications and projects here are synthetic.
"""

import datetime
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smart_territoires_plugin.core.targeting.call_fit import CallFit, call_sentence, fitting_calls, written_day
from smart_territoires_plugin.core.targeting.cofunding import cofunders, cofunding_sentence, distinct, leverage

DATE = "2026-03-15"
COLUMNS = ["call_id", "title", "opening", "closing", "themes", "eligible"]
DAYS = ["", None, "2026-01-01", DATE, "2026-03-14", "2026-03-16", "2026-12-31"]


def calls(*lines):
    return pd.DataFrame(lines, columns=COLUMNS)


# ── the call


a_call = st.tuples(
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.sampled_from(["", None, "flood", "air; flood", "air"]),
    st.sampled_from(["", None, "commune", "large_commune;ept", "epci ; departement"]),
)
some_calls = st.lists(a_call, min_size=1, max_size=5)


def slow_fits(call, theme, kind, population):
    """Which of the three conditions an open call meets, in order."""
    _, _, opening, closing, themes, eligible = call
    is_open = (not opening or opening <= DATE) and (not closing or closing >= DATE)
    about = not themes or theme in [part.strip() for part in themes.split(";")] and theme != ""
    kinds = [kind] + (["large_commune"] if kind == "commune" and population >= 10_000 else [])
    is_for = not eligible or any(part.strip() in kinds for part in eligible.split(";"))
    return is_open, about, is_for


@given(
    some_calls,
    st.sampled_from(["flood", "air", ""]),
    st.sampled_from(["commune", "epci", "ept"]),
    st.sampled_from([9_999.0, 10_000.0, np.nan]),
    st.randoms(use_true_random=False),
)
@settings(deadline=None, max_examples=120)
def test_the_call_is_the_best_of_those_that_fit(drawn, theme, kind, population, random):
    lines = [(f"C{i}", f"Appel {i}", *call) for i, call in enumerate(drawn)]
    fits = {line[0]: slow_fits(line, theme, kind, population) for line in lines}
    found = fitting_calls(calls(*lines), DATE, theme, kind, population)
    random.shuffle(lines)
    assert fitting_calls(calls(*lines), DATE, theme, kind, population) == found
    whole = [line for line in lines if all(fits[line[0]])]
    if not whole:
        opened = [fit for fit in fits.values() if fit[0]]
        about = [fit for fit in opened if fit[1]]
        assert found.call_id == "" and found.closing is None
        assert found.reason == ("none_for_kind" if about else "none_on_theme" if opened else "none_open")
        return
    assert all(fits[found.call_id]) and found.reason == ""
    (chosen,) = [line for line in lines if line[0] == found.call_id]
    assert (found.closing is None) == (not chosen[3])
    for other in whole:
        # Named theme first, then named kind, then open longest, then by identifier.
        key = [(not c[4], not c[5], -int((c[3] or "9999-12-31").replace("-", "")), c[0]) for c in (chosen, other)]
        assert key[0] <= key[1]


def test_what_keeps_a_call_away_is_told():
    one = calls(("A", "Crues", "2026-01-01", "2026-12-31", "flood", "epci"))
    assert fitting_calls(one, DATE, "flood", "epci", 5.0) == CallFit("A", "Crues", datetime.date(2026, 12, 31))
    assert fitting_calls(one.iloc[:0], DATE, "flood", "epci", 5.0).reason == "none_recorded"
    assert fitting_calls(one, "", "flood", "epci", 5.0).reason == "no_date"
    assert fitting_calls(one, "2027-01-01", "flood", "epci", 5.0).reason == "none_open"
    assert fitting_calls(one, DATE, "air", "epci", 5.0).reason == "none_on_theme"
    assert fitting_calls(one, DATE, "flood", "commune", 5.0).reason == "none_for_kind"
    with_days = one.assign(opening=pd.to_datetime(one["opening"]), closing=pd.to_datetime(one["closing"]))
    assert fitting_calls(with_days, DATE, "flood", "epci", 5.0).call_id == "A"


def test_an_application_under_way_is_told():
    one = calls(("A", "Crues", None, None, "flood", ""))
    for outcomes, told in (
        (["rejected"], ""),
        (["withdrawn", "pending"], "pending"),
        (["pending", "selected"], "selected"),
    ):
        own = pd.DataFrame({"call_id": ["A"] * len(outcomes), "outcome": outcomes})
        assert fitting_calls(one, DATE, "flood", "epci", 5.0, own).application == told
        assert fitting_calls(one, DATE, "flood", "epci", 5.0, own.assign(call_id="B")).application == ""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_sentences_tell_the_call_or_why_there_is_none(lang):
    last = CallFit("A", "Crues 2026", datetime.date(2026, 12, 31))
    assert "Crues 2026" in call_sentence(last, DATE, lang) and "31 d" in call_sentence(last, DATE, lang).lower()
    assert "Crues" in call_sentence(CallFit("A", "Crues"), DATE, lang)
    said = set()
    for application in ("pending", "selected"):
        said.add(call_sentence(CallFit("A", "Crues", None, "", application), DATE, lang))
    for reason in ("no_date", "none_recorded", "none_open", "none_on_theme", "none_for_kind"):
        for theme in ("Inondations", ""):
            sentence = call_sentence(CallFit(reason=reason), DATE, lang, theme)
            dated = reason in ("none_open", "none_on_theme")
            assert (written_day(datetime.date(2026, 3, 15), lang) in sentence) == dated
            assert ("Inondations" in sentence) == (theme != "" and reason in ("none_on_theme", "none_for_kind"))
            said.add(sentence)
    assert len(said) == 2 + 3 + 2 * 2


def test_all_months_are_named():
    days = [datetime.date(2026, month, 2) for month in range(1, 13)]
    assert len({written_day(day, "fr") for day in days}) == 12
    assert [written_day(day, "en") for day in days] == [f"2 {day:%B} 2026" for day in days]


# ── co-funders


def projects(*lines):
    names = ["title", "theme", "stage", "budget_eur", "cofunding_eur", "cofunder", "cofunding_rate_pct"]
    return pd.DataFrame(lines, columns=names)


TOLD = projects(
    ("A", "flood", "done", 100_000, 60_000, "Agence de l’eau", None),
    ("B", "flood", "running", 200_000, None, "agence  de l’eau", 80),
    ("C", "flood", "funded", 300_000, None, "Agence de l’eau", 40),
    ("D", "flood", "done", 900_000, 450_000, "Région", 50),
    ("E", "flood", "idea", 5, 5, "Région", 100),
    ("F", "flood", "done", 0, 10, "Région", None),
    ("G", "air", "done", 40_000, None, "", None),
    ("H", "quiet", "done", None, None, "", None),
    ("I", None, "done", 1_000, 500, "Région", 50),
)


def test_cofunders_of_a_theme():
    """By hand: rates of 60, 80 and 40 %; 340 000 € paid of 600 000 €."""
    found = cofunders(TOLD)
    assert found["theme"].tolist() == ["air", "flood", "flood"]
    water = found.iloc[1]
    assert (water["cofunder"], water["projects"], water["theme_projects"]) == ("Agence de l’eau", 3, 4)
    assert (water["rate_pct"], water["rate_low_pct"], water["rate_high_pct"]) == (60, 40, 80)
    assert water["typical_cost_eur"] == 250_000 and water["residual_eur"] == pytest.approx(100_000)
    assert water["leverage"] == pytest.approx(340 / 260)
    region = found.iloc[2]
    assert (region["cofunder"], region["projects"], region["rate_pct"], region["leverage"]) == ("Région", 2, 50, 1)
    alone = found.iloc[0]
    assert (alone["cofunder"], alone["typical_cost_eur"], alone["projects"]) == ("", 40_000, 0)


@given(st.permutations(range(len(TOLD))))
@settings(deadline=None, max_examples=15)
def test_cofunders_do_not_hang_on_the_order_of_rows(order):
    pd.testing.assert_frame_equal(cofunders(TOLD.iloc[list(order)]), cofunders(TOLD))


def test_a_project_of_several_territories_counts_once():
    several = pd.concat([TOLD.assign(row=row) for row in range(3)])
    pd.testing.assert_frame_equal(cofunders(several), cofunders(TOLD))
    numbered = several.assign(project=several["title"], title="the same")
    pd.testing.assert_frame_equal(cofunders(numbered), cofunders(TOLD))
    assert len(distinct(several)) == len(TOLD) - 1


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 100)), min_size=1, max_size=9))
@settings(deadline=None, max_examples=30)
def test_what_is_left_to_pay_is_between_nothing_and_the_cost(drawn):
    lines = [(f"P{i}", "t", "done", budget, None, "Région", rate) for i, (budget, rate) in enumerate(drawn)]
    (line,) = cofunders(projects(*lines)).itertuples()
    assert line.rate_low_pct <= line.rate_pct <= line.rate_high_pct
    assert line.typical_cost_eur == np.median([budget for budget, _ in drawn])
    assert line.residual_eur == pytest.approx(line.typical_cost_eur * (1 - np.median([r for _, r in drawn]) / 100))
    own = sum(budget * (1 - rate / 100) for budget, rate in drawn)
    paid = sum(budget * rate / 100 for budget, rate in drawn)
    assert np.isnan(line.leverage) if own < 1e-9 else line.leverage == pytest.approx(paid / own)


def test_leverage_needs_money_of_ones_own():
    assert leverage(30.0, 10.0) == 3 and np.isnan(leverage(30.0, 0.0)) and np.isnan(leverage(np.nan, 1.0))


def numbers_in(sentence):
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", sentence.replace("\u202f", "").replace("\u00a0", " "))
    return [float(item.replace(",", ".")) for item in re.findall(r"\d+(?:[.,]\d+)?", bare)]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sentence_can_be_reckoned_again(lang):
    said = cofunding_sentence(cofunders(TOLD), "flood", "Inondations", lang).split("\n")
    assert numbers_in(said[0]) == [250_000, 4] and "Inondations" in said[0]
    assert numbers_in(said[1]) == [3, 60, 40, 80] and "Agence de l’eau" in said[1]
    residual, cost = numbers_in(said[2])
    assert residual == cost * (1 - 60 / 100)
    assert numbers_in(said[3]) == pytest.approx([340 / 260], abs=0.005)
    assert "Région" in said[4] and numbers_in(said[4]) == [2, 50]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_invented_of_a_theme_without_records(lang):
    table = cofunders(TOLD)
    assert cofunding_sentence(table, "quiet", "Calme", lang) == cofunding_sentence(table, "none", "Rien", lang) == ""
    assert len(cofunding_sentence(table, "air", "Air", lang).split("\n")) == 1
    empty = cofunders(TOLD.iloc[:0])
    assert len(empty) == 0 and cofunding_sentence(empty, "flood", "Inondations", lang) == ""

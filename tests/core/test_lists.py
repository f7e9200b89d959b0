"""The four lists, decisions, levers and segments by theme, against slow loops; all data here are synthetic."""

from __future__ import annotations

import math
import re
import statistics
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from synthetic import make_study, matrix

from smart_territoires_plugin.core.models.expected_activity import fit_null_model
from smart_territoires_plugin.core.results.lists_frame import COLUMNS, lists_frame, theme_segments_frame
from smart_territoires_plugin.core.scoring import score
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Method, Robustness, Targeting, Theme
from smart_territoires_plugin.core.study.model import Decision, Name
from smart_territoires_plugin.core.targeting.activity import Activity
from smart_territoires_plugin.core.targeting.decisions import apply_decisions, decision_columns
from smart_territoires_plugin.core.targeting.levers import lever_sentences, levers
from smart_territoires_plugin.core.targeting.lists import LISTS, make_lists
from smart_territoires_plugin.core.targeting.target import find_targets
from smart_territoires_plugin.core.targeting.theme_segments import segments_by_theme

SIZE, SHORTLIST = 90, 8
NUMBER = {"fr": r"\d[\d\u202f]*(?:,\d+)?", "en": r"\d[\d,]*(?:\.\d+)?"}


def two_theme_study(**targeting):
    """Stakes on two themes, four success factors."""
    study = make_study(factors=4, stakes=4, weights=[1.0, 2.0, 1.0, 1.0, 1.0, 3.0, 1.0, 0.0])
    indicators = tuple(replace(i, theme="u") if i.id in ("s2", "s3") else i for i in study.indicators)
    return replace(
        study,
        indicators=indicators,
        themes=(Theme("t", Name("thème t", "theme t")), Theme("u", Name("thème u", "theme u"))),
        robustness=Robustness(draws=20, seed=3),
        targeting=Targeting(**{"shortlist": SHORTLIST, "elsewhere": None, **targeting}),
    )


def region(seed=0, themes=("t", "u")):
    """Territories with a place, people and projects; some nobody searched, one without a geometry."""
    generator = np.random.default_rng(seed)
    codes = np.array([f"{20_000 + i}" for i in range(SIZE)], dtype=object)
    places = generator.integers(0, 12, (SIZE, 2)) * 5000.0  # a grid: many at the same distance
    shapes = shapely.box(places[:, 0], places[:, 1], places[:, 0] + 1000, places[:, 1] + 1000).astype(object)
    shapes[7] = None
    people = np.round(generator.lognormal(8, 1, SIZE))
    people[11] = np.nan
    names = np.array([f"Lieu {chr(65 + i % 26)}{chr(65 + i // 26)}" for i in range(SIZE)], dtype=object)
    empty = np.full(SIZE, "", dtype=object)
    territories = Territories(codes, names, people, {}, shapes, empty, ())
    by_theme = {name: generator.poisson(np.nan_to_num(people) / 8000).astype(float) for name in themes}
    counts = sum(by_theme.values())
    status = np.where(counts > 0, "documented", "searched_none_found").astype(object)
    unknown = generator.uniform(size=SIZE) < 0.15
    counts[unknown], status[unknown] = np.nan, "not_searched"
    for projects in by_theme.values():
        projects[unknown] = 0
    return territories, Activity(counts, status, by_theme)


def made(seed=0, gaps=0.03, **targeting):
    study = two_theme_study(**targeting)
    territories, activity = region(seed)
    scores = score(study, matrix(SIZE, 8, seed=seed + 1, gaps=gaps))
    return study, territories, scores, find_targets(study, territories, scores, activity), activity


@pytest.fixture(scope="module")
def found():
    parts = made(gaps=0.2)
    return (*parts, make_lists(*parts))


def decide(code, action, date="2026-03-01"):
    return Decision(code, action, f"raison de {code}", "Chargée de mission", date)


# ── every territory somewhere


@pytest.mark.parametrize("seed", range(4))
def test_every_territory_is_in_one_list_or_left_out_with_a_reason(seed):
    codes = [f"{20_000 + i}" for i in range(0, 30, 3)]
    decisions = tuple(decide(code, ("pin", "add", "exclude")[i % 3]) for i, code in enumerate(codes))
    parts = made(seed, gaps=0.2, decisions=decisions)
    lists = make_lists(*parts)
    everywhere = [int(row) for name in LISTS for row in lists.rows[name]] + list(lists.left_out)
    assert sorted(everywhere) == list(range(SIZE))
    assert sum(lists.counts.values()) == SIZE
    segments = parts[3].columns["segment"]
    assert {segments[row] for row, why in lists.left_out.items() if why == "insufficient_data"} == {"insufficient_data"}
    for name in LISTS[1:]:
        assert set(segments[lists.rows[name]]) <= {name}


def test_without_success_factors_all_are_left_out_and_said_to_be():
    study = replace(make_study(factors=0), robustness=Robustness(draws=5))
    territories, activity = region(themes=("t",))
    scores = score(study, matrix(SIZE, 2))
    lists = make_lists(study, territories, scores, find_targets(study, territories, scores, activity), activity)
    assert lists.counts == {**dict.fromkeys(LISTS, 0), "no_readiness": SIZE}


# ── order and content, the slow way


def percentile(values, row):
    known = [value for value in values if not math.isnan(value)]
    below = sum(value < values[row] for value in known)
    same = sum(value == values[row] for value in known)
    return 100 * (below + (same - 1) / 2) / (len(known) - 1)


def test_awareness_follows_the_inhabitants_concerned(found):
    _, territories, scores, targeting, _, lists = found
    theme, people = targeting.columns["recommended_theme"], territories.population
    keyed = []
    for row in np.flatnonzero(targeting.columns["segment"] == "raise_awareness"):
        known = theme[row] and people[row] > 0
        worth = percentile(scores.columns[f"score_{theme[row]}"], row) / 100 * people[row] if known else -math.inf
        keyed.append((-worth, territories.codes[row], int(row)))
        assert lists.concerned[row] == pytest.approx(worth) if known else np.isnan(lists.concerned[row])
    assert [row for *_, row in sorted(keyed)] == lists.rows["raise_awareness"].tolist()


def test_those_to_verify_follow_readiness_and_stake(found):
    _, territories, scores, targeting, _, lists = found
    theme, keyed = targeting.columns["recommended_theme"], []
    for row in np.flatnonzero(targeting.columns["segment"] == "verify"):
        parts = [max(percentile(scores.columns["readiness"], row), 1)]
        if theme[row]:
            parts.append(max(percentile(scores.columns[f"score_{theme[row]}"], row), 1))
        mean = math.prod(parts) ** (1 / len(parts))
        assert lists.asking_priority[row] == pytest.approx(mean)
        keyed.append((-round(mean, 9), territories.codes[row], int(row)))
    assert len(keyed) >= 3 and [row for *_, row in sorted(keyed)] == lists.rows["verify"].tolist()


def test_the_nearest_showcase_is_active_on_the_theme_if_there_is_one(found):
    _, territories, _, targeting, activity, lists = found
    centres = [None if shape is None else shape.centroid for shape in territories.geometry]
    shows = [row for row in lists.rows["showcase"] if centres[row] is not None]
    checked = 0
    for row in range(SIZE):
        theme = targeting.columns["recommended_theme"][row]
        if row in lists.rows["showcase"] or centres[row] is None:
            assert lists.showcase[row] == -1 and np.isnan(lists.distance_km[row])
            continue
        among = [one for one in shows if theme and activity.by_theme[theme][one] > 0] or shows
        metres, _, nearest = min((centres[row].distance(centres[one]), territories.codes[one], one) for one in among)
        assert lists.showcase[row] == nearest and lists.distance_km[row] == pytest.approx(metres / 1000)
        assert lists.on_theme[row] == bool(theme and activity.by_theme[theme][nearest] > 0)
        checked += 1
    assert checked > 50


def test_without_a_showcase_on_the_theme_the_nearest_of_all_is_named(found):
    study, territories, scores, targeting, activity, _ = found
    alone = replace(activity, by_theme={"t": activity.by_theme["t"]})
    lists = make_lists(study, territories, scores, targeting, alone)
    asking = (targeting.columns["recommended_theme"] == "u") & (lists.showcase >= 0)
    assert asking.any() and not lists.on_theme[asking].any()


def test_showcases_share_with_those_that_have_them_nearest_or_as_peer(found):
    _, territories, _, targeting, activity, lists = found
    asking = [*lists.rows["engage"], *lists.rows["raise_awareness"]]
    peer = targeting.columns["peer_code"]
    sizes = []
    for row in lists.rows["showcase"]:
        slow = [one for one in asking if lists.showcase[one] == row or peer[one] == territories.codes[row]]
        assert lists.share_with[row].tolist() == slow
        sizes.append((activity.count[row], len(slow)))
        slow_themes = sorted((-n[row], name) for name, n in activity.by_theme.items() if n[row] > 0)
        assert lists.shared_themes[row] == tuple((name, -count) for count, name in slow_themes)
    assert sizes == sorted(sizes, reverse=True) and max(helped for _, helped in sizes) > 0


def test_the_argument_is_the_stake_that_fewest_others_exceed_in_its_own_value(found):
    study, _, scores, targeting, _, lists = found
    for row in range(SIZE):
        theme = targeting.columns["recommended_theme"][row]
        best = (-1.0, 0.0, 0, -1)
        for column, indicator in enumerate(scores.indicators):
            value = scores.normalised[row, column]
            if indicator.role != "stake" or indicator.theme != theme or np.isnan(value) or scores.imputed[row, column]:
                continue
            others = [v for one, v in enumerate(scores.normalised[:, column]) if one != row and not np.isnan(v)]
            share = sum(v < value for v in others) / len(others)
            best = max(best, (share, scores.weights[column], -column, column))
        assert lists.argument[row] == best[3]
        if best[3] >= 0:
            assert lists.below[row, best[3]] == pytest.approx(100 * best[0])


def test_the_order_of_the_file_changes_nothing():
    study, territories, scores, targeting, activity = made(5)
    lists = make_lists(study, territories, scores, targeting, activity)
    shuffled = np.random.default_rng(1).permutation(SIZE)
    moved = Territories(
        *(getattr(territories, name)[shuffled] for name in ("codes", "names", "population")),
        {},
        territories.geometry[shuffled],
        territories.population_flags[shuffled],
        (),
    )
    by_theme = {name: values[shuffled] for name, values in activity.by_theme.items()}
    done = Activity(activity.count[shuffled], activity.status[shuffled], by_theme)
    again = score(study, matrix(SIZE, 8, seed=6, gaps=0.03)[shuffled])
    other = make_lists(study, moved, again, find_targets(study, moved, again, done), done)
    for name in LISTS:
        assert moved.codes[other.rows[name]].tolist() == territories.codes[lists.rows[name]].tolist()
    for row, rows in lists.share_with.items():
        there = int(np.flatnonzero(shuffled == row)[0])
        assert set(moved.codes[other.share_with[there]]) == set(territories.codes[rows])
    np.testing.assert_array_equal(other.argument, lists.argument[shuffled])


# ── decisions

CODES = [f"c{i:02d}" for i in range(12)]
DECISIONS = st.lists(
    st.builds(
        Decision,
        st.sampled_from([*CODES, "nowhere"]),
        st.sampled_from(["pin", "add", "exclude"]),
        st.just("r"),
        st.just("a"),
        st.sampled_from(["2026-01-01", "2026-01-02", "2026-01-03"]),
    ),
    max_size=8,
)


@given(DECISIONS, st.permutations(range(12)), st.integers(0, 12), st.integers(1, 14))
def test_decisions_move_who_they_name_and_nobody_else(decisions, order, engaged, shortlist):
    order = order[:engaged]
    done = apply_decisions(order, decisions, CODES, shortlist)
    latest = {}
    for place, one in enumerate(decisions):
        if one.code in CODES and (one.code not in latest or one.date >= latest[one.code][1].date):
            latest[one.code] = (place, one)
    rows = {action: [] for action in ("pin", "add", "exclude")}
    for _, one in sorted(latest.values(), key=lambda item: item[0]):
        rows[one.action].append(CODES.index(one.code))
    listed = done.order.tolist()
    assert len(set(listed)) == len(listed)
    assert set(listed) == (set(order) | set(rows["pin"]) | set(rows["add"])) - set(rows["exclude"])
    assert listed[: len(rows["pin"])] == rows["pin"]
    assert done.excluded.tolist() == sorted(rows["exclude"])
    called = listed[: done.shortlist]
    assert set(rows["pin"]) | set(rows["add"]) <= set(called)
    # Those nobody decided of keep the order of their ranks, in the call list and beyond it.
    untouched = [row for row in order if row not in {row for acted in rows.values() for row in acted}]
    assert [row for row in listed if row in untouched] == untouched
    by_rank = [row for row in called if row not in rows["pin"] and row not in rows["add"]]
    assert len(by_rank) <= max(shortlist - len(rows["pin"]), 0)
    # The call list is as long as asked, and longer by who was added from beyond it.
    first = [row for row in [*rows["pin"], *order] if row not in rows["exclude"]]
    first = list(dict.fromkeys(first))[: max(shortlist, len(rows["pin"]))]
    assert called == first + [row for row in rows["add"] if row not in first]
    unknown = sum(one.code == "nowhere" for one in decisions)
    assert sum(w.code == "lists.decision_unknown_code" for w in done.warnings) == unknown
    several = {code: {one.action for one in decisions if one.code == code} for code in CODES}
    assert sum(w.code == "lists.decision_contradicted" for w in done.warnings) == sum(
        len(actions) > 1 for actions in several.values()
    )
    assert all(w.severity == "warning" for w in done.warnings)


def test_codes_are_read_as_a_person_writes_them_and_those_of_another_level_are_known():
    said = [decide("2a004", "pin"), decide("1001", "add"), decide("200054781", "pin")]
    done = apply_decisions([0], said, ["75056", "2A004", "01001"], 1, elsewhere=["200054781"])
    assert done.order.tolist() == [1, 2, 0] and done.shortlist == 2 and not done.warnings


def test_a_decision_changes_no_computed_rank_and_is_told():
    plain = made(2)
    ranks = plain[3].columns["target_rank"]
    codes = plain[1].codes
    best, second = (codes[np.flatnonzero(ranks == rank)[0]] for rank in (1, 2))
    show = codes[np.flatnonzero(plain[3].columns["segment"] == "showcase")[0]]
    said = (decide(show, "pin"), decide(best, "exclude"))
    parts = made(2, decisions=said)
    np.testing.assert_array_equal(parts[3].columns["target_rank"], ranks)
    frame = lists_frame(outcome_of(parts), make_lists(*parts)).set_index("code")
    assert frame.loc[show, ["list", "place", "decision_code"]].tolist() == ["engage", 1, "pin"]
    assert frame.loc[second, "place"] == 2
    assert frame.loc[best, ["list", "target_rank", "decision_code"]].tolist() == ["left_out", 1, "exclude"]
    for code in (show, best):
        for lang in ("fr", "en"):
            note = frame.loc[code, f"note_{lang}"]
            assert f"raison de {code}" in note and "Chargée de mission" in note and "2026-03-01" in note
    columns = decision_columns(said, codes, "fr")
    assert columns["decision_code"][codes == show][0] == "pin" and (columns["decision"] != "").sum() == 2


# ── the layer


def outcome_of(parts):
    study, territories, scores, targeting, _ = parts
    measurements = SimpleNamespace(territories=territories, values={})
    return SimpleNamespace(study=study, measurements=measurements, scores=scores, targeting=targeting, called=None)


FILLED = {
    "engage": {"shortlisted", "priority", "argument_fr", "showcase_code", "distance_km", "peer_code", "theme"},
    "raise_awareness": {"inhabitants_concerned", "argument_fr", "showcase_code", "distance_km", "theme"},
    "showcase": {"share_what_fr", "share_with"},
    "verify": {"priority", "argument_fr", "theme"},
    "left_out": set(),
}


def test_only_what_fits_each_list_is_filled(found):
    *parts, lists = found
    frame = lists_frame(outcome_of(parts), lists)
    assert tuple(frame) == COLUMNS and sorted(frame["code"]) == sorted(parts[1].codes)
    every = set().union(*FILLED.values())
    filled = frame.replace("", pd.NA).groupby("list")[sorted(every)].count()
    for name, columns in FILLED.items():
        assert (filled.loc[name, sorted(columns)] > 0).all(), name
        assert (filled.loc[name, sorted(every - columns)] == 0).all(), name
    for name in LISTS:
        places = frame.loc[frame["list"] == name, "place"]
        assert places.tolist() == list(range(1, len(places) + 1))
    assert frame["shortlisted"].sum() == SHORTLIST
    assert not frame.map(lambda cell: isinstance(cell, str) and cell.lower() in ("nan", "none")).any(axis=None)


def test_both_languages_carry_the_territorys_own_values(found):
    *parts, lists = found
    _, territories, scores, _, _ = parts
    frame = lists_frame(outcome_of(parts), lists)
    read = 0
    for _, row in frame.iterrows():
        at = int(np.flatnonzero(territories.codes == row["code"])[0])
        for column in ("argument", "share_what", "note"):
            numbers = {}
            for lang in ("fr", "en"):
                said = re.findall(NUMBER[lang], re.sub(r"\b[sf]\d\b", "", row[f"{column}_{lang}"]))
                plain = [s.replace("\u202f", "").replace(",", "." if lang == "fr" else "") for s in said]
                numbers[lang] = [float(number) for number in plain]
            assert numbers["fr"] == numbers["en"]
            if column == "argument" and numbers["en"]:
                assert numbers["en"][0] == pytest.approx(abs(scores.completed[at, lists.argument[at]]), abs=0.5)
                read += 1
    assert read > 25


# ── levers


def test_levers_are_those_of_a_slow_search(found):
    study, _, scores, targeting, _, _ = found
    shows = np.flatnonzero(targeting.columns["segment"] == "showcase")
    factors = [(c, i) for c, i in enumerate(scores.indicators) if i.role == "success_factor"]
    whole = sum(i.weight for _, i in factors)
    some = 0
    for row in range(SIZE):
        strong, weak = [], []
        for column, indicator in factors:
            if np.isnan(scores.completed[row, column]) or scores.imputed[row, column] or not indicator.weight:
                continue
            own = scores.normalised[row, column]
            middle = statistics.median_low([v for v in scores.normalised[shows, column] if not np.isnan(v)])
            overall = statistics.median_low([v for v in scores.normalised[:, column] if not np.isnan(v)])
            if own > overall:
                strong.append((-indicator.weight / whole * own, column))
            if middle > own:
                weak.append((-indicator.weight / whole * (middle - own), column))
        out = levers(study, scores, targeting, row)
        assert [lever.column for lever in out.strengths] == [column for _, column in sorted(strong)][:3]
        assert [lever.column for lever in out.missing] == [column for _, column in sorted(weak)][:3]
        for lever in out.missing:
            assert lever.value == scores.completed[row, lever.column] < lever.showcase
            assert lever.showcase in scores.completed[shows, lever.column]
        for lang in ("fr", "en"):
            for sentence, listed in zip(lever_sentences(scores, out, lang), filter(None, vars(out).values())):
                numbers = [float(n.replace(",", ".")) for n in re.findall(r"(?<=[( ])-?\d+(?:[.,]\d+)?", sentence)]
                values = [value for lever in listed for value in (lever.value, lever.showcase)]
                assert numbers == pytest.approx(values, abs=0.5)
                some += 1
    assert some > 100


def test_no_lever_is_told_of_an_imputed_value():
    study = replace(two_theme_study(), scoring=replace(make_study().scoring, missing=Method("group_median")))
    study = replace(study, scoring=replace(study.scoring, missing=Method("knn", {"k": 3})))
    territories, activity = region()
    values = matrix(SIZE, 8, seed=4, gaps=0.15)
    from smart_territoires_plugin.core.models.methods import ENGINE

    scores = score(study, values, {}, None, ENGINE)
    targeting = find_targets(study, territories, scores, activity)
    assert scores.imputed.any()
    for row in range(SIZE):
        out = levers(study, scores, targeting, row)
        assert not any(scores.imputed[row, lever.column] for lever in (*out.strengths, *out.missing))


# ── by theme


def test_a_theme_that_holds_all_projects_is_segmented_as_the_whole():
    study = two_theme_study()
    territories, activity = region(themes=("t",))
    scores = score(study, matrix(SIZE, 8, seed=1, gaps=0.1))
    targeting = find_targets(study, territories, scores, activity)
    out = segments_by_theme(study, territories, scores, targeting, activity)
    assert out.table["theme"].unique().tolist() == ["t"]
    assert out.table["segment"].tolist() == targeting.columns["segment"].tolist()
    assert out.thresholds["t"] == pytest.approx(targeting.activity_threshold)


def test_segments_by_theme_follow_the_rules_one_by_one(found):
    study, territories, scores, targeting, activity, _ = found
    study = replace(study, targeting=replace(study.targeting, theme_thresholds={"u": 1.25}))
    out = segments_by_theme(study, territories, scores, targeting, activity)
    assert out.thresholds["u"] == 1.25 and len(out.table) == 2 * SIZE
    for theme in ("t", "u"):
        counts = np.where(np.isnan(activity.count), np.nan, activity.by_theme[theme])
        rate = fit_null_model(counts, territories.population).shrunken_rate
        limit = out.thresholds[theme]
        if theme == "t":
            assert limit == pytest.approx(statistics.median(rate[~np.isnan(rate)]))
        rows = out.table[out.table["theme"] == theme].reset_index(drop=True)
        assert rows["code"].tolist() == territories.codes.tolist()
        for row, said in rows.iterrows():
            ready, count = scores.columns["readiness"][row], counts[row]
            high = count > 0 and rate[row] > limit
            if math.isnan(ready):
                expected = "insufficient_data"
            elif ready > targeting.readiness_threshold:
                unknown = math.isnan(count) or (count > 0 and math.isnan(rate[row]))
                expected = "verify" if unknown else "showcase" if high else "engage"
            else:
                expected = "support" if high else "raise_awareness"
            assert said["segment"] == expected
    assert list(theme_segments_frame(outcome_of(found[:5]), out))[-1] == "notice"


def test_a_number_or_breaks_that_cannot_be_found_leave_the_median_to_a_theme(found):
    study, territories, scores, targeting, activity, _ = found
    plain = segments_by_theme(study, territories, scores, targeting, activity).thresholds
    for asked in (4.0, Method("jenks", {"classes": 500})):
        other = replace(study, targeting=replace(study.targeting, activity_threshold=asked))
        assert segments_by_theme(other, territories, scores, targeting, activity).thresholds == plain

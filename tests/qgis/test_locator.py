"""Territories in the search bar of QGIS: found by code and name, opened when chosen."""

from __future__ import annotations

import pytest
from qgis.core import QgsLocator, QgsLocatorContext, QgsLocatorResult, QgsProject
from qgis.PyQt import sip

from smart_territoires_plugin.bridge.results import load_results
from smart_territoires_plugin.bridge.run_at_hand import RunAtHand
from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.gui.locator import TerritoryFilter, asked, find_territories, folded

PATIENCE_MS = 10_000


@pytest.fixture
def table(region_results):
    return read_run(region_results)


@pytest.fixture
def at_hand(qgis_new_project, table):
    at_hand = RunAtHand(lambda: "fr")
    at_hand.take(table)
    yield at_hand
    at_hand.close()


@pytest.fixture
def chosen():
    return []


@pytest.fixture
def locator(at_hand, chosen, qtbot):
    """QGIS's own search, in its own threads."""
    locator = QgsLocator()
    found = TerritoryFilter(at_hand, chosen.append)
    locator.registerFilter(found)
    yield locator
    locator.cancel()
    qtbot.waitUntil(lambda: not locator.isRunning(), timeout=PATIENCE_MS)
    locator.deregisterFilter(found)
    TerritoryFilter.forget()
    sip.delete(locator)


def search(locator, qtbot, string):
    results = []

    def take(result):
        # What a signal carries is lost after it: a copy stays.
        results.append(QgsLocatorResult(result))

    locator.foundResult.connect(take)
    with qtbot.waitSignal(locator.finished, timeout=PATIENCE_MS):
        locator.fetchResults(string, QgsLocatorContext())
    qtbot.waitUntil(lambda: not locator.isRunning(), timeout=PATIENCE_MS)
    locator.foundResult.disconnect(take)
    return results


def test_a_code_after_the_prefix_finds_its_territory_first(locator, table, qtbot, chosen):
    code, name = table.text("code", 7), table.text("name", 7)
    first = search(locator, qtbot, f"st {code}")[0]
    assert first.displayString == f"{name} ({code})"
    first.filter.triggerResult(first)
    assert chosen == [code]


def test_a_name_is_found_without_accents_and_in_any_case(locator, table, qtbot):
    row = next(row for row, name in enumerate(table.columns["name"]) if not name.isascii())
    name = table.text("name", row)
    for sought in (name, name.upper(), folded(name), f"st {folded(name)}", f"ST {name}"):
        assert f"{name} ({table.text('code', row)})" in [r.displayString for r in search(locator, qtbot, sought)], (
            sought
        )


def test_a_result_says_its_segment_and_no_rank_without_its_stability(locator, table, qtbot):
    (row,) = [row for row in range(len(table)) if table.number("target_rank", row) == 1]
    (first, *_) = search(locator, qtbot, f"st {table.text('code', row)}")
    assert first.description.startswith(text("segment.engage", "fr"))
    assert text(f"stability.{table.text('stability', row)}", "fr") in first.description
    other = next(row for row in range(len(table)) if table.text("segment", row) == "raise_awareness")
    (first, *_) = search(locator, qtbot, f"st {table.text('code', other)}")
    assert first.description == text("segment.raise_awareness", "fr")


def test_a_short_word_that_is_not_for_territories_finds_none(locator, qtbot):
    assert search(locator, qtbot, "zo") == []
    assert search(locator, qtbot, "st ") == []
    assert search(locator, qtbot, "st zzzzzz") == []


def test_without_a_run_nothing_is_found(locator, at_hand, table, qtbot):
    at_hand.take(None)
    assert search(locator, qtbot, f"st {table.text('code', 0)}") == []


def test_without_the_workbench_the_results_on_the_map_are_searched(locator, at_hand, table, region_results, qtbot):
    at_hand.take(None)
    load_results(region_results, "fr", QgsProject.instance())
    assert len(search(locator, qtbot, f"st {table.text('code', 3)}")) >= 1
    QgsProject.instance().clear()


def test_the_order_is_that_of_likeness(table):
    """Against a slow reading of the rule: whole, then beginning of the name, of the code, of a word, then anywhere."""

    def likeness(row, sought):
        code, name = folded(table.text("code", row)), folded(table.text("name", row))
        if sought in (code, name):
            return 5
        for points, hit in (
            (4, name.startswith(sought)),
            (3, code.startswith(sought)),
            (2, any(word.startswith(sought) for word in name.split())),
            (1, sought in name),
        ):
            if hit:
                return points
        return 0

    for sought in ("cla", "003", "an", "la"):
        slow = [likeness(row, sought) for row in range(len(table))]
        found = [row for row, _ in find_territories(table, sought)]
        assert [slow[row] for row in found] == sorted(slow, reverse=True)[: len(found)]
        assert len(found) == min(30, sum(points > 0 for points in slow))


@pytest.mark.parametrize(
    ("string", "has_prefix", "expected"),
    [
        ("st Épinay", False, ("epinay", True)),
        ("St-Denis", False, ("denis", True)),
        ("Saint-Denis", False, ("saint denis", False)),
        ("93066", True, ("93066", True)),
        ("st ouen", True, ("st ouen", True)),
        ("  ", False, ("", False)),
        ("st", False, ("st", False)),
    ],
)
def test_what_is_sought(string, has_prefix, expected):
    assert asked(string, has_prefix) == expected

"""What each control of the step *Targets* is for, for *What's this?*."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from smart_territoires_plugin.bridge.translation import translate


def explain(page: QWidget) -> None:
    """Say of each control of the step *Targets* what it is for.

    Parameters
    ----------
    page : TargetsPage
    """
    for widgets in (_of_list(page), _of_card(page), _of_calls(page)):
        for widget, said in widgets:
            widget.setWhatsThis(said)


def _of_list(page: QWidget) -> tuple[tuple[QWidget, str], ...]:
    return (
        (
            page.lists.tabs,
            translate(
                "SmartTerritoires",
                "All territories, the four lists of the run, who is to be called or was, and what changed since an "
                "earlier run.",
            ),
        ),
        (
            page.lists.level,
            translate("SmartTerritoires", "Territories one by one, or the units that one calls: several at once."),
        ),
        (page.search, translate("SmartTerritoires", "Shows the territories whose name or code holds these letters.")),
        (page.columns, translate("SmartTerritoires", "Shows and hides columns of the table.")),
        (page.export, translate("SmartTerritoires", "Writes the rows and columns that are shown into a file.")),
        (
            page.more,
            translate(
                "SmartTerritoires",
                "A portfolio within means, the sheets of what is selected, what changed since an earlier run, and "
                "another run with its robustness.",
            ),
        ),
        (
            page.table,
            translate(
                "SmartTerritoires",
                "A click on a column sorts; a row that is selected is so on the map and in the chart; the right button "
                "shows what can be done.",
            ),
        ),
        (page.units, translate("SmartTerritoires", "Selecting a unit selects the territories in it.")),
        (
            page.upward,
            translate("SmartTerritoires", "What the chart shows upward: activity, or what is missing of it."),
        ),
        (
            page.chart,
            translate(
                "SmartTerritoires",
                "Readiness to the right; each disc is a territory, as large as it has inhabitants. A rectangle "
                "selects, a double click zooms. To the right of the dashed line and below it are those to engage.",
            ),
        ),
        (page.run_again, translate("SmartTerritoires", "Runs the study with what was decided.")),
    )


def _of_card(page: QWidget) -> tuple[tuple[QWidget, str], ...]:
    card = page.card
    return (
        (page.tabs.tabBar(), translate("SmartTerritoires", "The card of what is selected, or the chart of all.")),
        (card.zoom, translate("SmartTerritoires", "Shows the territory on the map.")),
        (card.compare, translate("SmartTerritoires", "Puts the card of the peer beside this one.")),
        (card.peer, translate("SmartTerritoires", "Selects the peer: a territory alike that does more.")),
        (card.sheet, translate("SmartTerritoires", "Writes the page to have at hand when one calls.")),
        (card.why, translate("SmartTerritoires", "Says the first rule that keeps the territory off the call list.")),
        (
            card.decide,
            translate(
                "SmartTerritoires",
                "Adds, excludes or pins the territory, with a reason; it is kept in the study file beside the ranks.",
            ),
        ),
        (card.called, translate("SmartTerritoires", "Notes a call in the register: who called, what came of it.")),
    )


def _of_calls(page: QWidget) -> tuple[tuple[QWidget, str], ...]:
    filters = page.filters
    return (
        (filters.role, translate("SmartTerritoires", "Shows the calls of one role: yours, for example.")),
        (filters.group, translate("SmartTerritoires", "Shows the calls in one group, a département for example.")),
        (filters.overdue, translate("SmartTerritoires", "Shows those whose next action is due.")),
        (
            page.changes.table,
            translate("SmartTerritoires", "Who entered and left the lists, and why; a click selects the territory."),
        ),
        (
            page.changes.choose,
            translate("SmartTerritoires", "Chooses the folder of an earlier run to compare this one with."),
        ),
    )

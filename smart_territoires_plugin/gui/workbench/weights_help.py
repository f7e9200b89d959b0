"""What each control of the step *Weights* is for, for *What's this?*."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QWidget

from smart_territoires_plugin.bridge.translation import translate


def explain(page: QWidget) -> None:
    """Say of each control of the step *Weights* what it is for.

    Parameters
    ----------
    page : WeightsPage
    """
    for widget, said in (
        (page.preset, translate("SmartTerritoires", "Takes all weights of the run, or gives all the same weight.")),
        (
            page.normalisation,
            translate("SmartTerritoires", "How values of different units are brought to one scale of 0 to 100."),
        ),
        (
            page.aggregation,
            translate(
                "SmartTerritoires",
                "How indicators become one score: whether a strength makes up for a weakness, and how far.",
            ),
        ),
        (
            page.compare,
            translate(
                "SmartTerritoires",
                "Asks, two by two, which counts more and how much, and says whether the answers agree.",
            ),
        ),
        (
            page.weigh_themes,
            translate(
                "SmartTerritoires",
                "Marks the themes under several considerations, and gives the weights that follow to the themes.",
            ),
        ),
        (
            page.keep,
            translate(
                "SmartTerritoires",
                "Writes these weights and methods into the study file; nothing else in it changes, and the results "
                "stay as they are until the next run.",
            ),
        ),
        (page.run_again, translate("SmartTerritoires", "Runs the study with what was kept.")),
        (page.undo, translate("SmartTerritoires", "Takes back the last change of weights or method.")),
        (page.redo, translate("SmartTerritoires", "Makes again what was taken back.")),
        (page.reset, translate("SmartTerritoires", "Back to the weights and methods of the run; can be undone.")),
        (page.keep_sum, page.keep_sum.toolTip()),
        (
            page.tree,
            translate(
                "SmartTerritoires",
                "Themes and axes with their indicators: what each weighs, and what it counts for.",
            ),
        ),
    ):
        widget.setWhatsThis(said)

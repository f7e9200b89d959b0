"""The panel of a first start, and help and methodology in the dock."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSlider,
    QTabBar,
    QTableView,
    QToolButton,
)

from smart_territoires_plugin.bridge.run_table import read_run
from smart_territoires_plugin.bridge.settings import open_settings
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.gui.workbench.dock import Workbench
from smart_territoires_plugin.gui.workbench.first_steps import FirstSteps
from smart_territoires_plugin.gui.workbench.quadrant_chart import QuadrantChart
from smart_territoires_plugin.gui.workbench.session import WorkSession
from smart_territoires_plugin.gui.workbench.sharing_page import SharingPage
from smart_territoires_plugin.gui.workbench.targets_page import TargetsPage
from smart_territoires_plugin.gui.workbench.weights_page import WeightsPage


@pytest.fixture
def session(qgis_app):
    session = WorkSession()
    yield session
    session.open(None)


@pytest.fixture
def settings(qgis_app):
    settings = open_settings()
    settings.first_steps_hidden.setValue(False)
    yield settings
    settings.first_steps_hidden.setValue(False)


@pytest.fixture
def dock(session, settings, qtbot):
    pages = [WeightsPage(session, "fr"), SharingPage(session, "fr", lambda export, on_end: None)]
    dock = Workbench(session, pages)
    panel = FirstSteps(session, settings)
    dock.show_above(panel)
    dock.panel = panel
    qtbot.addWidget(dock)
    dock.show()
    return dock


def test_the_panel_begins_with_the_fictitious_region(dock):
    begun = []
    dock.panel.begun.connect(lambda: begun.append(1))
    assert dock.panel.isVisible()
    QTest.mouseClick(dock.panel.begin, Qt.MouseButton.LeftButton)
    assert begun == [1] and not dock.panel.isVisible()


def test_a_run_sends_the_panel_away(dock, session, region_results):
    session.open(read_run(region_results))
    assert not dock.panel.isVisible()


def test_who_sends_it_away_does_not_meet_it_again(dock, session, settings, qtbot):
    dock.panel.never.click()
    assert not dock.panel.isVisible()
    again = FirstSteps(session, settings)
    qtbot.addWidget(again)
    assert again.isHidden()


def test_the_methodology_is_one_click_away(dock, session, region_results, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toLocalFile())))
    assert not dock.methodology.isEnabled()
    session.open(read_run(region_results))
    QTest.mouseClick(dock.methodology, Qt.MouseButton.LeftButton)
    assert opened == [str(region_results / "methodology.html")]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_step_has_its_section_in_the_help(lang):
    page = resource("resources", "help", lang, "index.html").read_text(encoding="utf-8")
    for anchor in ("study", "weights", "targets", "sharing", "export_atlas", "engine"):
        assert f'id="{anchor}"' in page
        assert anchor == "engine" or f'href="#{anchor}"' in page or anchor == "export_atlas"


def test_help_opens_at_the_step_that_is_shown(dock, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.fragment())))
    for number, page in enumerate(dock.pages):
        dock.show_page(number)
        QTest.mouseClick(dock.help, Qt.MouseButton.LeftButton)
        assert opened[-1] == page.HELP


def test_every_control_of_the_weights_says_what_it_is_for(session, region_results, qtbot):
    session.open(read_run(region_results))
    page = WeightsPage(session, "fr")
    qtbot.addWidget(page)
    controls = [one for kind in (QPushButton, QComboBox, QSlider, QAbstractSpinBox) for one in page.findChildren(kind)]
    assert len(controls) > 20
    assert [one.objectName() or type(one).__name__ for one in controls if not one.whatsThis()] == []


def test_every_control_of_the_targets_says_what_it_is_for(session, region_results, qtbot):
    session.open(read_run(region_results))
    page = TargetsPage(session, "fr")
    qtbot.addWidget(page)
    kinds = (QPushButton, QToolButton, QComboBox, QLineEdit, QCheckBox, QTableView, QTabBar, QuadrantChart)
    # Qt's own parts of a larger control speak with it: arrows of tabs, crosses of fields, corners of tables.
    inner = (QTabBar, QComboBox, QLineEdit, QTableView)
    controls = [one for kind in kinds for one in page.findChildren(kind) if not isinstance(one.parent(), inner)]
    assert len(controls) > 20
    assert [one.objectName() or type(one).__name__ for one in controls if not one.whatsThis()] == []
    page.close_page()


def test_numbers_are_written_as_the_language_writes_them(session, region_results, qtbot):
    session.open(read_run(region_results))
    for lang, sign in (("fr", ","), ("en", ".")):
        page = WeightsPage(session, lang)
        qtbot.addWidget(page)
        assert all(sign in box.text() for box in page.findChildren(QAbstractSpinBox))

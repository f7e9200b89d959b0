"""What the dialogs share: a form, one sentence below it, and buttons with help on F1."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from smart_territoires_plugin.bridge.qt import QShortcut
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.gui.help import open_help


class FormDialog(QDialog):
    """A dialog with a form; a subclass fills it and says what to do when it is confirmed.

    Parameters
    ----------
    title : str
        Title of the window.
    verb : str
        What the main button says.
    section : str
        Part of the help about this dialog.
    """

    def __init__(self, title: str, verb: str, section: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Help)
        self.buttons.button(kinds.Ok).setText(verb)
        # QGIS is not always shipped with the translation of Qt's own buttons.
        self.buttons.button(kinds.Cancel).setText(translate("SmartTerritoires", "Cancel"))
        self.buttons.button(kinds.Help).setText(translate("SmartTerritoires", "Help"))
        self.buttons.accepted.connect(self.confirm)
        self.buttons.rejected.connect(self.reject)
        self.buttons.helpRequested.connect(lambda: open_help(section))
        help_key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self)
        help_key.activated.connect(lambda: open_help(section))
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def fill(self, form: QFormLayout, *below: QWidget) -> None:
        """Lay out the form, the sentence, further widgets and the buttons."""
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.sentence)
        for widget in below:
            layout.addWidget(widget, 1)
        layout.addStretch(0)
        layout.addWidget(self.buttons)
        self.resize(90 * self.fontMetrics().averageCharWidth(), self.sizeHint().height())

    def say(self, sentence: str) -> None:
        """Show one sentence below the form."""
        self.sentence.setText(sentence)

    def confirm(self) -> None:
        """Do what the main button says; a subclass does it."""
        raise NotImplementedError


class LanguageBox(QComboBox):
    """A choice of the language of results.

    Parameters
    ----------
    lang : {"fr", "en"}
        Chosen at first.
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.addItem(translate("SmartTerritoires", "French"), "fr")
        self.addItem(translate("SmartTerritoires", "English"), "en")
        self.setCurrentIndex(self.findData(lang))

    @property
    def lang(self) -> str:
        """The language chosen."""
        return self.currentData()


def file_widget(mode: QgsFileWidget.StorageMode, path: str) -> QgsFileWidget:
    """Return a choice of a file or folder, filled with a path."""
    widget = QgsFileWidget()
    widget.setStorageMode(mode)
    widget.setFilePath(path)
    return widget

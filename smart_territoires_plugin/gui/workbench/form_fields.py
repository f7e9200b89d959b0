"""Fields of the form of an indicator: an editor, its place in the file, a red frame with words where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Callable, Optional

from qgis.gui import QgsCheckableComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

_WRONG = "#c62828"


class Field(QWidget):
    """One field: it reads and writes one place of the indicator.

    Parameters
    ----------
    place : str
        Dotted, for example ``measure.field``.
    label : str
    editor : QWidget
    read : callable
        Returns the value, None for nothing.
    write : callable
        Shows a value, None for nothing.
    help : str
        Said by the tool tip and by *What's this*.
    """

    changed = pyqtSignal()

    def __init__(
        self,
        place: str,
        label: str,
        editor: QWidget,
        read: Callable[[], Any],
        write: Callable[[Any], None],
        help: str = "",
    ) -> None:
        super().__init__()
        self.place, self.label, self.editor = place, label, editor
        self.read, self.write = read, write
        editor.setAccessibleName(label)
        if help:
            editor.setToolTip(help)
            editor.setWhatsThis(help)
        self._frame = QFrame()
        self._frame.setObjectName("smart_territoires_field")
        framed = QVBoxLayout(self._frame)
        framed.setContentsMargins(1, 1, 1, 1)
        framed.addWidget(editor)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._frame)
        whole.addWidget(self.problem)
        self.setFocusProxy(editor)

    @property
    def is_wrong(self) -> bool:
        """Whether a problem is shown."""
        return not self.problem.isHidden()

    def mark(self, said: str) -> None:
        """Show what is wrong; nothing where it is empty."""
        self.problem.setText(said)
        self.problem.setVisible(bool(said))
        colour = self.palette().color(self.foregroundRole())
        # On a dark theme a dark red could not be read.
        shown = _WRONG if colour.lightness() < 128 else "#ff8a80"
        self._frame.setStyleSheet(f"#smart_territoires_field {{ border: 1px solid {shown}; }}" if said else "")
        self.problem.setStyleSheet(f"color: {shown};" if said else "")
        self.editor.setAccessibleDescription(said)


def text_field(place: str, label: str, help: str = "", placeholder: str = "") -> Field:
    """Return a field of text."""
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    made = Field(
        place,
        label,
        editor,
        lambda: editor.text().strip() or None,
        lambda value: _show_text(editor, "" if value is None else str(value)),
        help,
    )
    editor.textEdited.connect(made.changed)
    return made


def _show_text(editor: QLineEdit, text: str) -> None:
    """Show a text from its beginning."""
    editor.setText(text)
    editor.setCursorPosition(0)


def number_of(written: str) -> Any:
    """Return a number as a person writes it, with a comma or a point; the text itself where it is none.

    Examples
    --------
    >>> number_of("1,5"), number_of(" 300 "), number_of("many")
    (1.5, 300, 'many')
    """
    written = written.strip().replace("\u202f", "").replace("\u00a0", "")
    try:
        value = float(written.replace(",", "."))
        return int(value) if value.is_integer() else value
    except (ValueError, OverflowError):
        return written


def number_field(place: str, label: str, help: str = "", placeholder: str = "") -> Field:
    """Return a field of a number."""
    made = text_field(place, label, help, placeholder)
    editor = made.editor
    made.read = lambda: number_of(editor.text()) if editor.text().strip() else None
    return made


def list_field(place: str, label: str, help: str = "") -> Field:
    """Return a field of values separated by semicolons; those that are numbers are numbers."""
    made = text_field(place, label, help)
    editor = made.editor
    made.read = lambda: [number_of(part) for part in editor.text().split(";") if part.strip()] or None
    made.write = lambda value: editor.setText("; ".join(str(part) for part in value or ()))
    return made


def choice_field(
    place: str, label: str, choices: Sequence[tuple[str, Any]], help: str = "", nothing: Optional[str] = None
) -> Field:
    """Return a choice among values.

    Parameters
    ----------
    choices : sequence of (str, value)
    nothing : str, optional
        What choosing none is called; None where one must be chosen.
    """
    editor = QComboBox()
    editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    editor.setMinimumContentsLength(12)
    if nothing is not None:
        editor.addItem(nothing, None)
    for name, value in choices:
        editor.addItem(name, value)

    # The list shows its choices whole, however narrow the field.
    editor.view().setMinimumWidth(editor.view().sizeHintForColumn(0) + 2 * editor.fontMetrics().averageCharWidth())

    def write(value: Any) -> None:
        if value is not None and editor.findData(value) < 0:
            # What the file says is shown, known or not.
            editor.addItem(str(value), value)
        editor.setCurrentIndex(max(0, editor.findData(value)))

    made = Field(place, label, editor, editor.currentData, write, help)
    editor.activated.connect(lambda _: made.changed.emit())
    return made


def column_field(place: str, label: str, help: str = "") -> Field:
    """Return a choice among the columns of a source, which may be written by hand where they are not known."""
    editor = QComboBox()
    editor.setEditable(True)
    editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    editor.setMinimumContentsLength(12)
    made = Field(
        place,
        label,
        editor,
        lambda: editor.currentText().strip() or None,
        lambda value: editor.setEditText("" if value is None else str(value)),
        help,
    )
    editor.editTextChanged.connect(lambda _: made.changed.emit())
    return made


def show_columns(field: Field, columns: Sequence[str]) -> None:
    """Offer these columns, and keep what is written."""
    written = field.read()
    field.editor.blockSignals(True)
    field.editor.clear()
    field.editor.addItems(list(columns))
    field.write(written)
    field.editor.blockSignals(False)


def several_field(place: str, label: str, choices: Mapping[str, str], help: str = "") -> Field:
    """Return a choice of several values, by value and name."""
    editor = QgsCheckableComboBox()
    for value, name in choices.items():
        editor.addItemWithCheckState(name, Qt.CheckState.Unchecked, value)

    def write(value: Any) -> None:
        for row in range(editor.count()):
            is_chosen = editor.itemData(row) in (value or ())
            editor.setItemCheckState(row, Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)

    made = Field(place, label, editor, lambda: list(editor.checkedItemsData()) or None, write, help)
    editor.checkedItemsChanged.connect(lambda _: made.changed.emit())
    return made

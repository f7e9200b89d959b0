"""What a dropped layer may be to the study: recognised by its fields, with a measure to accept, change or ignore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.dropped import (
    EDITED,
    JOINED,
    MEMORY,
    SERVER,
    Dropped,
    dropped_file,
)
from smart_territoires_plugin.bridge.layer_tasks import SaveLayerTask, free_path
from smart_territoires_plugin.bridge.layers import LayerFile
from smart_territoires_plugin.bridge.task import start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.catalogue import TERRITORIES, Known, read_catalogue, recognise
from smart_territoires_plugin.core.study.new_study import THEMES, relative_path
from smart_territoires_plugin.core.study.proposals import Proposal, changes_for, identifier_for, proposal
from smart_territoires_plugin.core.study.written import name_of


class ProposalBar(QFrame):
    """Asks about one layer after the other; hidden where there is none.

    Parameters
    ----------
    lang : {"fr", "en"}
    content : callable
        Returns the study as it is now.
    folder : callable
        Returns the folder that the study is in, None where that is not known.
    """

    wanted = pyqtSignal(dict)
    form_wanted = pyqtSignal(object, dict)

    def __init__(
        self,
        lang: str,
        content: Callable[[], Mapping[str, Any]],
        folder: Callable[[], Optional[Path]],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._lang, self._content, self._folder = lang, content, folder
        self._catalogue: Sequence[Known] = ()
        self._waiting: list[Dropped] = []
        self._found: tuple[Known, ...] = ()
        self._task: Optional[SaveLayerTask] = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.said, self.warning = _words(), _words()
        self.said.setAccessibleName(translate("SmartTerritoires", "What the layer may be"))
        self.known = QComboBox()
        self.known.setAccessibleName(translate("SmartTerritoires", "Known sources that look like it"))
        self.known.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.use_button = QPushButton(translate("SmartTerritoires", "Use It"), self)
        self.change_button = QPushButton(translate("SmartTerritoires", "Choose a Measure…"), self)
        self.source_button = QPushButton(translate("SmartTerritoires", "Source Only"), self)
        self.save_button = QPushButton(translate("SmartTerritoires", "Save beside the Study"), self)
        self.ignore_button = QPushButton(translate("SmartTerritoires", "Ignore"), self)
        # Two rows: a dock is narrow.
        for button, about in (
            (
                self.use_button,
                translate("SmartTerritoires", "Adds the source and the proposed indicator to the study."),
            ),
            (self.change_button, translate("SmartTerritoires", "Opens the form with what is proposed.")),
            (self.source_button, translate("SmartTerritoires", "Adds the source alone.")),
            (self.save_button, translate("SmartTerritoires", "Writes a copy as a GeoPackage, in the background.")),
            (self.ignore_button, translate("SmartTerritoires", "Changes nothing.")),
        ):
            button.setToolTip(about)
            button.setWhatsThis(about)
        self._buttons = QGridLayout()
        beside = QHBoxLayout()
        beside.addLayout(self._buttons)
        beside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addWidget(self.said)
        whole.addWidget(self.known)
        whole.addWidget(self.warning)
        whole.addLayout(beside)
        self.known.activated.connect(lambda _: self._show_known())
        self.use_button.clicked.connect(lambda: self._use(None))
        self.source_button.clicked.connect(lambda: self._use({}))
        self.change_button.clicked.connect(self._ask_form)
        self.save_button.clicked.connect(self._save)
        self.ignore_button.clicked.connect(self.next)
        self.hide()

    @property
    def layer(self) -> Optional[Dropped]:
        """The layer that is asked about."""
        return self._waiting[0] if self._waiting else None

    @property
    def proposal(self) -> Proposal:
        """What that layer may be to the study."""
        layer, folder = self.layer, self._folder()
        entry: dict[str, Any] = {"path": self._path(layer.file, folder)}
        for key in ("layer", "where"):
            if getattr(layer.file, key):
                entry[key] = getattr(layer.file, key)
        known = self._found[self.known.currentIndex()] if self._found else None
        return proposal(known, layer.name, layer.fields, layer.geometry, entry, self._content())

    def ask(self, layers: Sequence[Dropped]) -> None:
        """Ask about layers, after those that wait."""
        is_first = not self._waiting
        self._waiting += layers
        if is_first and self._waiting:
            self._show()

    def next(self) -> None:
        """Go on to the layer after this one, or away."""
        self._forget_task()
        self._waiting = self._waiting[1:]
        self._show()

    def close_bar(self) -> None:
        """Let go of what is being saved and asked."""
        self._forget_task()
        self._waiting = []
        self.hide()

    def _show(self) -> None:
        layer = self.layer
        self.setVisible(layer is not None)
        if layer is None:
            return
        if not self._catalogue:
            self._catalogue = read_catalogue()
        is_file = layer.file is not None
        self._found = recognise(layer.fields, layer.geometry, self._catalogue) if is_file else ()
        self.known.clear()
        self.known.addItems([one.name[self._lang] for one in self._found])
        self.known.setVisible(len(self._found) > 1)
        can_be_saved = self._project_layer() is not None and self._folder() is not None
        self.save_button.setEnabled(True)
        if is_file:
            self._show_known()
        else:
            self._offer(*([self.save_button] if can_be_saved else []))
            self.said.setText(self._no_file_text(layer))
            self._warn("")

    def _offer(self, *offered: QPushButton) -> None:
        """Show these buttons and *Ignore*, two in a row."""
        buttons = (self.use_button, self.save_button, self.change_button, self.source_button)
        for number, button in enumerate((*offered, self.ignore_button)):
            self._buttons.addWidget(button, number // 2, number % 2)
        for button in buttons:
            button.setVisible(button in offered)

    def _show_known(self) -> None:
        layer, made = self.layer, self.proposal
        known = made.known
        is_offered = bool(made.indicator) or bool(made.population)
        self._offer(*([self.use_button] if is_offered else []), self.change_button, self.source_button)
        if known is None:
            said = translate(
                "SmartTerritoires", "“{name}” is not in the catalogue of known sources: say what it measures."
            )
            self.said.setText(said.format(name=layer.name))
            self._warn("")
            return
        said = translate("SmartTerritoires", "“{name}” looks like “{known}”{use}")
        self.said.setText(said.format(name=layer.name, known=known.name[self._lang], use=self._use_text(made)))
        self._warn(known.warning(self._lang))

    def _use_text(self, made: Proposal) -> str:
        """Return the question that is asked, with its punctuation."""
        indicator = made.indicator
        if made.population:
            return translate("SmartTerritoires", ": use it for the population?")
        if not indicator:
            if made.known is not None and made.known.use == TERRITORIES:
                return translate("SmartTerritoires", ": the study has its territories already.")
            return "."
        measure = text(f"editing.measure.{indicator['measure']['kind']}", self._lang)
        if indicator["role"] == "stake":
            asked = translate("SmartTerritoires", ": use it for the stake “{theme}”? {measure}")
            return asked.format(theme=self._theme_name(indicator["theme"]), measure=measure)
        if indicator["role"] == "success_factor":
            asked = translate("SmartTerritoires", ": use it as a success factor, axis “{axis}”? {measure}")
            return asked.format(axis=text(f"axis.{indicator['axis']}", self._lang), measure=measure)
        return translate("SmartTerritoires", ": use it for the activity? {measure}").format(measure=measure)

    def _theme_name(self, theme: str) -> str:
        named = {item["id"]: item.get("name") for item in self._content().get("themes") or ()}
        if theme in named:
            return name_of(named[theme], theme)[self._lang]
        return THEMES[theme][self._lang] if theme in THEMES else theme

    def _no_file_text(self, layer: Dropped) -> str:
        """Say why a layer is no file, and what can be done."""
        why = {
            MEMORY: translate("SmartTerritoires", "“{name}” is a temporary layer: it is gone when QGIS is closed."),
            EDITED: translate(
                "SmartTerritoires", "“{name}” has edits that are not saved: its file does not hold them."
            ),
            JOINED: translate("SmartTerritoires", "“{name}” shows more than a file holds: joins, or computed fields."),
            SERVER: translate("SmartTerritoires", "“{name}” is on a server: the study would depend on its answer."),
        }.get(layer.reason)
        if why is None:
            return translate("SmartTerritoires", "“{name}” cannot be read as a layer.").format(name=layer.name)
        if self._project_layer() is None:
            todo = (
                translate("SmartTerritoires", "A study reads files: save the layer in one, then drop that.")
                if layer.geometry == "raster"
                else translate("SmartTerritoires", "A study reads files: add the layer to the map first, then drop it.")
            )
        elif self._folder() is None:
            todo = translate("SmartTerritoires", "A study reads files: save the layer in one, then drop that.")
        else:
            todo = translate(
                "SmartTerritoires",
                "A study reads files: save a copy as a GeoPackage beside it. The layer stays as it is.",
            )
        return f"{why.format(name=layer.name)} {todo}"

    def _warn(self, said: str) -> None:
        self.warning.setText(f"⚠ {said}" if said else "")
        self.warning.setVisible(bool(said))

    def _path(self, file: LayerFile, folder: Optional[Path]) -> str:
        return file.path.as_posix() if folder is None else relative_path(file.path, folder)

    def _use(self, indicator: Optional[Mapping[str, Any]]) -> None:
        changes = changes_for(self.proposal, self._content(), indicator)
        self.next()
        self.wanted.emit(changes)

    def _ask_form(self) -> None:
        made = self.proposal
        measure = {"source": made.source_id}
        self.form_wanted.emit(made, dict(made.indicator) or {"measure": measure})

    # ── a layer that is no file

    def _project_layer(self) -> Optional[QgsVectorLayer]:
        """Return the layer in the project, where it can be saved."""
        layer = QgsProject.instance().mapLayer(self.layer.layer_id) if self.layer.layer_id else None
        return layer if isinstance(layer, QgsVectorLayer) and layer.isValid() else None

    def _save(self) -> None:
        layer, folder = self._project_layer(), self._folder()
        if layer is None or folder is None:
            # It was taken away in the meantime.
            self._show()
            return
        path = free_path(folder, identifier_for(self.layer.name))
        self.save_button.setEnabled(False)
        said = translate("SmartTerritoires", "“{name}” is being saved as {file}…")
        self.said.setText(said.format(name=self.layer.name, file=path.name))
        title = translate("SmartTerritoires", "Copy of “{name}”").format(name=self.layer.name)
        context = QgsProject.instance().transformContext()
        self._task = SaveLayerTask(title, layer, path, context, self._take_saved)
        start(self._task)

    def _take_saved(self, file: Optional[LayerFile], said: str) -> None:
        self._task = None
        if file is None:
            failed = translate("SmartTerritoires", "The copy was not written. {reason}").format(reason=said)
            self.said.setText(failed.strip())
            self.save_button.setEnabled(True)
            return
        saved = dropped_file(file.path)
        named = Dropped(
            self.layer.name, file, saved.geometry, saved.fields, saved.crs, saved.is_projected, saved.reason
        )
        self._waiting = [named, *self._waiting[1:]]
        self._show()

    def _forget_task(self) -> None:
        if self._task is not None:
            self._task.forget()
            self._task = None


def _words() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label

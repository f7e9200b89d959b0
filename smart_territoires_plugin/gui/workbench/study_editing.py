"""What edits a study from its step: forms of indicators, and changes that the engine writes in the background."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from smart_territoires_plugin.bridge.engine import Outcome
from smart_territoires_plugin.bridge.source_fields import SourceFieldsTask, are_certain
from smart_territoires_plugin.bridge.study_edit import edit_task
from smart_territoires_plugin.bridge.task import start
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.study.proposals import Proposal
from smart_territoires_plugin.gui.workbench.indicator_form import IndicatorForm


class StudyEditing(QObject):
    """Edits one study at a time.

    Attributes
    ----------
    study : Study, optional
        As its file is; whoever shows it sets it.
    form : IndicatorForm, optional
        The one that is open.
    is_saving : bool
    """

    busy_changed = pyqtSignal()
    written = pyqtSignal()
    refused = pyqtSignal(str, list)

    def __init__(self, lang: str, window: QWidget) -> None:
        super().__init__(window)
        self._lang, self._window = lang, window
        self.study: Optional[Study] = None
        self.form: Optional[IndicatorForm] = None
        self.is_saving = False
        self._is_closed = False
        self._fields_task: Optional[SourceFieldsTask] = None

    def open_indicator(self, identifier: Optional[str]) -> Optional[IndicatorForm]:
        """Open the form of an indicator; of a new one where none is named."""
        if self.study is None:
            return None
        content = self.study.content
        found = next((item for item in content["indicators"] if item["id"] == identifier), {})
        return self._open(IndicatorForm(content, found, self._lang, identifier, parent=self._window))

    def open_proposal(self, proposed: Proposal, indicator: Mapping, fields: Sequence[str]) -> IndicatorForm:
        """Open the form of an indicator that comes with a source; ``fields`` are those of the source."""
        form = IndicatorForm(self.study.content, indicator, self._lang, proposal=proposed, parent=self._window)
        form.show_columns(proposed.source_id, fields, is_certain=False)
        return self._open(form)

    def save(self, changes: Mapping[str, Any], form: Optional[IndicatorForm] = None) -> None:
        """Have the engine change the study's file, in the background."""
        if self.study is None or self.is_saving:
            if form is not None:
                form.show_problems((), translate("SmartTerritoires", "The study cannot be written now: save again."))
            return
        self.is_saving = True
        self.busy_changed.emit()
        start(edit_task(self.study.path, changes, self._lang, lambda outcome: self._take_saved(outcome, form)))

    def close_form(self) -> None:
        """Close the form that is open, unsaved."""
        if self.form is not None:
            self.form.reject()

    def close_editing(self) -> None:
        """Tell nobody any more; a change that is being written is written."""
        self._is_closed = True
        self._forget_fields_task()

    def _open(self, form: IndicatorForm) -> IndicatorForm:
        self.form = form
        form.source_chosen.connect(self._read_fields)
        form.saving.connect(lambda changes: self.save(changes, form))
        form.finished.connect(self._forget_form)
        form.open()
        return form

    def _forget_form(self) -> None:
        self.form = None

    def _read_fields(self, identifier: str) -> None:
        """Read the fields of a source in the background, for the lists of the form."""
        source = None if self.study is None else self.study.sources.get(identifier)
        if source is None:
            return

        def show(fields: tuple) -> None:
            self._fields_task = None
            if self.form is not None and fields:
                self.form.show_columns(identifier, fields, are_certain(source))

        self._forget_fields_task()
        self._fields_task = SourceFieldsTask(
            translate("SmartTerritoires", "Fields of “{name}”").format(name=identifier), source, show
        )
        start(self._fields_task)

    def _take_saved(self, outcome: Outcome, form: Optional[IndicatorForm]) -> None:
        if self._is_closed:
            return
        self.is_saving = False
        is_open = form is not None and form is self.form
        if outcome.is_done:
            self.written.emit()
            if is_open:
                form.accept()
        else:
            said = translate("SmartTerritoires", "Nothing was written. {reason}").format(reason=outcome.message).strip()
            if is_open:
                form.show_problems(outcome.problems, said)
            self.refused.emit(said, list(outcome.problems))
        self.busy_changed.emit()

    def _forget_fields_task(self) -> None:
        if self._fields_task is not None:
            self._fields_task.forget()
            self._fields_task = None

"""The form of an indicator, made from the specification of the measures; every wrong field is marked at once."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional

from qgis.PyQt.QtCore import Qt, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QDialogButtonBox, QFormLayout, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from smart_territoires_plugin.bridge.engine import EngineProblem
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import problem_texts, text
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.study.differences import differences
from smart_territoires_plugin.core.study.indicator_checks import wrong_fields
from smart_territoires_plugin.core.study.proposals import Proposal, changes_for
from smart_territoires_plugin.core.study.specification import DECLARED, MEASURES, ROLES
from smart_territoires_plugin.core.study.written import name_of
from smart_territoires_plugin.gui.form import FormDialog
from smart_territoires_plugin.gui.problem_list import ProblemList
from smart_territoires_plugin.gui.workbench.form_fields import Field, show_columns
from smart_territoires_plugin.gui.workbench.indicator_fields import indicator_fields
from smart_territoires_plugin.gui.workbench.measure_fields import measure_fields

_HELP = "study"
# What the form has no field for stays as the file has it.
_OWN_KEYS = ("kind", "source", "where")


class IndicatorForm(FormDialog):
    """An indicator of a study, new or as it is there.

    Parameters
    ----------
    content : mapping
        Of the study.
    indicator : mapping
        As the study writes it; what is proposed, where it is new.
    lang : {"fr", "en"}
    former : str, optional
        Its identifier in the study, where it is there already.
    proposal : Proposal, optional
        A source that comes with it.
    """

    saving = pyqtSignal(dict)
    source_chosen = pyqtSignal(str)

    def __init__(
        self,
        content: Mapping[str, Any],
        indicator: Mapping[str, Any],
        lang: str,
        former: Optional[str] = None,
        proposal: Optional[Proposal] = None,
        parent: Optional[QWidget] = None,
    ) -> None:
        title = (
            translate("SmartTerritoires", "New Indicator")
            if former is None
            else translate("SmartTerritoires", "Indicator “{name}”").format(name=former)
        )
        super().__init__(title, translate("SmartTerritoires", "Save"), _HELP, parent)
        self._content, self._lang, self._former, self._proposal = content, lang, former, proposal
        self._before = copy.deepcopy(dict(indicator))
        self._kept = copy.deepcopy(dict(indicator.get("measure", {})))
        self._columns: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._was_marked = False
        self._fixed = self._fixed_fields()
        self._measured: list[Field] = []
        self.kind_help = QLabel()
        self.kind_help.setWordWrap(True)
        self.kind_help.setTextFormat(Qt.TextFormat.PlainText)
        self.problems = ProblemList()
        self.problems.hide()
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._lay_out()
        self._write(self._before)
        self.field("measure.kind").changed.connect(self._change_kind)
        self.field("measure.source").changed.connect(self._ask_columns)
        self.field("role").changed.connect(self._show_place)
        self._show_place()
        # Who opens the form connects first.
        QTimer.singleShot(0, self._ask_columns)

    # ── fields

    @property
    def fields(self) -> list[Field]:
        """Every field that is shown or hidden."""
        return [*self._fixed, *self._measured]

    def field(self, place: str) -> Field:
        """Return a field by its place in the indicator."""
        return next(field for field in self.fields if field.place == place)

    def _fixed_fields(self) -> list[Field]:
        themes = [(name_of(item.get("name"), item["id"])[self._lang], item["id"]) for item in self._themes()]
        made = indicator_fields(themes, self._sources(), self._lang)
        for field in made:
            field.changed.connect(self._check_again)
        return made

    def _lay_out(self) -> None:
        for field in self._fixed:
            self._form.addRow(field.label, field)
            if field.place == "measure.kind":
                self._form.addRow("", self.kind_help)
        inside = QWidget()
        inside.setLayout(self._form)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.problems)
        whole.addWidget(self.sentence)
        whole.addWidget(self.buttons)
        metrics = self.fontMetrics()
        self.resize(90 * metrics.averageCharWidth(), 42 * metrics.height())

    def _write(self, indicator: Mapping[str, Any]) -> None:
        names = name_of(indicator.get("name"), "") if indicator.get("name") else None
        given = {"role": ROLES[0], "direction": 1, "weight": 1, **indicator}
        measure = {"kind": next(iter(MEASURES)), **indicator.get("measure", {})}
        if self._sources():
            measure.setdefault("source", self._sources()[-1])
        for field in self._fixed:
            keys = field.place.split(".")
            if keys[0] == "name":
                field.write(None if names is None else names[keys[1]])
            else:
                field.write(measure.get(keys[1]) if keys[0] == "measure" else given.get(keys[0]))
        self._change_kind()

    def _change_kind(self) -> None:
        """Show the fields of the kind that is chosen; what fits both kinds stays."""
        kind = self.field("measure.kind").read()
        if kind not in MEASURES:
            return
        spec = MEASURES[kind]
        former = {**self._kept, **self.indicator().get("measure", {})} if self._measured else self._kept
        for field in self._measured:
            self._form.removeRow(field)
        themes = {item["id"]: name_of(item.get("name"), item["id"])[self._lang] for item in self._themes()}
        self._measured = measure_fields(kind, self._sources(), themes)
        row = self._form.getWidgetPosition(self.field("measure.where"))[0]
        for number, field in enumerate(self._measured, 1):
            field.write(_at(former, field.place.split(".")[1:]))
            field.changed.connect(self._check_again)
            self._form.insertRow(row + number, field.label, field)
        self._kept = former
        self.kind_help.setText(text(f"editing.needs.{spec.source}", self._lang))
        unit = "" if spec.unit == DECLARED else text_unit(spec.unit, self._lang)
        self.field("unit").editor.setPlaceholderText(unit)
        self._show_columns()
        self._check_again()

    def _show_place(self) -> None:
        """Show what the role needs."""
        role = self.field("role").read()
        for place, is_shown in (("theme", True), ("axis", role == "success_factor" or bool(self.field("axis").read()))):
            field = self.field(place)
            field.setVisible(is_shown)
            self._form.labelForField(field).setVisible(is_shown)
        self._check_again()

    # ── columns of the source

    def show_columns(self, source: str, columns: Sequence[str], is_certain: bool) -> None:
        """Offer the columns of a source.

        Parameters
        ----------
        is_certain : bool
            Whether the engine sees just these: then another one is wrong.
        """
        self._columns[source] = (tuple(columns), is_certain)
        self._show_columns()
        self._check_again()

    def _ask_columns(self) -> None:
        source = self.field("measure.source").read()
        if source and source not in self._columns:
            self.source_chosen.emit(source)
        self._show_columns()

    def _show_columns(self) -> None:
        columns, _ = self._columns.get(self.field("measure.source").read(), ((), False))
        for field in self._measured:
            if field.place in _column_places(self._measured):
                show_columns(field, columns)

    # ── what the file will say

    def indicator(self) -> dict[str, Any]:
        """Return the indicator as the study would write it."""
        made = copy.deepcopy(self._before)
        for field in self._fixed:
            keys = field.place.split(".")
            if keys[0] not in ("name", "measure"):
                _put(made, keys, field.read())
        names = {lang: self.field(f"name.{lang}").read() for lang in ("fr", "en")}
        names = {lang: name for lang, name in names.items() if name}
        if isinstance(made.get("name"), str) and set(names.values()) == {made["name"]}:
            names = made["name"]
        _put(made, ["name"], names or None)
        measure = {key: self.field(f"measure.{key}").read() for key in _OWN_KEYS}
        made["measure"] = {key: value for key, value in measure.items() if value is not None}
        for field in self._measured:
            _put(made, field.place.split("."), field.read())
        made["measure"] = {key: value for key, value in made["measure"].items() if value != {}}
        return self._as_written(made)

    def _as_written(self, made: dict[str, Any]) -> dict[str, Any]:
        """Say nothing that the file did not say and that is the default; keep the order of the file."""
        before = self._before.get("measure", {})
        if (
            before.get("of") == "area"
            and "of" not in made["measure"]
            and "of" in MEASURES[made["measure"]["kind"]].parameters
        ):
            made["measure"]["of"] = "area"
        if self._former is not None:
            for key, default in (("direction", 1), ("weight", 1)):
                if key not in self._before and made.get(key) == default:
                    made.pop(key)
        order = list(self._before)
        return dict(sorted(made.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))

    def changes(self) -> dict[str, Any]:
        """Return what saving changes in the study."""
        made = self.indicator()
        if self._former is not None:
            return differences(self._before, made, f"indicators.{self._former}")
        if self._proposal is not None:
            return changes_for(self._proposal, self._content, made)
        return {f"indicators.{made['id']}": made}

    def wrong(self) -> dict[str, str]:
        """Return what is wrong in words, by place."""
        made = self.indicator()
        columns, is_certain = self._columns.get(made["measure"].get("source", ""), ((), False))
        content = self._content
        if self._proposal is not None:
            sources = {**content.get("sources", {}), self._proposal.source_id: self._proposal.source}
            content = {**content, "sources": sources}
        if self._proposal is not None:
            content = {**content, "themes": self._themes()}
        found = wrong_fields(made, content, self._former, columns if is_certain else None)
        said = {place: " ".join(problem_texts(problem, self._lang)) for place, problem in found.items()}
        return {place: words[:1].upper() + words[1:] for place, words in said.items()}

    def confirm(self) -> None:
        """Mark every wrong field, or have the study changed."""
        count = self._mark()
        if count:
            self.say(translate("SmartTerritoires", "Fields to mend: {count}.").format(count=count))
            first = next(field for field in self.fields if field.is_wrong)
            first.setFocus()
            self._scroll.ensureWidgetVisible(first)
            return
        changes = self.changes()
        if not changes:
            self.accept()
            return
        self.say(translate("SmartTerritoires", "The study is being written…"))
        self._allow(False)
        self.saving.emit(changes)

    def show_problems(self, problems: Iterable[EngineProblem], said: str) -> None:
        """Show what the engine says of the study as it would be; nothing was written."""
        problems = list(problems)
        self.problems.show_problems(problems)
        self.problems.setVisible(bool(problems))
        self.say(said)
        self._allow(True)

    def _mark(self) -> int:
        """Mark what is wrong and unmark what no longer is; return how many are."""
        wrong = self.wrong()
        self._was_marked = True
        placed = {field.place for field in self.fields}
        count = 0
        for field in self.fields:
            # What is wrong with a whole that has several fields is told at its first.
            said = wrong.get(field.place, "")
            whole = field.place.rpartition(".")[0]
            if not said and whole in wrong and whole not in placed:
                said = wrong.pop(whole)
            if said and not field.isVisibleTo(self):
                field.show()
                self._form.labelForField(field).show()
            field.mark(said)
            count += bool(said)
        return count

    def _check_again(self) -> None:
        """Follow the hand, once something was marked."""
        if self._was_marked:
            count = self._mark()
            self.say(translate("SmartTerritoires", "Fields to mend: {count}.").format(count=count) if count else "")

    def _allow(self, is_allowed: bool) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(is_allowed)

    def _sources(self) -> list[str]:
        more = [] if self._proposal is None else [self._proposal.source_id]
        return [*self._content.get("sources", {}), *more]

    def _themes(self) -> list[Mapping[str, Any]]:
        """Return the themes of the study, and the one that comes with a proposal."""
        themes = list(self._content.get("themes") or ())
        if self._proposal is not None:
            coming = changes_for(self._proposal, self._content)
            themes += [
                {"id": key.partition(".")[2], **value} for key, value in coming.items() if key.startswith("themes.")
            ]
        return themes


def _column_places(fields: Sequence[Field]) -> list[str]:
    """Return the places of the fields that name a column of the measure's own source."""
    named = {f"measure.{name}" for spec in MEASURES.values() for name in spec.columns} | {"measure.levels.field"}
    return [field.place for field in fields if field.place in named]


def _at(content: Any, keys: Sequence[str]) -> Any:
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def _put(content: dict[str, Any], keys: Sequence[str], value: Any) -> None:
    """Put a value in its place; nothing takes away what is there."""
    for key in keys[:-1]:
        if not isinstance(content.get(key), dict):
            if value is None:
                return
            content[key] = {}
        content = content[key]
    if value is None:
        content.pop(keys[-1], None)
    else:
        content[keys[-1]] = value

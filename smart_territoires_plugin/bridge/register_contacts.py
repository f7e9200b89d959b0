"""Contacts in a study's register, read and added through QGIS's own provider, so that an open layer shows them too."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Optional

from qgis.core import QgsFeature, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QDate

from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.bridge.translation import translate

TABLE = "contacts_made"
OUTCOMES = ("interest_confirmed", "declined", "unknown")
DECLINED, UNKNOWN = "declined", "unknown"
FIELDS = ("code", "date", "caller_role", "next_action", "due", "outcome", "proposed_theme")


@dataclass(frozen=True)
class Contact:
    """One call; no column holds a person: a role calls, and a territory answers.

    Parameters
    ----------
    code : str
    date, due : str
        ``YYYY-MM-DD``; ``due`` may be ''.
    outcome : {"interest_confirmed", "declined", "unknown"}
    """

    code: str
    date: str
    caller_role: str = ""
    next_action: str = ""
    due: str = ""
    outcome: str = UNKNOWN
    proposed_theme: str = ""

    def is_overdue(self, today: str) -> bool:
        """Whether an action was due before a day, of a territory that has not declined."""
        return bool(self.due) and self.due < today and self.outcome != DECLINED


def register_path(content: Mapping[str, Any], folder: Path) -> Optional[Path]:
    """Return the register of a study: the source that it names as such, else the one that its activity comes from.

    Parameters
    ----------
    content : mapping
        Of the study, as its file or a manifest holds it.
    folder : Path
        Of the study's file.
    """
    named = (content.get("targeting") or {}).get("register")
    measures = [indicator.get("measure") or {} for indicator in content.get("indicators", ())]
    held = [measure.get("source") for measure in measures if measure.get("kind") == "register_activity"]
    for name in (named, *held):
        path = (content.get("sources", {}).get(name) or {}).get("path")
        if path and str(path).lower().endswith(".gpkg"):
            return Path(folder) / path
    return None


def read_contacts(path: Path) -> list[Contact]:
    """Return the contacts of a register.

    Raises
    ------
    OSError
        If there is no such file or table; its text is for the person.
    """
    layer = _open(path)
    places = {name: layer.fields().indexOf(name) for name in FIELDS}
    made = []
    for feature in layer.getFeatures():
        values = {name: _text(feature.attribute(place)) for name, place in places.items() if place >= 0}
        if values.get("code") and values.get("date"):
            values["outcome"] = values.get("outcome") or UNKNOWN
            made.append(Contact(**values))
    return made


def last_contacts(contacts: Sequence[Contact]) -> dict[str, Contact]:
    """Return the last contact of each territory by code, with the last outcome that was told.

    As ``core.outcomes.contacts.last_contacts`` does: a later call without an outcome does not undo an earlier one.
    """
    last: dict[str, Contact] = {}
    told: dict[str, str] = {}
    for contact in sorted(contacts, key=lambda one: one.date):
        if contact.outcome != UNKNOWN:
            told[contact.code] = contact.outcome
        values = {**vars(contact), "outcome": told.get(contact.code, UNKNOWN)}
        last[contact.code] = Contact(**values)
    return last


def add_contact(path: Path, contact: Contact) -> None:
    """Add one contact; waits for a lock some seconds, so it belongs into a task.

    Raises
    ------
    OSError
        If it cannot be written; its text is for the person, and nothing was written then.
    """
    layer = _open(path)
    fields = layer.fields()
    feature = QgsFeature(fields)
    for name, value in vars(contact).items():
        place = fields.indexOf(name)
        if place >= 0 and value:
            feature.setAttribute(place, QDate.fromString(value, "yyyy-MM-dd") if name in ("date", "due") else value)
    provider = layer.dataProvider()
    added, _ = provider.addFeatures([feature]) if os.access(path, os.W_OK) else (False, [])
    if not added:
        said = translate(
            "SmartTerritoires", "The call could not be noted in {file}: another program has it locked. Try again."
        )
        raise OSError(said.format(file=Path(path).name))


def _open(path: Path) -> QgsVectorLayer:
    path = Path(path)
    if not path.is_file():
        said = translate("SmartTerritoires", "The register {file} is not there.").format(file=path)
        raise OSError(said)
    layer = QgsVectorLayer(f"{path}|layername={TABLE}", TABLE, "ogr")
    if not layer.isValid() or layer.fields().indexOf("code") < 0 or layer.fields().indexOf("date") < 0:
        said = translate("SmartTerritoires", "The register {file} has no table “{table}” that can be read.")
        raise OSError(said.format(file=path.name, table=TABLE))
    return layer


def _text(value: Any) -> str:
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    if hasattr(value, "date") and hasattr(value, "time"):
        value = value.date()
    return value.toString("yyyy-MM-dd") if isinstance(value, QDate) else str(value).strip()


class ContactsTask(BackgroundTask):
    """Reads the contacts of a register in the background, after adding one where one is given.

    Parameters
    ----------
    path : Path
    on_end : callable
        Takes the contacts, or None and what went wrong; called in the main thread.
    contact : Contact, optional
        To add first.
    """

    def __init__(
        self, path: Path, on_end: Callable[[Optional[list[Contact]], str], None], contact: Optional[Contact] = None
    ) -> None:
        super().__init__(
            translate("SmartTerritoires", "Smart Territoires: calls in the register"), on_end, is_hidden=True
        )
        self._path, self._contact = path, contact
        self._found: Optional[list[Contact]] = None
        self._said = ""

    def run(self) -> bool:
        """Write and read; in a thread of the task manager."""
        try:
            if self._contact is not None:
                add_contact(self._path, self._contact)
            self._found = read_contacts(self._path)
        except OSError as error:
            self._said = str(error)
            return False
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return self._found, self._said

    def finished(self, result: bool) -> None:
        """Hand over what was read; layers on the register show what was added. QGIS calls it in the main thread."""
        if self._contact is not None and result:
            _reload_open_layers(self._path)
        super().finished(result)


def _reload_open_layers(path: Path) -> None:
    """Let layers of the project that show the same table see what was added."""
    for layer in QgsProject.instance().mapLayers().values():
        source = layer.source().partition("|")
        if source[2].endswith(f"layername={TABLE}") and Path(source[0]).resolve() == Path(path).resolve():
            layer.dataProvider().reloadData()
            layer.triggerRepaint()

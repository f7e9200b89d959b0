"""What a project remembers of its study: the study file and the results at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from qgis.core import QgsProject, QgsProviderRegistry
from qgis.PyQt.QtCore import QObject, pyqtSignal

from smart_territoires_plugin.bridge.preview_targets import sweep
from smart_territoires_plugin.bridge.results import FOLDER_PROPERTY

_SCOPE = "smart_territoires"


@dataclass(frozen=True)
class Remembered:
    """The study file and the results folder; None for what the project does not name."""

    study: Optional[Path] = None
    results: Optional[Path] = None


class ProjectMemory(QObject):
    """Follows the project: tells what it opens with, and writes what it shall remember.

    Parameters
    ----------
    at_hand : callable
        Returns the study and the results of the moment; asked for when the project is saved, since it may be saved at
        another place.
    """

    opened = pyqtSignal(object)
    gone = pyqtSignal(list)
    left = pyqtSignal()

    def __init__(self, at_hand: Callable[[], Remembered]) -> None:
        super().__init__()
        self._at_hand = at_hand
        self.memory = Remembered()
        project = QgsProject.instance()
        self._signals = (
            (project.readProject, self._take),
            (project.writeProject, self.note),
            (project.cleared, self._forget),
        )
        for signal, call in self._signals:
            signal.connect(call)
        # The plugin may be loaded once a project is open.
        self.memory = recall(project)

    def note(self, *_: object) -> None:
        """Have the project remember the study and the results of the moment."""
        now = self._at_hand()
        self.memory = Remembered(now.study or self.memory.study, now.results or self.memory.results)
        remember(QgsProject.instance(), self.memory)

    def close(self) -> None:
        """Let go of the project."""
        for signal, call in self._signals:
            signal.disconnect(call)
        self._signals = ()

    def _take(self, *_: object) -> None:
        project = QgsProject.instance()
        sweep(project)
        follow_moved_folders(project)
        self.memory = recall(project)
        absent = missing(self.memory)
        if absent:
            self.gone.emit(absent)
        self.opened.emit(present(self.memory))

    def _forget(self) -> None:
        self.memory = Remembered()
        self.left.emit()


def remember(project: QgsProject, memory: Remembered) -> None:
    """Write into a project what it shall open with; paths as the project stores paths. What is known already stays.

    Parameters
    ----------
    project : QgsProject
    memory : Remembered
        None leaves the former entry as it is.
    """
    for key, path in (("study", memory.study), ("results", memory.results)):
        if path is not None:
            written = project.writePath(str(path))
            if written != project.readEntry(_SCOPE, key)[0]:
                project.writeEntry(_SCOPE, key, written)


def recall(project: QgsProject) -> Remembered:
    """Read what a project opens with, whether it is there or not."""
    found = [project.readEntry(_SCOPE, key)[0] for key in ("study", "results")]
    return Remembered(*(Path(project.readPath(path)) if path else None for path in found))


def missing(memory: Remembered) -> list[Path]:
    """Return what a project names and is not there."""
    absent = []
    if memory.study is not None and not memory.study.is_file():
        absent.append(memory.study)
    if memory.results is not None and not (memory.results / "manifest.json").is_file():
        absent.append(memory.results)
    return absent


def present(memory: Remembered) -> Remembered:
    """Return what a project names and is there."""
    absent = missing(memory)
    return Remembered(*(None if path in absent else path for path in (memory.study, memory.results)))


def follow_moved_folders(project: QgsProject) -> None:
    """Let layers and groups that came with a project name the folder that they are in now.

    A project that was moved with its results finds their files by relative paths; what the layers say of their folder
    is where it was.
    """
    moved: dict[str, str] = {}
    for layer in project.mapLayers().values():
        former = layer.customProperty(FOLDER_PROPERTY)
        if not former:
            continue
        path = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source()).get("path")
        now = str(Path(path).parent) if path else former
        if Path(now) != Path(former):
            moved[former] = now
            layer.setCustomProperty(FOLDER_PROPERTY, now)
    for node in project.layerTreeRoot().children():
        now = moved.get(node.customProperty(FOLDER_PROPERTY) or "")
        if now:
            node.setCustomProperty(FOLDER_PROPERTY, now)

"""The fields of a study's sources, read in the background for the lists of a form."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from qgis.core import QgsVectorLayer

from smart_territoires_plugin.bridge.task import BackgroundTask
from smart_territoires_plugin.core.study.model import Source

# How a table is read may be said in the study: then its fields are not those that QGIS sees.
_TOLD = ("encoding", "separator", "skip", "sheet")


def are_certain(source: Source) -> bool:
    """Say whether the engine sees the same fields as QGIS."""
    return isinstance(source.path, Path) and not any(key in source.options for key in _TOLD)


class SourceFieldsTask(BackgroundTask):
    """Opens a source to see its fields.

    Parameters
    ----------
    title : str
        What the task manager shows.
    source : Source
    on_end : callable
        Takes the fields, none where it cannot be opened, in the main thread.
    """

    def __init__(self, title: str, source: Source, on_end: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__(title, on_end, is_hidden=True)
        self._source = source
        self._fields: tuple[str, ...] = ()

    def run(self) -> bool:
        """Open; in a thread of the task manager."""
        if isinstance(self._source.path, Path) and self._source.path.is_file():
            layer = self._source.layer or self._source.options.get("sheet")
            options = QgsVectorLayer.LayerOptions()
            options.loadDefaultStyle = False
            found = QgsVectorLayer(
                f"{self._source.path}|layername={layer}" if layer else str(self._source.path), "", "ogr", options
            )
            self._fields = tuple(field.name() for field in found.fields())
        return True

    def answer(self) -> tuple:
        """Return what is handed over."""
        return (self._fields,)

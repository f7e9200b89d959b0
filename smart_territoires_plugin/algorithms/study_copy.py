"""Copies of a study: its paths are relative, so a copy in another folder finds no source."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingFeedback

from smart_territoires_plugin.bridge.translation import translate


def warn_of_another_folder(study: Path, copy: Path, feedback: QgsProcessingFeedback) -> None:
    """Say it where a copy is not beside its study.

    Parameters
    ----------
    study, copy : Path
        The study, and what is written of it.
    feedback : QgsProcessingFeedback
        Which is told.
    """
    if copy.resolve().parent != study.resolve().parent:
        feedback.pushWarning(
            translate(
                "SmartTerritoires",
                "{copy} is not in the folder of {study}: relative paths in it lead elsewhere.",
            ).format(copy=copy, study=study.name)
        )

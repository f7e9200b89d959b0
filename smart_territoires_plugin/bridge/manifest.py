"""What a results folder says about itself: the study, its sources, its date and its notices, from ``manifest.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smart_territoires_plugin.core.errors import Problem, ResultsError


@dataclass(frozen=True)
class ResultsDescription:
    """What the layers of a results folder are labelled with.

    Parameters
    ----------
    name : str
        Name of the study.
    date : str
        Date of the data, as the study wrote it; empty if it gave none.
    notices : tuple of str
        Codes of what every output must say: ``fictitious``, ``synthetic``, ``proxy``.
    sources : mapping
        Source id → what the study says of it (attribution, licence, date, status).
    themes : mapping
        Theme id → name by language.
    """

    name: str
    date: str
    notices: tuple[str, ...]
    sources: Mapping[str, Mapping[str, Any]]
    themes: Mapping[str, Mapping[str, str]]


def read_description(folder: Path) -> ResultsDescription:
    """Read what a results folder says about itself.

    Parameters
    ----------
    folder : Path
        Where a run wrote its results.

    Raises
    ------
    ResultsError
        If there is no readable manifest.
    """
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        study = manifest.get("study", {})
    except (OSError, ValueError, AttributeError) as error:
        raise ResultsError(Problem("atlas.no_results", str(folder), {"missing": "manifest.json"})) from error
    return ResultsDescription(
        name=str(study.get("name", folder.name)),
        date=str(study.get("date") or ""),
        notices=tuple(manifest.get("notices") or ()),
        sources=dict(study.get("sources") or {}),
        themes={item["id"]: _names(item.get("name"), item["id"]) for item in study.get("themes") or ()},
    )


def _names(value: Any, fallback: str) -> dict[str, str]:
    """Return a name in both languages, from either or both."""
    if isinstance(value, Mapping):
        return {"fr": str(value.get("fr") or value.get("en")), "en": str(value.get("en") or value.get("fr"))}
    name = str(value or fallback)
    return {"fr": name, "en": name}

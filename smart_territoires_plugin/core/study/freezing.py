"""Thresholds that a run found, written into its study as numbers, so that later runs are measured by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.study.documents import read_document
from smart_territoires_plugin.core.study.editing import edit_study

# Thresholds and tables are published with twelve digits.
_DIGITS = 12
_COLUMNS = {"readiness": "readiness", "activity": "activity"}


@dataclass(frozen=True)
class Frozen:
    """What was written, and what may make it wrong.

    Parameters
    ----------
    path : Path
    thresholds : mapping of dotted path to (what the study said before, number)
        What it said is None where it said nothing.
    warnings : tuple of Problem
    """

    path: Path
    thresholds: Mapping[str, tuple[Any, float]]
    warnings: tuple[Problem, ...]


def frozen_threshold(found: float, values: Optional[np.ndarray] = None) -> float:
    """Return the number to freeze for a threshold that was published with twelve digits.

    High is strictly above, and a quantile often is the value of a territory: rounded downwards, the number would turn
    that territory high. Where a value equals the threshold in what is published, one unit of the last digit is added.

    Parameters
    ----------
    values : ndarray, shape (n_territories,), optional
        As published. Not given, the unit is added always.

    Examples
    --------
    >>> frozen_threshold(28.5, np.array([28.4, 28.6]))
    28.5
    >>> frozen_threshold(28.5, np.array([28.4, 28.5, 28.6]))
    28.5000000001
    """
    if found == 0 or (values is not None and not np.isclose(values, found, rtol=10.0**-_DIGITS, atol=0).any()):
        return found
    written = Decimal(f"{found:.{_DIGITS}g}")
    return float(written + Decimal(1).scaleb(written.adjusted() - _DIGITS + 1))


def thresholds_of(manifest: Mapping[str, Any], values: Mapping[str, np.ndarray]) -> dict[str, float]:
    """Return the thresholds of a run by dotted path in its study; those that it did not find are left out.

    Parameters
    ----------
    manifest : mapping
    values : mapping of column to ndarray
        ``readiness`` and ``activity`` as the run published them.
    """
    asked = manifest["study"]["content"].get("targeting", {}).get("thresholds", {})
    found = {}
    for name, column in _COLUMNS.items():
        limit = manifest["method"].get(f"{name}_threshold")
        given = asked.get(name)
        if isinstance(given, (int, float)):
            found[f"targeting.thresholds.{name}"] = float(given)
        elif limit is not None:
            found[f"targeting.thresholds.{name}"] = frozen_threshold(float(limit), values.get(column))
    given = asked.get("themes", {})
    for theme, limit in (manifest["method"].get("theme_thresholds") or {}).items():
        if theme in given:
            found[f"targeting.thresholds.themes.{theme}"] = float(given[theme])
        elif limit is not None:
            found[f"targeting.thresholds.themes.{theme}"] = frozen_threshold(float(limit))
    given = asked.get("call_units", {})
    for name, limit in (manifest["method"].get("call_unit_thresholds") or {}).items():
        if name in given:
            found[f"targeting.thresholds.call_units.{name}"] = float(given[name])
        elif limit is not None:
            found[f"targeting.thresholds.call_units.{name}"] = frozen_threshold(float(limit))
    return found


def freeze(
    path: Path, manifest: Mapping[str, Any], values: Mapping[str, np.ndarray], out: Optional[Path] = None
) -> Frozen:
    """Write the thresholds of a run into a study.

    Parameters
    ----------
    path : Path
        The study.
    manifest, values
        As ``thresholds_of``.
    out : Path, optional
        By default the study itself is edited.

    Raises
    ------
    StudyError
        If the run found no threshold, or the study cannot be edited.
    """
    path = Path(path)
    content = read_document(path).content
    found = thresholds_of(manifest, values)
    if not found:
        raise StudyError(Problem("outcomes.nothing_to_freeze", path.name))
    said = (content.get("targeting") or {}).get("thresholds") or {}
    former = {key: _said(said, key.split(".")[2:]) for key in found}
    place = edit_study(path, {key: number for key, number in found.items() if former[key] != number}, out)
    warnings = []
    run = manifest["study"]["content"]
    blocks = [name for name in ("indicators", "scoring", "themes", "nodes") if run.get(name) != content.get(name)]
    if blocks:
        warnings.append(Problem("outcomes.freeze_other_study", path.name, {"blocks": ", ".join(blocks)}, "warning"))
    if place.parent != path.resolve().parent:
        warnings.append(Problem("outcomes.freeze_elsewhere", str(place), {}, "warning"))
    return Frozen(place, {key: (former[key], number) for key, number in found.items()}, tuple(warnings))


def _said(thresholds: Any, keys: list[str]) -> Any:
    for key in keys:
        thresholds = thresholds.get(key) if isinstance(thresholds, dict) else None
    return thresholds

"""Numbers given by element, read into the order of the elements: what is unknown, absent or no number is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from smart_territoires_plugin.core.errors import Problem


def number_of(value: Any) -> float:
    """Return a value as a finite number; NaN where it is none.

    Examples
    --------
    >>> number_of(3), number_of("many"), number_of(True)
    (3.0, nan, nan)
    """
    if isinstance(value, (bool, str)) or value is None:
        return math.nan
    try:
        read = float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan
    return read if math.isfinite(read) else math.nan


def name_problems(where: str, given: Any, names: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the names that something is said of.

    Parameters
    ----------
    where : str
        The method that was given them.
    given : mapping
        By element.
    names : sequence of str
        The elements that are weighed.
    """
    if not isinstance(given, Mapping):
        return [Problem("weights.not_by_element", where, {"value": given})]
    known = ", ".join(names)
    problems = [
        Problem("weights.unknown_element", where, {"element": element, "known": known})
        for element in given
        if element not in names
    ]
    absent = [name for name in names if name not in given]
    if absent:
        problems.append(Problem("weights.absent_elements", where, {"elements": ", ".join(absent)}))
    return problems

"""What lies between two versions of a part of a study, as the changes that ``edit_study`` makes: no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any], place: str) -> dict[str, Any]:
    """Return the smallest changes that turn one mapping into another.

    Parameters
    ----------
    before, after : mapping
    place : str
        Dotted path of the mapping in the study. An ``id`` comes last, for the path holds the former one.

    Returns
    -------
    dict of dotted path to value
        None for what is taken away.

    Examples
    --------
    >>> before = {"id": "a", "measure": {"kind": "sum", "field": "x", "where": "y > 1"}, "weight": 1}
    >>> differences(before, {"id": "b", "measure": {"kind": "mean", "field": "x"}, "weight": 1}, "indicators.a")
    {'indicators.a.measure.where': None, 'indicators.a.measure.kind': 'mean', 'indicators.a.id': 'b'}
    """
    found: dict[str, Any] = {f"{place}.{key}": None for key in before if key not in after}
    for key, value in after.items():
        former = before.get(key)
        if isinstance(former, Mapping) and isinstance(value, Mapping) and former and value:
            found.update(differences(former, value, f"{place}.{key}"))
        elif key not in before or former != value:
            found[f"{place}.{key}"] = value
    renamed = f"{place}.id"
    if renamed in found:
        found[renamed] = found.pop(renamed)
    return found

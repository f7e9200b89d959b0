"""What was repaired (R), kept with a warning (W) or is missing (M) in each source: the rows of the quality layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

COLUMNS = ("source", "check", "outcome", "count", "examples", "code")
MAX_EXAMPLES = 5


@dataclass(frozen=True)
class QualityRecord:
    """One thing found in a source.

    Parameters
    ----------
    source : str
        Identifier of the source in the study.
    check : str
        What was looked at, for example ``invalid_geometry``; its wording is ``quality.<check>``.
    outcome : {"R", "W", "M"}
        Repaired, kept with a warning, or missing.
    count : int
        How many features, rows or territories.
    examples : str
        A few of them, as a person would find them in the file.
    code : str
        The territory concerned, where the record is about one.
    """

    source: str
    check: str
    outcome: str
    count: int
    examples: str = ""
    code: str = ""


def record(source: str, check: str, outcome: str, found: Iterable, code: str = "") -> list[QualityRecord]:
    """Return one record for all that was found, none if nothing was.

    Examples
    --------
    >>> record("flood", "invalid_geometry", "R", [3, 8])[0].examples
    '3, 8'
    >>> record("flood", "invalid_geometry", "R", [])
    []
    """
    items = [str(item) for item in found]
    if not items:
        return []
    shown = ", ".join(items[:MAX_EXAMPLES]) + (", …" if len(items) > MAX_EXAMPLES else "")
    return [QualityRecord(source, check, outcome, len(items), shown, code)]

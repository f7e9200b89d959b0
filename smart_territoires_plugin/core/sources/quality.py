"""What was repaired (R), kept with a warning (W) or is missing (M) in each source: the rows of the quality layer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

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


def to_text(records: Iterable[QualityRecord]) -> str:
    """Return records as text that ``from_text`` reads."""
    return json.dumps([asdict(item) for item in records], ensure_ascii=False)


def from_text(text: str) -> tuple[QualityRecord, ...]:
    """Return the records of a text.

    Examples
    --------
    >>> from_text(to_text(record("flood", "invalid_geometry", "R", [3])))[0].count
    1
    """
    return tuple(QualityRecord(**item) for item in json.loads(text))


def merged(records: Iterable[QualityRecord]) -> list[QualityRecord]:
    """Return records with those of one source, check, outcome and territory as one: counts added, examples joined.

    Examples
    --------
    >>> parts = [*record("flood", "invalid_geometry", "R", [3]), *record("flood", "invalid_geometry", "R", [8, 9])]
    >>> [(item.count, item.examples) for item in merged(parts)]
    [(3, '3, 8, 9')]
    """
    groups: dict[tuple, list[QualityRecord]] = {}
    for item in records:
        groups.setdefault((item.source, item.check, item.outcome, item.code), []).append(item)
    made = []
    for (source, check, outcome, code), items in groups.items():
        count = sum(item.count for item in items)
        if len(items) == 1:
            made.append(items[0])
            continue
        parts = list(dict.fromkeys(part for item in items for part in item.examples.split(", ") if part))
        examples = [part for part in parts if part != "…"]
        more = len(examples) > MAX_EXAMPLES or "…" in parts
        shown = [*examples[:MAX_EXAMPLES], *(["…"] if more else [])]
        made.append(QualityRecord(source, check, outcome, count, ", ".join(shown), code))
    return made

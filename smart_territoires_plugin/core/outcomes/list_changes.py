"""Lists of two runs side by side: who entered and who left, each with its cause, its values and a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.comparing_runs import Comparison, Run
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.outcomes.change_causes import Cause, Sides, cause_of, changed_indicators
from smart_territoires_plugin.core.outcomes.change_sentences import change_sentence
from smart_territoires_plugin.core.outcomes.contacts import call_list, last_contacts
from smart_territoires_plugin.core.results.tables import armed

SHORTLIST = "shortlist"
# The list ``engage`` is what ``shortlist`` is a part of; its members change with the segment alone.
LISTS = ("raise_awareness", "showcase", "verify")
MOVES = ("entered", "left", "stayed")


def list_changes(comparison: Comparison, contacts: pd.DataFrame, until: str = "") -> pd.DataFrame:
    """Return one row for each territory of a list of either run.

    Parameters
    ----------
    comparison : Comparison
    contacts : DataFrame
        Of ``contacts.contacts_frame``; empty without a register.
    until : str
        Day of the second register (``YYYY-MM-DD``); later contacts are left out. '' for all.

    Returns
    -------
    DataFrame
        ``list``, ``move``, ``code``, ``name``, ``cause`` ('' for those that stayed), ``indicator`` with its values
        before and after where data are the cause, readiness, segment and active projects before and after,
        ``called_before`` with ``last_contact`` and ``outcome``, ``sentence_fr``, ``sentence_en`` and ``notice``. Lists,
        then those that entered, left and stayed, each in the order of the second run.
    """
    last = last_contacts(contacts, until)
    sides = Sides(comparison, frozenset(last.index))
    rows = []
    for name, moves in _lists(comparison):
        for move in MOVES:
            rows += [_row(sides, name, move, code, last) for code in moves if moves[code] == move]
    columns = list(_row_columns())
    frame = pd.DataFrame(rows, columns=columns)
    calls = call_list(frame, contacts, until or "9999-12-31")
    for column in ("called_before", "last_contact", "outcome"):
        frame[column] = calls[column].to_numpy()
    frame["notice"] = "; ".join(text(f"notice.{code}", "en") for code in comparison.after.manifest["notices"])
    return frame


def _row_columns() -> tuple[str, ...]:
    pairs = [f"{name}_{side}" for name in ("readiness", "segment", "projects") for side in ("before", "after")]
    indicator = ("indicator", "value_before", "value_after")
    return ("list", "move", "code", "name", "cause", *indicator, *pairs, "sentence_fr", "sentence_en")


def _row(sides: Sides, listed: str, move: str, code: str, last: pd.DataFrame) -> tuple:
    here = code in sides.rows
    cause = Cause("") if move == "stayed" else cause_of(sides, code, move == "entered", listed == SHORTLIST)
    moved = changed_indicators(sides, code, cause.composite) if cause.name in ("data", "coverage") and here else []
    indicator, *values = moved[0] if moved else ("", np.nan, np.nan)
    names = sides.text(code, "name") if here else ("", "")
    pairs = [
        value
        for column, read in (("readiness", sides.number), ("segment", sides.text), ("activity_count", sides.number))
        for value in (read(code, column) if here else ("", "") if column == "segment" else (np.nan, np.nan))
    ]
    contact = last.loc[code] if code in last.index else None
    sentences = [change_sentence(sides, listed, move, code, cause, moved, contact, lang) for lang in ("fr", "en")]
    return (listed, move, code, names[1] or names[0] or code, cause.name, indicator, *values, *pairs, *sentences)


def _lists(comparison: Comparison) -> list[tuple[str, dict[str, str]]]:
    """Return what each territory did, by list: the shortlist, and the further lists that both runs have."""
    found = comparison.moves
    made = [(SHORTLIST, {str(c): str(m) for c, m in zip(found.codes, found.shortlist, strict=True) if m})]
    before, after = _written(comparison.before), _written(comparison.after)
    for name in LISTS:
        if name in before or name in after:
            was, now = before.get(name, {}), after.get(name, {})
            moves = {code: "stayed" if code in was else "entered" for code in now}
            made.append((name, {**moves, **{code: "left" for code in was if code not in now}}))
    return made


def _written(run: Run) -> dict[str, dict[str, None]]:
    """Return the codes of each list of ``lists.csv`` in their order; none where the run has no such file."""
    path = Path(run.folder) / "lists.csv"
    if not path.is_file():
        return {}
    made: dict[str, dict[str, None]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            made.setdefault(row["list"], {})[armed(row["code"])] = None
    return made

"""What a person decided of the list: pinned first, added, or left out, beside a computed rank that never changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.model import Decision

PIN, ADD, EXCLUDE = "pin", "add", "exclude"
_WHERE = "targeting.decisions"


@dataclass(frozen=True)
class Decided:
    """The list as it is once a person's decisions are in it.

    Parameters
    ----------
    order : ndarray of int, shape (n_listed,)
        Rows of the list, in its order.
    shortlist : int
        How many of the first are to be called.
    excluded : ndarray of int
        Rows that were left out, whatever their segment, by code.
    by_row : mapping of row to Decision
        The decision that counts for each territory.
    warnings : tuple of Problem
        Codes that no territory has, and decisions that contradict one another.
    """

    order: np.ndarray
    shortlist: int
    excluded: np.ndarray
    by_row: Mapping[int, Decision]
    warnings: tuple[Problem, ...]


def decisions_in(written: Sequence[Mapping[str, object]]) -> tuple[Decision, ...]:
    """Return decisions as a study's content has them."""
    keys = ("code", "action", "reason", "author", "date")
    return tuple(Decision(*(str(one[key]) for key in keys)) for one in written)


def apply_decisions(
    order: Sequence[int],
    decisions: Sequence[Decision],
    codes: Sequence[str],
    shortlist: int,
    elsewhere: Collection[str] = (),
) -> Decided:
    """Put a person's decisions into a list.

    Those pinned come first, in the order given, and count among the shortlist; those excluded leave it to the next in
    rank; those added follow the shortlist, and are called too. A decision brings a territory of any segment into the
    list, or keeps it out. Of several on one territory the latest date counts, and of one date the last.

    Parameters
    ----------
    order : sequence of int
        Rows to engage, best rank first.
    decisions : sequence of Decision
    codes : sequence of str, shape (n_territories,)
    shortlist : int
        How many the study asks for.
    elsewhere : collection of str
        Codes that are not among these territories and yet no mistake: those of another level.

    Examples
    --------
    >>> by, on = "A. B.", "2026-01-05"
    >>> said = [Decision("d", "pin", "asked", by, on), Decision("a", "exclude", "met", by, on)]
    >>> found = apply_decisions([0, 1, 2], said, ["a", "b", "c", "d"], 2)
    >>> found.order.tolist(), found.shortlist, found.excluded.tolist()
    ([3, 1, 2], 2, [0])
    """
    by_row, warnings = _that_count(decisions, codes, elsewhere)
    pinned, added, excluded = (_acted(by_row, action) for action in (PIN, ADD, EXCLUDE))
    moved = {*pinned, *excluded}
    ranked = [*pinned, *(int(row) for row in order if int(row) not in moved)]
    first = ranked[: max(shortlist, len(pinned))]
    # One added does not wait for its rank; one that is in the shortlist already keeps its place there.
    further = [row for row in added if row not in first]
    called = {*first, *further}
    return Decided(
        np.array([*first, *further, *(row for row in ranked if row not in called)], dtype=int),
        len(called),
        np.array(sorted(excluded, key=lambda row: str(codes[row])), dtype=int),
        by_row,
        warnings,
    )


def _acted(by_row: Mapping[int, Decision], action: str) -> list[int]:
    return [row for row, decision in by_row.items() if decision.action == action]


def _that_count(
    decisions: Sequence[Decision], codes: Sequence[str], elsewhere: Collection[str]
) -> tuple[dict[int, Decision], tuple[Problem, ...]]:
    """Return the decision that counts for each row, in the order of the study, and what is wrong with the others."""
    if not decisions:
        # Lists are made anew while a weight is under the hand.
        return {}, ()
    rows = {str(code): row for row, code in enumerate(codes)}
    length = max((len(code) for code in rows), default=0)
    known_elsewhere = {str(code) for code in elsewhere}
    latest: dict[int, int] = {}
    of_row: dict[int, list[Decision]] = {}
    warnings = []
    for place, decision in enumerate(decisions):
        row = _row_of(decision.code, rows, length)
        if row is None:
            if decision.code.strip() not in known_elsewhere:
                values = {"code": decision.code, "author": decision.author, "date": decision.date}
                warnings.append(Problem("lists.decision_unknown_code", f"{_WHERE}[{place}]", values, "warning"))
            continue
        of_row.setdefault(row, []).append(decision)
        if row not in latest or decision.date >= decisions[latest[row]].date:
            latest[row] = place
    for row, said in of_row.items():
        if len({decision.action for decision in said}) > 1:
            kept = decisions[latest[row]]
            values = {"code": str(codes[row]), "count": len(said), "kept": kept.action, "date": kept.date}
            warnings.append(Problem("lists.decision_contradicted", f"{_WHERE}[{latest[row]}]", values, "warning"))
    return {row: decisions[place] for row, place in sorted(latest.items(), key=lambda item: item[1])}, tuple(warnings)


def _row_of(code: str, rows: Mapping[str, int], length: int) -> int | None:
    """Return the row of a code as a person writes it: with other capitals, or without its leading zeros."""
    written = code.strip()
    for candidate in (written, written.upper(), written.zfill(length)):
        if candidate in rows:
            return rows[candidate]
    return None


def decision_words(decision: Decision | None, lang: str) -> str:
    """Return what a person decided in a few words, '' where nobody decided anything.

    Examples
    --------
    >>> decision_words(Decision("a", "add", "asked", "A. B.", "2026-01-05"), "en")
    'added by a person'
    """
    return text(f"lists.decision.{decision.action}", lang) if decision else ""


def decision_sentence(decision: Decision | None, lang: str) -> str:
    """Return what was decided, why, by whom and when; '' where nobody decided anything."""
    if decision is None:
        return ""
    values = {"reason": decision.reason, "author": decision.author, "date": decision.date}
    return text(f"lists.decision_said.{decision.action}", lang, **values)


def decision_columns(decisions: Sequence[Decision], codes: Sequence[str], lang: str) -> dict[str, np.ndarray]:
    """Return the columns ``decision`` (words) and ``decision_code`` of a table of territories.

    Returns
    -------
    dict of str to ndarray of str, shape (n_territories,)
    """
    by_row, _ = _that_count(decisions, codes, ())
    words, actions = (np.full(len(codes), "", dtype=object) for _ in range(2))
    for row, decision in by_row.items():
        words[row], actions[row] = decision_words(decision, lang), decision.action
    return {"decision": words, "decision_code": actions}

"""Why not this one? The first rule that a territory fails on the way to the call list, from what a run published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.study.model import Decision
from smart_territoires_plugin.core.targeting.decisions import (
    Decided,
    apply_decisions,
    decision_sentence,
    decisions_in,
)

# In the order in which they are tried.
RULES = (
    "unknown_code", "no_readiness", "insufficient_data", "readiness_low", "activity_unknown", "activity_high",
    "excluded", "beyond_shortlist",
)  # fmt: skip
LISTED = "listed"
_MOST_DIGITS = 9


@dataclass(frozen=True)
class Published:
    """What a run published, as far as the list goes.

    Parameters
    ----------
    rows : mapping of code to row of ``territories.csv``
        In its order; texts, empty where there is no value.
    decisions : sequence of Decision
    shortlist : int
    readiness_threshold, activity_threshold : float or None
    """

    rows: Mapping[str, Mapping[str, str]]
    decisions: Sequence[Decision]
    shortlist: int
    readiness_threshold: float | None
    activity_threshold: float | None

    @cached_property
    def codes(self) -> list[str]:
        """Codes in the order of the rows."""
        return list(self.rows)

    @cached_property
    def decided(self) -> Decided:
        """The published ranks with the decisions in them."""
        ranked = [place for place, code in enumerate(self.codes) if self.rows[code]["target_rank"]]
        ranked.sort(key=lambda place: int(self.rows[self.codes[place]]["target_rank"]))
        return apply_decisions(ranked, self.decisions, self.codes, self.shortlist)

    @cached_property
    def called(self) -> list[str]:
        """Codes to call, in order."""
        return [self.codes[row] for row in self.decided.order[: self.decided.shortlist]]


@dataclass(frozen=True)
class Answer:
    """The first rule that a territory fails, or ``listed``; ``values`` are its own, as numbers and texts."""

    rule: str
    values: Mapping[str, object]
    decision: Decision | None = None


def published(rows: Mapping[str, Mapping[str, str]], manifest: Mapping) -> Published:
    """Return what matters to the list of ``territories.csv`` and of the manifest."""
    asked = manifest["study"]["content"].get("targeting") or {}
    decisions = decisions_in(asked.get("decisions", ()))
    method = manifest["method"]
    limits = (method["readiness_threshold"], method["activity_threshold"])
    return Published(rows, decisions, manifest["study"]["shortlist"], *limits)


def why_not(found: Published, code: str, lacking: Sequence[str] = ()) -> Answer:
    """Return the first rule that a territory fails.

    A person's decision to pin or add goes before all rules, as it does in the list.

    Parameters
    ----------
    found : Published
    code : str
    lacking : sequence of str
        Names of the success factors that are not known of it.

    Returns
    -------
    Answer
        With ``name`` and ``code``; of low readiness ``readiness``, ``threshold`` and ``short``, of high activity
        ``count``, ``activity`` and ``threshold``, beyond the shortlist ``rank``, ``priority``, ``last_rank``,
        ``last_priority`` and ``last_name``.
    """
    row = found.rows.get(code)
    if row is None:
        return Answer("unknown_code", {"code": code})
    values: dict[str, object] = {"name": row["name"], "code": code}
    place = found.codes.index(code)
    decision = found.decided.by_row.get(place)
    called = found.called
    if code in called:
        return Answer(LISTED, {**values, "place": called.index(code) + 1, "called": len(called)}, decision)
    rule = _failed(row)
    if rule == "insufficient_data":
        values["lacking"] = tuple(lacking)
    elif rule == "readiness_low":
        readiness, threshold = float(row["readiness"]), float(found.readiness_threshold)
        values.update(readiness=readiness, threshold=threshold, short=max(threshold - readiness, 0.0))
    elif rule == "activity_high":
        values.update(count=float(row["activity_count"]), activity=_number(row["activity"]))
        values.update(threshold=found.activity_threshold)
    elif rule == "":
        rule = "excluded" if place in found.decided.excluded else "beyond_shortlist"
        values["rank"] = int(row["target_rank"])
        if rule == "beyond_shortlist":
            values.update(priority=_number(row["priority"]), shortlist=len(called), **_last_one_in(found, called))
    return Answer(rule, values, decision)


def _failed(row: Mapping[str, str]) -> str:
    """Return the rule by which a segment keeps a territory off the list, '' where none does."""
    by_segment = {
        "": "no_readiness",
        "insufficient_data": "insufficient_data",
        "raise_awareness": "readiness_low",
        "support": "readiness_low",
        "verify": "activity_unknown",
        "showcase": "activity_high",
    }
    return by_segment.get(row["segment"], "")


def _number(written: str) -> float | None:
    return float(written) if written else None


def _last_one_in(found: Published, called: Sequence[str]) -> dict[str, object]:
    """Return the last of the call list that is there by its rank; nothing where a person put all of them there."""
    acted = {found.codes[row] for row, said in found.decided.by_row.items() if said.action != "exclude"}
    by_rank = [code for code in called if code not in acted]
    if not by_rank:
        return {"last_name": "", "last_rank": None, "last_priority": None}
    last = found.rows[by_rank[-1]]
    return {
        "last_name": last["name"],
        "last_rank": int(last["target_rank"]),
        "last_priority": _number(last["priority"]),
    }


def why_not_sentences(answer: Answer, lang: str, change: str = "") -> list[str]:
    """Return the answer in words, each number that territory's own.

    Parameters
    ----------
    change : str
        The smallest change that would move it, as a sentence; said where readiness is what fails.
    """
    values = answer.values
    named = {"name": values.get("name", ""), "code": values["code"]}
    said = [_SENTENCES.get(answer.rule, _plain)(answer, named, lang)]
    if answer.decision is not None:
        said.append(decision_sentence(answer.decision, lang))
    if change and answer.rule in ("readiness_low", "beyond_shortlist"):
        said.append(change)
    return said


def _plain(answer: Answer, named: Mapping, lang: str) -> str:
    return text(f"lists.why.{answer.rule}", lang, **named)


def _lacking(answer: Answer, named: Mapping, lang: str) -> str:
    lacking = answer.values["lacking"]
    if not lacking:
        return text("lists.why.insufficient_data_alone", lang, **named)
    return text("lists.why.insufficient_data", lang, lacking=", ".join(lacking), **named)


def _readiness(answer: Answer, named: Mapping, lang: str) -> str:
    readiness, threshold, short = (answer.values[name] for name in ("readiness", "threshold", "short"))
    if short == 0:
        return text("lists.why.readiness_equal", lang, readiness=number(readiness, lang, 1), **named)
    digits = digits_apart(readiness, threshold)
    # What is missing is written as the difference of the two numbers that are read beside it.
    shown = round(threshold, digits) - round(readiness, digits)
    written = (number(value, lang, digits) for value in (readiness, threshold, shown))
    return text("lists.why.readiness_low", lang, **dict(zip(("readiness", "threshold", "short"), written)), **named)


def _activity(answer: Answer, named: Mapping, lang: str) -> str:
    projects = projects_in_words(answer.values["count"], lang)
    rate, threshold = answer.values["activity"], answer.values["threshold"]
    if rate is None or threshold is None:
        return text("lists.why.activity_high_count", lang, projects=projects, **named)
    digits = digits_apart(rate, threshold)
    written = {"activity": number(rate, lang, digits), "threshold": number(threshold, lang, digits)}
    return text("lists.why.activity_high", lang, projects=projects, **written, **named)


def _excluded(answer: Answer, named: Mapping, lang: str) -> str:
    return text("lists.why.excluded", lang, rank=number(answer.values["rank"], lang), **named)


def _beyond(answer: Answer, named: Mapping, lang: str) -> str:
    values = answer.values
    shown = {"rank": number(values["rank"], lang), "shortlist": number(values["shortlist"], lang)}
    own, last = values["priority"], values["last_priority"]
    if own is None or last is None:
        return text("lists.why.beyond_shortlist_alone", lang, **shown, **named)
    digits = digits_apart(own, last) if own != last else 1
    shown.update(priority=number(own, lang, digits), last_priority=number(last, lang, digits))
    shown.update(last_name=values["last_name"], last_rank=number(values["last_rank"], lang))
    code = "beyond_shortlist" if own != last else "beyond_shortlist_equal"
    return text(f"lists.why.{code}", lang, **shown, **named)


def _listed(answer: Answer, named: Mapping, lang: str) -> str:
    place, called = (number(answer.values[name], lang) for name in ("place", "called"))
    return text("lists.why.listed", lang, place=place, called=called, **named)


_SENTENCES = {
    "insufficient_data": _lacking,
    "readiness_low": _readiness,
    "activity_high": _activity,
    "excluded": _excluded,
    "beyond_shortlist": _beyond,
    LISTED: _listed,
}


def digits_apart(one: float, other: float) -> int:
    """Return how many decimals show that two numbers differ; one at least.

    Examples
    --------
    >>> digits_apart(51.2, 57.9), digits_apart(57.88, 57.91), digits_apart(57.884, 57.886)
    (1, 2, 2)
    """
    for digits in range(1, _MOST_DIGITS):
        if f"{one:.{digits}f}" != f"{other:.{digits}f}":
            return digits
    return _MOST_DIGITS


def projects_in_words(count: float, lang: str) -> str:
    """Return a number of projects in words; in French zero is singular, in English plural.

    Examples
    --------
    >>> projects_in_words(0, "en"), projects_in_words(0, "fr")
    ('0 projects', '0 projet')
    """
    singular = count < 2 if lang == "fr" else count == 1
    return text("reason.projects_one" if singular else "reason.projects_many", lang, count=number(count, lang))

"""French and English wording of every error, reason and label, by code: the one place where the product speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from smart_territoires_plugin.core.errors import Problem
from smart_territoires_plugin.core.messages import (
    activity_en,
    activity_fr,
    editing_en,
    editing_fr,
    labels_en,
    labels_fr,
    lists_en,
    lists_fr,
    matrix_en,
    matrix_fr,
    means_en,
    means_fr,
    outcomes_en,
    outcomes_fr,
    outreach_en,
    outreach_fr,
    problems_en,
    problems_fr,
    registers_en,
    registers_fr,
    sentences_en,
    sentences_fr,
)
from smart_territoires_plugin.core.messages.numbers import number

LANGUAGES = ("fr", "en")
# What targeting says, a file for each of its parts.
_PARTS = {
    "en": (activity_en, editing_en, lists_en, matrix_en, means_en, outcomes_en, outreach_en, registers_en),
    "fr": (activity_fr, editing_fr, lists_fr, matrix_fr, means_fr, outcomes_fr, outreach_fr, registers_fr),
}
PROBLEMS = {
    "en": {**problems_en.PROBLEMS, **{code: words for part in _PARTS["en"] for code, words in part.PROBLEMS.items()}},
    "fr": {**problems_fr.PROBLEMS, **{code: words for part in _PARTS["fr"] for code, words in part.PROBLEMS.items()}},
}
TEXTS = {
    "en": {
        **labels_en.LABELS,
        **sentences_en.SENTENCES,
        **{code: words for part in _PARTS["en"] for code, words in part.TEXTS.items()},
    },
    "fr": {
        **labels_fr.LABELS,
        **sentences_fr.SENTENCES,
        **{code: words for part in _PARTS["fr"] for code, words in part.TEXTS.items()},
    },
}


_NAME_AND_CODE = "{name} ({code})"


def text(code: str, lang: str, /, **values: Any) -> str:
    """Return the wording of a label or a sentence.

    Parameters
    ----------
    code : str
        For example ``"segment.engage"``.
    lang : {"fr", "en"}
        Language of the wording.
    **values
        What the wording fills in; a name that is its own code is said once.

    Examples
    --------
    >>> text("segment.engage", "fr")
    'à entraîner'
    >>> text("outreach.named", "en", name="Vincennes", code="94080"), text("outreach.named", "en", name="T1", code="T1")
    ('Vincennes (94080)', 'T1')
    """
    wording = TEXTS[lang][code]
    if values.get("name") == values.get("code"):
        wording = wording.replace(_NAME_AND_CODE, "{name}")
    return wording.format(**values) if values else wording


def problem_texts(problem: Problem, lang: str) -> tuple[str, str]:
    """Return what is wrong and what to do about it, as two sentences.

    Numbers are left as they are: a person compares them with the file.
    """
    what, fix = PROBLEMS[lang][problem.code]
    values = dict(problem.values)
    return what.format(**values), fix.format(**values)


def problem_lines(problems: Iterable[Problem], lang: str) -> list[str]:
    """Return one line per problem: where, what, what to do."""
    lines = []
    colon = "\u00a0: " if lang == "fr" else ": "
    for problem in problems:
        what, fix = problem_texts(problem, lang)
        line = f"{problem.where}{colon}{what} {fix}".strip()
        lines.append(" ".join(line.splitlines()))
    return lines


def problem_record(problem: Problem, lang: str) -> dict[str, str]:
    """Return a problem as the record that ``check --json`` prints."""
    what, fix = problem_texts(problem, lang)
    return {"severity": problem.severity, "where": problem.where, "what": what, "fix": fix}


__all__ = ["LANGUAGES", "PROBLEMS", "TEXTS", "number", "problem_lines", "problem_record", "problem_texts", "text"]

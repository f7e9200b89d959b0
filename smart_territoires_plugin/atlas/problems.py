"""What can be wrong with what the atlas is given, as errors that already carry their sentence."""

from __future__ import annotations

from typing import Any

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import labels_en, labels_fr

_PROBLEMS = {"en": labels_en.PROBLEMS, "fr": labels_fr.PROBLEMS}


class AtlasError(ResultsError):
    """The atlas cannot be made from this folder, or cannot be written there.

    Parameters
    ----------
    problem : Problem
        Its code is one of ``PROBLEMS`` in ``core.messages.labels_fr`` and ``labels_en``.
    lang : {"fr", "en"}
        Language of the sentence that ``str()`` returns.
    """

    def __init__(self, problem: Problem, lang: str):
        super().__init__(problem)
        self._line = problem_line(problem, lang)

    def __str__(self) -> str:
        """Return one line: where, what, what to do."""
        return self._line


def atlas_error(code: str, where: Any, lang: str, **values: Any) -> AtlasError:
    """Return the error of a code at a place."""
    return AtlasError(Problem(code, str(where), values), lang)


def problem_line(problem: Problem, lang: str) -> str:
    """Return one line: where, what, what to do."""
    what, fix = _PROBLEMS[lang][problem.code]
    values = dict(problem.values)
    colon = "\u00a0: " if lang == "fr" else ": "
    return " ".join(f"{problem.where}{colon}{what.format(**values)} {fix.format(**values)}".splitlines())

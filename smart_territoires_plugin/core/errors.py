"""The tree of errors: each carries the problems that it stands for; their wording lives in ``core.messages``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what and what to do, the last two as a message code and its values.

    Parameters
    ----------
    code : str
        Key of ``core.messages.PROBLEMS``, for example ``"source.not_found"``.
    where : str
        The place as a person would name it: a file with its line, a source, a layer.
    values : mapping
        What the wording of the message fills in.
    severity : {"error", "warning"}
        An error refuses the run; a warning lets it go on.
    """

    code: str
    where: str
    values: Mapping[str, Any] = field(default_factory=dict)
    severity: str = "error"


class SmartTerritoiresError(Exception):
    """Root of every error that the product raises on purpose.

    Parameters
    ----------
    *problems : Problem
        All that is wrong, not the first only.
    """

    exit_code = 2

    def __init__(self, *problems: Problem):
        super().__init__("; ".join(f"{p.where}: {p.code} {dict(p.values)}" for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple:
        """Return how to make the error again in another process: from its problems, not from their wording."""
        return type(self), self.problems, self.__dict__


class StudyError(SmartTerritoiresError):
    """The study file is wrong."""


class SourceError(SmartTerritoiresError):
    """A source cannot be read as what the study says it is."""


class MeasureError(SmartTerritoiresError):
    """A measure cannot be computed on its source."""


class ScoringError(SmartTerritoiresError):
    """The scores cannot be had from these values with these methods."""


class ResultsError(SmartTerritoiresError):
    """The results folder cannot be written or read."""


class EngineError(SmartTerritoiresError):
    """A library or a program that is needed is missing."""

    exit_code = 3


class ClusterError(SmartTerritoiresError):
    """The cluster that a run was given cannot serve it, or was lost."""


class Cancelled(BaseException):
    """The person asked to stop; raised by the progress callable, so loops need no test of their own.

    No ``Exception``, for what catches those (a reader that another one follows) must not take it for a fault.
    """

"""Filters of the study: one condition, never a statement; what a filter can do more than choose rows is refused."""

from __future__ import annotations

import re

from smart_territoires_plugin.core.errors import Problem, SourceError

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_MORE = re.compile(
    r";|--|/\*|\b(?:select|with|union|insert|update|delete|drop|alter|create|attach|detach|pragma|load_extension)\b",
    re.IGNORECASE,
)


def refuse_statements(condition: str, where: str) -> None:
    """Refuse a filter that holds a subquery, a comment or another statement outside its quoted texts.

    Parameters
    ----------
    condition : str
        As the study writes it, for example ``nom = 'L''Haÿ-les-Roses'``.
    where : str
        The source, as a person would name it.

    Raises
    ------
    SourceError
        Naming what is no part of a condition.

    Examples
    --------
    >>> refuse_statements("nom = 'a; b -- c' AND niveau IN ('fort', 'moyen')", "flood")
    """
    found = _MORE.search(_QUOTED.sub("''", condition))
    if found:
        values = {"filter": condition, "reason": f"“{found.group()}”"}
        raise SourceError(Problem("source.bad_filter", where, values))

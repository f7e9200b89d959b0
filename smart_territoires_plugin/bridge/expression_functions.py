"""Functions of the expressions of QGIS that read the run at hand: ``st_score``, ``st_segment``, ``st_reasons``."""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from typing import Any, Optional

import numpy as np
from qgis.core import QgsExpression, QgsExpressionFunction, QgsVariantUtils

from smart_territoires_plugin.bridge.run_at_hand import RunAtHand
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.bridge.translation import LANGUAGES, translate

GROUP = "Smart Territoires"
_FAMILIES = ("", "score_", "axis_")


class _RunFunction(QgsExpressionFunction):
    """A function of a territory's code, and of one word more that may be left out.

    Parameters
    ----------
    name : str
    at_hand : RunAtHand
    words : tuple
        The second parameter's name and what it is where it is left out; empty where there is none.
    read : callable
        Takes the run, the row of the territory and the second parameter; returns a value or None.
    help_text : str
        HTML.
    """

    def __init__(
        self,
        name: str,
        at_hand: RunAtHand,
        words: tuple[str, ...],
        read: Callable[[RunTable, int, str], Any],
        help_text: str,
    ) -> None:
        parameters = [QgsExpressionFunction.Parameter("code")]
        if words:
            parameters.append(QgsExpressionFunction.Parameter(words[0], True, words[1]))
        # NULL is handled here, so that it never is an error.
        super().__init__(name, parameters, GROUP, help_text, False, True, False)
        self._at_hand, self._read = at_hand, read

    def func(self, values: list, context: object, parent: object, node: object) -> Any:
        """Return the value, NULL for what is not known; QGIS calls it, in any thread."""
        code = _word(values[0])
        word = _word(values[1]) if len(values) > 1 else ""
        table = self._at_hand.table() if code is not None and word is not None else None
        row = None if table is None else table.rows.get(code)
        return None if row is None else self._read(table, row, word)

    def isStatic(self, node: object, parent: object, context: object) -> bool:
        """Not even with a constant code: a new run gives other values."""
        return False


def register(at_hand: RunAtHand) -> list[QgsExpressionFunction]:
    """Make the functions known to QGIS; who calls keeps them, for QGIS does not."""
    made = [
        _RunFunction("st_score", at_hand, ("what", "readiness"), _score, _score_help()),
        _RunFunction("st_segment", at_hand, (), _segment, _segment_help()),
        _RunFunction("st_reasons", at_hand, ("language", ""), _reasons(at_hand), _reasons_help()),
    ]
    return [function for function in made if QgsExpression.registerFunction(function)]


def unregister(functions: list[QgsExpressionFunction]) -> None:
    """Take functions away from QGIS again."""
    for function in functions:
        QgsExpression.unregisterFunction(function.name())


def _word(value: Any) -> Optional[str]:
    """Return a parameter as text; None for NULL. A code that a table holds as a number is a text here."""
    if value is None or QgsVariantUtils.isNull(value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _score(table: RunTable, row: int, what: str) -> Optional[float]:
    """Return a number of a territory: a column of the results, the stake of a theme or the score of an axis."""
    column = next((prefix + what for prefix in _FAMILIES if prefix + what in table.columns), None)
    if column is None or not np.issubdtype(table.columns[column].dtype, np.floating):
        return None
    value = table.number(column, row)
    return None if math.isnan(value) else value


def _segment(table: RunTable, row: int, _: str) -> Optional[str]:
    return table.text("segment", row) or None


def _reasons(at_hand: RunAtHand) -> Callable[[RunTable, int, str], Optional[str]]:
    def read(table: RunTable, row: int, language: str) -> Optional[str]:
        chosen = language or at_hand.language()
        return table.text(f"reasons_{chosen}", row) or None if chosen in LANGUAGES else None

    return read


# ── what the expression builder tells


def _score_help() -> str:
    return _help(
        "st_score",
        translate("SmartTerritoires", "A score of a territory in the run at hand."),
        {
            "code": translate("SmartTerritoires", "Code of the territory."),
            "what": translate(
                "SmartTerritoires",
                "What is asked for: readiness where it is left out, priority, target_rank or another column of the "
                "results, a theme for its stake, or an axis.",
            ),
        },
        ('st_score("code") → 64.2', "st_score(\"code\", 'flood') → 48.1", "st_score('93066', 'target_rank') → 7"),
    )


def _segment_help() -> str:
    return _help(
        "st_segment",
        translate(
            "SmartTerritoires",
            "The segment of a territory in the run at hand: engage, verify, showcase, support, raise_awareness or "
            "insufficient_data.",
        ),
        {"code": translate("SmartTerritoires", "Code of the territory.")},
        ("st_segment(\"code\") → 'engage'",),
    )


def _reasons_help() -> str:
    return _help(
        "st_reasons",
        translate("SmartTerritoires", "Why a territory stands where it does in the run at hand, one reason a line."),
        {
            "code": translate("SmartTerritoires", "Code of the territory."),
            "language": translate("SmartTerritoires", "fr or en; the language of the results where it is left out."),
        },
        ('st_reasons("code")', "st_reasons(\"code\", 'en')"),
    )


def _help(name: str, said: str, parameters: dict[str, str], examples: tuple[str, ...]) -> str:
    """Return the help of a function, laid out as QGIS lays out its own."""
    first, *others = parameters
    written = first + "".join(f"[, {other}]" for other in others)
    lines = "".join(
        f"<tr><td><code>{key}</code></td><td>{html.escape(what)}</td></tr>" for key, what in parameters.items()
    )
    shown = "".join(f"<li><code>{html.escape(example)}</code></li>" for example in examples)
    unknown = translate(
        "SmartTerritoires",
        "The run at hand is that of the workbench, else the topmost results on the map. NULL where the territory or "
        "the value is not known.",
    )
    return (
        f"<h3>{name}</h3><p>{html.escape(said)}</p><p>{html.escape(unknown)}</p>"
        f"<h4>{translate('SmartTerritoires', 'Syntax')}</h4><p><code>{name}({written})</code></p>"
        f"<h4>{translate('SmartTerritoires', 'Arguments')}</h4><table>{lines}</table>"
        f"<h4>{translate('SmartTerritoires', 'Examples')}</h4><ul>{shown}</ul>"
    )

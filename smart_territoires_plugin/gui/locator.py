"""The territories of the run at hand in the search bar of QGIS: ``st 93066``, or a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from qgis.core import QgsFeedback, QgsLocatorContext, QgsLocatorFilter, QgsLocatorResult

from smart_territoires_plugin.bridge.run_at_hand import RunAtHand
from smart_territoires_plugin.bridge.run_table import RunTable
from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import number, text

PREFIX = "st"
_SHOWN = 30
# A search that is not for us alone is answered from this many letters on.
_LEAST_LETTERS = 3


class TerritoryFilter(QgsLocatorFilter):
    """Finds territories by code or name; QGIS searches with copies of it, in threads of their own.

    Parameters
    ----------
    at_hand : RunAtHand
    open_card : callable
        Takes the code of the territory that was chosen; called in the main thread.
    """

    def __init__(self, at_hand: RunAtHand, open_card: Callable[[str], None]) -> None:
        super().__init__()
        self._at_hand, self._open_card = at_hand, open_card
        # Texts are found in the main thread, once.
        self._title = translate("SmartTerritoires", "Territories of Smart Territoires")

    def clone(self) -> TerritoryFilter:
        """Return a copy for a search."""
        return TerritoryFilter(self._at_hand, self._open_card)

    def name(self) -> str:
        """Name in the settings."""
        return "smart_territoires"

    def displayName(self) -> str:
        """Name on screen."""
        return self._title

    def prefix(self) -> str:
        """What makes a search one for territories only; QGIS lets plugins have longer ones alone, see ``asked``."""
        return PREFIX

    def fetchResults(self, string: str, context: QgsLocatorContext, feedback: QgsFeedback) -> None:
        """Search; QGIS calls it in a thread."""
        sought, is_ours = asked(string, context.usingPrefix)
        table = self._at_hand.table() if sought else None
        if table is None or (len(sought) < _LEAST_LETTERS and not is_ours):
            return
        lang = self._at_hand.language()
        for row, likeness in find_territories(table, sought):
            if feedback.isCanceled():
                return
            result = QgsLocatorResult()
            result.filter = self
            result.displayString = f"{table.text('name', row)} ({table.text('code', row)})"
            result.description = _described(table, row, lang)
            result.score = likeness
            result.setUserData(table.text("code", row))
            self.resultFetched.emit(result)

    def triggerResult(self, result: QgsLocatorResult) -> None:
        """Open the card of what was chosen; QGIS calls it in the main thread."""
        data = result.userData
        self._open_card(str(data() if callable(data) else data))

    @staticmethod
    def forget() -> None:
        """Let go of the names of the last run."""
        _names.cache_clear()


def asked(string: str, has_prefix: bool) -> tuple[str, bool]:
    """Return what is sought, and whether the search is for territories alone.

    QGIS keeps prefixes of two letters for itself, so ``st`` comes as part of the text unless the person has given it to
    this search in the options.

    Examples
    --------
    >>> asked("st 93066", False), asked("Épinay", False)
    (('93066', True), ('epinay', False))
    """
    sought = folded(string)
    if has_prefix:
        return sought, True
    if sought.startswith(f"{PREFIX} "):
        return sought[len(PREFIX) + 1 :].strip(), True
    return sought, False


def folded(string: str) -> str:
    """Return a text without accents, case, hyphens and apostrophes.

    Examples
    --------
    >>> folded("L’Haÿ-les-Roses")
    'l hay les roses'
    """
    plain = "".join(part for part in unicodedata.normalize("NFKD", string) if not unicodedata.combining(part))
    for sign in "-'’":
        plain = plain.replace(sign, " ")
    return " ".join(plain.casefold().split())


def find_territories(table: RunTable, sought: str) -> list[tuple[int, float]]:
    """Return the rows of the territories that a search means, best first, with how well it means them (0–1)."""
    found = []
    for row, (code, name) in enumerate(_names(table.folder, tuple(table.codes), tuple(table.columns["name"]))):
        likeness = _likeness(code, name, sought)
        if likeness:
            found.append((-likeness, len(name), name, row))
    return [(row, -likeness) for likeness, _, _, row in sorted(found)[:_SHOWN]]


def _likeness(code: str, name: str, sought: str) -> float:
    if sought in (code, name):
        return 1.0
    if name.startswith(sought):
        return 0.9
    if code.startswith(sought):
        return 0.8
    return 0.7 if f" {sought}" in name else 0.5 if sought in name else 0.0


@lru_cache(maxsize=2)
def _names(_: object, codes: tuple[str, ...], names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((folded(str(code)), folded(str(name))) for code, name in zip(codes, names))


def _described(table: RunTable, row: int, lang: str) -> str:
    """Return the segment and, never without how stable it is, the rank."""
    segment, stability = table.text("segment", row), table.text("stability", row)
    parts = [text(f"segment.{segment}", lang)] if segment else []
    rank = table.number("target_rank", row)
    if rank == rank and stability:
        said = translate("SmartTerritoires", "rank {rank}").format(rank=number(rank, lang))
        parts.append(f"{said} ({text(f'stability.{stability}', lang)})")
    return ", ".join(parts)

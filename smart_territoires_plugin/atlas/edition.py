"""What every page of one export shares: results, language, layers, the picture of the region, a scratch folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from qgis.core import QgsPrintLayout, QgsProject
from qgis.PyQt.QtCore import QDate, QLocale

from smart_territoires_plugin.atlas.locator import Locator
from smart_territoires_plugin.atlas.map_layers import MapLayers
from smart_territoires_plugin.atlas.results import ADDED, Results, Territory
from smart_territoires_plugin.core.messages import number, text

_MONTHS = {"fr": QLocale("fr_FR"), "en": QLocale("en_GB")}
GROUP_ORDER = ("group_epci", "group_ept", "group_departement", "group_region")
_CODE = re.compile(r"[0-9]{1,9}|[0-9][0-9A-Z]{1,2}")
NOT_AVAILABLE = "atlas.not_available"
# Builds one page when given its number and the number of pages.
PageBuilder = Callable[[int, int], QgsPrintLayout]


@dataclass(frozen=True)
class Edition:
    """One export.

    Parameters
    ----------
    results : Results
        What is shown.
    lang : {"fr", "en"}
        Language of the pages.
    project : QgsProject
        Owner of the layouts; not the one that the person has open.
    layers : MapLayers
        Shared layers.
    locator : Locator
        The region as a picture.
    scratch : Path
        Folder of the drawings; removed at the end.
    """

    results: Results
    lang: str
    project: QgsProject
    layers: MapLayers
    locator: Locator
    scratch: Path

    def say(self, code: str, **values: object) -> str:
        """Return the wording of a label."""
        return text(code, self.lang, **values)

    def written(self, value: Optional[float], digits: Optional[int] = None) -> str:
        """Return a number as a reader of the language expects it, “n/a” where it is empty."""
        return self.say(NOT_AVAILABLE) if value is None else number(value, self.lang, digits).replace("-", "−")

    def share(self, value: Optional[float]) -> str:
        """Return a share of 0–1 in per cent; a small one is not rounded to nothing."""
        if value is None:
            return self.say(NOT_AVAILABLE)
        written = "<\u00a01" if 0 < value < 0.005 else self.written(100 * value, 0)
        return self.say("atlas.share", share=written)

    def date(self, value: object, short: bool = False) -> str:
        """Return an ISO date as a reader of the language expects it; anything else as it is.

        ``2026-01-31`` is “31 janvier 2026”, or “31/01/2026” where there is little room.
        """
        day = QDate.fromString(str(value), "yyyy-MM-dd")
        if not day.isValid():
            return str(value)
        if short:
            return day.toString("dd/MM/yyyy") if self.lang == "fr" else f"{_MONTHS['en'].toString(day, 'd MMM yyyy')}"
        written = _MONTHS[self.lang].toString(day, "d MMMM yyyy")
        return f"1er{written[1:]}" if self.lang == "fr" and day.day() == 1 else written

    def rank_sentence(self, target: Territory) -> str:
        """Return the rank with its interval and its stability: one is never shown without the others."""
        if target.number("target_rank") is None:
            return self.say("atlas.unranked")
        rank = self.rank(target)
        low, high = target.number("rank_low"), target.number("rank_high")
        stability = target.value("stability")
        if low is None or high is None or not stability:
            return self.say("atlas.rank_only", rank=rank)
        return self.say(
            "atlas.rank_interval",
            rank=rank,
            low=self.written(low, 0),
            high=self.written(high, 0),
            stability=self.say(f"stability.{stability}"),
        )

    def rank(self, target: Territory) -> str:
        """Return the rank alone: for labels beside which its interval stands; a plus for one that a person added."""
        rank = target.number("target_rank")
        return ADDED if rank is None else self.written(rank, 0)

    def interval(self, target: Territory) -> str:
        """Return the 90 % interval of the rank, “n/a” where it was not computed."""
        low, high = target.number("rank_low"), target.number("rank_high")
        return self.say(NOT_AVAILABLE) if low is None or high is None else f"{low:.0f}–{high:.0f}"

    def stability_words(self, target: Territory) -> str:
        """Return the interval and the stability in few words: “2–7, core”."""
        stability = target.value("stability")
        return ", ".join([self.interval(target), *([self.say(f"stability.{stability}")] if stability else [])])

    def group_columns(self) -> list:
        """Return the group columns of the results, narrowest first."""
        columns = [c for t in self.results.territories[:1] for c in t.values if c.startswith("group_")]
        return sorted(columns, key=lambda c: (GROUP_ORDER.index(c) if c in GROUP_ORDER else -1, c))

    def group_names(self, territory: Territory) -> list:
        """Return the groups of a territory, narrowest first: a name as it is, a bare code with what it is a code of."""
        named = []
        for column in self.group_columns():
            value = str(territory.value(column) or "")
            if value:
                named.append(f"{self.group_label(column)} {value}" if _CODE.fullmatch(value) else value)
        return named

    def group_label(self, column: str) -> str:
        """Return what the members of a group column are called."""
        try:
            return self.say(f"column.{column}")
        except KeyError:
            return column[len("group_") :]

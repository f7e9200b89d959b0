"""Reason sentences: why a territory is where it is, each with that territory's own values, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.scoring.composite import Scores, available_share
from smart_territoires_plugin.core.scoring.explanation import contributions
from smart_territoires_plugin.core.scoring.hierarchy import leaf_weights
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Study
from smart_territoires_plugin.core.targeting.grouping import group_names
from smart_territoires_plugin.core.targeting.target import Targeting

STRENGTHS = 2
STAKES = 2


@dataclass(frozen=True)
class Reasons:
    """Builds the sentences of one study; call it with a territory's row and a language."""

    study: Study
    territories: Territories
    scores: Scores
    targeting: Targeting
    flags: Mapping[str, np.ndarray]

    @cached_property
    def contributions(self) -> Mapping[str, np.ndarray]:
        """What each indicator contributes to each composite, by composite."""
        return {name: contributions(self.scores, name) for name in self.scores.composites}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Row of each territory by its code."""
        return {code: row for row, code in enumerate(self.territories.codes)}

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """What is said of every territory: that data are synthetic, say."""
        return self.study.notices

    def __call__(self, row: int, lang: str) -> str:
        """Return the reasons of a territory: sentences separated by line feeds."""
        parts = [
            self._readiness(row, lang),
            *([] if self._value("segment", row) == "insufficient_data" else [self._strengths(row, lang)]),
            self._activity(row, lang),
            self._too_small(row, lang),
            self._stake(row, lang),
            self._peer(row, lang),
            self._stability(row, lang),
            self._gaps(row, lang),
            *(text(f"reason.{notice}", lang) for notice in self.notices),
        ]
        return "\n".join(part for part in parts if part)

    def _value(self, column: str, row: int):
        return self.targeting.columns[column][row]

    def _readiness(self, row: int, lang: str) -> Optional[str]:
        if "readiness" not in self.scores.columns:
            return text("reason.no_success_factors", lang)
        value = self.scores.columns["readiness"][row]
        if np.isnan(value):
            members = self.scores.composites["readiness"]
            weights = leaf_weights(self.scores.hierarchy, self.scores.element_weights)[-1][members]
            known = self._known(row)[members] & (weights > 0)
            share = available_share(known[None, :], weights)[0]
            absent = [self.scores.indicators[m].name[lang] for m in members[~known]]
            return text(
                "reason.insufficient_data",
                lang,
                share=number(100 * share, lang, 0),
                needed=number(100 * self.study.scoring.min_availability, lang, 0),
                absent=", ".join(absent),
            )
        code = "reason.readiness_high" if value > self.targeting.readiness_threshold else "reason.readiness_low"
        limit = number(self.targeting.readiness_threshold, lang, 1)
        return text(code, lang, value=number(value, lang, 1), threshold=limit)

    def _known(self, row: int) -> np.ndarray:
        return ~(np.isnan(self.scores.completed[row]) | self.scores.imputed[row])

    def _strengths(self, row: int, lang: str) -> Optional[str]:
        if "readiness" not in self.scores.columns:
            return None
        members = self.scores.composites["readiness"]
        shares = self.contributions["readiness"][row]
        best = [m for m in members[np.argsort(-shares, kind="stable")] if self._known(row)[m]][:STRENGTHS]
        named = [self._named(m, row, lang) for m in best if self.scores.weights[m] > 0]
        return text("reason.strengths", lang, strengths=", ".join(named)) if named else None

    def _named(self, member: int, row: int, lang: str) -> str:
        indicator = self.scores.indicators[member]
        value = with_unit(self.scores.completed[row, member], text_unit(indicator.unit, lang), lang)
        return text("reason.named_value", lang, name=indicator.name[lang], value=value)

    def _activity(self, row: int, lang: str) -> Optional[str]:
        status = self._value("activity_status", row)
        if not status:
            return text("reason.no_activity_indicator", lang)
        expected = self._value("expected_activity", row)
        if status == "not_searched":
            if np.isnan(expected):
                return text("reason.activity_unknown", lang)
            return text("reason.activity_unknown_expected", lang, expected=number(expected, lang, 1))
        count = self._value("activity_count", row)
        projects = _projects(count, lang)
        if np.isnan(expected):
            return text("reason.activity_alone", lang, projects=projects)
        return text(
            "reason.activity",
            lang,
            projects=projects,
            expected=number(expected, lang, 1),
            evidence=number(self._value("evidence", row), lang, 0),
        )

    def _too_small(self, row: int, lang: str) -> Optional[str]:
        """Say that a count tells little where less than one project is to be expected."""
        expected = self._value("expected_activity", row)
        if not expected < 1 or self._value("activity_status", row) in ("", "not_searched"):
            return None
        for group in group_names(self.study.targeting.elsewhere or ""):
            name = self.territories.groups[group][row] if group in self.territories.groups else ""
            if name and name != self.territories.codes[row]:
                return text("reason.too_small_see", lang, group=group.upper(), name=name)
        return text("reason.too_small", lang)

    def _stake(self, row: int, lang: str) -> Optional[str]:
        identifier = self._value("recommended_theme", row)
        if not identifier:
            return None
        theme = next(theme for theme in self.study.themes if theme.id == identifier)
        name = f"score_{identifier}"
        members = self.scores.composites[name]
        order = np.argsort(-self.contributions[name][row], kind="stable")
        shown = [self._named(m, row, lang) for m in members[order] if self._known(row)[m] and self.scores.weights[m]]
        return text(
            "reason.stake",
            lang,
            theme=theme.name[lang],
            value=number(self.scores.columns[name][row], lang, 1),
            details=", ".join(shown[:STAKES]),
        )

    def _peer(self, row: int, lang: str) -> Optional[str]:
        code = self._value("peer_code", row)
        if not code:
            return None
        index = self.rows[code]
        count = self._value("activity_count", index)
        projects = _projects(count, lang)
        return text("reason.peer", lang, name=self.territories.names[index], code=code, projects=projects)

    def _stability(self, row: int, lang: str) -> Optional[str]:
        if self._value("segment", row) != "engage":
            return None
        one = self._value("rank_low", row) == self._value("rank_high", row)
        return text(
            "reason.stability_one_rank" if one else "reason.stability",
            lang,
            shortlist=self.study.targeting.shortlist,
            share=number(100 * self.targeting.shortlist_probability[row], lang, 0),
            low=number(self._value("rank_low", row), lang, 0),
            high=number(self._value("rank_high", row), lang, 0),
        )

    @cached_property
    def _flagged(self) -> np.ndarray:
        """Which territories have a flag on one of their values at least."""
        found = np.zeros(len(self.territories), dtype=bool)
        for flags in self.flags.values():
            found |= flags != ""
        return found

    def _gaps(self, row: int, lang: str) -> Optional[str]:
        if not self._flagged[row]:
            return None
        said = []
        for flag in ("missing", "imputed", "treated", "repaired"):
            names = [i.name[lang] for i in self.study.indicators if self.flags[i.id][row] == flag]
            if names:
                said.append(text(f"reason.flag_{flag}", lang, names=", ".join(names)))
        return " ".join(said) or None


def _projects(count: float, lang: str) -> str:
    """Return a number of projects in words; in French zero is singular, in English plural."""
    singular = count < 2 if lang == "fr" else count == 1
    return text("reason.projects_one" if singular else "reason.projects_many", lang, count=number(count, lang))

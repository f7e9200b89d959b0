"""The layer ``lists``: every territory in one list, or in none and why, with what that list shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.targeting.activity import gather
from smart_territoires_plugin.core.targeting.decisions import decision_sentence, decision_words
from smart_territoires_plugin.core.targeting.levers import levers, medians, showcase_medians
from smart_territoires_plugin.core.targeting.lists import LISTS, Lists, make_lists
from smart_territoires_plugin.core.targeting.theme_segments import ThemeSegments, segments_by_theme
from smart_territoires_plugin.core.targeting.why_not import projects_in_words

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome

LEFT_OUT = "left_out"
COLUMNS = (
    "list", "place", "shortlisted", "code", "name", "population", "segment", "target_rank", "priority",
    "inhabitants_concerned", "theme", "argument_fr", "argument_en", "showcase_code", "showcase_name", "distance_km",
    "peer_code", "share_what_fr", "share_what_en", "share_with", "decision", "decision_code", "note_fr", "note_en",
    "notice",
)  # fmt: skip
_WHOLE = ("place", "shortlisted", "target_rank")
_REAL = ("population", "priority", "inhabitants_concerned", "distance_km")
_TEXTS = tuple(name for name in COLUMNS if name not in (*_WHOLE, *_REAL))
_LANGUAGES = ("fr", "en")
# An argument says how many others it is less pressing for only where that is most of them.
_TELLING_SHARE, _ALL = 50, 100


def study_lists(outcome: Outcome) -> Lists:
    """Return the lists of a run's territories."""
    territories = outcome.measurements.territories
    activity = gather(outcome.study, outcome.measurements.values, len(territories))
    units = () if outcome.called is None else outcome.called.territories.codes
    return make_lists(outcome.study, territories, outcome.scores, outcome.targeting, activity, elsewhere=units)


def lists_frame(outcome: Outcome, lists: Lists | None = None, lang: str = "fr") -> pd.DataFrame:
    """Return one row per territory: list by list in its order, then those in none.

    Parameters
    ----------
    lists : Lists, optional
        Made here where not given.
    lang : {"fr", "en"}
        Of the words in ``decision``; all else that is said has a column in each language.

    Returns
    -------
    DataFrame
        ``COLUMNS``, of which only what its list shows is filled. ``list`` is one of ``LISTS`` or ``left_out``;
        ``shortlisted`` is 1 for those to call; ``share_with`` holds codes with ``;`` between.
    """
    from smart_territoires_plugin.core.results.frames import notice

    lists = study_lists(outcome) if lists is None else lists
    writing = _Writing(outcome, lists, lang)
    rows = [writing.row(name, place, int(row)) for name in LISTS for place, row in enumerate(lists.rows[name], start=1)]
    rows += [writing.row(LEFT_OUT, None, row) for row in lists.left_out]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    frame["notice"] = notice(outcome)
    for name in _WHOLE:
        frame[name] = frame[name].astype("Float64").astype("Int64")
    for name in _REAL:
        frame[name] = frame[name].astype(float)
    return frame


def theme_segments(outcome: Outcome) -> ThemeSegments:
    """Return the segments of a run's territories theme by theme."""
    territories = outcome.measurements.territories
    activity = gather(outcome.study, outcome.measurements.values, len(territories))
    return segments_by_theme(outcome.study, territories, outcome.scores, outcome.targeting, activity)


def theme_segments_frame(outcome: Outcome, found: ThemeSegments | None = None) -> pd.DataFrame:
    """Return the table ``theme_segments``, with the notice: one row per theme and territory."""
    from smart_territoires_plugin.core.results.frames import notice

    found = theme_segments(outcome) if found is None else found
    return found.table.assign(notice=notice(outcome))


class _Writing:
    """Writes the rows of the layer."""

    def __init__(self, outcome: Outcome, lists: Lists, lang: str):
        self.study, self.lists, self.lang = outcome.study, lists, lang
        self.territories, self.scores = outcome.measurements.territories, outcome.scores
        self.targeting = outcome.targeting
        self.columns = outcome.targeting.columns
        self.themes = {theme.id: theme.name for theme in outcome.study.themes}
        self.showcases = showcase_medians(self.scores, self.targeting)
        self.everybody = medians(self.scores, np.arange(len(self.territories)))

    def row(self, name: str, place: int | None, row: int) -> dict:
        """Return what is shown of a territory in a list."""
        decision = self.lists.decided.by_row.get(row)
        shown = {
            **dict.fromkeys(_TEXTS, ""),
            "list": name,
            "place": place,
            "code": self.territories.codes[row],
            "name": self.territories.names[row],
            "population": self.territories.population[row],
            "segment": self.columns["segment"][row],
            "target_rank": _known(self.columns["target_rank"][row]),
            "decision": decision_words(decision, self.lang),
            "decision_code": decision.action if decision else "",
            **self._of_list(name, place, row),
        }
        for lang in _LANGUAGES:
            notes = [*self._notes(name, place, row, lang), decision_sentence(decision, lang)]
            shown[f"note_{lang}"] = " ".join(note for note in notes if note)
        return shown

    def _of_list(self, name: str, place: int | None, row: int) -> Mapping:
        lists = self.lists
        if name == "showcase":
            shared = {f"share_what_{lang}": self._share_what(row, lang) for lang in _LANGUAGES}
            return {**shared, "share_with": ";".join(self.territories.codes[lists.share_with[row]])}
        if name == LEFT_OUT:
            return {}
        shown = {"theme": self.columns["recommended_theme"][row]}
        shown.update({f"argument_{lang}": self._argument(row, lang) for lang in _LANGUAGES})
        if name == "verify":
            return {**shown, "priority": lists.asking_priority[row]}
        nearest = lists.showcase[row]
        if nearest >= 0:
            shown["showcase_code"] = self.territories.codes[nearest]
            shown["showcase_name"] = self.territories.names[nearest]
            shown["distance_km"] = lists.distance_km[row]
        if name == "raise_awareness":
            return {**shown, "inhabitants_concerned": lists.concerned[row]}
        listed = {"shortlisted": int(place <= lists.shortlist), "peer_code": self.columns["peer_code"][row]}
        return {**shown, **listed, "priority": self.columns["priority"][row]}

    def _argument(self, row: int, lang: str) -> str:
        """Return the strongest stake of the theme to speak about, with the territory's own value."""
        column = self.lists.argument[row]
        if column < 0:
            return ""
        indicator = self.scores.indicators[column]
        values = {
            "theme": self.themes[self.columns["recommended_theme"][row]][lang],
            "indicator": indicator.name[lang],
            "value": with_unit(self.scores.completed[row, column], text_unit(indicator.unit, lang), lang),
        }
        share = self.lists.below[row, column]
        if share >= _ALL:
            return text("lists.argument_most", lang, **values)
        if share >= _TELLING_SHARE:
            return text("lists.argument_share", lang, share=number(np.floor(share), lang), **values)
        return text("lists.argument", lang, **values)

    def _share_what(self, row: int, lang: str) -> str:
        """Return what a showcase did, theme by theme, and its strongest success factor."""
        done = [
            text("lists.share_theme", lang, theme=self._theme(name, lang), projects=projects_in_words(count, lang))
            for name, count in self.lists.shared_themes[row]
        ]
        if done:
            said = [text("lists.share_projects", lang, themes=text("lists.join", lang).join(done))]
        else:
            count = float(self.columns["activity_count"][row])
            said = [text("lists.share_count", lang, projects=projects_in_words(count, lang))]
        found = levers(self.study, self.scores, self.targeting, row, self.showcases, self.everybody)
        for lever in found.strengths[:1]:
            indicator = self.scores.indicators[lever.column]
            value = with_unit(lever.value, text_unit(indicator.unit, lang), lang)
            said.append(text("lists.share_factor", lang, name=indicator.name[lang], value=value))
        return " ".join(said)

    def _theme(self, name: str, lang: str) -> str:
        return self.themes[name][lang] if name in self.themes else name

    def _notes(self, name: str, place: int | None, row: int, lang: str) -> list[str]:
        if name == LEFT_OUT:
            return [self._why_left_out(row, lang)]
        if name == "verify":
            return [text("lists.note.verify", lang)]
        if name == "showcase":
            return [] if len(self.lists.share_with[row]) else [text("lists.note.nobody", lang)]
        said = []
        rank = _known(self.columns["target_rank"][row])
        if name == "engage" and place > self.lists.shortlist and rank is not None:
            said.append(text("lists.note.beyond", lang, rank=number(rank, lang)))
        if self.lists.showcase[row] < 0:
            said.append(text("lists.note.no_showcase", lang))
        elif self.targeting.by_theme and self.columns["recommended_theme"][row] and not self.lists.on_theme[row]:
            said.append(text("lists.note.other_theme", lang))
        return said

    def _why_left_out(self, row: int, lang: str) -> str:
        why = self.lists.left_out[row]
        rank = _known(self.columns["target_rank"][row])
        if why == "excluded" and rank is not None:
            return text("lists.note.excluded_rank", lang, rank=number(rank, lang))
        return text(f"lists.note.{why}", lang)


def _known(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


__all__ = ["COLUMNS", "LEFT_OUT", "lists_frame", "study_lists", "theme_segments", "theme_segments_frame"]

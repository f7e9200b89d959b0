"""A territory's move on or off a list as a sentence that cites its own values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import pandas as pd

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.messages.numbers import with_unit
from smart_territoires_plugin.core.messages.units import text_unit
from smart_territoires_plugin.core.outcomes.change_causes import Cause, Sides, decisions_of, untouched


def change_sentence(
    sides: Sides,
    listed: str,
    move: str,
    code: str,
    cause: Cause,
    moved: Sequence[tuple[str, float, float]],
    contact: Optional[pd.Series],
    lang: str,
) -> str:
    """Return what a territory did and why.

    Parameters
    ----------
    moved : sequence of (indicator, before, after)
        Of ``change_causes.changed_indicators``.
    contact : Series, optional
        The last contact with it.
    """
    names = sides.text(code, "name") if code in sides.rows else ("", "")
    values = {"name": names[1] or names[0] or code, "list": text(f"outcomes.list.{listed}", lang)}
    if move != "stayed":
        values["why"] = _why(sides, code, cause, moved, lang)
    said = text(f"outcomes.{move}", lang, **values)
    if contact is None:
        return said
    outcome = text(f"outcomes.contact.{contact['outcome']}", lang)
    return said + " " + text("outcomes.called", lang, date=contact["date"], outcome=outcome)


def _why(sides: Sides, code: str, cause: Cause, moved: Sequence[tuple[str, float, float]], lang: str) -> str:
    if cause.name in ("territories", "units"):
        return text(f"outcomes.why.{cause.name}", lang)
    if cause.name == "decision":
        decided = decisions_of(sides.runs[1]).get(code)
        if decided is None:
            return text("outcomes.why.decision_gone", lang)
        # Who decided stays in the study.
        return text("outcomes.why.decision", lang, date=decided["date"], reason=decided["reason"])
    if cause.name in ("outreach", "activity"):
        return text(f"outcomes.why.{cause.name}", lang, **_pair(sides, code, "activity_count", lang))
    if cause.name == "data" and not cause.composite:
        return text("outcomes.why.population", lang, **_pair(sides, code, "population", lang))
    composite = cause.composite or "readiness"
    before, after = (_known(value, lang, 1) for value in sides.number(code, composite))
    score = {"score": _name(sides, composite, lang), "score_before": before, "score_after": after}
    if cause.name == "data" and moved:
        return text("outcomes.why.data", lang, **_indicator(sides, moved[0], lang), **score)
    if cause.name == "relative" and before == after and untouched(sides, code):
        return text("outcomes.why.relative_same", lang, score=score["score"], score_after=after)
    return text(f"outcomes.why.{cause.name}", lang, **score)


def _pair(sides: Sides, code: str, column: str, lang: str) -> dict[str, str]:
    before, after = (_known(value, lang) for value in sides.number(code, column))
    return {"before": before, "after": after}


def _indicator(sides: Sides, moved: tuple[str, float, float], lang: str) -> dict[str, str]:
    identifier, *values = moved
    described = next(i for i in sides.runs[1].manifest["study"]["indicators"] if i["id"] == identifier)
    unit = text_unit(described["unit"], lang)
    before, after = (text("outcomes.unknown", lang) if v != v else with_unit(v, unit, lang) for v in values)
    return {"indicator": described["name"][lang], "before": before, "after": after}


def _known(value: float, lang: str, digits: Optional[int] = None) -> str:
    return text("outcomes.unknown", lang) if value != value else number(value, lang, digits)


def _name(sides: Sides, composite: str, lang: str) -> str:
    if composite == "readiness":
        return text("outcomes.score.readiness", lang)
    themes = {theme["id"]: theme["name"][lang] for theme in sides.runs[1].manifest["study"]["themes"]}
    return text("outcomes.score.stake", lang, theme=themes[composite.removeprefix("score_")])

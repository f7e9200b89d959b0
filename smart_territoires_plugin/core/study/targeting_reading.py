"""The block ``targeting`` of a study as dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Union

from smart_territoires_plugin.core.study.model import CallUnits, Decision, Exponents, Method, Targeting

ACTIONS = ("add", "exclude", "pin")
NOWHERE = "anywhere"
_MEDIAN = {"quantile": 0.5}


def threshold_of(value: Any) -> Union[float, Method]:
    """Return a threshold as a study writes it: a number, ``{quantile: 0.5}`` or ``{jenks: 2}``."""
    if not isinstance(value, Mapping):
        return float(value)
    if "jenks" in value:
        return Method("jenks", {"classes": int(value["jenks"])})
    return Method("quantile", {"q": float(value["quantile"])})


def targeting_of(content: Mapping[str, Any]) -> Targeting:
    """Return the block as a dataclass, every default filled in.

    Examples
    --------
    >>> targeting_of({"shortlist": 20, "thresholds": {"activity": {"jenks": 3}}}).activity_threshold
    Method(name='jenks', parameters={'classes': 3})
    """
    thresholds = content.get("thresholds", {})
    elsewhere = content.get("peers", {}).get("outside", "epci")
    return Targeting(
        content.get("shortlist", 50),
        threshold_of(thresholds.get("readiness", _MEDIAN)),
        threshold_of(thresholds.get("activity", _MEDIAN)),
        Exponents(**{name: float(value) for name, value in content.get("priority", {}).items()}),
        tuple(
            Decision(str(d["code"]), d["action"], d["reason"], d["author"], str(d["date"]))
            for d in content.get("decisions", ())
        ),
        tuple(_units(item) for item in content.get("call_units", ())),
        content.get("register"),
        None if elsewhere == NOWHERE else elsewhere,
        {name: float(value) for name, value in thresholds.get("themes", {}).items()},
        {name: float(value) for name, value in thresholds.get("call_units", {}).items()},
    )


def _units(content: Mapping[str, Any]) -> CallUnits:
    group = content.get("group")
    least = 0.0 if group else float(content.get("population_from", 0))
    return CallUnits(content.get("level", group or "territory"), group, least, content.get("names"))

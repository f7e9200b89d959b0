"""From what a file says to names, nodes and methods, every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smart_territoires_plugin.core.study.model import Method, Name, Node, Robustness, Scoring

# The scale that the documentation promises where a study says nothing of it.
_DEFAULTS = {"min_max": {"low": 1.0, "high": 100.0}}


def name_of(value: Any, fallback: str) -> Name:
    """Return a name in both languages: one that is given in a single one serves for both."""
    if value is None:
        return Name(fallback, fallback)
    if isinstance(value, str):
        return Name(value, value)
    return Name(value.get("fr") or value["en"], value.get("en") or value["fr"])


def method_of(value: Any) -> Method:
    """Return a method, written as its name or as ``{method: name, …}``.

    Examples
    --------
    >>> method_of("rank"), method_of({"method": "min_max", "low": 0})
    (Method(name='rank', parameters={}), Method(name='min_max', parameters={'low': 0, 'high': 100.0}))
    """
    if isinstance(value, str):
        return Method(value, dict(_DEFAULTS.get(value, {})))
    parameters = {key: item for key, item in value.items() if key != "method"}
    return Method(value["method"], {**_DEFAULTS.get(value["method"], {}), **parameters})


def treatment_of(value: Any) -> Method:
    """Return a treatment of outliers: a method, or limits alone.

    Examples
    --------
    >>> treatment_of("coinr"), treatment_of({"low": 0, "high": 10})
    (Method(name='coinr', parameters={}), Method(name='limits', parameters={'low': 0, 'high': 10}))
    """
    if isinstance(value, Mapping) and "method" not in value:
        return Method("limits", dict(value))
    return method_of(value)


def scoring_of(content: Mapping[str, Any]) -> Scoring:
    """Return how values become scores."""
    return Scoring(
        method_of(content["missing"]),
        method_of(content.get("normalisation", "min_max")),
        method_of(content.get("aggregation", "arithmetic_mean")),
        treatment_of(content.get("outliers", "none")),
        float(content.get("min_availability", 0.65)),
        method_of(content.get("weights", "declared")),
    )


def robustness_of(content: Mapping[str, Any]) -> Robustness:
    """Return what is drawn."""
    families = {
        "normalisation": method_of,
        "aggregation": method_of,
        "outliers": treatment_of,
    }
    lists = {name: tuple(read(item) for item in content[name]) for name, read in families.items() if name in content}
    weights = {"weights": method_of(content["weights"])} if "weights" in content else {}
    plain = {name: value for name, value in content.items() if name not in (*families, "weights")}
    return Robustness(**plain, **lists, **weights)


def node_of(content: Mapping[str, Any]) -> Node:
    """Return a composite between the indicators and what stands at the top."""
    return Node(
        content["id"],
        name_of(content.get("name"), content["id"]),
        content.get("parent"),
        float(content.get("weight", 1)),
        method_of(content["aggregation"]) if "aggregation" in content else None,
        method_of(content["weights"]) if "weights" in content else None,
    )

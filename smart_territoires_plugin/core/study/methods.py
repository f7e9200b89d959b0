"""What methods a study or a framework may ask for, and the parameters of each. Pure data.

The JSON Schemas, the checks and the documentation follow from these tables; the methods themselves are in ``scoring``
and ``models``, under the same names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

_NUMBER = {"type": "number"}
_POSITIVE = {"type": "number", "exclusiveMinimum": 0}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_TEXT = {"type": "string", "minLength": 1}
_TIES = {"ties": {"enum": ["min", "mean", "max"]}}
_INTERVAL = {"low": _NUMBER, "high": _NUMBER}
_VALUES = {"low_value": _NUMBER, "high_value": _NUMBER}
_LEVELS = ("indicators", "nodes", "themes")


@dataclass(frozen=True)
class MethodSpec:
    """What one method needs.

    Parameters
    ----------
    parameters : mapping
        Name → JSON Schema.
    required : tuple of str
        Those that have no default.
    in_engine : bool
        Whether it needs scipy or scikit-learn, and so runs in the engine alone.
    nature : {"plain", "expert", "data_driven"}
        Whom it is for: ``expert`` ones need a specialist to read them; ``data_driven`` ones take weights from
        dispersion, which is not importance.
    """

    parameters: Mapping[str, Mapping] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    in_engine: bool = False
    nature: str = "plain"


_PLAIN = MethodSpec()

MISSING_RULES: dict[str, MethodSpec] = {
    "error": _PLAIN,
    "renormalise": _PLAIN,
    "group_mean": MethodSpec({"group": _TEXT}, ("group",)),
    "group_median": MethodSpec({"group": _TEXT}, ("group",)),
    "neighbours": _PLAIN,
    "knn": MethodSpec({"k": {"type": "integer", "minimum": 1}}, in_engine=True, nature="expert"),
    "regression": MethodSpec(in_engine=True, nature="expert"),
}

OUTLIER_RULES: dict[str, MethodSpec] = {
    "none": _PLAIN,
    "coinr": MethodSpec(nature="expert"),
    "limits": MethodSpec(_INTERVAL),
}

NORMALISATIONS: dict[str, MethodSpec] = {
    "min_max": MethodSpec(_INTERVAL),
    "goalposts": MethodSpec(
        {**_VALUES, **_INTERVAL, "log": {"type": "boolean"}, "cap": {"type": "boolean"}},
        ("low_value", "high_value"),
    ),
    "z_score": MethodSpec({"mean": _NUMBER, "deviation": _POSITIVE}),
    "percentile_rank": MethodSpec(_TIES),
    "rank": MethodSpec(_TIES),
    "borda": _PLAIN,
    "distance_to_reference": MethodSpec({"reference": _NUMBER}, ("reference",)),
    "distance_to_maximum": _PLAIN,
    "fraction_of_maximum": _PLAIN,
    "scaled": MethodSpec(_VALUES, ("low_value", "high_value")),
    "curve": MethodSpec(
        {
            "points": {
                "type": "array",
                "minItems": 2,
                "items": {"type": "array", "minItems": 2, "maxItems": 2, "items": _NUMBER},
            }
        },
        ("points",),
    ),
    "thresholds": MethodSpec({"cuts": {"type": "array", "minItems": 1, "items": _NUMBER}}, ("cuts",)),
}

AGGREGATIONS: dict[str, MethodSpec] = {
    "arithmetic_mean": _PLAIN,
    "geometric_mean": _PLAIN,
    "harmonic_mean": _PLAIN,
    "generalised_mean": MethodSpec({"power": _NUMBER}, ("power",), nature="expert"),
    "owa": MethodSpec(
        {"order_weights": {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}},
         "exponent": _POSITIVE},
        nature="expert",
    ),
    "mazziotta_pareto": MethodSpec({"penalty": {"enum": ["negative", "positive"]}}, nature="expert"),
    "adjusted_mazziotta_pareto": MethodSpec({"penalty": {"enum": ["negative", "positive"]}}, nature="expert"),
    "topsis": MethodSpec(nature="expert"),
    "vikor": MethodSpec({"v": _SHARE}, nature="expert"),
    "promethee_ii": MethodSpec(
        {"preference": {"enum": ["usual", "v_shape", "linear"]}, "indifference": {"type": "number", "minimum": 0},
         "strict": _POSITIVE},
        nature="expert",
    ),
    "copeland": MethodSpec(nature="expert"),
}  # fmt: skip

WEIGHTINGS: dict[str, MethodSpec] = {
    "declared": _PLAIN,
    "equal": _PLAIN,
    "ahp": MethodSpec(
        {
            "comparisons": {
                "type": "array",
                "minItems": 1,
                "items": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": ["string", "number"]}},
            }
        },
        ("comparisons",),
    ),
    "budget_allocation": MethodSpec(
        {
            "points": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}},
            }
        },
        ("points",),
    ),
    "matched_importance": MethodSpec(
        {
            "wished": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "number", "minimum": 0}},
            "nearest": {"type": "boolean"},
        },
        nature="expert",
    ),
    "benefit_of_the_doubt": MethodSpec({"low": _SHARE, "high": _SHARE}, in_engine=True, nature="expert"),
    "entropy": MethodSpec(nature="data_driven"),
    "critic": MethodSpec(nature="data_driven"),
    "principal_component": MethodSpec({"components": {"type": "integer", "minimum": 1}}, nature="data_driven"),
}


def _by_level(schema: Mapping) -> dict:
    return {
        "type": ["number", "object"],
        "if": {"type": "number"},
        "then": schema,
        "else": {"properties": dict.fromkeys(_LEVELS, schema), "minProperties": 1, "additionalProperties": False},
    }


DRAWN_WEIGHTS: dict[str, MethodSpec] = {
    "range": MethodSpec({"share": _by_level({"type": "number", "minimum": 0, "exclusiveMaximum": 1})}),
    "dirichlet": MethodSpec({"concentration": _by_level(_POSITIVE)}),
}

# Composites that one bad score would annul, or that are not defined where a scale reaches 0.
NEEDS_POSITIVE = (
    "geometric_mean",
    "harmonic_mean",
    "generalised_mean",
    "mazziotta_pareto",
    "adjusted_mazziotta_pareto",
)
# Composites that rest on comparison with the other territories: 0–100 whatever the scale below.
RELATIVE = ("topsis", "vikor", "promethee_ii", "copeland")


# Normalisations whose scale is given, so that one territory, or a value that is the same everywhere, has a score too.
ABSOLUTE = ("goalposts", "scaled", "curve", "thresholds")


def lowest_score(name: str, parameters: Mapping) -> Optional[float]:
    """Return the lowest score that a normalisation can give; None where it has no bound.

    Examples
    --------
    >>> lowest_score("min_max", {"low": 1, "high": 100}), lowest_score("percentile_rank", {}), lowest_score("rank", {})
    (1.0, 0.0, 1.0)
    >>> lowest_score("z_score", {}) is None
    True
    """
    if name == "min_max" or (name == "goalposts" and parameters.get("cap", True)):
        usual = (1, 100) if name == "min_max" else (0, 100)
        return float(min(parameters.get("low", usual[0]), parameters.get("high", usual[1])))
    if name == "curve":
        return float(min(point[1] for point in parameters["points"]))
    return {"percentile_rank": 0.0, "rank": 1.0, "borda": 0.0, "distance_to_maximum": 0.0, "thresholds": 0.0}.get(name)


def reaches_zero(aggregation: str, normalisation: str, parameters: Mapping) -> bool:
    """Say whether a composite would be annulled, or lack a meaning, on a scale that holds 0 or less.

    Examples
    --------
    >>> reaches_zero("geometric_mean", "min_max", {"low": 0, "high": 100}), reaches_zero("geometric_mean", "rank", {})
    (True, False)
    """
    if aggregation not in NEEDS_POSITIVE:
        return False
    if aggregation.endswith("mazziotta_pareto") and normalisation == "z_score":
        # Its own scale: mean 100, deviation 10. What lies ten deviations below is refused with its value.
        return not parameters.get("mean", 0) > 0
    lowest = lowest_score(normalisation, parameters)
    return lowest is None or lowest <= 0

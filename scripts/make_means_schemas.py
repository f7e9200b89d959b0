"""Write the JSON Schemas of the plan of a portfolio and of the theme matrix."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from smart_territoires_plugin.core.targeting.segments import SEGMENTS  # noqa: E402

TEXT = {"type": "string", "minLength": 1}
AMOUNT = {"type": "number", "exclusiveMinimum": 0}
WEIGHT = {"type": "number", "minimum": 0}
COUNT = {"type": "integer", "minimum": 0}
IDENTIFIER = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$", "maxLength": 60}
NAME = {
    "type": ["string", "object"],
    "minLength": 1,
    "minProperties": 1,
    "properties": {"fr": TEXT, "en": TEXT},
    "additionalProperties": False,
}
CODES = {"type": "array", "items": {"type": ["string", "integer"]}}


def block(properties, required=(), **rules):
    """Return the schema of a mapping whose keys are all known."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(required),
        **rules,
    }


def cost(further):
    """Return the schema of what a call costs: one number, one per size class, or a column of a table by code."""
    size = block({"population_from": WEIGHT, "cost": AMOUNT}, ("population_from", "cost"))
    table = {"table": TEXT, "code": TEXT, "column": TEXT, "otherwise": AMOUNT, **further}
    sizes = {"by_size": {"type": "array", "minItems": 1, "items": size}}
    return {
        "type": ["number", "object"],
        "exclusiveMinimum": 0,
        "if": {"type": "object", "required": ["by_size"]},
        "then": block(sizes, ("by_size",)),
        "else": {"if": {"type": "object"}, "then": block(table, ("table", "column"))},
    }


def plan():
    """Return the schema of the plan of a portfolio."""
    numbers = {"min": COUNT, "max": COUNT}
    quota = block({"group": TEXT, "value": {"type": ["string", "integer"]}, **numbers}, ("group",))
    size = block({"population_from": WEIGHT, "population_to": AMOUNT, **numbers})
    candidates = {
        "list": {"enum": ["engage", "raise_awareness", "showcase", "verify"]},
        "segments": {"type": "array", "minItems": 1, "items": {"enum": list(SEGMENTS)}},
        "level": {"enum": ["territories", "call_units"]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Smart Territoires plan of a portfolio",
        **block(
            {
                "version": {"const": 1},
                "name": TEXT,
                "days": AMOUNT,
                "budget_eur": AMOUNT,
                "costs": block({"days": cost({}), "eur": cost({"cofunding_rate_pct": TEXT, "cofunding_eur": TEXT})}),
                "candidates": block(candidates),
                "value": {
                    "type": ["string", "object"],
                    "minLength": 1,
                    "minProperties": 1,
                    "additionalProperties": WEIGHT,
                },
                "quotas": {"type": "array", "items": quota},
                "per_theme": block({**numbers, "themes": {"type": "array", "minItems": 1, "items": TEXT}}),
                "size_mix": {"type": "array", "items": size},
                "must_have": CODES,
                "must_not": CODES,
                "alternatives": {"type": "integer", "minimum": 0, "maximum": 20},
                "gap_pct": {"type": "number", "minimum": 0, "maximum": 100},
                "unchosen": {"type": "integer", "minimum": 0, "maximum": 100},
            },
            ("version",),
        ),
    }


def theme_matrix():
    """Return the schema of the theme matrix."""
    theme = {
        "type": ["string", "object"],
        "if": {"type": "object"},
        "then": block({"id": IDENTIFIER, "name": NAME}, ("id",)),
    }
    comparisons = {"type": "array", "minItems": 1, "items": {"type": "array", "minItems": 3, "maxItems": 3}}
    mark = {"type": "number", "minimum": 0, "maximum": 10}
    consideration = block(
        {
            "id": IDENTIFIER,
            "name": NAME,
            "weight": WEIGHT,
            "marks": {"type": "object", "additionalProperties": mark},
            "counts": {"type": "object", "additionalProperties": WEIGHT},
            "comparisons": comparisons,
            "register": TEXT,
        },
        ("id",),
    )
    robustness = {
        "draws": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
        "seed": COUNT,
        "share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Smart Territoires theme matrix",
        **block(
            {
                "version": {"const": 1},
                "name": TEXT,
                "fictitious": {"type": "boolean"},
                "themes": {"type": "array", "minItems": 2, "items": theme},
                "considerations": {"type": "array", "minItems": 1, "items": consideration},
                "weights": block({"comparisons": comparisons}, ("comparisons",)),
                "robustness": block(robustness),
            },
            ("version", "themes", "considerations"),
        ),
    }


if __name__ == "__main__":
    for name, content in {"portfolio": plan(), "theme_matrix": theme_matrix()}.items():
        target = ROOT / "resources" / f"{name}.schema.json"
        target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

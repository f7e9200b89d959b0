"""Write ``resources/study.schema.json`` from the specification of the measures and methods."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from smart_territoires_plugin.core.study import specification as spec  # noqa: E402

IDENTIFIER = {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$", "maxLength": 60}
TEXT = {"type": "string", "minLength": 1}
WEIGHT = {"type": "number", "minimum": 0}
NAME = {
    "type": ["string", "object"],
    "minLength": 1,
    "minProperties": 1,
    "properties": {"fr": TEXT, "en": TEXT},
    "additionalProperties": False,
}
COLUMN = {
    "description": "A column of the territories, or {source, field} for a column of another source, by code",
    "type": ["string", "object"],
    "minLength": 1,
    "properties": {"source": TEXT, "field": TEXT},
    "required": ["field"],
    "additionalProperties": False,
}


def method(names, parameters=None):
    """Return the schema of a method: its name, or an object with its parameters."""
    return {
        "type": ["string", "object"],
        "if": {"type": "string"},
        "then": {"enum": list(names)},
        "else": {
            "properties": {"method": {"enum": list(names)}, **(parameters or {})},
            "required": ["method"],
            "additionalProperties": False,
        },
    }


def measure():
    """Return the schema of a measure: each kind with its own parameters."""
    schema = {
        "type": "object",
        "required": ["kind", "source"],
        "properties": {"kind": {"enum": list(spec.MEASURES)}, "source": TEXT, "where": TEXT},
        "allOf": [],
    }
    for kind, measure_spec in spec.MEASURES.items():
        own = {"kind": {}, "source": {}, "where": {}, **dict.fromkeys(measure_spec.columns, TEXT)}
        own.update(measure_spec.parameters)
        schema["allOf"].append(
            {
                "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
                "then": {
                    "properties": own,
                    "required": [*measure_spec.columns, *measure_spec.required],
                    "additionalProperties": False,
                },
            }
        )
    return schema


def source():
    """Return the schema of a source."""
    return {
        "type": "object",
        "required": ["path"],
        "additionalProperties": False,
        "properties": {
            "path": TEXT,
            "layer": TEXT,
            "where": TEXT,
            "band": {"type": "integer", "minimum": 1},
            "key": TEXT,
            "crs": TEXT,
            "nodata": {"type": "number"},
            "combine": {"enum": ["sum", "mean", "max", "first"]},
            "status": {"enum": ["observed", "synthetic", "proxy"]},
            "survey": {"enum": ["exhaustive"]},
            "attribution": {"type": "string"},
            "licence": {"type": "string"},
            "date": {"type": ["string", "integer"]},
            "encoding": TEXT,
            "separator": {"type": "string", "minLength": 1, "maxLength": 1},
            "decimal": {"enum": [".", ","]},
            "thousands": {"type": "string", "maxLength": 1},
            "skip": {"type": "integer", "minimum": 0},
            "sheet": {"type": ["string", "integer"]},
            "missing": {"type": "array", "items": {"type": "string"}},
            "repair": {"type": "boolean"},
        },
    }


def study():
    """Return the schema of the whole study."""
    threshold = {
        "type": ["number", "object"],
        "properties": {"quantile": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}},
        "required": ["quantile"],
        "additionalProperties": False,
    }
    indicator = {
        "type": "object",
        "required": ["id", "role", "measure"],
        "additionalProperties": False,
        "properties": {
            "id": IDENTIFIER,
            "name": NAME,
            "role": {"enum": list(spec.ROLES)},
            "theme": IDENTIFIER,
            "axis": {"enum": list(spec.AXES)},
            "measure": measure(),
            "unit": {"type": "string"},
            "direction": {"enum": [1, -1]},
            "weight": WEIGHT,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Smart Territoires study",
        "type": "object",
        "required": ["version", "name", "crs", "territories", "sources", "indicators", "scoring"],
        "additionalProperties": False,
        "properties": {
            "version": {"const": 1},
            "name": TEXT,
            "crs": TEXT,
            "date": {"type": ["string", "integer"]},
            "fictitious": {"type": "boolean"},
            "territories": {
                "type": "object",
                "required": ["source", "code"],
                "additionalProperties": False,
                "properties": {
                    "source": TEXT,
                    "code": TEXT,
                    "name": TEXT,
                    "population": COLUMN,
                    "changes": TEXT,
                    "dissolve": {"type": "boolean"},
                },
            },
            "groups": {"type": "object", "propertyNames": IDENTIFIER, "additionalProperties": COLUMN},
            "sources": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": IDENTIFIER,
                "additionalProperties": source(),
            },
            "themes": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id"],
                    "additionalProperties": False,
                    "properties": {"id": IDENTIFIER, "name": NAME, "weight": WEIGHT},
                },
            },
            "indicators": {"type": "array", "minItems": 1, "items": indicator},
            "scoring": {
                "type": "object",
                "required": ["missing"],
                "additionalProperties": False,
                "properties": {
                    "missing": method(spec.MISSING_RULES, {"group": IDENTIFIER}),
                    "outliers": method(spec.OUTLIER_RULES),
                    "normalisation": method(
                        spec.NORMALISATIONS,
                        {
                            "low": {"type": "number"},
                            "high": {"type": "number"},
                            "ties": {"enum": ["min", "mean", "max"]},
                        },
                    ),
                    "aggregation": method(spec.AGGREGATIONS),
                    "min_availability": {"type": "number", "minimum": 0, "maximum": 1},
                },
            },
            "targeting": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "shortlist": {"type": "integer", "minimum": 1},
                    "thresholds": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"readiness": threshold, "activity": threshold},
                    },
                },
            },
            "robustness": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "draws": {"type": "integer", "minimum": 1, "maximum": 1000000},
                    "seed": {"type": "integer", "minimum": 0},
                    "error_share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
                },
            },
        },
    }


if __name__ == "__main__":
    target = ROOT / "resources" / "study.schema.json"
    target.write_text(json.dumps(study(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

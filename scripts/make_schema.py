"""Write the JSON Schemas of the study and of the framework from the specification of the measures and methods."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from smart_territoires_plugin.core.study import methods  # noqa: E402
from smart_territoires_plugin.core.study import specification as spec  # noqa: E402
from smart_territoires_plugin.core.study.targeting_reading import ACTIONS  # noqa: E402

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
ERROR = {
    "description": "Standard deviation of the error: a share of the value, or a value in the indicator's unit",
    "type": "object",
    "properties": {"share": WEIGHT, "value": WEIGHT},
    "minProperties": 1,
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


def method(known, bare=()):
    """Return the schema of a method: its name, or an object with its own parameters.

    Parameters
    ----------
    known : mapping of str to MethodSpec
    bare : tuple of str
        Parameters by which a method is known without being named, for example the limits of a treatment.
    """
    own = []
    for name, described in known.items():
        parameters = {"method": {}, **described.parameters}
        then = {"properties": parameters, "required": list(described.required), "additionalProperties": False}
        own.append({"if": {"properties": {"method": {"const": name}}, "required": ["method"]}, "then": then})
    named = {"properties": {"method": {"enum": list(known)}}, "required": ["method"], "allOf": own}
    unnamed = {"properties": {name: {"type": "number"} for name in bare}, "minProperties": 1}
    unnamed["additionalProperties"] = False
    both = {"if": {"required": ["method"]}, "then": named, "else": unnamed} if bare else named
    return {"type": ["string", "object"], "if": {"type": "string"}, "then": {"enum": list(known)}, "else": both}


def ref(name):
    """Return a reference to the schema of a family of methods."""
    return {"$ref": f"#/$defs/{name}"}


DEFINITIONS = {
    "missing": method(methods.MISSING_RULES),
    "outliers": method(methods.OUTLIER_RULES, ("low", "high")),
    "normalisation": method(methods.NORMALISATIONS),
    "weights": method(methods.WEIGHTINGS),
    "drawn_weights": method(methods.DRAWN_WEIGHTS),
    "aggregation": method(methods.AGGREGATIONS),
}


def scoring():
    """Return the schema of how values become scores."""
    return {
        "type": "object",
        "required": ["missing"],
        "additionalProperties": False,
        "properties": {
            "missing": ref("missing"),
            "outliers": ref("outliers"),
            "normalisation": ref("normalisation"),
            "weights": ref("weights"),
            "aggregation": ref("aggregation"),
            "min_availability": {"type": "number", "minimum": 0, "maximum": 1},
        },
    }


def robustness():
    """Return the schema of what is drawn."""
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "draws": {"type": "integer", "minimum": 1, "maximum": 1000000},
            "seed": {"type": "integer", "minimum": 0},
            "error_share": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
            "weights": ref("drawn_weights"),
            "normalisation": {"type": "array", "minItems": 1, "items": ref("normalisation")},
            "aggregation": {"type": "array", "minItems": 1, "items": ref("aggregation")},
            "outliers": {"type": "array", "minItems": 1, "items": ref("outliers")},
            "imputation": {"type": "boolean"},
            "thresholds": {"type": "number", "minimum": 0},
            "sobol": {"enum": [0, *(2**power for power in range(6, 15))]},
        },
    }


def nodes():
    """Return the schema of the composites of a framework."""
    return {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": IDENTIFIER,
                "name": NAME,
                "parent": IDENTIFIER,
                "weight": WEIGHT,
                "aggregation": ref("aggregation"),
                "weights": ref("weights"),
            },
        },
    }


def framework():
    """Return the schema of a framework on its own."""
    indicator = {
        "type": "object",
        "required": ["id", "parent"],
        "additionalProperties": False,
        "properties": {
            # The column of a table, whatever its writing.
            "id": TEXT,
            "name": NAME,
            "parent": IDENTIFIER,
            "direction": {"enum": [1, -1]},
            "weight": WEIGHT,
            "unit": {"type": "string"},
            "denominator": TEXT,
            "normalisation": ref("normalisation"),
            "error": ERROR,
        },
    }
    reading = source()["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Smart Territoires framework",
        "$defs": DEFINITIONS,
        "type": "object",
        "required": ["version", "key", "nodes", "indicators", "scoring"],
        "additionalProperties": False,
        "properties": {
            "version": {"const": 1},
            "key": TEXT,
            "name": TEXT,
            "strata": {"type": "array", "items": TEXT, "uniqueItems": True},
            "table": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    name: reading[name]
                    for name in ("encoding", "separator", "decimal", "thousands", "skip", "sheet", "missing")
                },
            },
            "nodes": nodes(),
            "indicators": {"type": "array", "minItems": 1, "items": indicator},
            "scoring": scoring(),
            "robustness": robustness(),
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


def targeting():
    """Return the JSON Schema of the block."""
    threshold = {
        "type": ["number", "object"],
        "properties": {
            "quantile": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            "jenks": {"type": "integer", "minimum": 2, "maximum": 9},
        },
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    unit = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {"level": TEXT, "group": TEXT, "names": TEXT, "population_from": WEIGHT},
    }
    decision = {
        "type": "object",
        "additionalProperties": False,
        "required": ["code", "action", "reason", "author", "date"],
        "properties": {
            "code": {"type": ["string", "integer"]},
            "action": {"enum": list(ACTIONS)},
            "reason": TEXT,
            "author": TEXT,
            "date": TEXT,
        },
    }
    exponents = dict.fromkeys(("readiness", "stake", "evidence"), WEIGHT)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "shortlist": {"type": "integer", "minimum": 1},
            "thresholds": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "readiness": threshold,
                    "activity": threshold,
                    "themes": {"type": "object", "additionalProperties": {"type": "number"}},
                    "call_units": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {"readiness": {"type": "number"}, "activity": {"type": "number"}},
                    },
                },
            },
            "priority": {"type": "object", "additionalProperties": False, "properties": exponents},
            "decisions": {"type": "array", "items": decision},
            "call_units": {"type": "array", "items": unit},
            "register": TEXT,
            "peers": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"outside": TEXT},
            },
        },
    }


def study():
    """Return the schema of the whole study."""
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
            "parent": IDENTIFIER,
            "measure": measure(),
            "unit": {"type": "string"},
            "direction": {"enum": [1, -1]},
            "weight": WEIGHT,
            "normalisation": ref("normalisation"),
            "error": ERROR,
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Smart Territoires study",
        "$defs": DEFINITIONS,
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
            "nodes": nodes(),
            "scoring": scoring(),
            "targeting": targeting(),
            "robustness": robustness(),
        },
    }


if __name__ == "__main__":
    for name, content in {"study": study(), "framework": framework()}.items():
        target = ROOT / "resources" / f"{name}.schema.json"
        target.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

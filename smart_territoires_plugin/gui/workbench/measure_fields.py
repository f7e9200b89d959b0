"""The fields of a kind of measure, made from its specification: columns, parameters, units and ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.study.specification import MEASURES
from smart_territoires_plugin.gui.workbench.form_fields import (
    Field,
    choice_field,
    column_field,
    list_field,
    number_field,
    several_field,
    text_field,
)


def parameter_label(name: str) -> str:
    """Return what a parameter is called on screen."""
    return {
        "field": translate("SmartTerritoires", "Field"),
        "numerator": translate("SmartTerritoires", "Divided field"),
        "denominator": translate("SmartTerritoires", "Dividing field"),
        "field_from": translate("SmartTerritoires", "Field of the first year"),
        "field_to": translate("SmartTerritoires", "Field of the last year"),
        "band": translate("SmartTerritoires", "Band"),
        "weights": translate("SmartTerritoires", "Weighted by the raster"),
        "q": translate("SmartTerritoires", "Quantile"),
        "threshold": translate("SmartTerritoires", "Threshold"),
        "from": translate("SmartTerritoires", "Distance from"),
        "population": translate("SmartTerritoires", "Source of the inhabitants"),
        "inhabitants": translate("SmartTerritoires", "Field of the inhabitants"),
        "distance_m": translate("SmartTerritoires", "Distance (m)"),
        "of": translate("SmartTerritoires", "Share of"),
        "nature": translate("SmartTerritoires", "Kind of value"),
        "on": translate("SmartTerritoires", "Shared out on the source"),
        "themes": translate("SmartTerritoires", "Themes of the projects"),
        "since": translate("SmartTerritoires", "Projects since the year"),
        "levels.field": translate("SmartTerritoires", "Field of the levels"),
        "levels.order": translate("SmartTerritoires", "Levels, the highest first"),
        "levels.weights": translate("SmartTerritoires", "Weights of the levels"),
        "of.raster": translate("SmartTerritoires", "Raster of the inhabitants"),
        "of.buildings": translate("SmartTerritoires", "Layer of the buildings"),
        "of.inhabitants": translate("SmartTerritoires", "Field of the inhabitants"),
    }[name]


def _choice_name(value: str) -> str:
    return {
        "extensive": translate("SmartTerritoires", "a quantity: parts add up"),
        "intensive": translate("SmartTerritoires", "a rate or a mean: parts do not add up"),
        "centroid": translate("SmartTerritoires", "the centre of the territory"),
        "population": translate("SmartTerritoires", "where people live"),
    }.get(value, value)


def range_text(schema: Mapping[str, Any]) -> str:
    """Return the values that a parameter may have, in signs; empty where any number serves.

    Examples
    --------
    >>> range_text({"type": "number", "minimum": 0, "maximum": 1}), range_text({"exclusiveMinimum": 0})
    ('0 – 1', '> 0')
    """
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f"{low} – {high}"
    signs = (("minimum", "≥"), ("maximum", "≤"), ("exclusiveMinimum", ">"), ("exclusiveMaximum", "<"))
    return ", ".join(f"{sign} {schema[key]}" for key, sign in signs if key in schema)


def measure_fields(kind: str, sources: Sequence[str], themes: Mapping[str, str]) -> list[Field]:
    """Return the fields of a kind of measure; those of its source's columns are to be filled with them.

    Parameters
    ----------
    kind : str
        Key of ``MEASURES``.
    sources : sequence of str
        Identifiers of the study's sources.
    themes : mapping of id to name
    """
    spec = MEASURES[kind]
    made = [column_field(f"measure.{name}", parameter_label(name)) for name in spec.columns]
    for name, schema in spec.parameters.items():
        place, label = f"measure.{name}", "" if name == "levels" else parameter_label(name)
        if name == "levels":
            semicolons = translate("SmartTerritoires", "Separated by semicolons")
            made.append(column_field("measure.levels.field", parameter_label("levels.field"), _optional()))
            made.append(list_field("measure.levels.order", parameter_label("levels.order"), semicolons))
            made.append(list_field("measure.levels.weights", parameter_label("levels.weights"), semicolons))
        elif name == "of":
            made += _share_of(sources)
        elif name == "themes":
            made.append(several_field(place, label, themes, _optional()))
        elif name in spec.further_sources:
            choices = [(source, source) for source in sources]
            made.append(choice_field(place, label, choices, nothing=translate("SmartTerritoires", "none")))
        elif "enum" in schema:
            choices = [(_choice_name(value), value) for value in schema["enum"]]
            made.append(choice_field(place, label, choices, nothing=translate("SmartTerritoires", "not said")))
        elif schema.get("type") in ("number", "integer"):
            made.append(number_field(place, label, placeholder=range_text(schema)))
        else:
            made.append(text_field(place, label))
    return made


def _share_of(sources: Sequence[str]) -> list[Field]:
    choices = [(source, source) for source in sources]
    area = translate("SmartTerritoires", "the area, or none")
    return [
        choice_field("measure.of.raster", parameter_label("of.raster"), choices, nothing=area),
        choice_field("measure.of.buildings", parameter_label("of.buildings"), choices, nothing=area),
        text_field("measure.of.inhabitants", parameter_label("of.inhabitants")),
    ]


def _optional() -> str:
    return translate("SmartTerritoires", "May stay empty")

"""The fields that every indicator has: names, role, theme or axis, measure with its source, unit, direction, weight."""

from __future__ import annotations

from collections.abc import Sequence

from smart_territoires_plugin.bridge.translation import translate
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.specification import AXES, MEASURES, ROLES
from smart_territoires_plugin.gui.workbench.form_fields import Field, choice_field, number_field, text_field


def indicator_fields(themes: Sequence[tuple[str, str]], sources: Sequence[str], lang: str) -> list[Field]:
    """Return those fields, in the order of the form.

    Parameters
    ----------
    themes : sequence of (name, id)
    sources : sequence of str
        Identifiers of the study's sources.
    lang : {"fr", "en"}
    """
    kinds = [(text(f"editing.measure.{kind}", lang).rstrip("."), kind) for kind in MEASURES]
    none = translate("SmartTerritoires", "none")
    return [
        text_field("name.fr", translate("SmartTerritoires", "Name in French")),
        text_field("name.en", translate("SmartTerritoires", "Name in English")),
        text_field(
            "id",
            translate("SmartTerritoires", "Identifier"),
            translate("SmartTerritoires", "Letters without accents, digits and _: the column of the results."),
        ),
        choice_field(
            "role",
            translate("SmartTerritoires", "Role"),
            [(text(f"role.{role}", lang), role) for role in ROLES],
            translate(
                "SmartTerritoires",
                "A stake says how much a theme matters, a success factor what makes a project likely to work.",
            ),
        ),
        choice_field("theme", translate("SmartTerritoires", "Theme"), themes, nothing=none),
        choice_field(
            "axis",
            translate("SmartTerritoires", "Axis"),
            [(text(f"axis.{axis}", lang), axis) for axis in AXES],
            nothing=none,
        ),
        choice_field("measure.kind", translate("SmartTerritoires", "Measure"), kinds),
        choice_field("measure.source", translate("SmartTerritoires", "Source"), [(name, name) for name in sources]),
        text_field(
            "measure.where",
            translate("SmartTerritoires", "Filter"),
            translate("SmartTerritoires", "Keeps some of the features only, in SQL; may stay empty."),
            "niveau = 'fort'",
        ),
        text_field("unit", translate("SmartTerritoires", "Unit")),
        choice_field(
            "direction",
            translate("SmartTerritoires", "Direction"),
            [
                (translate("SmartTerritoires", "more counts more"), 1),
                (translate("SmartTerritoires", "less counts more"), -1),
            ],
        ),
        number_field("weight", translate("SmartTerritoires", "Weight"), placeholder="≥ 0"),
    ]

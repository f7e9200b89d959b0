"""What a form refuses and with which sentence: the rules of the layout as QGIS expressions."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.choices import choices
from smart_territoires_plugin.core.register.layout import Field, Table

# Codes with semicolons, commas or spaces between, as the register is read.
_CODES = r"^\\s*[0-9A-Za-z]+([;,\\s]+[0-9A-Za-z]+)*[;,\\s]*$"
_NO_CONTACT = """"contact_role" IS NULL OR trim("contact_role") = '' OR "retention_date" IS NOT NULL"""
_NO_PLACE = """("codes" IS NULL OR trim("codes") = '') AND ("epci" IS NULL OR trim("epci") = '')"""


def rules(table: Table, field: Field, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the QGIS expressions that must hold for a field, each with what is said where it does not."""
    name, label = f'"{field.name}"', field_label(table, field.name, lang)
    made = []
    if field.required and field.kind == "text":
        made.append((f"trim({name}) <> ''", text("register.form.required", lang, label=label)))
    if field.values and field.several:
        listed = ", ".join(f"'{value}'" for value in field.values)
        inside = f"array_all(array({listed}), array_filter(string_to_array(regexp_replace({name}, '\\\\s', ''), ';'), "
        made.append(
            (
                f"{name} IS NULL OR {inside}@element <> ''))",
                text("register.form.several_of", lang, label=label, codes="; ".join(field.values)),
            )
        )
    elif field.values:
        listed = ", ".join(f"'{value}'" for value in field.values)
        made.append((f"{name} IS NULL OR {name} IN ({listed})", text("register.form.one_of", lang, label=label)))
    made += _bounds(field, name, label, lang)
    for earlier, later in table.ordered:
        if field.name == later:
            made.append(
                (
                    f'"{earlier}" IS NULL OR "{later}" IS NULL OR "{later}" >= "{earlier}"',
                    text("register.form.not_before", lang, later=label, earlier=field_label(table, earlier, lang)),
                )
            )
    if table.name == "projects" and field.name == "codes":
        made.append((f"NOT ({_NO_PLACE})", text("register.form.place", lang)))
        made.append((f"{name} IS NULL OR regexp_match({name}, '{_CODES}') > 0", text("register.form.codes", lang)))
    if table.name == "projects" and field.name == "retention_date":
        made.append((_NO_CONTACT, text("register.form.retention", lang)))
    return tuple(made)


def _bounds(field: Field, name: str, label: str, lang: str) -> list[tuple[str, str]]:
    low, high = field.minimum, field.maximum
    if low is None:
        return []
    if high is None:
        return [(f"{name} IS NULL OR {name} >= {low}", text("register.form.at_least", lang, label=label, low=low))]
    condition = f"{name} IS NULL OR ({name} >= {low} AND {name} <= {high})"
    if choices(field, lang):
        return [(condition, text("register.form.one_of", lang, label=label))]
    return [(condition, text("register.form.between", lang, label=label, low=low, high=high))]


def field_label(table: Table, name: str, lang: str) -> str:
    """Return what a field is called on screen."""
    return text(f"register.field.{table.name}.{name}", lang)

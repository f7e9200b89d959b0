"""The form of each table as a QGIS style (QML): labels, choices, defaults, rules and tabs, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import quoteattr  # nosec B406 - writes, reads nothing

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.choices import axis_of, choices
from smart_territoires_plugin.core.register.form_rules import field_label, rules
from smart_territoires_plugin.core.register.layout import AXES, Field, Table
from smart_territoires_plugin.core.register.schema import MENTION

# What QGIS writes in a list of values for "nothing".
NO_VALUE = "{2839923C-8B7D-419E-B84B-CA2FE9B80EC7}"
_HARD = "1"
_NOT_NULL, _UNIQUE, _EXPRESSION = 1, 2, 4
# Tabs of the form, and in them fields or, under a title of their own, groups of fields.
TABS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "project": {
        "": ("title", "codes", "epci", "theme", "stage", "year", "source_kind", "source", "partners", "notes"),
    },
    "axes": {"first_coder": AXES, "second_coder": tuple(f"{axis}_2" for axis in AXES)},
    "means": {"": ("budget_eur", "cofunding_eur", "cofunding_rate_pct", "cofunder")},
    "shared_data": {"": ("data_link", "data_format", "data_licence", "data_refresh")},
    "contact": {"": ("contact_role", "retention_date")},
}
_LONG_TEXTS = ("partners", "notes", "next_action", "obstacles", "needs")
# Words that come back from row to row are offered as they were written before.
_RECURRING = (
    "theme", "proposed_theme", "epci", "call_id", "reference_id", "country", "indicator", "cofunder", "data_format",
    "data_licence", "data_refresh", "contact_role", "caller_role",
)  # fmt: skip
# Whoever fills in a form does it on the day itself; a file that is imported says its own day.
_TODAY = (("contacts_made", "date"), ("interviews", "date"), ("survey", "date"))


def form_qml(table: Table, lang: str, mention: str = "") -> str:
    """Return the form of a table as a QGIS style.

    Parameters
    ----------
    lang : {"fr", "en"}
    mention : str
        Of made-up data: shown in the form, where nobody can change it.
    """
    names = [field.name for field in table.fields]
    fields = [_element("field", [_element("editWidget", [_options({})], type="Hidden")], name="fid")]
    fields += [_element("field", [_widget(table, field, lang)], name=field.name) for field in table.fields]
    if mention:
        fields.append(_element("field", [_element("editWidget", [_options({})], type="TextEdit")], name=MENTION))
        names.append(MENTION)
    labels = {
        **{name: field_label(table, name, lang) for name in table.names},
        MENTION: text("register.form.mention", lang),
    }
    ours = [
        _element("fieldConfiguration", fields),
        _element("aliases", [_element("alias", field=name, name=labels[name]) for name in names]),
        _element("defaults", [_default(table, field) for field in table.fields]),
        _element("constraints", [_constraint(table, field) for field in table.fields]),
        _element("constraintExpressions", [_expression(table, field, lang) for field in table.fields]),
        _element("editable", [_element("field", name=MENTION, editable="0")] if mention else []),
        _element("previewExpression", plain=f'"{names[0]}"'),
    ]
    if table.name == "projects":
        tabs = [_tab(tab, groups, lang, mention) for tab, groups in TABS.items()]
        ours += [_element("editorlayout", plain="tablayout"), _element("attributeEditorForm", tabs)]
    else:
        ours.append(_element("editorlayout", plain="generatedlayout"))
    page = _element("qgis", ours, version="3.40.0", styleCategories="Fields|Forms")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{page}\n"


def _widget(table: Table, field: Field, lang: str) -> str:
    """Return what a field is edited with."""
    options = () if field.several else choices(field, lang)
    kind, settings = "TextEdit", {"IsMultiline": field.name in _LONG_TEXTS, "UseHtml": False}
    if options:
        nothing = "register.form.not_coded" if axis_of(field) else "register.form.not_said"
        shown = [(label, code) for code, label in options]
        if not field.required:
            shown.insert(0, (f"({text(nothing, lang)})", NO_VALUE))
        kind, settings = "ValueMap", {"map": shown}
    elif field.kind == "date":
        kind = "DateTime"
        settings = {
            "allow_null": True,
            "calendar_popup": True,
            "display_format": "dd/MM/yyyy" if lang == "fr" else "yyyy-MM-dd",
            "field_format": "yyyy-MM-dd",
            "field_format_overwrite": False,
        }
    elif field.kind == "integer":
        settings = {"AllowNull": True, "Min": int(field.minimum or 0), "Max": int(field.maximum or 0), "Step": 1}
        kind, settings = "Range", {**settings, "Precision": 0, "Style": "SpinBox"}
    elif field.name in _RECURRING:
        kind, settings = "UniqueValues", {"Editable": True}
    return _element("editWidget", [_options(settings)], type=kind)


def _options(settings: Mapping[str, object]) -> str:
    return _element("config", [_element("Option", [_option(*item) for item in settings.items()], type="Map")])


def _option(name: str, value: object) -> str:
    if isinstance(value, list):
        pairs = [_element("Option", [_option(*pair)], type="Map") for pair in value]
        return _element("Option", pairs, type="List", name=name)
    kind = {bool: "bool", int: "int"}.get(type(value), "QString")
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return _element("Option", name=name, type=kind, value=written)


def _default(table: Table, field: Field) -> str:
    expression = "" if field.default is None else f"'{field.default}'"
    if (table.name, field.name) in _TODAY:
        expression = "to_date(now())"
    return _element("default", field=field.name, expression=expression, applyOnUpdate="0")


def _constraint(table: Table, field: Field) -> str:
    is_unique = (field.name,) in table.unique
    has_rules = bool(rules(table, field, "en"))
    flags = _NOT_NULL * field.required | _UNIQUE * is_unique | _EXPRESSION * has_rules
    return _element(
        "constraint",
        field=field.name,
        constraints=str(flags),
        notnull_strength=_HARD if field.required else "0",
        unique_strength=_HARD if is_unique else "0",
        exp_strength=_HARD if has_rules else "0",
    )


def _expression(table: Table, field: Field, lang: str) -> str:
    held = rules(table, field, lang)
    condition = " AND ".join(f"({expression})" for expression, _ in held)
    return _element("constraint", field=field.name, exp=condition, desc=" ".join(said for _, said in held))


def _tab(tab: str, groups: Mapping[str, tuple[str, ...]], lang: str, mention: str) -> str:
    inside: list[str] = []
    for group, names in groups.items():
        shown = [*names, MENTION] if mention and tab == "project" else names
        fields = [_element("attributeEditorField", name=name, index="-1", showLabel="1") for name in shown]
        inside += [_container(group, "GroupBox", fields, lang)] if group else fields
    return _container(tab, "Tab", inside, lang)


def _container(name: str, kind: str, inside: Iterable[str], lang: str) -> str:
    return _element(
        "attributeEditorContainer",
        inside,
        name=text(f"register.group.{name}", lang),
        type=kind,
        groupBox="1" if kind == "GroupBox" else "0",
        showLabel="1",
        columnCount="1",
    )


def _element(tag: str, inside: Iterable[str] = (), *, plain: str = "", **attributes: str) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
    return f"<{tag}{written}>{plain}{''.join(inside)}</{tag}>"

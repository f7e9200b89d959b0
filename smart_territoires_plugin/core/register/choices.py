"""The values of a field that a person chooses among, with their labels: codes, and the written anchors of the axes."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.layout import AXES, Field

SECOND_CODER = "_2"  # ends the names of the marks that the second coder gives
MARKS = ("0", "1", "2", "3")
MOTIVATIONS = ("1", "2", "3", "4", "5")


def axis_of(field: Field) -> str:
    """Return the axis that a field marks, by either coder; empty if it marks none.

    Examples
    --------
    >>> axis_of(Field("data_2")), axis_of(Field("data_link"))
    ('data', '')
    """
    axis = field.name.removesuffix(SECOND_CODER)
    return axis if axis in AXES else ""


def choices(field: Field, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the values of a field and their labels, in order; empty where any value may be written.

    Examples
    --------
    >>> from smart_territoires_plugin.core.register.layout import TABLES
    >>> choices(TABLES["projects"].field("data"), "en")[3]
    ('3', '3 – shared dynamically')
    """
    axis = axis_of(field)
    if axis:
        return tuple((mark, f"{mark} – {text(f'register.anchor.{axis}.{mark}', lang)}") for mark in MARKS)
    codes = MOTIVATIONS if field.name == "motivation" else field.values
    return tuple((code, text(f"register.value.{field.name}.{code}", lang)) for code in codes)

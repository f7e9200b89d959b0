"""What columns of the results are called on screen, in the language asked for."""

from __future__ import annotations

from collections.abc import Mapping

from smart_territoires_plugin.core.messages import TEXTS, text

# Columns named after something of the study: prefix → label, and what the label fills in.
_FAMILIES = {"group_": ("column.group", "group"), "score_": ("column.score", "theme"), "axis_": ("column.axis", "axis")}


def column_label(column: str, lang: str, themes: Mapping[str, Mapping[str, str]]) -> str:
    """Return what a column is called on screen.

    Parameters
    ----------
    column : str
        Its name in the file.
    lang : {"fr", "en"}
        Language of the reader.
    themes : mapping
        Theme id → name by language.

    Examples
    --------
    >>> column_label("score_flood", "en", {"flood": {"fr": "Inondations", "en": "Flood resilience"}})
    'Stake: Flood resilience'
    """
    # A table of groups has a column of that name, which the label of a family would leave unfilled.
    code = "column.exchange_group" if column == "group" else f"column.{column}"
    if code in TEXTS[lang]:
        return text(code, lang)
    for prefix, (label, value) in _FAMILIES.items():
        if column.startswith(prefix):
            what = column[len(prefix) :]
            if prefix == "score_" and what in themes:
                what = themes[what][lang]
            return text(label, lang, **{value: what})
    return column

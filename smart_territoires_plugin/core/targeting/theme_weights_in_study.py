"""The weights of a study's themes exchanged in its text: every other character, comments included, stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from smart_territoires_plugin.core.errors import Problem, StudyError


def with_theme_weights(text: str, weights: Mapping[str, float], where: str) -> str:
    """Return a study's text with other weights of its themes.

    Parameters
    ----------
    text : str
        YAML of a study that was read and checked before.
    weights : mapping of theme id to float
        Themes of the study that are not among them keep theirs.
    where : str
        The study's file, for messages.

    Raises
    ------
    StudyError
        With every problem: themes that the study does not have, themes written as an alias.

    Examples
    --------
    >>> with_theme_weights("themes:\\n- {id: flood}  # water\\n- id: air\\n  weight: 3\\n", {"flood": 2}, "study.yaml")
    'themes:\\n- {id: flood, weight: 2}  # water\\n- id: air\\n  weight: 3\\n'
    """
    items = _items(yaml.compose(text, Loader=yaml.SafeLoader))
    by_id = {_scalar(node, "id"): node for node in items}
    unknown = [theme for theme in weights if theme not in by_id]
    if unknown:
        known = ", ".join(str(name) for name in by_id) or "–"
        raise StudyError(*(Problem("matrix.theme_not_in_study", where, {"theme": t, "known": known}) for t in unknown))
    edits = [_edit(text, by_id[theme], written_weight(weight)) for theme, weight in weights.items()]
    made = text
    # From the end of the text on, so that places before an edit stay where they are.
    for start, end, new in sorted(edits, reverse=True):
        made = made[:start] + new + made[end:]
    if yaml.load(made, Loader=yaml.SafeLoader) != _expected(yaml.load(text, Loader=yaml.SafeLoader), weights):
        raise StudyError(Problem("matrix.study_not_editable", where))
    return made


def written_weight(weight: float) -> str:
    """Return a weight as a study holds it: four decimals at most, and never an exponent, which YAML may read as text.

    Examples
    --------
    >>> written_weight(1.25), written_weight(2.0), written_weight(1 / 3), written_weight(1e-9)
    ('1.25', '2', '0.3333', '0')
    """
    return f"{weight:.4f}".rstrip("0").rstrip(".")


def _items(root: Any) -> list[yaml.MappingNode]:
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "themes" and isinstance(value, yaml.SequenceNode):
            return [item for item in value.value if isinstance(item, yaml.MappingNode)]
    return []


def _scalar(node: yaml.MappingNode, wanted: str) -> Any:
    return next((value.value for key, value in node.value if key.value == wanted), None)


def _edit(text: str, node: yaml.MappingNode, weight: str) -> tuple[int, int, str]:
    """Return where the text of a theme changes: from, to, and what comes there."""
    for key, value in node.value:
        if key.value == "weight":
            return value.start_mark.index, value.end_mark.index, weight
    key, value = next(pair for pair in node.value if pair[0].value == "id")
    if node.flow_style:
        after = value.end_mark.index
        return after, after, f", weight: {weight}"
    # After the line of the id, whatever comment that has, in the column of the id.
    end = text.find("\n", value.end_mark.index)
    newline = "\r\n" if text[max(end - 1, 0) : end] == "\r" else "\n"
    line = f"{' ' * key.start_mark.column}weight: {weight}"
    return (len(text), len(text), newline + line) if end < 0 else (end + 1, end + 1, line + newline)


def _expected(content: Any, weights: Mapping[str, float]) -> Any:
    themes = [
        {**theme, "weight": yaml.safe_load(written_weight(weights[theme["id"]]))} if theme["id"] in weights else theme
        for theme in content["themes"]
    ]
    return {**content, "themes": themes}

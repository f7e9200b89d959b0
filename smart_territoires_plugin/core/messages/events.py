"""What a run says on the way, as one line: what was kept from before, what was computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from smart_territoires_plugin.core.messages import text

MAX_NAMES = 8


def event_text(event: str, values: Mapping[str, Any], lang: str) -> str:
    """Return the wording of what a run says on the way.

    Parameters
    ----------
    event : {"measures", "resume"}
        ``measures``: ``kept`` (number), ``computed`` (indicator ids), ``parts_kept``, ``parts_computed`` (numbers);
        ``resume``: ``kept`` (number), ``left`` (indicator ids).
    lang : {"fr", "en"}
        Language of the wording.

    Examples
    --------
    >>> found = {"kept": 12, "computed": ["flood_share"], "parts_kept": 0, "parts_computed": 60}
    >>> event_text("measures", found, "en")
    '12 measures kept, 1 computed: flood_share.'
    """
    kept = _counted("told.kept", values["kept"], lang)
    if event == "resume":
        if not values["left"]:
            return text("told.resume.complete", lang)
        if not values["kept"]:
            return text("told.resume.nothing", lang)
        return text("told.resume", lang, kept=kept, names=_names(values["left"]))
    computed = values["computed"]
    said = f"{kept}{text('told.and', lang)}{_counted('told.computed', len(computed), lang, names=_names(computed))}"
    if values["parts_kept"]:
        total = values["parts_kept"] + values["parts_computed"]
        said += text("told.parts", lang, kept=values["parts_kept"], count=total)
    return f"{said[0].upper()}{said[1:]}."


def _counted(code: str, count: int, lang: str, **values: str) -> str:
    """Return a wording in the number that a count asks for."""
    number = {0: "none", 1: "one"}.get(count, "many")
    return text(f"{code}.{number}", lang, count=count, **values)


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:MAX_NAMES]) + (", …" if len(names) > MAX_NAMES else "")

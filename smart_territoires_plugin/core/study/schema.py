"""The study file held against its JSON Schema: every problem at once, with its line and what to do."""

from __future__ import annotations

import difflib
import json
from typing import Any

from smart_territoires_plugin.core.errors import EngineError, Problem
from smart_territoires_plugin.core.resources import resource
from smart_territoires_plugin.core.study.documents import Document


def load_validator() -> Any:
    """Return the library that documents are checked with; it takes long to load the first time.

    Raises
    ------
    EngineError
        If ``jsonschema`` is not installed.
    """
    try:
        import jsonschema
    except ImportError as error:
        raise EngineError(Problem("library.missing", "jsonschema", {"feature": "check"})) from error
    return jsonschema


def schema_problems(document: Document, schema_name: str) -> list[Problem]:
    """Return what the document's form has wrong.

    Parameters
    ----------
    document : Document
        A YAML document.
    schema_name : str
        File below ``resources/``, for example ``"study.schema.json"``.

    Raises
    ------
    EngineError
        If ``jsonschema`` is not installed.
    """
    jsonschema = load_validator()
    schema = json.loads(resource("resources", schema_name).read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    problems = [problem for error in validator.iter_errors(document.content) for problem in _problems(error, document)]
    return sorted(problems, key=lambda p: (_line(p.where), p.code, str(p.values)))


def _line(where: str) -> int:
    tail = where.rpartition(":")[2]
    return int(tail) if tail.isdigit() else 0


def _dotted(keys: tuple, content: Any) -> str:
    """Return a path of keys as a person names it: an item of a list by its ``id``, where it has one."""
    names = []
    for key in keys:
        content = content[key]
        identifier = content.get("id") if isinstance(key, int) and isinstance(content, dict) else None
        names.append(str(identifier or (key if not isinstance(key, int) else key + 1)))
    return ".".join(names)


def nearest(word: Any, known: Any) -> str:
    """Return the known words nearest to a word, for a message; all of them where none is near."""
    known = [str(item) for item in known]
    return ", ".join(difflib.get_close_matches(str(word), known, n=3, cutoff=0.5) or sorted(known))


def _problems(error: Any, document: Document) -> list[Problem]:
    """Say one error of ``jsonschema`` in the product's own words."""
    keys = tuple(error.absolute_path)
    where = document.where(keys)
    place = _dotted(keys, document.content) or document.path.name
    rule = error.validator
    if rule in ("additionalProperties", "unevaluatedProperties"):
        known = sorted(error.schema.get("properties", {}))
        unknown = [key for key in error.instance if key not in known]
        return [
            Problem(
                "study.unknown_key",
                document.where((*keys, key)),
                {"key": key, "place": place, "known": nearest(key, known)},
            )
            for key in unknown
        ]
    if rule == "required":
        missing = error.message.split("'")[1]
        return [Problem("study.missing_key", where, {"key": missing, "place": place})]
    if rule in ("enum", "const"):
        known = error.validator_value if rule == "enum" else [error.validator_value]
        return [
            Problem(
                "study.unknown_value",
                where,
                {"value": error.instance, "place": place, "known": nearest(error.instance, known)},
            )
        ]
    if rule == "type":
        wanted = error.validator_value if isinstance(error.validator_value, str) else " / ".join(error.validator_value)
        return [Problem("study.wrong_type", where, {"value": error.instance, "place": place, "wanted": wanted})]
    if rule in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
        bound = {"minimum": "≥", "maximum": "≤", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}[rule]
        values = {"value": error.instance, "place": place, "bound": f"{bound} {error.validator_value}"}
        return [Problem("study.out_of_range", where, values)]
    if rule == "pattern":
        return [Problem("study.bad_identifier", where, {"value": error.instance, "place": place})]
    return [Problem("study.invalid", where, {"place": place, "reason": error.message[:200]})]

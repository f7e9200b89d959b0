"""From a study file to a ``Study``: form first, then what a schema cannot see, every problem at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Union

from smart_territoires_plugin.core.errors import EngineError, Problem, StudyError
from smart_territoires_plugin.core.study.addresses import Address, is_address
from smart_territoires_plugin.core.study.checks import cross_problems
from smart_territoires_plugin.core.study.documents import read_document
from smart_territoires_plugin.core.study.model import (
    Error,
    Group,
    Indicator,
    Measure,
    Source,
    Study,
    TerritoriesSpec,
    Theme,
)
from smart_territoires_plugin.core.study.schema import schema_problems
from smart_territoires_plugin.core.study.targeting_reading import targeting_of
from smart_territoires_plugin.core.study.written import method_of, name_of, node_of, robustness_of, scoring_of

_SOURCE_FIELDS = ("layer", "where", "band", "key", "crs", "nodata", "combine", "status", "survey", "attribution")
_OPTIONS = ("encoding", "separator", "decimal", "thousands", "skip", "sheet", "missing", "repair")


def read_study(path: Union[str, Path], needs_schema: bool = True) -> Study:
    """Read and check a study file.

    Parameters
    ----------
    path : path
        The YAML file; paths inside it are relative to its folder.
    needs_schema : bool
        False inside QGIS, whose Python may lack ``jsonschema``: the form is then checked by reading it alone.

    Returns
    -------
    Study
        With every default filled in.

    Raises
    ------
    StudyError
        With every problem of the file at once. Sources are not opened here.
    EngineError
        If ``jsonschema`` is needed and missing.
    """
    path = Path(path)
    document = read_document(path)
    try:
        problems = [*schema_problems(document, "study.schema.json"), *cross_problems(document)]
    except EngineError:
        if needs_schema:
            raise
        problems = cross_problems(document)
    if problems:
        raise StudyError(*problems)
    try:
        return _study(path, document.content)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        values = {"place": path.name, "reason": f"{type(error).__name__}: {error}"}
        raise StudyError(Problem("study.invalid", path.name, values)) from error


def _group(name: str, value: Any) -> Group:
    if isinstance(value, str):
        return Group(name, value)
    return Group(name, value["field"], value.get("source"))


def _source(identifier: str, content: dict, folder: Path) -> Source:
    known = {key: content[key] for key in _SOURCE_FIELDS if key in content}
    options = {key: content[key] for key in _OPTIONS if key in content}
    return Source(
        identifier,
        Address(content["path"]) if is_address(content["path"]) else folder / content["path"],
        licence=content.get("licence", ""),
        date=str(content.get("date", "")),
        options=options,
        **known,
    )


def _indicator(content: dict) -> Indicator:
    measure = content["measure"]
    parameters = {key: item for key, item in measure.items() if key not in ("kind", "source", "where")}
    made = Measure(measure["kind"], measure["source"], measure.get("where"), parameters)
    unit = content.get("unit")
    if unit is None:
        unit = "" if made.spec.unit == "declared" else made.spec.unit
    return Indicator(
        content["id"],
        name_of(content.get("name"), content["id"]),
        content["role"],
        made,
        content.get("theme"),
        content.get("axis"),
        unit,
        content.get("direction", 1),
        float(content.get("weight", 1)),
        method_of(content["normalisation"]) if "normalisation" in content else None,
        Error(**content["error"]) if "error" in content else None,
        content.get("parent"),
    )


def _study(path: Path, content: dict) -> Study:
    territories = content["territories"]
    population = territories.get("population")
    return Study(
        path=path,
        name=content["name"],
        crs=content["crs"],
        territories=TerritoriesSpec(
            territories["source"],
            territories["code"],
            territories.get("name"),
            None if population is None else _group("population", population),
            territories.get("changes"),
            bool(territories.get("dissolve", False)),
        ),
        sources={key: _source(key, value, path.parent) for key, value in content["sources"].items()},
        groups=tuple(_group(key, value) for key, value in content.get("groups", {}).items()),
        themes=tuple(
            Theme(theme["id"], name_of(theme.get("name"), theme["id"]), float(theme.get("weight", 1)))
            for theme in content.get("themes", [])
        ),
        indicators=tuple(_indicator(indicator) for indicator in content["indicators"]),
        scoring=scoring_of(content["scoring"]),
        targeting=targeting_of(content.get("targeting", {})),
        robustness=robustness_of(content.get("robustness", {})),
        nodes=tuple(node_of(node) for node in content.get("nodes", [])),
        fictitious=bool(content.get("fictitious", False)),
        date=str(content.get("date", "")),
        content=content,
    )

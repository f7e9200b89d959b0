"""What a study may ask for: each kind of measure with its unit, nature, source and parameters. Pure data.

The JSON Schema, the checks, the form of the desktop and the documentation all follow from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

AXES = ("innovation", "partnership", "data", "inclusion")
ROLES = ("stake", "success_factor", "activity")
DECLARED = "declared"


@dataclass(frozen=True)
class MeasureSpec:
    """What one kind of measure needs and gives.

    Parameters
    ----------
    source : {"polygons", "lines", "features", "places", "raster", "table", "register"}
        What the source must be; ``features`` are points, lines or polygons, or the rows of a keyed table; ``places``
        are points, lines or polygons alone.
    unit : str
        Unit of the value; ``declared`` where the indicator says it.
    nature : {"extensive", "intensive", "declared"}
        Whether values of parts add up; ``declared`` where the measure says it.
    columns : tuple of str
        Parameters that name a column of the source; all are mandatory.
    parameters : mapping
        Other parameters: name → JSON Schema.
    required : tuple of str
        Those of the other parameters that are mandatory.
    further_sources : tuple of str
        Those of the parameters that name another source.
    needs_population : bool
        Whether the value is per inhabitant.
    """

    source: str
    unit: str
    nature: str
    columns: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    further_sources: tuple[str, ...] = ()
    needs_population: bool = False


_TEXT = {"type": "string", "minLength": 1}
_BAND = {"band": {"type": "integer", "minimum": 1}}
_ZONAL = {**_BAND, "weights": _TEXT}
_NATURE = {"nature": {"enum": ["extensive", "intensive"]}}
_POPULATION = {"population": _TEXT, "inhabitants": _TEXT}
_LEVELS = {
    "levels": {
        "type": "object",
        "required": ["field", "order"],
        "additionalProperties": False,
        "properties": {
            "field": _TEXT,
            "order": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": ["string", "number"]}},
            "weights": {"type": "array", "minItems": 1, "items": {"type": "number", "minimum": 0}},
        },
    }
}
_OF = {
    "type": ["string", "object"],
    "if": {"type": "string"},
    "then": {"enum": ["area"]},
    "else": {
        "properties": {"raster": _TEXT, "buildings": _TEXT, "inhabitants": _TEXT},
        "minProperties": 1,
        "additionalProperties": False,
    },
}


def _zonal(
    unit: str = DECLARED, nature: str = "intensive", required: tuple[str, ...] = (), **parameters: Mapping
) -> MeasureSpec:
    return MeasureSpec(
        "raster",
        unit,
        nature,
        parameters={**_ZONAL, **parameters},
        required=required,
        further_sources=("weights",),
    )


MEASURES: dict[str, MeasureSpec] = {
    "coverage_share": MeasureSpec("polygons", "%", "intensive", parameters=_LEVELS),
    "coverage_area": MeasureSpec("polygons", "m²", "extensive", parameters=_LEVELS),
    "coverage_per_capita": MeasureSpec(
        "polygons", "m²/inhabitant", "intensive", parameters=_LEVELS, needs_population=True
    ),
    "line_length": MeasureSpec("lines", "m", "extensive"),
    "line_density": MeasureSpec("lines", "m/km²", "intensive"),
    "count": MeasureSpec("features", "number", "extensive"),
    "count_per_1000": MeasureSpec("features", "per 1 000 inhabitants", "intensive", needs_population=True),
    "sum": MeasureSpec("features", DECLARED, "extensive", ("field",)),
    "mean": MeasureSpec("features", DECLARED, "intensive", ("field",)),
    "distance_to_nearest": MeasureSpec(
        "places",
        "m",
        "intensive",
        parameters={"from": {"enum": ["centroid", "population"]}, **_POPULATION},
        further_sources=("population",),
    ),
    "share_within": MeasureSpec(
        "places",
        "%",
        "intensive",
        parameters={"distance_m": {"type": "number", "exclusiveMinimum": 0}, "of": _OF},
        required=("distance_m",),
        further_sources=("of",),
    ),
    "zonal_mean": _zonal(),
    "zonal_sum": _zonal(nature="extensive"),
    "zonal_min": _zonal(),
    "zonal_max": _zonal(),
    "zonal_std": _zonal(),
    "zonal_quantile": _zonal(required=("q",), q={"type": "number", "minimum": 0, "maximum": 1}),
    "share_above": _zonal("%", required=("threshold",), threshold={"type": "number"}),
    "majority": _zonal(),
    "population_exposed": MeasureSpec(
        "polygons",
        "inhabitants",
        "extensive",
        parameters=_POPULATION,
        required=("population",),
        further_sources=("population",),
    ),
    "share_exposed": MeasureSpec(
        "polygons",
        "%",
        "intensive",
        parameters=_POPULATION,
        required=("population",),
        further_sources=("population",),
    ),
    "interpolate": MeasureSpec(
        "polygons",
        DECLARED,
        DECLARED,
        ("field",),
        {**_NATURE, "on": _TEXT},
        required=("nature",),
        further_sources=("on",),
    ),
    "field": MeasureSpec("table", DECLARED, DECLARED, ("field",), _NATURE),
    "ratio": MeasureSpec("table", DECLARED, "intensive", ("numerator", "denominator")),
    "per_capita": MeasureSpec("table", DECLARED, "intensive", ("field",), needs_population=True),
    "change": MeasureSpec("table", DECLARED, DECLARED, ("field_from", "field_to"), _NATURE),
    "register_activity": MeasureSpec(
        "register",
        "projects",
        "extensive",
        parameters={
            "themes": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "since": {"type": "integer", "minimum": 1900, "maximum": 2200},
        },
    ),
}


def further_sources(spec: MeasureSpec, parameters: Mapping) -> list[tuple[tuple[str, ...], str]]:
    """Return the other sources that a measure's parameters name, each with the path of its key.

    Examples
    --------
    >>> further_sources(MEASURES["share_within"], {"distance_m": 300, "of": {"raster": "inhabitants"}})
    [(('of', 'raster'), 'inhabitants')]
    >>> further_sources(MEASURES["share_within"], {"distance_m": 300, "of": "area"})
    []
    """
    found: list[tuple[tuple[str, ...], str]] = []
    for name in spec.further_sources:
        value = parameters.get(name)
        if isinstance(value, Mapping):
            found += [((name, key), value[key]) for key in ("raster", "buildings") if key in value]
        elif value is not None and name != "of":
            found.append(((name,), value))
    return found

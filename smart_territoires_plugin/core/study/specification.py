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
    source : {"polygons", "features", "raster", "table", "register"}
        What the source must be; ``features`` are points, lines or polygons, or the rows of a keyed table.
    unit : str
        Unit of the value; ``declared`` where the indicator says it.
    nature : {"extensive", "intensive"}
        Whether values of parts add up.
    columns : tuple of str
        Parameters that name a column of the source; all are mandatory.
    parameters : mapping
        Other parameters: name → JSON Schema.
    needs_population : bool
        Whether the value is per inhabitant.
    """

    source: str
    unit: str
    nature: str
    columns: tuple[str, ...] = ()
    parameters: Mapping[str, Mapping] = field(default_factory=dict)
    needs_population: bool = False


MEASURES: dict[str, MeasureSpec] = {
    "coverage_share": MeasureSpec("polygons", "%", "intensive"),
    "coverage_area": MeasureSpec("polygons", "m²", "extensive"),
    "coverage_per_capita": MeasureSpec("polygons", "m²/inhabitant", "intensive", needs_population=True),
    "zonal_mean": MeasureSpec("raster", DECLARED, "intensive", parameters={"band": {"type": "integer", "minimum": 1}}),
    "count": MeasureSpec("features", "number", "extensive"),
    "count_per_1000": MeasureSpec("features", "per 1 000 inhabitants", "intensive", needs_population=True),
    "field": MeasureSpec("table", DECLARED, DECLARED, ("field",), {"nature": {"enum": ["extensive", "intensive"]}}),
    "ratio": MeasureSpec("table", DECLARED, "intensive", ("numerator", "denominator")),
    "per_capita": MeasureSpec("table", DECLARED, "intensive", ("field",), needs_population=True),
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

NORMALISATIONS = ("min_max", "z_score", "percentile_rank", "rank")
AGGREGATIONS = ("arithmetic_mean", "geometric_mean")
MISSING_RULES = ("error", "renormalise", "group_mean", "group_median")
OUTLIER_RULES = ("none",)

"""A column of a source as numbers, with what was rewritten or is none told of that source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.cells import Numbers, read_numbers
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.study import Source


def numbers_of(source: Source, field: str, column: pd.Series) -> tuple[Numbers, list[QualityRecord]]:
    """Return a column as numbers, and the records of what was rewritten, is missing or is no number.

    Parameters
    ----------
    source : Source
        Its options say how numbers are written, where detection is not wanted.
    field : str
        What the study calls the column.

    Raises
    ------
    SourceError
        If most of its filled cells are no numbers.
    """
    options = source.options
    # A thousands mark that the study names tells the decimal mark too.
    decimal = options.get("decimal") or {",": ".", ".": ","}.get(options.get("thousands", ""))
    found = read_numbers(column, decimal, tuple(options.get("missing", ())))
    wrong = np.flatnonzero(found.reasons == "not_a_number")
    filled = int((~np.isin(found.reasons, ("absent", "withheld"))).sum())
    examples = column.to_numpy(dtype=object)[wrong]
    if wrong.size > filled / 2:
        values = {"field": field, "examples": ", ".join(str(item) for item in examples[:3])}
        raise SourceError(Problem("table.not_numbers", f"{source.id} ({source.path.name})", values))
    quality = record(source.id, "not_a_number", "M", [f"{field}: {item}" for item in examples])
    endless = column.to_numpy(dtype=object)[found.reasons == "not_finite"]
    quality += record(source.id, "not_finite", "W", [f"{field}: {item}" for item in endless])
    for reason in ("withheld", "absent"):
        count = int((found.reasons == reason).sum())
        if count:
            quality.append(QualityRecord(source.id, f"value_{reason}", "M", count, field))
    if found.rewritten:
        quality.append(QualityRecord(source.id, "number_rewritten", "R", found.rewritten, field))
    return found, quality

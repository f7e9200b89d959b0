"""Values that were measured elsewhere: a table with a code and one column per indicator, in place of measuring."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.measurements import Measurements, Place, measure_study
from smart_territoires_plugin.core.measures.measured import measured
from smart_territoires_plugin.core.progress import Progress
from smart_territoires_plugin.core.sources.cells import read_numbers
from smart_territoires_plugin.core.sources.codes import normalise
from smart_territoires_plugin.core.sources.contents import content_hash
from smart_territoires_plugin.core.sources.fields import find_field
from smart_territoires_plugin.core.sources.quality import MAX_EXAMPLES, QualityRecord, record
from smart_territoires_plugin.core.sources.tables import read_table
from smart_territoires_plugin.core.store import Store
from smart_territoires_plugin.core.study import Source, Study


def given_measurements(
    study: Study, path: Path, store: Optional[Store], progress: Progress, place: Optional[Place] = None
) -> Measurements:
    """Read the indicators' values from a table; activity, which knows more than a number, is measured.

    Raises
    ------
    SourceError
        If the table lacks the code or an indicator, or has a code twice.
    """
    source = Source(Path(path).name, Path(path))
    frame = read_table(source).frame
    wanted = [indicator.id for indicator in study.indicators if indicator.role != "activity"]
    absent = [name for name in ("code", *wanted) if find_field(name, frame.columns) is None]
    if absent:
        raise SourceError(*(Problem("values.no_column", source.id, {"column": name}) for name in absent))
    digest = content_hash(source)
    activity = measure_study(replace(study, indicators=study.of_role("activity")), store, progress, place=place)
    codes, changed = normalise(frame[find_field("code", frame.columns)], activity.territories.code_length)
    _refuse_duplicates(source, codes)
    rows = {code: row for row, code in enumerate(codes)}
    known = activity.territories.codes
    order = np.array([rows.get(code, -1) for code in known])
    values = dict(activity.values)
    quality = [
        *record(source.id, "code_rewritten", "R", codes[changed]),
        *record(source.id, "rows_without_territory", "W", [code for code in codes if code not in set(known)]),
        *(QualityRecord(source.id, "territory_without_row", "W", 1, "", code) for code in known[order < 0]),
    ]
    for name in wanted:
        numbers = read_numbers(frame[find_field(name, frame.columns)], ".")
        found = np.where(order >= 0, np.append(numbers.values, np.nan)[order], np.nan)
        reasons = np.where(order >= 0, np.append(numbers.reasons, "")[order], "not_in_table").astype(object)
        values[name] = measured(found, reasons)
        wrong = codes[numbers.reasons == "not_a_number"]
        quality += record(source.id, "not_a_number", "M", [f"{name}: {code}" for code in wrong])
    return replace(
        activity,
        values={i.id: values[i.id] for i in study.indicators},
        quality=(*activity.quality, *quality),
        given={"path": source.path.name, "sha256": digest},
    )


def _refuse_duplicates(source: Source, codes: np.ndarray) -> None:
    doubled = [code for code, count in Counter(codes).items() if count > 1]
    if doubled:
        values = {"count": len(doubled), "examples": ", ".join(doubled[:MAX_EXAMPLES])}
        raise SourceError(Problem("values.duplicated_code", source.id, values))

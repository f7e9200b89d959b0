"""``manifest.json`` of a scored table: the framework, the hash of the table, versions and seed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from smart_territoires_plugin.core.results.manifest import drawn_record, method_record, versions

if TYPE_CHECKING:
    from smart_territoires_plugin.core.table_scoring import ScoredTable


def framework_manifest(
    made: ScoredTable, path: Path, lang: str, timings: Mapping[str, object], outputs: Mapping[str, Path]
) -> dict:
    """Return the content of the manifest.

    Parameters
    ----------
    path : Path
        Of the table.
    timings : mapping
        All that differs between two runs on the same table.
    outputs : mapping of name to Path
        The tables whose content the manifest vouches for.
    """
    framework, scores = made.framework, made.scores
    scoring = framework.scoring
    return {
        "framework": {
            "name": framework.name,
            "file": framework.path.name,
            "language": lang,
            "content": framework.content,
        },
        "table": {"path": Path(path).name, "sha256": made.table.sha256},
        "method": {
            name: method_record(getattr(scoring, name))
            for name in ("missing", "outliers", "normalisation", "weights", "aggregation", "min_availability")
        },
        "robustness": {name: drawn_record(asked) for name, asked in vars(framework.robustness).items()},
        "counts": {
            "territories": len(made.table.keys),
            "scored": int((~np.isnan(scores.root)).sum()),
            "indicators": len(framework.indicators),
            "left_out": int((~scores.prepared.usable).sum()),
            "imputed": int(scores.prepared.imputed.sum()),
            "treated": int(sum(treatment.changed.sum() for treatment in scores.prepared.treatments)),
        },
        "versions": versions(),
        "outputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for _, path in sorted(outputs.items())},
        "timings": dict(timings),
    }

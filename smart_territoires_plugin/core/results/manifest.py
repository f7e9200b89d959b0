"""``manifest.json``: the study, versions, hashes of sources, seeds and timings; all that a result depends on."""

from __future__ import annotations

import hashlib
import json
import platform
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.resources import version
from smart_territoires_plugin.core.study import Method

if TYPE_CHECKING:
    from smart_territoires_plugin.core.models.expected_activity import ExpectedActivity
    from smart_territoires_plugin.core.models.sobol import Indices
    from smart_territoires_plugin.core.pipeline import Outcome
    from smart_territoires_plugin.core.results.run_tables import RunTables
    from smart_territoires_plugin.core.targeting.called import Called

_LIBRARIES = (
    "numpy", "pandas", "scipy", "scikit-learn", "shapely", "geopandas", "pyogrio", "pyproj", "rasterio", "exactextract",
)  # fmt: skip


def versions() -> dict[str, str]:
    """Return the version of the product, of Python and of the libraries that results depend on."""
    return dict(_versions())


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    found = {"smart_territoires": version(), "python": platform.python_version()}
    for name in _LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def method_record(asked: object) -> object:
    """Return a method as a study writes it; what is none, as it is."""
    return {"method": asked.name, **asked.parameters} if isinstance(asked, Method) else asked


def drawn_record(asked: object) -> object:
    """Return what is drawn as a study writes it: a list for the alternatives of one step."""
    return [method_record(item) for item in asked] if isinstance(asked, tuple) else method_record(asked)


def sensitivity_record(found: Mapping[str, Indices]) -> dict:
    """Return Sobol' indices: by what is watched and group of choices, of first order and in total."""
    return {
        output: {
            group: {"first_order": float(f"{first:.6g}"), "total": float(f"{total:.6g}")}
            for group, first, total in zip(indices.groups, indices.first, indices.total, strict=True)
        }
        for output, indices in found.items()
    }


def manifest(
    outcome: Outcome,
    lang: str,
    timings: Mapping[str, object],
    outputs: Mapping[str, Path],
    tables: RunTables | None = None,
) -> dict:
    """Return the content of the manifest.

    Parameters
    ----------
    timings : mapping
        All that differs between two runs of the same study.
    outputs : mapping of file name to Path
        The tables whose content the manifest vouches for.
    tables : RunTables, optional
        What lists and theme thresholds are taken from.
    """
    study, targeting = outcome.study, outcome.targeting
    segments = Counter(str(code) for code in targeting.columns["segment"] if code)
    return {
        "study": {
            "name": study.name,
            "date": study.date,
            "fictitious": study.fictitious,
            "language": lang,
            "crs": study.crs,
            "shortlist": study.targeting.shortlist,
            "themes": [{"id": t.id, "name": vars(t.name), "weight": t.weight} for t in study.scored_themes],
            "axes": list(study.axes),
            "groups": [group.name for group in study.groups],
            "indicators": [
                {
                    "id": i.id,
                    "name": vars(i.name),
                    "role": i.role,
                    "theme": i.theme,
                    "axis": i.axis,
                    "unit": i.unit,
                    "direction": i.direction,
                    "weight": i.weight,
                    "source": i.measure.source,
                    "measure": i.measure.kind,
                }
                for i in study.indicators
            ],
            "sources": {
                name: {
                    "path": study.content["sources"][name]["path"],
                    "sha256": digest,
                    "status": study.sources[name].status,
                    "attribution": study.sources[name].attribution,
                    "licence": study.sources[name].licence,
                    "date": study.sources[name].date,
                }
                for name, digest in outcome.measurements.hashes.items()
            },
            **({"values": dict(outcome.measurements.given)} if outcome.measurements.given else {}),
            "content": study.content,
        },
        "method": {
            "missing": method_record(study.scoring.missing),
            "outliers": method_record(study.scoring.outliers),
            "weights": method_record(study.scoring.weights),
            "normalisation": method_record(study.scoring.normalisation),
            "aggregation": method_record(study.scoring.aggregation),
            "min_availability": study.scoring.min_availability,
            "readiness_threshold": _finite(targeting.readiness_threshold),
            "activity_threshold": _finite(targeting.activity_threshold),
            "dispersion": _finite(targeting.dispersion),
            "priority": vars(study.targeting.exponents),
            "activity_model": _model_record(targeting.model),
            **({"theme_thresholds": _finite_values(tables.theme_thresholds)} if tables else {}),
            **({"call_unit_thresholds": _unit_thresholds(outcome.called)} if outcome.called else {}),
        },
        "robustness": {name: drawn_record(asked) for name, asked in vars(study.robustness).items()},
        **({"sensitivity": sensitivity_record(outcome.sensitivity)} if outcome.sensitivity else {}),
        "notices": list(study.notices),
        "counts": {
            "territories": len(outcome.measurements.territories),
            "segments": dict(sorted(segments.items())),
            **({"lists": tables.found.counts} if tables else {}),
            **({"call_units": len(outcome.called.units)} if outcome.called else {}),
            "quality": dict(sorted(Counter(item.outcome for item in outcome.quality).items())),
        },
        "versions": versions(),
        "outputs": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(outputs.items())},
        "timings": dict(timings),
    }


def _model_record(model: ExpectedActivity) -> dict:
    """Return whether success factors tell what activity to expect, by how much, and what is lost without each."""
    verdict = model.verdict
    return {
        "used": verdict.used,
        "candidate": verdict.candidate,
        "gain": _finite(verdict.gain),
        "gain_se": _finite(verdict.gain_se),
        "n_groups": verdict.n_groups,
        "reason": verdict.reason,
        "importance": {name: [_finite(mean), _finite(spread)] for name, mean, spread in model.importance},
    }


def _unit_thresholds(called: Called) -> dict[str, float | None]:
    found = called.targeting
    return {"readiness": _finite(found.readiness_threshold), "activity": _finite(found.activity_threshold)}


def _finite_values(values: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _finite(value) for name, value in values.items()}


def _finite(value: float) -> float | None:
    return None if value != value or value in (float("inf"), float("-inf")) else float(f"{value:.12g}")


def write_manifest(content: dict, path: Path) -> None:
    """Write a manifest; the same content gives the same bytes."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")

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
    from smart_territoires_plugin.core.pipeline import Outcome

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


def _method(asked: object) -> object:
    return {"method": asked.name, **asked.parameters} if isinstance(asked, Method) else asked


def _drawn(asked: object) -> object:
    return [_method(item) for item in asked] if isinstance(asked, tuple) else _method(asked)


def manifest(outcome: Outcome, lang: str, timings: Mapping[str, object], outputs: Mapping[str, Path]) -> dict:
    """Return the content of the manifest.

    Parameters
    ----------
    timings : mapping
        All that differs between two runs of the same study.
    outputs : mapping of file name to Path
        The tables whose content the manifest vouches for.
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
            "missing": _method(study.scoring.missing),
            "normalisation": _method(study.scoring.normalisation),
            "aggregation": _method(study.scoring.aggregation),
            "min_availability": study.scoring.min_availability,
            "readiness_threshold": _finite(targeting.readiness_threshold),
            "activity_threshold": _finite(targeting.activity_threshold),
            "dispersion": _finite(targeting.dispersion),
        },
        "robustness": {name: _drawn(asked) for name, asked in vars(study.robustness).items()},
        "notices": list(study.notices),
        "counts": {
            "territories": len(outcome.measurements.territories),
            "segments": dict(sorted(segments.items())),
            "quality": dict(sorted(Counter(item.outcome for item in outcome.quality).items())),
        },
        "versions": versions(),
        "outputs": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(outputs.items())},
        "timings": dict(timings),
    }


def _finite(value: float) -> float | None:
    return None if value != value or value in (float("inf"), float("-inf")) else float(f"{value:.12g}")


def write_manifest(content: dict, path: Path) -> None:
    """Write a manifest; the same content gives the same bytes."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")

"""The study files that ask ours for what the peers are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bench.inputs.territories import CRS


def write_study(path: Path, territories: Path, sources: Mapping[str, Path], measures: Sequence[Mapping]) -> Path:
    """Write a study with one stake per measure.

    Parameters
    ----------
    sources : mapping of source id to path
    measures : sequence of mappings
        ``kind``, ``source`` and parameters, as in a study file.
    """
    indicators = [
        {
            "id": f"measure_{number}",
            "name": {"fr": f"Mesure {number}", "en": f"Measure {number}"},
            "role": "stake",
            "theme": "bench",
            "measure": dict(measure),
            "direction": 1,
        }
        for number, measure in enumerate(measures, start=1)
    ]
    content = {
        "version": 1,
        "name": "Bench",
        "fictitious": True,
        "crs": CRS,
        "territories": {"source": "territories", "code": "code", "name": "name", "population": "population"},
        "sources": {
            name: {"path": str(file.resolve())} for name, file in {"territories": territories, **sources}.items()
        },
        "themes": [{"id": "bench", "name": {"fr": "Essai", "en": "Bench"}}],
        "indicators": indicators,
        "scoring": {"missing": "renormalise"},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path

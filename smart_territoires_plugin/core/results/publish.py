"""All the files of a run, written into the staging folder in order."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.results import frames, geopackage
from smart_territoires_plugin.core.results.manifest import manifest, versions, write_manifest
from smart_territoires_plugin.core.results.methodology import write_methodology
from smart_territoires_plugin.core.results.publication import MANIFEST, STORE, publication
from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.scoring.state import save_state

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome
    from smart_territoires_plugin.core.progress import Progress

FILES = {
    "results": "results.gpkg",
    "territories": "territories.csv",
    "targets": "targets.csv",
    "call_units": "call_units.csv",
    "scoring": "scoring.npz",
    "methodology": "methodology.html",
    "manifest": MANIFEST,
}
# Not every run makes them.
OPTIONAL = (FILES["call_units"],)


def write_all(outcome: Outcome, staging: Path, lang: str, seconds: Mapping[str, float], progress: Progress) -> None:
    """Write every file of the results.

    Parameters
    ----------
    seconds : mapping of step to float
        How long each step took; kept in the manifest.
    """
    from smart_territoires_plugin.core.pipeline import flags_of

    study, territories = outcome.study, outcome.measurements.territories
    flags = flags_of(outcome)
    table = frames.territories_frame(outcome, flags)
    shortlist = study.targeting.shortlist
    write_csv(table, staging / FILES["territories"])
    write_csv(frames.targets_frame(table, shortlist), staging / FILES["targets"])
    units = frames.call_units_frame(outcome) if outcome.called else None
    if units is not None:
        write_csv(units, staging / FILES["call_units"])
    progress("results", 0.3)
    matrix = _matrix(outcome)
    save_state(staging / FILES["scoring"], territories.codes, matrix, outcome.scores, study, standing_of(outcome))
    quality = frames.quality_frame(outcome)
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    _write_layers(outcome, staging / FILES["results"], table, flags, quality, lang, now)
    if units is not None:
        shapes = outcome.called.units.geometries(territories.geometry)
        geopackage.write_layer(staging / FILES["results"], "call_units", units, shapes, "MultiPolygon", study.crs)
    progress("results", 0.8)
    write_methodology(outcome, staging / FILES["methodology"], lang)
    timings = {
        "finished": now,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "measured": list(outcome.measurements.computed),
    }
    tables = ("territories", "targets", *(["call_units"] if units is not None else []))
    outputs = {FILES[name]: staging / FILES[name] for name in tables}
    write_manifest(manifest(outcome, lang, timings, outputs), staging / FILES["manifest"])
    progress("results", 1.0)


def standing_of(outcome: Outcome) -> dict[str, np.ndarray]:
    """Return what targeting knows of every territory that no weight changes."""
    standing = outcome.targeting.standing
    return {
        "high_activity": standing.high,
        "unknown_activity": standing.unknown,
        "evidence": standing.evidence,
        "done": standing.done,
    }


def _matrix(outcome: Outcome) -> np.ndarray:
    columns = [outcome.measurements.values[i.id].values for i in outcome.scores.indicators]
    return np.column_stack(columns) if columns else np.empty((len(outcome.measurements.territories), 0))


def _write_layers(
    outcome: Outcome, path: Path, table: pd.DataFrame, flags: dict, quality: pd.DataFrame, lang: str, now: str
) -> None:
    study, geometry = outcome.study, outcome.measurements.territories.geometry
    shortlist = study.targeting.shortlist
    geopackage.write_layer(path, "territories", table, geometry, "MultiPolygon", study.crs)
    targets = frames.targets_frame(table, shortlist)
    place = pd.Series(np.arange(len(table)), index=table["code"])[targets["code"]].to_numpy(dtype=int)
    points = shapely.point_on_surface(geometry[place])
    geopackage.write_layer(path, "targets", targets, points, "Point", study.crs)
    peers, lines = frames.peers_frame(table, geometry, shortlist)
    geopackage.write_layer(path, "peers", peers, lines, "LineString", study.crs)
    geopackage.write_layer(path, "indicators", frames.indicators_frame(outcome, flags))
    geopackage.write_layer(path, "quality", quality)
    runs = pd.DataFrame([{"finished": now, "study": study.name, "notice": frames.notice(outcome, lang), **versions()}])
    geopackage.write_layer(path, "runs", runs)
    geopackage.write_styles(path, lang)


__all__ = ["FILES", "STORE", "publication", "write_all"]

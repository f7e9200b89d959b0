"""All the files of a run, written into the staging folder in order."""

from __future__ import annotations

import datetime
import hashlib
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
from smart_territoires_plugin.core.results.run_tables import RunTables, make_tables
from smart_territoires_plugin.core.results.tables import FLOAT_FORMAT, write_csv
from smart_territoires_plugin.core.results.unit_tables import LISTS
from smart_territoires_plugin.core.results.workbook import column_labels, write_workbook
from smart_territoires_plugin.core.scoring.state import save_state

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome
    from smart_territoires_plugin.core.progress import Progress
    from smart_territoires_plugin.core.store import Store
    from smart_territoires_plugin.core.targeting.target import Targeting

FILES = {
    "results": "results.gpkg",
    "territories": "territories.csv",
    "targets": "targets.csv",
    "workbook": "targets.xlsx",
    "lists": "lists.csv",
    "call_units": "call_units.csv",
    "scoring": "scoring.npz",
    "call_units_scoring": "call_units.npz",
    "methodology": "methodology.html",
    "manifest": MANIFEST,
}
# Not every run makes them.
OPTIONAL = (FILES["call_units"], FILES["call_units_scoring"])


def write_all(
    outcome: Outcome, staging: Path, lang: str, seconds: Mapping[str, float], progress: Progress, store: Store
) -> None:
    """Write every file of the results.

    Parameters
    ----------
    store : Store
        Where what takes long to write is kept until what it says changes.
    seconds : mapping of step to float
        How long each step took; kept in the manifest.
    """
    from smart_territoires_plugin.core.pipeline import flags_of

    study, territories = outcome.study, outcome.measurements.territories
    flags = flags_of(outcome)
    tables = make_tables(outcome, flags, lang)
    written = {"territories": tables.territories, "targets": tables.targets, "lists": tables.lists}
    if tables.call_units is not None:
        written["call_units"] = tables.call_units.units
    for name, table in written.items():
        write_csv(table, staging / FILES[name])
    _write_workbook(outcome, tables, staging / FILES["workbook"], lang, store)
    progress("results", 0.3)
    matrix = _matrix(outcome)
    save_state(
        staging / FILES["scoring"], territories.codes, matrix, outcome.scores, study, standing_of(outcome.targeting)
    )
    if called := outcome.called:
        values, standing = called.scores.completed, standing_of(called.targeting)
        save_state(staging / FILES["call_units_scoring"], called.units.codes, values, called.scores, study, standing)
    quality = frames.quality_frame(outcome)
    now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
    _write_layers(outcome, staging / FILES["results"], tables, flags, quality, lang, now)
    progress("results", 0.8)
    write_methodology(outcome, staging / FILES["methodology"], lang)
    timings = {
        "finished": now,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "measured": list(outcome.measurements.computed),
    }
    outputs = {FILES[name]: staging / FILES[name] for name in written}
    content = manifest(outcome, lang, timings, outputs, tables)
    write_manifest(content, staging / FILES["manifest"])
    progress("results", 1.0)


def standing_of(targeting: Targeting) -> dict[str, np.ndarray]:
    """Return what targeting knows of every territory that no weight changes."""
    standing = targeting.standing
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
    outcome: Outcome, path: Path, tables: RunTables, flags: dict, quality: pd.DataFrame, lang: str, now: str
) -> None:
    study, geometry = outcome.study, outcome.measurements.territories.geometry
    geopackage.write_layer(path, "territories", tables.territories, geometry, "MultiPolygon", study.crs)
    points = shapely.point_on_surface(geometry[tables.found.call_list])
    geopackage.write_layer(path, "targets", tables.targets, points, "Point", study.crs)
    geopackage.write_layer(path, "peers", tables.peers, tables.peer_lines, "LineString", study.crs)
    if tables.call_units is not None:
        units = tables.call_units
        geopackage.write_layer(path, "call_units", units.units, units.shapes, "MultiPolygon", study.crs)
    geopackage.write_layer(path, "lists", tables.lists)
    for name, table in tables.further.items():
        geopackage.write_layer(path, name, table)
    geopackage.write_layer(path, "indicators", frames.indicators_frame(outcome, flags))
    geopackage.write_layer(path, "quality", quality)
    runs = pd.DataFrame([{"finished": now, "study": study.name, "notice": frames.notice(outcome, lang), **versions()}])
    geopackage.write_layer(path, "runs", runs)
    geopackage.write_styles(path, lang)


def _write_workbook(outcome: Outcome, tables: RunTables, path: Path, lang: str, store: Store) -> None:
    """Write the workbook; the one of an earlier run where it says the same."""
    sheets = {"targets": tables.targets, "lists": tables.lists}
    if tables.call_units is not None:
        sheets.update({"call_units": tables.call_units.units, LISTS: tables.call_units.further[LISTS]})
    names = dict.fromkeys(name for frame in sheets.values() for name in frame.columns)
    themes = {theme.id: theme.name[lang] for theme in outcome.study.themes}
    labels, notice = column_labels(names, themes, lang), frames.notice(outcome, lang)
    # The tables that were just written hold what its sheets hold.
    written = [path.with_name(FILES[name]) for name in sheets if name in FILES]
    said = [hashlib.sha256(table.read_bytes()).hexdigest() for table in written]
    said += [
        frame.to_csv(index=False, float_format=FLOAT_FORMAT) for name, frame in sheets.items() if name not in FILES
    ]
    key = store.key_of(["workbook", list(sheets), said, labels, lang, notice])
    kept = store.recall_arrays(key)
    if kept is not None:
        path.write_bytes(kept["workbook"].tobytes())
        return
    write_workbook(path, sheets, labels, lang, notice)
    store.keep_arrays(key, {"workbook": np.frombuffer(path.read_bytes(), dtype=np.uint8)})


__all__ = ["FILES", "STORE", "publication", "write_all"]

"""The register of projects: how many are funded, running or done in each territory, and where nobody looked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.sources.codes import ARRONDISSEMENTS, normalise
from smart_territoires_plugin.core.sources.fields import resolve_fields
from smart_territoires_plugin.core.sources.files import locate
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import QualityRecord, record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.sources.vectors import layer_names, read_attributes
from smart_territoires_plugin.core.study import Measure

ACTIVE_STAGES = ("funded", "running", "done")
STAGES = ("idea", "candidate", *ACTIVE_STAGES, "stopped")
STATUSES = ("documented", "searched_none_found", "not_searched")
_CODE_SEPARATORS = r"[\s;,]+"


def register_activity(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the number of distinct projects that are funded, running or done in each territory (extensive).

    A project of several territories counts in each. Ideas and candidates are no activity. Where nobody searched and
    nothing is documented, the value is missing: nothing recorded is not zero.

    ``details`` holds ``status`` (survey status by territory) and ``theme:<id>`` (active projects by theme).
    """
    projects, quality = _projects(asked, territories, sources)
    codes = territories.codes
    position = {code: index for index, code in enumerate(codes)}
    totals = np.zeros(len(codes))
    documented = np.zeros(len(codes), dtype=bool)
    by_theme: dict[str, np.ndarray] = {}
    unknown: list[str] = []
    moved: list[str] = []
    for places, theme, active in zip(projects["places"], projects["theme"], projects["active"], strict=True):
        rows = set()
        for code in places:
            row, now = _row(code, position, sources)
            if row is None:
                unknown.append(code)
                continue
            rows.add(row)
            if now != code:
                moved.append(f"{code} → {now}")
        for row in rows:
            if active:
                documented[row] = True
                totals[row] += 1
                by_theme.setdefault(f"theme:{theme}", np.zeros(len(codes)))[row] += 1
    quality += record(asked.source, "unknown_code", "W", unknown)
    quality += record(asked.source, "code_carried", "R", moved)
    status, survey_quality = _survey(asked, territories, sources, documented)
    searched = status != "not_searched"
    values = np.where(searched, totals, np.nan)
    reasons = np.where(searched, "", "not_searched").astype(object)
    quality = [*quality, *survey_quality]
    return measured(values, reasons, details={"status": status, **by_theme}, quality=quality)


def _row(code: str, position: dict, sources: OpenedSources) -> tuple[int | None, str]:
    """Return the territory that a project's code means today, and the code that it has now."""
    for now in (code, ARRONDISSEMENTS.get(code, code), sources.successors.first_in(code, position)[0]):
        if now in position:
            return position[now], now
    return None, code


def _layer(asked: Measure, sources: OpenedSources, layer: str, wanted: tuple) -> tuple[pd.DataFrame, list]:
    source = sources.source(asked.source)
    located = locate(source)
    where = f"{asked.source} ({located.file.name})"
    layers = layer_names(located, where)
    if layer not in layers:
        raise SourceError(Problem("register.no_layer", where, {"layer": layer, "known": ", ".join(layers)}))
    condition = sources.filtered(asked.source, asked.where).where if layer == "projects" else None
    frame, decoded = read_attributes(replace(source, layer=layer, where=condition))
    actual, quality = resolve_fields(where, wanted, frame.columns)
    quality = [*decoded, *(replace(item, source=asked.source) for item in quality)]
    return pd.DataFrame({name: frame[column] for name, column in actual.items()}), quality


def _projects(asked: Measure, territories: Territories, sources: OpenedSources) -> tuple[pd.DataFrame, list]:
    wanted = ("title", "codes", "theme", "stage", "year")
    frame, quality = _layer(asked, sources, "projects", wanted)
    stage = frame["stage"].astype("string").fillna("").str.strip().str.lower()
    quality += record(asked.source, "unknown_stage", "W", stage[~stage.isin(STAGES)])
    theme = frame["theme"].astype("string").fillna("").str.strip()
    keep = np.ones(len(frame), dtype=bool)
    if "themes" in asked.parameters:
        keep &= theme.isin(asked.parameters["themes"]).to_numpy()
    if "since" in asked.parameters:
        year = pd.to_numeric(frame["year"], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        quality += record(asked.source, "no_year", "W", frame["title"][np.isnan(year)])
        keep &= year >= asked.parameters["since"]
    places = [
        list(normalise(pd.Series([part for part in texts if part]), territories.code_length)[0])
        for texts in frame["codes"].astype("string").fillna("").str.split(_CODE_SEPARATORS, regex=True)
    ]
    made = pd.DataFrame({"places": places, "theme": theme, "active": stage.isin(ACTIVE_STAGES).to_numpy()})
    return made[keep], quality


def _survey(
    asked: Measure, territories: Territories, sources: OpenedSources, documented: np.ndarray
) -> tuple[np.ndarray, list[QualityRecord]]:
    """Return what is known of each territory's activity: a project of its own speaks louder than the survey."""
    size = len(territories)
    exhaustive = sources.source(asked.source).survey == "exhaustive"
    status = np.full(size, "searched_none_found" if exhaustive else "not_searched", dtype=object)
    frame, quality = _layer(asked, sources, "survey", ("code", "status"))
    codes, _ = normalise(frame["code"], territories.code_length)
    said = frame["status"].astype("string").fillna("").str.strip().to_numpy(dtype=object)
    position = {code: index for index, code in enumerate(territories.codes)}
    wrong = []
    for code, value in zip(codes, said, strict=True):
        row, _ = _row(code, position, sources)
        if value not in STATUSES:
            wrong.append(f"{code}: {value}")
        elif row is not None:
            status[row] = value
    status[documented] = "documented"
    return status, [*quality, *record(asked.source, "unknown_status", "W", wrong)]

"""The register of projects: how many are funded, running or done in each territory, and where nobody looked."""

from __future__ import annotations

import numpy as np

from smart_territoires_plugin.core.measures.measured import Measured, measured
from smart_territoires_plugin.core.register.layout import STAGES
from smart_territoires_plugin.core.register.layout import SURVEY_STATUSES as STATUSES
from smart_territoires_plugin.core.register.projects import ACTIVE_STAGES, count_active
from smart_territoires_plugin.core.register.reading import register_of, survey_status
from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.quality import record
from smart_territoires_plugin.core.sources.territories import Territories
from smart_territoires_plugin.core.study import Measure


def register_activity(asked: Measure, territories: Territories, sources: OpenedSources) -> Measured:
    """Return the number of distinct projects that are funded, running or done in each territory (extensive).

    A project of several territories counts in each; one that an EPCI bears as a whole in none. Ideas and candidates
    are no activity. Where nobody searched and nothing is documented, the value is missing: nothing recorded is not
    zero.

    ``details`` holds ``status`` (survey status by territory), ``theme:<id>`` (active projects by theme), ``shared``
    and ``borne`` (parts of projects, which add up over any territories) and ``weighted`` (by stage and marks,
    descriptive only).
    """
    register = register_of(sources, asked.source, territories, asked.where)
    quality = list(register.quality)
    projects = register.projects
    if "themes" in asked.parameters:
        projects = tuple(item for item in projects if item.theme in asked.parameters["themes"])
    if "since" in asked.parameters:
        undated = [item.title for item in register.projects if np.isnan(item.year)]
        quality = [item for item in quality if item.check != "register_no_year"]
        quality += record(asked.source, "no_year", "W", undated)
        projects = tuple(item for item in projects if item.year >= asked.parameters["since"])
    counted = count_active(projects, len(territories))
    exhaustive = sources.source(asked.source).survey == "exhaustive"
    status = survey_status(register, counted.total > 0, exhaustive)
    searched = status != "not_searched"
    values = np.where(searched, counted.total, np.nan)
    reasons = np.where(searched, "", "not_searched").astype(object)
    details = {
        "status": status,
        "shared": counted.shared,
        "borne": counted.borne,
        "weighted": np.where(searched, counted.weighted, np.nan),
        **{f"theme:{theme}": found for theme, found in counted.by_theme.items()},
    }
    return measured(values, reasons, details=details, quality=quality)


__all__ = ["ACTIVE_STAGES", "STAGES", "STATUSES", "register_activity"]

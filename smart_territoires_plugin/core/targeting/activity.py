"""What is being done already: counts over all activity indicators, and where nobody looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.measures.measured import Measured
from smart_territoires_plugin.core.study import Study

DOCUMENTED, SEARCHED, NOT_SEARCHED = "documented", "searched_none_found", "not_searched"


@dataclass(frozen=True)
class Activity:
    """Recorded activity.

    Parameters
    ----------
    count : ndarray, shape (n_territories,)
        Projects; NaN where nobody searched.
    status : ndarray of str, shape (n_territories,)
        ``documented``, ``searched_none_found``, ``not_searched``; empty where the study has no activity.
    by_theme : mapping of theme id to ndarray
        Projects of each theme, where the register says it.
    shared : ndarray, shape (n_territories,), optional
        The same projects, one over *n* territories counted 1/*n* in each, so that they add up; ``count`` where a source
        does not say whose they are.
    borne : ndarray, shape (n_territories,), optional
        Projects that an EPCI bears itself, in equal parts over its territories.
    """

    count: np.ndarray
    status: np.ndarray
    by_theme: Mapping[str, np.ndarray]
    shared: Optional[np.ndarray] = None
    borne: Optional[np.ndarray] = None

    @property
    def adding_up(self) -> np.ndarray:
        """Projects of the territories' own that add up over any group of them, NaN where nobody searched."""
        return self.count if self.shared is None else np.where(np.isnan(self.count), np.nan, self.shared)


def gather(study: Study, measured: Mapping[str, Measured], size: int) -> Activity:
    """Put the activity indicators of a study together.

    A territory is documented if any source documents it; it was searched only if every source searched it.
    """
    indicators = study.of_role("activity")
    if not indicators:
        return Activity(np.full(size, np.nan), np.full(size, "", dtype=object), {})
    counts = np.zeros(size)
    documented = np.zeros(size, dtype=bool)
    searched = np.ones(size, dtype=bool)
    by_theme: dict[str, np.ndarray] = {}
    shared, borne = np.zeros(size), np.zeros(size)
    for indicator in indicators:
        found = measured[indicator.id]
        values = np.nan_to_num(found.values)
        counts += values
        shared += found.details.get("shared", values)
        borne += found.details.get("borne", 0.0)
        status = found.details.get("status")
        if status is None:
            exhaustive = study.sources[indicator.measure.source].survey == "exhaustive"
            documented |= values > 0
            searched &= (values > 0) | (exhaustive & ~np.isnan(found.values))
        else:
            documented |= status == DOCUMENTED
            searched &= status != NOT_SEARCHED
        for name, projects in found.details.items():
            if name.startswith("theme:"):
                theme = name.partition(":")[2]
                by_theme[theme] = by_theme.get(theme, np.zeros(size)) + projects
    status = np.where(documented, DOCUMENTED, np.where(searched, SEARCHED, NOT_SEARCHED)).astype(object)
    return Activity(np.where(status == NOT_SEARCHED, np.nan, counts), status, by_theme, shared, borne)

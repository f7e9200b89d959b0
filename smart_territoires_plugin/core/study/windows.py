"""Whether success factors are older than the projects that they would explain."""

from __future__ import annotations

import re

from smart_territoires_plugin.core.study.model import Study

_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


def factors_older(study: Study) -> dict[str, bool]:
    """Return which success factors are older than the activity window, by indicator id.

    A factor that came after the projects may be their effect. The window begins with the earliest ``since`` of the
    study's measures of activity; where none is said, or the source of a factor bears no date, nothing speaks against
    the factor.

    Returns
    -------
    dict of indicator id to bool
        True where the year of the factor's source is before the window, or unknown.
    """
    begins = [i.measure.parameters["since"] for i in study.of_role("activity") if "since" in i.measure.parameters]
    made = {}
    for indicator in study.of_role("success_factor"):
        years = [int(year) for year in _YEAR.findall(study.sources[indicator.measure.source].date)]
        made[indicator.id] = not begins or not years or max(years) < min(begins)
    return made

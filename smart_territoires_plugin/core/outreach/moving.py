"""The smallest change that would move a territory to another segment, in one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.models.expected_activity import PER_INHABITANTS
from smart_territoires_plugin.core.outreach.material import TERRITORIES, Material
from smart_territoires_plugin.core.results.explained_changes import HIGH, changes

# Twelve digits in the table leave this much doubt.
_AGREEMENT = 1e-6


def smallest_change(material: Material, code: str, lang: str) -> str:
    """Return what would suffice, alone, to move a territory up; '' where nothing is known that would.

    For a territory whose readiness is high, the projects that would make it a showcase; for the others, the least
    change of a success factor, as ``explain`` finds it. A call unit moves with its territories: nothing is said of it.
    """
    row = material.rows[code]
    if row["segment"] == "verify":
        return text("outreach.change.verify", lang)
    if row["segment"] == "engage":
        return _projects(material, row, lang)
    if row["segment"] in HIGH or not row["readiness"] or material.level != TERRITORIES:
        return ""
    title, *lines = changes(material.evidence(code), lang) or [""]
    return f"{title} {lines[0].strip()}." if lines else title


def _projects(material: Material, row: Mapping[str, str], lang: str) -> str:
    method = material.manifest["method"]
    limit = method["activity_threshold"]
    needed = projects_needed(row, list(material.rows.values()), limit, method["dispersion"])
    now = float(row["activity_count"] or "nan")
    # A part of a project over several territories is nothing to count further from.
    if needed is None or not now.is_integer() or needed <= now:
        return ""
    now = int(now)
    code = "outreach.change.project" if needed - now == 1 else "outreach.change.projects"
    values = {"more": needed - now, "before": now, "after": needed}
    shown = {name: number(value, lang) for name, value in values.items()}
    return text(code, lang, threshold=number(limit, lang, 1), segment=text("segment.showcase", lang), **shown)


def projects_needed(
    row: Mapping[str, str], rows: list[Mapping[str, str]], limit: float | None, dispersion: float | None
) -> int | None:
    """Return how many projects would lift a territory's shrunken rate above the threshold of activity.

    The published rate is ``r · 10 000 · (y + k) / (r · population + k)``, ``y`` projects, ``k`` the dispersion and
    ``r`` projects per inhabitant of the territories of its size (Clayton and Kaldor, 1987); ``r`` is had back from it.

    Parameters
    ----------
    row : mapping
        Of ``territories.csv``.
    rows : list of mapping
        All of them.
    limit : float or None
        Of the rate, per 10 000 inhabitants.
    dispersion : float or None

    Returns
    -------
    int or None
        None where activity is unknown, or where no other territory has the same ``r``: then the table's rates were not
        made in this way.

    Examples
    --------
    >>> row = {"activity_count": "2", "population": "10000", "activity": "1.5"}
    >>> other = {"activity_count": "1", "population": "30000", "activity": "0.5"}
    >>> projects_needed(row, [row, other], 2.0, 1.0)
    4
    """
    if limit is None or dispersion is None or dispersion <= 0 or limit < 0:
        return None
    own = _rate_of_size(row, dispersion)
    if own is None:
        return None
    rates = (_rate_of_size(item, dispersion) for item in rows)
    if sum(rate is not None and math.isclose(rate, own, rel_tol=_AGREEMENT) for rate in rates) < 2:
        return None
    mean = own * float(row["population"])
    needed = limit * (mean + dispersion) / (own * PER_INHABITANTS) - dispersion
    return max(math.floor(needed + 1e-9) + 1, 1)


def _rate_of_size(row: Mapping[str, str], dispersion: float) -> float | None:
    if not (row.get("activity") and row.get("activity_count") and row.get("population")):
        return None
    rate, seen, population = (float(row[name]) for name in ("activity", "activity_count", "population"))
    below = PER_INHABITANTS * (seen + dispersion) - rate * population
    return rate * dispersion / below if below > 0 and rate > 0 else None

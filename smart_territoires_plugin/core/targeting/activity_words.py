"""Sentences on expected activity: why its model is used or not, and what evidence means."""

from __future__ import annotations

import math

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.models.activity_selection import (
    LEAST_GROUPS,
    LEAST_PROJECTS,
    LEAST_TERRITORIES,
    Verdict,
)

_BOOSTING = "gradient_boosting"


def verdict_sentence(verdict: Verdict, lang: str) -> str:
    """Return why a model of success factors is used, or why not.

    Examples
    --------
    >>> verdict_sentence(Verdict(reason="no_counts"), "en")
    'Nothing is expected of any territory: nobody searched for projects.'
    """
    name = "gradient_boosting" if verdict.candidate == _BOOSTING else "poisson_regression"
    return text(
        f"activity.verdict.{verdict.reason}",
        lang,
        candidate=text(f"activity.candidate.{name}", lang),
        gain=number(verdict.gain, lang, 1),
        gain_se=number(verdict.gain_se, lang, 1),
        n_groups=number(verdict.n_groups, lang),
        least_groups=number(LEAST_GROUPS, lang),
        least_projects=number(LEAST_PROJECTS, lang),
        least_territories=number(LEAST_TERRITORIES, lang),
    )


def evidence_sentence(evidence: float, lang: str) -> str:
    """Return what evidence means; empty where there is none.

    Examples
    --------
    >>> evidence_sentence(95.4, "en")
    'of 100 territories like this one, 95 do more'
    """
    # 100 of 100 would be more than any model knows.
    return "" if math.isnan(evidence) else text("activity.evidence", lang, count=number(min(int(evidence), 99), lang))

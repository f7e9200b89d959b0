"""``check``: every problem of a study and its sources at once, and what a run would warn of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from smart_territoires_plugin.core.errors import Problem, SmartTerritoiresError
from smart_territoires_plugin.core.results.frames import check_wording
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.study import read_study

MAX_EXAMPLES = 5


def check_study(path: Path, lang: str = "en") -> list[Problem]:
    """Return every problem of a study: of its file, of its sources, and the warnings of a trial reading.

    Sources are measured on, since that alone shows that a run would go through; nothing is written.
    """
    from smart_territoires_plugin.core.pipeline import analyse, measure_study

    try:
        study = read_study(path)
        outcome = analyse(study, measure_study(study))
    except SmartTerritoiresError as error:
        return list(error.problems)
    return warnings_of(outcome.quality, lang)


def warnings_of(quality: Sequence[QualityRecord], lang: str, only_general: bool = False) -> list[Problem]:
    """Return the warnings among quality records, those about single territories gathered by check.

    Parameters
    ----------
    only_general : bool
        Leave out those that are about single territories; the quality layer has them all.
    """
    gathered: dict[tuple, list[QualityRecord]] = defaultdict(list)
    for item in quality:
        if item.outcome == "W" and not (only_general and item.code):
            gathered[(item.source, item.check)].append(item)
    made = []
    for (source, check), items in gathered.items():
        codes = [item.code or item.examples for item in items if item.code or item.examples]
        shown = ", ".join(codes[:MAX_EXAMPLES]) + (", …" if len(codes) > MAX_EXAMPLES else "")
        values = {
            "check": check_wording(check, lang),
            "count": sum(item.count for item in items),
            "examples": shown or "–",
        }
        made.append(Problem("quality.finding", source, values, "warning"))
    return made

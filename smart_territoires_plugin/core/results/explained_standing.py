"""A territory beside the others, in sentences: its ranks among all and in its groups, its strong and weak points."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.results.evidence import Evidence
from smart_territoires_plugin.core.scoring.profile import (
    Standing,
    nearest_alike,
    ranks_within,
    size_classes,
    standings,
    strengths,
    weaknesses,
)
from smart_territoires_plugin.core.targeting.peers import likeness

# Size classes of communes as INSEE publishes them, in inhabitants.
SIZE_LIMITS = (500, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
PEERS = 20
_SHOWN = 3
_FEWEST = 3


def standing(evidence: Evidence, lang: str) -> list[str]:
    """Return sentences on the ranks of a territory's readiness, and on its strong and weak points."""
    scores = _scores(evidence)
    lines = [text("explain.ranks", lang, ranks=text("explain.semicolon", lang).join(_ranks(evidence, lang)))]
    for among, where in _compared(evidence, lang):
        # Where many share a score it is strong only if the lowest of their ranks is, and weak only if the best is.
        strong = strengths(standings(scores, evidence.index, among, ties="min"), _SHOWN)
        weak = weaknesses(standings(scores, evidence.index, among, ties="max"), _SHOWN)
        for code, chosen in (("strong", strong), ("weak", weak)):
            if chosen:
                named = ", ".join(_named(evidence, item, lang) for item in chosen)
                lines.append(text(f"explain.{code}_points", lang, where=where, named=named))
    return lines


def _scores(evidence: Evidence) -> np.ndarray:
    """Return the scores of the success factors that were measured and count; missing for all others."""
    state = evidence.state
    counts = np.zeros(len(state["indicators"]), dtype=bool)
    counts[evidence.members] = True
    counts &= (state["weights"] > 0) & ~state["imputed"][evidence.index]
    return np.where(counts, state["normalised"], np.nan)


def _ranks(evidence: Evidence, lang: str) -> Iterator[str]:
    readiness, index = evidence.column("readiness"), evidence.index
    ranked = int((~np.isnan(readiness)).sum())
    rank = number(ranks_within(readiness)[index], lang, 0)
    yield text("explain.rank_of_all", lang, rank=rank, among=number(ranked, lang))
    for group in evidence.manifest["study"]["groups"]:
        names = evidence.texts(f"group_{group}")
        if names[index]:
            yield _rank_in(readiness, names, index, "explain.rank_in_group", lang, group=group, name=names[index])
    classes = size_classes(evidence.column("population"), SIZE_LIMITS)
    if classes[index] >= 0:
        yield _rank_in(readiness, classes, index, "explain.rank_in_size", lang, size=_size(int(classes[index]), lang))


def _rank_in(readiness: np.ndarray, strata: np.ndarray, index: int, code: str, lang: str, **values: str) -> str:
    rank = number(ranks_within(readiness, strata)[index], lang, 0)
    among = int((~np.isnan(readiness[strata == strata[index]])).sum())
    return text(code, lang, rank=rank, among=number(among, lang), **values)


def _size(place: int, lang: str) -> str:
    if place == 0:
        return text("explain.size_below", lang, most=number(SIZE_LIMITS[0], lang))
    if place == len(SIZE_LIMITS):
        return text("explain.size_above", lang, least=number(SIZE_LIMITS[-1], lang))
    least, most = number(SIZE_LIMITS[place - 1], lang), number(SIZE_LIMITS[place] - 1, lang)
    return text("explain.size_between", lang, least=least, most=most)


def _compared(evidence: Evidence, lang: str) -> Iterator[tuple[np.ndarray, str]]:
    """Give each set of territories that this one is held against, its first group among them, and how to name it."""
    state, index = evidence.state, evidence.index
    size = len(state["codes"])
    yield np.ones(size, dtype=bool), text("explain.against_all", lang)
    for group in evidence.manifest["study"]["groups"][:1]:
        names = evidence.texts(f"group_{group}")
        among = names == names[index]
        if names[index] and _FEWEST <= among.sum() < size:
            yield among, text("explain.against_group", lang, group=group, name=names[index])
    count = min(PEERS, (size - 1) // 2)
    if count >= _FEWEST:
        coordinates = likeness(state["normalised"][:, state["usable"]], evidence.column("population"))
        among = np.zeros(size, dtype=bool)
        among[nearest_alike(coordinates, index, count)] = True
        yield among, text("explain.against_peers", lang, count=number(count, lang))


def _named(evidence: Evidence, item: Standing, lang: str) -> str:
    name, value = evidence.indicator(item.column)["name"][lang], evidence.measured(item.column, lang)
    rank, among = number(item.rank, lang), number(item.among, lang)
    return text("explain.standing", lang, name=name, value=value, rank=rank, among=among)

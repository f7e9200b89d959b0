"""How far two coders agree on the axes of projects: Cohen's weighted kappa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smart_territoires_plugin.core.messages import number, text
from smart_territoires_plugin.core.register.layout import AXES
from smart_territoires_plugin.core.register.reading import Register


@dataclass(frozen=True)
class Agreement:
    """Agreement on one axis.

    Parameters
    ----------
    axis : str
    n : int
        Projects that both coded.
    kappa : float
        1 where they always agree, 0 where no more than by chance, negative below; NaN where it is not defined: both
        coded nothing in common, or gave one and the same mark to all.
    """

    axis: str
    n: int
    kappa: float


def weighted_kappa(
    first: Sequence[float], second: Sequence[float], levels: int = 4, weights: str = "quadratic"
) -> float:
    """Return Cohen's weighted kappa of two coders.

    Parameters
    ----------
    first, second : sequence of float, length n_items
        Marks 0, 1, … ``levels`` − 1; an item that either left out (NaN) does not count.
    levels : int
    weights : {"quadratic", "linear"}
        How much heavier a larger disagreement weighs.

    Returns
    -------
    float
        NaN where it is not defined: no item in common, or one and the same mark for all.

    Raises
    ------
    ValueError
        If a mark is no whole number from 0 to ``levels`` − 1.

    Notes
    -----
    J. Cohen, Weighted kappa (Psychological Bulletin 70, 1968); computed by scikit-learn.

    Examples
    --------
    >>> round(weighted_kappa([0, 1, 2, 3], [0, 1, 3, 3]), 4)
    0.9167
    """
    marks = np.array([first, second], dtype=float).reshape(2, -1)
    marks = marks[:, ~np.isnan(marks).any(axis=0)]
    if not np.isin(marks, np.arange(levels)).all():
        raise ValueError(f"marks are whole numbers from 0 to {levels - 1}")
    if np.unique(marks).size < 2:
        return float("nan")
    from sklearn.metrics import cohen_kappa_score

    whole = marks.astype(int)
    return float(cohen_kappa_score(whole[0], whole[1], labels=np.arange(levels), weights=weights))


def coder_agreement(register: Register, weights: str = "quadratic") -> tuple[Agreement, ...]:
    """Return the agreement of a register's two coders on each of the four axes."""
    found = []
    for place, axis in enumerate(AXES):
        pairs = [(item.first[place], item.second[place]) for item in register.projects]
        both = [pair for pair in pairs if not np.isnan(pair).any()]
        first, second = zip(*both, strict=True) if both else ((), ())
        found.append(Agreement(axis, len(both), weighted_kappa(first, second, weights=weights)))
    return tuple(found)


def agreement_sentence(agreement: Agreement, lang: str) -> str:
    """Return agreement on an axis as a sentence, without a verdict: whether it is enough is for the reader to say.

    Examples
    --------
    >>> agreement_sentence(Agreement("data", 43, 0.7228), "en")
    'Data: weighted kappa 0.72 over 43 projects that two people coded.'
    """
    values = {"axis": text(f"axis.{agreement.axis}", lang), "n": number(agreement.n, lang)}
    if np.isnan(agreement.kappa):
        return text("registers.agreement_undefined", lang, **values)
    return text("registers.agreement", lang, kappa=number(agreement.kappa, lang, 2), **values)

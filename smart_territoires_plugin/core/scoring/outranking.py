"""Scores by pairwise comparison of territories: how much, or how often, each one is preferred to the others.

Two territories are compared over the indicators that both have; where they have none in common, neither is preferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ScoringError
from smart_territoires_plugin.core.scoring.means import known_weight

# Margins of votes below this share of all weights are ties: 0.1 + 0.2 against 0.3 is none.
_TIE = 1e-12
# Five indicators make one byte: lost, tied or won, each is a digit to the base 3.
_IN_BYTE = 5
_BLOCK_ROWS, _BLOCK_COLUMNS = 128, 512
_DRAWS_AT_ONCE = 256
# Numbers that a block of pairs may hold at once when gaps are to be looked at pair by pair.
_BLOCK_NUMBERS = 1 << 20


def copeland(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return how many more territories each one beats than beat it, by weighted majority.

    Of two territories, one wins if the indicators in which it scores higher weigh more than those in which the other
    does. Only the order within each indicator counts.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
        Higher is better; NaN where missing.
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        50·(1 + (wins − losses)/(n − 1)), n being the territories that have a score: 0 (loses to all) to 100 (wins over
        all), a mean of 50; 50 where there is nothing to compare with.

    Notes
    -----
    Copeland (1951); OECD/JRC Handbook (2008), step 6, on non-compensatory aggregation. Compares every pair: the time
    grows with the square of the number of territories, the memory does not.

    Examples
    --------
    >>> copeland(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 1.0]]), np.array([1.0, 1.0])).tolist()
    [100.0, 50.0, 0.0]
    """
    weights = np.asarray(weights, dtype=float)
    draws = weights.reshape(scores.shape[1], -1)
    scored = known_weight(~np.isnan(scores), draws) > 0
    made = 50 * (1 + _sums_over_pairs(scores, draws, by_majority=True) / np.maximum(scored.sum(axis=0) - 1, 1))
    return np.where(scored, made, np.nan).reshape(len(scores), *weights.shape[1:])


def _sums_over_pairs(scores: np.ndarray, draws: np.ndarray, by_majority: bool) -> np.ndarray:
    """Return the sum of each territory's comparisons with all others, shape (n_territories, n_draws).

    A comparison is worth the margin of votes between the two: its sign by majority, else its share of their weight.
    """
    attack, defence = _places(scores)
    present = None if by_majority else _present_bytes(~np.isnan(scores))
    parts = [draws[:, first : first + _DRAWS_AT_ONCE] for first in range(0, draws.shape[1], _DRAWS_AT_ONCE)]
    return np.concatenate([_sums(attack, defence, present, part) for part in parts], axis=1)


def _places(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each score's place from the worst; a missing one beats none (``attack``), and none it (``defence``)."""
    small = np.uint16 if len(scores) < np.iinfo(np.uint16).max - 1 else np.uint32
    attack = np.zeros(scores.shape[::-1], dtype=small)
    defence = np.full(scores.shape[::-1], np.iinfo(small).max, dtype=small)
    for column in range(scores.shape[1]):
        known = ~np.isnan(scores[:, column])
        _, place = np.unique(scores[known, column], return_inverse=True)
        attack[column, known] = defence[column, known] = place + 1
    return attack, defence


def _present_bytes(known: np.ndarray) -> np.ndarray:
    """Return which of five indicators each territory has, as bits, shape (n_bytes, n_territories)."""
    bits = 1 << np.arange(known.shape[1]) % _IN_BYTE
    starts = np.arange(0, known.shape[1], _IN_BYTE)
    return np.add.reduceat(np.where(known, bits, 0), starts, axis=1).astype(np.uint8).T


def _sums(attack: np.ndarray, defence: np.ndarray, present: Optional[np.ndarray], draws: np.ndarray) -> np.ndarray:
    n = attack.shape[1]
    margins = _weight_tables(draws, np.array([-1.0, 0.0, 1.0]))
    shared = _weight_tables(draws, np.array([0.0, 1.0]))
    tie = _TIE * draws.sum(axis=0)
    sums = np.zeros((n, draws.shape[1]))
    # Each pair once: what a block of rows wins over a block of columns, the latter lose.
    for top in range(0, n, _BLOCK_ROWS):
        rows = slice(top, min(top + _BLOCK_ROWS, n))
        for left in range(top, n, _BLOCK_COLUMNS):
            columns = slice(left, min(left + _BLOCK_COLUMNS, n))
            votes = _vote_bytes(attack[:, rows], defence[:, rows], attack[:, columns], defence[:, columns])
            both = (
                []
                if present is None
                else [
                    (own[:, None] & other).astype(np.intp) for own, other in zip(present[:, rows], present[:, columns])
                ]
            )
            # Pairs of the rows among themselves stand in the block twice, once each way.
            twice = max(rows.stop - left, 0)
            for draw in range(draws.shape[1]):
                worth = _looked_up(margins[draw], votes)
                if present is None:
                    worth = (worth > tie[draw]).view(np.int8) - (worth < -tie[draw]).view(np.int8)
                else:
                    weight = _looked_up(shared[draw], both)
                    np.divide(worth, weight, out=worth, where=weight > 0)
                # Of signs, a block has fewer than a short integer can count.
                kind = np.int16 if present is None else np.float64
                sums[rows, draw] += worth.sum(axis=1, dtype=kind)
                sums[columns, draw][twice:] -= worth[:, twice:].sum(axis=0, dtype=kind)
    return sums


def _weight_tables(draws: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Return the weight that each byte stands for, shape (n_draws, n_bytes, n_digits**5), by what a digit is worth."""
    base = len(worth)
    digits = np.arange(base**_IN_BYTE)[:, None] // base ** np.arange(_IN_BYTE) % base
    n_bytes = -(-len(draws) // _IN_BYTE)
    padded = np.zeros((n_bytes * _IN_BYTE, draws.shape[1]))
    padded[: len(draws)] = draws
    return np.einsum("cv,bvd->dbc", worth[digits], padded.reshape(n_bytes, _IN_BYTE, -1))


def _looked_up(tables: np.ndarray, bytes_: list[np.ndarray]) -> np.ndarray:
    found = tables[0].take(bytes_[0])
    for table, further in zip(tables[1:], bytes_[1:]):
        found += table.take(further)
    return found


def _vote_bytes(attack: np.ndarray, defence: np.ndarray, attacked: np.ndarray, defended: np.ndarray) -> list:
    made = []
    for first in range(0, len(attack), _IN_BYTE):
        packed = np.zeros((attack.shape[1], attacked.shape[1]), dtype=np.uint8)
        for place in range(_IN_BYTE - 1, -1, -1):
            packed *= np.uint8(3)
            packed += np.uint8(1)
            if first + place < len(attack):
                packed += (attack[first + place][:, None] > defended[first + place]).view(np.uint8)
                packed -= (attacked[first + place] > defence[first + place][:, None]).view(np.uint8)
        # ``take`` is several times as fast by whole indices as by bytes.
        made.append(packed.astype(np.intp))
    return made


def promethee_ii(
    scores: np.ndarray,
    weights: np.ndarray,
    preference: str = "usual",
    indifference: float = 0.0,
    strict: Optional[float] = None,
) -> np.ndarray:
    """Return the net outranking flow: how much each territory is preferred to the others, less how much they are to it.

    Parameters
    ----------
    scores : ndarray, shape (n_territories, n_indicators)
        Higher is better; NaN where missing.
    weights : ndarray, shape (n_indicators,) or (n_indicators, n_draws)
    preference : {"usual", "v_shape", "linear"}
        What a difference d of scores is worth: 1 for any; d/strict up to 1; 0 up to ``indifference`` and then rising
        to 1 at ``strict``.
    indifference, strict : float
        In points of score; ``strict`` is the range of each indicator's scores where it is not given.

    Returns
    -------
    ndarray, shape (n_territories,) or (n_territories, n_draws)
        50·(1 + net flow): 0 to 100, a mean of 50; 50 where there is nothing to compare with.

    Raises
    ------
    ScoringError
        If ``indifference`` is not below a ``strict`` that is given.

    Notes
    -----
    Brans and Vincke (1985), Management Science 31. Without gaps it is had by sorting each indicator; with gaps every
    pair is compared.

    Examples
    --------
    >>> promethee_ii(np.array([[3.0, 3.0], [2.0, 1.0], [1.0, 1.0]]), np.array([3.0, 1.0])).tolist()
    [100.0, 43.75, 6.25]
    """
    if preference != "linear":
        indifference = 0.0
    if preference != "usual" and strict is not None and indifference >= strict:
        values = {"low": indifference, "high": strict}
        raise ScoringError(Problem("method.indifference_not_below", "scoring.aggregation", values))
    weights = np.asarray(weights, dtype=float)
    draws = weights.reshape(scores.shape[1], -1)
    known = ~np.isnan(scores)
    whole = known_weight(known, draws)
    scored = whole > 0
    bounds = [(0.0, 0.0)] * scores.shape[1]
    if preference != "usual":
        spread = np.nan_to_num(
            np.fmax.reduce(scores, axis=0, initial=np.nan) - np.fmin.reduce(scores, axis=0, initial=np.nan)
        )
        bounds = [(indifference, max(indifference, float(own)) if strict is None else strict) for own in spread]
    if known.all():
        flows = np.column_stack([_net_preference(scores[:, column], *bounds[column]) for column in range(len(draws))])
        net = np.einsum("ti,id->td", flows, draws)
        net = np.divide(net, whole, out=np.zeros(net.shape), where=scored)
    elif preference == "usual":
        net = _sums_over_pairs(scores, draws, by_majority=False)
    else:
        net = _net_preference_by_pairs(scores, draws, bounds)
    made = 50 * (1 + net / np.maximum(scored.sum(axis=0) - 1, 1))
    return np.where(scored, made, np.nan).reshape(len(scores), *weights.shape[1:])


def _net_preference(values: np.ndarray, indifference: float, strict: float) -> np.ndarray:
    """Return Σ P(x − y) − P(y − x) over all others y, by sorting: what is strictly beyond, then what is between."""
    ordered = np.sort(values)
    # Sums of what is far from 0 lose digits; where none is needed, differences are left as they are.
    centre = ordered.sum() / max(len(ordered), 1) if strict > indifference else 0.0
    values, ordered = values - centre, ordered - centre
    running = np.concatenate([[0.0], np.cumsum(ordered)])
    net = np.zeros(len(values))
    for sign in (1, -1):
        # ``sign`` −1 looks at the others that are higher: the same by turning the axis.
        own, others, sums = (
            (values, ordered, running)
            if sign > 0
            else (-values, -ordered[::-1], np.concatenate([[0.0], np.cumsum(-ordered[::-1])]))
        )
        beyond = np.searchsorted(others, own - strict, side="left")
        preferred = beyond.astype(float)
        if strict > indifference:
            between = np.searchsorted(others, own - indifference, side="left")
            counted = (between - beyond) * (own - indifference) - (sums[between] - sums[beyond])
            preferred += counted / (strict - indifference)
        net += sign * preferred
    return net


def _net_preference_by_pairs(scores: np.ndarray, draws: np.ndarray, bounds: list) -> np.ndarray:
    net = np.zeros((len(scores), draws.shape[1]))
    for rows in _row_blocks(*scores.shape):
        preferred, both = [], []
        for column, (indifference, strict) in enumerate(bounds):
            differences = scores[rows, column][:, None] - scores[:, column]
            there = ~np.isnan(differences)
            differences[~there] = 0.0
            preferred.append(np.sign(differences) * _preference(np.abs(differences), indifference, strict))
            both.append(there)
        for draw in range(draws.shape[1]):
            above, below = np.zeros(both[0].shape), np.zeros(both[0].shape)
            for weight, own, there in zip(draws[:, draw], preferred, both):
                above += weight * own
                below += weight * there
            np.divide(above, below, out=above, where=below > 0)
            net[rows, draw] = above.sum(axis=1)
    return net


def _preference(differences: np.ndarray, indifference: float, strict: float) -> np.ndarray:
    if strict <= indifference:  # the range of an indicator that is the same everywhere
        return np.zeros(differences.shape)
    return np.clip((differences - indifference) / (strict - indifference), 0.0, 1.0)


def _row_blocks(n_rows: int, n_columns: int) -> Iterator[slice]:
    size = max(1, _BLOCK_NUMBERS // max(1, n_rows * n_columns))
    for first in range(0, n_rows, size):
        yield slice(first, min(first + size, n_rows))

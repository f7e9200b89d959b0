"""Worlds whose truth is drawn from what a study declares: true weights and values, and the ranks that they give.

Plain Python on purpose: nothing of the product is imported, so that a fault of the one is not repeated by the other.
"""

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class World:
    """What is observed and declared, and the truth behind it.

    ``groups`` has for each group the columns of its indicators; ``weights`` and ``node_weights`` are those declared,
    of the indicators within their group and of the groups within the index.
    """

    values: list
    directions: list
    groups: list
    weights: list
    node_weights: list
    errors: list
    true_ranks: list


def rescaled(column, direction):
    """1 for the worst and 100 for the best of a column."""
    least, most = min(column), max(column)
    return [
        1 + 99 * ((value - least) / (most - least) if direction > 0 else (most - value) / (most - least))
        for value in column
    ]


def ranks_of(values, directions, groups, weights, node_weights):
    """1 for the best weighted mean of the groups' weighted means."""
    columns = [rescaled(list(column), direction) for column, direction in zip(zip(*values), directions)]
    scores = []
    for row in range(len(values)):
        means = [
            sum(weights[column] * columns[column][row] for column in group) / sum(weights[column] for column in group)
            for group in groups
        ]
        scores.append(sum(w * mean for w, mean in zip(node_weights, means)) / sum(node_weights))
    return [1 + sum(other > score for other in scores) for score in scores]


def within_share(chance, weights, share):
    """Weights drawn evenly within a share of those declared."""
    return [weight * chance.uniform(1 - share, 1 + share) for weight in weights]


def dirichlet(chance, weights, concentration):
    """Weights around those declared, by gamma variables that are divided by their sum."""
    whole = sum(weights)
    drawn = [chance.gammavariate(concentration * weight / whole, 1) for weight in weights]
    return [whole * one / sum(drawn) for one in drawn]


def make_world(seed, size=40, group_sizes=(3, 2, 2), share=None, concentration=None, error_share=0.0, error_value=0.0):
    """Draw a world: the truth lies around what is observed as the study declares it."""
    chance = random.Random(seed)
    groups, start = [], 0
    for count in group_sizes:
        groups.append(list(range(start, start + count)))
        start += count
    directions = [chance.choice((1, 1, -1)) for _ in range(start)]
    values = [[math.exp(chance.gauss(2, 0.5)) for _ in range(start)] for _ in range(size)]
    weights = [chance.uniform(0.5, 2) for _ in range(start)]
    node_weights = [chance.uniform(0.5, 2) for _ in groups]
    if concentration is None:
        true_weights = within_share(chance, weights, share or 0.0)
        true_nodes = within_share(chance, node_weights, share or 0.0)
    else:
        true_weights = list(weights)
        for group in groups:
            for column, weight in zip(group, dirichlet(chance, [weights[i] for i in group], concentration)):
                true_weights[column] = weight
        true_nodes = dirichlet(chance, node_weights, concentration)
    # The first indicators have an error as a share of their value, the last one in its own unit.
    errors = [(error_share, 0.0)] * (start - 1) + [(0.0, error_value)]
    true_values = [
        [
            value + chance.gauss(0, 1) * (share_of * abs(value) + own_unit)
            for value, (share_of, own_unit) in zip(row, errors)
        ]
        for row in values
    ]
    true_ranks = ranks_of(true_values, directions, groups, true_weights, true_nodes)
    return World(values, directions, groups, weights, node_weights, errors, true_ranks)

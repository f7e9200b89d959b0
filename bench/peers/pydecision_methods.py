"""pyDecision, as its documentation calls it: a data set, weights and kinds of criteria in; no graph, nothing printed.

https://github.com/Valdecy/pyDecision
"""

import sys

from bench.inputs.scores import read_table
from bench.peers.answering import answer, played
from bench.peers.repeating import repeated


def play(method: str, path: str, out: str) -> None:
    """Answer with the scores or the weights of a method."""
    from importlib.metadata import version

    from pyDecision import algorithm

    table = read_table(path)
    values, weights = table["values"], table["weights"]
    kinds, quiet = ["max"] * len(weights), {"graph": False, "verbose": False}
    nothing, usual = [0.0] * len(weights), ["t1"] * len(weights)

    def vikor():
        ranked = algorithm.vikor_method(values, weights, kinds, **quiet)[2]
        return ranked[ranked[:, 0].argsort(), 1]

    def promethee_ii():
        return algorithm.promethee_ii(values, weights, nothing, nothing, nothing, usual, sort=False, **quiet)[:, 1]

    calls = {
        "topsis": lambda: algorithm.topsis_method(values, weights, kinds, **quiet),
        "vikor": vikor,
        "promethee_ii": promethee_ii,
        "critic": lambda: algorithm.critic_method(values, kinds),
        "entropy": lambda: algorithm.entropy_method(values, kinds),
        "ahp": lambda: algorithm.ahp_method(table["comparisons"], wd="max_eigen")[0],
    }
    found, clock = repeated(lambda _: calls[method]())
    answer(out, clock, range(len(found)), found, {"pydecision": version("pydecision")})


if __name__ == "__main__":
    sys.exit(played(play))

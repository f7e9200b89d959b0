"""pymcdm, as its documentation calls it: a matrix, weights and types in; preferences or weights out.

https://pymcdm.readthedocs.io/
"""

import sys

from bench.inputs.scores import read_table
from bench.peers.answering import answer, played
from bench.peers.repeating import repeated


def play(method: str, path: str, out: str) -> None:
    """Answer with the scores or the weights of a method."""
    from importlib.metadata import version

    import numpy as np
    from pymcdm import weights as weighting
    from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR
    from pymcdm.normalizations import vector_normalization
    from pymcdm.weights.subjective import AHP

    table = read_table(path)
    values, weights = table["values"], table["weights"]
    types = np.ones(len(weights))
    calls = {
        "topsis": lambda: TOPSIS(vector_normalization)(values, weights, types),
        "vikor": lambda: VIKOR()(values, weights, types),
        "promethee_ii": lambda: PROMETHEE_II("usual")(values, weights, types),
        "critic": lambda: weighting.critic_weights(values),
        "entropy": lambda: weighting.entropy_weights(values),
        "ahp": lambda: AHP(matrix=table["comparisons"])(),
    }
    found, clock = repeated(lambda _: calls[method]())
    answer(out, clock, range(len(found)), found, {"pymcdm": version("pymcdm")})


if __name__ == "__main__":
    sys.exit(played(play))

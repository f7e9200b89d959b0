"""scikit-criteria, as its documentation calls it: a decision matrix into a pipeline or a transformer.

https://scikit-criteria.quatrope.org/
"""

import sys

from bench.inputs.scores import read_table
from bench.peers.answering import answer, played
from bench.peers.repeating import repeated


def play(method: str, path: str, out: str) -> None:
    """Answer with the scores or the weights of a method."""
    from importlib.metadata import version

    import skcriteria
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.agg.vikor import VIKOR
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import VectorScaler
    from skcriteria.preprocessing.weighters import CRITIC, EntropyWeighter

    table = read_table(path)
    values, weights = table["values"], table["weights"]
    objectives = [max] * len(weights)

    def matrix():
        return skcriteria.mkdm(values, objectives, weights=weights)

    calls = {
        "topsis": lambda: mkpipe(VectorScaler(target="matrix"), TOPSIS()).evaluate(matrix()).e_.similarity,
        "vikor": lambda: VIKOR().evaluate(matrix()).e_.q_k,
        "critic": lambda: CRITIC().transform(matrix()).weights.to_numpy(),
        "entropy": lambda: EntropyWeighter().transform(matrix()).weights.to_numpy(),
    }
    found, clock = repeated(lambda _: calls[method]())
    answer(out, clock, range(len(found)), found, {"scikit-criteria": version("scikit-criteria")})


if __name__ == "__main__":
    sys.exit(played(play))

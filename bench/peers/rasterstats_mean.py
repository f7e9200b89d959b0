"""rasterstats: ``zonal_stats`` of the paths of a layer and a raster; a cell belongs to the zone that holds its centre.

https://pythonhosted.org/rasterstats/manual.html
"""

import sys

from bench.peers.answering import Clock, answer, played


def play(territories: str, raster: str, out: str) -> None:
    """Answer with the mean of the raster over each territory."""
    import rasterstats

    clock = Clock()
    found = rasterstats.zonal_stats(territories, raster, stats=["mean"])
    clock.mark("done")
    import pyogrio

    codes = pyogrio.read_dataframe(territories, columns=["code"], read_geometry=False)["code"]
    answer(out, clock, codes, [row["mean"] for row in found], {"rasterstats": rasterstats.__version__})


if __name__ == "__main__":
    sys.exit(played(play))

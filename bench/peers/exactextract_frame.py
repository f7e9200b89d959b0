"""exactextract, as its users call it: a GeoDataFrame and paths of rasters in, a data frame out.

https://isciences.github.io/exactextract/
"""

import sys

from bench.peers.answering import Clock, answer, played


def play(territories: str, raster: str, out: str, strategy: str, weights: str | None = None) -> None:
    """Answer with the mean of the raster over each territory, weighted where a raster of weights is given."""
    import exactextract
    import geopandas

    clock = Clock()
    zones = geopandas.read_file(territories)
    clock.mark("read")
    operation = "weighted_mean" if weights else "mean"
    found = exactextract.exact_extract(
        raster, zones, [operation], weights=weights, include_cols=["code"], strategy=strategy, output="pandas"
    )
    clock.mark("done")
    versions = {"exactextract": exactextract.__version__, "geopandas": geopandas.__version__}
    answer(out, clock, found["code"], found[operation], versions)


if __name__ == "__main__":
    sys.exit(played(play))

"""geopandas: ``overlay`` of territories and polygons, dissolved by territory so that no place counts twice.

https://geopandas.org/en/stable/docs/user_guide/set_operations.html
"""

import sys

from bench.peers.answering import Clock, answer, played


def play(territories: str, polygons: str, out: str, method: str = "unary") -> None:
    """Answer with the covered area of each territory, in m²; ``method`` is that of ``dissolve``."""
    import geopandas
    import shapely

    clock = Clock()
    zones = geopandas.read_file(territories)
    covering = geopandas.read_file(polygons)
    clock.mark("read")
    pieces = geopandas.overlay(zones[["code", "geometry"]], covering[["geometry"]], how="intersection")
    covered = pieces.dissolve(by="code", method=method)
    areas_m2 = covered.area.reindex(zones["code"], fill_value=0.0)
    clock.mark("done")
    versions = {"geopandas": geopandas.__version__, "shapely": shapely.__version__, "GEOS": shapely.geos_version_string}
    answer(out, clock, areas_m2.index, areas_m2, versions)


if __name__ == "__main__":
    sys.exit(played(play))

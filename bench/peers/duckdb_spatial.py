"""DuckDB with its spatial extension: spatial join, intersection, union per territory.

https://duckdb.org/docs/stable/core_extensions/spatial/functions
The extension comes from PyPI (``duckdb-extension-spatial``), for DuckDB's own place for extensions needs the network;
it is the signed file of the DuckDB project, and ``LOAD`` checks that.
"""

import sys
from pathlib import Path

from bench.peers.answering import Clock, answer, played

COVERED = """
    SELECT code, ST_Area(ST_Union_Agg(piece)) AS area_m2
    FROM (
        SELECT zones.code, ST_Intersection(zones.geom, covering.geom) AS piece
        FROM zones JOIN covering ON ST_Intersects(zones.geom, covering.geom)
    )
    GROUP BY code
"""


def play(territories: str, polygons: str, out: str) -> None:
    """Answer with the covered area of each territory, in m²."""
    import duckdb
    import duckdb_extension_spatial

    folder = Path(duckdb_extension_spatial.__file__).parent / "extensions"
    extension = next(folder.glob(f"v{duckdb.__version__}/spatial.duckdb_extension"))
    clock = Clock()
    connection = duckdb.connect()
    connection.execute(f"LOAD '{extension}'")
    connection.execute(f"CREATE TABLE zones AS SELECT code, geom FROM ST_Read('{territories}')")
    connection.execute(f"CREATE TABLE covering AS SELECT geom FROM ST_Read('{polygons}')")
    clock.mark("read")
    covered = dict(connection.execute(COVERED).fetchall())
    codes = [code for (code,) in connection.execute("SELECT code FROM zones").fetchall()]
    clock.mark("done")
    answer(out, clock, codes, [covered.get(code, 0.0) for code in codes], {"DuckDB": duckdb.__version__})


if __name__ == "__main__":
    sys.exit(played(play))

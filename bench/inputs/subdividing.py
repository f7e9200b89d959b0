"""The repaired polygons cut into small pieces by QGIS, as its users do with huge ones; runs on QGIS's Python."""

import sys

from bench.peers.qgis_session import processing_session


def main(argv: list) -> int:
    """Write the layer of one GeoPackage, subdivided, into another."""
    source, target, most_vertices = argv
    with processing_session() as processing:
        asked = {"INPUT": f"{source}|layername=polygons", "MAX_NODES": int(most_vertices), "OUTPUT": "TEMPORARY_OUTPUT"}
        pieces = processing.run("native:subdivide", asked)["OUTPUT"]
        # It leaves the pieces of a feature in one multipolygon, which is not valid, for they share edges.
        parts = {"INPUT": pieces, "OUTPUT": f"ogr:dbname='{target}' table=\"polygons\" (geom)"}
        processing.run("native:multiparttosingleparts", parts)
        del pieces, parts
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The repaired polygons cut into small pieces by QGIS, as its manual advises for huge ones; runs on QGIS's Python."""

import sys


def main(argv: list) -> int:
    """Write the layer of one GeoPackage, subdivided, into another."""
    from qgis.core import QgsApplication

    source, target, most_vertices = argv
    application = QgsApplication([], False)
    application.initQgis()
    try:
        from bench.peers.qgis_session import processing_ready

        processing = processing_ready()
        asked = {"INPUT": f"{source}|layername=polygons", "MAX_NODES": int(most_vertices), "OUTPUT": "TEMPORARY_OUTPUT"}
        pieces = processing.run("native:subdivide", asked)["OUTPUT"]
        # It leaves the pieces of a feature in one multipolygon, which is not valid, for they share edges.
        whole = f"ogr:dbname='{target}' table=\"polygons\" (geom)"
        processing.run("native:multiparttosingleparts", {"INPUT": pieces, "OUTPUT": whole})
    finally:
        application.exitQgis()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

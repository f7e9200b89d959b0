"""Ours: a study file measured by the product's own way, from reading the raw files to the numbers."""

import sys
from pathlib import Path

from bench.peers.answering import Clock, answer, played


def play(study: str, store: str, workers: str, out: str) -> None:
    """Answer with the first indicator of a study; ``store`` is the folder of what earlier runs kept."""
    import geopandas
    import shapely

    from smart_territoires_plugin.core.pipeline import measure_study
    from smart_territoires_plugin.core.store import Store
    from smart_territoires_plugin.core.study import read_study

    clock = Clock()
    asked = read_study(Path(study))
    found = measure_study(asked, Store(Path(store)), workers=int(workers))
    clock.mark("done")
    values = found.values[asked.indicators[-1].id].values
    versions = {"geopandas": geopandas.__version__, "shapely": shapely.__version__, "GEOS": shapely.geos_version_string}
    answer(out, clock, found.territories.codes, values, {**versions, "computed": " ".join(found.computed)})


if __name__ == "__main__":
    sys.exit(played(play))

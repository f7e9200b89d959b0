"""``measure``: the indicators of a study on its territories, as one layer, without scoring."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import pandas as pd

from smart_territoires_plugin.core.measurements import Measurements, Place, measure_study
from smart_territoires_plugin.core.progress import Progress
from smart_territoires_plugin.core.results.geopackage import write_layer
from smart_territoires_plugin.core.results.publication import STORE, publication
from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.sources.quality import COLUMNS
from smart_territoires_plugin.core.store import Store
from smart_territoires_plugin.core.study import Study

FILES = {"territories": "territories.gpkg", "quality": "quality.csv"}


def measure_to_folder(
    study: Study, folder: Path, progress: Optional[Progress] = None, place: Optional[Place] = None
) -> Measurements:
    """Measure every indicator of a study and write one layer with a column for each.

    Parameters
    ----------
    folder : Path
        Gets ``territories.gpkg`` and ``quality.csv``, whole or not at all.
    """
    progress = progress or Progress()
    with publication(folder) as staging:
        store = Store(Path(folder) / STORE)
        store.begin()
        found = measure_study(study, store, progress, place=place)
        territories = found.territories
        columns = {"code": territories.codes, "name": territories.names, "population": territories.population}
        columns.update({f"group_{group.name}": territories.groups[group.name] for group in study.groups})
        columns.update({name: measured.values for name, measured in found.values.items()})
        progress("results")
        frame = pd.DataFrame(columns)
        write_layer(
            staging / FILES["territories"], "territories", frame, territories.geometry, "MultiPolygon", study.crs
        )
        quality = [*found.quality]
        write_csv(pd.DataFrame([vars(item) for item in quality], columns=list(COLUMNS)), staging / FILES["quality"])
        store.end(computed=bool(found.computed))
        progress("results", 1.0)
    return found

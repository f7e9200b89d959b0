"""Planning documents: one plan for a whole EPCI, one for a commune, or none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np

from .terrain import CRS
from .territories import FICTITIOUS, Territories
from .traits import Traits


def make_planning_documents(territories: Territories, traits: Traits, rng: np.random.Generator) -> gpd.GeoDataFrame:
    """Draw the perimeters of planning documents.

    Returns
    -------
    GeoDataFrame of polygons with `partition` (DU_ and the code of the commune or EPCI), `du_type` (PLUi, PLU, CC)
    and `datappro` (day of approval, text YYYYMMDD).
    """
    rows = []
    for siren, members in territories.communes.groupby("siren_epci", sort=True):
        ease = traits.partnership[members.index].mean() + 0.5 * rng.standard_normal()
        if ease > 0.4:
            rows.append((f"DU_{siren}", "PLUi", _day(rng, 2017, 2025), members.geometry.union_all()))
            continue
        for row in members.itertuples():
            draw = rng.random() - 0.08 * traits.data[row.Index]
            if draw < 0.5:
                rows.append((f"DU_{row.code_insee}", "PLU", _day(rng, 2004, 2025), row.geometry))
            elif draw < 0.75:
                rows.append((f"DU_{row.code_insee}", "CC", _day(rng, 2003, 2019), row.geometry))
    frame = gpd.GeoDataFrame(
        rows, columns=["partition", "du_type", "datappro", "geometry"], geometry="geometry", crs=CRS
    )
    frame.insert(3, "mention", FICTITIOUS)
    return frame


def _day(rng: np.random.Generator, first_year: int, last_year: int) -> str:
    """A working day, as the planning portal writes it."""
    return f"{rng.integers(first_year, last_year + 1)}{rng.integers(1, 13):02d}{rng.integers(1, 29):02d}"

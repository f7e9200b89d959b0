"""What is timed on: layers of the fictitious region, read and repaired before any clock starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas
import shapely

from smart_territoires_plugin.core.demo.region import write_region

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench" / "region"


@dataclass(frozen=True)
class Region:
    """Territories and polygons in one projected system, and the path of a raster with its cell size in metres."""

    territories: geopandas.GeoDataFrame
    polygons: geopandas.GeoDataFrame
    raster: Path


def prepare() -> None:
    """Write the region anew, from its seed."""
    write_region(FOLDER, seed=1)


def _repaired(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    valid = shapely.make_valid(frame.geometry.values, method="structure", keep_collapsed=False)
    return geopandas.GeoDataFrame({"row": range(len(frame))}, geometry=valid, crs=frame.crs)


def load(polygons: str = "flood", crs: str = "EPSG:2154") -> Region:
    """Return the region's territories with one of its polygon layers, both repaired the same way."""
    files = {"flood": ("fictitious_flood.gpkg", "flood_zones"), "green": ("fictitious_green.gpkg", "green_spaces")}
    name, layer = files[polygons]
    territories = geopandas.read_file(FOLDER / "fictitious_communes.gpkg", layer="communes").to_crs(crs)
    zones = geopandas.read_file(FOLDER / name, layer=layer).to_crs(crs)
    return Region(_repaired(territories), _repaired(zones), FOLDER / "fictitious_no2.tif")

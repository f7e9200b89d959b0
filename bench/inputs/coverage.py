"""The layers of the coverage comparison: three sets of territories, messy polygons, and the polygons repaired."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely

from bench.inputs.making import code_hash, made
from bench.inputs.polygons import Patch, draw_giant, draw_polygons
from bench.inputs.territories import CENTRE_M, CRS, draw_territories, merged, write_territories

LAYER = "polygons"
_CODE = ("fractals.py", "polygons.py", "territories.py", "coverage.py")


@dataclass(frozen=True)
class CoverageRecipe:
    """How much is drawn; the default is the size that the figures are given for."""

    territories: int = 1_300
    departements: int = 8
    area_km2: float = 12_000.0
    polygons: int = 200_000
    median_radius_m: float = 78.0
    giant_radius_m: float = 36_000.0
    seed: int = 1


FULL = CoverageRecipe()
SMALL = CoverageRecipe(60, 3, 550.0, 9_200, 78.0, 7_700.0)


def write_layers(folder: Path, recipe: CoverageRecipe) -> dict:
    """Write ``territories``, ``others``, ``departements`` and ``polygons`` as GeoPackages; return facts of them."""

    def make(into: Path) -> dict:
        territories = draw_territories(recipe.territories, recipe.area_km2, recipe.seed)
        region = shapely.coverage_union_all(territories)
        others = draw_territories(recipe.territories, 0.9 * recipe.area_km2, recipe.seed + 1, region)
        large = merged(territories, recipe.departements, recipe.seed)
        write_territories(territories, into / "territories.gpkg", "Commune", recipe.seed)
        write_territories(others, into / "others.gpkg", "Canton", recipe.seed)
        write_territories(large, into / "departements.gpkg", "Département", recipe.seed)
        patch = Patch(tuple(shapely.total_bounds(territories)), recipe.polygons, recipe.median_radius_m)
        polygons, kinds = draw_polygons(patch, np.random.default_rng([recipe.seed, 5]))
        polygons = np.append(polygons, draw_giant(CENTRE_M, recipe.giant_radius_m, recipe.seed))
        kinds = np.append(kinds, "giant")
        write_polygons(polygons, kinds, into / "polygons.gpkg")
        return {
            "territories": len(territories),
            "polygons": len(polygons),
            "vertices": int(shapely.get_num_coordinates(polygons).sum()),
            "largest_vertices": int(shapely.get_num_coordinates(polygons).max()),
            "invalid": int((~shapely.is_valid(polygons)).sum()),
            "duplicates": int((kinds == "duplicate").sum()),
        }

    return made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)


def write_polygons(polygons: np.ndarray, kinds: np.ndarray, path: Path, append: bool = False) -> None:
    """Write polygons as multipolygons, with how each was drawn."""
    frame = geopandas.GeoDataFrame({"kind": kinds}, geometry=polygons, crs=CRS)
    frame.to_file(path, layer=LAYER, driver="GPKG", engine="pyogrio", promote_to_multi=True, append=append)


def repaired(polygons: np.ndarray) -> np.ndarray:
    """Return polygons repaired by structure: what the peers get, for their own repair would lose area."""
    spoilt = ~shapely.is_valid(polygons)
    fixed = polygons.copy()
    fixed[spoilt] = shapely.make_valid(polygons[spoilt], method="structure", keep_collapsed=False)
    return fixed


def write_repaired(folder: Path, layers: Path, recipe: CoverageRecipe) -> None:
    """Write the same polygons, repaired by structure, as ``polygons.gpkg`` of a folder of their own."""

    def make(into: Path) -> dict:
        raw = geopandas.read_file(layers / "polygons.gpkg", layer=LAYER)
        write_polygons(repaired(raw.geometry.values), raw["kind"].to_numpy(), into / "polygons.gpkg")
        return {"polygons": len(raw)}

    made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)

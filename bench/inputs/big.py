"""The layers of the growth comparison: many territories and millions of polygons, patch by patch."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import shapely

from bench.inputs.coverage import write_polygons
from bench.inputs.making import code_hash, made
from bench.inputs.polygons import Patch, draw_polygons
from bench.inputs.territories import CENTRE_M, draw_territories, write_territories

_CODE = ("fractals.py", "polygons.py", "territories.py", "big.py")


@dataclass(frozen=True)
class BigRecipe:
    """How much is drawn: a square of ``side × side`` patches, each with so many territories and polygons."""

    side: int
    territories: int
    polygons_per_patch: int = 125_000
    patch_km: float = 142.1
    median_radius_m: float = 120.0
    seed: int = 1


FULL = BigRecipe(4, 35_000)
FULL_SIXTEENTH = BigRecipe(1, 2_187)
SMALL = BigRecipe(4, 1_120, 4_000, 25.4)
SMALL_SIXTEENTH = BigRecipe(1, 70, 4_000, 25.4)


def write_big(folder: Path, recipe: BigRecipe) -> dict:
    """Write ``territories.gpkg`` and ``polygons.gpkg``, each patch appended to the last; return facts of them."""

    def make(into: Path) -> dict:
        patch_m = 1000 * recipe.patch_km
        west, south = (middle - recipe.side * patch_m / 2 for middle in CENTRE_M)
        region = shapely.box(west, south, west + recipe.side * patch_m, south + recipe.side * patch_m)
        territories = draw_territories(recipe.territories, shapely.area(region) / 1e6, recipe.seed, region)
        write_territories(territories, into / "territories.gpkg", "Commune", recipe.seed)
        vertices = 0
        for place in range(recipe.side**2):
            row, column = divmod(place, recipe.side)
            left, bottom = west + column * patch_m, south + row * patch_m
            patch = Patch(
                (left, bottom, left + patch_m, bottom + patch_m), recipe.polygons_per_patch, recipe.median_radius_m
            )
            polygons, kinds = draw_polygons(patch, np.random.default_rng([recipe.seed, 10, place]))
            vertices += int(shapely.get_num_coordinates(polygons).sum())
            write_polygons(polygons, kinds, into / "polygons.gpkg", append=place > 0)
        polygons = recipe.side**2 * recipe.polygons_per_patch
        return {"territories": len(territories), "polygons": polygons, "vertices": vertices}

    return made(folder, {**asdict(recipe), "code": code_hash(*_CODE)}, make)

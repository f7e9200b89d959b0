"""Write the synthetic layers of the Île-de-France study: flood zones, green spaces, NO2.

Nothing in them was observed. Only the extent of the region and the place of its centre are real; rivers, forests,
parks and concentrations are drawn at random (always the same ones), with plausible shapes and sizes.

Usage: python make_layers.py
"""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import rasterio
import shapely
from pyproj import Transformer
from scipy.ndimage import gaussian_filter

CRS = "EPSG:2154"
SOUTH, NORTH, WEST, EAST = 48.12, 49.24, 1.44, 3.56  # extent of the region, degrees
CENTRE_LAT, CENTRE_LON = 48.86, 2.35
SEED = 20260131
STATUS = "synthétique / synthetic"
FOLDER = Path(__file__).parent / "layers"

NO2_CELL_M = 500
NO2_NODATA = -9999.0
# Half-width of a river's flood zones by level, m; each level holds the more severe ones.
FLOOD_HALF_WIDTH_M = {"fort": 260, "moyen": 480, "faible": 820}


def main() -> None:
    """Draw and write the three layers."""
    FOLDER.mkdir(exist_ok=True)
    to_metres = Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
    x_min, y_min, x_max, y_max = to_metres.transform_bounds(WEST, SOUTH, EAST, NORTH)
    extent = shapely.box(x_min, y_min, x_max, y_max)
    centre = np.array(to_metres.transform(CENTRE_LON, CENTRE_LAT))

    rivers = draw_rivers(np.random.default_rng([SEED, 1]), extent, centre)
    write_layer("flood", flood_zones(np.random.default_rng([SEED, 2]), rivers))
    write_layer("green", green_spaces(np.random.default_rng([SEED, 3]), extent, centre))
    write_no2(np.random.default_rng([SEED, 4]), extent, centre)


def draw_rivers(rng: np.random.Generator, extent: shapely.Polygon, centre: np.ndarray) -> list[shapely.LineString]:
    """Two rivers that meet near the centre and leave to the north-west, and four that join them on the way."""
    x_min, y_min, x_max, y_max = extent.bounds
    width_m, height_m = x_max - x_min, y_max - y_min
    meeting = centre + np.array([4_000, -3_000])
    trunk = meander(rng, meeting, np.array([x_min, y_min + 0.83 * height_m]))
    south = meander(rng, np.array([x_min + 0.77 * width_m, y_min + 0.02 * height_m]), meeting)
    east = meander(rng, np.array([x_max, y_min + 0.71 * height_m]), meeting)
    sources = [(0.30, 0.02, south), (0.98, 0.22, south), (0.72, 0.99, east), (0.45, 0.99, trunk)]
    rivers = [trunk, south, east]
    for share_x, share_y, into in sources:
        spring = np.array([x_min + share_x * width_m, y_min + share_y * height_m])
        mouth = into.interpolate(rng.uniform(0.35, 0.65), normalized=True)
        rivers.append(meander(rng, spring, np.array([mouth.x, mouth.y])))
    return rivers


def meander(rng: np.random.Generator, start: np.ndarray, end: np.ndarray) -> shapely.LineString:
    """A line from start to end that swings left and right, ends fixed."""
    length_m = np.hypot(*(end - start))
    along = np.linspace(0, 1, int(length_m / 500) + 2)
    across = np.array([-(end - start)[1], (end - start)[0]]) / length_m
    held = np.sin(np.pi * along) ** 0.5
    swing_m = np.zeros_like(along)
    for wavelength_m, amplitude_m in ((45_000, 3_800), (17_000, 2_000), (7_000, 1_100)):
        phase = rng.uniform(0, 2 * np.pi) + 0.6 * np.sin(4 * np.pi * along + rng.uniform(0, 2 * np.pi))
        swing_m += amplitude_m * np.sin(2 * np.pi * along * length_m / wavelength_m + phase)
    points = start + along[:, None] * (end - start) + (held * swing_m)[:, None] * across
    return shapely.LineString(points)


def flood_zones(rng: np.random.Generator, rivers: list[shapely.LineString]) -> gpd.GeoDataFrame:
    """Three overlapping levels per river, cut into reaches that overlap at their ends."""
    rows = []
    for number, river in enumerate(rivers, start=1):
        points = shapely.get_coordinates(shapely.segmentize(river, 600))
        waver = np.convolve(rng.uniform(0.3, 1.7, len(points) + 8), np.ones(9) / 9, mode="valid")[1:]
        size = 1.0 if number <= 3 else 0.45
        pieces = shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1))
        for level, half_width_m in FLOOD_HALF_WIDTH_M.items():
            zones = shapely.buffer(pieces, size * half_width_m * waver, quad_segs=3)
            for first in range(0, len(pieces), 60):
                zone = shapely.simplify(shapely.union_all(zones[max(first - 1, 0) : first + 61]), 25)
                rows.append({"niveau": level, "riviere": f"Rivière synthétique {number}", "geometry": zone})
    return finished(rows)


def green_spaces(rng: np.random.Generator, extent: shapely.Polygon, centre: np.ndarray) -> gpd.GeoDataFrame:
    """Forests, larger away from the centre, and parks, denser near it."""
    x_min, y_min, x_max, y_max = extent.bounds
    rows = []
    for _ in range(330):
        place = rng.uniform((x_min, y_min), (x_max, y_max))
        away = min(1.0, np.hypot(*(place - centre)) / 40_000)
        radius_m = (300 + 1_500 * away) * np.exp(0.6 * rng.standard_normal())
        public = "Oui" if rng.random() < 0.5 else "Non"
        rows.append({"nature": "forêt", "ouvert": public, "geometry": blob(rng, place, radius_m, 44)})
    for _ in range(650):
        place = centre + rng.standard_normal(2) * np.array([22_000, 17_000])
        radius_m = 110 * np.exp(0.6 * rng.standard_normal())
        rows.append({"nature": "parc", "ouvert": "Oui", "geometry": blob(rng, place, radius_m, 18)})
    return finished(rows)


def blob(rng: np.random.Generator, place: np.ndarray, radius_m: float, vertices: int) -> shapely.Polygon:
    """A rounded, irregular polygon."""
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    radius = np.ones_like(angle)
    for order in range(2, 7):
        radius += 0.35 / order * rng.standard_normal() * np.sin(order * angle + rng.uniform(0, 2 * np.pi))
    radius = radius_m * np.clip(radius, 0.3, None)
    return shapely.Polygon(place + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]))


def finished(rows: list[dict]) -> gpd.GeoDataFrame:
    """Round to the metre, mend what rounding spoilt, and say that it is synthetic."""
    frame = gpd.GeoDataFrame(rows, crs=CRS)
    frame = frame.set_geometry(frame.geometry.transform(np.round).make_valid())
    return frame.assign(statut=STATUS)


def write_layer(name: str, frame: gpd.GeoDataFrame) -> None:
    """Write one GeoPackage of one layer, `<name>_synthetic`."""
    path = FOLDER / f"{name}_synthetic.gpkg"
    path.unlink(missing_ok=True)
    pyogrio.write_dataframe(
        frame,
        path,
        layer=f"{name}_synthetic",
        promote_to_multi=True,
        dataset_options={"VERSION": "1.3"},
        layer_options={"SPATIAL_INDEX": "NO", "DESCRIPTION": STATUS},
    )


def write_no2(rng: np.random.Generator, extent: shapely.Polygon, centre: np.ndarray) -> None:
    """Write an annual mean of NO2 in µg/m³: high at the centre, high along roads that leave it, noisy elsewhere."""
    x_min, y_min, x_max, y_max = np.round(np.array(extent.buffer(3_000).bounds) / NO2_CELL_M) * NO2_CELL_M
    cols, rows = round((x_max - x_min) / NO2_CELL_M), round((y_max - y_min) / NO2_CELL_M)
    x, y = np.meshgrid(
        x_min + (np.arange(cols) + 0.5) * NO2_CELL_M,
        y_max - (np.arange(rows) + 0.5) * NO2_CELL_M,
    )
    off_x, off_y = x - centre[0], y - centre[1]
    distance_m = np.hypot(off_x, off_y)
    bearing = np.arctan2(off_y, off_x)
    waver = gaussian_filter(rng.standard_normal(x.shape), 8)
    waver /= waver.std()
    values = 8 + 22 * np.exp(-((distance_m / 16_000) ** 1.3)) + 0.7 * waver
    for direction in 2 * np.pi * (np.arange(9) + rng.uniform(-0.25, 0.25, 9)) / 9:
        bend = 0.12 * np.sin(distance_m / 14_000 + rng.uniform(0, 2 * np.pi))
        ahead = np.cos(bearing - direction - bend)
        aside_m = np.abs(np.sin(bearing - direction - bend)) * distance_m
        outside_core = 1 - np.exp(-distance_m / 7_000)  # where the roads meet, their plumes are one
        values += np.where(ahead > 0, 9 * outside_core * np.exp(-aside_m / 1_100 - distance_m / 90_000), 0)
    values = np.clip(values, 3, None).round(1).astype("float32")
    with rasterio.open(
        FOLDER / "no2_synthetic.tif",
        "w",
        driver="GTiff",
        width=cols,
        height=rows,
        count=1,
        dtype="float32",
        crs=CRS,
        transform=rasterio.Affine(NO2_CELL_M, 0, x_min, 0, -NO2_CELL_M, y_max),
        nodata=NO2_NODATA,
        compress="deflate",
        predictor=3,
        zlevel=9,
        tiled=True,
    ) as raster:
        raster.write(values, 1)
        raster.set_band_unit(1, "µg/m³")
        raster.update_tags(TIFFTAG_IMAGEDESCRIPTION=STATUS)


if __name__ == "__main__":
    main()

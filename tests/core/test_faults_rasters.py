"""What goes wrong in rasters: systems, grids, values that stand for nothing, files cut short."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from affine import Affine

MEAN = {"kind": "zonal_mean"}
SOURCE = {"path": "r.tif"}
X, Y = 650_000.0, 6_860_000.0
# One value per territory: the two rows of the raster run from north to south.
QUARTERS = np.array([[3.0, 4.0], [1.0, 2.0]])


def grid(scale: int = 10) -> np.ndarray:
    """A raster of ``scale`` pixels a kilometre, each territory with its number."""
    return np.kron(QUARTERS, np.ones((scale, scale)))


def turned(angle: float, size_m: float, pivot: int, at: tuple[float, float]) -> Affine:
    """A grid turned by an angle about its pixel corner (pivot, pivot), which lies at a place."""
    cos, sin = size_m * np.cos(np.radians(angle)), size_m * np.sin(np.radians(angle))
    x, y = at[0] - pivot * (cos + sin), at[1] - pivot * (sin - cos)
    return Affine(cos, sin, x, sin, -cos, y)


def test_each_territory_gets_its_own_pixels(place):
    place.raster("r.tif", grid())
    found = place.measured(MEAN, SOURCE)
    assert found.values.tolist() == [1, 2, 3, 4]
    assert found.coverage.tolist() == [1, 1, 1, 1]
    assert not found.checks


def test_raster_without_system_is_refused_unless_given(place):
    place.raster("r.tif", grid(), crs=None)
    refusal = place.refused(MEAN, SOURCE)
    assert refusal.codes == ["crs.missing"]
    assert "EPSG:2154" in refusal.en
    assert place.measured(MEAN, {**SOURCE, "crs": "EPSG:2154"}).values.tolist() == [1, 2, 3, 4]


def test_raster_without_place_is_refused(place):
    place.raster("r.tif", grid(), transform=Affine.identity())
    assert place.refused(MEAN, SOURCE).codes == ["raster.no_geotransform"]


def test_absent_band_is_refused(place):
    place.raster("r.tif", grid())
    assert place.refused({**MEAN, "band": 2}, SOURCE).codes == ["raster.no_band"]


def test_band_is_chosen_by_measure_then_source(place):
    place.raster("r.tif", np.stack([grid(), 10 * grid(), 100 * grid()]))
    assert place.measured(MEAN, {**SOURCE, "band": 2}).values.tolist() == [10, 20, 30, 40]
    assert place.measured({**MEAN, "band": 3}, {**SOURCE, "band": 2}).values.tolist() == [100, 200, 300, 400]


def test_raster_that_runs_south_to_north_is_straightened(place):
    place.raster("r.tif", grid()[::-1], transform=Affine(100, 0, X, 0, 100, Y))
    found = place.measured(MEAN, SOURCE)
    assert found.values.tolist() == pytest.approx([1, 2, 3, 4])
    assert found.coverage.tolist() == pytest.approx([1, 1, 1, 1])
    assert found.outcome("raster_straightened") == "R"


def test_raster_that_runs_east_to_west_is_straightened(place):
    place.raster("r.tif", grid()[:, ::-1], transform=Affine(-100, 0, X + 2000, 0, -100, Y + 2000))
    assert place.measured(MEAN, SOURCE).values.tolist() == pytest.approx([1, 2, 3, 4])


@pytest.mark.parametrize("angle", [17, 45, 90, 200])
def test_turned_raster_gives_the_mean_of_what_lies_under_each_territory(place, angle):
    """The values are x + 2y of each pixel's centre, so that a whole territory's mean is that of its own centre."""
    transform = turned(angle, 20, 100, (X + 1000, Y + 1000))
    columns, rows = np.meshgrid(np.arange(200) + 0.5, np.arange(200) + 0.5)
    x = transform.a * columns + transform.b * rows + transform.c
    y = transform.d * columns + transform.e * rows + transform.f
    place.raster("r.tif", (x - X) + 2 * (y - Y), transform=transform, dtype="float64")
    found = place.measured(MEAN, SOURCE)
    assert found.values.tolist() == pytest.approx([500 + 1000, 1500 + 1000, 500 + 3000, 1500 + 3000], rel=1e-3)
    assert found.coverage.tolist() == pytest.approx([1, 1, 1, 1])


def test_corners_outside_a_turned_raster_are_no_zeros(place):
    transform = turned(45, 10, 0, (X + 1000, Y))
    place.raster("r.tif", np.full((100, 100), 7.0), transform=transform)
    found = place.measured(MEAN, SOURCE)
    covered = found.coverage > 0
    assert covered.any()
    assert found.values[covered].tolist() == pytest.approx([7.0] * int(covered.sum()))
    assert (found.coverage < 0.999).any()


@pytest.mark.parametrize(
    ("suspect", "dtype"), [(9999, "float32"), (-9999, "int16"), (-3.4028234663852886e38, "float32")]
)
def test_undeclared_value_for_no_data_is_warned_of_with_its_share(place, suspect, dtype):
    values = grid()
    values[:2, :5] = suspect
    place.raster("r.tif", values.astype(dtype))
    found = place.measured(MEAN, SOURCE)
    assert found.outcome("nodata_suspected") == "W"
    assert "2.5" in found.examples("nodata_suspected")
    given = place.measured(MEAN, {**SOURCE, "nodata": suspect})
    assert given.values.tolist() == [1, 2, 3, 4]
    assert "nodata_suspected" not in given.checks


def test_zero_that_stands_apart_is_suspected_and_zero_among_small_values_is_not(place):
    apart = 20 + grid()
    apart[:3] = 0
    place.raster("r.tif", apart)
    assert "0: 15.0 %" in place.measured(MEAN, SOURCE).examples("nodata_suspected")
    place.raster("r.tif", np.linspace(0, 1, 400).reshape(20, 20))
    assert "nodata_suspected" not in place.measured(MEAN, SOURCE).checks


@pytest.mark.parametrize("how", ["declared", "NaN", "given", "mask", "alpha", "value and NaN", "declared and given"])
def test_every_way_to_say_no_data_is_honoured(place, how):
    values = grid()
    hidden = np.zeros(values.shape, dtype=bool)
    hidden[15:, :5] = True  # a quarter of territory 01001
    written, options, source = values.copy(), {}, {}
    written[hidden] = 255
    if how in ("declared", "value and NaN", "declared and given"):
        options["nodata"] = 255
    if how in ("NaN", "value and NaN"):
        written[hidden & (np.arange(20) < (20 if how == "NaN" else 2))] = np.nan
    if how == "declared and given":
        written[hidden & (np.arange(20) < 2)] = 77
        source["nodata"] = 77
    if how == "given":
        source["nodata"] = 255
    if how == "mask":
        options["mask"] = ~hidden
    if how == "alpha":
        written = np.stack([written, np.where(hidden, 0, 255)]).astype("uint8")
        options.update(photometric="MINISBLACK", ALPHA="YES")
    place.raster("r.tif", written, **options)
    found = place.measured(MEAN, {**SOURCE, **source})
    assert found.values.tolist() == [1, 2, 3, 4]
    assert found.coverage.tolist() == pytest.approx([0.75, 1, 1, 1])
    assert (found.outcome("partly_covered"), found.examples("partly_covered")) == ("W", "01001 75.0 %")


def test_given_value_that_the_band_cannot_hold_is_harmless(place):
    place.raster("r.tif", grid().astype("uint8"))
    assert place.measured(MEAN, {**SOURCE, "nodata": -9999}).values.tolist() == [1, 2, 3, 4]


def test_territory_partly_outside_has_the_mean_of_its_part_and_one_outside_none(place):
    place.territories_file("territories.gpkg", [place.square(1.5, 0), place.square(5, 5)])
    place.raster("r.tif", grid())
    found = place.measured(MEAN, SOURCE)
    assert found.values[0] == 2
    assert found.coverage.tolist() == pytest.approx([0.5, 0])
    assert np.isnan(found.values[1])
    assert (found.flags[1], found.reasons[1]) == ("missing", "outside_raster")
    assert found.examples("outside_raster") == "01002"


def test_territory_where_nothing_is_known_is_missing(place):
    values = grid()
    values[10:, :10] = np.nan
    place.raster("r.tif", values)
    found = place.measured(MEAN, SOURCE)
    assert np.isnan(found.values[0])
    assert found.coverage[0] == 0


def test_territory_smaller_than_a_pixel_has_the_value_under_it(place):
    small = [place.square(0.4, 0.4, 0.01), place.square(0.95, 0.2, 0.1)]
    place.territories_file("territories.gpkg", small)
    place.raster("r.tif", QUARTERS)
    found = place.measured(MEAN, SOURCE)
    assert found.values.tolist() == pytest.approx([1, 1.5])
    assert found.coverage.tolist() == pytest.approx([1, 1])


def test_scale_and_offset_of_whole_numbers_are_applied(place):
    place.raster("r.tif", (10 * grid()).astype("int16"), scales=(0.5,), offsets=(-3.0,), nodata=-1)
    found = place.measured(MEAN, SOURCE)
    assert found.values.tolist() == pytest.approx([5 - 3, 10 - 3, 15 - 3, 20 - 3])
    assert found.outcome("raster_rescaled") == "R"


def test_given_no_data_means_the_stored_number_not_the_scaled_one(place):
    values = (10 * grid()).astype("int16")
    values[15:, :5] = 999
    place.raster("r.tif", values, scales=(0.1,), offsets=(0.0,))
    assert place.measured(MEAN, {**SOURCE, "nodata": 999}).values.tolist() == pytest.approx([1, 2, 3, 4])


def test_classes_given_to_a_mean_are_warned_of(place):
    place.raster("r.tif", grid().astype("uint8"), colormap={1: (255, 0, 0, 255), 2: (0, 255, 0, 255)})
    found = place.measured(MEAN, SOURCE)
    assert found.outcome("raster_of_classes") == "W"


def test_codes_of_classes_without_colours_are_warned_of_unless_a_majority_is_asked(place):
    place.raster("r.tif", np.kron([[111, 112], [211, 312]], np.ones((10, 10))).astype("int16"))
    assert place.measured(MEAN, SOURCE).outcome("raster_of_classes") == "W"
    found = place.measured({"kind": "majority"}, SOURCE)
    assert found.values.tolist() == [211, 312, 111, 112]
    assert not found.checks


def test_amounts_given_to_a_majority_are_warned_of(place):
    place.raster("r.tif", grid() + np.random.default_rng(1).uniform(size=(20, 20)))
    assert place.measured({"kind": "majority"}, SOURCE).outcome("raster_of_amounts") == "W"
    assert not place.measured(MEAN, SOURCE).checks


@pytest.mark.parametrize(("in_file", "differs"), [("µg/m³", False), ("ug/m3", False), ("mg/m3", True), ("", False)])
def test_unit_of_the_file_is_held_against_that_of_the_indicator(place, in_file, differs):
    path = place.raster("r.tif", grid())
    with rasterio.open(path, "r+") as dataset:
        dataset.units = (in_file,)
    indicators = [{"id": "one", "role": "activity", "unit": "µg/m³", "measure": {**MEAN, "source": "data"}}]
    found = place.measured(MEAN, SOURCE, indicators=indicators)
    assert found.values.tolist() == [1, 2, 3, 4]
    assert ("unit_differs" in found.checks) == differs
    assert not differs or found.examples("unit_differs") == "mg/m3 ≠ µg/m³"


def test_a_block_that_is_the_whole_band_is_unpacked_once(place, monkeypatch):
    """Windows of one block are read one after the other from one opening of the file, never zone by zone."""
    from smart_territoires_plugin.core.measures import zone_windows
    from smart_territoires_plugin.core.sources import windows

    monkeypatch.setattr(windows, "MAX_CELLS", 1000)
    values = np.random.default_rng(1).normal(size=(200, 200))
    place.raster("r.tif", values, blockysize=200, compress="deflate")
    opened = []
    real = zone_windows.read_cells
    monkeypatch.setattr(
        "smart_territoires_plugin.core.measures.zonal_statistics.read_cells",
        lambda strip: opened.append(strip) or real(strip),
    )
    found = place.measured(MEAN, SOURCE)
    assert len(opened) == 1
    assert len(opened[0].windows) == 40
    halves = values.reshape(2, 100, 2, 100).mean(axis=(1, 3))
    assert found.values == pytest.approx(halves[::-1].ravel(), rel=1e-12)


@pytest.mark.parametrize("measure", [{"kind": "majority"}, {"kind": "zonal_quantile", "q": 0.5}, {"kind": "zonal_sum"}])
def test_no_kind_gives_a_value_where_the_file_is_lost(place, measure):
    path = place.raster("r.tif", grid(200), blockysize=10, dtype="float64")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * 0.75)])
    found = place.measured(measure, {**SOURCE, "nodata": -1})
    assert np.isfinite(found.values[2:]).all()
    assert found.reasons[:2] == ["damaged_raster", "damaged_raster"]


def test_complex_numbers_are_refused(place):
    place.raster("r.tif", grid().astype("complex64"))
    assert place.refused(MEAN, SOURCE).codes == ["raster.not_real"]


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32631"])
def test_raster_in_another_system_is_measured_in_its_own(place, crs):
    """A raster of x and y of its own system, much finer than a territory: the mean is that of the territory."""
    import geopandas

    zones = geopandas.GeoSeries(place.squares(), crs="EPSG:2154").segmentize(50).to_crs(crs)
    west, south, east, north = zones.total_bounds
    transform = rasterio.transform.from_bounds(west, south, east, north, 300, 300)
    columns, _ = np.meshgrid(np.arange(300) + 0.5, np.arange(300))
    share = columns / 300
    place.raster("r.tif", share, crs=crs, transform=transform)
    found = place.measured(MEAN, SOURCE)
    expected = [(zone.centroid.x - west) / (east - west) for zone in zones]
    assert found.values.tolist() == pytest.approx(expected, abs=2e-3)
    assert found.coverage.tolist() == pytest.approx([1, 1, 1, 1], abs=2e-3)
    assert (found.outcome("zones_reprojected"), found.examples("zones_reprojected")) == ("R", crs)


def test_file_cut_short_leaves_the_territories_of_the_lost_part_missing(place):
    path = place.raster("r.tif", grid(200), blockysize=10, dtype="float64")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * 0.75)])
    found = place.measured(MEAN, {**SOURCE, "nodata": -1})
    assert found.values[2:].tolist() == [3, 4]
    assert np.isnan(found.values[:2]).all()
    assert found.reasons[:2] == ["damaged_raster", "damaged_raster"]
    assert (found.outcome("damaged_raster"), found.count("damaged_raster")) == ("M", 2)


@pytest.mark.parametrize("content", [b"", b"II*\x00", b"<ServiceException/>", bytes(500)])
def test_file_that_is_no_raster_is_refused(place, content):
    (place.folder / "r.tif").write_bytes(content)
    assert place.refused(MEAN, SOURCE).codes == ["source.damaged" if content else "source.empty_file"]


VRT = """<VRTDataset rasterXSize="20" rasterYSize="20"><SRS>EPSG:2154</SRS>
<GeoTransform>{x}, 100, 0, {y}, 0, -100</GeoTransform><VRTRasterBand dataType="Float64" band="1"><SimpleSource>
<SourceFilename relativeToVRT="1">{tile}</SourceFilename><SourceBand>1</SourceBand>
<SrcRect xOff="0" yOff="0" xSize="20" ySize="20"/><DstRect xOff="0" yOff="0" xSize="20" ySize="20"/>
</SimpleSource></VRTRasterBand></VRTDataset>"""


def test_virtual_raster_is_read_and_refused_once_a_tile_is_missing(place):
    tile = place.raster("dalle é&1.tif", grid())
    place.table("r.vrt", VRT.format(x=X, y=Y + 2000, tile="dalle é&amp;1.tif"))
    assert place.measured(MEAN, {"path": "r.vrt"}).values.tolist() == [1, 2, 3, 4]
    tile.unlink()
    refusal = place.refused(MEAN, {"path": "r.vrt"})
    assert refusal.codes == ["raster.no_tile"]
    assert "dalle é&1.tif" in refusal.fr


def test_each_band_has_its_own_value_for_no_data(place):
    first, second = grid(), grid()
    first[15:, :5], second[15:, :5] = -1, -2
    place.raster("tile.tif", np.stack([first, second]))
    head, tail = VRT.format(x=X, y=Y + 2000, tile="tile.tif").split('<VRTRasterBand dataType="Float64" band="1">')
    bands = []
    for band, nodata in ((1, -1), (2, -2)):
        opening = f'<VRTRasterBand dataType="Float64" band="{band}"><NoDataValue>{nodata}</NoDataValue>'
        bands.append(opening + tail.replace("<SourceBand>1", f"<SourceBand>{band}").replace("</VRTDataset>", ""))
    place.table("r.vrt", head + "".join(bands) + "</VRTDataset>")
    for band in (1, 2):
        found = place.measured({**MEAN, "band": band}, {"path": "r.vrt"})
        assert found.values.tolist() == [1, 2, 3, 4]
        assert found.coverage[0] == pytest.approx(0.75)


def test_content_of_a_virtual_raster_includes_its_tiles(place):
    from smart_territoires_plugin.core.sources.files import content_hash

    tile = place.raster("tile.tif", grid())
    path = place.table("r.vrt", VRT.format(x=X, y=Y + 2000, tile="tile.tif"))
    before = content_hash(path)
    place.raster("tile.tif", 2 * grid())
    assert content_hash(path) != before
    assert tile.exists()


def test_vector_given_as_a_raster_and_the_reverse_are_refused(place):
    place.layer("zones.gpkg", [place.square(0, 0)])
    assert place.refused(MEAN, {"path": "zones.gpkg"}).codes == ["source.damaged"]
    place.raster("r.tif", grid())
    assert place.refused({"kind": "coverage_share"}, SOURCE).codes == ["source.damaged"]


def test_zipped_raster_is_read(place):
    import zipfile

    path = place.raster("r.tif", grid())
    with zipfile.ZipFile(place.folder / "r.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "dossier/r.tif")
    path.unlink()
    assert place.measured(MEAN, {"path": "r.zip"}).values.tolist() == [1, 2, 3, 4]


def test_strips_tiles_and_compression_give_the_same(place):
    values = np.random.default_rng(1).normal(size=(300, 300))
    place.raster("r.tif", values)
    plain = place.measured(MEAN, SOURCE).values
    for options in ({"tiled": True, "blockxsize": 64, "blockysize": 64}, {"blockysize": 300}, {"compress": "deflate"}):
        place.raster("r.tif", values, **options)
        assert place.measured(MEAN, SOURCE).values == pytest.approx(plain, abs=1e-12)

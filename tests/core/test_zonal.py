"""Zonal measures against oracles, finer rasters, sums by hand, and themselves cut in pieces."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS
from rasterio.warp import transform_bounds

from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.measures import zonal_values
from smart_territoires_plugin.core.measures.zonal_statistics import statistics
from smart_territoires_plugin.core.sources import resampling, windows
from smart_territoires_plugin.core.sources.rasters import Grid, Raster

LAMBERT = CRS("EPSG:2154")
EVERY = ("count", "sum", "mean", "min", "max", "stdev", "above", "quantile", "mode", "weight")
X, Y = 650_000.0, 6_860_000.0


def written(path, values, transform=None, crs="EPSG:2154", **options) -> Raster:
    values = np.asarray(values, dtype=float)
    transform = transform or Affine(1.0, 0, 0, 0, -1.0, values.shape[0])
    settings_ = {"driver": "GTiff", "count": 1, "dtype": "float64", "crs": crs, "transform": transform, **options}
    with rasterio.open(path, "w", width=values.shape[1], height=values.shape[0], **settings_) as dataset:
        dataset.write(values, 1)
    return Raster(str(path), 1, CRS(crs), None, True, ())


def by_hand(shares, values, weights, q, threshold) -> dict[str, float]:
    """Every statistic of one zone, pixel by pixel, from its definition."""
    inside = (shares > 1e-9) & ~np.isnan(values)
    mass = shares * (1.0 if weights is None else np.nan_to_num(weights))
    found = dict.fromkeys(EVERY, np.nan)
    found["count"], found["weight"] = shares[inside].sum(), mass[inside].sum()
    weighed = inside if weights is None else inside & ~np.isnan(weights)
    if weighed.any():
        found["sum"] = (values[weighed] * mass[weighed]).sum()
    value, mass = values[inside & (mass > 0)], mass[inside & (mass > 0)]
    if mass.size:
        mean = (value * mass).sum() / mass.sum()
        classes = np.unique(value)
        parts = np.array([mass[value == one].sum() for one in classes])
        upto = np.cumsum(parts)
        found.update(
            mean=mean,
            min=value.min(),
            max=value.max(),
            stdev=np.sqrt((mass * (value - mean) ** 2).sum() / mass.sum()),
            above=mass[value > threshold].sum() / mass.sum(),
            quantile=classes[np.flatnonzero(upto >= q * upto[-1] * (1 - 1e-12))[0]],
            mode=classes[np.flatnonzero(parts >= parts.max() * (1 - 1e-12))[0]],
        )
    return found


def shares_of(zone, height: int, width: int) -> np.ndarray:
    column, row = np.meshgrid(np.arange(width), np.arange(height))
    cells = shapely.box(column, height - row - 1, column + 1, height - row)
    return np.nan_to_num(shapely.area(shapely.intersection(cells, zone)))


@settings(max_examples=30, deadline=None)
@given(data=st.data(), seed=st.integers(0, 10_000))
def test_every_statistic_is_that_of_its_definition(tmp_path_factory, data, seed):
    random, folder = np.random.default_rng(seed), tmp_path_factory.mktemp("zonal")
    height, width = (data.draw(st.integers(2, 25)) for _ in range(2))
    classes = data.draw(st.booleans())
    values = random.integers(0, 6, (height, width)).astype(float) if classes else random.lognormal(size=(height, width))
    values[random.uniform(size=values.shape) < 0.15] = np.nan
    weights = random.exponential(size=values.shape)
    weights[random.uniform(size=values.shape) < 0.4] = 0
    weights[random.uniform(size=values.shape) < 0.1] = np.nan
    tiles = {"tiled": True, "blockxsize": 16, "blockysize": 16} if data.draw(st.booleans()) else {}
    raster, other = written(folder / "v.tif", values, **tiles), written(folder / "w.tif", weights)
    zones = np.array(
        [shapely.Point(*random.uniform(-2, 27, 2)).buffer(random.uniform(0.1, 9)) for _ in range(4)] + [None],
        dtype=object,
    )
    q, threshold = data.draw(st.floats(0, 1)), 2.0
    with pytest.MonkeyPatch.context() as patch:
        # Small windows and few cells at a time take the ways of large rasters.
        patch.setattr(windows, "MAX_CELLS", data.draw(st.sampled_from([30, 600_000])))
        patch.setattr(zonal_values, "_GATHERED", data.draw(st.sampled_from([0, 2_000_000])))
        for weighing, layer in ((None, None), (weights, other)):
            found = statistics(raster, zones, EVERY, layer, q=q, threshold=threshold)
            for place, zone in enumerate(zones):
                shares = shares_of(zone, height, width)
                expected = by_hand(shares, values, weighing, q, threshold)
                for name in EVERY:
                    assert found[name][place] == pytest.approx(expected[name], rel=1e-9, abs=1e-9, nan_ok=True), name


def test_a_raster_twenty_times_finer_says_the_same(tmp_path):
    """Zones whose edges lie between the fine pixels: each fine pixel is whole in or out."""
    random = np.random.default_rng(4)
    values, weights = random.normal(50, 20, (12, 12)).round(1), random.exponential(size=(12, 12))
    raster, other = written(tmp_path / "v.tif", values), written(tmp_path / "w.tif", weights)
    fine, fine_weights = (np.kron(one, np.ones((20, 20))) for one in (values, weights))
    corners = random.integers(0, 160, (15, 2))
    sides = random.integers(1, 80, (15, 2))
    # Multiples of 1/20 that binary numbers hold only roughly: what is asked is to floating point.
    zones = shapely.box(*(corners / 20).T, *((corners + sides) / 20).T)
    plain = statistics(raster, zones, EVERY, q=0.3, threshold=55)
    weighted = statistics(raster, zones, EVERY, other, q=0.3, threshold=55)
    for place, ((left, bottom), (width, height)) in enumerate(zip(corners, sides)):
        part = (slice(240 - bottom - height, 240 - bottom), slice(left, left + width))
        cells, mass = fine[part].ravel(), fine_weights[part].ravel()
        assert plain["mean"][place] == pytest.approx(cells.mean(), rel=1e-12)
        assert plain["sum"][place] == pytest.approx(cells.sum() / 400, rel=1e-12)
        assert plain["stdev"][place] == pytest.approx(cells.std(), rel=1e-10, abs=1e-12)
        assert plain["above"][place] == pytest.approx((cells > 55).mean(), abs=1e-12)
        assert (plain["min"][place], plain["max"][place]) == (cells.min(), cells.max())
        assert plain["quantile"][place] == np.quantile(cells, 0.3, method="inverted_cdf")
        assert weighted["mean"][place] == pytest.approx(np.average(cells, weights=mass), rel=1e-12)
        assert weighted["weight"][place] == pytest.approx(mass.sum() / 400, rel=1e-12)


def test_statistics_of_the_exactextract_authors(tmp_path, oracles):
    folder = oracles / "zonal"
    text = (folder / "exactextract_square.csv").read_text(encoding="utf-8").split()[1:]
    expected = {name: float(value) for name, value in (line.split(",") for line in text)}
    raster = written(tmp_path / "v.tif", np.loadtxt(folder / "raster_3x3.csv", delimiter=","))
    square = np.array([shapely.box(0.5, 0.5, 2.5, 2.5)])
    names = ("count", "mean", "min", "max", "mode", "stdev", "sum")
    found = statistics(raster, square, names)
    for name in names:
        assert found[name][0] == pytest.approx(expected[name], abs=1e-12), name
    for q, name in ((0.25, "quantile_25"), (0.5, "median"), (0.75, "quantile_75")):
        assert statistics(raster, square, ["quantile"], q=q)["quantile"][0] == expected[name]


def test_a_constant_far_from_zero_has_no_spread(tmp_path):
    raster = written(tmp_path / "v.tif", np.full((40, 40), 1e9))
    assert statistics(raster, np.array([shapely.Point(20, 20).buffer(13)]), ["stdev"])["stdev"][0] < 1e-6


def test_pieces_add_up_and_order_and_repetition_change_nothing(tmp_path):
    random = np.random.default_rng(8)
    raster = written(tmp_path / "v.tif", random.normal(size=(60, 60)))
    zones = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(random.uniform(5, 55, (12, 2)))))
    halves = [shapely.intersection(zones, shapely.box(*box)) for box in ((-99, -99, 31.3, 99), (31.3, -99, 99, 99))]
    whole = statistics(raster, zones, ["sum", "count", "max"])
    parts = [statistics(raster, half, ["sum", "count", "max"]) for half in halves]
    for name in ("sum", "count"):
        assert np.nansum([part[name] for part in parts], axis=0) == pytest.approx(whole[name], rel=1e-9, abs=1e-9)
    order = random.permutation(len(zones))
    again = statistics(raster, np.concatenate([zones[order], zones]), EVERY)
    for name, values in statistics(raster, zones, EVERY).items():
        assert again[name][len(zones) :] == pytest.approx(values, rel=1e-13), name
        assert again[name][: len(zones)] == pytest.approx(values[order], rel=1e-13), name


def test_any_number_of_workers_gives_the_same_bits(tmp_path, monkeypatch):
    monkeypatch.setattr(windows, "MAX_CELLS", 500)
    random = np.random.default_rng(9)
    tiles = {"tiled": True, "blockxsize": 16, "blockysize": 16}
    raster = written(tmp_path / "v.tif", random.normal(size=(90, 90)), **tiles)
    other = written(tmp_path / "w.tif", random.exponential(size=(90, 90)))
    zones = np.array([shapely.Point(*random.uniform(0, 90, 2)).buffer(random.uniform(1, 30)) for _ in range(25)])
    made = []
    for workers in (1, 2, 4):
        with Engine(workers) as engine:
            made.append(statistics(raster, zones, EVERY, other, q=0.7, engine=engine))
    for other_run in made[1:]:
        for name in EVERY:
            assert made[0][name].tobytes() == other_run[name].tobytes(), name


# ── Weights


@pytest.mark.parametrize(("size", "shift"), [(70.0, 13.0), (730.0, -129.0), (200.0, 0.0)])
def test_weights_of_another_grid_keep_their_totals_and_are_split_by_area(tmp_path, size, shift):
    random = np.random.default_rng(3)
    weights = random.exponential(size=(10, 12))
    source = written(tmp_path / "w.tif", weights, Affine(200.0, 0, X, 0, -200.0, Y))
    cells = int(3_000 // size) + 2
    transform = Affine(size, 0, X - 50 + shift - size, 0, -size, Y + 50 + size)
    target = written(tmp_path / "v.tif", np.zeros((cells, cells)), transform)
    grid = Grid(cells, cells, tuple(transform)[:6])
    with rasterio.open(source.path) as dataset:
        made = resampling.read_amounts(dataset, source, target, grid, windows.Window(0, cells, 0, cells))
        part = resampling.read_amounts(dataset, source, target, grid, windows.Window(1, 3, 1, 4))
    column, row = np.meshgrid(np.arange(12), np.arange(10))
    pixels = shapely.box(X + 200 * column, Y - 200 * row - 200, X + 200 * column + 200, Y - 200 * row)
    across, down = np.meshgrid(np.arange(cells), np.arange(cells))
    west, north = transform.c + size * across, transform.f - size * down
    boxes = shapely.box(west, north - size, west + size, north)
    overlap = shapely.area(shapely.intersection(boxes[:, :, None, None], pixels[None, None])) / 200.0**2
    assert made == pytest.approx((overlap * weights).sum(axis=(2, 3)), abs=1e-9)
    assert made.sum() == pytest.approx(weights.sum(), rel=1e-9)
    assert part == pytest.approx(made[1:3, 1:4], abs=1e-12)


def test_weights_of_another_system_keep_their_totals(tmp_path):
    weights = np.random.default_rng(3).exponential(size=(20, 20))
    west, south, east, north = transform_bounds("EPSG:2154", "EPSG:4326", X, Y - 2000, X + 2000, Y)
    source = written(
        tmp_path / "w.tif", weights, rasterio.transform.from_bounds(west, south, east, north, 20, 20), "EPSG:4326"
    )
    transform = Affine(100.0, 0, X - 1000, 0, -100.0, Y + 1000)
    target = written(tmp_path / "v.tif", np.ones((40, 40)), transform)
    found = statistics(
        target, np.array([shapely.box(X - 900, Y - 2900, X + 2900, Y + 900)]), ["weight", "mean"], source
    )
    assert found["weight"][0] == pytest.approx(weights.sum(), rel=1e-9)
    assert found["mean"][0] == pytest.approx(1)


def weighted_place(place, weights, **options):
    place.raster("r.tif", np.kron([[3.0, 4.0], [1.0, 2.0]], np.ones((10, 10))) + np.arange(20) / 10)
    place.raster("w.tif", weights, **options)
    return {"sources": {"people": {"path": "w.tif"}}}


def test_mean_is_what_inhabitants_meet(place):
    weights = np.zeros((20, 20))
    weights[:, 0], weights[:, 9], weights[:, 10] = 1, 3, 2
    more = weighted_place(place, weights)
    found = place.measured({"kind": "zonal_mean", "weights": "people"}, {"path": "r.tif"}, **more)
    assert found.values == pytest.approx([1 + (0 + 3 * 0.9) / 4, 2 + 1.0, 3 + 2.7 / 4, 4 + 1.0], rel=1e-12)
    assert found.coverage == pytest.approx([1, 1, 1, 1])
    assert "weights_resampled" not in found.checks


@pytest.mark.parametrize("missing", [0.0, np.nan])
def test_where_nobody_lives_every_part_counts_alike_and_it_is_told(place, missing):
    weights = np.ones((20, 20))
    weights[10:, :10] = missing
    more = weighted_place(place, weights)
    found = place.measured({"kind": "zonal_mean", "weights": "people"}, {"path": "r.tif"}, **more)
    assert found.values == pytest.approx([1.45, 3.45, 3.45, 5.45])
    assert found.flags == ["repaired", "", "", ""]
    assert found.reasons[0] == "unweighted"
    assert (found.outcome("unweighted"), found.count("unweighted")) == ("R", 1)
    found = place.measured({"kind": "zonal_sum", "weights": "people"}, {"path": "r.tif"}, **more)
    assert (found.values[0] == 0) if missing == 0 else np.isnan(found.values[0])
    assert found.reasons[0] == ("" if missing == 0 else "outside_weights")


def test_weights_of_another_grid_are_told(place):
    more = weighted_place(place, np.ones((7, 7)))
    found = place.measured({"kind": "zonal_mean", "weights": "people"}, {"path": "r.tif"}, **more)
    assert found.values == pytest.approx([1.45, 3.45, 3.45, 5.45])
    assert found.outcome("weights_resampled") == "R"


def test_negative_weights_count_as_none_and_are_warned_of(place):
    weights = np.ones((20, 20))
    weights[:, :5] = -200
    more = weighted_place(place, weights)
    found = place.measured({"kind": "zonal_mean", "weights": "people"}, {"path": "r.tif"}, **more)
    assert found.values[0] == pytest.approx(1 + np.mean([0.5, 0.6, 0.7, 0.8, 0.9]))
    assert (found.outcome("negative_weights"), found.count("negative_weights")) == ("W", 100)


# ── Kinds in a study


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ({"kind": "zonal_sum"}, [100 * 1.45, 100 * 3.45, 100 * 3.45, 100 * 5.45]),
        ({"kind": "zonal_min"}, [1, 3, 3, 5]),
        ({"kind": "zonal_max"}, [1.9, 3.9, 3.9, 5.9]),
        ({"kind": "zonal_std"}, [np.std(np.arange(10) / 10)] * 4),
        ({"kind": "zonal_quantile", "q": 0.5}, [1.4, 3.4, 3.4, 5.4]),
        ({"kind": "zonal_quantile", "q": 0}, [1, 3, 3, 5]),
        ({"kind": "zonal_quantile", "q": 1}, [1.9, 3.9, 3.9, 5.9]),
        ({"kind": "share_above", "threshold": 3.4}, [0, 50, 50, 100]),
        # Every value has the same area: the smallest of them.
        ({"kind": "majority"}, [1, 3, 3, 5]),
    ],
)
def test_each_kind_on_squares_of_known_pixels(place, measure, expected):
    weighted_place(place, np.ones((2, 2)))
    found = place.measured(measure, {"path": "r.tif"})
    assert found.values == pytest.approx(expected, rel=1e-12)
    assert found.coverage == pytest.approx([1, 1, 1, 1])


def test_index_is_kept_and_serves_another_raster_of_the_grid(place, tmp_path, monkeypatch):
    from smart_territoires_plugin.core.measures import territory_index
    from smart_territoires_plugin.core.pipeline import measure_study
    from smart_territoires_plugin.core.store import Store

    store, source = Store(tmp_path / "store"), {"path": "r.tif"}
    place.raster("r.tif", np.arange(400.0).reshape(20, 20))
    first = measure_study(place.study({"kind": "zonal_mean"}, source), store, workers=1).values["one"].values
    monkeypatch.setattr(territory_index, "zone_index", lambda *_: pytest.fail("the index was made again"))
    place.raster("r.tif", 2 * np.arange(400.0).reshape(20, 20))
    again = measure_study(place.study({"kind": "zonal_mean"}, source), store, workers=1).values["one"].values
    assert again == pytest.approx(2 * first, rel=1e-12)

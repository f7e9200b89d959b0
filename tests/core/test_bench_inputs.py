"""The bench draws what it says, and its harness measures what it says: on small sizes, against closed forms."""

import json
import subprocess
import sys
import time
from pathlib import Path

import geopandas
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin

from bench import ours_scoring
from bench.comparing import Mark, Method, Row, Table, relative_error
from bench.comparisons import scoring
from bench.comparisons.coverage import study
from bench.inputs import coverage, exact, rasters, scores
from bench.inputs.fractals import roughen
from bench.inputs.making import made
from bench.inputs.polygons import Patch, draw_polygons
from bench.inputs.territories import draw_territories, merged, write_territories
from bench.page import page
from bench.peers import exactextract_frame, geopandas_overlay, repeating
from bench.running import Run, run
from smart_territoires_plugin.core.scoring.treatment import coinr
from smart_territoires_plugin.core.study import read_study

ROOT = Path(__file__).resolve().parents[2]
PATCH = Patch((600_000, 6_600_000, 620_000, 6_620_000), 2_000, 150.0)


def drawn(seed):
    return draw_polygons(PATCH, np.random.default_rng(seed))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), corners=st.integers(5, 12))
def test_rough_edges_never_cross(seed, corners):
    rng = np.random.default_rng(seed)
    angle = 2 * np.pi * np.arange(corners) / corners
    points = np.column_stack([np.cos(angle), np.sin(angle)])
    # Neighbouring edges meet at π(1 − 2/corners): half of that is the widest lozenge that keeps them apart.
    widest = 0.49 * np.pi * (1 - 2 / corners)
    ring = roughen(points, np.roll(points, -1, axis=0), np.full(corners, widest), 6, rng, decay=0.7)
    assert shapely.is_valid(shapely.Polygon(ring.reshape(-1, 2)))


def test_territories_share_their_edges_and_nothing_else():
    territories = draw_territories(80, 700.0, seed=4)
    assert len(territories) == 80
    assert shapely.is_valid(territories).all()
    assert shapely.coverage_is_valid(territories)
    assert shapely.area(territories).sum() == pytest.approx(700e6, rel=0.1)
    assert shapely.get_num_coordinates(territories).min() > 150
    assert shapely.area(shapely.union_all(territories)) == pytest.approx(shapely.area(territories).sum(), rel=1e-12)


def test_merged_territories_cover_the_same_ground():
    territories = draw_territories(60, 500.0, seed=5)
    large = merged(territories, 4, seed=5)
    assert len(large) == 4
    assert shapely.is_valid(large).all()
    assert shapely.area(shapely.symmetric_difference(shapely.union_all(large), shapely.union_all(territories))) < 1e-3


def test_another_zoning_lies_within_the_first():
    region = shapely.coverage_union_all(draw_territories(80, 700.0, seed=4))
    inside = draw_territories(80, 450.0, seed=6, region=region)
    assert shapely.covers(region, inside).all()


def test_polygons_are_as_messy_as_announced():
    polygons, kinds = drawn(1)
    invalid = ~shapely.is_valid(polygons)
    assert len(polygons) == 2_000
    assert (kinds == "duplicate").sum() == 80
    assert 0.018 <= invalid[kinds != "duplicate"].sum() / 2_000 <= 0.02
    assert set(kinds[invalid]) >= {"bow_tie", "touching", "discs"}
    originals = set(shapely.to_wkb(polygons[kinds != "duplicate"]))
    assert all(wkb in originals for wkb in shapely.to_wkb(polygons[kinds == "duplicate"]))
    vertices = shapely.get_num_coordinates(polygons[kinds == "plain"])
    assert vertices.min() >= 11
    assert vertices.max() <= 121


def test_repair_by_structure_keeps_the_area_that_the_default_loses():
    polygons, kinds = drawn(2)
    discs = polygons[kinds == "discs"]
    union_m2 = [shapely.area(shapely.union_all(shapely.get_parts(one))) for one in discs]
    np.testing.assert_allclose(shapely.area(coverage.repaired(discs)), union_m2, rtol=1e-9)
    assert shapely.area(shapely.make_valid(discs)).sum() < 0.9 * sum(union_m2)


def test_the_same_seed_draws_the_same_bits():
    assert shapely.to_wkb(drawn(3)[0]).tolist() == shapely.to_wkb(drawn(3)[0]).tolist()
    assert shapely.to_wkb(drawn(3)[0]).tolist() != shapely.to_wkb(drawn(4)[0]).tolist()


def test_inputs_are_made_once_for_one_recipe(tmp_path):
    calls = []

    def make(folder):
        calls.append(folder)
        (folder / "file").write_text("x", encoding="utf-8")
        return {"size": len(calls)}

    folder = tmp_path / "inputs"
    assert made(folder, {"seed": 1}, make) == {"size": 1}
    assert made(folder, {"seed": 1}, make) == {"size": 1}
    assert made(folder, {"seed": 2}, make) == {"size": 2}
    (folder / "recipe.json").unlink()  # an interrupted making leaves no mark
    assert made(folder, {"seed": 2}, make) == {"size": 3}


def test_rasters_are_on_one_grid_and_hold_the_territories(tmp_path):
    recipe = rasters.ZonalRecipe(territories=9, area_km2=20.0, side_cells=700)
    rasters.write_rasters(tmp_path / "zonal", recipe)
    zones = geopandas.read_file(tmp_path / "zonal" / "territories.gpkg")
    grids = set()
    for name in (*rasters.FIELDS, "inhabitants"):
        with rasterio.open(tmp_path / "zonal" / f"{name}.tif") as raster:
            grids.add((raster.transform, raster.shape, raster.crs))
            assert (raster.dtypes, raster.block_shapes) == (("float32",), [(512, 512)])
            assert shapely.covers(shapely.box(*raster.bounds), zones.geometry.values).all()
            values = raster.read(1, masked=True)
        if name == "inhabitants":
            assert values.min() == 0
            assert not np.ma.is_masked(values)
        else:
            assert np.all((values.compressed() / rasters.STEP) % 1 == 0)
    assert len(grids) == 1


@pytest.fixture
def two_squares(tmp_path):
    """Two territories, and polygons that overlap in the first: 3 of its 4 km², none of the second."""
    zones = np.array([shapely.box(0, 0, 2000, 2000), shapely.box(2000, 0, 4000, 2000)], dtype=object)
    write_territories(zones, tmp_path / "territories.gpkg", "Commune", 1)
    covering = np.array([shapely.box(-500, -500, 1500, 2500), shapely.box(0, 0, 1000, 2000)], dtype=object)
    coverage.write_polygons(covering, np.array(["plain", "plain"]), tmp_path / "polygons.gpkg")
    return tmp_path


def test_exact_covered_area_is_the_closed_form(two_squares):
    zonings = {"territories": (two_squares / "territories.gpkg", 2)}
    found = exact.write_covered(two_squares / "exact", two_squares / "polygons.gpkg", zonings)
    assert found["territories"] == pytest.approx({"00001": 3e6, "00002": 0.0})


def test_geopandas_answers_from_the_same_files(two_squares):
    out = two_squares / "answer.json"
    geopandas_overlay.play(str(two_squares / "territories.gpkg"), str(two_squares / "polygons.gpkg"), str(out))
    answer = json.loads(out.read_text(encoding="utf-8"))
    assert answer["values"] == pytest.approx({"00001": 3e6, "00002": 0.0})
    assert 0 < answer["marks"]["read"] < answer["marks"]["done"]


def test_exact_means_are_the_closed_form(tmp_path):
    """A zone that begins half a cell within a plane: cells count by the share of each that lies in it."""
    grid = {"driver": "GTiff", "width": 4, "height": 2, "count": 1, "dtype": "float32", "crs": "EPSG:2154"}
    grid["transform"] = from_origin(0, 20, 10, 10)
    values = {"first": [[1, 2, 3, 4], [1, 2, 3, -9999]], "inhabitants": [[0, 1, 0, 3], [2, 0, 0, 5]]}
    for name, cells in values.items():
        with rasterio.open(tmp_path / f"{name}.tif", "w", nodata=-9999 if name == "first" else None, **grid) as raster:
            raster.write(np.array(cells, dtype=np.float32), 1)
    write_territories(np.array([shapely.box(5, 0, 40, 20)], dtype=object), tmp_path / "territories.gpkg", "Zone", 1)
    found = exact.write_means(tmp_path / "exact", tmp_path, ("first",), "inhabitants", 1)["first"]
    # Plain: halves of 1 and 1, then 2, 3, 4, 2, 3 whole. Weighted: 2 × 1 + 4 × 3 above, half of 1 × 2 below.
    assert found["mean"] == pytest.approx({"00001": 15 / 6})
    assert found["weighted"] == pytest.approx({"00001": 15 / 5})
    out = tmp_path / "answer.json"
    zones, field = str(tmp_path / "territories.gpkg"), str(tmp_path / "first.tif")
    exactextract_frame.play(zones, field, str(out), "feature-sequential", str(tmp_path / "inhabitants.tif"))
    assert json.loads(out.read_text(encoding="utf-8"))["values"] == pytest.approx(found["weighted"])


def test_the_study_of_the_bench_can_be_read(tmp_path):
    asked = read_study(study(tmp_path, "others"))
    assert [indicator.measure.kind for indicator in asked.indicators] == ["coverage_area"]
    assert asked.sources["territories"].path == (tmp_path / "coverage" / "others.gpkg").resolve()


def test_memory_is_that_of_a_process_with_its_children():
    """A child holds 60 MB while its own child holds 150."""
    grandchild = "block = bytearray(b'x') * 150_000_000; import time; time.sleep(0.6)"
    program = f"""
import json, subprocess, sys
block = bytearray(b'x') * 60_000_000
subprocess.run([sys.executable, '-c', {grandchild!r}])
json.dump({{'marks': {{'done': 1.5}}, 'values': {{}}, 'versions': {{}}}}, open(sys.argv[1], 'w'))
"""
    found = run([sys.executable, "-c", program, "{out}"])
    assert found.absent == ""
    assert found.seconds == 1.5
    assert found.process_s >= 0.6
    assert 210 <= found.peak_mb <= 330


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("import sys; print('No module named duckdb', file=sys.stderr); sys.exit(3)", "No module named duckdb"),
        ("import sys; print('out of tiles', file=sys.stderr); sys.exit(7)", "ended with 7: out of tiles"),
    ],
)
def test_a_peer_that_cannot_run_is_told_with_its_reason(program, told):
    assert run([sys.executable, "-c", program, "{out}"]).absent == told


def test_a_missing_answer_is_an_error_without_bound():
    assert relative_error({"a": 2.0, "b": None}, {"a": 2.0, "b": 4.0}) == float("inf")
    assert relative_error({"a": 2.1}, {"a": 2.0}) == pytest.approx(0.05)


TABLE = scores.ScoresRecipe(80, 30, 9)
CHAIN = scores.ChainRecipe(600, groups=5)


def test_tables_of_scores_are_what_they_say():
    values, again = scores.draw_indicators(300, 8, 1), scores.draw_indicators(300, 8, 1)
    assert values.tobytes() == again.tobytes()
    assert values.tobytes() != scores.draw_indicators(300, 8, 2).tobytes()
    assert values.min() > 0
    assert len(np.unique(values)) < values.size, "without equal values, ties are not tested"
    weights = scores.draw_weights(8, 1)
    assert weights.sum() == pytest.approx(1)
    assert 0 < weights.max() <= 3 * weights.min()
    matrix = scores.draw_comparisons(9, 1)
    np.testing.assert_allclose(matrix * matrix.T, 1, rtol=1e-15)
    np.testing.assert_allclose(np.maximum(matrix, 1 / matrix), np.round(np.maximum(matrix, 1 / matrix)), rtol=1e-15)
    largest = np.linalg.eigvals(matrix).real.max()
    assert 0 < (largest - 9) / 8 / 1.45 < 0.1, "comparisons that agree or that nobody would accept"


@pytest.mark.parametrize("size", [600, 35_000])
def test_the_chain_has_outliers_of_each_kind(size):
    table = scores.draw_chain(scores.ChainRecipe(size))
    values = table["values"]
    assert np.isnan(values).mean() == pytest.approx(0.02, abs=0.005)
    values[:, 5::6] /= table["inhabitants"][:, None]
    found = [coinr(column).how for column in values.T]
    assert found[0::6] == ["none"] * 5
    assert found[1::6] == ["winsorised"] * 5
    assert set(found[2::6] + found[3::6] + found[4::6] + found[5::6]) <= {"log", "winsorised"}
    if size == 35_000:
        assert found.count("log") == 20


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scores")
    return {"chain": scores.write_chain(folder / "chain", CHAIN), "": scores.write_scores(folder / "table", TABLE)}


@pytest.mark.parametrize("what", list(ours_scoring.CALLS))
def test_ours_give_the_formulas_scores(what, tables, tmp_path, monkeypatch):
    monkeypatch.setattr(repeating, "_MOST_CALLS", 2)
    path = tables.get(what, tables[""])
    wanted = scoring.exact(what, path)
    ours_scoring.play(what, str(path), str(tmp_path / "answer.json"))
    answer = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert scoring.apart(answer["values"], wanted) <= scoring.EQUAL
    assert len(answer["values"]) == len(wanted)
    assert len({round(value, 9) for value in answer["values"].values() if value is not None}) > 4


def test_copeland_of_a_sample_is_that_of_all(tables):
    whole, some = scoring.exact("copeland", tables[""]), scoring.exact_sample(tables[""])
    assert some.items() <= whole.items()
    assert 60 <= len(some) <= 80


@pytest.mark.parametrize(
    ("values", "told"),
    [({"0": 2.0, "1": 4.0}, ""), ({"0": 2.0, "1": 4.001}, "differs by 0.00025"), ({"0": 2.0}, "differs by inf")],
)
def test_a_line_with_another_answer_is_told_as_absent(values, told):
    one = Run(0.5, None, 1.0, 30.0, {"values": values, "versions": {}})
    row = scoring.judged(Method("peer", ["python"], "p.py"), [one], {"0": 2.0, "1": 4.0}, 0.25, 1e-9)
    assert told in row.absent
    assert (row.seconds, row.ratio) == ((None, None) if told else (0.5, 2.0))


def test_a_call_is_repeated_and_its_first_answer_kept(monkeypatch):
    monkeypatch.setattr(repeating, "_MOST_CALLS", 4)
    turns = []
    found, clock = repeating.repeated(lambda turn: turns.append(turn) or turn * 10)
    assert (found, turns) == (0, [0, 1, 2, 3])
    assert set(clock.marks) == {"first", "done"}


def test_a_call_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(repeating, "LIMIT_S", 0.05)
    with pytest.raises(TimeoutError, match="not done within"):
        repeating.repeated(lambda _: time.sleep(30))


def test_what_takes_milliseconds_is_told_in_digits():
    text = page({"machine": "m", "date": "d", "versions": {}}, [Table("T", [], [Row("a", "a.py", 0.00213)])])
    assert "| 0.0021 |" in text


def test_the_page_says_what_was_missed_and_what_is_absent():
    rows = [
        Row("**ours**", "bench/ours.py", 2.0, 3.0, None, 500.0, 1e-12, 1.0, (2.0,)),
        Row("peer", "p.py", absent="gone"),
    ]
    marks = [Mark("speed", 4.0, least=8), Mark("memory", 500.0, most=2_000, unit="MB"), Mark("other", None, least=1)]
    text = page({"machine": "m", "date": "d", "versions": {"x": "1"}}, [Table("Title", ["Said."], rows, marks=marks)])
    assert "| Title | speed | ≥ 8 | 4 | **missed** |" in text
    assert "| Title | memory | ≤ 2,000 MB | 500 MB | met |" in text
    assert "| Title | other | ≥ 1 | – | not measured |" in text
    assert "absent: gone" in text


def test_an_unknown_comparison_is_refused():
    command = [sys.executable, "-m", "bench", "--only", "zonal,nothing"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "nothing" in done.stderr

"""The fictitious region: whole, nested, the same for a seed, and spoilt exactly where it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
import rasterio
import shapely
import yaml
from rasterio.features import geometry_mask

from smart_territoires_plugin.core.demo import write_region
from smart_territoires_plugin.core.register.layout import TABLES

MEASURE_KINDS = {
    "coverage_share", "coverage_area", "coverage_per_capita", "zonal_mean", "count", "count_per_1000",
    "field", "ratio", "per_capita", "register_activity",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("fictitious")
    write_region(made / "région d'essai")
    return made / "région d'essai"


@pytest.fixture(scope="module")
def communes(folder):
    return geopandas.read_file(folder / "fictitious_communes.gpkg")


@pytest.fixture(scope="module")
def study(folder):
    return yaml.safe_load((folder / "study.yaml").read_text(encoding="utf-8"))


def read_csv(path: Path, **options) -> pd.DataFrame:
    return pd.read_csv(path, sep=";", dtype=str, **options)


def table_values(path: Path) -> pd.DataFrame:
    """The content of any vector layer or table of the region, as text."""
    if path.suffix == ".gpkg":
        layers = [
            pyogrio.read_dataframe(path, layer=name, read_geometry=False).assign(layer=name, wkb=_wkb(path, name))
            for name, _ in pyogrio.list_layers(path)
        ]
        return pd.concat(layers).astype(str)
    if path.suffix == ".xlsx":
        return pd.read_excel(path, sheet_name="communes", dtype=str, engine="openpyxl")
    return read_csv(path, encoding="latin-1")


def _wkb(path: Path, layer: str):
    frame = pyogrio.read_dataframe(path, layer=layer)
    return shapely.to_wkb(frame.geometry.to_numpy(), hex=True) if "geometry" in frame else ""


def test_counts(communes):
    assert len(communes) == 300
    assert communes["code_insee"].is_unique and communes["nom"].is_unique
    assert communes["nom_departement"].nunique() == 4
    assert communes["nom_epci"].nunique() == communes["siren_epci"].nunique() == 20
    assert communes.crs.to_epsg() == 2154


def test_population_is_spread_as_in_france(communes):
    small = (communes["population"] < 2_000).mean()
    assert small == pytest.approx(0.85, abs=0.02)
    assert (communes["population"] > 0).all()
    ordered = communes["population"].sort_values()
    assert ordered.iloc[-1] > 3 * ordered.iloc[-2], "one city stands out"
    assert ((ordered > 4_000) & (ordered < 40_000)).sum() >= 5, "and there are towns"


def test_no_code_exists_in_france(communes):
    # French codes begin with 01 to 98 (2A and 2B in Corsica), never with 00.
    assert communes["code_insee"].str.fullmatch(r"00\d{3}").all()
    assert (communes["code_insee"].str[:3] == communes["code_departement"]).all()


def test_no_name_exists_in_france(communes):
    official = Path(__file__).parents[3] / "shared" / "data" / "insee" / "communes.csv"
    if not official.exists():
        pytest.skip("the official list of communes is not here (../shared/data)")
    real = set(pd.read_csv(official, usecols=["LIBELLE"])["LIBELLE"].str.lower())
    assert not set(communes["nom"].str.lower()) & real


def test_communes_neither_overlap_nor_leave_gaps(communes):
    shapes = communes.geometry
    assert shapes.is_valid.all()
    assert set(shapes.geom_type) == {"Polygon"}
    whole = shapes.union_all()
    assert whole.geom_type == "Polygon"
    assert not whole.interiors, "a gap would be a hole"
    # Independent of the coverage test that the generator itself uses: the parts add up to the whole.
    assert shapes.area.sum() == pytest.approx(whole.area, rel=1e-9)


def test_groups_nest_and_are_in_one_piece(communes):
    assert (communes.groupby("siren_epci")["code_departement"].nunique() == 1).all()
    for column in ("code_departement", "siren_epci"):
        pieces = communes.dissolve(column).geometry
        assert set(pieces.geom_type) == {"Polygon"}, column
    # A polygon whose parts meet in a corner only would have a smaller inside than its buffer shrunk by a metre.
    shrunk = communes.dissolve("siren_epci").buffer(-1).geom_type
    assert set(shrunk) == {"Polygon"}


@pytest.mark.parametrize("seed", [0, 7])
def test_other_seeds_hold_together(tmp_path, seed):
    write_region(tmp_path, seed=seed)
    communes = geopandas.read_file(tmp_path / "fictitious_communes.gpkg")
    assert len(communes) == 300
    assert communes["code_insee"].is_unique and communes["nom"].is_unique
    assert (communes.groupby("siren_epci")["code_departement"].nunique() == 1).all()
    assert communes.geometry.area.sum() == pytest.approx(communes.geometry.union_all().area, rel=1e-9)
    flood = geopandas.read_file(tmp_path / "fictitious_flood.gpkg")
    assert (~flood.is_valid).sum() == 1


def test_same_seed_same_values(folder, tmp_path):
    write_region(tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == sorted(each.name for each in folder.iterdir())
    for path in sorted(tmp_path.iterdir()):
        twin = folder / path.name
        if path.suffix == ".tif":
            with rasterio.open(path) as one, rasterio.open(twin) as other:
                np.testing.assert_array_equal(one.read(1), other.read(1))
        elif path.suffix == ".yaml":
            assert path.read_bytes() == twin.read_bytes()
        else:
            pd.testing.assert_frame_equal(table_values(path), table_values(twin))


def test_another_seed_gives_another_region(folder, tmp_path, communes):
    write_region(tmp_path, seed=2)
    other = geopandas.read_file(tmp_path / "fictitious_communes.gpkg")
    assert other.union_all().symmetric_difference(communes.union_all()).area > 0.01 * communes.union_all().area


def test_writing_again_replaces_and_leaves_other_files(tmp_path):
    shares: list[float] = []
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "study.yaml").write_text("old")
    study = write_region(tmp_path, progress=shares.append)
    assert study == tmp_path / "study.yaml"
    assert "fictitious: true" in study.read_text(encoding="utf-8")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_progress_may_stop(tmp_path):
    class Stop(Exception):
        pass

    def stop(share: float) -> None:
        raise Stop

    with pytest.raises(Stop):
        write_region(tmp_path, progress=stop)
    assert not (tmp_path / "study.yaml").exists()


def test_residents_sum_to_the_population(folder, communes):
    with rasterio.open(folder / "fictitious_population.tif") as raster:
        values = raster.read(1, masked=True)
        transform = raster.transform
    assert values.sum() == communes["population"].sum()
    for _, commune in communes.sample(25, random_state=0).iterrows():
        outside = geometry_mask([commune.geometry], values.shape, transform)
        assert values[~outside].sum() == commune["population"]


def test_no2_follows_roads_and_towns(folder, communes):
    roads = geopandas.read_file(folder / "fictitious_networks.gpkg", layer="roads")
    motorway = roads[roads["classe"] == "autoroute"].geometry.union_all()
    with rasterio.open(folder / "fictitious_no2.tif") as raster:
        values = raster.read(1, masked=True)
        transform, nodata, crs = raster.transform, raster.nodata, raster.crs
    assert crs.to_epsg() == 2154 and nodata == -9999
    assert values.min() > 0 and values.max() < 80
    near = values[~geometry_mask([motorway.buffer(300)], values.shape, transform)].mean()
    far = values[geometry_mask([roads.geometry.union_all().buffer(2_000)], values.shape, transform)].mean()
    city = communes.loc[communes["population"].idxmax()].geometry
    in_city = values[~geometry_mask([city], values.shape, transform)].mean()
    assert near > 1.5 * far
    assert in_city > 1.5 * far


def test_one_commune_is_left_out_of_the_no2_model(folder, communes):
    with rasterio.open(folder / "fictitious_no2.tif") as raster:
        values = raster.read(1, masked=True)
        transform = raster.transform
    inside = [~geometry_mask([shape], values.shape, transform, all_touched=True) for shape in communes.geometry]
    known = [values[pixels].count() for pixels in inside]
    assert known.count(0) == 1


def test_flood_zones_overlap_and_one_is_invalid(folder):
    zones = geopandas.read_file(folder / "fictitious_flood.gpkg")
    assert set(zones["niveau"]) == {"fort", "moyen", "faible"}
    assert (~zones.is_valid).sum() == 1
    parts = shapely.get_parts(zones[~zones.is_valid].geometry.iloc[0])
    assert parts[0].intersection(parts[1]).area > 0, "its parts overlap"
    valid = zones[zones.is_valid]
    area = valid.dissolve("niveau").area
    assert area["fort"] < area["moyen"] < area["faible"]
    assert valid.area.sum() > 1.2 * valid.union_all().area
    rivers = geopandas.read_file(folder / "fictitious_networks.gpkg", layer="rivers")
    assert rivers.union_all().length * 0.95 < rivers.union_all().intersection(valid.union_all()).length


def test_green_spaces_overlap_and_one_is_there_twice(folder):
    green = geopandas.read_file(folder / "fictitious_green.gpkg")
    assert green.is_valid.all()
    assert set(green.geom_type) <= {"Polygon", "MultiPolygon"}
    copies = Counter(shapely.to_wkb(green.geometry.to_numpy()))
    assert sorted(copies.values())[-2:] == [1, 2]
    once = green.drop_duplicates("geometry")
    assert once.area.sum() > 1.005 * once.union_all().area


def test_energy_table_is_written_and_spoilt_in_the_french_manner(folder, communes):
    raw = (folder / "fictitious_energy.csv").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")
    table = read_csv(folder / "fictitious_energy.csv", encoding="cp1252", keep_default_na=False)
    assert len(table) == 300
    short = table["code_insee"].str.len() < 5
    assert 10 < short.sum() < 100
    assert set(table["code_insee"].str.zfill(5)) == set(communes["code_insee"])
    values = table["conso_residentiel_mwh"]
    assert set(values[~values.str.fullmatch(r"\d+,\d")]) == {"s", "n/d"}
    # Secrecy protects the smallest.
    hidden = set(table.loc[values.isin(["s", "n/d"]), "code_insee"].str.zfill(5))
    people = communes.set_index("code_insee")["population"]
    assert people[people.index.isin(hidden)].max() <= people[~people.index.isin(hidden)].min()


def test_other_tables_lack_one_row_and_one_value(folder, communes):
    housing = read_csv(folder / "fictitious_housing.csv")
    assert len(set(communes["code_insee"]) - set(housing["code_insee"])) == 1
    assert (folder / "fictitious_fibre.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    fibre = read_csv(folder / "fictitious_fibre.csv", encoding="utf-8-sig")
    assert fibre["thd"].isna().sum() == 1
    share_pct = fibre["thd"].dropna().str.replace(",", ".").astype(float)
    assert share_pct.between(0, 100).all()
    capacities = table_values(folder / "fictitious_capacities.xlsx")
    assert list(capacities["code_insee"]) == list(communes["code_insee"])


def test_register_is_coded_and_surveyed(folder, communes, study):
    projects = geopandas.read_file(folder / "register.gpkg", layer="projects")
    survey = geopandas.read_file(folder / "register.gpkg", layer="survey")
    assert set(projects["theme"]) == {theme["id"] for theme in study["themes"]}
    assert set(projects["stage"]) <= {"idea", "candidate", "funded", "running", "done", "stopped"}
    for axis in ("innovation", "partnership", "data", "inclusion"):
        assert set(projects[axis]) == {0, 1, 2, 3}
    known = set(communes["code_insee"])
    busy = {code for codes in projects["codes"] for code in re.split(r"[ ;]+", codes)}
    assert busy <= known
    assert projects["codes"].str.contains(";").any(), "some are shared"
    status = survey.set_index("code")["status"]
    assert status.index.is_unique and set(status.index) < known, "some are in neither layer"
    assert set(status[status == "documented"].index) == busy
    counts = status.value_counts()
    assert counts["searched_none_found"] > 60 and counts["not_searched"] > 20 and counts["documented"] > 60


def test_register_shows_every_table_and_field(folder, communes, study):
    tables = {
        name: pyogrio.read_dataframe(folder / "register.gpkg", layer=name).drop(columns="mention") for name in TABLES
    }
    empty = {(name, field) for name, table in tables.items() for field in table if table[field].isna().all()}
    assert empty == {("projects", "notes"), ("calls", "eligible")}, "an empty list of kinds means all"
    known = set(communes["code_insee"])
    for name in ("applications", "contacts_made", "interviews"):
        assert set(tables[name]["code"]) <= known
    assert set(tables["projects"]["epci"].dropna()) <= set(communes["nom_epci"])
    calls = tables["calls"].set_index("call_id")["closing"]
    assert sorted(calls > "2026-06-30") == [False, True], "one is closed and one is open"
    assert set(tables["applications"]["call_id"]) == set(calls.index)
    assert set(tables["benchmarks"]["indicator"]) <= {indicator["id"] for indicator in study["indicators"]}
    assert tables["benchmarks"]["reference_id"].nunique() == 2
    both = tables["projects"].dropna(subset="data_2")
    assert 20 < len(both) < len(tables["projects"]) and (both["data"] - both["data_2"]).abs().max() == 1


def test_activity_follows_size_but_not_closely(folder, communes):
    projects = geopandas.read_file(folder / "register.gpkg", layer="projects")
    busy = Counter(code for codes in projects["codes"] for code in codes.split(";"))
    count = communes["code_insee"].map(busy).fillna(0)
    link = count.rank().corr(communes["population"].rank())
    assert 0.25 < link < 0.85


def test_promising_communes_without_projects_exist(folder, communes):
    """Above the middle on fibre, open data, agreements and turnout at once, searched, and nothing found."""
    survey = geopandas.read_file(folder / "register.gpkg", layer="survey").set_index("code")["status"]
    capacities = pd.read_excel(
        folder / "fictitious_capacities.xlsx", sheet_name="communes", dtype={"code_insee": str}, engine="openpyxl"
    ).set_index("code_insee")
    fibre = read_csv(folder / "fictitious_fibre.csv", encoding="utf-8-sig").set_index("code_insee")["thd"]
    factors = capacities[["cadres_pct", "ingenieurs_epci_etp", "conventions", "jeux_ouverts", "participation_pct"]]
    factors = factors.assign(fibre=fibre.str.replace(",", ".").astype(float))
    ready = factors.rank(pct=True).mean(axis=1).rank(pct=True) > 0.75
    idle = survey.reindex(ready.index) == "searched_none_found"
    assert (ready & idle).sum() >= 8


def test_every_layer_says_fictitious(folder):
    for path in folder.glob("*.gpkg"):
        for name, kind in pyogrio.list_layers(path):
            if name == "layer_styles":  # the forms of the register, not data
                continue
            fields = pyogrio.read_info(path, layer=name)["fields"]
            said = path.stem.startswith("fictitious_") or "mention" in fields
            assert said, (path.name, name, kind)
    assert all("fictitious" in path.name for path in folder.iterdir() if path.suffix in (".csv", ".xlsx", ".tif"))


def test_study_names_only_what_exists(folder, study, communes):
    assert study["version"] == 1 and study["fictitious"] is True and study["crs"] == "EPSG:2154"
    assert "fictive" in study["name"]
    columns = set(communes.columns)
    territories = study["territories"]
    assert {territories[key] for key in ("code", "name", "population")} <= columns
    assert set(study["groups"]) == {"departement", "epci"} and set(study["groups"].values()) <= columns
    for name, source in study["sources"].items():
        path = folder / source["path"]
        assert path.exists(), name
        assert {"attribution", "licence", "date"} <= set(source), name
        if "layer" in source:
            assert source["layer"] in pyogrio.list_layers(path)[:, 0], name
        if "key" in source:
            assert source["key"] in table_values(path).columns.str.replace("ï»¿", ""), name


def test_study_indicators_are_consistent(folder, study):
    themes = [theme["id"] for theme in study["themes"]]
    assert themes == ["energy", "air", "flood", "green", "planning"]
    ids = [indicator["id"] for indicator in study["indicators"]]
    assert len(ids) == len(set(ids))
    by_role = {
        role: [each for each in study["indicators"] if each["role"] == role]
        for role in ("stake", "success_factor", "activity")
    }
    assert sum(map(len, by_role.values())) == len(ids)
    assert {each["theme"] for each in by_role["stake"]} == set(themes)
    assert {each["axis"] for each in by_role["success_factor"]} == {"innovation", "partnership", "data", "inclusion"}
    assert len(by_role["activity"]) == 1
    for each in study["indicators"]:
        measure = each["measure"]
        assert measure["kind"] in MEASURE_KINDS, each["id"]
        assert measure["source"] in study["sources"], each["id"]
        assert set(each["name"]) == {"fr", "en"}, each["id"]
        source = study["sources"][measure["source"]]
        named = {measure[key] for key in ("field", "numerator", "denominator") if key in measure}
        if named:
            assert named <= set(table_values(folder / source["path"]).columns), each["id"]


def test_filters_of_the_study_find_something(folder, study):
    filtered = [each["measure"] for each in study["indicators"] if "where" in each["measure"]]
    assert len(filtered) >= 4
    for measure in filtered:
        source = study["sources"][measure["source"]]
        path, layer = folder / source["path"], source["layer"]
        kept = len(pyogrio.read_dataframe(path, layer=layer, where=measure["where"]))
        assert 0 < kept < len(pyogrio.read_dataframe(path, layer=layer)), measure

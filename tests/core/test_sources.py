"""Sources together: the territories of Île-de-France, populations and groups of other tables, names of layers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from smart_territoires_plugin.core.sources.opened import OpenedSources
from smart_territoires_plugin.core.sources.territories import read_territories
from smart_territoires_plugin.core.study import read_study

IDF = Path(__file__).resolve().parent.parent / "studies" / "idf" / "study.yaml"
# Communes of the 2018 geometry that have been merged into another since.
DISSOLVED = {
    "77028", "77149", "77399", "78251", "78503", "78524", "91182", "91222", "93059", "95282",
}  # fmt: skip


@pytest.fixture(scope="module")
def idf(shared_data):
    return read_territories(OpenedSources(read_study(IDF)))


def of_check(territories, check: str) -> dict:
    found = defaultdict(list)
    for record in territories.quality:
        if record.check == check:
            found[record.source].append(record)
    return found


def test_every_commune_of_ile_de_france_is_there_once(idf):
    assert len(idf) == 1276
    assert len(set(idf.codes)) == 1276
    assert all(len(code) == 5 for code in idf.codes)


def test_its_population_is_whole(idf):
    assert not np.isnan(idf.population).any()
    assert idf.population.sum() == pytest.approx(12_463_067)


def test_paris_is_gathered_from_its_arrondissements(idf):
    (record,) = of_check(idf, "carried_arrondissements")["population"]
    assert record.code == "75056"
    assert record.examples.count(",") == 19
    assert idf.population_flags[idf.codes == "75056"].tolist() == ["repaired"]


def test_every_dissolved_commune_is_carried_with_a_record_of_its_own(idf):
    split = {record.code: record for record in of_check(idf, "carried_split")["population"]}
    assert set(split) >= DISSOLVED
    for code in DISSOLVED:
        whole, _, date = split[code].examples.partition(" ")
        assert whole in split, "the commune that took it in shares its row"
        assert "2018" <= date[:4] <= "2026"
    gone = {code for code in split if split[code].examples.split()[0] != code}
    assert gone == DISSOLVED
    assert (idf.population[np.isin(idf.codes, sorted(gone))] > 0).all()


def test_its_area_is_that_of_the_region(idf):
    """About 12 012 square kilometres."""
    assert idf.areas_m2.sum() / 1e6 == pytest.approx(12_012, rel=0.01)


def test_every_commune_has_its_groups(idf):
    assert set(idf.groups["departement"]) == {"75", "77", "78", "91", "92", "93", "94", "95"}
    assert all(idf.groups["epci"])
    assert 50 < len(set(idf.groups["epci"])) < 70


# ── Small ones


def test_territories_keep_the_order_of_their_file(place):
    codes = ["01004", "01002", "01003", "01001"]
    place.territories_file(code=codes)
    assert place.measured().territories.codes.tolist() == codes


def test_territories_without_a_code_are_refused(place):
    place.territories_file(code=["01001", None, "01003", ""])
    refusal = place.refused()
    assert refusal.codes == ["territories.empty_code"]
    assert "2" in refusal.fr


def test_layer_without_any_territory_is_refused(place):
    place.territories_file()
    sources = {"territories": {"path": "territories.gpkg", "where": "code = 'none'"}}
    assert place.refused(sources=sources).codes == ["territories.none"]


def test_territories_that_are_points_are_refused(place):
    place.territories_file("territories.gpkg", [place.point(i, 0) for i in range(4)])
    assert place.refused().codes == ["source.not_polygons"]


def test_one_territory_alone_is_read(place):
    place.territories_file("territories.gpkg", [place.square(0, 0)])
    assert place.measured().values.tolist() == [1]


def test_group_of_another_table_is_matched_by_code(place):
    place.table("epci.csv", "insee;siren\n1001;200000001\n1002;200000001\n01003;200000002\n")
    found = place.measured(
        groups={"epci": {"source": "epci", "field": "siren"}}, sources={"epci": {"path": "epci.csv", "key": "insee"}}
    )
    assert found.territories.groups["epci"].tolist() == ["200000001", "200000001", "200000002", ""]
    assert found.examples("territory_without_group") == "01004 epci"


def test_group_that_is_a_column_of_numbers_is_text(place):
    place.territories_file(dep=[1.0, 1.0, 2.0, 2.0])
    assert place.measured(groups={"departement": "dep"}).territories.groups["departement"].tolist() == list("1122")


@pytest.mark.parametrize("file", ["t.gpkg", "t.geojson", "t.shp", "t.fgb"])
def test_same_territories_of_any_format(place, file):
    place.territories_file(file)
    found = place.measured(sources={"territories": {"path": file}})
    population = dict(zip(found.territories.codes, found.territories.population))
    assert population == {"01001": 1000, "01002": 2000, "01003": 3000, "01004": 4000}
    assert found.territories.areas_m2.tolist() == pytest.approx([1e6] * 4)


def test_content_hash_changes_with_any_part_of_a_shapefile(place):
    from smart_territoires_plugin.core.sources.files import content_hash

    path = place.territories_file("t.shp")
    before = content_hash(path)
    path.with_suffix(".prj").write_text(path.with_suffix(".prj").read_text() + " ")
    assert content_hash(path) != before

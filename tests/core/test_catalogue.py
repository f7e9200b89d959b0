"""The catalogue of known sources: entries that a study can hold, and real files that it recognises."""

from __future__ import annotations

from pathlib import Path

import pyogrio
import pytest
import yaml

from smart_territoires_plugin.core.study.catalogue import (
    condition,
    field_for,
    proposed_indicator,
    proposed_source,
    read_catalogue,
    recognise,
)
from smart_territoires_plugin.core.study.schema import schema_problems
from smart_territoires_plugin.core.study.specification import AXES, MEASURES, ROLES

CATALOGUE = read_catalogue()
DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FLOOD, PLAN, POLYGONS = "isere_flood", "pprm_38ddt20180002", "polygons"


def fields_of(known):
    """A source that has just what the entry needs, each under its first name."""
    entry = known.content
    more = [
        entry.get("key", ""),
        *(entry.get("indicator", {}).get(k, "") for k in ("field", "numerator", "denominator")),
    ]
    return list(dict.fromkeys([names[0] for names in known.needs] + [name.split("|")[0] for name in more if name]))


@pytest.mark.parametrize("known", CATALOGUE, ids=lambda known: known.id)
def test_every_entry_is_complete_in_both_languages(known):
    assert known.name.fr and known.name.en
    assert bool(known.warning("fr")) == bool(known.warning("en"))
    assert known.geometry in ("polygons", "lines", "points", "raster", "table")
    assert known in recognise(fields_of(known), known.geometry, CATALOGUE)
    if known.use == "indicator":
        indicator = known.content["indicator"]
        assert indicator["role"] in ROLES and indicator["kind"] in MEASURES
        assert indicator.get("axis", AXES[0]) in AXES
        assert set(indicator["name"]) == {"fr", "en"}


@pytest.mark.parametrize("known", [k for k in CATALOGUE if k.use == "indicator"], ids=lambda known: known.id)
def test_what_is_proposed_is_a_study_that_the_schema_takes(known, tmp_path):
    from smart_territoires_plugin.core.study.documents import read_document

    fields = fields_of(known)
    indicator = proposed_indicator(known, fields, "added")
    content = {
        "version": 1,
        "name": "t",
        "crs": "EPSG:2154",
        "territories": {"source": "communes", "code": "code"},
        "sources": {"communes": {"path": "c.gpkg"}, "added": proposed_source(known, fields, "a.gpkg", "layer")},
        "themes": [{"id": indicator.get("theme", "flood")}],
        "indicators": [indicator],
        "scoring": {"missing": "renormalise"},
    }
    path = tmp_path / "study.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert schema_problems(read_document(path), "study.schema.json") == []


def test_fields_are_found_without_case_accents_and_under_other_names():
    assert field_for("annee|year", ["Année"]) == "Année"
    assert field_for("code_commune|Code Commune", ["CODE-COMMUNE"]) == "CODE-COMMUNE"
    assert field_for("a|b", ["c"]) is None


def test_what_is_not_known_is_not_recognised():
    assert recognise(["id", "geom"], "polygons", CATALOGUE) == ()
    assert recognise(["id_zone", "nivalea", "coderisque"], "points", CATALOGUE) == ()


def test_conditions_quote_names_and_texts():
    assert condition({"field": 'a"b', "equals": "L'Haÿ"}, []) == "\"a\"\"b\" = 'L''Haÿ'"


@pytest.mark.skipif(not DATA.is_dir(), reason="shared/data is absent")
@pytest.mark.parametrize(
    ("path", "layer", "geometry", "expected"),
    [
        (f"{FLOOD}/38DDT20130013.zip/38DDT20130013/N_ZONE_ALEA_PPRN_20130013_S_038.shp", None, POLYGONS, "pprn_hazard"),
        (f"{FLOOD}/38DDT20200002.zip/38DDT20200002/N_ZONE_REG_PPRN_20200002_S_038.shp", None, POLYGONS, "pprn_zones"),
        (f"{FLOOD}/{PLAN}.gpkg", f"{PLAN}_zonereglementaireurba_s", POLYGONS, "pprn_zones_cnig"),
        (f"{FLOOD}/{PLAN}.gpkg", f"{PLAN}_zonealeareference_33_s", POLYGONS, "pprn_hazard_cnig"),
        ("idf_communes/communes-ile-de-france.geojson", None, POLYGONS, "communes_admin_express"),
        ("anct_services/france_services.geojson", None, "points", "france_services"),
        ("insee/donnees_communes.csv", None, "table", "population_insee"),
        ("idf_energy/AIRPARIF_conso_2017_communes.csv", None, "table", "energy_rose"),
    ],
)
def test_real_files_are_recognised(path, layer, geometry, expected):
    place = DATA / path
    if ".zip/" in path:
        place = f"/vsizip/{place}"
    if str(path).endswith(".csv"):
        head = Path(place).read_text(encoding="utf-8-sig").splitlines()[0]
        fields = [name.strip('"') for name in head.replace(";", ",").split(",")]
    else:
        fields = list(pyogrio.read_info(place, layer=layer)["fields"])
    assert recognise(fields, geometry, CATALOGUE)[0].id == expected

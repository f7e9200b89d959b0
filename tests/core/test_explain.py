"""``explain``: the score taken apart adds up, and each sentence carries the territory's own values."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import numpy as np
import pytest
from small_study import codes, default_table, without_role, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import TEXTS
from smart_territoires_plugin.core.results.explanation import explain
from smart_territoires_plugin.core.scoring.composite import score
from smart_territoires_plugin.core.scoring.explanation import contributions, effective_weights
from smart_territoires_plugin.core.scoring.state import load_state
from smart_territoires_plugin.core.study import read_study

LANGUAGES = ("fr", "en")
METHODS = ("arithmetic_mean", "geometric_mean")
NUMBER = {"fr": r"-?\d[\d\u202f]*(?:,\d+)?", "en": r"-?\d[\d,]*(?:\.\d+)?"}


def read_number(written: str, lang: str) -> float:
    return float(written.replace("\u202f", "").replace(",", ".") if lang == "fr" else written.replace(",", ""))


def table_of(folder: Path) -> dict[str, dict]:
    with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def run(folder: Path, **shape) -> Path:
    study = write_small_study(folder, **shape)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "fr"]) == 0
    return folder / "out"


@pytest.fixture(scope="module", params=METHODS)
def results(request, tmp_path_factory) -> tuple[str, Path]:
    """Results under either aggregation; one value is missing, and a weight is no whole number."""
    table = default_table(12).astype({"fibre": object})
    table.loc[4, "fibre"] = "s"

    def change(content):
        content["scoring"]["aggregation"] = request.param
        content["scoring"]["min_availability"] = 0.2
        content["indicators"][2]["weight"] = 2.25
        content["indicators"][2]["name"] = {"fr": "=Locaux", "en": "-Premises"}

    return request.param, run(tmp_path_factory.mktemp(request.param), table=table, change=change)


def taken_apart(said: str, lang: str) -> tuple[float, list[float], list[float]]:
    """The readiness, its parts and the weights, as the lines of an explanation give them."""
    title = (
        "explain.contributions" if TEXTS[lang]["explain.contributions"].partition("{")[0] in said else "explain.factors"
    )
    before = TEXTS[lang][title].partition("{")[0]
    (whole,) = re.findall(re.escape(before) + f"({NUMBER[lang]})", said)
    lines = said.partition(before)[2].splitlines()[1:]
    parts = [re.match(rf"\s+({NUMBER[lang]})  ", line) for line in lines]
    word = {"fr": "pondération", "en": "weight"}[lang]
    weights = [re.search(rf"{word} ({NUMBER[lang]})\)$", line) for line in lines]
    return (
        read_number(whole, lang),
        [read_number(found[1], lang) for found in parts if found],
        [read_number(found[1], lang) for found in weights if found],
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_printed_parts_make_the_readiness(results, lang):
    method, folder = results
    rows = table_of(folder)
    for code in codes(12):
        whole, parts, weights = taken_apart(explain(folder, code, lang), lang)
        assert whole == pytest.approx(float(rows[code]["readiness"]), abs=0.005)
        assert len(parts) == len(weights) == (1 if code == "77005" else 2)
        assert set(weights) <= {1, 2.25}
        if method == "arithmetic_mean":
            assert sum(parts) == pytest.approx(whole, abs=0.005 * (len(parts) + 1))
        else:
            # Each factor is rounded to a hundredth: the product is off by as much in relation to each of them.
            slack = sum(0.005 / part for part in parts) * whole + 0.005
            assert math.prod(parts) == pytest.approx(whole, abs=slack * 1.01)


def test_contributions_make_every_composite_exactly(results):
    method, folder = results
    state = load_state(folder / "scoring.npz")
    scores = score(read_study(folder.parent / "study.yaml"), state["values"])
    assert scores.aggregation.name == method
    for name, column in scores.columns.items():
        parts = contributions(scores, name)
        made = parts.sum(axis=1) if method == "arithmetic_mean" else parts.prod(axis=1)
        known = ~np.isnan(column)
        assert known.any()
        np.testing.assert_allclose(made[known], column[known], rtol=1e-12)
        np.testing.assert_allclose(effective_weights(scores, name)[known].sum(axis=1), 1, rtol=1e-12)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_value_is_named_with_its_reason(results, lang):
    _, folder = results
    said = explain(folder, "77005", lang)
    reason = {"fr": "secret statistique", "en": "secret"}[lang]
    (line,) = [line for line in said.splitlines() if line.startswith("  ") and reason in line]
    assert {"fr": "manque  =Locaux", "en": "missing  -Premises"}[lang] in line


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_carry_the_territorys_own_values(results, lang):
    _, folder = results
    rows = table_of(folder)
    own = default_table(12).set_index("code")
    seen = set()
    for code in codes(12):
        row, said = rows[code], explain(folder, code, lang)
        assert said.splitlines()[0].startswith(f"Commune {code} ({code}) – segment")
        seen.add(row["segment"])
        if row["segment"] == "engage":
            start = {"fr": "Cible n° ", "en": "Target "}[lang]
            (line,) = [line for line in said.splitlines() if line.startswith(start)]
            numbers = [read_number(item, lang) for item in re.findall(NUMBER[lang], line)]
            assert numbers[:3] == [float(row[name]) for name in ("target_rank", "rank_low", "rank_high")]
            assert {"fr": "liste", "en": "list"}[lang] in said.splitlines()[2]
        else:
            assert {"fr": "Hors de la liste", "en": "Not in the target list"}[lang] in said
        if code != "77005":
            first = said.partition({"fr": "Ses atouts\u00a0: ", "en": "Its strengths: "}[lang])[2].partition("\n")[0]
            fibre = re.search(rf"(?:=Locaux|-Premises) \(({NUMBER[lang]})", first)
            assert read_number(fibre[1], lang) == pytest.approx(own.loc[code, "fibre"], abs=0.05)
    assert {"engage"} < seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reasons_of_the_table_are_those_of_the_explanation(results, lang):
    _, folder = results
    for code, row in table_of(folder).items():
        assert row[f"reasons_{lang}"] in explain(folder, code, lang)


def test_a_code_is_found_in_lower_case_and_with_spaces(tmp_path):
    import geopandas

    folder = tmp_path
    study = write_small_study(folder)
    layer = geopandas.read_file(folder / "communes.gpkg")
    layer.loc[0, "code"] = "2A004"
    (folder / "communes.gpkg").unlink()
    layer.to_file(folder / "communes.gpkg", layer="communes")
    assert main(["run", str(study), "--out", str(folder / "out")]) == 0
    assert explain(folder / "out", " 2a004 ", "en").startswith("Commune 77001 (2A004)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_keeps_a_territory_off_the_shortlist_is_said(tmp_path, lang):
    folder = run(tmp_path, size=16, change=lambda content: content["targeting"].update(shortlist=1))
    rows = table_of(folder)
    beyond = [code for code, row in rows.items() if row["target_rank"] not in ("", "1")]
    assert beyond
    said = explain(folder, beyond[0], lang).splitlines()[2]
    numbers = [read_number(item, lang) for item in re.findall(NUMBER[lang], said)]
    assert numbers[1:3] == [float(rows[beyond[0]]["target_rank"]), 1]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("roles", [("success_factor",), ("activity",), ("stake",), ("success_factor", "activity")])
def test_a_study_without_a_role_is_explained_too(tmp_path, roles, lang):
    folder = run(tmp_path, change=without_role(*roles))
    for code in codes(12):
        said = explain(folder, code, lang)
        assert "nan" not in said.lower().replace("finance", "") and "{" not in said
        assert said.startswith(f"Commune {code}")

"""The study of the real communes of Île-de-France, on the public files that stand beside the repository."""

from __future__ import annotations

import html
import json
import re
import string
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio
import pytest

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import TEXTS
from smart_territoires_plugin.core.results.explanation import explain

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "tests" / "studies" / "idf" / "study.yaml"
DATA = ROOT.parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="shared/data is absent")

# INSEE: municipal population of 2023, and the communes of 2018 that were dissolved since, with their successors.
POPULATION = 12_463_067
SUCCESSORS = {
    "77028": "77433", "77149": "77109", "77399": "77504", "78251": "78551", "78503": "78320", "78524": "78158",
    "91182": "91228", "91222": "91390", "93059": "93066", "95282": "95169",
}  # fmt: skip
PARIS = "75056"
LANGUAGES = ("fr", "en")
NUMBER = {"fr": r"-?\d{1,3}(?:\u202f\d{3})*(?:,\d+)?", "en": r"-?\d{1,3}(?:,\d{3})*(?:\.\d+)?"}


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("idf") / "résultats"
    assert main(["run", str(STUDY), "--out", str(folder), "--lang", "fr"]) == 0
    return folder


@pytest.fixture(scope="module")
def territories(out) -> pd.DataFrame:
    text = {"code": str, "name": str, "peer_code": str, "group_departement": str, "group_epci": str}
    return pd.read_csv(out / "territories.csv", dtype=text, keep_default_na=False, na_values=[""]).set_index("code")


def layer(out: Path, name: str) -> pd.DataFrame:
    return pyogrio.read_dataframe(out / "results.gpkg", layer=name, read_geometry=False)


@pytest.fixture(scope="module")
def indicators(out) -> pd.DataFrame:
    return layer(out, "indicators").set_index(["code", "indicator"])


# ── nobody is lost


def test_1276_communes_come_out_as_they_went_in(out, territories):
    source = pyogrio.read_dataframe(DATA / "idf_communes" / "communes-ile-de-france.geojson", read_geometry=False)
    assert len(source) == 1276
    assert territories.index.tolist() == source["code"].tolist()
    assert territories["name"].tolist() == source["nom"].tolist()
    assert len(layer(out, "territories")) == 1276
    assert len(layer(out, "indicators")) == 1276 * 17
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["counts"]["territories"] == 1276


def test_the_population_of_the_region_is_whole(territories):
    raw = pd.read_csv(DATA / "insee" / "donnees_communes.csv", sep=";", dtype=str, encoding="utf-8-sig")
    region = raw[raw["DEP"].isin(["75", "77", "78", "91", "92", "93", "94", "95"])]
    assert region["PMUN"].str.replace(r"\s", "", regex=True).astype(int).sum() == POPULATION
    assert territories["population"].sum() == pytest.approx(POPULATION, abs=1e-3)
    assert territories["population"].notna().all()


@pytest.mark.parametrize("code", [*SUCCESSORS, PARIS])
def test_what_was_done_about_each_commune_of_another_vintage_is_said(out, territories, code):
    quality = layer(out, "quality").fillna("")
    told = quality[quality["code"] == code].set_index("source")
    assert len(told) and territories.loc[code, "segment"]
    row = told.loc[["population"]].iloc[0]
    if code == PARIS:
        assert row["check"] == "carried_arrondissements"
        assert row["examples"].split(", ") == [f"751{number:02d}" for number in range(1, 21)]
    else:
        assert row["check"] == "carried_split" and row["examples"].split()[0] == SUCCESSORS[code]
    assert (told["outcome"].isin(["R", "M", "W"])).all()


@pytest.mark.parametrize(("former", "successor"), SUCCESSORS.items())
def test_a_merged_commune_shares_the_population_by_area(territories, former, successor):
    """Former and continuing commune together have what the table says of the merged one."""
    raw = pd.read_csv(DATA / "insee" / "donnees_communes.csv", sep=";", dtype=str, encoding="utf-8-sig")
    whole = int(raw.loc[raw["COM"] == successor, "PMUN"].iloc[0].replace(" ", ""))
    parts = [code for code, other in SUCCESSORS.items() if other == successor] + [successor]
    there = [code for code in parts if code in territories.index]
    assert territories.loc[there, "population"].sum() == pytest.approx(whole, abs=1e-6)
    assert (territories.loc[there, "population"] > 0).all()


def test_paris_is_the_sum_of_its_arrondissements(territories, indicators):
    raw = pd.read_csv(DATA / "insee" / "donnees_communes.csv", sep=";", dtype=str, encoding="utf-8-sig")
    parts = raw[raw["COM"].str.match(r"751(0[1-9]|1\d|20)$")]
    assert len(parts) == 20
    assert territories.loc[PARIS, "population"] == parts["PMUN"].str.replace(" ", "").astype(int).sum()
    assert indicators.loc[(PARIS, "electricity"), "flag"] == "repaired"


# ── nothing is made up, nothing goes unsaid


def test_every_gap_has_its_reason_in_words(indicators):
    gaps = indicators[indicators["value"].isna()]
    assert len(gaps) and gaps["reason"].notna().all()
    assert (gaps["flag"].isin(["missing", "imputed"])).all()
    assert [reason for reason in gaps["reason"].unique() if f"gap.{reason}" not in TEXTS["fr"]] == []
    carried = indicators[indicators["flag"] == "repaired"]
    assert [reason for reason in carried["reason"].unique() if f"gap.{reason}" not in TEXTS["fr"]] == []
    assert indicators["coverage"].between(0, 1).all()


def test_no_text_says_nan(out):
    words = {"nan", "none", "<na>", "inf", "-inf", "nat"}
    for name in ("territories.csv", "targets.csv"):
        cells = pd.read_csv(out / name, dtype=str, keep_default_na=False)
        assert not cells.map(lambda cell: cell.lower() in words).any(axis=None)
    for name in ("territories", "targets", "peers", "indicators", "quality", "runs"):
        frame = layer(out, name)
        texts = frame[[column for column in frame if not pd.api.types.is_numeric_dtype(frame[column])]]
        assert not texts.map(lambda cell: isinstance(cell, str) and cell.lower() in words).any(axis=None), name
        assert not any(np.isinf(frame[column].dropna().to_numpy(dtype=float)).any()
                       for column in frame.columns.difference(texts.columns)), name  # fmt: skip
    sentences = (out / "territories.csv").read_text(encoding="utf-8") + (out / "methodology.html").read_text(
        encoding="utf-8"
    )
    assert re.findall(r"\bnan\b|\bNone\b|\binf\b", sentences) == []


def test_every_output_says_proxy_and_synthetic(out, territories):
    assert territories["notice"].str.contains("Synthetic").all() and territories["notice"].str.contains("Proxy").all()
    assert territories["reasons_fr"].str.contains("substitution").all()
    assert territories["reasons_fr"].str.contains("synthétiques").all()
    assert territories["reasons_en"].str.contains("proxy").all()
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["notices"] == ["synthetic", "proxy"]
    page = html.unescape((out / "methodology.html").read_text(encoding="utf-8"))
    for code in ("synthetic", "proxy"):
        assert TEXTS["fr"][f"notice.{code}"] in page
    for name in ("targets", "peers"):
        assert layer(out, name)["notice"].str.contains("Proxy").all()


def test_activity_is_known_only_where_it_was_looked_for(territories, indicators):
    names = ["services", "advisers", "town_centre"]
    values = indicators["value"].unstack().loc[territories.index, names]
    unknown = territories["activity_status"] == "not_searched"
    assert territories.loc[unknown, "activity_count"].isna().all()
    known = territories.loc[~unknown, "activity_count"]
    np.testing.assert_allclose(known, values.loc[known.index].fillna(0).sum(axis=1))
    # One count for several communes cannot be divided: it is missing where nothing else was found.
    assert set(territories.index[unknown]) <= set(SUCCESSORS) | set(SUCCESSORS.values())


# ── each sentence cites the territory's own values


def pattern(code: str, lang: str) -> re.Pattern:
    """A wording as what reads its values back."""
    parts = []
    for text, name, _, _ in string.Formatter().parse(TEXTS[lang][code]):
        parts.append(re.escape(text))
        if name is not None:
            parts.append(f"(?P<{name}>.+?)")
    return re.compile("".join(parts))


def read(written: str, lang: str) -> float:
    found = re.match(NUMBER[lang], written)
    return float(found[0].replace("\u202f", "").replace(",", ".") if lang == "fr" else found[0].replace(",", ""))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_carries_the_values_of_the_table(out, territories, lang):
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    limit = manifest["method"]["readiness_threshold"]
    names = {theme["name"][lang]: theme["id"] for theme in manifest["study"]["themes"]}
    wordings = ("readiness_high", "readiness_low", "activity", "stake", "peer", "stability", "stability_one_rank")
    patterns = {code: pattern(f"reason.{code}", lang) for code in wordings}
    checked = dict.fromkeys(patterns, 0)
    for code, row in territories.iterrows():
        for line in row[f"reasons_{lang}"].split("\n"):
            for name, sought in patterns.items():
                found = sought.fullmatch(line)
                if not found:
                    continue
                checked[name] += 1
                said = found.groupdict()
                if name.startswith("readiness"):
                    assert read(said["value"], lang) == pytest.approx(row["readiness"], abs=0.0501)
                    assert read(said["threshold"], lang) == pytest.approx(limit, abs=0.0501)
                    assert (row["readiness"] > limit) == (name == "readiness_high"), code
                elif name == "activity":
                    assert read(said["projects"], lang) == row["activity_count"]
                    assert read(said["expected"], lang) == pytest.approx(row["expected_activity"], abs=0.501)
                    assert read(said["evidence"], lang) == pytest.approx(row["evidence"], abs=0.501)
                elif name == "stake":
                    assert names[said["theme"]] == row["recommended_theme"]
                    own = row[f"score_{row['recommended_theme']}"]
                    assert read(said["value"], lang) == pytest.approx(own, abs=0.0501)
                elif name.startswith("stability"):
                    ranks = [read(said[key], lang) for key in ("low", "high", "rank") if key in said]
                    assert ranks in ([row["rank_low"], row["rank_high"]], [row["rank_low"]]), code
                    assert len(ranks) == 2 or row["rank_low"] == row["rank_high"], code
                else:
                    peer = territories.loc[said["code"]]
                    assert said["code"] == row["peer_code"] and said["name"] == peer["name"]
                    assert read(said["projects"], lang) == peer["activity_count"]
                break
    engaged = int((territories["segment"] == "engage").sum())
    assert checked["readiness_high"] + checked["readiness_low"] == int(territories["readiness"].notna().sum())
    assert checked["activity"] == int(territories["activity_count"].notna().sum())
    assert sum(count for name, count in checked.items() if name.startswith("stability")) == engaged
    assert checked["stake"] == int(territories["recommended_theme"].notna().sum())
    assert checked["peer"] == int(territories["peer_code"].notna().sum())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strengths_and_stakes_cite_measured_values(out, territories, indicators, lang):
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    named = {item["name"][lang]: item["id"] for item in content["study"]["indicators"]}
    alternatives = "|".join(re.escape(name) for name in sorted(named, key=len, reverse=True))
    cited = re.compile(rf"({alternatives}) \(({NUMBER[lang]})")
    values = indicators["value_treated"].unstack()
    seen = 0
    for code, row in territories.iterrows():
        for name, written in cited.findall(row[f"reasons_{lang}"]):
            own = values.loc[code, named[name]]
            # One decimal below a hundred, none above.
            assert read(written, lang) == pytest.approx(own, abs=0.501 if abs(own) >= 99.5 else 0.0501), (code, name)
            seen += 1
    assert seen > 3 * len(territories)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("which", ["listed", "beyond the shortlist", "not engaged", "carried over", "gap"])
def test_explain_works_for_every_sort_of_commune(out, territories, indicators, which, lang):
    ranks = territories["target_rank"]
    gaps = indicators.index[indicators["value"].isna() & indicators.index.isin(territories.index, level=0)]
    code = {
        "listed": territories.index[ranks == 1][0],
        "beyond the shortlist": territories.index[ranks == 51][0],
        "not engaged": territories.index[territories["segment"] == "raise_awareness"][0],
        "carried over": "91182",
        "gap": gaps[0][0],
    }[which]
    row = territories.loc[code]
    said = explain(out, code, lang)
    assert said.startswith(f"{row['name']} ({code})")
    assert row[f"reasons_{lang}"] in said
    title = pattern("explain.contributions", lang).search(said)
    lines = said[title.end() :].strip("\n").splitlines()
    assert read(title["value"], lang) == pytest.approx(row["readiness"], abs=0.00501)
    parts = [re.match(rf"\s+({NUMBER[lang]})  ", line) for line in lines]
    points = [read(found[1], lang) for found in parts if found]
    assert sum(points) == pytest.approx(row["readiness"], abs=0.005 * (len(points) + 1))
    assert points == sorted(points, reverse=True)
    if which == "carried over":
        assert {"fr": "reprises d’un autre millésime", "en": "carried over"}[lang] in said
    if which == "listed":
        assert re.search({"fr": "Cible n° 1[^0-9]", "en": "Target 1[^0-9]"}[lang], said)
    if which == "beyond the shortlist":
        assert "51" in said and "50" in said


def test_a_change_of_weights_measures_nothing_again(out, tmp_path):
    """Beside the same sources, the store of the results serves a study with other weights."""
    import yaml

    content = yaml.safe_load(STUDY.read_text(encoding="utf-8"))
    for source in content["sources"].values():
        source["path"] = str((STUDY.parent / source["path"]).resolve())
    content["indicators"][10]["weight"] = 3
    other = tmp_path / "study.yaml"
    other.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    assert main(["run", str(other), "--out", str(out), "--lang", "fr"]) == 0
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["timings"]["measured"] == []
    assert manifest["study"]["indicators"][10]["weight"] == 3

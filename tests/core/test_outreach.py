"""Outreach: every value on a sheet, in the mail merge and in the note is the table's, and the public sees no rank."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from annex_reader import Annex
from openpyxl import load_workbook
from scipy.optimize import brentq
from small_study import codes as small_codes
from small_study import without_role, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.outreach.material import read_material
from smart_territoires_plugin.core.outreach.moving import projects_needed
from smart_territoires_plugin.core.outreach.subject import AUDIENCES, subject_of
from smart_territoires_plugin.core.outreach.writing import page_names, write_note, write_sheets

LANGUAGES = ("fr", "en")
NUMBER = {"fr": r"-?\d[\d\u202f]*(?:,\d+)?", "en": r"-?\d[\d,]*(?:\.\d+)?"}
# What would tell the public who is behind, or what was said in confidence.
UNSPOKEN = (
    r"moins actif|less active|\brangs?\b|\brank|prioris|priorit|\bcibles?\b|\btargets?\b|entraîner|\bengage"
    r"|contact|motivation|interview|entretien|debatable|discutable|SECRET"
)


def read_number(written: str, lang: str) -> float:
    return float(written.replace("\u202f", "").replace(",", ".") if lang == "fr" else written.replace(",", ""))


def numbers(said: str, lang: str) -> list[float]:
    return [read_number(found, lang) for found in re.findall(NUMBER[lang], said)]


def same(written: str, value: float, lang: str) -> bool:
    """Whether a written number is a value, to its last digit."""
    (found,) = re.findall(rf"^{NUMBER[lang]}", written)
    digits = len(re.split("[.,]" if lang == "en" else ",", found)[1]) if ("," if lang == "fr" else ".") in found else 0
    return abs(read_number(found, lang) - value) <= 0.5 * 10**-digits * (1 + 1e-9) + 1e-11 * abs(value)


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("region")
    assert main(["demo", str(folder)]) == 0
    assert main(["run", str(folder / "study.yaml"), "--out", str(folder / "out"), "--lang", "fr"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def table(results) -> dict[str, dict]:
    return {row["code"]: row for row in rows_of(results / "territories.csv")}


@pytest.fixture(scope="module")
def indicators(results) -> pd.DataFrame:
    with closing(sqlite3.connect(results / "results.gpkg")) as connection:
        return pd.read_sql("SELECT * FROM indicators", connection).fillna({"flag": ""})


@pytest.fixture(scope="module")
def names(results) -> dict[str, dict[str, str]]:
    listed = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["study"]["indicators"]
    return {lang: {item["name"][lang]: item["id"] for item in listed} for lang in LANGUAGES}


@pytest.fixture(scope="module", params=LANGUAGES)
def sheets(request, results, tmp_path_factory) -> tuple[str, Path]:
    out = tmp_path_factory.mktemp(f"sheets_{request.param}")
    write_sheets(results, out, request.param)
    return request.param, out


def read_page(path: Path) -> Annex:
    return Annex(path.read_text(encoding="utf-8"))


def targets(table: dict[str, dict]) -> list[dict]:
    ranked = [row for row in table.values() if row["target_rank"] and int(row["target_rank"]) <= 30]
    return sorted(ranked, key=lambda row: int(row["target_rank"]))


# ── the sheets


def test_every_target_has_its_sheet_in_order(sheets, table):
    lang, out = sheets
    merged = rows_of(out / "mail_merge.csv")
    assert [row["code"] for row in merged] == [row["code"] for row in targets(table)]
    assert {path.name for path in out.glob("sheet_*.html")} == {row["page"] for row in merged}
    index = (out / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]+)"', index) == [row["page"] for row in merged]


def test_every_value_of_a_sheet_is_the_tables(sheets, table, indicators, names):
    lang, out = sheets
    values = indicators.set_index(["code", "indicator"])["value"]
    medians = indicators.groupby("indicator")["value"].median()
    held = indicators[[table[code]["segment"] == "showcase" for code in indicators["code"]]].dropna(subset="value")
    # A value that one of them has: the lower of two in the middle, by score.
    showcases = {
        identifier: lines.sort_values(["normalised", "value"])["value"].iloc[(len(lines) - 1) // 2]
        for identifier, lines in held.groupby("indicator")
    }
    for row in targets(table):
        page = read_page(out / f"sheet_{row['code']}.html")
        said = page.sentences
        assert said[1] == f"{row['name']} ({row['code']})"
        assert numbers(said[2], lang)[-1] == float(row["population"])
        assert row["group_departement"] in said[2] and row["group_epci"] in said[2]
        (standing,) = [line for line in said if line.startswith(text("outreach.standing", lang)[:8])]
        low_high = [float(row["rank_low"]), float(row["rank_high"])]
        assert numbers(standing, lang)[0] == float(row["target_rank"])
        assert numbers(standing, lang)[2 : 2 + len(set(low_high))] == sorted(set(low_high))
        assert text(f"stability.{row['stability']}", lang) in standing

        scores = [float(other[f"score_{row['recommended_theme']}"] or "nan") for other in table.values()]
        start = text("outreach.stake", lang).partition("{")[0]
        (stake,) = [line for line in said if line.startswith(start)]
        own, middle = re.findall(NUMBER[lang], stake)
        assert same(own, float(row[f"score_{row['recommended_theme']}"]), lang)
        assert same(middle, float(np.nanmedian(scores)), lang)

        among = {"fr": "sur 100 territoires", "en": "of 100 territories"}[lang]
        (activity,) = [line for line in said if among in line]
        found = numbers(activity, lang)
        assert found[0] == float(row["activity_count"])
        assert abs(found[1] - float(row["expected_activity"])) <= 0.05
        assert found[2] == 100 and abs(found[3] - float(row["evidence"])) <= 0.5

        for lines in page.tables:
            among = showcases if lines[0][2] == text("outreach.showcases", lang) else medians
            for name, here, median in lines[1:]:
                identifier = names[lang][name]
                assert same(here, values[row["code"], identifier], lang), (row["code"], name)
                assert same(median, among[identifier], lang), name
        if row["peer_code"]:
            other = table[row["peer_code"]]
            # The nearest showcase may be the peer too, and has a line of its own.
            start = text("outreach.showcase", lang).partition("{")[0]
            (peer,) = [line for line in said if f"({row['peer_code']})" in line and not line.startswith(start)]
            assert other["name"] in peer
            assert numbers(peer.split(f"({row['peer_code']})")[1], lang)[0] == float(other["activity_count"])
        (coverage,) = [line for line in said if line.startswith(text("outreach.coverage", lang).partition("{")[0])]
        assert abs(numbers(coverage, lang)[0] - 100 * float(row["data_coverage"])) <= 0.5


def test_strengths_are_in_the_upper_half_and_levers_behind_half_of_the_showcases(sheets, table, indicators, names):
    lang, out = sheets
    scores = indicators.pivot(index="code", columns="indicator", values="normalised")
    showcases = [code for code, row in table.items() if row["segment"] == "showcase"]
    shown = {"strong": 0, "weak": 0}
    for row in targets(table):
        for lines in read_page(out / f"sheet_{row['code']}.html").tables[1:]:
            for name, *_ in lines[1:]:
                column = scores[names[lang][name]].dropna()
                if lines[0][2] == text("outreach.median", lang):
                    assert (column < column[row["code"]]).sum() >= len(column) / 2
                    shown["strong"] += 1
                else:
                    ahead = column.reindex(showcases).dropna() > column[row["code"]]
                    assert ahead.sum() >= len(ahead) / 2
                    shown["weak"] += 1
    assert min(shown.values()) > 30


def test_the_projects_that_would_make_a_showcase_are_the_fewest(results, table):
    method = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["method"]
    limit, k = method["activity_threshold"], method["dispersion"]
    for row in (row for row in table.values() if row["segment"] == "engage"):
        population, count = float(row["population"]), float(row["activity_count"])

        def rate(count, common, population=population):
            return 10_000 * common * (count + k) / (common * population + k)

        def short(common, rate=rate, count=count, published=float(row["activity"])):
            return rate(count, common) - published

        own = brentq(short, 1e-12, 10, xtol=1e-18, rtol=1e-13)
        enough = next(count for count in range(1, 10_000) if rate(count, own) > limit * (1 + 1e-9))
        assert projects_needed(row, list(table.values()), limit, k) == enough


def test_no_number_of_projects_is_told_where_rates_are_made_otherwise(table):
    random = np.random.default_rng(5)
    rows = [{**row, "activity": row["activity"] and str(float(row["activity"]) * random.uniform(1, 1.1))}
            for row in table.values()]  # fmt: skip
    for row in (row for row in rows if row["segment"] == "engage"):
        assert projects_needed(row, rows, 3.0, 5.0) is None
    row = next(row for row in table.values() if row["segment"] == "engage")
    assert projects_needed(row, list(table.values()), None, 5.0) is None
    assert projects_needed(row, list(table.values()), 3.0, None) is None


def test_sheets_of_any_segment_have_no_hole(results, table, tmp_path):
    flagged = [code for code, row in table.items() if float(row["data_coverage"]) < 1]
    by_segment = [
        code
        for segment in {row["segment"] for row in table.values()}
        for code in [code for code, row in table.items() if row["segment"] == segment][:6]
    ]
    for lang in LANGUAGES:
        for audience in AUDIENCES:
            write_sheets(results, tmp_path, lang, audience, [*flagged, *by_segment])
            for path in tmp_path.glob("*.html"):
                shown = read_page(path).shown
                assert not re.search(r"\b(nan|None|NaT|inf)\b|\{|\}|<NA>", shown), path.name
                if lang == "fr":
                    assert not re.search(r" [:;?!%»]|« ", shown), path.name
            merged = (tmp_path / "mail_merge.csv").read_text(encoding="utf-8")
            assert not re.search(r"\b(nan|None|NaT)\b", merged)
            assert len(rows_of(tmp_path / "mail_merge.csv")) == len({*flagged, *by_segment})


def test_what_is_flagged_is_said(results, table, indicators, tmp_path):
    flagged = indicators[(indicators["flag"] != "") & (indicators["role"] != "activity")]
    assert len(flagged)
    write_sheets(results, tmp_path, "fr", codes=list(flagged["code"].unique()))
    listed = json.loads((results / "manifest.json").read_text(encoding="utf-8"))["study"]["indicators"]
    french = {item["id"]: item["name"]["fr"] for item in listed}
    for line in flagged.itertuples():
        start = text(f"reason.flag_{line.flag}", "fr").partition("{")[0]
        shown = read_page(tmp_path / f"sheet_{line.code}.html").sentences
        assert any(said.startswith(start) and french[line.indicator] in said for said in shown)


def test_a_page_stands_alone_and_can_be_read_aloud(sheets):
    lang, out = sheets
    for path in [*out.glob("*.html")]:
        content = path.read_text(encoding="utf-8")
        assert f'<html lang="{lang}">' in content
        assert not re.search(r"<script|https?:|url\(|<img|<link|@import", content)
        page = read_page(path)
        assert {"h1", "main", "footer"} <= page.tags
        assert "size: A4 portrait" in content and "prefers-color-scheme: dark" in content
        assert content.count("<th ") == content.count('<th scope="col"') and "<th>" not in content
        assert text("notice.fictitious", lang) in page.shown


# ── the mail merge


def test_the_mail_merge_says_what_the_sheets_say(sheets, table):
    lang, out = sheets
    merged = rows_of(out / "mail_merge.csv")
    workbook = pd.read_excel(out / "mail_merge.xlsx", engine="calamine", dtype={"code": str, "peer_code": str})
    assert workbook["code"].tolist() == [row["code"] for row in merged]
    for row in merged:
        own = table[row["code"]]
        assert float(row["population"]) == float(own["population"])
        assert row["stake"] == own[f"score_{own['recommended_theme']}"]
        assert [row[name] for name in ("name", "target_rank", "rank_low", "rank_high", "stability", "segment")] == [
            own[name] for name in ("name", "target_rank", "rank_low", "rank_high", "stability", "segment")
        ]
        assert row["peer_code"] == own["peer_code"]
        assert "\n" not in "".join(row.values())
        said = read_page(out / row["page"]).shown
        for name in ("theme", "peer_sentence", "change", "contact_role"):
            assert row[name] in said, name
        assert row["theme"] in row["argument"] and row["name"] in row["argument"]
        assert row["contact_role"]
    legend = load_workbook(out / "mail_merge.xlsx")[text("workbook.legend", lang)]
    explained = {line[1]: line[2] for line in legend.iter_rows(values_only=True) if line[0] == "mail_merge"}
    assert set(explained) == set(merged[0]) and all(explained.values())


# ── the public


@pytest.fixture
def bare(results, tmp_path) -> Path:
    """The results as a study without calls and co-funders has them."""
    folder = tmp_path / "bare"
    shutil.copytree(results, folder)
    for name in ("approach", "cofunders"):
        (folder / f"{name}.csv").write_text("code,theme\n", encoding="utf-8")
    return folder


@pytest.fixture
def enriched(bare, tmp_path) -> Path:
    """The results with all that a register may add, and what must stay inside marked as such."""
    folder = tmp_path / "enriched"
    shutil.copytree(bare, folder)
    table = pd.read_csv(folder / "territories.csv", dtype=str, keep_default_na=False)
    for name in ("outreach", "decision", "change"):
        for lang in LANGUAGES:
            table[f"{name}_{lang}"] = f"SECRET {name} {lang}"
    table["contact_role"] = "SECRET role"
    table["motivation"] = "SECRET 5"
    table["call_title"], table["call_closing"] = "Crues 2026", "2026-12-31"
    table["cofunder"], table["cofunding_rate_pct"], table["residual_eur"] = "Agence de l’eau", "40", "12000"
    table.to_csv(folder / "territories.csv", index=False)
    links = [
        {"code": row["code"], "peer_code": row["peer_code"], "kind": "peer", "likeness_pct": "93",
         "did": "Alerte (2024)", "exchange_group": "G"}
        for row in table.to_dict("records")
        if row["peer_code"]
    ]  # fmt: skip
    pd.DataFrame(links).to_csv(folder / "peers.csv", index=False)
    members = [{"group": "G", "theme": "flood", "code": "x", "role": "applicant", "name": "SECRET applicant"}]
    pd.DataFrame(members).to_csv(folder / "exchange_groups.csv", index=False)
    return folder


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_public_is_told_of_no_rank_contact_or_interview(enriched, tmp_path, lang):
    out = tmp_path / "public"
    write_sheets(enriched, out, lang, "public")
    files = [*out.glob("*.html"), out / "mail_merge.csv"]
    assert len(files) == 32
    said = {path.name: path.read_text(encoding="utf-8") for path in files}
    book = load_workbook(out / "mail_merge.xlsx")
    said["xlsx"] = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    for name, content in said.items():
        assert not re.findall(UNSPOKEN, content, re.IGNORECASE), name
    wanted = {"fr": "potentiel à accompagner", "en": "potential to support"}[lang]
    assert all(wanted in content for name, content in said.items() if name.endswith(".html"))
    merged = rows_of(out / "mail_merge.csv")
    assert [row["name"] for row in merged] == sorted((row["name"] for row in merged), key=str.casefold)


def test_the_unspoken_is_spoken_inside(enriched, tmp_path):
    write_sheets(enriched, tmp_path / "in", "fr", "internal", first=1)
    (path,) = (tmp_path / "in").glob("sheet_*.html")
    shown = read_page(path).shown
    for name in ("outreach", "decision", "change"):
        assert f"SECRET {name} fr" in shown
    assert "SECRET role" in shown and "SECRET applicant" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_results_add_is_shown_and_else_left_out(bare, enriched, tmp_path, lang):
    added, plain = tmp_path / "added", tmp_path / "plain"
    code = read_material(bare).shortlist[0]
    write_sheets(enriched, added, lang, codes=[code])
    write_sheets(bare, plain, lang, codes=[code])
    more, less = (read_page(folder / f"sheet_{code}.html") for folder in (added, plain))
    for said in (
        "Crues 2026",
        "Agence de l’eau",
        "Alerte (2024)",
        {"fr": "12\u202f000\u00a0€", "en": "12,000\u00a0€"}[lang],
    ):
        assert said in more.shown and said not in less.shown
    assert text("outreach.means", lang) in more.steps and text("outreach.means", lang) not in less.steps
    assert {"fr": "31 décembre 2026", "en": "31 December 2026"}[lang] in more.shown


def test_a_table_of_cofunders_by_theme_is_told(bare, tmp_path):
    folder = tmp_path / "out"
    shutil.copytree(bare, folder)
    material = read_material(bare)
    code = material.shortlist[0]
    theme = material.rows[code]["recommended_theme"]
    line = {"theme": theme, "theme_projects": 4, "typical_cost_eur": 50_000, "cofunder": "Agence", "projects": 3,
            "rate_pct": 40, "rate_low_pct": 40, "rate_high_pct": 40, "residual_eur": 30_000,
            "leverage": ""}  # fmt: skip
    pd.DataFrame([line]).to_csv(folder / "cofunders.csv", index=False)
    said = subject_of(read_material(folder), code, "en", "public").cofunding
    assert "Agence" in said and "40%" in said and "30,000\u00a0€" in said


# ── the note


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_note_tells_ten_targets_by_their_own_values(results, table, indicators, names, tmp_path, lang):
    path = write_note(results, tmp_path / "note.html", lang)
    page = read_page(path)
    content = path.read_text(encoding="utf-8")
    told = targets(table)[:10]
    (cells,) = re.findall(r"<tbody>(.*?)</tbody>", content)
    blocks = re.findall(r"<tr>(.*?)</tr>", cells)
    values = indicators.set_index(["code", "indicator"])["value"]
    assert len(blocks) == 10
    for row, block in zip(told, blocks, strict=True):
        who, why = (Annex(f"<p>{cell}</p>") for cell in re.findall(r"<td>(.*?)</td>", block))
        assert f"{row['target_rank']}. {row['name']} ({row['code']})" in who.shown
        below = who.shown.split(f"({row['code']})")[1]
        assert set(numbers(below, lang)) == {float(row["rank_low"]), float(row["rank_high"])}
        stake, activity, readiness = why.sentences[:3]
        score = [float(other[f"score_{row['recommended_theme']}"] or "nan") for other in table.values()]
        after = re.search(rf"({NUMBER[lang]}) \([^\d]*({NUMBER[lang]})\)", stake)
        assert same(after[1], float(row[f"score_{row['recommended_theme']}"]), lang)
        assert same(after[2], float(np.nanmedian(score)), lang)
        found = numbers(activity, lang)
        assert found[0] == float(row["activity_count"]) and found[2] == 100
        assert abs(found[1] - float(row["expected_activity"])) <= 0.05
        assert abs(found[3] - float(row["evidence"])) <= 0.5
        assert abs(numbers(readiness, lang)[0] - float(row["readiness"])) <= 0.05
        cited = 0
        for name, identifier in names[lang].items():
            for line in (stake, readiness):
                if f"{name} (" in line:
                    assert same(line.split(f"{name} (")[1], values[row["code"], identifier], lang)
                    cited += 1
        assert cited >= 2
    segments = pd.Series([row["segment"] for row in table.values()]).value_counts()
    answer = page.sentences[page.sentences.index(text("outreach.note.question", lang)) + 1]
    assert numbers(answer, lang)[:2] == [len(table), segments["engage"]]
    assert all(row["name"] in answer for row in told[:3])
    verify = text("outreach.note.verify", lang, count=segments["verify"])
    assert verify in page.shown
    assert text("notice.fictitious", lang) in page.shown
    assert not re.search(r"\b(nan|None)\b|moins actif|less active", page.shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_note_gives_the_verdict_on_the_model(results, tmp_path, lang):
    folder = tmp_path / "out"
    shutil.copytree(results, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    verdict = {"used": True, "candidate": "gradient_boosting", "gain": 41.7, "gain_se": 12.3, "n_groups": 57}
    manifest["method"]["activity_model"] = {**verdict, "reason": "gain"}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    shown = read_page(write_note(folder, tmp_path / "note.html", lang)).shown
    (said,) = [line for line in shown.splitlines() if text("activity.candidate.gradient_boosting", lang) in line]
    assert {41.7, 12.3, 57.0} <= set(numbers(said, lang))
    manifest["method"]["activity_model"] = {"used": False, "gain": None, "reason": "no_counts", "later": 1}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert text("activity.verdict.no_counts", lang) in read_page(write_note(folder, tmp_path / "n.html", lang)).shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_person_decided_is_kept(results, table, tmp_path, lang):
    folder = tmp_path / "out"
    shutil.copytree(results, folder)
    ranked = [row["code"] for row in targets(table)]
    added = next(code for code, row in table.items() if row["segment"] == "support")
    called = [ranked[4], ranked[0], added]
    lines = [
        {"list": "engage", "place": place, "shortlisted": int(place <= 3), "code": code, "name": table[code]["name"],
         "showcase_code": "", "distance_km": "", "note_fr": f"SECRET {place}", "note_en": f"SECRET {place}"}
        for place, code in enumerate([*called, *ranked[5:9]], start=1)
    ]  # fmt: skip
    lines[0].update(showcase_code=ranked[9], distance_km="12.4")
    pd.DataFrame(lines).to_csv(folder / "lists.csv", index=False)
    out = tmp_path / "sheets"
    write_sheets(folder, out, lang)
    assert [row["code"] for row in rows_of(out / "mail_merge.csv")] == called
    first = read_page(out / f"sheet_{called[0]}.html").shown
    assert (
        "SECRET 1" in first
        and table[ranked[9]]["name"] in first
        and "12\u00a0km" in first.replace("12 km", "12\u00a0km")
    )
    page = read_page(write_note(folder, tmp_path / "note.html", lang))
    assert [f"({code})" in row[0] for code, row in zip(called, page.tables[0][1:], strict=True)] == [True] * 3
    assert text("outreach.note.unranked", lang) in page.tables[0][3][0]
    write_sheets(folder, out, lang, "public")
    assert "SECRET" not in "".join(path.read_text(encoding="utf-8") for path in out.glob("*.html"))


# ── odd names, odd studies


def test_names_are_shown_as_they_are_and_never_run(tmp_path):
    names = [f"Commune {code}" for code in small_codes(12)]
    names[1], names[4], names[7] = "<b>&\"'", "=cmd()", "@x"
    study = write_small_study(tmp_path, names=names)
    assert main(["run", str(study), "--out", str(tmp_path / "out")]) == 0
    out = tmp_path / "sheets"
    write_sheets(tmp_path / "out", out, "fr", codes=small_codes(12))
    for code, name in zip(small_codes(12), names, strict=True):
        page = read_page(out / f"sheet_{code}.html")
        assert page.sentences[1] == f"{name} ({code})"
        assert "b" not in page.tags
    index = read_page(out / "index.html")
    assert "b" not in index.tags and [row[0] for row in index.tables[0][1:]] == names
    merged = rows_of(out / "mail_merge.csv")
    assert [merged[place]["name"] for place in (1, 4, 7)] == ["<b>&\"'", "'=cmd()", "'@x"]
    for row in load_workbook(out / "mail_merge.xlsx")["mail_merge"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    read_page(write_note(tmp_path / "out", tmp_path / "note.html", "en"))


@pytest.mark.parametrize("role", ["stake", "success_factor", "activity"])
def test_a_study_without_a_role_has_its_sheets_and_its_note(tmp_path, role):
    study = write_small_study(tmp_path, change=lambda content: without_role(content, role))
    assert main(["run", str(study), "--out", str(tmp_path / "out")]) == 0
    for lang in LANGUAGES:
        for audience in AUDIENCES:
            write_sheets(tmp_path / "out", tmp_path / "sheets", lang, audience, small_codes(12))
            for path in (tmp_path / "sheets").glob("*.html"):
                assert not re.search(r"\b(nan|None)\b|\(\)|, \.", read_page(path).shown)
        page = read_page(write_note(tmp_path / "out", tmp_path / "note.html", lang))
        assert not re.search(r"\b(nan|None)\b|\(\)|, \.", page.shown)


# ── the command line


def test_two_writings_are_the_same_bytes(results, tmp_path):
    for name in ("a", "b"):
        write_sheets(results, tmp_path / name, "fr")
        write_note(results, tmp_path / f"{name}.html", "fr")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_the_verbs_write_what_they_say(results, tmp_path, capsys):
    before = {path: path.read_bytes() for path in results.glob("*.*") if path.is_file()}
    out = tmp_path / "sheets"
    assert main(["sheets", str(results), "--out", str(out), "--first", "3", "--lang", "en", "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert all(Path(path).exists() for path in files.values())
    assert len(list(out.glob("sheet_*.html"))) == 3
    codes = read_material(results).shortlist[5:7]
    assert main(["sheets", str(results), "--out", str(out), "--codes", ",".join(codes), "--audience", "public"]) == 0
    assert {path.name for path in out.glob("sheet_*.html")} == {f"sheet_{code}.html" for code in codes}
    assert main(["note", str(results), "--out", str(tmp_path / "n" / "note.html"), "--lang", "fr"]) == 0
    assert (tmp_path / "n" / "note.html").exists()
    assert before == {path: path.read_bytes() for path in before}


def test_what_is_asked_wrongly_is_said_at_once(results, tmp_path, capsys):
    out = tmp_path / "sheets"
    assert main(["sheets", str(results), "--out", str(out), "--codes", "XX1", "XX2", "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "XX1" in said and "XX2" in said and len(said.splitlines()) == 2
    assert not out.exists()
    assert main(["sheets", str(results), "--out", str(results), "--lang", "fr"]) == 2
    assert main(["note", str(results), "--out", str(tmp_path / "note.pdf"), "--lang", "fr"]) == 2
    assert main(["note", str(tmp_path), "--out", str(tmp_path / "note.html"), "--lang", "fr"]) == 2
    assert main(["sheets", str(tmp_path), "--out", str(out), "--lang", "fr"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 4
    (tmp_path / "a_file").write_text("")
    assert main(["note", str(results), "--out", str(tmp_path / "a_file" / "note.html")]) == 2


def test_file_names_are_safe_and_their_own():
    made = page_names(["../x", "a b", "a_b", "A_B", "é", "01"])
    assert len({name.casefold() for name in made}) == len(made)
    assert all(re.fullmatch(r"sheet_[A-Za-z0-9_-]+\.html", name) for name in made)

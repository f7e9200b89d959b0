"""What ``explain`` says of others and of changes: run again with what it asks for, and the decision turns."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small_study import codes, default_table, write_small_study

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import TEXTS, text
from smart_territoires_plugin.core.results.explained_changes import rounded_beyond
from smart_territoires_plugin.core.results.explanation import explain

SIZE = 16
THRESHOLD = 45.0
LANGUAGES = ("fr", "en")
FACTORS = {"Fibre": "fibre", "Partners": "partners", "Locaux raccordables": "fibre", "Partenaires": "partners"}
METHODS = ("arithmetic_mean", "geometric_mean", "harmonic_mean", "topsis")


def run(folder: Path, method: str = "arithmetic_mean", shortlist: int = 5, table=None, weights=None) -> Path:
    def change(content):
        content["scoring"]["aggregation"] = method
        content["targeting"].update(shortlist=shortlist, thresholds={"readiness": THRESHOLD})
        content["robustness"]["draws"] = 20
        for item in content["indicators"]:
            item["weight"] = (weights or {}).get(item["id"], item.get("weight", 1))

    study = write_small_study(folder, SIZE, table=table, change=change)
    assert main(["run", str(study), "--out", str(folder / "out"), "--lang", "fr"]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Results by aggregation, each run once."""

    @cache
    def of(method: str) -> Path:
        return run(tmp_path_factory.mktemp(method), method)

    return of


def rows_of(folder: Path) -> dict[str, dict]:
    with (folder / "territories.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def pattern(code: str, lang: str) -> str:
    """A wording as a pattern, what it fills in as groups."""
    return re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(TEXTS[lang][code]))


def value_lines(said: str, lang: str) -> list[tuple[str, float]]:
    """The indicators and the values of the changes in the first block of an explanation."""
    found = []
    for line in said.splitlines():
        match = re.fullmatch(pattern("explain.change_value", lang), line)
        if match:
            written = match["after"].replace("%", "").replace(",", "." if lang == "fr" else "").split("\u00a0")[0]
            found.append((FACTORS[match["name"]], float(written.replace("\u202f", ""))))
    return found


def block(said: str, code: str, lang: str) -> str:
    """The lines below a title, up to the next one."""
    lines = said.splitlines()
    (start,) = [place for place, line in enumerate(lines) if re.fullmatch(pattern(code, lang), line)]
    kept = []
    for line in lines[start + 1 :]:
        if not line.startswith("  "):
            break
        kept.append(line)
    return "\n".join(kept)


def inner(table: pd.DataFrame, code: str) -> bool:
    """Whether a commune holds neither end of a range, so that a change of its value leaves the scale as it is."""
    row = table[table["code"] == code].iloc[0]
    return all(table[name].min() < row[name] < table[name].max() for name in ("fibre", "partners"))


def changed(table: pd.DataFrame, code: str, name: str, value: float) -> pd.DataFrame:
    made = table.astype({name: float})
    made.loc[made["code"] == code, name] = value
    return made


@pytest.mark.parametrize("method", METHODS)
def test_a_run_with_the_value_that_was_asked_for_gives_the_segment_that_was_promised(results, tmp_path, method):
    table = default_table(SIZE)
    folder = results(method)
    done = 0
    for code, row in rows_of(folder).items():
        low = row["segment"] in ("raise_awareness", "support")
        if not inner(table, code) or done == 2:
            continue
        title = "explain.change_up" if low else "explain.change_down"
        said = explain(folder, code, "en")
        promised = re.search(pattern(title, "en"), said)["segment"]
        for name, value in value_lines(block(said, title, "en"), "en")[:1]:
            again = run(tmp_path / f"{code}{name}", method, table=changed(table, code, name, value))
            segment = rows_of(again)[code]["segment"]
            assert segment != row["segment"] and text(f"segment.{segment}", "en") == promised
            done += 1
    assert done == 2


def test_a_run_with_the_weight_that_was_asked_for_gives_the_segment_that_was_promised(results, tmp_path):
    folder = results("arithmetic_mean")
    done = 0
    for code, row in rows_of(folder).items():
        said = explain(folder, code, "en")
        match = re.search(pattern("explain.change_weight", "en") + "$", said, re.MULTILINE)
        if match and done < 2:
            weights = {FACTORS[match["name"]]: float(match["after"])}
            again = rows_of(run(tmp_path / code, weights=weights))
            assert again[code]["segment"] != row["segment"]
            done += 1
    assert done == 2


def test_a_run_with_the_value_that_was_asked_for_brings_a_target_into_the_shortlist(tmp_path):
    table = default_table(SIZE)
    folder = run(tmp_path / "first", shortlist=3)
    asked, never = 0, 0
    for code, row in rows_of(folder).items():
        if row["target_rank"] in ("", "1", "2", "3"):
            continue
        said = explain(folder, code, "en")
        out_of_reach = bool(re.search(pattern("explain.change_list_never", "en"), said))
        if out_of_reach:
            # Even the best readiness of all would not do.
            best = table[["fibre", "partners"]].max()
            tried = changed(changed(table, code, "fibre", best["fibre"]), code, "partners", best["partners"])
            never += 1
        else:
            lines = value_lines(block(said, "explain.change_list", "en"), "en")
            if not lines or not inner(table, code):
                continue
            tried = changed(table, code, *lines[0])
            asked += 1
        again = rows_of(run(tmp_path / code, shortlist=3, table=tried))[code]
        assert (int(again["target_rank"]) <= 3) == (not out_of_reach)
    assert asked + never


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("method", METHODS)
def test_every_territory_is_held_beside_the_others(results, method, lang):
    folder = results(method)
    rows = rows_of(folder)
    for code in codes(SIZE):
        said = explain(folder, code, lang)
        assert not re.search(r"\bnan\b|∞|\{", said)
        better = [row for row in rows.values() if float(row["readiness"]) > float(rows[code]["readiness"])]
        rank = re.search(pattern("explain.rank_of_all", lang), said)
        assert (int(rank["rank"]), int(rank["among"])) == (1 + len(better), SIZE)
        near = [row for row in better if row["group_epci"] == rows[code]["group_epci"]]
        among = [row for row in rows.values() if row["group_epci"] == rows[code]["group_epci"]]
        said_in = text("explain.rank_in_group", lang, rank=1 + len(near), among=len(among), group="epci",
                       name=rows[code]["group_epci"])  # fmt: skip
        assert said_in in said


def test_a_strong_point_is_one_and_so_is_a_weak_one(results):
    table = default_table(SIZE).set_index("code")
    folder = results("arithmetic_mean")
    seen = set()
    for code in codes(SIZE):
        for line in explain(folder, code, "en").splitlines():
            for kind in ("strong", "weak"):
                match = re.fullmatch(pattern(f"explain.{kind}_points", "en"), line)
                if match and match["where"] == text("explain.against_all", "en"):
                    seen.add(kind)
                    for name, rank in re.findall(r"(Fibre|Partners) \([^()]*, rank (\d+) of 16\)", match["named"]):
                        values = table[FACTORS[name]]
                        assert int(rank) == 1 + (values > values[code]).sum()
                        above, below = (values > values[code]).sum(), (values < values[code]).sum()
                        assert (below > above) == (kind == "strong")
    assert seen == {"strong", "weak"}


def test_shapley_values_are_printed_with_what_they_start_from(results):
    folder = results("harmonic_mean")
    row = rows_of(folder)["77003"]
    for lang in LANGUAGES:
        said = explain(folder, "77003", lang)
        match = re.search(pattern("explain.shapley", lang), said)
        written = [match["baseline"], match["value"], *re.findall(r"^ +(-?\d+[.,]\d\d)  ", said, re.MULTILINE)]
        start, whole, *parts = (float(item.replace(",", ".")) for item in written)
        assert whole == pytest.approx(float(row["readiness"]), abs=0.006)
        assert len(parts) == 2 and start + sum(parts) == pytest.approx(whole, abs=0.025)


@pytest.mark.parametrize("seed", range(50))
def test_a_value_is_rounded_away_from_the_present_one_and_within_the_range(seed):
    random = np.random.default_rng(seed)
    low, high = 0.0, 10.0 ** random.uniform(-2, 5)
    before, after = random.uniform(low, high, 2)
    rounded, digits = rounded_beyond(before, after, low, high)
    assert low <= rounded <= high and rounded == pytest.approx(round(rounded, digits), rel=1e-12)
    slack = 1e-6 * 10.0**-digits
    assert rounded >= after - slack if after > before else rounded <= after + slack
    assert abs(rounded - after) <= abs(after - before) / 50 + slack

"""``score``: a ready table by a framework, held against COINr's ASEM index, the HDI, and every sort of bad table."""

import csv
import json
import math
import sys

import numpy as np
import pytest
import yaml

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.messages import PROBLEMS

FRAMEWORK = {
    "version": 1,
    "key": "code",
    "nodes": [{"id": "index"}, {"id": "left", "parent": "index"}, {"id": "right", "parent": "index"}],
    "indicators": [
        {"id": "a", "parent": "left"},
        {"id": "b", "parent": "left", "direction": -1},
        {"id": "c", "parent": "right", "weight": 2},
    ],
    "scoring": {"missing": "renormalise", "normalisation": {"method": "min_max", "low": 0, "high": 100}},
    "robustness": {"draws": 200, "seed": 3},
}
TABLE = "code,a,b,c\n01,1,5,2\n02,2,4,8\n03,3,1,4\n04,4,2,1\n"


@pytest.fixture
def score(tmp_path, capsys):
    """Return a function that scores a table and gives the exit code, the folder, stdout and stderr."""

    def run(table=TABLE, framework=None, name="table.csv", lang="en", out="out", extra=()):
        path = tmp_path / name
        if table is not None:
            path.write_bytes(table if isinstance(table, bytes) else table.encode())
        (tmp_path / "framework.yaml").write_text(
            yaml.safe_dump(framework or FRAMEWORK, sort_keys=False), encoding="utf-8"
        )
        asked = ["score", path, "--framework", tmp_path / "framework.yaml", "--out", tmp_path / out, "--lang", lang]
        capsys.readouterr()
        code = main([*map(str, asked), *extra])
        said = capsys.readouterr()
        return code, tmp_path / out, said.out, said.err

    return run


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def with_scoring(**scoring):
    return {**FRAMEWORK, "scoring": {**FRAMEWORK["scoring"], **scoring}}


# ── right numbers


@pytest.fixture(scope="module")
def asem(oracles, tmp_path_factory):
    """The ASEM index through the command: its folder, the oracles and the elements of its tree."""
    folder, given = tmp_path_factory.mktemp("asem"), oracles / "coinr_asem"
    meta = rows(given / "02_iMeta_input.csv")
    framework = {"version": 1, "key": "uCode", "strata": ["GDP_group"], "nodes": [], "indicators": []}
    for line in meta:
        item = {"id": line["iCode"], "weight": float(line["Weight"] or 1)}
        if line["Parent"] and line["Parent"] != "NA":
            item["parent"] = line["Parent"]
        if line["Type"] == "Aggregate":
            framework["nodes"].append(item)
        elif line["Type"] == "Indicator":
            item["direction"] = int(line["Direction"])
            if line["Denominator"] and line["Denominator"] != "NA":
                item["denominator"] = line["Denominator"]
            framework["indicators"].append(item)
    framework["scoring"] = {
        "missing": {"method": "group_mean", "group": "EurAsia_group"},
        "outliers": "coinr",
        "normalisation": {"method": "min_max", "low": 0, "high": 100},
        "min_availability": 0,
    }
    framework["robustness"] = {"draws": 300, "seed": 1}
    (folder / "framework.yaml").write_text(yaml.safe_dump(framework), encoding="utf-8")
    asked = ["score", given / "01_iData_input.csv", "--framework", folder / "framework.yaml", "--out", folder / "out"]
    assert main(list(map(str, asked))) == 0
    return folder / "out", given, framework


@pytest.mark.parametrize(
    ("file", "oracle", "block"),
    [
        ("scores.csv", "10_dset_Aggregated.csv", "nodes"),
        ("normalised.csv", "10_dset_Normalised.csv", "indicators"),
        ("treated.csv", "10_dset_Treated.csv", "indicators"),
    ],
)
def test_asem_tables(asem, file, oracle, block):
    out, given, framework = asem
    expected = {row["uCode"]: row for row in rows(given / oracle)}
    found = rows(out / file)
    assert [row["uCode"] for row in found] == [row["uCode"] for row in rows(given / "01_iData_input.csv")]
    for row in found:
        for item in framework[block]:
            value = float(expected[row["uCode"]][item["id"]])
            assert float(row[item["id"]]) == pytest.approx(value, rel=1e-9, abs=1e-9), (row["uCode"], item["id"])


def test_asem_ranks_imputed_values_and_effective_weights(asem):
    out, given, _ = asem
    expected = {row["uCode"]: row["Index"] for row in rows(given / "22_results_ranks.csv")}
    assert {row["uCode"]: row["rank"] for row in rows(out / "scores.csv")} == expected
    inside = {row["uCode"]: row["Index"] for row in rows(given / "21_results_ranks_in_GDP_group.csv")}
    assert {row["uCode"]: row["rank_in_GDP_group"] for row in rows(out / "scores.csv")} == inside
    before = {row["uCode"]: row for row in rows(given / "10_dset_Denominated.csv")}
    after = {row["uCode"]: row for row in rows(given / "10_dset_Imputed.csv")}
    gaps = {(code, name) for code, row in before.items() for name, cell in row.items() if cell in ("", "NA")}
    imputed = {(row["uCode"], row["indicator"]): float(row["value"]) for row in rows(out / "imputed.csv")}
    assert set(imputed) == gaps
    for (code, name), value in imputed.items():
        assert value == pytest.approx(float(after[code][name]), rel=1e-9)
    counts = {row["iCode"]: float(row["EffWeight"]) for row in rows(given / "60_effective_weights.csv")}
    for row in rows(out / "weights.csv"):
        assert float(row["effective"]) == pytest.approx(counts[row["element"]], abs=1e-7)


def test_asem_treated_points(asem):
    out, given, _ = asem
    expected = {
        (row["uCode"], name) for row in rows(given / "33_treated_points.csv") for name, mark in row.items()
        if name != "uCode" and mark
    }  # fmt: skip
    assert {(row["uCode"], row["indicator"]) for row in rows(out / "treatment.csv")} == expected


def test_human_development_index(oracles, tmp_path, score):
    given = rows(oracles / "hdi" / "hdi_2014_top24.csv")
    goalposts = {
        "life_expectancy": (20, 85), "expected_schooling": (0, 18), "mean_schooling": (0, 15),
        "gni_pc_2011ppp": (100, 75000),
    }  # fmt: skip
    parents = {"life_expectancy": "hdi", "gni_pc_2011ppp": "hdi"}
    framework = {
        "version": 1,
        "key": "country",
        "nodes": [
            {"id": "hdi", "aggregation": "geometric_mean"},
            {"id": "education", "parent": "hdi"},
        ],
        "indicators": [
            {
                "id": name,
                "parent": parents.get(name, "education"),
                "normalisation": {
                    "method": "goalposts", "low_value": low, "high_value": high, "low": 1e-9, "high": 1,
                    "log": name.startswith("gni"),
                },
            }
            for name, (low, high) in goalposts.items()
        ],
        "scoring": {"missing": "error"},
        "robustness": {"draws": 50},
    }  # fmt: skip
    code, out, _, _ = score((oracles / "hdi" / "hdi_2014_top24.csv").read_bytes(), framework)
    assert code == 0
    for row, expected in zip(rows(out / "scores.csv"), given, strict=True):
        assert float(row["hdi"]) == pytest.approx(float(expected["hdi_published"]), abs=1e-3)


def test_scores_by_hand(score):
    code, out, said, _ = score()
    assert (code, said.strip()) == (0, str(out))
    found = rows(out / "scores.csv")
    # a and b from 0 to 100, b turned round; c counts alone in its branch, whatever its weight.
    left = [(0 + 0) / 2, (100 / 3 + 25) / 2, (200 / 3 + 100) / 2, (100 + 75) / 2]
    right = [100 / 7, 100, 300 / 7, 0]
    for row, one, two in zip(found, left, right, strict=True):
        assert float(row["left"]) == pytest.approx(one, rel=1e-11)
        assert float(row["right"]) == pytest.approx(two, rel=1e-11, abs=1e-11)
        assert float(row["index"]) == pytest.approx((one + two) / 2, rel=1e-11)
    assert [row["code"] for row in found] == ["01", "02", "03", "04"], "codes keep their zeros"
    assert [row["rank"] for row in found] == ["4", "1", "2", "3"]
    assert list(found[0]) == ["code", "index", "right", "left", "rank", "data_coverage"]
    weights = {row["element"]: row for row in rows(out / "weights.csv")}
    assert [float(weights[name]["effective"]) for name in "abc"] == [0.25, 0.25, 0.5]


def test_files_and_their_columns(score):
    _, out, _, _ = score()
    names = {path.name for path in out.iterdir() if not path.name.startswith(".")}
    assert names == {
        "scores.csv", "normalised.csv", "treated.csv", "treatment.csv", "imputed.csv", "weights.csv",
        "robustness.csv", "leaving_out.csv", "sensitivity.csv", "manifest.json", "methodology.html",
    }  # fmt: skip
    assert list(rows(out / "robustness.csv")[0]) == [
        "code", "rank_low", "rank_median", "rank_high", "probability", "stability",
    ]  # fmt: skip
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["framework"]["content"] == FRAMEWORK
    assert manifest["method"]["normalisation"] == {"method": "min_max", "low": 0, "high": 100}


def test_without_drawn_error_the_rank_interval_is_the_rank(score):
    _, out, _, _ = score(framework={**FRAMEWORK, "robustness": {"draws": 100, "error_share": 0}})
    for row, scored in zip(rows(out / "robustness.csv"), rows(out / "scores.csv"), strict=True):
        assert row["rank_low"] == row["rank_median"] == row["rank_high"] == scored["rank"]
        assert row["stability"] == "core"


def test_the_same_bytes_on_any_number_of_workers_and_in_any_order_of_rows(score):
    generator = np.random.default_rng(5)
    lines = [f"t{n:03},{a:.4f},{b:.4f},{c:.4f}" for n, (a, b, c) in enumerate(generator.normal(size=(90, 3)))]
    head = "code,a,b,c\n"
    _, one, _, _ = score(head + "\n".join(lines), out="one", extra=("--workers", "1"))
    _, two, _, _ = score(head + "\n".join(lines), out="two", extra=("--workers", "2"))
    for name in ("scores.csv", "robustness.csv", "weights.csv", "normalised.csv"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    _, turned, _, _ = score(head + "\n".join(reversed(lines)), out="turned")
    assert sorted((turned / "scores.csv").read_text().splitlines()) == sorted(
        (one / "scores.csv").read_text().splitlines()
    )


def test_leaving_one_out_by_hand(score):
    _, out, _, _ = score()
    found = {row["element"]: float(row["mean_rank_change"]) for row in rows(out / "leaving_out.csv")}
    assert set(found) == {"a", "b", "c", "left", "right"}
    # Without the branch ‘right’ the scores are those of ‘left’: ranks 4, 3, 2, 1 in place of 4, 1, 2, 3.
    assert found["right"] == found["c"] == (0 + 2 + 0 + 2) / 4


def test_indices_of_choices_where_they_are_asked_for(score):
    assert rows(score()[1] / "sensitivity.csv") == []
    generator = np.random.default_rng(2)
    table = "code,a,b,c\n" + "".join(
        f"t{n},{a:.4f},{b:.4f},{c:.4f}\n" for n, (a, b, c) in enumerate(generator.lognormal(size=(60, 3)))
    )
    drawn = {"draws": 100, "normalisation": ["percentile_rank"], "sobol": 256}
    code, out, _, _ = score(table, {**FRAMEWORK, "robustness": drawn})
    assert code == 0
    found = {(row["output"], row["choices"]): row for row in rows(out / "sensitivity.csv")}
    assert {choices for _, choices in found} == {"weights", "normalisation"}
    for output in ("rank", "rank_change", "shortlist"):
        first = sum(float(found[output, choices]["first_order"]) for choices in ("weights", "normalisation"))
        total = sum(float(found[output, choices]["total"]) for choices in ("weights", "normalisation"))
        # With two groups, what both share counts once in all and twice in the totals.
        assert first + (total - first) / 2 == pytest.approx(1, abs=0.05), output
    # Lognormal columns: whether ranks or values are compared moves places far more than a quarter of a weight.
    assert float(found["rank", "normalisation"]["total"]) > float(found["rank", "weights"]["total"])


# ── gaps


def test_imputed_values_are_told_and_do_not_count_as_data(score):
    table = "code,g,a,b,c\n1,x,1,5,\n2,x,2,4,8\n3,y,3,1,4\n4,y,4,2,1\n"
    code, out, _, _ = score(table, with_scoring(missing={"method": "group_mean", "group": "g"}))
    assert code == 0
    assert rows(out / "imputed.csv") == [{"code": "1", "indicator": "c", "value": "8", "method": "group_mean"}]
    assert [float(row["data_coverage"]) for row in rows(out / "scores.csv")] == [0.5, 1, 1, 1]
    first = rows(out / "scores.csv")[0]
    assert (first["index"], first["right"], first["rank"]) == ("", "", ""), "half is below the minimum"
    assert first["left"] == "0"


@pytest.mark.parametrize("rule", ["knn", "regression"])
def test_rules_of_the_engine_serve_tables_too(score, rule):
    table = "code,a,b,c\n" + "".join(f"{n},{n},{30 - n},{'' if n == 7 else 2 * n}\n" for n in range(20))
    code, out, _, _ = score(table, with_scoring(missing=rule, min_availability=0))
    assert code == 0
    (made,) = rows(out / "imputed.csv")
    assert (made["code"], made["method"]) == ("7", rule)
    assert float(made["value"]) == pytest.approx(14, abs=1.5)


def test_gaps_are_refused_where_the_rule_is_error(score):
    code, out, _, said = score("code,a,b,c\n1,,5,2\n2,2,,8\n3,3,1,4\n", with_scoring(missing="error"))
    assert code == 2
    assert len(said.strip().splitlines()) == 2
    assert not out.exists()


# ── bad tables


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("code,a,b\n1,1,2\n", ["framework.no_column"]),
        ("a,b,c\n1,2,3\n", ["framework.no_column"]),
        ("code,a,b,c\n", ["framework.empty_table"]),
        ("code,a,b,c\n1,1,2,3\n1,4,5,6\n,7,8,9\n", ["framework.empty_key", "framework.duplicated_key"]),
        ("code,a,b,c\n1,one,2,3\n2,two,5,inf\n", ["framework.not_numbers", "framework.not_finite"]),
    ],
)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_bad_tables_are_refused_in_one_line_each(score, table, codes, lang):
    code, out, stdout, said = score(table, lang=lang)
    assert (code, stdout) == (2, "")
    assert not out.exists()
    lines = said.strip().splitlines()
    assert len(lines) == len(codes)
    for line, wanted in zip(lines, codes, strict=True):
        assert line.startswith("table.csv") and PROBLEMS[lang][wanted][0].split("{")[0] in line


def test_missing_table_and_framework(score, tmp_path, capsys):
    assert score(None)[0] == 2
    assert main(["score", "t.csv", "--framework", str(tmp_path / "no.yaml"), "--out", str(tmp_path / "o")]) == 2


@pytest.mark.parametrize(
    ("table", "scored"),
    [
        ("code,a,b,c\n1,1,2,3\n", 0),
        ("code,a,b,c\n1,1,2,3\n2,1,2,3\n", 0),
        ("code,a,b,c\n1,1,,3\n2,2,,4\n", 2),
        ("code,a,b,c\n1,,,\n2,,,\n", 0),
        ("code,a,b,c\n1,1e99,2,3\n2,-1e99,3,4\n3,0,1,2\n", 3),
    ],
)
def test_little_to_compare_ends_well_and_warned(score, table, scored, recwarn):
    code, out, _, said = score(table)
    assert code == 0
    assert sum(bool(row["index"]) for row in rows(out / "scores.csv")) == scored
    assert not [warning for warning in recwarn if issubclass(warning.category, RuntimeWarning)]
    assert "nan" not in (out / "scores.csv").read_text().casefold()
    if not scored:
        assert said.strip()


def test_a_denominator_of_zero_is_a_gap_that_is_told(score):
    framework = {
        **FRAMEWORK,
        "indicators": [{"id": "a", "parent": "left", "denominator": "d"}, *FRAMEWORK["indicators"][1:]],
    }
    code, out, _, said = score("code,a,b,c,d\nx,1,5,2,0\ny,2,4,8,2\nz,3,1,4,1\n", framework)
    assert code == 0
    found = rows(out / "normalised.csv")
    assert [row["a"] for row in found] == ["", "0", "100"]
    assert "x" in said and "d" in said


def test_spreadsheets_and_formulas(tmp_path, score):
    import pandas as pd

    pd.DataFrame({"code": ["@cmd", "b"], "a": [1.0, 2.0], "b": [3, 4], "c": [5, None]}).to_excel(
        tmp_path / "table.xlsx", index=False
    )
    code, out, _, _ = score(None, name="table.xlsx")
    assert code == 0
    assert rows(out / "scores.csv")[0]["code"] == "'@cmd", "a spreadsheet would run it"


def test_french_tables(score):
    code, out, _, _ = score("code;a;b;c\n1;1,5;5;2\n2;2,5;4;8\n3;3,0;1;n/d\n")
    assert code == 0
    assert [float(row["a"]) for row in rows(out / "treated.csv")] == [1.5, 2.5, 3.0]


@pytest.mark.parametrize(
    "scoring",
    [
        {"weights": "equal"},
        {"weights": "entropy"},
        {"weights": "critic"},
        {"weights": "principal_component"},
        {"weights": "benefit_of_the_doubt"},
        {"weights": {"method": "ahp", "comparisons": [["a", "b", 3]]}},
        {"aggregation": "copeland"},
        {"aggregation": "topsis"},
        {"aggregation": {"method": "owa", "exponent": 2}},
        {"normalisation": "borda", "outliers": {"high": 3}},
        {"normalisation": {"method": "z_score", "mean": 100, "deviation": 10}, "aggregation": "mazziotta_pareto"},
    ],
)
def test_methods_through_the_command(score, scoring):
    code, out, _, said = score(framework=with_scoring(**scoring))
    assert code == 0, said
    assert ("dispersion" in said) == (scoring.get("weights") in ("entropy", "critic", "principal_component"))
    scores = [float(row["index"]) for row in rows(out / "scores.csv")]
    assert all(map(math.isfinite, scores)) and len(set(scores)) > 1
    best = scores.index(max(scores))
    assert rows(out / "scores.csv")[best]["rank"] == "1"


def test_pairwise_comparisons_that_name_no_composite_are_refused(score):
    code, _, _, said = score(framework=with_scoring(weights={"method": "ahp", "comparisons": [["a", "c", 3]]}))
    assert code == 2
    assert len(said.strip().splitlines()) == 1


def test_results_of_a_run_that_fails_stay(score):
    _, out, _, _ = score()
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    assert score("code,a,b\n1,2,3\n")[0] == 2
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_json_result_names_the_files(score):
    code, out, stdout, said = score(extra=("--json",))
    assert code == 0
    assert json.loads(stdout)["files"]["scores"] == str(out / "scores.csv")
    shares = [json.loads(line)["done"] for line in said.splitlines() if json.loads(line)["event"] == "progress"]
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_no_geometry_library_is_loaded(tmp_path, score):
    import subprocess

    score()
    asked = [
        "score", str(tmp_path / "table.csv"), "--framework", str(tmp_path / "framework.yaml"),
        "--out", str(tmp_path / "fresh"),
    ]  # fmt: skip
    check = (
        "import sys; from smart_territoires_plugin.core.cli import main; "
        f"code = main({asked!r}); "
        "print(sorted({'geopandas', 'rasterio', 'pyogrio'} & set(sys.modules)), file=sys.stderr); "
        "sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"

"""What a register adds to a run: wishes that move the theme, calls, co-funders, contacts; all of it read back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyogrio
import pytest

from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.register.template import fill_register, write_register
from smart_territoires_plugin.core.study import read_study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The fictitious region, run twice: as it is, and with a register in which a target asks for another theme."""
    home = tmp_path_factory.mktemp("region")
    assert main(["demo", str(home), "--lang", "en"]) == 0
    assert main(["run", str(home / "study.yaml"), "--out", str(home / "out"), "--lang", "en"]) == 0
    return home


@pytest.fixture(scope="module")
def first(folder):
    return pd.read_csv(folder / "out" / "targets.csv", dtype={"code": str}).iloc[0]


@pytest.fixture(scope="module")
def asked(folder, first, tmp_path_factory):
    """The same region with one more contact: the first target proposes the theme of its lowest stake."""
    scores = {name[6:]: first[name] for name in first.index if name.startswith("score_")}
    theme = sorted((name for name in scores if name != first["recommended_theme"]), key=scores.get)[-1]
    path = folder / "register.gpkg"
    rows = {name: pyogrio.read_dataframe(path, layer=name, read_geometry=False) for name in TABLES}
    new = {
        "code": first["code"], "date": "2026-01-05", "caller_role": "chargée de mission", "next_action": "visite",
        "due": "2026-01-20", "outcome": "interest_confirmed", "proposed_theme": theme,
    }  # fmt: skip
    rows["contacts_made"] = pd.concat([rows["contacts_made"], pd.DataFrame([new])], ignore_index=True)
    talks = {"code": first["code"], "actor_kind": "state", "date": "2025-11-05", "theme": theme, "motivation": 4}
    rows["interviews"] = pd.concat([rows["interviews"], pd.DataFrame([talks])], ignore_index=True)
    other = tmp_path_factory.mktemp("asked") / "register.gpkg"
    write_register(other, "en")
    fill_register(other, {name: frame[list(TABLES[name].names)] for name, frame in rows.items()})
    study = folder / "asked.yaml"
    study.write_text(
        (folder / "study.yaml").read_text(encoding="utf-8").replace("register.gpkg", other.as_posix()), encoding="utf-8"
    )
    assert main(["run", str(study), "--out", str(folder / "asked"), "--lang", "en"]) == 0
    return theme, folder / "asked"


def approach(out):
    return pyogrio.read_dataframe(out / "results.gpkg", layer="approach", read_geometry=False).set_index("code")


def test_a_theme_that_was_asked_for_is_worth_twice_as_much(first, asked):
    """The rule again, by hand: stake percentile over one more than its projects, doubled where it was asked for."""
    theme, out = asked
    before = pd.read_csv(out.parent / "out" / "territories.csv", dtype={"code": str}).set_index("code")
    after = pd.read_csv(out / "territories.csv", dtype={"code": str}).set_index("code")
    state = np.load(out / "scoring.npz")
    row = int(np.flatnonzero(state["codes"] == first["code"])[0])
    place = [str(name) for name in state["theme_ids"]].index(theme)
    plain = np.load(out.parent / "out" / "scoring.npz")["done"][row]
    np.testing.assert_allclose(state["done"][row, place], (1 + plain[place]) / 2 - 1)
    others = [column for column in range(len(plain)) if column != place]
    np.testing.assert_array_equal(state["done"][row, others], plain[others])
    worth = {}
    for column, name in enumerate(str(name) for name in state["theme_ids"]):
        stakes = after[f"score_{name}"].to_numpy()
        below = ((stakes < stakes[row]).sum() + 0.5 * ((stakes == stakes[row]).sum() - 1)) / (len(stakes) - 1) * 100
        worth[name] = state["theme_weights"][column] * max(below, 1) / (1 + state["done"][row, column])
    assert after.loc[first["code"], "recommended_theme"] == max(worth, key=worth.get)
    unchanged = [code for code in after.index if code != first["code"]]
    assert (before.loc[unchanged, "recommended_theme"] == after.loc[unchanged, "recommended_theme"]).all()


def test_what_was_said_and_done_stands_beside_the_target(first, asked):
    theme, out = asked
    line = approach(out).loc[first["code"]]
    assert line["asked_theme"] == theme and line["called_before"] == 1
    assert line["last_contact"] == "2026-01-05" and line["contact_outcome"] == "interest_confirmed"
    assert line["overdue"] == 1, "due before the study's date"
    assert line["motivation"] == 4 and line["interviews"] == 1
    assert "interest confirmed" in line["outreach_en"] and "4.0 of 5" in line["outreach_en"]
    assert "intérêt confirmé" in line["outreach_fr"] and "4,0 sur 5" in line["outreach_fr"]
    assert theme in read_study(out.parent / "asked.yaml").content["themes"][0]["id"] or line["asked_theme"]


def test_motivation_never_moves_activity_readiness_or_priority(asked):
    _, out = asked
    names = ["readiness", "activity", "expected_activity", "evidence", "segment"]
    before, after = (pd.read_csv(out.parent / name / "territories.csv")[names] for name in ("out", "asked"))
    pd.testing.assert_frame_equal(before, after)


def test_what_is_said_inside_stays_out_of_the_tables_of_territories(asked):
    _, out = asked
    for name in ("territories.csv", "targets.csv"):
        written = (out / name).read_text(encoding="utf-8")
        assert "chargée de mission" not in written and "otivation" not in written


def test_co_funders_and_calls_are_those_of_the_register(folder):
    out = folder / "out"
    found = pyogrio.read_dataframe(out / "results.gpkg", layer="cofunders", read_geometry=False)
    projects = pyogrio.read_dataframe(folder / "register.gpkg", layer="projects", read_geometry=False)
    active = projects[projects["stage"].isin(["funded", "running", "done"])]
    for _, line in found.dropna(subset=["cofunder"]).iterrows():
        own = active[(active["theme"] == line["theme"]) & (active["cofunder"] == line["cofunder"])]
        assert len(own) == line["projects"]
        assert own["cofunding_rate_pct"].median() == pytest.approx(line["rate_pct"])
    calls = pyogrio.read_dataframe(folder / "register.gpkg", layer="calls", read_geometry=False).set_index("call_id")
    targets = pd.read_csv(out / "targets.csv", dtype={"code": str}).set_index("code")
    for code, line in approach(out).iterrows():
        if isinstance(line["call_id"], str):
            asked_for = str(calls.loc[line["call_id"], "themes"] or "")
            assert targets.loc[code, "recommended_theme"] in asked_for
            assert line["call_title"] in line["call_fr"] and line["call_title"] in line["call_en"]


def test_a_study_without_a_register_has_none_of_it(tmp_path):
    from small_study import write_small_study

    def no_register(content):
        content["indicators"] = [i for i in content["indicators"] if i["role"] != "activity"]
        content["sources"].pop("register")

    path = write_small_study(tmp_path, 12, change=no_register)
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    layers = [str(name) for name, _ in pyogrio.list_layers(tmp_path / "out" / "results.gpkg")]
    assert "approach" not in layers and "cofunders" not in layers and "lists" in layers


def test_odd_decisions_are_warned_of(tmp_path, capsys):
    from small_study import write_small_study

    decisions = [
        {"code": "nobody", "action": "pin", "reason": "r", "author": "Direction", "date": "2026-01-01"},
        {"code": "77001", "action": "pin", "reason": "r", "author": "Direction", "date": "2026-01-01"},
        {"code": "77001", "action": "exclude", "reason": "r", "author": "Direction", "date": "2026-02-01"},
    ]
    path = write_small_study(tmp_path, 12, change=lambda content: content.update(targeting={"decisions": decisions}))
    assert main(["run", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    said = capsys.readouterr().err
    assert "no territory has: 1 (nobody)" in said and "77001" in said
    targets = pd.read_csv(tmp_path / "out" / "targets.csv", dtype=str)
    assert "77001" not in set(targets["code"]) and "decision" in targets.columns


def test_the_parts_of_projects_add_up_and_the_weighted_ones_enter_nothing(folder):
    """Every active project with a place once, whatever it is shared over; marks and stages are told beside."""
    out = folder / "out"
    detail = pyogrio.read_dataframe(out / "results.gpkg", layer="activity_detail", read_geometry=False)
    projects = pyogrio.read_dataframe(folder / "register.gpkg", layer="projects", read_geometry=False)
    active = projects[projects["stage"].isin(["funded", "running", "done"])]
    placed = active[active["codes"].fillna("") != ""]
    coded = detail["activity_count"].notna() & detail["weighted"].notna()
    assert detail["shared"].sum() + detail["borne"].sum() == pytest.approx(len(placed))
    assert coded.any() and (detail["weighted"][coded] <= detail["activity_count"][coded] + 1e-9).all()
    page = (out / "methodology.html").read_text(encoding="utf-8")
    both = projects[["innovation", "innovation_2"]].dropna()
    assert f"over {len(both)} projects that two people coded" in page

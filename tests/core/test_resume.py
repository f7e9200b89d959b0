"""A run that was cut short has lost nothing that it had computed, and the next one says what it goes on from."""

from __future__ import annotations

import json
import os
import shutil
import signal

import pytest
import yaml
from dask_cluster import until
from parted_study import PARTS, PartedStudy, bits, measured_study

posix = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
ALL = list(range(PARTS))


@pytest.fixture(scope="module")
def parted(tmp_path_factory) -> PartedStudy:
    return PartedStudy(tmp_path_factory.mktemp("parted"))


@pytest.fixture(scope="module")
def undisturbed(parted) -> dict[str, bytes]:
    out = parted.folder / "undisturbed"
    assert parted.run(out, "undisturbed marks")[0] == 0
    assert parted.places("undisturbed marks") == ALL
    return bits(out)


@posix
@pytest.mark.parametrize("processes", [False, True])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_run_that_is_cut_short_goes_on_where_it_stopped(parted, undisturbed, tmp_path, number, processes):
    out, cut, after = tmp_path / "out", f"cut {tmp_path.name}", f"after {tmp_path.name}"
    holds = {"PART_HOLDS_LOCK": "1"} if processes else {}
    child = parted.start(out, cut, seconds=0.4, **holds)
    until(lambda: len(parted.places(cut)) >= 4)
    child.send_signal(number)
    child.communicate(timeout=20)
    assert child.returncode == (130 if number == signal.SIGTERM else -9)
    assert [item.name for item in out.iterdir() if not item.name.startswith(".")] == [], "no half of a result"
    code, said = parted.run(out, after, "--resume", "--lang", "en", **holds)
    assert code == 0
    done, again = parted.places(cut), parted.places(after)
    # What was done and not yet kept when the run was cut is the most that may be done again.
    assert set(done) | set(again) == set(ALL) and len(set(done) & set(again)) <= 2
    assert len(again) == len(set(again)) <= PARTS - 2
    kept = PARTS - len(again)
    first, last = said.splitlines()
    assert first.startswith("Resuming: ") and "flood_share" in first
    assert f"({kept} of {PARTS} parts were kept)." in last
    assert bits(out) == undisturbed
    assert sorted(item.name for item in out.iterdir() if item.name.startswith(".")) == [".lock", ".store"]
    assert list((out / ".store").glob("*.part")) == []


@posix
def test_coverage_and_sums_in_blocks_that_are_killed_go_on_where_they_stopped(tmp_path):
    study, here, out = measured_study(tmp_path / "measured"), tmp_path / "here", tmp_path / "out"
    code, said = study.run(here, "whole")
    assert code == 0, said
    child = study.start(out, "cut", seconds=0.2)
    until(lambda: len(study.places("cut", "held_in_block")) >= 3)
    child.kill()
    child.communicate(timeout=20)
    code, said = study.run(out, "after", "--resume")
    assert code == 0, said
    for task in ("cover_block", "held_in_block"):
        done, again = set(study.places("cut", task)), study.places("after", task)
        assert sorted(done | set(again)) == study.places("whole", task)
        assert len(done & set(again)) <= 2 and len(again) == len(set(again))
    assert bits(out) == bits(here)


@posix
def test_what_a_run_left_is_used_without_being_asked_for(parted, undisturbed, tmp_path):
    out, cut, after = tmp_path / "out", "cut unasked", "after unasked"
    child = parted.start(out, cut, seconds=0.4)
    until(lambda: len(parted.places(cut)) >= 4)
    child.kill()
    child.communicate(timeout=20)
    assert parted.run(out, after)[0] == 0
    assert len(parted.places(after)) <= PARTS - 2
    assert bits(out) == undisturbed


def test_a_resumed_run_says_what_there_is_in_either_language(parted, tmp_path):
    out = tmp_path / "out"
    code, said = parted.run(out, "said", "--resume", "--lang", "fr")
    assert code == 0
    assert said.splitlines() == [
        "Reprise\u00a0: aucune mesure entière n’était conservée.",
        "Aucune mesure reprise, 5 calculées\u00a0: flood_share, income, fibre, partners, projects.",
    ]
    code, said = parted.run(out, "said", "--resume", "--lang", "en")
    assert said.splitlines() == ["Resuming: every measure was kept.", "5 measures kept, none computed."]


def test_what_was_kept_and_computed_is_an_event(parted, tmp_path):
    out = tmp_path / "out"

    def events(*more: str) -> list[dict]:
        code, said = parted.run(out, "events", "--json", "--lang", "en", *more)
        assert code == 0
        told = [json.loads(line) for line in said.splitlines()]
        return [{k: v for k, v in event.items() if k != "label"} for event in told if event["event"] != "progress"]

    names = ["flood_share", "income", "fibre", "partners", "projects"]
    counts = {"parts_kept": 0, "parts_computed": PARTS}
    assert events() == [{"event": "measures", "kept": 0, "computed": names, **counts}]
    nothing = {"parts_kept": 0, "parts_computed": 0}
    assert events("--resume") == [
        {"event": "resume", "kept": 5, "left": []},
        {"event": "measures", "kept": 5, "computed": [], **nothing},
    ]


def test_another_weight_computes_no_part_again(parted, tmp_path):
    out = tmp_path / "out"
    assert parted.run(out, "weight before")[0] == 0
    former = parted.study.read_text(encoding="utf-8")
    content = yaml.safe_load(former)
    content["indicators"][0]["weight"] = 7
    try:
        parted.study.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        code, said = parted.run(out, "weight after", "--lang", "en")
    finally:
        parted.study.write_text(former, encoding="utf-8")
    assert (code, said) == (0, "5 measures kept, none computed.\n")
    assert parted.places("weight after") == []


def test_parts_move_the_bar_within_the_measure(parted, tmp_path):
    _, said = parted.run(tmp_path / "out", "bar", "--json", seconds=0.02)
    events = [json.loads(line) for line in said.splitlines()]
    done = [event["done"] for event in events if event.get("step") == "measures"]
    assert len(done) >= PARTS and done == sorted(done)


@posix
def test_the_store_may_be_deleted_at_any_moment(parted, undisturbed, tmp_path):
    out = tmp_path / "out"
    child = parted.start(out, "deleting", seconds=0.15)
    while child.poll() is None:
        shutil.rmtree(out / ".store", ignore_errors=True)
    child.communicate(timeout=20)
    assert child.returncode == 0
    assert bits(out) == undisturbed

"""The same study gives the same bytes, and only what changed is computed again."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
import yaml
from small_study import call, default_table, write_small_study

from smart_territoires_plugin.core import engine, store
from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.measures.measured import measured
from smart_territoires_plugin.core.results import publish
from smart_territoires_plugin.core.results.workbook import write_workbook
from smart_territoires_plugin.core.sources.quality import QualityRecord
from smart_territoires_plugin.core.store import Store, key_of

ALL = ["flood_share", "income", "fibre", "partners", "projects"]


@pytest.fixture
def study(tmp_path) -> Path:
    return write_small_study(tmp_path / "study")


def run(study: Path, out: Path, *more: str) -> dict:
    """Run; return the manifest."""
    assert main(["run", str(study), "--out", str(out), "--lang", "fr", *more]) == 0
    return json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def bytes_of(out: Path) -> dict[str, bytes]:
    """What must be the same byte for byte: the tables, and the manifest apart from its timings."""
    content = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    content.pop("timings")
    names = ("territories.csv", "targets.csv", "targets.xlsx", "methodology.html")
    tables = {name: (out / name).read_bytes() for name in names}
    with np.load(out / "scoring.npz") as state:
        arrays = {name: state[name].tobytes() for name in state.files}
    return {**tables, "manifest": json.dumps(content).encode(), **arrays}


# ── the same results


@pytest.mark.parametrize("workers", ["1", "2", "5"])
def test_any_number_of_cores_and_a_warm_store_give_the_same(study, tmp_path, workers):
    run(study, tmp_path / "reference", "--workers", "1")
    expected = bytes_of(tmp_path / "reference")
    cold = run(study, tmp_path / "out", "--workers", workers)
    assert bytes_of(tmp_path / "out") == expected
    warm = run(study, tmp_path / "out", "--workers", workers)
    assert bytes_of(tmp_path / "out") == expected
    assert (cold["timings"]["measured"], warm["timings"]["measured"]) == (ALL, [])


def test_the_seed_of_hashes_and_the_moment_change_nothing(study, tmp_path):
    """Another process, another order of sets and dictionaries, another language of the machine."""
    run(study, tmp_path / "reference")
    for seed in ("0", "4242"):
        out = tmp_path / f"seed {seed}"
        done = call("run", study, "--out", out, "--lang", "fr", PYTHONHASHSEED=seed, TZ="Asia/Tokyo")
        assert done.returncode == 0, done.stderr
        assert bytes_of(out) == bytes_of(tmp_path / "reference")


def test_the_place_of_the_study_changes_nothing(study, tmp_path):
    run(study, tmp_path / "reference")
    shutil.copytree(study.parent, tmp_path / "moved é" / "study")
    run(tmp_path / "moved é" / "study" / "study.yaml", tmp_path / "out")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "reference")


def test_another_seed_of_the_study_changes_the_draws_alone(study, tmp_path):
    run(study, tmp_path / "reference")
    change(study, lambda content: content["robustness"].update(seed=2))
    run(study, tmp_path / "out")
    reference, found = bytes_of(tmp_path / "reference"), bytes_of(tmp_path / "out")
    assert found["territories.csv"] != reference["territories.csv"]
    assert found["normalised"] == reference["normalised"]


# ── only what changed


def change(study: Path, action) -> None:
    content = yaml.safe_load(study.read_text(encoding="utf-8"))
    action(content)
    study.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def other_values(study: Path) -> None:
    table = default_table(12)
    table["fibre"] = table["fibre"][::-1].to_numpy()
    table.to_csv(study.parent / "table.csv", index=False)


@pytest.mark.parametrize(
    ("action", "again"),
    [
        (lambda content: content["indicators"][2].update(weight=5), []),
        (lambda content: content["indicators"][1].update(direction=1, name="Autre"), []),
        (lambda content: content["scoring"].update(normalisation="rank"), []),
        (lambda content: content["targeting"].update(shortlist=2), []),
        (lambda content: content["robustness"].update(draws=70), []),
        (lambda content: content["sources"]["flood"].update(attribution="Autrui", licence="L", date="2025-01-01"), []),
        (lambda content: content["indicators"].reverse(), []),
        (lambda content: content["indicators"][2]["measure"].update(kind="per_capita"), ["fibre"]),
        (lambda content: content["indicators"][2]["measure"].update(field="partners"), []),  # measured for another
        (lambda content: content["indicators"][0]["measure"].update(where="niveau = 'fort'"), ["flood_share"]),
        (lambda content: content["sources"]["table"].update(missing=["0"]), ["income", "fibre", "partners"]),
        (lambda content: content["sources"]["register"].update(survey="exhaustive"), ["projects"]),
    ],
)
def test_only_what_a_change_of_the_study_touches_is_measured_again(study, tmp_path, action, again):
    run(study, tmp_path / "out")
    change(study, action)
    manifest = run(study, tmp_path / "out")
    assert manifest["timings"]["measured"] == again
    # And the store has told the truth: from nothing, the same comes out.
    run(study, tmp_path / "fresh")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_only_the_measures_of_a_source_that_changed_are_taken_again(study, tmp_path):
    run(study, tmp_path / "out")
    other_values(study)
    assert run(study, tmp_path / "out")["timings"]["measured"] == ["income", "fibre", "partners"]
    run(study, tmp_path / "fresh")
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "fresh")


def test_a_source_that_is_written_anew_with_the_same_content_is_the_same(study, tmp_path):
    run(study, tmp_path / "out")
    table = study.parent / "table.csv"
    content = table.read_bytes()
    time.sleep(0.01)
    table.write_bytes(content)
    assert run(study, tmp_path / "out")["timings"]["measured"] == []


def test_other_territories_mean_measuring_all_again(study, tmp_path):
    run(study, tmp_path / "out")
    write_small_study(study.parent / "other", size=13)
    for name in ("communes.gpkg", "table.csv"):
        shutil.copy(study.parent / "other" / name, study.parent / name)
    assert run(study, tmp_path / "out")["timings"]["measured"] == ALL


def test_other_code_means_measuring_all_again(study, tmp_path, monkeypatch):
    run(study, tmp_path / "out")
    monkeypatch.setattr(store, "code_version", lambda: "another version")
    assert run(study, tmp_path / "out")["timings"]["measured"] == ALL


def test_the_version_of_the_code_follows_the_code_and_the_libraries(monkeypatch, tmp_path):
    before = key_of(["same"])
    store.code_version.cache_clear()
    assert key_of(["same"]) == before
    versions = store.versions()
    monkeypatch.setattr(store, "versions", lambda: {**versions, "shapely": "0.0.1"})
    store.code_version.cache_clear()
    assert key_of(["same"]) != before
    monkeypatch.undo()
    copied = tmp_path / "core"
    shutil.copytree(Path(store.__file__).parent, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(store, "__file__", str(copied / "store.py"))
    store.code_version.cache_clear()
    assert key_of(["same"]) == before
    for name in ("measures/coverage.py", "sources/cells.py", "models/expected_activity.py"):
        file = copied / name
        former = file.read_text(encoding="utf-8")
        file.write_text(former + "\n# changed\n", encoding="utf-8")
        store.code_version.cache_clear()
        assert key_of(["same"]) != before, name
        file.write_text(former, encoding="utf-8")
    monkeypatch.undo()
    store.code_version.cache_clear()


# ── the store itself


def test_the_workbook_is_written_again_where_it_says_something_else(study, tmp_path, monkeypatch):
    written = []

    def counting(path, *said):
        written.append(path.name)
        write_workbook(path, *said)

    monkeypatch.setattr(publish, "write_workbook", counting)
    run(study, tmp_path / "out")
    first = (tmp_path / "out" / "targets.xlsx").read_bytes()
    run(study, tmp_path / "out")
    assert len(written) == 1 and (tmp_path / "out" / "targets.xlsx").read_bytes() == first
    run(study, tmp_path / "out", "--lang", "en")
    assert len(written) == 2, "its words are of another language"
    change(study, lambda content: content["indicators"][2].update(weight=7))
    run(study, tmp_path / "out")
    assert len(written) == 3, "its scores are others"
    run(study, tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere" / "targets.xlsx").read_bytes() == (tmp_path / "out" / "targets.xlsx").read_bytes()


def test_the_store_may_be_deleted(study, tmp_path):
    run(study, tmp_path / "out")
    expected = bytes_of(tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / ".store")
    assert run(study, tmp_path / "out")["timings"]["measured"] == ALL
    assert bytes_of(tmp_path / "out") == expected


@pytest.mark.parametrize("damage", ["empty", "half", "flipped", "other", "folder"])
def test_a_damaged_entry_counts_as_absent(study, tmp_path, damage):
    run(study, tmp_path / "out")
    expected = bytes_of(tmp_path / "out")
    entries = sorted(item for item in (tmp_path / "out" / ".store").glob("*.values"))
    assert len(entries) >= len(ALL) + 2, "the measures, the territories, the model of activity, and parts"
    content = {entry: entry.read_bytes() for entry in entries}
    for entry, raw in content.items():
        if damage == "folder":
            entry.unlink()
            entry.mkdir()
            continue
        middle = len(raw) // 2
        made = {
            "empty": b"",
            "half": raw[:middle],
            "flipped": raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :],
            "other": content[entries[0] if entry != entries[0] else entries[1]],
        }
        entry.write_bytes(made[damage])
    if damage == "folder":
        # Nothing can be kept in its place: the folder is told as one that cannot be written.
        assert main(["run", str(study), "--out", str(tmp_path / "out")]) == 2
        return
    assert run(study, tmp_path / "out")["timings"]["measured"] == ALL
    assert bytes_of(tmp_path / "out") == expected


def test_what_is_kept_comes_back_as_it_was(tmp_path):
    kept = Store(tmp_path / "store")
    quality = (QualityRecord("é", "x", "W", 2, "a, 'b'", "01001"),)
    values = np.array([1.5, np.nan, -0.0, 1e-300])
    status = np.array(["a", "", "é🏙️", "d"], dtype=object)
    found = measured(values, np.array(["", "withheld", "", ""]), details={"status": status}, quality=quality)
    kept.keep("key", found)
    back = kept.recall("key")
    assert back.values.tobytes() == found.values.tobytes()
    for name in ("coverage", "flags", "reasons"):
        assert getattr(back, name).tolist() == getattr(found, name).tolist()
    assert back.details["status"].tolist() == found.details["status"].tolist()
    assert back.quality == quality
    assert kept.recall("another") is None


def test_a_half_written_entry_is_swept_away(tmp_path):
    (tmp_path / "x.part").write_bytes(b"half")
    Store(tmp_path).sweep()
    assert list(tmp_path.iterdir()) == []
    Store(tmp_path / "absent").sweep()


# ── the engine


@pytest.mark.parametrize("workers", [1, 2, 7, None])
def test_results_keep_the_order_of_the_items(workers):
    def late(item: int) -> int:
        time.sleep(0.002 * (5 - item))
        return item * item

    kept, steps = [], []
    found = engine.run_tasks(late, range(5), workers, steps.append, lambda item, result: kept.append((item, result)))
    assert found == [0, 1, 4, 9, 16]
    assert sorted(kept) == [(item, item * item) for item in range(5)]
    assert steps == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0])
    assert engine.run_tasks(late, [], workers) == []


def test_the_first_error_stops_the_rest():
    begun = []

    def task(item: int) -> int:
        begun.append(item)
        if item == 0:
            raise ValueError(item)
        time.sleep(0.01)
        return item

    with pytest.raises(ValueError):
        engine.run_tasks(task, range(200), 1)
    assert len(begun) < 100

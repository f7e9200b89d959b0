"""Parts on a Dask cluster give the same bits as here; a worker or a scheduler that dies costs no result and no hang."""

from __future__ import annotations

import os
import signal
import sys
import time

import engine_tasks
import pytest
from dask_cluster import WITHOUT_PACKAGE, DaskCluster, until
from parted_study import PARTS, PartedStudy, bits, measured_study

from smart_territoires_plugin.core import cluster as clusters
from smart_territoires_plugin.core.cli import main
from smart_territoires_plugin.core.engine import Engine
from smart_territoires_plugin.core.errors import ClusterError, SourceError
from smart_territoires_plugin.core.messages import problem_lines

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
ALL = list(range(PARTS))
OTHER_VERSION = """
import smart_territoires_plugin.core.results.manifest as manifest
ours = manifest.versions()
manifest.versions = lambda: {**ours, "shapely": "0.0.1"}
"""
OTHER_CODE = """
import smart_territoires_plugin.core.store as store
store.code_version = lambda: "another"
"""
SEES_NO_FLOOD = """
import smart_territoires_plugin.core.agreement as agreement
real = agreement.seen_there
agreement.seen_there = lambda paths: real([path.replace("flood.gpkg", "elsewhere.gpkg") for path in paths])
"""


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    """A scheduler and two workers that live through the module."""
    made = DaskCluster(tmp_path_factory.mktemp("dask"))
    try:
        yield made.start(2)
    finally:
        made.close()


@pytest.fixture
def own_dask(tmp_path):
    """A cluster that a test starts itself, and may do with as it likes."""
    made = DaskCluster(tmp_path)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def parted(tmp_path_factory) -> PartedStudy:
    return PartedStudy(tmp_path_factory.mktemp("parted"))


@pytest.fixture(scope="module")
def local(parted) -> dict[str, bytes]:
    out = parted.folder / "local"
    assert parted.run(out, "local marks")[0] == 0
    return bits(out)


@pytest.fixture(scope="module")
def measured(tmp_path_factory) -> PartedStudy:
    return measured_study(tmp_path_factory.mktemp("measured"))


# ── whole runs


def test_a_worker_that_dies_has_its_parts_done_elsewhere_with_the_same_bits(dask, parted, local, tmp_path):
    out = tmp_path / "out"
    child = parted.start(out, "dying", "--scheduler", dask.address, "--lang", "en", seconds=0.4)
    until(lambda: len(parted.processes("dying")) == 2)
    victim = dask.workers[0]
    assert victim.pid in parted.processes("dying"), "parts run on the workers"
    dask.kill(victim)
    try:
        _, said = child.communicate(timeout=60)
    finally:
        dask.workers.remove(victim)
        dask.add(1)
    assert (child.returncode, said) == (
        0,
        "No measure kept, 5 computed: flood_share, income, fibre, partners, projects.\n",
    )
    assert set(parted.places("dying")) == set(ALL)
    assert len(parted.processes("dying")) == 2
    assert bits(out) == local


def test_measures_of_layers_and_rasters_give_the_same_bits_while_workers_die(dask, measured, tmp_path):
    """A large layer's coverage and sum in blocks, a raster's mean in strips; two of three workers are killed."""
    here, out, tasks = tmp_path / "here", tmp_path / "out", ("cover_block", "_sums", "held_in_block")
    dask.add(1)
    code, said = measured.run(here, "marks here")
    assert code == 0, said
    parts = {task: measured.places("marks here", task) for task in tasks}
    assert all(len(places) == len(set(places)) >= 9 for places in parts.values())
    child = measured.start(out, "marks there", "--scheduler", dask.address, "--lang", "en", seconds=0.12)
    for task in tasks[:2]:
        until(lambda task=task: len(measured.places("marks there", task)) >= 2)
        ran_in = measured.processes("marks there", task)
        victim = next(worker for worker in dask.workers if worker.pid in ran_in)
        dask.kill(victim)
        assert set(measured.places("marks there", task)) != set(parts[task]), "killed in the middle"
        dask.workers.remove(victim)
    _, said = child.communicate(timeout=60)
    dask.add(1)
    assert child.returncode == 0, said
    for task in tasks:
        assert sorted(set(measured.places("marks there", task))) == parts[task]
        assert child.pid not in measured.processes("marks there", task)
    assert bits(out) == bits(here)


def test_a_scheduler_that_vanishes_is_one_line_and_a_run_that_resumes(own_dask, parted, local, tmp_path):
    own_dask.start(1)
    out, started = tmp_path / "out", time.monotonic()
    child = parted.start(out, "vanishing", "--scheduler", own_dask.address, "--lang", "en", seconds=0.4)
    until(lambda: len(parted.places("vanishing")) >= 4)
    own_dask.kill(own_dask.scheduler)
    _, said = child.communicate(timeout=60)
    assert child.returncode == 2
    (line,) = said.splitlines()
    assert line.startswith(f"{own_dask.address}: ") and "--resume" in line
    assert time.monotonic() - started < 60
    assert [item.name for item in out.iterdir() if not item.name.startswith(".")] == []
    code, said = parted.run(out, "vanishing after", "--resume", "--lang", "en")
    assert code == 0 and f" of {PARTS} parts were kept" in said
    assert len(parted.places("vanishing after")) <= PARTS - 2
    assert bits(out) == local


def test_a_cancel_leaves_the_cluster_within_a_second(dask, parted, tmp_path):
    out = tmp_path / "out"
    child = parted.start(out, "leaving", "--scheduler", dask.address, "--lang", "en", seconds=0.3)
    until(lambda: parted.places("leaving"))
    started = time.monotonic()
    child.send_signal(signal.SIGTERM)
    _, said = child.communicate(timeout=20)
    assert child.returncode == 130 and time.monotonic() - started < 5
    (line,) = said.splitlines()
    assert "cancelled" in line
    # What was sent ahead is given up, and the cluster serves the next.
    with Engine(workers=2) as engine:
        engine.use_cluster(dask.address, [])
        assert engine.map(engine_tasks.squared, range(5)) == [0, 1, 4, 9, 16]
    assert len(parted.places("leaving")) < PARTS


# ── tasks


def test_tasks_run_on_the_workers_and_their_errors_come_back(dask):
    kept = []
    with Engine(workers=2) as engine:
        engine.use_cluster(dask.address, [])
        found = engine.map(engine_tasks.squared, range(40), lambda item, result: kept.append((item, result)))
        assert found == [number * number for number in range(40)]
        assert sorted(kept) == list(enumerate(found))
        ran_in = set(engine.map(engine_tasks.process_of, range(12), holds_lock=True))
        assert ran_in <= {worker.pid for worker in dask.workers} and len(ran_in) == 2
        with pytest.raises(SourceError) as raised:
            engine.map(engine_tasks.refusing, range(6))
        assert [problem.values for problem in raised.value.problems] == [{"reason": "part 3"}]
        with pytest.raises(ImportError) as lacking:
            engine.map(engine_tasks.missing_library, range(2))
        assert lacking.value.name == "no_such_library_at_all"
        assert engine.map(engine_tasks.squared, [3]) == [9]


def test_a_result_that_dies_with_its_worker_before_it_is_fetched_is_made_again(own_dask, monkeypatch):
    own_dask.start(1)
    plain, lost = clusters.Cluster._take, []

    def taking(cluster, part):
        if not lost:
            lost.append(part)
            own_dask.kill(own_dask.workers[0])
            own_dask.add(1)
            until(lambda: part.there.status != "finished")
        plain(cluster, part)

    monkeypatch.setattr(clusters.Cluster, "_take", taking)
    with Engine(workers=2) as engine:
        engine.use_cluster(own_dask.address, [])
        assert engine.map(engine_tasks.squared, range(3)) == [0, 1, 4]


def test_a_scheduler_that_does_not_answer_is_given_up(own_dask, monkeypatch):
    """Stopped, and not gone: nothing closes the connection."""
    monkeypatch.setattr(clusters, "ANSWER_S", 1)
    own_dask.start(1)
    with Engine(workers=2) as engine:
        engine.use_cluster(own_dask.address, [])
        os.kill(own_dask.scheduler.pid, signal.SIGSTOP)
        try:
            with pytest.raises(ClusterError) as raised:
                engine.map(engine_tasks.squared, range(3))
        finally:
            os.kill(own_dask.scheduler.pid, signal.SIGCONT)
    assert raised.value.problems[0].code == "cluster.lost"


def test_a_cluster_whose_workers_are_all_gone_is_given_up(own_dask, monkeypatch):
    monkeypatch.setattr(clusters, "WORKERS_S", 2)
    own_dask.start(1)
    with Engine(workers=2) as engine:
        engine.use_cluster(own_dask.address, [])
        own_dask.kill(own_dask.workers[0])
        with pytest.raises(ClusterError) as raised:
            engine.map(engine_tasks.squared, range(3))
    assert raised.value.problems[0].code == "cluster.no_workers"


# ── a cluster that cannot serve


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "http://127.0.0.1:8786", "127.0.0.1:8786", "tcp://a b:1"])
def test_what_is_no_address_is_refused(parted, tmp_path, capsys, address):
    code = main(["run", str(parted.study), "--out", str(tmp_path / "out"), "--lang", "en", "--scheduler", address])
    (line,) = capsys.readouterr().err.splitlines()
    assert code == 2 and address in line and "tcp://" in line
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_nobody_has_started_is_one_line(parted, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(clusters, "CONNECT_S", 1)
    address = "tcp://127.0.0.1:1"
    code = main(["measure", str(parted.study), "--out", str(tmp_path / "out"), "--lang", "fr", "--scheduler", address])
    (line,) = capsys.readouterr().err.splitlines()
    assert code == 2 and line.startswith(f"{address}\u00a0: ")
    assert not (tmp_path / "out").exists()


def test_dask_that_is_not_installed_is_named_with_its_extra(parted, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ["--out", str(tmp_path / "out"), "--lang", "en", "--scheduler", "tcp://127.0.0.1:1"]
    assert main(["run", str(parted.study), *arguments]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("distributed") and "smart-territoires[dask]" in line and "--scheduler" in line


def refused(address: str, sources=()) -> ClusterError:
    with Engine(workers=2) as engine, pytest.raises(ClusterError) as raised:
        engine.use_cluster(address, sources)
    for lang in ("fr", "en"):
        assert len(problem_lines(raised.value.problems, lang)) == len(raised.value.problems)
    return raised.value


def test_a_scheduler_without_workers_is_refused(own_dask, monkeypatch):
    monkeypatch.setattr(clusters, "WORKERS_S", 1)
    own_dask.start(0)
    assert [problem.code for problem in refused(own_dask.address).problems] == ["cluster.no_workers"]


@pytest.mark.parametrize(
    ("before", "code", "said"),
    [
        (f"import sys; {WITHOUT_PACKAGE}", "cluster.no_package", "smart_territoires_plugin"),
        (OTHER_VERSION, "cluster.other_version", "shapely 0.0.1"),
        (OTHER_CODE, "cluster.other_code", "code"),
    ],
)
def test_a_worker_that_would_not_compute_alike_is_named(own_dask, before, code, said):
    own_dask.start(1, before)
    (problem,) = refused(own_dask.address).problems
    assert problem.code == code
    (line,) = problem_lines([problem], "en")
    assert said in line and problem.values["worker"].startswith("tcp://127.0.0.1:")


def test_a_scheduler_without_the_package_is_named(own_dask):
    own_dask.start(1, before_scheduler=f"import sys; {WITHOUT_PACKAGE}")
    (problem,) = refused(own_dask.address).problems
    assert (problem.code, problem.values["worker"]) == ("cluster.no_package", own_dask.address)


def test_a_source_that_a_worker_does_not_see_is_named(own_dask, parted, tmp_path, capsys):
    own_dask.start(1, SEES_NO_FLOOD)
    arguments = ["--out", str(tmp_path / "out"), "--lang", "en", "--scheduler", own_dask.address]
    assert main(["run", str(parted.study), *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("flood: ") and "flood.gpkg" in line and "tcp://127.0.0.1:" in line
    assert not (tmp_path / "out").exists()


def test_a_worker_that_joins_later_is_checked_too(own_dask):
    own_dask.start(1)
    with Engine(workers=2) as engine:
        engine.use_cluster(own_dask.address, [])
        own_dask.add(1, OTHER_CODE)
        own_dask.kill(own_dask.workers[0])
        with pytest.raises(ClusterError) as raised:
            engine.map(engine_tasks.squared, range(3))
    assert raised.value.problems[0].code == "cluster.other_code"

"""The store gives back what was put in or nothing, holds nothing twice in memory, and stays bounded."""

from __future__ import annotations

import os
import threading
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.store import RUNS_KEPT, Store

KINDS = st.sampled_from(["float64", "float32", "int64", "int32", "uint8", "bool", "<U7"])
SHAPES = arrays_of.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


@given(st.dictionaries(st.text(max_size=9), arrays_of.arrays(KINDS, SHAPES), max_size=4), st.booleans())
def test_any_arrays_come_back_bit_for_bit(tmp_path_factory, arrays, transposed):
    store = Store(tmp_path_factory.mktemp("store"))
    if transposed:
        arrays = {name: values.T for name, values in arrays.items()}
    store.keep_arrays("key", arrays)
    back = store.recall_arrays("key")
    assert list(back) == list(arrays)
    for name, values in arrays.items():
        assert (back[name].dtype, back[name].shape) == (values.dtype, values.shape)
        assert back[name].tobytes() == values.tobytes()


def test_objects_are_refused_and_leave_nothing(tmp_path):
    with pytest.raises(ValueError):
        Store(tmp_path).keep_arrays("key", {"a": np.array([object()])})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [0, 31, 32, 40, 200, -1])
def test_one_wrong_byte_anywhere_is_no_entry(tmp_path, place):
    store = Store(tmp_path)
    store.keep_arrays("key", {"a": np.arange(20.0)})
    path = tmp_path / "key.values"
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    assert store.recall_arrays("key") is None


def test_an_entry_in_the_place_of_another_is_none(tmp_path):
    store = Store(tmp_path)
    store.keep_arrays("one", {"a": np.arange(3)})
    os.replace(tmp_path / "one.values", tmp_path / "other.values")
    assert store.recall_arrays("other") is None


def test_a_large_array_is_not_held_twice(tmp_path):
    store, values = Store(tmp_path), np.arange(12_000_000.0)
    tracemalloc.start()
    try:
        store.keep_arrays("key", {"a": values})
        writing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        back = store.recall_arrays("key")
        reading = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert back["a"].tobytes() == values.tobytes()
    assert writing < values.nbytes / 2
    assert reading < values.nbytes * 1.5


def test_a_closed_store_keeps_nothing_and_sweeps_what_is_half_written(tmp_path):
    """Threads of a run that was cancelled may go on for a moment."""
    store = Store(tmp_path)
    store.keep_arrays("before", {"a": np.arange(3)})
    begun, go_on, ended = threading.Event(), threading.Event(), []

    class Slow(np.lib.mixins.NDArrayOperatorsMixin):
        def __array__(self, dtype=None, copy=None):
            begun.set()
            go_on.wait(10)
            return np.arange(3)

    def late() -> None:
        try:
            store.keep_arrays("late", {"a": Slow()})
        except Cancelled:
            ended.append("cancelled")

    thread = threading.Thread(target=late)
    thread.start()
    begun.wait(10)
    store.close()
    assert [item.name for item in tmp_path.iterdir()] == ["before.values"]
    go_on.set()
    thread.join(10)
    with pytest.raises(Cancelled):
        store.keep_arrays("after", {"a": np.arange(3)})
    assert ended == ["cancelled"]
    assert [item.name for item in tmp_path.iterdir()] == ["before.values"]


# ── bounded


def run(folder, moment: int, uses: tuple[str, ...] = (), makes: tuple[str, ...] = ()) -> None:
    """One run at a moment of the clock (in minutes): it uses some entries, and makes others."""
    store = Store(folder)
    store.begin()
    for key in uses:
        assert store.recall_arrays(key) is not None, key
    for key in makes:
        store.keep_arrays(key, {"a": np.arange(3)})
    time_ns = moment * 60 * 10**9
    for key in (*uses, *makes):
        os.utime(folder / f"{key}.values", ns=(time_ns, time_ns))
    if store._begun_ns is not None:
        store._begun_ns = time_ns - 10**9
    store.end(computed=bool(makes))


def kept(folder) -> set[str]:
    return {path.stem for path in folder.glob("*.values")}


def test_what_no_run_has_used_for_long_goes(tmp_path):
    folder = tmp_path / "store"
    run(folder, 0, makes=("used", "unused"))
    for moment in range(1, RUNS_KEPT):
        run(folder, moment, uses=("used",), makes=(f"new {moment}",))
    assert {"used", "unused"} <= kept(folder)
    run(folder, RUNS_KEPT, uses=("used",), makes=("last",))
    assert kept(folder) == {"used", "last", *(f"new {moment}" for moment in range(1, RUNS_KEPT))}
    assert len(list(folder.glob("*.run"))) == RUNS_KEPT


def test_runs_that_compute_nothing_do_not_count(tmp_path):
    folder = tmp_path / "store"
    run(folder, 0, makes=("used", "unused"))
    for moment in range(1, 3 * RUNS_KEPT):
        run(folder, moment, uses=("used",))
    assert kept(folder) == {"used", "unused"}


def test_the_store_does_not_grow_without_bound(tmp_path):
    folder = tmp_path / "store"
    for moment in range(4 * RUNS_KEPT):
        run(folder, moment, makes=(f"new {moment}",))
    assert len(list(folder.iterdir())) == 2 * RUNS_KEPT

"""A measure cut into parts: each part is a task of its own, and is kept as soon as it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Callable, Optional

import numpy as np

from smart_territoires_plugin.core.sources.opened import OpenedSources

Arrays = Mapping[str, np.ndarray]


def run_partitions(
    sources: OpenedSources,
    task: Callable[[Any], Arrays],
    items: Sequence[Any],
    keys: Sequence[Optional[str]],
    holds_lock: bool = False,
) -> list[Arrays]:
    """Run a task on every item but those whose result is in the store.

    Parameters
    ----------
    task : callable
        A function at the top of its module, from an item to arrays by name; see ``Engine.map``.
    items : sequence
        One part of the work each.
    keys : sequence of str or None
        From ``OpenedSources.key_of``, one per item; None where its result cannot be kept.
    holds_lock : bool
        Whether the task keeps the interpreter to itself.

    Returns
    -------
    list of mapping of str to ndarray
        In the order of the items.
    """
    store = sources.store
    found = {place: store.recall_arrays(key) for place, key in enumerate(keys) if key}
    left = [place for place in range(len(items)) if found.get(place) is None]
    keys_left = {id(items[place]): keys[place] for place in left}

    def keep(item: Any, result: Arrays) -> None:
        key = keys_left[id(item)]
        if key:
            store.keep_arrays(key, result)

    made = sources.engine.map(task, [items[place] for place in left], keep, holds_lock, len(items) - len(left))
    found.update(zip(left, made, strict=True))
    return [found[place] for place in range(len(items))]

"""Whether the workers of a cluster would give the same results as this machine: same code, same sources.

The functions that end in ``there`` are what runs on the cluster.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Callable

from smart_territoires_plugin.core.errors import ClusterError, Problem, SmartTerritoiresError
from smart_territoires_plugin.core.study import Source

_NO_MODULE = re.compile(r"(?:No module named|import of) \\*'?(\w+)")


def code_there() -> dict[str, Any]:
    """Return what results depend on besides the input: versions, and a hash of our code."""
    from smart_territoires_plugin.core.results.manifest import versions
    from smart_territoires_plugin.core.store import code_version

    return {"versions": versions(), "code": code_version()}


def seen_there(paths: list[str]) -> tuple[dict[str, Any], list[int | None]]:
    """Return what results depend on, and the size of files as seen from a worker (None where it sees none)."""
    sizes: list[int | None] = []
    for path in paths:
        try:
            with Path(path).open("rb"):
                sizes.append(Path(path).stat().st_size)
        except OSError:
            sizes.append(None)
    return code_there(), sizes


def done_there(code: str, task: Callable[[Any], Any], item: Any) -> Any:
    """Do a task on a worker, which may have joined the cluster after it was checked."""
    if code_there()["code"] != code:
        from distributed import get_worker

        address = get_worker().address
        raise ClusterError(Problem("cluster.other_code", address, {"worker": address}))
    return task(item)


def disagreement(address: str, worker: str, found: Any, files: list[tuple[str, str, int]]) -> list[Problem]:
    """Return what keeps a worker from giving the same results as this machine.

    Parameters
    ----------
    found : what ``seen_there`` returned there, or the error that it ended with
    files : list of (source id, path, size in bytes)
        As this machine sees them.
    """
    if isinstance(found, BaseException):
        library = missing_library(found)
        if library:
            return [Problem("cluster.no_package", address, {"worker": worker, "library": library})]
        return [Problem("cluster.worker_fails", address, {"worker": worker, "reason": reason_of(found)})]
    theirs, sizes = found
    ours = code_there()
    problems = [
        Problem(
            "cluster.other_version",
            address,
            {"worker": worker, "name": name, "theirs": theirs["versions"].get(name, "–"), "ours": version},
        )
        for name, version in ours["versions"].items()
        if theirs["versions"].get(name) != version
    ]
    if not problems and theirs != ours:
        problems = [Problem("cluster.other_code", address, {"worker": worker})]
    unseen = [(name, path) for (name, path, size), seen in zip(files, sizes, strict=True) if size != seen]
    return problems + [
        Problem("cluster.unseen_source", name, {"worker": worker, "path": path}) for name, path in unseen
    ]


def is_file(source: Source) -> bool:
    """Say whether a source is a file of this machine, and no database or address."""
    return isinstance(source.path, Path) and source.path.is_file()


def missing_library(error: BaseException) -> str:
    """Return the library that an import lacked, empty if it was none; Dask may hand an error on as its text."""
    found = _NO_MODULE.search(f"{type(error).__name__}: {error}")
    return found.group(1) if found else ""


def reason_of(error: BaseException) -> str:
    """Return what an error says, on one line."""
    if isinstance(error, SmartTerritoiresError):
        return str(error)
    return next(iter(str(error).splitlines()), "") or type(error).__name__

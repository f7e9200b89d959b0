"""A Dask scheduler and workers on loopback, each a process of its own that a test may kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from small_study import CHECKOUT, child_environment

# Without dashboards, on loopback alone; each says on its first line that it serves.
SCHEDULER = """
import asyncio, sys
{before}
from distributed import Scheduler

async def serve():
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False, dashboard_address=None) as scheduler:
        print(scheduler.address, flush=True)
        await scheduler.finished()

asyncio.run(serve())
"""
WORKER = """
import asyncio, sys
{before}
from distributed import Worker

async def serve():
    async with Worker(sys.argv[1], host="127.0.0.1", nthreads=1, memory_limit=0, dashboard=False,
                      local_directory=sys.argv[2], name=sys.argv[3]) as worker:
        print(worker.address, flush=True)
        await worker.finished()

if __name__ == "__main__":
    asyncio.run(serve())
"""
WITHOUT_PACKAGE = "sys.modules['smart_territoires_plugin'] = None"


class DaskCluster:
    """A scheduler and the workers that a test starts."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.workers: list[subprocess.Popen] = []
        self.scheduler: subprocess.Popen | None = None
        self.address = ""

    def start(self, workers: int = 2, before: str = "", before_scheduler: str = "") -> DaskCluster:
        self.scheduler, self.address = self._serve(SCHEDULER.format(before=before_scheduler))
        self.add(workers, before)
        return self

    def add(self, workers: int, before: str = "") -> None:
        for _ in range(workers):
            place = len(self.processes)
            scratch = self.folder / f"worker-{place}"
            worker, _ = self._serve(WORKER.format(before=before), self.address, str(scratch), str(place))
            self.workers.append(worker)

    def _serve(self, code: str, *arguments: str) -> tuple[subprocess.Popen, str]:
        environment = child_environment()
        paths = [str(CHECKOUT), str(CHECKOUT / "tests" / "core"), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
        log = (self.folder / f"process-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            env=environment, cwd=self.folder, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        log.close()
        self.processes.append(process)
        address = process.stdout.readline().strip()
        assert address.startswith("tcp://127.0.0.1:"), (self.folder / log.name).read_text()
        return process, address

    def kill(self, process: subprocess.Popen) -> None:
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=20)

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait(timeout=20)
            process.stdout.close()


def until(condition, limit_s: float = 30) -> None:
    limit = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)

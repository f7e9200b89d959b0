"""Ours, the whole command line timed from outside; then, apart from the time, what a run would measure again."""

import subprocess
import sys
from pathlib import Path

from bench.peers.answering import Clock, answer, played


def play(study: str, folder: str, out: str) -> None:
    """Answer with the time of ``smart-territoires run`` into a folder that holds the same study's results."""
    clock = Clock()
    command = [sys.executable, "-m", "smart_territoires_plugin.core", "run", study, "--out", folder]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clock.mark("done")

    from smart_territoires_plugin.core.pipeline import measure_study
    from smart_territoires_plugin.core.store import Store
    from smart_territoires_plugin.core.study import read_study

    found = measure_study(read_study(Path(study)), Store(Path(folder) / ".store"))
    answer(out, clock, [], [], {"computed": " ".join(found.computed)})


if __name__ == "__main__":
    sys.exit(played(play))

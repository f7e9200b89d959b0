"""The second run of an unchanged study of real files: nothing is measured again."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench.comparing import Mark, Method, Row, Table, in_turn, median_row
from bench.running import ROOT, watched

STUDY = ROOT / "tests" / "studies" / "idf" / "study.yaml"
DATA = ROOT.parent / "shared" / "data"


def compare(folder: Path, small: bool) -> list[Table]:
    """Run the study once, then time the same command again."""
    title = "Second run of an unchanged study"
    if not DATA.exists():
        absent = "the folder of public files is not there (../shared/data)"
        return [Table(title, [], [Row("**ours**, Île-de-France", "bench/comparisons/rerun.py", absent=absent)])]
    out = folder / "stores" / "idf"
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "bench.ours_again", str(STUDY), str(out), "{out}"]
    code, said, _ = watched([*command[:2], "smart_territoires_plugin.core", "run", str(STUDY), "--out", str(out)])
    if code:
        raise SystemExit(f"bench: {STUDY.name}: ended with {code}\n{said}")
    method = Method("**ours**, `smart-territoires run`, Île-de-France", command, "bench/ours_again.py", 5)
    runs = in_turn({"again": method})["again"]
    computed = [one.answer["versions"]["computed"].split() for one in runs if not one.absent]
    row = median_row(method, runs, None, None)
    marks = [
        Mark("the whole process", row.seconds, most=2.0, unit="s"),
        Mark("measures computed again", max((float(len(names)) for names in computed), default=None), most=0),
    ]
    remarks = [
        "1 276 communes of Île-de-France, real tables and a few synthetic layers; the whole command: start of the "
        "interpreter, hashes of all sources, scoring, targeting, writing of all results."
    ]
    return [Table(title, remarks, [row], marks=marks)]

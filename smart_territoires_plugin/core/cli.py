"""The command line: ``demo``, ``check``, ``run``, ``measure``, ``explain``, ``compare`` and ``atlas``."""

from __future__ import annotations

import argparse
import json
import locale
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Callable, Optional

from smart_territoires_plugin.core.cancellation import CANCELLED, cancelled_by_signals
from smart_territoires_plugin.core.errors import Cancelled, EngineError, Problem, SmartTerritoiresError
from smart_territoires_plugin.core.messages import LANGUAGES, problem_lines, problem_record, text
from smart_territoires_plugin.core.messages.events import event_text
from smart_territoires_plugin.core.progress import STEPS, Progress
from smart_territoires_plugin.core.verbs import verbs as further_verbs
from smart_territoires_plugin.core.verbs.reporting import result, say

_SCHEDULER = "run the parts of measures on the Dask cluster of this scheduler, for example tcp://192.168.1.10:8786"


def default_language() -> str:
    """Return the language of the machine, English where it is neither of ours."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    found = named or (locale.getlocale()[0] or "")
    return "fr" if found.lower().startswith("fr") else "en"


def _parser() -> argparse.ArgumentParser:
    from smart_territoires_plugin.core.resources import version

    parser = argparse.ArgumentParser(
        prog="smart-territoires", description="Find the less active territories that have what it takes."
    )
    parser.add_argument("--version", action="version", version=version())
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, summary: str, action: Callable, *, json_output: bool = True) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=summary, description=summary)
        made.set_defaults(action=action)
        made.add_argument("--lang", choices=LANGUAGES, default=default_language(), help="language of the output")
        if json_output:
            made.add_argument("--json", action="store_true", help="progress and result as JSON, for programs")
        return made

    demo = verb("demo", "write the fictitious region, its layers and study.yaml", _demo)
    demo.add_argument("folder", type=Path, metavar="DIR")
    demo.add_argument("--seed", type=int, default=1)

    check = verb("check", "list every problem of a study and its sources at once", _check)
    check.add_argument("study", type=Path, metavar="STUDY")

    run = verb("run", "run a study and write its results", _run)
    run.add_argument("study", type=Path, metavar="STUDY")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument("--workers", type=_positive, default=None, metavar="N", help="threads (default: all cores)")
    run.add_argument(
        "--resume",
        action="store_true",
        help="go on from an interrupted run, and say what it has left; what was measured is used again in any case",
    )
    run.add_argument("--scheduler", default=None, metavar="ADDRESS", help=_SCHEDULER)
    run.add_argument("--values", type=Path, default=None, metavar="TABLE", help="measured values, instead of measuring")

    measure = verb("measure", "measure the indicators of a study, without scoring", _measure)
    measure.add_argument("study", type=Path, metavar="STUDY")
    measure.add_argument("--out", type=Path, required=True, metavar="DIR")
    measure.add_argument("--workers", type=_positive, default=None, metavar="N")
    measure.add_argument("--scheduler", default=None, metavar="ADDRESS", help=_SCHEDULER)
    measure.set_defaults(resume=False)

    score = verb("score", "score a ready table by a framework, without geometry", _score)
    score.add_argument("table", type=Path, metavar="TABLE", help="CSV or XLSX, one row per territory")
    score.add_argument("--framework", type=Path, required=True, metavar="FILE")
    score.add_argument("--out", type=Path, required=True, metavar="DIR")
    score.add_argument("--workers", type=_positive, default=None, metavar="N", help="threads (default: all cores)")

    explain = verb("explain", "say why a territory has its score, segment and rank", _explain, json_output=False)
    explain.add_argument("folder", type=Path, metavar="DIR")
    explain.add_argument("code", metavar="CODE")

    compare = verb("compare", "say who moved between two runs, and why", _compare)
    compare.add_argument("before", type=Path, metavar="DIR_A")
    compare.add_argument("after", type=Path, metavar="DIR_B")
    compare.add_argument("--out", type=Path, default=None, metavar="FILE.csv", help="write one row per territory")

    for one in further_verbs():
        one.declare(verb(one.name, one.summary, one.act, json_output=one.json))

    atlas = verb("atlas", "export the map atlas of results (needs QGIS)", _atlas)
    atlas.add_argument("folder", type=Path, metavar="DIR")
    atlas.add_argument("--out", type=Path, required=True, metavar="FILE_OR_DIR")
    atlas.add_argument("--codes", nargs="+", default=[], metavar="CODE", help="only the pages of these targets")
    return parser


def _positive(written: str) -> int:
    value = int(written)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


class _Bar:
    """Progress for a person: a bar on a terminal, nothing where there is none."""

    def __init__(self, lang: str):
        from tqdm import tqdm

        self._lang = lang
        self._bar = tqdm(
            total=100,
            file=sys.stderr,
            disable=not sys.stderr.isatty(),
            bar_format="{l_bar}{bar}| {elapsed}<{remaining}",
        )

    def __call__(self, done: float, step: str, remaining_s: Optional[float]) -> None:
        self._bar.set_description_str(text(f"step.{step}", self._lang), refresh=False)
        self._bar.update(round(100 * done) - self._bar.n)

    def say(self, line: str) -> None:
        """Write a line of its own above the bar."""
        self._bar.write(line, file=sys.stderr)

    def close(self) -> None:
        """Leave the terminal's next line free."""
        self._bar.close()


def _progress(arguments: argparse.Namespace, steps: Mapping = STEPS) -> tuple[Progress, Callable[[], None]]:
    if not arguments.json:
        bar = _Bar(arguments.lang)
        return Progress(bar, lambda event, values: bar.say(event_text(event, values, arguments.lang)), steps), bar.close

    def report(done: float, step: str, remaining_s: Optional[float]) -> None:
        label = text(f"step.{step}", arguments.lang)
        remaining = None if remaining_s is None else round(remaining_s, 1)
        _event({"event": "progress", "done": round(done, 4), "step": step, "label": label, "remaining_s": remaining})

    return Progress(report, lambda event, values: _tell(event, values, arguments), steps), lambda: None


def _tell(event: str, values: Mapping[str, Any], arguments: argparse.Namespace) -> None:
    """Say on stderr what a run has to say besides problems: one line, or one event."""
    line = event_text(event, values, arguments.lang)
    if arguments.json:
        _event({"event": event, **values, "label": line})
    else:
        print(line, file=sys.stderr)


def _place(arguments: argparse.Namespace):
    from smart_territoires_plugin.core.measurements import Place

    return Place(arguments.workers, arguments.scheduler, arguments.resume)


def _event(content: dict) -> None:
    print(json.dumps(content, ensure_ascii=False), file=sys.stderr, flush=True)


def _demo(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.demo import write_region

    progress, close = _progress(arguments)
    try:
        study = write_region(arguments.folder, arguments.seed, lambda share: progress("sources", share))
    except OSError as error:
        raise SmartTerritoiresError(
            Problem("results.not_writable", str(arguments.folder), {"reason": error.strerror or str(error)})
        ) from error
    finally:
        close()
    result(arguments, study if not arguments.json else arguments.folder, {"study": study})
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.checking import check_study

    problems = check_study(arguments.study, arguments.lang)
    if arguments.json:
        records = [problem_record(problem, arguments.lang) for problem in problems]
        print(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for line in problem_lines(problems, arguments.lang):
            print(line)
    if any(problem.code.startswith("library.") for problem in problems):
        return 3
    return 2 if any(problem.severity == "error" for problem in problems) else 0


def _run(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.pipeline import run
    from smart_territoires_plugin.core.results.publish import FILES
    from smart_territoires_plugin.core.study import read_study

    study = read_study(arguments.study)
    progress, close = _progress(arguments)
    try:
        place = _place(arguments)
        outcome = run(study, arguments.out, arguments.lang, progress, values=arguments.values, place=place)
    finally:
        close()
    from smart_territoires_plugin.core.checking import warnings_of

    _tell("measures", outcome.measurements.effort, arguments)
    say(warnings_of(outcome.quality, arguments.lang, only_general=True), arguments)
    there = {name: arguments.out / file for name, file in FILES.items() if (arguments.out / file).exists()}
    result(arguments, arguments.out, there)
    return 0


def _measure(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.measuring import FILES, measure_to_folder
    from smart_territoires_plugin.core.study import read_study

    study = read_study(arguments.study)
    progress, close = _progress(arguments)
    try:
        found = measure_to_folder(study, arguments.out, progress, _place(arguments))
    finally:
        close()
    _tell("measures", found.effort, arguments)
    result(arguments, arguments.out, {name: arguments.out / file for name, file in FILES.items()})
    return 0


def _score(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.progress import TABLE_STEPS
    from smart_territoires_plugin.core.study.framework_reading import read_framework
    from smart_territoires_plugin.core.table_scoring import FILES, score_to_folder

    framework = read_framework(arguments.framework)
    progress, close = _progress(arguments, TABLE_STEPS)
    try:
        made = score_to_folder(arguments.table, framework, arguments.out, arguments.lang, progress, arguments.workers)
    finally:
        close()
    say(made.warnings, arguments)
    result(arguments, arguments.out, {name: arguments.out / file for name, file in FILES.items()})
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.results.explanation import explain

    print(explain(arguments.folder, arguments.code, arguments.lang))
    return 0


def _compare(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.comparing_runs import compare

    said = compare(arguments.before, arguments.after, arguments.lang, arguments.out)
    if arguments.json:
        files = {} if arguments.out is None else {"comparison": str(arguments.out)}
        print(json.dumps({"text": said, "files": files}, ensure_ascii=False))
    else:
        print(said)
    return 0


def _atlas(arguments: argparse.Namespace) -> int:
    from smart_territoires_plugin.core.atlas_child import export_atlas

    return export_atlas(arguments.folder, arguments.out, arguments.lang, arguments.json, arguments.codes)


def main(argv: Optional[Sequence[str]] = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0 done; 1 a defect of ours; 2 the input is wrong; 3 a library or program is missing; 130 cancelled.
    """

    arguments = _parser().parse_args(argv)
    _speak_utf8(arguments)

    def cancelled() -> None:
        say([Problem("cancelled", arguments.verb, severity="warning")], arguments)

    with cancelled_by_signals(cancelled):
        try:
            return _act(arguments)
        except (Cancelled, KeyboardInterrupt):
            cancelled()
            return CANCELLED


def _speak_utf8(arguments: argparse.Namespace) -> None:
    """Let any text be written: programs read UTF-8; a console that lacks a letter shows a mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if getattr(arguments, "json", False):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                stream.reconfigure(errors="replace")


def _act(arguments: argparse.Namespace) -> int:
    """Do what is asked, and tell what went wrong in one line each."""
    try:
        return arguments.action(arguments)
    except Cancelled:
        raise
    except SmartTerritoiresError as error:
        say(error.problems, arguments)
        return error.exit_code
    except ImportError as error:
        missing = Problem("library.missing", str(error.name or error), {"feature": arguments.verb})
        say(EngineError(missing).problems, arguments)
        return EngineError.exit_code
    except MemoryError:
        say([Problem("defect", arguments.verb, {"reason": "out of memory"})], arguments)
        return 1
    except BrokenPipeError:
        # Whoever read the result has had enough of it; Python must not try to write the rest at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("ST_TRACEBACK"):
            raise
        say([Problem("defect", arguments.verb, {"reason": f"{type(error).__name__}: {error}"})], arguments)
        return 1

"""The engine as QGIS sees it: one call, its progress and problems on the way, one outcome at the end."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Callable, Optional

from smart_territoires_plugin.bridge.child import ChildResult, run_child
from smart_territoires_plugin.bridge.environment import child_environment
from smart_territoires_plugin.bridge.interpreter import Interpreter
from smart_territoires_plugin.bridge.log import log_info, log_warning
from smart_territoires_plugin.bridge.translation import translate

ENGINE = "smart_territoires_plugin.core"
ATLAS = "smart_territoires_plugin.atlas"

# What the engine's exit codes mean; any other is a crash.
STATUS_BY_EXIT_CODE = {0: "done", 1: "defect", 2: "wrong_input", 3: "missing", 130: "cancelled"}


@dataclass(frozen=True)
class Progress:
    """How far the engine is.

    Parameters
    ----------
    done : float
        Share of the whole, 0–1.
    label : str
        What it does, in the language that was asked for.
    remaining_s : float or None
        Seconds that remain, where the engine can tell.
    """

    done: float
    label: str = ""
    remaining_s: Optional[float] = None


@dataclass(frozen=True)
class EngineProblem:
    """One thing that is wrong with the input, in the words of the engine."""

    severity: str
    where: str
    what: str
    fix: str

    @property
    def line(self) -> str:
        """The problem on one line: where, what, what to do."""
        colon = translate("SmartTerritoires", ": ")
        said = " ".join(part for part in (self.what, self.fix) if part)
        return " ".join((f"{self.where}{colon}{said}" if self.where else said).split("\n"))


@dataclass(frozen=True)
class Said:
    """Something else that the engine says on the way, in the language that was asked for: what was kept, say."""

    label: str


@dataclass(frozen=True)
class Outcome:
    """How a call of the engine ended.

    Parameters
    ----------
    status : str
        ``done``, ``wrong_input``, ``missing``, ``defect``, ``cancelled`` or ``crashed``.
    result : object
        What the engine printed as JSON; an empty dictionary if nothing.
    problems : tuple of EngineProblem
        All it said on the way.
    message : str
        One sentence for the person, empty if done.
    """

    status: str
    result: Any = field(default_factory=dict)
    problems: tuple[EngineProblem, ...] = ()
    message: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the result is there."""
        return self.status == "done"

    @property
    def errors(self) -> tuple[EngineProblem, ...]:
        """The problems that refused the call."""
        return tuple(p for p in self.problems if p.severity == "error")


def engine_command(interpreter: Interpreter, arguments: Sequence[str], lang: str, module: str = ENGINE) -> list[str]:
    """Return program and arguments of one call."""
    return [str(interpreter.path), "-m", module, *arguments, "--json", "--lang", lang]


def run_engine(
    arguments: Sequence[str],
    interpreter: Interpreter,
    lang: str,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    on_problem: Callable[[EngineProblem], None] = lambda problem: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_said: Callable[[str], None] = log_info,
    module: str = ENGINE,
) -> Outcome:
    """Call the engine and wait for its end; to be called off the main thread, or where there is no window.

    Parameters
    ----------
    arguments : sequence of str
        Verb and arguments, as on the command line.
    interpreter : Interpreter
        The Python that runs it.
    lang : {"fr", "en"}
        Language of labels and problems.
    on_progress, on_problem : callable
        Told in the calling thread.
    is_cancelled : callable
        Asked about twenty times a second.
    on_said : callable
        Told, on one line, what else the engine has to say.
    module : str
        What is called: the engine, or the atlas, which speaks the same protocol on QGIS's own Python.
    """
    command = engine_command(interpreter, arguments, lang, module)
    environment = child_environment(os.environ, interpreter.is_qgis_python)
    problems: list[EngineProblem] = []

    def follow(line: str) -> None:
        event = parse_event(line)
        if isinstance(event, Progress):
            on_progress(event)
        elif isinstance(event, EngineProblem):
            problems.append(event)
            on_problem(event)
        elif isinstance(event, Said):
            on_said(event.label)
        elif line.strip():
            log_info(line)

    log_info(" ".join(command))
    child = run_child(command, environment, follow, is_cancelled)
    outcome = read_outcome(child, tuple(problems))
    if outcome.status in ("crashed", "defect"):
        log_warning(f"{outcome.message}\n{child.stderr_tail}")
    return outcome


def parse_event(line: str) -> Progress | EngineProblem | Said | None:
    """Read one line of stderr; None if it is no event of the protocol.

    An event that this version does not know serves by its label, so that an engine may come to say more.
    """
    if not line.startswith("{"):
        return None
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if event.get("event") == "progress":
        try:
            remaining_s = None if event.get("remaining_s") is None else float(event["remaining_s"])
            return Progress(min(max(float(event["done"]), 0.0), 1.0), str(event.get("label", "")), remaining_s)
        except (KeyError, TypeError, ValueError):
            return None
    if event.get("event") == "problem":
        return read_problem(event)
    if isinstance(event.get("event"), str) and isinstance(event.get("label"), str):
        return Said(" ".join(event["label"].split()))
    return None


def read_problem(record: Any) -> EngineProblem:
    """Read a problem as the engine writes it, on stderr or as a result of ``check``."""
    return EngineProblem(
        "warning" if record.get("severity") == "warning" else "error",
        str(record.get("where", "")),
        str(record.get("what", "")),
        str(record.get("fix", "")),
    )


def read_outcome(child: ChildResult, problems: tuple[EngineProblem, ...]) -> Outcome:
    """Turn the end of the child into an outcome with one sentence for the person."""
    if child.cancelled:
        return Outcome("cancelled", {}, problems, translate("SmartTerritoires", "Cancelled."))
    if child.exit_code is None:
        said = translate("SmartTerritoires", "The engine could not be started: {error}").format(error=child.stderr_tail)
        return Outcome("crashed", {}, problems, said)
    status = STATUS_BY_EXIT_CODE.get(child.exit_code, "crashed")
    result: Any = {}
    if child.stdout.strip():
        try:
            result = json.loads(child.stdout)
        except ValueError:
            if status == "done":
                status = "crashed"
    elif status == "done":
        status = "crashed"
    return Outcome(status, result, problems, _sentence(status, child, problems))


def _sentence(status: str, child: ChildResult, problems: tuple[EngineProblem, ...]) -> str:
    """Say how it ended, in the language of the desktop."""
    if status == "done":
        return ""
    if status == "cancelled":
        return translate("SmartTerritoires", "Cancelled.")
    errors = [p for p in problems if p.severity == "error"]
    if status == "wrong_input":
        if len(errors) == 1:
            return errors[0].line
        if not errors:
            return translate("SmartTerritoires", "The study or its sources are wrong.") + _last_line(child)
        return translate("SmartTerritoires", "The study or its sources are wrong: {count} problems.").format(
            count=len(errors)
        )
    if status == "missing":
        if errors:
            return errors[0].line
        return translate("SmartTerritoires", "A library that the engine needs is missing.")
    if status == "defect":
        return translate(
            "SmartTerritoires",
            "The engine met a defect of its own. The log tab “Smart Territoires” holds what to report.",
        )
    if child.exit_code == 0:
        return translate(
            "SmartTerritoires",
            "The engine ended without a readable answer. The log tab “Smart Territoires” says more.",
        )
    return translate(
        "SmartTerritoires",
        "The engine stopped unexpectedly (code {code}). The log tab “Smart Territoires” says more.",
    ).format(code=child.exit_code)


def _last_line(child: ChildResult) -> str:
    """Return the last thing the child said that is no event, to be put behind a sentence."""
    said = [line for line in child.stderr_tail.split("\n") if line.strip() and parse_event(line) is None]
    return f" {said[-1].strip()}" if said else ""

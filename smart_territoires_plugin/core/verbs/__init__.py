"""Verbs of the command line, a file each; ``cli`` declares them in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


@dataclass(frozen=True)
class Verb:
    """One verb.

    Parameters
    ----------
    name, summary : str
    declare : callable
        Adds the verb's own arguments to its parser; ``--lang`` is there already, and ``--json`` where ``json`` says so.
    act : callable
        Takes the parsed arguments, returns the exit code; raises ``SmartTerritoiresError`` with every problem.
    json : bool
    """

    name: str
    summary: str
    declare: Callable[[argparse.ArgumentParser], None]
    act: Callable[[argparse.Namespace], int]
    json: bool = True


def verbs() -> tuple[Verb, ...]:
    """Return the verbs; imported here, so that their files may import this one."""
    from smart_territoires_plugin.core.verbs.changes import CHANGES
    from smart_territoires_plugin.core.verbs.edit import EDIT
    from smart_territoires_plugin.core.verbs.freeze import FREEZE
    from smart_territoires_plugin.core.verbs.note import NOTE
    from smart_territoires_plugin.core.verbs.portfolio import PORTFOLIO
    from smart_territoires_plugin.core.verbs.register import REGISTER
    from smart_territoires_plugin.core.verbs.sheets import SHEETS
    from smart_territoires_plugin.core.verbs.themes import THEMES

    return (REGISTER, PORTFOLIO, THEMES, SHEETS, NOTE, CHANGES, FREEZE, EDIT)

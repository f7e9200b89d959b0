"""What a register tells of call units: what it tells of their territories, and of themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.study import CallUnits
from smart_territoires_plugin.core.targeting.approach import COMMUNE, Approach, asked_themes
from smart_territoires_plugin.core.targeting.grouping import group_names
from smart_territoires_plugin.core.targeting.units import Units


def approach_of_units(approach: Approach, units: Units, themes: Sequence[str]) -> Approach:
    """Return what a register tells, with the rows of units in place of those of territories.

    A line on a territory is one on each unit that holds it; a line that bears a unit's own code, an EPCI's, is on that
    unit. What a territory proposed to speak about, its units did.
    """
    register = approach.register
    placed = {name: _placed(getattr(register, name), units) for name in ("applications", "contacts", "interviews")}
    asked = asked_themes(themes, placed["contacts"], len(units))
    return replace(approach, register=replace(register, **placed), asked=asked)


def _placed(frame: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Return the lines of a table once for each unit that they are on, in their order."""
    unit_of, territory_of = units.members.nonzero()
    held = pd.DataFrame({"row": territory_of, "unit": unit_of})
    lines = frame.assign(line=np.arange(len(frame)))
    through = lines.merge(held, on="row")[["line", "unit"]]
    itself = lines.merge(pd.DataFrame({"code": units.codes, "unit": np.arange(len(units))}), on="code")
    pairs = pd.concat([through, itself[["line", "unit"]]]).drop_duplicates().sort_values(["line", "unit"])
    return frame.iloc[pairs["line"]].assign(row=pairs["unit"].to_numpy()).reset_index(drop=True)


def unit_kinds(units: Units, asked: Sequence[CallUnits], groups: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return the kind of each unit, as calls name who may apply: the name of its group, or ``commune``.

    Returns
    -------
    ndarray of str, shape (n_units,)
    """
    group_of = {level.level: level.group for level in asked}
    kinds = np.full(len(units), COMMUNE, dtype=object)
    for unit, (code, level) in enumerate(zip(units.codes, units.levels, strict=True)):
        rows = units.rows(unit)
        for name in group_names(group_of[level]) if group_of[level] else ():
            if (groups[name][rows] == code).all():
                kinds[unit] = name
                break
    return kinds

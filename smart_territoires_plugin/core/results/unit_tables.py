"""The tables of call units: who they are, their lists, and what the register tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.results.frames import call_units_frame, notice
from smart_territoires_plugin.core.results.lists_frame import lists_frame
from smart_territoires_plugin.core.targeting.approach import approach_frame
from smart_territoires_plugin.core.targeting.lists import make_lists
from smart_territoires_plugin.core.targeting.unit_approach import unit_kinds

if TYPE_CHECKING:
    from smart_territoires_plugin.core.pipeline import Outcome

LISTS, APPROACH = "call_unit_lists", "call_unit_approach"


@dataclass(frozen=True)
class UnitTables:
    """The tables of the call units of a run.

    Parameters
    ----------
    units : DataFrame
        ``call_units.csv``.
    shapes : ndarray of geometry, shape (n_units,)
    further : mapping of name to DataFrame
        ``call_unit_lists``, as ``lists`` is of territories; ``call_unit_approach``, as ``approach``, where there is a
        register.
    """

    units: pd.DataFrame
    shapes: np.ndarray
    further: Mapping[str, pd.DataFrame]


def unit_tables(outcome: Outcome, lang: str) -> UnitTables:
    """Return the tables of the call units of a run that has some; ``lang`` is that of the few words in one language."""
    called, territories = outcome.called, outcome.measurements.territories
    shapes = called.units.geometries(territories.geometry)
    at_units = replace(
        outcome,
        measurements=replace(outcome.measurements, territories=replace(called.territories, geometry=shapes), values={}),
        scores=called.scores,
        targeting=called.targeting,
    )
    found = at_units.measurements.territories
    held = called.units.members
    lists = make_lists(
        outcome.study, found, called.scores, called.targeting, called.activity, territories.codes, held @ held.T
    )
    further = {LISTS: lists_frame(at_units, lists, lang)}
    if called.approach is not None:
        kinds = unit_kinds(called.units, outcome.study.targeting.call_units, territories.groups)
        theme = called.targeting.columns["recommended_theme"]
        told = approach_frame(outcome.study, found, called.approach, theme, lists.call_list, kinds)
        further[APPROACH] = told.assign(notice=notice(outcome))
    return UnitTables(call_units_frame(outcome), shapes, further)

"""The study file: what is asked, validated as a whole, as frozen dataclasses."""

from smart_territoires_plugin.core.study.model import (
    CallUnits,
    Decision,
    Exponents,
    Group,
    Indicator,
    Measure,
    Method,
    Robustness,
    Scoring,
    Source,
    Study,
    Targeting,
    TerritoriesSpec,
    Theme,
)
from smart_territoires_plugin.core.study.reading import read_study

__all__ = [
    "CallUnits",
    "Decision",
    "Exponents",
    "Group",
    "Indicator",
    "Measure",
    "Method",
    "Robustness",
    "Scoring",
    "Source",
    "Study",
    "Targeting",
    "TerritoriesSpec",
    "Theme",
    "read_study",
]

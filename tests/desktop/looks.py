"""How a person sees QGIS, and what a session in it left."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from pathlib import Path

THEMES = {"light": "", "dark": "Night Mapping"}


@dataclass(frozen=True)
class Look:
    """How a person sees QGIS: language, light or dark, and the scale in per cent."""

    lang: str
    theme: str
    percent: int

    def __str__(self) -> str:
        return f"{self.lang}_{self.theme}_{self.percent}"


@dataclass(frozen=True)
class Made:
    """What a session left: its report, what QGIS said, and its home."""

    report: dict
    said: str
    home: Path


FRENCH = Look("fr", "light", 100)
ALL = tuple(Look(*parts) for parts in product(("fr", "en"), THEMES, (100, 200)))

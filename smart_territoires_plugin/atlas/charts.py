"""Bar charts as SVG drawings: bars alone, since layouts keep text as text and SVG text becomes outlines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Optional

from smart_territoires_plugin.atlas import palette


@dataclass(frozen=True)
class Bar:
    """One bar.

    Parameters
    ----------
    label : str
        Printed beside the bar, not in the drawing.
    value : float or None
        0–100; None draws no bar.
    median : float or None
        0–100; a tick.
    colour : str
        ``#rrggbb``.
    """

    label: str
    value: Optional[float]
    median: Optional[float]
    colour: str


def bars_svg(bars: tuple, width_mm: float, row_mm: float, bar_mm: float) -> str:
    """Return the drawing of bars on a scale of 0–100, one row each.

    Examples
    --------
    >>> svg = bars_svg((Bar("a", 50.0, None, "#112233"),), 40, 5, 2)
    >>> 'fill="#112233"' in svg and 'width="20"' in svg
    True
    """
    height_mm = row_mm * max(1, len(bars))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm:g}mm" height="{height_mm:g}mm" '
        f'viewBox="0 0 {width_mm:g} {height_mm:g}">'
    ]
    for index, bar in enumerate(bars):
        middle = row_mm * (index + 0.5)
        top = middle - bar_mm / 2
        parts.append(_rectangle(0, top, width_mm, bar_mm, palette.blend(palette.RULE, 0.45)))
        if bar.value is not None:
            parts.append(_rectangle(0, top, width_mm * _share(bar.value), bar_mm, bar.colour))
        if bar.median is not None:
            tick = min(max(width_mm * _share(bar.median) - 0.2, 0), width_mm - 0.4)
            parts.append(_rectangle(tick, top - 0.7, 0.4, bar_mm + 1.4, palette.INK))
    parts.append("</svg>")
    return "\n".join(parts)


def write_svg(svg: str, path: Path) -> Path:
    """Write a drawing; return its path."""
    path.write_text(svg, encoding="utf-8")
    return path


def _share(value: float) -> float:
    return min(max(value, 0.0), 100.0) / 100.0


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.4g}" y="{y:.4g}" width="{width:.4g}" height="{height:.4g}" fill="{colour}"/>'

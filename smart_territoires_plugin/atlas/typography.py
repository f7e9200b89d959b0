"""Text that is never cut: fonts, measured widths, wrapping and the size at which a text fits its box."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qgis.core import QgsTextFormat
from qgis.PyQt.QtGui import QFont, QFontDatabase, QFontMetricsF

from smart_territoires_plugin.atlas import palette, symbology

# The first that is installed; DejaVu is in every Debian with QGIS, the others in Windows and macOS.
FAMILIES = ("Open Sans", "Noto Sans", "DejaVu Sans Condensed", "DejaVu Sans", "Liberation Sans", "Segoe UI", "Arial")
MM_PER_PT = 25.4 / 72
# Lines are wrapped a little short of the box, and boxes filled a little short of full: print rounds glyphs to dots
# (at 300 dpi by less than 1 % across and 3 % down).
WIDTH_MARGIN = 0.98
HEIGHT_MARGIN = 0.96
# Letters that touch by so little are not joined to ligatures, which a search in the PDF would not find (“ﬁctive”).
SPACING_PT = 0.02
MEASURED_PX = 200
SMALLEST_PT = 3.0
# A line may end after an ordinary space or after a hyphen within a name; the spaces that French puts before “:” and
# within numbers hold together.
_BREAKS = re.compile(r"(?<=[ \t])(?=[^ \t])|(?<=[^\W\d_]-)(?=\w)")


@dataclass(frozen=True)
class Fitted:
    """A text as it is printed.

    Parameters
    ----------
    lines : tuple of str
        One entry per printed line.
    size_pt : float
        Font size.
    rest : str
        What found no room even at the smallest size; empty if all did.
    starts : tuple of bool
        Which lines begin a paragraph.
    """

    lines: tuple
    size_pt: float
    rest: str = ""
    starts: tuple = ()

    @property
    def text(self) -> str:
        """The printed lines."""
        return "\n".join(self.lines)


@lru_cache(maxsize=1)
def family() -> str:
    """Return the font family of the atlas on this machine."""
    installed = set(QFontDatabase().families())
    return next((name for name in FAMILIES if name in installed), QFont().defaultFamily())


def text_format(size_pt: float, colour: str = palette.INK, bold: bool = False, halo: bool = False) -> QgsTextFormat:
    """Return the format of a text of the atlas."""
    return symbology.text_format(family(), size_pt, colour, bold, halo, SPACING_PT)


@lru_cache(maxsize=4)
def _metrics(bold: bool) -> QFontMetricsF:
    font = QFont(family())
    font.setBold(bold)
    font.setPixelSize(MEASURED_PX)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.1)
    return QFontMetricsF(font)


def width_mm(text: str, size_pt: float, bold: bool = False) -> float:
    """Return the printed width of one line."""
    glyphs_mm = _metrics(bold).horizontalAdvance(text) / MEASURED_PX * size_pt * MM_PER_PT
    return glyphs_mm + len(text) * SPACING_PT * MM_PER_PT


def height_mm(lines: int, size_pt: float, bold: bool = False) -> float:
    """Return the printed height of a number of lines."""
    return lines * _metrics(bold).lineSpacing() / MEASURED_PX * size_pt * MM_PER_PT


def wrap(text: str, size_pt: float, box_mm: float, bold: bool = False) -> list:
    """Return the lines of a text in a box of a width; words wider than the box are broken.

    Parameters
    ----------
    text : str
        Line feeds are kept.
    size_pt, box_mm : float
        Font size and width of the box.
    """
    room = box_mm * WIDTH_MARGIN
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _BREAKS.split(paragraph):
            if line and width_mm((line + word).rstrip(), size_pt, bold) > room:
                lines.append(line.rstrip())
                line = ""
            for piece in _pieces(word, size_pt, room, bold):
                if line and width_mm((line + piece).rstrip(), size_pt, bold) > room:
                    lines.append(line.rstrip())
                    line = ""
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(word: str, size_pt: float, room: float, bold: bool) -> list:
    if width_mm(word.rstrip(), size_pt, bold) <= room:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if piece and width_mm(piece + character, size_pt, bold) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def fit(text: str, box_width_mm: float, box_height_mm: float, sizes_pt: tuple, bold: bool = False) -> Fitted:
    """Return the text at the largest of some sizes at which it fits its box.

    Parameters
    ----------
    text : str
        Any length; line feeds are kept.
    box_width_mm, box_height_mm : float
        The box.
    sizes_pt : tuple of float
        Sizes to try, largest first.

    Returns
    -------
    Fitted
        With what found no room at the smallest size in ``rest``.
    """
    lines: list = []
    for size_pt in sizes_pt:
        lines = wrap(text, size_pt, box_width_mm, bold)
        if height_mm(len(lines), size_pt, bold) <= box_height_mm * HEIGHT_MARGIN:
            return Fitted(tuple(lines), size_pt, "", _starts(text, size_pt, box_width_mm, bold))
    smallest = sizes_pt[-1]
    room = max(1, int(box_height_mm * HEIGHT_MARGIN / height_mm(1, smallest, bold)))
    starts = _starts(text, smallest, box_width_mm, bold)[:room]
    return Fitted(tuple(lines[:room]), smallest, _rest(text, room, smallest, box_width_mm, bold), starts)


def _starts(text: str, size_pt: float, box_mm: float, bold: bool) -> tuple:
    starts: list = []
    for paragraph in text.split("\n"):
        starts += [True] + [False] * (len(wrap(paragraph, size_pt, box_mm, bold)) - 1)
    return tuple(starts)


def _rest(text: str, printed: int, size_pt: float, box_mm: float, bold: bool) -> str:
    """Return what follows the printed lines, its paragraphs whole again so that another box can wrap them anew."""
    paragraphs = text.split("\n")
    for index, paragraph in enumerate(paragraphs):
        lines = wrap(paragraph, size_pt, box_mm, bold)
        if printed < len(lines):
            return "\n".join([" ".join(lines[printed:]), *paragraphs[index + 1 :]])
        printed -= len(lines)
    return ""


def fit_whole(text: str, box_width_mm: float, box_height_mm: float, size_pt: float, bold: bool = False) -> Fitted:
    """Return the text at a size at which all of it fits, smaller and smaller down to a size that is barely legible."""
    sizes = [size_pt]
    while sizes[-1] > SMALLEST_PT:
        sizes.append(max(SMALLEST_PT, round(sizes[-1] * 0.93, 2)))
    fitted = fit(text, box_width_mm, box_height_mm, tuple(sizes), bold)
    if not fitted.rest:
        return fitted
    return Fitted((*fitted.lines[:-1], fitted.lines[-1][:-1] + "…"), fitted.size_pt)

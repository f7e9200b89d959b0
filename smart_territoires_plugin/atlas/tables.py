"""Tables that run over as many pages as they need: each cell wrapped, none cut."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.core import QgsPrintLayout

from smart_territoires_plugin.atlas import canvas, palette, typography
from smart_territoires_plugin.atlas.canvas import Box

PADDING_MM = 1.5
LEADING_MM = 1.2
WIDEST_MM = 62.0


@dataclass(frozen=True)
class Column:
    """One column: its heading, its share of the width, whether its words are bold."""

    heading: str
    share: float
    bold: bool = False
    colour: str = palette.INK


@dataclass(frozen=True)
class Table:
    """Rows of words under headings."""

    columns: tuple
    rows: tuple
    size_pt: float = 8.0


def column(heading: str, cells: list, size_pt: float, bold: bool = False, accent: bool = False) -> Column:
    """Return a column as wide as its widest cell asks for, within limits: the shares of a table follow its content."""
    widest = max((typography.width_mm(cell, size_pt, bold) for cell in cells), default=0.0)
    wanted = max(widest, typography.width_mm(heading, size_pt)) / typography.WIDTH_MARGIN + 2 * PADDING_MM
    return Column(heading, min(wanted, WIDEST_MM), bold, palette.ACCENT if accent else palette.INK)


def widths_mm(table: Table, width: float) -> list:
    """Return the widths of the columns."""
    whole = sum(column.share for column in table.columns)
    return [width * column.share / whole for column in table.columns]


def row_height_mm(table: Table, row: tuple, width: float) -> float:
    """Return the height of a row, that of its tallest cell."""
    tallest = 1
    for cell, under, cell_width in zip(row, table.columns, widths_mm(table, width)):
        tallest = max(tallest, len(typography.wrap(cell, table.size_pt, cell_width - PADDING_MM, under.bold)))
    return typography.height_mm(tallest, table.size_pt) / typography.HEIGHT_MARGIN + LEADING_MM


def split_rows(table: Table, width: float, first_height: float, next_height: float) -> list:
    """Return the rows of each page.

    Parameters
    ----------
    table : Table
        All of it.
    width : float
        Of the table, mm.
    first_height, next_height : float
        Room on the first page and on the following ones, mm, headings included.
    """
    pages: list = [[]]
    room = first_height - heading_height_mm(table)
    for row in table.rows:
        height = row_height_mm(table, row, width)
        if height > room and pages[-1]:
            pages.append([])
            room = next_height - heading_height_mm(table)
        pages[-1].append(row)
        room -= height
    return pages


def heading_height_mm(table: Table) -> float:
    """Return the height of the headings."""
    return typography.height_mm(1, table.size_pt) + LEADING_MM + 1


def put_table(layout: QgsPrintLayout, table: Table, rows: list, x: float, y: float, width: float) -> float:
    """Print headings and rows; return where the table ends."""
    widths = widths_mm(table, width)
    _put_row(layout, [c.heading for c in table.columns], widths, x, y, heading_height_mm(table), table.size_pt - 0.5)
    y += heading_height_mm(table)
    canvas.put_rule(layout, x, y - 0.4, width, palette.INK_SOFT)
    for row in rows:
        height = row_height_mm(table, row, width)
        left = x
        for cell, under, cell_width in zip(row, table.columns, widths):
            box = Box(left, y + LEADING_MM / 2, cell_width - PADDING_MM, height - LEADING_MM / 2)
            canvas.put_text(layout, cell, box, table.size_pt, under.colour, bold=under.bold)
            left += cell_width
        y += height
        canvas.put_rule(layout, x, y - 0.1, width, palette.blend(palette.RULE, 0.6))
    return y


def _put_row(
    layout: QgsPrintLayout, cells: list, widths: list, x: float, y: float, height: float, size_pt: float
) -> None:
    for cell, cell_width in zip(cells, widths):
        canvas.put_text(layout, cell, Box(x, y, cell_width - PADDING_MM, height), size_pt, palette.INK_SOFT)
        x += cell_width

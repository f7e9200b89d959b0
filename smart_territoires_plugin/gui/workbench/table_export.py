"""What the table shows, as a file; texts that a spreadsheet would run are disarmed."""

from __future__ import annotations

import csv
from pathlib import Path

from smart_territoires_plugin.gui.workbench.territory_model import Column
from smart_territoires_plugin.gui.workbench.territory_table import TerritoryTable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_table(view: TerritoryTable, path: Path) -> None:
    """Write the rows and columns that a table shows, in their order.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    model, header = view.content, view.horizontalHeader()
    order = [header.logicalIndex(place) for place in range(model.columnCount())]
    order = [place for place in order if not view.isColumnHidden(place)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([model.columns[place].label for place in order])
        for row in model.order:
            writer.writerow([cell_text(view, model.columns[place], row) for place in order])


def cell_text(view: TerritoryTable, column: Column, row: int) -> str:
    """Return what a cell shows, disarmed."""
    cell = view.content.shown(column, column.values[row])
    return f"'{cell}" if not column.is_number and cell.startswith(_FORMULA) else cell

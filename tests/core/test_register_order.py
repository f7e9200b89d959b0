"""Rows of a register are handed over with every column in the order of the table, for pyogrio 0.10 goes by place."""

from __future__ import annotations

import pandas as pd
import pyogrio
import pytest

from smart_territoires_plugin.core.register.layout import TABLES
from smart_territoires_plugin.core.register.template import fill_register, write_register


@pytest.fixture
def handed_over(monkeypatch):
    """What pyogrio is given."""
    frames = []
    whole = pyogrio.write_dataframe

    def write(frame, *arguments, **options):
        frames.append(frame)
        return whole(frame, *arguments, **options)

    monkeypatch.setattr(pyogrio, "write_dataframe", write)
    return frames


def test_absent_columns_take_their_place_and_their_default(tmp_path, handed_over):
    path = tmp_path / "register.gpkg"
    write_register(path, "en")
    handed_over.clear()
    fill_register(
        path, {"projects": pd.DataFrame({"year": [2024], "theme": ["flood"], "title": ["A"], "codes": ["1"]})}
    )
    (frame,) = handed_over
    assert list(frame.columns) == list(TABLES["projects"].names)
    (row,) = pyogrio.read_dataframe(path, layer="projects").to_dict("records")
    assert (row["title"], row["codes"], row["theme"], row["year"]) == ("A", "1", "flood", 2024)
    assert row["stage"] == TABLES["projects"].field("stage").default
    assert pd.isna(row["epci"]) and pd.isna(row["innovation"]) and pd.isna(row["notes"])

"""Geometries as arrays of plain numbers: what a store keeps and a task hands back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

import numpy as np
import shapely


def packed(geometry: np.ndarray, name: str) -> dict[str, np.ndarray]:
    """Return geometries as arrays under names that begin with theirs.

    Examples
    --------
    >>> arrays = packed(np.array([shapely.Point(1, 2), None]), "place")
    >>> unpacked(arrays, "place").tolist()
    [<POINT (1 2)>, None]
    """
    parts = [b"" if item is None else item for item in shapely.to_wkb(geometry)]
    return {
        f"{name}_wkb": np.frombuffer(b"".join(parts), dtype=np.uint8),
        f"{name}_sizes": np.array([len(part) for part in parts], dtype=np.int64),
    }


def unpacked(arrays: Mapping[str, np.ndarray], name: str, rows: Optional[np.ndarray] = None) -> np.ndarray:
    """Return the geometries that ``packed`` made arrays of, or some of them; None where there was none."""
    content, ends = memoryview(arrays[f"{name}_wkb"]), np.cumsum(arrays[f"{name}_sizes"])
    starts = ends - arrays[f"{name}_sizes"]
    if rows is not None:
        starts, ends = starts[rows], ends[rows]
    parts = [bytes(content[start:end]) or None for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    return shapely.from_wkb(np.array(parts, dtype=object)) if parts else np.empty(0, dtype=object)

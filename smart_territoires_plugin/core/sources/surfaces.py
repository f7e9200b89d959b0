"""Layers of triangles and surfaces, which the reading library does not know, read as the polygons they are made of."""

from __future__ import annotations

import sqlite3
import struct
from pathlib import Path
from typing import Any, Optional
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - writes, reads nothing

import numpy as np
import pandas as pd
import shapely

# Codes of the binary form of geometries (OGC 06-103r4).
_POLYGON, _MULTIPOLYGON, _SURFACE, _TIN, _TRIANGLE = 3, 6, 15, 16, 17


def declared_types(path: Path) -> dict[str, str]:
    """Return the geometry type that a GeoPackage declares of each layer, such as ``CURVEPOLYGON`` or ``TIN Z``.

    The library tells another one: that of what it makes of them, or none at all.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            query = "SELECT table_name, geometry_type_name, z, m FROM gpkg_geometry_columns ORDER BY table_name"
            rows = connection.execute(query).fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return {}  # not a GeoPackage: what is wrong with it is told where it is read
    return {name: f"{kind} {'Z' * (z == 1)}{'M' * (m == 1)}".strip() for name, kind, z, m in rows}


def of_any_type(name: str, layer: str) -> str:
    """Return a data source in which a layer is declared to hold geometries of any type.

    Examples
    --------
    >>> of_any_type("a.gpkg", "roofs & walls")[:54]
    '<OGRVRTDataSource><OGRVRTLayer name="roofs &amp; walls'
    """
    source = f"<SrcDataSource>{escape(name)}</SrcDataSource><SrcLayer>{escape(layer)}</SrcLayer>"
    own = f"<OGRVRTLayer name={quoteattr(layer)}>{source}<GeometryType>wkbUnknown</GeometryType></OGRVRTLayer>"
    return f"<OGRVRTDataSource>{own}</OGRVRTDataSource>"


def read_surfaces(name: str, geometry: bool, **asked: Any) -> pd.DataFrame:
    """Return features as pyogrio's ``read_dataframe`` does, with the ground plan of each as its geometry."""
    import geopandas
    import pyogrio.raw

    meta, fids, binary, data = pyogrio.raw.read(name, read_geometry=geometry, return_fids=True, force_2d=True, **asked)
    frame = pd.DataFrame(dict(zip(meta["fields"], data, strict=True)), index=pd.Index(fids, name="fid"))
    if not geometry:
        return frame
    plans = np.array([ground_plan(item) for item in binary], dtype=object)
    return geopandas.GeoDataFrame(frame, geometry=plans, crs=meta["crs"])


def ground_plan(binary: Optional[bytes]) -> Optional[shapely.Geometry]:
    """Return the union of the polygons of a surface; upright ones have no ground plan.

    Parameters
    ----------
    binary : bytes
        A geometry of any type, two-dimensional, in little-endian well-known binary.
    """
    if binary is None:
        return None
    found = shapely.from_wkb(_as_polygons(bytes(binary)), on_invalid="ignore")
    if found is None or struct.unpack_from("<I", binary, 1)[0] not in (_SURFACE, _TIN, _TRIANGLE):
        return found
    parts = shapely.get_parts(found)
    return shapely.union_all(parts[shapely.area(parts) > 0])


def _as_polygons(binary: bytes) -> bytes:
    """Return a surface's binary as that of the polygons that it is made of: the same but for the codes."""
    kind = struct.unpack_from("<I", binary, 1)[0]
    if kind == _TRIANGLE:
        return binary[:1] + struct.pack("<I", _POLYGON) + binary[5:]
    if kind not in (_SURFACE, _TIN):
        return binary
    made = bytearray(binary)
    struct.pack_into("<I", made, 1, _MULTIPOLYGON)
    position = 9
    for _ in range(struct.unpack_from("<I", binary, 5)[0]):
        struct.pack_into("<I", made, position + 1, _POLYGON)
        rings = struct.unpack_from("<I", binary, position + 5)[0]
        position += 9
        for _ in range(rings):
            position += 4 + 16 * struct.unpack_from("<I", binary, position)[0]
    return bytes(made)

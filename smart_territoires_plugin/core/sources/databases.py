"""Tables of a PostgreSQL database, with PostGIS geometries or without: described, read and hashed, never written to."""

from __future__ import annotations

import datetime
import decimal
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from smart_territoires_plugin.core.errors import Problem, SourceError
from smart_territoires_plugin.core.sources.database_connection import read_only
from smart_territoires_plugin.core.sources.filters import refuse_statements
from smart_territoires_plugin.core.study import Source
from smart_territoires_plugin.core.study.addresses import Address

if TYPE_CHECKING:
    import psycopg

ROWS_AT_ONCE = 10_000
MAX_NAMES = 50
_SPATIAL = ("geometry", "geography")
# Texts that PostgreSQL alone ends elsewhere than the standard: what follows them could be a statement.
_OWN_STRINGS = re.compile(r"\\|\$\w*\$|\b[eE]'")
_TABLES = """
    SELECT n.nspname, c.relname, pg_table_is_visible(c.oid), c.oid
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
      AND n.nspname NOT LIKE 'pg_toast%'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname, c.relname
"""
_COLUMNS = """
    SELECT a.attname, t.typname, a.atttypmod, COALESCE(i.indisprimary, false)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum
"""


@dataclass(frozen=True)
class _Relation:
    """A table or view: where it is, its columns with their types, its geometry column and its primary key."""

    schema: str
    name: str
    types: dict[str, str]
    geometry: str | None
    srid: int
    key: tuple[str, ...]

    @property
    def fields(self) -> list[str]:
        return [name for name, kind in self.types.items() if kind not in _SPATIAL]


def holds(source: Source) -> bool:
    """Say whether a source is in a database."""
    return isinstance(source.path, Address) and source.path.is_database


def _where(source: Source) -> str:
    return f"{source.id} ({source.path.name})"


def _reading(source: Source):
    return read_only(str(source.path), _where(source), source.where)


def table_names(address: str, where: str) -> list[str]:
    """Return the tables and views of a database; those outside its search path with their schema."""
    with read_only(address, where) as connection:
        return [_called(row) for row in connection.execute(_TABLES)]


def _called(row: tuple) -> str:
    schema, name, visible, _ = row
    return name if visible else f"{schema}.{name}"


def _relation(connection: psycopg.Connection, source: Source) -> _Relation:
    """Find the table that ``layer`` names: ``table``, ``schema.table``, or either followed by ``.geometry_column``."""
    rows = connection.execute(_TABLES).fetchall()
    wanted = source.layer or ""
    named = [row for row in rows if wanted == f"{row[0]}.{row[1]}" or wanted == row[1] and row[2]]
    column = None
    if not named:
        table, _, column = wanted.rpartition(".")
        named = [row for row in rows if table == f"{row[0]}.{row[1]}" or table == row[1] and row[2]]
    if not named:
        known = [_called(row) for row in rows]
        shown = ", ".join(known[:MAX_NAMES]) + (", …" if len(known) > MAX_NAMES else "")
        code = "source.no_layer" if wanted else "source.which_layer"
        raise SourceError(Problem(code, _where(source), {"layer": wanted or "–", "known": shown or "–"}))
    schema, name, _, oid = named[0]
    columns = connection.execute(_COLUMNS, (oid,)).fetchall()
    types = {row[0]: row[1] for row in columns}
    spatial = [field for field, kind in types.items() if kind in _SPATIAL]
    if len(spatial) > 1 and column is None or column is not None and column not in spatial:
        known = ", ".join(f"{schema}.{name}.{field}" for field in spatial)
        raise SourceError(Problem("source.which_layer", _where(source), {"layer": wanted, "known": known}))
    geometry = column or next(iter(spatial), None)
    srid = 0
    if geometry is not None:
        modifier = next(row[2] for row in columns if row[0] == geometry)
        srid = connection.execute("SELECT postgis_typmod_srid(%s)", (modifier,)).fetchone()[0] if modifier >= 0 else 0
    return _Relation(schema, name, types, geometry, srid, tuple(row[0] for row in columns if row[3]))


def describe(source: Source) -> dict:
    """Return of a table what ``vectors.describe`` returns of a file's layer.

    Raises
    ------
    SourceError
        If the server cannot be reached, or the table is not there or may not be read.
    EngineError
        If psycopg is not installed.
    """
    with _reading(source) as connection:
        from psycopg import sql

        found = _relation(connection, source)
        crs = kind = None
        if found.geometry is not None:
            kind = "Unknown"
            srids = (
                [(found.srid,)]
                if found.srid
                else connection.execute(
                    sql.SQL(
                        "SELECT DISTINCT ST_SRID({geometry}) FROM {table} WHERE {geometry} IS NOT NULL LIMIT 5"
                    ).format(geometry=_geometry(found), table=sql.Identifier(found.schema, found.name))
                ).fetchall()
            )
            if len(srids) > 1:
                shown = ", ".join(str(row[0]) for row in srids)
                raise SourceError(Problem("database.several_systems", _where(source), {"known": shown}))
            crs = _system(connection, srids[0][0]) if srids else "EPSG:4326"
        features = connection.execute(_select(source, found, sql.SQL("count(*)"), [])).fetchone()[0]
    return {
        "crs": crs,
        "fields": found.fields,
        "geometry_type": kind,
        "features": features,
        "layer": f"{found.schema}.{found.name}",
        "name": str(source.path),
        "encoding": None,
        "suffix": "",
    }


def _system(connection: psycopg.Connection, srid: int) -> str | None:
    row = connection.execute(
        "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = %s", (srid,)
    ).fetchone()
    if row is None:
        return None
    return f"{row[0]}:{row[1]}" if row[0] and row[1] else row[2]


def _geometry(found: _Relation):
    from psycopg import sql

    return sql.SQL("{}::geometry").format(sql.Identifier(found.geometry or ""))


def _select(source: Source, found: _Relation, what, conditions: list):
    """Return a query of what is asked of the rows that the filter and further conditions keep."""
    from psycopg import sql

    if source.where:
        refuse_statements(source.where, _where(source))
        own = _OWN_STRINGS.search(source.where)
        if own:
            values = {"filter": source.where, "reason": f"“{own.group()}”"}
            raise SourceError(Problem("source.bad_filter", _where(source), values))
        # The condition is the study's own text; the transaction can only read.
        conditions = [*conditions, sql.SQL("({})").format(sql.SQL(source.where))]  # type: ignore[arg-type]
    query = sql.SQL("SELECT {} FROM {} AS t").format(what, sql.Identifier(found.schema, found.name))
    return query + sql.SQL(" WHERE ") + sql.SQL(" AND ").join(conditions) if conditions else query


def _order(found: _Relation):
    """Return what fixes the order of rows: the primary key, else the rows' own content."""
    from psycopg import sql

    if found.key:
        return sql.SQL(", ").join(sql.Identifier("t", name) for name in found.key)
    return sql.SQL("md5(t::text)")


def read(source: Source, columns: list | None, bounds: tuple | None, geometry: bool) -> pd.DataFrame:
    """Return rows of a table, with their geometries as a column ``geometry`` where asked for.

    Parameters
    ----------
    columns : list of str, optional
        All that are no geometries, if not given.
    bounds : (west, south, east, north), optional
        In the table's own system: only geometries whose envelope meets them, found through the table's index.
    geometry : bool
        Geometries come flat; curves come as short lines, surfaces as the polygons that they are made of.

    Notes
    -----
    Rows come in the order of the primary key, else of their content, a few thousand at a time.
    """
    with _reading(source) as connection:
        from psycopg import sql

        found = _relation(connection, source)
        asked = found.fields if columns is None else [name for name in columns if name in found.fields]
        what = [sql.Identifier("t", name) for name in asked]
        conditions = []
        spatial = geometry and found.geometry is not None
        if spatial:
            shape = _geometry(found)
            flat = sql.SQL("ST_Force2D({})").format(shape)
            surface = sql.SQL("GeometryType({}) IN ('TIN', 'POLYHEDRALSURFACE', 'TRIANGLE')").format(shape)
            patches = sql.SQL(
                "(SELECT ST_Collect(ST_MakePolygon(ST_ExteriorRing(p.geom))) FROM ST_Dump({}) AS p)"
            ).format(flat)
            what.append(
                sql.SQL("ST_AsBinary(CASE WHEN {} THEN {} ELSE ST_CurveToLine({}) END)").format(surface, patches, flat)
            )
            if bounds is not None and np.isfinite(bounds).all():
                window = sql.SQL("ST_MakeEnvelope({}, ST_SRID({}))").format(
                    sql.SQL(", ").join(sql.Literal(float(value)) for value in bounds), shape
                )
                conditions.append(sql.SQL("{} && {}").format(shape, window))
        query = _select(source, found, sql.SQL(", ").join(what or [sql.SQL("1")]), conditions)
        query += sql.SQL(" ORDER BY ") + _order(found)
        rows: list[list[Any]] = [[] for _ in what]
        shapes = []
        number = 0
        with connection.cursor("rows", binary=False) as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(query)
            while block := cursor.fetchmany(ROWS_AT_ONCE):
                number += len(block)
                for place, values in enumerate(zip(*block, strict=True)):
                    if spatial and place == len(what) - 1:
                        shapes.append(shapely.from_wkb(np.array(values, dtype=object), on_invalid="ignore"))
                    elif what:
                        rows[place].extend(_plain(value) for value in values)
    index = pd.RangeIndex(1, number + 1)
    frame = pd.DataFrame({name: pd.Series(rows[i], index=index) for i, name in enumerate(asked)}, index=index)
    if not spatial:
        return frame
    import geopandas

    together = np.concatenate(shapes) if shapes else np.empty(0, dtype=object)
    if "geometry" not in frame:
        return geopandas.GeoDataFrame(frame, geometry=together)
    return geopandas.GeoDataFrame(frame.assign(__geometry__=together), geometry="__geometry__")


def _plain(value: Any) -> Any:
    """Return a value of the database as a file would hold it: a number, a truth, a text or nothing."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def content_hash(source: Source) -> str:
    """Return a SHA-256 that changes with the rows that a source reads, and not with their order.

    Notes
    -----
    The database adds up the MD5 of the text of every row, so that no row travels; a sum, unlike an exclusive-or, sees a
    row that stands twice.
    """
    half = "sum((('x' || substr(md5(t::text), {}, 16))::bit(64)::bigint)::numeric)"
    with _reading(source) as connection:
        from psycopg import sql

        found = _relation(connection, source)
        what = sql.SQL(", ").join([sql.SQL("count(*)"), *(sql.SQL(half.format(start)) for start in (1, 17))])
        counted = connection.execute(_select(source, found, what, [])).fetchone()
    said = [found.schema, found.name, found.geometry, sorted(found.types.items()), [str(item) for item in counted]]
    return hashlib.sha256(repr(said).encode()).hexdigest()

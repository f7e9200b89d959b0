"""A register's tables in SQL, and what their fields may hold as the schema extension of GeoPackage tells any reader."""

from __future__ import annotations

import sqlite3

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.choices import choices
from smart_territoires_plugin.core.register.layout import TABLES, Field, Table

MENTION = "mention"  # of a register of made-up data: the column that says so on every row
_TYPES = {"text": "TEXT", "integer": "MEDIUMINT", "real": "DOUBLE", "date": "DATE"}
# SQLite keeps what does not convert as it is, so that the kind is a constraint too.
_KINDS = {
    "text": "typeof({0}) = 'text' AND trim({0}) <> ''",
    "integer": "typeof({0}) = 'integer'",
    "real": "typeof({0}) = 'real'",
    "date": "{0} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'",
}
_DATA_COLUMNS = """CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
    constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
_CONSTRAINTS = """CREATE TABLE gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
    max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"""
_EXTENSIONS = """CREATE TABLE IF NOT EXISTS gpkg_extensions (
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"""
_SCHEMA_PAGE = "http://www.geopackage.org/spec121/#extension_schema"


def create_tables(connection: sqlite3.Connection, lang: str, mention: str) -> None:
    """Create every table of a register, empty, in a GeoPackage.

    Parameters
    ----------
    lang : {"fr", "en"}
        Of the titles, the descriptions and the labels of values.
    mention : str
        What is written on every row of made-up data; empty where there is none to be.
    """
    connection.execute(_DATA_COLUMNS)
    connection.execute(_CONSTRAINTS)
    connection.execute(_EXTENSIONS)
    for name in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        connection.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')", (name, _SCHEMA_PAGE)
        )
    for table in TABLES.values():
        connection.execute(table_sql(table, mention))
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)",
            (table.name, text(f"register.table.{table.name}", lang), mention),
        )
        for field in table.fields:
            _describe(connection, table, field, lang)


def table_sql(table: Table, mention: str = "") -> str:
    """Return the statement that creates a table with its constraints."""
    lines = ['"fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL', *(_column(table, field) for field in table.fields)]
    if mention:
        lines.append(f'"{MENTION}" TEXT DEFAULT {_literal(mention)}')
    # A constraint of one column stands beside it, where GDAL and QGIS look for it.
    lines += [f"UNIQUE ({', '.join(_quoted(name) for name in names)})" for names in table.unique if len(names) > 1]
    lines += [f"CHECK ({_quoted(later)} >= {_quoted(earlier)})" for earlier, later in table.ordered]
    return f"CREATE TABLE {_quoted(table.name)} (\n    " + ",\n    ".join(lines) + "\n)"


def _column(table: Table, field: Field) -> str:
    name = _quoted(field.name)
    parts = [name, _TYPES[field.kind]]
    if field.required:
        parts.append("NOT NULL")
    if (field.name,) in table.unique:
        parts.append("UNIQUE")
    if field.default is not None:
        parts.append(f"DEFAULT {_literal(field.default)}")
    conditions = [_KINDS[field.kind].format(name)]
    if field.values and not field.several:
        conditions = [f"{name} IN ({', '.join(_literal(value) for value in field.values)})"]
    if field.minimum is not None:
        conditions.append(f"{name} >= {field.minimum}")
    if field.maximum is not None:
        conditions.append(f"{name} <= {field.maximum}")
    # In SQL a condition on nothing is neither true nor false, and passes; typeof knows nothing as a kind of its own.
    return " ".join(parts) + f" CHECK ({name} IS NULL OR ({' AND '.join(conditions)}))"


def _describe(connection: sqlite3.Connection, table: Table, field: Field, lang: str) -> None:
    """Tell what a field is called, what it is for and which values it knows."""
    options = () if field.several else choices(field, lang)
    is_range = not options and field.minimum is not None and field.maximum is not None
    constraint = f"{table.name}_{field.name}" if options or is_range else None
    title, hint = (text(f"register.{kind}.{table.name}.{field.name}", lang) for kind in ("field", "hint"))
    connection.execute(
        "INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, NULL, ?)",
        (table.name, field.name, field.name, title, hint, constraint),
    )
    insert = "INSERT INTO gpkg_data_column_constraints VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    for code, label in options:
        connection.execute(insert, (constraint, "enum", code, None, None, None, None, label))
    if is_range:
        connection.execute(insert, (constraint, "range", None, field.minimum, True, field.maximum, True, title))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _literal(value: object) -> str:
    return str(value) if isinstance(value, (int, float)) else "'" + str(value).replace("'", "''") + "'"

"""An empty register with its forms, written whole or not at all, and rows added to one."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.register.forms import form_qml
from smart_territoires_plugin.core.register.layout import TABLES, Table
from smart_territoires_plugin.core.register.schema import MENTION, create_tables

SUFFIX = ".gpkg"
# The version that the GDAL of every QGIS since 3.40 reads without a warning.
_DATASET = {"VERSION": "1.3"}
_PLACEHOLDER = "placeholder"
_ROOM = 1 << 20  # bytes; an empty register takes a quarter of it
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV, errno.EMLINK}
_STYLES = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
    f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
    owner TEXT, ui TEXT, update_time DATETIME)"""
_STYLES_CONTENT = """INSERT INTO gpkg_contents (table_name, data_type, identifier)
    VALUES ('layer_styles', 'attributes', 'layer_styles')"""
_STYLE = """INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName,
    styleQML, styleSLD, useAsDefault, description, owner) VALUES ('', '', ?, '', ?, ?, '', 1, '', '')"""


def write_register(path: Path, lang: str, mention: str = "") -> Path:
    """Write an empty register: a GeoPackage with every table, its constraints and its forms.

    Parameters
    ----------
    path : Path
        Of the file to make, ending in ``.gpkg``, in a folder that exists; a file that is there is never overwritten.
    lang : {"fr", "en"}
        Of the forms.
    mention : str
        For made-up data only: written on every row, in a column ``mention``.

    Returns
    -------
    Path of the file.

    Raises
    ------
    ResultsError
        If there is a file already, the name has another ending, or the file cannot be written; nothing is left then.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_register(Path(folder) / "register.gpkg", "en").stat().st_size > 0
    True
    """
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        raise ResultsError(Problem("register.not_gpkg", str(path), {"name": f"{path.stem or 'register'}{SUFFIX}"}))
    try:
        if os.path.lexists(path):
            raise ResultsError(Problem("register.exists", str(path)))
        if not path.parent.is_dir():
            raise ResultsError(Problem("register.no_folder", str(path), {"folder": path.parent}))
        with tempfile.TemporaryDirectory(prefix=".register-", dir=path.parent, ignore_cleanup_errors=True) as staging:
            made = Path(staging) / f"register{SUFFIX}"
            with _writing(made):
                _make(made, lang, mention)
            _publish(made, path)
    except FileExistsError as error:
        raise ResultsError(Problem("register.exists", str(path))) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise ResultsError(Problem("register.not_writable", str(path), {"reason": reason})) from error
    return path


def fill_register(path: Path, rows: Mapping[str, pd.DataFrame]) -> None:
    """Add rows to the tables of a register.

    Parameters
    ----------
    rows : mapping of str to DataFrame
        By table. Fields that a frame lacks take their defaults; its other columns must be fields of the table. Dates
        are dates, or texts such as 2026-01-31.

    Raises
    ------
    OSError
        If the file cannot be written, or a row breaks a constraint of its table.
    ValueError
        If a text is no date (GDAL would leave it out without a word), or a column is no field of the table.
    """
    import pyogrio

    with _writing(path):
        for name, frame in rows.items():
            if len(frame):
                pyogrio.write_dataframe(_as_stored(TABLES[name], frame), path, layer=name, driver="GPKG", append=True)


def _as_stored(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with every column of the table, in its order: an earlier pyogrio takes them by place, not by name."""
    known = (*table.names, MENTION)
    unknown = [name for name in frame.columns if name not in known]
    if unknown:
        raise ValueError(f"{table.name} has no {', '.join(unknown)}")
    dates = {
        field.name: pd.to_datetime(frame[field.name], format="ISO8601").astype("datetime64[ms]")
        for field in table.fields
        if field.kind == "date" and field.name in frame
    }
    absent = {field.name: field.default for field in table.fields if field.name not in frame}
    return frame.assign(**dates, **absent)[[name for name in known if name in frame or name in absent]]


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Tell what GDAL or SQLite could not write as the error of a file."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataSourceError, DataLayerError, FeatureError, sqlite3.Error) as error:
        # On a full disk the first that is missed speaks, not what made it so.
        if shutil.disk_usage(path.parent).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise OSError(errno.EIO, reason, str(path)) from error


def _make(path: Path, lang: str, mention: str) -> None:
    import pyogrio

    # GDAL makes a GeoPackage only with a layer in it; the tables then come with constraints that it cannot state.
    nothing = pd.DataFrame({_PLACEHOLDER: pd.Series([], dtype=object)})
    pyogrio.write_dataframe(nothing, path, layer=_PLACEHOLDER, driver="GPKG", dataset_options=_DATASET)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"DROP TABLE {_PLACEHOLDER}")
        for register in ("gpkg_contents", "gpkg_ogr_contents"):
            connection.execute(f"DELETE FROM {register} WHERE table_name = '{_PLACEHOLDER}'")  # nosec B608 - our own
        create_tables(connection, lang, mention)
        connection.execute(_STYLES)
        connection.execute(_STYLES_CONTENT)
        for table in TABLES.values():
            label = text(f"register.table.{table.name}", lang)
            connection.execute(_STYLE, (table.name, label, form_qml(table, lang, mention)))


def _publish(made: Path, path: Path) -> None:
    """Give a finished file its name, unless somebody else has taken it meanwhile."""
    with made.open("rb") as stream:
        os.fsync(stream.fileno())
    try:
        os.link(made, path)
    except OSError as error:
        # Not every disk knows a second name for a file.
        if error.errno not in _NO_LINKS or os.path.lexists(path):
            raise
        os.rename(made, path)

"""A connection to a PostgreSQL database that can only read, and whose faults become one line each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from smart_territoires_plugin.core.errors import EngineError, Problem, SourceError

if TYPE_CHECKING:
    import psycopg

CONNECT_TIMEOUT_S = 10
STATEMENT_TIMEOUT_S = 1800
# What the text of a row, and so its hash, could otherwise depend on.
_SESSION = {
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "iso_8601",
    "TimeZone": "UTC",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "statement_timeout": f"{STATEMENT_TIMEOUT_S}s",
}
# A server that went away is noticed within half a minute, not within the two hours of the system.
_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 30_000}


@contextmanager
def read_only(address: str, where: str, condition: str | None = None) -> Iterator[psycopg.Connection]:
    """Open a transaction that can only read; what the server refuses becomes one line.

    Parameters
    ----------
    address : str
        For example ``postgresql:///?service=region``; passwords come from the environment, never from here.
    where : str
        The source, as a person would name it.
    condition : str, optional
        The study's filter, to be named where the server does not understand the query.

    Raises
    ------
    SourceError
        If the server cannot be reached, refuses, or goes away.
    EngineError
        If psycopg is not installed.
    """
    try:
        import psycopg
    except ImportError as error:
        raise EngineError(
            Problem("library.missing_extra", "psycopg", {"feature": where, "extra": "postgis"})
        ) from error
    try:
        connection = psycopg.connect(
            address,
            connect_timeout=CONNECT_TIMEOUT_S,
            application_name="smart-territoires",
            client_encoding="utf8",
            **_ALIVE,
        )
    except (psycopg.Error, UnicodeError) as error:
        raise SourceError(Problem("database.unreachable", where, {"reason": _line(error)})) from error
    try:
        connection.read_only = True
        for name, value in _SESSION.items():
            connection.execute("SELECT set_config(%s, %s, true)", (name, value))
        yield connection
    except psycopg.errors.InsufficientPrivilege as error:
        raise SourceError(Problem("database.no_rights", where, {"reason": _line(error)})) from error
    except (psycopg.ProgrammingError, psycopg.DataError, psycopg.InternalError) as error:
        if condition:
            values = {"filter": condition, "reason": _line(error)}
            raise SourceError(Problem("source.bad_filter", where, values)) from error
        raise SourceError(Problem("database.failed", where, {"reason": _line(error)})) from error
    except psycopg.Error as error:
        raise SourceError(Problem("database.failed", where, {"reason": _line(error)})) from error
    finally:
        connection.close()


def _line(error: Exception) -> str:
    """Return the first line that the server said; psycopg's own message holds no password."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:300]

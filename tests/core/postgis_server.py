"""A PostgreSQL server with PostGIS in a temporary folder, for the tests: never as root, on a loopback port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

WANTED = "PostGIS is missing: run scripts/setup-postgis, or install postgresql-15-postgis-3 (Debian 13: -17-)"
SETTINGS = "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=64MB", "shared_buffers=32MB"
HBA = "host all locked 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n"


@dataclass(frozen=True)
class Server:
    """Where a running server is."""

    port: int

    def url(self, user: str = "owner", database: str = "region") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    @contextlib.contextmanager
    def connected(self, user: str = "owner", database: str = "region"):
        import psycopg

        with psycopg.connect(self.url(user, database), autocommit=True) as connection:
            yield connection

    def execute(self, *statements: str) -> None:
        with self.connected() as connection:
            for statement in statements:
                connection.execute(statement)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    named = shutil.which("initdb")
    if not found and not named:
        pytest.fail(WANTED)
    return (found[-1] if found else Path(named)).parent


def _as_user() -> tuple[list[str], str | None]:
    """Return the beginning of a command that is not run as root, and the user that it is run as."""
    if os.getuid() != 0:
        return [], None
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.fail(WANTED)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"], "postgres"


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@contextlib.contextmanager
def running():
    """Start a server, make a database ``region`` with PostGIS in it, and stop it at the end."""
    programs, (prefix, user) = _programs(), _as_user()
    folder = Path(tempfile.mkdtemp(prefix="st-postgis-"))
    data, port = folder / "data", _free_port()
    try:
        if user:
            shutil.chown(folder, user, user)

        def run(*command: str) -> None:
            done = subprocess.run([*prefix, *command], cwd="/", capture_output=True, text=True, timeout=60)
            if done.returncode:
                log = folder / "log"
                said = log.read_text(errors="replace")[-2000:] if log.exists() else ""
                pytest.fail(f"{command[0]}: {done.stdout}{done.stderr}{said}")

        initdb = ("-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        run(str(programs / "initdb"), "-D", str(data), *initdb)
        (data / "pg_hba.conf").write_text(HBA)
        options = " ".join(f"-c {setting}" for setting in SETTINGS)
        options += f" -c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories="
        run(str(programs / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-o", options, "-w", "start")
        try:
            server = Server(port)
            with server.connected(database="postgres") as connection:
                connection.execute("CREATE DATABASE region")
            try:
                server.execute("CREATE EXTENSION postgis")
            except Exception as error:
                pytest.fail(f"{WANTED} ({error})")
            yield server
        finally:
            run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

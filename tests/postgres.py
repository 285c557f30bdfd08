"""A PostgreSQL server for tests: started by them, on a free port, thrown away with its data."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from roadmapdocs import db, shipped
from roadmapdocs.documents.defaults import load_defaults
from tests.memory import folder_in_memory

TEMPLATE = "roadmapdocs_template"

#: Nothing of it has to outlive a fall of the machine, and databases of one test are not worth tidying.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c max_connections=60 -c fsync=off -c synchronous_commit=off"
    " -c full_page_writes=off -c autovacuum=off -c jit=off"
)
#: From this version on, a copy goes through the log unless another way is asked for, which costs four times as much.
COPIES_BY_LOG = 15_00_00


def programs() -> Path | None:
    """The folder of initdb and postgres, of the newest version that is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return installed[-1].parent if installed else None


@dataclass(frozen=True)
class Server:
    port: int

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[Server]:
        folder = programs()
        if folder is None:
            pytest.skip("PostgreSQL's programs (initdb, postgres) are not installed")
        with tempfile.TemporaryDirectory(prefix="roadmapdocs-pg-", dir=folder_in_memory()) as home:
            server = cls(_free_port())
            make = [folder / "initdb", "-D", f"{home}/data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
            _as_plain_user(home, make)
            options = f"-p {server.port} -k {home} {OPTIONS}"
            control = [folder / "pg_ctl", "-D", f"{home}/data", "-w", "-l", f"{home}/log"]
            _as_plain_user(home, [*control, "-o", options, "start"])
            try:
                server._make_template()
                yield server
            finally:
                server._keeper.close()
                _as_plain_user(home, [*control, "-m", "immediate", "stop"])

    def address(self, name: str) -> str:
        return f"postgresql://test@127.0.0.1:{self.port}/{name}"

    def fresh_database(self) -> str:
        """Address of an empty, migrated database of its own."""
        name = f"t{uuid.uuid4().hex}"
        strategy = " STRATEGY FILE_COPY" if self._keeper.info.server_version >= COPIES_BY_LOG else ""
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"{strategy}')
        return self.address(name)

    def drop(self, address: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._run(f'DROP DATABASE "{address.rpartition("/")[2]}" WITH (FORCE)')

    def empty_database(self) -> str:
        """Address of a database without a single table."""
        name = f"t{uuid.uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}"')
        return self.address(name)

    def _make_template(self) -> None:
        self._run(f'CREATE DATABASE "{TEMPLATE}"')
        opened = db.connect(self.address(TEMPLATE))
        db.migrations(shipped.migrations_folder()).up()
        load_defaults(dt.datetime.now(dt.UTC))
        opened.close()

    @functools.cached_property
    def _keeper(self) -> psycopg.Connection[Any]:
        """Makes and drops the databases of all tests: to connect for each costs as much again."""
        return psycopg.connect(self.address("postgres"), autocommit=True)

    def _run(self, statement: str) -> None:
        self._keeper.execute(statement)


def _as_plain_user(home: str, command: list[Path | str]) -> None:
    """PostgreSQL refuses to run as root; a container's tests often do."""
    plain = None
    if os.geteuid() == 0:
        plain = next(name for name in ("postgres", "nobody") if _exists(name))
        shutil.chown(home, plain)
    subprocess.run([str(part) for part in command], check=True, user=plain, cwd=home, stdout=subprocess.DEVNULL)


def _exists(name: str) -> bool:
    with contextlib.suppress(KeyError):
        pwd.getpwnam(name)
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Locks between processes: they end with the process that holds them, however it ends."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

import peewee as pw

from roadmapdocs.db import database

_POLL_S: Final = 0.05
#: Two that take a file's lock at the same moment get in each other's way, and SQLite tells both that it is taken, unless
#: they wait this long for one of them to step back.
_LEAST_WAIT_S: Final = 0.2


class Lock(IntEnum):
    """What one process does at a time; the numbers are those of PostgreSQL's advisory locks.

    ``WRITING``: what the tables say is brought into indexes, so that an older state never overwrites a newer one.
    ``BUILDING``: an index is being built; it lasts as long as the build.
    ``SYNCING``: the registry keeps step with another program.
    """

    WRITING = 7_305_131
    BUILDING = 7_305_132
    SYNCING = 7_305_133


class LockedError(Exception):
    """Another process has the lock for longer than we wait."""

    def __init__(self, lock: Lock) -> None:
        super().__init__(f"another process is {lock.name.lower()}")
        self.lock = lock


@contextlib.contextmanager
def held(lock: Lock, *, wait_s: float) -> Iterator[None]:
    """
    :raise LockedError: if it is not ours within ``wait_s`` seconds
    """
    if isinstance(database.obj, pw.SqliteDatabase):
        yield from _held_file(lock, wait_s)
    else:
        yield from _held_in_postgresql(lock, wait_s)


def _held_file(lock: Lock, wait_s: float) -> Iterator[None]:
    # A database of its own as the lock, as for upgrades: the one of the registry stays free for its readers and writers.
    path = f"{database.obj.database}.{lock.name.lower()}.lock"
    file = sqlite3.connect(path, timeout=max(wait_s, _LEAST_WAIT_S), isolation_level=None)
    try:
        try:
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as problem:
            raise LockedError(lock) from problem
        yield
    finally:
        file.close()


def _held_in_postgresql(lock: Lock, wait_s: float) -> Iterator[None]:
    until = time.monotonic() + wait_s
    while not database.execute_sql("SELECT pg_try_advisory_lock(%s)", (int(lock),)).fetchone()[0]:
        if time.monotonic() >= until:
            raise LockedError(lock)
        time.sleep(_POLL_S)
    try:
        yield
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (int(lock),))

"""Connections kept open between requests: for the threads of one process, and for that process only."""

from __future__ import annotations

import os
import threading
import weakref
from typing import Any, Final

from playhouse.pool import PooledDatabase, PooledPostgresqlDatabase, PooledSqliteDatabase

#: A kept connection is opened anew after so long.
STALE_S: Final = 300
#: Where all connections are in use, the next thread waits so long for one before it fails.
WAIT_S: Final = 30


class _Pool(PooledDatabase):  # type: ignore[misc]  # the library carries no types
    """As the library has it, but connections come back from threads that have ended without closing theirs, and a
    process that was forked begins with none: two that speak over one would hear each other's answers."""

    def __init__(self, database: str, **options: Any) -> None:
        self._holders: dict[int, threading.Thread] = {}
        #: Opened before a fork. SQLite forbids even to close them in another process.
        self._of_the_parent: list[object] = []
        super().__init__(database, stale_timeout=STALE_S, timeout=WAIT_S, **options)
        pool = weakref.ref(self)
        os.register_at_fork(after_in_child=lambda: _begin_anew(pool()))

    def _connect(self) -> Any:
        with self._pool_lock:
            if len(self._in_use) >= self._max_connections:
                self._take_back()
            connection = super()._connect()
            self._holders[self.conn_key(connection)] = threading.current_thread()
            return connection

    def _close(self, connection: Any, close_conn: bool = False) -> None:
        with self._pool_lock:
            self._holders.pop(self.conn_key(connection), None)
            super()._close(connection, close_conn)

    def _take_back(self) -> None:
        for key, held in list(self._in_use.items()):
            if not self._holders[key].is_alive():
                del self._in_use[key], self._holders[key]
                self._close_raw(held.connection)

    def begin_anew(self) -> None:
        self._of_the_parent += [held.connection for held in self._in_use.values()]
        self._of_the_parent += [connection for *_order, connection in self._connections]
        # A thread that is not in this process may have held them.
        self._lock = threading.Lock()
        self._pool_lock = threading.RLock()
        self._pool_available = threading.Condition(self._pool_lock)
        self._connections: list[Any] = []
        self._in_use: dict[int, Any] = {}
        self._holders.clear()
        self._state.reset()


class SqlitePool(_Pool, PooledSqliteDatabase):  # type: ignore[misc]  # likewise
    def __init__(self, database: str, **options: Any) -> None:
        # One thread at a time has a connection, though not always the one that opened it.
        super().__init__(database, check_same_thread=False, **options)


class PostgresqlPool(_Pool, PooledPostgresqlDatabase):  # type: ignore[misc]  # likewise
    pass


def _begin_anew(pool: _Pool | None) -> None:
    if pool is not None:
        pool.begin_anew()

"""The database: one proxy for all models, transactions that lock at once, and what happens after a commit.

SQLite (WAL, foreign keys, busy timeout) is the embedded default; PostgreSQL is reached by a
``postgresql://`` address. Nothing above this module asks which of the two it is talking to.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import peewee

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept, current, entered
from roadmapdocs.pools import PostgresqlPool, SqlitePool

if TYPE_CHECKING:
    from playhouse.migrations import Runner

BUSY_TIMEOUT_MS = 30_000
HISTORY_TABLE = "rd_migration"
UPGRADE_WAIT_S = 120.0
# Any number will do, as long as nothing else in the same PostgreSQL database locks it.
UPGRADE_LOCK = 7_305_124
WRITE_LOCK = 7_305_125


class _Proxy(peewee.DatabaseProxy):
    """The database of the installation that is entered."""

    @property
    def obj(self) -> Any:
        return _opened.get()

    def __setattr__(self, name: str, value: Any) -> None:
        """The class above looks for the name among the slots of this one."""
        if name == "obj":
            _opened.set(value)
        else:
            object.__setattr__(self, name, value)


_opened: Kept[peewee.Database | None] = Kept("database", lambda: None)
database = _Proxy()

Action = Callable[[], object]


@dataclass(slots=True)
class _Promised:
    """What the running transaction has promised to do at its end, in order."""

    database: peewee.Database
    before: dict[Hashable, Action] = field(default_factory=dict)
    after: list[Action] = field(default_factory=list)


_promised: ContextVar[_Promised | None] = ContextVar("roadmapdocs_promised", default=None)
log = logging.getLogger(__name__)


def table_name(model: type[peewee.Model]) -> str:
    """``ExpectedDocument`` → ``rd_expected_document``: a prefix keeps our tables apart from a host's."""
    return "rd_" + re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


class BaseModel(peewee.Model):
    class Meta:
        database = database
        table_function = table_name
        legacy_table_names = False


class UtcDateTimeField(peewee.DateTimeField):
    """A moment: aware in Python, stored as UTC without a zone, given back aware in UTC."""

    def db_value(self, value: dt.datetime | None) -> dt.datetime | None:
        if value is not None and value.tzinfo is not None:
            value = value.astimezone(dt.UTC).replace(tzinfo=None)
        return super().db_value(value)

    def python_value(self, value: Any) -> dt.datetime | None:
        moment = super().python_value(value)
        return moment.replace(tzinfo=dt.UTC) if moment is not None else None


class JsonField(peewee.TextField):
    """Plain JSON data kept as readable text, so that Russian words can be seen and searched in the table."""

    def db_value(self, value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value: Any) -> Any:
        return json.loads(value) if value is not None else None


class _Context(peewee.Context):
    """Writes the same words as its parent, but columns at once: through eight nodes each, they cost most of a query."""

    __slots__ = ()

    def sql(self, obj: Any) -> peewee.Context:
        written = getattr(type(obj), "__sql__", None)
        if written is peewee.Field.__sql__:
            return self._column(obj.model._meta.table, obj.model._meta.table._alias, obj.column_name)
        if written is peewee.FieldAlias.__sql__:
            return self._column(obj.source, obj.source.alias, obj.field.column_name)
        return super().sql(obj)

    def _column(self, source: Any, alias: str | None, name: str) -> peewee.Context:
        """As ``Column.__sql__`` does: the bare name where values are set, else with the name of its source."""
        if self.state.scope == peewee.SCOPE_VALUES:
            self._sql.append(f'"{name}"')
            return self
        names = self.alias_manager
        if alias:
            names[source] = alias
        self._sql.append(f'"{names.mapping.get(source) or names[source]}"."{name}"')
        return self


def connect(address: str | peewee.Database, *, kept: int = 0) -> peewee.Database:
    """Point the proxy at ``sqlite:///path`` or ``postgresql://user@host/name``, or at a host's own database.

    A server that keeps connections open between requests says how many at the most by ``kept``.

    :raise ConfigurationError: if the address is of neither kind
    """
    opened = _open(address, kept) if isinstance(address, str) else address
    opened.context_class = _Context
    database.initialize(opened)
    return opened


def _open(address: str, kept: int) -> peewee.Database:
    if address.startswith("sqlite:///"):
        path = Path(address.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)
        pragmas = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "busy_timeout": BUSY_TIMEOUT_MS,
            "synchronous": "normal",
            # KiB: two MiB are the default, and an index of a hundred thousand texts is walked through more than once.
            "cache_size": -16_000,
        }
        wait = BUSY_TIMEOUT_MS / 1000
        if kept:
            # The pool takes ``timeout`` for its own, and the pragma says the same.
            return SqlitePool(str(path), pragmas=pragmas, max_connections=kept)
        return peewee.SqliteDatabase(str(path), pragmas=pragmas, timeout=wait)
    if address.startswith(("postgresql://", "postgres://")):
        if kept:
            return PostgresqlPool(address, prefer_psycopg3=True, max_connections=kept)
        return peewee.PostgresqlDatabase(address, prefer_psycopg3=True)
    raise ConfigurationError(
        f"database: {address!r} is neither sqlite:///path nor postgresql://user@host/name"
    )


@contextlib.contextmanager
def transaction() -> Iterator[None]:
    """All or nothing, one writer at a time. An inner block is a savepoint.

    A transaction that reads and then writes fails at once in SQLite's WAL mode when another writer came in
    between, whatever the busy timeout says; ``BEGIN IMMEDIATE`` waits instead. On PostgreSQL writers queue too:
    they all end at the one head row of the journal of events, and whoever came to it over other rows in another
    order would meet a deadlock.

    Within a transaction that a host has open on its database, ours is a part of the host's: what is to follow a commit
    follows the host's, and nothing follows if the host takes it back.

    :raise Refusal: ``unstorable`` if a text or a number among the values is one that the database cannot keep
    """
    running = _running()
    if running is not None:
        yield from _savepoint(running)
        return
    begun = _Promised(database.obj)
    token = _promised.set(begun)
    try:
        sqlite = isinstance(begun.database, peewee.SqliteDatabase)
        with database.atomic(*(("IMMEDIATE",) if sqlite else ())):
            if not sqlite:
                database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITE_LOCK,))
            yield
            _do_before(begun)
    except (peewee.DataError, UnicodeEncodeError, OverflowError) as problem:
        # Half a character out of a broken file, a zero byte, a number with twenty digits.
        raise Refusal(
            "unstorable",
            _("Among what was written there is a sign or a number that cannot be stored. Type it anew."),
        ) from problem
    finally:
        _promised.reset(token)
    if begun.after:
        _follow(begun)


def _running() -> _Promised | None:
    """Our transaction on the database of the installation that is entered; within it, another may be entered."""
    running = _promised.get()
    return running if running is not None and running.database is database.obj else None


def _follow(done: _Promised) -> None:
    """Do what was promised for after the commit: now, or after that of a host's transaction around ours."""
    office = current()

    def act() -> None:
        with entered(office):
            for action in done.after:
                try:
                    action()
                except Exception:
                    # The change is made, and nobody may be told that it is not; the others wait to be told of it.
                    log.exception("What was to follow a change failed")

    done.database.after_commit(act)


def _savepoint(running: _Promised) -> Iterator[None]:
    before, after = len(running.before), len(running.after)
    try:
        with database.atomic():
            yield
    except BaseException:
        for key in list(running.before)[before:]:
            del running.before[key]
        del running.after[after:]
        raise


def _do_before(promised: _Promised) -> None:
    """What is promised, and what is promised while it is done: a key that comes up again is done again."""
    while promised.before:
        promised.before.pop(next(iter(promised.before)))()


def after_commit(action: Action) -> None:
    """Do ``action`` once the running transaction is safe on disk; at once where there is none of ours."""
    running = _running()
    if running is None:
        action()
    else:
        running.after.append(action)


def before_commit(key: Hashable, action: Action) -> None:
    """Do ``action`` as the last of the running transaction, once for each ``key``; at once where there is none.

    It is a part of the change: if it raises, nothing of the transaction stays. What a block that failed and was rolled
    back had promised is not done.
    """
    running = _running()
    if running is None:
        action()
    else:
        running.before.setdefault(key, action)


def migrations(folder: Path) -> Runner:
    """The runner over our numbered files, with its history in a table of our own."""
    from playhouse.migrations import Runner  # noqa: PLC0415  # takes long to load, and a host starts without it

    return Runner(database.obj, str(folder), table_name=HISTORY_TABLE)


def upgrade(folder: Path) -> list[str]:
    """Apply what is missing and give its names. Processes that start at once do it one after another."""
    with _alone():
        return list(migrations(folder).up())


def pending(folder: Path) -> list[str]:
    """Names of the migrations that the database lacks.

    :raise ConfigurationError: if the database was written by a newer program than this one
    """
    rows = migrations(folder).status()
    newer = [row.name for row in rows if row.path is None]
    if newer:
        raise ConfigurationError(
            f"database: it has the migration {newer[-1]!r}, which this program does not know; install a newer program"
        )
    return [row.name for row in rows if row.applied is None]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    if isinstance(database.obj, peewee.SqliteDatabase):
        # A database of its own as the lock: a migration may not run inside a transaction of ours.
        lock = sqlite3.connect(f"{database.obj.database}.lock", timeout=UPGRADE_WAIT_S, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            lock.close()
        return
    database.execute_sql("SELECT pg_advisory_lock(%s)", (UPGRADE_LOCK,))
    try:
        yield
    finally:
        database.execute_sql("SELECT pg_advisory_unlock(%s)", (UPGRADE_LOCK,))

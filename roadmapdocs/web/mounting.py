"""What a host gives us, looked at before anything is set up; and how its contexts and requests become ours."""

from __future__ import annotations

import dataclasses
import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import peewee as pw
from flask import Flask, appcontext_pushed, appcontext_tearing_down, g, request, request_started

from roadmapdocs import db
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.installation import Installation, entered
from roadmapdocs.settings import ENVIRONMENT_PREFIX, Settings, load
from roadmapdocs.web import context

#: Keys of an application that begin as our settings do and are read by the API.
_OF_THE_API: Final = ("API_", "REST_")
#: A page of forty rows of a roadmap in Russian, percent-encoded, is larger than Flask's half a megabyte.
LARGEST_FORM: Final = 8 * 1024 * 1024
#: What surrounds a file in the body that brings it.
_AROUND_A_FILE: Final = 1024 * 1024


def settings_of(app: Flask, given: Settings | None, database: str | pw.Database | None) -> Settings:
    """The settings given, else those that ``app.config`` holds as ``ROADMAPDOCS_DATA``, ``ROADMAPDOCS_LANGUAGE``, …

    What the application does not name comes from the environment and from ``settings.toml`` in the data folder, which
    lies in the application's instance folder where nobody names it. ``database`` goes before all of them.

    :raise ConfigurationError: naming key and value
    """
    if given is None:
        given = load(environment={**os.environ, **_configured(app)})
    elif not isinstance(given, Settings):
        raise ConfigurationError(f"settings: {given!r} is not roadmapdocs.settings.Settings; give load() or nothing")
    if database is None:
        return given
    address = database if isinstance(database, str) else _address_of(database)
    return dataclasses.replace(given, database=address)


def _configured(app: Flask) -> Mapping[str, Any]:
    """The settings of ``app.config`` by their names in the environment, the data folder among them."""
    known = {f"{ENVIRONMENT_PREFIX}{field.name.upper()}" for field in dataclasses.fields(Settings)}
    found = {}
    for key, value in app.config.items():
        if not key.startswith(ENVIRONMENT_PREFIX) or key.removeprefix(ENVIRONMENT_PREFIX).startswith(_OF_THE_API):
            continue
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ConfigurationError(f"app.config: unknown key {key!r}{hint}")
        found[key] = value
    name = f"{ENVIRONMENT_PREFIX}DATA"
    folder = found.get(name, os.environ.get(name, Path(app.instance_path) / "roadmapdocs"))
    if not isinstance(folder, str | Path) or not str(folder).strip():
        raise ConfigurationError(f"app.config: {name}: {folder!r} is not the path of a folder")
    return {**found, name: folder}


def url_of(url: str) -> str:
    """The prefix of our addresses, or nothing.

    :raise ConfigurationError: if it is not such as ``/registry``
    """
    if not isinstance(url, str) or not re.fullmatch(r"(/[A-Za-z0-9_~.-]+)*", url):
        raise ConfigurationError(f"url: {url!r} is not a prefix such as '/registry'; write '' for none")
    return url


def usable(database: object) -> pw.Database:
    """A host's own database, if our tables can live in it.

    :raise ConfigurationError: saying what it lacks
    """
    if isinstance(database, pw.Proxy):
        database = database.obj
    if not isinstance(database, pw.SqliteDatabase | pw.PostgresqlDatabase):
        wanted = "neither an address nor a peewee database of SQLite or PostgreSQL"
        raise ConfigurationError(f"database: {database!r} is {wanted}")
    if database.deferred:
        raise ConfigurationError("database: this peewee database has no name yet; call its init() first")
    if isinstance(database, pw.SqliteDatabase):
        _check_sqlite(database)
    return database


def _check_sqlite(database: pw.SqliteDatabase) -> None:
    name = str(database.database)
    if name in {"", ":memory:"}:
        raise ConfigurationError(f"database: {name!r} is another database for each thread; give it a file")
    try:
        opened = database.connect(reuse_if_open=True)
        try:
            (kept,) = database.execute_sql("PRAGMA foreign_keys").fetchone()
        finally:
            if opened:
                database.close()
    except pw.DatabaseError as problem:
        raise ConfigurationError(f"database: {name!r} cannot be opened: {problem}") from problem
    if not kept:
        raise ConfigurationError(f"database: {name!r} keeps no foreign keys; make it with pragmas={{'foreign_keys': 1}}")


def _address_of(database: pw.Database) -> str:
    """What kind of database it is and which, for those who ask the settings; nothing is opened by it."""
    if isinstance(database, pw.SqliteDatabase):
        return f"sqlite:///{Path(str(database.database)).absolute()}"
    return f"postgresql:///{str(database.database).rpartition('/')[2]}"


def enter_with_contexts(app: Flask, installation: Installation, *, owns_database: bool) -> None:
    """Enter the installation with every context of the application: its requests, its commands, its background work.

    A database that is ours is closed with the context in which it was opened.
    """

    def entering(_app: Flask, **_more: object) -> None:
        if "roadmapdocs_entered" in g:  # the same context, pushed once more while an answer is streamed
            return
        g.roadmapdocs_entered = scope = entered(installation)
        scope.__enter__()
        g.roadmapdocs_was_closed = owns_database and db.database.is_closed()

    def leaving(_app: Flask, **_more: object) -> None:
        scope = g.pop("roadmapdocs_entered", None)
        if scope is None:
            return
        try:
            if g.roadmapdocs_was_closed and not db.database.is_closed() and not db.database.in_transaction():
                db.database.close()
        finally:
            # A server that is gone may leave a connection that cannot be closed; the thread goes on to another office.
            scope.__exit__(None, None, None)

    appcontext_pushed.connect(entering, app, weak=False)
    appcontext_tearing_down.connect(leaving, app, weak=False)


def borrow_connections(app: Flask) -> None:
    """On our addresses, open a host's database where the host has not, and close it again in that case only.

    A host may connect before each request with a call that refuses a connection opened already, so ours comes after
    all that the application does before a request: it belongs to our blueprints. They are registered by the time this
    is called, hence not by ``Blueprint.before_request``.
    """

    def borrow() -> None:
        g.roadmapdocs_borrowed = db.database.connect(reuse_if_open=True)

    def give_back(_error: BaseException | None = None) -> None:
        if g.pop("roadmapdocs_borrowed", False) and not db.database.is_closed() and not db.database.in_transaction():
            db.database.close()

    for name in our_blueprints(app):
        app.before_request_funcs.setdefault(name, []).insert(0, borrow)
        # Those of a blueprint are torn down in reverse order: ours comes last.
        app.teardown_request_funcs.setdefault(name, []).insert(0, give_back)


def our_blueprints(app: Flask) -> list[str]:
    return [name for name in app.blueprints if name.startswith("roadmapdocs")]


def allow_uploads(app: Flask, settings: Settings) -> None:
    """Bodies as large as a file may be, on our addresses only; what the host has chosen for itself holds there, too."""
    own_size = app.config["MAX_CONTENT_LENGTH"] != Flask.default_config["MAX_CONTENT_LENGTH"]
    own_form = app.config["MAX_FORM_MEMORY_SIZE"] != Flask.default_config["MAX_FORM_MEMORY_SIZE"]
    largest = largest_body(settings)

    def started(_app: Flask, **_more: object) -> None:
        if not context.ours():
            return
        if not own_size:
            request.max_content_length = largest
        if not own_form:
            request.max_form_memory_size = LARGEST_FORM

    # Not before_request: a host's guard of forms has read the whole body by then.
    request_started.connect(started, app, weak=False)


def largest_body(settings: Settings) -> int:
    return settings.max_upload + _AROUND_A_FILE

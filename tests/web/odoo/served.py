"""A registry that waitress serves on a free port of this machine, with something of everything in it."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import waitress

from roadmapdocs import installation
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.tokens import Scope, make_token, revoke_token
from roadmapdocs.settings import Settings
from roadmapdocs.web.app import create_app
from tests.conftest import NOW, TODAY
from tests.erp.odoo.models.desk import CLERK, DEPUTY, DRAFTER, HEAD, LAWYER, Desk, furnished

#: Those who call by programs.
CALLERS = (CLERK, HEAD, DRAFTER, LAWYER, DEPUTY)
#: How long the loop of the server waits for a connection before it looks whether it is to end (s).
_LOOK = 0.05


@dataclass(frozen=True)
class Served:
    """``logins`` and ``tokens`` by surname; ``tokens`` also has "revoked", "expired" and "reader" of the clerk."""

    port: int
    desk: Desk
    ids: dict[str, int]
    logins: dict[str, str]
    tokens: dict[str, str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def serving(address: str, folder: Path) -> Iterator[Served]:
    """The application on a migrated database, with its clock standing still."""
    before = installation.current()
    store = MemoryStore()
    settings = Settings(data=folder, database=address, password_cost="cheap", sign_in_limit="1000000 per minute")
    app = create_app(settings, store=store, clock=lambda: NOW)
    # Other tests point the usual installation at databases of theirs: it is not to be this one.
    installation.make_usual(before)
    with app.app_context():
        desk, ids = furnished(store)
        tokens = _tokens(desk)
    logins = {one: user.login for one, user in desk.office.users.items()}
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    stopping = threading.Event()
    loop = threading.Thread(target=_serve, args=(server, stopping))
    loop.start()
    try:
        yield Served(int(server.effective_port), desk, ids, logins, tokens)
    finally:
        stopping.set()
        loop.join()


def _serve(server: waitress.server.BaseWSGIServer, stopping: threading.Event) -> None:
    while not stopping.is_set():
        server.asyncore.loop(timeout=_LOOK, map=server._map, count=1)
    server.task_dispatcher.shutdown()
    server.close()
    server.asyncore.close_all(server._map)


def _tokens(desk: Desk) -> dict[str, str]:
    def made(surname: str, *scopes: Scope, now: dt.datetime = NOW, until: dt.datetime | None = None) -> tuple[int, str]:
        user = desk.office.users[surname]
        by = actor_of(user, today=TODAY)
        token, secret = make_token(user, "script", scopes or (Scope.READ, Scope.WRITE), expires_at=until, by=by, now=now)
        return token.id, secret

    tokens = {one: made(one)[1] for one in CALLERS}
    week = dt.timedelta(days=7)
    tokens["expired"] = made(CLERK, now=NOW - 2 * week, until=NOW - week)[1]
    tokens["reader"] = made(CLERK, Scope.READ)[1]
    number, tokens["revoked"] = made(CLERK)
    revoke_token(number, by=actor_of(desk.office.users[CLERK], today=TODAY), now=NOW)
    return tokens

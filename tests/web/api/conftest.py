"""The API behind a test's database, and callers with personal tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from roadmapdocs import db
from roadmapdocs.files.store import FileStore, MemoryStore
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of, create_user
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.people.tokens import Scope, make_token
from roadmapdocs.settings import Settings
from roadmapdocs.web.api.asking import LIMIT_SETTING
from roadmapdocs.web.api.setup import add_api
from tests.conftest import NOW, TODAY
from tests.web.application import application

PREFIX = "/api/v1"
PASSWORD = "long enough for all"
BOTH = (Scope.READ, Scope.WRITE)


@dataclass
class Api:
    """Callers by role: ``api.get("/@types")`` asks as a clerk; ``who`` is a role or an account."""

    app: Flask
    store: FileStore
    users: dict[Role, User] = field(default_factory=dict)
    secrets: dict[tuple[int, tuple[Scope, ...]], str] = field(default_factory=dict)

    def user(self, role: Role, person: Employee | None = None) -> User:
        if role not in self.users:
            self.users[role] = create_user(f"{role}.login", PASSWORD, [role], employee=person, by=SYSTEM, now=NOW)
        return self.users[role]

    def actor(self, who: Role | User = Role.CLERK) -> Actor:
        return actor_of(who if isinstance(who, User) else self.user(who), today=TODAY)

    def secret(self, who: Role | User = Role.CLERK, scopes: tuple[Scope, ...] = BOTH) -> str:
        user = who if isinstance(who, User) else self.user(who)
        if (user.id, scopes) not in self.secrets:
            by = actor_of(user, today=TODAY)
            self.secrets[user.id, scopes] = make_token(user, "Tests", scopes, expires_at=None, by=by, now=NOW)[1]
        return self.secrets[user.id, scopes]

    def call(self, method: str, path: str, *, who: Role | User | None = Role.CLERK, **more: Any) -> TestResponse:
        """``path`` below the prefix, or a whole address; without ``who`` no token is sent."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            headers.setdefault("Authorization", f"Bearer {self.secret(who)}")
        headers.setdefault("Accept-Language", "en")
        address = path if path.startswith("http") else PREFIX + path
        with self.app.test_client().open(address, method=method, headers=headers, **more) as response:
            response.get_data()
        return response

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.call("GET", path, **more)

    def post(self, path: str, json: Any = None, **more: Any) -> TestResponse:
        return self.call("POST", path, **({"json": json} if json is not None else {}), **more)

    def patch(self, path: str, json: Any, tag: str | None = None, **more: Any) -> TestResponse:
        headers = {**more.pop("headers", {}), **({"If-Match": tag} if tag else {})}
        return self.call("PATCH", path, json=json, headers=headers, **more)

    def delete(self, path: str, **more: Any) -> TestResponse:
        return self.call("DELETE", path, **more)


def api_on(address: str, data: Path, store: FileStore | None = None, now: dt.datetime = NOW) -> Api:
    """The API on a migrated database, with a clock that stands still."""
    # A limit of its own makes an application of its own, which other tests have asked for nothing yet.
    settings = Settings(data=data, database=address, language="en", password_cost="cheap", sign_in_limit="999999 per minute")
    kept = store or MemoryStore()
    app = application(settings, store=kept, clock=lambda: now)
    if "roadmapdocs_api_types" not in app.blueprints:
        add_api(app)
    return Api(app, kept)


@pytest.fixture
def api(tmp_path: Path, sqlite_address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    made = api_on(sqlite_address, tmp_path)
    monkeypatch.setitem(made.app.config, LIMIT_SETTING, "1000000 per minute")
    monkeypatch.setitem(made.app.config, "TESTING", True)
    yield made
    if not db.database.is_closed():
        db.database.close()

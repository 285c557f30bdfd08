"""An application of its own for each test, on a fresh SQLite database, and people who sign in."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs import db
from roadmapdocs.files.programs import Bounds
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.i18n import language
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Role
from roadmapdocs.previews.office import Office
from roadmapdocs.settings import Settings
from roadmapdocs.web.commands import preview_checks
from tests import factories
from tests.conftest import NOW
from tests.web.application import application
from tests.web.office import token


@pytest.fixture
def app(tmp_path: Path, sqlite_address: str) -> Iterator[Flask]:
    """The whole application; the tables can be used outside of requests, too."""
    settings = Settings(data=tmp_path, database=sqlite_address, password_cost="cheap", timezone="Europe/Moscow")
    made = application(settings, store=MemoryStore(), clock=lambda: NOW)
    yield made
    if not db.database.is_closed():
        db.database.close()


@dataclass
class Browser:
    """A client that knows the token of the forms."""

    client: FlaskClient

    def get(self, address: str, status: int = 200) -> str:
        response = self.client.get(address)
        assert response.status_code == status, response.get_data(as_text=True)
        return response.get_data(as_text=True)

    def post(self, address: str, **fields: object) -> TestResponse:
        return self.client.post(address, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        return token(self.client)


@functools.cache
def _told_of_the_program(ask: Callable[[Office, Bounds], str], office: Office, bounds: Bounds, language: str) -> str:
    return ask(office, bounds)


@pytest.fixture(autouse=True)
def _program_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """``check`` starts LibreOffice twice to see what it is good for: on one machine that is the same each time."""
    for name in ("_version", "_keeping"):
        ask = getattr(preview_checks, name)
        monkeypatch.setattr(preview_checks, name, lambda office, bounds, ask=ask: _told_of_the_program(ask, office, bounds, language()))


SignIn = Callable[..., Browser]


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """``sign_in(Role.CLERK, person=…)`` makes an account of these roles and signs it in."""

    def make(*roles: Role, person: Employee | None = None) -> Browser:
        login = "-".join(roles) or "nobody"
        factories.account(login, *roles, person=person)
        client = app.test_client()
        page = client.get("/sign-in").get_data(as_text=True)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        fields = {"csrf_token": found[1], "login": login, "password": factories.PASSWORD}
        assert client.post("/sign-in", data=fields).status_code == 302
        return Browser(client)

    return make

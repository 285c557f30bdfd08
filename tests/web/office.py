"""A small office behind the pages: an application on a test's database, and people who have signed in to it."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roadmapdocs import db
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import create_user
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings
from roadmapdocs.web.context import SESSION_KEY, session_value
from tests.conftest import NOW, TODAY
from tests.web.application import application

PASSWORD = "long enough for all"

#: The token of each browser that has asked for one, with what its session keeps of it.
_tokens: WeakKeyDictionary[FlaskClient, tuple[str, str]] = WeakKeyDictionary()


@dataclass
class Office:
    app: Flask
    clients: dict[Role, FlaskClient] = field(default_factory=dict)

    def client(self, role: Role) -> FlaskClient:
        """A browser in which somebody of this role has signed in."""
        if role not in self.clients:
            user = create_user(f"{role}.login", PASSWORD, [role], by=SYSTEM, now=NOW)
            self.clients[role] = self.client_of(user)
        return self.clients[role]

    def client_of(self, user: User) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session[SESSION_KEY] = session_value(user)
        return client


@contextlib.contextmanager
def office_on(address: str, data: Path, **settings: Any) -> Iterator[Office]:
    """The application on a migrated database, with its clock standing still at ``NOW``."""
    values = {"language": "en", "password_cost": "cheap", "sign_in_limit": "1000000 per minute", **settings}
    app = application(Settings(data=data, database=address, **values), clock=lambda: NOW)
    app.config["TESTING"] = True
    try:
        yield Office(app)
    finally:
        if not db.database.is_closed():
            db.database.close()


def token(client: FlaskClient, address: str = "/password") -> str:
    """The token without which no change is taken, from a form at the address; a page is asked once for a session."""
    kept, given = _tokens.get(client, ("", ""))
    if kept and kept == _kept(client):
        return given
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None
    _tokens[client] = (_kept(client), found.group(1))
    return found.group(1)


def _kept(client: FlaskClient) -> str:
    with client.session_transaction() as session:
        return str(session.get("csrf_token", ""))


def post(client: FlaskClient, address: str, follow: bool = False, **values: Any) -> TestResponse:
    """Send a form with its token."""
    return client.post(address, data={"csrf_token": token(client), **values}, follow_redirects=follow)


def download(client: FlaskClient, address: str) -> TestResponse:
    """A file with its bytes read, so that nothing of it stays open."""
    with client.get(address) as response:
        response.get_data()
    return response


def upload(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def document(title: str = "On the reading week", **values: Any) -> Document:
    card = {"kind": "order_main", "preparation": Preparation.SIGNED, "date": dt.date(2025, 11, 10), **values}
    return create_document(Card(title=title, **card), by=SYSTEM, now=NOW, today=TODAY)


@contextlib.contextmanager
def queries(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The statements that are run inside the block."""
    seen: list[str] = []
    opened = db.database.obj
    execute = opened.execute_sql

    def noted(sql: str, *arguments: Any, **options: Any) -> Any:
        seen.append(sql)
        return execute(sql, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(opened, "execute_sql", noted)
        yield seen

"""The small models of these tests, and an office that is filled once for all tests of a module that change nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Role
from roadmapdocs.people.tokens import Bearer, Scope, bearer_of, make_token
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.erp.odoo.school import fill, school

__all__ = ["school"]


@pytest.fixture(scope="module")
def filled_once(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The address of the database, and a clerk's token."""
    file = tmp_path_factory.mktemp("odoo-still") / "registry.sqlite3"
    shutil.copy(migrated_file, file)
    opened = db.connect(f"sqlite:///{file}")
    with opened.connection_context():
        fill()
        secret = clerks_token()
    return f"sqlite:///{file}", secret


@pytest.fixture
def still(filled_once: tuple[str, str], school: None) -> Iterator[None]:
    """Everything of the small models is there, and nobody changes it."""
    opened = db.connect(filled_once[0])
    with opened.connection_context():
        yield


@pytest.fixture
def caller(still: None, filled_once: tuple[str, str]) -> Bearer:
    """The clerk's program, in the office in which nothing changes."""
    return opened_by(filled_once[1])


@pytest.fixture
def bearer(sqlite_database: None, school: None) -> Bearer:
    """The clerk's program, in an office of the test's own."""
    fill()
    return opened_by(clerks_token())


def clerks_token() -> str:
    user = make.account("clerk", Role.CLERK)
    scopes = {Scope.READ, Scope.WRITE}
    return make_token(user, "script", scopes, expires_at=None, by=actor_of(user, today=TODAY), now=NOW)[1]


def opened_by(secret: str) -> Bearer:
    found = bearer_of(secret, now=NOW, today=TODAY)
    assert found is not None
    return found

"""An office for each test that asks for one."""

from __future__ import annotations

import pytest

from tests.assignments.office import Office, make_office


@pytest.fixture
def office(database: str) -> Office:
    """On both databases."""
    return make_office()


@pytest.fixture
def sqlite_office(sqlite_database: None) -> Office:
    return make_office()

"""Fixtures of acquaintance."""

from __future__ import annotations

import pytest

from tests.acquaintance.office import Office, make_office


@pytest.fixture
def office(database: str) -> Office:
    return make_office()

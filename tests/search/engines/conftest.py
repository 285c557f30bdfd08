"""Engines under test: one full shelf for a module to read, and an empty index for each test that writes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from roadmapdocs.search.ports import Engine
from tests.search.engines.places import Place
from tests.search.engines.shelf import SHELF

for _part in ("matching", "ordering", "writing", "hostile", "law", "crowd"):
    pytest.register_assert_rewrite(f"tests.search.engines.{_part}")

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def connected(place: Place) -> Iterator[Place]:
    with place.connected():
        yield place


@pytest.fixture(scope="module")
def shelf(connected: Place) -> Iterator[Engine]:
    """The records of ``shelf.py``, only to be read."""
    engine = connected.open("shelf")
    engine.create()
    engine.write(SHELF)
    yield engine
    engine.drop()


@pytest.fixture
def generation() -> str:
    return f"g{next(_numbers)}"


@pytest.fixture
def engine(connected: Place, generation: str) -> Iterator[Engine]:
    """An empty index of this test."""
    opened = connected.open(generation)
    opened.create()
    yield opened
    opened.drop()

"""The plain rule that engines are compared with passes the tables that they pass."""

from __future__ import annotations

import contextlib

import pytest

from tests.search.engines.matching import Matching
from tests.search.engines.places import Place
from tests.search.engines.reference import Reference


class ReferencePlace(Place):
    def connected(self) -> contextlib.AbstractContextManager[object]:
        return contextlib.nullcontext()

    def open(self, generation: str) -> Reference:
        return Reference()


@pytest.fixture(scope="module")
def place() -> ReferencePlace:
    return ReferencePlace()


class TestReference(Matching):
    pass

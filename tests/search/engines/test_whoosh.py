"""Whoosh in a folder passes the suite of all engines."""

from __future__ import annotations

import pytest

from tests.search.engines.contract import EngineContract
from tests.search.engines.places import WhooshPlace


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> WhooshPlace:
    return WhooshPlace(tmp_path_factory.mktemp("whoosh") / "search_index")


class TestWhoosh(EngineContract):
    pass

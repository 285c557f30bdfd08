"""An office whose application searches by an index in its own database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roadmapdocs.search import building, state
from tests.conftest import NOW
from tests.web.office import Office, office_on


@pytest.fixture
def office(sqlite_address: str, tmp_path: Path) -> Iterator[Office]:
    with office_on(sqlite_address, tmp_path, search="sqlite") as opened:
        state.use_index(opened.app.extensions["roadmapdocs"].settings, lambda: NOW)
        try:
            yield opened
        finally:
            state.close_index()


@pytest.fixture
def indexed(office: Office) -> Callable[[], None]:
    """Makes everything that is stored by now found."""

    def build() -> None:
        used = state.used()
        assert used is not None
        building.build(used, now=NOW)

    return build

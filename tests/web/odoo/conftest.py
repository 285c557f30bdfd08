"""A clerk who speaks Odoo's protocols, on a database of her own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.odoo.wire import Wire, wire_on


@pytest.fixture
def wire(sqlite_address: str, tmp_path: Path) -> Iterator[Wire]:
    with wire_on(sqlite_address, tmp_path) as made:
        yield made

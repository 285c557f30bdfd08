from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmapdocs.i18n import use_language


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Words of chips as their messages have them."""
    with use_language("en"):
        yield

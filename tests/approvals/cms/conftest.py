"""Sentences are examined by their English words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roadmapdocs.i18n import use_language


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with use_language("en"):
        yield

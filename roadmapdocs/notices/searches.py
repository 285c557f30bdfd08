"""What saved searches tell: something new matches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from roadmapdocs.hooks import search_matched
from roadmapdocs.notices.operations import tell


def listen() -> None:
    """React from now on. Idempotent."""
    search_matched.connect(_matched)


def _matched(saved: Any, *, keys: Sequence[str], now: dt.datetime, **_more: Any) -> None:
    """One notice for each search and look, however many records there are."""
    employee_id = saved.user.employee_id
    if employee_id is None:
        return
    key, path = f"search:{saved.id}/{now:%Y%m%d%H%M%S}", f"/search/saved/{saved.id}"
    tell([employee_id], "search_matched", key=key, path=path, about={"search": saved.name, "count": len(keys)}, now=now)

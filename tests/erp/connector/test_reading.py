"""What has changed since the last time is read page by page: every record, none of them twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.erp.connector import reading
from roadmapdocs.erp.connector.reading import changed
from tests.erp.connector.fake import FakeOdoo

PAGE = 3


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", PAGE)


class Paged(FakeOdoo):
    """Gives pages of three, and lets somebody write between two of them."""

    def __init__(self, moments: list[int], writes: list[tuple[int, int]]) -> None:
        super().__init__()
        for number, moment in enumerate(moments, start=1):
            self.put("hr.employee", id=number, write_date=f"2026-03-16 09:{moment:02}:00")
        # Time does not run back: the first to be taken is the earliest.
        self.writes = sorted(writes, key=lambda one: -one[1])

    def search_read(self, *arguments: Any, **named: Any) -> list[dict[str, Any]]:
        rows = super().search_read(*arguments, **{**named, "limit": PAGE})
        if self.writes:
            number, moment = self.writes.pop()
            if number <= len(self.rows["hr.employee"]):
                self.put("hr.employee", id=number, write_date=f"2026-03-16 10:{moment:02}:00")
        return rows


def read(odoo: FakeOdoo, since: str = "") -> list[dict[str, Any]]:
    return list(changed(odoo, "hr.employee", [], since))


@given(st.lists(st.integers(0, 4), max_size=25))
def test_every_record_is_read_once_in_the_order_of_writing(moments: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PAGE", PAGE)
        rows = read(Paged(moments, []))
    assert Counter(row["id"] for row in rows) == Counter(range(1, len(moments) + 1))
    assert [row["write_date"] for row in rows] == sorted(row["write_date"] for row in rows)


@given(
    st.lists(st.integers(0, 59), min_size=1, max_size=25, unique=True),
    st.lists(st.tuples(st.integers(1, 25), st.integers(0, 59)), max_size=6, unique_by=lambda one: one[1]),
)
def test_what_is_written_meanwhile_hides_no_other_record(moments: list[int], writes: list[tuple[int, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PAGE", PAGE)
        odoo = Paged(moments, writes)
        seen = {row["id"]: row["write_date"] for row in read(odoo)}
    assert set(seen) == set(range(1, len(moments) + 1))


@given(st.lists(st.integers(0, 9), max_size=15), st.integers(0, 9))
def test_the_last_second_is_read_once_more_and_nothing_before_it(moments: list[int], since: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "PAGE", PAGE)
        rows = read(Paged(moments, []), f"2026-03-16 09:{since:02}:00")
    assert len(rows) == sum(moment >= since for moment in moments)

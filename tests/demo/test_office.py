"""The made-up office, brought to life on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.operations import verify
from roadmapdocs.coverage.matrix import coverage_of_office
from roadmapdocs.coverage.rules import State
from roadmapdocs.demo.office import build
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import User, UserRole
from roadmapdocs.people.operations import sign_in
from roadmapdocs.people.rules import Role

PASSWORD = "дом-у-озера-7"


@pytest.mark.parametrize(
    ("database", "today"),
    [("sqlite", dt.date(2028, 2, 29)), pytest.param("postgresql", dt.date(2027, 12, 31), marks=pytest.mark.postgresql)],
    indirect=["database"],
)
def test_every_state_of_coverage_is_there_on_any_day(database: str, today: dt.date) -> None:
    now = dt.datetime.combine(today, dt.time(9), tzinfo=dt.UTC)
    store = MemoryStore()

    office = build(store, password=PASSWORD, today=today, now=now)

    found = {
        state
        for one in coverage_of_office(today=today).values()
        for state in one.totals.whole.counts
        if one.totals.whole.counts[state]
    }
    assert found == set(State)
    assert Document.select().count() == len(office.documents)
    assert all(store.holds(version.file.sha256) for version in DocumentVersion.select())
    assert {Role(row.role) for row in UserRole.select()} == set(Role)
    assert all(sign_in(user.login, PASSWORD, now=now) for user in User.select())
    assert verify() is None

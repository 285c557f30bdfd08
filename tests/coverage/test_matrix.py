"""Reading coverage: what is joined to what, and at what number of queries."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.coverage.matrix import answered_by, coverage_of, coverage_of_office
from roadmapdocs.coverage.operations import waive
from roadmapdocs.coverage.rules import State
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.operations import store_draft
from tests import factories as make
from tests.conftest import NOW, TODAY


def test_items_answered_by_a_unit_or_a_person_are_found_in_current_editions_only(database: str) -> None:
    unit = make.unit()
    person = make.employee("Лукина", unit)
    stored = make.roadmap(
        make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1), responsible=["УО"]),
        make.item("1.2", "Открыть выставку", make.deadline(2026, 2, 1), responsible=["Лукина О. С."]),
        make.item("1.3", "Издать сборник", make.deadline(2026, 2, 1), responsible=["Школы"]),
    )
    make.roadmap(
        make.item("1.2", "Открыть выставку", make.deadline(2026, 2, 1), responsible=["Лукина О. С."]),
        edition_of=stored.roadmap,
    )

    def numbers(units: set[int], employee: int | None) -> list[str]:
        return [one.item.number for one in answered_by(units, employee, today=TODAY)]

    assert numbers({unit.id}, None) == []
    assert numbers(set(), person.id) == ["1.2"]
    assert numbers({unit.id}, person.id) == ["1.2"]
    assert numbers(set(), None) == []


def test_terms_come_back_as_they_were_stored(database: str) -> None:
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1), make.yearly()))
    (item,) = coverage_of(edition, today=TODAY).items
    assert item.item.plan.terms == (make.deadline(2026, 2, 1), make.yearly())
    assert item.item.plan.period == (2025, 2027)
    assert all(isinstance(slot.slot.due, dt.date) for slot in item.slots)


def test_the_office_counts_the_current_edition_of_each_roadmap(database: str) -> None:
    old = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)))
    new = make.roadmap(
        make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)),
        make.item("1.2", "Открыть выставку", make.deadline(2026, 2, 1)),
        edition_of=old.roadmap,
    )
    other = make.roadmap(make.item("7", "Издать сборник", make.deadline(2027, 2, 1)), title="Краеведение")
    office = coverage_of_office(today=TODAY)
    assert {edition: one.totals.whole.late for edition, one in office.items()} == {new.id: 2, other.id: 0}


@pytest.mark.parametrize("size", [1, 30])
def test_coverage_costs_eleven_queries_however_many_items_there_are(
    size: int, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make.large_draft(size)
    edition = store_draft(draft, source=None, directory=DatabaseDirectory(), by=SYSTEM, now=NOW)
    sent = make.count_queries(monkeypatch)
    coverage = coverage_of(edition, today=TODAY)
    assert len(coverage.items) == size
    assert len(sent) == 11


def test_what_was_computed_is_used_again_until_somebody_does_something(database: str) -> None:
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 1)))
    first = coverage_of(edition, today=TODAY)

    again = coverage_of(edition, today=TODAY)
    slot = again.items[0].slots[0]
    waive(slot.expected.id, slot.slot.key, "Смотр отменён", by=SYSTEM, now=NOW)
    changed = coverage_of(edition, today=TODAY)

    assert again is first
    assert changed.items[0].slots[0].state is State.NOT_REQUIRED
    assert coverage_of(edition, today=dt.date(2026, 1, 31)).items[0].slots[0].state is State.NOT_REQUIRED

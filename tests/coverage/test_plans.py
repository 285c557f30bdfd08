"""Years of a roadmap that names none."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.draft import Approval, Draft, DraftExpected, DraftItem
from roadmapdocs.roadmap.operations import store_draft
from roadmapdocs.russian.terms import Term


def test_yearly_work_of_a_roadmap_without_years_is_wanted_in_each_year_of_its_own_dates(
    database: str, coordinator: Actor, now: dt.datetime
) -> None:
    yearly = Term("recurring", None, None, "yearly", "ежегодно")
    dated = Term("deadline", None, dt.date(2022, 12, 1), None, "До 01.12.2022")
    later = Term("range", dt.date(2024, 2, 1), dt.date(2024, 2, 29), None, "Февраль 2024")
    note = (DraftExpected("Справка", "аналитическая справка"),)
    items = tuple(
        DraftItem(str(number), None, f"Дело {number}", (term,), expected_documents=note)
        for number, term in enumerate((yearly, dated, later), start=1)
    )
    draft = Draft("План", None, Approval(), {}, (), items, ())
    edition = store_draft(draft, source=None, directory=DatabaseDirectory(), by=coordinator, now=now)

    yearly_item = coverage_of(edition, today=now.date()).items[0]

    assert [slot.slot.due for slot in yearly_item.slots] == [dt.date(year, 12, 31) for year in (2022, 2023, 2024)]

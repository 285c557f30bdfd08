"""Storing drafts: whole or not at all, once, and as editions; on both databases."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.hooks import edition_stored
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.draft import Approval, Defect, Draft, DraftExpected, DraftItem, DraftSection
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    ItemTerm,
    Responsible,
    Roadmap,
    Section,
    YearValue,
)
from roadmapdocs.roadmap.operations import Source, current_edition, get_roadmap, store_draft
from roadmapdocs.russian.terms import Term
from tests.processes import at_once

TERM = Term("range", dt.date(2026, 9, 1), dt.date(2026, 10, 31), None, "сентябрь–октябрь 2026")
ITEM = DraftItem(
    number="1.1",
    section="1",
    title="Провести смотр",
    terms=(TERM,),
    responsible=("УО", "Лукина О.С.", "школы"),
    responsible_text="УО, Лукина О.С., школы",
    expected_documents=(DraftExpected("Приказ", "приказ"), DraftExpected("Отчёт о смотре", "отчёт", inferred=True)),
    planned={"total": "2", "2026": "1"},
    results={"2026": "проведён"},
)
DRAFT = Draft(
    "Развитие чтения",
    (2025, 2027),
    Approval("приказ", number="5"),
    {"УО": "управление образования"},
    (DraftSection("1", "Школы"),),
    (ITEM,),
    (Defect("1.1", 7, "unreadable_period", "…"),),
)
TABLES = (Roadmap, Edition, Section, Item, ItemTerm, Responsible, YearValue, ExpectedDocument)

IMPORT = """
import datetime as dt
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap.draft import Approval, Draft, DraftItem
from roadmapdocs.roadmap.operations import Source, store_draft
draft = Draft("План", None, Approval(), {}, (), tuple(DraftItem(str(n), None, f"Дело {n}") for n in range(30)), ())
file = StoredFile.get_by_id(1)
def load():
    return store_draft(draft, source=Source(file, "план.txt"), directory=DatabaseDirectory(), by=SYSTEM,
                       now=dt.datetime(2026, 3, 16, tzinfo=dt.UTC))
"""
LOAD = """
try:
    result = load().number
except Refusal as refusal:
    result = refusal.code
"""
# The process dies inside the transaction, after everything was written and before the commit.
DIE = """
import os
from roadmapdocs.hooks import edition_stored
edition_stored.connect(lambda edition, **_rest: os._exit(9), weak=False)
load()
"""


@pytest.fixture
def file(database: str, now: dt.datetime) -> StoredFile:
    return keep("Дорожная карта".encode(), "карта.txt", store=MemoryStore(), now=now).file


def store(
    draft: Draft, by: Actor, now: dt.datetime, file: StoredFile | None = None, edition_of: Roadmap | None = None
) -> Edition:
    source = Source(file, "карта.txt") if file else None
    return store_draft(draft, source=source, directory=DatabaseDirectory(), edition_of=edition_of, by=by, now=now)


def counts() -> dict[str, int]:
    return {table.__name__: table.select().count() for table in TABLES}


def test_everything_of_a_draft_is_stored(file: StoredFile, coordinator: Actor, now: dt.datetime) -> None:
    office = Organisation.create(name="Управление", short_name="УО", genitive="управления")
    unit = Unit.create(organisation=office, name="Управление образования", abbreviation="УО")
    lukina = Employee.create(surname="Лукина", name="Ольга", patronymic="Сергеевна", gender="f")
    edition = store(DRAFT, coordinator, now, file)
    roadmap = edition.roadmap
    assert (roadmap.title, roadmap.first_year, roadmap.last_year) == ("Развитие чтения", 2025, 2027)
    assert (edition.number, edition.file, edition.stored_by) == (1, file, coordinator.name)
    assert (edition.approval["number"], edition.defects[0]["line"]) == ("5", 7)
    item = edition.items.get()
    assert (item.section.title, item.number, item.title) == ("Школы", "1.1", "Провести смотр")
    assert [row.term() for row in item.terms] == [TERM]
    assert [(row.text, row.unit_id, row.employee_id) for row in item.responsibles.order_by(Responsible.id)] == [
        ("УО", unit.id, None),
        ("Лукина О.С.", None, lukina.id),
        ("школы", None, None),
    ]
    assert {(row.year, row.planned, row.result) for row in item.year_values} == {
        (None, "2", None),
        (2026, "1", "проведён"),
    }
    expected = item.expected_documents.order_by(ExpectedDocument.position)
    assert [(row.title, row.kind, row.inferred, row.confirmed) for row in expected] == [
        ("Приказ", "приказ", False, True),
        ("Отчёт о смотре", "отчёт", True, False),
    ]


def test_a_title_given_by_hand_wins(database: str, coordinator: Actor, now: dt.datetime) -> None:
    edition = store_draft(
        DRAFT, source=None, directory=DatabaseDirectory(), title="Чтение", by=coordinator, now=now
    )
    assert get_roadmap(edition.roadmap_id).title == "Чтение"


def test_staff_load_no_roadmaps(database: str, staff: Actor, now: dt.datetime) -> None:
    with pytest.raises(Forbidden):
        store(DRAFT, staff, now)
    assert set(counts().values()) == {0}


def test_a_draft_without_items_is_refused(database: str, coordinator: Actor, now: dt.datetime) -> None:
    with pytest.raises(Refusal) as refused:
        store(Draft("План", None, Approval(), {}, (), (), ()), coordinator, now)
    assert refused.value.code == "no_items"


def test_the_same_file_again_is_noticed_and_named(file: StoredFile, coordinator: Actor, now: dt.datetime) -> None:
    first = store(DRAFT, coordinator, now, file)
    with pytest.raises(Refusal) as refused:
        store(DRAFT, coordinator, now, file)
    assert (refused.value.code, refused.value.details["roadmap"]) == ("duplicate_file", first.roadmap_id)
    assert counts()["Edition"] == 1


def test_a_new_edition_stands_beside_the_old_one(file: StoredFile, coordinator: Actor, now: dt.datetime) -> None:
    first = store(DRAFT, coordinator, now, file)
    told: list[tuple[int, int]] = []

    def hear(edition: Edition, *, previous: Edition) -> None:
        told.append((edition.number, previous.number))

    with edition_stored.connected_to(hear):
        second = store(DRAFT, coordinator, now, file, edition_of=first.roadmap)
    assert (second.roadmap_id, second.number) == (first.roadmap_id, 2)
    assert current_edition(first.roadmap) == second
    assert (counts()["Roadmap"], counts()["Item"]) == (1, 2)
    assert told == [(2, 1)]


def test_a_receiver_that_fails_takes_the_whole_storing_back(database: str, coordinator: Actor, now: dt.datetime) -> None:
    def fail(_edition: Edition, **_rest: object) -> None:
        raise ValueError

    with edition_stored.connected_to(fail), pytest.raises(ValueError, match=r"^$"):
        store(DRAFT, coordinator, now)
    assert set(counts().values()) == {0}


def test_a_roadmap_that_is_not_there_is_named_by_its_id(database: str) -> None:
    with pytest.raises(NotFound) as refused:
        get_roadmap(404)
    assert refused.value.details["id"] == 404


def test_of_imports_of_one_file_at_once_exactly_one_is_stored(file: StoredFile, database: str) -> None:
    told = at_once(database, [LOAD] * 3, preparation=IMPORT)
    assert sorted(str(one) for one in told) == ["1", "duplicate_file", "duplicate_file"]
    assert (counts()["Roadmap"], counts()["Item"]) == (1, 30)


def test_a_killed_import_leaves_nothing_half_stored(file: StoredFile, database: str, tmp_path: Path) -> None:
    code = f"from roadmapdocs import db\ndb.connect({database!r})\n{IMPORT}{DIE}"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 9
    assert set(counts().values()) == {0}
    assert at_once(database, [LOAD], preparation=IMPORT) == [1]

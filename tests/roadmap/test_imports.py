"""Loading a roadmap: read, corrected in several sittings, stored once; on both databases where it matters."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FolderStore, MemoryStore
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap import imports, review
from roadmapdocs.roadmap.models import Edition, Item, Roadmap, RoadmapImport
from roadmapdocs.roadmap.reader.derive import draft_of
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sheet import Meaning
from roadmapdocs.roadmap.reader.sheet_json import sheet_from_json
from tests.conftest import NOW
from tests.processes import at_once
from tests.roadmap.reader.tables import ROWS, TITLE, roadmap_file

UNTITLED = roadmap_file("1.1\tПровести смотр\tмай 2025\tМетодист\tСправка", "1.2\t\tмай 2025\tМетодист\tСправка")
CONFIRM = """
import datetime as dt
from pathlib import Path
from roadmapdocs.errors import Refusal
from roadmapdocs.people.directory import DatabaseDirectory
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.roadmap import imports
now = dt.datetime(2026, 3, 16, 9, 30, tzinfo=dt.UTC)
try:
    job = imports.get_import({job}, by=SYSTEM)
    edition = imports.confirm(job, job.revision, directory=DatabaseDirectory(), by=SYSTEM, now=now)
    result = "stored"
except Refusal as refusal:
    result = refusal.code
"""

# The process dies inside the transaction, after everything was written and before the commit.
DIE = """
import os
from roadmapdocs import db
from roadmapdocs.hooks import edition_stored
db.connect({address!r})
edition_stored.connect(lambda edition, **_rest: os._exit(9), weak=False)
"""


class Desk:
    """One person who loads roadmaps."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.store = MemoryStore()

    def begin(self, data: bytes | None = None, name: str = "карта.txt", **more: object) -> RoadmapImport:
        chosen = roadmap_file() if data is None else data
        return imports.begin_import(chosen, name, store=self.store, directory=DatabaseDirectory(), by=self.by, now=NOW, **more)  # type: ignore[arg-type]

    def correct(self, job: RoadmapImport, *edits: imports.Edit, revision: int | None = None) -> RoadmapImport:
        return imports.correct(job, edits, job.revision if revision is None else revision, by=self.by)

    def confirm(self, job: RoadmapImport, revision: int | None = None) -> Edition:
        at = job.revision if revision is None else revision
        return imports.confirm(job, at, directory=DatabaseDirectory(), by=self.by, now=NOW)


@pytest.fixture
def desk(database: str, coordinator: Actor) -> Desk:
    return Desk(coordinator)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def titles() -> list[str]:
    return [item.title for item in Item.select().order_by(Item.id)]


def test_a_file_is_read_corrected_and_stored(desk: Desk) -> None:
    job = desk.begin()
    assert (Roadmap.select().count(), job.revision, job.file_name) == (0, 1, "карта.txt")
    job = desk.correct(job, partial(review.set_cell, row_id=3, column=1, text="Составить список книг"))
    assert job.revision == 2
    edition = desk.confirm(job)
    assert edition.roadmap.title == TITLE
    assert titles() == [
        "Провести смотр школьных библиотек",
        "Составить список книг",
        "Провести курсы для учителей",
        "Обсудить итоги на совете",
    ]
    stored = imports.get_import(job.id, by=desk.by)
    assert (stored.state, stored.roadmap_id, edition.file.sha256) == ("stored", edition.roadmap_id, job.file.sha256)


def test_a_typed_title_goes_before_the_one_in_the_file(desk: Desk) -> None:
    assert desk.confirm(desk.begin(title=" Читаем вместе ")).roadmap.title == "Читаем вместе"


def test_a_stored_file_is_refused_and_says_where_it_is(desk: Desk) -> None:
    edition = desk.confirm(desk.begin())
    with pytest.raises(Refusal) as caught:
        desk.begin(name="другое имя.txt")
    assert (caught.value.code, caught.value.details["roadmap"]) == ("duplicate_file", edition.roadmap_id)
    assert RoadmapImport.select().count() == 1


def test_a_corrected_file_is_a_new_edition_beside_the_old_one(desk: Desk) -> None:
    first = desk.confirm(desk.begin())
    second = desk.confirm(desk.begin(roadmap_file(*ROWS[:3]), roadmap=first.roadmap))
    assert (second.roadmap_id, second.number) == (first.roadmap_id, 2)
    assert Edition.select().count() == 2


def test_the_same_file_may_be_a_new_edition_when_that_is_asked_for(desk: Desk) -> None:
    first = desk.confirm(desk.begin())
    assert desk.confirm(desk.begin(roadmap=first.roadmap)).number == 2


def test_choosing_a_file_twice_goes_on_with_the_unfinished_loading(desk: Desk, clerk: Actor) -> None:
    job = desk.begin()
    desk.correct(job, partial(review.skip, row_id=2))
    assert (desk.begin().id, desk.begin().revision) == (job.id, 2)
    other = imports.begin_import(roadmap_file(), "карта.txt", store=desk.store, directory=DatabaseDirectory(), by=clerk, now=NOW)
    assert other.id != job.id


def test_who_corrects_what_changed_meanwhile_is_told_and_nothing_is_lost(desk: Desk) -> None:
    job = desk.begin()
    mine, theirs = imports.get_import(job.id, by=desk.by), imports.get_import(job.id, by=desk.by)
    desk.correct(theirs, partial(review.skip, row_id=2))
    with pytest.raises(Conflict):
        desk.correct(mine, partial(review.skip, row_id=3))
    with pytest.raises(Conflict):
        desk.confirm(mine)
    sheet = imports.sheet_of_import(imports.get_import(job.id, by=desk.by))
    assert [row.id for row in sheet.rows if row.skipped] == [2]


def test_of_several_corrections_all_are_made_or_none(desk: Desk) -> None:
    job = desk.begin()
    edits = (partial(review.skip, row_id=2), partial(review.split_row, row_id=3))
    assert refused(lambda: desk.correct(job, *edits)) == "no_empty_line"
    assert imports.get_import(job.id, by=desk.by).revision == 1


def test_a_mistake_holds_the_loading_and_stores_nothing(desk: Desk) -> None:
    job = desk.begin(UNTITLED)
    assert refused(lambda: desk.confirm(job)) == "import_not_ready"
    assert (Roadmap.select().count(), imports.get_import(job.id, by=desk.by).state) == (0, "review")
    assert desk.confirm(desk.correct(job, partial(review.skip, row_id=2))).number == 1


def test_a_second_click_finds_the_roadmap_stored(desk: Desk) -> None:
    job = desk.begin()
    edition = desk.confirm(job)
    with pytest.raises(Refusal) as caught:
        desk.confirm(job)
    assert (caught.value.code, caught.value.details["roadmap"]) == ("import_stored", edition.roadmap_id)
    assert Edition.select().count() == 1


def test_two_loadings_of_one_file_store_it_once(desk: Desk, clerk: Actor) -> None:
    job = desk.begin()
    other = imports.begin_import(roadmap_file(), "карта.txt", store=desk.store, directory=DatabaseDirectory(), by=clerk, now=NOW)
    desk.confirm(job)
    assert refused(lambda: desk.confirm(other)) == "duplicate_file"
    assert (Edition.select().count(), imports.get_import(other.id, by=clerk).state) == (1, "review")


def test_of_processes_that_confirm_at_once_one_stores(database: str, coordinator: Actor) -> None:
    job = Desk(coordinator).begin()
    told = at_once(database, [CONFIRM.format(job=job.id)] * 3)
    assert told.count("stored") == 1
    assert set(told) <= {"stored", "import_stored", "changed_meanwhile"}
    assert Edition.select().count() == 1


def test_a_loading_whose_process_was_killed_waits_as_it_was(database: str, desk: Desk) -> None:
    job = desk.begin()
    code = DIE.format(address=database) + CONFIRM.format(job=job.id)
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 9
    assert (Roadmap.select().count(), Item.select().count()) == (0, 0)
    assert desk.confirm(imports.get_import(job.id, by=desk.by)).number == 1


def test_a_loading_given_up_is_closed(desk: Desk) -> None:
    job = desk.begin()
    imports.cancel(job, by=desk.by)
    assert refused(lambda: desk.correct(job)) == "import_cancelled"
    assert refused(lambda: imports.cancel(job, by=desk.by)) == "import_cancelled"
    assert desk.begin().id != job.id


def test_other_columns_read_the_file_anew_under_the_same_title(desk: Desk) -> None:
    job = desk.correct(desk.begin(), partial(review.set_title, text="Читаем вместе"))
    meanings = {
        0: Meaning(Role.NUMBER),
        1: Meaning(Role.TITLE),
        2: Meaning(Role.PERIOD),
        3: Meaning(Role.DOCUMENTS),
        4: Meaning(Role.RESPONSIBLE),
    }
    job = imports.remap(job, meanings, job.revision, store=desk.store, by=desk.by)
    sheet = imports.sheet_of_import(job)
    assert sheet.title == "Читаем вместе"
    assert [column.role for column in sheet.layouts[0]][3:] == [Role.DOCUMENTS, Role.RESPONSIBLE]
    assert sheet.rows[1].cells[3:] == (("Методист",), ("Справка",))


@pytest.mark.parametrize(
    "meanings",
    [
        {1: Meaning(Role.OTHER)},
        {1: Meaning(Role.TITLE), 2: Meaning(Role.TITLE)},
        {0: Meaning(Role.NUMBER), 1: Meaning(Role.TITLE), 2: Meaning(Role.NUMBER)},
    ],
)
def test_columns_that_make_no_table_are_refused(desk: Desk, meanings: dict[int, Meaning]) -> None:
    job = desk.begin()
    assert refused(lambda: imports.remap(job, meanings, 1, store=desk.store, by=desk.by)) == "unclear_columns"


def test_who_loads_no_roadmaps_does_none_of_it(desk: Desk, staff: Actor) -> None:
    job = desk.begin()
    other = Desk(staff)
    other.store = desk.store
    for act in (
        other.begin,
        lambda: other.correct(job),
        lambda: other.confirm(job),
        lambda: imports.cancel(job, by=staff),
        lambda: imports.get_import(job.id, by=staff),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_loading_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        imports.get_import(99, by=desk.by)


def test_a_file_that_cannot_be_read_leaves_nothing(desk: Desk) -> None:
    assert refused(lambda: desk.begin(b"Just a letter, no table.\n")) == "no_table"
    assert (RoadmapImport.select().count(), StoredFile.select().count()) == (0, 0)


def load(store: FolderStore, **more: object) -> Edition:
    data = more.pop("data", None) or roadmap_file()
    values = {"directory": DatabaseDirectory(), "store": store, "now": dt.datetime(2026, 3, 1, tzinfo=dt.UTC), **more}
    return imports.import_file(data, "карта чтения.txt", **values)  # type: ignore[arg-type]


def test_a_file_is_stored_in_one_go_with_its_doubts(sqlite_database: None, tmp_path: Path, coordinator: Actor) -> None:
    edition = load(FolderStore(tmp_path), data=UNTITLED, by=coordinator)
    assert [defect["code"] for defect in edition.defects] == ["missing_title"]
    assert Item.select().count() == 2


def test_a_roadmap_without_a_title_is_called_as_its_file(
    sqlite_database: None, tmp_path: Path, coordinator: Actor
) -> None:
    assert load(FolderStore(tmp_path), data=roadmap_file(title=""), by=coordinator).roadmap.title == "карта чтения"


def test_a_new_edition_finds_its_roadmap_by_file_or_title(
    sqlite_database: None, tmp_path: Path, coordinator: Actor
) -> None:
    store = FolderStore(tmp_path)
    first = load(store, by=coordinator)
    with pytest.raises(Refusal):
        load(store, by=coordinator)
    again = load(store, by=coordinator, new_edition=True)
    other = load(store, by=coordinator, new_edition=True, data=UNTITLED)
    assert [again.roadmap_id, other.roadmap_id] == [first.roadmap_id] * 2
    assert [again.number, other.number] == [2, 3]


def test_a_new_edition_of_nothing_known_asks_for_the_roadmap(
    sqlite_database: None, tmp_path: Path, coordinator: Actor
) -> None:
    with pytest.raises(Refusal) as caught:
        load(FolderStore(tmp_path), by=coordinator, new_edition=True)
    assert caught.value.code == "no_roadmap_to_follow"
    assert Roadmap.select().count() == 0


def test_an_abbreviation_of_the_offices_own_unit_needs_no_explanation(desk: Desk) -> None:
    file = roadmap_file("1.1\tПровести смотр\tмай 2025\tРИЦ\tСправка")

    def doubts(data: bytes) -> set[str]:
        return {defect.code for defect in draft_of(sheet_from_json(desk.begin(data).sheet)).defects}

    before = doubts(file)
    office = Organisation.create(name="Управление", short_name="УО", genitive="Управления")
    Unit.create(organisation=office, name="Ресурсный центр", abbreviation="РИЦ")

    assert "unknown_abbreviation" in before
    assert "unknown_abbreviation" not in doubts(file + b"\n")

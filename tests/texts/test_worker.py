"""A file is read once, whoever has it however often; what fails is tried thrice at most and keeps nobody waiting."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest

from roadmapdocs.db import database as connection
from roadmapdocs.db import transaction
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FolderStore
from roadmapdocs.hooks import file_text_read
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import ask, counts, marks_of, problems, text_of, try_again
from roadmapdocs.texts.ports import Failure
from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.rules import MOST_ATTEMPTS, READER, STALE_AFTER, Problem, State
from roadmapdocs.texts.worker import Worker
from tests.conftest import NOW
from tests.texts.made import Clock, ToldReader, states, stored


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told_reader() -> ToldReader:
    return ToldReader()


@pytest.fixture
def worker(store: FolderStore, clock: Clock, told_reader: ToldReader) -> Worker:
    return Worker(told_reader, store, clock)


@pytest.fixture
def heard() -> Iterator[list[tuple[int, bool]]]:
    """Ids of files of which it was said that they are read, and whether that was inside a transaction."""
    ids: list[tuple[int, bool]] = []

    def hear(file_id: int, **_more: object) -> None:
        ids.append((file_id, connection.in_transaction()))

    file_text_read.connect(hear)
    yield ids
    file_text_read.disconnect(hear)


def asked(store: FolderStore, name: str = "Приказ", data: bytes | None = None) -> StoredFile:
    file = stored(store, data or name.encode(), f"{name}.txt")
    ask(file, now=NOW)
    return file


def row_of(file: StoredFile) -> FileText:
    return FileText.get(FileText.file == file)


def test_a_file_is_read_once_however_often_it_is_asked_for(
    database: str, store: FolderStore, worker: Worker, heard: list[tuple[int, bool]]
) -> None:
    file = asked(store, "О смотре")
    asked(store, "О смотре")
    assert worker.work_off().counts == {State.READ: 1}
    asked(store, "О смотре")
    assert worker.work_off().counts == {}
    row = row_of(file)
    assert (row.state, row.way, row.problem, row.reader, row.attempts, row.read_at) == ("read", "txt", "", READER, 1, NOW)
    assert text_of(file.id) == "О смотре"
    assert heard == [(file.id, True)]


def test_what_is_no_document_is_not_read(sqlite_database: None, store: FolderStore) -> None:
    ask(StoredFile.create(sha256="0" * 64, size=1, format="signature", stored_at=NOW), now=NOW)
    assert states() == []
    assert text_of(1) == ""


@pytest.mark.parametrize(
    ("found", "state", "problem"),
    [
        (Found("текст", "docx"), "read", ""),
        (Found("текст", "pdf", Problem.PAGES), "partly", "pages"),
        (Found("текст", "pdf", scans=(1,)), "partly", "scan"),
        (Found("", "pdf", scans=(0, 1)), "empty", "scan"),
        (Found("", "docx"), "empty", ""),
    ],
)
def test_how_a_file_stands_that_was_read(
    sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader, found: Found, state: str, problem: str
) -> None:
    told_reader.answers.append(found)
    file = asked(store)
    worker.work_off()
    row = row_of(file)
    assert (row.state, row.problem, row.text) == (state, problem, found.text)


@pytest.mark.parametrize("problem", [Problem.DAMAGED, Problem.LOCKED, Problem.TOO_LARGE, Problem.CONVERTER])
def test_what_would_fare_the_same_is_tried_once(
    sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader, problem: Problem, heard: list[tuple[int, bool]]
) -> None:
    told_reader.answers.append(Failure(problem, "as it said"))
    file = asked(store)
    assert worker.work_off().counts == {State.UNREADABLE: 1}
    row = row_of(file)
    assert (row.state, row.problem, row.told, row.attempts) == ("unreadable", problem, "as it said", 1)
    assert heard == [(file.id, True)]


@pytest.mark.parametrize("problem", [Problem.TOO_LONG, Problem.CRASHED])
def test_what_may_pass_is_tried_thrice_with_longer_and_longer_waits(
    database: str, store: FolderStore, worker: Worker, told_reader: ToldReader, clock: Clock, problem: Problem
) -> None:
    told_reader.answers += [Failure(problem, "as it said")] * 9
    file = asked(store)
    waits = []
    while worker.work_off().counts == {State.WAITING: 1}:
        wait = row_of(file).next_at - clock.now
        waits.append(wait)
        clock.go(seconds=wait.total_seconds() - 1)
        assert worker.work_off().counts == {}
        clock.go(seconds=1)
    assert waits == [dt.timedelta(minutes=1), dt.timedelta(minutes=10)]
    row = row_of(file)
    assert (row.state, row.problem, row.attempts) == ("unreadable", problem, MOST_ATTEMPTS)


def test_a_file_that_fails_keeps_no_other_waiting(
    sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader
) -> None:
    told_reader.answers.append(Failure(Problem.CRASHED, "ended with -9"))
    asked(store, "первый")
    asked(store, "второй")
    assert worker.work_off().counts == {State.WAITING: 1, State.READ: 1}


def test_a_file_that_is_not_in_the_store_is_told_and_read_once_it_is_back(
    sqlite_database: None, store: FolderStore, worker: Worker, clock: Clock
) -> None:
    file = asked(store, "Приказ", b"text")
    place = next(store._folder.rglob(file.sha256))
    place.unlink()
    for _attempt in range(MOST_ATTEMPTS):
        worker.work_off()
        clock.go(hours=1)
    assert (row_of(file).state, row_of(file).problem) == ("unreadable", "missing")
    worker.sweep()
    assert row_of(file).state == "unreadable"
    store.put(b"text")
    worker.sweep()
    assert worker.work_off().counts == {State.READ: 1}
    assert (row_of(file).text, row_of(file).problem) == ("text", "")


def test_a_scan_is_recognised_when_nothing_quick_waits(
    database: str, store: FolderStore, worker: Worker, told_reader: ToldReader, heard: list[tuple[int, bool]]
) -> None:
    told_reader.recognises = True
    told_reader.answers += [Found("обложка", "pdf", scans=(1,)), Found("b", "txt"), Found("обложка\fприказ", "ocr")]
    scan, quick = asked(store, "Скан"), asked(store, "Текст")
    worker.work_off()
    assert [recognise for _kind, recognise in told_reader.asked] == [False, False, True]
    row = row_of(scan)
    assert (row.state, row.way, row.problem, row.text) == ("read", "ocr", "", "обложка\fприказ")
    assert heard == [(scan.id, True), (quick.id, True), (scan.id, True)]


def test_a_quick_worker_leaves_scans_and_old_formats_to_others(sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader) -> None:
    told_reader.recognises = True
    told_reader.answers.append(Found("обложка", "pdf", scans=(1,)))
    scan = asked(store)
    ask(StoredFile.create(sha256="0" * 64, size=1, format="doc", stored_at=NOW), now=NOW)
    assert dataclasses.replace(worker, quick=True).work_off().counts == {State.WAITING: 1}
    assert states() == ["waiting", "waiting"]
    assert text_of(scan.id) == "обложка"


def test_what_was_read_stays_when_the_pictures_cannot_be(
    sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader, clock: Clock
) -> None:
    told_reader.recognises = True
    told_reader.answers += [Found("обложка", "pdf", scans=(1,))] + [Failure(Problem.TOO_LONG, "no answer in time")] * 3
    file = asked(store)
    for _attempt in range(MOST_ATTEMPTS):
        worker.work_off()
        clock.go(hours=1)
    row = row_of(file)
    assert (row.state, row.problem, row.text) == ("partly", "too_long", "обложка")


@pytest.mark.parametrize(("problem", "ability"), [("scan", "recognises"), ("converter", "converts")])
def test_what_waited_for_a_program_is_read_once_it_is_there(
    sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader, problem: str, ability: str
) -> None:
    file = asked(store)
    FileText.update(state="empty", problem=problem, reader=READER).execute()
    worker.sweep()
    assert states() == ["empty"]
    setattr(told_reader, ability, True)
    worker.sweep()
    assert worker.work_off().counts == {State.READ: 1}
    assert row_of(file).problem == ""


def test_what_an_older_reader_read_is_read_again_and_found_until_then(sqlite_database: None, store: FolderStore, worker: Worker) -> None:
    file = asked(store)
    worker.work_off()
    worker.sweep()
    assert states() == ["read"]
    FileText.update(reader=READER - 1).execute()
    worker.sweep()
    assert states() == ["waiting"]
    assert text_of(file.id) == "Приказ"
    worker.work_off()
    assert row_of(file).reader == READER


def test_what_a_dead_worker_left_is_taken_up_thrice(database: str, store: FolderStore, worker: Worker, clock: Clock) -> None:
    file = asked(store)
    assert worker._claim() is not None
    worker.sweep()
    assert worker.work_off().counts == {}
    clock.go(seconds=STALE_AFTER.total_seconds())
    worker.sweep()
    assert states() == ["waiting"]
    FileText.update(state="working", attempts=MOST_ATTEMPTS, claimed_at=NOW).execute()
    worker.sweep()
    assert (row_of(file).state, row_of(file).problem) == ("unreadable", "crashed")


def test_a_worker_thought_dead_writes_nothing(sqlite_database: None, store: FolderStore, worker: Worker, heard: list[tuple[int, bool]]) -> None:
    file = asked(store)
    late = worker._claim()
    assert late is not None
    FileText.update(attempts=2).execute()
    worker._keep(late, Found("поздно", "txt"))
    assert (row_of(file).state, row_of(file).text) == ("working", "")
    assert heard == []


def test_what_is_cut_short_with_the_service_costs_no_attempt(sqlite_database: None, store: FolderStore, worker: Worker, told_reader: ToldReader) -> None:
    told_reader.answers.append(Failure(Problem.CRASHED, "ended with -9"))
    file = asked(store)
    stopping = iter([False, True, True])
    dataclasses.replace(worker, stop=lambda: next(stopping)).work_off()
    assert (row_of(file).state, row_of(file).attempts) == ("waiting", 0)


def test_no_more_files_are_read_than_asked_for(sqlite_database: None, store: FolderStore, worker: Worker) -> None:
    for number in range(3):
        asked(store, f"Приказ {number}")
    assert worker.work_off(2).counts == {State.READ: 2}


def test_a_change_that_fails_leaves_no_asking(sqlite_database: None, store: FolderStore) -> None:
    file = stored(store)
    with pytest.raises(ValueError, match="refused"), transaction():
        ask(file, now=NOW)
        raise ValueError("refused")
    assert states() == []


def test_a_file_may_be_tried_again_and_is_counted(database: str, store: FolderStore, worker: Worker, told_reader: ToldReader) -> None:
    told_reader.answers.append(Failure(Problem.LOCKED, "encrypted"))
    file = asked(store)
    assert not try_again(file.id, now=NOW)
    worker.work_off()
    assert (counts(), problems()) == ({"unreadable": 1}, {"locked": 1})
    assert marks_of([file.id, 99])[file.id].problem == "locked"
    assert try_again(file.id, now=NOW)
    worker.work_off()
    assert (counts(), problems()) == ({"read": 1}, {})

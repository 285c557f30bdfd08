"""A preview is made once, whoever asks however often; what fails is tried thrice at most and keeps nobody waiting."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FolderStore
from roadmapdocs.previews import operations
from roadmapdocs.previews.models import PagePicture, Preview
from roadmapdocs.previews.operations import ask, looked_at, picture_of, pictures_of, preview_of, try_again
from roadmapdocs.previews.ports import Absent, Broken, Crashed, Missing, TooLong
from roadmapdocs.previews.rules import MOST_ATTEMPTS, STALE_AFTER, PreviewState
from roadmapdocs.previews.worker import Worker
from tests.conftest import NOW
from tests.previews.made import Clock, FakeConverter, FakeDrawer, pdf, states, stored, word


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def worker(store: FolderStore, clock: Clock) -> Worker:
    return Worker(FakeConverter(), FakeDrawer(), store, clock)


def asked(store: FolderStore, name: str = "Приказ", **more: bool) -> Preview:
    file = stored(store, word(name))
    ask(file, now=NOW, **more)
    found = preview_of(file.id, archival=more.get("archival", False))
    assert found is not None
    return found


def again(preview: Preview) -> Preview:
    return Preview.get_by_id(preview.id)


def test_a_preview_is_made_once_however_often_it_is_asked_for(database: str, store: FolderStore, worker: Worker) -> None:
    preview = asked(store)
    asked(store)
    assert worker.work_off().counts == {"done": 1}
    asked(store)
    assert worker.work_off().counts == {}
    made = again(preview)
    assert (made.state, made.pages, made.result.format, made.attempts) == ("done", 2, "pdf", 1)
    assert [(one.number, one.width, one.height) for one in pictures_of(made)] == [(1, 900, 1273), (2, 900, 1273)]
    second = picture_of(made, 2)
    assert second is not None
    with store.open(second.file.sha256) as stream:
        assert stream.read() == b"second"
    assert picture_of(made, 3) is None


def test_what_came_as_pdf_is_drawn_and_not_converted(sqlite_database: None, store: FolderStore, worker: Worker) -> None:
    file = stored(store, pdf(), "Скан.pdf")
    ask(file, now=NOW)
    ask(file, archival=True, now=NOW)
    worker.work_off()
    (preview,) = Preview.select()
    assert preview.result_id == file.id
    assert worker.converter.names == []  # type: ignore[attr-defined]  # the fake one


def test_plain_text_has_no_preview(sqlite_database: None, store: FolderStore) -> None:
    file = stored(store, b"text", "a.txt")
    assert looked_at(file, now=NOW) is None
    ask(file, now=NOW)
    assert states() == []


def test_the_archival_one_is_made_beside_the_other(sqlite_database: None, store: FolderStore, worker: Worker) -> None:
    plain, archival = asked(store), asked(store, archival=True)
    worker.work_off()
    assert worker.converter.archival == [False, True]  # type: ignore[attr-defined]  # the fake one
    assert again(plain).result_id != again(archival).result_id
    assert pictures_of(again(archival)) == []


def test_what_somebody_looks_at_is_made_before_what_came_earlier(sqlite_database: None, store: FolderStore, worker: Worker) -> None:
    first, second = asked(store, "первый"), asked(store, "второй")
    looked_at(StoredFile.get_by_id(second.source_id), now=NOW)
    order: list[int] = []
    stop = iter([False, True])
    dataclasses.replace(worker, stop=lambda: next(stop)).work_off()
    order = [preview.id for preview in Preview.select().where(Preview.state == "done")]
    assert order == [second.id]
    assert again(first).state == "waiting"


def test_waiting_counts_from_the_first_who_looked(database: str, store: FolderStore) -> None:
    preview = asked(store)
    first, later = NOW + dt.timedelta(days=30), NOW + dt.timedelta(days=31)
    for moment in (first, later):
        seen = looked_at(preview.source, now=moment)
        assert seen is not None
        assert (operations.due_since(seen), operations.due_since(again(preview))) == (first, first)


def test_an_attempt_that_is_put_off_is_not_yet_due(sqlite_database: None, store: FolderStore, worker: Worker, clock: Clock) -> None:
    preview = asked(store, wanted=True)
    clock.go(days=30)
    dataclasses.replace(worker, converter=FakeConverter([Crashed("ended with -11")])).work_off()
    assert operations.due_since(again(preview)) == clock.now + dt.timedelta(minutes=1)


@pytest.mark.parametrize("failure", [TooLong("over 60 s"), Crashed("ended with -11")])
def test_what_may_pass_is_tried_thrice_and_then_given_up_with_a_reason(
    database: str, store: FolderStore, clock: Clock, failure: Exception
) -> None:
    preview = asked(store)
    worker = Worker(FakeConverter([failure] * 9), FakeDrawer(), store, clock)  # type: ignore[list-item]  # one of ours
    seen = []
    for _day in range(6):
        seen += [str(state) for state in worker.work_off().counts]
        clock.go(days=1)
    assert seen == ["waiting", "waiting", "failed"]
    failed = again(preview)
    assert (failed.attempts, failed.reason, failed.told) == (3, failure.reason, str(failure))  # type: ignore[attr-defined]
    assert len(worker.converter.names) == MOST_ATTEMPTS  # type: ignore[attr-defined]  # the fake one


def test_it_waits_between_attempts(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    asked(store)
    worker = Worker(FakeConverter([Crashed("x")]), FakeDrawer(), store, clock)
    worker.work_off()
    assert worker.work_off().counts == {}
    clock.go(minutes=1)
    assert worker.work_off().counts == {"done": 1}


def test_a_broken_file_is_tried_once_and_others_after_it_are_made(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    bad, good = asked(store, "плохой"), asked(store, "хороший")
    report = Worker(FakeConverter([Broken("no")]), FakeDrawer(), store, clock).work_off()
    assert report.counts == {"failed": 1, "done": 1}
    assert (again(bad).state, again(bad).reason, again(good).state) == ("failed", "broken", "done")


def test_whoever_wants_it_has_it_tried_again(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    bad = asked(store)
    worker = Worker(FakeConverter([Broken("no")]), FakeDrawer(), store, clock)
    worker.work_off()
    assert try_again(bad.id, now=NOW)
    assert not try_again(bad.id, now=NOW), "it has not failed any more"
    assert worker.work_off().counts == {"done": 1}
    assert again(bad).reason == ""


def test_without_an_office_program_it_waits_for_one(database: str, store: FolderStore, clock: Clock) -> None:
    preview = asked(store)
    absent = Worker(Absent(), FakeDrawer(), store, clock)
    for _round in range(5):
        absent.sweep()
        absent.work_off()
    assert again(preview).state == "unavailable"
    there = Worker(FakeConverter(), FakeDrawer(), store, clock)
    there.sweep()
    assert there.work_off().counts == {"done": 1}
    assert operations.counts() == {"done": 1}


def test_the_pdf_is_kept_where_only_its_pages_cannot_be_drawn(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    preview = asked(store)
    Worker(FakeConverter(), FakeDrawer([Crashed("x")]), store, clock).work_off()
    assert (again(preview).state, again(preview).pages) == ("done", 0)
    assert again(preview).result_id is not None


def test_a_pdf_that_cannot_be_drawn_has_no_preview(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    ask(stored(store, pdf(), "Скан.pdf"), now=NOW)
    Worker(FakeConverter(), FakeDrawer([Broken("x")]), store, clock).work_off()
    assert states() == ["failed"]


def test_what_a_dead_worker_had_is_taken_up_and_not_for_ever(database: str, store: FolderStore, worker: Worker, clock: Clock) -> None:
    preview = asked(store)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert worker._claim() is not None
        worker.sweep()
        assert again(preview).state == "working", "it may be at work still"
        clock.go(seconds=STALE_AFTER.total_seconds())
        worker.sweep()
        assert again(preview).state == ("waiting" if attempt < MOST_ATTEMPTS else "failed")
    assert again(preview).reason == "crashed"


def test_a_worker_that_was_thought_dead_changes_nothing_any_more(sqlite_database: None, store: FolderStore, worker: Worker, clock: Clock) -> None:
    preview = asked(store)
    late = worker._claim()
    assert late is not None
    clock.go(seconds=STALE_AFTER.total_seconds())
    worker.sweep()
    worker.work_off()
    done_at = again(preview).done_at
    clock.go(minutes=1)
    worker._keep(late, pdf(), FakeDrawer().draw(pdf()))
    worker._settle(late, {"state": str(PreviewState.FAILED)})
    assert (again(preview).state, again(preview).done_at) == ("done", done_at)
    assert PagePicture.select().count() == 2


def test_what_is_cut_short_with_the_service_counts_as_no_attempt(sqlite_database: None, store: FolderStore, clock: Clock) -> None:
    preview = asked(store)
    stops = iter([False, True, True])
    Worker(FakeConverter([Crashed("killed")]), FakeDrawer(), store, clock, lambda: next(stops)).work_off()
    assert (again(preview).state, again(preview).attempts) == ("waiting", 0)


def test_a_file_that_is_gone_from_the_store_is_told(sqlite_database: None, store: FolderStore, worker: Worker, tmp_path: Path) -> None:
    preview = asked(store)
    for file in tmp_path.glob("files/*/*"):
        file.unlink()
    worker.work_off()
    assert (again(preview).state, again(preview).reason) == ("failed", "broken")
    assert preview.source.sha256 in again(preview).told


def test_a_full_disk_is_a_failure_that_may_pass(
    sqlite_database: None, store: FolderStore, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = asked(store)

    def full(*_arguments: object, **_more: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FakeConverter, "convert", full)
    worker.work_off()
    assert (again(preview).state, again(preview).next_at) == ("waiting", NOW + dt.timedelta(minutes=1))


def test_missing_is_a_failure_of_the_port(store: FolderStore) -> None:
    with pytest.raises(Missing):
        Absent().convert(b"", "x.docx", archival=False)

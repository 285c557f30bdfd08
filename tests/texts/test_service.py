"""Files are read beside mail, in a thread of their own, by whoever the queue wakes."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest

from roadmapdocs import duties
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.documents.versions import add_version
from roadmapdocs.files.store import FolderStore
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.settings import Settings
from roadmapdocs.texts import service
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import ask
from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.rules import State
from roadmapdocs.texts.service import IDLE_AFTER, Texts, read_waiting
from tests.conftest import NOW
from tests.factories import document
from tests.texts.made import Clock, ToldReader, states, stored, word

LONGEST_WAIT_S = 20.0


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    duties.close_queue()


class Closing(ToldReader):
    """Counts how often it is closed."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


def test_a_file_is_read_by_the_duty_that_adding_it_wakes(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "reader_of", lambda _settings: ToldReader())
    turned = threading.Semaphore(0)
    texts = Texts(settings, lambda: NOW)
    turn = texts.turn

    def noted(stopping: threading.Event) -> object:
        try:
            return turn(stopping)
        finally:
            turned.release()

    monkeypatch.setattr(texts, "turn", noted)
    duty = texts.duty()
    duties.open_queue(settings, {duty.name: duty.wake})
    duty.start()
    try:
        assert turned.acquire(timeout=LONGEST_WAIT_S)
        ask(stored(store), now=NOW)
        opened = duties._opened.get()
        assert opened is not None
        assert [list(task.args) for task in opened.huey.pending()] == [["texts"]]
        opened.look("texts")
        assert turned.acquire(timeout=LONGEST_WAIT_S)
    finally:
        duty.ask_to_end()
        duty.wait_for_end()
    assert states() == ["read"]


def test_files_of_before_are_asked_for_in_the_first_round(settings: Settings, store: FolderStore, database: str) -> None:
    made = document()
    add_version(made, word("О смотре"), "Приказ.docx", store=store, brought_in=True, by=SYSTEM, now=NOW)
    FileText.delete().execute()
    stored(store, b"a template of nobody", "шаблон.txt")
    texts = Texts(settings, lambda: NOW)
    try:
        assert texts.turn(threading.Event()).counts == {State.READ: 1}
    finally:
        texts.end()
    assert [row.file_id for row in FileText.select()] == [DocumentVersion.get().file_id]


def test_a_kept_reader_that_has_nothing_to_do_is_ended_and_looked_for_anew(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Closing] = []

    def reader(_settings: Settings) -> Closing:
        made.append(Closing())
        return made[-1]

    monkeypatch.setattr(service, "reader_of", reader)
    clock = Clock()
    texts = Texts(settings, clock)
    ask(stored(store), now=NOW)
    for _round in range(2):
        texts.turn(threading.Event())
    assert [one.closed for one in made] == [0]
    clock.go(seconds=IDLE_AFTER.total_seconds())
    texts.turn(threading.Event())
    assert [one.closed for one in made] == [1]
    texts.turn(threading.Event())
    assert len(made) == 2


def test_reading_for_a_command_stops_at_its_limit_and_closes_its_reader(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Closing()
    monkeypatch.setattr(service, "reader_of", lambda _settings: reader)
    for number in range(3):
        ask(stored(store, b"text %d" % number), now=NOW)
    assert read_waiting(settings, lambda: NOW, limit=2).counts == {State.READ: 2}
    assert reader.closed == 1


def test_reading_for_a_command_stops_when_its_time_is_over(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()

    class Slow(ToldReader):
        def read(self, data: bytes, kind: str, *, recognise: bool = False) -> Found:
            clock.go(seconds=6)
            return super().read(data, kind, recognise=recognise)

    monkeypatch.setattr(service, "reader_of", lambda _settings: Slow())
    for number in range(3):
        ask(stored(store, b"text %d" % number), now=NOW)
    assert read_waiting(settings, clock, within=dt.timedelta(seconds=10)).counts == {State.READ: 2}


def test_with_nothing_to_read_no_process_is_started(settings: Settings, sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_arguments: object, **_more: object) -> None:
        raise AssertionError("started")

    monkeypatch.setattr("roadmapdocs.texts.kept.start", start)
    assert read_waiting(settings, lambda: NOW).counts == {}

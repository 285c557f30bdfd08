"""Previews are made beside mail, in a thread of their own, by whoever the queue wakes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from roadmapdocs import duties
from roadmapdocs.duties import Duty
from roadmapdocs.files.store import FolderStore
from roadmapdocs.notices import service as mail
from roadmapdocs.previews import service
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.operations import ask
from roadmapdocs.previews.ports import Absent
from roadmapdocs.previews.service import IDLE_AFTER, Previews
from roadmapdocs.previews.steady import SteadyOffice
from roadmapdocs.settings import Settings
from tests.conftest import NOW
from tests.notices.made import news, person
from tests.notices.made import states as mail_states
from tests.previews.made import Clock, FakeConverter, states, stored

LONGEST_WAIT_S = 20.0


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    duties.close_queue()


class Held(FakeConverter):
    """Stands still until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()

    def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
        self.reached.set()
        assert self.go_on.wait(LONGEST_WAIT_S)
        return super().convert(data, name, archival=archival)

    def close(self) -> None:
        self.go_on.set()


def test_mail_does_not_wait_for_a_program_that_takes_long(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, sent = Held(), threading.Semaphore(0)
    monkeypatch.setattr(service, "converter_of", lambda _settings: SteadyOffice(held, held))
    turn = mail.turn

    def noted(*arguments: object) -> object:
        try:
            return turn(*arguments)  # type: ignore[arg-type]  # passed on
        finally:
            sent.release()

    monkeypatch.setattr(mail, "turn", noted)
    awake = Settings(data=settings.data, language="en", quiet_from="00:00", quiet_until="00:00")
    running = mail.Service(awake, lambda: NOW, Previews(awake, lambda: NOW).duty())
    running.start()
    try:
        assert sent.acquire(timeout=LONGEST_WAIT_S)
        ask(stored(store), wanted=True, now=NOW)
        assert held.reached.wait(LONGEST_WAIT_S), "the queue wakes whoever makes previews"
        news(person())
        assert sent.acquire(timeout=LONGEST_WAIT_S)
        assert mail_states() == {"sent": 1}
        assert states() == ["working"]
    finally:
        running.stop()


def test_a_stop_cuts_the_conversion_short_and_it_waits_for_the_next_start(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(Held):
        def convert(self, data: bytes, name: str, *, archival: bool) -> bytes:
            super().convert(data, name, archival=archival)
            raise service_crash

    from roadmapdocs.previews.ports import Crashed

    service_crash = Crashed("ended with -9")
    cut = Cut()
    monkeypatch.setattr(service, "converter_of", lambda _settings: SteadyOffice(cut, cut))
    ask(stored(store), now=NOW)
    duty = Previews(settings, lambda: NOW).duty()
    duty.start()
    assert cut.reached.wait(LONGEST_WAIT_S)
    duty.ask_to_end()
    duty.wait_for_end()
    row = Preview.get()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_an_office_that_is_installed_later_is_found(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(stored(store), now=NOW)
    found: list[SteadyOffice | Absent] = [Absent(), SteadyOffice(FakeConverter(), FakeConverter())]
    monkeypatch.setattr(service, "converter_of", lambda _settings: found.pop(0))
    previews = Previews(settings, lambda: NOW)
    assert previews.turn(threading.Event()).counts == {"unavailable": 1}
    assert previews.turn(threading.Event()).counts == {"done": 1}


def test_a_kept_office_that_has_nothing_to_do_is_ended(
    settings: Settings, store: FolderStore, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    kept = FakeConverter()
    monkeypatch.setattr(kept, "close", lambda: closed.append("kept"))
    monkeypatch.setattr(service, "converter_of", lambda _settings: SteadyOffice(kept, FakeConverter()))
    clock = Clock()
    previews = Previews(settings, clock)
    ask(stored(store), now=NOW)
    previews.turn(threading.Event())
    previews.turn(threading.Event())
    assert closed == []
    clock.go(seconds=IDLE_AFTER.total_seconds())
    previews.turn(threading.Event())
    previews.turn(threading.Event())
    assert closed == ["kept"]


def test_duties_of_one_queue_do_not_stand_in_each_others_way(settings: Settings) -> None:
    duties.open_queue(settings)
    for _time in range(3):
        duties.wake("notices")
        duties.wake("previews")
    opened = duties._opened.get()
    assert opened is not None
    assert sorted(list(task.args) for task in opened.huey.pending()) == [["notices"], ["previews"]]


def test_a_duty_that_is_woken_while_it_works_looks_once_more() -> None:
    turns, go_on, first = threading.Semaphore(0), threading.Event(), threading.Event()

    def turn(_stopping: threading.Event) -> None:
        turns.release()
        first.set()
        go_on.wait(LONGEST_WAIT_S)

    duty = Duty("previews", turn, every=1000)
    duty.start()
    assert first.wait(LONGEST_WAIT_S)
    assert turns.acquire(timeout=LONGEST_WAIT_S)
    duty.wake()
    go_on.set()
    assert turns.acquire(timeout=LONGEST_WAIT_S)
    duty.ask_to_end()
    duty.wait_for_end()


def test_real_pages_of_a_real_order_by_the_whole_way(
    settings: Settings, store: FolderStore, sqlite_database: None, office: object, scratch: Path
) -> None:
    ask(stored(store), wanted=True, now=NOW)
    previews = Previews(settings, lambda: NOW)
    try:
        assert previews.turn(threading.Event()).counts == {"done": 1}
    finally:
        previews.end()
    row = Preview.get()
    assert row.pages == row.pictures.count() == 1

"""The queue only wakes: what it loses is found by the next round, and trouble with it harms no act."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import threading
from collections.abc import Iterator

import huey.storage
import pytest

from roadmapdocs import duties
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.notices import queue, service
from roadmapdocs.notices.models import Delivery
from roadmapdocs.notices.service import Service
from roadmapdocs.settings import Settings
from tests.conftest import NOW
from tests.notices.made import SENT, news, person, states

LONGEST_WAIT_S = 20.0


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    duties.close_queue()


def tasks(settings: Settings) -> list[bytes]:
    with sqlite3.connect(settings.queue_file) as opened:
        rows = [bytes(data) for (data,) in opened.execute("SELECT data FROM task")]
    opened.close()
    return rows


def test_without_a_queue_nobody_is_woken_and_nothing_fails() -> None:
    queue.wake()


def test_who_waits_already_is_not_woken_twice(settings: Settings) -> None:
    duties.open_queue(settings)
    for _time in range(5):
        queue.wake()
    assert len(tasks(settings)) == 1


def test_what_stands_in_the_queue_is_plain_json(settings: Settings) -> None:
    duties.open_queue(settings)
    queue.wake()
    (data,) = tasks(settings)
    told = json.loads(data)
    assert "roadmapdocs.duties.look" in told
    assert ["notices"] in told


def test_a_queue_that_cannot_be_told_is_warned_of_and_harms_no_act(
    settings: Settings, caplog: pytest.LogCaptureFixture, sqlite_database: None
) -> None:
    opened = duties.open_queue(settings)
    opened.huey.storage.close()
    settings.queue_file.unlink()
    settings.queue_file.mkdir()
    news(person())
    assert Delivery.select().count() == 1
    assert "could not be told" in caplog.text


def test_redis_without_its_library_is_told_to_the_operator(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(huey.storage, "Redis", None, raising=False)
    with pytest.raises(ConfigurationError, match=r"queue: Redis cannot be used.*roadmapdocs\[redis\]"):
        duties.open_queue(dataclasses.replace(settings, queue="redis://localhost:6379/0"))


def test_a_service_sends_what_waited_before_it_began_and_what_is_told_later(
    settings: Settings, sqlite_database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = threading.Semaphore(0)
    turn = service.turn

    def noted(*arguments: object) -> object:
        try:
            return turn(*arguments)  # type: ignore[arg-type]  # passed on
        finally:
            done.release()

    monkeypatch.setattr(service, "turn", noted)
    news(person())
    running = Service(settings, lambda: NOW)
    running.start()
    try:
        assert done.acquire(timeout=LONGEST_WAIT_S)
        assert states() == {SENT: 1}
        news(person("Ветрова", "vetrova@example.test"))
        assert done.acquire(timeout=LONGEST_WAIT_S)
        assert states() == {SENT: 2}
    finally:
        running.stop()
    assert len(list(settings.outbox_folder.glob("*.eml"))) == 2


def test_a_round_that_fails_ends_no_service(
    settings: Settings, sqlite_database: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = threading.Semaphore(0)
    turn, trouble = service.turn, [ConfigurationError("mail_password_file: cannot be read")]

    def once_in_trouble(*arguments: object) -> object:
        try:
            if trouble:
                raise trouble.pop()
            return turn(*arguments)  # type: ignore[arg-type]  # passed on
        finally:
            done.release()

    monkeypatch.setattr(service, "turn", once_in_trouble)
    running = Service(settings, lambda: NOW)
    running.start()
    try:
        assert done.acquire(timeout=LONGEST_WAIT_S)
        news(person())
        assert done.acquire(timeout=LONGEST_WAIT_S)
    finally:
        running.stop()
    assert states() == {SENT: 1}
    assert "mail_password_file" in caplog.text


def test_a_queue_out_of_reach_holds_no_mail_and_is_told_in_one_line(
    settings: Settings, sqlite_database: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    away = threading.Semaphore(0)

    def out_of_reach(*_arguments: object) -> None:
        away.release()
        raise ConnectionError("no route to the queue")

    monkeypatch.setattr(huey.storage.SqliteStorage, "dequeue", out_of_reach)
    monkeypatch.setattr(service, "MINUTE_S", 0.05)
    done = threading.Event()
    turn = service.turn

    def noted(*arguments: object) -> object:
        report = turn(*arguments)  # type: ignore[arg-type]  # passed on
        if report.counts:
            done.set()
        return report

    monkeypatch.setattr(service, "turn", noted)
    running = Service(settings, lambda: NOW)
    running.start()
    try:
        for _try in range(3):
            assert away.acquire(timeout=LONGEST_WAIT_S)
        news(person())
        assert done.wait(LONGEST_WAIT_S)
    finally:
        running.stop()
    assert states() == {SENT: 1}
    assert caplog.text.count("no route to the queue") == 1
    assert "Traceback" not in caplog.text


def test_a_lost_queue_loses_no_mail(settings: Settings, sqlite_database: None) -> None:
    duties.open_queue(settings)
    news(person())
    duties.close_queue()
    settings.queue_file.unlink()
    assert service.turn(settings, lambda: NOW).counts == {"sent": 1}

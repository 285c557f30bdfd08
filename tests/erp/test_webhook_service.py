"""The standing duty over real connections, and two processes at one outbox."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.erp import webhook_secrets, webhooks
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import Way, signature
from roadmapdocs.erp.webhook_service import THREADS, Webhooks
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.settings import Settings, secret_key
from tests import factories as make
from tests.conftest import NOW
from tests.erp.receivers import Receiver, receiver, status
from tests.erp.webhook_office import webhook
from tests.processes import at_once

INSIDE = Way(internal=True, within_s=5.0)
#: As many threads as there are, and each has its own connection to the database.
MANY = 20

WORK = """
import datetime as dt
from roadmapdocs.erp import webhook_secrets
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.webhook_sending import Sender
now = dt.datetime.fromisoformat({now!r})
webhook_secrets.use_key({key!r})
result = Sender(Way(internal=True), lambda: now).work_off({webhook})
"""


@pytest.fixture
def registry(sqlite_address: str, tmp_path: Path) -> Iterator[str]:
    opened = db.connect(sqlite_address)
    webhook_secrets.use_key(secret_key(Settings(data=tmp_path)))
    make.account("admin", Role.ADMINISTRATOR)
    yield sqlite_address
    if not opened.is_closed():
        opened.close()


def at(there: Receiver) -> Webhook:
    return webhook("admin", url=f"http://127.0.0.1:{there.port}/in", way=INSIDE)


def waiting(hook: Webhook, number: int = 1) -> None:
    for _time in range(number):
        webhooks.send_test(hook.id, by=SYSTEM, now=NOW)


def until(settled: int) -> None:
    """Threads send when they send: look again and again, for a time that no machine needs."""
    end = time.monotonic() + 20
    while WebhookDelivery.select().where(WebhookDelivery.state == str(DeliveryState.SENT)).count() < settled:
        assert time.monotonic() < end, [row.error for row in WebhookDelivery.select()]
        threading.Event().wait(0.02)


def test_what_waits_is_sent_and_can_be_checked_by_its_receiver(registry: str, tmp_path: Path) -> None:
    with receiver() as there:
        hook = at(there)
        (secret,) = webhook_secrets.secrets_of(hook.secret, now=NOW)
        waiting(hook, 3)
        service = Webhooks(Settings(data=tmp_path), lambda: NOW, way=INSIDE)
        assert service.turn(threading.Event()) == 1
        service.wait()
    assert len(there.got) == 3
    for got in there.got:
        moment = int(got.headers["webhook-timestamp"])
        assert got.headers["webhook-signature"] == signature(secret, got.headers["webhook-id"], moment, got.body)
    assert {row.state for row in WebhookDelivery.select()} == {str(DeliveryState.SENT)}


def test_addresses_that_hang_delay_nobody_else(registry: str, tmp_path: Path) -> None:
    """All threads but one are kept by those that hang."""

    def hang(_handler: BaseHTTPRequestHandler) -> None:
        slow.let_go.wait(20)

    with receiver(hang) as slow, receiver() as quick:
        for _number in range(THREADS - 1):
            waiting(at(slow))
        waiting(at(quick), 5)
        service = Webhooks(Settings(data=tmp_path), lambda: NOW, way=Way(internal=True, within_s=15.0))
        begun = time.monotonic()
        assert service.turn(threading.Event()) == THREADS
        until(5)
        assert time.monotonic() - begun < 10
        assert len(quick.got) == 5
        # A round that comes meanwhile begins nothing twice.
        assert service.turn(threading.Event()) == 0
        slow.let_go.set()
        service.wait()
    assert len(slow.got) == THREADS - 1


def test_what_comes_while_a_thread_works_is_sent_by_that_thread(registry: str, tmp_path: Path) -> None:
    held = threading.Event()
    turns = itertools.count()

    def first_waits(handler: BaseHTTPRequestHandler) -> None:
        if next(turns) == 0:
            held.wait(10)
        status(204)(handler)

    with receiver(first_waits) as there:
        hook = at(there)
        waiting(hook)
        service = Webhooks(Settings(data=tmp_path), lambda: NOW, way=INSIDE)
        service.turn(threading.Event())
        assert there.came.wait(10)
        waiting(hook)
        assert service.turn(threading.Event()) == 0
        held.set()
        until(2)
        service.wait()
    assert len(there.got) == 2


def test_a_service_that_ends_takes_up_nothing_more(registry: str, tmp_path: Path) -> None:
    with receiver() as there:
        waiting(at(there))
        service = Webhooks(Settings(data=tmp_path), lambda: NOW, way=INSIDE)
        service.end()
        assert service.turn(threading.Event()) == 0
        stopped = threading.Event()
        stopped.set()
        other = Webhooks(Settings(data=tmp_path), lambda: NOW, way=INSIDE)
        other.turn(stopped)
        other.wait()
    assert there.got == []


def test_inner_addresses_are_refused_where_settings_do_not_allow_them(registry: str, tmp_path: Path) -> None:
    with receiver() as there:
        waiting(at(there))
        service = Webhooks(Settings(data=tmp_path, language="en"), lambda: NOW)
        service.turn(threading.Event())
        service.wait()
    assert there.got == []
    assert WebhookDelivery.get().error != ""


def test_two_processes_at_once_send_each_delivery_once(registry: str, tmp_path: Path) -> None:
    with receiver() as there:
        hook = at(there)
        waiting(hook, MANY)
        db.database.close()
        code = WORK.format(now=NOW.isoformat(), key=secret_key(Settings(data=tmp_path)), webhook=hook.id)
        taken = at_once(registry, [code, code])
        assert sum(taken) == MANY
        numbers = [got.headers["webhook-id"] for got in there.got]
    assert len(numbers) == len(set(numbers)) == MANY

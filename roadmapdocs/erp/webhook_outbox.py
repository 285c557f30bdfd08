"""The outbox: what is to be told is written in the transaction of the change, and lives and dies with it."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import peewee as pw

from roadmapdocs import duties
from roadmapdocs.db import after_commit, before_commit, database, transaction
from roadmapdocs.erp.events import TEST
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.webhook_facts import data_of, may_be_told
from roadmapdocs.installation import Kept, day_of
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared

DUTY: Final = "webhooks"
#: Rows of one statement: SQLite takes no more than 32,766 values.
_AT_ONCE: Final = 1_000
#: Before the addresses of pages in what is sent; empty where the registry does not know its own.
_base_url: Kept[str] = Kept("erp.webhooks.base_url", str)
#: Asked with each fact, also where nobody listens.
_ANY: Final = Prepared(lambda: Webhook.select(Webhook.id).where(Webhook.active).limit(1))


@dataclass(frozen=True, slots=True)
class Fact:
    """``said`` is what the signal tells besides the row of the subject ("document:17")."""

    event: str
    subject: str
    said: Mapping[str, Any]
    now: dt.datetime


#: Between the first fact of a transaction and the writing of all of them.
_gathered: ContextVar[list[Fact]] = ContextVar("roadmapdocs_webhook_facts")


def use_base_url(url: str) -> None:
    """Put this before the addresses of pages from now on."""
    _base_url.set(url)


def note(event: str, subject: str, said: Mapping[str, Any], now: dt.datetime) -> None:
    """Tell whoever listens at the end of the transaction, when rights and rows are as they will stay.

    The same fact about the same subject is told once in a transaction. Facts are gathered first and written together:
    a list of 5,000 people asks for one look at who listens, and with what rights.
    """
    if not database.in_transaction():
        with transaction():
            note(event, subject, said, now)
        return
    fact = Fact(event, subject, said, now)
    # What a block that failed had noted is dropped with its key, so nothing is gathered before that is certain.
    before_commit("erp.webhooks.begin", _begin)
    before_commit(("erp.webhooks", event, subject, json.dumps(said, sort_keys=True)), lambda: _gathered.get().append(fact))


def write_test(webhook: Webhook, now: dt.datetime) -> WebhookDelivery:
    """A message that says nothing but that there is a way; within a transaction."""
    subject = f"webhook:{webhook.id}"
    body = _body(TEST, data_of(TEST, subject, {}, ""), now)
    made: WebhookDelivery = WebhookDelivery.create(**_row(webhook, TEST, subject, body, now))
    after_commit(wake)
    return made


def wake() -> None:
    duties.wake(DUTY)


def actor_for(user: User, now: dt.datetime) -> Actor | None:
    """By whose rights is told; None once the account is closed."""
    return actor_of(user, today=day_of(now)) if user.active else None


def _begin() -> None:
    """Ahead of all facts: whatever a transaction that failed may have left behind is not told."""
    _gathered.set([])
    before_commit("erp.webhooks.write", _write)


def _write() -> None:
    facts = _gathered.get()
    _gathered.set([])
    if not facts or not _ANY.rows():
        return
    rows = []
    listening = list(_listening(facts[-1].now))
    for fact in facts:
        told = [one for one, actor in listening if _wants(one, fact.event) and may_be_told(fact.event, fact.subject, actor)]
        if told and (data := data_of(fact.event, fact.subject, fact.said, _base_url.get())) is not None:
            body = _body(fact.event, data, fact.now)
            rows += [_row(one, fact.event, fact.subject, body, fact.now) for one in told]
    for chunk in pw.chunked(rows, _AT_ONCE):
        WebhookDelivery.insert_many(chunk).execute()
    if rows:
        after_commit(wake)


def _listening(now: dt.datetime) -> Iterator[tuple[Webhook, Actor]]:
    """Those that are switched on, with whose rights count."""
    for webhook in Webhook.select(Webhook, User).join(User).where(Webhook.active):
        if (actor := actor_for(webhook.user, now)) is not None:
            yield webhook, actor


def _wants(webhook: Webhook, event: str) -> bool:
    return not webhook.events or event in webhook.events


def _body(event: str, data: Mapping[str, Any] | None, now: dt.datetime) -> str:
    moment = now.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return json.dumps({"type": event, "timestamp": moment, "data": data}, ensure_ascii=False)


def _row(webhook: Webhook, event: str, subject: str, body: str, now: dt.datetime) -> dict[str, Any]:
    return {
        "webhook": webhook.id,
        "uid": f"msg_{secrets.token_hex(16)}",
        "event": event,
        "subject": subject,
        "body": body,
        "next_at": now,
        "made_at": now,
    }

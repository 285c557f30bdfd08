"""Use cases of webhooks: set one up, change it, switch it, try it, send again what was given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import record
from roadmapdocs.db import after_commit, transaction
from roadmapdocs.erp import webhook_outbox
from roadmapdocs.erp.addresses import checked_addresses, target_of
from roadmapdocs.erp.events import CHOSEN
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.webhook_listening import listen
from roadmapdocs.erp.webhook_outbox import use_base_url
from roadmapdocs.erp.webhook_secrets import new_secret, sealed, use_key
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import Actor

__all__ = ["Wanted", "listen", "use_base_url", "use_key"]

LONGEST_NAME: Final = 100
MOST_WEBHOOKS: Final = 50
PAGE: Final = 50
_WAITING, _DEAD = str(DeliveryState.WAITING), str(DeliveryState.DEAD)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. ``login`` is of the account by whose rights is told; no ``events`` mean all."""

    name: str
    url: str
    login: str
    events: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Deliveries of a webhook by how they stand."""

    waiting: int = 0
    sent: int = 0
    dead: int = 0


def make_webhook(wanted: Wanted, *, way: Way, by: Actor, now: dt.datetime) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown now and never again.

    :raise Forbidden: if the actor does not keep the registry
    :raise Refusal: ``webhook`` with a sentence for each field; ``too_many``
    """
    require(by, Action.MANAGE_REGISTRY)
    columns = _checked(wanted, way)
    secret = new_secret()
    with transaction():
        if Webhook.select().count() >= MOST_WEBHOOKS:
            raise Refusal("too_many", _("There are %(count)s webhooks. Use one that is switched off.", count=MOST_WEBHOOKS))
        webhook = Webhook.create(**columns, secret=sealed(secret, now=now), made_by=by.name, made_at=now)
        record("webhook_made", subject=webhook, effect=_effect(webhook, way), by=by, now=now)
    return webhook, secret


def change_webhook(webhook_id: int, wanted: Wanted, *, way: Way, by: Actor, now: dt.datetime) -> Webhook:
    """
    :raise Forbidden: if the actor does not keep the registry
    :raise NotFound: ``no_webhook``
    :raise Refusal: as :func:`make_webhook`
    """
    require(by, Action.MANAGE_REGISTRY)
    columns = _checked(wanted, way)
    with transaction():
        webhook = get_webhook(webhook_id)
        Webhook.update(columns).where(Webhook.id == webhook.id).execute()
        webhook = get_webhook(webhook_id)
        record("webhook_changed", subject=webhook, effect=_effect(webhook, way), by=by, now=now)
    return webhook


def switch(webhook_id: int, *, on: bool, by: Actor, now: dt.datetime) -> Webhook:
    """On: what waits begins its attempts anew. Off: nothing new is written down for it, and what waits goes on waiting."""
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        webhook = get_webhook(webhook_id)
        if webhook.active != on:
            webhook.active = on
            webhook.save(only=[Webhook.active])
            if on:
                _begin_anew((WebhookDelivery.webhook == webhook) & (WebhookDelivery.state == _WAITING), now)
            what = "webhook_switched_on" if on else "webhook_switched_off"
            record(what, subject=webhook, effect={"name": webhook.name}, by=by, now=now)
    return webhook


def new_webhook_secret(webhook_id: int, *, by: Actor, now: dt.datetime) -> str:
    """A new secret, shown now and never again; the one before signs beside it for a day."""
    require(by, Action.MANAGE_REGISTRY)
    secret = new_secret()
    with transaction():
        webhook = get_webhook(webhook_id)
        webhook.secret = sealed(secret, webhook.secret, now=now)
        webhook.save(only=[Webhook.secret])
        record("webhook_secret_changed", subject=webhook, effect={"name": webhook.name}, by=by, now=now)
    return secret


def send_test(webhook_id: int, *, by: Actor, now: dt.datetime) -> WebhookDelivery:
    """
    :raise Refusal: ``switched_off``: a webhook that is switched off sends nothing
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        webhook = get_webhook(webhook_id)
        if not webhook.active:
            raise Refusal("switched_off", _("The webhook is switched off and sends nothing. Switch it on first."))
        return webhook_outbox.write_test(webhook, now)


def replay(webhook_id: int, delivery_id: int | None = None, *, by: Actor, now: dt.datetime) -> int:
    """Let what was given up go again, under the same number: one delivery, or all of the webhook (None); give how many.

    :raise NotFound: ``no_webhook``; ``no_delivery`` if this one was not given up
    """
    require(by, Action.MANAGE_REGISTRY)
    with transaction():
        webhook = get_webhook(webhook_id)
        dead = (WebhookDelivery.webhook == webhook) & (WebhookDelivery.state == _DEAD)
        if delivery_id is not None:
            dead &= WebhookDelivery.id == delivery_id
        number = _begin_anew(dead, now)
        if delivery_id is not None and not number:
            raise NotFound("no_delivery", _("This delivery does not lie here: it was taken, or is on its way."))
        if number:
            record("webhook_replayed", subject=webhook, effect={"name": webhook.name, "count": number}, by=by, now=now)
    return number


def get_webhook(webhook_id: int) -> Webhook:
    """
    :raise NotFound: ``no_webhook``
    """
    found: Webhook | None = Webhook.select(Webhook, User).join(User).where(Webhook.id == webhook_id).first()
    if found is None:
        raise NotFound("no_webhook", _("There is no such webhook. Look at the list."))
    return found


def webhooks(*, by: Actor) -> list[tuple[Webhook, Counts]]:
    """All of them, those that are switched on first."""
    require(by, Action.MANAGE_REGISTRY)
    rows = list(Webhook.select(Webhook, User).join(User).order_by(Webhook.active.desc(), Webhook.name, Webhook.id))
    counted = (
        WebhookDelivery.select(WebhookDelivery.webhook, WebhookDelivery.state, pw.fn.COUNT(WebhookDelivery.id))
        .group_by(WebhookDelivery.webhook, WebhookDelivery.state)
        .tuples()
    )
    found: dict[int, dict[str, int]] = {}
    for webhook_id, state, number in counted:
        found.setdefault(webhook_id, {})[state] = number
    return [(row, Counts(**found.get(row.id, {}))) for row in rows]


def deliveries_of(
    webhook_id: int, *, state: DeliveryState | None = None, page: int = 1, by: Actor
) -> tuple[list[WebhookDelivery], bool]:
    """A page of what was and is to be sent, the latest first, and whether there are more. Pages count from 1."""
    require(by, Action.MANAGE_REGISTRY)
    rows = WebhookDelivery.select().where(WebhookDelivery.webhook == webhook_id)
    if state is not None:
        rows = rows.where(WebhookDelivery.state == str(state))
    found = list(rows.order_by(WebhookDelivery.id.desc()).offset((page - 1) * PAGE).limit(PAGE + 1))
    return found[:PAGE], len(found) > PAGE


def _begin_anew(which: pw.Expression, now: dt.datetime) -> int:
    columns = {"state": _WAITING, "attempts": 0, "next_at": now, "made_at": now, "ended_at": None}
    number = int(WebhookDelivery.update(columns).where(which).execute())
    if number:
        after_commit(webhook_outbox.wake)
    return number


def _checked(wanted: Wanted, way: Way) -> dict[str, Any]:
    """Columns of what is asked for.

    :raise Refusal: ``webhook`` with a sentence for each field
    """
    found: dict[str, str] = {}
    name, url = wanted.name.strip(), wanted.url.strip()
    if not name or len(name) > LONGEST_NAME:
        found["name"] = _("Name whom it tells, in up to %(most)s signs.", most=LONGEST_NAME)
    if unknown := sorted(set(wanted.events) - set(CHOSEN)):
        found["events"] = _("There is no event %(name)s. Choose from the list.", name=unknown[0])
    user: User | None = User.get_or_none((User.login == wanted.login.strip().lower()) & User.active)
    if user is None:
        found["login"] = _("There is no open account %(login)s. Check the spelling.", login=wanted.login.strip())
    try:
        checked_addresses(target_of(url, internal=way.internal), internal=way.internal, resolver=way.resolver)
    except Refusal as refusal:
        found["url"] = refusal.message
    if found:
        raise Refusal("webhook", " ".join(found.values()), fields=found)
    return {"name": name, "url": url, "events": _in_order(wanted.events), "user": user}


def _in_order(events: Collection[str]) -> list[str]:
    return [name for name in CHOSEN if name in events]


def _effect(webhook: Webhook, way: Way) -> dict[str, object]:
    """For the journal: of the address its host alone, since what follows it may be a secret of the receiver."""
    host = target_of(webhook.url, internal=way.internal).host
    return {"name": webhook.name, "host": host, "login": webhook.user.login, "events": webhook.events}

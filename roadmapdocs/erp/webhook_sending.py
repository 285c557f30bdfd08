"""Working off the outbox of one webhook: claim, look at rights again, send, and judge what came of it.

A delivery is claimed by an update that only one worker can win, and is nobody else's for longer than sending can last:
a worker that dies leaves it to the next one. The order of deliveries is not kept.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import record, subject_key
from roadmapdocs.db import transaction
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import GONE, Answer, Way, headers_of, send
from roadmapdocs.erp.webhook_facts import may_be_told, told_now
from roadmapdocs.erp.webhook_outbox import actor_for
from roadmapdocs.erp.webhook_secrets import secrets_of
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.i18n import gettext as _
from roadmapdocs.notices.operations import tell
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import SYSTEM

Clock = Callable[[], dt.datetime]
Post = Callable[[str, Mapping[str, str], str, Way], Answer]

#: How long to wait after the first, second, … attempt that failed; after one more, it is given up.
WAITS: Final = tuple(dt.timedelta(seconds=one) for one in (30, 120, 600, 3_600, 21_600, 86_400))
#: Up to this share of the wait is added by chance, so that what failed together does not come back together.
JITTER: Final = 0.2
#: So long nothing was taken: the webhook is switched off.
FAILS_FOR: Final = dt.timedelta(days=3)
#: Longer than looking a name up, connecting and sending can last.
CLAIMED_FOR: Final = dt.timedelta(minutes=5)
#: What was taken is shown so long.
KEPT_FOR: Final = dt.timedelta(days=30)
_WAITING: Final = str(DeliveryState.WAITING)


def wait_after(attempts: int, share: float) -> dt.timedelta | None:
    """How long to wait after so many attempts that failed; None: it is given up.

    :param share: by chance, from 0 to 1
    """
    return WAITS[attempts - 1] * (1 + JITTER * share) if attempts <= len(WAITS) else None


def due_webhooks(now: dt.datetime) -> list[int]:
    """Ids of the webhooks that have something to send now."""
    rows = WebhookDelivery.select(WebhookDelivery.webhook).join(Webhook).where(_due(now) & Webhook.active).distinct()
    return [webhook for (webhook,) in rows.tuples()]


def forget_old(now: dt.datetime) -> int:
    """Drop what was taken long ago; give how many."""
    old = (WebhookDelivery.state == str(DeliveryState.SENT)) & (WebhookDelivery.next_at < now - KEPT_FOR)
    return int(WebhookDelivery.delete().where(old).execute())


@dataclass(frozen=True, slots=True)
class Sender:
    """``stop`` is asked before each delivery. Tests send by a ``post`` of their own, and leave nothing to ``chance``."""

    way: Way
    clock: Clock
    stop: Callable[[], bool] = lambda: False
    post: Post = send
    chance: Callable[[], float] = random.random

    def work_off(self, webhook_id: int) -> int:
        """Send what is due to one address until one fails: then the others wait, too. Give how many were taken."""
        taken = 0
        while not self.stop():
            delivery = self._claim(webhook_id)
            if delivery is None or not self._deliver(delivery):
                break
            taken += 1
        return taken

    def _claim(self, webhook_id: int) -> WebhookDelivery | None:
        while True:
            now = self.clock()
            mine = _due(now) & (WebhookDelivery.webhook == webhook_id)
            rows = WebhookDelivery.select(WebhookDelivery, Webhook, User).join(Webhook).join(User).where(mine & Webhook.active)
            delivery: WebhookDelivery | None = rows.order_by(WebhookDelivery.next_at, WebhookDelivery.id).first()
            if delivery is None:
                return None
            columns = {"attempts": WebhookDelivery.attempts + 1, "next_at": now + CLAIMED_FOR}
            same = _due(now) & (WebhookDelivery.id == delivery.id) & (WebhookDelivery.attempts == delivery.attempts)
            if WebhookDelivery.update(columns).where(same).execute():
                delivery.attempts += 1
                return delivery

    def _deliver(self, delivery: WebhookDelivery) -> bool:
        """Whether the address takes deliveries: also where this one was dropped and never sent."""
        webhook, now = delivery.webhook, self.clock()
        actor = actor_for(webhook.user, now)
        if actor is None or not may_be_told(delivery.event, delivery.subject, actor):
            why = _("%(login)s may not know of this any more: nothing was sent.", login=webhook.user.login)
            _settle(delivery, DeliveryState.DEAD, now, None, why)
            return True
        body = told_now(delivery.subject, delivery.body)
        if body != delivery.body:
            delivery.body = body
            _change(delivery, body=body)
        answer = self._answer(delivery, now)
        now = self.clock()
        if answer.taken:
            _settle(delivery, DeliveryState.SENT, now, answer.status, "")
            return True
        self._failed(delivery, answer, now)
        return False

    def _answer(self, delivery: WebhookDelivery, now: dt.datetime) -> Answer:
        try:
            secrets = secrets_of(delivery.webhook.secret, now=now)
        except ConfigurationError as problem:
            return Answer(None, str(problem))
        headers = headers_of(secrets, delivery.uid, int(now.timestamp()), delivery.body)
        return self.post(delivery.webhook.url, headers, delivery.body, self.way)

    def _failed(self, delivery: WebhookDelivery, answer: Answer, now: dt.datetime) -> None:
        wait = wait_after(delivery.attempts, self.chance())
        if wait is None or answer.status == GONE:
            _settle(delivery, DeliveryState.DEAD, now, answer.status, answer.error)
        else:
            _change(delivery, next_at=now + wait, status=answer.status, error=answer.error)
        waits = (WebhookDelivery.webhook == delivery.webhook) & (WebhookDelivery.state == _WAITING)
        paused = now + WAITS[0]
        WebhookDelivery.update(next_at=paused).where(waits & (WebhookDelivery.next_at < paused)).execute()
        if answer.status == GONE or _fails_for(delivery.webhook, now) >= FAILS_FOR:
            _switch_off(delivery.webhook, answer.error, now)


def _due(now: dt.datetime) -> pw.Expression:
    return (WebhookDelivery.state == _WAITING) & (WebhookDelivery.next_at <= now)


def _settle(delivery: WebhookDelivery, state: DeliveryState, now: dt.datetime, status: int | None, error: str) -> None:
    _change(delivery, state=str(state), next_at=now, ended_at=now, status=status, error=error)


def _change(delivery: WebhookDelivery, **columns: object) -> None:
    """Unless somebody else took it up meanwhile: this worker was given up for dead."""
    same = (WebhookDelivery.id == delivery.id) & (WebhookDelivery.attempts == delivery.attempts)
    WebhookDelivery.update(columns).where(same & (WebhookDelivery.state == _WAITING)).execute()


def _fails_for(webhook: Webhook, now: dt.datetime) -> dt.timedelta:
    """How long the oldest delivery waits that was tried since the last one was taken, or since it was switched on."""
    mine, made = WebhookDelivery.webhook == webhook, WebhookDelivery.made_at
    taken = _moment(WebhookDelivery, pw.fn.MAX(WebhookDelivery.ended_at), mine & (WebhookDelivery.state == str(DeliveryState.SENT)))
    on = _moment(Event, pw.fn.MAX(Event.at), (Event.subject == subject_key(webhook)) & (Event.what == "webhook_switched_on"))
    # What was dropped for its reader's rights lies there after fewer attempts, and tells nothing of the address.
    given_up = (WebhookDelivery.state == str(DeliveryState.DEAD)) & (WebhookDelivery.attempts > len(WAITS))
    tried = mine & (WebhookDelivery.error != "") & ((WebhookDelivery.state == _WAITING) | given_up)
    if since := [one for one in (taken, on) if one is not None]:
        tried &= made >= max(since)
    oldest = _moment(WebhookDelivery, pw.fn.MIN(made), tried)
    return now - oldest if oldest is not None else dt.timedelta()


def _moment(model: type[pw.Model], found: pw.Function, which: pw.Expression) -> dt.datetime | None:
    moment: dt.datetime | None = model.select(found.converter(WebhookDelivery.made_at.python_value)).where(which).scalar()
    return moment


def _switch_off(webhook: Webhook, why: str, now: dt.datetime) -> None:
    """By rule; whoever made it is told, once."""
    with transaction():
        if not Webhook.update(active=False).where((Webhook.id == webhook.id) & Webhook.active).execute():
            return
        effect = {"name": webhook.name, "reason": why, "rule": True}
        record("webhook_switched_off", subject=webhook, effect=effect, by=SYSTEM, now=now)
        if (employee_id := _maker(webhook)) is not None:
            about = {"webhook": webhook.name, "reason": why, "without_document": True}
            key = f"webhook:{webhook.id}/{now:%Y%m%d%H%M%S}"
            tell([employee_id], "webhook_stopped", key=key, path=f"/webhooks/{webhook.id}", about=about, now=now)


def _maker(webhook: Webhook) -> int | None:
    """The employee who set it up, as the journal knows."""
    made = (Event.subject == subject_key(webhook)) & (Event.what == "webhook_made")
    row = User.select(User.employee).join(Event, on=(Event.user_id == User.id)).where(made).tuples().first()
    return row[0] if row is not None else None

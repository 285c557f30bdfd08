"""Webhooks and their deliveries as rows of pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import url_for

from roadmapdocs.erp.events import EVENTS
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.webhooks import Counts
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language, ngettext, pgettext
from roadmapdocs.web.guests.words import moment

Badge = dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    name: str
    host: str
    login: str
    events: str
    active: bool
    badge: Badge
    waiting: int
    dead: int


@dataclass(frozen=True, slots=True)
class Sent:
    """``next`` is empty where there is no further attempt, ``answer`` where there was none."""

    id: int
    event: str
    subject: str
    badge: Badge
    made: str
    attempts: int
    next: str
    answer: str
    body: str
    dead: bool


def row_of(webhook: Webhook, counts: Counts) -> Row:
    chosen = len(webhook.events)
    return Row(
        id=webhook.id,
        name=webhook.name,
        host=urlsplit(webhook.url).hostname or webhook.url,
        login=webhook.user.login,
        events=ngettext("%(num)s event", "%(num)s events", chosen) if chosen else _("all events"),
        active=bool(webhook.active),
        badge=badge_of(webhook),
        waiting=counts.waiting,
        dead=counts.dead,
    )


def badge_of(webhook: Webhook) -> Badge:
    if webhook.active and not webhook.user.active:
        return {"look": "late", "label": _("silent: its account is closed")}
    return {"look": "ok", "label": _("switched on")} if webhook.active else {"look": "na", "label": _("switched off")}


def sent_of(delivery: WebhookDelivery) -> Sent:
    state = DeliveryState(delivery.state)
    return Sent(
        id=delivery.id,
        event=delivery.event,
        subject=delivery.subject,
        badge=_badge(state, tried=bool(delivery.error)),
        made=moment(delivery.made_at),
        attempts=delivery.attempts,
        next=moment(delivery.next_at) if state is DeliveryState.WAITING else "",
        answer=delivery.error or (_("It answers %(status)s.", status=delivery.status) if delivery.status else ""),
        body=json.dumps(json.loads(delivery.body), ensure_ascii=False, indent=2),
        dead=state is DeliveryState.DEAD,
    )


def _badge(state: DeliveryState, *, tried: bool) -> Badge:
    if state is DeliveryState.SENT:
        return {"look": "ok", "label": pgettext("delivery", "taken")}
    if state is DeliveryState.DEAD:
        return {"look": "late", "label": pgettext("delivery", "given up")}
    return {"look": "work", "label": pgettext("delivery", "tried again later") if tried else pgettext("delivery", "waits")}


def filters(webhook_id: int, chosen: DeliveryState | None, counts: Counts) -> list[dict[str, object]]:
    """Chips by which the list of deliveries is narrowed."""
    words = {
        None: (_("all"), None),
        DeliveryState.WAITING: (pgettext("deliveries", "waiting"), counts.waiting),
        DeliveryState.SENT: (pgettext("deliveries", "taken"), counts.sent),
        DeliveryState.DEAD: (pgettext("deliveries", "given up"), counts.dead),
    }
    return [
        {
            "label": label,
            "url": url_for(".card", webhook_id=webhook_id, state=str(state) if state else None),
            "current": state == chosen,
            "count": count,
            "late": state is DeliveryState.DEAD,
            "symbol": None,
        }
        for state, (label, count) in words.items()
    ]


def hints() -> dict[str, str]:
    """What each event means, where the reader's language is that of the names' own table."""
    return {one.name: one.meaning for one in EVENTS.values()} if language() == "ru" else {}

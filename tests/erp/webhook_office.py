"""What tests of webhooks share: one that is set up, the facts written for it, and bodies held against their schema."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from roadmapdocs.erp.events import EVENTS
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.webhooks import Wanted, make_webhook
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW

PUBLIC = "93.184.216.34"
#: The name of the address is public; nothing is sent to it by tests.
OUTSIDE = Way(resolver=lambda _host, _port: [PUBLIC])
_KINDS = {"integer": int, "string": str, "boolean": bool, "array": list, "null": type(None)}


def webhook(login: str, *events: str, url: str = "https://hooks.example.org/in", way: Way = OUTSIDE, now: dt.datetime = NOW) -> Webhook:
    return make_webhook(Wanted("Учёт кадров", url, login, events), way=way, by=SYSTEM, now=now)[0]


def written(hook: Webhook | None = None) -> list[dict[str, Any]]:
    """Bodies of what waits in the outbox, in order, each held against the schema of its event."""
    rows = WebhookDelivery.select().order_by(WebhookDelivery.id)
    if hook is not None:
        rows = rows.where(WebhookDelivery.webhook == hook)
    return [keeps_the_promise(row.body) for row in rows]


def told(hook: Webhook | None = None) -> list[str]:
    """Names of the events of :func:`written`."""
    return [one["type"] for one in written(hook)]


def keeps_the_promise(body: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(body)
    assert list(said) == ["type", "timestamp", "data"]
    assert dt.datetime.fromisoformat(said["timestamp"]).tzinfo is not None
    schema = EVENTS[said["type"]].schema()
    assert sorted(said["data"]) == schema["required"]
    for name, value in said["data"].items():
        wanted = schema["properties"][name]
        kinds = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
        assert type(value) in {_KINDS[kind] for kind in kinds}, (name, value)
        if wanted.get("format") == "date" and value is not None:
            dt.date.fromisoformat(value)
    return said

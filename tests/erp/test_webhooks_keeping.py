"""Webhooks as administrators keep them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.erp import webhook_secrets, webhooks
from roadmapdocs.erp.events import CHOSEN
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.webhooks import Wanted
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.erp.webhook_office import OUTSIDE, webhook

WAITING, SENT, DEAD = (str(one) for one in DeliveryState)


@pytest.fixture(autouse=True)
def _listening() -> None:
    webhooks.listen()
    webhooks.use_key("the key of these tests")


@pytest.fixture
def administrator(sqlite_database: None) -> Actor:
    user = make.account("admin", Role.ADMINISTRATOR, person=make.employee("Исаева", make.unit()))
    return actor_of(user, today=TODAY)


@pytest.fixture
def hook(administrator: Actor) -> Webhook:
    wanted = Wanted("Учёт кадров", "https://hooks.example.org/in", "admin")
    return webhooks.make_webhook(wanted, way=OUTSIDE, by=administrator, now=NOW)[0]


def test_a_new_webhook_has_a_secret_that_is_told_once(administrator: Actor) -> None:
    wanted = Wanted(" Учёт кадров ", "https://hooks.example.org/T0/secret", " ADMIN ", ["version.added", "document.moved"])
    made, secret = webhooks.make_webhook(wanted, way=OUTSIDE, by=administrator, now=NOW)
    row = Webhook.get_by_id(made.id)
    assert (row.name, row.user.login, row.active) == ("Учёт кадров", "admin", True)
    assert row.events == ["document.moved", "version.added"]
    assert secret.startswith("whsec_")
    assert secret.removeprefix("whsec_") not in row.secret
    assert webhook_secrets.secrets_of(row.secret, now=NOW) == [secret]
    entry = Event.get(Event.what == "webhook_made")
    assert (entry.subject, entry.user_id, entry.effect["host"]) == (f"webhook:{row.id}", administrator.user_id, "hooks.example.org")
    assert "secret" not in str(entry.effect)


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("name", Wanted(" ", "https://hooks.example.org/", "admin")),
        ("name", Wanted("н" * 101, "https://hooks.example.org/", "admin")),
        ("url", Wanted("Кадры", "http://hooks.example.org/", "admin")),
        ("url", Wanted("Кадры", "https://user:word@hooks.example.org/", "admin")),
        ("url", Wanted("Кадры", "", "admin")),
        ("login", Wanted("Кадры", "https://hooks.example.org/", "nobody")),
        ("login", Wanted("Кадры", "https://hooks.example.org/", "closed")),
        ("events", Wanted("Кадры", "https://hooks.example.org/", "admin", ["document.eaten"])),
        ("events", Wanted("Кадры", "https://hooks.example.org/", "admin", ["test"])),
    ],
)
def test_what_is_not_right_is_told_beside_its_field(administrator: Actor, field: str, wanted: Wanted) -> None:
    closed = make.account("closed", Role.STAFF)
    User.update(active=False).where(User.id == closed.id).execute()
    with pytest.raises(Refusal) as refused:
        webhooks.make_webhook(wanted, way=OUTSIDE, by=administrator, now=NOW)
    assert (refused.value.code, list(refused.value.details["fields"])) == ("webhook", [field])
    assert Webhook.select().count() == 0


def test_an_address_of_the_inner_network_is_refused_unless_it_is_allowed(administrator: Actor) -> None:
    wanted = Wanted("Кадры", "https://inside.example/", "admin")
    inside = lambda _host, _port: ["192.168.1.7"]  # noqa: E731  # a resolver in one line
    with pytest.raises(Refusal, match=r"192\.168\.1\.7"):
        webhooks.make_webhook(wanted, way=Way(resolver=inside), by=administrator, now=NOW)
    made, _secret = webhooks.make_webhook(wanted, way=Way(internal=True, resolver=inside), by=administrator, now=NOW)
    assert made.url == "https://inside.example/"


def test_webhooks_are_kept_by_administrators(hook: Webhook) -> None:
    by = actor_of(make.account("other", *(role for role in Role if role is not Role.ADMINISTRATOR)), today=TODAY)
    wanted = Wanted("Кадры", "https://hooks.example.org/", "admin")
    acts: list[Callable[[], object]] = [
        lambda: webhooks.make_webhook(wanted, way=OUTSIDE, by=by, now=NOW),
        lambda: webhooks.change_webhook(hook.id, wanted, way=OUTSIDE, by=by, now=NOW),
        lambda: webhooks.switch(hook.id, on=False, by=by, now=NOW),
        lambda: webhooks.new_webhook_secret(hook.id, by=by, now=NOW),
        lambda: webhooks.send_test(hook.id, by=by, now=NOW),
        lambda: webhooks.replay(hook.id, by=by, now=NOW),
        lambda: webhooks.webhooks(by=by),
        lambda: webhooks.deliveries_of(hook.id, by=by),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_a_new_secret_signs_beside_the_one_before_for_a_day(hook: Webhook, administrator: Actor) -> None:
    (first,) = webhook_secrets.secrets_of(hook.secret, now=NOW)
    second = webhooks.new_webhook_secret(hook.id, by=administrator, now=NOW)
    kept = Webhook.get_by_id(hook.id).secret
    assert webhook_secrets.secrets_of(kept, now=NOW + dt.timedelta(hours=23)) == [second, first]
    assert webhook_secrets.secrets_of(kept, now=NOW + dt.timedelta(hours=24)) == [second]
    third = webhooks.new_webhook_secret(hook.id, by=administrator, now=NOW)
    assert webhook_secrets.secrets_of(Webhook.get_by_id(hook.id).secret, now=NOW) == [third, second]


def test_a_delivery_of_another_webhook_is_not_found(hook: Webhook, administrator: Actor) -> None:
    other = webhook("admin")
    made = webhooks.send_test(other.id, by=SYSTEM, now=NOW)
    WebhookDelivery.update(state=DEAD).execute()
    with pytest.raises(NotFound):
        webhooks.replay(hook.id, made.id, by=administrator, now=NOW)
    with pytest.raises(NotFound):
        webhooks.get_webhook(10**9)


def test_a_list_says_how_deliveries_stand(hook: Webhook, administrator: Actor) -> None:
    for state in (WAITING, SENT, SENT, DEAD):
        made = webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
        WebhookDelivery.update(state=state).where(WebhookDelivery.id == made.id).execute()
    ((row, counts),) = webhooks.webhooks(by=administrator)
    assert row.id == hook.id
    assert (counts.waiting, counts.sent, counts.dead) == (1, 2, 1)
    rows, more = webhooks.deliveries_of(hook.id, state=DeliveryState.SENT, by=administrator)
    assert ([one.state for one in rows], more) == ([SENT, SENT], False)


def test_pages_of_deliveries_go_on(hook: Webhook, administrator: Actor) -> None:
    rows = [
        {"webhook": hook, "uid": f"msg_{number}", "event": "test", "subject": "webhook:1", "body": "{}", "next_at": NOW, "made_at": NOW}
        for number in range(webhooks.PAGE + 1)
    ]
    WebhookDelivery.insert_many(rows).execute()
    first, more = webhooks.deliveries_of(hook.id, by=administrator)
    last, none = webhooks.deliveries_of(hook.id, page=2, by=administrator)
    assert (len(first), more, len(last), none) == (webhooks.PAGE, True, 1, False)


def test_there_are_not_more_than_anybody_looks_after(administrator: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhooks, "MOST_WEBHOOKS", 1)
    webhook("admin")
    with pytest.raises(Refusal) as refused:
        webhook("admin")
    assert refused.value.code == "too_many"


def test_a_webhook_can_be_changed(hook: Webhook, administrator: Actor) -> None:
    make.account("other", Role.CLERK)
    wanted = Wanted("Бухгалтерия", "https://other.example.org/", "other", CHOSEN[:1])
    webhooks.change_webhook(hook.id, wanted, way=OUTSIDE, by=administrator, now=NOW)
    row = Webhook.get_by_id(hook.id)
    assert (row.name, row.url, row.user.login, row.events, row.secret) == (
        "Бухгалтерия",
        "https://other.example.org/",
        "other",
        [CHOSEN[0]],
        hook.secret,
    )

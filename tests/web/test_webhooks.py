"""Pages of webhooks, as administrators use them."""

from __future__ import annotations

import html
import json
import re

import pytest

from roadmapdocs.erp import addresses, webhooks
from roadmapdocs.erp.events import CHOSEN, EVENTS
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.webhook_secrets import secrets_of
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.i18n import use_language
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import SYSTEM, Role
from roadmapdocs.web.webhooks.rows import badge_of
from tests import factories as make
from tests.conftest import NOW
from tests.erp.webhook_office import PUBLIC, webhook
from tests.web.conftest import Browser, SignIn

FIELDS = {"name": "Учёт кадров", "login": "administrator", "url": "https://hooks.example.org/in"}
DEAD = str(DeliveryState.DEAD)


@pytest.fixture(autouse=True)
def _names_lead_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks the network what a name means."""
    names = {"inside.example": "10.0.0.5"}
    monkeypatch.setattr(addresses, "resolve", lambda host, _port: [names.get(host, PUBLIC)])
    webhooks.listen()


@pytest.fixture
def browser(sign_in: SignIn) -> Browser:
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def hook(browser: Browser) -> Webhook:
    return webhook("administrator")


def delivery(hook: Webhook, state: str = DEAD) -> WebhookDelivery:
    made = webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    WebhookDelivery.update(state=state, error="It answers 500.", status=500, attempts=7).where(WebhookDelivery.id == made.id).execute()
    return made


def secret_in(page: str) -> str:
    found = re.search(r'<textarea[^>]*id="fresh"[^>]*>([^<]*)</textarea>', page)
    assert found is not None
    return html.unescape(found[1])


def test_a_new_webhook_tells_its_secret_once(browser: Browser) -> None:
    assert 'value="administrator"' in browser.get("/webhooks/new")
    answer = browser.post("/webhooks/new", **FIELDS, events=["visa.given", "document.moved"])
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    row = Webhook.get()
    assert (row.name, row.url, row.user.login, row.events) == ("Учёт кадров", FIELDS["url"], "administrator", ["document.moved", "visa.given"])
    secret = secret_in(answer.text)
    assert secrets_of(row.secret, now=NOW) == [secret]
    card = browser.get(f"/webhooks/{row.id}")
    assert secret not in card
    assert FIELDS["url"] in card
    listed = browser.get("/webhooks/")
    assert "hooks.example.org" in listed
    assert "/in" not in re.sub(r"<[^>]*>", "", listed)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "н" * 200),
        ("login", "nobody"),
        ("url", "http://hooks.example.org/"),
        ("url", "https://inside.example/"),
        ("url", "https://127.0.0.1/"),
        ("url", "https://" + "a" * 10_000),
        ("url", "javascript:alert(1)"),
        ("events", "document.eaten"),
    ],
)
def test_what_is_not_right_is_told_beside_its_field(browser: Browser, monkeypatch: pytest.MonkeyPatch, field: str, value: str) -> None:
    monkeypatch.setattr(addresses, "resolve", lambda host, _port: [host if host[0].isdigit() else {"inside.example": "10.0.0.5"}.get(host, PUBLIC)])
    answer = browser.post("/webhooks/new", **{**FIELDS, field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert Webhook.select().count() == 0


def test_names_of_events_stand_with_what_they_mean(browser: Browser) -> None:
    page = browser.get("/webhooks/new")
    for name in CHOSEN:
        assert f'value="{name}"' in page
        assert EVENTS[name].meaning in page


def test_a_webhook_is_changed(browser: Browser, hook: Webhook) -> None:
    page = browser.get(f"/webhooks/{hook.id}/edit")
    assert hook.url in page
    assert browser.post(f"/webhooks/{hook.id}/edit", **{**FIELDS, "name": "Бухгалтерия"}, events="visa.given").status_code == 302
    row = Webhook.get()
    assert (row.name, row.events, row.secret) == ("Бухгалтерия", ["visa.given"], hook.secret)
    assert browser.post(f"/webhooks/{hook.id}/edit", **{**FIELDS, "url": "x"}).status_code == 422


def test_it_is_switched_and_tried(browser: Browser, hook: Webhook) -> None:
    address = f"/webhooks/{hook.id}"
    assert browser.post(f"{address}/test").status_code == 302
    assert WebhookDelivery.get().event == "test"
    assert browser.post(f"{address}/switch", on="").status_code == 302
    assert not Webhook.get().active
    refused = browser.post(f"{address}/test")
    assert (refused.status_code, "rd-note--late" in refused.text) == (422, True)
    assert f'action="{address}/test"' not in browser.get(address)
    browser.post(f"{address}/switch", on="1")
    assert Webhook.get().active


def test_it_says_that_it_is_silent_while_its_account_is_closed(browser: Browser) -> None:
    clerk = make.account("clerk", Role.CLERK)
    hook = webhook("clerk")
    pages = ("/webhooks/", f"/webhooks/{hook.id}")
    with use_language("ru"):
        silent = badge_of(Webhook(active=True, user=User(active=False)))["label"]
    assert [silent in browser.get(page) for page in pages] == [False, False]
    User.update(active=False).where(User.id == clerk.id).execute()
    assert [silent in browser.get(page) for page in pages] == [True, True]


def test_a_new_secret_takes_the_place_of_the_one_before(browser: Browser, hook: Webhook) -> None:
    (before,) = secrets_of(hook.secret, now=NOW)
    fresh = secret_in(browser.post(f"/webhooks/{hook.id}/secret").text)
    assert secrets_of(Webhook.get().secret, now=NOW) == [fresh, before]


def test_what_was_given_up_is_shown_and_sent_again(browser: Browser, hook: Webhook) -> None:
    first, second = delivery(hook), delivery(hook)
    page = browser.get(f"/webhooks/{hook.id}")
    assert "It answers 500." in page
    assert html.escape(json.dumps({"webhook": hook.id}, indent=2)[2:-2].strip(), quote=True).replace("&quot;", "&#34;") in page
    assert browser.post(f"/webhooks/{hook.id}/replay/{first.id}").status_code == 302
    assert [row.state for row in WebhookDelivery.select().order_by(WebhookDelivery.id)] == ["waiting", "dead"]
    browser.get(f"/webhooks/{hook.id}")
    assert browser.post(f"/webhooks/{hook.id}/replay/{first.id}").status_code == 404
    assert browser.post(f"/webhooks/{hook.id}/replay").status_code == 302
    assert WebhookDelivery.get_by_id(second.id).state == "waiting"


def test_deliveries_are_narrowed_and_paged(browser: Browser, hook: Webhook) -> None:
    delivery(hook, "sent")
    delivery(hook)
    rows = [
        {"webhook": hook, "uid": f"msg_{number}", "event": "test", "subject": "webhook:1", "body": "{}", "next_at": NOW, "made_at": NOW}
        for number in range(webhooks.PAGE)
    ]
    WebhookDelivery.insert_many(rows).execute()
    address = f"/webhooks/{hook.id}"
    assert browser.get(f"{address}?state=dead").count("rd-sent__body") == 1
    assert f'href="{address}?page=2&amp;state=waiting"' not in browser.get(f"{address}?state=waiting")
    assert f'href="{address}?page=2"' in browser.get(address)
    assert browser.get(f"{address}?page=2").count("rd-sent__body") == 2
    assert browser.get(f"{address}?state=nonsense").count("rd-sent__body") == webhooks.PAGE
    for page in ("0", "-1", "x", "9" * 50, "٣"):
        browser.get(f"{address}?page={page}", status=404)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_comes_here(sign_in: SignIn, role: Role) -> None:
    make.account("administrator", Role.ADMINISTRATOR)
    hook = webhook("administrator")
    other = sign_in(role)
    for address in ("/webhooks/", "/webhooks/new", f"/webhooks/{hook.id}", f"/webhooks/{hook.id}/edit"):
        other.get(address, status=403)
    for act in ("switch", "secret", "test", "replay", "replay/1", "edit"):
        assert other.post(f"/webhooks/{hook.id}/{act}").status_code == 403
    assert Webhook.get().active


def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    for address in ("/webhooks/999", "/webhooks/999/edit", "/webhooks/99999999999999999999"):
        browser.get(address, status=404)
    for act in ("switch", "secret", "test", "replay", "replay/1"):
        assert browser.post(f"/webhooks/999/{act}").status_code == 404


def test_changes_need_the_token_of_the_form(browser: Browser, hook: Webhook) -> None:
    for act in ("switch", "secret", "test", "replay"):
        assert browser.client.post(f"/webhooks/{hook.id}/{act}").status_code == 400
    assert Webhook.get().active

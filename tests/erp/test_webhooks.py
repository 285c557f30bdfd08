"""What becomes of deliveries: on both databases."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Mapping

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.models import Event
from roadmapdocs.documents.models import Document
from roadmapdocs.erp import webhook_secrets, webhooks
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.sending import Answer, Way, headers_of
from roadmapdocs.erp.webhook_sending import (
    CLAIMED_FOR,
    FAILS_FOR,
    KEPT_FOR,
    WAITS,
    Sender,
    due_webhooks,
    forget_old,
    wait_after,
)
from roadmapdocs.erp.webhooks import Wanted
from roadmapdocs.erp.words import DeliveryState
from roadmapdocs.errors import ConfigurationError, NotFound, Refusal
from roadmapdocs.notices.models import Notice
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from tests import factories as make
from tests.conftest import NOW, TODAY
from tests.erp.webhook_office import OUTSIDE, keeps_the_promise, webhook

WAITING, SENT, DEAD = (str(one) for one in DeliveryState)
TAKEN, BROKEN, GONE = Answer(204), Answer(500, "500"), Answer(410, "410")


@pytest.fixture(autouse=True)
def _listening() -> None:
    webhooks.listen()
    webhooks.use_key("the key of these tests")


@pytest.fixture
def administrator(database: str) -> Actor:
    user = make.account("admin", Role.ADMINISTRATOR, person=make.employee("Исаева", make.unit()))
    return actor_of(user, today=TODAY)


@pytest.fixture
def hook(administrator: Actor) -> Webhook:
    wanted = Wanted("Учёт кадров", "https://hooks.example.org/in", "admin")
    return webhooks.make_webhook(wanted, way=OUTSIDE, by=administrator, now=NOW)[0]


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


class Post:
    """Answers one after another, the last of them for good, and what was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[tuple[str, Mapping[str, str], str]] = []
        self._answers = itertools.chain(answers, itertools.repeat(answers[-1]))
        self.before: Callable[[], object] = lambda: None

    def __call__(self, url: str, headers: Mapping[str, str], body: str, _way: Way) -> Answer:
        self.before()
        self.asked.append((url, headers, body))
        return next(self._answers)


def sender(post: Post, clock: Clock | None = None) -> Sender:
    return Sender(OUTSIDE, clock or Clock(), post=post, chance=lambda: 0.0)


def states() -> list[str]:
    return [row.state for row in WebhookDelivery.select().order_by(WebhookDelivery.id)]


def test_secrets_kept_under_another_key_are_not_read(hook: Webhook) -> None:
    webhook_secrets.use_key("another")
    with pytest.raises(ConfigurationError, match=r"secret\.key"):
        webhook_secrets.secrets_of(hook.secret, now=NOW)
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    post = Post(TAKEN)
    assert sender(post).work_off(hook.id) == 0
    assert (post.asked, states()) == ([], [WAITING])
    assert "secret.key" in WebhookDelivery.get().error


def test_a_delivery_that_is_taken_is_over(hook: Webhook) -> None:
    made = webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    post = Post(TAKEN)
    assert due_webhooks(NOW) == [hook.id]
    assert sender(post).work_off(hook.id) == 1
    ((url, headers, body),) = post.asked
    assert (url, body, headers["webhook-id"]) == (hook.url, made.body, made.uid)
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    row = WebhookDelivery.get()
    assert (row.state, row.status, row.attempts, row.ended_at) == (SENT, 204, 1, NOW)
    assert due_webhooks(NOW) == []


def test_waits_grow_and_after_the_last_attempt_it_is_given_up(hook: Webhook) -> None:
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    post, clock = Post(BROKEN), Clock()
    waited = []
    while WebhookDelivery.get().state == WAITING:
        before = clock.now
        assert sender(post, clock).work_off(hook.id) == 0
        if (row := WebhookDelivery.get()).state == WAITING:
            waited.append(row.next_at - before)
            clock.now = row.next_at - dt.timedelta(seconds=1)
            assert sender(post, clock).work_off(hook.id) == 0
            clock.now = row.next_at
    assert waited == list(WAITS)
    assert len(post.asked) == row.attempts == len(WAITS) + 1
    assert (row.state, row.status, row.error) == (DEAD, 500, "500")
    assert len({headers["webhook-id"] for _url, headers, _body in post.asked}) == 1


@pytest.mark.parametrize("attempts", range(1, 7))
def test_chance_lengthens_a_wait_by_a_fifth_at_most(attempts: int) -> None:
    usual = WAITS[attempts - 1]
    assert wait_after(attempts, 0.0) == usual
    assert wait_after(attempts, 1.0) == usual * 1.2
    assert wait_after(7, 0.5) is None


def test_after_a_failure_the_others_of_the_same_address_wait_too(hook: Webhook) -> None:
    for _time in range(3):
        webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    post, clock = Post(BROKEN, TAKEN), Clock()
    sender(post, clock).work_off(hook.id)
    assert len(post.asked) == 1
    assert due_webhooks(NOW + dt.timedelta(seconds=29)) == []
    clock.now += dt.timedelta(seconds=30)
    assert sender(post, clock).work_off(hook.id) == 3
    assert states() == [SENT] * 3


def test_what_one_worker_has_in_hand_no_other_takes_up(hook: Webhook) -> None:
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    first, second = Post(TAKEN), Post(TAKEN)
    first.before = lambda: sender(second).work_off(hook.id)
    assert sender(first).work_off(hook.id) == 1
    assert (len(first.asked), second.asked) == (1, [])


def test_what_a_dead_worker_had_in_hand_is_sent_under_the_same_number(hook: Webhook) -> None:
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    clock, post = Clock(), Post(TAKEN)

    def die() -> None:
        raise KeyboardInterrupt

    post.before = die
    with pytest.raises(KeyboardInterrupt):
        sender(post, clock).work_off(hook.id)
    post.before = lambda: None
    assert sender(post, clock).work_off(hook.id) == 0
    clock.now += CLAIMED_FOR
    assert sender(post, clock).work_off(hook.id) == 1
    assert WebhookDelivery.get().attempts == 2


def test_rights_are_looked_at_again_before_sending(administrator: Actor) -> None:
    clerk = make.account("clerk", Role.CLERK)
    hook = webhook("clerk")
    document = make.document()
    Document.update(readers=0).where(Document.id == document.id).execute()
    post = Post(TAKEN)
    sender(post).work_off(hook.id)
    assert (post.asked, states()) == ([], [DEAD])
    assert "clerk" in WebhookDelivery.get().error
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    User.update(active=False).where(User.id == clerk.id).execute()
    sender(post).work_off(hook.id)
    assert (post.asked, states()) == ([], [DEAD, DEAD])


def test_an_address_that_is_gone_is_switched_off_and_its_maker_told(hook: Webhook, administrator: Actor) -> None:
    for _time in range(2):
        webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    sender(Post(GONE)).work_off(hook.id)
    assert not Webhook.get_by_id(hook.id).active
    assert states() == [DEAD, WAITING]
    notice = Notice.get()
    assert (notice.code, notice.employee_id, notice.path) == ("webhook_stopped", administrator.employee_id, f"/webhooks/{hook.id}")
    assert notice.about["webhook"] == "Учёт кадров"
    assert Event.get(Event.what == "webhook_switched_off").effect["rule"] is True
    assert due_webhooks(NOW + dt.timedelta(days=9)) == []
    with pytest.raises(Refusal) as refused:
        webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    assert refused.value.code == "switched_off"


def test_after_three_days_without_success_it_is_switched_off(hook: Webhook) -> None:
    clock, post = Clock(), Post(BROKEN)
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    sender(post, clock).work_off(hook.id)
    clock.now = NOW + FAILS_FOR - dt.timedelta(seconds=1)
    webhooks.send_test(hook.id, by=SYSTEM, now=clock.now)
    sender(post, clock).work_off(hook.id)
    assert Webhook.get_by_id(hook.id).active
    clock.now = NOW + FAILS_FOR + dt.timedelta(minutes=1)
    sender(post, clock).work_off(hook.id)
    assert not Webhook.get_by_id(hook.id).active


def test_what_failed_before_it_was_switched_on_again_counts_no_more(hook: Webhook, administrator: Actor) -> None:
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    WebhookDelivery.update(state=DEAD, attempts=7, ended_at=NOW, error="500").execute()
    later = NOW + FAILS_FOR + dt.timedelta(days=1)
    webhooks.switch(hook.id, on=False, by=administrator, now=later)
    webhooks.switch(hook.id, on=True, by=administrator, now=later)
    clock = Clock()
    for days, active in ((0, True), (3, False)):
        clock.now = later + dt.timedelta(days=days)
        webhooks.send_test(hook.id, by=SYSTEM, now=clock.now)
        sender(Post(BROKEN), clock).work_off(hook.id)
        assert Webhook.get_by_id(hook.id).active is active


def test_what_was_dropped_says_nothing_of_the_address(administrator: Actor) -> None:
    make.account("clerk", Role.CLERK)
    hook = webhook("clerk")
    document = make.document()
    Document.update(readers=0).where(Document.id == document.id).execute()
    sender(Post(TAKEN)).work_off(hook.id)
    clock = Clock()
    clock.now = NOW + FAILS_FOR + dt.timedelta(days=1)
    webhooks.send_test(hook.id, by=SYSTEM, now=clock.now)
    sender(Post(BROKEN), clock).work_off(hook.id)
    assert (states(), Webhook.get_by_id(hook.id).active) == ([DEAD, WAITING], True)


def test_of_a_document_that_has_got_a_mark_since_nothing_is_told(hook: Webhook) -> None:
    document = make.document()
    Document.update(mark=Mark.OFFICIAL).where(Document.id == document.id).execute()
    post = Post(TAKEN)
    sender(post).work_off(hook.id)
    [(_url, headers, body)] = post.asked
    assert body == WebhookDelivery.get().body
    data = keeps_the_promise(body)["data"]
    assert (data["mark"], data["number"], data["date"], data["title"]) == (str(Mark.OFFICIAL), None, None, None)
    secret = webhook_secrets.secrets_of(hook.secret, now=NOW)
    assert headers == headers_of(secret, headers["webhook-id"], int(NOW.timestamp()), body)


def test_one_success_is_enough_to_stay(hook: Webhook) -> None:
    clock = Clock()
    for answer, wait in ((BROKEN, dt.timedelta()), (TAKEN, dt.timedelta(days=1)), (BROKEN, FAILS_FOR)):
        clock.now += wait
        made = webhooks.send_test(hook.id, by=SYSTEM, now=clock.now)
        WebhookDelivery.update(next_at=NOW + dt.timedelta(days=99)).where(WebhookDelivery.id != made.id).execute()
        sender(Post(answer), clock).work_off(hook.id)
    assert Webhook.get_by_id(hook.id).active


def test_switched_on_again_what_waits_begins_anew(hook: Webhook, administrator: Actor) -> None:
    webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    sender(Post(BROKEN)).work_off(hook.id)
    webhooks.switch(hook.id, on=False, by=administrator, now=NOW)
    later = NOW + dt.timedelta(days=30)
    webhooks.switch(hook.id, on=True, by=administrator, now=later)
    clock = Clock()
    clock.now = later
    sender(Post(BROKEN), clock).work_off(hook.id)
    assert Webhook.get_by_id(hook.id).active
    assert (WebhookDelivery.get().attempts, WebhookDelivery.get().state) == (1, WAITING)
    webhooks.switch(hook.id, on=True, by=administrator, now=later)
    assert Event.select().where(Event.what == "webhook_switched_on").count() == 1


def test_what_was_given_up_is_sent_again_by_one_or_all(hook: Webhook, administrator: Actor) -> None:
    for _time in range(3):
        webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
    WebhookDelivery.update(state=DEAD, attempts=7, ended_at=NOW, error="500").execute()
    first = WebhookDelivery.select().order_by(WebhookDelivery.id).first()
    assert webhooks.replay(hook.id, first.id, by=administrator, now=NOW) == 1
    assert states() == [WAITING, DEAD, DEAD]
    with pytest.raises(NotFound):
        webhooks.replay(hook.id, first.id, by=administrator, now=NOW)
    assert webhooks.replay(hook.id, by=administrator, now=NOW) == 2
    assert webhooks.replay(hook.id, by=administrator, now=NOW) == 0
    post = Post(TAKEN)
    assert sender(post).work_off(hook.id) == 3
    assert {headers["webhook-id"] for _url, headers, _body in post.asked} == {row.uid for row in WebhookDelivery.select()}
    assert [entry.effect["count"] for entry in Event.select().where(Event.what == "webhook_replayed").order_by(Event.number)] == [1, 2]


def test_what_was_taken_long_ago_is_forgotten(hook: Webhook) -> None:
    for state in (WAITING, SENT, DEAD):
        made = webhooks.send_test(hook.id, by=SYSTEM, now=NOW)
        WebhookDelivery.update(state=state).where(WebhookDelivery.id == made.id).execute()
    assert forget_old(NOW + KEPT_FOR) == 0
    assert forget_old(NOW + KEPT_FOR + dt.timedelta(seconds=1)) == 1
    assert states() == [WAITING, DEAD]

"""Which facts come into the outbox, with what, and to whom: on both databases, by the operations that people use."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import link, unlink
from roadmapdocs.db import before_commit, transaction
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, update_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import attach
from roadmapdocs.erp import webhooks
from roadmapdocs.erp.models import Webhook, WebhookDelivery
from roadmapdocs.erp.webhook_outbox import note
from roadmapdocs.people.models import User
from roadmapdocs.people.rules import SYSTEM, Role
from tests import factories as make
from tests.approvals.office import Office, make_office
from tests.assignments import office as assignments
from tests.conftest import NOW, TODAY
from tests.erp.webhook_office import told, webhook, written


@pytest.fixture(autouse=True)
def _listening() -> None:
    webhooks.listen()


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


@pytest.fixture
def clerk(office: Office) -> Webhook:
    return webhook(office.users["Лукина"].login)


def test_the_way_of_a_document_is_told_step_by_step(office: Office, clerk: Webhook) -> None:
    document = office.document()
    assert told() == ["document.created", "version.added"]
    office.send(document, Plan((office.step("Нечаев"),)))
    office.decide(document, "Нечаев", Decision.AGREED)
    WebhookDelivery.delete().where(WebhookDelivery.event.not_in(["visa.asked", "visa.given", "route.ended"])).execute()
    asked, given, ended = (one["data"] for one in written())
    assert (asked["employee"], asked["due"], asked["information"]) == (office.people["Нечаев"].id, "2026-03-19", False)
    assert (given["visa"], given["decision"], given["decided_by"]) == (asked["visa"], "agreed", office.people["Нечаев"].id)
    assert (ended["document"], ended["run_state"]) == (document.id, "agreed")


def test_signing_and_registering_have_names_of_their_own(office: Office, clerk: Webhook) -> None:
    document = create_document(Card("note", "О неделе чтения", signer="М. И. Ветрова"), by=SYSTEM, now=NOW, today=TODAY)
    WebhookDelivery.delete().execute()
    perform(document.id, "sign", answers=Answers(reason="так"), by=SYSTEM, now=NOW, today=TODAY)
    assert told() == ["document.moved", "document.signed"]
    moved = written()[0]["data"]
    assert (moved["line"], moved["transition"], moved["state"]) == ("preparation", "sign", "signed")
    WebhookDelivery.delete().execute()
    perform(document.id, "register", by=SYSTEM, now=NOW, today=TODAY)
    assert "document.registered" in told()
    registered = next(one["data"] for one in written() if one["type"] == "document.registered")
    assert registered["number"] == Document.get_by_id(document.id).number
    assert registered["title"] == "О неделе чтения"


def test_a_card_that_is_changed_is_told_as_it_is_in_the_end(office: Office, clerk: Webhook) -> None:
    """Twice in one transaction is once to those outside."""
    document = make.document("О неделе чтения", preparation="draft", date=None)
    WebhookDelivery.delete().execute()
    with transaction():
        for revision, title in enumerate(("О декаде чтения", "О месяце чтения"), start=document.revision):
            card = Card("order_main", title, number=document.number)
            update_document(document.id, card, revision=revision, by=SYSTEM, now=NOW, today=TODAY)
    (changed,) = written()
    assert (changed["type"], changed["data"]["title"]) == ("document.changed", "О месяце чтения")
    assert changed["data"]["url"] == f"/documents/{document.id}"


def test_addresses_of_pages_begin_with_that_of_the_registry(office: Office, clerk: Webhook) -> None:
    webhooks.use_base_url("https://registry.example.org/r/")
    try:
        document = make.document()
    finally:
        webhooks.use_base_url("")
    assert written()[0]["data"]["url"] == f"https://registry.example.org/r/documents/{document.id}"


def test_what_was_rolled_back_is_told_to_nobody(office: Office, clerk: Webhook) -> None:
    with pytest.raises(RuntimeError), transaction():
        make.document()
        raise RuntimeError
    assert WebhookDelivery.select().count() == 0
    with transaction():
        with pytest.raises(RuntimeError), transaction():
            make.document("О смотре")
            raise RuntimeError
        make.document("О неделе чтения")
    assert [one["data"]["title"] for one in written()] == ["О неделе чтения"]


@pytest.mark.parametrize("mark", [Mark.OFFICIAL, Mark.PERSONAL])
def test_of_a_document_with_a_mark_nothing_is_told_but_that_it_is_there(office: Office, clerk: Webhook, mark: Mark) -> None:
    card = Card("order_main", "О премии Лукиной", number="5-К", date=dt.date(2026, 2, 2), mark=mark, mark_basis="закон")
    document = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    attach(document, b"scan", "премия.txt", title="О премии", store=office.store, by=SYSTEM, now=NOW)
    assert told() == ["document.created", "attachment.added"]
    for one in written():
        assert (one["data"]["mark"], one["data"]["number"], one["data"]["date"], one["data"]["title"]) == (str(mark), None, None, None)
    assert all("преми" not in row.body.lower() for row in WebhookDelivery.select())


def test_only_what_that_person_may_read_is_told(office: Office) -> None:
    """A draft is hidden from staff, and is open to its drafter."""
    other, drafter, clerk = (webhook(office.users[one].login) for one in ("Громова", "Дёмина", "Лукина"))
    office.document(unit_id=None)
    assert told(other) == []
    assert told(drafter) == told(clerk) == ["document.created", "version.added"]


def test_a_closed_account_is_told_nothing(office: Office, clerk: Webhook) -> None:
    User.update(active=False).where(User.id == clerk.user_id).execute()
    make.document()
    assert WebhookDelivery.select().count() == 0


def test_a_webhook_is_told_of_what_it_was_set_up_for(office: Office) -> None:
    chosen = webhook(office.users["Лукина"].login, "version.added")
    off = webhook(office.users["Лукина"].login)
    webhooks.switch(off.id, on=False, by=SYSTEM, now=NOW)
    office.document()
    assert told(chosen) == ["version.added"]
    assert told(off) == []


def test_without_webhooks_nothing_is_written(office: Office) -> None:
    office.document()
    assert WebhookDelivery.select().count() == 0


def test_who_reads_is_told_to_those_who_may_see_it(office: Office) -> None:
    everybody, clerk = (webhook(office.users[one].login, "reading.asked", "reading.dropped") for one in ("Громова", "Лукина"))
    document = make.document("О зачёте")
    office.text(document, "Текст.")
    people = tuple(office.people[one].id for one in ("Нечаев", "Громова"))
    send(document.id, Addressees(employees=people), due=dt.date(2026, 4, 1), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert told(everybody) == []
    (asked,) = written(clerk)
    assert (asked["data"]["employees"], asked["data"]["due"]) == (sorted(people), "2026-04-01")


def test_coverage_and_editions_are_told(office: Office, clerk: Webhook) -> None:
    edition = make.roadmap(make.item("1.1", "Неделя чтения", make.deadline(2026, 12, 1)))
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    document = make.document()
    WebhookDelivery.delete().where(WebhookDelivery.event == "document.created").execute()
    link(slot.slot.expected, slot.slot.key, document, by=SYSTEM, now=NOW)
    unlink(Proof.get().id, by=SYSTEM, now=NOW)
    stored, linked, unlinked = written()
    assert (stored["type"], stored["data"]["edition"], stored["data"]["items"]) == ("roadmap.edition", edition.id, 1)
    assert (linked["type"], linked["data"]["act"], unlinked["data"]["act"]) == ("coverage.changed", "document_linked", "document_unlinked")
    assert linked["data"]["item"] == edition.items[0].id
    assert linked["data"]["period"] == slot.slot.key


def test_acts_on_assignments_are_told_to_the_people_of_the_assignment(database: str) -> None:
    office = assignments.make_office()
    doer, stranger = (webhook(office.users[one].login) for one in (assignments.DEPUTY, "Громова"))
    given = office.give(document=office.order(), text="Тайное дело")
    assert "assignment.given" in told(doer)
    assert "assignment.given" not in told(stranger)
    said = next(one["data"] for one in written(doer) if one["type"] == "assignment.given")
    assert (said["assignment"], said["due"], said["url"]) == (given.id, "2026-04-03", f"/assignments/{given.id}")
    assert all("Тайное" not in row.body for row in WebhookDelivery.select())


def test_what_a_transaction_that_failed_at_its_end_had_gathered_is_told_to_nobody(office: Office, clerk: Webhook) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError), transaction():
        make.document("О смотре")
        before_commit("a test", fail)
    make.document("О неделе чтения")
    assert [one["data"]["title"] for one in written()] == ["О неделе чтения"]


def test_a_fact_outside_of_a_transaction_is_told(office: Office, clerk: Webhook) -> None:
    """As a plug-in may send a signal of ours."""
    document = make.document()
    WebhookDelivery.delete().execute()
    note("document.changed", f"document:{document.id}", {}, NOW)
    assert told() == ["document.changed"]


def test_what_follows_at_the_end_of_a_transaction_is_told_too(office: Office, clerk: Webhook) -> None:
    """As the line of control does, which follows assignments then."""
    with transaction():
        make.document("О смотре")
        before_commit("a test", lambda: make.document("О неделе чтения"))
        make.document("О зачёте")
    assert sorted(one["data"]["title"] for one in written()) == ["О зачёте", "О неделе чтения", "О смотре"]


def test_many_facts_ask_once_who_listens(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make.account("clerk", Role.CLERK)
    webhook("clerk")
    sent = make.count_queries(monkeypatch)
    with transaction():
        for number in range(20):
            make.document(f"О смотре {number}")
    assert len(written()) == 20
    assert sum('FROM "rd_user_role"' in sql for sql in sent) == 1
    assert sum('INSERT INTO "rd_webhook_delivery"' in sql for sql in sent) == 1


def test_many_facts_cost_one_small_question_where_nobody_listens(sqlite_database: None, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = make.count_queries(monkeypatch)
    with transaction():
        for number in range(3):
            make.document(f"О смотре {number}")
    assert sum("rd_webhook" in sql for sql in sent) == 1


def test_roles_of_the_fixture_are_what_the_tests_take_them_for(office: Office) -> None:
    assert office.actor("Лукина").has(Role.CLERK)
    assert office.actor("Громова").roles == {Role.STAFF}

"""Signing and confirming: by whom, with what, under which rule, and every refusal in words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from roadmapdocs.approvals.models import Signature, SignatureRule
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.signing import (
    end_rule,
    own_authority,
    rule_on,
    set_rule,
    sign_confirmed,
    sign_simply,
    signatures_of,
    signing_step,
)
from roadmapdocs.audit.operations import history
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document, get_document
from roadmapdocs.documents.rules import Card
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, Forbidden, Refusal
from roadmapdocs.people.acting import Appointment, set_acting
from roadmapdocs.people.models import Post, Substitution, User
from roadmapdocs.people.rules import SYSTEM
from tests.approvals.office import PASSWORD, Office, make_office, states
from tests.conftest import NOW, TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def office(database: str) -> Office:
    return make_office()


def registered(office: Office, title: str = "О простой электронной подписи") -> Document:
    document = office.document(title)
    Document.update(registration="registered", date=TODAY).where(Document.id == document.id).execute()
    return get_document(document.id)


def ruled(office: Office) -> SignatureRule:
    return set_rule(registered(office).id, TODAY, by=SYSTEM, now=NOW)


def to_sign(office: Office) -> Document:
    document = office.document()
    perform(document.id, "send_for_signing", by=office.actor("Лукина"), now=NOW, today=TODAY)
    return get_document(document.id)


def sign(office: Office, document: Document, by: str = "Ветрова", password: str = PASSWORD, version: int | None = 0) -> Document:
    current = current_version(document.id)
    shown = (current.id if current else None) if version == 0 else version
    return sign_simply(document.id, password, version=shown, by=office.actor(by), now=NOW, today=TODAY)


def acts(office: Office, surname: str = "Соболев") -> None:
    wanted = Appointment(
        office.unit.id, "начальник управления", "И.о. начальника управления", office.people[surname].id, TODAY, None,
        "приказ от 10.03.2026 № 12-К",
    )
    set_acting(wanted, by=office.actor("Лукина"), now=NOW, today=TODAY)


def away(office: Office, absent: str, substitute: str | None = None) -> None:
    Substitution.create(
        absent=office.people[absent], substitute=office.people[substitute] if substitute else None, since=TODAY, until=TODAY,
        reason="отпуск", set_by="Лукина", made_at=NOW,
    )


def test_the_signer_signs_the_text_that_was_shown_under_the_rule_of_the_office(office: Office) -> None:
    rule, document = ruled(office), to_sign(office)
    sign(office, document)
    (signature,) = signatures_of(document.id)
    assert (signature.way, signature.act, signature.rule_id, signature.post, signature.basis) == (
        "simple", "sign", rule.id, "начальник управления", "",
    )
    assert signature.sha256 == hashlib.sha256("Первая редакция текста.".encode()).hexdigest()
    assert (signature.employee_id, signature.name) == (office.people["Ветрова"].id, str(office.people["Ветрова"]))
    event = history(document)[0]
    assert (event.what, event.effect["way"], event.effect["sha256"]) == ("document_moved", "simple", signature.sha256)


def test_an_acting_head_signs_in_the_own_name_with_the_order(office: Office) -> None:
    ruled(office)
    document = to_sign(office)
    acts(office)
    with pytest.raises(Forbidden) as refused:
        sign(office, document)
    assert refused.value.code == "not_signer"
    sign(office, document, "Соболев")
    signature = Signature.get()
    assert (signature.name, signature.post, signature.basis) == (
        str(office.people["Соболев"]), "И.о. начальника управления", "приказ от 10.03.2026 № 12-К",
    )


Scene = Callable[[Office, Document], None]


def as_it_is(_office: Office, _document: Document) -> None:
    """The signer is at work."""


def on_leave(office: Office, _document: Document) -> None:
    away(office, "Ветрова", "Соболев")


def acting_on_leave(office: Office, _document: Document) -> None:
    acts(office)
    away(office, "Соболев")


def left_the_post(office: Office, _document: Document) -> None:
    Post.update(until=TODAY - DAY).where(Post.employee == office.people["Ветрова"]).execute()
    Post.create(employee=office.people["Соболев"], unit=office.unit, title="начальник управления", since=TODAY, heads=True)


def nobody_of_ours(_office: Office, document: Document) -> None:
    Document.update(signer_employee=None).where(Document.id == document.id).execute()


@pytest.mark.parametrize(
    ("scene", "by", "code"),
    [
        (as_it_is, "Соболев", "not_signer"),
        (as_it_is, "Лукина", "not_signer"),
        (on_leave, "Ветрова", "no_signer"),
        (on_leave, "Соболев", "no_signer"),
        (acting_on_leave, "Соболев", "no_signer"),
        (left_the_post, "Соболев", "no_signer"),
        (nobody_of_ours, "Соболев", "no_signer"),
    ],
)
def test_nobody_signs_for_another(office: Office, scene: Scene, by: str, code: str) -> None:
    ruled(office)
    document = to_sign(office)
    scene(office, document)
    with pytest.raises(Refusal) as refused:
        sign(office, document, by)
    assert refused.value.code == code
    assert states(document) == "in_signing"
    assert not Signature.select().exists()


def test_whose_signature_is_asked_is_told_before_anybody_types_a_password(office: Office) -> None:
    document = to_sign(office)
    assert own_authority(document, office.actor("Ветрова"), TODAY).post == "начальник управления"
    with pytest.raises(Forbidden):
        own_authority(document, office.actor("Соболев"), TODAY)


@pytest.mark.parametrize("version", [None, 10_000])
def test_another_text_than_the_one_shown_is_not_signed(office: Office, version: int | None) -> None:
    ruled(office)
    document = to_sign(office)
    with pytest.raises(Conflict) as refused:
        sign(office, document, version=version)
    assert refused.value.code == "stale_version"


def test_nothing_is_signed_twice_or_too_early(office: Office) -> None:
    ruled(office)
    draft, document = office.document(), to_sign(office)
    for one in (draft, sign(office, document)):
        with pytest.raises(Conflict) as refused:
            sign(office, one)
        assert refused.value.code == "moved"
        assert signing_step(get_document(one.id)) is None
    assert Signature.select().count() == 1


def test_without_a_rule_a_password_signs_nothing(office: Office) -> None:
    document = to_sign(office)
    with pytest.raises(Refusal) as refused:
        sign(office, document)
    assert refused.value.code == "no_rule"


def test_a_wrong_password_signs_nothing_and_too_many_shut_the_account(office: Office) -> None:
    ruled(office)
    document = to_sign(office)
    codes = []
    for _try in range(12):
        with pytest.raises(Refusal) as refused:
            sign(office, document, password="не тот")
        codes.append(refused.value.code)
    assert codes[0] == "wrong_password"
    assert codes[-1] == "locked"
    with pytest.raises(Refusal) as refused:
        sign(office, document)
    assert refused.value.code == "locked"
    assert User.get_by_id(office.users["Ветрова"].id).locked_until > NOW
    assert states(document) == "in_signing"


# The rule


def test_a_rule_follows_a_rule_and_ends(office: Office) -> None:
    assert rule_on(TODAY) is None
    first = ruled(office)
    second = set_rule(registered(office, "О подписи").id, TODAY + 10 * DAY, by=SYSTEM, now=NOW)
    assert rule_on(TODAY - DAY) is None
    assert [rule_on(TODAY + days * DAY) for days in (0, 9, 10, 99)] == [first, first, second, second]
    end_rule(second.id, TODAY + 20 * DAY, by=SYSTEM, now=NOW)
    assert (rule_on(TODAY + 20 * DAY), rule_on(TODAY + 21 * DAY)) == (second, None)


@pytest.mark.parametrize("column", [{"registration": "annulled"}, {"force": "ended"}])
def test_a_rule_goes_with_its_document(office: Office, column: dict[str, str]) -> None:
    rule = ruled(office)
    Document.update(column).where(Document.id == rule.document_id).execute()
    assert rule_on(TODAY) is None


def test_only_a_registered_document_is_a_rule_from_its_day_on_and_in_order(office: Office) -> None:
    draft, document = office.document(), registered(office)
    cases = [(draft, TODAY, "document"), (document, TODAY - DAY, "since")]
    for one, since, field in cases:
        with pytest.raises(Refusal) as refused:
            set_rule(one.id, since, by=SYSTEM, now=NOW)
        assert list(refused.value.details["fields"]) == [field]
    rule = set_rule(document.id, TODAY + DAY, by=SYSTEM, now=NOW)
    with pytest.raises(Refusal):
        set_rule(document.id, TODAY, by=SYSTEM, now=NOW)
    for until in (TODAY, TODAY - DAY):
        with pytest.raises(Refusal):
            end_rule(rule.id, until, by=SYSTEM, now=NOW)
    end_rule(rule.id, TODAY + 2 * DAY, by=SYSTEM, now=NOW)
    for number in (rule.id, 404):
        with pytest.raises(Refusal):
            end_rule(number, TODAY + 9 * DAY, by=SYSTEM, now=NOW)


def test_rules_are_kept_by_the_administrator(office: Office) -> None:
    rule = ruled(office)
    for surname in ("Лукина", "Ветрова"):
        with pytest.raises(Forbidden):
            set_rule(rule.document_id, TODAY + DAY, by=office.actor(surname), now=NOW)
        with pytest.raises(Forbidden):
            end_rule(rule.id, TODAY + DAY, by=office.actor(surname), now=NOW)


# On paper


def ink(office: Office, document: Document, by: str, day: dt.date | None = None) -> Signature:
    perform(document.id, "sign", answers=Answers(date=day), by=office.actor(by), now=NOW, today=TODAY)
    found: Signature = Signature.get()
    return found


def test_a_clerk_enters_ink_and_a_signer_while_there_is_no_other_way(office: Office) -> None:
    assert ink(office, to_sign(office), "Ветрова").way == "paper"
    ruled(office)
    with pytest.raises(Refusal) as refused:
        perform(to_sign(office).id, "sign", by=office.actor("Ветрова"), now=NOW, today=TODAY)
    assert refused.value.code == "password"
    perform(to_sign(office).id, "sign", by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert [one.made_by for one in Signature.select().order_by(Signature.id)] == [
        office.actor("Ветрова").name, office.actor("Лукина").name,
    ]


@pytest.mark.parametrize(
    ("scene", "day", "name", "post"),
    [
        (as_it_is, TODAY, "Ветрова", "начальник управления"),
        (on_leave, TODAY, "Ветрова", ""),
        (on_leave, TODAY - DAY, "Ветрова", "начальник управления"),
        (left_the_post, TODAY, "Ветрова", ""),
        (lambda office, _document: acts(office), TODAY, "Соболев", "И.о. начальника управления"),
    ],
)
def test_ink_is_that_of_the_signer_or_the_acting_head_of_its_day(
    office: Office, scene: Scene, day: dt.date, name: str, post: str
) -> None:
    document = to_sign(office)
    scene(office, document)
    signature = ink(office, document, "Лукина", day)
    assert (signature.name, signature.post) == (str(office.people[name]), post)


def test_a_signature_taken_back_counts_no_more_and_is_kept(office: Office) -> None:
    ruled(office)
    document = to_sign(office)
    sign(office, document)
    perform(document.id, "unsign", answers=Answers(reason="ошибка в дате"), by=office.actor("Лукина"), now=NOW, today=TODAY)
    assert signatures_of(document.id) == []
    assert (Signature.get().revoked_at, Signature.get().revoked_why) == (NOW, "ошибка в дате")
    sign(office, document)
    assert len(signatures_of(document.id)) == 1


def test_what_gives_force_to_others_work_is_confirmed(office: Office) -> None:
    ruled(office)
    people = {"signer_id": office.people["Ветрова"].id, "signer": "Ветрова М. И."}
    made = create_document(Card("regulation", "Положение о зачёте", **people), by=office.actor("Лукина"), now=NOW, today=TODAY)
    office.text(made, "1. Общие положения")
    perform(made.id, "send_for_confirmation", by=office.actor("Лукина"), now=NOW, today=TODAY)
    version = current_version(made.id)
    assert version is not None
    sign_confirmed(made.id, version=version.id, by=office.actor("Ветрова"), now=NOW, today=TODAY)
    assert Signature.get().act == "confirm"

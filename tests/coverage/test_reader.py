"""Coverage is shared; documents in it are not open to everybody."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Action, Audience, Mark, mask
from roadmapdocs.coverage.matrix import LinkedDocument, coverage_of
from roadmapdocs.coverage.operations import link, unlink
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.coverage.report import build
from roadmapdocs.coverage.rules import State
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation, Registration
from roadmapdocs.documents.transitions import Answers, perform
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import use_language
from roadmapdocs.people.rules import SYSTEM, Actor, Role
from roadmapdocs.roadmap.models import Edition
from tests import factories as make
from tests.conftest import NOW, TODAY, person

SECRET = "О поощрении Лукиной О. С."


def linked(**audience: int) -> LinkedDocument:
    who = Audience(**audience)  # type: ignore[arg-type]  # the columns of an audience
    day = dt.date(2026, 2, 2)
    return LinkedDocument(7, 5, "приказ", "12-П", day, SECRET, Preparation.SIGNED, Registration.REGISTERED, who)


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (person(Role.CLERK), True),
        (person(Role.STAFF), False),
        (Actor(1, "Лукина О. С.", frozenset({Role.STAFF}), employee_id=3), True),
        (Actor(1, "Лукина О. С.", frozenset({Role.STAFF}), employee_id=4), False),
        (Actor(1, "Лукина О. С.", frozenset(), unit_ids=frozenset({8})), False),
    ],
)
def test_a_document_is_seen_by_its_audience_and_to_others_has_no_name(actor: Actor, sees: bool) -> None:
    document = linked(readers=mask({Role.CLERK, "drafter"}), drafter=3, unit=8)
    (seen,) = Reader(actor).seen([document])
    if sees:
        assert seen is document
        return
    assert (seen.id, seen.number, seen.date, seen.title) == (0, "", None, "")
    assert seen.kind != document.kind
    assert (seen.proof, seen.finished) == (document.proof, document.finished)


@pytest.mark.parametrize("preparation", Preparation)
@pytest.mark.parametrize("registration", Registration)
def test_only_what_is_signed_and_not_annulled_is_finished(preparation: Preparation, registration: Registration) -> None:
    document = LinkedDocument(1, 1, "приказ", "", None, "", preparation, registration, Audience(0))
    assert document.finished is (preparation is Preparation.SIGNED and registration is not Registration.ANNULLED)


def restricted(**values: object) -> Document:
    card = {"mark": Mark.PERSONAL, "mark_basis": "152-ФЗ", "date": dt.date(2026, 2, 2), "number": "12-П", **values}
    ready = Card("order_main", SECRET, preparation=Preparation.SIGNED, **card)  # type: ignore[arg-type]  # as given
    return create_document(ready, by=SYSTEM, now=NOW, today=TODAY)


def proved(document: Document) -> Edition:
    edition = make.roadmap(make.item("1.1", "Провести смотр", make.deadline(2026, 2, 10)))
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    link(slot.expected.id, slot.slot.key, document, by=SYSTEM, now=NOW)
    return edition


def test_a_period_stays_proved_for_those_who_may_not_read_what_proves_it(database: str) -> None:
    edition = proved(restricted())
    coverage = coverage_of(edition, today=TODAY)
    (slot,) = coverage.items[0].slots
    assert slot.state is State.PROVED
    with use_language("en"):
        (row,) = build("Чтение", coverage, reader=person(Role.STAFF), today=TODAY).sections[0].rows
        assert row.documents == "document with restricted access"
        assert row.state == "proved"
        (row,) = build("Чтение", coverage, reader=person(Role.CLERK), today=TODAY).sections[0].rows
        assert "12-П" in row.documents


def test_one_who_may_not_read_a_document_neither_links_it_nor_takes_the_link_back(database: str) -> None:
    document = restricted()
    edition = proved(document)
    (slot,) = coverage_of(edition, today=TODAY).items[0].slots
    coordinator = person(Role.COORDINATOR)
    assert str(Action.LINK_DOCUMENT) not in coordinator.grants
    with pytest.raises(Forbidden):
        link(slot.expected.id, slot.slot.key, document, by=coordinator, now=NOW)
    with pytest.raises(Forbidden):
        unlink(slot.documents[0].proof, by=coordinator, now=NOW)
    unlink(slot.documents[0].proof, by=person(Role.CLERK), now=NOW)
    assert coverage_of(edition, today=TODAY).items[0].slots[0].documents == ()


def test_a_document_whose_registration_is_annulled_proves_nothing(database: str) -> None:
    document = make.document()
    edition = proved(document)
    assert coverage_of(edition, today=TODAY).items[0].slots[0].state is State.PROVED
    perform(document.id, "annul", answers=Answers(reason="ошибочный номер"), by=SYSTEM, now=NOW, today=TODAY)
    assert coverage_of(edition, today=TODAY).items[0].slots[0].state is State.LATE


def test_a_change_of_the_mark_hides_the_document_at_once(database: str) -> None:
    """What was remembered before the change names the document no more."""
    from roadmapdocs.documents.operations import update_document

    document = restricted(mark=Mark.GENERAL, mark_basis="")
    edition = proved(document)
    staff = Reader(person(Role.STAFF))
    assert staff.seen(coverage_of(edition, today=TODAY).items[0].slots[0].documents)[0].title == SECRET
    card = Card(
        "order_main", SECRET, number=document.number, date=document.date, mark=Mark.PERSONAL, mark_basis="152-ФЗ"
    )
    update_document(document.id, card, revision=document.revision, by=person(Role.CLERK), now=NOW, today=TODAY)
    assert staff.seen(coverage_of(edition, today=TODAY).items[0].slots[0].documents)[0].title == ""

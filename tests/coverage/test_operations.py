"""Linking, waiving and carrying over, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.coverage import operations
from roadmapdocs.coverage.matrix import coverage_of, coverage_of_item
from roadmapdocs.coverage.models import Proof, Waiver
from roadmapdocs.coverage.rules import State
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.draft import DraftExpected
from roadmapdocs.roadmap.models import Edition, ExpectedDocument
from tests import factories as make
from tests.conftest import NOW, TODAY

PERIOD = "../2026-02-01"
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def edition(database: str) -> Edition:
    """One item that wants an order by 1 February 2026, a month and a half ago."""
    return make.roadmap(make.item("1.1", "Провести смотр библиотек", make.deadline(2026, 2, 1)))


def states(edition: Edition) -> list[State]:
    return [slot.state for item in coverage_of(edition, today=TODAY).items for slot in item.slots]


def only_expected() -> ExpectedDocument:
    return ExpectedDocument.select().get()


def test_a_linked_signed_document_proves_a_late_period(edition: Edition, coordinator: Actor) -> None:
    assert states(edition) == [State.LATE]
    proof = operations.link(only_expected().id, PERIOD, make.document(), by=coordinator, now=NOW)
    assert states(edition) == [State.PROVED]
    assert (proof.confirmed_by, proof.confirmed_at) == (coordinator.name, NOW)


def test_linking_twice_keeps_one_link_and_one_entry_of_the_journal(edition: Edition, clerk: Actor) -> None:
    document = make.document()
    for moment in (NOW, LATER):
        operations.link(only_expected().id, PERIOD, document, by=clerk, now=moment)
    assert Proof.select().count() == 1
    assert Event.select().where(Event.what == "document_linked").count() == 1
    assert verify() is None


def test_staff_link_nothing(edition: Edition, staff: Actor) -> None:
    document = make.document()
    with pytest.raises(Forbidden):
        operations.link(only_expected().id, PERIOD, document, by=staff, now=NOW)
    assert Proof.select().count() == 0


@pytest.mark.parametrize("period", ["../2026-02-02", "", "2026"])
def test_a_period_that_the_item_does_not_have_takes_no_document(
    edition: Edition, coordinator: Actor, period: str
) -> None:
    with pytest.raises(NotFound):
        operations.link(only_expected().id, period, make.document(), by=coordinator, now=NOW)


def test_a_link_taken_back_leaves_the_period_late_and_is_gone_the_second_time(
    edition: Edition, coordinator: Actor
) -> None:
    proof = operations.link(only_expected().id, PERIOD, make.document(), by=coordinator, now=NOW)
    taken = operations.unlink(proof.id, by=coordinator, now=LATER)
    assert (taken.expected_id, taken.period) == (only_expected().id, PERIOD)
    assert states(edition) == [State.LATE]
    with pytest.raises(NotFound):
        operations.unlink(proof.id, by=coordinator, now=LATER)


def test_a_waiver_wants_a_reason(edition: Edition, coordinator: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        operations.waive(only_expected().id, PERIOD, "  ", by=coordinator, now=NOW)
    assert refused.value.code == "no_reason"


def test_a_waived_period_is_not_required_until_it_is_required_again(edition: Edition, coordinator: Actor) -> None:
    operations.waive(only_expected().id, PERIOD, "смотр перенесён", by=coordinator, now=NOW)
    assert states(edition) == [State.NOT_REQUIRED]
    operations.unwaive(only_expected().id, PERIOD, "смотр состоялся", by=coordinator, now=LATER)
    assert states(edition) == [State.LATE]
    assert Event.select().where(Event.what == "waiver_ended").get().effect["reason"] == "смотр состоялся"


def test_linking_ends_the_waiver_of_the_period(edition: Edition, coordinator: Actor) -> None:
    operations.waive(only_expected().id, PERIOD, "смотр перенесён", by=coordinator, now=NOW)
    operations.link(only_expected().id, PERIOD, make.document(), by=coordinator, now=LATER)
    assert states(edition) == [State.PROVED]
    assert Waiver.select().count() == 0


def inferred() -> Edition:
    wanted = [DraftExpected("план смотра", "план", inferred=True)]
    return make.roadmap(make.item("1.1", "Утвердить план смотра", make.deadline(2026, 2, 1), expected=wanted))


def test_linking_to_a_document_read_out_of_the_words_makes_it_expected(database: str, coordinator: Actor) -> None:
    edition = inferred()
    assert states(edition) == [State.MISSING]
    assert coverage_of(edition, today=TODAY).totals.whole.all == 0
    operations.link(only_expected().id, PERIOD, make.document(kind="plan"), by=coordinator, now=NOW)
    assert only_expected().confirmed
    assert coverage_of(edition, today=TODAY).totals.whole.proved == 1


def test_a_document_read_out_of_the_words_can_be_rejected(database: str, coordinator: Actor) -> None:
    edition = inferred()
    operations.reject_expected(only_expected().id, by=coordinator, now=NOW)
    assert states(edition) == []
    assert Event.select().order_by(Event.number.desc()).get().what == "expected_rejected"


def test_what_the_roadmap_itself_expects_cannot_be_rejected(edition: Edition, coordinator: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        operations.reject_expected(only_expected().id, by=coordinator, now=NOW)
    assert refused.value.code == "not_inferred"
    assert states(edition) == [State.LATE]


def test_a_new_edition_takes_links_and_waivers_along(edition: Edition, coordinator: Actor) -> None:
    document = make.document()
    operations.link(only_expected().id, PERIOD, document, by=coordinator, now=NOW)
    newer = make.roadmap(
        make.item("1.1", "Открыть выставку", make.deadline(2026, 5, 1)),
        make.item("1.2", "Провести смотр библиотек", make.deadline(2026, 2, 1)),
        edition_of=edition.roadmap,
    )
    first, second = coverage_of(newer, today=TODAY).items
    assert [slot.state for slot in first.slots] == [State.MISSING]
    assert [[linked.id for linked in slot.documents] for slot in second.slots] == [[document.id]]
    assert states(edition) == [State.PROVED]


def test_an_item_that_lost_its_documents_in_a_new_edition_leaves_the_links_behind(
    edition: Edition, coordinator: Actor
) -> None:
    operations.link(only_expected().id, PERIOD, make.document(), by=coordinator, now=NOW)
    bare = make.item("1.1", "Провести смотр библиотек", make.deadline(2026, 2, 1), expected=())
    assert states(make.roadmap(bare, edition_of=edition.roadmap)) == []
    assert states(edition) == [State.PROVED]


def test_a_new_edition_leaves_behind_what_has_another_period(edition: Edition, coordinator: Actor) -> None:
    operations.link(only_expected().id, PERIOD, make.document(), by=coordinator, now=NOW)
    moved = make.roadmap(
        make.item("1.1", "Провести смотр библиотек", make.deadline(2026, 4, 1)), edition_of=edition.roadmap
    )
    assert states(moved) == [State.MISSING]


def test_coverage_of_one_item_is_that_of_the_whole_roadmap(edition: Edition) -> None:
    (whole,) = coverage_of(edition, today=TODAY).items
    assert coverage_of_item(whole.item.id, today=TODAY) == whole
    assert coverage_of_item(whole.item.id + 1, today=TODAY) is None

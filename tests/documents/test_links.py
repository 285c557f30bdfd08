"""Links and their effects, on both databases."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from roadmapdocs.audit.operations import history, verify
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.force import standing
from roadmapdocs.documents.links.force_rules import Binding
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import asks_about, link_documents, links_of, unlink
from roadmapdocs.documents.models import Document, DocumentLink
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.people.rules import SYSTEM, Actor
from tests.conftest import NOW, TODAY
from tests.documents.linked import SEPTEMBER, Lines, annul, draft, lines, link, order, take_off
from tests.processes import at_once

OLD, NEW = dt.date(2025, 2, 1), dt.date(2026, 3, 2)


@pytest.fixture
def old(database: str) -> Document:
    return order("5-П", "2025-02-01")


@pytest.fixture
def new(database: str) -> Document:
    return order("41-П", "2026-03-02", "О внесении изменений")


def refusal_of(source: Document, kind: LinkKind, target: Document, **said: object) -> Refusal:
    with pytest.raises(Refusal) as refused:
        link(source, kind, target, **said)
    return refused.value


def test_a_plan_approved_by_a_registered_order_is_confirmed_registered_and_in_force(new: Document) -> None:
    plan = draft("План", kind="plan")
    link(new, LinkKind.APPROVES, plan)
    stored = get_document(plan.id)
    assert lines(plan) == Lines("signed", "registered", "in_force", NEW, None)
    assert (stored.date, stored.registered_on, stored.number, stored.entry_id) == (NEW, NEW, "", None)


@pytest.mark.parametrize(
    ("force_from", "since", "planned", "expected"),
    [
        ("", None, None, NEW),
        ("2026-04-01", None, None, dt.date(2026, 4, 1)),
        ("2026-04-01", SEPTEMBER, None, SEPTEMBER),
        ("2026-04-01", None, dt.date(2026, 5, 1), dt.date(2026, 5, 1)),
        ("", SEPTEMBER, dt.date(2026, 5, 1), SEPTEMBER),
    ],
)
def test_force_begins_on_the_day_said_nearest(
    database: str, force_from: str, since: dt.date | None, planned: dt.date | None, expected: dt.date
) -> None:
    act = order("41-П", "2026-03-02", force_from=force_from)
    plan = draft("План", kind="plan", force_from=planned)
    link(act, LinkKind.APPROVES, plan, since=since)
    assert lines(plan).force_from == expected


def test_a_link_of_a_draft_waits_for_its_registration(database: str) -> None:
    act, plan = draft("Об утверждении плана"), draft("План", kind="plan")
    before = lines(plan)
    made = link(act, LinkKind.APPROVES, plan)
    assert lines(plan) == before
    Document.update(preparation="signed", date=NEW).where(Document.id == act.id).execute()
    assert lines(plan) == before
    perform(act.id, "register", by=SYSTEM, now=NOW, today=TODAY)
    assert lines(plan) == Lines("signed", "registered", "in_force", NEW, None)
    assert DocumentLink.get_by_id(made.id).acted


def test_a_plan_that_was_withdrawn_is_not_put_into_force(new: Document) -> None:
    plan = draft("План", kind="plan")
    Document.update(preparation="withdrawn").where(Document.id == plan.id).execute()
    before = lines(plan)
    assert not link(new, LinkKind.APPROVES, plan).acted
    assert lines(plan) == before


def test_an_approved_plan_that_replaces_another_ends_it_with_the_same_order(new: Document) -> None:
    former, plan = draft("План на 2025 год", kind="plan"), draft("План на 2026 год", kind="plan")
    link(order("7-П", "2025-02-01"), LinkKind.APPROVES, former)
    link(plan, LinkKind.REPLACES, former)
    assert lines(former).force == "in_force"
    link(new, LinkKind.APPROVES, plan)
    assert lines(former) == Lines("signed", "registered", "ended", OLD, NEW)


@pytest.mark.parametrize("kind", [LinkKind.REPEALS, LinkKind.REPLACES])
def test_a_repeal_ends_force_on_its_day_with_the_reference(old: Document, new: Document, kind: LinkKind) -> None:
    link(new, kind, old)
    assert lines(old) == Lines("signed", "registered", "ended", OLD, NEW)
    (moved, *_rest) = history(old)
    assert moved.effect["transition"] == "end"
    assert all(words in moved.effect["reason"] for words in ("приказом", "02.03.2026", "41-П"))
    assert moved.effect["document"] == new.id


def test_a_repeal_may_count_from_a_later_day(old: Document, new: Document) -> None:
    link(new, LinkKind.REPEALS, old, since=SEPTEMBER)
    assert lines(old).force_until == SEPTEMBER


def test_what_was_to_come_into_force_later_never_does(new: Document) -> None:
    later = order("40-П", "2026-03-01", force_from="2026-09-01")
    link(new, LinkKind.REPEALS, later)
    assert (lines(later).force_from, lines(later).force_until) == (SEPTEMBER, SEPTEMBER)


@pytest.mark.parametrize(("kind", "points"), [(LinkKind.AMENDS, ""), (LinkKind.REPEALS_PARTLY, "2, 4.1")])
def test_an_amendment_leaves_a_document_in_force_as_amended(
    old: Document, new: Document, kind: LinkKind, points: str
) -> None:
    link(new, kind, old, points=points)
    assert lines(old) == Lines("signed", "registered", "amended", OLD, None)


def test_one_of_two_amendments_gone_leaves_the_other(old: Document, new: Document) -> None:
    second = order("42-П", "2026-03-03")
    first_link, second_link = link(new, LinkKind.AMENDS, old), link(second, LinkKind.AMENDS, old)
    take_off(first_link)
    assert lines(old).force == "amended"
    take_off(second_link)
    assert lines(old).force == "in_force"


def test_a_repeal_taken_back_returns_the_amended_text(old: Document, new: Document) -> None:
    link(new, LinkKind.AMENDS, old)
    repeal = link(order("43-П", "2026-03-04"), LinkKind.REPEALS, old)
    assert lines(old).force == "ended"
    take_off(repeal)
    assert lines(old) == Lines("signed", "registered", "amended", OLD, None)


def test_of_two_repeals_the_one_that_is_left_counts_with_its_own_day(old: Document, new: Document) -> None:
    first, before = link(new, LinkKind.REPEALS, old), lines(old)
    second = link(order("43-П", "2026-03-04"), LinkKind.REPEALS, old, since=SEPTEMBER)
    assert lines(old) == before
    take_off(first)
    assert (lines(old).force, lines(old).force_until) == ("ended", SEPTEMBER)
    take_off(second)
    assert (lines(old).force, lines(old).force_until) == ("in_force", None)


def test_a_plan_approved_twice_loses_force_with_the_second_approval(old: Document, new: Document) -> None:
    plan = draft("План", kind="plan")
    approvals = [link(act, LinkKind.APPROVES, plan) for act in (old, new)]
    take_off(approvals[0])
    assert lines(plan).force == "in_force"
    take_off(approvals[1])
    assert lines(plan).force == "not_in_force"


def test_what_a_clerk_ended_by_hand_is_not_restored_with_a_link(old: Document, new: Document) -> None:
    said = Answers(reason="срок истёк", date=dt.date(2026, 1, 1))
    perform(old.id, "end", answers=said, by=SYSTEM, now=NOW, today=TODAY)
    take_off(link(new, LinkKind.REPEALS, old))
    assert (lines(old).force, lines(old).force_until) == ("ended", dt.date(2026, 1, 1))


@pytest.mark.parametrize(
    ("kind", "points"),
    [(LinkKind.AMENDS, "3"), (LinkKind.REPEALS, ""), (LinkKind.REPEALS_PARTLY, "3"), (LinkKind.REPLACES, "")],
)
def test_a_link_taken_off_leaves_the_target_as_it_was(old: Document, new: Document, kind: LinkKind, points: str) -> None:
    before = lines(old)
    made = link(new, kind, old, points=points)
    assert lines(old) != before
    take_off(made)
    assert lines(old) == before


@pytest.mark.parametrize("planned", [None, SEPTEMBER])
def test_an_approval_taken_off_leaves_the_plan_agreed_and_without_force(new: Document, planned: dt.date | None) -> None:
    plan = draft("План", kind="plan", force_from=planned)
    take_off(link(new, LinkKind.APPROVES, plan))
    assert lines(plan) == Lines("agreed", "annulled", "not_in_force", planned, None)
    link(order("44-П", "2026-03-05"), LinkKind.APPROVES, plan)
    assert lines(plan).force == "in_force"


def test_an_annulled_order_takes_back_all_it_did(old: Document, new: Document) -> None:
    plan, before = draft("План", kind="plan"), lines(old)
    link(new, LinkKind.APPROVES, plan)
    link(new, LinkKind.REPEALS, old)
    annul(new)
    assert lines(old) == before
    assert lines(plan) == Lines("agreed", "annulled", "not_in_force", None, None)
    assert not DocumentLink.select().where(DocumentLink.acted).exists()


def test_a_plan_approved_twice_stays_when_one_order_is_annulled(new: Document) -> None:
    plan = draft("План", kind="plan")
    link(new, LinkKind.APPROVES, plan)
    link(order("45-П", "2026-03-06"), LinkKind.APPROVES, plan)
    annul(new)
    assert lines(plan).force == "in_force"


def test_a_plan_approved_anew_is_in_force_as_amended_and_not_as_it_was_suspended(new: Document) -> None:
    plan = draft("План чтения", kind="plan")
    first = order("30-П", "2026-02-01")
    link(first, LinkKind.APPROVES, plan)
    link(new, LinkKind.AMENDS, plan)
    answers = Answers(reason="проверка", date=TODAY)
    perform(plan.id, "suspend", answers=answers, by=SYSTEM, now=NOW, today=TODAY)
    annul(first)
    assert lines(plan).force == "not_in_force"
    link(order("31-П", "2026-02-02"), LinkKind.APPROVES, plan)
    assert lines(plan).force == "amended"
    assert standing(get_document(plan.id), TODAY).binding is Binding.AMENDED


def test_repealing_the_order_that_approved_a_plan_does_not_end_the_plan_and_asks(old: Document, new: Document) -> None:
    plan = draft("План", kind="plan")
    link(old, LinkKind.APPROVES, plan)
    link(new, LinkKind.REPEALS, old)
    assert lines(plan).force == "in_force"
    assert asks_about(old) == [plan]
    link(new, LinkKind.REPEALS, plan)
    assert asks_about(old) == []


def test_links_without_effect_change_nothing(old: Document, new: Document) -> None:
    before = lines(old), lines(new)
    for kind in (LinkKind.BASED_ON, LinkKind.APPENDIX_TO, LinkKind.EXECUTES, LinkKind.OTHER):
        take_off(link(new, kind, old))
        link(old, kind, new)
    assert (lines(old), lines(new)) == before


def test_each_end_tells_of_a_link_in_its_own_words(old: Document, new: Document) -> None:
    note = draft("Справка", kind="note")
    link(new, LinkKind.AMENDS, old, points="3", note="по протесту прокурора")
    link(new, LinkKind.RESULTS_OF, note)
    (seen,) = links_of(old, by=SYSTEM)
    assert (seen.kind, seen.other, seen.outgoing, seen.points, seen.note, seen.acted) == (
        LinkKind.AMENDS, new, False, "3", "по протесту прокурора", True,
    )  # fmt: skip
    assert [(one.kind, one.other) for one in links_of(new, by=SYSTEM)] == [
        (LinkKind.AMENDS, old),
        (LinkKind.RESULTS_OF, note),
    ]


def test_a_far_end_that_is_not_open_to_a_person_is_not_shown(old: Document, staff: Actor) -> None:
    link(draft("Проект приказа"), LinkKind.BASED_ON, old)
    assert links_of(old, by=staff) == []
    assert len(links_of(old, by=SYSTEM)) == 1


def test_both_histories_tell_of_the_link_and_the_chain_is_whole(old: Document, new: Document) -> None:
    take_off(link(new, LinkKind.EXECUTES, old))
    for one in (old, new):
        assert [event.what for event in history(one)][:2] == ["document_unlinked", "document_linked"]
    assert history(old)[0].effect["reason"] == "связь поставлена по недосмотру"
    assert verify() is None


def test_a_circle_is_refused_however_long_and_leaves_nothing_behind(database: str) -> None:
    chain = [order(f"{n}-П", "2026-03-02") for n in range(50, 54)]
    for one, other in itertools.pairwise(chain):
        link(one, LinkKind.AMENDS, other)
    before = lines(chain[0]), len(history(chain[0]))
    assert refusal_of(chain[-1], LinkKind.REPEALS, chain[0]).code == "link_circle"
    assert (lines(chain[0]), len(history(chain[0]))) == before
    assert DocumentLink.select().count() == 3


def test_a_second_link_of_the_same_kind_is_refused_and_another_kind_is_not(old: Document, new: Document) -> None:
    link(new, LinkKind.AMENDS, old)
    assert refusal_of(new, LinkKind.AMENDS, old).code == "link_twice"
    link(new, LinkKind.EXECUTES, old)
    assert refusal_of(new, LinkKind.OTHER, new).code == "link_itself"


def test_an_annulled_document_does_not_act(old: Document, new: Document) -> None:
    annul(new)
    assert "target" in refusal_of(new, LinkKind.REPEALS, old).details["fields"]  # type: ignore[operator]


def test_only_those_who_may_link_the_source_and_read_the_target_link_them(
    old: Document, new: Document, staff: Actor
) -> None:
    with pytest.raises(Forbidden):
        link_documents(new.id, old.id, LinkKind.AMENDS, by=staff, now=NOW, today=TODAY)
    hidden = draft("Проект")
    for source, target in ((new, hidden), (hidden, new)):
        with pytest.raises(NotFound):
            link_documents(source.id, target.id, LinkKind.AMENDS, by=staff, now=NOW, today=TODAY)
    made = link(new, LinkKind.AMENDS, old)
    with pytest.raises(Forbidden):
        unlink(made.id, "не нужна", by=staff, now=NOW, today=TODAY)
    with pytest.raises(NotFound):
        link_documents(new.id, 10_000, LinkKind.AMENDS, by=SYSTEM, now=NOW, today=TODAY)
    assert DocumentLink.select().count() == 1


def test_a_link_is_taken_off_with_a_reason_and_once(old: Document, new: Document) -> None:
    made = link(new, LinkKind.AMENDS, old)
    for reason in ("  ", "п" * 501):
        with pytest.raises(Refusal) as refused:
            unlink(made.id, reason, by=SYSTEM, now=NOW, today=TODAY)
        assert refused.value.code == "reason"
    take_off(made)
    with pytest.raises(NotFound):
        take_off(made)


LINK = """
import datetime as dt
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM
try:
    now = dt.datetime(2026, 3, 16, tzinfo=dt.UTC)
    link_documents({source}, {target}, LinkKind.BASED_ON if {free} else LinkKind.AMENDS, by=SYSTEM, now=now, today=now.date())
    result = "linked"
except Refusal as refusal:
    result = refusal.code
"""


def test_links_made_at_once_close_no_circle(database: str) -> None:
    ring = [order(f"{n}-П", "2026-03-02").id for n in range(60, 64)]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    told = at_once(database, [LINK.format(source=source, target=target, free=False) for source, target in pairs])
    assert sorted(map(str, told)) == ["link_circle", "linked", "linked", "linked"]


def test_the_same_link_made_at_once_is_there_once(old: Document, new: Document, database: str) -> None:
    told = at_once(database, [LINK.format(source=new.id, target=old.id, free=True)] * 3)
    assert sorted(map(str, told)) == ["link_twice", "link_twice", "linked"]

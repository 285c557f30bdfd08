from __future__ import annotations

import datetime as dt

import pytest

from roadmapdocs.access.rules import Mark
from roadmapdocs.documents.bulk_acts import MOST_AT_ONCE, choices, chosen_documents, perform_for, preview
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM, Actor
from tests.conftest import NOW, TODAY
from tests.factories import document

DUE = Answers(due=dt.date(2026, 12, 1))


def drafts(count: int) -> list[Document]:
    return [document(f"Проект {place}", preparation=Preparation.DRAFT) for place in range(count)]


def signed(count: int) -> list[Document]:
    return [document(f"Приказ {place}") for place in range(count)]


def perform(documents: list[Document], name: str, answers: Answers, by: Actor) -> list[str | None]:
    seen = {one.id: one.revision for one in documents}
    return [one.why_not for one in perform_for(seen, name, answers, by=by, now=NOW, today=TODAY)]


def test_a_step_is_offered_where_it_is_open_for_one_of_them_at_least(database: str, clerk: Actor) -> None:
    chosen = [*signed(2), *drafts(1)]
    fits = {one.transition.name: one.fits for one in choices(chosen, by=clerk, today=TODAY)}
    assert fits["put_on_control"] >= 2
    assert fits["withdraw"] == 1


def test_the_preview_names_whom_it_fits_and_why_not_the_others_and_changes_nothing(
    database: str, clerk: Actor
) -> None:
    unsigned, registered = drafts(1)[0], signed(1)[0]
    verdicts = preview([unsigned, registered], "annul", by=clerk, today=TODAY)
    assert verdicts[0].why_not is not None
    assert verdicts[1].why_not is None
    assert [one.revision for one in verdicts] == [unsigned.revision, registered.revision]
    assert Document.get_by_id(registered.id).registration == "registered"


def test_what_is_refused_for_one_stops_no_other(database: str, clerk: Actor) -> None:
    chosen = [signed(1)[0], drafts(1)[0], signed(1)[0]]
    told = perform(chosen, "annul", Answers(reason="дважды"), clerk)
    assert [one is None for one in told] == [True, False, True]
    states = [Document.get_by_id(one.id).registration for one in chosen]
    assert states == ["annulled", "unregistered", "annulled"]


def test_sent_twice_it_is_done_once(database: str, clerk: Actor) -> None:
    chosen = signed(2)
    assert perform(chosen, "put_on_control", DUE, clerk) == [None, None]
    before = [Document.get_by_id(one.id).revision for one in chosen]
    again = perform(chosen, "put_on_control", DUE, clerk)
    assert again == ["Это уже сделано."] * 2 or again == ["This has been done already."] * 2
    assert [Document.get_by_id(one.id).revision for one in chosen] == before


def test_what_changed_since_it_was_seen_is_left_alone(database: str, clerk: Actor) -> None:
    first, second = signed(2)
    Document.update(revision=Document.revision + 1).where(Document.id == first.id).execute()
    told = perform([first, second], "annul", Answers(reason="дважды"), clerk)
    assert told[0] is not None
    assert told[1] is None
    assert Document.get_by_id(first.id).registration == "registered"


def test_an_answer_that_all_need_is_asked_before_anything_is_done(database: str, clerk: Actor) -> None:
    chosen = signed(2)
    with pytest.raises(Refusal) as refused:
        perform(chosen, "annul", Answers(), clerk)
    assert refused.value.code == "answer"
    assert set(refused.value.details["fields"]) == {"reason"}
    assert {Document.get_by_id(one.id).registration for one in chosen} == {"registered"}


def test_what_is_not_for_the_person_is_passed_over(database: str, staff: Actor) -> None:
    card = Card(
        "order_main",
        "О надбавке",
        date=TODAY,
        preparation=Preparation.SIGNED,
        mark=Mark.PERSONAL,
        mark_basis="152-ФЗ",
    )
    secret = create_document(card, by=SYSTEM, now=NOW, today=TODAY)
    public = signed(1)[0]
    assert [one.id for one in chosen_documents([secret.id, public.id], by=staff)] == [public.id]
    with pytest.raises(Refusal) as refused:
        chosen_documents([secret.id], by=staff)
    assert refused.value.code == "nothing_chosen"


def test_whoever_is_not_named_by_the_step_gets_the_reason(database: str, staff: Actor) -> None:
    chosen = signed(1)
    assert preview(chosen, "annul", by=staff, today=TODAY)[0].why_not
    assert perform(chosen, "annul", Answers(reason="дважды"), staff)[0]
    assert Document.get_by_id(chosen[0].id).registration == "registered"


def test_a_step_of_no_workflow_is_refused_document_by_document(sqlite_database: None, clerk: Actor) -> None:
    chosen = signed(1)
    assert preview(chosen, "fly", by=clerk, today=TODAY)[0].why_not
    assert perform(chosen, "fly", Answers(), clerk)[0]


def test_a_step_that_asks_each_document_something_of_its_own_is_left_to_the_card(
    sqlite_database: None, clerk: Actor
) -> None:
    offered = choices(signed(1), by=clerk, today=TODAY)
    assert not [one for one in offered if {"number", "document", "points"}.intersection(one.transition.asks)]


@pytest.mark.parametrize(("ids", "code"), [([], "nothing_chosen"), ([999], "nothing_chosen")])
def test_nothing_chosen_is_told(sqlite_database: None, clerk: Actor, ids: list[int], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        chosen_documents(ids, by=clerk)
    assert refused.value.code == code


def test_too_many_are_refused_before_any_is_read(sqlite_database: None, clerk: Actor) -> None:
    with pytest.raises(Refusal) as refused:
        chosen_documents(range(1, MOST_AT_ONCE + 2), by=clerk)
    assert refused.value.code == "too_many"

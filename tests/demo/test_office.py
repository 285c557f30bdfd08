"""The made-up office, brought to life on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from roadmapdocs.access.rules import Action, Mark
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.assignments.models import Assignment, AssignmentReport, AssignmentSeries, DueExtension
from roadmapdocs.assignments.waiting import Wait, waiting_for
from roadmapdocs.assignments.words import LIVE, ExtensionState, State
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import verify
from roadmapdocs.cases.models import Case
from roadmapdocs.coverage.matrix import coverage_of_office
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.rules import State as Covered
from roadmapdocs.demo.content import Office
from roadmapdocs.demo.office import build
from roadmapdocs.documents.models import Comment, Document, DocumentVersion
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.files.store import MemoryStore
from roadmapdocs.people.models import User, UserGrant, UserRole
from roadmapdocs.people.operations import actor_of, sign_in
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.gaps import gaps
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState
from roadmapdocs.web.commands import registry_checks
from roadmapdocs.workflow.rules import Line

PASSWORD = "дом-у-озера-7"


DAYS = [dt.date(2028, 2, 29), dt.date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("database", "today"),
    [*(("sqlite", day) for day in DAYS), pytest.param("postgresql", dt.date(2027, 12, 31), marks=pytest.mark.postgresql)],
    indirect=["database"],
)
def test_the_office_is_whole_on_any_day(database: str, today: dt.date) -> None:
    now = dt.datetime.combine(today, dt.time(9), tzinfo=dt.UTC)
    store = MemoryStore()

    office = build(store, password=PASSWORD, today=today, now=now)

    states_of_coverage(today)
    numbers_are_those_that_texts_cite(office)
    states_of_documents()
    journals_hold_everything_that_happens_to_numbers(office)
    links_have_had_their_effects(office)
    assignments_stand_where_the_content_says(office, today)
    everybody_with_an_account_has_something_to_do(today)
    readers_have_confirmed_in_every_way()
    cases_of_last_year_are_closed(today)
    for look in (registry_checks.check_journals, registry_checks.check_kinds, registry_checks.check_documents):
        assert look()
    assert all(store.holds(version.file.sha256) for version in DocumentVersion.select())
    assert {Role(row.role) for row in UserRole.select()} == set(Role)
    assert [row.action for row in UserGrant.select()] == [Action.BACKDATE]
    assert all(sign_in(user.login, PASSWORD, now=now) for user in User.select())
    assert Event.select().where(Event.at > now).count() == 0
    assert verify() is None


def states_of_coverage(today: dt.date) -> None:
    found = {
        state
        for one in coverage_of_office(today=today).values()
        for state in one.totals.whole.counts
        if one.totals.whole.counts[state]
    }
    assert found == set(Covered)


def stored(office: Office, key: str) -> Any:
    """The document of this key, by what nobody else has: its title and number."""
    content = next(one for one in office.documents if one.key == key)
    same = (Document.title == content.title) & (Document.number == content.number)
    return Document.get(same & Document.working_copy_of.is_null())


def numbers_are_those_that_texts_cite(office: Office) -> None:
    assert Document.select().where(Document.working_copy_of.is_null()).count() == len(office.documents)
    registered = Document.select(Document.number, Document.date, Document.title).where(Document.registration == "registered")
    given = {(number, title) for number, _date, title in registered.tuples() if number}
    content = {(one.number, one.title) for one in office.documents if one.number and one.preparation == "signed"}
    assert content - given == {(one.number, one.title) for one in office.documents if one.key == "order-reserve-twice"}
    assert not given - content


def states_of_documents() -> None:
    """Every state of preparation and registration, and what a clerk looks for on other lines."""
    found = {line: {state for (state,) in Document.select(getattr(Document, line)).distinct().tuples()} for line in Line}
    assert found[Line.PREPARATION] == set(Preparation)
    assert found[Line.REGISTRATION] == set(Registration)
    assert found[Line.FORCE] == set(Force)
    assert found[Line.CONTROL] == {"off", "on", "awaiting_removal", "removed"}
    assert found[Line.ACQUAINTANCE] == {"not_required", "sent", "partly", "everyone"}
    assert {mark for (mark,) in Document.select(Document.mark).distinct().tuples()} == set(Mark)
    assert Document.select().where(Document.working_copy_of.is_null(False)).count() == 1
    assert Comment.select().count() >= 3
    assert Document.select().where(Document.unit.is_null() | Document.organisation.is_null()).count() == 0


def journals_hold_everything_that_happens_to_numbers(office: Office) -> None:
    assert {state for (state,) in Entry.select(Entry.state).distinct().tuples()} == set(EntryState) - {EntryState.UNUSED}
    assert Entry.select().where(Entry.suffix == "а").get().reason
    assert all(gap.reason for gap in Gap.select())
    assert {journal.code for journal in Journal.select().where(Journal.active)} >= {one.key for one in office.journals}
    shown = [line for one in Counter.select() for line in gaps(one.journal, one.period)]
    never_given = [line for line in shown if line.state == NEVER_GIVEN]
    assert len(never_given) >= 2
    assert all(line.reason for line in never_given)


def links_have_had_their_effects(office: Office) -> None:
    assert stored(office, "order-bus-duty").force == Force.AMENDED
    assert stored(office, "order-mentors-rural").force == Force.ENDED
    assert stored(office, "order-rural-list").force == Force.ENDED
    assert stored(office, "directive-timetable").force == Force.SUSPENDED
    assert stored(office, "reg-journal").preparation == Preparation.SIGNED
    assert stored(office, "order-schedule").force == Force.IN_FORCE


def assignments_stand_where_the_content_says(office: Office, today: dt.date) -> None:
    """Every state, a tree half done, extensions of every answer, a series that goes on, and few that are late."""
    assert {state for (state,) in Assignment.select(Assignment.state).distinct().tuples()} == set(State)
    # Of the series two have been given by now, of the rest one each.
    assert Assignment.select().count() == len(office.assignments) + 1
    assert AssignmentSeries.select().where(AssignmentSeries.ended_at.is_null()).count() == 1
    answers = {state for (state,) in DueExtension.select(DueExtension.state).distinct().tuples()}
    assert answers == {ExtensionState.ASKED, ExtensionState.GRANTED, ExtensionState.REFUSED}
    below = {row.state for row in Assignment.select().where(Assignment.parent.is_null(False))}
    assert below == {State.DONE, State.IN_WORK}
    assert Assignment.select().where(Assignment.state.in_(LIVE) & (Assignment.due < today)).count() <= 4
    drafts = Assignment.select(Assignment.author_name).where(Assignment.state == State.DRAFT).tuples()
    assert {name.split()[0] for (name,) in drafts} == {"Вересова", "Холмогоров"}
    assert {row.in_place_of.split()[0] for row in AssignmentReport.select() if row.in_place_of} == {"Шилко"}
    proving = Assignment.select().where(Assignment.item.is_null(False) & Assignment.result.is_null(False)).get()
    assert Proof.select().where((Proof.expected == proving.expected_id) & (Proof.document == proving.result_id)).exists()
    assert stored(office, "order-bus-duty-change").control == "awaiting_removal"
    assert stored(office, "order-heating").control == "removed"


def everybody_with_an_account_has_something_to_do(today: dt.date) -> None:
    for user in User.select():
        actor = actor_of(user, today=today)
        assert waiting_for(actor, today), user.login
    waits = {Wait.CONFIRM, Wait.JUDGE, Wait.ANSWER, Wait.EXPLAIN}
    head = User.get(User.login == "veresova")
    assert {one.act for one in waiting_for(actor_of(head, today=today), today)} == waits


def readers_have_confirmed_in_every_way() -> None:
    ways = {way for (way,) in Acquaintance.select(Acquaintance.way).distinct().tuples()}
    assert {"electronic", "paper"} <= ways
    assert Acquaintance.select().where(Acquaintance.state == ReadingState.REFUSED).count() == 1
    assert AcquaintanceSheet.select().where(AcquaintanceSheet.standing).count() == 1
    for login in ("derbenev", "shilko", "yurasova"):
        reader = Acquaintance.select().join(User, on=(User.employee == Acquaintance.employee)).where(User.login == login)
        assert reader.where(Acquaintance.state == ReadingState.ASKED).count() >= 1, login


def cases_of_last_year_are_closed(today: dt.date) -> None:
    last, this = (Case.select().where(Case.year == year) for year in (today.year - 1, today.year))
    assert last.count() == this.count()
    assert all(case.closed_on for case in last if not case.transitional)
    assert not any(case.closed_on for case in this)
    assert Document.select().where(Document.case.in_(last)).count() > 20


"""Reports read from the tables: the lists, the figures, what a reader sees of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmapdocs import db
from roadmapdocs.access.rules import Mark
from roadmapdocs.assignments import reports as r
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.reports import Which
from roadmapdocs.assignments.reports_discipline import discipline, tallies
from roadmapdocs.assignments.reports_extensions import Moves, moved, moved_count, moves_by_person
from roadmapdocs.assignments.reports_paper import line_row
from roadmapdocs.assignments.reports_rules import Lateness, Period, Tally
from roadmapdocs.assignments.reports_scope import Scope, Staff, within
from roadmapdocs.assignments.reports_sources import (
    Counts,
    by_document,
    by_section,
    document_count,
    document_names,
)
from roadmapdocs.assignments.visibility import seen_by, visible_to
from roadmapdocs.assignments.words import LIVE, ExtensionState, State
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.documents.models import Document
from roadmapdocs.people.models import Post, Unit
from roadmapdocs.people.rules import Role
from roadmapdocs.workdays.rules import Calendar
from tests import factories as make
from tests.assignments.plain_report import Judged, Outcome, holds, outcome, tally
from tests.assignments.report_office import ReportOffice, assignment, extension, office
from tests.conftest import TODAY

LAST, NEXT = TODAY - dt.timedelta(days=10), TODAY + dt.timedelta(days=4)
ALWAYS = Period()


def every(here: ReportOffice, /, **scope: Any) -> Any:
    return within(Scope(**scope), here.actor(Role.CLERK), Staff(TODAY))


def found(condition: Any, **more: Any) -> list[int]:
    return [line.id for line in r.lines(condition, today=TODAY, calendar=Calendar(), limit=100, **more)]


def test_what_is_late_stands_by_person_with_those_who_left(database: str) -> None:
    here = office()
    boss, staff, _group, left, _nobody = here.people
    one = assignment(staff, LAST, text="вторая")
    first = assignment(staff, LAST - dt.timedelta(days=5), State.REPORTED, controller=boss)
    gone = assignment(left, LAST)
    assignment(staff, NEXT)
    assignment(staff, LAST, State.DONE)
    assignment(staff, LAST, State.CANCELLED)
    assignment(staff, LAST, State.DRAFT)
    condition = r.that(Which.LATE, ALWAYS, TODAY) & every(here)
    assert found(condition, order=r.BY_PERSON) == [first.id, one.id, gone.id]
    people = r.late_by_person(condition, today=TODAY)
    assert [(who.person, who.left, who.count, who.longest) for who in people] == [(staff.id, False, 2, 15), (left.id, True, 1, 10)]
    line = r.lines_of([first.id], today=TODAY, calendar=Calendar())[0]
    assert (line.late, line.controller_name, line.left) == (Lateness(15, 10), str(boss), False)
    assert found(r.that(Which.LEFT, ALWAYS, TODAY) & every(here)) == [gone.id]
    assert found(r.that(Which.ON_CHECK, ALWAYS, TODAY) & every(here)) == [first.id]


def test_what_is_due_stands_by_day(database: str) -> None:
    here = office()
    rows = [assignment(here.people[0], day) for day in (TODAY, NEXT, NEXT, TODAY + dt.timedelta(days=20), LAST)]
    condition = r.that(Which.DUE, Period(TODAY, NEXT), TODAY) & every(here)
    assert r.by_day(condition) == {TODAY: 1, NEXT: 2}
    assert found(condition) == [row.id for row in rows[:3]]
    assert found(condition, offset=2) == [rows[2].id]
    assert r.count(condition) == 3


def test_a_scope_narrows_by_person_unit_controller_document_and_control(database: str) -> None:
    here = office()
    boss, staff, group, left, _nobody = here.people
    document = make.document()
    by_boss = assignment(boss, LAST, controller=staff)
    by_staff = assignment(staff, LAST, document=document, on_control=False)
    by_group = assignment(group, LAST, controller=staff)
    by_left = assignment(left, LAST)

    def ids(**scope: Any) -> list[int]:
        return found(r.that(Which.LATE, ALWAYS, TODAY) & every(here, **scope))

    assert ids(people=frozenset({boss.id})) == [by_boss.id]
    assert ids(people=frozenset({boss.id, group.id})) == [by_boss.id, by_group.id]
    assert ids(people=frozenset()) == []
    assert ids(unit=here.units[1].id) == [by_staff.id, by_group.id, by_left.id]
    assert ids(unit=here.units[0].id) == [by_boss.id, by_staff.id, by_group.id, by_left.id]
    assert ids(unit=999) == []
    assert ids(controllers=frozenset({staff.id})) == [by_boss.id, by_group.id]
    assert ids(document=document.id) == [by_staff.id]
    assert ids(on_control=True) == [by_boss.id, by_group.id, by_left.id]


def test_discipline_counts_each_person_once_and_a_unit_with_all_below(database: str) -> None:
    here = office()
    boss, staff, group, left, nobody = here.people
    assignment(boss, LAST, State.DONE)
    assignment(staff, LAST, State.REMOVED, done_on=TODAY)
    assignment(group, LAST, State.REMOVED, first_due=LAST - dt.timedelta(days=9))
    assignment(group, LAST)
    assignment(left, LAST, State.REPORTED)
    assignment(nobody, NEXT)
    assignment(nobody, LAST, State.REMOVED, done_on=None)
    assignment(staff, dt.date(2025, 1, 1), State.DONE)
    report = discipline(every(here), Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), staff=Staff(TODAY), today=TODAY)
    assert {row.person: row.figures for row in report.people} == {
        boss.id: Tally(in_time=1),
        staff.id: Tally(done_late=1),
        group.id: Tally(in_time=1, not_done=1, extended=1),
        left.id: Tally(not_done=1, on_check=1),
        nobody.id: Tally(ahead=1),
    }
    assert [row.person for row in report.people if row.left] == [left.id]
    assert [(row.unit.id, row.unit.depth, row.figures.all) for row in report.units] == [
        (here.units[0].id, 0, 5),
        (here.units[1].id, 1, 4),
        (here.units[2].id, 2, 2),
    ]
    assert (report.whole.all, report.whole.judged, report.whole.share) == (6, 5, 40)


def test_who_has_two_posts_counts_to_the_first_and_who_left_to_the_last(sqlite_database: None) -> None:
    here = office()
    boss, *_others, left, _nobody = here.people
    Post.create(employee=boss, unit=here.units[2], title="методист", since=dt.date(2024, 1, 1))
    Post.create(employee=left, unit=here.units[2], title="методист", since=dt.date(2019, 1, 1), until=dt.date(2019, 12, 31))
    units = Staff(TODAY).unit_of
    assert (units[boss.id], units[left.id]) == (here.units[0].id, here.units[1].id)


def test_units_in_a_circle_do_not_hang_a_report(sqlite_database: None) -> None:
    here = office()
    Unit.update(parent=here.units[2]).where(Unit.id == here.units[0].id).execute()
    staff = Staff(TODAY)
    assert set(staff.above(here.units[1].id)) == {unit.id for unit in here.units}
    assert set(staff.people_of(here.units[0].id)) >= {here.people[0].id, here.people[2].id}


def test_moves_of_deadlines_are_counted_by_person_and_by_assignment(database: str) -> None:
    here = office()
    staff, group = here.people[1:3]
    first = assignment(staff, NEXT, first_due=LAST)
    second = assignment(group, NEXT, first_due=LAST)
    extension(first, ExtensionState.GRANTED, granted=NEXT)
    extension(first, ExtensionState.ORDERED, granted=NEXT)
    extension(first, ExtensionState.REFUSED)
    extension(first, ExtensionState.WITHDRAWN)
    extension(second, ExtensionState.ASKED)
    extension(second, ExtensionState.GRANTED, dt.datetime(2025, 12, 31, 22, 0, tzinfo=dt.UTC), granted=NEXT)
    year, moscow = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), dt.timezone(dt.timedelta(hours=3))
    people = {one.person: one.moves for one in moves_by_person(every(here), year, zone=dt.UTC)}
    assert people == {
        staff.id: Moves(asked=3, granted=1, refused=1, ordered=1),
        group.id: Moves(asked=1, waiting=1),
    }
    assert [(one.assignment, one.times) for one in moved(every(here), year, zone=dt.UTC, limit=10)] == [(first.id, 2)]
    # In Moscow the new year has begun by then.
    assert [(one.assignment, one.times) for one in moved(every(here), year, zone=moscow, limit=10)] == [(first.id, 2), (second.id, 1)]
    assert moved_count(every(here), year, zone=moscow) == 2
    assert moved_count(every(here), ALWAYS, zone=dt.UTC) == 2


def test_documents_stand_with_the_first_of_their_assignments(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("roadmapdocs.assignments.reports_sources.MOST_LINES", 2)
    here = office()
    staff = here.people[1]
    old, new = make.document(date=dt.date(2026, 1, 1)), make.document(date=dt.date(2026, 3, 1))
    rows = [assignment(staff, day, document=old, point=point) for day, point in ((NEXT, "3"), (LAST, "1"), (TODAY, "2"))]
    done = assignment(staff, LAST, State.DONE, document=new)
    assignment(staff, LAST, State.CANCELLED, document=new)
    assignment(staff, LAST)
    parts = by_document(every(here), today=TODAY, calendar=Calendar(), limit=10)
    assert [(part.document, part.counts) for part in parts] == [
        (new.id, Counts(given=1, done=1)),
        (old.id, Counts(given=3, live=3, late=1)),
    ]
    assert [[line.id for line in part.lines] for part in parts] == [[done.id], [rows[1].id, rows[2].id]]
    assert document_count(every(here)) == 2
    assert [part.document for part in by_document(every(here), today=TODAY, calendar=Calendar(), limit=1, offset=1)] == [old.id]


def test_items_of_a_roadmap_stand_with_their_assignments_and_proofs(sqlite_database: None) -> None:
    here = office()
    edition = make.roadmap(make.item("1.1", "Смотр", make.deadline(2026, 2, 1)), make.item("2.1", "Семинар", make.deadline(2026, 5, 1), section="2"))
    first, second = edition.items
    assignment(here.people[1], LAST, item=first)
    assignment(here.people[1], LAST, State.DONE, item=first)
    parts = by_section(every(here), coverage_of(edition, today=TODAY), today=TODAY)
    assert [part.title for part in parts] == ["1. Раздел 1", "2. Раздел 2"]
    told, silent = parts[0].items[0], parts[1].items[0]
    assert (told.id, told.expected, told.proved, told.late) == (first.id, 1, 0, 1)
    assert told.counts == Counts(given=2, live=1, late=1, done=1)
    assert (silent.id, silent.counts) == (second.id, Counts())
    section = first.section_id
    assert found(r.that(Which.GIVEN, ALWAYS, TODAY) & every(here, section=section)) == found(
        r.that(Which.GIVEN, ALWAYS, TODAY) & every(here, roadmap=edition.roadmap_id)
    )


def secret() -> Document:
    document = make.document("О премировании")
    # Nobody but the drafter reads it, and there is none.
    Document.update(mark=str(Mark.PERSONAL), readers=0, drafter=None).where(Document.id == document.id).execute()
    return document


def test_a_reader_counts_only_what_is_open_to_them(database: str) -> None:
    here = office()
    boss, staff, group, *_rest = here.people
    hidden = secret()
    own = assignment(staff, LAST, document=hidden)
    child = assignment(group, LAST, document=hidden, parent=own, root=own)
    other = assignment(boss, LAST)
    of_secret = assignment(boss, LAST, document=hidden)
    late = r.that(Which.LATE, ALWAYS, TODAY)

    def seen(*roles: Role, person: Any = None) -> set[int]:
        return set(found(late & within(Scope(), here.actor(*roles, person=person), Staff(TODAY))))

    assert seen(Role.CLERK) == {other.id}
    assert seen(Role.CLERK, person=staff) == {own.id, child.id, other.id}
    assert seen(Role.STAFF, person=group) == {own.id, child.id}
    assert seen(Role.STAFF, person=here.people[4]) == set()
    assert seen(Role.STAFF) == set()
    assert of_secret.id not in seen(Role.CLERK, person=staff)
    name = document_names([hidden.id], here.actor(Role.CLERK))[hidden.id]
    assert (name.hidden, name.title, name.number) == (True, "", "")


def test_a_draft_that_was_dropped_opens_its_tree_to_nobody(database: str) -> None:
    here = office()
    boss, staff, group, *_others = here.people
    parent = assignment(staff, TODAY - dt.timedelta(days=3), author=boss)
    assignment(group, None, State.CANCELLED, parent=parent, root=parent.root_id, given_at=None)
    late = r.that(Which.LATE, ALWAYS, TODAY)
    assert found(late & within(Scope(), here.actor(Role.STAFF, person=staff), Staff(TODAY))) == [parent.id]
    assert found(late & within(Scope(), here.actor(Role.STAFF, person=group), Staff(TODAY))) == []


@pytest.mark.parametrize(
    ("state", "done", "words"),
    [
        (State.DONE, True, "исполнено 16.03.2026"),
        (State.REMOVED, True, "исполнено 16.03.2026"),
        (State.REMOVED, False, "снято без исполнения"),
        (State.CANCELLED, False, "отменено"),
    ],
)
def test_a_printed_row_has_the_day_of_the_execution_and_no_other(sqlite_database: None, state: State, done: bool, words: str) -> None:
    row = assignment(office().people[1], dt.date(2026, 3, 16), state, done_on=dt.date(2026, 3, 16) if done else None)
    (line,) = r.lines_of([row.id], today=TODAY, calendar=Calendar())
    assert line_row(1, line, {}).cells[7] == words


STATES = st.sampled_from(list(State))
DAYS = st.none() | st.integers(-20, 20).map(lambda days: TODAY + dt.timedelta(days=days))


@pytest.fixture
def rolled_back(database: str) -> Any:
    """An office, and a way to try rows in it that are not there the next time."""
    return office(), [None, make.document(), secret()]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_the_queries_say_what_the_plain_rules_say(rolled_back: Any, data: st.DataObject) -> None:
    here, documents = rolled_back
    with db.database.atomic() as tried:
        rows: list[Assignment] = []
        dropped: set[int] = set()
        for _ in range(data.draw(st.integers(0, 9))):
            parent = data.draw(st.sampled_from([None, *rows]))
            more = {"parent": parent, "root": parent.root_id} if parent is not None else {}
            rows.append(
                assignment(
                    data.draw(st.sampled_from(here.people)),
                    data.draw(DAYS),
                    data.draw(STATES),
                    first_due=data.draw(DAYS),
                    done_on=data.draw(DAYS),
                    document=data.draw(st.sampled_from(documents)),
                    controller=data.draw(st.sampled_from([None, *here.people])),
                    **more,
                )
            )
            if rows[-1].state == State.CANCELLED and data.draw(st.booleans()):
                dropped.add(rows[-1].id)
                Assignment.update(given_at=None).where(Assignment.id == rows[-1].id).execute()
        reader = here.actor(*data.draw(st.sets(st.sampled_from(list(Role)))), person=data.draw(st.sampled_from([None, *here.people])))
        visible = {id_ for (id_,) in Assignment.select(Assignment.id).where(visible_to(reader)).tuples()}
        mine = [row for row in rows if row.id in visible and row.state != State.DRAFT]
        seen = {id_ for (id_,) in Assignment.select(Assignment.id).where(seen_by(reader)).tuples()}
        assert seen - dropped == {row.id for row in mine} - dropped
        assert not set(found(r.that(Which.GIVEN, ALWAYS, TODAY) & seen_by(reader))) & dropped

        since, until = data.draw(DAYS), data.draw(DAYS)
        period = Period(since, until)
        counted = [row for row in mine if row.due is not None and holds(period, row.due)]
        by_person: dict[int, Tally] = {}
        for row in counted:
            if outcome(row.state, row.due, row.done_on, TODAY) is not Outcome.LEFT_OUT:
                figures = tally([Judged(row.state, row.due, row.first_due, row.done_on)], TODAY)
                by_person[row.responsible_id] = by_person.get(row.responsible_id, Tally()) + figures
        assert tallies(seen_by(reader), period, TODAY) == by_person

        late = {row.id for row in mine if row.state in LIVE and row.due is not None and row.due < TODAY}
        assert set(found(r.that(Which.LATE, ALWAYS, TODAY) & seen_by(reader), order=r.BY_PERSON)) == late
        for which in (Which.IN_TIME, Which.DONE_LATE, Which.NOT_DONE, Which.AHEAD):
            wanted = {row.id for row in counted if outcome(row.state, row.due, row.done_on, TODAY) == which.value}
            assert set(found(r.that(which, period, TODAY) & seen_by(reader))) == wanted, which
        figures = sum(by_person.values(), Tally())
        for which, number in ((Which.COUNTED, figures.all), (Which.EXTENDED, figures.extended), (Which.ON_CHECK, figures.on_check)):
            assert r.count(r.that(which, period, TODAY) & seen_by(reader)) == number, which
        tried.rollback()

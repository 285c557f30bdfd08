"""Assignments given one after another: each in its turn, none lost, none twice, and the author told of the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from roadmapdocs.assignments import house
from roadmapdocs.assignments.models import Assignment, AssignmentSeries
from roadmapdocs.assignments.operations import confirm_draft, drop_draft
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.series import MOST_AT_ONCE, end_series, give_series, make_due, upcoming
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import series_ended
from roadmapdocs.installation import Kept
from roadmapdocs.people.models import User, UserRole
from tests.assignments.office import CLERK, DEPUTY, HEAD, Office, make_office
from tests.conftest import NOW, TODAY
from tests.processes import at_once

QUARTERLY = Deadline(DeadlineKind.PERIODIC, recurrence="quarterly", anchor=15, date=dt.date(2026, 4, 15), text="ежеквартально до 15 числа")
MONTHLY = Deadline(DeadlineKind.PERIODIC, recurrence="monthly", text="ежемесячно")


def days(text: str) -> list[dt.date]:
    return [dt.datetime.strptime(one, "%d.%m.%Y").date() for one in text.split()]  # days have no zone


def begin(office: Office, deadline: Deadline = QUARTERLY, *, by: str = HEAD, **plan: object) -> AssignmentSeries:
    return give_series(office.plan(deadline=deadline, **plan), by=office.actor(by), now=NOW, today=TODAY)  # type: ignore[arg-type]  # as plan has them


def turn(day: str | dt.date) -> int:
    """The duty on the morning of that day."""
    today = days(day)[0] if isinstance(day, str) else day
    return make_due(now=dt.datetime.combine(today, dt.time(6), dt.UTC), today=today)


def stop(office: Office, series_id: int, who: str, reason: str) -> AssignmentSeries:
    return end_series(series_id, reason=reason, by=office.actor(who), now=NOW, today=TODAY)


def given(series: AssignmentSeries) -> list[tuple[dt.date, dt.date]]:
    rows = Assignment.select(Assignment.occurrence, Assignment.due).where(Assignment.series == series.id)
    return list(rows.order_by(Assignment.id).tuples())


def entries(series: AssignmentSeries) -> list[tuple[str, dict[str, object]]]:
    rows = Event.select(Event.what, Event.effect).where(Event.subject == subject_key(series)).order_by(Event.number)
    return list(rows.tuples())


@pytest.fixture
def office(sqlite_database: None) -> Office:
    """Where the database makes no difference."""
    return make_office()


@pytest.fixture
def everywhere(database: str) -> Office:
    """On both databases."""
    return make_office()


@pytest.fixture
def ends() -> Iterator[list[tuple[int, dt.date | None]]]:
    """What was told of series that ended: the series, and the deadline of its last assignment."""
    told: list[tuple[int, dt.date | None]] = []

    def hear(series: AssignmentSeries, *, last: Assignment | None, now: dt.datetime) -> None:
        assert now.tzinfo is not None
        told.append((series.id, last.due if last is not None else None))

    series_ended.connect(hear)
    yield told
    series_ended.disconnect(hear)


def test_the_first_is_given_at_once_and_the_next_on_the_day_the_one_before_falls_due(everywhere: Office) -> None:
    series = begin(everywhere)
    assert given(series) == [tuple(days("15.04.2026 15.04.2026"))]
    assert turn("14.04.2026") == 0
    assert turn("15.04.2026") == 1
    assert turn("15.04.2026") == turn("14.07.2026") == 0
    assert turn("15.07.2026") == 1
    assert [due for _nominal, due in given(series)] == days("15.04.2026 15.07.2026 15.10.2026")
    first = Assignment.get(Assignment.series == series.id)
    assert (first.state, first.deadline_kind, first.deadline_text) == (State.NEW, "periodic", "ежеквартально до 15 числа")
    assert [what for what, _effect in entries(series)] == ["series_given"]


def test_days_off_move_each_by_the_calendar_of_the_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    series = begin(office, MONTHLY)
    assert turn("31.03.2026") == turn("30.04.2026") == turn("29.05.2026") == 1
    # 31 May 2026 is a Sunday.
    assert given(series)[2] == tuple(days("31.05.2026 29.05.2026"))
    monkeypatch.setattr(house, "_on_day_off", Kept("deadline_on_day_off", lambda: "after"))
    other = begin(office, MONTHLY)
    assert turn("31.03.2026") == turn("30.04.2026") == 1
    assert given(other)[2] == tuple(days("31.05.2026 01.06.2026"))


def test_a_list_of_days_is_given_in_order_and_its_end_is_told(everywhere: Office, ends: list[tuple[int, dt.date | None]]) -> None:
    listed = Deadline(DeadlineKind.DATES, dates=tuple(days("10.06.2026 10.04.2026 11.04.2026 12.04.2026")), text="по графику")
    series = begin(everywhere, listed)
    # 11 and 12 April are a weekend: both would fall on the 10th, where one stands already.
    assert [(one.nominal, one.due) for one in upcoming(series)] == [tuple(days("10.06.2026 10.06.2026"))]
    assert turn("10.04.2026") == 1
    assert given(series) == [tuple(days("10.04.2026 10.04.2026")), tuple(days("10.06.2026 10.06.2026"))]
    assert ends == [(series.id, dt.date(2026, 6, 10))]
    ended = AssignmentSeries.get_by_id(series.id)
    assert (ended.ended_at.date(), ended.ended_why) == (dt.date(2026, 4, 10), "")
    assert turn("10.06.2026") == turn("10.08.2026") == 0
    assert upcoming(ended) == []
    assert [what for what, _effect in entries(series)] == ["series_given", "series_all_given"]


def test_a_series_of_one_is_over_at_once(office: Office, ends: list[tuple[int, dt.date | None]]) -> None:
    series = begin(office, Deadline(DeadlineKind.PERIODIC, recurrence="yearly", until=dt.date(2026, 12, 31)))
    assert series.ended_at == NOW
    assert ends == [(series.id, dt.date(2026, 12, 30))]


def test_what_was_missed_is_given_at_most_so_many_at_once_and_told(everywhere: Office) -> None:
    weekly = Deadline(DeadlineKind.PERIODIC, recurrence="weekly", text="еженедельно")
    series = begin(everywhere, weekly)
    back = dt.date(2026, 11, 2)
    assert turn(back) == MOST_AT_ONCE
    missed = given(series)
    assert len(missed) == 1 + MOST_AT_ONCE
    what, effect = entries(series)[-1]
    assert (what, effect["number"], effect["since"]) == ("series_caught_up", MOST_AT_ONCE, "2026-03-27")
    assert turn(back) == 9
    dues = [due for _nominal, due in given(series)]
    assert dues == sorted(set(dues))
    assert dues[-2] < back <= dues[-1]
    assert turn(back) == 0


def test_days_that_are_past_when_it_is_set_up_are_left_out(office: Office) -> None:
    series = begin(office, MONTHLY, counted_from=dt.date(2025, 10, 1))
    assert [nominal for nominal, _due in given(series)] == days("31.03.2026")
    assert turn(TODAY) == 0


def test_days_count_from_the_document(office: Office) -> None:
    order = office.order()
    every_two_weeks = Deadline(DeadlineKind.PERIODIC, recurrence="every 10 days")
    series = begin(office, every_two_weeks, document=order)
    # Signed on 2 March, counted in tens from there.
    assert [nominal for nominal, _due in given(series)] == days("22.03.2026")
    assert series.document_id == order.id


@pytest.mark.parametrize(
    ("deadline", "code"),
    [
        (Deadline(DeadlineKind.DATE, date=dt.date(2026, 5, 5)), "no_series"),
        (Deadline(DeadlineKind.OPEN), "no_series"),
        (Deadline(DeadlineKind.DATES), "deadline"),
        (Deadline(DeadlineKind.DATES, dates=(dt.date(2026, 3, 1),)), "deadline"),
        (Deadline(DeadlineKind.PERIODIC, recurrence="sometimes"), "deadline"),
        (Deadline(DeadlineKind.PERIODIC, recurrence="yearly", until=dt.date(2026, 4, 1)), "deadline"),
        # Sunday 22 March moves to Friday the 20th, which is past on the 21st.
        (Deadline(DeadlineKind.DATES, dates=(dt.date(2026, 3, 22),)), "deadline"),
    ],
)
def test_what_is_no_series_is_refused(office: Office, deadline: Deadline, code: str) -> None:
    saturday = dt.date(2026, 3, 21)
    with pytest.raises(Refusal) as told:
        give_series(office.plan(deadline=deadline), by=office.actor(HEAD), now=NOW, today=saturday)
    assert told.value.code == code
    assert AssignmentSeries.select().count() == Assignment.select().count() == 0


def test_a_part_of_another_assignment_is_no_series(office: Office) -> None:
    parent = office.give()
    with pytest.raises(Refusal) as told:
        begin(office, parent=parent)
    assert told.value.code == "no_series"


def test_who_gives_no_assignments_sets_up_no_series(office: Office) -> None:
    with pytest.raises(Forbidden):
        begin(office, by="Нечаев")
    assert AssignmentSeries.select().count() == 0


def test_it_goes_on_in_the_makers_name_when_the_maker_gives_assignments_no_more(office: Office) -> None:
    series = begin(office)
    UserRole.delete().where(UserRole.user == User.get(User.employee == office.id(HEAD))).execute()
    assert turn("15.04.2026") == 1
    second = Assignment.select().where(Assignment.series == series.id).order_by(Assignment.id.desc()).first()
    assert (second.state, second.author_id, second.made_by) == (State.NEW, office.id(HEAD), series.made_by)


def test_it_stops_when_its_executor_has_left_and_the_author_hears_why(
    everywhere: Office, ends: list[tuple[int, dt.date | None]]
) -> None:
    series = begin(everywhere)
    other = begin(everywhere, responsible="Громова")
    everywhere.leaves(DEPUTY)
    assert turn("15.04.2026") == 1
    stopped = AssignmentSeries.get_by_id(series.id)
    assert "Соболев" in stopped.ended_why
    assert ends == [(series.id, dt.date(2026, 4, 15))]
    assert len(given(series)) == 1
    assert len(given(other)) == 2
    assert entries(series)[-1][0] == "series_stopped"
    assert turn("16.04.2026") == 0


def test_nothing_follows_a_first_one_that_its_author_has_not_confirmed(office: Office) -> None:
    series = begin(office, by=CLERK, author=HEAD)
    draft = Assignment.get(Assignment.series == series.id)
    assert draft.state == State.DRAFT
    assert turn("15.07.2026") == 0
    confirm_draft(draft.id, by=office.actor(HEAD), now=NOW, today=TODAY)
    assert turn("15.04.2026") == 1
    assert [row.state for row in Assignment.select().where(Assignment.series == series.id)] == [State.NEW, State.NEW]


def test_a_series_whose_first_draft_was_dropped_ends(office: Office) -> None:
    series = begin(office, by=CLERK, author=HEAD)
    draft = Assignment.get(Assignment.series == series.id)
    drop_draft(draft.id, reason="не нужно", by=office.actor(HEAD), now=NOW, today=TODAY)
    assert turn("15.04.2026") == 0
    assert AssignmentSeries.get_by_id(series.id).ended_why


def test_who_made_it_or_is_its_author_or_the_clerk_ends_it_with_a_reason(everywhere: Office) -> None:
    series = begin(everywhere)
    with pytest.raises(Refusal) as empty:
        stop(everywhere, series.id, HEAD, " ")
    assert empty.value.code == "answer"
    with pytest.raises(NotFound):
        stop(everywhere, series.id, "Нечаев", "хватит")
    with pytest.raises(Forbidden):
        stop(everywhere, series.id, "Исаев", "хватит")
    ended = stop(everywhere, series.id, CLERK, " отчёты отменены ")
    assert (ended.ended_at, ended.ended_why) == (NOW, "отчёты отменены")
    with pytest.raises(Conflict) as over:
        stop(everywhere, series.id, HEAD, "хватит")
    assert over.value.code == "series_over"
    assert turn("15.04.2026") == 0
    with pytest.raises(NotFound):
        stop(everywhere, 10_000, HEAD, "хватит")


def test_a_series_of_a_document_that_is_not_open_to_the_coordinator_is_not_open_either(office: Office) -> None:
    series = begin(office, document=office.order(mark="personal", mark_basis="152-ФЗ"))
    with pytest.raises(NotFound):
        stop(office, series.id, "Исаев", "хватит")


def test_the_plan_is_kept_whole(office: Office) -> None:
    series = begin(office, executors=("Громова",), controller="Ярцева", text="Сдать сводку", urgent=True)
    plan = Plan.from_json(AssignmentSeries.get_by_id(series.id).plan)
    assert (plan.text, plan.urgent, plan.author) == ("Сдать сводку", True, office.id(HEAD))
    assert (plan.executors, plan.controller) == ((office.id("Громова"),), office.id("Ярцева"))
    assert (plan.deadline.recurrence, plan.deadline.anchor, plan.deadline.date) == ("quarterly", 15, None)


_DUTY = """
import datetime as dt
from roadmapdocs.assignments.series import make_due
result = make_due(now=dt.datetime(2026, 7, 15, 6, tzinfo=dt.UTC), today=dt.date(2026, 7, 15))
"""


def test_two_duties_at_once_give_each_day_once(database: str) -> None:
    office = make_office()
    series = begin(office)
    told = at_once(database, [_DUTY] * 2)
    assert sum(told) == 2
    assert [due for _nominal, due in given(series)] == days("15.04.2026 15.07.2026 15.10.2026")

"""When mail may go, and the laws of it: never in quiet hours, never lost, ever longer waits."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmapdocs.notices.rules import (
    BACK_OFF,
    GIVE_UP_AFTER,
    MOST_DAYS_OFF,
    Habits,
    Reminder,
    Reminding,
    digest_after,
    gives_up,
    is_quiet,
    is_quiet_hour,
    may_go_at,
    reminder_on,
    topic_of,
    wait_after,
)

ZONE = dt.timezone(dt.timedelta(hours=3))
USUAL = Habits()


def weekend(day: dt.date) -> bool:
    return day.weekday() >= 5


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


hours = st.times().map(lambda hour: hour.replace(microsecond=0, fold=0))
moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 12, 31)).map(lambda moment: moment.replace(tzinfo=ZONE))
habits = st.builds(Habits, digest_at=hours, quiet_from=hours, quiet_until=hours, days_off=st.booleans())
#: A calendar is a set of days off within a week that repeats; seven of seven is an office that never works.
calendars = st.sets(st.integers(0, 6)).map(lambda off: lambda day: day.weekday() in off)


@pytest.mark.parametrize(
    ("hour", "quiet"), [("19:59", False), ("20:00", True), ("23:30", True), ("00:00", True), ("07:59", True), ("08:00", False)]
)
def test_quiet_hours_run_over_midnight(hour: str, quiet: bool) -> None:
    assert is_quiet_hour(dt.time.fromisoformat(hour), USUAL) is quiet


@pytest.mark.parametrize(("hour", "quiet"), [("12:59", False), ("13:00", True), ("13:59", True), ("14:00", False)])
def test_quiet_hours_may_lie_within_a_day(hour: str, quiet: bool) -> None:
    lunch = Habits(quiet_from=dt.time(13), quiet_until=dt.time(14))
    assert is_quiet_hour(dt.time.fromisoformat(hour), lunch) is quiet


@pytest.mark.parametrize(
    ("told", "goes"),
    [
        ("2026-03-16 12:30", "2026-03-16 12:30"),  # a Monday at work
        ("2026-03-16 21:15", "2026-03-17 08:00"),  # in the evening: in the morning
        ("2026-03-16 03:00", "2026-03-16 08:00"),  # at night: the same morning
        ("2026-03-13 20:00", "2026-03-16 08:00"),  # on Friday evening: on Monday
        ("2026-03-14 12:00", "2026-03-16 08:00"),  # on Saturday: on Monday
    ],
)
def test_a_mail_waits_for_the_end_of_quiet_hours_and_days_off(told: str, goes: str) -> None:
    assert may_go_at(at(told), USUAL, weekend) == at(goes)


def test_without_quiet_hours_a_day_off_ends_at_midnight() -> None:
    never_quiet = Habits(quiet_from=dt.time(0), quiet_until=dt.time(0))
    assert may_go_at(at("2026-03-14 12:00"), never_quiet, weekend) == at("2026-03-16 00:00")


def test_what_is_urgent_goes_at_night() -> None:
    assert may_go_at(at("2026-03-16 21:15"), USUAL, weekend, urgent=True) == at("2026-03-16 21:15")


@pytest.mark.parametrize(
    ("told", "digest"),
    [
        ("2026-03-16 08:29", "2026-03-16 08:30"),
        ("2026-03-16 08:30", "2026-03-17 08:30"),
        ("2026-03-13 12:00", "2026-03-16 08:00"),  # Saturday's is put off to the first hour of Monday
    ],
)
def test_a_digest_takes_in_what_was_told_before_its_hour(told: str, digest: str) -> None:
    assert digest_after(at(told), USUAL, weekend) == at(digest)


@given(moments, habits, calendars, st.booleans())
def test_no_mail_disturbs_unless_it_is_urgent_or_the_office_never_works(
    moment: dt.datetime, own: Habits, day_off, urgent: bool
) -> None:
    goes = may_go_at(moment, own, day_off, urgent=urgent)
    never_works = not own.days_off and all(day_off(moment.date() + dt.timedelta(days)) for days in range(7))
    assert urgent or never_works or not is_quiet(goes, own, day_off)


@given(moments, habits, calendars, st.booleans())
def test_every_mail_goes_some_day_and_never_before_it_was_told(
    moment: dt.datetime, own: Habits, day_off, urgent: bool
) -> None:
    goes = may_go_at(moment, own, day_off, urgent=urgent)
    assert dt.timedelta(0) <= goes - moment <= dt.timedelta(days=8)
    assert may_go_at(goes, own, day_off, urgent=urgent) == goes


@given(moments, habits, calendars)
def test_there_is_no_earlier_moment_at_which_a_mail_might_have_gone(moment: dt.datetime, own: Habits, day_off) -> None:
    goes = may_go_at(moment, own, day_off)
    if goes > moment:
        between = [moment + (goes - moment) * part / 17 for part in range(17)]
        assert all(is_quiet(one, own, day_off) for one in between)


@given(moments, habits, calendars)
def test_a_digest_comes_after_what_it_tells_and_within_nine_days(moment: dt.datetime, own: Habits, day_off) -> None:
    digest = digest_after(moment, own, day_off)
    assert moment < digest <= moment + dt.timedelta(days=9)


@given(moments, moments, habits, calendars)
def test_digests_keep_the_order_of_what_was_told(one: dt.datetime, other: dt.datetime, own: Habits, day_off) -> None:
    first, second = sorted([one, other])
    assert digest_after(first, own, day_off) <= digest_after(second, own, day_off)


def test_a_calendar_without_working_days_holds_no_mail_for_ever() -> None:
    moment = at("2026-03-16 12:00")
    assert may_go_at(moment, USUAL, lambda day: (day - moment.date()).days <= MOST_DAYS_OFF) == moment


@given(st.integers(1, 1000), st.integers(1, 1000))
def test_waits_grow_and_are_bounded(one: int, other: int) -> None:
    first, second = sorted([one, other])
    assert BACK_OFF[0] <= wait_after(first) <= wait_after(second) <= BACK_OFF[-1]


def test_waits_are_a_minute_five_fifteen_and_then_hours() -> None:
    assert [wait_after(attempts).total_seconds() / 60 for attempts in range(1, 7)] == [1, 5, 15, 60, 60, 60]


def test_a_mail_is_given_up_after_a_day() -> None:
    told = at("2026-03-16 12:00")
    assert not gives_up(told, told + GIVE_UP_AFTER - dt.timedelta(seconds=1))
    assert gives_up(told, told + GIVE_UP_AFTER)


def test_the_topic_is_what_stands_before_the_slash() -> None:
    assert [topic_of("visa:5/late:2"), topic_of("visa:5"), topic_of("/")] == ["visa:5", "visa:5", ""]


class Week:
    """Works from Monday to Friday."""

    def is_working(self, day: dt.date) -> bool:
        return not weekend(day)

    def between(self, first: dt.date, last: dt.date) -> int:
        if last < first:
            return -self.between(last, first)
        return sum(not weekend(first + dt.timedelta(days)) for days in range(1, (last - first).days + 1))


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-03-12", None),  # two working days before
        ("2026-03-13", Reminder(Reminding.SOON)),  # the Friday before
        ("2026-03-14", None),  # a day off
        ("2026-03-16", None),  # the day itself
        ("2026-03-17", Reminder(Reminding.LATE, 1)),
        ("2026-03-18", Reminder(Reminding.LATE, 2, escalate=True)),
        ("2026-03-21", None),
        ("2026-03-23", Reminder(Reminding.LATE, 5, escalate=True)),
    ],
)
def test_a_term_is_announced_and_its_lateness_told_on_working_days(today: str, told: Reminder | None) -> None:
    due = dt.date(2026, 3, 16)
    assert reminder_on(dt.date.fromisoformat(today), due, Week(), escalate_after=2) == told


def test_a_term_on_a_day_off_is_announced_while_a_working_day_is_left() -> None:
    sunday = dt.date(2026, 3, 15)
    assert reminder_on(dt.date(2026, 3, 13), sunday, Week(), escalate_after=2) == Reminder(Reminding.SOON)
    assert reminder_on(dt.date(2026, 3, 12), sunday, Week(), escalate_after=2) == Reminder(Reminding.SOON)


@given(st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1)), st.integers(0, 60), st.integers(1, 9))
def test_whoever_is_late_hears_of_it_each_working_day_and_the_head_from_a_day_on(
    due: dt.date, days: int, escalate_after: int
) -> None:
    today, week = due + dt.timedelta(days), Week()
    found = reminder_on(today, due, week, escalate_after=escalate_after)
    late = week.between(due, today) if week.is_working(today) else 0
    assert (found.late if found else 0) == late
    assert bool(found and found.escalate) == (late >= escalate_after)

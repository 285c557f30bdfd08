"""When a mail may go, when it is tried again, and when something is told once only: plain decisions.

Moments here are wall-clock moments of the office: aware, in the office's zone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

#: Whether nobody works on that day.
DayOff = Callable[[dt.date], bool]

#: Waits after the first, second … failure that passes by itself; the last one repeats.
BACK_OFF: Final = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
GIVE_UP_AFTER: Final = dt.timedelta(hours=24)
#: A mail in the hands of a worker for longer than this was in the hands of a dead one.
STALE_AFTER: Final = dt.timedelta(minutes=10)
#: A calendar that knows no working day within so many days is no calendar: mail goes all the same.
MOST_DAYS_OFF: Final = 60
LONGEST_KEY: Final = 128


class Mail(StrEnum):
    AT_ONCE = "at_once"
    DIGEST = "digest"
    NONE = "none"


class DeliveryKind(StrEnum):
    """One notice, the notices of a day, or a letter to somebody who gets no notices: a guest."""

    SINGLE = "single"
    DIGEST = "digest"
    LETTER = "letter"


class DeliveryState(StrEnum):
    """``needless``: all that the mail would tell was read or settled before it went, or no mail is wanted any more.

    ``failed``: the server refuses this address or this mail for good; ``given_up``: it was not to be reached
    for :data:`GIVE_UP_AFTER`.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    NEEDLESS = "needless"
    FAILED = "failed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Habits:
    """How a person wants mail. Quiet hours may run over midnight; there are none where both ends are the same.

    ``days_off``: mail comes on days off, too.
    """

    mail: Mail = Mail.AT_ONCE
    digest_at: dt.time = dt.time(8, 30)
    quiet_from: dt.time = dt.time(20)
    quiet_until: dt.time = dt.time(8)
    days_off: bool = False


def is_quiet_hour(hour: dt.time, habits: Habits) -> bool:
    start, end = habits.quiet_from, habits.quiet_until
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def is_quiet(moment: dt.datetime, habits: Habits, day_off: DayOff) -> bool:
    """Whether a mail at this moment would disturb."""
    return is_quiet_hour(moment.time(), habits) or (not habits.days_off and day_off(moment.date()))


def may_go_at(moment: dt.datetime, habits: Habits, day_off: DayOff, *, urgent: bool = False) -> dt.datetime:
    """The earliest moment from ``moment`` on at which a mail disturbs nobody.

    What is urgent (its term is today) goes at once, be it night: in the morning it would be too late.
    """
    if urgent or not is_quiet(moment, habits, day_off):
        return moment
    for days in range(MOST_DAYS_OFF + 1):
        day = moment.date() + dt.timedelta(days=days)
        # A day begins to be open at midnight or at the end of its quiet hours.
        for hour in sorted({dt.time(), habits.quiet_until}):
            opens = dt.datetime.combine(day, hour, tzinfo=moment.tzinfo)
            if opens > moment and not is_quiet(opens, habits, day_off):
                return opens
    return moment


def digest_after(moment: dt.datetime, habits: Habits, day_off: DayOff) -> dt.datetime:
    """When the digest goes that takes in what was told at ``moment``: the first hour of digests after it."""
    day = moment.date() if moment.time() < habits.digest_at else moment.date() + dt.timedelta(days=1)
    return may_go_at(dt.datetime.combine(day, habits.digest_at, tzinfo=moment.tzinfo), habits, day_off)


def wait_after(attempts: int) -> dt.timedelta:
    """How long to wait after the failure of try number ``attempts``, counted from 1."""
    return BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]


def gives_up(created_at: dt.datetime, now: dt.datetime) -> bool:
    return now - created_at >= GIVE_UP_AFTER


def topic_of(key: str) -> str:
    """«visa:5/asked» is about «visa:5»."""
    return key.partition("/")[0]


class Reminding(StrEnum):
    """What a term says to whoever has to decide: it ends on the next working day, or it is over."""

    SOON = "soon"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Reminder:
    """``late`` is in working days. ``escalate``: the head is told as well."""

    kind: Reminding
    late: int = 0
    escalate: bool = False


class Workdays(Protocol):
    """What is asked of a calendar; see :class:`roadmapdocs.workdays.rules.Calendar`."""

    def is_working(self, day: dt.date) -> bool: ...

    def between(self, first: dt.date, last: dt.date) -> int: ...


def reminder_on(today: dt.date, due: dt.date, calendar: Workdays, *, escalate_after: int) -> Reminder | None:
    """What is to be said today about a term: one working day before it, and on every working day after it.

    On the day of the term itself nothing: it was said the working day before, and the worklist shows it.
    """
    if not calendar.is_working(today):
        return None
    if due > today:
        # A term on a day off is announced while one working day is left before it.
        return Reminder(Reminding.SOON) if calendar.between(today, due) <= 1 else None
    late = calendar.between(due, today)
    return Reminder(Reminding.LATE, late, escalate=late >= escalate_after) if late > 0 else None

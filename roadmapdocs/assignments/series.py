"""Series: assignments given one after another, each when its turn comes (domain.md §11, periodic ones).

There is always the current one: the next is given on the day on which the one before it falls due. Each falls due on
its nominal day, moved by the working calendar. Whoever set the series up is its author unless the plan says another;
the installation gives what follows in the maker's name, whether or not the maker may still give assignments.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections.abc import Iterator
from itertools import dropwhile, islice

from roadmapdocs.assignments.changing import said
from roadmapdocs.assignments.deadlines import IN_SERIES, Turn, days_of, moved, turns, why_not
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.models import Assignment, AssignmentSeries
from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.series_rights import check_may_end, series_of
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.hooks import series_ended
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import SYSTEM, Actor
from roadmapdocs.workdays.operations import calendar

#: Missed while the server was off: so many are given in one turn of the duty for one series, the rest in the next.
MOST_AT_ONCE = 24
log = logging.getLogger(__name__)


def give_series(plan: Plan, *, by: Actor, now: dt.datetime, today: dt.date) -> AssignmentSeries:
    """A series whose plan has a deadline of the kind PERIODIC or DATES; its first assignment is given at once.

    Days that are past by ``today`` are left out. Where the author has to confirm, the first one waits for that, and
    nothing follows before. An item of a roadmap stays with every one, a period of coverage with none: each proves another.

    :raise Refusal: ``no_series`` (another kind of deadline, or a part of another assignment), ``deadline`` with the
        field ``due``, and those of :func:`roadmapdocs.assignments.operations.give`
    :raise Forbidden: as give
    """
    deadline = plan.deadline
    if deadline.kind not in IN_SERIES:
        raise Refusal("no_series", _("This has one deadline: give it as a single assignment."), field="due")
    if plan.parent is not None:
        raise Refusal("no_series", _("A part of another assignment is given once. Give the series as assignments of its own."))
    why = why_not(deadline, today=today)
    if why is not None:
        raise Refusal("deadline", why, field="due")
    whole = dataclasses.replace(plan, author=plan.author or by.employee_id, expected=None, period="")
    with transaction():
        series: AssignmentSeries = AssignmentSeries.create(
            document=plan.document,
            plan=dataclasses.replace(whole, deadline=dataclasses.replace(deadline, date=None)).as_json(),
            recurrence=deadline.recurrence,
            dates=sorted({day.isoformat() for day in deadline.dates}),
            starts=_starts(plan, today),
            ends=deadline.until,
            made_by=by.name,
            made_by_employee=by.employee_id,
            made_at=now,
        )
        first = next((turn for turn in _turns(series) if turn.due >= today), None)
        if first is None:
            raise Refusal("deadline", _("None of its days is ahead. Name later ones."), field="due")
        record("series_given", subject=series, effect=_about(series), by=by, now=now)
        # Whether its day is ahead is known here: a nominal day may be past where the deadline is not.
        _give(series, first, by=by, now=now, today=today)
        return _end_if_all_given(series, now=now)


def make_due(*, now: dt.datetime, today: dt.date) -> int:
    """The turn of a duty: of each live series the assignments whose turn has come. How many were given.

    What was missed while nothing ran is given too, with deadlines that are past. A series that cannot go on (its
    executor has left) ends with the reason, and its author hears of it.
    """
    number = 0
    for series_id in [row.id for row in AssignmentSeries.select(AssignmentSeries.id).where(AssignmentSeries.ended_at.is_null())]:
        try:
            number += _go_on(series_id, now=now, today=today)
        except Conflict:
            log.info("The series %s is in other hands; it goes on in the next turn", series_id)
        except Refusal as refusal:
            _stop(series_id, refusal.message, now=now)
        except Exception:  # whatever it was, it keeps no other series waiting, and the next turn may be better
            log.exception("The series %s could not go on", series_id)
    return number


def end_series(
    series_id: int,
    *,
    reason: str,
    by: Actor,
    now: dt.datetime,
    today: dt.date,  # noqa: ARG001  # as every act of a person takes it
) -> AssignmentSeries:
    """No more of it; what was given stays with its executors.

    :raise NotFound: ``no_series``
    :raise Forbidden: for whoever neither made it nor is its author, nor is a clerk
    :raise Refusal: ``answer`` with the field ``reason``
    :raise Conflict: ``series_over``
    """
    why = said(reason, "reason")
    with transaction():
        series_of(series_id, by=by)
        series = _locked(series_id)
        check_may_end(series, by)
        if series.ended_at is not None:
            raise Conflict("series_over", _("The series is over already."))
        record("series_ended", subject=series, effect=_about(series) | {"reason": why}, by=by, now=now)
        return _ended(series, why, now=now)


def upcoming(series: AssignmentSeries, number: int = 3) -> list[Turn]:
    """The next days of a live series, as the calendar stands now."""
    return list(islice(_after_made(series), number)) if series.ended_at is None else []


def _go_on(series_id: int, *, now: dt.datetime, today: dt.date) -> int:
    """Give what is due of one series, in one transaction.

    :raise Refusal: if the next one cannot be given
    """
    with transaction():
        series = _locked(series_id)
        last = _last(series)
        if series.ended_at is not None or last is None or last.state == State.DRAFT:
            return 0
        if last.state == State.CANCELLED and last.given_at is None:
            raise Refusal("unconfirmed", _("The author did not confirm the first assignment of the series."))
        made = []
        due = moved(series.made_until, calendar(), on_day_off())
        for turn in islice(_after_made(series), MOST_AT_ONCE):
            if due > today:
                break
            made.append(_give(series, turn, by=_maker(series), now=now, today=today))
            due = turn.due
        if len(made) > 1:
            days = {"number": len(made), "since": made[0].due.isoformat(), "until": made[-1].due.isoformat()}
            record("series_caught_up", subject=series, effect=_about(series) | days, by=SYSTEM, now=now)
        if made:
            _end_if_all_given(series, now=now)
        return len(made)


def _give(series: AssignmentSeries, turn: Turn, *, by: Actor, now: dt.datetime, today: dt.date) -> Assignment:
    plan = Plan.from_json(series.plan)
    one = dataclasses.replace(plan, deadline=dataclasses.replace(plan.deadline, date=turn.nominal, until=None))
    (made,) = give([one], by=by, now=now, today=today, allow_past=True, series=series.id, occurrence=turn.nominal)
    AssignmentSeries.update(made_until=turn.nominal).where(AssignmentSeries.id == series.id).execute()
    series.made_until = turn.nominal
    return made


def _starts(plan: Plan, today: dt.date) -> dt.date:
    """The day on which counting begins: the first one that was named, else the day of the document, else today."""
    if plan.deadline.kind is DeadlineKind.DATES:
        return min(plan.deadline.dates)
    document = Document.get_or_none(Document.id == plan.document) if plan.document is not None else None
    return plan.deadline.date or plan.counted_from or (document.date if document is not None else None) or today


def _turns(series: AssignmentSeries, after: dt.date | None = None) -> Iterator[Turn]:
    """All days of the series, or those whose nominal day is later than ``after``."""
    deadline = _deadline(series)
    days = days_of(deadline, starts=series.starts)
    if after is not None:
        days = dropwhile(lambda day: day <= after, days)
    return turns(days, calendar(), on_day_off())


def _deadline(series: AssignmentSeries) -> Deadline:
    return Plan.from_json(series.plan).deadline


def _after_made(series: AssignmentSeries) -> Iterator[Turn]:
    """What comes next; a day that the calendar moves onto that of the last one is passed over."""
    due = moved(series.made_until, calendar(), on_day_off())
    return (turn for turn in _turns(series, series.made_until) if turn.due > due)


def _last(series: AssignmentSeries) -> Assignment | None:
    """The assignment that was given last."""
    mine = Assignment.select().where(Assignment.series == series.id)
    found: Assignment | None = mine.order_by(Assignment.occurrence.desc(), Assignment.id.desc()).first()
    return found


def _maker(series: AssignmentSeries) -> Actor:
    """The installation, in the name of whoever set the series up."""
    return dataclasses.replace(SYSTEM, name=series.made_by)


def _locked(series_id: int) -> AssignmentSeries:
    """The row, and nobody else's until the transaction ends."""
    # The update is what locks the row, on SQLite and PostgreSQL alike.
    AssignmentSeries.update(made_until=AssignmentSeries.made_until).where(AssignmentSeries.id == series_id).execute()
    found: AssignmentSeries = AssignmentSeries.get_by_id(series_id)
    return found


def _end_if_all_given(series: AssignmentSeries, *, now: dt.datetime) -> AssignmentSeries:
    """After the last one the series is over, and its author is warned."""
    if next(_after_made(series), None) is not None:
        return series
    series = _ended(series, "", now=now)
    record("series_all_given", subject=series, effect=_about(series), by=_maker(series), now=now)
    series_ended.send(series, last=_last(series), now=now)
    return series


def _stop(series_id: int, why: str, *, now: dt.datetime) -> None:
    with transaction():
        series = _locked(series_id)
        if series.ended_at is None:
            series = _ended(series, why, now=now)
            record("series_stopped", subject=series, effect=_about(series) | {"reason": why}, by=SYSTEM, now=now)
            series_ended.send(series, last=_last(series), now=now)


def _ended(series: AssignmentSeries, why: str, *, now: dt.datetime) -> AssignmentSeries:
    AssignmentSeries.update(ended_at=now, ended_why=why).where(AssignmentSeries.id == series.id).execute()
    found: AssignmentSeries = AssignmentSeries.get_by_id(series.id)
    return found


def _about(series: AssignmentSeries) -> dict[str, object]:
    plan = Plan.from_json(series.plan)
    return {"text": plan.text[:300], "how": plan.deadline.text or series.recurrence, "document": series.document_id}

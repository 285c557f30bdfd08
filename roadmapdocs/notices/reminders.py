"""Reminders before and after the term of a visa, and to the head of whoever is late: each is told once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.notices.approvals import tell_askers, visa_topic
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.operations import tell
from roadmapdocs.notices.rules import Reminder, Reminding, reminder_on
from roadmapdocs.people.holders import head_of
from roadmapdocs.people.models import Post, Unit
from roadmapdocs.workdays.rules import Calendar

#: A term is announced a working day before; days off between the two are never more than these.
AHEAD = dt.timedelta(days=20)
CHUNK = 500


def remind(*, now: dt.datetime, today: dt.date, calendar: Calendar, escalate_after: int) -> None:
    """Tell all that is to be told today about terms of visas. Called as often as one likes, it tells each thing once."""
    if not calendar.is_working(today):
        return
    visas = {
        visa.id: (visa, reminder)
        for visa in _open_visas(today)
        if (reminder := reminder_on(today, visa.due, calendar, escalate_after=escalate_after)) is not None
    }
    told = set(_told_of(visas))
    for visa, reminder in visas.values():
        if reminder.escalate and (visa_topic(visa.id), "escalated") not in told:
            with transaction():
                _tell_head(visa, reminder, now, today)
        if (visa_topic(visa.id), _occasion(reminder)) not in told:
            with transaction():
                _tell_again(visa, reminder, now, today)


def _open_visas(today: dt.date) -> Iterable[Visa]:
    """Visas whose term is near or over, but for those that only inform: nobody waits for them."""
    asked = (Visa.state == str(VisaState.OPEN)) & (Visa.due <= today + AHEAD) & ~Visa.information
    rows = Visa.select(Visa, Document, Kind).join(Document).join(Kind).where(asked & Visa.employee.is_null(False))
    return list(rows.order_by(Visa.due, Visa.id))


def _occasion(reminder: Reminder) -> str:
    return "soon" if reminder.kind is Reminding.SOON else f"late:{reminder.late}"


def _told_of(visa_ids: Iterable[int]) -> Iterator[tuple[str, str]]:
    """(topic, occasion) of what was told about these visas already."""
    topics = [visa_topic(visa_id) for visa_id in visa_ids]
    for start in range(0, len(topics), CHUNK):
        rows = Notice.select(Notice.topic, Notice.key).where(Notice.topic.in_(topics[start : start + CHUNK]))
        yield from ((topic, key.partition("/")[2]) for topic, key in rows.tuples())


def _tell_again(visa: Visa, reminder: Reminder, now: dt.datetime, today: dt.date) -> None:
    code = "visa_soon" if reminder.kind is Reminding.SOON else "visa_late"
    tell_askers(visa, code, occasion=_occasion(reminder), now=now, today=today, about={"days": reminder.late})


def _tell_head(visa: Visa, reminder: Reminder, now: dt.datetime, today: dt.date) -> None:
    head = head_above(visa.employee_id, today)
    if head is not None:
        about = {"who": visa.name, "days": reminder.late}
        key = f"{visa_topic(visa.id)}/escalated"
        tell([head], "visa_escalated", key=key, document_id=visa.document_id, about=about, due=visa.due, now=now)


def head_above(employee_id: int, day: dt.date) -> int | None:
    """The head of the person's unit; of a head, the head above; None for whoever has nobody above."""
    posts = Post.held_on(day).where(Post.employee == employee_id).order_by(Post.heads.desc(), Post.since, Post.id)
    unit_id = posts.select(Post.unit).limit(1).scalar()
    seen: set[int] = set()
    while unit_id is not None and unit_id not in seen:
        seen.add(unit_id)
        head = head_of(unit_id, day)
        if head is not None and head.employee_id != employee_id:
            return head.employee_id
        unit_id = Unit.select(Unit.parent).where(Unit.id == unit_id).scalar()
    return None



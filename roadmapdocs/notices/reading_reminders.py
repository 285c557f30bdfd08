"""Reminders before and after the day by which a document is to be read, and to the head of those who are late."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.db import transaction
from roadmapdocs.notices.acquaintance import read_path, reading_topic
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.operations import Telling, tell, tell_many
from roadmapdocs.notices.reminders import AHEAD, head_above
from roadmapdocs.notices.rules import Reminder, Reminding, reminder_on
from roadmapdocs.people.holders import head_of
from roadmapdocs.workdays.rules import Calendar

_CODES: Final = {Reminding.SOON: "reading_soon", Reminding.LATE: "reading_late"}


@dataclass(frozen=True, slots=True)
class _Place:
    line_id: int
    document_id: int
    employee_id: int
    name: str
    unit_id: int | None
    due: dt.date


def remind(*, now: dt.datetime, today: dt.date, calendar: Calendar, escalate_after: int) -> None:
    """Tell all that is to be told today about terms to read. Called as often as one likes, it tells each thing once."""
    if not calendar.is_working(today):
        return
    for due in _terms(today):
        reminder = reminder_on(today, due, calendar, escalate_after=escalate_after)
        if reminder is None:
            continue
        by_document: dict[int, list[_Place]] = defaultdict(list)
        for place in _untold(due, _occasion(reminder)):
            by_document[place.document_id].append(place)
        for document_id, places in by_document.items():
            # The heads first: a round that is cut short between the two tells them the next time.
            if reminder.escalate:
                _tell_heads(document_id, places, now, today)
            _tell_readers(document_id, places, reminder, now)


def _tell_readers(document_id: int, places: Iterable[_Place], reminder: Reminder, now: dt.datetime) -> None:
    tellings = [
        Telling(
            place.employee_id,
            f"{reading_topic(place.line_id)}/{_occasion(reminder)}",
            about={"days": reminder.late},
            due=place.due,
        )
        for place in places
    ]
    code = _CODES[reminder.kind]
    tell_many(tellings, code, document_id=document_id, path=read_path(document_id), now=now)


def _occasion(reminder: Reminder) -> str:
    return "soon" if reminder.kind is Reminding.SOON else f"late:{reminder.late}"


def _terms(today: dt.date) -> list[dt.date]:
    """Days that are near or over, by which somebody who is waited for was to read."""
    asked = (Acquaintance.state == str(ReadingState.ASKED)) & (Acquaintance.due <= today + AHEAD)
    rows = Acquaintance.select(Acquaintance.due).where(asked).distinct().order_by(Acquaintance.due)
    return [due for (due,) in rows.tuples()]


def _untold(due: dt.date, occasion: str) -> list[_Place]:
    """Places with that term whose people have not been told this yet: the database picks them, there may be thousands."""
    columns = (
        *(Acquaintance.id, Acquaintance.document, Acquaintance.employee),
        *(Acquaintance.name, Acquaintance.unit, Acquaintance.due),
    )
    key = pw.Value(reading_topic("")).concat(Acquaintance.id.cast("TEXT")).concat(f"/{occasion}")
    told = Notice.select(pw.SQL("1")).where((Notice.employee == Acquaintance.employee) & (Notice.key == key))
    asked = (Acquaintance.state == str(ReadingState.ASKED)) & (Acquaintance.due == due)
    rows = Acquaintance.select(*columns).where(asked & ~pw.fn.EXISTS(told))
    return [_Place(*row) for row in rows.order_by(Acquaintance.id).tuples()]


def _tell_heads(document_id: int, places: Iterable[_Place], now: dt.datetime, today: dt.date) -> None:
    """Tell each head once how many of theirs are late, however many sheets and days it takes."""
    topic = f"late-readers:{document_id}"
    told = {key for (key,) in Notice.select(Notice.key).where(Notice.topic == topic).tuples()}
    late: dict[int, list[_Place]] = defaultdict(list)
    heads: dict[int, int | None] = {}
    for place in places:
        head = _head_of(place, heads, today)
        if head is not None and f"{topic}/{head}:{place.due:%Y%m%d}" not in told:
            late[head].append(place)
    for head, theirs in late.items():
        about = {"who": theirs[0].name} if len(theirs) == 1 else {"count": len(theirs)}
        key = f"{topic}/{head}:{theirs[0].due:%Y%m%d}"
        with transaction():
            tell([head], "reading_escalated", key=key, document_id=document_id, about=about, due=theirs[0].due, now=now)


def _head_of(place: _Place, heads: dict[int, int | None], today: dt.date) -> int | None:
    """The head of the person's unit; of a head, the head above. Heads of units are looked up once."""
    if place.unit_id is None:
        return head_above(place.employee_id, today)
    if place.unit_id not in heads:
        found = head_of(place.unit_id, today)
        heads[place.unit_id] = found.employee_id if found else None
    head = heads[place.unit_id]
    return head_above(place.employee_id, today) if head == place.employee_id else head

"""Reminders before and after the day by which a document is to be read, and to the head of those who are late."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.db import transaction
from roadmapdocs.notices.acquaintance import read_path, reading_topic
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.operations import Telling, tell, tell_many
from roadmapdocs.notices.reminders import AHEAD, CHUNK, head_above
from roadmapdocs.notices.rules import Reminder, Reminding, reminder_on
from roadmapdocs.people.holders import head_of
from roadmapdocs.workdays.rules import Calendar

_CODES: Final = {Reminding.SOON: "reading_soon", Reminding.LATE: "reading_late"}


@dataclass(frozen=True, slots=True)
class _Place:
    line_id: int
    sheet_id: int
    document_id: int
    employee_id: int
    name: str
    unit_id: int | None
    due: dt.date


def remind(*, now: dt.datetime, today: dt.date, calendar: Calendar, escalate_after: int) -> None:
    """Tell all that is to be told today about terms to read. Called as often as one likes, it tells each thing once."""
    if not calendar.is_working(today):
        return
    said: dict[dt.date, Reminder | None] = {}
    by_document: dict[tuple[int, dt.date], list[_Place]] = defaultdict(list)
    for place in _waiting(today):
        if place.due not in said:
            said[place.due] = reminder_on(today, place.due, calendar, escalate_after=escalate_after)
        if said[place.due] is not None:
            by_document[place.document_id, place.due].append(place)
    for (document_id, due), places in by_document.items():
        reminder = said[due]
        if reminder is not None:
            _remind_of(document_id, places, reminder, now, today)


def _remind_of(document_id: int, places: Sequence[_Place], reminder: Reminder, now: dt.datetime, today: dt.date) -> None:
    occasion = "soon" if reminder.kind is Reminding.SOON else f"late:{reminder.late}"
    told = _told({reading_topic(place.line_id) for place in places})
    tellings = [
        Telling(place.employee_id, key, about={"days": reminder.late}, due=place.due)
        for place in places
        if (key := f"{reading_topic(place.line_id)}/{occasion}") not in told
    ]
    if tellings:
        code = _CODES[reminder.kind]
        tell_many(tellings, code, document_id=document_id, path=read_path(document_id), now=now)
    if reminder.escalate:
        _tell_heads(document_id, places, now, today)


def _waiting(today: dt.date) -> Iterable[_Place]:
    """Places of those who are waited for and whose day is near or over."""
    asked = (Acquaintance.state == str(ReadingState.ASKED)) & (Acquaintance.due <= today + AHEAD)
    columns = (
        *(Acquaintance.id, Acquaintance.sheet, Acquaintance.document, Acquaintance.employee),
        *(Acquaintance.name, Acquaintance.unit, Acquaintance.due),
    )
    return [_Place(*row) for row in Acquaintance.select(*columns).where(asked).order_by(Acquaintance.due, Acquaintance.id).tuples()]


def _told(topics: Iterable[str]) -> set[str]:
    """Keys of what was told about these topics already."""
    found: set[str] = set()
    for chunk in pw.chunked(topics, CHUNK):
        found.update(key for (key,) in Notice.select(Notice.key).where(Notice.topic.in_(list(chunk))).tuples())
    return found


def _tell_heads(document_id: int, places: Sequence[_Place], now: dt.datetime, today: dt.date) -> None:
    """Tell each head once how many of theirs are late, however many sheets and days it takes."""
    topic = f"late-readers:{document_id}"
    told = _told([topic])
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

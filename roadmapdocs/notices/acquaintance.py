"""What acquaintance tells, and to whom: reactions to its signals, inside the transaction of the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.hooks import reading_asked, reading_decided, reading_dropped, reading_ended, reading_reminded
from roadmapdocs.installation import day_of
from roadmapdocs.notices.operations import Telling, settle, settle_many, tell, tell_many
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

_CHUNK: Final = 5000


def listen() -> None:
    """React from now on. Idempotent."""
    reading_asked.connect(_asked)
    reading_reminded.connect(_reminded)
    reading_decided.connect(_decided)
    reading_dropped.connect(_dropped)
    reading_ended.connect(_ended)


def reading_topic(acquaintance_id: int | str) -> str:
    return f"reading:{acquaintance_id}"


def read_path(document_id: int) -> str:
    """Where somebody reads the document and confirms, below the registry's address."""
    return f"/acquaintance/{document_id}"


def sheet_path(document_id: int) -> str:
    """Where it is seen who has read the document."""
    return f"/documents/{document_id}/acquaintance"


def _asked(sheet: AcquaintanceSheet, *, employees: Collection[int], now: dt.datetime, **_more: Any) -> None:
    about = {"who": sheet.sent_by, "note": sheet.note, "anew": sheet.previous_id is not None}
    # A place that was given back was told of before: it is asked at another moment.
    occasion = f"asked:{now:%Y%m%d%H%M%S}"
    _tell(sheet, employees, "reading_asked", occasion=occasion, about=about, now=now)


def _reminded(sheet: AcquaintanceSheet, *, employees: Collection[int], by: Actor, now: dt.datetime, **_more: Any) -> None:
    occasion = f"hurry:{now:%Y%m%d%H%M%S}"
    _tell(sheet, employees, "reading_reminded", occasion=occasion, about={"who": by.name}, now=now)


def _tell(
    sheet: AcquaintanceSheet,
    employees: Collection[int],
    code: str,
    *,
    occasion: str,
    about: dict[str, object],
    now: dt.datetime,
) -> None:
    """Tell these people on the sheet, as far as they are waited for."""
    wanted = set(employees)
    today = day_of(now)
    tellings = [
        Telling(
            employee_id,
            f"{reading_topic(line_id)}/{occasion}",
            about={**about, "absent": absent} if absent else about,
            due=due,
            urgent=due == today,
        )
        for line_id, employee_id, due, absent in _places(sheet.id)
        if employee_id in wanted
    ]
    tell_many(tellings, code, document_id=sheet.document_id, path=read_path(sheet.document_id), now=now)


def _places(sheet_id: int) -> Iterator[tuple[int, int, dt.date | None, str]]:
    """(Place, employee, term, name of the absent person) of those whom the sheet waits for."""
    waiting = (Acquaintance.sheet == sheet_id) & (Acquaintance.state == str(ReadingState.ASKED))
    columns = (Acquaintance.id, Acquaintance.employee, Acquaintance.due, Acquaintance.stands_in_for)
    rows = list(Acquaintance.select(*columns).where(waiting).order_by(Acquaintance.id).tuples())
    absent = {one for *_place, one in rows if one is not None}
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(sorted(absent)))} if absent else {}
    for line_id, employee_id, due, stands_in_for in rows:
        yield line_id, employee_id, due, names.get(stands_in_for, "")


def _decided(line: Acquaintance, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    settle(reading_topic(line.id), now=now)
    if line.state != ReadingState.REFUSED:
        return
    sender = line.sheet.sent_by_employee_id
    if sender is not None and sender != by.employee_id:
        about = {"who": line.name, "reason": line.comment}
        path = sheet_path(line.document_id)
        key = f"reading-answer:{line.id}/refused:{now:%Y%m%d%H%M%S}"
        tell([sender], "reading_refused", key=key, document_id=line.document_id, path=path, about=about, now=now)


def _dropped(line: Acquaintance, *, now: dt.datetime, **_more: Any) -> None:
    settle(reading_topic(line.id), now=now)


def _ended(_sheet: AcquaintanceSheet, *, lines: Iterable[int], now: dt.datetime, **_more: Any) -> None:
    for chunk in pw.chunked(lines, _CHUNK):
        settle_many([reading_topic(one) for one in chunk], now=now)

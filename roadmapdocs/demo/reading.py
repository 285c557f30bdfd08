"""Reading in the made-up office: sent to people and units, confirmed here or on the paper sheet, refused once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Final

import peewee as pw

from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.acquaintance.operations import send
from roadmapdocs.acquaintance.paper import RefusalAct, Scan, confirm_on_paper, refuse
from roadmapdocs.acquaintance.reading import confirm, opened, read_through
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.desk import Desk
from roadmapdocs.documents.models import Document

#: Working days that are given to read where the act names no last day.
DAYS: Final = 10


def read(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    """Do one of :data:`ACTS`."""
    _DO[act.do](act, document, desk, now, today)


def _send(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    people = tuple(desk.employees[key].id for key in act.people)
    units = tuple(desk.units[key].id for key in act.units)
    send(
        document.id,
        Addressees(employees=people, units=units, everyone=not (people or units)),
        due=act.due,
        days=None if act.due else DAYS,
        standing=act.standing,
        note=act.comment,
        by=desk.actor(act.by),
        now=now,
        today=today,
    )


def _sign_sheet(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    """The people named, or all who are waited for, have signed the printed sheet."""
    scan = Scan(f"Лист ознакомления: {document.title}\n".encode(), "Лист ознакомления.txt", desk.store)
    lines = [one.id for one in _waiting(document, act.people, desk)]
    confirm_on_paper(lines, day=today, scan=scan, by=desk.actor(act.by), now=now, today=today)


def _read_here(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    by, version = desk.actor(act.by), current_version(document.id)
    line = opened(document.id, by=by, now=now)
    assert line is not None and version is not None  # noqa: PT018  # the content asks only those who were asked
    read_through(line.id, version.id, by=by, now=now)
    confirm(line.id, version_id=version.id, by=by, now=now, today=today)


def _refuse(act: schema.Act, document: Document, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    witnesses = RefusalAct(tuple(str(desk.employees[key]) for key in act.witnesses))
    for line in _waiting(document, act.people, desk):
        refuse(line.id, reason=act.reason, act=witnesses, by=desk.actor(act.by), now=now, today=today)


def _waiting(document: Document, people: tuple[str, ...], desk: Desk) -> pw.ModelSelect:
    asked = (Acquaintance.document == document) & (Acquaintance.state == str(ReadingState.ASKED))
    if people:
        asked &= Acquaintance.employee.in_([desk.employees[key].id for key in people])
    return Acquaintance.select().where(asked).order_by(Acquaintance.place)


_DO: Final[Mapping[str, Callable[[schema.Act, Document, Desk, dt.datetime, dt.date], None]]] = {
    "send_to_read": _send,
    "sign_sheet": _sign_sheet,
    "read_here": _read_here,
    "refuse_to_read": _refuse,
}
#: Acts of the content that are about reading.
ACTS: Final = frozenset(_DO)

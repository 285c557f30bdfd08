"""Duties of each night: standing sheets ask those who came, and nobody who left is waited for."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.acquaintance.addressees import ids_of
from roadmapdocs.acquaintance.asking import Asked, ask_again, put_on
from roadmapdocs.acquaintance.ending import drop_line
from roadmapdocs.acquaintance.lists import follow, latest_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.staff import Placed, Staff, staff_on
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.audit.operations import record
from roadmapdocs.db import database, transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import lock_document
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.workdays.operations import calendar

#: Names that the journal tells of those who came; the list has all of them.
NAMES_TOLD = 20
_IN_FORCE = (str(Force.IN_FORCE), str(Force.AMENDED))


def ask_newcomers(*, now: dt.datetime, today: dt.date) -> int:
    """Ask whoever fits a standing sheet of a document in force by now; drop open places of those who left.

    Gives how many people were asked. Called as often as one likes, it asks nobody twice.
    """
    drop_leavers(now=now, today=today)
    standing = AcquaintanceSheet.standing & AcquaintanceSheet.ended_at.is_null()
    in_force = Document.force.in_(_IN_FORCE) & (Document.preparation == str(Preparation.SIGNED))
    rows = AcquaintanceSheet.select(AcquaintanceSheet.id).join(Document).where(standing & in_force)
    sheets = [one for (one,) in rows.where(Document.registration != str(Registration.ANNULLED)).order_by(AcquaintanceSheet.id).tuples()]
    staff = staff_on(today) if sheets else Staff(today)
    return sum(_ask_for(sheet_id, staff, now) for sheet_id in sheets)


def drop_leavers(*, now: dt.datetime, today: dt.date) -> int:
    """Take everybody who does not work in the office any more off the lists; give how many places there were."""
    open_lines = Acquaintance.state == str(ReadingState.ASKED)
    # Asked by person, of whom there are few: of places there may be half a million.
    waited_for = Acquaintance.select(pw.SQL("1")).where(open_lines & (Acquaintance.employee == Employee.id))
    gone = Employee.select(Employee.id).where(~works(today) & pw.fn.EXISTS(waited_for))
    rows = Acquaintance.select(Acquaintance.id, Acquaintance.document).where(open_lines & Acquaintance.employee.in_(gone))
    by_document: dict[int, list[int]] = {}
    for line_id, document_id in rows.tuples():
        by_document.setdefault(document_id, []).append(line_id)
    return sum(_drop(document_id, ids, now, today) for document_id, ids in by_document.items())


def _drop(document_id: int, ids: list[int], now: dt.datetime, today: dt.date) -> int:
    with transaction():
        lock_document(document_id)
        lines = list(Acquaintance.select().where(Acquaintance.id.in_(ids) & (Acquaintance.state == str(ReadingState.ASKED))))
        for line in lines:
            drop_line(line, reason="", by=SYSTEM, now=now)
        follow(document_id, by=SYSTEM, now=now, today=today)
    return len(lines)


def _ask_for(sheet_id: int, staff: Staff, now: dt.datetime) -> int:
    """Ask those who fit the sheet and are on no list of its document; each sheet in a transaction of its own."""
    sheet = AcquaintanceSheet.get_by_id(sheet_id)
    if not _missing(sheet, staff):
        # Nearly every night: nothing to write, so nobody is kept waiting.
        return 0
    with transaction():
        lock_document(sheet.document_id)
        sheet = AcquaintanceSheet.get_by_id(sheet_id)
        people = _missing(sheet, staff)
        if sheet.ended_at is not None or not people:
            return 0
        due = calendar().after(staff.day, sheet.days) if sheet.days else None
        back = _dropped_here(sheet)
        effect = {"sheet": sheet.id, "asked": len(people), "names": [one.name for one in people[:NAMES_TOLD]]}
        record("acquaintance_newcomers", subject=sheet.document, effect=effect, by=SYSTEM, now=now)
        put_on(sheet, [Asked(one, due) for one in people if one.employee_id not in back], now=now)
        ask_again(sheet, [back[one.employee_id] for one in people if one.employee_id in back], due=due, now=now)
        follow(sheet.document_id, by=SYSTEM, now=now, today=staff.day)
        return len(people)


def _missing(sheet: AcquaintanceSheet, staff: Staff) -> list[Placed]:
    """Those who fit the sheet and are on no list of the edition; whom a person took off stays off.

    Whom the text names was found once, when it was sent.
    """
    fit = ids_of(Addressees.from_json(sheet.addressees), staff)
    left = (Acquaintance.state == str(ReadingState.DROPPED)) & (Acquaintance.made_by == SYSTEM.name)
    on_list = Acquaintance.sheet.in_(latest_sheets(sheet.document_id)) & ~left
    rows = Acquaintance.select(Acquaintance.employee).where(on_list)
    # As the driver has them: of a hundred sheets for everybody this is half a million ids each minute.
    missing = fit - {one for (one,) in database.execute(rows).fetchall()}
    return [person for employee_id, person in staff.people.items() if employee_id in missing] if missing else []


def _dropped_here(sheet: AcquaintanceSheet) -> dict[int, Acquaintance]:
    """By person, places on this very sheet that were dropped: whoever comes back gets that place again."""
    dropped = (Acquaintance.sheet == sheet.id) & (Acquaintance.state == str(ReadingState.DROPPED))
    return {line.employee_id: line for line in Acquaintance.select().where(dropped)}

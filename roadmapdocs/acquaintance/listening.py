"""What happens to acquaintance when a document gets a new edition, or binds nobody any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from roadmapdocs.acquaintance import asking, ending
from roadmapdocs.acquaintance.addressees import ids_of
from roadmapdocs.acquaintance.asking import Asked, Opening
from roadmapdocs.acquaintance.lists import ON_LIST, follow, live_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.recipients import steads_of
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.staff import Placed, Staff, staff_on
from roadmapdocs.acquaintance.words import EndedWhy, ReadingState
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.hooks import document_moved, version_added
from roadmapdocs.installation import day_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar


def listen() -> None:
    """React from now on. Idempotent."""
    version_added.connect(_text_changed)
    document_moved.connect(_moved)


def _text_changed(version: DocumentVersion, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    """Whoever was asked about the edition before is asked about the new one: it is this that binds them."""
    sheets = [sheet for sheet in live_sheets(version.document_id) if sheet.edition < version.edition]
    if not sheets:
        return
    document, today = get_document(version.document_id), _day(now)
    staff = staff_on(today)
    people_of = _people_of(sheets, staff)
    own = {one.employee_id for people in people_of.values() for one in people}
    for sheet in sheets:
        ending.end_sheet(sheet, str(EndedWhy.EDITION), state=ReadingState.REPLACED, by=by, now=now)
        if document.preparation == Preparation.SIGNED:
            opening = _anew(document, sheet, people_of[sheet.id], own, staff)
            asking.open_sheet(document, opening, by=by, now=now)
    follow(version.document_id, by=by, now=now, today=today, anew=True)


def _people_of(sheets: Sequence[AcquaintanceSheet], staff: Staff) -> dict[int, list[Placed]]:
    """By sheet, those on it who work still, with the posts of today.

    Who stood in for another is not asked for them anew, but as themselves by a sheet that means them, too: that one had
    passed them over, as they were on a list already.
    """
    columns = (Acquaintance.sheet, Acquaintance.employee, Acquaintance.stands_in_for)
    on_list = Acquaintance.sheet.in_([sheet.id for sheet in sheets]) & Acquaintance.state.in_(ON_LIST)
    own: dict[int, list[int]] = {sheet.id: [] for sheet in sheets}
    steads: list[int] = []
    for sheet_id, employee_id, absent in Acquaintance.select(*columns).where(on_list).order_by(Acquaintance.place).tuples():
        (own[sheet_id] if absent is None else steads).append(employee_id)
    left = set(steads).difference(*own.values())
    for sheet in sheets if left else ():
        meant = left & ids_of(Addressees.from_json(sheet.addressees), staff)
        own[sheet.id] += sorted(meant)
        left -= meant
    return {sheet_id: [staff.people[one] for one in ids if one in staff.people] for sheet_id, ids in own.items()}


def _anew(document: Document, sheet: AcquaintanceSheet, people: list[Placed], own: set[int], staff: Staff) -> Opening:
    """The same sheet for the new edition: as many working days to read as the first had.

    ``own`` are the people of all these sheets (ids): they are asked as themselves, and not in the stead of another.
    """
    taken = own | _on_new_lists(document)
    steads, _alone = steads_of(people, taken, document.kind.code, staff)
    due = _due_anew(sheet, staff.day)
    return Opening(
        Addressees.from_json(sheet.addressees),
        (*(Asked(one, due) for one in people), *(Asked(stead, due, away.employee_id) for stead, away in steads)),
        due=due if sheet.due else None,
        days=sheet.days,
        standing=sheet.standing,
        note=sheet.note,
        previous=sheet,
    )


def _on_new_lists(document: Document) -> set[int]:
    """Those whom another sheet of the document asks already."""
    live = [sheet.id for sheet in live_sheets(document.id)]
    rows = Acquaintance.select(Acquaintance.employee).where(Acquaintance.sheet.in_(live) & Acquaintance.state.in_(ON_LIST))
    return {one for (one,) in rows.tuples()}


def _due_anew(sheet: AcquaintanceSheet, today: dt.date) -> dt.date | None:
    days = calendar()
    if sheet.days:
        return days.after(today, sheet.days)
    if sheet.due is None:
        return None
    sent_on = day_of(sheet.sent_at)
    given = days.between(sent_on, sheet.due) if sheet.due > sent_on else 0
    return max(sheet.due, days.after(today, given))


def _moved(document: Document, *, by: Actor, now: dt.datetime, **_more: Any) -> None:
    """What is annulled or repealed is read by nobody."""
    if document.registration == Registration.ANNULLED:
        why = EndedWhy.ANNULLED
    elif document.force == Force.ENDED:
        why = EndedWhy.REPEALED
    else:
        return
    if live_sheets(document.id):
        ending.end_all(document.id, str(why), by=by, now=now)
        ending.break_off(document, by=by, now=now, today=_day(now))


def _day(now: dt.datetime) -> dt.date:
    return day_of(now)

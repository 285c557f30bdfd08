"""Sending a document to be read: whoever keeps documents asks people, reminds them, takes them off the list."""

from __future__ import annotations

import datetime as dt
from typing import Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.acquaintance import asking, ending
from roadmapdocs.acquaintance.asking import Asked, Opening
from roadmapdocs.acquaintance.checks import (
    check_chosen,
    check_somebody,
    check_term,
    given_reason,
    text_to_read,
)
from roadmapdocs.acquaintance.lists import follow, live_sheets
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.recipients import Outlook, recipients
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.audit.operations import history, record
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import lock_document, read_document
from roadmapdocs.documents.transitions import perform
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.hooks import reading_reminded
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar

__all__ = ["Outlook", "drop", "end", "outlook", "remind_all", "send"]

#: Nobody is reminded twice within this time.
REMIND_AGAIN_AFTER: Final = dt.timedelta(hours=1)


def outlook(document_id: int, addressees: Addressees, *, substitutes: bool = True, by: Actor, today: dt.date) -> Outlook:
    """What :func:`send` would do with these addressees; nothing is changed.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if the actor sends nothing to be read
    :raise Refusal: as :func:`send`, but for ``nobody``
    """
    require(by, Action.SEND_TO_READ)
    document = read_document(document_id, by=by)
    version = text_to_read(document)
    check_chosen(addressees)
    return recipients(document, version, addressees, substitutes=substitutes, day=today)


def send(
    document_id: int,
    addressees: Addressees,
    *,
    due: dt.date | None = None,
    days: int | None = None,
    standing: bool = False,
    note: str = "",
    substitutes: bool = True,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> AcquaintanceSheet:
    """Ask people to read the document as it is now; whoever is on a list of this text is not asked again.

    ``due`` is the last day, or ``days`` working days from today; a ``standing`` sheet goes on asking those who come
    later, giving each of them ``days``. With ``substitutes`` whoever stands in for somebody absent is asked, too.
    All who are asked may read the document from now on, whatever its mark.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if the actor sends nothing to be read
    :raise Refusal: ``unsigned``, ``no_text``, ``annulled``, ``ended``; ``addressees`` if nobody is chosen or somebody
        does not exist; ``text_unread`` while it is not known whom the text names; ``nobody`` if of those chosen nobody
        is left to ask, unless the sheet is standing; ``standing`` if the same one stands already; ``due`` or ``days``
    """
    require(by, Action.SEND_TO_READ)
    check_chosen(addressees)
    check_term(due, days, today)
    with transaction():
        lock_document(document_id)
        document = read_document(document_id, by=by)
        version = text_to_read(document)
        found = recipients(document, version, addressees, substitutes=substitutes, day=today)
        check_somebody(found, document_id, addressees, standing=standing)
        opening = _opening(addressees, found, due, days, today, standing=standing, note=note)
        _open(document, opening, by=by, now=now, today=today)
        follow(document_id, by=by, now=now, today=today)
        return live_sheets(document_id)[-1]


def remind_all(document_id: int, *, by: Actor, now: dt.datetime) -> int:
    """Remind all who have not confirmed yet; give how many there are.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if the actor sends nothing to be read
    :raise Refusal: ``nobody`` if nobody is waited for; ``reminded`` if they were reminded less than an hour ago
    """
    require(by, Action.SEND_TO_READ)
    with transaction():
        lock_document(document_id)
        document = read_document(document_id, by=by)
        waiting = {sheet: _waiting_on(sheet) for sheet in live_sheets(document_id)}
        count = sum(map(len, waiting.values()))
        if not count:
            raise Refusal("nobody", _("Nobody is waited for: all who were asked have answered."))
        last = next((one.at for one in history(document) if one.what == "acquaintance_reminded"), None)
        if last is not None and now - last < REMIND_AGAIN_AFTER:
            raise Refusal("reminded", _("They were reminded less than an hour ago. Give them time to read."))
        record("acquaintance_reminded", subject=document, effect={"count": count}, by=by, now=now)
        for sheet, employees in waiting.items():
            if employees:
                reading_reminded.send(sheet, employees=employees, by=by, now=now)
        return count


def drop(acquaintance_id: int, *, reason: str, by: Actor, now: dt.datetime, today: dt.date) -> Acquaintance:
    """Take one person, who has not decided yet, off the list.

    :raise NotFound: ``no_acquaintance``
    :raise Forbidden: if the actor sends nothing to be read
    :raise Refusal: ``reason`` if none is given
    :raise Conflict: ``decided`` if the person confirmed or refused meanwhile, or is off the list by now
    """
    require(by, Action.SEND_TO_READ)
    reason = given_reason(reason)
    with transaction():
        line = locked_line(acquaintance_id, by=by)
        if line.state != ReadingState.ASKED:
            raise Conflict("decided", _("%(name)s is not waited for any more. Look at the list again.", name=line.name))
        ending.drop_line(line, reason=reason, by=by, now=now)
        follow(line.document_id, by=by, now=now, today=today)
        return Acquaintance.get_by_id(acquaintance_id)


def end(sheet_id: int, *, reason: str, by: Actor, now: dt.datetime, today: dt.date) -> AcquaintanceSheet:
    """End a sheet: who has not confirmed is waited for no more, and nobody is added to it.

    :raise NotFound: ``no_sheet``
    :raise Forbidden: if the actor sends nothing to be read
    :raise Refusal: ``reason`` if none is given
    :raise Conflict: ``ended``
    """
    require(by, Action.SEND_TO_READ)
    reason = given_reason(reason)
    with transaction():
        sheet = AcquaintanceSheet.get_or_none(AcquaintanceSheet.id == sheet_id)
        if sheet is None:
            raise NotFound("no_sheet", _("There is no such sheet. Open the page of acquaintance anew."))
        lock_document(sheet.document_id)
        read_document(sheet.document_id, by=by)
        sheet = AcquaintanceSheet.get_by_id(sheet_id)
        if sheet.ended_at is not None:
            raise Conflict("ended", _("This sheet has ended already. Nothing is left to do."))
        ending.end_one(sheet, reason, by=by, now=now, today=today)
        return AcquaintanceSheet.get_by_id(sheet_id)


def locked_line(acquaintance_id: int, *, by: Actor) -> Acquaintance:
    """Somebody's place with its sheet, of a document that the actor may read, as it is now; within a transaction.

    :raise NotFound: ``no_acquaintance``
    """
    row = Acquaintance.get_or_none(Acquaintance.id == acquaintance_id)
    if row is None:
        raise no_acquaintance()
    lock_document(row.document_id)
    read_document(row.document_id, by=by)
    return Acquaintance.select(Acquaintance, AcquaintanceSheet).join(AcquaintanceSheet).where(Acquaintance.id == row.id).get()


def no_acquaintance() -> NotFound:
    return NotFound("no_acquaintance", _("There is no such place on a list, or it is not yours. Open the document anew."))


def _opening(
    addressees: Addressees, found: Outlook, due: dt.date | None, days: int | None, today: dt.date, *, standing: bool, note: str
) -> Opening:
    last = due or (calendar().after(today, days) if days else None)
    return Opening(
        addressees,
        _asked(found, last),
        # Of a standing sheet counted in working days each reader has a day of their own.
        due=last if due or not standing else None,
        days=days,
        standing=standing,
        note=note.strip(),
        new_readers=found.new_readers,
    )


def _asked(found: Outlook, due: dt.date | None) -> tuple[Asked, ...]:
    people = (Asked(one, due) for one in found.people)
    return (*people, *(Asked(stead, due, absent.employee_id) for stead, absent in found.steads))


def _open(document: Document, opening: Opening, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """By the step of the workflow, where the line has to move; beside the sheets that are read already, where it has not."""
    step = {"not_required": "send_to_read", "everyone": "read_anew"}.get(document.acquaintance)
    if step is None or not opening.asked:
        asking.open_sheet(document, opening, by=by, now=now)
        return
    answers = Answers(comment=opening.note, enclosed=opening)
    perform(document.id, step, answers=answers, by=by, now=now, today=today)


def _waiting_on(sheet: AcquaintanceSheet) -> list[int]:
    waiting = (Acquaintance.sheet == sheet.id) & (Acquaintance.state == str(ReadingState.ASKED))
    return [one for (one,) in Acquaintance.select(Acquaintance.employee).where(waiting).tuples()]

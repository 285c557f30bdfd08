"""What is to be read by one person, and what they have confirmed of late."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import ToRead, queue_of
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.order import address
from roadmapdocs.web.acquaintance.words import way_word
from roadmapdocs.web.worklist.documents import Shown, shown
from roadmapdocs.web.worklist.rows import Act, Task, task

#: Rows of a page.
PAGE = 50
#: What was confirmed last; the card of a document tells the rest.
MOST_DONE = 10


def queue_context(by: Actor, today: dt.date, page: int) -> dict[str, Any]:
    """What ``acquaintance.html`` asks for."""
    queue = queue_of(by)
    page = min(page, max(-(-len(queue) // PAGE), 1))
    start = (page - 1) * PAGE
    url = url_for("roadmapdocs_acquaintance.index")
    end = min(start + PAGE, len(queue))
    return {
        "rows": reading_tasks(queue[start:end], today, total=len(queue)),
        "total": len(queue),
        "late": sum(one.due is not None and one.due < today for one in queue),
        "first_url": address(queue[0].document_id, len(queue)) if queue else None,
        "done": _done(by),
        "chips": places(by, "index"),
        "page": {
            "first": start + 1,
            "last": end,
            "total": len(queue),
            "previous_url": f"{url}?page={page - 1}" if page > 1 else None,
            "next_url": f"{url}?page={page + 1}" if end < len(queue) else None,
            "pages": [],
        }
        if len(queue) > PAGE
        else None,
    }


def places(by: Actor, current: str) -> list[dict[str, Any]]:
    """Chips above both pages; for those who send nothing to be read there is only one, and no chips."""
    if not may(by, Action.SEND_TO_READ):
        return []
    labels = (("index", _("For me to read")), ("control", _("How the office reads")))
    return [
        {"label": label, "url": url_for(f"roadmapdocs_acquaintance.{name}"), "current": name == current, "count": None, "late": False, "symbol": None}
        for name, label in labels
    ]


def reading_tasks(queue: list[ToRead], today: dt.date, *, total: int = 0) -> list[Task]:
    """Documents to read as rows of a list; three statements, however many they are."""
    names = shown({one.document_id for one in queue})
    notes = _notes([one.acquaintance_id for one in queue])
    return [
        _task(one, names[one.document_id], notes.get(one.acquaintance_id, ()), today, total)
        for one in queue
        if one.document_id in names
    ]


def _task(one: ToRead, document: Shown, about: tuple[str, ...], today: dt.date, total: int) -> Task:
    act = Act(_("Read"), address(one.document_id, total))
    return task(document.name, about=about, act=act, due=one.due, today=today)


def _notes(lines: list[int]) -> dict[int, tuple[str, ...]]:
    """By place on a sheet: who sent it, in whose place, and what they said."""
    if not lines:
        return {}
    rows = (
        Acquaintance.select(Acquaintance.id, Acquaintance.stands_in_for, AcquaintanceSheet.sent_by, AcquaintanceSheet.note)
        .join(AcquaintanceSheet)
        .where(Acquaintance.id.in_(lines))
    )
    found = list(rows)
    absent = {row.stands_in_for_id for row in found if row.stands_in_for_id is not None}
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(absent))} if absent else {}
    return {
        row.id: (
            _("Sent by: %(name)s", name=row.sheet.sent_by),
            _("In the place of: %(name)s", name=names[row.stands_in_for_id]) if row.stands_in_for_id in names else "",
            row.sheet.note,
        )
        for row in found
    }


def _done(by: Actor) -> list[dict[str, Any]]:
    """What the person has confirmed last, as far as they may still read it."""
    if by.employee_id is None:
        return []
    rows = (
        Acquaintance.select(Acquaintance.document, Acquaintance.day, Acquaintance.way)
        .join(Document, on=(Acquaintance.document == Document.id))
        .where((Acquaintance.employee == by.employee_id) & (Acquaintance.state == ReadingState.CONFIRMED))
        .where(visible_to(by, few=True))
        .order_by(Acquaintance.decided_at.desc(), Acquaintance.id.desc())
        .limit(MOST_DONE)
    )
    found = list(rows)
    names = shown({row.document_id for row in found})
    return [
        {"title": names[row.document_id].name, "url": address(row.document_id), "day": row.day, "way": way_word(row.way)}
        for row in found
        if row.document_id in names
    ]

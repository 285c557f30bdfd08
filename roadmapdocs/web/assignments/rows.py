"""An assignment as a line of a list: what, until when, by whom, out of which document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.people import left_the_office
from roadmapdocs.assignments.rules import is_late
from roadmapdocs.assignments.words import LIVE, Part, State
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Force, Registration
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.words import badges_of, deadline_word, left_words
from roadmapdocs.web.pages import capital
from roadmapdocs.web.roadmaps.slot_words import cut

_LONGEST = 240
#: Where it matters that the document binds nobody any more.
UNDER_WAY = (*LIVE, State.DRAFT)


def lines(found: Sequence[Assignment], actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """What ``macros/assignments.html`` draws a line from; four statements, however many lines there are."""
    sources = sources_of({row.document_id for row in found if row.document_id}, actor)
    others = executor_names([row.id for row in found])
    gone = left_the_office([row for row in found if row.state in LIVE], today)
    return [_line(row, sources, others.get(row.id, []), gone, today) for row in found]


def _line(
    row: Assignment, sources: dict[int, Document], others: list[str], gone: Collection[int], today: dt.date
) -> dict[str, Any]:
    source = sources.get(row.document_id)
    return {
        "id": row.id,
        "revision": row.revision,
        "text": cut(" ".join(row.text.split()), _LONGEST),
        "url": card_url(row.id),
        "badges": badges_of(row, today),
        "late": is_late(row.state, row.due, today),
        "due": row.due,
        "left": left_words(row, today),
        "deadline": "" if row.due else deadline_word(row.deadline_kind),
        "responsible": str(row.responsible),
        "others": ngettext("and %(num)s more", "and %(num)s more", len(others)) if others else "",
        "gone": _("does not work here any more") if row.state in LIVE and row.responsible_id in gone else "",
        "source": source_words(_name(source), row.point) if source is not None else "",
        "source_url": document_url(source.id) if source is not None else None,
        "void": void_words(source) if source is not None and row.state in UNDER_WAY else "",
    }


def source_names(ids: Collection[int], actor: Actor) -> dict[int, str]:
    """Names of those documents that this person may read."""
    return {id_: _name(row) for id_, row in sources_of(ids, actor).items()}


def sources_of(ids: Collection[int], actor: Actor) -> dict[int, Document]:
    """Those documents that this person may read."""
    if not ids:
        return {}
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(sorted(ids)) & visible_to(actor, few=True))
    return {row.id: row for row in rows}


def _name(document: Document) -> str:
    return capital(reference(document))


def void_words(document: Document) -> str:
    """Why nobody may have to do any more what was given out of it; empty for a document that binds."""
    if document.registration == Registration.ANNULLED:
        return _("The registration of the document is annulled.")
    return _("The document is not in force any more.") if document.force == Force.ENDED else ""


def source_words(name: str, point: str) -> str:
    return _("%(document)s, point %(point)s", document=name, point=point) if name and point else name


def executor_names(ids: Collection[int]) -> dict[int, list[str]]:
    """Co-executors by assignment, in their order."""
    if not ids:
        return {}
    rows = (
        AssignmentPerson.select(AssignmentPerson, Employee)
        .join(Employee)
        .where(AssignmentPerson.assignment.in_(sorted(ids)) & (AssignmentPerson.part == Part.EXECUTOR))
        .order_by(AssignmentPerson.position, AssignmentPerson.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.assignment_id, []).append(str(row.employee))
    return found


def card_url(assignment_id: int) -> str:
    address: str = url_for("roadmapdocs_assignments.card", assignment_id=assignment_id)
    return address


def document_url(document_id: int) -> str:
    address: str = url_for("roadmapdocs_documents.card", document_id=document_id)
    return address

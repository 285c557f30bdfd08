"""An assignment as a line of a list: what, until when, by whom, out of which document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.people import left_the_office
from roadmapdocs.assignments.words import LIVE, Part
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.words import badges_of, deadline_word, is_late, left_words
from roadmapdocs.web.pages import capital
from roadmapdocs.web.roadmaps.slot_words import cut

_LONGEST = 240


def lines(found: Sequence[Assignment], actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """What ``macros/assignments.html`` draws a line from; four statements, however many lines there are."""
    sources = source_names({row.document_id for row in found if row.document_id}, actor)
    others = executor_names([row.id for row in found])
    gone = left_the_office([row for row in found if row.state in LIVE], today)
    return [_line(row, sources, others.get(row.id, []), gone, today) for row in found]


def _line(
    row: Assignment, sources: dict[int, str], others: list[str], gone: Collection[int], today: dt.date
) -> dict[str, Any]:
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
        "source": source_words(sources.get(row.document_id, ""), row.point),
        "source_url": document_url(row.document_id) if row.document_id in sources else None,
    }


def source_names(ids: Collection[int], actor: Actor) -> dict[int, str]:
    """Names of those documents that this person may read."""
    if not ids:
        return {}
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(sorted(ids)) & visible_to(actor, few=True))
    return {row.id: capital(reference(row)) for row in rows}


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

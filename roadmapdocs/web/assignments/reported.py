"""What was reported on an assignment with the verdicts, and how its deadline was moved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, send_file, url_for

from roadmapdocs.assignments.facts import deciders_of
from roadmapdocs.assignments.models import Assignment, AssignmentFile, AssignmentReport, DueExtension
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import ExtensionState, State
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.made import made_document
from roadmapdocs.web.assignments.rows import sources_of
from roadmapdocs.web.assignments.words import extension_badge, verdict_badge
from roadmapdocs.web.context import settings, store
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.words import size_words


def reports_of(assignment: Assignment, actor: Actor) -> list[dict[str, Any]]:
    """The newest first; a document that is not open to the reader is said to be there."""
    rows = list(AssignmentReport.select().where(AssignmentReport.assignment == assignment).order_by(AssignmentReport.id.desc()))
    sources = sources_of({row.document_id for row in rows if row.document_id}, actor)
    files = _files(assignment, [row.id for row in rows])
    return [
        {
            "text": row.text,
            "by": row.made_by,
            "in_place_of": row.in_place_of,
            "at": row.made_at.astimezone(settings().zone),
            "document": made_document(sources.get(row.document_id), assignment) if row.document_id else None,
            "files": files.get(row.id, []),
            "badge": verdict_badge(row.verdict),
            "verdict_by": row.verdict_by,
            "verdict_at": row.verdict_at.astimezone(settings().zone) if row.verdict_at else None,
            "verdict_why": row.verdict_why,
        }
        for row in rows
    ]


def judged_of(assignment: Assignment, actor: Actor) -> dict[str, Any] | None:
    """The document of the report that waits to be looked at, as :func:`reports_of` has it; None without one."""
    waits = (AssignmentReport.assignment == assignment) & AssignmentReport.verdict.is_null()
    row = AssignmentReport.select().where(waits).order_by(AssignmentReport.id.desc()).first()
    if row is None or row.document_id is None:
        return None
    return made_document(sources_of([row.document_id], actor).get(row.document_id), assignment)


def who_checks(assignment: Assignment, today: dt.date) -> str:
    """Whose it is to look at the report that waits; empty if none does."""
    if assignment.state != State.REPORTED:
        return ""
    deciders = deciders_of(assignment, today)
    if not deciders:
        return _("The clerk checks the report: neither a controller nor the author can.")
    return _("The report is checked by %(name)s, or who stands in.", name=str(Employee.get_by_id(deciders[0])))


def _files(assignment: Assignment, reports: list[int]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    if not reports:
        return found
    rows = AssignmentFile.select(AssignmentFile, StoredFile).join(StoredFile).where(AssignmentFile.report.in_(reports))
    for row in rows.order_by(AssignmentFile.id):
        url = url_for("roadmapdocs_assignments.file", assignment_id=assignment.id, file_id=row.id)
        found.setdefault(row.report_id, []).append({"name": row.name, "size": size_words(row.file.size), "url": url})
    return found


def sent_file(assignment_id: int, file_id: int, actor: Actor) -> Response:
    """The stored bytes, never opened in the browser.

    :raise NotFound: ``no_assignment``, ``no_file``
    """
    assignment = read_assignment(assignment_id, by=actor)
    rows = AssignmentFile.select(AssignmentFile, StoredFile, AssignmentReport).join(StoredFile).switch(AssignmentFile).join(AssignmentReport)
    row = rows.where((AssignmentFile.id == file_id) & (AssignmentReport.assignment == assignment)).first()
    if row is None:
        raise NotFound("no_file", _("There is no such file beside a report. The card lists what there is."))
    media = MEDIA_TYPES.get(row.file.format, "application/octet-stream")
    response = send_file(store().open(row.file.sha256), mimetype=media, as_attachment=True, download_name=row.name)
    response.cache_control.private = True
    return response


def extensions_of(assignment: Assignment) -> list[dict[str, Any]]:
    """Moves of the deadline, asked for or ordered, the newest first."""
    rows = DueExtension.select().where(DueExtension.assignment == assignment).order_by(DueExtension.id.desc())
    return [
        {
            "badge": extension_badge(row.state),
            "was": row.due_was,
            "wanted": row.wanted,
            "granted": row.granted if row.granted != row.wanted or row.state == ExtensionState.GRANTED else None,
            "reason": row.reason,
            "by": row.asked_by,
            "at": row.asked_at.astimezone(settings().zone),
            "answer": row.answer,
            "answered_by": row.answered_by,
            "answered_at": row.answered_at.astimezone(settings().zone) if row.answered_at else None,
        }
        for row in rows
    ]

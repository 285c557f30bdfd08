"""Assignments, reports and moves of deadlines as plain JSON."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from roadmapdocs.assignments.models import (
    Assignment,
    AssignmentFile,
    AssignmentPerson,
    AssignmentReport,
    DueExtension,
)
from roadmapdocs.assignments.rules import is_late
from roadmapdocs.assignments.words import Part
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.api.fields import moment
from roadmapdocs.web.api.naming import documents_named, people_named
from roadmapdocs.web.api.schemas.values import day

_PLAIN = (
    *("id", "revision", "text", "state", "urgent", "on_control", "deadline_kind", "deadline_text", "point"),
    *("item_id", "expected_id", "period", "parent_id", "series_id", "made_by", "ended_why"),
)
_DAYS = ("due", "first_due", "counted_from", "done_on")
_MOMENTS = ("given_at", "taken_at", "reported_at", "removed_at")


def assignments_as_json(rows: Sequence[Assignment], actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """Three statements, however many they are; documents that are not open to the actor are null."""
    people = people_named([id_ for row in rows for id_ in (row.author_id, row.responsible_id, row.controller_id)])
    documents = documents_named([row.document_id for row in rows], actor)
    executors = _executors(rows)
    return [
        {
            **{name: getattr(row, name) for name in _PLAIN},
            **{name: day(getattr(row, name)) for name in _DAYS},
            **{name: moment(getattr(row, name)) for name in _MOMENTS},
            "late": is_late(row.state, row.due, today),
            "author": people.get(row.author_id) or {"id": None, "name": row.author_name},
            "responsible": people[row.responsible_id],
            "controller": people.get(row.controller_id),
            "executors": executors[row.id],
            "document": documents.get(row.document_id),
        }
        for row in rows
    ]


def _executors(rows: Sequence[Assignment]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    people = (
        AssignmentPerson.select(AssignmentPerson, Employee)
        .join(Employee)
        .where(AssignmentPerson.assignment.in_([row.id for row in rows]) & (AssignmentPerson.part == Part.EXECUTOR))
        .order_by(AssignmentPerson.position, AssignmentPerson.id)
    )
    for one in people:
        found[one.assignment_id].append({"id": one.employee_id, "name": str(one.employee)})
    return found


def reports_as_json(assignment: Assignment, actor: Actor) -> list[dict[str, Any]]:
    """The newest first."""
    rows = list(AssignmentReport.select().where(AssignmentReport.assignment == assignment).order_by(AssignmentReport.id.desc()))
    documents = documents_named([row.document_id for row in rows], actor)
    files = _files([row.id for row in rows])
    return [
        {
            "id": row.id,
            "text": row.text,
            "made_by": row.made_by,
            "in_place_of": row.in_place_of,
            "made_at": moment(row.made_at),
            "document": documents.get(row.document_id),
            "files": files[row.id],
            "verdict": row.verdict,
            "verdict_by": row.verdict_by,
            "verdict_at": moment(row.verdict_at),
            "verdict_why": row.verdict_why,
        }
        for row in rows
    ]


def _files(reports: list[int]) -> defaultdict[int, list[dict[str, Any]]]:
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = AssignmentFile.select(AssignmentFile, StoredFile).join(StoredFile).where(AssignmentFile.report.in_(reports))
    for row in rows.order_by(AssignmentFile.id):
        told = {"id": row.id, "name": row.name, "size": row.file.size, "sha256": row.file.sha256}
        found[row.report_id].append(told)
    return found


def extensions_as_json(assignment: Assignment) -> list[dict[str, Any]]:
    """The newest first."""
    rows = DueExtension.select().where(DueExtension.assignment == assignment).order_by(DueExtension.id.desc())
    return [
        {
            "state": row.state,
            "due_was": day(row.due_was),
            "wanted": day(row.wanted),
            "granted": day(row.granted),
            "reason": row.reason,
            "asked_by": row.asked_by,
            "asked_at": moment(row.asked_at),
            "answer": row.answer,
            "answered_by": row.answered_by,
            "answered_at": moment(row.answered_at),
        }
        for row in rows
    ]


def report_file(assignment: Assignment, file_id: int) -> tuple[StoredFile, str]:
    """A file beside a report, and its name.

    :raise NotFound: ``no_file``
    """
    rows = AssignmentFile.select(AssignmentFile, StoredFile, AssignmentReport).join(StoredFile).switch(AssignmentFile).join(AssignmentReport)
    row = rows.where((AssignmentFile.id == file_id) & (AssignmentReport.assignment == assignment)).first()
    if row is None:
        raise NotFound("no_file", _("There is no such file beside a report. The card lists what there is."))
    return row.file, row.name

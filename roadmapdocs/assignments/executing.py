"""What the responsible person does, or who stands in: take, ask, report, take a report back; and the answer to a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import close, in_place, opened, said, withdraw_asked
from roadmapdocs.assignments.facts import last_report
from roadmapdocs.assignments.models import Assignment, AssignmentFile, AssignmentReport
from roadmapdocs.assignments.tree import drop_report, settle
from roadmapdocs.assignments.words import State
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.visibility import invite
from roadmapdocs.errors import Refusal
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

MOST_FILES: Final = 20


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file beside a report."""

    data: bytes
    name: str


def take(assignment_id: int, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date) -> Assignment:
    """Принять в работу.

    :raise Refusal: as :func:`roadmapdocs.assignments.changing.opened`; so do all acts here
    """
    with transaction():
        row, facts = opened(assignment_id, Act.TAKEN, revision=revision, by=by, today=today)
        about = in_place(row, facts, by)
        return close(row, Act.TAKEN, about, state=str(State.IN_WORK), taken_at=now, by=by, now=now, today=today)


def ask(
    assignment_id: int, question: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Ask the author what is meant. The deadline runs on.

    :raise Refusal: ``answer`` with the field ``question``
    """
    words = said(question, "question")
    with transaction():
        row, facts = opened(assignment_id, Act.ASKED, revision=revision, by=by, today=today)
        about = {"question": words, **in_place(row, facts, by)}
        return close(row, Act.ASKED, about, state=str(State.CLARIFYING), by=by, now=now, today=today)


def explain(
    assignment_id: int, answer: str, *, revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """The author or the controller answers: it is in work again, or new if it was never taken.

    :raise Refusal: ``answer`` with the field ``answer``
    """
    words = said(answer, "answer")
    with transaction():
        row, _facts = opened(assignment_id, Act.EXPLAINED, revision=revision, by=by, today=today)
        state = State.IN_WORK if row.taken_at is not None else State.NEW
        return close(row, Act.EXPLAINED, {"answer": words}, state=str(state), by=by, now=now, today=today)


def report(
    assignment_id: int,
    text: str,
    *,
    document_id: int | None = None,
    files: Sequence[ReportFile] = (),
    store: FileStore | None = None,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Assignment:
    """Say that it is done; where it has neither author nor controller it is done at once, unless something is live below.

    ``document_id`` is the document that was made, which the reporter may read; those who judge are handed it. A request
    for a later deadline that waits for its answer is withdrawn.

    :raise Refusal: ``answer`` with the field ``text``, ``many_files``, what :func:`files.operations.keep` refuses
    :raise NotFound: ``no_document``
    """
    words = said(text, "text")
    if len(files) > MOST_FILES:
        raise Refusal("many_files", _("At most %(number)s files go with a report. Put them into an archive.", number=MOST_FILES))
    with transaction():
        row, facts = opened(assignment_id, Act.REPORTED, revision=revision, by=by, today=today)
        document = read_document(document_id, by=by) if document_id is not None else None
        stands_in = in_place(row, facts, by)
        made = AssignmentReport.create(
            assignment=row,
            text=words,
            document=document,
            made_by=by.name,
            made_by_employee=by.employee_id,
            in_place_of=stands_in.get("for", ""),
            made_at=now,
        )
        names = _keep_files(made, files, store, by, now)
        row = withdraw_asked(row, by=by, now=now, today=today)
        about = {"text": words, "document": document_id, "files": names, **stands_in}
        columns = {"state": str(State.REPORTED), "reported_at": now, "taken_at": row.taken_at or now}
        row = close(row, Act.REPORTED, about, **columns, by=by, now=now, today=today)
        _hand_over(row, document)
        return settle(row, document_id, by=by, now=now, today=today)


def _hand_over(row: Assignment, document: Document | None) -> None:
    """Those who judge read what was made."""
    if document is not None:
        for employee in {row.author_id, row.controller_id} - {None}:
            invite(document.id, employee)


def recall(
    assignment_id: int, *, reason: str = "", revision: int | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Take the report back before it was looked at: it is in work again."""
    why = said(reason, "reason", needed=False)
    with transaction():
        row, facts = opened(assignment_id, Act.RECALLED, revision=revision, by=by, today=today)
        last = last_report(row.id)
        if last is not None:
            drop_report(last, by=by, now=now, why=why)
        about = {"why": why, **in_place(row, facts, by)}
        columns = {"state": str(State.IN_WORK), "reported_at": None}
        return close(row, Act.RECALLED, about, **columns, by=by, now=now, today=today)


def _keep_files(
    made: AssignmentReport, files: Sequence[ReportFile], store: FileStore | None, by: Actor, now: dt.datetime
) -> tuple[str, ...]:
    if files and store is None:
        raise TypeError("files beside a report need a store to be kept in")
    names = []
    for one in files:
        assert store is not None
        kept = keep(one.data, one.name, store=store, now=now)
        AssignmentFile.create(report=made, file=kept.file, name=kept.name, added_by=by.name, added_at=now)
        names.append(kept.name)
    return tuple(names)

"""Tables of assignments."""

from __future__ import annotations

from collections.abc import Iterable

import peewee as pw

from roadmapdocs.assignments.words import DeadlineKind, ExtensionState, Part, State, Verdict
from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee
from roadmapdocs.roadmap.models import ExpectedDocument, Item


def _one_of(column: str, values: Iterable[object]) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]


class AssignmentSeries(BaseModel):
    """What gives one assignment after another: by a ``recurrence`` as terms have it (:mod:`roadmapdocs.russian.terms`),
    or on the days of ``dates`` (ISO).

    ``plan`` is what each of them says, as :meth:`roadmapdocs.assignments.plans.Plan.as_json` writes it. ``made_until``
    is the nominal day of the last one that was made; ``ends`` the last day on which one may fall due.
    """

    document = pw.ForeignKeyField(Document, null=True, backref="series", on_delete="RESTRICT")
    plan = JsonField()
    recurrence = pw.TextField(default="")
    dates = JsonField(default=list)
    starts = pw.DateField()
    ends = pw.DateField(null=True)
    made_until = pw.DateField(null=True)
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    made_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True, index=True)
    ended_why = pw.TextField(default="")


_REPORTED = ("state", "due", "id", "done_on", "responsible", "first_due", "document", "root", "on_control", "controller", "item")


class Assignment(BaseModel):
    """One thing that somebody has to do until a day. ``revision`` counts its changes, so that a stale act is noticed.

    ``document`` and ``point`` («2.1») are where it comes from; ``item``, ``expected`` and ``period`` (the key of a
    slot, :mod:`roadmapdocs.coverage.rules`) what of a roadmap it is to prove. ``root`` is the top of its tree, itself
    where it has no ``parent``. With ``auto_close`` it is reported done when the last of its subordinates is done.

    ``counted_from`` is the day from which the deadline was counted, ``first_due`` the deadline before any move,
    ``occurrence`` the nominal day of one of a series, before the calendar moved it. ``done_on`` is the day of the
    report that was accepted: in time is ``done_on <= due``. ``given_at`` is when it reached the executor.
    """

    document = pw.ForeignKeyField(Document, null=True, backref="assignments", on_delete="RESTRICT", index=False)
    point = pw.TextField(default="")
    item = pw.ForeignKeyField(Item, null=True, backref="assignments", on_delete="SET NULL")
    expected = pw.ForeignKeyField(ExpectedDocument, null=True, backref="assignments", on_delete="SET NULL", index=False)
    period = pw.CharField(max_length=32, default="")
    series = pw.ForeignKeyField(AssignmentSeries, null=True, backref="assignments", on_delete="RESTRICT")
    occurrence = pw.DateField(null=True)
    parent = pw.ForeignKeyField("self", null=True, backref="children", on_delete="RESTRICT")
    root = pw.ForeignKeyField("self", null=True, backref="tree", on_delete="RESTRICT")
    auto_close = pw.BooleanField(default=True)
    author = pw.ForeignKeyField(Employee, null=True, backref="assignments_given", on_delete="RESTRICT", index=False)
    author_name = pw.TextField(default="")
    responsible = pw.ForeignKeyField(Employee, backref="assignments", on_delete="RESTRICT", index=False)
    controller = pw.ForeignKeyField(Employee, null=True, backref="assignments_controlled", on_delete="RESTRICT", index=False)
    text = pw.TextField()
    urgent = pw.BooleanField(default=False)
    on_control = pw.BooleanField(default=True)
    deadline_kind = pw.CharField(max_length=16, constraints=_one_of("deadline_kind", DeadlineKind))
    deadline_text = pw.TextField(default="")
    counted_from = pw.DateField()
    due = pw.DateField(null=True)
    first_due = pw.DateField(null=True)
    state = pw.CharField(max_length=16, constraints=_one_of("state", State))
    state_at = UtcDateTimeField()
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    made_at = UtcDateTimeField()
    given_at = UtcDateTimeField(null=True)
    taken_at = UtcDateTimeField(null=True)
    reported_at = UtcDateTimeField(null=True)
    done_on = pw.DateField(null=True)
    removed_by = pw.TextField(default="")
    removed_at = UtcDateTimeField(null=True)
    ended_why = pw.TextField(default="")
    result = pw.ForeignKeyField(Document, null=True, backref="results_of", on_delete="RESTRICT")
    revision = pw.IntegerField(default=1)

    class Meta:
        indexes = (
            # First what lists ask for; then all that reports count and narrow by, so that they never look at the table.
            (_REPORTED, False),
            (("responsible", "state", "due", "id"), False),
            (("controller", "state", "due", "id"), False),
            (("author", "state", "due", "id"), False),
            (("document", "state", "id"), False),
            (("expected", "period"), False),
        )


class AssignmentPerson(BaseModel):
    """Who is what to an assignment: by this, it is found and may be read (with the whole of its tree)."""

    assignment = pw.ForeignKeyField(Assignment, backref="people", on_delete="CASCADE", index=False)
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="RESTRICT", index=False)
    part = pw.CharField(max_length=16, constraints=_one_of("part", Part))
    position = pw.IntegerField(default=0)

    class Meta:
        indexes = ((("assignment", "part", "employee"), True), (("employee", "part", "assignment"), False))


class AssignmentReport(BaseModel):
    """What was said of the execution, and what the controller said to it. ``in_place_of`` is the absent executor's name.

    ``document`` is the document that was made: it proves the item of the roadmap when the report is accepted.
    """

    assignment = pw.ForeignKeyField(Assignment, backref="reports", on_delete="RESTRICT")
    text = pw.TextField()
    document = pw.ForeignKeyField(Document, null=True, backref="reports", on_delete="RESTRICT", index=False)
    made_by = pw.TextField()
    made_by_employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    in_place_of = pw.TextField(default="")
    made_at = UtcDateTimeField()
    verdict = pw.CharField(max_length=16, null=True, constraints=_one_of("verdict", Verdict))
    verdict_by = pw.TextField(default="")
    verdict_at = UtcDateTimeField(null=True)
    verdict_why = pw.TextField(default="")


class AssignmentFile(BaseModel):
    """A file that goes with a report. Immutable."""

    report = pw.ForeignKeyField(AssignmentReport, backref="files", on_delete="RESTRICT")
    file = pw.ForeignKeyField(StoredFile, backref="+", on_delete="RESTRICT")
    name = pw.TextField()
    added_by = pw.TextField()
    added_at = UtcDateTimeField()


class DueExtension(BaseModel):
    """A move of a deadline: asked with a reason and answered, or ordered by those who set it."""

    assignment = pw.ForeignKeyField(Assignment, backref="extensions", on_delete="RESTRICT", index=False)
    state = pw.CharField(max_length=16, constraints=_one_of("state", ExtensionState))
    due_was = pw.DateField(null=True)
    wanted = pw.DateField()
    reason = pw.TextField()
    asked_by = pw.TextField()
    asked_by_employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    asked_at = UtcDateTimeField()
    granted = pw.DateField(null=True)
    answer = pw.TextField(default="")
    answered_by = pw.TextField(default="")
    answered_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("assignment", "state", "id"), False), (("state", "asked_at"), False))


#: One request at a time.
DueExtension.add_index(
    DueExtension.assignment, unique=True, where=DueExtension.state == str(ExtensionState.ASKED), name="rd_due_extension_one_asked"
)

MODELS = (
    AssignmentSeries,
    Assignment,
    AssignmentPerson,
    AssignmentReport,
    AssignmentFile,
    DueExtension,
)

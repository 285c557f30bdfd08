"""Tables of acquaintance."""

from __future__ import annotations

from collections.abc import Iterable

import peewee as pw

from roadmapdocs.acquaintance.words import ReadingState, ReadingWay
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Unit


def _one_of(column: str, values: Iterable[object]) -> list[pw.SQL]:
    return [pw.Check(f"{column} IN {tuple(str(value) for value in values)}")]


class AcquaintanceSheet(BaseModel):
    """A list of people who are asked to read one version of a document (лист ознакомления).

    ``addressees`` is what was chosen, as :meth:`roadmapdocs.acquaintance.rules.Addressees.as_json` writes it. A
    ``standing`` sheet goes on asking those who come later, and gives each of them ``days`` working days (None: no
    term). ``previous`` is the sheet of the edition before, whose people this one asks anew.
    """

    document = pw.ForeignKeyField(Document, backref="sheets", on_delete="RESTRICT", index=False)
    version = pw.ForeignKeyField(DocumentVersion, backref="sheets", on_delete="RESTRICT", index=False)
    edition = pw.IntegerField(default=1)
    sha256 = pw.CharField(max_length=64)
    previous = pw.ForeignKeyField("self", null=True, backref="following", on_delete="RESTRICT", index=False)
    addressees = JsonField()
    standing = pw.BooleanField(default=False)
    due = pw.DateField(null=True)
    days = pw.IntegerField(null=True)
    note = pw.TextField(default="")
    sent_by = pw.TextField()
    sent_by_employee = pw.ForeignKeyField(Employee, null=True, backref="sheets_sent", on_delete="RESTRICT", index=False)
    sent_at = UtcDateTimeField()
    ended_at = UtcDateTimeField(null=True)
    ended_why = pw.TextField(default="")

    class Meta:
        indexes = ((("document", "ended_at", "id"), False), (("standing", "ended_at"), False))


class Acquaintance(BaseModel):
    """One person's place on a sheet. ``name``, ``post`` and ``unit`` are as they were when the person was asked.

    ``opened_at`` is when the text was first opened, ``read_through_at`` when its last page had been shown: both are
    of the sheet's version. ``decided_at`` is when it was confirmed or refused here, ``day`` the day that is printed
    (a paper signature may be of an earlier one). ``rule`` is the office's rule by which a simple signature counts;
    ``file`` the scan of the paper, or the act of the refusal. ``made_by`` entered it: the person, or the clerk.
    ``stands_in_for`` is the absent person in whose place this one was asked.
    """

    sheet = pw.ForeignKeyField(AcquaintanceSheet, backref="lines", on_delete="RESTRICT", index=False)
    document = pw.ForeignKeyField(Document, backref="acquaintances", on_delete="RESTRICT", index=False)
    employee = pw.ForeignKeyField(Employee, backref="acquaintances", on_delete="RESTRICT", index=False)
    place = pw.IntegerField()
    name = pw.TextField()
    post = pw.TextField(default="")
    unit = pw.ForeignKeyField(Unit, null=True, backref="acquaintances", on_delete="RESTRICT", index=False)
    stands_in_for = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="RESTRICT", index=False)
    state = pw.CharField(max_length=16, default=str(ReadingState.ASKED), constraints=_one_of("state", ReadingState))
    asked_at = UtcDateTimeField()
    due = pw.DateField(null=True)
    opened_at = UtcDateTimeField(null=True)
    read_through_at = UtcDateTimeField(null=True)
    decided_at = UtcDateTimeField(null=True)
    day = pw.DateField(null=True)
    way = pw.CharField(max_length=16, null=True, constraints=_one_of("way", ReadingWay))
    rule = pw.ForeignKeyField(SignatureRule, null=True, backref="acquaintances", on_delete="RESTRICT", index=False)
    file = pw.ForeignKeyField(StoredFile, null=True, backref="acquaintances", on_delete="RESTRICT", index=False)
    file_name = pw.TextField(default="")
    comment = pw.TextField(default="")
    made_by = pw.TextField(default="")

    class Meta:
        indexes = (
            (("sheet", "employee"), True),
            (("sheet", "state", "place", "id"), False),
            (("employee", "state", "due", "id"), False),
            (("document", "employee", "state"), False),
            (("state", "due"), False),
        )
        constraints = [pw.Check("(state = 'confirmed') = (way IS NOT NULL)")]


MODELS = (AcquaintanceSheet, Acquaintance)

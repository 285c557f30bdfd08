"""Tables of documents."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.files.models import StoredFile
from roadmapdocs.people.models import Employee, Unit


class Kind(BaseModel):
    """A kind of document. ``expected`` is the word by which roadmaps expect it."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()
    short = pw.TextField()
    gender = pw.CharField(max_length=1, constraints=[pw.Check("gender IN ('m', 'f', 'n', 'p')")])
    expected = pw.TextField()
    position = pw.IntegerField()

    def __str__(self) -> str:
        return str(self.short)


class Document(BaseModel):
    """The card of a document. ``revision`` counts its changes, so that a stale save is noticed.

    ``number_key``, ``number_sort`` and ``search_key`` are derived from what people typed, by
    :mod:`roadmapdocs.documents.rules`, and are written by operations only. So is ``listed_on``, the day by which
    lists sort: the document's date, or while it has none the day its card was made.
    """

    kind = pw.ForeignKeyField(Kind, on_delete="RESTRICT", index=False)
    number = pw.TextField(default="")
    number_key = pw.TextField(default="", index=True)
    number_sort = pw.TextField(default="")
    date = pw.DateField(null=True)
    listed_on = pw.DateField()
    title = pw.TextField()
    summary = pw.TextField(default="")
    signer = pw.TextField(default="")
    signer_employee = pw.ForeignKeyField(Employee, null=True, backref="signed", on_delete="RESTRICT")
    drafter = pw.ForeignKeyField(Employee, null=True, backref="drafted", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(Unit, null=True, backref="documents", on_delete="RESTRICT")
    preparation = pw.CharField(
        max_length=16, constraints=[pw.Check(f"preparation IN {tuple(str(state) for state in Preparation)}")]
    )
    search_key = pw.TextField()
    revision = pw.IntegerField(default=1)
    created_at = UtcDateTimeField()
    changed_at = UtcDateTimeField()

    class Meta:
        # One index for each way in which a list is sorted or narrowed; the id breaks ties, so pages are stable.
        indexes = (
            (("listed_on", "id"), False),
            (("kind", "listed_on", "id"), False),
            (("preparation", "listed_on", "id"), False),
            (("number_sort", "id"), False),
        )


class DocumentVersion(BaseModel):
    """One immutable file of a document; the highest number is the current one."""

    document = pw.ForeignKeyField(Document, backref="versions", on_delete="RESTRICT", index=False)
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    name = pw.TextField()
    comment = pw.TextField(default="")
    added_by = pw.TextField()
    added_at = UtcDateTimeField()

    class Meta:
        indexes = ((("document", "number"), True),)


MODELS = (Kind, Document, DocumentVersion)

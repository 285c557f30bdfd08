"""Tables of drafts: templates of the office, what a draft says, what a version was made from, phrases."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.files.models import StoredFile


class OfficeTemplate(BaseModel):
    """One version of an office's own template, over the shipped one of the same ``path`` («order.docx»).

    It counts for documents dated on ``since`` or later, until a later version; a version ``withdrawn`` counts no more.
    Versions are never changed: a document remembers which it was made from.
    """

    path = pw.TextField()
    number = pw.IntegerField()
    file = pw.ForeignKeyField(StoredFile, on_delete="RESTRICT")
    name = pw.TextField()
    since = pw.DateField()
    note = pw.TextField(default="")
    withdrawn = pw.BooleanField(default=False)
    added_by = pw.TextField()
    added_at = UtcDateTimeField()

    class Meta:
        indexes = ((("path", "number"), True),)


class Draft(BaseModel):
    """What a document says, as values. ``template`` names the shape, ``content`` is the JSON of its values without
    what the card says (number, date, heading, signer). ``made_from`` tells where it came from: {"expected": id},
    {"protocol": id, "question": 1, "decision": 2}, {"order": id, "appendix": 1} or {"like": id}; ``origin`` is the
    same as one key («expected:17»), by which a second draft from one source is noticed.
    """

    document = pw.ForeignKeyField(Document, unique=True, backref="drafts", on_delete="RESTRICT")
    template = pw.TextField()
    content = JsonField(default=dict)
    made_from = JsonField(default=dict)
    origin = pw.CharField(max_length=96, default="", index=True)
    revision = pw.IntegerField(default=1)
    changed_by = pw.TextField()
    changed_at = UtcDateTimeField()


class Rendering(BaseModel):
    """What a version of a document was made from: the values, and the template by its bytes.

    ``template_sha256`` is that of the file; ``office_template`` is null for a shipped one. ``values`` are complete,
    with what the card said then, so that a returned file is compared with what had been sent out.
    """

    version = pw.ForeignKeyField(DocumentVersion, unique=True, backref="renderings", on_delete="RESTRICT")
    template = pw.TextField()
    template_sha256 = pw.CharField(max_length=64)
    office_template = pw.ForeignKeyField(OfficeTemplate, null=True, backref="renderings", on_delete="RESTRICT")
    profile = pw.CharField(max_length=16)
    values = JsonField()
    made_at = UtcDateTimeField()


class Phrase(BaseModel):
    """A ready phrase of the office's library. ``place`` is where it goes: preamble, point, control, repeal, force.

    ``kinds`` are codes of kinds of documents, none: all. In braces stand the parts to fill in: {дорожная карта}, {документ}.
    """

    place = pw.CharField(max_length=16)
    text = pw.TextField()
    kinds = JsonField(default=list)
    position = pw.IntegerField(default=0)
    active = pw.BooleanField(default=True)

    class Meta:
        constraints = [pw.Check("place IN ('preamble', 'point', 'control', 'repeal', 'force')")]


MODELS = (OfficeTemplate, Draft, Rendering, Phrase)

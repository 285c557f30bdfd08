"""The table of texts. It can be made anew from the files."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.files.models import StoredFile

#: ``waiting`` and ``working`` are on the way; ``partly``: some pages or signs could not be read, or there is too
#: much of it; ``unreadable``: nothing could; ``empty``: there is no text in it (a scan, and nothing to read scans with).
STATES = ("waiting", "working", "read", "partly", "empty", "unreadable")


class FileText(BaseModel):
    """What is written in a stored file, whatever documents have it.

    ``text`` is plain, a form feed between pages where there are pages. ``way`` is how it was read ("docx", "pdf",
    "ocr", …), ``problem`` a code of what is wrong with it, ``told`` what the reader said, for administrators.
    ``reader`` names the version of the reader: a file read by an older one is read again.
    """

    file = pw.ForeignKeyField(StoredFile, unique=True, backref="texts", on_delete="RESTRICT")
    state = pw.CharField(max_length=16, default="waiting", constraints=[pw.Check(f"state IN {STATES}")])
    text = pw.TextField(default="")
    way = pw.CharField(max_length=16, default="")
    problem = pw.CharField(max_length=32, default="")
    told = pw.TextField(default="")
    reader = pw.IntegerField(default=0)
    attempts = pw.IntegerField(default=0)
    asked_at = UtcDateTimeField()
    next_at = UtcDateTimeField()
    claimed_at = UtcDateTimeField(null=True)
    read_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("state", "next_at", "id"), False),)


MODELS = (FileText,)

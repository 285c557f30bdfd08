"""Tables of stored files."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField


class StoredFile(BaseModel):
    """A file known by its content. ``size`` is in bytes; ``format`` as :mod:`roadmapdocs.files.rules` tells it."""

    sha256 = pw.CharField(max_length=64, unique=True)
    size = pw.BigIntegerField()
    format = pw.CharField(max_length=16)
    stored_at = UtcDateTimeField()


MODELS = (StoredFile,)

"""Tables of coverage: what proves a period, and what need not be proved."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.documents.models import Document
from roadmapdocs.roadmap.models import ExpectedDocument


class Proof(BaseModel):
    """A person's word that this document proves this expected document for this period.

    ``period`` is the key of a slot as :mod:`roadmapdocs.coverage.rules` makes it.
    """

    expected = pw.ForeignKeyField(ExpectedDocument, backref="proofs", on_delete="CASCADE", index=False)
    period = pw.CharField(max_length=32)
    document = pw.ForeignKeyField(Document, backref="proves", on_delete="RESTRICT")
    confirmed_by = pw.TextField()
    confirmed_at = UtcDateTimeField()

    class Meta:
        indexes = ((("expected", "period", "document"), True),)


class Waiver(BaseModel):
    """This period needs no document after all, and why (не требуется)."""

    expected = pw.ForeignKeyField(ExpectedDocument, backref="waivers", on_delete="CASCADE", index=False)
    period = pw.CharField(max_length=32)
    reason = pw.TextField()
    waived_by = pw.TextField()
    waived_at = UtcDateTimeField()

    class Meta:
        indexes = ((("expected", "period"), True),)
        constraints = [pw.Check("length(reason) > 0")]


MODELS = (Proof, Waiver)

"""Tables of cases."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, JsonField
from roadmapdocs.people.models import Organisation, Unit


class Retention(BaseModel):
    """A line of the list of retention terms (Перечень, Росархив № 236 of 2019), kept by the office.

    ``years`` empty means for good, and 0 until no longer needed: then the office decides any time after closing.
    ``text`` is the term as printed; ``epk`` the mark «ЭПК»: an expert commission may prolong the term.
    """

    code = pw.CharField(max_length=32, unique=True)
    documents = pw.TextField()
    article = pw.TextField()
    years = pw.IntegerField(null=True)
    text = pw.TextField()
    epk = pw.BooleanField(default=False)
    position = pw.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.documents} ({self.text})"


class CaseYear(BaseModel):
    """The nomenclature of one organisation for one year; whoever changes its cases queues at this row.

    ``key`` is "2026" for an office without organisations and "2026:3" for organisation 3: unlike a pair of
    columns of which one may be empty, it is unique on every database. ``closing`` is the closing record
    (итоговая запись) as it was when the year was closed.
    """

    key = pw.CharField(max_length=24, unique=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, backref="case_years", on_delete="RESTRICT")
    year = pw.IntegerField()
    closed_on = pw.DateField(null=True)
    closed_by = pw.TextField(default="")
    closing = JsonField(default=dict)


class Case(BaseModel):
    """A case (дело) of one year. ``continues`` is the same case a year before, for one that goes on.

    ``index_key`` is the index as compared and ``index_sort`` as ordered; both are derived from what people typed,
    by :mod:`roadmapdocs.cases.rules`. A transitional case has one row a year; when the last of them is closed, the
    rows before get the same ``closed_on``, so that the term of all is counted from one day. ``removed_on`` is when
    the case left the office by the act named in ``removed_by``: to the archive, or to be destroyed.
    """

    case_year = pw.ForeignKeyField(CaseYear, backref="cases", on_delete="RESTRICT", index=False)
    organisation = pw.ForeignKeyField(Organisation, null=True, backref="cases", on_delete="RESTRICT")
    unit = pw.ForeignKeyField(Unit, null=True, backref="cases", on_delete="RESTRICT")
    year = pw.IntegerField()
    case_index = pw.TextField()
    index_key = pw.TextField()
    index_sort = pw.TextField()
    title = pw.TextField()
    retention = pw.ForeignKeyField(Retention, backref="cases", on_delete="RESTRICT")
    transitional = pw.BooleanField(default=False)
    continues = pw.ForeignKeyField("self", null=True, unique=True, backref="continued", on_delete="RESTRICT")
    note = pw.TextField(default="")
    closed_on = pw.DateField(null=True)
    removed_on = pw.DateField(null=True)
    removed_by = pw.TextField(default="")

    class Meta:
        indexes = (
            (("case_year", "index_key"), True),
            (("year", "index_sort", "id"), False),
            (("closed_on", "id"), False),
        )

    def __str__(self) -> str:
        return f"{self.case_index} «{self.title}»"


MODELS = (Retention, CaseYear, Case)

"""Tables of registration."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.db import BaseModel, UtcDateTimeField
from roadmapdocs.people.models import Organisation
from roadmapdocs.registration.rules import EntryState, Reset


class Journal(BaseModel):
    """A series of numbers. Documents of a kind go to the journals of its ``series``, of its organisation and body.

    ``organisation`` empty serves all; ``pattern`` as :class:`roadmapdocs.registration.rules.Pattern` takes it;
    ``term_since`` is the first day of the body's term, for a journal that counts through it.
    """

    code = pw.CharField(max_length=32, unique=True)
    name = pw.TextField()
    series = pw.CharField(max_length=32, index=True)
    organisation = pw.ForeignKeyField(Organisation, null=True, backref="journals", on_delete="RESTRICT")
    body = pw.TextField(default="")
    pattern = pw.TextField()
    reset = pw.CharField(max_length=8, constraints=[pw.Check(f"reset IN {tuple(str(one) for one in Reset)}")])
    term_since = pw.DateField(null=True)
    active = pw.BooleanField(default=True)
    position = pw.IntegerField(default=0)

    def __str__(self) -> str:
        return str(self.name)


class Counter(BaseModel):
    """The last running number given in a period of a journal ("2026", "term:2024-09-01", "all").

    Whoever changes a number of the period writes this row first and so queues at it. ``free`` counts the freed
    running numbers, so that giving a number looks for one only where there is one; ``closed`` gives no more.
    """

    journal = pw.ForeignKeyField(Journal, backref="counters", on_delete="RESTRICT", index=False)
    period = pw.CharField(max_length=32)
    last = pw.IntegerField(default=0)
    free = pw.IntegerField(default=0)
    closed = pw.BooleanField(default=False)

    class Meta:
        indexes = ((("journal", "period"), True),)


class Entry(BaseModel):
    """One number of a journal. It is never deleted: a number not used stays with the reason.

    ``n`` is the running number, ``suffix`` what makes it a literal one ("а", "/1"), ``number`` as printed,
    ``key`` as compared, ``sort`` as ordered. ``registered_on`` is the office's date of registration, ``at`` the
    moment somebody entered it; ``brought_in`` marks numbers given before, on paper, and entered later.
    """

    journal = pw.ForeignKeyField(Journal, backref="entries", on_delete="RESTRICT", index=False)
    period = pw.CharField(max_length=32)
    n = pw.IntegerField()
    suffix = pw.TextField(default="")
    number = pw.TextField()
    key = pw.TextField()
    sort = pw.TextField()
    state = pw.CharField(max_length=12, constraints=[pw.Check(f"state IN {tuple(str(one) for one in EntryState)}")])
    registered_on = pw.DateField(null=True)
    reserved_for = pw.TextField(default="")
    reason = pw.TextField(default="")
    brought_in = pw.BooleanField(default=False)
    by = pw.TextField()
    at = UtcDateTimeField()

    class Meta:
        indexes = (
            (("journal", "period", "key"), True),
            (("journal", "period", "n", "suffix"), True),
            (("journal", "registered_on", "id"), False),
        )


class Gap(BaseModel):
    """Why the running numbers from ``first`` to ``last`` of a period were never given."""

    journal = pw.ForeignKeyField(Journal, backref="gaps", on_delete="RESTRICT")
    period = pw.CharField(max_length=32)
    first = pw.IntegerField()
    last = pw.IntegerField()
    reason = pw.TextField()
    by = pw.TextField()
    at = UtcDateTimeField()


MODELS = (Journal, Counter, Entry, Gap)

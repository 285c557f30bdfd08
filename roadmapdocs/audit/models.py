"""Tables of the journal of events."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.audit.rules import FIRST_HASH, Entry
from roadmapdocs.db import BaseModel, JsonField, UtcDateTimeField


class Event(BaseModel):
    """One entry; never updated or deleted."""

    number = pw.IntegerField(unique=True)
    what = pw.CharField(max_length=64)
    subject = pw.CharField(max_length=64, index=True)
    effect = JsonField()
    who = pw.TextField()
    user_id = pw.IntegerField(null=True)
    at = UtcDateTimeField()
    hash = pw.CharField(max_length=64)

    def entry(self) -> Entry:
        return Entry(self.number, self.what, self.subject, self.effect, self.who, self.user_id, self.at)


class JournalHead(BaseModel):
    """The one row that writers of the journal queue at: number and hash of the last entry.

    ``changes`` is the hash of the last entry about a change, which a call that only asked leaves as it is. Made with
    its table by the migration, as (0, sixty-four zeros).
    """

    number = pw.IntegerField()
    hash = pw.CharField(max_length=64)
    changes = pw.CharField(max_length=64, default=FIRST_HASH)


MODELS = (Event, JournalHead)

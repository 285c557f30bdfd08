"""What has changed and has to be looked at: rows written in the transaction of the change, taken when it is indexed.

A row names a record («document:17»), or something that is written in several («employee:4»): such a row is spread into
rows of the records. Those begin with «again:»: nothing of who may read hangs on them, so the records are found
meanwhile, as they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Final

import peewee as pw

from roadmapdocs.db import before_commit
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.search.dependents import DEPENDENTS
from roadmapdocs.search.models import SearchOutbox, SearchRecord

RECORDS: Final = frozenset({"document", "item", "section", "assignment"})
AGAIN: Final = "again:"
_CHUNK: Final = 500

_ADD = Prepared(
    lambda: SearchOutbox.insert({SearchOutbox.subject: place("subject", SearchOutbox.subject)}).returning(SearchOutbox.id)
)


def note(subject: str) -> None:
    """Have the subject looked at once the running transaction is safe; it is one row, however often it is noted."""
    before_commit(("search", subject), partial(_ADD.rows, subject=subject))


def add(subjects: Iterable[str]) -> None:
    """Many at once; within a transaction."""
    for chunk in pw.chunked(({"subject": subject} for subject in subjects), _CHUNK):
        SearchOutbox.insert_many(chunk).execute()


def take(limit: int) -> dict[int, str]:
    """The oldest rows, by their ids: keys of records, as they are to be looked at."""
    rows = SearchOutbox.select(SearchOutbox.id, SearchOutbox.subject).order_by(SearchOutbox.id).limit(limit)
    return dict(rows.tuples())


def key_of(subject: str) -> str:
    return subject.removeprefix(AGAIN)


def is_record(subject: str) -> bool:
    return key_of(subject).partition(":")[0] in RECORDS


def spread(rows: dict[int, str]) -> bool:
    """Put the records in place of what is written in several; within a transaction. False if there was nothing to do."""
    wide = {row: subject for row, subject in rows.items() if not is_record(subject)}
    for row, subject in wide.items():
        kind, _colon, number = subject.partition(":")
        add(f"{AGAIN}{key}" for key in DEPENDENTS[kind](int(number)))
        remove([row])
    return bool(wide)


def still(ids: Collection[int], keys: Collection[str]) -> list[int]:
    """Those of the rows that are there and about these records: SQLite gives the number of a removed row again."""
    found = []
    for chunk in pw.chunked(ids, _CHUNK):
        rows = SearchOutbox.select(SearchOutbox.id, SearchOutbox.subject).where(SearchOutbox.id.in_(list(chunk)))
        found += [row for row, subject in rows.tuples() if key_of(subject) in keys]
    return found


def remove(ids: Collection[int]) -> None:
    for chunk in pw.chunked(ids, _CHUNK):
        SearchOutbox.delete().where(SearchOutbox.id.in_(list(chunk))).execute()


def clear() -> None:
    """Forget everything: an index that is begun from nothing will hold what is true then."""
    SearchOutbox.delete().execute()


def waiting(limit: int) -> frozenset[str]:
    """Keys of known records whose change is not yet in the index: what is in it about them, and about who may read
    them, is out of date. At most ``limit`` of them."""
    rows = (
        SearchOutbox.select(SearchOutbox.subject)
        .join(SearchRecord, on=(SearchRecord.key == SearchOutbox.subject))
        .distinct()
        .limit(limit)
    )
    return frozenset(subject for (subject,) in rows.tuples())


def length() -> int:
    return int(SearchOutbox.select().count())

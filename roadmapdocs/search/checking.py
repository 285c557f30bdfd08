"""Comparing the index with the registry, by hashes, and mending exactly what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.search import indexing, keys, outbox, records
from roadmapdocs.search.dependents import DEPENDENTS
from roadmapdocs.search.models import SearchOutbox, SearchRecord
from roadmapdocs.search.ports import Engine
from roadmapdocs.search.state import Target


class Kind(StrEnum):
    """What is wrong with a record: it is not in the index; it is, and is no more in the registry; it is as it was once;
    the index is right about it, and our own table of records is not."""

    MISSING = "missing"
    EXTRA = "extra"
    STALE = "stale"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Difference:
    key: str
    kind: Kind


def differences(engine: Engine, *, today: dt.date) -> Iterator[Difference]:
    """All of them, but for records that are known to wait.

    :raise IndexBrokenError: if the index cannot be read
    """
    indexed = dict(engine.digests())
    pending = _pending()
    known = dict(SearchRecord.select(SearchRecord.key, SearchRecord.digest).tuples())
    for batch in keys.every(indexing.BATCH):
        found = records.sources(batch, today=today)
        for key in batch:
            stored, kept = indexed.pop(key, None), known.pop(key, None)
            if key in found and key not in pending and (kind := _kind(found[key].digest(), stored, kept)):
                yield Difference(key, kind)
    # What was made while we looked waits, or is in both; what is left of both was there before and is no more.
    gone = (indexed.keys() | known.keys()) - pending - _pending()
    for key in sorted(gone - records.sources(gone, today=today).keys()):
        yield Difference(key, Kind.EXTRA if key in indexed else Kind.TABLE)


def _kind(digest: str, indexed: str | None, kept: str | None) -> Kind | None:
    if indexed is None:
        return Kind.MISSING
    if indexed != digest:
        return Kind.STALE
    return None if kept == digest else Kind.TABLE


def _pending() -> set[str]:
    """Keys that the outbox names, or that are written in what it names."""
    found: set[str] = set()
    for (subject,) in SearchOutbox.select(SearchOutbox.subject).distinct().tuples():
        if outbox.is_record(subject):
            found.add(outbox.key_of(subject))
        else:
            kind, _colon, number = subject.partition(":")
            found.update(DEPENDENTS[kind](int(number)))
    return found


def mend(found: Iterable[Difference], target: Target, *, today: dt.date) -> None:
    """Put right what differs in one index, and in our own table."""
    wrong = [difference.key for difference in found]
    for part in pw.chunked(wrong, indexing.BATCH):
        with transaction():
            SearchRecord.update(digest="").where(SearchRecord.key.in_(list(part))).execute()
        for portion in indexing.portions(list(part), today=today):
            indexing.put(portion, today=today, whole=target)

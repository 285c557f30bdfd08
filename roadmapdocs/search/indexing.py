"""From the tables into the index: what is noted in the outbox is looked at, and written where it has changed."""

from __future__ import annotations

import datetime as dt
import errno
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.locks import Lock, LockedError, held
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.search import abbreviations_found, outbox, records, state, vocabulary
from roadmapdocs.search.abbreviation_rules import Pair
from roadmapdocs.search.bulk import ForKeys, among
from roadmapdocs.search.models import SearchRecord
from roadmapdocs.search.passages import Source
from roadmapdocs.search.ports import Entry, IndexBrokenError, IndexBusyError
from roadmapdocs.search.state import Target
from roadmapdocs.search.vocabulary import Words

log = logging.getLogger(__name__)

#: Records that are written together, and characters of them: others wait for a moment while they are.
BATCH: Final = 100
BATCH_CHARACTERS: Final = 500_000
#: What is indexed within the transaction of the change itself: so many records, so many characters to analyse.
FEW: Final = 8
SMALL: Final = 20_000
#: Seconds that a writer waits for another to finish a batch.
WAIT_S: Final = 60.0
_UNWRITABLE: Final = frozenset({errno.EACCES, errno.EDQUOT, errno.ENOSPC, errno.EPERM, errno.EROFS})
_TAKEN: Final = 500


class UnwritableError(Exception):
    """The index can be read and not written (a full disk, a folder of others): what was to be written waits."""


@dataclass(slots=True)
class _Batch:
    """What is to be written of some records: ``fresh`` are those whose entry differs from the one that was written."""

    put: list[Entry] = field(default_factory=list)
    fresh: list[Entry] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    pairs: list[tuple[str, list[Pair]]] = field(default_factory=list)


#: What passes by itself, whatever is being written.
PASSING: Final = (LockedError, IndexBusyError, UnwritableError, OSError, pw.OperationalError, pw.InterfaceError)


def drain(*, today: dt.date, stop: Callable[[], bool] = lambda: False, most: int | None = None) -> int:
    """Look at what waits until nothing does, ``stop`` says so, or ``most`` records have been; give how many were.

    :raise LockedError: if another process writes for longer than we wait
    :raise IndexBusyError: likewise
    :raise UnwritableError: if an index cannot be written at the moment
    """
    looked = 0
    while not stop() and (most is None or looked < most):
        targets = state.targets()
        # Looked at each second: nobody waits for a transaction in which nothing is done.
        rows = outbox.take(_TAKEN)
        if not all(map(outbox.is_record, rows.values())):
            with transaction():
                outbox.spread(outbox.take(_TAKEN))
            continue
        if not rows or not targets:
            break
        by_key: dict[str, list[int]] = defaultdict(list)
        for row, subject in rows.items():
            by_key[outbox.key_of(subject)].append(row)
        keys = list(by_key)[:BATCH]
        _drain_batch({key: by_key[key] for key in keys}, today)
        looked += len(keys)
    return looked


def _drain_batch(rows: Mapping[str, list[int]], today: dt.date) -> None:
    """Look at these keys, and remove their rows."""
    try:
        for part in portions(list(rows), today=today):
            put(part, today=today, rows=[row for key in part for row in rows[key]])
    except PASSING:
        raise
    except Exception:
        log.exception("Some of %s cannot be indexed; they are tried one by one", ", ".join(rows))
        for key, own in rows.items():
            _put_alone(key, own, today)


def _put_alone(key: str, rows: Collection[int], today: dt.date) -> None:
    """What cannot be read out of the tables is not found; others do not wait for it."""
    try:
        put([key], today=today, rows=rows)
    except PASSING:
        raise
    except Exception:
        log.exception("%s cannot be indexed", key)
        with held(Lock.WRITING, wait_s=WAIT_S):
            _write_everywhere(_Batch(failed=[key]), state.targets(), None, outbox.still(rows, [key]))


def settle(targets: Sequence[Target], *, today: dt.date) -> bool:
    """Within the transaction of a change: index it if that is quick and can be a part of it. False: it is left."""
    if not targets or not all(target.in_database for target in targets):
        return False
    rows = outbox.take(FEW + 1)
    if len(rows) > FEW or not all(outbox.is_record(subject) for subject in rows.values()):
        return False
    keys = {outbox.key_of(subject) for subject in rows.values()}
    try:
        with transaction():
            found = records.sources(keys, today=today)
            if records.cost(found.values()) > SMALL:
                return False
            _write(_prepared(keys, found), targets, whole=None)
            outbox.remove(rows)
    except Exception:  # a change is not lost because it cannot be indexed: the duty tries again
        log.exception("A change was not indexed at once")
        return False
    return True


def portions(keys: Sequence[str], *, today: dt.date, characters: int = BATCH_CHARACTERS) -> Iterator[list[str]]:
    """The keys in parts that are written together, each analysed before anybody has to wait for it."""
    part: list[str] = []
    size = 0
    found = records.sources(keys, today=today)
    for key in keys:
        source = found.get(key)
        if source is not None:
            if part and size + source.size > characters:
                yield part
                part, size = [], 0
            size += source.size
            _warm(source)
        part.append(key)
    if part:
        yield part


def _warm(source: Source) -> None:
    try:
        records.warm([source])
    except Exception:  # told when it is written
        log.debug("%s cannot be analysed", source.key)


def put(keys: Collection[str], *, today: dt.date, rows: Collection[int] = (), whole: Target | None = None) -> None:
    """Bring what the tables say of these records into all indexes, and remove those of ``rows`` of the outbox that are
    theirs still.

    Only what has changed is written, but for ``whole``: an index that gets them all.

    :raise LockedError: if another process writes for longer than we wait
    :raise IndexBusyError: likewise
    """
    with held(Lock.WRITING, wait_s=WAIT_S):
        targets = state.targets()
        if all(target.in_database for target in targets):
            with transaction():
                theirs = outbox.still(rows, keys)
                _write(_prepared(keys, records.sources(keys, today=today)), targets, whole)
                outbox.remove(theirs)
            return
        with transaction():
            # Before the tables are read: a row that comes later tells of something that was not seen.
            theirs = outbox.still(rows, keys)
            batch = _prepared(keys, records.sources(keys, today=today))
            # Files may be written and our tables not: what is changed back meanwhile has to be written again.
            _forget_digests([entry.key for entry in batch.fresh])
        _write_everywhere(batch, targets, whole, theirs)


def _write_everywhere(batch: _Batch, targets: Sequence[Target], whole: Target | None, rows: Collection[int]) -> None:
    """Files first: a process that is killed between leaves rows that are looked at once more."""
    for target in targets:
        if not target.in_database:
            _write_to(target, batch, whole)
    with transaction():
        _write(batch, targets, whole)
        outbox.remove(rows)


_KNOWN: Final = ForKeys(
    lambda: SearchRecord.select(SearchRecord.key, SearchRecord.id, SearchRecord.digest).where(among(SearchRecord.key)).tuples()
)
_KEPT: Final = (SearchRecord.digest, SearchRecord.day, SearchRecord.number, SearchRecord.passages, SearchRecord.tags)
_KEEP: Final = Prepared(
    lambda: SearchRecord.update({field: place(field.name, field) for field in _KEPT})
    .where(SearchRecord.key == place("key", SearchRecord.key))
    .returning(SearchRecord.id)
)


def _prepared(keys: Collection[str], found: dict[str, Source]) -> _Batch:
    """Entries with the ids of their rows, which are made where they are missing."""
    batch = _Batch(sources=found)
    known = {key: (number, digest) for key, number, digest in _KNOWN(keys)}
    missing = [{"key": key, "digest": ""} for key in keys if key in found and key not in known]
    if missing:
        SearchRecord.insert_many(missing).on_conflict_ignore().execute()
        known = {key: (number, digest) for key, number, digest in _KNOWN(keys)}
    for key in keys:
        source = found.get(key)
        if source is None:
            batch.gone.append(key)
            continue
        record_id, written = known[key]
        try:
            entry = records.entry_of(source, record_id, batch.words)
        except Exception:  # whatever text it is: what is found of it may be out of date, so it is not found
            log.exception("%s cannot be indexed", key)
            batch.failed.append(key)
            continue
        batch.put.append(entry)
        if entry.digest != written:
            batch.fresh.append(entry)
            batch.pairs.append((source.title, records.explained(source)))
    return batch


def _write(batch: _Batch, targets: Sequence[Target], whole: Target | None) -> None:
    """Into those of the indexes that live in the database, and into our own tables; within a transaction."""
    for target in targets:
        if target.in_database:
            _write_to(target, batch, whole)
    if batch.gone:
        SearchRecord.delete().where(SearchRecord.key.in_(batch.gone)).execute()
    _forget_digests(batch.failed)
    for entry in batch.fresh:
        _KEEP.rows(**_row(entry, batch.sources[entry.key]))
    for found_in, pairs in batch.pairs:
        abbreviations_found.keep(pairs, found_in)
    vocabulary.keep(batch.words, targets[-1].generation if targets else "")


def _forget_digests(keys: Sequence[str]) -> None:
    if keys:
        SearchRecord.update(digest="").where(SearchRecord.key.in_(keys)).execute()


def _write_to(target: Target, batch: _Batch, whole: Target | None) -> None:
    entries = batch.put if whole is not None and target.generation == whole.generation else batch.fresh
    gone = [*batch.gone, *batch.failed]
    if not entries and not gone:
        return
    try:
        target.engine.write(entries, gone)
    except IndexBrokenError as problem:
        if state.lacks_means(problem) or getattr(problem.__cause__, "errno", None) in _UNWRITABLE:
            raise UnwritableError(str(problem)) from problem
        # Another is built in its place, which will hold this, too.
        state.report_broken(target.engine, problem)


def _row(entry: Entry, source: Source) -> dict[str, object]:
    return {
        "key": entry.key,
        "digest": entry.digest,
        "day": entry.day,
        "number": entry.number,
        "passages": [passage.as_json() for passage in source.passages],
        "tags": sorted(entry.tags),
    }

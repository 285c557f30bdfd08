"""One segment of an index of Whoosh, read into sets of records.

A set of records is an integer with a bit for each: both, either and without are single operations on it, and a count
is the number of its bits. A segment never changes but for what is deleted from it, so what was read is kept.
"""

from __future__ import annotations

import threading
import weakref
from array import array
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher

from roadmapdocs.search.engines.whoosh_fields import (
    FORMATS,
    PLACES,
    RECORD,
    RECORD_COLUMN,
    TAGS,
    ZONES,
    as_bytes,
    record,
)
from roadmapdocs.search.engines.whoosh_folder import Folder

#: Sets that a segment keeps, and counts of phrases; a set takes a bit for each of its records.
_SETS: Final = 4_096
#: Places that a segment keeps: those of so many terms that stand in every record.
_FULL_TERMS: Final = 40
_PLACE_BYTES: Final = array(PLACES).itemsize


@dataclass(frozen=True, slots=True)
class Postings:
    """Where a term stands in a zone: records in rising order, and the packed places in each."""

    docs: array[int]
    packed: list[bytes]

    def counts(self, wanted: Iterable[int], few: bool) -> Iterator[tuple[int, int]]:
        """Record and how often the term is in it; of all records, or only of the ``few`` wanted ones."""
        if not few:
            yield from (
                (doc, len(here) // _PLACE_BYTES) for doc, here in zip(self.docs, self.packed, strict=True)
            )
            return
        for doc in wanted:
            if (at := self._find(doc)) is not None:
                yield doc, len(self.packed[at]) // _PLACE_BYTES

    def places(self, doc: int) -> array[int]:
        found = array(PLACES)
        if (at := self._find(doc)) is not None:
            found.frombytes(self.packed[at])
        return found

    def _find(self, doc: int) -> int | None:
        at = bisect_left(self.docs, doc)
        return at if at < len(self.docs) and self.docs[at] == doc else None


class Kept:
    """The last results of something, as far as their sizes together stay below a limit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: dict[Hashable, tuple[Any, int]] = {}

    def get(self, name: Hashable) -> Any:
        if (found := self._kept.pop(name, None)) is None:
            return None
        self._kept[name] = found
        return found[0]

    def put(self, name: Hashable, made: Any, size: int = 1) -> Any:
        self._kept[name] = (made, size)
        self._size += size
        while self._size > self._most and len(self._kept) > 1:
            self._size -= self._kept.pop(next(iter(self._kept)))[1]
        return made


class _Blocks(W3LeafMatcher):
    """Reads a posting list by blocks: asked posting by posting, a common word takes ten times as long."""

    def read(self) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
        """Records and values of each block."""
        while not self._atend:
            self._read_ids()
            self._read_values()
            yield self._ids, self._values
            self._next_block()


class Segment:
    """May be read by several threads: Whoosh's files have one place of reading, so each reading has the lock."""

    def __init__(self, folder: Folder, segment: Any) -> None:
        codec = segment.codec()
        self._folder = folder
        self._lock = threading.RLock()
        with folder.storage() as storage:
            files = segment.open_compound_file(storage)
            self._terms = codec.terms_reader(files, segment)
            self._posted = segment.open_file(files, W3Codec.POSTS_EXT)
            documents = codec.per_document_reader(files, segment)
            self.records = [record(one) for one in documents.column_reader(RECORD, RECORD_COLUMN)]
            documents.close()
        weakref.finalize(self, _close, self._terms, self._posted, files)
        self.everything = (1 << len(self.records)) - 1
        #: By which the newest of the records is the greatest.
        self.newness = [(one.day, one.id) for one in self.records]
        #: Positions in each zone, of all records.
        self.lengths = tuple(map(sum, zip(*(one.lengths for one in self.records), strict=True)))
        self._sets = Kept(_SETS)
        self._postings = Kept(_FULL_TERMS * len(self.records))

    @cached_property
    def docs(self) -> dict[str, int]:
        """Key → number within the segment."""
        return {record.key: doc for doc, record in enumerate(self.records)}

    def kept(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What ``make`` makes of this segment, made once and kept as long as there is room."""
        with self._lock:
            if (found := self._sets.get(name)) is None:
                made = make()
                found = self._sets.put(name, made, 1 if isinstance(made, int) else 1 + len(made))
            return found

    def having(self, field: str, term: str) -> int:
        """The set of records with the term."""

        def read() -> int:
            if field in ZONES.values():
                # Its places come with it, and are asked for next: once is enough.
                return as_set(self.postings(field, term).docs)
            return as_set([doc for docs, _ in self._blocks(field, as_bytes(term)) for doc in docs])

        return self.kept((field, term), read)

    def postings(self, field: str, term: str) -> Postings:
        with self._lock:
            if (found := self._postings.get((field, term))) is None:
                docs, packed = array(PLACES), list[bytes]()
                for some, values in self._blocks(field, as_bytes(term)):
                    docs.extend(some)
                    packed.extend(values)
                found = self._postings.put((field, term), Postings(docs, packed), len(docs) + 1)
            return found

    def beginning(self, field: str, start: str) -> int:
        """The set of records with a term that begins so."""

        def read() -> int:
            return as_set(
                sorted({doc for _, docs in self._beginning(field, as_bytes(start)) for doc in docs})
            )

        return self.kept((field, start, "*"), read)

    def tags(self, facet: str) -> tuple[tuple[str, int], ...]:
        """The tags of a facet and the sets of records that have them."""

        def read() -> tuple[tuple[str, int], ...]:
            found: dict[bytes, list[int]] = {}
            for tag, docs in self._beginning(TAGS, as_bytes(f"{facet}:")):
                found.setdefault(tag, []).extend(docs)
            return tuple((tag.decode("utf-8", "surrogatepass"), as_set(docs)) for tag, docs in found.items())

        return self.kept((TAGS, facet, ":"), read)

    def of_keys(self, keys: Iterable[str]) -> int:
        return as_set(sorted(self.docs[key] for key in keys if key in self.docs))

    def _blocks(self, field: str, term: bytes) -> Iterator[tuple[Sequence[int], Sequence[bytes]]]:
        with self._folder.told():
            if (field, term) in self._terms:
                yield from self._list(field, self._terms.term_info(field, term)).read()

    def _beginning(self, field: str, start: bytes) -> Iterator[tuple[bytes, Sequence[int]]]:
        """Terms that begin so, in their order, and records that have them, by blocks."""
        with self._folder.told():
            for (its, term), about in self._terms.items_from(field, start):
                if its != field or not term.startswith(start):
                    return
                for docs, _ in self._list(field, about).read():
                    yield term, docs

    def _list(self, field: str, about: Any) -> _Blocks:
        return _Blocks(self._posted, *about.extent(), FORMATS[field])


def as_set(docs: Sequence[int]) -> int:
    """Of numbers in rising order."""
    if not docs:
        return 0
    bits = bytearray((docs[-1] >> 3) + 1)
    for doc in docs:
        bits[doc >> 3] |= 1 << (doc & 7)
    return int.from_bytes(bits, "little")


def members(bits: int) -> list[int]:
    return [doc for doc, bit in enumerate(bin(bits)[:1:-1]) if bit == "1"]


def _close(*opened: Any) -> None:
    for one in opened:
        one.close()

"""The embedded engine: Whoosh in a folder of its own, good for about ten thousand documents.

Whoosh keeps segments, postings and columns and makes writes whole. Trees of nodes are answered here: its own queries
have neither places of several terms nor counts of facets, and are slower by far.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from whoosh.writing import SegmentWriter

from roadmapdocs.search.engines.whoosh_fields import document
from roadmapdocs.search.engines.whoosh_folder import Folder
from roadmapdocs.search.engines.whoosh_merging import merge
from roadmapdocs.search.engines.whoosh_snapshot import Snapshot
from roadmapdocs.search.ports import Entry, Found, IndexBrokenError, Plan

#: Memory for sorting what is written, in megabytes; what is more goes through the disk.
_SORTING_MB: Final = 64


class WhooshEngine:
    """Indexes of all generations lie in ``folder``, each in a folder of its own. A writer waits up to ``wait_s``
    seconds for another."""

    name = "whoosh"

    def __init__(self, folder: Path, generation: str, wait_s: float = 10.0) -> None:
        self.generation = generation
        self._folder = Folder(folder / generation)
        self._wait_s = wait_s
        self._snapshot: Snapshot | None = None
        self._refreshing = threading.Lock()

    def create(self) -> None:
        self._folder.create()

    def drop(self) -> None:
        self._snapshot = None
        self._folder.drop()

    def search(self, plan: Plan) -> Found:
        return self._now().search(plan)

    def frequencies(self, terms: Collection[str]) -> dict[str, int]:
        now = self._now()
        return {term: now.frequency(term) for term in terms}

    def digests(self) -> Iterator[tuple[str, str]]:
        return iter(sorted((record.key, record.digest) for record in self._now().records()))

    def count(self) -> int:
        return len(self._now())

    def tidy(self) -> None:
        """Nothing: each write merges what is worth it."""

    def _now(self) -> Snapshot:
        """What is written at this moment. Readers share it until something else is written."""
        state = self._folder.state()
        snapshot = self._snapshot
        if snapshot is not None and snapshot.state == state:
            return snapshot
        with self._refreshing:
            while True:
                state = self._folder.state()
                if self._snapshot is not None and self._snapshot.state == state:
                    return self._snapshot
                self._folder.check()
                try:
                    self._snapshot = Snapshot.read(self._folder, state, self._snapshot)
                except IndexBrokenError:
                    # A writer may have swept away what was about to be opened: then there is a newer state.
                    if self._folder.state() == state:
                        raise

    def write(self, put: Iterable[Entry], gone: Collection[str] = ()) -> None:
        entries = {entry.key: entry for entry in put}
        if not entries and not gone:
            return
        with self._folder.locked(self._wait_s):
            now = self._now()
            with self._folder.storage() as files:
                self._folder.sweep()
                writer = SegmentWriter(self._folder.index(files), _lk=False, limitmb=_SORTING_MB)
                self._commit(writer, now, entries, gone)

    @staticmethod
    def _commit(writer: Any, now: Snapshot, entries: dict[str, Entry], gone: Collection[str]) -> None:
        start = 0
        for segment in writer.segments:
            docs = now.by_name[segment.segment_id()].docs
            # Of one key, each segment has one record: those that are deleted already are deleted again.
            for doc in sorted({docs[key] for key in (*entries, *gone) if key in docs}):
                writer.delete_document(start + doc)
            start += segment.doc_count_all()
        for entry in entries.values():
            writer.add_document(**document(entry))
        writer.commit(mergetype=merge)

"""A worker: claims files that are to be read, reads them, and takes up what a dead worker left behind.

Each is claimed by an update that only one worker can win, so any number of workers may run at once. Nothing is locked
in the database while a file is read.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import file_text_read
from roadmapdocs.texts.converting import OLD
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import text_of
from roadmapdocs.texts.ports import Failure, Reader
from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.rules import (
    MOST_ATTEMPTS,
    READER,
    STALE_AFTER,
    WITH_SCANS,
    Problem,
    State,
    after_failure,
    state_of,
)

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
LONGEST_TOLD = 500
#: Files that the store did not have are looked for again, so many in a round.
_LOOKED_FOR = 100
_WAITING = FileText.state == str(State.WAITING)


@dataclass(slots=True)
class Report:
    """What one round came to: how many files went into which state."""

    counts: dict[State, int] = field(default_factory=dict)

    def count(self, state: State) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1

    def number(self, *states: State) -> int:
        return sum(self.counts.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True)
class Worker:
    """``stop`` is asked before each file, and after one that failed: it may have been cut short.

    ``quick``: what takes seconds a page is left to others.
    """

    reader: Reader
    store: FileStore
    clock: Clock
    stop: Callable[[], bool] = lambda: False
    quick: bool = False

    def sweep(self) -> None:
        """What dead workers left, what an older reader read, and what waited for a program that is there now."""
        now = self.clock()
        left = (FileText.state == str(State.WORKING)) & (FileText.claimed_at <= now - STALE_AFTER)
        failed = {"state": str(State.UNREADABLE), "problem": str(Problem.CRASHED), "told": "its worker ended", "reader": READER}
        FileText.update(failed).where(left & (FileText.attempts >= MOST_ATTEMPTS)).execute()
        FileText.update(state=str(State.WAITING)).where(left).execute()
        again = {"state": str(State.WAITING), "attempts": 0, "next_at": now}
        done = FileText.state.in_([str(state) for state in State if state not in {State.WAITING, State.WORKING}])
        FileText.update(again).where(done & (FileText.reader < READER)).execute()
        if self.reader.recognises:
            FileText.update(again | {"way": WITH_SCANS}).where(done & (FileText.problem == str(Problem.SCAN))).execute()
        if self.reader.converts:
            FileText.update(again).where(done & (FileText.problem == str(Problem.CONVERTER))).execute()
        missing = FileText.select(FileText.id, StoredFile.sha256).join(StoredFile).where(done & (FileText.problem == str(Problem.MISSING)))
        brought_back = [row for row, sha256 in missing.limit(_LOOKED_FOR).tuples() if self.store.holds(sha256)]
        FileText.update(again).where(FileText.id.in_(brought_back)).execute()

    def work_off(self, limit: int | None = None) -> Report:
        """Read all that waits, scans last; at most ``limit`` files."""
        report = Report()
        left = limit
        while left != 0 and not self.stop() and (row := self._claim()) is not None:
            self._read(row, report)
            left = None if left is None else left - 1
        return report

    def _claim(self) -> FileText | None:
        """The next file, in this worker's hands and no other's."""
        while True:
            now = self.clock()
            row = self._next(now, FileText.way != WITH_SCANS)
            if row is None and not self.quick:
                row = self._next(now, FileText.way == WITH_SCANS)
            if row is None:
                return None
            columns = {"state": str(State.WORKING), "claimed_at": now, "attempts": FileText.attempts + 1}
            if FileText.update(columns).where((FileText.id == row.id) & _WAITING).execute():
                row.attempts += 1
                return row

    def _next(self, now: dt.datetime, which: object) -> FileText | None:
        columns = (FileText.id, FileText.way, FileText.attempts, FileText.file, StoredFile)
        due = FileText.select(*columns).join(StoredFile).where(_WAITING & (FileText.next_at <= now) & which)
        if self.quick:
            due = due.where(StoredFile.format.not_in([str(kind) for kind in OLD]))
        found: FileText | None = due.order_by(FileText.next_at, FileText.id).first()
        return found

    def _read(self, row: FileText, report: Report) -> None:
        try:
            with self.store.open(row.file.sha256) as stream:
                data = stream.read()
            found = self.reader.read(data, row.file.format, recognise=row.way == WITH_SCANS)
        except Failure as failure:
            self._fail(row, failure, report)
        except NotFound:
            self._fail(row, Failure(Problem.MISSING, "not in the store"), report)
        except OSError as problem:
            self._fail(row, Failure(Problem.CRASHED, str(problem)), report)
        else:
            report.count(self._keep(row, found))

    def _keep(self, row: FileText, found: Found) -> State:
        now = self.clock()
        columns: dict[str, object] = {"text": found.text, "way": found.way, "told": "", "reader": READER, "read_at": now}
        if found.scans and self.reader.recognises and row.way != WITH_SCANS:
            # What can be found by is kept now; the pictures of pages are read when nothing quick waits.
            state = State.WAITING
            columns |= {"way": WITH_SCANS, "attempts": 0, "next_at": now, "problem": str(Problem.SCAN)}
        else:
            state, problem = state_of(found.text, found.problem, bool(found.scans))
            columns |= {"problem": str(problem or "")}
        self._settle(row, columns | {"state": str(state)}, read=True)
        return state

    def _fail(self, row: FileText, failure: Failure, report: Report) -> None:
        now = self.clock()
        if self.stop():
            # Cut short with the service: no fault of the file.
            self._settle(row, {"state": str(State.WAITING), "attempts": row.attempts - 1})
            return
        state, wait = after_failure(failure.problem, row.attempts)
        if state is State.UNREADABLE and text_of(row.file_id):
            # What was found in it before its pictures were tried, or by an older reader, is still worth finding it by.
            state = State.PARTLY
        told = str(failure)[:LONGEST_TOLD]
        log.warning("The text of %s was not read: %s %s", row.file.sha256, failure.problem, told)
        columns = {"state": str(state), "problem": str(failure.problem), "told": told, "next_at": now + wait, "reader": READER}
        self._settle(row, columns, read=state is not State.WAITING)
        report.count(state)

    def _settle(self, row: FileText, columns: dict[str, object], *, read: bool = False) -> None:
        """Nothing if another worker has it in hand by now: this one was thought dead."""
        mine = (FileText.id == row.id) & (FileText.state == str(State.WORKING)) & (FileText.attempts == row.attempts)
        with transaction():
            if FileText.update(columns).where(mine).execute() and read:
                file_text_read.send(row.file_id)

"""A worker: claims previews that are asked for, makes them, and takes up what a dead worker left behind.

Each is claimed by an update that only one worker can win, so any number of workers may run at once. Nothing is locked
in the database while a program works.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import Kind
from roadmapdocs.files.store import FileStore
from roadmapdocs.previews.models import PagePicture, Preview
from roadmapdocs.previews.ports import Absent, Broken, Converter, Crashed, Drawer, Drawn, Failure
from roadmapdocs.previews.rules import MOST_ATTEMPTS, STALE_AFTER, PreviewState, Reason, after_failure

log = logging.getLogger(__name__)

Clock = Callable[[], dt.datetime]
LONGEST_TOLD = 500


@dataclass(slots=True)
class Report:
    """What one round came to: how many previews went into which state."""

    counts: dict[PreviewState, int] = field(default_factory=dict)

    def count(self, state: PreviewState) -> None:
        self.counts[state] = self.counts.get(state, 0) + 1

    def number(self, state: PreviewState) -> int:
        return self.counts.get(state, 0)


@dataclass(frozen=True, slots=True)
class Worker:
    """``stop`` is asked before each preview, and after one that failed: it may have been cut short."""

    converter: Converter
    drawer: Drawer
    store: FileStore
    clock: Clock
    stop: Callable[[], bool] = lambda: False

    def sweep(self) -> None:
        """What dead workers left, and what waited for an office program that is there now."""
        now = self.clock()
        working = Preview.state == str(PreviewState.WORKING)
        left = working & (Preview.claimed_at <= now - STALE_AFTER)
        failed = {"state": str(PreviewState.FAILED), "reason": str(Reason.CRASHED), "told": "its worker ended"}
        Preview.update(failed).where(left & (Preview.attempts >= MOST_ATTEMPTS)).execute()
        Preview.update(state=str(PreviewState.WAITING)).where(left).execute()
        if not isinstance(self.converter, Absent):
            unavailable = Preview.state == str(PreviewState.UNAVAILABLE)
            Preview.update(state=str(PreviewState.WAITING), attempts=0, next_at=now).where(unavailable).execute()

    def work_off(self) -> Report:
        """Make all that waits, what somebody waits for first."""
        report = Report()
        while not self.stop() and (preview := self._claim()) is not None:
            self._make(preview, report)
        return report

    def _claim(self) -> Preview | None:
        """The next preview, in this worker's hands and no other's."""
        waiting = Preview.state == str(PreviewState.WAITING)
        while True:
            now = self.clock()
            due = Preview.select(Preview, StoredFile).join(StoredFile, on=Preview.source).where(waiting & (Preview.next_at <= now))
            preview: Preview | None = due.order_by(Preview.wanted.desc(), Preview.next_at, Preview.id).first()
            if preview is None:
                return None
            columns = {"state": str(PreviewState.WORKING), "claimed_at": now, "attempts": Preview.attempts + 1}
            if Preview.update(columns).where((Preview.id == preview.id) & waiting).execute():
                preview.attempts += 1
                return preview

    def _make(self, preview: Preview, report: Report) -> None:
        try:
            pdf, drawn = self._made(preview)
        except Failure as failure:
            self._fail(preview, failure, report)
        except NotFound as problem:
            self._fail(preview, Broken(problem.message), report)
        except OSError as problem:
            self._fail(preview, Crashed(str(problem)), report)
        else:
            self._keep(preview, pdf, drawn)
            report.count(PreviewState.DONE)

    def _made(self, preview: Preview) -> tuple[bytes, Drawn]:
        kind = preview.source.format
        with self.store.open(preview.source.sha256) as stream:
            data = stream.read()
        if kind == Kind.PDF:
            return data, self.drawer.draw(data)
        pdf = self.converter.convert(data, f"source.{kind}", archival=preview.archival)
        if preview.archival:
            return pdf, Drawn(0, ())
        try:
            return pdf, self.drawer.draw(pdf)
        except Failure as failure:
            # The PDF itself is worth more than its pictures.
            log.warning("Pages of %s could not be drawn: %s", preview.source.sha256, failure)
            return pdf, Drawn(0, ())

    def _keep(self, preview: Preview, pdf: bytes, drawn: Drawn) -> None:
        """The bytes are written before the rows: a row never points at nothing."""
        now = self.clock()
        result = self._stored(pdf, Kind.PDF, now)
        pictures = [(self._stored(one.data, "webp", now), one) for one in drawn.pictures]
        with transaction():
            done = {"state": str(PreviewState.DONE), "result": result, "pages": drawn.pages, "done_at": now, "reason": "", "told": ""}
            if not self._settle(preview, done):
                return
            PagePicture.delete().where(PagePicture.preview == preview).execute()
            for number, (file, one) in enumerate(pictures, start=1):
                PagePicture.create(preview=preview, number=number, file=file, width=one.width, height=one.height)

    def _stored(self, data: bytes, form: str, now: dt.datetime) -> StoredFile:
        sha256 = self.store.put(data)
        with transaction():
            StoredFile.insert(sha256=sha256, size=len(data), format=str(form), stored_at=now).on_conflict_ignore().execute()
            return StoredFile.get(StoredFile.sha256 == sha256)

    def _fail(self, preview: Preview, failure: Failure, report: Report) -> None:
        now = self.clock()
        if self.stop():
            # Cut short with the service: no fault of the file.
            self._settle(preview, {"state": str(PreviewState.WAITING), "attempts": preview.attempts - 1})
            return
        state, wait = after_failure(failure.reason, preview.attempts)
        told = str(failure)[:LONGEST_TOLD]
        log.log(logging.DEBUG if state is PreviewState.UNAVAILABLE else logging.WARNING, "No PDF of %s: %s", preview.source.sha256, told)
        self._settle(preview, {"state": str(state), "reason": str(failure.reason), "told": told, "next_at": now + wait})
        report.count(state)

    def _settle(self, preview: Preview, columns: dict[str, object]) -> bool:
        """False if another worker has it in hand by now: this one was thought dead."""
        mine = (Preview.id == preview.id) & (Preview.state == str(PreviewState.WORKING)) & (Preview.attempts == preview.attempts)
        return bool(Preview.update(columns).where(mine).execute())

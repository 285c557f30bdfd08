"""The standing duty that reads files, beside others and in nobody's way; and the same for a moment without a server."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from roadmapdocs.duties import Duty, connected
from roadmapdocs.files.store import FileStore, FolderStore
from roadmapdocs.i18n import use_language
from roadmapdocs.settings import Settings
from roadmapdocs.texts.asking import ask_for_all
from roadmapdocs.texts.operations import DUTY
from roadmapdocs.texts.ports import Reader
from roadmapdocs.texts.reader import reader_of
from roadmapdocs.texts.worker import Report, Worker

MINUTE_S = 60.0
#: A kept process that has nothing to do holds memory for nobody.
IDLE_AFTER = dt.timedelta(minutes=10)

Clock = Callable[[], dt.datetime]


class Texts:
    """The rounds of one process, and the process that it keeps running between them."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._reader: Reader | None = None
        self._swept = False
        self._worked_at: dt.datetime | None = None

    def duty(self) -> Duty:
        return Duty(DUTY, self.turn, every=MINUTE_S, end=self.end)

    def turn(self, stopping: threading.Event) -> Report:
        """One round: what dead workers left, in the first one all that nobody has asked for, and all that waits."""
        reader = self._reader = self._reader or reader_of(self._settings)
        with connected(), use_language(self._settings.language):
            worker = Worker(reader, FolderStore(self._settings.files_folder), self._clock, stopping.is_set)
            worker.sweep()
            if not self._swept:
                ask_for_all(self._clock())
                self._swept = True
            report = worker.work_off()
        self._rest(report)
        return report

    def end(self) -> None:
        """Cut short what runs: it waits for the next start."""
        if self._reader is not None:
            self._reader.close()

    def _rest(self, report: Report) -> None:
        now = self._clock()
        if report.counts or self._worked_at is None:
            self._worked_at = now
        elif now - self._worked_at >= IDLE_AFTER and self._reader is not None:
            # Whoever comes next has a look at what programs have been installed meanwhile.
            self._reader.close()
            self._reader = self._worked_at = None


def read_waiting(
    settings: Settings,
    clock: Clock,
    *,
    store: FileStore | None = None,
    limit: int | None = None,
    within: dt.timedelta | None = None,
) -> Report:
    """Read now what waits and is read quickly, for a command that does not wait for a server.

    Scans are left to the duty, and so is what is over ``limit`` files or begins later than ``within``. A server that
    reads at the same time disturbs nothing.
    """
    begun = clock()
    reader = reader_of(settings)
    try:
        kept = store or FolderStore(settings.files_folder)
        worker = Worker(reader, kept, clock, lambda: within is not None and clock() - begun >= within, quick=True)
        ask_for_all(begun)
        return worker.work_off(limit)
    finally:
        reader.close()

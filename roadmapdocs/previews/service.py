"""The standing duty that makes previews, beside others and in nobody's way."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

from roadmapdocs.duties import Duty, connected
from roadmapdocs.files.store import FolderStore
from roadmapdocs.i18n import use_language
from roadmapdocs.previews.drawing import PdfDrawer
from roadmapdocs.previews.operations import DUTY
from roadmapdocs.previews.ports import Absent
from roadmapdocs.previews.steady import SteadyOffice, bounds_of, converter_of
from roadmapdocs.previews.worker import Report, Worker
from roadmapdocs.settings import Settings

MINUTE_S = 60.0
#: A kept office that has nothing to do holds a quarter of a gigabyte for nobody.
IDLE_AFTER = dt.timedelta(minutes=10)

Clock = Callable[[], dt.datetime]


class Previews:
    """The rounds of one process, and the programs that they keep running between them."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._converter: SteadyOffice | Absent = Absent()
        self._drawer = PdfDrawer(bounds_of(settings))
        self._worked_at: dt.datetime | None = None

    def duty(self) -> Duty:
        return Duty(DUTY, self.turn, every=MINUTE_S, end=self.end)

    def turn(self, stopping: threading.Event) -> Report:
        """One round: what dead workers left, and all that waits. An office that was installed meanwhile is found."""
        if isinstance(self._converter, Absent):
            self._converter = converter_of(self._settings)
        with connected(), use_language(self._settings.language):
            store = FolderStore(self._settings.files_folder)
            worker = Worker(self._converter, self._drawer, store, self._clock, stopping.is_set)
            worker.sweep()
            report = worker.work_off()
        now = self._clock()
        if report.counts:
            self._worked_at = now
        elif self._worked_at is not None and now - self._worked_at >= IDLE_AFTER:
            self._worked_at = None
            self._converter.close()
        return report

    def end(self) -> None:
        """Cut short what runs: it waits for the next start."""
        self._drawer.close()
        if isinstance(self._converter, SteadyOffice):
            self._converter.end()

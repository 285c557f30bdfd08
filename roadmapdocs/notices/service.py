"""The standing service of one process: its queue, and what is done each time it is woken."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator
from typing import Any

from roadmapdocs import db
from roadmapdocs.i18n import use_language
from roadmapdocs.notices.queue import Queue, close_queue, open_queue
from roadmapdocs.notices.reminders import remind
from roadmapdocs.notices.worker import Clock, Report, Worker, mailer_of
from roadmapdocs.settings import Settings
from roadmapdocs.workdays.operations import calendar

MINUTE_S = 60.0
log = logging.getLogger(__name__)


def turn(settings: Settings, clock: Clock, stopping: threading.Event | None = None) -> Report:
    """One round: reminders, digests, what dead workers left, and all mail that may go now.

    :raise ConfigurationError: if the settings of mail name a file that cannot be read
    """
    stop = (stopping or threading.Event()).is_set
    with _connected(), use_language(settings.language):
        days = calendar()
        now = clock()
        remind(
            now=now,
            today=now.astimezone(settings.zone).date(),
            calendar=days,
            escalate_after=settings.escalate_after,
        )
        worker = Worker(settings, mailer_of(settings), clock, lambda day: not days.is_working(day), stop)
        worker.sweep()
        return worker.deliver_due()


@contextlib.contextmanager
def _connected() -> Iterator[None]:
    """The connection of this thread, left as it was found."""
    opened = db.database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.database.close()


class Service:
    """Works in threads of this process, when woken and each minute, between :meth:`start` and :meth:`stop`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """
        :raise ConfigurationError: if the queue cannot be opened
        """
        self._settings = settings
        self._clock = clock
        self._stopping = threading.Event()
        self._one_at_a_time = threading.Lock()
        self._trouble = ""
        self._queue: Queue = open_queue(settings, self._turn)
        self._consumer: Any = None
        self._clockwork = threading.Thread(target=self._each_minute, name="notices", daemon=True)

    def start(self) -> None:
        """Begin; what waited since the last time goes at once."""
        self._consumer = self._queue.consumer()
        self._consumer.start()
        self._clockwork.start()

    def stop(self) -> None:
        """Finish the mail in hand, and end."""
        self._stopping.set()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._clockwork.join()
            self._consumer = None
        close_queue()

    def _each_minute(self) -> None:
        """Digests and terms come by themselves, and so does mail while the queue is out of reach."""
        while not self._stopping.is_set():
            try:
                self._turn()
            except Exception:  # whatever it was, the next minute may be better
                log.exception("A round of notices failed")
            self._stopping.wait(MINUTE_S)

    def _turn(self) -> None:
        with self._one_at_a_time:
            report = turn(self._settings, self._clock, self._stopping)
        if report.stopped != self._trouble:
            # Said when it begins and when it ends, not each minute between.
            log.warning("Mail waits: %s", report.stopped) if report.stopped else log.warning("Mail goes again")
            self._trouble = report.stopped

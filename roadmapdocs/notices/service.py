"""The standing service of one process: what is done for notices each time it is woken, and other duties beside it."""

from __future__ import annotations

import logging
import threading
from typing import Any

from roadmapdocs.duties import Duty, Queue, close_queue, connected, open_queue
from roadmapdocs.i18n import use_language
from roadmapdocs.notices import assignment_reminders, reading_reminders
from roadmapdocs.notices.queue import DUTY
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
    with connected(), use_language(settings.language):
        days = calendar()
        now = clock()
        remind(
            now=now,
            today=now.astimezone(settings.zone).date(),
            calendar=days,
            escalate_after=settings.escalate_after,
        )
        assignment_reminders.remind(
            now=now,
            today=now.astimezone(settings.zone).date(),
            calendar=days,
            escalate_after=settings.escalate_after,
        )
        reading_reminders.remind(
            now=now,
            today=now.astimezone(settings.zone).date(),
            calendar=days,
            escalate_after=settings.escalate_after,
        )
        worker = Worker(settings, mailer_of(settings), clock, lambda day: not days.is_working(day), stop)
        worker.sweep()
        return worker.deliver_due()


class Service:
    """Mail and ``others``, each in a thread of its own, when woken and each minute, between :meth:`start` and :meth:`stop`."""

    def __init__(self, settings: Settings, clock: Clock, *others: Duty) -> None:
        """
        :raise ConfigurationError: if the queue cannot be opened
        """
        self._settings = settings
        self._clock = clock
        self._trouble = ""
        self._duties = (Duty(DUTY, self._turn, every=MINUTE_S), *others)
        self._queue: Queue = open_queue(settings, {duty.name: duty.wake for duty in self._duties})
        self._consumer: Any = None

    def start(self) -> None:
        """Begin; what waited since the last time goes at once."""
        self._consumer = self._queue.consumer()
        self._consumer.start()
        for duty in self._duties:
            duty.start()

    def stop(self) -> None:
        """Finish the mail in hand, and end."""
        for duty in self._duties:
            duty.ask_to_end()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._consumer = None
        for duty in self._duties:
            duty.wait_for_end()
        close_queue()

    def _turn(self, stopping: threading.Event) -> None:
        report = turn(self._settings, self._clock, stopping)
        if report.stopped != self._trouble:
            # Said when it begins and when it ends, not each minute between.
            log.warning("Mail waits: %s", report.stopped) if report.stopped else log.warning("Mail goes again")
            self._trouble = report.stopped

"""The standing duty that sends: each webhook in a thread of its own for as long as it has something to send.

An address that hangs keeps one thread of a few until its time is over, and nobody else's deliveries.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Final

from roadmapdocs.duties import Duty, connected
from roadmapdocs.erp.sending import Way
from roadmapdocs.erp.webhook_outbox import DUTY
from roadmapdocs.erp.webhook_secrets import use_key
from roadmapdocs.erp.webhook_sending import Sender, due_webhooks, forget_old
from roadmapdocs.i18n import use_language
from roadmapdocs.settings import Settings, secret_key

#: Shorter than the first wait after a failure.
EVERY_S: Final = 15.0
THREADS: Final = 6
_TIDIED_EACH: Final = dt.timedelta(hours=6)

Clock = Callable[[], dt.datetime]
log = logging.getLogger(__name__)


class Webhooks:
    """The rounds of one process. What one thread has in hand, no other takes up."""

    def __init__(self, settings: Settings, clock: Clock, *, way: Way | None = None) -> None:
        self._settings, self._clock = settings, clock
        # The process that sends may be another than the one that answers requests.
        use_key(secret_key(settings))
        self._way = way or Way(internal=settings.webhook_internal)
        self._pool: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        self._ended = False
        #: By the webhook that a thread works for, whether there was a call for it since it last looked.
        self._called: dict[int, bool] = {}
        self._tidied_at: dt.datetime | None = None

    def duty(self) -> Duty:
        return Duty(DUTY, self.turn, every=EVERY_S, end=self.end)

    def turn(self, stopping: threading.Event) -> int:
        """Give each webhook that has something to send to a thread, and wait for none; give how many were given."""
        with connected():
            now = self._clock()
            self._tidy(now)
            due = due_webhooks(now)
        return sum(self._give(webhook_id, stopping) for webhook_id in due)

    def end(self) -> None:
        """What is in hand ends by itself within seconds; what waits for a thread waits for the next start."""
        with self._lock:
            self._ended = True
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Take up nothing more, and return when everything is sent that threads have: for a command, and for tests."""
        with self._lock:
            self._ended = True
            pool = self._pool
        if pool is not None:
            pool.shutdown()

    def _give(self, webhook_id: int, stopping: threading.Event) -> bool:
        """Whether a thread begins to work for it; one that does already looks once more instead."""
        with self._lock:
            busy = webhook_id in self._called
            self._called[webhook_id] = busy
            if busy or self._ended:
                return False
            self._pool = self._pool or ThreadPoolExecutor(THREADS, thread_name_prefix=DUTY)
            # A thread of the pool knows nothing of the installation that this one is about.
            self._pool.submit(copy_context().run, self._work, webhook_id, stopping)
            return True

    def _work(self, webhook_id: int, stopping: threading.Event) -> None:
        try:
            with connected(), use_language(self._settings.language):
                sender = Sender(self._way, self._clock, stopping.is_set)
                sender.work_off(webhook_id)
                while self._once_more(webhook_id):
                    sender.work_off(webhook_id)
        except Exception:  # whatever it was, the next round may be better, and other webhooks know nothing of it
            log.exception("Deliveries of webhook %s failed", webhook_id)
            with self._lock:
                self._called.pop(webhook_id, None)

    def _once_more(self, webhook_id: int) -> bool:
        with self._lock:
            called = self._called.pop(webhook_id, False)
            if called:
                self._called[webhook_id] = False
            return called

    def _tidy(self, now: dt.datetime) -> None:
        if self._tidied_at is None or now - self._tidied_at >= _TIDIED_EACH:
            forget_old(now)
            self._tidied_at = now

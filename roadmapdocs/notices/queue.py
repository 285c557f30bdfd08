"""What wakes a worker: a small task queue in a file of its own, or in Redis where there are several machines.

The queue may lose a task with a killed worker, be out of reach, or be thrown away: the tables of notices are the truth,
and the service looks at them each minute by itself.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from roadmapdocs.errors import ConfigurationError
from roadmapdocs.settings import Settings

if TYPE_CHECKING:
    from huey.api import Huey

NAME = "roadmapdocs"
log = logging.getLogger(__name__)

_opened: Queue | None = None


class Queue:
    """The queue of one office. There is one thing to do in it: ``work``.

    A process that only wakes others has no ``work`` of its own.
    """

    def __init__(self, settings: Settings, work: Callable[[], None] | None = None) -> None:
        """
        :raise ConfigurationError: if the settings name Redis and its library is not installed
        """
        self.work = work
        self.huey = _make(settings)
        # A task is known by the module of its function in every process.
        self._turn = self.huey.task()(turn)

    def wake(self) -> None:
        """Have a worker look; a task that waits already will see everything that is in the tables by now."""
        if not self.huey.pending_count():
            self._turn()

    def consumer(self) -> Any:
        """What runs the tasks in threads of this process: ``start()``, then ``stop(graceful=True)``.

        It leaves signals to whoever starts it.
        """
        from huey.consumer import Consumer  # noqa: PLC0415  # commands without a queue start faster

        class Quiet(Consumer):  # type: ignore[misc]  # the library carries no types
            def _set_signal_handlers(self) -> None:
                """The server's own stay."""

        for part in ("Worker", "Scheduler"):
            logger = logging.getLogger(f"huey.consumer.{part}")
            logger.filters[:] = [_Brief()]
        return Quiet(self.huey, workers=1, periodic=False, max_delay=1.0)


class _Brief(logging.Filter):
    """While the store is out of reach: one line about it, and not a traceback each second."""

    def __init__(self) -> None:
        super().__init__()
        self._said = ""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info is None:
            return True
        record.msg, record.args = f"{record.getMessage()} {record.exc_info[1]}", ()
        record.exc_info = None
        repeated, self._said = record.msg == self._said, record.msg
        return not repeated


def turn() -> None:
    """Somebody was told something."""
    if _opened is not None and _opened.work is not None:
        _opened.work()


def open_queue(settings: Settings, work: Callable[[], None] | None = None) -> Queue:
    """Open the queue of this process; what is told from now on wakes a worker.

    :raise ConfigurationError: if it cannot be opened
    """
    global _opened  # noqa: PLW0603  # one process serves one office
    _opened = Queue(settings, work)
    return _opened


def close_queue() -> None:
    """From now on nobody is woken; the next sweep finds what is told."""
    global _opened  # noqa: PLW0603  # likewise
    if _opened is not None:
        _opened.huey.storage.close()
        _opened = None


def wake() -> None:
    """Wake a worker if this process has a queue. That it cannot be reached harms nobody: the next sweep comes."""
    if _opened is None:
        return
    try:
        _opened.wake()
    except Exception as problem:  # whatever the storage raises, the change of the caller is made
        log.warning("The queue could not be told: %s", problem)


def _make(settings: Settings) -> Huey:
    from huey import RedisHuey, SqliteHuey  # noqa: PLC0415  # likewise
    from huey.exceptions import ConfigurationError as Missing  # noqa: PLC0415  # likewise

    if not settings.queue:
        settings.data.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(settings.queue_file), results=False, serializer=_json())
    try:
        return RedisHuey(NAME, url=settings.queue, results=False, serializer=_json())
    except (Missing, ValueError) as problem:
        raise ConfigurationError(
            f"queue: Redis cannot be used: {problem}; install “roadmapdocs[redis]” or leave the key out"
        ) from problem


def _json() -> Any:
    """Tasks written as JSON: the library's own pickles would run whatever somebody puts into the queue."""
    from huey.registry import Message  # noqa: PLC0415  # likewise
    from huey.serializer import Serializer  # noqa: PLC0415

    class JsonSerializer(Serializer):  # type: ignore[misc]  # the library carries no types
        def _serialize(self, data: Any) -> bytes:
            return json.dumps(list(data)).encode()

        def _deserialize(self, data: bytes) -> Any:
            return Message(*json.loads(data))

    return JsonSerializer()

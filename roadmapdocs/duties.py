"""What is done beside answering requests: duties in threads of their own, and the small queue that wakes them.

The queue is huey in a file of its own, or Redis where there are several machines. It may lose a task with a killed
worker, be out of reach, or be thrown away: the tables are the truth, and each duty looks at its own each minute.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from roadmapdocs import db, installation
from roadmapdocs.errors import ConfigurationError
from roadmapdocs.installation import Kept
from roadmapdocs.settings import Settings

if TYPE_CHECKING:
    from huey.api import Huey

NAME = "roadmapdocs"
#: Tasks that are looked at before one more is put in; there is at most one for each duty, but for races.
_LOOKED_AT = 20
log = logging.getLogger(__name__)

_opened: Kept[Queue | None] = Kept("queue", lambda: None)


class Duty:
    """``turn`` is done when woken and every ``every`` seconds, in one thread, so one at a time.

    It is about the installation in which it was made, and is given the event that says that the service ends. ``end`` is called then, in whatever thread ends the
    service: to cut short what would take long.
    """

    def __init__(
        self, name: str, turn: Callable[[threading.Event], object], *, every: float, end: Callable[[], None] = lambda: None
    ) -> None:
        self.name = name
        self._turn, self._every, self._end = turn, every, end
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._whose = installation.current()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin; what waited since the last time is done at once."""
        self._thread.start()

    def wake(self) -> None:
        self._woken.set()

    def ask_to_end(self) -> None:
        """Finish what is in hand, and take up nothing more."""
        self._stopping.set()
        self._woken.set()
        self._end()

    def wait_for_end(self) -> None:
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        with installation.entered(self._whose):
            while not self._stopping.is_set():
                self._woken.clear()
                try:
                    self._turn(self._stopping)
                except Exception:  # whatever it was, the next minute may be better
                    log.exception("A round of %s failed", self.name)
                self._woken.wait(self._every)


@contextlib.contextmanager
def connected() -> Iterator[None]:
    """The database's connection of this thread, left as it was found."""
    opened = db.database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.database.close()


class Queue:
    """The queue of one office. There is one kind of task in it: that the duty of a name should look.

    A process that only wakes others has no ``duties`` of its own.
    """

    def __init__(self, settings: Settings, duties: Mapping[str, Callable[[], None]] | None = None) -> None:
        """
        :raise ConfigurationError: if the settings name Redis and its library is not installed
        """
        self.duties = dict(duties or {})
        self.huey = _make(settings)

        # A task is known by module and name of its function, which are the same in every process.
        def look(duty: str) -> None:
            """There is something to do. Only the duty's own thread does it: a task keeps nobody else's waiting."""
            if (wake_up := self.duties.get(duty)) is not None:
                wake_up()

        self.look = look
        self._look = self.huey.task()(look)

    def wake(self, duty: str) -> None:
        """Have a duty look; a task that waits already will see everything that is in the tables by now."""
        if not any(list(task.args) == [duty] for task in self.huey.pending(_LOOKED_AT)):
            self._look(duty)

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


def open_queue(settings: Settings, duties: Mapping[str, Callable[[], None]] | None = None) -> Queue:
    """Open the queue of this process; what is asked for from now on wakes whoever does it.

    :raise ConfigurationError: if it cannot be opened
    """
    opened = Queue(settings, duties)
    _opened.set(opened)
    return opened


def close_queue() -> None:
    """From now on nobody is woken; the next look of the minute finds what there is."""
    opened = _opened.get()
    if opened is not None:
        opened.huey.storage.close()
        _opened.set(None)


def wake(duty: str) -> None:
    """Wake a duty if this process has a queue. That it cannot be reached harms nobody: the next minute comes."""
    opened = _opened.get()
    if opened is None:
        return
    try:
        opened.wake(duty)
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

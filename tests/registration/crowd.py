"""Many processes at work on one database, any of which may be killed at any moment.

They are forked as in :mod:`tests.processes`. What they do is a function that a process can find by its name: one of
a module, taking the worker's number and ``tell``, by which it says what it is sure of.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from typing import Any

from roadmapdocs import db
from tests.processes import FORKED, PATIENCE

Tell = Callable[[Any], None]
Work = Callable[[int, Tell], None]


@dataclass(eq=False)
class Worker:
    process: ForkServerProcess
    pipe: Connection
    told: list[Any] = field(default_factory=list)

    def hear(self) -> bool:
        """Take in one message; False once the process has ended and everything it said is heard."""
        try:
            self.told.append(self.pipe.recv())
        except EOFError:
            return False
        return True

    def end(self) -> None:
        """Kill -9 whatever it is doing, and hear what it had said before."""
        self.process.kill()
        self.process.join()
        while self.hear():
            pass
        self.pipe.close()


def together(address: str, work: Work, workers: int) -> list[list[Any]]:
    """Let all begin at the same moment and work to their end; give what each told.

    :raise AssertionError: if one of them failed or fell silent
    """
    start = FORKED.Event()
    crew = [_started(address, work, number, start) for number in range(workers)]
    with _ended(crew):
        start.set()
        busy = {worker.pipe: worker for worker in crew}
        while busy:
            ready = wait(list(busy), PATIENCE)
            assert ready, "no worker has said anything for a minute"
            for pipe in ready:
                if not busy[pipe].hear():
                    del busy[pipe]
        for worker in crew:
            worker.process.join()
        assert [worker.process.exitcode for worker in crew] == [0] * workers
        return [worker.told for worker in crew]


def hunted(address: str, work: Work, *, kills: int, workers: int, seed: int, within: float = 0.02) -> list[Any]:
    """Kill one worker after another at random moments while they work, a fresh one taking its place.

    Only those are killed that have told something, so every kill meets one in the midst of its work; ``within`` is
    the longest time in seconds from one kill to the next, if somebody has told something by then. Gives all that
    was told.
    """
    dice = random.Random(seed)
    start = FORKED.Event()
    start.set()
    crew = [_started(address, work, number, start) for number in range(workers)]
    ended: list[Worker] = []
    with _ended(crew):
        for number in range(kills):
            _listen(crew, time.monotonic() + dice.uniform(0, within))
            victim = dice.choice([worker for worker in crew if worker.told])
            crew.remove(victim)
            victim.end()
            ended.append(victim)
            crew.append(_started(address, work, workers + number, start))
    return [said for worker in [*ended, *crew] for said in worker.told]


def _listen(crew: list[Worker], until: float) -> None:
    """Hear what is told until then, and in any case until somebody at work has told something."""
    by_pipe = {worker.pipe: worker for worker in crew}
    while (left := until - time.monotonic()) > 0 or not any(worker.told for worker in crew):
        ready = wait(list(by_pipe), left if left > 0 else PATIENCE)
        assert ready or left > 0, "no worker has said anything for a minute"
        for pipe in ready:
            assert by_pipe[pipe].hear(), "a worker ended by itself"


@contextlib.contextmanager
def _ended(crew: list[Worker]) -> Iterator[None]:
    """Nobody outlives the test, whatever happens."""
    try:
        yield
    finally:
        for worker in crew:
            worker.end()


def _started(address: str, work: Work, number: int, start: Event) -> Worker:
    ours, theirs = FORKED.Pipe(duplex=False)
    process = FORKED.Process(target=_at_work, args=(address, work, number, theirs, start), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def _at_work(address: str, work: Work, number: int, pipe: Connection, start: Event) -> None:
    with db.connect(address).connection_context():
        start.wait()
        work(number, pipe.send)

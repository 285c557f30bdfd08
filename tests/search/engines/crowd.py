"""Several threads and processes at one index, and writers that are killed."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from roadmapdocs.search.ports import Engine, Every, Plan
from tests.processes import FORKED, PATIENCE
from tests.search.engines import work
from tests.search.engines.entries import READER, entry, keys
from tests.search.engines.matching import found, word
from tests.search.engines.places import Place

#: In all; each is at a random moment of the writer's work.
KILLS = 50
#: A writer is killed after so long at the most: within its first writes.
LONGEST_S = 0.1


@dataclass(frozen=True)
class _Crew:
    process: ForkServerProcess
    pipe: Connection

    def hear(self) -> Any:
        assert self.pipe.poll(PATIENCE), "a process has said nothing for a minute"
        return self.pipe.recv()


@contextlib.contextmanager
def _started(task: Callable[..., None], place: Place, generation: str, *more: object) -> Iterator[_Crew]:
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=task, args=(place, generation, theirs, *more), daemon=True)
    process.start()
    theirs.close()
    try:
        yield _Crew(process, ours)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


class Crowd:
    def test_another_process_sees_what_was_written(
        self, engine: Engine, connected: Place, generation: str
    ) -> None:
        entries = [entry(1, "план"), entry(2, "план")]
        engine.write(entries)
        with _started(work.tell, connected, generation) as crew:
            assert crew.hear() == [(one.key, one.digest) for one in entries]

    def test_two_writers_at_once_lose_nothing(
        self, engine: Engine, connected: Place, generation: str
    ) -> None:
        with (
            _started(work.add_own, connected, generation, 1, 6) as one,
            _started(work.add_own, connected, generation, 101, 6) as two,
        ):
            assert (one.hear(), two.hear()) == ("ready", "ready")
            for crew in (one, two):
                crew.pipe.send("go")
            assert (one.hear(), two.hear()) == ("done", "done")
        assert found(engine, word("план")) == keys(*range(1, 13), *range(101, 113))

    def test_readers_in_threads_see_whole_states_while_one_writes(
        self, engine: Engine, connected: Place
    ) -> None:
        engine.write([entry(number, "план state0") for number in work.RECORDS])
        done, seen, broken = threading.Event(), set[int](), list[BaseException]()
        reading = threading.Barrier(4)

        def read() -> None:
            try:
                with connected.connected():
                    reading.wait(PATIENCE)
                    while not done.is_set():
                        seen.add(engine.search(Plan(word("план"), READER, facets=("kind",))).total)
            except BaseException as reason:  # a thread has nobody else to tell
                broken.append(reason)

        readers = [threading.Thread(target=read) for _ in range(3)]
        for one in readers:
            one.start()
        reading.wait(PATIENCE)
        for state in range(1, 9):
            engine.write([entry(number, f"план state{state}") for number in work.RECORDS])
        # However short the writing was: somebody has read.
        while not seen and not broken and any(one.is_alive() for one in readers):
            readers[0].join(0.01)
        done.set()
        for one in readers:
            one.join(PATIENCE)
        assert (broken, seen) == ([], {len(work.RECORDS)})

    def test_a_writer_killed_at_any_moment_leaves_one_whole_state_and_nothing_blocked(
        self, engine: Engine, connected: Place, generation: str
    ) -> None:
        dice = random.Random(6)
        stands = work.name_of(0, 0)
        engine.write(work.records(stands))
        for kill in range(1, KILLS + 1):
            with _started(work.write_states, connected, generation, kill) as writer:
                assert writer.hear() == "ready"
                told = _last_heard(writer, seconds=LONGEST_S * dice.random())
            connected.settle()
            before = stands if told is None else work.name_of(kill, told)
            stands = _whole_state(engine, [before, work.name_of(kill, 0 if told is None else told + 1)])
            assert found(engine, word(stands)) == found(engine, word("план")) == keys(*work.RECORDS)
            if kill % 10 == 0:
                engine.write([entry(99, "другой")])
                assert found(engine, Every()) == keys(99, *work.RECORDS)
                engine.write([], gone=["document:99"])


def _last_heard(writer: _Crew, *, seconds: float) -> int | None:
    """The last state that a writer has told of before it was killed, after a time."""
    time_is_up = time.monotonic() + seconds
    told = None
    with contextlib.suppress(EOFError):
        while (left := time_is_up - time.monotonic()) > 0:
            if writer.pipe.poll(left):
                told = int(writer.pipe.recv())
        writer.process.kill()
        writer.process.join()
        while writer.pipe.poll():
            told = int(writer.pipe.recv())
    return told


def _whole_state(engine: Engine, possible: list[str]) -> str:
    """Which of the states the index is in; what was told of is written, and the next may be."""
    digests = dict(engine.digests())
    whole = [name for name in possible if digests == {one.key: one.digest for one in work.records(name)}]
    assert len(whole) == 1, f"none of {possible}, or torn: {digests}"
    return whole[0]

"""Real processes that act at the same moment: what one process cannot show about locks.

They are forked from a server that has imported the program already, so that a fresh one is at work within
milliseconds.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from typing import Any

from roadmapdocs import db
from roadmapdocs.assembly import assemble

#: A process that says nothing for so many seconds hangs.
PATIENCE = 60.0

#: There is one such server for all tests of a run; it starts when the first of them needs it.
FORKED = multiprocessing.get_context("forkserver")
FORKED.set_forkserver_preload(
    [
        "pytest",
        "roadmapdocs.models",
        "tests.processes",
        "tests.registration.work",
        "tests.documents.crowd_work",
        "tests.approvals.crowd_work",
        "tests.assignments.crowd_work",
        "tests.search.engines.work",
        "roadmapdocs.search.engines.whoosh",
    ]
)


@dataclass(frozen=True)
class _Started:
    process: ForkServerProcess
    pipe: Connection

    def hear(self) -> str:
        assert self.pipe.poll(PATIENCE), "a process has said nothing for a minute"
        try:
            return str(self.pipe.recv())
        except EOFError:
            self.process.join(PATIENCE)
            raise AssertionError(f"a process failed with the code {self.process.exitcode}: see stderr") from None


def at_once(address: str, work: Sequence[str], *, preparation: str = "") -> list[Any]:
    """Run each piece of code in a process of its own on one database; give what each put into ``result``.

    Every process reports that it is ready and waits for the word, so that all begin together. What is given back
    has gone through JSON.
    """
    crew = [_start(address, preparation, code) for code in work]
    with _ended(crew):
        for one in crew:
            assert one.hear() == "ready"
        for one in crew:
            one.pipe.send("go")
        told = [one.hear() for one in crew]
        for one in crew:
            one.process.join(PATIENCE)
        assert [one.process.exitcode for one in crew] == [0] * len(crew)
    return [json.loads(text) for text in told]


def _start(address: str, preparation: str, code: str) -> _Started:
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=_at_work, args=(address, preparation, code, theirs), daemon=True)
    process.start()
    theirs.close()
    return _Started(process, ours)


@contextlib.contextmanager
def _ended(crew: Sequence[_Started]) -> Iterator[None]:
    """Nobody outlives the test, whatever happens."""
    try:
        yield
    finally:
        for one in crew:
            one.process.kill()
            one.process.join()
            one.process.close()
            one.pipe.close()


def _at_work(address: str, preparation: str, code: str, pipe: Connection) -> None:
    names: dict[str, Any] = {"__name__": "__main__", "datetime": dt, "json": json, "sys": sys, "db": db}
    assemble(dt.UTC)
    opened = db.connect(address)
    exec(preparation, names)
    pipe.send("ready")
    pipe.recv()
    exec(code, names)
    if not opened.is_closed():
        opened.close()
    pipe.send(json.dumps(names["result"]))

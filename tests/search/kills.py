"""Kills of a process that writes or builds an index, at random moments, and what is left to those who come after.

``python -m tests.search.kills whoosh build 50`` in a checkout; PostgreSQL takes the address of an empty database besides.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import peewee as pw

from roadmapdocs import db, shipped
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.defaults import load_defaults
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import SYSTEM
from roadmapdocs.search import building, checking, indexing, keys, outbox, state
from roadmapdocs.search.models import SearchIndex
from roadmapdocs.search.state import Used
from roadmapdocs.settings import Settings
from tests import factories as make
from tests.conftest import NOW

DOCUMENTS = 20
#: Records of one write: builds have many steps to be killed in.
BATCH = 5


@dataclass
class Scene:
    """One registry whose writers are killed; ``work`` is "write" or "build"."""

    settings: Settings
    work: str
    longest_s: float
    in_builds: int = 0

    def open(self) -> Used:
        db.connect(self.settings.database_address)
        return state.use_index(self.settings, lambda: NOW)

    def begin(self) -> None:
        used = self.open()
        for number in range(DOCUMENTS):
            make.document(f"О смотре {number}")
        make.roadmap(*(make.item(f"1.{number}") for number in range(10)))
        building.build(used, now=NOW)
        db.database.close()

    def kill_one(self, number: int, chance: random.Random) -> None:
        child = os.fork()
        if not child:
            try:
                self._work(number)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.02, self.longest_s))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"the process ended by itself: {status}"

    def _work(self, number: int) -> None:
        chance, used = random.Random(number), self.open()  # a fixed course of a test
        # Numbers of documents are not given twice, whoever was killed.
        make._numbers = itertools.count((number + 1) * 10_000)
        while True:
            for _change in range(chance.randrange(1, 6)):
                _change_something(chance)
            if self.work == "build":
                building.build(used, now=NOW)
            elif chance.random() < 0.5:
                indexing.drain(today=NOW.date())

    def look(self) -> None:
        """What is left is readable, holds everything, and keeps nobody waiting."""
        used = self.open()
        engine, condition = state.opened()
        assert engine is not None
        assert condition == "whole"
        self.in_builds += SearchIndex.select().where(SearchIndex.state == "building").count()
        indexing.drain(today=used.today())
        assert outbox.length() == 0
        found = list(checking.differences(engine, today=used.today()))
        assert not found, found
        assert engine.count() == keys.count()
        db.database.close()

    def end(self) -> None:
        """A build that was cut short is brought to its end."""
        used = self.open()
        building.build(used, now=NOW)
        assert [row.state for row in SearchIndex.select()] == ["active"]
        db.database.close()
        self.look()
        state.close_index()


def _change_something(chance: random.Random) -> None:
    if chance.random() < 0.5:
        make.document(f"О чтении {chance.random()}")
        return
    document = Document.select().order_by(pw.fn.RANDOM()).get()
    with db.transaction():
        Document.update(title=f"О чтецах {chance.random()}").where(Document.id == document.id).execute()
        comment(document, "Согласен", by=SYSTEM, now=NOW)


def run(settings: Settings, work: str, times: int, longest_s: float) -> Scene:
    """Kill so many processes, each within ``longest_s`` seconds."""
    indexing.BATCH = building.WHOOSH_BATCH = BATCH  # type: ignore[misc]  # final for everybody but tests
    scene, chance = Scene(settings, work, longest_s), random.Random(times)  # a fixed course of a test
    scene.begin()
    for number in range(times):
        scene.kill_one(number, chance)
        scene.look()
    scene.end()
    return scene


def main(engine: str, work: str, times: str, address: str = "") -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database=address, search=engine)
        db.connect(settings.database_address)
        db.migrations(shipped.migrations_folder()).up()
        load_defaults(NOW)
        db.database.close()
        try:
            scene = run(settings, work, int(times), 1.2)
        except Refusal as refusal:
            sys.exit(refusal.message)
    print(f"{engine}, {work}: {times} kills, {scene.in_builds} of them with a build under way; all is whole")  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])

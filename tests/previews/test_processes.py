"""Real workers in processes of their own: each preview is made once, and one killed in the midst harms nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from roadmapdocs import db
from roadmapdocs.files.store import FolderStore
from roadmapdocs.previews.models import Preview
from roadmapdocs.previews.operations import ask
from roadmapdocs.previews.rules import STALE_AFTER
from tests.conftest import NOW
from tests.previews.made import states, stored, word
from tests.processes import at_once

FILES = 30
#: A worker with a converter of its own, that writes down what it made, and stands still at a file if it is told so.
WORK = """
import datetime as dt
import time
from pathlib import Path
from roadmapdocs.files.store import FolderStore
from roadmapdocs.previews.ports import Drawn
from roadmapdocs.previews.worker import Worker

class Converter:
    made = 0
    def convert(self, data, name, *, archival):
        if self.made == {hold_at}:
            print("holding", flush=True)
            time.sleep(60)
        self.made += 1
        return b"%PDF-1.6" + data[-40:]

class Drawer:
    def draw(self, pdf):
        return Drawn(1, ())

now = dt.datetime.fromisoformat({now!r})
worker = Worker(Converter(), Drawer(), FolderStore(Path({files!r})), lambda: now)
worker.sweep()
result = worker.work_off().number("done")
"""


@pytest.fixture
def asked(sqlite_address: str, tmp_path: Path) -> str:
    """The address of a database in which many previews wait."""
    db.connect(sqlite_address)
    with db.database.connection_context():
        for number in range(FILES):
            ask(stored(FolderStore(tmp_path / "files"), word(f"приказ {number}")), now=NOW)
    return sqlite_address


def work(folder: Path, hold_at: int = -1, later: bool = False) -> str:
    now = NOW + STALE_AFTER if later else NOW
    return WORK.format(hold_at=hold_at, now=now.isoformat(), files=str(folder / "files"))


def test_two_workers_at_once_make_each_preview_once(asked: str, tmp_path: Path) -> None:
    made = at_once(asked, [work(tmp_path)] * 2)
    assert sum(made) == FILES  # type: ignore[arg-type]  # numbers, as WORK says
    with db.database.connection_context():
        assert set(states()) == {"done"}
        assert {row.attempts for row in Preview.select()} == {1}


def test_a_worker_killed_in_the_midst_leaves_one_preview_that_the_next_one_makes(asked: str, tmp_path: Path) -> None:
    code = f"from roadmapdocs import db\ndb.connect({asked!r})\n{work(tmp_path, hold_at=FILES // 2)}"
    worker = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "holding\n"
    os.kill(worker.pid, signal.SIGKILL)
    worker.communicate()
    with db.database.connection_context():
        assert {state: states().count(state) for state in set(states())} == {"done": FILES // 2, "working": 1, "waiting": FILES - FILES // 2 - 1}
    at_once(asked, [work(tmp_path, later=True)])
    with db.database.connection_context():
        assert set(states()) == {"done"}
        assert sorted(row.attempts for row in Preview.select()) == [1] * (FILES - 1) + [2]

"""Real workers in processes of their own: each file is read once."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs import db
from roadmapdocs.files.store import FolderStore
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import ask
from tests.conftest import NOW
from tests.processes import at_once
from tests.texts.made import states, stored

FILES = 30
WORK = """
import datetime as dt
from pathlib import Path
from roadmapdocs.files.store import FolderStore
from roadmapdocs.texts.reading.plain import Found
from roadmapdocs.texts.worker import Worker

class Reader:
    recognises = converts = False
    def read(self, data, kind, *, recognise=False):
        return Found(data.decode(), kind)
    def close(self):
        pass

now = dt.datetime.fromisoformat({now!r})
worker = Worker(Reader(), FolderStore(Path({files!r})), lambda: now)
worker.sweep()
result = worker.work_off().number("read")
"""


def test_two_workers_at_once_read_each_file_once(sqlite_address: str, tmp_path: Path) -> None:
    db.connect(sqlite_address)
    with db.database.connection_context():
        for number in range(FILES):
            ask(stored(FolderStore(tmp_path / "files"), f"приказ {number}".encode()), now=NOW)
    read = at_once(sqlite_address, [WORK.format(now=NOW.isoformat(), files=str(tmp_path / "files"))] * 2)
    assert sum(read) == FILES
    with db.database.connection_context():
        assert set(states()) == {"read"}
        assert {row.attempts for row in FileText.select()} == {1}

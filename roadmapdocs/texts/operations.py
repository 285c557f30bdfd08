"""Asking for the text of a file and finding it. Who may see it is decided where the file is a document's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import peewee as pw

from roadmapdocs import duties
from roadmapdocs.db import after_commit, transaction
from roadmapdocs.files.models import StoredFile
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.rules import State, is_read

DUTY = "texts"
_ENDED = tuple(str(state) for state in (State.PARTLY, State.EMPTY, State.UNREADABLE))


def ask(file: StoredFile, *, now: dt.datetime) -> None:
    """Have the file read, unless it has been or is going to be."""
    if is_read(file.format):
        FileText.insert({"file": file.id, "asked_at": now, "next_at": now}).on_conflict_ignore().execute()
        after_commit(_wake)


def text_of(file_id: int) -> str:
    """The text of a stored file; empty while it has not been read, and for what has none."""
    found = FileText.select(FileText.text).where(FileText.file == file_id).tuples().first()
    return str(found[0]) if found else ""


def marks_of(file_ids: Iterable[int]) -> dict[int, FileText]:
    """How the reading of these files stands, without their texts."""
    columns = (FileText.id, FileText.file, FileText.state, FileText.problem, FileText.way, FileText.asked_at)
    rows = FileText.select(*columns).where(FileText.file.in_(list(file_ids)))
    return {row.file_id: row for row in rows}


def try_again(file_id: int, *, now: dt.datetime) -> bool:
    """Have a file read once more that was not read wholly; False if there is nothing to be tried."""
    ended = (FileText.file == file_id) & FileText.state.in_(_ENDED)
    columns = {"state": str(State.WAITING), "attempts": 0, "next_at": now, "asked_at": now}
    with transaction():
        changed = bool(FileText.update(columns).where(ended).execute())
        after_commit(_wake)
    return changed


def counts() -> dict[str, int]:
    """How many files are in each state."""
    rows = FileText.select(FileText.state, pw.fn.COUNT(FileText.id)).group_by(FileText.state).tuples()
    return dict(rows)


def problems() -> dict[str, int]:
    """How many files have each problem."""
    rows = FileText.select(FileText.problem, pw.fn.COUNT(FileText.id)).where(FileText.problem != "").group_by(FileText.problem)
    return dict(rows.tuples())


def _wake() -> None:
    duties.wake(DUTY)

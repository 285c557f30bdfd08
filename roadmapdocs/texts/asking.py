"""When files are asked to be read by themselves: with each version and attachment, and those of before, swept up.

Documents lie above texts: what is known of them here is what their signals carry, and which files are theirs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import peewee as pw

from roadmapdocs.db import transaction
from roadmapdocs.files.kinds import DOCUMENTS
from roadmapdocs.files.models import StoredFile
from roadmapdocs.hooks import attachment_added, version_added
from roadmapdocs.texts.models import FileText
from roadmapdocs.texts.operations import ask

#: Queries that give the ids of files whose text is wanted: lent by whoever has files (:mod:`roadmapdocs.assembly`).
OWNERS: list[Callable[[], pw.ModelSelect]] = []
_AT_ONCE = 1_000


def listen() -> None:
    """React from now on. Idempotent."""
    version_added.connect(_added)
    attachment_added.connect(_added)


def ask_for_all(now: dt.datetime) -> int:
    """Ask for every file of an owner that nobody has asked for yet, and say how many there were.

    :param now: when the asking is
    """
    return sum(_ask_for(owner(), now) for owner in OWNERS)


def _added(row: Any, *, now: dt.datetime, **_more: Any) -> None:
    ask(row.file, now=now)


def _ask_for(wanted: pw.ModelSelect, now: dt.datetime) -> int:
    """A thousand at a time: nobody's own change waits for long."""
    known = FileText.select(FileText.file)
    formats = [str(kind) for kind in DOCUMENTS]
    missing = StoredFile.select(StoredFile.id).where(
        StoredFile.format.in_(formats) & StoredFile.id.in_(wanted) & StoredFile.id.not_in(known)
    )
    asked = 0
    while files := [file for (file,) in missing.limit(_AT_ONCE).tuples()]:
        with transaction():
            rows = [{"file": file, "asked_at": now, "next_at": now} for file in files]
            FileText.insert_many(rows).on_conflict_ignore().execute()
        asked += len(files)
    return asked

"""Keeping an uploaded file: checked, stored by content, remembered by its hash."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.db import transaction
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.rules import check_file, display_name
from roadmapdocs.files.store import FileStore


@dataclass(frozen=True, slots=True)
class Kept:
    """``name`` is the name to show, cleaned; it is never a path."""

    file: StoredFile
    name: str


def keep(data: bytes, name: str, *, store: FileStore, now: dt.datetime) -> Kept:
    """Check the file and keep it. The bytes are written before the row: a row never points at nothing.

    :raise Refusal: as :func:`roadmapdocs.files.rules.check_file`
    """
    told = check_file(data, name)
    sha256 = store.put(data)
    with transaction():
        StoredFile.insert(sha256=sha256, size=len(data), format=str(told), stored_at=now).on_conflict_ignore().execute()
        return Kept(StoredFile.get(StoredFile.sha256 == sha256), display_name(name))

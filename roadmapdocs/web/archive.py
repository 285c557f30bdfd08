"""Backup and restore of an installation on SQLite: one tar file with database, files and settings.

An index of search that has files of its own is left out: it is built anew after the restore.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tarfile
import tempfile
from pathlib import Path

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.settings import FILE_NAME, KEY_FILE_NAME, Settings

DATABASE = "roadmapdocs.sqlite3"


def backup(settings: Settings, target: Path) -> None:
    """Write the archive; people may go on working meanwhile. The database is copied before the files: every
    file that it names is there by then, and files never change.

    :raise Refusal: ``not_sqlite``, or ``file_exists`` if there is something under this name already
    """
    source = _database(settings)
    if target.exists():
        raise Refusal("file_exists", _("%(file)s exists already. Choose another name.", file=target))
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        copy, whole = Path(folder) / DATABASE, Path(folder) / "backup.tar.gz"
        with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(copy)) as still:
            live.backup(still)
            # Its files may be of a later state by then, and would be taken for whole.
            still.execute("DELETE FROM rd_search_index WHERE engine = 'whoosh'")
            still.commit()
        with tarfile.open(whole, "w:gz") as archive:
            archive.add(copy, DATABASE)
            for name in (FILE_NAME, KEY_FILE_NAME, "files"):
                if (settings.data / name).exists():
                    archive.add(settings.data / name, name)
        # Only a whole archive gets its name; it holds secrets, so it is its owner's.
        target.touch(mode=0o600, exist_ok=False)
        target.write_bytes(whole.read_bytes())


def restore(settings: Settings, source: Path) -> None:
    """Unpack an archive into the data folder, which must hold no registry yet.

    :raise Refusal: ``not_sqlite``, ``not_empty``, or ``not_a_backup``
    """
    database = _database(settings)
    if database.exists():
        raise Refusal(
            "not_empty",
            _("%(folder)s holds a registry already. Name an empty folder by --data.", folder=settings.data),
        )
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data) as folder:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as problem:
            raise _no_backup(source) from problem
        if not (Path(folder) / DATABASE).is_file():
            raise _no_backup(source)
        for part in sorted(Path(folder).iterdir(), key=lambda path: path.name == DATABASE):
            # The database comes last: an interrupted restore can be begun again.
            _move(part, settings.data / part.name)


def _move(part: Path, target: Path) -> None:
    if part.is_dir() and target.is_dir():
        for inner in part.iterdir():
            _move(inner, target / inner.name)
        return
    part.replace(target)


def _database(settings: Settings) -> Path:
    expected = settings.data / DATABASE
    if settings.database_address != f"sqlite:///{expected}":
        raise Refusal(
            "not_sqlite",
            _("Only a registry whose database is in its data folder goes into one file. Use pg_dump and copy the files."),
        )
    return expected


def _no_backup(source: Path) -> Refusal:
    return Refusal("not_a_backup", _("%(file)s is no backup of a registry. Choose another file.", file=source.name))

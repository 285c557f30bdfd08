"""The folder of one index of Whoosh: private, of our own user, with a mark of how things lie in it.

Whoosh keeps pickles, and to read a pickle is to run what it says. So a folder is read only if it belongs to the user
that the program runs as, and if nobody else may write to it; what comes from outside is never put there.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.util.filelock import FileLock, try_for

from roadmapdocs.search.engines.whoosh_fields import schema
from roadmapdocs.search.ports import IndexBrokenError, IndexBusyError

#: How things lie in the folder; grows whenever an older index can be read no more.
LAYOUT: Final = "roadmapdocs search 1\n"
INDEX: Final = "MAIN"
#: Whoosh's tables of segments; that of the highest number counts.
_TABLE: Final = re.compile(rf"_{INDEX}_([0-9]+)\.toc")
_MARK: Final = "layout"
_LOCK: Final = "lock"
_ASK_EVERY_S: Final = 0.02

#: Tells one state of an index from all others: which folder it is, and how often it was written.
State = tuple[int, int, int]


class _Storage(FileStorage):
    """Files of an index, that are on the disk before the table that names them is."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.opened: list[Any] = []
        self.made: list[str] = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        self.opened.append(super().open_file(name, **kwargs))
        return self.opened[-1]

    def create_file(self, name: str, *args: Any, **kwargs: Any) -> Any:
        self.made.append(name)
        self.opened.append(super().create_file(name, *args, **kwargs))
        return self.opened[-1]

    def temp_storage(self, name: str | None = None) -> Any:
        inner = _Storage(os.path.join(self.folder, name or "tmp"))  # noqa: PTH118 # Whoosh's paths are texts
        inner.opened = self.opened
        return inner.create()

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Only the table of segments is renamed: with this, they count."""
        for name in self.made:
            # Most were put together into one file, and removed.
            with contextlib.suppress(FileNotFoundError):
                _sync(os.path.join(self.folder, name))  # noqa: PTH118 # as above
        super().rename_file(oldname, newname, safe=safe)
        _sync(self.folder)

    def close_all(self) -> None:
        """Let go of what something that failed has left open."""
        for file in self.opened:
            if not file.is_closed:
                with contextlib.suppress(OSError, ValueError):
                    file.close()


def _sync(path: str) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    def create(self) -> None:
        with self.storage() as files:
            self._remove()
            self.path.mkdir(parents=True)
            self.path.chmod(0o700)
            FileIndex.create(files, schema(), INDEX)
            (self.path / _MARK).write_text(LAYOUT)

    def drop(self) -> None:
        with self.told():
            self._remove()

    def _remove(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(self.path)

    def state(self) -> State:
        """:raise IndexBrokenError: if there is no index of ours"""
        with self.told():
            mark = (self.path / _MARK).stat()
            tables = (_TABLE.fullmatch(name) for name in os.listdir(self.path))  # noqa: PTH208 # only names, and often
            return mark.st_ino, mark.st_mtime_ns, max(int(table[1]) for table in tables if table)

    def table(self, state: State) -> TOC:
        """What segments there are. It may be swept away by the next writer before it is read."""
        with self.storage() as files:
            return TOC.read(files, INDEX, gen=state[-1], schema=schema())

    @contextlib.contextmanager
    def storage(self) -> Iterator[_Storage]:
        """What is opened in it stays open unless something fails."""
        files = _Storage(str(self.path))
        with self.told():
            try:
                yield files
            except BaseException:
                files.close_all()
                raise

    def check(self) -> None:
        """:raise IndexBrokenError: if it is not ours alone, or lies otherwise than we write it"""
        with self.told():
            about = self.path.stat()
            layout = (self.path / _MARK).read_text()
        if hasattr(os, "geteuid") and about.st_uid != os.geteuid():
            raise IndexBrokenError(f"{self.path}: belongs to another user than the one who runs the program")
        if about.st_mode & 0o022:
            raise IndexBrokenError(
                f"{self.path}: others may write to it; make it private (chmod 700) and rebuild it"
            )
        if layout != LAYOUT:
            raise IndexBrokenError(f"{self.path}: was made by another version of the program; rebuild it")

    @contextlib.contextmanager
    def told(self) -> Iterator[None]:
        """What Whoosh and the disk say of this folder, in our words: a torn file may fail in any way."""
        try:
            yield
        except (IndexBrokenError, IndexBusyError):
            raise
        except Exception as reason:
            said = f"{type(reason).__name__}: {reason}"
            raise IndexBrokenError(
                f"{self.path}: the search index cannot be read or written ({said})"
            ) from reason

    @contextlib.contextmanager
    def locked(self, wait_s: float) -> Iterator[None]:
        """One writer at a time. The lock goes with the process that holds it, however that ends."""
        lock = FileLock(str(self.path / _LOCK))
        with self.told():
            if not try_for(lock.acquire, timeout=wait_s, delay=_ASK_EVERY_S):
                raise IndexBusyError(f"{self.path}: another process has been writing for {wait_s:g} s")
        try:
            yield
        finally:
            lock.release()

    def index(self, files: _Storage) -> FileIndex:
        return FileIndex(files, schema=schema(), indexname=INDEX)

    def sweep(self) -> None:
        """Remove what a killed writer has left and Whoosh does not: tables that were never put in place."""
        for left in self.path.glob("_*.toc.*"):
            left.unlink()

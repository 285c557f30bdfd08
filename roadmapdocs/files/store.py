"""The port behind which bytes are kept, by their SHA-256, and the folder that keeps them by default."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import BinaryIO, Protocol

from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _


class FileStore(Protocol):
    """Content-addressed: the same bytes are kept once, and what is kept never changes."""

    def put(self, data: bytes) -> str:
        """Keep the bytes; give their SHA-256 in hexadecimal digits. Keeping them again changes nothing."""
        ...

    def open(self, sha256: str) -> BinaryIO:
        """The kept bytes as a stream to be closed by the caller.

        :raise NotFound: ``file_missing`` if nothing is kept under this hash
        """
        ...

    def holds(self, sha256: str) -> bool: ...


class FolderStore:
    """Files in ``folder/ab/abcdef…``; each is whole or absent, even after a crash."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        place = self._place(sha256)
        if place.exists():
            return sha256
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(place)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._place(sha256).open("rb")
        except FileNotFoundError as problem:
            raise NotFound(
                "file_missing",
                _("The file is not in the store. Tell the administrator its hash: %(sha256)s.", sha256=sha256),
                sha256=sha256,
            ) from problem

    def holds(self, sha256: str) -> bool:
        return self._place(sha256).exists()

    def _place(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotFound("file_missing", _("This is not the hash of a file."), sha256=sha256)
        return self._folder / sha256[:2] / sha256


class MemoryStore:
    """For tests and for reading without keeping."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self._kept[sha256] = data
        return sha256

    def open(self, sha256: str) -> BinaryIO:
        if sha256 not in self._kept:
            raise NotFound(
                "file_missing",
                _("The file is not in the store. Tell the administrator its hash: %(sha256)s.", sha256=sha256),
                sha256=sha256,
            )
        return io.BytesIO(self._kept[sha256])

    def holds(self, sha256: str) -> bool:
        return sha256 in self._kept

"""Certificates of the authorities that the office trusts: files in the folder ``trust`` of its data."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.errors import ConfigurationError

SUFFIXES = frozenset({".cer", ".crt", ".pem"})
#: A bundle of all accredited authorities has a few megabytes; anything larger is no certificate.
LARGEST = 16 * 1024 * 1024


def anchors(data: Path) -> list[bytes]:
    """Content of each certificate file in ``data/trust``, in the order of their names; empty without the folder.

    :raise ConfigurationError: naming a file that cannot be read, or is far too large
    """
    folder = data / "trust"
    if not folder.is_dir():
        return []
    return [_read(file) for file in sorted(folder.iterdir()) if file.suffix.lower() in SUFFIXES and file.is_file()]


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST:
            raise ConfigurationError(f"{file}: is larger than {LARGEST} bytes, so it is no certificate; take it out")
        return file.read_bytes()
    except OSError as problem:
        raise ConfigurationError(f"{file}: cannot be read: {problem.strerror}; let the server's account read it") from problem

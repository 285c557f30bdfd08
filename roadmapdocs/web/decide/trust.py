"""Certificates of the authorities that the office trusts: files in the folder ``trust`` of its data."""

from __future__ import annotations

from pathlib import Path

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

SUFFIXES = frozenset({".cer", ".crt", ".pem"})
#: A bundle of all accredited authorities has a few megabytes; anything larger is no certificate.
LARGEST = 16 * 1024 * 1024


def trust_folder(data: Path) -> Path:
    return data / "trust"


def anchors(data: Path) -> list[bytes]:
    """Content of each certificate file in ``data/trust``, in the order of their names; empty without the folder.

    :raise Refusal: ``trust`` naming a file that cannot be read, is far too large, or holds no certificate
    """
    folder = trust_folder(data)
    try:
        if not folder.is_dir():
            return []
        files = sorted(file for file in folder.iterdir() if file.suffix.lower() in SUFFIXES and not file.is_dir())
    except OSError as problem:
        raise _unreadable(folder) from problem
    return [_read(file) for file in files]


def _read(file: Path) -> bytes:
    try:
        too_large = file.stat().st_size > LARGEST
        content = b"" if too_large else file.read_bytes()
    except OSError as problem:
        raise _unreadable(file) from problem
    if too_large or not _holds_certificates(content):
        raise Refusal(
            "trust",
            _(
                "The signature cannot be checked: the file “%(file)s” of trusted certificates holds no certificate. "
                "The administrator of the server saves it anew, in DER or PEM, or takes it out.",
                file=_shown(file),
            ),
        )
    return content


def _holds_certificates(content: bytes) -> bool:
    from roadmapdocs.approvals.cms.chains import read_anchors  # noqa: PLC0415  # loads long, and few sign by a file

    try:
        read_anchors([content])
    except Refusal:
        return False
    return True


def _unreadable(path: Path) -> Refusal:
    return Refusal(
        "trust",
        _(
            "The signature cannot be checked: the server is not let to read “%(file)s” with trusted certificates. "
            "The administrator of the server gives its account the right to.",
            file=_shown(path),
        ),
    )


def _shown(path: Path) -> str:
    """Within the folder of data: where that lies is nobody else's matter."""
    return path.name if path.name == "trust" else f"{path.parent.name}/{path.name}"

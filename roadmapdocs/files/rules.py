"""Which files are taken in: told by what they hold, never by what they are called."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import BinaryIO

from roadmapdocs.errors import Refusal
from roadmapdocs.files.archive import check_archive, damaged, locked, macros
from roadmapdocs.files.kinds import ARCHIVES, DOCUMENTS, Kind, has_ole_entry, kind_of
from roadmapdocs.files.limits import DEFAULT_LIMITS, KIB, MIB, Limits
from roadmapdocs.files.pdfs import check_pdf
from roadmapdocs.i18n import gettext as _

__all__ = ["DEFAULT_LIMITS", "Kind", "Limits", "check_file", "damaged", "display_name", "locked", "sha256_of"]

MAX_NAME = 255


def check_file(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Kind:
    """Kind of an uploaded document, or a refusal; nothing in it is parsed before this has passed.

    Codes: ``empty_file``, ``too_large``, ``not_a_document``, ``encrypted``, ``macros``, ``damaged``,
    ``archive_bomb``, ``unsafe_archive``, ``external_entities``. ``name`` only stands in the messages.
    """
    name = display_name(name)
    if not data:
        raise Refusal(
            "empty_file", _("The file %(name)s is empty. Choose another file.", name=name), name=name
        )
    if len(data) > limits.max_bytes:
        raise too_large(name, len(data), limits)
    kind = kind_of(data)
    if kind in ARCHIVES:
        check_archive(data, name, limits)
    if kind is Kind.LOCKED:
        raise locked(name)
    if kind in (Kind.DOC, Kind.XLS) and has_ole_entry(data, "_VBA_PROJECT"):
        raise macros(name)
    if kind is Kind.PDF:
        check_pdf(data, name, limits)
    if kind not in DOCUMENTS:
        raise _not_a_document(name, kind)
    return kind


def too_large(name: str, size: int, limits: Limits) -> Refusal:
    """The refusal for a file over the limit, also for a caller that stops reading half-way."""
    return Refusal(
        "too_large",
        _(
            "The file %(name)s is larger than %(limit)s. Take large pictures out of it or split it.",
            name=name,
            limit=_size(limits.max_bytes),
        ),
        name=name,
        size=size,
        limit=limits.max_bytes,
    )


def display_name(raw: str) -> str:
    """A file's own name as it may be shown and stored: no folders, no control or direction marks, ≤ 255 long.

    It is never used as a path; the store names files by their hashes.
    """
    last = raw.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    # Categories Cc, Cf, Cs, Co, Cn: control, direction and zero-width marks («exe.xcod» shown as «docx.exe»).
    seen = "".join(ch if unicodedata.category(ch)[0] != "C" else " " if ch in "\t\r\n" else "" for ch in last)
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    if not name.strip("."):
        return _("Unnamed file")
    if len(name) <= MAX_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 10:
        return name[:MAX_NAME]
    return stem[: MAX_NAME - len(extension) - 1] + dot + extension


def sha256_of(stream: BinaryIO) -> str:
    """SHA-256 of the rest of a binary stream, in lower-case hexadecimal (64 characters)."""
    digest = hashlib.sha256()
    while chunk := stream.read(MIB):
        digest.update(chunk)
    return digest.hexdigest()


def _size(number: int) -> str:
    if number >= MIB:
        return _("%(number)s MB", number=f"{number / MIB:.3g}")
    return _("%(number)s KB", number=f"{number / KIB:.3g}")


def _not_a_document(name: str, kind: Kind) -> Refusal:
    if kind is Kind.EXECUTABLE:
        what = _("The file %(name)s is a program, not a document.", name=name)
    elif kind is Kind.ZIP:
        what = _("The file %(name)s is an archive, not a document: unpack it first.", name=name)
    else:
        what = _("The file %(name)s is not a document of a kind known here.", name=name)
    advice = _("Choose a Word, Excel, PDF or text file.")
    return Refusal("not_a_document", f"{what} {advice}", name=name, kind=kind.value)

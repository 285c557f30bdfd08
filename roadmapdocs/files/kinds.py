"""What a file is, told by its first bytes and its insides; its name is never asked."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of files that can be told apart. ``LOCKED`` is an Office document under a password."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    TXT = "txt"
    DOC = "doc"
    XLS = "xls"
    RTF = "rtf"
    ODT = "odt"
    ODS = "ods"
    ZIP = "zip"
    LOCKED = "locked"
    EXECUTABLE = "executable"
    OTHER = "other"


DOCUMENTS = frozenset(
    {Kind.DOCX, Kind.XLSX, Kind.PDF, Kind.TXT, Kind.DOC, Kind.XLS, Kind.RTF, Kind.ODT, Kind.ODS}
)
ARCHIVES = frozenset({Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS, Kind.ZIP})

# What zipfile raises for a broken archive, depending on where it is broken.
BROKEN_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, OSError)

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_EXECUTABLE = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
_MARKUP = (b"<?xml", b"<!doctype", b"<html", b"<svg")
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 0x1A}) + b"\x7f"
_SAMPLE = 64 * 1024


def kind_of(data: bytes) -> Kind:
    """Kind of the whole file ``data``; never raises. A broken archive is ``ZIP``, the unknown is ``OTHER``."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(data)
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data.startswith(_EXECUTABLE):
        return Kind.EXECUTABLE
    if data.startswith(b"{\\rtf"):
        return Kind.RTF
    # The PDF specification lets up to a kilobyte of anything stand before the header.
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return Kind.TXT if looks_like_text(data) else Kind.OTHER


def has_ole_entry(data: bytes, name: str) -> bool:
    """Whether an OLE compound file has a stream or storage called ``name``.

    Directory entries are 128 bytes long and begin with the name in UTF-16 ([MS-CFB] 2.6.1), and sectors are
    multiples of 128, so a search at that alignment finds them without following the sector chains.
    """
    wanted = name.encode("utf-16-le") + b"\0\0"
    at = data.find(wanted)
    while at != -1:
        if at % 128 == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == len(wanted):
            return True
        at = data.find(wanted, at + 1)
    return False


def looks_like_text(data: bytes) -> bool:
    """Whether this is plain text in UTF-8, UTF-16 or a one-byte Russian code page, and not markup."""
    sample = data[:_SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_bare_utf16(sample):
        return True
    if sample.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_MARKUP):
        return False
    controls = len(sample) - len(sample.translate(None, delete=_CONTROLS))
    return b"\0" not in sample and controls <= len(sample) // 200


def _kind_of_archive(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (*BROKEN_ARCHIVE, RuntimeError, KeyError):
        return Kind.ZIP
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return Kind.ODT
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return Kind.ODS
    folders = {name.split("/", 1)[0].lower() for name in names if "/" in name}
    if "word" in folders:
        return Kind.DOCX
    if "xl" in folders and not any(name.lower() == "xl/workbook.bin" for name in names):
        return Kind.XLSX
    return Kind.ZIP


def _kind_of_ole(data: bytes) -> Kind:
    if has_ole_entry(data, "EncryptedPackage"):
        return Kind.LOCKED
    if has_ole_entry(data, "WordDocument"):
        return Kind.DOC
    if has_ole_entry(data, "Workbook") or has_ole_entry(data, "Book"):
        return Kind.XLS
    return Kind.OTHER


def _is_bare_utf16(sample: bytes) -> bool:
    """UTF-16 without its mark: nearly every unit is a letter, a digit, a space or a sign of Latin or Cyrillic."""
    if len(sample) < 4 or b"\0" not in sample:
        return False
    even = sample[: len(sample) // 2 * 2]
    for codec in ("utf-16-le", "utf-16-be"):
        text = even.decode(codec, errors="replace")
        plain = sum(ch in "\r\n\t" or (ch < "\u2200" and unicodedata.category(ch)[0] != "C") for ch in text)
        usual = sum(ch < "\u0500" for ch in text)
        if plain >= 0.99 * len(text) and usual >= 0.9 * len(text):
            return True
    return False

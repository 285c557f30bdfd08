"""PDF files checked before a parser unpacks their streams."""

from __future__ import annotations

import base64
import io
import re
import zlib

from roadmapdocs.files.archive import bomb, locked
from roadmapdocs.files.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 1 << 20
# A stream packed in a stream packed in a stream: one honest layer, one for luck.
_MAX_LAYERS = 3


def check_pdf(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a PDF whose packed streams unpack into more than the limits allow (``archive_bomb``), and one that
    opens with a password only (``encrypted``); one that merely forbids printing opens with none.

    Parsers unpack a stream whole and without a bound, so the bound is set here.
    """
    left = limits.max_unpacked_bytes
    for opening in _STREAM.finditer(data):
        start = opening.end()
        end = data.find(b"endstream", start)
        left -= _unpacked_size(data[start : end if end != -1 else len(data)], left, _MAX_LAYERS)
        if left < 0:
            raise bomb(name)
    if b"/Encrypt" in data and _asks_for_password(data):
        raise locked(name)


def _asks_for_password(data: bytes) -> bool:
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect  # noqa: PLC0415 - seldom needed, slow to load
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    try:
        PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        return True
    except Exception:  # a broken file is told where it is read
        return False
    return False


def _unpacked_size(packed: bytes, allowed: int, layers: int) -> int:
    """Bytes into which a stream unpacks, layer by layer; counting stops once it is over ``allowed``."""
    if not _is_zlib(packed):
        packed = _from_ascii85(packed)
        if not _is_zlib(packed):
            return 0
    unpacker, size, head, rest = zlib.decompressobj(), 0, b"", packed
    try:
        while rest and not unpacker.eof and size <= allowed:
            piece = unpacker.decompress(rest, _CHUNK)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            # Only what is itself small can grow by another layer unnoticed.
            head = head + piece if len(head) < 4 * _CHUNK else head
    except zlib.error:
        pass
    if layers and size <= allowed and _is_zlib(head):
        size += _unpacked_size(head, allowed - size, layers - 1)
    return size


def _is_zlib(packed: bytes) -> bool:
    # RFC 1950: method 8 and the check bits.
    return len(packed) > 2 and packed[0] & 0x0F == 8 and int.from_bytes(packed[:2], "big") % 31 == 0


def _from_ascii85(packed: bytes) -> bytes:
    text = packed.strip()
    if not text.endswith(b"~>"):
        return b""
    try:
        return base64.a85decode(text[:-2].removeprefix(b"<~"))
    except ValueError:
        return b""

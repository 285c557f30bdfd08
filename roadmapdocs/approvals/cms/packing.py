"""From the file that was given to the bytes of a CMS message: DER as it is, PEM, base64 without headers."""

from __future__ import annotations

import binascii
import re

from roadmapdocs.i18n import gettext as _

SIGNATURE_LIMIT = 1024 * 1024
"""Bytes of the largest signature file that is opened; a detached one with its certificates takes some 10 KB."""

_SEQUENCE = 0x30
_PEM = re.compile(rb"-----BEGIN ([A-Z0-9 #]{1,40})-----\s(.*?)-----END \1-----", re.DOTALL)
_SIGNATURE_LABELS = {b"PKCS7", b"CMS", b"PKCS #7 SIGNED DATA", b"SIGNATURE"}
_UTF_8_MARK, _UTF_16_MARK = b"\xef\xbb\xbf", b"\xff\xfe"


class Unreadable(Exception):
    """Not a signature file; the message is a sentence for people."""


def unpacked(given: bytes) -> bytes:
    """The CMS message inside a signature file. Raises Unreadable, saying what the file looks like instead."""
    if not given.strip():
        raise Unreadable(_("The signature file is empty. Save it anew and attach it again."))
    if len(given) > SIGNATURE_LIMIT:
        raise Unreadable(
            _(
                "The signature file is larger than %(limit)s MB. A detached signature takes some kilobytes: in the "
                "signing program choose a signature apart from the file.",
                limit=SIGNATURE_LIMIT // 1024 // 1024,
            )
        )
    if given[0] == _SEQUENCE:
        return given
    text = _ascii(given)
    block = _PEM.search(text)
    if block and block[1] not in _SIGNATURE_LABELS:
        raise Unreadable(
            _(
                "The file holds a certificate or a key, not a signature. Attach the file with extension .sig or .p7s."
            )
        )
    message = _from_base64(block[2] if block else text)
    if message[:1] != bytes([_SEQUENCE]):
        raise _not_a_signature()
    return message


def certificates_in(given: bytes) -> list[bytes]:
    """DER of the certificates in a file: one in DER, or any number in PEM. Raises Unreadable."""
    if given[:1] == bytes([_SEQUENCE]):
        return [given]
    blocks = _PEM.findall(given)
    return [_from_base64(body) for label, body in blocks if label == b"CERTIFICATE"]


def _ascii(given: bytes) -> bytes:
    """The same text without the marks that some programs put before it, UTF-16 made plain."""
    if given.startswith(_UTF_16_MARK):
        return given.decode("utf-16", errors="replace").encode("ascii", errors="replace")
    return given.removeprefix(_UTF_8_MARK)


def _from_base64(text: bytes) -> bytes:
    try:
        return binascii.a2b_base64(b"".join(text.split()), strict_mode=True)
    except binascii.Error as reason:
        raise _not_a_signature() from reason


def _not_a_signature() -> Unreadable:
    return Unreadable(
        _(
            "The file is not an electronic signature, or it is damaged. Attach the file with extension .sig or .p7s "
            "that the signing program made, and do not open it in an editor."
        )
    )

"""Values of ASN.1 cut out as they came, byte for byte: signatures are of bytes, not of what these mean."""

from __future__ import annotations

from asn1crypto import parser

MEMBERS_LIMIT = 100


def contents_of(encoded: bytes) -> bytes:
    """What one whole value holds, without its tag and length. Raises ValueError."""
    contents: bytes = parser.parse(encoded, strict=True)[4]
    return contents


def members(contents: bytes) -> list[bytes]:
    """The values that stand one after another in ``contents``, each with its tag and length. Raises ValueError."""
    found: list[bytes] = []
    while contents:
        if len(found) == MEMBERS_LIMIT:
            raise ValueError(f"more than {MEMBERS_LIMIT} members")
        _class, _method, _tag, header, value, trailer = parser.parse(contents)
        length = len(header) + len(value) + len(trailer)
        found.append(contents[:length])
        contents = contents[length:]
    return found


def set_of(contents: bytes) -> bytes:
    """A SET that holds these contents."""
    encoded: bytes = parser.emit(_UNIVERSAL, _CONSTRUCTED, _SET, contents)
    return encoded


_UNIVERSAL, _CONSTRUCTED, _SET = 0, 1, 17

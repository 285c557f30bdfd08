"""Bytes of a text file to text: the encoding is told by content."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбч")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> str:
    """UTF-8, UTF-16, cp1251, KOI8-R or cp866, whichever gives Russian. :raise Refusal: ``not_text``."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(data.decode(encoding, errors="replace"))
    sixteen = _sixteen_bit(data)
    if sixteen:
        return _checked(data.decode(sixteen, errors="replace"))
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= max(2, len(damaged) // 200) and re.search("[а-яё]", damaged):
        return _checked(damaged)
    return _checked(max((data.decode(name, errors="replace") for name in ("cp1251", "koi8-r", "cp866")), key=_russian))


def _sixteen_bit(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte is 0 (ASCII) or 4 (Cyrillic)."""
    sample = data[:4000]
    half = len(sample) // 2
    if half < 4:
        return None
    if sum(byte in (0, 4) for byte in sample[1::2]) > 0.8 * half:
        return "utf-16-le"
    if sum(byte in (0, 4) for byte in sample[0::2]) > 0.8 * half:
        return "utf-16-be"
    return None


def _russian(text: str) -> float:
    """How Russian a guess looks: lower-case letters of everyday use count for it, odd signs against it."""
    counts = Counter(text[:20_000])
    good = sum(number for letter, number in counts.items() if letter in _COMMON)
    odd = sum(n for sign, n in counts.items() if ord(sign) > 127 and not sign.isalpha() and sign not in "№«»–—…„“”\u00a0")
    capitals_inside = len(re.findall(r"[а-яё][А-ЯЁ]", text[:20_000]))
    return good - 3 * odd - 3 * capitals_inside


def _checked(text: str) -> str:
    odd = sum(1 for sign in text if sign < " " and sign not in "\t\n\r\x0b\x0c")
    if odd > max(3, len(text) // 100) or text.count("\ufffd") > max(10, len(text) // 10):
        raise Refusal(
            "not_text",
            _("The file was to be read as text, but its bytes are not text. Choose a TXT, DOCX, XLSX or PDF file."),
        )
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text)

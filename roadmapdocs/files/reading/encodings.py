"""Bytes of a text file to text: the encoding is told by content."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

#: KOI8-R has small letters where cp1251 has capitals: a text in capitals must not win by rare small ones, nor lose.
_CAPITAL, _RARE = 0.9, -0.5
_SIGNS = frozenset("№«»–—…„“”\u00a0")
_COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбч")
#: Bytes at the beginning by which the encoding is told.
_SAMPLE = 20_000
_USUAL, _RARER = ("cp1251", "koi8-r", "cp866"), ("mac_cyrillic", "iso8859_5")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 or one of the Russian code pages, whichever gives Russian. :raise Refusal: ``not_text``."""
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
    sample = data[:_SAMPLE].decode("utf-8", errors="replace")
    if sample.count("\ufffd") <= max(2, len(sample) // 200) and re.search("[а-яё]", sample):
        return _checked(data.decode("utf-8", errors="replace"))
    return _checked(data.decode(_code_page(data[:_SAMPLE]), errors="replace"))


def _code_page(sample: bytes) -> str:
    scores = {name: _russian(sample.decode(name, errors="replace")) for name in (*_USUAL, *_RARER)}
    usual, rarer = max(_USUAL, key=scores.__getitem__), max(_RARER, key=scores.__getitem__)
    # Small letters of the Macintosh are those of cp1251: a dash or a quotation mark of it must not decide.
    return rarer if scores[rarer] > scores[usual] + 2 else usual


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
    """How Russian a guess looks: letters and signs of everyday use count for it, rare and odd ones against it."""
    score = sum(number * _worth(sign) for sign, number in Counter(text).items() if sign > "\x7f")
    return score - 3 * len(re.findall(r"[а-яё][А-ЯЁ]", text))


def _worth(sign: str) -> float:
    if sign in _SIGNS or sign in _COMMON:
        return 1
    if sign.lower() in _COMMON:
        return _CAPITAL
    return _RARE if sign.isalpha() else -3


def _checked(text: str) -> str:
    odd = sum(1 for sign in text if sign < " " and sign not in "\t\n\r\x0b\x0c")
    if odd > max(3, len(text) // 100) or text.count("\ufffd") > max(10, len(text) // 10):
        raise Refusal(
            "not_text",
            _("The file was to be read as text, but its bytes are not text. Choose a TXT, DOCX, XLSX or PDF file."),
        )
    return re.sub(r"[\x00-\x08\x0e-\x1f]", "", text)

"""Letters as typists and scanners leave them, brought to one form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DASHES = "-‐‑‒–—―−﹣-"
SOFT_HYPHEN = "\u00ad"
# Marks without width that word processors leave inside words.
INVISIBLE = SOFT_HYPHEN + "\u200b\u200c\u200d\u2060\ufeff"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_LATIN = "abcehkmoptxy"
_CYRILLIC = "авсенкмортху"
_TWINS = str.maketrans(_LATIN, _CYRILLIC)
_CAPITAL_TWINS = str.maketrans(_LATIN.upper(), _CYRILLIC.upper())
_ONE_DASH = str.maketrans(dict.fromkeys(DASHES, "-"))
_WITHOUT_INVISIBLE = str.maketrans("", "", INVISIBLE)


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """One form for comparing: lower case, «ё» as «е», no soft hyphens, Cyrillic in place of Latin twins.

    A word wholly of Latin letters is changed only when every letter has a twin («c» in «c 2020 года»), so
    that Roman numerals stay as they are. The Ukrainian «і» is read as the Roman numeral it stands for.
    """
    folded = unicodedata.normalize("NFC", word.translate(_WITHOUT_INVISIBLE)).lower()
    folded = folded.replace("ё", "е").replace("і", "i")
    if folded.isascii():
        return folded.translate(_TWINS) if all(letter in _LATIN for letter in folded) else folded
    return folded.translate(_TWINS)


def strip_invisible(text: str) -> str:
    """The text in composed letters, without marks that have no width and with common spaces."""
    composed = unicodedata.normalize("NFC", text.translate(_WITHOUT_INVISIBLE))
    return composed.replace("\u00a0", " ").replace("\u202f", " ")


def fold_code(text: str) -> str:
    """A number or an index for comparing: no spaces, one kind of dash, capitals, Cyrillic where letters look alike."""
    return re.sub(r"\s+", "", strip_invisible(text)).translate(_ONE_DASH).upper().translate(_CAPITAL_TWINS)


def printable(text: str) -> str:
    """The text without what XML refuses: control characters, lone surrogates and two that are none."""
    return _UNPRINTABLE.sub("", text)

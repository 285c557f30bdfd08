"""What can be mended in a text letter by letter, and whether there is anything to mend."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from roadmapdocs.russian.typography import tidy

_LATIN: Final = "ABCEHKMOPTXaceopxy"
_CYRILLIC: Final = "АВСЕНКМОРТХасеорху"
_TWINS = str.maketrans(_LATIN, _CYRILLIC)
_LETTER = r"[^\W\d_]"
_SPACED = re.compile(rf"(?<!{_LETTER}){_LETTER}(?: {_LETTER}){{3,}}(?!{_LETTER})")
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAS_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_HAS_LATIN = re.compile("[a-zA-Z]")


def spaced(text: str) -> str | None:
    """The first word whose letters stand apart: «П Р И К А З»."""
    found = _SPACED.search(text)
    return found[0] if found else None


def unspaced(text: str) -> str:
    return _SPACED.sub(lambda found: found[0].replace(" ", ""), text)


def mixed(text: str) -> list[str]:
    """Words of Cyrillic with Latin letters among them that look alike: «Oб», «учёт» with a Latin «y»."""
    return [word for word in _WORD.findall(text) if _is_mixed(word)] if _HAS_LATIN.search(text) else []


def unmixed(text: str) -> str:
    return _WORD.sub(lambda found: found[0].translate(_TWINS) if _is_mixed(found[0]) else found[0], text)


def _is_mixed(word: str) -> bool:
    latin = _HAS_LATIN.findall(word)
    return bool(latin) and _HAS_CYRILLIC.search(word) is not None and all(letter in _LATIN for letter in latin)


@lru_cache(maxsize=8_192)  # a table of a thousand cells is looked at with each view of the page
def untidy(text: str) -> bool:
    """Whether quotes, dashes or spaces are not as print has them; what nobody sees (no-break spaces) is no matter."""
    return _seen(tidy(text)) != _seen(text)


def _seen(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").strip()


#: By the check that finds it, what mends a text.
MENDERS: Final = {"letter_spacing": unspaced, "mixed_letters": unmixed, "typography": tidy}

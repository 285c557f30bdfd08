"""What was typed on the other layout of the keyboard: «ghbrfp» is «приказ», «сщмшв» is "covid"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from roadmapdocs.russian.lemmas import known
from roadmapdocs.russian.letters import fold_word

_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~#^"
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбюёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮЁ№:"
_TO_RUSSIAN: Final = str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS)
_TO_LATIN: Final = str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS)
#: Signs that end or open a word more often than they are letters of it.
_AROUND: Final = "[](){},.;:'\"<>`~«»!?*-"
_LATIN: Final = re.compile("[A-Za-z]")
_RUSSIAN: Final = re.compile("[А-Яа-яЁё]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"\S+")
_IMPLAUSIBLE_LATIN: Final = re.compile("[bcdfghjklmnpqrstvwxz]{5}|^[^aeiouy]+$|[;'`,.\\[\\]][a-z]|q(?!u)|j[^aeiou]|[aeiouy]{4}")
_IMPLAUSIBLE_RUSSIAN: Final = re.compile("[бвгджзйклмнпрстфхцчшщ]{5}|^[^аеиоуыэюя]+$|^[ьъы]|[аеиоуыэюяйьъ][ьъ]|[аеиоуыэюя]{4}")
_ADDRESS: Final = re.compile(r"[a-z0-9.-]+\.(?:ru|su|com|net|org|info|edu|gov)(?:/\S*)?|\S+@\S+|https?:\S+", re.IGNORECASE)
#: Longer questions are no slip of the layout.
_LONGEST: Final = 2_000
#: Words of fewer letters are believed only where the dictionary has them.
_SHORT: Final = 4


def other_layout(text: str) -> str | None:
    """The text as it would read on the other layout, word by word where that reads better; None if nowhere.

    A word reads better if the dictionary has it, or if it can be spoken and what was typed cannot. Numbers with
    letters follow the words beside them: «Ghbrfp 178-g» is «Приказ 178-п».
    """
    if len(text) > _LONGEST:
        return None
    words = [found.group() for found in _WORD.finditer(text)]
    better = [_better(word) for word in words]
    if not any(better):
        return None
    to_russian = any(new and _LATIN.search(old) for old, new in zip(words, better, strict=True))
    pieces = iter(new or (_follows(old) if to_russian else old) for old, new in zip(words, better, strict=True))
    return _WORD.sub(lambda _found: next(pieces), text)


def _better(word: str) -> str | None:
    if _LATIN.search(word) and not _ADDRESS.fullmatch(word.strip(_AROUND)):
        return next((new for new in _russian(word) if _all_known(new)), None) or _spoken_russian(word)
    if _RUSSIAN.search(word):
        return _spoken_latin(word)
    return None


def _russian(word: str) -> Iterator[str]:
    """The word on the Russian layout: all its signs as letters, or those at its ends as signs."""
    yield word.translate(_TO_RUSSIAN)
    front = len(word) - len(word.lstrip(_AROUND))
    behind = len(word.rstrip(_AROUND))
    for start, end in ((0, behind), (front, len(word)), (front, behind)):
        if (start, end) != (0, len(word)) and start < end:
            yield word[:start] + word[start:end].translate(_TO_RUSSIAN) + word[end:]


def _all_known(word: str) -> bool:
    parts = [fold_word(part) for part in _LETTERS.findall(word)]
    return bool(parts) and not any(char.isdigit() for char in word) and all(_known(part) for part in parts)


def _known(part: str) -> bool:
    return known(part) if len(part) > 1 else part in "авикосуя"


def _spoken_russian(word: str) -> str | None:
    *_rest, new = _russian(word)
    old = word.strip(_AROUND).lower()
    letters = "".join(_LETTERS.findall(new)).lower()
    if any(sign.isdigit() for sign in word) or len(letters) < _SHORT or not _IMPLAUSIBLE_LATIN.search(old):
        return None
    return None if _IMPLAUSIBLE_RUSSIAN.search(letters) or _LATIN.search(new) else new


def _spoken_latin(word: str) -> str | None:
    old = fold_word(word.strip(_AROUND))
    new = word.translate(_TO_LATIN)
    bare = new.strip(_AROUND).lower()
    if len(old) < _SHORT or not old.isalpha() or known(old) or not _IMPLAUSIBLE_RUSSIAN.search(old):
        return None
    return None if _IMPLAUSIBLE_LATIN.search(bare) or not bare.isalpha() else new


def _follows(word: str) -> str:
    """A number with letters, and signs that stand for «№», beside words of the other layout."""
    if any(sign.isdigit() for sign in word) and (_LATIN.search(word) or "#" in word):
        body = word.rstrip(_AROUND)
        return body.translate(_TO_RUSSIAN | {ord("."): ".", ord(","): ","}) + word[len(body) :]
    return "№" if word == "#" else word

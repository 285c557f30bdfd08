"""Names of people in a question: «Лысенко С. С.», «с.с. лысенко», «Лысенко Светлана Сергеевна», «С.С.Лысенко»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.search.analysis import STOP_WORDS
from roadmapdocs.search.analysis_names import is_name, is_patronymic, is_surname
from roadmapdocs.search.analysis_words import fold
from roadmapdocs.search.query.lexing import Lexeme

_SURNAME = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]{2,})?")
_INITIALS = re.compile(r"([^\W\d_])\.(?:([^\W\d_])\.?)?")
_GLUED = re.compile(r"([^\W\d_])\.(?:([^\W\d_])\.)?([^\W\d_]{2,}(?:-[^\W\d_]{2,})?)")
_GLUED_BEHIND = re.compile(r"([^\W\d_]{2,}(?:-[^\W\d_]{2,})?)\.?([^\W\d_])\.([^\W\d_])\.?")


@dataclass(frozen=True, slots=True)
class Name:
    """``text`` is surname and initials; ``words`` the name in full if it was; ``after`` the place behind it."""

    after: int
    text: str
    words: tuple[str, ...] = ()


def name_at(words: Sequence[Lexeme], i: int) -> Name | None:
    """A surname with initials or first name at this place; None where it might be anything else."""
    return _glued(words, i) or _initials_first(words, i) or _initials_behind(words, i) or _in_full(words, i)


def surname_at(words: Sequence[Lexeme], i: int) -> Name | None:
    """A name where one is expected: a word alone is a surname."""
    named = name_at(words, i)
    if named or i >= len(words):
        return named
    word = words[i].text.rstrip(".")
    if _SURNAME.fullmatch(word) and fold(word) not in STOP_WORDS:
        return Name(i + 1, _capital(word))
    return None


def _glued(words: Sequence[Lexeme], i: int) -> Name | None:
    text = words[i].text
    before, behind = _GLUED.fullmatch(text), _GLUED_BEHIND.fullmatch(text)
    if before and (before[2] or before[1].isupper()):
        return Name(i + 1, _with_initials(before[3], before[1] + (before[2] or "")))
    return Name(i + 1, _with_initials(behind[1], behind[2] + behind[3])) if behind else None


def _initials_first(words: Sequence[Lexeme], i: int) -> Name | None:
    found = _initials(words, i)
    if found is None or found[0] >= len(words):
        return None
    after, letters = found
    surname = words[after].text.rstrip(".")
    sure = len(letters) == 2 or (letters.isupper() and surname[:1].isupper())
    if not sure or not _SURNAME.fullmatch(surname):
        return None
    return Name(after + 1, _with_initials(surname, letters))


def _initials_behind(words: Sequence[Lexeme], i: int) -> Name | None:
    surname = words[i].text
    if not _SURNAME.fullmatch(surname):
        return None
    found = _initials(words, i + 1)
    if found is None or not (len(found[1]) == 2 or (found[1].isupper() and surname[:1].isupper())):
        return None
    return Name(found[0], _with_initials(surname, found[1]))


def _initials(words: Sequence[Lexeme], i: int) -> tuple[int, str] | None:
    """The place behind one or two initials with their full stops, and their letters."""
    letters = ""
    while i < len(words) and len(letters) < 2:
        match = _INITIALS.fullmatch(words[i].text)
        if match is None or (letters and match[2]):
            break
        letters += match[1] + (match[2] or "")
        i += 1
    return (i, letters) if letters else None


def _in_full(words: Sequence[Lexeme], i: int) -> Name | None:
    texts = [word.text for word in words[i : i + 3]]
    if len(texts) < 2 or not all(_SURNAME.fullmatch(text) for text in texts[:2]):
        return None
    first, second = texts[:2]
    third = texts[2].rstrip(".") if len(texts) > 2 else ""
    if third and is_patronymic(third) and is_name(second) and not is_name(first):
        return Name(i + 3, _with_initials(first, second[0] + third[0]), (first, second, third))
    if third and is_patronymic(second) and is_name(first) and _SURNAME.fullmatch(third) and is_surname(third):
        return Name(i + 3, _with_initials(third, first[0] + second[0]), (first, second, third))
    if is_name(second) and not is_name(first) and is_surname(first):
        return Name(i + 2, _with_initials(first, second[0]), (first, second))
    if is_name(first) and not is_name(second) and not is_patronymic(second) and is_surname(second):
        return Name(i + 2, _with_initials(second, first[0]), (first, second))
    return None


def _with_initials(surname: str, letters: str) -> str:
    return f"{_capital(surname)} {''.join(f'{letter.upper()}.' for letter in letters)}"


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))

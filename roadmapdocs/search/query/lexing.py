"""The question cut into words, quotations, brackets and signs. Nothing is an error, and the work grows with its length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from roadmapdocs.russian.calendar_words import MONTHS
from roadmapdocs.russian.letters import DASHES, fold_word, strip_invisible
from roadmapdocs.search.answers import LONGEST_QUERY, MOST_WORDS
from roadmapdocs.search.query import words

#: Each opening mark may be closed by any of these.
_CLOSING = {"«": "»", '"': '"”“', "“": '”"', "„": '“”"', "”": '”"'}
_LEXEME = re.compile(
    r"""
    (?P<space> \s+ )
  | (?P<quote> [«"“„”] )
  | (?P<open> \( )
  | (?P<close> \) )
  | (?P<or> \| )
  | (?P<field> (?:[^\W\d_]{1,16}(?:-[^\W\d_]{1,16})?|№)\s?:(?!//) )
  | (?P<words> [^\s()|«"“„”]+ )
    """,
    re.VERBOSE,
)
#: A word without the punctuation around it; inside it stand the marks of numbers, dates and double words.
_WORD = re.compile(r"(?:№{1,2}|[^\W_])(?:[^\s,;:!?<>\[\]{}*=»…]*[^\W_])?[+.]?(?P<unfinished>\**)")
#: «25» августа: quotes round a day are how forms of documents are filled in, no quotation.
_QUOTED_DAY = re.compile(rf"""[«"“„”](\s*[0-9]{{1,2}}\s*)[»"”“](?=\s*(?:{"|".join(sorted(MONTHS))})\b)""", re.IGNORECASE)
_EDGES = frozenset("(|") | frozenset(_CLOSING)
_SHORT_LETTERS = re.compile(r"[^\W\d_]{1,3}(?![^\W_])")


class Sign(Enum):
    WORD = auto()
    QUOTE = auto()
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    NOT = auto()
    LOST = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """``text`` is what stands from ``start`` to ``end``, for a quotation what is inside, for a field its name.

    A word may be ``unfinished`` (приказ*). A lost one is a mark that had no sense there.
    """

    sign: Sign
    text: str
    start: int
    end: int
    unfinished: bool = False


def clean(text: str) -> str:
    """The question in composed letters, cut to what is read; what cannot be printed becomes a space or nothing.

    So do the quotes round the day of a date.
    """
    kept = (
        "" if (category := unicodedata.category(letter)) == "Cf" else " " if category in ("Cc", "Cs", "Co", "Cn") else letter
        for letter in text[:LONGEST_QUERY]
    )
    return _QUOTED_DAY.sub(r" \1 ", strip_invisible("".join(kept)))


def lexemes(text: str) -> tuple[list[Lexeme], bool]:
    """All of a clean text, up to so many words; and whether there were more of them."""
    found: list[Lexeme] = []
    count = 0
    for lexeme in _scan(text):
        if lexeme.sign is Sign.QUOTE:
            inside = lexeme.text.split()
            left = MOST_WORDS - count
            count += len(inside)
            if len(inside) > left:
                return [*found, *([replace(lexeme, text=" ".join(inside[:left]))] if left else [])], True
        elif lexeme.sign is Sign.WORD:
            count += 1
            if count > MOST_WORDS:
                return found, True
        found.append(lexeme)
    return found, False


def words_in(text: str, start: int, end: int) -> list[Lexeme]:
    """The words of a part of a clean text, signs among them as words; no more than are read."""
    found = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()[: len(match.group()) - len(match["unfinished"])]
        found.append(Lexeme(Sign.WORD, word, match.start(), match.start() + len(word), bool(match["unfinished"])))
    return found[:MOST_WORDS]


def _scan(text: str) -> Iterator[Lexeme]:
    shouted = text.isupper()
    place = 0
    while place < len(text):
        if _negates(text, place):
            yield Lexeme(Sign.NOT, text[place], place, place + 1)
            place += 1
            continue
        match = _LEXEME.match(text, place)
        assert match is not None, "every character begins some lexeme"
        kind, end = str(match.lastgroup), match.end()
        if kind == "quote":
            lexeme = _quotation(text, place)
            yield lexeme
            end = lexeme.end
        elif kind == "field":
            name = words.FIELDS.get(fold_word(match.group()[:-1].strip()))
            if name is None:
                end = place + len(match.group()[:-1].rstrip()) + 1
                yield from _words(text, place, end, shouted)
            else:
                yield Lexeme(Sign.FIELD, name, place, end)
        elif kind == "words":
            yield from _words(text, place, end, shouted)
        elif kind != "space":
            yield Lexeme(Sign[kind.upper()], match.group(), place, end)
        place = end


def _quotation(text: str, start: int) -> Lexeme:
    """A quotation, or the mark alone where nothing closes it."""
    ends = [end for mark in _CLOSING[text[start]] if (end := text.find(mark, start + 1)) > 0]
    if not ends:
        return Lexeme(Sign.LOST, text[start], start, start + 1)
    return Lexeme(Sign.QUOTE, text[start + 1 : min(ends)], start, min(ends) + 1)


def _words(text: str, start: int, end: int, shouted: bool) -> Iterator[Lexeme]:
    for match in _WORD.finditer(text, start, end):
        word = match.group()[: len(match.group()) - len(match["unfinished"])]
        if word in words.OR and not match["unfinished"]:
            yield Lexeme(Sign.OR, word, *match.span())
        elif word in words.NOT and not shouted:
            yield Lexeme(Sign.NOT, word, *match.span())
        elif word not in words.AND:
            yield Lexeme(Sign.WORD, word, match.start(), match.start() + len(word), bool(match["unfinished"]))


def _negates(text: str, place: int) -> bool:
    """Whether a minus stands before a word, and not inside a range («2020 -2021») or a number («178 -П»)."""
    if text[place] not in DASHES or place + 1 == len(text):
        return False
    before, after = text[:place].rstrip(), text[place + 1]
    if place > 0 and not text[place - 1].isspace() and text[place - 1] not in _EDGES:
        return False
    if after.isspace() or after in DASHES or not (after.isalnum() or after in _EDGES or after == "№"):
        return False
    number = before[-1:].isdigit() and place > len(before)
    return not (number and (after.isdigit() or _SHORT_LETTERS.match(text, place + 1)))

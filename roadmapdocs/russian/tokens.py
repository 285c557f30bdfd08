"""Words, numbers, dates and marks of a Russian text, each with its place in it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.russian.calendar_words import KNOWN
from roadmapdocs.russian.letters import DASHES, INVISIBLE, fold_word

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099

_DASH = "[" + re.escape(DASHES) + "]"
_LETTER = r"[^\W\d_]"
_TOKEN = re.compile(
    rf"""
    (?P<iso> (?<!\d)(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}(?!\d) )
  | (?P<date> (?<!\d)[0-9]{{1,2}} (?: \s?\.\s?[0-9]{{1,2}}\s?\.\s?(?:[0-9]{{4}}|[0-9]{{2}})
                                   | (?P<cut>[/-])[0-9]{{1,2}}(?P=cut)[0-9]{{4}} ) (?!\d) )
  | (?P<monthyear> (?<!\d)(?:0?[1-9]|1[0-2])[./](?:19|20)[0-9]{{2}}(?!\d) )
  | (?P<daymonth> (?<![\d.])[0-9]{{1,2}}\.(?:0[1-9]|1[0-2])(?!\d|\.\d) )
  | (?P<quoted> [«"“„]\s?[0-9]{{1,2}}\s?[»"”“] )
  | (?P<ordinal> (?<!\d)[0-9]{{1,2}}\s?{_DASH}\s?
        (?:ый|ого|го|ое|ой|ая|ом|ем|ех|ую|ти|й|е|я|м|х|ю)(?!{_LETTER}) )
  | (?P<number> [0-9]+ )
  | (?P<word> {_LETTER}(?:{_LETTER}|[\u0300-\u036f{INVISIBLE}])* )
  | (?P<mark> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is word, number, date, monthyear, daymonth or mark; ``word`` is folded, every dash is «-».

    ``value`` holds the number of a number, (day, month) of a daymonth, (month, year) of a monthyear.
    A date that the calendar has not (31.02.2021) is a mark: it can be nothing but unread.
    """

    kind: str
    word: str
    start: int
    end: int
    number: int = -1
    pair: tuple[int, int] = (0, 0)
    date: dt.date | None = None


NOTHING = Token("end", "", 0, 0)


def tokenize(text: str) -> list[Token]:
    """The tokens in reading order; known words cut in two by a hyphen or a space are joined."""
    return _mended([_token(match) for match in _TOKEN.finditer(text)])


def _token(match: re.Match[str]) -> Token:
    kind, printed = str(match.lastgroup), match.group()
    start, end = match.span()
    if kind == "word":
        return Token("word", fold_word(printed), start, end)
    if kind == "mark":
        return Token("mark", "-" if printed in DASHES else printed, start, end)
    numbers = [int(digits) for digits in _DIGITS.findall(printed) if len(digits) < 10]
    if kind in ("iso", "date"):
        day, month, year = reversed(numbers) if kind == "iso" else numbers
        date = calendar_date(day, month, year)
        return Token("date" if date else "mark", printed, start, end, date=date)
    if kind in ("daymonth", "monthyear"):
        return Token(kind, printed, start, end, pair=(numbers[0], numbers[1]))
    if not numbers:
        return Token("mark", printed, start, end)
    return Token("number", _DIGITS.findall(printed)[0], start, end, number=numbers[0])


def calendar_date(day: int, month: int, year: int) -> dt.date | None:
    """The date, or None when there is none such; a year of two digits belongs to this century."""
    if 0 <= year < 100:
        year += 2000
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _mended(tokens: list[Token]) -> list[Token]:
    mended: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        last = _second_half(tokens, i) if token.kind == "word" else None
        if last:
            token = Token("word", token.word + tokens[last].word, token.start, tokens[last].end)
            i = last
        mended.append(token)
        i += 1
    return mended


def _second_half(tokens: Sequence[Token], i: int) -> int | None:
    """Where the rest of a word cut in two stands: «тече- ние», «ежегод но», but not «год о», «март-май»."""
    hyphenated = word_at(tokens, i + 1) == "-"
    last = i + 2 if hyphenated else i + 1
    if at(tokens, last).kind != "word":
        return None
    halves = tokens[i].word, tokens[last].word
    known = sum(half in KNOWN for half in halves)
    if known > hyphenated or halves[0] + halves[1] not in KNOWN:
        return None
    return last


def at(tokens: Sequence[Token], i: int) -> Token:
    """The token at the place, or ``NOTHING`` outside the text."""
    return tokens[i] if 0 <= i < len(tokens) else NOTHING


def word_at(tokens: Sequence[Token], i: int) -> str:
    """The folded word or the mark at the place; empty for numbers, dates and outside the text."""
    token = at(tokens, i)
    return token.word if token.kind in ("word", "mark") else ""


def words_at(tokens: Sequence[Token], i: int, *words: str) -> bool:
    """Whether just these words stand from the place on."""
    return all(word_at(tokens, i + shift) == word for shift, word in enumerate(words))


def after_dot(tokens: Sequence[Token], i: int) -> int:
    """The place behind the full stop of an abbreviation, if one stands here."""
    return i + 1 if word_at(tokens, i) == "." else i

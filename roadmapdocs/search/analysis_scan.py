"""The text cut into positions from left to right by one pattern."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from roadmapdocs.russian.calendar_words import MONTHS
from roadmapdocs.russian.morphology import LONGEST_WORD
from roadmapdocs.russian.tokens import calendar_date
from roadmapdocs.search.analysis_numbers import (
    LONGEST_TERM,
    date_terms,
    day_terms,
    month_terms,
    number_terms,
    year_terms,
)
from roadmapdocs.search.analysis_words import fold, hyphenated_terms, word_terms
from roadmapdocs.search.ports import Position

Place = tuple[Position, int, int]
"""Terms, start and end in the scrubbed text."""

_LETTER = r"[^\W\d_]"
_NO_LETTER = rf"(?!{_LETTER})"
_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=lambda form: (-len(form), form))) + rf"){_NO_LETTER}\.?"
_YEAR_WORD = rf"(?:\s{{0,3}}(?:год(?:а|у|ом|е|ы|ов|ам|ах|ами)?|гг?){_NO_LETTER}\.?(?:г{_NO_LETTER}\.?)?)"
# Letters behind a number and a space or a dash with spaces, and those that begin the next words instead.
_INDEX = "(?:[Пп][Рр]?|[Оо][Дд]|[Оо][Сс][Нн]|[Аа][Хх][Дд]|[Лл]/?[Сс]|[ФК][Зз])"
_CAPITALS = "(?!(?:О|ОБ|В|ВО|И|С|СО|У|НА|А|К|ПО|ЗА|ОТ|ДО)(?![^\\W_]))[А-ЯЁA-Z]{1,4}"
# «2-й», «5-го», «12-х»: no letters of a number.
_ORDINAL = "(?:-?(?:ый|ого|ому|ого|го|му|ое|ой|ая|ую|ом|ем|ех|ые|ых|ым|ти|ми|мя|ю|й|е|я|м|х))"
_GLUED = rf"(?:(?!от{_NO_LETTER}|г{_NO_LETTER}|год){_LETTER}{{1,4}}(?:/{_LETTER})?)"
_DAY_MONTH = rf"[0-3]?[0-9]\s?[»\"”“]?\s{{1,4}}(?i:{_MONTH})(?:\s{{1,4}}{_YEAR}(?!\d){_YEAR_WORD}?)?"
_BODY = rf"(?:{_LETTER}{{1,5}}[-/.]?){{0,2}}[0-9]{{1,12}}(?:[-/.][0-9]{{1,12}}){{0,5}}"
_TAIL = rf"(?:(?:[-/]{{0,2}}{_GLUED}|\s?[-/]\s?(?:{_INDEX}|{_CAPITALS})|[ \u00a0]{_INDEX}(?!\.))(?![^\W_]))"

# Looking ahead for the first sign spares the pattern a dozen vain attempts at every space and letter.
_TOKEN = re.compile(
    rf"""
    (?=[\w№«"“„])(?:
    (?P<plain> [А-ЯЁа-яё]?[а-яё]{{1,63}} (?![\w@'’-]) )
  | (?=[0-9]) (?:
      (?P<iso> (?<![\d-]){_YEAR}-(?:0[1-9]|1[0-2])-[0-3][0-9](?!\d) )
    | (?P<date> (?<![\d.])[0-3]?[0-9]\s?[./]\s?[01]?[0-9]\s?[./]\s?(?:[0-9]{{4}}|[0-9]{{2}})(?!\d|\.\d)
          (?:\s?г(?:ода|\.)?{_NO_LETTER})? )
    | (?P<daymonth> (?<![\d.]){_DAY_MONTH} )
    | (?P<monthyear> (?<![\d.])(?:0[1-9]|1[0-2])[./]{_YEAR}(?!\d|\.\d) )
    | (?P<item> (?<!\d)(?<!\d\.)[0-9]{{1,4}}(?:\.[0-9]{{1,4}}){{1,8}}(?!\d) )
    | (?P<year> (?<![\d/-]){_YEAR}(?![\d/]|-[^\W_]|\.\d){_YEAR_WORD}? )
    | (?P<years> (?<![\d/-]){_YEAR}[-/](?:{_YEAR}|[0-9]{{2}})(?![\w/]|-\d){_YEAR_WORD}? )
    | (?P<ordinal> [0-9]{{1,6}}{_ORDINAL}{_NO_LETTER} )
    | (?P<lettered> (?<![^\W_])[0-9]{{1,12}}(?:(?:[-/][0-9]{{1,12}}){{0,5}}{_TAIL}|[0-9-]{{0,24}}/[0-9]{{1,12}}(?![^\W_])) )
    | (?P<plus> [0-9]{{1,6}}\+ )
    | (?P<thousands> (?<!\d)[0-9]{{1,3}}(?:[\u00a0\u202f\u2009][0-9]{{3}}){{1,6}}(?!\d) )
    | (?P<digits> [0-9]+ ) )
  | (?=[«"“„]) (?P<quoted> [«"“„]\s?{_DAY_MONTH} )
  | (?=[№Nn]) (?P<signed> (?:№{{1,2}}|(?<![^\W_])[Nn][oо]?\.?(?=\s{{0,3}}[0-9]))\s{{0,4}}(?P<number>{_BODY}{_TAIL}?) )
  | (?P<mixed> (?<![^\W_]){_LETTER}{{1,12}}[-/]?[0-9]{{1,12}}(?:[-/.]?(?:[0-9]{{1,12}}|{_LETTER}{{1,12}})){{0,6}}(?![^\W_]) )
  | (?=[A-Za-z]) (?P<address> (?:https?://|www\.)[^\s<>"«»]{{1,400}}
        | [A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@[A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{1,5}}
        | (?<![\w.])[A-Za-z][A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,5}}\.[A-Za-z]{{2,10}}(?![\w]) )
  | (?P<hyphenated> {_LETTER}+(?:-{_LETTER}+)+ )
  | (?P<word> {_LETTER}+(?:['’]{_LETTER}+)* ) )
    """,
    re.VERBOSE,
)
_NUMBERS = re.compile("[0-9]+")
_OF_ADDRESSES = ("http", "https", "www")
_PIECES = re.compile(r"[^\W_]+")


def scan(text: str) -> list[Place]:
    """The positions of a scrubbed text."""
    places: list[Place] = []
    add = places.append
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "plain":
            add((word_terms(match.group()), *match.span()))
        else:
            _READERS[str(kind)](match, places)
    return places


def _word(match: re.Match[str], places: list[Place]) -> None:
    places.append((word_terms(match.group()[:LONGEST_WORD]), *match.span()))


def _hyphenated(match: re.Match[str], places: list[Place]) -> None:
    """The whole at the place of its first part; what is too long to be a word is only its parts."""
    word, start = match.group(), match.start()
    parts = word.split("-")
    terms = hyphenated_terms(word) if len(word) <= LONGEST_WORD else [word_terms(part[:LONGEST_WORD]) for part in parts]
    if len(terms) == 1:
        places.append((terms[0], *match.span()))
        return
    for found, part in zip(terms, parts, strict=True):
        places.append((found, start, start + len(part)))
        start += len(part) + 1


def _numeric_date(match: re.Match[str], places: list[Place]) -> None:
    numbers = [int(digits) for digits in _NUMBERS.findall(match.group())]
    year, month, day = numbers if match.lastgroup == "iso" else reversed(numbers)
    found = _date(day, month, year)
    terms = date_terms(found) if found else (fold("".join(match.group().split()).rstrip("г.")),)
    places.append((terms, *match.span()))


def _day_month(match: re.Match[str], places: list[Place]) -> None:
    numbers = [int(digits) for digits in _NUMBERS.findall(match.group())]
    month = next(MONTHS[fold(word)] for word in _PIECES.findall(match.group()) if fold(word) in MONTHS)
    day = numbers[0]
    if not 1 <= day <= 31:
        places.append((_digits(str(day)), *match.span()))
    elif len(numbers) == 1:
        places.append((day_terms(month, day), *match.span()))
    else:
        found = _date(day, month, numbers[1])
        places.append((date_terms(found) if found else month_terms(numbers[1], month), *match.span()))


def _month_year(match: re.Match[str], places: list[Place]) -> None:
    month, year = (int(digits) for digits in _NUMBERS.findall(match.group()))
    places.append((month_terms(year, month), *match.span()))


def _year(match: re.Match[str], places: list[Place]) -> None:
    """A year, or the month and year where a month stands right before it."""
    year = int(match.group()[:4])
    start, end = match.span()
    if places and start - places[-1][2] <= 2 and (month := _month_before(match.string, *places[-1][1:])):
        _terms, start, _end = places.pop()
        places.append((month_terms(year, month), start, end))
    else:
        terms = year_terms(year)
        places.append(((*terms, "год") if end - match.start() > 4 else terms, start, end))


def _month_before(text: str, start: int, end: int) -> int | None:
    return MONTHS.get(fold(text[start:end])) if end - start < 9 else None


def _years(match: re.Match[str], places: list[Place]) -> None:
    first, last = _NUMBERS.finditer(match.group())
    start = match.start()
    year = int(last.group()) if len(last.group()) == 4 else int(first.group()[:2] + last.group())
    places.append((year_terms(int(first.group())), start, start + first.end()))
    places.append((year_terms(year), start + last.start(), match.end()))


def _signed(match: re.Match[str], places: list[Place]) -> None:
    places.append((_numbered(match["number"]), *match.span("number")))


def _lettered(match: re.Match[str], places: list[Place]) -> None:
    places.append((_numbered(match.group()), *match.span()))


def _numbered(text: str) -> Position:
    """The number, and words within it: «ФЗ», «COVID»."""
    words = [word for word in _PIECES.findall(text) if len(word) > 1 and word.isalpha()]
    terms = (fold(word) if len(word) < 4 else word_terms(word)[0] for word in words)
    return tuple(dict.fromkeys((*number_terms(text), *terms)))


def _item(match: re.Match[str], places: list[Place]) -> None:
    places.append(((match.group()[:LONGEST_TERM],), *match.span()))


def _number(match: re.Match[str], places: list[Place]) -> None:
    places.append((_digits("".join(_NUMBERS.findall(match.group()))), *match.span()))


def _plus(match: re.Match[str], places: list[Place]) -> None:
    places.append(((match.group(), match.group()[:-1]), *match.span()))


def _address(match: re.Match[str], places: list[Place]) -> None:
    whole = match.group().lower().rstrip(".,;:!?)")
    parts = [fold(part) for part in _PIECES.findall(whole)[:12] if len(part) > 2 and part not in _OF_ADDRESSES]
    places.append((tuple(dict.fromkeys((whole[:LONGEST_TERM], *parts))), match.start(), match.start() + len(whole)))


def _digits(digits: str) -> Position:
    return (digits[:LONGEST_TERM],)


def _date(day: int, month: int, year: int) -> dt.date | None:
    if year < 100:
        return calendar_date(day, month, year)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_READERS: Final[dict[str, Callable[[re.Match[str], list[Place]], None]]] = {
    "word": _word,
    "hyphenated": _hyphenated,
    "iso": _numeric_date,
    "date": _numeric_date,
    "daymonth": _day_month,
    "quoted": _day_month,
    "monthyear": _month_year,
    "signed": _signed,
    "item": _item,
    "year": _year,
    "years": _years,
    "ordinal": _number,
    "lettered": _lettered,
    "mixed": _lettered,
    "plus": _plus,
    "thousands": _number,
    "digits": _number,
    "address": _address,
}

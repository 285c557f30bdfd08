"""Years and days: the words that say which year, and single dates as documents print them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from roadmapdocs.russian.calendar_words import EACH, MONTHS, RELATIVE_YEARS, SCHOOL, YEAR
from roadmapdocs.russian.pieces import Years
from roadmapdocs.russian.tokens import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    Token,
    after_dot,
    at,
    calendar_date,
    tokenize,
    word_at,
)

Tokens = Sequence[Token]


def read_date(text: str) -> dt.date | None:
    """The date that the whole text is, as documents print it; None if it is none or the calendar lacks it.

    «25» августа 2020 г., 26.09.2019 г, 29.11.21, «1 декабря 2021 года», 2021-12-01; «от» may stand in front.
    """
    if len(text) > 200:
        return None
    tokens = [token for token in tokenize(text) if token.word not in tuple("«»\"“”„'_,")]
    start = 1 if word_at(tokens, 0) == "от" else 0
    date, i = at(tokens, start).date, start + 1
    if date is None:
        month = MONTHS.get(word_at(tokens, start + 1))
        i = after_dot(tokens, start + 2)
        day, year = at(tokens, start), at(tokens, i)
        if month is None or day.kind != "number" or year.kind != "number" or len(year.word) not in (2, 4):
            return None
        date, i = calendar_date(day.number, month, year.number), i + 1
    rest = tokens[skip_year_word(tokens, i) :]
    return date if all(token.word == "." for token in rest) else None


def year_number(tokens: Tokens, i: int) -> int | None:
    """The year of four digits that stands here."""
    token = at(tokens, i)
    if token.kind == "number" and len(token.word) == 4 and EARLIEST_YEAR <= token.number <= LATEST_YEAR:
        return token.number
    return None


def skip_year_word(tokens: Tokens, i: int) -> int:
    """The place behind «год», «г.», «г.г.», if one of them stands here."""
    while word_at(tokens, i) in YEAR:
        i = after_dot(tokens, i + 1)
    return i


def skip_school_year(tokens: Tokens, i: int) -> int | None:
    """The place behind «учебный год», «уч. г.», «у.г.», or None if that does not stand here."""
    if word_at(tokens, i) in SCHOOL:
        after = after_dot(tokens, i + 1)
    elif word_at(tokens, i) == "у" and word_at(tokens, i + 1) in (".", "/"):
        after = i + 2
    else:
        return None
    behind = skip_year_word(tokens, after)
    return behind if behind > after else None


def years(tokens: Tokens, i: int) -> tuple[int, Years] | None:
    """«2021», «2019-2021 гг.», «2021/22 уч. год», «учебный год 2021-2022», «21 г.», «текущего года»."""
    relative = _relative_year(tokens, i)
    if relative:
        return relative
    school = skip_school_year(tokens, i)
    found = _year_span(tokens, i if school is None else school)
    if found is None:
        return None
    after, first, last = found
    behind = skip_school_year(tokens, after)
    if school is not None or behind is not None:
        last = max(first, last - 1)
        return behind or after, Years(first, last, school=True)
    if (
        year_number(tokens, i) is None
        and skip_year_word(tokens, after) == after
        and not _behind_month(tokens, i)
    ):
        return None
    return skip_year_word(tokens, after), Years(first, last)


def _year_span(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    first = year_number(tokens, i) or _short_year(tokens, i)
    if first is None:
        return None
    single = i + 1
    connector = skip_year_word(tokens, single)
    if word_at(tokens, connector) not in ("-", "/", "по", "…"):
        return single, first, first
    while word_at(tokens, connector) in ("-", "…"):
        connector += 1
    if connector == skip_year_word(tokens, single):
        connector += 1
    last = year_number(tokens, connector)
    short = _short_year(tokens, connector)
    if last is None and short and word_at(tokens, connector - 1) in ("-", "/") and short <= first + 10:
        last = short
    return (connector + 1, first, last) if last and last > first else (single, first, first)


def _short_year(tokens: Tokens, i: int) -> int | None:
    token = at(tokens, i)
    if token.kind == "number" and len(token.word) == 2 and 15 <= token.number <= 49:
        return 2000 + token.number
    return None


def _behind_month(tokens: Tokens, i: int) -> bool:
    """«Сентябрь 21»: a bare number of two digits is a year only there, and not in «5 сентября 21 чел.»."""
    month = i - 2 if word_at(tokens, i - 1) == "." else i - 1
    follows = at(tokens, i + 1)
    return word_at(tokens, month) in MONTHS and (follows.kind == "end" or follows.word in (",", ";", ")"))


def _relative_year(tokens: Tokens, i: int) -> tuple[int, Years] | None:
    shift = RELATIVE_YEARS.get(word_at(tokens, i))
    if shift is not None:
        noun = i + 1 + (word_at(tokens, i + 1) == "календарного")
        after = skip_school_year(tokens, noun) or skip_year_word(tokens, noun)
        return (after, Years(0, 0, relative=shift)) if after > noun else None
    if word_at(tokens, i) in YEAR:
        adjective = i + 2 if word_at(tokens, i + 1) == "," else i + 1
        if word_at(tokens, adjective) in RELATIVE_YEARS and word_at(tokens, adjective + 1) == "за":
            return adjective + 3, Years(0, 0, relative=1)
    return None


def each_year(tokens: Tokens, i: int) -> bool:
    """Whether «каждого года» stands here."""
    return word_at(tokens, i) in EACH and (
        word_at(tokens, i + 1) in YEAR or skip_school_year(tokens, i + 1) is not None
    )

"""The recognisers of days, months, quarters and their ranges: tokens in, pieces out.

Each takes the tokens and a place, and answers with the place behind what it read, or None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roadmapdocs.russian import calendar_words as words
from roadmapdocs.russian.dates import each_year, skip_school_year, skip_year_word, year_number, years
from roadmapdocs.russian.pieces import LAST_DAY, Bound, Dated, Piece, Window, exists
from roadmapdocs.russian.tokens import Token, after_dot, at, word_at, words_at

Tokens = Sequence[Token]
_NOT_LATER = frozenset({"позднее", "позже", "поздней"})
_MOST_PARTS = 4
_ENDS = frozenset("конец конца концу конце окончания окончании".split())
_FIRST_DAYS = frozenset("начало начала началу начале".split())
_BEGINNINGS = frozenset("начало начала началу начале середина середине середины".split())


@dataclass(frozen=True, slots=True)
class Point:
    """One end of a range: a window, its year where a date gives it."""

    after: int
    window: Window
    year: int | None = None


def calendar_pieces(tokens: Tokens, i: int) -> list[Piece]:
    """What stands here of the calendar, with its «с», «до», «не позднее»; empty if nothing does."""
    for recogniser in (_between, _until, _since, _plain):
        found = recogniser(tokens, i)
        if found:
            return found
    return []


def _plain(tokens: Tokens, i: int) -> list[Piece]:
    several = _numbered_parts(tokens, i)
    if len(several) > 1:
        return [Piece(i, point.after, point.window) for point in several]
    found = point(tokens, i)
    if found:
        return [Piece(i, found.after, _what(found))]
    first, last = year_number(tokens, i), year_number(tokens, i + 2)
    if first and last and last < first and word_at(tokens, i + 1) == "-":
        return [
            Piece(i, i + 3, Dated(None, None))
        ]  # «2023-2020» is a slip: which of the two, only a person knows
    span = years(tokens, i)
    return [Piece(i, span[0], span[1])] if span else _missing_day(tokens, i)


def _missing_day(tokens: Tokens, i: int) -> list[Piece]:
    """«31 февраля 2021 г.» is read as one thing that has no days, not as February."""
    token = at(tokens, i)
    if token.kind != "number" or token.number > 31 or word_at(tokens, i + 1) not in words.MONTHS:
        return []
    span = years(tokens, i + 2)
    return [Piece(i, span[0] if span else i + 2, Dated(None, None))]


def _what(found: Point) -> Window | Dated:
    if found.year is None:
        return found.window
    return found.window.in_year(found.year) or Dated(None, None)


def point(tokens: Tokens, i: int) -> Point | None:
    """A date, a day, a month, a quarter, a half-year, a season: one stretch of days in one year."""
    token = at(tokens, i)
    if token.date:
        day = token.date.month, token.date.day
        return Point(skip_year_word(tokens, i + 1), Window(day, day), token.date.year)
    if token.kind == "monthyear":
        return Point(skip_year_word(tokens, i + 1), _months(token.pair[0], token.pair[0]), token.pair[1])
    if token.kind == "daymonth":
        return _day(i + 1, token.pair[1], token.pair[0])
    if token.kind == "number" and word_at(tokens, i + 1) in words.MONTHS and token.number > 0:
        return _day(after_dot(tokens, i + 2), words.MONTHS[word_at(tokens, i + 1)], token.number)
    month = words.MONTHS.get(word_at(tokens, i))
    if month:
        return Point(_after_month(tokens, i + 1), _months(month, month))
    several = _numbered_parts(tokens, i)
    if len(several) == 1:
        return several[0]
    return _season(tokens, i) or _edge_of_month(tokens, i) or _school_beginning(tokens, i)


def _after_month(tokens: Tokens, i: int) -> int:
    i = after_dot(tokens, i)
    return i + 1 if word_at(tokens, i) in ("месяц", "мес") else i


def _months(first: int, last: int) -> Window:
    return Window((first, 1), (last, LAST_DAY))


def _day(after: int, month: int, day: int) -> Point | None:
    return Point(after, Window((month, day), (month, day))) if exists((month, day)) else None


def _season(tokens: Tokens, i: int) -> Point | None:
    months = words.SEASONS.get(word_at(tokens, i))
    if months:
        return Point(i + 1, _months(*months))
    months = words.SEASONAL.get(word_at(tokens, i))
    if months and word_at(tokens, i + 1) in ("период", "периода", "периоде", "время"):
        return Point(i + 2, _months(*months))
    if months == (6, 8) and word_at(tokens, i + 1) in ("каникулы", "каникул", "каникулах"):
        return Point(i + 2, _months(*months))
    return None


def _edge_of_month(tokens: Tokens, i: int) -> Point | None:
    """«начало сентября», «последняя неделя августа»: the month as a whole, for its days are not said."""
    if word_at(tokens, i) in _BEGINNINGS:
        month = words.MONTHS.get(word_at(tokens, i + 1))
        return Point(after_dot(tokens, i + 2), _months(month, month)) if month else None
    ordinal = at(tokens, i).kind == "number" or word_at(tokens, i).startswith(
        ("последн", "перв", "втор", "трет")
    )
    month = words.MONTHS.get(word_at(tokens, i + 2))
    if ordinal and month and word_at(tokens, i + 1) in words.WEEK:
        return Point(i + 3, _months(month, month))
    return None


def _school_beginning(tokens: Tokens, i: int) -> Point | None:
    """«в начале учебного года», «в начале и в конце учебного года»: September."""
    if word_at(tokens, i) not in _FIRST_DAYS:
        return None
    following = i + 1
    while word_at(tokens, following) in ("и", "в", "во", ",") or word_at(tokens, following) in _ENDS:
        following += 1
    after, span = skip_school_year(tokens, following), years(tokens, following)
    if span and span[1].school:
        return Point(i + 1, _months(9, 9))  # which school year is read next
    if after is None:
        return None
    return Point(after if following == i + 1 else i + 1, _months(9, 9))


def _numbered_parts(tokens: Tokens, i: int) -> list[Point]:
    """«1 квартал», «I–II кварталы», «1, 3 квартал», «второе полугодие», «III четверть», «2 декада мая»."""
    spans: list[tuple[int, int]] = []
    while len(spans) < _MOST_PARTS:
        first = _ordinal(tokens, i)
        if first is None:
            return []
        last = first
        if word_at(tokens, i + 1) == "-" and _ordinal(tokens, i + 2):
            last, i = _ordinal(tokens, i + 2) or first, i + 2
        spans.append((first, last))
        if word_at(tokens, i + 1) not in (",", "и", "/") or _ordinal(tokens, i + 2) is None:
            break
        i += 2
    parts = [_part(tokens, i + 1, *span) for span in spans]
    return [part for part in parts if part] if all(parts) else []


def _ordinal(tokens: Tokens, i: int) -> int | None:
    token = at(tokens, i)
    if token.kind == "number":
        return token.number if 1 <= token.number <= 4 and len(token.word) == 1 else None
    word = token.word
    if word in words.MISTYPED_ROMAN and word_at(tokens, i + 1) in words.QUARTER | words.HALF_YEAR:
        return words.MISTYPED_ROMAN[word]
    return words.ORDINALS.get(word)


def _part(tokens: Tokens, i: int, first: int, last: int) -> Point | None:
    """The part of the year that is named at the place, by its number."""
    name, after = word_at(tokens, i), after_dot(tokens, i + 1)
    if last < first:
        return None
    if name in words.QUARTER:
        return Point(after, _months(3 * first - 2, 3 * last))
    if words_at(tokens, i, "п", "/", "г"):
        name, after = "полугодие", after_dot(tokens, i + 3)
    if name in words.HALF and skip_year_word(tokens, i + 1) > i + 1 and not words_at(tokens, i + 1, "г"):
        name = "полугодие"
    if name in words.HALF and year_number(tokens, i + 1):
        name = "полугодие"
    if name in words.HALF_YEAR:
        half = first if first == last else 0
        return Point(after, replace(_months(6 * first - 5, 6 * last), half=half)) if last <= 2 else None
    if name in words.SCHOOL_QUARTER:
        return Point(after, _months(words.SCHOOL_QUARTERS[first][0], words.SCHOOL_QUARTERS[last][1]))
    month = words.MONTHS.get(word_at(tokens, i + 1))
    if month and name in words.DECADE | words.HALF:
        length, parts = (10, 3) if name in words.DECADE else (15, 2)
        end = LAST_DAY if last == parts else length * last
        return (
            Point(i + 2, Window((month, length * (first - 1) + 1), (month, end))) if last <= parts else None
        )
    return None


def _between(tokens: Tokens, i: int) -> list[Piece]:
    """«с 1 по 15 ноября», «сентябрь 2020 – май 2021», «01.09–15.09.2021», «сентябрь–октябрь»."""
    start_at = _behind_since(tokens, i)
    start = i if start_at is None else start_at
    first = point(tokens, start) or _bare_day(tokens, start)
    if first is None:
        return []
    for found in (first, _with_year(tokens, first)):
        after = _behind_connector(tokens, found.after, closed=start_at is not None) if found else None
        if not found or after is None:
            continue
        last = point(tokens, after)
        if last and found.year is not None and last.year is None:
            last = _with_year(tokens, last) or last
        elif last is None and found.year is not None and start_at is not None:
            last = _whole_year(tokens, after)
        joined = _joined(found, last) if last else None
        if last and joined:
            return [Piece(i, last.after, joined)]
    return []


def _bare_day(tokens: Tokens, i: int) -> Point | None:
    """The «1» of «с 1 по 15 ноября»; the month comes from the other end."""
    token = at(tokens, i)
    after = _behind_connector(tokens, i + 1, closed=True)
    other = point(tokens, after) if after else None
    if token.kind != "number" or other is None or not other.window.is_day:
        return None
    return _day(i + 1, other.window.start[0], token.number) if token.number else None


def _with_year(tokens: Tokens, found: Point) -> Point | None:
    year = year_number(tokens, found.after)
    if year is None or found.year is not None:
        return None
    return Point(skip_year_word(tokens, found.after + 1), found.window, year)


def _whole_year(tokens: Tokens, i: int) -> Point | None:
    year = year_number(tokens, i)
    return Point(skip_year_word(tokens, i + 1), _months(1, 12), year) if year else None


def _behind_connector(tokens: Tokens, i: int, closed: bool) -> int | None:
    if word_at(tokens, i) == "," and closed:
        i += 1
    if word_at(tokens, i) == "по" or (word_at(tokens, i) == "до" and closed):
        return i + 2 if word_at(tokens, i + 1) in _ENDS else i + 1
    if word_at(tokens, i) != "-":
        return None
    while word_at(tokens, i) == "-":
        i += 1
    return i


def _joined(first: Point, last: Point) -> Window | Dated | None:
    window = Window(first.window.start, last.window.end)
    if first.year is None and last.year is None:
        return window
    if last.year is None:
        return window.in_year(first.year or 0)
    start_year = first.year or (last.year - 1 if window.wraps else last.year)
    return window.in_years(start_year, last.year)


def _behind_since(tokens: Tokens, i: int) -> int | None:
    if words_at(tokens, i, "в", "период"):
        i += 2
    if word_at(tokens, i) == "начиная":
        i += 1
    if word_at(tokens, i) not in ("с", "со"):
        return None
    return i + 2 if word_at(tokens, i + 1) in _BEGINNINGS else i + 1


def _since(tokens: Tokens, i: int) -> list[Piece]:
    start = _behind_since(tokens, i)
    if start is None:
        return []
    found = point(tokens, start)
    if found and found.year is not None:
        date = found.window.in_year(found.year)
        return [Piece(i, found.after, Dated(_start(date), None))] if date else []
    if found:
        return [Piece(i, found.after, replace(found.window, bound="from"))]
    span = years(tokens, start)
    if span and span[1].relative is None:
        bound: Bound = "within" if span[1].last > span[1].first else "from"
        return [Piece(i, span[0], replace(span[1], bound=bound))]
    return []


def _start(days: Dated) -> dt.date | None:
    return days.start or days.end


def _until(tokens: Tokens, i: int) -> list[Piece]:
    """«до», «к», «не позднее», «по», «до конца …»: the end alone counts."""
    start, inclusive = _behind_until(tokens, i)
    edge = word_at(tokens, start)
    if edge in _ENDS | _BEGINNINGS and (start > i or edge in _ENDS):
        start, inclusive = start + 1, edge in _ENDS
        year_end = _unnamed_year(tokens, start, inclusive)
        if year_end:
            return [Piece(i, year_end[0], year_end[1])]
    elif start == i:
        return []
    found = point(tokens, start)
    if found:
        behind = years(tokens, found.after)
        inclusive = inclusive or word_at(tokens, behind[0] if behind else found.after) == "включительно"
        return _deadline(i, found, inclusive)
    span = years(tokens, start)
    if span is None or span[1].relative is not None:
        return []
    if edge in _BEGINNINGS:
        return [Piece(i, span[0], Dated(None, span[1].dated().start))]
    return [Piece(i, span[0], replace(span[1], bound="until"))]


def _behind_until(tokens: Tokens, i: int) -> tuple[int, bool]:
    """The place behind the preposition, and whether the named stretch itself still counts."""
    word = word_at(tokens, i)
    if word in ("не", "но") and word_at(tokens, i + 1) in _NOT_LATER:
        i += 1
        word = word_at(tokens, i)
    if word in _NOT_LATER:
        i += 1
        while word_at(tokens, i) in (",", "чем", "до"):
            i += 1
        return i, True
    if word == "в" and word_at(tokens, i + 1) in _ENDS:
        return i + 1, True
    if word == "срок" and word_at(tokens, i + 1) == "до":
        return i + 2, False
    return (i + 1, word == "по") if word in ("до", "к", "ко", "по") else (i, False)


def _unnamed_year(tokens: Tokens, i: int, end: bool) -> tuple[int, Window] | None:
    """«(до) конца года», «(до) начала учебного года»; «текущего» and «каждого» are left to be read next."""
    school = skip_school_year(tokens, i)
    if school is None and word_at(tokens, i) in words.RELATIVE_YEARS:
        relative = years(tokens, i)
        school = skip_school_year(tokens, i + 1)
        if relative is None:
            return None
        after = i
    elif each_year(tokens, i):
        school, after = skip_school_year(tokens, i + 1), i
    else:
        after = school or skip_year_word(tokens, i)
        if after == i or year_number(tokens, after):
            return None
    first, last = ((1, 1), (12, 31)) if school is None else ((9, 1), (8, 31))
    day = last if end else first
    return after, Window(day, day, bound="until")


def _deadline(i: int, found: Point, inclusive: bool) -> list[Piece]:
    edge = found.window.end if inclusive else found.window.start
    window = Window(edge, edge, bound="until")
    if found.year is None:
        return [Piece(i, found.after, window)]
    days = window.in_year(found.year)
    return [Piece(i, found.after, days)] if days else []

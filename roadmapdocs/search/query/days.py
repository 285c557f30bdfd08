"""Days in a question: «29.11.21», «ноябрь 2021», «с 1 по 15 ноября», «до 2022», «2021-2022 уч. г.», «в прошлом году»."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from roadmapdocs.russian.calendar_grammar import point
from roadmapdocs.russian.calendar_words import MONTH, MONTHS, RELATIVE_YEARS, SCHOOL, YEAR
from roadmapdocs.russian.dates import skip_school_year, skip_year_word, years
from roadmapdocs.russian.pieces import Dated, Window
from roadmapdocs.russian.tokens import Token, at, tokenize, word_at

Tokens = Sequence[Token]
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SINCE = frozenset({"с", "со", "начиная"})
_AFTER = frozenset({"после", "позднее", "позже"})
_UNTIL = frozenset({"до"})
_THROUGH = frozenset({"по"})
_BEFORE = frozenset({"раньше", "ранее"})
_AT = frozenset("за в во на от".split())
_THIS = frozenset("этот этого этом этой".split())
_NAMED_DAYS = {"сегодня": 0, "вчера": -1, "позавчера": -2}
_OLD_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")


class Manner(Enum):
    """How days are said: one day; a stretch with a name (a month, a year); by their ends; a year without a word."""

    DAY = auto()
    NAMED = auto()
    ENDS = auto()
    BARE_YEAR = auto()


@dataclass(frozen=True, slots=True)
class Days:
    """``since`` to ``until``, None for an open end; ``start`` and ``end`` are places in the text that was read."""

    since: dt.date | None
    until: dt.date | None
    manner: Manner
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    after: int
    first: dt.date
    last: dt.date
    manner: Manner = Manner.NAMED


class DaysReader:
    """Reads days out of one text, from any of its places on."""

    def __init__(self, text: str, today: dt.date) -> None:
        self.tokens = tokenize(text)
        self._places = {token.start: place for place, token in enumerate(self.tokens)}
        self._today = today

    def read(self, start: int) -> Days | None:
        """The days that are said from this place of the text on."""
        i = self._places.get(start)
        if i is None:
            return None
        found = self._open(i) or self._at(i)
        if found is None:
            return None
        after, since, until, manner = found
        if since and until and since > until:
            return None
        return Days(since, until, manner, start, self.tokens[after - 1].end)

    def next_place(self, offset: int) -> int:
        """Where the first token at or behind this place begins; the place itself behind the last one."""
        return next((token.start for token in self.tokens if token.start >= offset), offset)

    def _at(self, i: int) -> tuple[int, dt.date | None, dt.date | None, Manner] | None:
        """«за 2021», «от 29.11.2021», «2020-2021», «01.09.2021..31.12.2021», «..2021»."""
        start = i + 1 if word_at(self.tokens, i) in _AT else i
        dots = _behind_dots(self.tokens, start)
        if dots and start == i:
            last = self._stretch(dots)
            return (last.after, None, last.last, Manner.ENDS) if last else None
        first = self._stretch(start)
        if first is None:
            return None
        joint = _behind_dots(self.tokens, first.after)
        if joint is None and word_at(self.tokens, first.after) == "-":
            joint = first.after + 1
            if self._stretch(joint) is None:
                joint = None
        if joint is None:
            manner = Manner.NAMED if start > i and first.manner is Manner.BARE_YEAR else first.manner
            return first.after, first.first, first.last, manner
        second = self._stretch(joint)
        if second is None:
            return joint, first.first, None, Manner.ENDS
        return second.after, min(first.first, second.first), max(first.last, second.last), Manner.ENDS

    def _open(self, i: int) -> tuple[int, dt.date | None, dt.date | None, Manner] | None:
        """«с 2024», «с 1 по 15 ноября», «до 2022», «после ноября 2021»."""
        word = word_at(self.tokens, i)
        if word in _SINCE:
            start = i + 2 if word == "начиная" and word_at(self.tokens, i + 1) in _SINCE else i + 1
            return self._since(start)
        if word not in _AFTER | _UNTIL | _THROUGH | _BEFORE:
            return None
        found = self._stretch(i + 1) or self._lately(i + 1)
        if found is None:
            return None
        after, inclusive = found.after, word in _THROUGH or found.first == found.last
        if word in _UNTIL and word_at(self.tokens, after) == "включительно":
            after, inclusive = after + 1, True
        if word in _AFTER:
            return after, found.last + dt.timedelta(days=1), None, Manner.ENDS
        if word in _BEFORE:
            inclusive = False
        return after, None, found.last if inclusive else found.first - dt.timedelta(days=1), Manner.ENDS

    def _since(self, i: int) -> tuple[int, dt.date | None, dt.date | None, Manner] | None:
        both = self._yearless(i)
        if both:
            return both
        first = self._stretch(i) or self._lately(i)
        if first is None:
            return None
        if word_at(self.tokens, first.after) in _THROUGH | _UNTIL:
            last = self._stretch(first.after + 1)
            if last:
                return last.after, min(first.first, last.first), max(first.last, last.last), Manner.ENDS
        return first.after, first.first, None, Manner.ENDS

    def _yearless(self, i: int) -> tuple[int, dt.date | None, dt.date | None, Manner] | None:
        """«1 по 15 ноября», «сентября по ноябрь 2021»: the year stands at the end, or it is the latest that has begun."""
        named = point(self.tokens, i)
        joint = named.after if named else i + 1
        if word_at(self.tokens, joint) not in _THROUGH | _UNTIL or (named and named.year is not None):
            return None
        last = point(self.tokens, joint + 1)
        if last is None:
            return None
        start = named.window.start if named else (last.window.start[0], at(self.tokens, i).number)
        if not 1 <= start[1] <= 31:
            return None
        window = Window(start, last.window.end)
        year, after = last.year, last.after
        if year is None and (said := _year(self.tokens, after)):
            year, after = said, skip_year_word(self.tokens, after + 1)
        days = self._latest(window) if year is None else window.in_years(year - 1 if window.wraps else year, year)
        return (after, days.start or days.end, days.end, Manner.ENDS) if days else None

    def _latest(self, window: Window) -> Dated | None:
        this = window.in_year(self._today.year)
        begun = this and (this.start or this.end or self._today) <= self._today
        return this if begun else window.in_year(self._today.year - 1)

    def _lately(self, i: int) -> _Stretch | None:
        """«1 сентября» without its year: the latest one."""
        found = point(self.tokens, i)
        if found is None or found.year is not None or not found.window.is_day:
            return None
        day = self._latest(found.window)
        return _Stretch(found.after, day.end, day.end) if day and day.end else None

    def _stretch(self, i: int) -> _Stretch | None:
        return self._part(i) or self._relative(i) or self._years(i) or self._old(i)

    def _part(self, i: int) -> _Stretch | None:
        """A day, a month, a quarter with its year."""
        found = point(self.tokens, i)
        if found is None:
            return None
        year, after = found.year, found.after
        if year is None and (said := _year(self.tokens, after)):
            year, after = said, skip_year_word(self.tokens, after + 1)
        days = found.window.in_year(year) if year else None
        if days is None or days.end is None:
            return None
        first = days.start or days.end
        return _Stretch(after, first, days.end, Manner.DAY if first == days.end else Manner.NAMED)

    def _relative(self, i: int) -> _Stretch | None:
        """«прошлого года», «этом учебном году», «прошлом месяце»; «вчера»."""
        word, year = word_at(self.tokens, i), self._today.year
        if word in _NAMED_DAYS:
            day = self._today + dt.timedelta(days=_NAMED_DAYS[word])
            return _Stretch(i + 1, day, day, Manner.DAY)
        shift = 0 if word in _THIS else RELATIVE_YEARS.get(word)
        if shift is None:
            return None
        if word_at(self.tokens, i + 1) in MONTH:
            return _Stretch(i + 2, *_month(year, self._today.month + shift))
        if word_at(self.tokens, i + 1) in SCHOOL:
            begins = year + shift - (self._today.month < 9)
            after = skip_school_year(self.tokens, i + 1)
            return _Stretch(after, dt.date(begins, 9, 1), dt.date(begins + 1, 8, 31)) if after else None
        if word_at(self.tokens, i + 1) in YEAR:
            return _Stretch(skip_year_word(self.tokens, i + 1), dt.date(year + shift, 1, 1), dt.date(year + shift, 12, 31))
        return None

    def _years(self, i: int) -> _Stretch | None:
        found = years(self.tokens, i)
        if found is None or found[1].relative is not None:
            return None
        after, said = found
        days = said.dated()
        if days.start is None or days.end is None:
            return None
        bare = after == i + 1 and not said.school
        return _Stretch(after, days.start, days.end, Manner.BARE_YEAR if bare else Manner.NAMED)

    def _old(self, i: int) -> _Stretch | None:
        """Days and years before those that plans have."""
        token = at(self.tokens, i)
        year = _year(self.tokens, i)
        if year and word_at(self.tokens, i - 1) not in MONTHS:
            after = skip_year_word(self.tokens, i + 1)
            manner = Manner.NAMED if after > i + 1 else Manner.BARE_YEAR
            return _Stretch(after, dt.date(year, 1, 1), dt.date(year, 12, 31), manner)
        match = _OLD_DATE.fullmatch(token.word)
        if match is None:
            return None
        try:
            day = dt.date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return None
        return _Stretch(i + 1, day, day, Manner.DAY) if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _year(tokens: Tokens, i: int) -> int | None:
    token = at(tokens, i)
    is_year = token.kind == "number" and len(token.word) == 4 and _FIRST_YEAR <= token.number <= _LAST_YEAR
    return token.number if is_year else None


def _behind_dots(tokens: Tokens, i: int) -> int | None:
    """The place behind «..» or «…»."""
    if word_at(tokens, i) == "…":
        return i + 1
    after = i
    while word_at(tokens, after) == ".":
        after += 1
    return after if after >= i + 2 else None


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, 1), following - dt.timedelta(days=1)

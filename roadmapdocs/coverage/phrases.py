"""How states, periods and days of coverage are said to people, on pages and in reports alike."""

from __future__ import annotations

import calendar
import datetime as dt

from babel.dates import format_date

from roadmapdocs.coverage.rules import Slot, State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import language

#: A slot that is only suggested has a look of its own, whatever its state.
SUGGESTED = "suggested"
_CODES = {state: state.value for state in State}


def look(slot: Slot, state: State) -> str:
    """Code of the badge: the state, or "suggested" while nothing says more about an unconfirmed slot."""
    return SUGGESTED if slot.suggested and state is State.MISSING else _CODES[state]


def state_word(code: str) -> str:
    words = {
        State.PROVED.value: _("proved"),
        State.IN_WORK.value: _("in work"),
        State.MISSING.value: _("no document"),
        State.LATE.value: _("late"),
        State.NOT_REQUIRED.value: _("not required"),
        SUGGESTED: _("suggested"),
    }
    return words[code]


def day_words(day: dt.date) -> str:
    """29.11.2021"""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def period_words(slot: Slot) -> str:
    """«2025 год», «1-е полугодие 2025», «ноябрь 2025», «2021–2022 уч. год», else the days themselves."""
    return days_words(slot.start, slot.end)


def days_words(start: dt.date | None, end: dt.date | None) -> str:
    """The same for any two days, either of which may be open."""
    if end is None:
        return _("from %(day)s on", day=day_words(start)) if start else _("the whole time")
    if start is None:
        return _("up to %(day)s", day=day_words(end))
    if start == end:
        return day_words(end)
    return _whole(start, end) or f"{day_words(start)}–{day_words(end)}"


def _whole(start: dt.date, end: dt.date) -> str | None:
    """Words for whole months and what is made of them; None for anything else."""
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return None
    months = (start.month, end.month)
    if months == (1, 12):
        if start.year == end.year:
            return _("year %(year)s", year=start.year)
        return _("years %(first)s–%(last)s", first=start.year, last=end.year)
    if months == (9, 8) and end.year == start.year + 1:
        return _("school year %(first)s–%(last)s", first=start.year, last=end.year)
    if start.year != end.year:
        return None
    if months in {(1, 6), (7, 12)}:
        return _("half-year %(number)s of %(year)s", number=1 if start.month == 1 else 2, year=end.year)
    if end.month - start.month == 2 and start.month % 3 == 1:
        return _("quarter %(number)s of %(year)s", number=end.month // 3, year=end.year)
    names = dict.fromkeys(format_date(day, "LLLL", locale=language()) for day in (start, end))
    return f"{'–'.join(names)} {end.year}"

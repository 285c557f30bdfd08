"""The head of a roadmap's page: what is proved by today, section by section, and the terms month by month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from dataclasses import dataclass

from babel.dates import format_date

from roadmapdocs.coverage.matrix import RoadmapCoverage
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import language
from roadmapdocs.web.roadmaps.section_tree import Branch, below, branch

#: More months than these (eight years) are no picture any more: then those around today are drawn.
MOST_MONTHS = 96
#: What is drawn, from the bottom up.
_DRAWN = (State.LATE, State.MISSING, State.IN_WORK, State.PROVED)

Counts = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Month:
    label: str
    starts_year: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Timeline:
    """``today`` is the place of today in months from the first one, None when it lies outside."""

    months: list[Month]
    today: float | None
    totals: Counts


@dataclass(frozen=True, slots=True)
class Glance:
    """``total`` counts what the timeline draws, ``ahead`` what is due later this year and not proved."""

    proved: int
    due: int
    late: int
    total: int
    ahead: int
    next_due: dt.date | None
    late_url: str


def glance(coverage: RoadmapCoverage, timeline: Timeline | None, late_url: str) -> Glance:
    whole = coverage.totals.whole
    drawn = sum(number for _state, number in timeline.totals) if timeline else whole.all
    return Glance(whole.proved, whole.due, whole.late, drawn, whole.due_this_year, whole.next_due, late_url)


def section_bars(coverage: RoadmapCoverage) -> list[Branch]:
    """One bar for each section of the highest level that holds anything."""
    ids = below(coverage.sections)
    bars = [branch(coverage, row, ids[row.id]) for row in coverage.sections if row.parent is None]
    if None in coverage.totals.sections:
        bars.append(branch(coverage, None, {None}))
    return bars


def timeline(coverage: RoadmapCoverage, today: dt.date) -> Timeline | None:
    """None when nothing has a term."""
    by_month = {_index(month): states for month, states in coverage.totals.months.items()}
    if not by_month:
        return None
    first, last = min(by_month), max(by_month)
    now = _index(today)
    if last - first >= MOST_MONTHS:
        first = min(max(first, now - MOST_MONTHS // 2), last - MOST_MONTHS + 1)
        last = first + MOST_MONTHS - 1
    months = [_month(index, by_month.get(index, ()), index == first) for index in range(first, last + 1)]
    sums: Counter[str] = Counter()
    for month in months:
        sums.update(dict(month.counts))
    place = now - first + (today.day - 1) / calendar.monthrange(today.year, today.month)[1]
    drawn = [(state.value, sums[state.value]) for state in reversed(_DRAWN) if sums[state.value]]
    return Timeline(months, place if first <= now <= last else None, drawn)


def _index(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _month(index: int, states: tuple[State, ...], is_first: bool) -> Month:
    day = dt.date(index // 12, index % 12 + 1, 1)
    numbers = Counter(states)
    counts = [(state.value, numbers[state]) for state in _DRAWN if numbers[state]]
    label = format_date(day, "LLLL yyyy", locale=language()) if counts else ""
    return Month(label, str(day.year) if is_first or day.month == 1 else "", counts)

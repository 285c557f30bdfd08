"""Totals of a roadmap: how much of what is due by today is proved, how many late, in which section, when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from roadmapdocs.coverage.rules import Slot, State


class Row(NamedTuple):
    """One slot as it stands. ``item`` and ``section`` are the caller's own keys (None: outside any section)."""

    slot: Slot
    state: State
    section: Hashable = None
    item: Hashable = None


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one group of slots; one slot counts as one, whatever its quantity.

    ``due`` counts what is due by today (today included), ``proved`` those of them that are proved: «16 из 19».
    Future gaps, undated slots and what is not required are in ``counts`` only. ``next_due`` is the nearest due
    day, today or later, of a slot not proved yet; ``due_this_year`` counts such slots up to 31 December.
    """

    counts: Mapping[State, int]
    due: int
    proved: int
    next_due: dt.date | None
    due_this_year: int

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def late(self) -> int:
        return self.counts[State.LATE]


@dataclass(frozen=True, slots=True)
class Totals:
    """``months`` is the timeline: first day of the month in which a window ends → states of its slots, late first.

    ``sections`` keep the order of the rows, ``years`` and ``months`` the order of time (undated last); ``late``
    lists the late rows, the longest overdue first.
    """

    whole: Score
    sections: Mapping[Hashable, Score]
    years: Mapping[int | None, Score]
    months: Mapping[dt.date, tuple[State, ...]]
    late: tuple[Row, ...]


@dataclass(slots=True)
class _Tally:
    counts: dict[State, int] = field(default_factory=lambda: dict.fromkeys(State, 0))
    due: int = 0
    proved: int = 0
    next_due: dt.date | None = None
    due_this_year: int = 0

    def add(self, row: Row, today: dt.date) -> None:
        self.counts[row.state] += 1
        day = row.slot.due
        if day is None or row.state is State.NOT_REQUIRED:
            return
        proved = row.state is State.PROVED
        if day <= today:
            self.due += 1
            self.proved += proved
        if day >= today and not proved:
            self.next_due = day if self.next_due is None else min(self.next_due, day)
            self.due_this_year += day.year == today.year

    def join(self, other: _Tally) -> None:
        for state, number in other.counts.items():
            self.counts[state] += number
        self.due += other.due
        self.proved += other.proved
        self.next_due = min(filter(None, (self.next_due, other.next_due)), default=None)
        self.due_this_year += other.due_this_year

    def score(self) -> Score:
        return Score(self.counts, self.due, self.proved, self.next_due, self.due_this_year)


# The order of marks in a month: what wants action stands at the bottom, where the eye begins.
_LOUDNESS = {
    state: place
    for place, state in enumerate(
        (State.LATE, State.MISSING, State.IN_WORK, State.PROVED, State.NOT_REQUIRED)
    )
}


@lru_cache(maxsize=4096)
def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def totals(rows: Iterable[Row], today: dt.date) -> Totals:
    """Sum up the rows of one roadmap in one pass; suggested slots are left out of every figure."""
    cells: defaultdict[tuple[Hashable, int | None], _Tally] = defaultdict(_Tally)
    months: defaultdict[dt.date, list[State]] = defaultdict(list)
    late: list[Row] = []
    for row in rows:
        if row.slot.suggested:
            continue
        cells[row.section, row.slot.year].add(row, today)
        if row.slot.end is not None:
            months[_month(row.slot.end)].append(row.state)
        if row.state is State.LATE:
            late.append(row)
    whole = _Tally()
    sections: defaultdict[Hashable, _Tally] = defaultdict(_Tally)
    years: defaultdict[int | None, _Tally] = defaultdict(_Tally)
    for (section, year), cell in cells.items():
        for tally in (whole, sections[section], years[year]):
            tally.join(cell)
    return Totals(
        whole=whole.score(),
        sections={key: tally.score() for key, tally in sections.items()},
        years={year: years[year].score() for year in sorted(years, key=lambda y: (y is None, y or 0))},
        months={month: tuple(sorted(months[month], key=_LOUDNESS.__getitem__)) for month in sorted(months)},
        late=tuple(sorted(late, key=lambda row: row.slot.due or dt.date.max)),
    )

"""Numbers of a journal behind which stands no document, in their place among the rows of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_

import peewee as pw

from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import pgettext
from roadmapdocs.registration.models import Counter, Entry, Gap
from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState, GapLine, gap_lines
from roadmapdocs.web.lists.query import Row


@dataclass(frozen=True, slots=True)
class GapRow:
    """``label`` is the number or the numbers, ``text`` says what became of them."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Running numbers of a period that belong to a page, whichever of them were given."""

    period: str
    first: int
    last: int


def with_gaps(journal_id: int, rows: Sequence[Row], visible: pw.ModelSelect) -> list[Row | GapRow]:
    """The rows of one page, in the order of their numbers or against it, with the gaps between them.

    ``visible`` are the documents of the whole list: a gap belongs to the page on which the next number stands, and
    one at the end of a period to the page on which the period ends. The number of queries is always the same.
    """
    ascending = _place(rows[0]) <= _place(rows[-1])
    upwards = list(rows) if ascending else list(rows)[::-1]
    first, last = upwards[0], upwards[-1]
    before = visible.where((Entry.period == first.period) & (Entry.n < first.n)).select(pw.fn.MAX(Entry.n)).scalar()
    after = visible.where((Entry.period == last.period) & (Entry.n > last.n)).select(pw.fn.MIN(Entry.n)).scalar()
    ends = _ends(journal_id, {row.period or "" for row in upwards})
    if after is not None:
        ends[last.period or ""] = last.n or 0
    periods = [(period, list(group)) for period, group in groupby(upwards, key=lambda row: row.period or "")]
    begins = {period: 1 for period, _group in periods} | {first.period or "": (before or 0) + 1}
    gaps = _gaps(journal_id, [_Stretch(period, begins[period], ends.get(period, 0)) for period, _group in periods])
    found = [one for period, group in periods for one in _merged(group, gaps[period])]
    return found if ascending else found[::-1]


def gaps_alone(journal_id: int, period: str) -> list[GapRow]:
    """Gaps of a period of which no document is there to be listed."""
    last = _ends(journal_id, {period}).get(period, 0)
    return [row for _first, row in _gaps(journal_id, [_Stretch(period, 1, last)])[period]]


def _merged(rows: list[Row], gaps: list[tuple[int, GapRow]]) -> Iterator[Row | GapRow]:
    waiting = list(gaps)
    for row in rows:
        while waiting and waiting[0][0] < (row.n or 0):
            yield waiting.pop(0)[1]
        yield row
    for _first, gap in waiting:
        yield gap


def _place(row: Row) -> tuple[str, int, str]:
    return (row.period or "", row.n or 0, row.suffix or "")


def _ends(journal_id: int, periods: Collection[str]) -> dict[str, int]:
    """The last running number of each period."""
    counters = Counter.select(Counter.period, Counter.last)
    return dict(counters.where((Counter.journal == journal_id) & Counter.period.in_(list(periods))).tuples())


def _gaps(journal_id: int, stretches: Sequence[_Stretch]) -> dict[str, list[tuple[int, GapRow]]]:
    """By period, gaps of its stretch, each with the number it begins at."""
    wanted = [(Entry.period == one.period) & Entry.n.between(one.first, one.last) for one in stretches]
    entries = (
        Entry.select(Entry.period, Entry.n, Entry.state, Entry.reason, Entry.number)
        .where((Entry.journal == journal_id) & (Entry.suffix == "") & reduce(or_, wanted))
        .order_by(Entry.n)
    )
    given: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    printed: dict[str, dict[int, str]] = defaultdict(dict)
    for period, n, state, reason, number in entries.tuples():
        printed[period][n] = number
        # What a number is reserved for may be the title of a draft that the reader may not see.
        given[period].append((n, state, "" if state == EntryState.RESERVED else reason))
    explained: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    periods = [one.period for one in stretches]
    rows = Gap.select().where((Gap.journal == journal_id) & Gap.period.in_(periods)).order_by(Gap.id)
    for one in rows:
        explained[one.period].append((one.first, one.last, one.reason))
    return {
        one.period: [
            (line.first, GapRow(_label(line, printed[one.period]), _text(line)))
            for line in _lines(one, given[one.period], explained[one.period])
        ]
        for one in stretches
    }


def _lines(
    stretch: _Stretch, given: Sequence[tuple[int, str, str]], explained: Sequence[tuple[int, int, str]]
) -> list[GapLine]:
    """The rule counts from one, a stretch may begin anywhere."""
    if stretch.first > stretch.last:
        return []
    shift = stretch.first - 1
    found = gap_lines(
        stretch.last - shift,
        [(n - shift, state, reason) for n, state, reason in given],
        [(first - shift, last - shift, reason) for first, last, reason in explained],
    )
    # An annulled number has its document, which the list shows by itself to those who may read it.
    return [
        GapLine(line.first + shift, line.last + shift, line.state, line.reason)
        for line in found
        if line.state != EntryState.ANNULLED
    ]


def _label(line: GapLine, printed: dict[int, str]) -> str:
    first, last = (printed.get(n, str(n)) for n in (line.first, line.last))
    return first if line.first == line.last else f"{first} – {last}"


def _text(line: GapLine) -> str:
    one = line.first == line.last
    words = {
        NEVER_GIVEN: _("not used") if one else pgettext("several numbers", "not used"),
        EntryState.UNUSED: _("not used") if one else pgettext("several numbers", "not used"),
        EntryState.FREE: _("is free again") if one else pgettext("several numbers", "are free again"),
        EntryState.RESERVED: _("is reserved") if one else pgettext("several numbers", "are reserved"),
    }
    reason = line.reason or (_("the reason is not written down") if line.state == NEVER_GIVEN else "")
    return f"{words[line.state]}: {reason}" if reason else words[line.state]

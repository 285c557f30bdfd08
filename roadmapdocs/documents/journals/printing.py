"""The journal of a period as it is printed (``domain.md`` §4.2): every number in its place, used or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.documents.export import Cell
from roadmapdocs.documents.journals.columns import Column, columns_of
from roadmapdocs.documents.journals.rows import JournalRow, last_given, rows_between
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState, Reset

MOST_LINES: Final = 10_000


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """``cells`` are those of the columns. ``note`` stands below the title: why a number is annulled, or what became
    of it; ``struck`` marks what is annulled, ``gap`` what no document stands behind.
    """

    cells: tuple[Cell, ...]
    note: str = ""
    struck: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """``title`` and ``period`` are the heading; ``organisation`` may be empty; ``until`` is the last day of the period."""

    organisation: str
    title: str
    period: str
    columns: tuple[Column, ...]
    lines: tuple[PrintedLine, ...]
    until: dt.date

    @property
    def title_place(self) -> int:
        """Place of the column that is struck and has notes."""
        return next(place for place, column in enumerate(self.columns) if column.role == "title")


def print_journal(journal: Journal, since: dt.date, until: dt.date, *, by: Actor) -> Printed:
    """The journal from one day to another inclusive, as ``by`` may read it.

    Numbers without a date (reserved, given back, never given) stand where their neighbours are of that time.

    :raise Refusal: ``dates`` if the days are the wrong way round, ``too_many_lines``
    """
    check_days(since, until)
    rows: list[JournalRow] = []
    for period in _periods(journal, since, until):
        rows += _rows(journal, period, since, until, by)
        check_number(len(rows))
    columns = columns_of(journal)
    return Printed(
        organisation=organisation_of(journal),
        title=_("Journal of registration: %(name)s", name=journal.name),
        period=_("from %(since)s to %(until)s", since=f"{since:%d.%m.%Y}", until=f"{until:%d.%m.%Y}"),
        columns=columns,
        lines=tuple(_lines(rows, columns)),
        until=until,
    )


def check_days(since: dt.date, until: dt.date) -> None:
    if since > until:
        raise Refusal("dates", _("The first day is after the last one. Swap them."))


def check_number(lines: int) -> None:
    if lines > MOST_LINES:
        sentence = _("More than %(most)s lines are too many for one file. Take a shorter time.", most=MOST_LINES)
        raise Refusal("too_many_lines", sentence)


def organisation_of(journal: Journal | None) -> str:
    """The journal's own organisation, or the only one that there is."""
    if journal is not None and journal.organisation_id:
        return str(journal.organisation.name)
    known = list(Organisation.select().limit(2))
    return str(known[0].name) if len(known) == 1 else ""


def _periods(journal: Journal, since: dt.date, until: dt.date) -> list[str]:
    known = [one for (one,) in Counter.select(Counter.period).where(Counter.journal == journal).order_by(Counter.period).tuples()]
    if Reset(journal.reset) is not Reset.YEAR:
        return known
    return [period for period in known if str(since.year) <= period <= str(until.year)]


def _rows(journal: Journal, period: str, since: dt.date, until: dt.date, by: Actor) -> list[JournalRow]:
    first, last = _stretch(journal, period, since, until)
    here = (Entry.journal == journal) & (Entry.period == period)
    check_number(Entry.select().where(here & Entry.n.between(first, last)).count())
    rows = rows_between(journal, period, first, last, by=by)
    # A number of another time may stand among those of this one: it is printed with its own time.
    return [row for row in rows if row.on is None or since <= row.on <= until]


def _stretch(journal: Journal, period: str, since: dt.date, until: dt.date) -> tuple[int, int]:
    """The first and the last running number of those days, with the undated ones at either end of the journal."""
    here = (Entry.journal == journal) & (Entry.period == period) & Entry.registered_on.is_null(False)
    first, last = Entry.select(pw.fn.MIN(Entry.n), pw.fn.MAX(Entry.n)).where(here & Entry.registered_on.between(since, until)).tuples().get()
    earlier = Entry.select().where(here & (Entry.registered_on < since)).exists()
    later = Entry.select().where(here & (Entry.registered_on > until)).exists()
    if first is None and (earlier or later):
        return 1, 0
    return (first if earlier else 1), (last if later else last_given(journal, period))


def _lines(rows: list[JournalRow], columns: tuple[Column, ...]) -> Iterator[PrintedLine]:
    place = 0
    for row in rows:
        place += row.state != NEVER_GIVEN
        cells = tuple(_cell(column, row, place) for column in columns)
        registered = row.state in (EntryState.REGISTERED, EntryState.ANNULLED)
        yield PrintedLine(cells, row.words, row.state == EntryState.ANNULLED, not registered)


def _cell(column: Column, row: JournalRow, place: int) -> Cell:
    if column.role == "place":
        return None if row.state == NEVER_GIVEN else place
    if column.role == "number":
        return row.number
    if column.role == "date":
        return row.on
    if row.document is not None:
        return column.value(row.document)
    return _("document with restricted access") if row.restricted and column.role == "title" else ""

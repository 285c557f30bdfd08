"""What the pages of journals show, put into the words and values that their templates ask for."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

import peewee as pw
from flask import request, url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.journals.printing import organisation_of
from roadmapdocs.documents.journals.rows import JournalRow, gap_rows, rows_between
from roadmapdocs.errors import Refusal
from roadmapdocs.people.models import Organisation
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.operations import offer
from roadmapdocs.registration.rights import open_to
from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState
from roadmapdocs.web.cases.scope import read_year
from roadmapdocs.web.journals.scope import Place, current_period, period_words

#: A page shows the numbers of so many running numbers, with the literal ones among them.
PAGE = 50


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A journal in the list. ``last`` and ``next`` are printed numbers; ``why_not`` stands for the next one."""

    id: int
    name: str
    whose: str
    period: str
    url: str
    last: str = ""
    next: str = ""
    why_not: str = ""
    reserved: int = 0
    unexplained: int = 0
    closed: bool = False


def index_context(actor: Actor, today: dt.date) -> dict[str, object]:
    """What ``journals.html`` asks for."""
    year = read_year(request.args.get("year", "")) or today.year
    return {
        "year": year,
        "selects": _year_select(year, today),
        "lines": _lines(year, today, actor),
        "since": dt.date(year, 1, 1),
        "until": dt.date(year, 12, 31),
        "may_manage": may(actor, Action.MANAGE_REGISTRY),
    }


def _year_select(year: int, today: dt.date) -> dict[str, object]:
    known = Counter.select(Counter.period).distinct().tuples()
    years = sorted({int(one) for (one,) in known if one.isdecimal()} | {today.year, year}, reverse=True)
    field = {"name": "year", "label": "", "options": [(str(one), str(one), one == year) for one in years]}
    return {"action": url_for(".index"), "hidden": [], "fields": [field]}


def _lines(year: int, today: dt.date, actor: Actor) -> list[JournalLine]:
    """Journals with what they have in that year; the number of statements does not grow with their entries."""
    day = today if year == today.year else dt.date(year, 12, 31)
    journals = list(
        Journal.select(Journal, Organisation)
        .join(Organisation, pw.JOIN.LEFT_OUTER)
        .where(open_to(actor))
        .order_by(Journal.active.desc(), Journal.position, Journal.id)
    )
    of = {journal.id: period for journal in journals if (period := current_period(journal, day)) is not None}
    counters = {(one.journal_id, one.period): one for one in Counter.select().where(Counter.period.in_(_set(of)))}
    last = _last_numbers(one for (id_, period), one in counters.items() if of.get(id_) == period)
    reserved = _reserved(of)
    lines = []
    for journal in journals:
        period = of.get(journal.id)
        if period is None:
            continue
        counter = counters.get((journal.id, period))
        if counter is None and not journal.active:
            continue  # gives no numbers and has none to show
        line = JournalLine(
            id=journal.id,
            name=journal.name,
            whose=", ".join(filter(None, (journal.body, journal.organisation.short_name if journal.organisation_id else ""))),
            period="" if period == str(year) else period_words(period),
            url=url_for(".journal", journal_id=journal.id, period=period),
            last=last.get((journal.id, period), ""),
            reserved=reserved.get((journal.id, period), 0),
            unexplained=unexplained(journal.id, period, counter.last) if counter is not None else 0,
            closed=not journal.active or bool(counter is not None and counter.closed),
        )
        lines.append(_with_next(line, journal, today) if journal.active and period == current_period(journal, today) else line)
    return lines


def _set(of: dict[int, str]) -> list[str]:
    return sorted(set(of.values()))


def _with_next(line: JournalLine, journal: Journal, today: dt.date) -> JournalLine:
    try:
        return replace(line, next=offer(journal, today).number)
    except Refusal as refusal:
        return replace(line, why_not=refusal.message)


def _last_numbers(counters: Iterable[Counter]) -> dict[tuple[int, str], str]:
    """The last number of each counter as printed. Every one is named, so that each is one step into an index."""
    wanted = [
        (Entry.journal == one.journal_id) & (Entry.period == one.period) & (Entry.n == one.last) & (Entry.suffix == "")
        for one in counters
    ]
    if not wanted:
        return {}
    rows = Entry.select(Entry.journal, Entry.period, Entry.number).where(reduce(or_, wanted))
    return {(journal, period): number for journal, period, number in rows.tuples()}


def _reserved(of: dict[int, str]) -> dict[tuple[int, str], int]:
    # What has no date of registration is little, and has an index; grouped by SQL, another index would be taken.
    rows = Entry.select(Entry.journal, Entry.period).where(
        Entry.journal.in_(list(of)) & Entry.registered_on.is_null() & (Entry.state == EntryState.RESERVED)
    )
    return dict(Tally((journal, period) for journal, period in rows.tuples()))


def unexplained(journal_id: int, period: str, last: int) -> int:
    """How many running numbers up to ``last`` were never given, without a reason."""
    here = (Entry.journal == journal_id) & (Entry.period == period) & (Entry.suffix == "")
    missing = last - Entry.select().where(here).count()
    if missing <= 0:
        return 0
    ranges = _explained(journal_id, period)
    inside = sum(end - begin + 1 for begin, end in ranges)
    within = [Entry.n.between(begin, end) for begin, end in ranges]
    given = sum(Entry.select().where(here & condition).count() for condition in within)
    return int(missing - (inside - given))


def _explained(journal_id: int, period: str) -> list[tuple[int, int]]:
    """Stretches with a reason, those that touch or overlap as one."""
    rows = (
        Gap.select(Gap.first, Gap.last)
        .where((Gap.journal == journal_id) & (Gap.period == period))
        .order_by(Gap.first, Gap.last)
    )
    joined: list[tuple[int, int]] = []
    for first, last in rows.tuples():
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def journal_context(place: Place, actor: Actor, today: dt.date) -> dict[str, object]:
    """What ``journal.html`` asks for: a page of the journal, the last one if the address names none."""
    first, last, page = _window(place)
    coming = _coming(place, today)
    since, until = place.days(today)
    rows = rows_between(place.journal, place.period, first, last, by=actor)
    return {
        "place": place,
        "journal": place.journal,
        "whose": _whose(place.journal),
        "rows": [(row, _acts(place, row, actor)) for row in rows],
        "page": page,
        "last": _last_numbers(filter(None, [place.counter])).get((place.journal.id, place.period), ""),
        "coming": coming,
        "reserved": _reserved({place.journal.id: place.period}).get((place.journal.id, place.period), 0),
        "unexplained": unexplained(place.journal.id, place.period, place.last),
        "since": since,
        "until": until,
        "may_register": may(actor, Action.REGISTER),
        "may_manage": may(actor, Action.MANAGE_REGISTRY),
    }


def _whose(journal: Journal) -> str:
    return ", ".join(filter(None, (journal.body, organisation_of(journal))))


def _coming(place: Place, today: dt.date) -> dict[str, object] | None:
    """The next number, while the period lasts: {number, freed, why_not}."""
    if place.period != place.current:
        return None
    try:
        told = offer(place.journal, today)
    except Refusal as refusal:
        return {"number": "", "freed": False, "why_not": refusal.message}
    return {"number": told.number, "freed": told.freed, "why_not": ""}


def _acts(place: Place, row: JournalRow, actor: Actor) -> list[tuple[str, str]]:
    """Names and addresses of what the reader may do to a line."""
    if not may(actor, Action.REGISTER):
        return []
    if row.state == NEVER_GIVEN and not row.reason:
        return [("explain", place.url("explain", first=row.first, last=row.last))]
    if row.state == EntryState.RESERVED and row.entry_id is not None and row.document is None and not row.restricted:
        return [("release", place.url("release", entry_id=row.entry_id))]
    return []


def _window(place: Place) -> tuple[int, int, dict[str, object] | None]:
    """Running numbers of the page, and its pager. Stretches without any entry are passed over in one step."""
    number = _asked("n")
    wanted = -(-number // PAGE) if number else _asked("page")
    newest = -(-max(place.last, 1) // PAGE)
    here = (Entry.journal == place.journal) & (Entry.period == place.period)
    current = min(wanted, newest) if wanted else newest
    low, high = (current - 1) * PAGE + 1, current * PAGE
    before = Entry.select(pw.fn.MAX(Entry.n)).where(here & (Entry.n < low)).scalar() or 0
    after = Entry.select(pw.fn.MIN(Entry.n)).where(here & (Entry.n > high)).scalar()
    # A gap belongs to the page on which the next number stands.
    last = high if after is not None else max(place.last, 0)
    first = low if after is None and not before else before + 1
    if not before and after is None:
        return 1, last, None
    return first, last, _pager(place, first, last, before, after)


def _pager(place: Place, first: int, last: int, before: int, after: int | None) -> dict[str, object]:
    return {
        "first": first,
        "last": last,
        "total": place.last,
        "previous_url": place.url(page=-(-before // PAGE)) if before else None,
        "next_url": place.url(page=-(-after // PAGE)) if after else None,
        "pages": [],
    }


def _asked(name: str) -> int:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else 0


def gaps_context(place: Place, actor: Actor) -> dict[str, object]:
    """What ``journal_gaps.html`` asks for."""
    rows = gap_rows(place.journal, place.period, by=actor)
    by_state: dict[str, int] = defaultdict(int)
    for row in rows:
        by_state[row.state] += row.last - row.first + 1
    return {
        "place": place,
        "journal": place.journal,
        "rows": [(row, _acts(place, row, actor)) for row in rows],
        "unexplained": sum(row.last - row.first + 1 for row in rows if row.state == NEVER_GIVEN and not row.reason),
        "total": sum(by_state.values()),
        "may_register": may(actor, Action.REGISTER),
    }

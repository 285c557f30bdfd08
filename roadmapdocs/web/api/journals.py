"""Journals of registration: their numbers, the next free one, numbers kept for documents that are signed on paper."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from collections.abc import Iterable
from typing import Any

import peewee as pw
from flask import Response
from flask.views import MethodView

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.journals.acts import entry_of, release_free
from roadmapdocs.documents.journals.rows import JournalRow, gap_rows, rows_between
from roadmapdocs.people.models import Organisation
from roadmapdocs.registration.models import Counter, Entry, Journal
from roadmapdocs.registration.operations import offer, reserve
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rights import find_journal, open_to
from roadmapdocs.registration.rules import EntryState
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import Area
from roadmapdocs.web.api.etags import answered
from roadmapdocs.web.api.idempotent import idempotent
from roadmapdocs.web.api.in_memory import began, continued
from roadmapdocs.web.api.naming import document_named
from roadmapdocs.web.api.paging import Order, Paged, Sparse, page, page_of, whole, whole_list
from roadmapdocs.web.api.schemas.journals import (
    JournalEntriesAskedSchema,
    JournalEntrySchema,
    JournalSchema,
    NextAskedSchema,
    NextNumberSchema,
    PeriodSchema,
    ReleasingSchema,
    ReservingSchema,
)
from roadmapdocs.web.api.schemas.values import day
from roadmapdocs.web.api.sparse import dumped, dumped_all
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import now, today
from roadmapdocs.web.journals.lists import unexplained
from roadmapdocs.web.journals.scope import current_period

area = Area("journals", "Journals of registration, and cases")
ONE = f"/journals/<{ROW_ID}:journal_id>"
_ORDER = Order((whole(Journal.position), whole(Journal.id)))


@area.route("/journals")
class Journals(MethodView):
    @area.arguments(Paged, location="query")
    @area.response(200, page_of(JournalSchema))
    def get(self, asked: dict[str, Any]) -> Response:
        """Journals with the figures of their present period, in the order of the office."""
        query = _journals().where(open_to(actor()))
        return answered(page(query, _ORDER, asked, lambda rows: dumped_all(JournalSchema, _told(rows), asked["fields_"])))


@area.route(ONE)
class OneJournal(MethodView):
    @area.arguments(Sparse, location="query")
    @area.response(200, JournalSchema)
    def get(self, asked: dict[str, Any], journal_id: int) -> Response:
        """One journal with the figures of its present period."""
        found = find_journal(journal_id, by=actor())
        (told,) = _told(list(_journals().where(Journal.id == found.id)))
        return answered(dumped(JournalSchema, told, asked["fields_"]))


@area.route(f"{ONE}/@next")
class NextNumber(MethodView):
    @area.arguments(NextAskedSchema, location="query")
    @area.response(200, NextNumberSchema)
    def get(self, asked: dict[str, Any], journal_id: int) -> Response:
        """The number that a document of a day would get now. It is not taken."""
        told = offer(find_journal(journal_id, by=actor()), asked["on"] or today())
        body = {"n": told.n, "number": told.number, "freed": told.freed, "previous_on": day(told.previous_on)}
        return answered(dumped(NextNumberSchema, body))


@area.route(f"{ONE}/entries")
class Entries(MethodView):
    @area.arguments(JournalEntriesAskedSchema, location="query")
    @area.response(200, page_of(JournalEntrySchema))
    def get(self, asked: dict[str, Any], journal_id: int) -> Response:
        """Numbers of a period in natural order, gaps in their places; without a period those of the present one."""
        journal = find_journal(journal_id, by=actor())
        period = asked["period"] or current_period(journal, today()) or ""
        last = Counter.select(Counter.last).where((Counter.journal == journal) & (Counter.period == period)).scalar() or 0
        first = began(asked, journal.id) + 1
        end = min(_stretch(journal, period, first, asked["limit"]), last)
        rows = [_entry(row) for row in rows_between(journal, period, first, end, by=actor())]
        following = continued(journal.id, end) if end < last else None
        return answered({"items": dumped_all(JournalEntrySchema, rows, asked["fields_"]), "next": following})


@area.route(f"{ONE}/gaps")
class Gaps(MethodView):
    @area.arguments(PeriodSchema, location="query")
    @area.response(200, page_of(JournalEntrySchema))
    def get(self, asked: dict[str, Any], journal_id: int) -> Response:
        """Running numbers of a period behind which no document stands, with the reasons."""
        journal = find_journal(journal_id, by=actor())
        period = asked["period"] or current_period(journal, today()) or ""
        rows = [_entry(row) for row in gap_rows(journal, period, by=actor())]
        return answered(whole_list(dumped_all(JournalEntrySchema, rows)))


@area.route(f"{ONE}/@reserve", methods=["POST"])
@area.arguments(ReservingSchema)
@area.response(201, JournalEntrySchema)
@idempotent
def keep_number(sent: dict[str, Any], journal_id: int) -> Response:
    """Keep a number for a document that is being signed on paper."""
    require(actor(), Action.REGISTER)
    kept = reserve(
        find_journal(journal_id, by=actor()),
        on=sent["on"] or today(),
        reserved_for=sent["reserved_for"],
        context=Context(),
        manual=sent["number"],
        reason=sent["reason"],
        by=actor(),
        now=now(),
        today=today(),
    )
    return answered(dumped(JournalEntrySchema, _reserved(kept)), status=201)


@area.route(f"{ONE}/entries/<{ROW_ID}:entry_id>/@release", methods=["POST"])
@area.arguments(ReleasingSchema)
@area.response(200, JournalEntrySchema)
@idempotent
def release_number(sent: dict[str, Any], journal_id: int, entry_id: int) -> Response:
    """Give a number back that was kept and that no document has: it is offered again."""
    require(actor(), Action.REGISTER)
    entry = entry_of(find_journal(journal_id, by=actor()), entry_id)
    freed = release_free(entry, reason=sent["reason"], by=actor(), now=now())
    return answered(dumped(JournalEntrySchema, _reserved(freed)))


def _journals() -> pw.ModelSelect:
    return Journal.select(Journal, Organisation).join(Organisation, pw.JOIN.LEFT_OUTER)


def _told(rows: Iterable[Journal]) -> list[dict[str, Any]]:
    """The same few statements beside those that count gaps, however many numbers there are."""
    rows = list(rows)
    of = {row.id: current_period(row, today()) for row in rows}
    known = {(one.journal_id, one.period): one for one in Counter.select().where(Counter.journal.in_(list(of)))}
    counters = {id_: known.get((id_, period)) for id_, period in of.items()}
    kept = _kept(of)
    return [_journal(row, of[row.id], counters[row.id], kept.get((row.id, of[row.id] or ""), 0)) for row in rows]


def _journal(row: Journal, period: str | None, counter: Counter | None, reserved: int) -> dict[str, Any]:
    organisation = row.organisation if row.organisation_id is not None else None
    return {
        "id": row.id,
        "code": row.code,
        "name": row.name,
        "series": row.series,
        "organisation": {"id": organisation.id, "name": organisation.short_name} if organisation is not None else None,
        "body": row.body,
        "pattern": row.pattern,
        "active": row.active,
        "period": period,
        "last": _last_number(counter) if counter is not None else "",
        "reserved": reserved,
        "unexplained": unexplained(row.id, counter.period, counter.last) if counter is not None else 0,
        "closed": not row.active or bool(counter is not None and counter.closed),
    }


def _last_number(counter: Counter) -> str:
    here = (Entry.journal == counter.journal_id) & (Entry.period == counter.period)
    return Entry.select(Entry.number).where(here & (Entry.n == counter.last) & (Entry.suffix == "")).scalar() or ""


def _kept(of: dict[int, str | None]) -> dict[tuple[int, str], int]:
    kept = Entry.registered_on.is_null() & (Entry.state == EntryState.RESERVED)
    rows = Entry.select(Entry.journal, Entry.period).where(Entry.journal.in_(list(of)) & kept)
    return dict(Tally((journal, period) for journal, period in rows.tuples()))


def _stretch(journal: Journal, period: str, first: int, limit: int) -> int:
    """The last running number of a page that begins at ``first``: of a page's entries, or of a gap before the next one."""
    here = (Entry.journal == journal) & (Entry.period == period) & (Entry.n >= first) & (Entry.suffix == "")
    numbers = [n for (n,) in Entry.select(Entry.n).where(here).order_by(Entry.n).limit(limit).tuples()]
    return int(numbers[-1]) if len(numbers) == limit else first + 2**31


def _entry(row: JournalRow) -> dict[str, Any]:
    return {
        "id": row.entry_id,
        "first": row.first,
        "last": row.last,
        "number": row.number,
        "state": row.state,
        "registered_on": day(row.on),
        "reason": row.reason,
        "restricted": row.restricted,
        "brought_in": row.brought_in,
        "document": document_named(row.document) if row.document is not None else None,
    }


def _reserved(entry: Entry) -> dict[str, Any]:
    """A number that has no document."""
    on: dt.date | None = entry.registered_on
    reason = entry.reserved_for if entry.state == EntryState.RESERVED else entry.reason
    return _entry(
        JournalRow(entry.n, entry.n, entry.number, entry.state, on, reason, brought_in=entry.brought_in, entry_id=entry.id)
    )

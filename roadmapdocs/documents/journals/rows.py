"""Lines of a journal as one reader may have them: numbers with their documents, and gaps in their place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.access.rules import Action
from roadmapdocs.access.rules import may as may_do
from roadmapdocs.cases.models import Case
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import may
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.gaps import gaps
from roadmapdocs.registration.models import Counter, Entry, Gap, Journal
from roadmapdocs.registration.rules import NEVER_GIVEN, EntryState, GapLine, gap_lines


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A number, or the running numbers ``first`` to ``last`` that were never given.

    ``state`` is that of the entry, or "never". ``document`` is None where none stands behind the number, and where
    it is not open to the reader: then ``restricted`` says so, and ``reason`` is empty.
    """

    first: int
    last: int
    number: str
    state: str
    on: dt.date | None = None
    reason: str = ""
    document: Document | None = None
    restricted: bool = False
    brought_in: bool = False
    entry_id: int | None = None

    @property
    def words(self) -> str:
        """What became of the number where no document says it: «аннулирован: ошибочная регистрация»."""
        states = {
            EntryState.REGISTERED: "",
            EntryState.RESERVED: _("number reserved"),
            EntryState.FREE: _("number given back"),
            EntryState.UNUSED: _("number not used"),
            EntryState.ANNULLED: _("number annulled"),
            NEVER_GIVEN: _("number not given") if self.first == self.last else _("numbers not given"),
        }
        words = states[self.state]
        if self.state == NEVER_GIVEN and not self.reason:
            return _("%(words)s, without a reason", words=words)
        return f"{words}: {self.reason}" if words and self.reason else words


def rows_between(journal: Journal, period: str, first: int, last: int, *, by: Actor) -> list[JournalRow]:
    """Lines of the running numbers from ``first`` to ``last`` in natural order, in three statements."""
    if first > last:
        return []
    here = (Entry.journal == journal) & (Entry.period == period) & Entry.n.between(first, last)
    entries = list(Entry.select().where(here).order_by(Entry.n, Entry.sort))
    documents = {document.entry_id: document for document in _documents(here)}
    rows = [_row(entry, documents.get(entry.id), by) for entry in entries]
    return list(_merged(rows, _never_given(journal, period, first, last, entries)))


def _row(entry: Entry, document: Document | None, by: Actor) -> JournalRow:
    restricted = document is not None and not may(document, "read", by)
    reason = "" if entry.state == EntryState.REGISTERED else entry.reason
    if entry.state == EntryState.RESERVED:
        # What a number is kept for may say more than the reader is to know; whoever keeps the journal knows it.
        open_ = may_do(by, Action.REGISTER) or document is not None
        reason = entry.reserved_for if open_ else ""
    return JournalRow(
        first=entry.n,
        last=entry.n,
        number=entry.number,
        state=entry.state,
        on=entry.registered_on,
        reason="" if restricted else reason,
        document=None if restricted else document,
        restricted=restricted,
        brought_in=entry.brought_in,
        entry_id=entry.id,
    )


def _documents(here: pw.Expression) -> pw.ModelSelect:
    drafter = Employee.alias()
    return (
        Document.select(Document, Kind, Case, drafter)
        .join(Entry)
        .switch(Document)
        .join(Kind)
        .switch(Document)
        .join(Case, pw.JOIN.LEFT_OUTER)
        .switch(Document)
        .join(drafter, pw.JOIN.LEFT_OUTER, on=(Document.drafter == drafter.id), attr="drafter")
        .where(here)
    )


def _never_given(journal: Journal, period: str, first: int, last: int, entries: list[Entry]) -> list[JournalRow]:
    # The rule counts from one; the stretch may begin anywhere.
    shift = first - 1
    given = [(entry.n - shift, str(EntryState.REGISTERED), "") for entry in entries if not entry.suffix]
    explained = (
        Gap.select()
        .where((Gap.journal == journal) & (Gap.period == period) & (Gap.last >= first) & (Gap.first <= last))
        .order_by(Gap.id)
    )
    reasons = [(one.first - shift, one.last - shift, one.reason) for one in explained]
    lines = gap_lines(last - shift, given, reasons)
    return [gap_row(GapLine(line.first + shift, line.last + shift, line.state, line.reason)) for line in lines]


def gap_row(line: GapLine) -> JournalRow:
    label = str(line.first) if line.first == line.last else f"{line.first}–{line.last}"
    return JournalRow(line.first, line.last, label, str(line.state), reason=line.reason)


def _merged(rows: list[JournalRow], absent: list[JournalRow]) -> Iterator[JournalRow]:
    waiting = iter([*absent, None])
    gap = next(waiting)
    for row in rows:
        while gap is not None and gap.first <= row.first:
            yield gap
            gap = next(waiting)
        yield row
    while gap is not None:
        yield gap
        gap = next(waiting)


def gap_rows(journal: Journal, period: str, *, by: Actor) -> list[JournalRow]:
    """All running numbers of a period without a document, annulled ones among them, with what this reader may know."""
    printed, restricted = _printed(journal, period, by)
    rows = []
    for line in gaps(journal, period):
        row = gap_row(line)
        behind = any(line.first <= n <= line.last for n in restricted)
        closed = behind or (line.state == EntryState.RESERVED and not may_do(by, Action.REGISTER))
        number = row.number
        if line.state != NEVER_GIVEN:
            ends = [printed.get(n, str(n)) for n in sorted({line.first, line.last})]
            number = "–".join(ends)
        reason = "" if closed else line.reason
        rows.append(JournalRow(line.first, line.last, number, row.state, reason=reason, restricted=behind))
    return rows


def _printed(journal: Journal, period: str, by: Actor) -> tuple[dict[int, str], set[int]]:
    """Numbers without a registered document as printed, and those of documents that are closed to the reader."""
    here = (Entry.journal == journal) & (Entry.period == period) & (Entry.state != EntryState.REGISTERED)
    printed = dict(Entry.select(Entry.n, Entry.number).where(here & (Entry.suffix == "")).tuples())
    behind = Document.select(Document, Kind, Entry).join(Entry).switch(Document).join(Kind).where(here)
    return printed, {document.entry.n for document in behind if not may(document, "read", by)}


def last_given(journal: Journal, period: str) -> int:
    """The last running number of a period; 0 where none was given."""
    last: int | None = Counter.select(Counter.last).where((Counter.journal == journal) & (Counter.period == period)).scalar()
    return last or 0

"""What can be chosen when a document is given a number or filed: journals, numbers given back, open cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from roadmapdocs.access.rules import Action, may
from roadmapdocs.cases.models import Case, CaseYear
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.numbering import context_of, journals_of
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.operations import offer
from roadmapdocs.registration.rules import EntryState, Reset, period_key
from roadmapdocs.web.documents.acts import asked_by
from roadmapdocs.web.pages import date as printed
from roadmapdocs.workflow.rules import Transition

#: Freed and reserved numbers, and cases, beyond these are not offered one by one.
MOST_NUMBERS = 50
MOST_CASES = 300
_NUMBERING = frozenset({"give_number", "reserve_number"})

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """Options as (value, words). ``notes`` are pairs (look, sentence) to be read before the act is done.

    ``reserved`` is the number that the document has reserved already: then there is nothing to choose.
    """

    journals: Options = field(default_factory=list)
    entries: Options = field(default_factory=list)
    cases: Options = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    reserved: str = ""


def choices_for(document: Document, transition: Transition, day: dt.date, actor: Actor) -> Choices:
    """What the page of a transition offers for an act of that day."""
    cases = _cases(document) if "case" in asked_by(transition) else []
    if _NUMBERING.isdisjoint(transition.effects):
        return Choices(cases=cases)
    if document.entry_id is not None and document.registration == "reserved":
        sentence = _("The document gets the number reserved for it: %(number)s.", number=document.number)
        return Choices(cases=cases, notes=[("info", sentence)], reserved=document.number)
    journals = journals_of(document)
    if not journals:
        return Choices(cases=cases, notes=[("late", _("No open journal numbers documents of this kind here."))])
    offered, notes = _offered(document, journals, day, actor)
    return Choices(offered, _entries(journals, day), cases, notes)


def _offered(
    document: Document, journals: list[Journal], day: dt.date, actor: Actor
) -> tuple[Options, list[tuple[str, str]]]:
    """Journals with the number that each would give on that day, and what is to be said of the first."""
    options: Options = []
    notes: list[tuple[str, str]] = []
    for place, journal in enumerate(journals):
        try:
            coming = offer(journal, day, context_of(document, day))
        except Refusal as refusal:
            options.append((str(journal.id), f"{journal.name}: {refusal.message}"))
            notes += [("late", refusal.message)] if not place else []
            continue
        words = _("%(journal)s: No. %(number)s", journal=journal.name, number=coming.number)
        options.append((str(journal.id), words))
        if place:
            continue
        notes.append(("info", _first_offer(words, coming.freed)))
        if coming.previous_on is not None and coming.previous_on > day:
            notes.append(("work", _backdating(day, coming.previous_on, actor)))
    return options, notes


def _first_offer(words: str, freed: bool) -> str:
    if freed:
        return _("The number will be: %(words)s. It was given back and is used first.", words=words)
    return _("The number will be: %(words)s.", words=words)


def _backdating(day: dt.date, previous: dt.date, actor: Actor) -> str:
    told = {"day": printed(day), "previous": printed(previous)}
    if may(actor, Action.BACKDATE):
        return _(
            "The number before it is of %(previous)s: with %(day)s the document is registered back-dated. "
            "Say why; it is kept in the journal of events.",
            **told,
        )
    return _(
        "The number before it is of %(previous)s. To register with %(day)s takes the right to back-date, "
        "which the administrator gives. Write %(previous)s or a later day.",
        **told,
    )


def _entries(journals: list[Journal], day: dt.date) -> Options:
    """Numbers of the period that were given back, or are reserved and belong to no document yet."""
    periods = {journal.id: period for journal in journals if (period := _period(journal, day)) is not None}
    holder = Document.alias()
    waiting = (
        Entry.select()
        .where(
            Entry.journal.in_(list(periods))
            & Entry.period.in_(list(set(periods.values())))
            & Entry.state.in_((EntryState.FREE, EntryState.RESERVED))
            & Entry.id.not_in(holder.select(holder.entry).where(holder.entry.is_null(False)))
        )
        .order_by(Entry.sort)
        .limit(MOST_NUMBERS)
    )
    return [(str(one.id), _entry_words(one)) for one in waiting if one.period == periods[one.journal_id]]


def _period(journal: Journal, day: dt.date) -> str | None:
    """None for a day before the term through which the journal counts."""
    try:
        return period_key(Reset(journal.reset), day, journal.term_since)
    except Refusal:
        return None


def _entry_words(entry: Entry) -> str:
    if entry.state == EntryState.FREE:
        return _("No. %(number)s, given back: %(reason)s", number=entry.number, reason=entry.reason)
    return _("No. %(number)s, reserved: %(reason)s", number=entry.number, reason=entry.reserved_for)


def _cases(document: Document) -> Options:
    """Open cases of the document's organisation, those of its own year first."""
    year = (document.date or document.created_at.date()).year
    ours = Case.organisation.is_null()
    if document.organisation_id is not None:
        ours |= Case.organisation == document.organisation_id
    rows = (
        Case.select(Case, CaseYear)
        .join(CaseYear)
        .where(ours & Case.closed_on.is_null() & CaseYear.closed_on.is_null() & Case.removed_on.is_null())
        .order_by((Case.year == year).desc(), Case.year.desc(), Case.index_sort, Case.id)
        .limit(MOST_CASES)
    )
    return [(str(row.id), f"{row.case_index} «{row.title}», {row.year}") for row in rows]

"""Between a document and its journal: which one numbers it, and what its number is made of."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Registration
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.prepared import Prepared, place
from roadmapdocs.registration import operations as registration
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.numbers import normalise_number, number_sort_key
from roadmapdocs.registration.patterns import Context
from roadmapdocs.registration.rules import EntryState

if TYPE_CHECKING:
    from roadmapdocs.documents.effects import Change


_OUTSIDE = Prepared(
    lambda: (
        Document.select(Document.id, Document.date)
        .join(Kind)
        .where(
            (Document.number_key == place("key", Document.number_key))
            & Document.entry.is_null()
            & (Document.registration == Registration.REGISTERED)
            & Document.date.between(place("first", Document.date), place("last", Document.date))
            & (Kind.expected == place("expected", Kind.expected))
            & (Document.id != place("but", Document.id))
        )
        .limit(1)
    )
)


def journals_of(document: Document) -> list[Journal]:
    """Journals that may number the document, the most fitting first."""
    return registration.journals_for(document.kind.series, document.organisation_id, document.body)


def context_of(document: Document, day: dt.date) -> Context:
    return Context(
        year=day.year,
        dept=document.unit.abbreviation if document.unit_id else "",
        case=document.case.case_index if document.case_id else "",
        body=document.body,
        letter="",
    )


def give(change: Change) -> None:
    """A number of the journal: the reserved one, the one typed, or the next."""
    document, answers = change.document, change.answers
    day = change.day
    reserved = document.entry if document.entry_id else None
    entry = registration.give_number(
        _journal(change) if reserved is None else reserved.journal,
        on=day,
        context=context_of(document, day),
        signed_on=document.date,
        manual=answers.number or ("" if reserved else document.number),
        reason=answers.reason,
        entry=reserved or _chosen(answers.entry),
        by=change.by,
        now=change.now,
        today=change.today,
    )
    _check_outside(document, entry, day)
    change.columns |= {**number_columns(entry), "registered_on": entry.registered_on}


def reserve(change: Change) -> None:
    document = change.document
    day = change.day
    entry = registration.reserve(
        _journal(change),
        on=day,
        context=context_of(document, day),
        reserved_for=document.title,
        manual=change.answers.number or document.number,
        reason=change.answers.reason,
        by=change.by,
        now=change.now,
        today=change.today,
    )
    change.columns |= number_columns(entry)


def release(change: Change) -> None:
    """A reserved number goes back to its journal; a document without one loses nothing."""
    entry = change.document.entry if change.document.entry_id else None
    if entry is None:
        return
    # A number that was left unused when its year was closed is the journal's already.
    if entry.state != EntryState.UNUSED:
        registration.release(entry, reason=change.answers.reason, by=change.by, now=change.now)
    change.columns |= {"entry": None, "number": "", "number_key": "", "number_sort": ""}
    if change.document.registration == "reserved":
        change.columns |= {"registration": "unregistered"}


def annul(change: Change) -> None:
    """The number stays with the document and in the journal, and is never given again."""
    if change.document.entry_id:
        registration.annul(change.document.entry, reason=change.answers.reason, by=change.by, now=change.now)


def number_columns(entry: Entry) -> dict[str, object]:
    return {
        "entry": entry,
        "number": entry.number,
        "number_key": normalise_number(entry.number),
        "number_sort": number_sort_key(entry.number),
    }


def _journal(change: Change) -> Journal:
    fitting = journals_of(change.document)
    if change.answers.journal is not None:
        fitting = [journal for journal in fitting if journal.id == change.answers.journal]
    if not fitting and change.document.organisation_id is None and _has_journal_elsewhere(change.document):
        sentence = _("The journals of this kind belong to organisations. Name the organisation of the document first.")
        raise Refusal("no_journal", sentence)
    if not fitting:
        raise Refusal(
            "no_journal",
            _(
                "No open journal numbers documents of the kind %(kind)s here. The administrator adds one under Journals.",
                kind=change.document.kind.name,
            ),
        )
    return fitting[0]


def _has_journal_elsewhere(document: Document) -> bool:
    return Journal.select().where(Journal.active & (Journal.series == document.kind.series)).exists()


def _check_outside(document: Document, entry: Entry, day: dt.date) -> None:
    """A document that was brought in with this number when no journal numbered it so: journals do not know of it.

    :raise Refusal: ``number_taken`` with the id of the document
    """
    kind = document.kind
    january, december = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    found = _OUTSIDE.rows(key=entry.key, first=january, last=december, expected=kind.expected, but=document.id)
    if found:
        taken_by, on = found[0]
        date = Document.date.python_value(on).strftime("%d.%m.%Y")
        sentence = _(
            "No. %(number)s is taken by a document of %(date)s. Choose another number.", number=entry.number, date=date
        )
        raise Refusal("number_taken", sentence, document=taken_by, fields={"number": sentence})


def _chosen(entry_id: int | None) -> Entry | None:
    if entry_id is None:
        return None
    entry: Entry | None = Entry.get_or_none(Entry.id == entry_id)
    if entry is None:
        raise Refusal("no_entry", _("There is no such number in the journal. Choose one of those shown."))
    holder: Document | None = Document.get_or_none(Document.entry == entry)
    if holder is not None:
        sentence = _("No. %(number)s is kept for another document. Choose another number.", number=entry.number)
        raise Refusal("number_taken", sentence, fields={"number": sentence})
    return entry

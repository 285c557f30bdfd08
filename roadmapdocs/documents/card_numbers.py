"""Numbers that cards come with: entered into a journal where one fits, else looked after here."""

from __future__ import annotations

import datetime as dt

import peewee as pw

from roadmapdocs.documents import numbering
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration import operations as registration
from roadmapdocs.registration.models import Entry
from roadmapdocs.registration.numbers import normalise_number
from roadmapdocs.registration.wishes import pattern_of


def enter_number(document: Document, card: Card, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Enter the number of a new card, given before, into the journal whose pattern it follows, where there is one.

    :raise Refusal: ``number_taken`` with the id of the document that has it
    """
    number, day = card.number.strip(), card.date
    if not number or day is None:
        return
    signed = card.preparation is Preparation.SIGNED
    entry = _brought_in(document, number, day, by=by, now=now, today=today) if signed else None
    if entry is None:
        check_number_is_free(card, document.kind, but=document.id)
        columns: dict[str, object] = {"registered_on": day if signed else None}
    else:
        columns = {**numbering.number_columns(entry), "registered_on": entry.registered_on}
    Document.update(columns).where(Document.id == document.id).execute()
    for name, value in columns.items():
        setattr(document, name, value)


def _brought_in(
    document: Document, number: str, day: dt.date, *, by: Actor, now: dt.datetime, today: dt.date
) -> Entry | None:
    """The entry in the journal whose pattern the number follows; None where no journal numbers such documents so."""
    if not document.kind.own_number:
        return None
    context = numbering.context_of(document, day)
    for journal in numbering.journals_of(document):
        if pattern_of(journal.pattern).read(number, context) is None:
            continue
        try:
            return registration.give_number(
                journal,
                on=day,
                context=context,
                manual=number,
                reason=_("brought in from paper"),
                brought_in=True,
                by=by,
                now=now,
                today=today,
            )
        except Refusal as refusal:
            if refusal.code != "number_taken":
                raise
            taken = Document.get_or_none(Document.entry == refusal.details.get("entry"))
            details = {**refusal.details, "document": taken.id if taken else None, "fields": {"number": refusal.message}}
            raise Refusal("number_taken", refusal.message, **details) from refusal
    return None


def check_number_is_free(card: Card, kind: Kind, *, but: int) -> None:
    """Outside journals, one number is given once among the kinds that share a name in roadmaps, in a calendar year."""
    if not normalise_number(card.number) or card.date is None:
        return
    # Whoever numbers a document of this name queues here: the update locks one row, on both databases.
    first = Kind.select(pw.fn.MIN(Kind.id)).where(Kind.expected == kind.expected)
    Kind.update(position=Kind.position).where(Kind.id == first).execute()
    clash = number_taken_by(card.number, kind, card.date, but=but)
    if clash is not None:
        sentence = taken_words(card.number, clash)
        raise Refusal("number_taken", sentence, document=clash.id, fields={"number": sentence})


def number_taken_by(number: str, kind: Kind, day: dt.date, *, but: int = 0) -> Document | None:
    """The document that has this number among those of the kind's name in roadmaps, in the year of the day."""
    january, december = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    taken: Document | None = (
        Document.select(Document, Kind)
        .join(Kind)
        .where(
            (Document.number_key == normalise_number(number))
            & (Kind.expected == kind.expected)
            & Document.date.between(january, december)
            & (Document.id != but)
        )
        .first()
    )
    return taken


def taken_words(number: str, clash: Document) -> str:
    return _(
        "No. %(number)s is taken by a document of %(date)s. Choose another number.",
        number=number,
        date=clash.date.strftime("%d.%m.%Y"),
    )

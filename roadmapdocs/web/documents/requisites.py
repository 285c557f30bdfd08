"""Requisites of a card (РКК, ``domain.md`` §4.1): columns, the kind's own fields, stamp and editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import peewee as pw
from flask import url_for

from roadmapdocs.access.rules import Mark
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.documents.fields import Field, fields_of
from roadmapdocs.documents.links.editions import Edition, timeline
from roadmapdocs.documents.links.stamps import Stamp, appendix_mark_of, approval_stamp_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Force, Preparation
from roadmapdocs.documents.visibility import may
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Organisation, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.web.context import settings
from roadmapdocs.web.pages import date as printed
from roadmapdocs.web.words import mark_word, yes_or_no

_RELATED = ("drafter", "signer_employee", "unit", "organisation", "case", "entry")
_Signer = Employee.alias()
#: Only what the card shows: building a statement costs as much as running it.
_COLUMNS = (
    Document.id,
    *(getattr(person, name) for person in (Employee, _Signer) for name in ("id", "surname", "name", "patronymic")),
    Unit.id,
    Unit.name,
    Organisation.id,
    Organisation.short_name,
    *(Case.id, Case.case_index, Case.title, Case.year, Retention.id, Retention.text),
    *(Entry.id, Entry.period, Entry.reason, Entry.registered_on, Entry.by, Entry.at, Journal.id, Journal.name),
)


def fetch_related(document: Document) -> None:
    """Rows that the card names beside the document itself, in one statement."""
    row = (
        Document.select(*_COLUMNS)
        .join(Employee, pw.JOIN.LEFT_OUTER, on=(Document.drafter == Employee.id), attr="drafter")
        .switch(Document)
        .join(_Signer, pw.JOIN.LEFT_OUTER, on=(Document.signer_employee == _Signer.id), attr="signer_employee")
        .switch(Document)
        .join(Unit, pw.JOIN.LEFT_OUTER, attr="unit")
        .switch(Document)
        .join(Organisation, pw.JOIN.LEFT_OUTER, on=(Document.organisation == Organisation.id), attr="organisation")
        .switch(Document)
        .join(Case, pw.JOIN.LEFT_OUTER, attr="case")
        .join(Retention, pw.JOIN.LEFT_OUTER, attr="retention")
        .switch(Document)
        .join(Entry, pw.JOIN.LEFT_OUTER, attr="entry")
        .join(Journal, pw.JOIN.LEFT_OUTER, attr="journal")
        .where(Document.id == document.id)
        .get()
    )
    for name in _RELATED:
        if getattr(document, f"{name}_id") is not None:
            setattr(document, name, getattr(row, name))


def requisites(document: Document) -> list[dict[str, object]]:
    """Lines of label and value; those that say nothing are left out, but for number, date and signer."""
    kept = {_("Number"), _("Date"), _signer(document)} if document.kind.own_number else {_("Date")}
    lines = [*_core(document), *_registration(document), *_people(document), *_terms(document), *_own(document)]
    return [{"label": label, "value": value, "url": None} for label, value in lines if value or label in kept]


def _core(document: Document) -> Iterator[tuple[str, str]]:
    yield _("Kind"), document.kind.name
    yield _("Number"), document.number
    yield _("Date"), printed(document.date)
    if document.mark != Mark.GENERAL:
        basis = f", {document.mark_basis}" if document.mark_basis else ""
        yield _("Access"), f"{mark_word(document.mark)}{basis}"


def _registration(document: Document) -> Iterator[tuple[str, str]]:
    yield _("Registered on"), printed(document.registered_on)
    if document.entry_id is None:
        return
    entry = document.entry
    yield _("Journal"), f"{entry.journal.name}, {entry.period}" if entry.period.isdecimal() else entry.journal.name
    if entry.registered_on is not None:
        at = entry.at.astimezone(settings().zone).strftime("%d.%m.%Y %H:%M")
        yield _("Entered by"), f"{entry.by}, {at}"
    yield _("Reason in the journal"), entry.reason


def _signer(document: Document) -> str:
    return _("Signer") if document.preparation == Preparation.SIGNED else _("Signs")


def _people(document: Document) -> Iterator[tuple[str, str]]:
    yield _("Organisation"), document.organisation.short_name if document.organisation_id else ""
    yield _("Body"), document.body
    yield _("Unit"), document.unit.name if document.unit_id else ""
    yield _signer(document), document.signer or (str(document.signer_employee) if document.signer_employee_id else "")
    yield _("Drafter"), str(document.drafter) if document.drafter_id else ""


def _terms(document: Document) -> Iterator[tuple[str, str]]:
    yield _("In force from"), printed(document.force_from)
    if document.force_until is not None:
        yield _("In force until"), printed(document.force_until - dt.timedelta(days=1))
    yield _("Control until"), printed(document.control_due)
    if document.case_id is not None:
        case = document.case
        yield _("Case"), f"{case.case_index} «{case.title}», {case.year}; {case.retention.text}"


def _own(document: Document) -> Iterator[tuple[str, str]]:
    """Fields that the kind asks for."""
    for field in fields_of(document.kind.fields):
        yield field.label, _value(field, document.fields.get(field.name))


def _value(field: Field, value: object) -> str:
    if value in (None, ""):
        return ""
    if field.type == "yes_no":
        return yes_or_no(bool(value))
    if field.type == "date":
        try:
            return printed(dt.date.fromisoformat(str(value)))
        except ValueError:
            return str(value)
    return str(value)


def stamps_of(document: Document, *, approved: bool, appendix: bool, actor: Actor) -> list[dict[str, object]]:
    """Lines by which a document says what approved it, and what it is an appendix to."""
    found = [approval_stamp_of(document) if approved else None, appendix_mark_of(document) if appendix else None]
    return [_stamp(one, actor) for one in found if one is not None]


def _stamp(stamp: Stamp, actor: Actor) -> dict[str, object]:
    url = url_for("roadmapdocs_documents.card", document_id=stamp.act.id)
    return {"lines": stamp.lines, "final": stamp.final, "url": url if may(stamp.act, "read", actor) else None}


def editions_of(document: Document, actor: Actor) -> list[dict[str, object]]:
    """The timeline of a document that was amended or has ended; nothing for one that stands as it was signed."""
    if document.force in (Force.NOT_IN_FORCE, Force.IN_FORCE) and document.force_until is None:
        return []
    editions = timeline(document)
    return [_edition(one, actor) for one in editions] if len(editions) > 1 else []


def _edition(edition: Edition, actor: Actor) -> dict[str, object]:
    open_to_reader = edition.by is None or may(edition.by, "read", actor)
    url = url_for("roadmapdocs_documents.card", document_id=edition.by.id) if edition.by else None
    return {
        "number": edition.number,
        "since": edition.since,
        "words": edition.words if open_to_reader else _("changed by another document"),
        "url": url if open_to_reader else None,
    }

"""Use cases of cards: make one, correct it, look one up."""

from __future__ import annotations

import dataclasses
import datetime as dt

from roadmapdocs.access.rules import Action, Mark, require
from roadmapdocs.audit.operations import history, record
from roadmapdocs.db import transaction
from roadmapdocs.documents.card_numbers import check_number_is_free, enter_number
from roadmapdocs.documents.fields import fields_of, read_fields
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Card, Force, Preparation, Registration, check_card, search_key
from roadmapdocs.documents.states import state_columns, state_meaning
from roadmapdocs.documents.visibility import may, require_right, states_of
from roadmapdocs.documents.workflows import adopt_for
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.hooks import document_changed
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.numbers import normalise_number, number_sort_key
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, Workflow


def create_document(card: Card, *, by: Actor, now: dt.datetime, today: dt.date) -> Document:
    """Make a card: a draft, or a document that exists already and is brought in with its state and number.

    A number brought in is entered into the journal whose pattern it follows, where there is one.

    :raise Forbidden: if the actor keeps no cards
    :raise Refusal: ``card`` with a sentence for each field, ``number_taken``, or ``unknown_kind``
    """
    require(by, Action.WRITE_DOCUMENT)
    check_card(card, today=today)
    card = _named(_placed(card, by))
    with transaction():
        kind = _kind(card.kind)
        adopted = adopt_for(kind, now)
        workflow = workflow_of(adopted.id)
        states = _first_states(card, workflow)
        columns = _columns(card, kind, {}, card.date or today)
        columns |= state_columns(workflow, states, card.mark)
        # Whoever brings a finished document in did not draft it, but must be able to see it.
        if card.drafter_id is None and (card.preparation is not Preparation.SIGNED or card.mark is not Mark.GENERAL):
            columns["drafter"] = by.employee_id
        if card.preparation is Preparation.SIGNED:
            columns["force_from"] = card.force_from or card.date
        document = Document.create(**columns, workflow=adopted, created_at=now, changed_at=now)
        enter_number(document, card, by=by, now=now, today=today)
        record("document_created", subject=document, effect=_effect(card), by=by, now=now)
        document_changed.send(document, by=by)
    return document


def update_document(
    document_id: int, card: Card, *, revision: int, by: Actor, now: dt.datetime, today: dt.date
) -> Document:
    """Change a card that was read at ``revision``. Its states, and the number of a registered document, stay.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if in its states this is not for them
    :raise Conflict: ``stale`` if somebody changed it meanwhile; ``details`` carry who and when, as words
    :raise Refusal: as :func:`create_document`, and ``registered`` if number, date or kind are the journal's by now
    """
    check_card(card, today=today)
    card = _named(card)
    with transaction():
        kind = _kind(card.kind)
        # The update comes first: it takes the lock, and misses if the card was changed since it was read.
        fresh = (
            Document.update(revision=Document.revision + 1, changed_at=now)
            .where((Document.id == document_id) & (Document.revision == revision))
            .execute()
        )
        before = read_document(document_id, by=by)
        require_right(before, "change", by)
        if not fresh:
            raise _stale(before)
        if card.organisation_id != before.organisation_id:
            card = _placed(card, by)
        if before.entry_id is not None:
            _check_registered_stays(before, card)
            # As the journal has it, however it was typed.
            card = dataclasses.replace(card, number=before.number)
        # A card without a date keeps its place in lists, however often it is changed.
        made = before.listed_on if before.date is None else before.created_at.date()
        columns = _columns(card, kind, before.fields, card.date or made)
        if before.entry_id is None:
            check_number_is_free(card, kind, but=document_id)
        adopted_id: int = before.workflow_id
        if kind.id != before.kind_id:
            adopted_id = adopt_for(kind, now).id
        columns["workflow"] = adopted_id
        workflow = workflow_of(adopted_id)
        columns |= state_columns(workflow, _states_kept(before, workflow), card.mark)
        Document.update(columns).where(Document.id == document_id).execute()
        document = get_document(document_id)
        record("document_changed", subject=document, effect=_effect(card), by=by, now=now)
        document_changed.send(document, by=by)
    return document


def get_document(document_id: int) -> Document:
    """
    :raise NotFound: if there is none
    """
    document: Document | None = Document.select(Document, Kind).join(Kind).where(Document.id == document_id).first()
    if document is None:
        raise unknown_document()
    return document


def lock_document(document_id: int) -> Document:
    """The document, which others wait for until the transaction ends: the update comes first and takes the lock.

    :raise NotFound: if there is none
    """
    Document.update(revision=Document.revision).where(Document.id == document_id).execute()
    return get_document(document_id)


def read_document(document_id: int, *, by: Actor) -> Document:
    """The document, as this person may have it.

    :raise NotFound: if there is none, or none for this person: who may not read it does not learn that it exists
    """
    document = get_document(document_id)
    if not may(document, "read", by):
        raise unknown_document()
    return document


def unknown_document() -> NotFound:
    return NotFound("no_document", _("There is no such document, or it is not open to you. Look for it in the list."))


def adopt_old_documents(now: dt.datetime) -> int:
    """Give documents from before there were workflows the one of their kind; give how many there were."""
    with transaction():
        old = list(Document.select(Document, Kind).join(Kind).where(Document.workflow.is_null()))
        for document in old:
            adopted = adopt_for(document.kind, now)
            workflow = workflow_of(adopted.id)
            columns = state_columns(workflow, _states_kept(document, workflow), Mark(document.mark))
            columns["number_sort"] = number_sort_key(document.number)
            Document.update(workflow=adopted, **columns).where(Document.id == document.id).execute()
    return len(old)


def _named(card: Card) -> Card:
    """The card with the name of a signer of the office, where only the employee is given."""
    if card.signer_id is None or card.signer.strip():
        return card
    employee = Employee.get_or_none(Employee.id == card.signer_id)
    return dataclasses.replace(card, signer=str(employee) if employee is not None else "")


def _placed(card: Card, by: Actor) -> Card:
    """The card in an organisation where the actor's roles count.

    :raise Refusal: ``other_organisation`` if it names another; ``organisation`` if none is named and there are several
    """
    if card.organisation_id is None and len(by.organisations) == 1:
        return dataclasses.replace(card, organisation_id=next(iter(by.organisations)))
    if card.organisation_id is None and by.organisations:
        sentence = _("You work for several organisations. Choose whose document this is.")
        raise Refusal("organisation", sentence, fields={"organisation": sentence})
    if not by.counts_in(card.organisation_id):
        sentence = _("You keep no documents of this organisation. Choose one of your own.")
        raise Refusal("other_organisation", sentence, fields={"organisation": sentence})
    return card


def _kind(code: str) -> Kind:
    kind: Kind | None = Kind.get_or_none(Kind.code == code)
    if kind is None:
        known = ", ".join(row.code for row in Kind.select().order_by(Kind.position))
        raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=code, known=known))
    return kind


def _first_states(card: Card, workflow: Workflow) -> dict[Line, str]:
    """States of a new document: the first ones, but for what is brought in ready."""
    states = workflow.initial()
    states[Line.PREPARATION] = state_meaning(workflow, Line.PREPARATION, card.preparation)
    if card.preparation is Preparation.SIGNED:
        states[Line.FORCE] = state_meaning(workflow, Line.FORCE, Force.IN_FORCE)
        if card.number.strip():
            states[Line.REGISTRATION] = state_meaning(workflow, Line.REGISTRATION, Registration.REGISTERED)
    return states


def _states_kept(document: Document, workflow: Workflow) -> dict[Line, str]:
    """The document's states in a workflow: the same names, or for those it does not have, the same meanings."""
    states = {}
    for line, name in states_of(document).items():
        known = workflow.definitions[line].states
        states[line] = name if name in known else state_meaning(workflow, line, getattr(document, line.value))
    return states


def _check_registered_stays(before: Document, card: Card) -> None:
    same = (
        normalise_number(card.number) == before.number_key,
        card.date == before.date or before.registration != Registration.REGISTERED,
        card.kind == before.kind.code,
    )
    if all(same):
        return
    sentence = _(
        "No. %(number)s is in the journal: number, date and kind stay as they are registered. "
        "Annul the registration if they are wrong.",
        number=before.number,
    )
    names = [name for name, kept in zip(("number", "date", "kind"), same, strict=True) if not kept]
    raise Refusal("registered", sentence, fields=dict.fromkeys(names, sentence))


def _stale(document: Document) -> Conflict:
    # Of what the history tells, these are what a revision counts.
    changes = (event.who for event in history(document) if event.what in {"document_changed", "document_moved"})
    who = next(changes, _("somebody"))
    return Conflict(
        "stale",
        _(
            "While you were writing, %(who)s changed this card. Your text is kept below: compare and save again.",
            who=who,
        ),
        # The lock of this attempt goes with its transaction.
        revision=document.revision,
        who=who,
    )


def _columns(card: Card, kind: Kind, kept: dict[str, object], listed_on: dt.date) -> dict[str, object]:
    number = card.number.strip()
    return {
        "kind": kind,
        "number": number,
        "number_key": normalise_number(number),
        "number_sort": number_sort_key(number),
        "date": card.date,
        "listed_on": listed_on,
        "title": card.title.strip(),
        "summary": card.summary.strip(),
        "signer": card.signer.strip(),
        "signer_employee": card.signer_id,
        "drafter": card.drafter_id,
        "unit": card.unit_id,
        "organisation": card.organisation_id,
        "body": card.body.strip(),
        "mark": str(card.mark),
        "mark_basis": card.mark_basis.strip(),
        "force_from": card.force_from,
        "fields": read_fields(fields_of(kind.fields), card.fields, kept),
        "search_key": search_key(kind.short, number, card.title, card.summary, card.signer),
    }


def _effect(card: Card) -> dict[str, object]:
    plain = {name: value for name, value in dataclasses.asdict(card).items() if value not in (None, "", {})}
    return {name: _plain(value) for name, value in plain.items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value

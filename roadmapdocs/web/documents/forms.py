"""Pages on which a card is made and changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, Mark, require
from roadmapdocs.coverage.operations import link
from roadmapdocs.db import transaction
from roadmapdocs.documents import locks, operations
from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Card, Preparation, Registration
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.compare import CompareForms
from roadmapdocs.web.documents.copies import CopyForms, add_file
from roadmapdocs.web.documents.fields import DocumentForm, form_for, values_of, words_of
from roadmapdocs.web.documents.form_page import chooser_context, form_context, locked_context
from roadmapdocs.web.documents.people import employee_called, name_of
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line, plain_text
from roadmapdocs.web.roadmaps.slots import Place, place_of

#: Kinds whose documents are made by a body that meets.
WITH_BODY = "protocol"


class DocumentForms(CompareForms, CopyForms):
    """Routes for making and changing cards; mixed into the view of documents."""

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        require(actor(), Action.WRITE_DOCUMENT)
        place = place_of(request.values.get("slot"))
        asked = request.values.get("kind") or (place.kind_code() if place and request.method == "GET" else None)
        kind = Kind.get_or_none((Kind.code == asked) & Kind.active) if asked else None
        if request.method == "GET" and kind is None:
            return self.render("document_new.html", **chooser_context(place, asked))
        form = _new_form(kind, place)
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                document = _create(form, kind, place)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The card is made."), "done")
                return redirect(place.url() if place else url_for(".card", document_id=document.id))
        return self._form(form, kind, None, place, refusal)

    @expose(f"/<{ROW_ID}:document_id>/edit", methods=["GET", "POST"])
    def edit(self, document_id: int) -> ResponseReturnValue:
        document = operations.read_document(document_id, by=actor())
        require_right(document, "change", actor())
        if request.method == "GET":
            held = locks.take(document, by=actor(), now=now())
            if held is not None:
                return self.render("document_form.html", **locked_context(document, held))
        form = _edit_form(document)
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                _update(document, form)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The card is saved."), "done")
                return redirect(url_for(".card", document_id=document.id))
        return self._form(form, document.kind, document, None, refusal)

    @expose(f"/<{ROW_ID}:document_id>/edit/take", methods=["POST"])
    def take_over(self, document_id: int) -> ResponseReturnValue:
        """Edit although somebody else does: they are absent, or have agreed."""
        document = operations.read_document(document_id, by=actor())
        locks.take(document, by=actor(), now=now(), steal=True)
        return redirect(url_for(".edit", document_id=document.id))

    @expose(f"/<{ROW_ID}:document_id>/edit/leave", methods=["POST"])
    def leave(self, document_id: int) -> ResponseReturnValue:
        document = operations.read_document(document_id, by=actor())
        locks.release(document, by=actor())
        return redirect(url_for(".card", document_id=document.id))

    def _form(
        self,
        form: DocumentForm,
        kind: Kind | None,
        document: Document | None,
        place: Place | None,
        refusal: Refusal | None,
    ) -> ResponseReturnValue:
        """The form, for the first time or again with what was typed and what is not right with it."""
        stored: Mapping[str, str] = {}
        if isinstance(refusal, Conflict) and document is not None:
            # What was typed stays, with the present revision: saving once more is then a decision made knowingly.
            document = operations.read_document(document.id, by=actor())
            stored = _stored_words(form, document)
            form.revision.data = str(document.revision)
        elif refusal is not None:
            form.take(refusal)
        if form.errors or refusal is not None:
            form.remind_of_file()
        context = form_context(form, kind, document, place=place, refusal=refusal, stored=stored)
        page = self.render("document_form.html", **context)
        return page, status_of(refusal) if refusal else 422 if form.errors else 200


def _new_form(kind: Kind | None, place: Place | None) -> DocumentForm:
    fields = fields_of(kind.fields) if kind else []
    me = actor()
    own = Employee.get_or_none(Employee.id == me.employee_id) if me.employee_id is not None else None
    first = {
        "kind": kind.code if kind else "",
        "preparation": str(Preparation.SIGNED if place else Preparation.DRAFT),
        "title": place.expected_title if place else "",
        "drafter": name_of(own) if own else "",
        "unit_id": next(iter(me.unit_ids)) if len(me.unit_ids) == 1 else None,
    }
    form = form_for(fields)(_kinds(), data=first)
    form.drop("revision", *_superfluous(kind))
    return form


def _edit_form(document: Document) -> DocumentForm:
    kinds = _kinds(document.kind)
    sent = request.form.get("kind", document.kind.code)
    kind = next((one for one in kinds if one.code == sent), document.kind)
    fields = fields_of(kind.fields)
    form = form_for(fields)(kinds, data=values_of(document, fields))
    form.drop("preparation", "file", *_superfluous(kind), *settled(document))
    return form


def settled(document: Document) -> list[str]:
    """Names of what a registered document keeps: the journal has it. A draft's number comes with registration."""
    names = []
    if document.entry_id is not None:
        names = ["kind", "number"]
        if document.registration == Registration.REGISTERED:
            names.append("date")
    elif not document.number:
        names = ["number"]
    return names


def _kinds(own: Kind | None = None) -> list[Kind]:
    """Kinds in use, and the one that a document has already."""
    kept = Kind.active | (Kind.id == own.id) if own is not None else Kind.active
    return list(Kind.select().where(kept).order_by(Kind.position))


def _superfluous(kind: Kind | None) -> list[str]:
    """Names that make no sense for a kind."""
    names = [] if kind is None or kind.group == WITH_BODY else ["body"]
    return names if kind is None or kind.own_number else [*names, "number"]


def _create(form: DocumentForm, kind: Kind | None, place: Place | None) -> Document:
    card = card_from(form)
    if card.preparation is Preparation.SIGNED and not card.number and kind is not None and kind.own_number:
        raise _no_number(_("A registered document has a number. Write it, or make a draft: registration will give it one."))
    with transaction():
        document = operations.create_document(card, by=actor(), now=now(), today=today())
        upload = form.file.data
        if upload and upload.filename:
            add_file(document, upload)
        if place is not None:
            link(place.expected_id, place.period, document, by=actor(), now=now())
    return document


def _update(document: Document, form: DocumentForm) -> None:
    with transaction():
        card = card_from(form, document)
        if document.number and not card.number:
            raise _no_number(_("The document has a number already. Correct it if it is wrong, but leave one."))
        operations.update_document(document.id, card, revision=form.read_at, by=actor(), now=now(), today=today())
        locks.release(document, by=actor())


def _no_number(sentence: str) -> Refusal:
    return Refusal("card", sentence, fields={"number": sentence})


def card_from(form: DocumentForm, stored: Document | None = None) -> Card:
    """What was typed, and what the form does not ask for as it is ``stored``.

    :raise Refusal: ``card`` if a name cannot be told
    """
    base = card_of(stored) if stored is not None else Card(kind="", title="")
    typed: dict[str, Any] = {}
    for name in ("kind", "title", "number", "body", "mark_basis"):
        if name in form:
            typed[name] = plain_line(form[name].data)
    for name in ("date", "organisation_id", "unit_id", "force_from"):
        if name in form:
            typed[name] = form[name].data
    if "preparation" in form:
        typed["preparation"] = Preparation(form.preparation.data)
        if typed["preparation"] is Preparation.DRAFT:
            typed["number"] = ""
    typed |= {"summary": plain_text(form.summary.data), "mark": Mark(form.mark.data), "fields": form.own_values()}
    typed["signer"], typed["signer_id"] = _signer(form, stored)
    typed["drafter_id"] = _drafter(form, stored)
    return dataclasses.replace(base, **typed)


def _signer(form: DocumentForm, stored: Document | None) -> tuple[str, int | None]:
    """The signer's name and, where it is somebody of the office, the employee."""
    text = plain_line(form.signer.data)
    if stored is not None and text == plain_line(stored.signer):
        return stored.signer, stored.signer_employee_id
    found = _called(text, "signer")
    return (name_of(found), found.id) if found is not None else (text, None)


def _drafter(form: DocumentForm, stored: Document | None) -> int | None:
    text = plain_line(form.drafter.data)
    if stored is not None and stored.drafter_id and text == name_of(stored.drafter):
        return int(stored.drafter_id)
    if not text:
        return None
    found = _called(text, "drafter")
    if found is None:
        sentence = _("Nobody of the office is called so. Choose one of the list, or leave the field empty.")
        raise Refusal("card", sentence, fields={"drafter": sentence})
    return int(found.id)


def _called(text: str, field: str) -> Employee | None:
    try:
        return employee_called(text)
    except Refusal as refusal:
        raise Refusal("card", refusal.message, fields={field: refusal.message}) from refusal


def _stored_words(form: DocumentForm, document: Document) -> dict[str, str]:
    """Of each field whose text differs from what is stored now: the stored one, in words."""
    kept = type(form)(_kinds(document.kind), formdata=None, data=values_of(document, form.own))
    words = {}
    for control in form:
        if control.type in ("HiddenField", "CSRFTokenField", "FileField", "RadioField"):
            continue
        now_stored = words_of(kept[control.name])
        if plain_text(now_stored) != plain_text(words_of(control)):
            words[control.name] = now_stored
    return words

"""Pages of documents: the list, the card, the form, the file."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.coverage.operations import link
from roadmapdocs.db import transaction
from roadmapdocs.documents import operations
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.rules import NUMBER_LIMIT, SUMMARY_LIMIT, TITLE_LIMIT, Card, Preparation
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.document_card import card_context
from roadmapdocs.web.document_list import Conditions, list_context
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import lazy, plain_line, plain_text
from roadmapdocs.web.slots import Place, place_of
from roadmapdocs.web.words import preparation_word

#: What a browser may be told about a stored file; anything else is only bytes.
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
}


class DocumentForm(FlaskForm):
    kind = SelectField(lazy("Kind"), [InputRequired(lazy("Choose the kind."))])
    number = StringField(lazy("Number"), [Length(max=NUMBER_LIMIT)])
    # A browser sends the first form; the second is what people type where there is no calendar.
    date = DateField(lazy("Date"), [Optional()], format=["%Y-%m-%d", "%d.%m.%Y"])
    preparation = SelectField(lazy("State"), default=str(Preparation.SIGNED))
    title = StringField(
        lazy("Title"), [InputRequired(lazy("Write what the document is about.")), Length(max=TITLE_LIMIT)]
    )
    summary = TextAreaField(lazy("Summary"), [Length(max=SUMMARY_LIMIT)])
    signer = StringField(lazy("Signer"), [Length(max=255)])
    file = FileField(lazy("File"))
    revision = HiddenField(default="0")

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        kinds = [(kind.code, kind.name) for kind in Kind.select().order_by(Kind.position)]
        self.kind.choices = [("", _("Choose")), *kinds]
        self.preparation.choices = [(str(state), preparation_word(state)) for state in Preparation]

    @classmethod
    def of(cls, document: Document) -> DocumentForm:
        """The form of a card as it stands; what was sent with the request goes first."""
        stored = {name: getattr(document, name) for name in ("number", "date", "title", "summary", "signer")}
        state, revision = str(document.preparation), str(document.revision)
        return cls(data={**stored, "kind": document.kind.code, "preparation": state, "revision": revision})

    def card(self, stored: Document | None = None) -> Card:
        """What was typed, and what the form does not ask for as it is ``stored``."""
        signer = plain_line(self.signer.data)
        same_signer = stored is not None and signer == stored.signer
        return Card(
            kind=self.kind.data,
            title=plain_line(self.title.data),
            number=plain_line(self.number.data),
            date=self.date.data,
            summary=plain_text(self.summary.data),
            signer=signer,
            preparation=Preparation(self.preparation.data),
            signer_id=stored.signer_employee_id if stored and same_signer else None,
            drafter_id=stored.drafter_id if stored else None,
            unit_id=stored.unit_id if stored else None,
        )

    @property
    def read_at(self) -> int:
        """The revision at which the card was opened; 0, which no card has, for anything that is none."""
        text = self.revision.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences beside the fields they are about, or else beside the title."""
        fields = refusal.details.get("fields")
        sentences = fields if isinstance(fields, dict) else {"title": refusal.message}
        for name, sentence in sentences.items():
            field = self._fields.get(name, self.title)
            field.errors = [*field.errors, sentence]

    def remind_of_file(self) -> None:
        """A browser sends a chosen file once: with the form shown again it has to be chosen again."""
        if self.file.data and not self.file.errors:
            self.file.errors = [_("The file was not kept. Choose it once more.")]


class DocumentsView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        conditions = Conditions.from_address(request.args)
        return self.render("documents.html", **list_context(conditions, may_create=may(actor(), Action.WRITE_DOCUMENT)))

    @expose(f"/<{ROW_ID}:document_id>")
    def card(self, document_id: int) -> ResponseReturnValue:
        document = operations.get_document(document_id)
        return self.render("document.html", **card_context(document, actor()))

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        require(actor(), Action.WRITE_DOCUMENT)
        place = place_of(request.values.get("slot"))
        form = DocumentForm()
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                document = self._create(form, place)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The card is made."), "done")
                return redirect(place.url() if place else url_for(".card", document_id=document.id))
        elif request.method == "GET" and place is not None:
            form.kind.data = place.kind_code()
            form.title.data = place.expected_title
        return self._form(form, None, place, refusal)

    @expose(f"/<{ROW_ID}:document_id>/edit", methods=["GET", "POST"])
    def edit(self, document_id: int) -> ResponseReturnValue:
        require(actor(), Action.WRITE_DOCUMENT)
        document = operations.get_document(document_id)
        form = DocumentForm.of(document)
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                self._update(document, form)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The card is saved."), "done")
                return redirect(url_for(".card", document_id=document.id))
        return self._form(form, document, None, refusal)

    @expose(f"/<{ROW_ID}:document_id>/files/<{ROW_ID}:version_id>")
    def file(self, document_id: int, version_id: int) -> ResponseReturnValue:
        version = (
            DocumentVersion.select(DocumentVersion, StoredFile)
            .join(StoredFile)
            .where((DocumentVersion.id == version_id) & (DocumentVersion.document == document_id))
            .first()
        )
        if version is None:
            raise NotFound("no_version", _("This document has no such version. Its card lists those it has."))
        response = send_file(
            store().open(version.file.sha256),
            mimetype=MEDIA_TYPES.get(version.file.format, "application/octet-stream"),
            as_attachment=True,
            download_name=version.name,
            etag=version.file.sha256,
        )
        if response.status_code == HTTPStatus.OK:
            response.content_length = version.file.size
        response.cache_control.private = True
        return response

    def _create(self, form: DocumentForm, place: Place | None) -> Document:
        with transaction():
            document = operations.create_document(form.card(), by=actor(), now=now(), today=today())
            self._add_file(document, form)
            if place is not None:
                link(place.expected_id, place.period, document, by=actor(), now=now())
        return document

    def _update(self, document: Document, form: DocumentForm) -> None:
        with transaction():
            operations.update_document(
                document.id, form.card(document), revision=form.read_at, by=actor(), now=now(), today=today()
            )
            self._add_file(document, form)

    def _add_file(self, document: Document, form: DocumentForm) -> None:
        upload = form.file.data
        if not upload or not upload.filename:
            return
        try:
            operations.add_version(document, upload.read(), upload.filename, store=store(), by=actor(), now=now())
        except Refusal as refusal:
            raise Refusal(refusal.code, refusal.message, fields={"file": refusal.message}) from refusal

    def _form(
        self, form: DocumentForm, document: Document | None, place: Place | None, refusal: Refusal | None
    ) -> ResponseReturnValue:
        """The form, for the first time or again with what was typed and what is not right with it."""
        if isinstance(refusal, Conflict):
            # Told above the form, with the card as it stands; saving once more is then a decision made knowingly.
            form.revision.data = str(refusal.details["revision"])
        elif refusal is not None:
            form.take(refusal)
        if form.errors or refusal is not None:
            form.remind_of_file()
        back = url_for(".card", document_id=document.id) if document else url_for(".index")
        page = self.render(
            "document_form.html",
            form=form,
            document=_named(document) if document else None,
            proves={"text": place.sentence(), "slot": place.key} if place else None,
            duplicate=_other_card(refusal, document),
            back_url=place.url() if place else back,
        )
        return page, status_of(refusal) if refusal else 422 if form.errors else 200


def _named(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "kind": document.kind.short,
        "number": document.number,
        "title": document.title,
    }


def _other_card(refusal: Refusal | None, document: Document | None) -> dict[str, str] | None:
    """The card that stands in the way of saving, for comparing: one with this number, or this one as it is now."""
    if refusal is None:
        return None
    if refusal.code == "number_taken":
        clash = refusal.details["document"]
        return {"text": _("A card with this number is there already."), "url": url_for(".card", document_id=clash)}
    if isinstance(refusal, Conflict) and document is not None:
        return {"text": refusal.message, "url": url_for(".card", document_id=document.id)}
    return None

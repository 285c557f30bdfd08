"""Pages on which a text gets its next version, and on which a working copy is made, brought home or given up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, reason
from roadmapdocs.access.rules import may as may_act
from roadmapdocs.documents import working_copies
from roadmapdocs.documents.fields import fields_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.versions import add_version, versions_of
from roadmapdocs.documents.visibility import may, require_right, why_not
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.documents.text_forms import CheckInForm, DiscardForm, VersionForm
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_text
from roadmapdocs.web.words import yes_or_no


class CopyForms(PageView):
    @expose(f"/<{ROW_ID}:document_id>/versions", methods=["GET", "POST"])
    def versions(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require_right(document, "add_version", actor())
        form = VersionForm()
        form.ask_about(document)
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                add_file(document, form.file.data, plain_text(form.comment.data), substantial=form.substantial)
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The version is added."), "done")
                return redirect(url_for(".card", document_id=document.id, _anchor="files"))
        return self._answer("document_version.html", document, form, refusal)

    @expose(f"/<{ROW_ID}:document_id>/working-copy", methods=["POST"])
    def check_out(self, document_id: int) -> ResponseReturnValue:
        copy = working_copies.check_out(document_id, store=store(), by=actor(), now=now(), today=today())
        flash(_("This is your working copy. The document itself stays as it is until you bring the copy home."), "done")
        return redirect(url_for(".card", document_id=copy.id))

    @expose(f"/<{ROW_ID}:document_id>/check-in", methods=["GET", "POST"])
    def check_in(self, document_id: int) -> ResponseReturnValue:
        copy = _copy(document_id)
        require_right(copy.working_copy_of, "change", actor())
        news = _news(copy)
        form = CheckInForm()
        form.ask_about(copy.working_copy_of, asked=bool(news["text"]))
        refusal: Refusal | None = None
        if form.validate_on_submit():
            said, chosen = plain_text(form.comment.data), {"confirmed": form.confirmed.data, "substantial": form.substantial}
            try:
                document = working_copies.check_in(copy.id, said, **chosen, store=store(), by=actor(), now=now(), today=today())
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The document has its next edition."), "done")
                return redirect(url_for(".card", document_id=document.id))
        return self._answer("document_check_in.html", copy, form, refusal, **news)

    @expose(f"/<{ROW_ID}:document_id>/discard", methods=["GET", "POST"])
    def discard(self, document_id: int) -> ResponseReturnValue:
        copy = _copy(document_id)
        require_right(copy, "change", actor())
        form = DiscardForm()
        refusal: Refusal | None = None
        if form.validate_on_submit():
            try:
                document = working_copies.discard(
                    copy.id, plain_text(form.reason.data), by=actor(), now=now(), today=today()
                )
            except Refusal as problem:
                refusal = problem
            else:
                flash(_("The working copy is given up. The document stays as it was."), "done")
                return redirect(url_for(".card", document_id=document.id))
        return self._answer("document_discard.html", copy, form, refusal, original=_named(copy.working_copy_of))

    def _answer(
        self, template: str, document: Document, form: Any, refusal: Refusal | None, **more: object
    ) -> ResponseReturnValue:
        """A short form, for the first time or again with what is not right with it."""
        said = _place(form, refusal)
        back = url_for(".card", document_id=document.id)
        page = self.render(template, form=form, document=_named(document), refusal=said, back_url=back, **more)
        return page, status_of(refusal) if refusal else 422 if form.errors else 200


def add_file(document: Document, upload: Any, comment: str = "", *, substantial: bool = True) -> None:
    """
    :raise Refusal: as :func:`roadmapdocs.documents.versions.add_version`, told beside the field of the file
    """
    data, name = upload.read(), upload.filename
    try:
        add_version(document, data, name, store=store(), comment=comment, substantial=substantial, by=actor(), now=now())
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.message, fields={"file": refusal.message}) from refusal


def working_copy_acts(document: Document, by: Actor) -> list[dict[str, object]]:
    """Buttons of a card that are about working copies: ``label``, ``url``, ``symbol``, ``post``, ``why_not``.

    Nothing for a document of which there is no question of a copy: a draft is changed as it is.
    """
    closed = None if may(document, "change", by) else why_not(document, "change")
    if document.working_copy_of_id is not None:
        if document.preparation in working_copies.CLOSED:
            return []
        home = None if may(document.working_copy_of, "change", by) else why_not(document.working_copy_of, "change")
        return [
            _act(_("Bring home as the next edition"), url_for("roadmapdocs_documents.check_in", document_id=document.id), "up", home),
            _act(_("Give the copy up"), url_for("roadmapdocs_documents.discard", document_id=document.id), "x", closed),
        ]
    if document.preparation not in working_copies.COPIED:
        return []
    copy = working_copies.copy_of(document)
    if copy is not None and may(copy, "read", by):
        return [_act(_("Open the working copy"), url_for("roadmapdocs_documents.card", document_id=copy.id), "copy", None)]
    if not may_act(by, Action.WRITE_DOCUMENT):
        closed = reason(Action.WRITE_DOCUMENT)
    closed = closed or working_copies.why_no_copy(document)
    url = url_for("roadmapdocs_documents.check_out", document_id=document.id)
    return [_act(_("Make a working copy"), url, "copy", closed) | {"post": True}]


def _act(label: str, url: str, symbol: str, closed: str | None) -> dict[str, object]:
    return {"label": label, "url": url, "symbol": symbol, "main": False, "post": False, "why_not": closed}


def _copy(document_id: int) -> Document:
    copy = read_document(document_id, by=actor())
    working_copies.check_under_way(copy)
    copy.working_copy_of = read_document(copy.working_copy_of_id, by=actor())
    return copy


def _place(form: Any, refusal: Refusal | None) -> str | None:
    """Put sentences beside their fields; what is about none of them is told above the form."""
    if "file" in form and form.file.data and not form.file.errors and (refusal or form.errors):
        form.file.errors = [_("The file was not kept. Choose it once more.")]
    if refusal is None:
        return None
    fields = refusal.details.get("fields")
    for name, sentence in fields.items() if isinstance(fields, dict) else ():
        if name in form:
            form[name].errors = [*form[name].errors, sentence]
    return None if isinstance(fields, dict) else refusal.message


def _news(copy: Document) -> dict[str, object]:
    """What the document will get from the copy, in words, and what of it was changed there meanwhile."""
    document = copy.working_copy_of
    news = working_copies.homecoming(copy)
    labels = _column_labels() | {field.name: field.label for field in fields_of(document.kind.fields)}
    stored = {name: getattr(document, name) for name in working_copies.TAKEN_OVER}
    lines = [
        {
            "label": labels.get(name, name),
            "was": _word(name, before.get(name)),
            "becomes": _word(name, after),
            "clash": name in news.clashes or f"fields.{name}" in news.clashes,
        }
        for before, changed in ((stored, news.columns), (document.fields, news.fields))
        for name, after in changed.items()
    ]
    current, mine = versions_of(document).first(), versions_of(copy).first()
    both = current is not None and mine is not None and news.text
    url = url_for(".compare", document_id=document.id, a=current.id, b=mine.id) if both else None
    return {
        "original": _named(document),
        "lines": lines,
        "text": news.text,
        "text_clash": "text" in news.clashes,
        "clashes": bool(news.clashes),
        "compare_url": url,
    }


def _column_labels() -> dict[str, str]:
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "body": _("Body that met"),
        "unit_id": _("Unit"),
        "organisation_id": _("Organisation"),
    }


def _word(name: str, value: object) -> str:
    if name in ("unit_id", "organisation_id") and value:
        row = (Unit if name == "unit_id" else Organisation).get_or_none(id=value)
        return str(row.name) if row else ""
    if isinstance(value, bool):
        return yes_or_no(value)
    return str(value) if value is not None else ""


def _named(document: Document) -> dict[str, object]:
    return {"id": document.id, "kind": document.kind.short, "number": document.number, "title": document.title}

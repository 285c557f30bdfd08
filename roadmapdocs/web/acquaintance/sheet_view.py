"""Addresses of a document's sheet: the page, its files, and what is done on it. Each asks for its own right."""

from __future__ import annotations

import io

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.acquaintance import operations
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import may_see
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.files.rules import display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web import pages
from roadmapdocs.web.acquaintance.printed import sheet_docx, waiting_xlsx
from roadmapdocs.web.acquaintance.send_page import SendPages
from roadmapdocs.web.acquaintance.sheet_acts import carry_out, typed
from roadmapdocs.web.acquaintance.sheet_page import Asked, Typed, sheet_context
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, settings, store, today
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_text

_SHEET = f"/<{ROW_ID}:document_id>/acquaintance"
_LONGEST_NAME = 80
_LONGEST_REASON = 2_000


class AcquaintancePages(SendPages):
    """Mixed into the view of documents."""

    @expose(_SHEET)
    def acquaintance(self, document_id: int) -> ResponseReturnValue:
        """``show``, ``unit`` and ``q`` narrow the list, ``tick`` ticks all of the page."""
        return _page(_seen(document_id), Typed())

    @expose(f"{_SHEET}/docx")
    def acquaintance_docx(self, document_id: int) -> ResponseReturnValue:
        document = _seen(document_id)
        data = io.BytesIO(sheet_docx(document, today=today(), zone=settings().zone))
        return _sent(data, _("Sheet of acquaintance, %(title)s", title=_title(document)), "docx")

    @expose(f"{_SHEET}/xlsx")
    def acquaintance_xlsx(self, document_id: int) -> ResponseReturnValue:
        document = _seen(document_id)
        return _sent(waiting_xlsx(document), _("Who has not read it, %(title)s", title=_title(document)), "xlsx")

    @expose(f"{_SHEET}/<{ROW_ID}:line_id>/file")
    def acquaintance_file(self, document_id: int, line_id: int) -> ResponseReturnValue:
        """The scan of a signature, or the act of a refusal; never opened in the browser."""
        document = _seen(document_id)
        found = (Acquaintance.id == line_id) & (Acquaintance.document == document) & Acquaintance.file.is_null(False)
        line = Acquaintance.get_or_none(found)
        if line is None:
            raise NotFound("no_file", _("No file was attached here. The sheet of acquaintance lists those there are."))
        media = MEDIA_TYPES.get(line.file.format, "application/octet-stream")
        response = send_file(store().open(line.file.sha256), mimetype=media, as_attachment=True, download_name=line.file_name)
        response.cache_control.private = True
        return response

    @expose(f"{_SHEET}/paper", methods=["POST"])
    def sign_on_paper(self, document_id: int) -> ResponseReturnValue:
        return _act(document_id, "paper", Action.KEEP_READING)

    @expose(f"{_SHEET}/refuse", methods=["POST"])
    def refuse_to_sign(self, document_id: int) -> ResponseReturnValue:
        return _act(document_id, "refuse", Action.KEEP_READING)

    @expose(f"{_SHEET}/take-back", methods=["POST"])
    def take_reading_back(self, document_id: int) -> ResponseReturnValue:
        return _act(document_id, "back", Action.KEEP_READING)

    @expose(f"{_SHEET}/drop", methods=["POST"])
    def drop_reader(self, document_id: int) -> ResponseReturnValue:
        return _act(document_id, "drop", Action.SEND_TO_READ)

    @expose(f"{_SHEET}/remind", methods=["POST"])
    def remind_readers(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require(actor(), Action.SEND_TO_READ)
        try:
            count = operations.remind_all(document.id, by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(ngettext("%(num)s person is reminded.", "%(num)s people are reminded.", count), "done")
        return redirect(_back(document))

    @expose(f"{_SHEET}/<{ROW_ID}:sheet_id>/end", methods=["POST"])
    def end_reading(self, document_id: int, sheet_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require(actor(), Action.SEND_TO_READ)
        if not AcquaintanceSheet.select().where((AcquaintanceSheet.id == sheet_id) & (AcquaintanceSheet.document == document)).exists():
            raise NotFound("no_sheet", _("This document has no such sheet. The page of the document lists those it has."))
        reason = plain_text(request.form.get("reason"))[:_LONGEST_REASON]
        try:
            operations.end(sheet_id, reason=reason, by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The sheet is ended: nobody is asked by it any more."), "done")
        return redirect(_back(document))


def _seen(document_id: int) -> Document:
    """The document, if this person may see who has read it.

    :raise NotFound: if it is not theirs to read
    :raise Forbidden: ``who_reads``
    """
    document = read_document(document_id, by=actor())
    if not may_see(document, actor()):
        sentence = _("Who has read a document is for those who send it, its drafter and its signer.")
        raise Forbidden("who_reads", sentence)
    return document


def _page(document: Document, typed_before: Typed) -> str:
    asked = Asked.read(request.values)
    return pages.render("acquaintance_sheet.html", **sheet_context(document, asked, typed_before, actor(), today()))


def _act(document_id: int, act: str, action: Action) -> ResponseReturnValue:
    """Done, or the page once more with what was typed."""
    document = read_document(document_id, by=actor())
    require(actor(), action)
    try:
        said = carry_out(act, document, actor(), now(), today())
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(document, typed(act, refusal)), status_of(refusal)
    flash(said, "done")
    return redirect(_back(document))


def _back(document: Document) -> str:
    """The list one came from, with its conditions."""
    query = Asked.read(request.form).query(page=request.form.get("page", ""))
    address: str = url_for("roadmapdocs_documents.acquaintance", document_id=document.id)
    return f"{address}?{query}" if query else address


def _title(document: Document) -> str:
    return str(document.title)[:_LONGEST_NAME].replace("/", "-").replace("\\", "-")


def _sent(data: object, name: str, kind: str) -> Response:
    response: Response = send_file(
        data,  # type: ignore[arg-type]  # any open binary file
        mimetype=MEDIA_TYPES[kind],
        as_attachment=True,
        download_name=f"{display_name(name)}.{kind}",
    )
    response.cache_control.private = True
    return response

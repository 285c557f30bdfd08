"""Pages of documents: lists and forms are mixed in; the card and what belongs to it are here and in ``card_*``."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents import comments
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.web.acquaintance.sheet_view import AcquaintancePages
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.act_page import ActPages
from roadmapdocs.web.documents.files import FilePages
from roadmapdocs.web.documents.forms import DocumentForms
from roadmapdocs.web.documents.history import history_page
from roadmapdocs.web.documents.link_pages import LinkPages
from roadmapdocs.web.documents.page import card_context, head
from roadmapdocs.web.documents.who import who_context
from roadmapdocs.web.forms import plain_text
from roadmapdocs.web.lists.view import DocumentList


class DocumentsView(DocumentList, DocumentForms, ActPages, FilePages, LinkPages, AcquaintancePages, PageView):
    """Whoever may not read a document gets the same answer at each of its addresses as for one that is not there."""

    @expose(f"/<{ROW_ID}:document_id>")
    def card(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        return self.render("document.html", **card_context(document, actor()))

    @expose(f"/<{ROW_ID}:document_id>/history")
    def history(self, document_id: int) -> ResponseReturnValue:
        """All entries, ``page`` by page."""
        document = read_document(document_id, by=actor())
        asked = request.args.get("page", "")
        page = max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else 1
        return self.render("document_history.html", document=head(document), **history_page(document, page, actor()))

    @expose(f"/<{ROW_ID}:document_id>/who")
    def who(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        return self.render("document_who.html", document=head(document), **who_context(document, today()))

    @expose(f"/<{ROW_ID}:document_id>/comments", methods=["POST"])
    def comment(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        try:
            comments.comment(document, plain_text(request.form.get("text")), by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        return redirect(url_for(".card", document_id=document_id, _anchor="history"))

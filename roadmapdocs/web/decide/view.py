"""The executive's screen: what waits, one document at a time."""

from __future__ import annotations

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from markupsafe import Markup

from roadmapdocs.approvals.deciding import withdraw_visa
from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.waiting import mark_seen, waiting_for, waiting_on
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document, read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.decide.bulk_page import bulk_page, report_page
from roadmapdocs.web.decide.order import address, standing_of
from roadmapdocs.web.decide.page import Typed, decide_context
from roadmapdocs.web.decide.sent import Done, carry_out, number, still_given, typed
from roadmapdocs.web.decide.words import done_words
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.worklist.documents import name_of
from roadmapdocs.web.worklist.done import taking_back


class DecideView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        """The most urgent document, or the worklist when nothing waits."""
        queue = waiting_for(actor())
        return redirect(address(queue[0].document_id) if queue else url_for("roadmapdocs_worklist.index"))

    @expose(f"/<{ROW_ID}:document_id>", methods=["GET", "POST"])
    def document(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        if request.method == "GET":
            return self._page(document, Typed())
        asked = waiting_on(document, actor())
        following = standing_of(asked, waiting_for(actor())).following if asked is not None else ()
        try:
            done = carry_out(document, actor(), now(), today())
        except NotFound:
            raise
        except Refusal as refusal:
            return self._page(read_document(document_id, by=actor()), typed(refusal)), status_of(refusal)
        _say(get_document(document_id), done, asked.act if asked is not None else "")
        return redirect(address(following[0]) if following else url_for("roadmapdocs_worklist.index"))

    def _page(self, document: Document, typed_before: Typed) -> str:
        context, current = decide_context(document, actor(), today(), typed_before)
        page = self.render("decide.html", **context)
        if request.method == "GET" and context["act"] is not None and current is not None:
            # The one write of a GET: that the text was shown is known only here, and the next version is compared
            # with it. It changes nothing for anybody else, and asking twice writes once.
            mark_seen(document.id, current.number, by=actor(), now=now())
        return page

    @expose(f"/<{ROW_ID}:document_id>/withdraw", methods=["POST"])
    def withdraw(self, document_id: int) -> ResponseReturnValue:
        """Take one's own visa back; the document is opened once more."""
        document = read_document(document_id, by=actor())
        if not still_given(number("visa"), document):
            raise NotFound("no_visa", _("There is no such visa, or it is not for you. See what waits for you."))
        try:
            withdraw_visa(number("visa"), by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
            return redirect(url_for("roadmapdocs_worklist.index"))
        flash(_("The visa is taken back. Decide anew."), "done")
        return redirect(address(document_id))

    @expose(f"/<{ROW_ID}:document_id>/objections/<{ROW_ID}:visa_id>")
    def objection(self, document_id: int, visa_id: int) -> ResponseReturnValue:
        """The file beside a decision, for whoever may read the document; never opened in the browser."""
        document = read_document(document_id, by=actor())
        rows = Visa.select(Visa, StoredFile).join(StoredFile)
        visa = rows.where((Visa.id == visa_id) & (Visa.document == document)).first()
        if visa is None:
            raise NotFound("no_file", _("There is no such file beside a decision. The card lists what there is."))
        file = visa.objection
        media = MEDIA_TYPES.get(file.format, "application/octet-stream")
        return send_file(store().open(file.sha256), mimetype=media, as_attachment=True, download_name=visa.objection_name)

    @expose("/bulk", methods=["GET", "POST"])
    def bulk(self) -> ResponseReturnValue:
        """Several at once; what has to be looked at first is left out and says why."""
        act = request.values.get("act", "")
        return report_page(act) if request.method == "POST" else bulk_page(act)


def _say(document: Document, done: Done, act: str) -> None:
    """What was done, with the way back beside it while there is one."""
    text = done_words(done.act, act) % {"document": name_of(document)}
    back = taking_back(document, done.visa, signed=done.signed)
    if back is None:
        flash(text, "done")
        return
    flash(Markup(pages.render("macros/decide_undo.html", text=text, back=back)), "done")  # noqa: S704  # rendered by our own template, which escapes

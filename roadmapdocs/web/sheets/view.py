"""Addresses of the sheet: the page, its files, remarks with their answers, a reminder, what was enclosed."""

from __future__ import annotations

import io
from collections.abc import Callable

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.approvals import flight
from roadmapdocs.approvals.models import Remark, Run, Signature, Visa
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.approvals.sheet import sheet_of
from roadmapdocs.approvals.words import RemarkState
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.rules import display_name
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, outer_address, settings, store
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.drafts.checks import checks_block
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_text
from roadmapdocs.web.sheets.printed import Printed
from roadmapdocs.web.sheets.qr import code_svg
from roadmapdocs.web.sheets.remarks import may_answer, remarks_of
from roadmapdocs.web.sheets.sheet_docx import write_docx
from roadmapdocs.web.sheets.words import printed

_LONGEST_NAME = 80
_ANSWERS = frozenset({RemarkState.ACCEPTED, RemarkState.REJECTED, RemarkState.WITHDRAWN})


class SheetsView(PageView):
    """Whoever may read a document may read its sheet, and nobody else learns that there is one."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"/<{ROW_ID}:document_id>")
    def sheet(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        made = _printed(document)
        return self.render(
            "sheet.html",
            document=head(document),
            sheet=made,
            code=code_svg(made.address),
            checks=checks_block(document),
            check_url=url_for("roadmapdocs_check.index"),
        )

    @expose(f"/<{ROW_ID}:document_id>/docx")
    def docx(self, document_id: int) -> ResponseReturnValue:
        return _file(document_id, "docx", write_docx)

    @expose(f"/<{ROW_ID}:document_id>/pdf")
    def pdf(self, document_id: int) -> ResponseReturnValue:
        from roadmapdocs.web.sheets.sheet_pdf import write_pdf  # noqa: PLC0415  # its library takes long to load

        return _file(document_id, "pdf", write_pdf)

    @expose(f"/<{ROW_ID}:document_id>/remarks")
    def remarks(self, document_id: int) -> ResponseReturnValue:
        return self._remarks(read_document(document_id, by=actor()))

    @expose(f"/<{ROW_ID}:document_id>/remarks/<{ROW_ID}:remark_id>", methods=["POST"])
    def answer(self, document_id: int, remark_id: int) -> ResponseReturnValue:
        """What was typed stays on the page until it is taken."""
        document = read_document(document_id, by=actor())
        if not Remark.select().where((Remark.id == remark_id) & (Remark.document == document)).exists():
            raise NotFound("no_remark", _("There is no such remark. The card shows those there are."))
        typed, chosen = plain_text(request.form.get("answer")), request.form.get("state", "")
        try:
            if chosen not in _ANSWERS:
                raise Refusal("answer", _("Say what becomes of the remark: accepted or rejected."))
            flight.answer_remark(remark_id, RemarkState(chosen), typed, by=actor(), now=now())
        except NotFound:
            raise
        except Refusal as refusal:
            failed = {"id": remark_id, "sentence": refusal.message, "answer": typed, "state": chosen}
            return self._remarks(document, failed), status_of(refusal)
        flash(_("The answer is kept."), "done")
        return redirect(url_for("roadmapdocs_documents.card", document_id=document_id, _anchor="remarks"))

    @expose(f"/<{ROW_ID}:document_id>/remind", methods=["POST"])
    def remind(self, document_id: int) -> ResponseReturnValue:
        """All who have the document, but for those who were reminded a short while ago."""
        document = read_document(document_id, by=actor())
        reminded, refusals = _remind(document)
        if reminded:
            flash(_("Reminded: %(names)s.", names=", ".join(reminded)), "done")
        for sentence in refusals if not reminded else ():
            flash(sentence, "refused")
        return redirect(url_for("roadmapdocs_documents.card", document_id=document_id, _anchor="approval"))

    @expose(f"/<{ROW_ID}:document_id>/signatures/<{ROW_ID}:signature_id>")
    def signature(self, document_id: int, signature_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        found = (Signature.id == signature_id) & (Signature.document == document) & Signature.file.is_null(False)
        signature = Signature.get_or_none(found)
        if signature is None:
            raise NotFound("no_file", _("No file was attached here. The sheet lists those there are."))
        return _stored(signature.file.sha256, signature.file_name, signature.file.format)

    def _remarks(self, document: Document, failed: dict[str, object] | None = None) -> str:
        return self.render(
            "remarks.html",
            document=head(document),
            remarks=remarks_of(sheet_of(document), actor(), settings().zone),
            may_answer=may_answer(document, actor()),
            failed=failed,
            back_url=url_for("roadmapdocs_documents.card", document_id=document.id),
        )


def _printed(document: Document) -> Printed:
    return printed(sheet_of(document), address=card_address(document), now=now(), zone=settings().zone)


def card_address(document: Document) -> str:
    """Where the card is for whoever reads the code from paper: as the operator named it, else as this request came."""
    return outer_address("roadmapdocs_documents.card", document_id=document.id)


def _file(document_id: int, kind: str, write: Callable[[Printed], bytes]) -> Response:
    document = read_document(document_id, by=actor())
    title = document.title.replace("/", "-").replace("\\", "-")
    name = display_name(_("Sheet of approval, %(title)s", title=title[:_LONGEST_NAME])) + f".{kind}"
    response = send_file(io.BytesIO(write(_printed(document))), mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name)
    response.cache_control.private = True
    return response


def _stored(sha256: str, name: str, kind: str) -> Response:
    """The bytes as they came, never opened in the browser."""
    media = MEDIA_TYPES.get(kind, "application/octet-stream")
    response = send_file(store().open(sha256), mimetype=media, as_attachment=True, download_name=name, etag=sha256)
    response.cache_control.private = True
    return response


def _remind(document: Document) -> tuple[list[str], list[str]]:
    """Names of those who were reminded, and why others were not."""
    asked = (
        Visa.select(Visa.id)
        .join(Run)
        .where((Visa.document == document) & (Run.state == RunState.UNDER_WAY) & (Visa.state == VisaState.OPEN) & ~Visa.information)
        .order_by(Visa.step, Visa.place, Visa.id)
    )
    reminded: list[str] = []
    refusals: dict[str, None] = {}
    for (visa_id,) in asked.tuples():
        try:
            reminded.append(flight.remind(visa_id, by=actor(), now=now()).name)
        except Refusal as refusal:
            refusals[refusal.message] = None
    if not reminded and not refusals:
        refusals[_("Nobody has the document for a visa now: there is nobody to remind.")] = None
    return reminded, list(refusals)

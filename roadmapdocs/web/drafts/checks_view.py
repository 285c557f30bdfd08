"""The page of the check before signing, and mending at a press."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.drafting.checks.operations import check_document, mend
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.drafts.checks import counts, lines, surroundings


class ChecksView(PageView):
    """Whoever may read a document may see what its check says."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> ResponseReturnValue:
        return redirect(url_for("roadmapdocs_documents.index"))

    @expose(f"/<{ROW_ID}:document_id>")
    def document(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        report = check_document(document, surroundings(), by=actor(), today=today())
        return self.render(
            "checks.html",
            document=head(document),
            counts=counts(report),
            findings=lines(document, report.findings),
            passed=[str(one.title) for one in report.passed],
            unchecked=[{"title": str(one.title), "why": why} for one, why in report.unchecked],
            revision=document.revision,
            mend_url=url_for("roadmapdocs_checks.mend", document_id=document.id),
            back_url=url_for("roadmapdocs_documents.card", document_id=document.id),
        )

    @expose(f"/<{ROW_ID}:document_id>/mend", methods=["POST"])
    def mend(self, document_id: int) -> ResponseReturnValue:
        """What one check finds and the registry can mend itself."""
        document = read_document(document_id, by=actor())
        require_right(document, "change", actor())
        revision = request.form.get("revision", "")
        try:
            if not (revision.isascii() and revision.isdecimal() and len(revision) < 10):
                raise Refusal("revision", _("It is not said which state of the document you saw. Open the page anew."))
            mend(
                document.id,
                request.form.get("code", "")[:64],
                int(revision),
                around=surroundings(),
                by=actor(),
                now=now(),
                today=today(),
            )
        except (NotFound, Forbidden):
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("Mended. See what the check says now."), "done")
        return redirect(url_for("roadmapdocs_checks.document", document_id=document_id))

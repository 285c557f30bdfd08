"""Changing a run in flight: another opinion, handing a visa on, another person in one's place, a visa given in ink."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, require
from roadmapdocs.approvals import flight
from roadmapdocs.approvals.deciding import decide_on_paper
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import RunState, VisaState
from roadmapdocs.approvals.runs import current_version
from roadmapdocs.approvals.visas import gone_on, in_place
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.approvals.flight_forms import OtherForm, PaperForm
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of


@dataclass(frozen=True, slots=True)
class _Change:
    """One way to bring another person in: its words, and the operation behind it."""

    title: str
    about: str
    button: str
    note: str
    done: str
    operation: Callable[..., Visa]


class FlightPages:
    """Mixed into the view of approvals. Whoever may not read the document does not learn of its visas."""

    @expose(f"/visas/<{ROW_ID}:visa_id>/ask", methods=["GET", "POST"])
    def ask(self, visa_id: int) -> ResponseReturnValue:
        visa, document = _visa(visa_id)
        in_place(visa, actor())
        return self._other(visa, document, _asking())

    @expose(f"/visas/<{ROW_ID}:visa_id>/forward", methods=["GET", "POST"])
    def forward(self, visa_id: int) -> ResponseReturnValue:
        visa, document = _visa(visa_id)
        in_place(visa, actor())
        return self._other(visa, document, _forwarding())

    @expose(f"/visas/<{ROW_ID}:visa_id>/replace", methods=["GET", "POST"])
    def replace(self, visa_id: int) -> ResponseReturnValue:
        visa, document = _visa(visa_id)
        require(actor(), Action.CHANGE_ROUTE)
        return self._other(visa, document, _replacing())

    @expose(f"/visas/<{ROW_ID}:visa_id>/paper", methods=["GET", "POST"])
    def paper(self, visa_id: int) -> ResponseReturnValue:
        visa, document = _visa(visa_id)
        require(actor(), Action.PAPER_VISA)
        over = _why_over(visa, waits=visa.information)
        if over is not None:
            return _back(document, over, "refused")
        current = current_version(document.id)
        committee = plan_from_json(visa.run.plan).steps[visa.step].mode is Mode.COMMITTEE
        form = PaperForm(information=visa.information, committee=committee, version=str(current.id) if current else "")
        if not form.validate_on_submit():
            return self._paper_page(visa, document, form, 422 if form.errors else 200)
        if form.version.data != (str(current.id) if current else ""):
            form.version.data = str(current.id) if current else ""
            trouble = _("There is another version of the text by now. Make sure on which one the visa was given.")
            return self._paper_page(visa, document, form, 409, trouble)
        try:
            decide_on_paper(visa.id, form.verdict(), store=store(), by=actor(), now=now(), today=today())
        except (Forbidden, NotFound):
            raise
        except Conflict as conflict:
            return _back(document, conflict.message, "refused")
        except Refusal as refusal:
            return self._paper_page(visa, document, form, status_of(refusal), form.take(refusal))
        return _back(document, _("The visa of %(name)s is entered.", name=visa.name), "done")

    def _other(self, visa: Visa, document: Document, change: _Change) -> ResponseReturnValue:
        over = _why_over(visa, waits=change.operation is flight.replace)
        if over is not None:
            return _back(document, over, "refused")
        form, status = OtherForm(), 200
        if form.is_submitted():
            valid = form.validate()
            other = form.other() if form.person.data else None
            status = 422
            if valid and other is not None:
                try:
                    made = change.operation(visa.id, other.id, form.note.data or "", by=actor(), now=now(), today=today())
                except (Forbidden, NotFound):
                    raise
                except Conflict as conflict:
                    return _back(document, conflict.message, "refused")
                except Refusal as refusal:
                    form.take(refusal)
                    status = status_of(refusal)
                else:
                    return _back(document, change.done % {"name": made.name}, "done")
        page = self.render(  # type: ignore[attr-defined]  # of the view that this is mixed into
            "approval_flight.html", change=change, form=form, people=suggested(today()), **_context(visa, document)
        )
        return page, status

    def _paper_page(
        self, visa: Visa, document: Document, form: PaperForm, status: int, trouble: str | None = None
    ) -> ResponseReturnValue:
        current = current_version(document.id)
        page = self.render(  # type: ignore[attr-defined]  # of the view that this is mixed into
            "approval_flight_paper.html",
            form=form,
            trouble=trouble,
            version=current.number if current else None,
            **_context(visa, document),
        )
        return page, status


def _visa(visa_id: int) -> tuple[Visa, Document]:
    """The visa with its run, and the document, which this person may read.

    :raise NotFound: ``no_visa``, also for whoever may not know of it
    """
    visa = Visa.select(Visa, Run).join(Run).where(Visa.id == visa_id).first()
    nothing = NotFound("no_visa", _("There is no such visa, or it is not for you. See what waits for you."))
    if visa is None:
        raise nothing
    try:
        visa.document = read_document(visa.document_id, by=actor())
    except NotFound as problem:
        raise nothing from problem
    return visa, visa.document


def _why_over(visa: Visa, *, waits: bool) -> str | None:
    """Why nothing is to be done about the visa any more, or not yet; ``waits`` says that it need not be asked yet."""
    pending = {VisaState.OPEN, VisaState.WAITING}
    if visa.state not in pending or (visa.run.state != RunState.UNDER_WAY and not visa.information):
        return gone_on().message
    if visa.state == VisaState.WAITING and not waits:
        return _("%(name)s is not asked yet.", name=visa.name)
    return None


def _back(document: Document, sentence: str, look: str) -> ResponseReturnValue:
    flash(sentence, look)
    return redirect(url_for("roadmapdocs_documents.card", document_id=document.id))


def _context(visa: Visa, document: Document) -> dict[str, Any]:
    return {
        "document": {"name": reference(document), "title": document.title},
        "visa": {"name": visa.name, "post": visa.post},
        "back_url": url_for("roadmapdocs_documents.card", document_id=document.id),
    }


def _asking() -> _Change:
    return _Change(
        _("Ask another opinion"),
        _("Both decide in this step: the other one is asked now, your own visa stays with you."),
        _("Ask"),
        _("What you want to know"),
        _("%(name)s is asked, too."),
        flight.ask_another,
    )


def _forwarding() -> _Change:
    return _Change(
        _("Hand the visa on"),
        _("Somebody whose matter it is decides in your place. You are asked no more; the sheet shows both names."),
        _("Hand on"),
        _("Why to them"),
        _("The visa is handed on to %(name)s."),
        flight.forward,
    )


def _replacing() -> _Change:
    return _Change(
        _("Put another in this place"),
        _("For somebody who left, is away for long, or was named by mistake. The history keeps both names and the reason."),
        _("Replace"),
        _("Why somebody else decides"),
        _("%(name)s is asked in this place now."),
        flight.replace,
    )

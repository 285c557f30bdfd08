"""Addresses of assignments: the list, the card, each act, new ones, drafts, several at once."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import offers_of
from roadmapdocs.assignments.series import end_series
from roadmapdocs.assignments.series_rights import series_of
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import State
from roadmapdocs.documents.operations import read_document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.act_form import ACTS, REASON_LIMIT
from roadmapdocs.web.assignments.act_page import act_page
from roadmapdocs.web.assignments.bulk import asked_act, choose_page, perform_page, preview_page
from roadmapdocs.web.assignments.card import card_context
from roadmapdocs.web.assignments.conditions import ALL, MINE, Conditions, whole
from roadmapdocs.web.assignments.confirm_page import confirm_page
from roadmapdocs.web.assignments.form_page import form_page
from roadmapdocs.web.assignments.list_page import first_tab, list_context
from roadmapdocs.web.assignments.making import Origin
from roadmapdocs.web.assignments.proposals_page import proposals_page
from roadmapdocs.web.assignments.reported import sent_file
from roadmapdocs.web.assignments.rows import card_url
from roadmapdocs.web.base import ROW_ID, PageView
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.forms import plain_text

_ACT = f"any({', '.join(ACTS)})"


def _turned_away(assignment: Assignment, act: Act) -> ResponseReturnValue | None:
    """Nobody fills in a form whose door is closed; what was typed already is answered by the form itself."""
    offer = next((one for one in offers_of(assignment, actor(), today()) if one.act is act), None)
    if request.method == "POST" or (offer is not None and offer.why_not is None):
        return None
    flash(offer.why_not if offer is not None and offer.why_not else _("The assignment does not stand so any more. The card shows what is open."), "refused")
    return redirect(card_url(assignment.id))


class AssignmentsView(PageView):
    """An assignment that is not open to a person answers as if there were none."""

    @expose("/")
    def index(self) -> ResponseReturnValue:
        conditions = Conditions.from_address(request.args)
        if not request.args:
            conditions = Conditions(tab=first_tab(actor(), today()))
        if conditions.tab == ALL and not may(actor(), Action.SEE_CONTROL):
            return redirect(conditions.url(tab=MINE))
        return self.render("assignments.html", **list_context(conditions, actor(), today()))

    @expose("/bulk", methods=["GET", "POST"])
    def bulk(self) -> ResponseReturnValue:
        """GET changes nothing: it shows the acts, and with ``do`` whom one of them fits. POST does it."""
        name = asked_act()
        try:
            if request.method == "POST" and name:
                return perform_page(name)
            return preview_page(name) if name else choose_page()
        except Refusal as refusal:
            if refusal.code not in {"nothing_chosen", "too_many"}:
                raise
            flash(refusal.message, "refused")
            return redirect(Conditions.of_query(request.values.get("back", "")).url())

    @expose("/new", methods=["GET", "POST"])
    def create(self) -> ResponseReturnValue:
        require(actor(), Action.ASSIGN)
        return form_page(Origin())

    @expose(f"/<{ROW_ID}:assignment_id>")
    def card(self, assignment_id: int) -> ResponseReturnValue:
        assignment = read_assignment(assignment_id, by=actor())
        return self.render("assignment.html", **card_context(assignment, actor(), today()))

    @expose(f"/<{ROW_ID}:assignment_id>/new", methods=["GET", "POST"])
    def create_below(self, assignment_id: int) -> ResponseReturnValue:
        assignment = read_assignment(assignment_id, by=actor())
        return _turned_away(assignment, Act.DRAFTED) or form_page(Origin(parent=assignment))

    @expose(f"/<{ROW_ID}:assignment_id>/edit", methods=["GET", "POST"])
    def edit(self, assignment_id: int) -> ResponseReturnValue:
        """A draft is written anew; what is given already is corrected by an act of its own."""
        assignment = read_assignment(assignment_id, by=actor())
        if assignment.state != State.DRAFT and request.method == "GET":
            return redirect(card_url(assignment.id))
        return _turned_away(assignment, Act.CORRECTED) or form_page(Origin(draft=assignment))

    @expose(f"/<{ROW_ID}:assignment_id>/confirm", methods=["GET", "POST"])
    def confirm(self, assignment_id: int) -> ResponseReturnValue:
        return confirm_page(assignment_id)

    @expose(f"/<{ROW_ID}:assignment_id>/<{_ACT}:step>", methods=["GET", "POST"])
    def act(self, assignment_id: int, step: str) -> ResponseReturnValue:
        return act_page(assignment_id, step)

    @expose(f"/<{ROW_ID}:assignment_id>/files/<{ROW_ID}:file_id>")
    def file(self, assignment_id: int, file_id: int) -> ResponseReturnValue:
        return sent_file(assignment_id, file_id, actor())

    @expose(f"/series/<{ROW_ID}:series_id>/end", methods=["POST"])
    def end_series(self, series_id: int) -> ResponseReturnValue:
        """Whoever does not see a series does not learn that there is one."""
        series_of(series_id, by=actor())
        reason = plain_text(request.form.get("reason"))[:REASON_LIMIT]
        try:
            end_series(series_id, reason=reason, by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            flash(refusal.message, "refused")
        else:
            flash(_("The series is ended. What was given stays with its executors."), "done")
        back = whole(request.form.get("back"))
        return redirect(card_url(back) if back is not None else url_for(".index"))


class DocumentAssignmentsView(PageView):
    """Assignments out of one document; a document that is not open to a person answers as if there were none."""

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        tab = ALL if may(actor(), Action.SEE_CONTROL) else MINE
        return redirect(Conditions(tab=tab, document=document.id).url())

    @expose("/new", methods=["GET", "POST"])
    def create(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require(actor(), Action.ASSIGN)
        return form_page(Origin(document=document))

    @expose("/propose", methods=["GET", "POST"])
    def propose(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        require(actor(), Action.ASSIGN)
        return proposals_page(document)

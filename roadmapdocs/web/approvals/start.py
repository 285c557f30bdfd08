"""«Направить на согласование»: which way, who is asked today, until when; changed where that is allowed, and sent."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may, reason
from roadmapdocs.approvals.effects import Start
from roadmapdocs.approvals.plans import Plan
from roadmapdocs.approvals.routes_checking import check_steps
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.approvals.runs import current_version, latest, visas_of
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.documents.links.operations import links_of
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import states_of
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.approvals import words
from roadmapdocs.web.approvals.addressees import Names, offered
from roadmapdocs.web.approvals.asked import asked_today
from roadmapdocs.web.approvals.start_draft import OWN, StartDraft, Ways
from roadmapdocs.web.approvals.step_drafts import sentences_of
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.drafts.checks import checks_block
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.words import line_badge
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line

STEP = "send_for_approval"


class StartPages:
    """Mixed into the view of approvals."""

    @expose(f"/<{ROW_ID}:document_id>/start", methods=["GET", "POST"])
    def start(self, document_id: int) -> ResponseReturnValue:
        document = read_document(document_id, by=actor())
        closed = _why_closed(document)
        if closed is not None:
            # Told on the card, which shows how things stand by now.
            flash(closed, "refused")
            return redirect(_card(document))
        ways = Ways.of(document, actor())
        if request.method == "GET":
            return self._start_page(document, ways, StartDraft.begun(document, ways, request.args))
        draft, do = StartDraft.read(document, ways, request.form), request.form.get("do", "")
        if do == "send":
            return self._send(document, ways, draft)
        draft.plan.act(do)
        return self._start_page(document, ways, draft)

    def _send(self, document: Document, ways: Ways, draft: StartDraft) -> ResponseReturnValue:
        if draft.overtaken:
            draft.trouble = _("The administrator changed the routes meanwhile. See who is asked now, and send it then.")
            draft.shown_again(document)
            return self._start_page(document, ways, draft, 409)
        plan = draft.wanted()
        if plan is None:
            return self._start_page(document, ways, draft, 422)
        try:
            if draft.changing:
                check_steps(plan, [document.kind.code])
            name = draft.route.name if draft.route is not None else ""
            start = Start(plan, draft.route.id if draft.route is not None else None, name)
            answers = Answers(enclosed=start)
            perform(document.id, STEP, answers=answers, revision=draft.revision, by=actor(), now=now(), today=today())
        except NotFound:
            raise
        except Refusal as refusal:
            draft.take(refusal)
            if isinstance(refusal, Conflict):
                draft.shown_again(read_document(document.id, by=actor()))
            return self._start_page(document, ways, draft, status_of(refusal))
        flash(_sent(document), "done")
        return redirect(_card(document))

    def _start_page(self, document: Document, ways: Ways, draft: StartDraft, status: int = 200) -> ResponseReturnValue:
        version = current_version(document.id)
        page = self.render(  # type: ignore[attr-defined]  # of the view that this is mixed into
            "approval_start.html",
            document={"id": document.id, "name": reference(document), "title": document.title},
            version=version.number if version is not None else None,
            ways=_ways(document, ways, draft),
            route=draft.route,
            changing=draft.changing,
            change_url=_change_url(document, ways, draft),
            why_not_change=None if ways.may_change(draft.route) else reason(Action.CHANGE_ROUTE),
            draft=draft,
            asked=_asked(document, draft),
            steps=draft.plan.rows(),
            told=sentences_of(draft.plan.steps) if draft.changing else [],
            modes=list(words.mode_words().items()),
            flags=[(name, *about, draft.plan.flags.get(name, False)) for name, about in words.flag_words().items()],
            people=suggested(today()) if draft.changing else [],
            others=offered(today(), [document.kind.code]) if draft.changing else [],
            may_rules=may(actor(), Action.CHANGE_ROUTE),
            package=_package(document),
            checks=checks_block(document),
            back_url=_card(document),
        )
        return page, status


def _why_closed(document: Document) -> str | None:
    """Why the document cannot be sent round now, if it cannot.

    :raise NotFound: ``no_transition`` if its workflow has no such step, or not in its present state
    """
    for offer in available(document, by=actor(), today=today()):
        if offer.transition.name == STEP:
            if "start_route" not in offer.transition.effects:
                return _("The workflow of this document knows no routes. Send it by the step on its card.")
            return offer.why_not
    raise NotFound("no_transition", _("This document is not sent for approval as it stands. Its card shows what can be done."))


def _ways(document: Document, ways: Ways, draft: StartDraft) -> list[dict[str, Any]]:
    """For chips: the routes that fit and, where allowed, steps of one's own."""
    offers = [(str(row.id), row.name, row is ways.needed or bool(row.obligatory)) for row in ways.routes]
    if ways.own:
        offers.append((OWN, _("a way of its own"), False))
    current = str(draft.route.id) if draft.route is not None else OWN
    return [
        {
            "label": f"{label} ({_('obligatory')})" if needed else label,
            "url": url_for(".start", document_id=document.id, route=value),
            "current": value == current,
            "count": None,
            "late": False,
            "symbol": "lock" if needed else None,
        }
        for value, label, needed in offers
    ]


def _change_url(document: Document, ways: Ways, draft: StartDraft) -> str | None:
    if draft.changing or draft.route is None or not ways.may_change(draft.route):
        return None
    return url_for(".start", document_id=document.id, route=draft.route.id, change=1)


def _asked(document: Document, draft: StartDraft) -> list[dict[str, Any]]:
    """Whom the steps ask today; nothing while they are not finished."""
    plan: Plan | None = None
    if any(one.errors for one in draft.plan.steps):
        return []
    if draft.route is not None and not draft.changing:
        plan = draft.wanted()
    elif all(one.who for one in draft.plan.steps):
        plan = draft.wanted()
        try:
            check_steps(plan or Plan(()), [document.kind.code])
        except Refusal:
            return []
    if plan is None:
        return []
    names = Names.of(who for one in plan.steps for who in one.addressees)
    asked = asked_today(plan, document, today())
    return [words.step_words(step, names) | {"asked": one} for step, one in zip(plan.steps, asked, strict=True)]


def _package(document: Document) -> list[dict[str, Any]]:
    """What the document approves, as far as this person may know of it: it is signed in one package with it."""
    return [
        {
            "name": reference(line.other),
            "title": line.other.title,
            "url": _card(line.other),
            "badge": line_badge(
                workflow_of(line.other.workflow_id),
                Line.PREPARATION,
                states_of(line.other)[Line.PREPARATION],
                line.other.kind.gender,
            ),
        }
        for line in links_of(document, by=actor())
        if line.outgoing and line.kind == LinkKind.APPROVES
    ]


def _sent(document: Document) -> str:
    """Who has the document now."""
    run = latest(document.id)
    asked = [one.name for one in visas_of(run) if one.state == VisaState.OPEN] if run is not None else []
    if not asked:
        return _("All visas hold from before: the document is agreed upon.")
    return _("Sent for approval. Asked now: %(names)s.", names=", ".join(asked))


def _card(document: Document) -> str:
    return url_for("roadmapdocs_documents.card", document_id=document.id)

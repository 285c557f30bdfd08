"""A draft resolution and the head's decision on it: one press confirms."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import offers_of
from roadmapdocs.assignments.operations import confirm_draft, counted_anew, drop_draft, plan_of
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.waiting import Wait, waiting_for
from roadmapdocs.assignments.words import State
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.assignments.act_form import REASON_LIMIT
from roadmapdocs.web.assignments.card import head, people_of, source_of
from roadmapdocs.web.assignments.computed import computed
from roadmapdocs.web.assignments.conditions import whole
from roadmapdocs.web.assignments.rows import card_url
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.decide.words import in_place_words
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_text


def confirm_page(assignment_id: int) -> ResponseReturnValue:
    assignment = read_assignment(assignment_id, by=actor())
    if assignment.state != State.DRAFT and request.method == "GET":
        return redirect(card_url(assignment.id))
    if request.method == "GET":
        return _page(assignment)
    following = _next(assignment.id)
    told = {"revision": whole(request.form.get("revision")) or 0, "by": actor(), "now": now(), "today": today()}
    try:
        if request.form.get("do") == "drop":
            reason = plain_text(request.form.get("reason"))[:REASON_LIMIT]
            drop_draft(assignment.id, reason=reason, **told)  # type: ignore[arg-type]  # one set of answers for both
            flash(_("The draft is dropped. Whoever prepared it reads why."), "done")
        else:
            past = bool(request.form.get("past"))
            confirm_draft(assignment.id, allow_past=past, **told)  # type: ignore[arg-type]  # one set of answers for both
            flash(_("The resolution is confirmed. The executor has it."), "done")
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(read_assignment(assignment_id, by=actor()), refusal)
    return redirect(following or url_for("roadmapdocs_worklist.index"))


def _next(assignment_id: int) -> str | None:
    """The next draft that waits for this person."""
    waiting = [one for one in waiting_for(actor(), today()) if one.act is Wait.CONFIRM and one.assignment_id != assignment_id]
    return url_for(".confirm", assignment_id=waiting[0].assignment_id) if waiting else None


def _page(assignment: Assignment, refusal: Refusal | None = None) -> ResponseReturnValue:
    offers = {one.act: one for one in offers_of(assignment, actor(), today())}
    confirm = offers.get(Act.GIVEN)
    plan = plan_of(assignment)
    # What the press below gives: a deadline may run from the day on which its author says it.
    counted = counted_anew(assignment, today()).get("counted_from", assignment.counted_from)
    answer = computed(plan.deadline, counted_from=counted, today=today(), others=bool(plan.executors), may_be_past=True)
    mine = [one for one in waiting_for(actor(), today()) if one.assignment_id == assignment.id and one.act is Wait.CONFIRM]
    page = pages.render(
        "assignment_confirm.html",
        assignment=head(assignment, today()),
        source=source_of(assignment, actor()),
        people=people_of(assignment, today()),
        computed=answer,
        why_not=_closed(assignment, confirm.why_not if confirm is not None else None, known=confirm is not None),
        may_edit=Act.CORRECTED in offers and offers[Act.CORRECTED].why_not is None,
        may_drop=Act.CANCELLED in offers and offers[Act.CANCELLED].why_not is None,
        edit_url=url_for(".edit", assignment_id=assignment.id),
        in_place_of=in_place_words(mine[0].in_place_of, mine[0].acting) if mine and mine[0].in_place_of else "",
        next_url=_next(assignment.id),
        trouble=refusal.message if refusal is not None else None,
        reason=request.form.get("reason", "")[:REASON_LIMIT],
        back_url=url_for("roadmapdocs_worklist.index"),
    )
    return page, status_of(refusal) if refusal is not None else 200


def _closed(assignment: Assignment, why_not: str | None, *, known: bool) -> str | None:
    if assignment.state != State.DRAFT:
        return _("This is no draft any more: it was confirmed or dropped meanwhile.")
    return why_not if known else _("The resolution is confirmed by its author, %(name)s.", name=assignment.author_name)

"""The page of one act: what is asked, how the assignment stands now, and what follows for its subordinates."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.deadlines import due_of
from roadmapdocs.assignments.extensions import asked_of
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.offers import Offer, offers_of
from roadmapdocs.assignments.plans import Deadline
from roadmapdocs.assignments.tree import live_below
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.assignments.act_form import ACTS, ActForm
from roadmapdocs.web.assignments.acting import carry_out
from roadmapdocs.web.assignments.card import head, visible_ids
from roadmapdocs.web.assignments.finding import offered
from roadmapdocs.web.assignments.history import newest
from roadmapdocs.web.assignments.reported import judged_of
from roadmapdocs.web.assignments.rows import card_url
from roadmapdocs.web.assignments.words import act_words
from roadmapdocs.web.context import actor, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.pages import day as printed
from roadmapdocs.workdays.operations import calendar

#: Buttons of the form that change nothing: look for a document, see what moves with the deadline.
FIND, LOOK = "find", "look"
_QUERY_LIMIT = 200
_LAST_ENTRIES = 3
_CONFLICT = 409


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a page of an act is about. ``offer`` None: the act is not this person's, or not of this state."""

    assignment: Assignment
    name: str
    form: ActForm
    offer: Offer | None
    below: list[Assignment]

    @property
    def closed(self) -> str | None:
        """Why it cannot be done now."""
        if self.offer is None:
            return _("The assignment does not stand so any more, or this is not yours to do. The card shows what is open.")
        return self.offer.why_not


def act_page(assignment_id: int, name: str) -> ResponseReturnValue:
    """GET asks, POST does. What was typed stays, whatever the answer.

    :raise NotFound: ``no_assignment``, also for one that this person may not know of
    """
    asking = _asking(read_assignment(assignment_id, by=actor()), name)
    if request.method == "GET":
        if asking.closed is not None:
            flash(asking.closed, "refused")
            return redirect(card_url(assignment_id))
        return _page(asking)
    if request.form.get("do") in {FIND, LOOK}:
        return _page(asking)
    if not asking.form.validate():
        return _page(asking, status=422)
    return _page(asking) if _not_seen_yet(asking) else _do(asking)


def _asking(assignment: Assignment, name: str) -> _Asking:
    along = {one.rstrip("*") for one in ACTS[name][1]} & {"tree", "children"}
    below = live_below(assignment) if along else []
    form = ActForm(name, below=len(below), **_first_values(assignment, name))
    return _Asking(assignment, name, form, _offer(assignment, ACTS[name][0]), below)


def _do(asking: _Asking) -> ResponseReturnValue:
    try:
        carry_out(asking.assignment, asking.form)
    except NotFound:
        raise
    except Refusal as refusal:
        # The form is read anew: there may be subordinates to ask about by now.
        fresh = _asking(read_assignment(asking.assignment.id, by=actor()), asking.name)
        fresh.form.validate()
        trouble = fresh.form.take_refusal(refusal)
        # Whoever sends it once more has seen that it is another by now.
        fresh.form.revision.data = str(fresh.assignment.revision)
        return _page(fresh, trouble, status_of(refusal))
    flash(act_words(asking.form.act).done, "done")
    _say_day_off(asking.form)
    return redirect(card_url(asking.assignment.id))


def _say_day_off(form: ActForm) -> None:
    """A deadline on a day off falls on another day: whoever named it is told which."""
    wanted = form.due.data if "due" in form._fields else None
    if wanted is not None and (due := _working(wanted)) != wanted:
        flash(_("%(day)s is a day off: the deadline falls on %(due)s.", day=printed(wanted), due=printed(due)), "info")


def _offer(assignment: Assignment, act: Act) -> Offer | None:
    return next((one for one in offers_of(assignment, actor(), today()) if one.act is act), None)


def _first_values(assignment: Assignment, name: str) -> dict[str, Any]:
    values: dict[str, Any] = {"revision": str(assignment.revision)}
    if name == "grant":
        asked = asked_of(assignment.id)
        values["due"] = asked.wanted if asked is not None else None
    if name == "correct":
        values["text"] = assignment.text
    return values


def _not_seen_yet(asking: _Asking) -> bool:
    """Whoever moves subordinates along sees which ones first."""
    form = asking.form
    return bool(form.act is Act.DUE_MOVED and asking.below and form.ticked("tree") and request.form.get("seen") != _key(asking))


def _key(asking: _Asking) -> str:
    """Tells whether the person has seen this day with these subordinates."""
    return "|".join([f"{asking.form.due.data}", f"{asking.form.ticked('tree')}", *(f"{one.id}:{one.due}" for one in asking.below)])


def _page(asking: _Asking, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
    assignment, form, below = asking.assignment, asking.form, asking.below
    words = act_words(form.act)
    query = plain_line(request.form.get("q"))[:_QUERY_LIMIT]
    looked = form.act is Act.DUE_MOVED and request.method == "POST" and form.due.data is not None
    shown = visible_ids([one.id for one in below], actor())
    page = pages.render(
        "assignment_act.html",
        assignment=head(assignment, today()),
        act={"label": words.label, "symbol": words.symbol, "explained": words.explained, "name": asking.name},
        why_not=asking.closed,
        form=form,
        trouble=trouble,
        asked=_asked(assignment, form.act),
        below=[_moved(one, assignment, form, looked=looked) for one in below if one.id in shown],
        seen=_key(asking) if looked else "",
        judged=judged_of(assignment, actor()) if form.act in {Act.ACCEPTED, Act.RETURNED} else None,
        documents=offered(assignment, query, form.chosen(), actor(), today()) if "document" in form._fields else None,
        q=query,
        people=suggested(today()) if "responsible" in form._fields else [],
        last=newest(assignment, _LAST_ENTRIES)[0] if status == _CONFLICT or asking.closed else [],
        back_url=card_url(assignment.id),
    )
    return page, status


def _asked(assignment: Assignment, act: Act) -> dict[str, Any] | None:
    """The request that is answered here, or the deadline that one asks to move."""
    if act not in {Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED}:
        return None
    asked = asked_of(assignment.id)
    return {"by": asked.asked_by, "wanted": asked.wanted, "reason": asked.reason, "was": asked.due_was} if asked is not None else None


def _moved(one: Assignment, parent: Assignment, form: ActForm, *, looked: bool) -> dict[str, Any]:
    """A subordinate, and with a new day typed what becomes of its deadline."""
    day = _working(form.due.data) if looked else None
    return {
        "text": one.text,
        "url": card_url(one.id),
        "who": str(one.responsible),
        "due": one.due,
        "becomes": _becomes(one, parent, day) if day is not None and form.ticked("tree") else None,
        "draft": one.state == State.DRAFT,
    }


def _working(day: dt.date) -> dt.date:
    """Where the deadline goes from a day off, as for one that is given."""
    return due_of(Deadline(DeadlineKind.DATE, date=day), counted_from=today(), calendar=calendar(), on_day_off=on_day_off()) or day


def _becomes(one: Assignment, parent: Assignment, day: dt.date) -> dt.date | None:
    """No subordinate falls due after its parent; one that shared its deadline goes on sharing it."""
    if one.due is None or parent.due is None:
        return None
    goes = one.due > day or (one.due == parent.due and day > parent.due)
    return day if goes else None

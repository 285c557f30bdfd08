"""The form of one assignment: a new one, a subordinate, a resolution on a document, a draft to be corrected."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from roadmapdocs.assignments.checking import check_not_after
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import change_draft, plan_of
from roadmapdocs.assignments.plans import Plan
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import State
from roadmapdocs.db import transaction
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.assignments.computed import Computed, computed
from roadmapdocs.web.assignments.conditions import whole
from roadmapdocs.web.assignments.draft import Draft
from roadmapdocs.web.assignments.making import Origin, dated, give_all
from roadmapdocs.web.assignments.people import typed_names
from roadmapdocs.web.assignments.rows import card_url
from roadmapdocs.web.assignments.words import RECURRENCES, deadline_word, recurrence_word
from roadmapdocs.web.context import actor, now, today
from roadmapdocs.web.documents.people import suggested
from roadmapdocs.web.errors import status_of

GIVE = "give"


def form_page(origin: Origin) -> ResponseReturnValue:
    """GET shows the form; POST shows the day first, and gives once the person has seen it."""
    if request.method == "GET":
        return _page(origin, _first(origin))
    draft, plan = _read(origin)
    if plan is None:
        return _page(origin, draft, status=422)
    answer = _computed(plan)
    if answer.refused is not None:
        draft.errors["due"] = answer.refused
        return _page(origin, draft, answer, status=422)
    too_late = _after_parent(origin, answer)
    if too_late is not None:
        draft.errors["due"] = too_late
        return _page(origin, draft, status=422)
    if request.form.get("do") != GIVE or request.form.get("seen") != answer.key:
        return _page(origin, draft, answer)
    try:
        return _given(origin, plan)
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(origin, draft, answer, refusal)


def _given(origin: Origin, plan: Plan) -> ResponseReturnValue:
    told: dict[str, Any] = {"by": actor(), "now": now(), "today": today()}
    if origin.draft is not None:
        change_draft(origin.draft.id, plan, revision=whole(request.form.get("revision")) or 0, **told)
        flash(_("The draft of the resolution is changed."), "done")
        return redirect(card_url(origin.draft.id))
    with transaction():
        made = give_all([plan], **told)
    flash(given_words(made), "done")
    return redirect(card_url(made[0].id))


def given_words(made: list[Assignment]) -> str:
    """What is said of what was just given: how many, and whose confirmation they wait for."""
    drafts = [one for one in made if one.state == State.DRAFT]
    if drafts:
        return _("The draft of the resolution waits for its author: %(name)s.", name=drafts[0].author_name or str(drafts[0].author))
    return _("The assignment is given. The executor has it.")


def _refused(origin: Origin, draft: Draft, answer: Computed, refusal: Refusal) -> ResponseReturnValue:
    """Beside the field where it is about one; a draft that changed meanwhile is sent once more from its newer revision."""
    trouble = take(draft, refusal)
    if origin.draft is not None:
        origin = Origin(draft=read_assignment(origin.draft.id, by=actor()))
    return _page(origin, draft, answer, trouble, status_of(refusal))


def take(draft: Draft, refusal: Refusal) -> str | None:
    """Put a refusal's sentences beside the fields of a draft; give back the one that is about none of them."""
    told = refusal.details.get("fields")
    sentences = dict(told) if isinstance(told, dict) else {refusal.details.get("field"): refusal.message}
    known = {name: sentence for name, sentence in sentences.items() if isinstance(name, str) and (hasattr(draft, name) or name == "due")}
    draft.errors |= {name: str(sentence) for name, sentence in known.items()}
    return None if known else refusal.message


def _first(origin: Origin) -> Draft:
    if origin.draft is None:
        return origin.first_draft(actor())
    plan = plan_of(origin.draft)
    return Draft.of(plan, typed_names([plan.responsible, *plan.executors, plan.controller, plan.author]))


def _read(origin: Origin) -> tuple[Draft, Plan | None]:
    """What was sent, and the plan that it makes; the author of a draft stays whoever it was."""
    draft = Draft.read(request.form)
    base = origin.base()
    plan = draft.plan(base)
    if plan is not None and origin.draft is not None:
        plan = dataclasses.replace(plan, author=base.author)
    return draft, dated(plan, origin.counted_from(today())) if plan is not None else None


def _computed(plan: Plan) -> Computed:
    return computed(plan.deadline, counted_from=plan.counted_from or today(), today=today(), others=bool(plan.executors))


def _after_parent(origin: Origin, answer: Computed) -> str | None:
    """Why it cannot be due on that day: what is above it is due before; said before anything is pressed once more."""
    parent = origin.draft.parent if origin.draft is not None else origin.parent
    if answer.due is None:
        return None
    try:
        check_not_after(answer.due, parent)
    except Refusal as refusal:
        return refusal.message
    return None


def _page(
    origin: Origin, draft: Draft, answer: Computed | None = None, trouble: str | None = None, status: int = 200
) -> ResponseReturnValue:
    page = pages.render(
        "assignment_form.html",
        **origin.context(actor(), today()),
        draft=draft,
        computed=answer if answer is not None and answer.refused is None else None,
        trouble=trouble,
        seen=answer.key if answer is not None and answer.refused is None else "",
        revision=origin.draft.revision if origin.draft is not None else 0,
        editing=origin.draft is not None,
        **choices(draft, today()),
    )
    return page, status


def choices(draft: Draft | None, day: dt.date) -> dict[str, Any]:
    """Lists that the widgets of people and deadlines choose from."""
    known = list(RECURRENCES)
    if draft is not None and draft.recurrence and draft.recurrence not in known:
        known.append(draft.recurrence)
    return {
        "people": suggested(day),
        "kinds": [(kind, deadline_word(kind)) for kind in _KINDS],
        "recurrences": [(one, recurrence_word(one)) for one in known],
    }


_KINDS = ("date", "urgent", "prompt", "month", "days", "working_days", "periodic", "dates", "open")

"""«Поручения по пунктам»: what the text of a document orders, read and proposed; a person confirms it by one press."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from dataclasses import dataclass, field

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.proposals import Proposals, proposals_of
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web import pages
from roadmapdocs.web.assignments.form_page import choices
from roadmapdocs.web.assignments.making import give_all
from roadmapdocs.web.assignments.people import NotCalled, person_called, typed_names
from roadmapdocs.web.assignments.proposals_rows import (
    Row,
    first_rows,
    look_what_stands,
    plan_of_row,
    sent_rows,
    weigh,
)
from roadmapdocs.web.assignments.rows import document_url
from roadmapdocs.web.context import actor, now, store, today
from roadmapdocs.web.documents.page import head
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.forms import plain_line

GIVE = "give"


@dataclass
class _Proposing:
    """What the page is about, as it was sent. ``errors`` are of ``author`` and ``controller`` in ``typed``."""

    document: Document
    found: Proposals
    rows: list[Row]
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def counted_from(self) -> dt.date:
        return self.found.counted_from or self.document.date or today()


def proposals_page(document: Document) -> ResponseReturnValue:
    found = proposals_of(document, today=today(), store=store())
    if request.method == "GET":
        return _page(_Proposing(document, found, first_rows(found, document), _first_people(document, found)))
    typed = {name: plain_line(request.form.get(name))[:300] for name in ("author", "controller")}
    made = _Proposing(document, found, sent_rows(found, document, request.form), typed)
    if request.form.get("text_key") != _key(found):
        sentence = _("The text of the document changed meanwhile. Look at its points once more: what you typed has stayed.")
        return _page(made, sentence, 409)
    if request.form.get("do") == GIVE and not any(row.ticked for row in made.rows):
        return _page(made, _("Nothing is ticked. Tick the points that somebody has to execute."), 422)
    return _give(made)


def _first_people(document: Document, found: Proposals) -> dict[str, str]:
    """The author is who signed, the controller whom the control point names."""
    author = document.signer_employee_id or actor().employee_id
    controller = found.controller.employee_id if found.controller is not None else None
    names = typed_names([author, controller])
    return {"author": names.get(author or 0, ""), "controller": names.get(controller or 0, "")}


def _give(made: _Proposing) -> ResponseReturnValue:
    people = _people(made)
    plans = [_plan(made, row, people) for row in made.rows if row.ticked]
    if request.form.get("do") != GIVE:
        return _page(made)
    if made.errors or None in plans:
        return _page(made, _("Nothing is given yet. See the marked points."), 422)
    past = any(row.past for row in made.rows if row.ticked)
    try:
        with transaction():
            look_what_stands(made.rows, made.document)
            if _unticked_what_was_given(made):
                sentence = _("Somebody has given assignments by some of these points meanwhile. Tick those points only if they are to be given twice.")
                return _page(made, sentence, 409)
            given = give_all([one for one in plans if one is not None], by=actor(), now=now(), today=today(), allow_past=past)
    except NotFound:
        raise
    except Refusal as refusal:
        return _page(made, refusal.message, status_of(refusal))
    flash(_given_words(given), "done")
    return redirect(f"{document_url(made.document.id)}#assignments")


def _unticked_what_was_given(made: _Proposing) -> bool:
    """Whoever was second, be it by a second press, sees first what stands on a point by now."""
    late = [row for row in made.rows if row.ticked and row.given and row.given != request.form.get(f"{row.prefix}given", "")]
    for row in late:
        row.ticked = False
    return bool(late)


def _given_words(made: list[Assignment]) -> str:
    drafts = sum(one.state == State.DRAFT for one in made)
    if drafts:
        return ngettext("%(num)s draft waits for its author.", "%(num)s drafts wait for their author.", drafts)
    return ngettext("%(num)s assignment is given.", "%(num)s assignments are given.", len(made))


def _people(made: _Proposing) -> dict[str, int | None]:
    people: dict[str, int | None] = {}
    for name, words in made.typed.items():
        try:
            people[name] = person_called(words)
        except NotCalled as problem:
            made.errors[name] = str(problem)
    return people


def _plan(made: _Proposing, row: Row, people: dict[str, int | None]) -> Plan | None:
    """Author and controller are of all points alike; there are no fields for them in a row."""
    base = Plan(text="", responsible=0, deadline=Deadline(DeadlineKind.OPEN), document=made.document.id, point=row.proposal.number)
    seen = request.form.get(f"{row.prefix}seen", "")
    plan = plan_of_row(row, base, seen, made.counted_from, today())
    if plan is None:
        return None
    return dataclasses.replace(plan, author=people.get("author"), controller=people.get("controller"))


def _key(found: Proposals) -> str:
    """Tells whether the form was made from the same text."""
    return hashlib.sha256("\0".join(point.printed for point in found.points).encode()).hexdigest()[:16]


def _page(made: _Proposing, trouble: str | None = None, status: int = 200) -> ResponseReturnValue:
    for row in made.rows:
        if row.answer is None:
            weigh(row, made.counted_from, today())
    controller = made.found.controller
    page = pages.render(
        "assignment_proposals.html",
        document=head(made.document),
        rows=made.rows,
        why_none=made.found.why_none,
        typed=made.typed,
        errors=made.errors,
        control_words=controller.words if controller is not None else "",
        counted_from=made.counted_from,
        text_key=_key(made.found),
        trouble=trouble,
        ticked=sum(row.ticked for row in made.rows),
        back_url=document_url(made.document.id),
        **choices(None, today()),
    )
    return page, status

"""The control line of a document follows from its assignments under control.

It is «on» with the earliest deadline while one is live, awaits removal when all are done, is removed when all are. For
a document without such assignments people move it by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import get_document
from roadmapdocs.documents.transitions import perform_by_rule
from roadmapdocs.people.rules import Actor

OFF, ON, AWAITING, REMOVED = "off", "on", "awaiting_removal", "removed"
_following: ContextVar[bool] = ContextVar("roadmapdocs_control_follows", default=False)


@dataclass(frozen=True, slots=True)
class ControlLine:
    """Where the line ought to be; ``due`` is the earliest deadline of what is live."""

    state: str
    due: dt.date | None = None


def line_of(document_id: int) -> ControlLine | None:
    """By the document's assignments under control; None where it has none that were given."""
    rows = list(
        Assignment.select(Assignment.state, Assignment.due)
        .where((Assignment.document == document_id) & Assignment.on_control & Assignment.given_at.is_null(False))
        .tuples()
    )
    if not rows:
        return None
    live = [due for state, due in rows if state in LIVE]
    if live:
        return ControlLine(ON, min((due for due in live if due is not None), default=None))
    return ControlLine(AWAITING if any(state == State.DONE for state, _due in rows) else REMOVED)


def follow(document_id: int, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Move the line of control of a document to where its assignments say; nothing where it has none under control.

    A document that is not signed yet is put under control when it is (:mod:`roadmapdocs.assignments.listening`).
    """
    wanted = line_of(document_id)
    if wanted is None:
        return
    document = get_document(document_id)
    with _by_rule():
        while (step := _step(document, wanted)) is not None:
            name, due = step
            moved = perform_by_rule(document_id, name, answers=Answers(due=due), by=by, now=now, today=today)
            if moved is None:
                return
            document = moved


def is_following() -> bool:
    """Whether the line moves by this rule just now: what guards ask of people, it does not ask of itself."""
    return _following.get()


@contextmanager
def _by_rule() -> Iterator[None]:
    token = _following.set(True)
    try:
        yield
    finally:
        _following.reset(token)


def _step(document: Document, wanted: ControlLine) -> tuple[str, dt.date | None] | None:
    """The next transition towards what is wanted, and the deadline it writes."""
    state, due = document.control, _not_before(document, wanted.due)
    if wanted.state == ON:
        if state == ON:
            return None if document.control_due == due else ("move_due", due)
        return {OFF: ("put_on_control", due), AWAITING: ("return_to_work", None), REMOVED: ("control_anew", due)}[state]
    if state == wanted.state:
        return None
    if wanted.state == AWAITING:
        return {OFF: ("put_on_control", None), ON: ("report_done", None), REMOVED: ("control_anew", None)}[state]
    return None if state == OFF else ("remove_from_control", None)


def _not_before(document: Document, due: dt.date | None) -> dt.date | None:
    """A document is not due before its own day, though a point of it may be."""
    return max(due, document.date) if due is not None and document.date is not None else due

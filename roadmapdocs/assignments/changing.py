"""How every act takes an assignment in hand, and how it ends: written down, told, and followed by what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.assignments import control
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.facts import facts_of
from roadmapdocs.assignments.models import Assignment, DueExtension
from roadmapdocs.assignments.rules import Facts, why_closed
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.assignments.words import LIVE, ExtensionState, Part, State
from roadmapdocs.audit.operations import record
from roadmapdocs.db import before_commit
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.hooks import assignment_acted
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

TEXT_LIMIT: Final = 10_000


def opened(
    assignment_id: int, act: Act, *, revision: int | None, by: Actor, today: dt.date
) -> tuple[Assignment, Facts]:
    """The assignment with what the rules know of it, if the act is open to the person; inside a transaction.

    :raise NotFound: ``no_assignment``
    :raise Conflict: ``stale`` if it changed since ``revision``, ``moved`` if its state is another by now
    :raise Forbidden: ``forbidden``, ``own_work``, ``left``
    :raise Refusal: what else stands in the way (:func:`roadmapdocs.assignments.rules.why_closed`)
    """
    assignment = read_assignment(assignment_id, by=by)
    check_fresh(assignment, revision)
    facts = facts_of(assignment, by, today)
    closed = why_closed(act, facts)
    if closed is not None:
        raise closed.as_error(act)
    return assignment, facts


def check_fresh(assignment: Assignment, revision: int | None) -> None:
    """
    :raise Conflict: ``stale``
    """
    if revision is not None and assignment.revision != revision:
        raise Conflict(
            "stale",
            _("Somebody changed the assignment meanwhile. Look at it again and decide then."),
            revision=assignment.revision,
        )


def in_place(assignment: Assignment, facts: Facts, by: Actor) -> dict[str, str]:
    """Whom the actor stands in for, where it is not they who are responsible; for the journal."""
    return {} if assignment.responsible_id == by.employee_id else {"for": facts.names[Part.RESPONSIBLE]}


def said(text: str, field: str, *, needed: bool = True) -> str:
    """What a person wrote, without spaces around it.

    :raise Refusal: ``answer`` with the field, if it is empty though ``needed``, or too long
    """
    words = text.strip()
    if needed and not words:
        raise Refusal("answer", _("Something is not answered yet. See the marked fields."), fields={field: _("Fill this in.")})
    if len(words) > TEXT_LIMIT:
        long = _("This is longer than %(limit)s characters. Shorten it.", limit=TEXT_LIMIT)
        raise Refusal("answer", long, fields={field: long})
    return words


def close(
    assignment: Assignment, act: Act, about: Mapping[str, object], *, by: Actor, now: dt.datetime, today: dt.date, **columns: Any
) -> Assignment:
    """The one end of every act: write ``columns``, count the revision, journal, tell, let the document's line follow.

    ``about`` are plain values for sentences. What is over has no request for an extension any more.
    """
    state = columns.get("state", assignment.state)
    if state != assignment.state:
        columns["state_at"] = now
    written = {**columns, "revision": assignment.revision + 1}
    where = (Assignment.id == assignment.id) & (Assignment.revision == assignment.revision)
    if not Assignment.update(written).where(where).execute():
        raise Conflict("stale", _("Somebody changed the assignment meanwhile. Look at it again and decide then."))
    if state not in LIVE and state != State.DRAFT:
        let_go(assignment.id, by, now)
    assignment = Assignment.get_by_id(assignment.id)
    return tell(assignment, act, about, by=by, now=now, today=today)


def withdraw_asked(assignment: Assignment, *, by: Actor, now: dt.datetime, today: dt.date) -> Assignment:
    """By rule before a report: what is reported needs no later deadline, so nobody is left to decide on a request for one."""
    asked = (DueExtension.assignment == assignment.id) & (DueExtension.state == ExtensionState.ASKED)
    if not DueExtension.select().where(asked).exists():
        return assignment
    let_go(assignment.id, by, now)
    return close(assignment, Act.EXTENSION_WITHDRAWN, {"rule": True}, by=by, now=now, today=today)


def tell(
    assignment: Assignment, act: Act, about: Mapping[str, object], *, by: Actor, now: dt.datetime, today: dt.date
) -> Assignment:
    """Journal and signal of an act whose columns are written."""
    effect = {name: _plain(value) for name, value in about.items() if value}
    record(f"assignment_{act}", subject=assignment, effect=effect, by=by, now=now)
    assignment_acted.send(assignment, act=act, about=effect, by=by, now=now)
    if assignment.document_id is not None:
        document_id = assignment.document_id
        before_commit(("control", document_id), lambda: control.follow(document_id, by=by, now=now, today=today))
    return assignment


def _plain(value: object) -> object:
    if isinstance(value, dt.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def let_go(assignment_id: int, by: Actor, now: dt.datetime) -> None:
    """Nobody asks for a later deadline any more."""
    asked = (DueExtension.assignment == assignment_id) & (DueExtension.state == ExtensionState.ASKED)
    DueExtension.update(state=str(ExtensionState.WITHDRAWN), answered_by=by.name, answered_at=now).where(asked).execute()

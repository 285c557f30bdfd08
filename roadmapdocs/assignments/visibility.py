"""Who may read an assignment: the people of its tree, who stands in for them, and who watches over execution.

The rule for one and the condition of a query are the same. What has not been given yet, executors do not know of: a
draft is for its author and for who prepared it.
"""

from __future__ import annotations

import peewee as pw

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import State
from roadmapdocs.documents import visibility as documents
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def may_read(assignment: Assignment, actor: Actor) -> bool:
    return bool(Assignment.select(pw.SQL("1")).where((Assignment.id == assignment.id) & visible_to(actor)).exists())


def visible_to(actor: Actor) -> pw.Expression:
    """A condition on Assignment (its Document need not be joined)."""
    given = Assignment.given_at.is_null(False)
    visible = pw.SQL("1") == pw.SQL("0")
    if actor.reads_for:
        visible = (given & Assignment.root.in_(_roots(actor))) | (~given & _prepared(actor))
    if may(actor, Action.SEE_CONTROL):
        readable = Document.select(pw.SQL("1")).where(
            (Document.id == Assignment.document) & documents.visible_to(actor, few=True)
        )
        visible |= Assignment.document.is_null() | pw.fn.EXISTS(readable)
    return visible


def seen_by(actor: Actor) -> pw.Expression:
    """:func:`visible_to` of all but drafts, put so that it costs little where many are counted.

    Documents that the actor may not read are gathered once, not looked up row by row, and no column is asked for that
    indexes lack: by it, a draft that was dropped is open like the rest of its tree. No report counts those.
    """
    given = Assignment.state != State.DRAFT
    own = Assignment.root.in_(_roots(actor)) if actor.reads_for else pw.SQL("1") == pw.SQL("0")
    if not may(actor, Action.SEE_CONTROL):
        return given & own
    # A condition on a missing drafter is neither true nor false: whatever is not true hides the document.
    hidden = Document.select(Document.id).where(pw.Case(None, ((documents.visible_to(actor), 0),), 1) == 1)
    return given & (Assignment.document.is_null() | Assignment.document.not_in(hidden) | own)


def read_assignment(assignment_id: int, *, by: Actor) -> Assignment:
    """
    :raise NotFound: ``no_assignment`` if there is none for this person
    """
    found: Assignment | None = Assignment.select().where((Assignment.id == assignment_id) & visible_to(by)).first()
    if found is None:
        raise NotFound("no_assignment", _("There is no such assignment, or it is not open to you. Look for it in the list."))
    return found


def in_the_hands_of(actor: Actor, employee: pw.Field, document: pw.Field) -> pw.Expression:
    """``employee`` is the actor, or somebody for whom the actor stands in where it is about such a ``document``.

    Who stands in on documents of some kinds does so for nothing that has no document.
    """
    hands = employee.in_(sorted(actor.reads_all_of)) if actor.reads_all_of else pw.SQL("1") == pw.SQL("0")
    for one in actor.reads_some_of:
        of_kinds = Document.select(Document.id).join(Kind).where(Kind.code.in_(sorted(one.kinds)))
        hands |= (employee == one.employee_id) & document.in_(of_kinds)
    return hands


def _roots(actor: Actor) -> pw.ModelSelect:
    """Tops of the trees in which the actor is somebody, or stands in for somebody."""
    other = Assignment.alias()
    return (
        AssignmentPerson.select(other.root)
        .join(other, on=(AssignmentPerson.assignment == other.id))
        .where(in_the_hands_of(actor, AssignmentPerson.employee, other.document) & other.given_at.is_null(False))
    )


def _prepared(actor: Actor) -> pw.Expression:
    prepared = in_the_hands_of(actor, Assignment.author, Assignment.document)
    if actor.employee_id is not None:
        prepared |= Assignment.made_by_employee == actor.employee_id
    return prepared

"""What is checked of a plan before it becomes an assignment: who gives what to whom, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.access.rules import Action, may, require
from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.changing import said
from roadmapdocs.assignments.deadlines import due_of, why_not
from roadmapdocs.assignments.facts import facts_of, kind_of
from roadmapdocs.assignments.house import on_day_off
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Plan
from roadmapdocs.assignments.rules import why_closed
from roadmapdocs.assignments.tree import check_below
from roadmapdocs.assignments.visibility import read_assignment
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import read_document
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import ExpectedDocument, Item
from roadmapdocs.workdays.operations import calendar

MOST_EXECUTORS: Final = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """A plan that may become an assignment. ``names`` are those of its people by id; ``draft``: it waits for its author."""

    plan: Plan
    text: str
    author: int | None
    document: Document | None
    parent: Assignment | None
    counted_from: dt.date
    due: dt.date | None
    names: dict[int, str]
    draft: bool

    def columns(self) -> dict[str, Any]:
        """Of :class:`.models.Assignment`, but for those that say where it stands."""
        plan = self.plan
        return {
            "document": self.document,
            "point": plan.point.strip(),
            "item": plan.item,
            "expected": plan.expected,
            "period": plan.period,
            "parent": self.parent,
            "auto_close": plan.auto_close,
            "responsible": plan.responsible,
            "controller": plan.controller,
            "text": self.text,
            "urgent": plan.urgent,
            "on_control": plan.on_control,
            "deadline_kind": str(plan.deadline.kind),
            "deadline_text": plan.deadline.text.strip(),
            "counted_from": self.counted_from,
            "due": self.due,
            "first_due": self.due,
        }


def check(plan: Plan, *, by: Actor, today: dt.date, allow_past: bool, keeps_author: bool = False) -> Checked:
    """Whether the person may give this, and to whom; ``keeps_author``: a draft is written anew, whoever does it.

    :raise Forbidden: if the actor gives no assignments, and this is no subordinate of an own one; ``left``
    :raise NotFound: ``no_document``, ``no_assignment`` for what the actor may not read
    :raise Refusal: ``answer``, ``left``, ``own_control``, ``many_executors``, ``deadline``, ``past_due``,
        ``after_parent``, ``annulled``, ``ended``, ``no_item``, and those of :func:`roadmapdocs.assignments.tree.check_below`
    """
    text = said(plan.text, "text")
    parent = _parent(plan, by, today) if plan.parent is not None else None
    if parent is None and not keeps_author:
        require(by, Action.ASSIGN)
    document = _document(plan.document or (parent.document_id if parent is not None else None), by)
    author = plan.author or _author(parent, by)
    names = _people(plan, author, by, today)
    _check_roadmap(plan)
    counted_from = plan.counted_from or (document.date if document is not None else None) or today
    due = check_due(plan, counted_from, parent, today=today, allow_past=allow_past)
    draft = keeps_author or not _gives_at_once(author, document, by)
    return Checked(plan, text, author, document, parent, counted_from, due, names, draft)


def check_due(
    plan: Plan, counted_from: dt.date, parent: Assignment | None, *, today: dt.date, allow_past: bool
) -> dt.date | None:
    """The day on which it falls due.

    :raise Refusal: ``deadline``, ``past_due``, ``after_parent``; the field is ``due``
    """
    why = why_not(plan.deadline, today=today, allow_past=allow_past)
    if why is not None:
        raise Refusal("deadline", why, field="due")
    due = due_of(plan.deadline, counted_from=counted_from, calendar=calendar(), on_day_off=on_day_off())
    if due is not None:
        if not allow_past:
            check_not_past(due, today)
        check_not_after(due, parent)
    return due


def check_not_past(due: dt.date, today: dt.date) -> None:
    if due < today:
        day = due.strftime("%d.%m.%Y")
        raise Refusal(
            "past_due", _("The deadline is %(day)s, and that is past. Name a later day, or confirm it.", day=day), field="due"
        )


def check_not_after(due: dt.date, parent: Assignment | None) -> None:
    if parent is not None and parent.due is not None and due > parent.due:
        day = parent.due.strftime("%d.%m.%Y")
        raise Refusal(
            "after_parent",
            _("The assignment above it is due on %(day)s: ask to extend that one, or name a day not later.", day=day),
            field="due",
        )


def _parent(plan: Plan, by: Actor, today: dt.date) -> Assignment:
    parent = read_assignment(plan.parent or 0, by=by)
    closed = why_closed(Act.DRAFTED, facts_of(parent, by, today))
    if closed is not None:
        raise closed.as_error(Act.DRAFTED)
    check_below(parent, plan.responsible)
    return parent


def _author(parent: Assignment | None, by: Actor) -> int | None:
    """Who gives it where that is not said: whoever does it; or the one they stand in for, of whose work it is a part."""
    if parent is not None and parent.responsible_id != by.employee_id:
        stands = by.standing_for(parent.responsible_id, kind_of(parent))
        if stands is not None:
            return stands.employee_id
    return by.employee_id


def _document(document_id: int | None, by: Actor) -> Document | None:
    if document_id is None:
        return None
    document = read_document(document_id, by=by)
    check_binds(document)
    return document


def check_binds(document: Document) -> None:
    """Whether anything can be given out of it. What was given before stays, until somebody cancels it.

    :raise Refusal: ``annulled``, ``ended`` with the field ``document``
    """
    if document.registration == Registration.ANNULLED:
        raise Refusal("annulled", _("The registration of the document is annulled: it binds nobody."), field="document")
    if document.force == Force.ENDED:
        sentence = _("The document is not in force any more: nothing is given out of it. Give it out of the one that has replaced it.")
        raise Refusal("ended", sentence, field="document")


def _people(plan: Plan, author: int | None, by: Actor, today: dt.date) -> dict[int, str]:
    """Names by id, once it is sure that all of them work here and that nobody watches over themselves."""
    if len(plan.executors) > MOST_EXECUTORS:
        raise Refusal(
            "many_executors", _("At most %(number)s co-executors fit. Give several.", number=MOST_EXECUTORS), field="executors"
        )
    fields = [("responsible", plan.responsible), *(("executors", one) for one in plan.executors)]
    fields += [(name, one) for name, one in (("controller", plan.controller), ("author", author)) if one is not None]
    ids = {employee for _field, employee in fields}
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(list(ids)))}
    here = works_on(ids, today)
    if by.employee_id is not None and by.employee_id not in works_on([by.employee_id], today):
        raise Forbidden("left", _("You hold no post here any more. Somebody else has to do it."))
    for field, employee in fields:
        if employee not in names:
            raise Refusal("no_employee", _("There is no such employee. Choose from the list."), field=field)
        if employee not in here:
            name = names[employee]
            raise Refusal("left", _("%(name)s does not work here any more. Choose another person.", name=name), field=field)
    if plan.controller == plan.responsible:
        name = names[plan.responsible]
        raise Refusal(
            "own_control", _(
                "Who is responsible does not control the own work: %(name)s. Choose another controller, or leave the field empty: "
                "the author accepts the report.",
                name=name,
            ),
            field="controller",
        )
    return names


def _check_roadmap(plan: Plan) -> None:
    known = plan.item is None or Item.select().where(Item.id == plan.item).exists()
    if known and plan.expected is not None:
        mine = (ExpectedDocument.id == plan.expected) & (ExpectedDocument.item == (plan.item or 0))
        known = ExpectedDocument.select().where(mine).exists()
    if not known:
        raise Refusal("no_item", _("There is no such item in the roadmap any more. Open the roadmap anew."), field="item")


def _gives_at_once(author: int | None, document: Document | None, by: Actor) -> bool:
    """Whether nobody has to confirm it: the author gives it, or who stands in, or has signed the document that says so.

    Only who gives assignments enters those of a signed document: whoever has a part of it does not speak for its signer.
    The installation itself repeats only what a person has set.
    """
    if by.employee_id is None and by.user_id is None:
        return True
    if author is None or author == by.employee_id:
        return True
    kind = document.kind.code if document is not None else ""
    if by.standing_for(author, kind) is not None:
        return True
    signed = document is not None and document.signer_employee_id == author and document.preparation == Preparation.SIGNED
    return signed and may(by, Action.ASSIGN)

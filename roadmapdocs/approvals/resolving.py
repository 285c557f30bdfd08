"""From what a plan names to people: who holds the post, heads the unit, is written on the card, on a given day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roadmapdocs.approvals.authors import authors, is_own, not_ones_own
from roadmapdocs.approvals.plans import MOST_ADDRESSEES, Addressee, How, Mode, Plan, Step
from roadmapdocs.approvals.rules import Who, who
from roadmapdocs.approvals.words import Added
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.directory import DatabaseDirectory, PersonRef, Resolver
from roadmapdocs.people.holders import Holder, head_of, holder_of
from roadmapdocs.people.models import Employee, Post
from roadmapdocs.people.presence import employees_by_role, works_on
from roadmapdocs.people.rules import Role


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom a step asks. ``employee`` is None for a guest, who has an address instead."""

    employee: int | None
    name: str
    post: str = ""
    email: str = ""
    added: Added = Added.ROUTE

    @property
    def who(self) -> Who | None:
        return who(self.employee, self.email)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A step with the people behind it; ``left_out`` are names of those not asked because the text is their own.

    A step of which nobody is left so, as of the head of a unit who drafted, is passed over.
    """

    step: Step
    asked: tuple[Asked, ...]
    left_out: tuple[str, ...] = ()


def resolve(plan: Plan, document: Document, day: dt.date) -> list[Resolved]:
    """The people of each step of the plan, on that day.

    :raise Refusal: ``addressees``, whose ``details["steps"]`` maps a step's place (from 0) to a sentence about it: a
        post that nobody holds, a unit without a head, an empty field of the card, somebody who left
    """

    def people(place: int) -> list[Asked]:
        return [one for named in plan.steps[place].addressees for one in _people(named, document, day)]

    return _resolved(plan, people, document)


def again(plan: Plan, asked: Sequence[Sequence[Asked]], document: Document, day: dt.date) -> list[Resolved]:
    """The same people step by step once more, with the posts that they hold on that day.

    :raise Refusal: ``addressees`` as :func:`resolve`
    """

    def people(place: int) -> list[Asked]:
        return [
            dataclasses.replace(_person(one.employee, day), added=one.added) if one.employee is not None else one
            for one in asked[place]
        ]

    return _resolved(plan, people, document)


def _resolved(plan: Plan, people: Callable[[int], list[Asked]], document: Document) -> list[Resolved]:
    found: list[Resolved] = []
    problems: dict[int, str] = {}
    written_by = authors(document)
    for place, step in enumerate(plan.steps):
        try:
            found.append(_step(plan, step, people(place), written_by))
        except _Nobody as problem:
            problems[place] = str(problem)
    if not problems and not any(one.asked for one in found if one.step.mode is not Mode.INFORMATION):
        problems = {place: not_ones_own(one.left_out[0]) for place, one in enumerate(found) if one.left_out}
    if problems:
        first = next(iter(problems.values()))
        message = _("Not everybody whom the route names can be asked: %(why)s", why=first)
        raise Refusal("addressees", message, steps=problems)
    return found


class _Nobody(Exception):
    """With the sentence that says why there is nobody to ask."""


def _step(plan: Plan, step: Step, found: Sequence[Asked], written_by: frozenset[int]) -> Resolved:
    people: dict[Who | None, Asked] = {}
    left_out: list[str] = []
    for one in found:
        if is_own(written_by, one.employee, plan, information=step.mode is Mode.INFORMATION):
            left_out.append(one.name)
        else:
            people.setdefault(one.who, one)
    if left_out and not people:
        return Resolved(step, (), tuple(left_out))
    if len(people) > MOST_ADDRESSEES:
        raise _Nobody(_("A step asks %(most)s people at the most. Divide it.", most=MOST_ADDRESSEES))
    if step.mode is Mode.QUORUM and step.needed > len(people):
        raise _Nobody(
            _("Of %(asked)s people %(needed)s cannot agree. Correct the number.", asked=len(people), needed=step.needed)
        )
    return Resolved(step, tuple(people.values()), tuple(left_out))


def _people(addressee: Addressee, document: Document, day: dt.date) -> list[Asked]:
    if addressee.how is How.GUEST:
        return [Asked(None, addressee.value, "", addressee.email)]
    if addressee.how is How.ROLE:
        return _by_role(addressee.value, day)
    if addressee.how is How.PERSON:
        return [_person(_whole(addressee.value), day)]
    if addressee.how is How.FIELD:
        return [_person(_named_on_card(addressee.value, document).id, day)]
    holder = _head(document, day) if addressee.how is How.HEAD else _of_post(addressee.value, day)
    return [Asked(holder.employee_id, holder.name, holder.post)]


def _by_role(role: str, day: dt.date) -> list[Asked]:
    found = employees_by_role(Role(role), day) if role in set(Role) else []
    if not found:
        raise _Nobody(_("Nobody holds the role that the step names. Name a person."))
    return _with_posts(found, day)


def _of_post(value: str, day: dt.date) -> Holder:
    unit, _colon, title = value.partition(":")
    found = holder_of(_whole(unit), title, day)
    if found is None:
        raise _Nobody(_("Nobody holds the post “%(post)s” now, and nobody acts in it. Name a person.", post=title))
    return found


def _head(document: Document, day: dt.date) -> Holder:
    unit = document.unit_id or _unit_of_drafter(document, day)
    if unit is None:
        raise _Nobody(_("It is not known of which unit the document is. Write the unit or the drafter on the card."))
    found = head_of(unit, day)
    if found is None:
        raise _Nobody(_("The unit of the document has no head. Name a person, or mark the head's post in “People”."))
    return found


def _whole(text: str) -> int:
    """The id that is written there; 0, which is nobody's, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0


def _unit_of_drafter(document: Document, day: dt.date) -> int | None:
    row = Post.held_on(day).where(Post.employee == document.drafter_id).order_by(Post.since, Post.id).first()
    return row.unit_id if row else None


def _named_on_card(field: str, document: Document) -> PersonRef:
    words = str(document.fields.get(field) or "").strip()
    if not words:
        raise _Nobody(_("The field of the card that names this person is empty. Fill it in."))
    found = Resolver(DatabaseDirectory()).resolve(words)
    if not isinstance(found, PersonRef):
        raise _Nobody(_("“%(words)s” on the card is no one employee. Write the name as in the list of people.", words=words))
    return found


def _person(employee_id: int, day: dt.date) -> Asked:
    person: Employee | None = Employee.get_or_none(Employee.id == employee_id)
    if person is None:
        raise _Nobody(_("The person whom the step names is not in the list of people any more. Name another."))
    if employee_id not in works_on([employee_id], day):
        raise _Nobody(_("%(name)s does not work here any more. Name another person.", name=str(person)))
    return _with_posts([PersonRef(person.id, str(person))], day)[0]


def _with_posts(people: Sequence[PersonRef], day: dt.date) -> list[Asked]:
    """With the title of the post that each holds on that day, the one that heads a unit first."""
    ids = [one.id for one in people]
    rows = Post.held_on(day).where(Post.employee.in_(ids)).order_by(Post.heads.desc(), Post.since, Post.id)
    titles: dict[int, str] = {}
    for row in rows:
        titles.setdefault(row.employee_id, row.title)
    return [Asked(one.id, one.name, titles.get(one.id, "")) for one in people]


def describe(person_id: int, day: dt.date) -> Asked:
    """One employee as a run asks them.

    :raise Refusal: ``nobody`` if they are unknown or left
    """
    try:
        return _person(person_id, day)
    except _Nobody as problem:
        raise Refusal("nobody", str(problem)) from problem

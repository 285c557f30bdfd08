"""Acting heads (исполняющие обязанности): an order lays the duties of a post on somebody for a time.

Clerks and administrators register it: those who register orders. Nobody registers an own one: an acting head signs.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Acting, Employee, Post
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor, Role

_KEEPERS = (Role.CLERK, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Appointment:
    """What an order appoints; columns as of :class:`.models.Acting`.

    ``absent_id`` may be left out where at most one person holds the post; with several it says who of them is away.
    """

    unit_id: int
    title: str
    printed: str
    employee_id: int
    since: dt.date
    until: dt.date | None
    basis: str
    basis_document: int | None = None
    absent_id: int | None = None


def may_appoint(actor: Actor) -> bool:
    return actor.has(*_KEEPERS)


def set_acting(wanted: Appointment, *, by: Actor, now: dt.datetime, today: dt.date) -> Acting:
    """Record that somebody fills a post by an order. Whoever holds the post counts as away meanwhile.

    :raise Forbidden: if the actor registers no orders; ``himself`` with the field ``employee`` if the actor is to act
    :raise Refusal: with ``field`` in the details: ``post``, ``printed``, ``employee``, ``since``, ``until``, ``basis``
    """
    _require(by)
    _require_another(wanted, by)
    printed, basis = " ".join(wanted.printed.split()), " ".join(wanted.basis.split())
    _check_words(printed, basis)
    _check_days(wanted, today)
    with transaction():
        title = _title(wanted)
        absent_id = _absent(wanted, title)
        _check_employee(wanted, absent_id, today)
        _check_alone(wanted, title, absent_id)
        row = Acting.create(
            unit=wanted.unit_id,
            title=title,
            printed=printed,
            absent=absent_id,
            employee=wanted.employee_id,
            since=wanted.since,
            until=wanted.until,
            basis=basis,
            basis_document=wanted.basis_document,
            set_by=by.name,
            made_at=now,
        )
        record("acting_set", subject=row, effect=_effect(row), by=by, now=now)
    return row


def revoke_acting(acting_id: int, *, by: Actor, now: dt.datetime) -> Acting:
    """End an appointment at once; what was signed by it stays.

    :raise NotFound: if there is none
    :raise Forbidden: if the actor registers no orders
    :raise Conflict: if it is revoked already
    """
    _require(by)
    with transaction():
        row: Acting | None = Acting.get_or_none(Acting.id == acting_id)
        if row is None:
            raise NotFound("no_acting", _("There is no such appointment. Open the list anew."))
        if row.revoked_at is not None:
            raise Conflict("revoked", _("This appointment is revoked already. Nothing is left to do."))
        row.revoked_at = now
        row.save(only=[Acting.revoked_at])
        record("acting_revoked", subject=row, effect=_effect(row), by=by, now=now)
    return row


def _require(by: Actor) -> None:
    if not may_appoint(by):
        raise Forbidden(
            "forbidden", _("Who acts for whom by an order is recorded by the clerk or the administrator.")
        )


def _require_another(wanted: Appointment, by: Actor) -> None:
    if wanted.employee_id == by.employee_id:
        message = _(
            "People do not appoint themselves: an acting head signs. "
            "Ask another clerk or the administrator to record the order."
        )
        raise Forbidden("himself", message, field="employee")


def _check_words(printed: str, basis: str) -> None:
    if not printed:
        message = _("How documents print the post is missing. Write it out: “Acting Head of the Department”.")
        raise Refusal("printed", message, field="printed")
    # ГОСТ Р 7.0.97: nobody signs with «за» or with a slash before the post of another.
    if printed.casefold().startswith(("за ", "/")):
        message = _("Signing “for” another is not allowed. Write the post of the acting person out.")
        raise Refusal("printed", message, field="printed")
    if not basis:
        raise Refusal(
            "basis", _("The order that appoints is missing. Name its date and number."), field="basis"
        )


def _check_days(wanted: Appointment, today: dt.date) -> None:
    if wanted.until is not None and wanted.until < wanted.since:
        raise Refusal(
            "reversed", _("The appointment ends before it begins. Correct one of the days."), field="until"
        )
    if wanted.until is not None and wanted.until < today:
        raise Refusal(
            "past", _("These days are over. Name a period that lasts today or is to come."), field="until"
        )


def _title(wanted: Appointment) -> str:
    """The title as the unit's posts have it; letters of either case and spaces do not matter."""
    key = _key(wanted.title)
    titles = [
        title for (title,) in Post.select(Post.title).where(Post.unit == wanted.unit_id).distinct().tuples()
    ]
    exact = [title for title in titles if title == wanted.title]
    found = exact or sorted(title for title in titles if _key(title) == key)
    if not found:
        raise Refusal("no_post", _("The unit has no such post. Choose one of the list."), field="post")
    return str(found[0])


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _absent(wanted: Appointment, title: str) -> int | None:
    """Who holds the post and is away; None if nobody holds it.

    :raise Refusal: ``which_holder`` if several hold it and none of them is named
    """
    held = (
        Post.held_on(wanted.since)
        .select(Post.employee)
        .where((Post.unit == wanted.unit_id) & (Post.title == title))
    )
    holders = {found for (found,) in held.distinct().tuples()}
    if wanted.absent_id is not None:
        if wanted.absent_id not in holders:
            message = _("On the first day this person does not hold the post. Choose again.")
            raise Refusal("no_holder", message, field="post")
        return wanted.absent_id
    if len(holders) > 1:
        message = _("Several people hold this post. Choose who of them is away.")
        raise Refusal("which_holder", message, field="post")
    return next(iter(holders), None)


def _check_employee(wanted: Appointment, absent_id: int | None, today: dt.date) -> None:
    person = Employee.get_or_none(Employee.id == wanted.employee_id)
    if person is None:
        raise Refusal("nobody", _("There is no such employee. Choose one of the list."), field="employee")
    day = max(wanted.since, today)
    if person.id not in works_on([person.id], day):
        message = _(
            "%(name)s does not work in the office on %(day)s. Choose another.",
            name=person,
            day=f"{day:%d.%m.%Y}",
        )
        raise Refusal("left", message, field="employee")
    if person.id == absent_id:
        message = _("%(name)s holds this post already. Choose who acts.", name=person)
        raise Refusal("himself", message, field="employee")


def _check_alone(wanted: Appointment, title: str, absent_id: int | None) -> None:
    same_post = (Acting.unit == wanted.unit_id) & (Acting.title == title)
    if absent_id is not None:
        # A post with two holders, both away, has two acting ones.
        same_post &= Acting.absent.is_null() | (Acting.absent == absent_id)
    same_days = Acting.until.is_null() | (Acting.until >= wanted.since)
    if wanted.until is not None:
        same_days &= Acting.since <= wanted.until
    other = Acting.get_or_none(Acting.revoked_at.is_null() & same_post & same_days)
    if other is not None:
        message = _(
            "On some of these days %(name)s acts in this post by %(basis)s. Change the days, or revoke that appointment.",
            name=other.employee,
            basis=other.basis,
        )
        raise Refusal("two_acting", message, field="since")


def _effect(row: Acting) -> dict[str, object]:
    return {
        "employee": str(row.employee),
        "printed": row.printed,
        "absent": str(row.absent) if row.absent_id is not None else "",
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until is not None else "",
        "basis": row.basis,
    }

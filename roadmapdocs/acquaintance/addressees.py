"""Who is meant by an addressee: people, units with all below them, posts, roles, and those whom the order names."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from roadmapdocs.acquaintance.named import named_among
from roadmapdocs.acquaintance.rules import Addressees
from roadmapdocs.acquaintance.staff import Placed, Staff, staff_on
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Unit, User, UserRole
from roadmapdocs.people.rules import Role

__all__ = ["Placed", "named_in", "people_of", "words_of"]


def people_of(
    addressees: Addressees, *, day: dt.date, document_id: int | None = None, staff: Staff | None = None
) -> list[Placed]:
    """Whom the addressees mean on that day, each person once, by name; nobody who does not work then.

    ``document_id`` is the document in whose text people are named (:attr:`.rules.Addressees.named`). ``staff`` is that
    of the day, where it has been read already.

    :raise Refusal: ``addressees`` if a person or a unit among them does not exist; ``text_unread`` while it is not
        known yet whom the text names
    """
    staff = staff or staff_on(day)
    check_known(addressees)
    fit = ids_of(addressees, staff)
    if addressees.named and document_id is not None:
        fit.update(one.employee_id for one in named_among(document_id, staff).people)
    return [person for employee_id, person in staff.people.items() if employee_id in fit]


def ids_of(addressees: Addressees, staff: Staff) -> set[int]:
    """Ids of those of the staff who fit, but for whom the text names; a unit or a person that is gone means nobody."""
    if addressees.everyone:
        return {*staff.people}
    found = {*addressees.employees}
    found.update(*(staff.units.get(unit, ()) for unit in with_units_below(addressees.units)))
    found.update(*(staff.posts.get(title, ()) for title in addressees.posts))
    found.update(with_roles(addressees.roles))
    return found & staff.people.keys()


def named_in(document: Document, *, day: dt.date) -> list[Placed]:
    """Those who work on that day and whom the text of the document names, in any case, by name or by post.

    :raise Refusal: ``text_unread`` while the text has not been read
    """
    return list(named_among(document.id, staff_on(day)).people)


def check_known(addressees: Addressees) -> None:
    """
    :raise Refusal: ``addressees`` if a person or a unit among them does not exist
    """
    people = _missing(Employee, addressees.employees)
    units = _missing(Unit, addressees.units)
    if people or units:
        raise Refusal("addressees", _("Somebody among those chosen is not there any more. Choose again."), field="addressees")


def _missing(model: type[Employee] | type[Unit], ids: Collection[int]) -> set[int]:
    known = {found for (found,) in model.select(model.id).where(model.id.in_(list(ids))).tuples()} if ids else set()
    return set(ids) - known


def with_units_below(unit_ids: Iterable[int]) -> set[int]:
    """The units and all below them."""
    waiting = list(unit_ids)
    if not waiting:
        return set()
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, parent in Unit.select(Unit.id, Unit.parent).tuples():
        below[parent].append(unit_id)
    found: set[int] = set()
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting += below[unit_id]
    return found


def with_roles(roles: Collection[str]) -> set[int]:
    """Ids of the employees whose open account has one of the roles."""
    if not roles:
        return set()
    rows = User.select(User.employee).join(UserRole).where(User.active & UserRole.role.in_(list(roles)))
    return {found for (found,) in rows.where(User.employee.is_null(False)).tuples()}


def words_of(addressees: Addressees) -> str:
    """«Отдел кадров; директор; Лукина О. С.»: the addressees as a line of words for the journal and for pages."""
    words = [_("all the staff")] if addressees.everyone else []
    words += [_("all who are named in the text")] if addressees.named else []
    if addressees.units:
        words += [row.name for row in Unit.select().where(Unit.id.in_(list(addressees.units))).order_by(Unit.name)]
    words += sorted(addressees.posts)
    words += [role_words()[role] for role in addressees.roles if role in role_words()]
    if addressees.employees:
        people = Employee.select().where(Employee.id.in_(list(addressees.employees)))
        words += [str(row) for row in people.order_by(Employee.surname, Employee.name, Employee.id)]
    return "; ".join(words)


def role_words() -> dict[str, str]:
    """Roles as addressees, in the plural."""
    return {
        Role.CLERK: _("all clerks"),
        Role.EXECUTIVE: _("all executives"),
        Role.STAFF: _("all staff members"),
        Role.COORDINATOR: _("all roadmap coordinators"),
        Role.ADMINISTRATOR: _("all administrators"),
    }

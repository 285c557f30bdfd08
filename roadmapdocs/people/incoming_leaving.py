"""What waits for somebody who leaves: it is told to whoever takes people in, and stays where it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Final

from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming_rules import Kind, Line, What
from roadmapdocs.people.incoming_taking import Taking
from roadmapdocs.people.models import Acting, Employee, Substitution, User
from roadmapdocs.people.presence import works_on

#: Gives what waits for these employees on a day, in words by the employee's id: «3 visas, 2 assignments».
OpenWork = Callable[[Collection[int], dt.date], Mapping[int, str]]
#: Upper domains lend what they know when the program is put together.
OPEN_WORK: Final[list[OpenWork]] = []


def open_work_of_leavers(taking: Taking, ended: Collection[int], closed: Collection[int]) -> list[Line]:
    """A line for each who left and for whom something waits. ``ended`` are employees, ``closed`` accounts."""
    of_closed = User.select(User.employee).where(User.id.in_(list(closed)) & User.employee.is_null(False))
    owners = {employee for (employee,) in of_closed.tuples()} if closed else set()
    gone = (set(ended) - works_on(list(ended), taking.today)) | owners
    if not gone:
        return []
    found: dict[int, list[str]] = {}
    for asked in (_stands_in, *OPEN_WORK):
        for employee_id, words in asked(gone, taking.today).items():
            found.setdefault(employee_id, []).append(words)
    names = {row.id: str(row) for row in Employee.select().where(Employee.id.in_(list(found)))} if found else {}
    known = taking.known_as(Kind.EMPLOYEE)
    return [
        Line(
            What.ENDED,
            Kind.EMPLOYEE,
            min(known.get(employee_id, [""])),
            names[employee_id],
            _("left, and this waits for them: %(work)s. Nothing of it is lost; pass it on.", work=", ".join(words)),
        )
        for employee_id, words in sorted(found.items())
    ]


def _stands_in(employee_ids: Collection[int], day: dt.date) -> dict[int, str]:
    """Whom they act for by an order, and for whom they give visas, today or later."""
    wanted = list(employee_ids)
    acting = Acting.select(Acting.employee).where(
        Acting.employee.in_(wanted) & Acting.revoked_at.is_null() & (Acting.until.is_null() | (Acting.until >= day))
    )
    standing = Substitution.select(Substitution.substitute).where(
        Substitution.substitute.in_(wanted) & Substitution.revoked_at.is_null() & (Substitution.until >= day)
    )
    found = {employee: _("an order to act as the head") for (employee,) in acting.tuples()}
    for (employee,) in standing.tuples():
        words = _("standing in for another")
        found[employee] = f"{found[employee]}, {words}" if employee in found and words not in found[employee] else found.get(employee, words)
    return found

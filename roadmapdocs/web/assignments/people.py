"""People in forms of assignments: typed by name, kept as ids."""

from __future__ import annotations

from collections.abc import Collection

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee
from roadmapdocs.web.documents.people import employee_called, name_of


class NotCalled(ValueError):
    """Nobody, or more than one, is called so; the text is a sentence for the field."""


def person_called(text: str) -> int | None:
    """The id of the employee of this name; None for no words at all.

    :raise NotCalled: if the words name nobody, or several
    """
    if not text:
        return None
    try:
        found = employee_called(text)
    except Refusal as refusal:
        raise NotCalled(refusal.message) from refusal
    if found is None:
        raise NotCalled(_("Nobody of the office is called “%(name)s”. Choose a name of the list.", name=text))
    return int(found.id)


def typed_names(ids: Collection[int | None]) -> dict[int, str]:
    """What to type for these people, so that it names nobody else: the short name, or of namesakes the full one."""
    wanted = sorted({one for one in ids if one is not None})
    rows = Employee.select().where(Employee.id.in_(wanted)) if wanted else []
    return {row.id: _unmistakable(row) for row in rows}


def _unmistakable(employee: Employee) -> str:
    short = name_of(employee)
    try:
        employee_called(short)
    except Refusal:
        return " ".join(part for part in (employee.surname, employee.name, employee.patronymic) if part)
    return short

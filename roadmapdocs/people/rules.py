"""Roles, actors, names, passwords and locked accounts as plain decisions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

FAILURES_BEFORE_LOCK = 5
LOCK_FOR = dt.timedelta(minutes=15)
PASSWORD_LENGTH = 10


class Role(StrEnum):
    """The five who come to the registry (делопроизводитель, руководитель, сотрудник, координатор, администратор)."""

    CLERK = "clerk"
    EXECUTIVE = "executive"
    STAFF = "staff"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``name`` is as printed in lists («Лукина О. С.»); ``unit_ids`` are the units of posts held now.

    ``grants`` are rights given to the person beyond the roles: values of :class:`roadmapdocs.access.rules.Action`.
    """

    user_id: int | None
    name: str
    roles: frozenset[Role]
    employee_id: int | None = None
    unit_ids: frozenset[int] = frozenset()
    grants: frozenset[str] = frozenset()

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


#: The command line and the demo act in the name of the installation itself.
SYSTEM = Actor(user_id=None, name="roadmapdocs", roles=frozenset(Role))


def initials_after(surname: str, name: str, patronymic: str) -> str:
    """«Лукина О. С.»: surname and initials as lists print them, joined by no-break spaces."""
    return "\N{NO-BREAK SPACE}".join([surname, *(f"{part[0]}." for part in (name, patronymic) if part)])


def check_password(password: str, login: str) -> None:
    """
    :raise Refusal: ``weak_password`` if it is short, one character repeated, or contains the login
    """
    if len(password) < PASSWORD_LENGTH:
        raise Refusal(
            "weak_password",
            _("The password is shorter than %(length)s characters. Make it longer.", length=PASSWORD_LENGTH),
        )
    if len(set(password)) < 4 or login.casefold() in password.casefold():
        raise Refusal(
            "weak_password",
            _("The password is easy to guess: it repeats one character or contains your login. Choose another."),
        )


def locked_until(failures: int, now: dt.datetime) -> dt.datetime | None:
    """Until when an account stays shut after so many failures in a row; None while it stays open."""
    return now + LOCK_FOR if failures >= FAILURES_BEFORE_LOCK else None

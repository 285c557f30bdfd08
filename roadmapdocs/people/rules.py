"""Roles, actors, names, passwords and locked accounts as plain decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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
class Standing:
    """For whom somebody may act today.

    A substitute gives that person's visas on documents of ``kinds`` (none mean all); the acting head (``acting``)
    fills the person's post and also signs. ``basis`` is the reason of the absence, or the order that appointed.
    """

    employee_id: int
    name: str
    kinds: frozenset[str]
    acting: bool
    basis: str

    def covers(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``name`` is as printed in lists («Лукина О. С.»); ``unit_ids`` are the units of posts held now.

    ``grants`` are rights given to the person beyond the roles: values of :class:`roadmapdocs.access.rules.Action`.
    ``stands_for`` are those for whom the person acts today, those whose post is filled first. ``token_id`` is the
    personal token by which a program acts for the person. ``organisations`` are those in which the roles count; none
    mean all.
    """

    user_id: int | None
    name: str
    roles: frozenset[Role]
    employee_id: int | None = None
    unit_ids: frozenset[int] = frozenset()
    grants: frozenset[str] = frozenset()
    stands_for: tuple[Standing, ...] = ()
    token_id: int | None = None
    organisations: frozenset[int] = frozenset()

    def counts_in(self, organisation_id: int | None) -> bool:
        """Whether the roles count for what belongs to this organisation (None: to all of them)."""
        return not self.organisations or organisation_id is None or organisation_id in self.organisations

    @property
    def signs_for(self) -> frozenset[int]:
        """Ids of the employees whose documents this person signs today: their own, and whose post they fill."""
        own = {self.employee_id} if self.employee_id is not None else set()
        return frozenset(own | {one.employee_id for one in self.stands_for if one.acting})

    @property
    def reads_for(self) -> frozenset[int]:
        """Ids of the employees whose visas may be this person's to give: their own, and all they stand for."""
        own = {self.employee_id} if self.employee_id is not None else set()
        return frozenset(own | {one.employee_id for one in self.stands_for})

    @property
    def reads_all_of(self) -> frozenset[int]:
        """Ids of the employees in whose hands any document is in this person's too."""
        own = {self.employee_id} if self.employee_id is not None else set()
        return frozenset(own | {one.employee_id for one in self.stands_for if not one.kinds})

    @property
    def reads_some_of(self) -> tuple[Standing, ...]:
        """By what only documents of some kinds, in the hands of another, are in this person's too."""
        return tuple(one for one in self.stands_for if one.kinds)

    def standing_for(self, employee_id: int, kind: str) -> Standing | None:
        """By what this person may act for that employee on a document of ``kind``; None if by nothing."""
        fitting = (one for one in self.stands_for if one.employee_id == employee_id and one.covers(kind))
        return next(fitting, None)

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``since`` to ``until``, both inside."""

    since: dt.date
    until: dt.date

    def common(self, other: Period) -> Period | None:
        """The days of both; None where there are none."""
        since, until = max(self.since, other.since), min(self.until, other.until)
        return Period(since, until) if since <= until else None


@dataclass(frozen=True, slots=True)
class Stead:
    """``absent`` is away and ``substitute`` (None: nobody) gives that person's visas on ``kinds`` (none mean all)."""

    absent: int
    substitute: int | None
    period: Period
    kinds: frozenset[str]

    def common(self, other: Stead) -> Stead | None:
        """This one narrowed to days and kinds of both; None where nothing is common."""
        period = self.period.common(other.period)
        kinds = self.kinds & other.kinds if self.kinds and other.kinds else self.kinds | other.kinds
        if period is None or (self.kinds and other.kinds and not kinds):
            return None
        return Stead(self.absent, self.substitute, period, kinds)


def check_stead(wanted: Stead, live: Sequence[Stead], names: Mapping[int, str]) -> None:
    """Whether ``wanted`` can stand beside what is set already. ``names`` are those of the people of ``wanted``.

    :raise Refusal: ``himself``, ``same_again``, or ``circle`` if on some day two would stand in for each other,
        directly or through others; the field is ``substitutes``
    """
    if wanted.substitute is None:
        if any(one.absent == wanted.absent and one.common(wanted) for one in live):
            message = _(
                "An absence of %(name)s on some of these days is recorded already. Name other days, or revoke that one.",
                name=names[wanted.absent],
            )
            raise Refusal("same_again", message, field="since")
        return
    name = names[wanted.substitute]
    if wanted.substitute == wanted.absent:
        message = _("%(name)s cannot be the own substitute. Choose another.", name=name)
        raise Refusal("himself", message, field="substitutes", employee=wanted.substitute)
    if any((one.absent, one.substitute) == (wanted.absent, wanted.substitute) and one.common(wanted) for one in live):
        message = _("%(name)s is the substitute on these days already. Change the days or the kinds.", name=name)
        raise Refusal("same_again", message, field="substitutes", employee=wanted.substitute)
    if _leads_back(wanted, live):
        message = _(
            "%(name)s is away on some of these days, and the visas would come back to %(absent)s. Choose another.",
            name=name,
            absent=names[wanted.absent],
        )
        raise Refusal("circle", message, field="substitutes", employee=wanted.substitute)


def _leads_back(stead: Stead, live: Sequence[Stead]) -> bool:
    """Whether from substitute to substitute, on days and kinds common to all, one comes back to the absent person."""
    reached, seen = [stead], {stead}
    while reached:
        last = reached.pop()
        following = (one.common(last) for one in live if one.absent == last.substitute)
        for one in following:
            if one is not None and one.substitute == stead.absent:
                return True
            if one is not None and one not in seen:
                seen.add(one)
                reached.append(one)
    return False


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

"""Use cases of administrators: organisations, units, employees, posts and accounts.

Nothing here is ever deleted: documents and the journal refer to these rows. A person who left has a post that
ended and an account that is closed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

import peewee as pw

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import (
    Employee,
    Organisation,
    Post,
    Unit,
    User,
    UserGrant,
    UserOrganisation,
    UserRole,
)
from roadmapdocs.people.rules import Actor, Role

_Row = TypeVar("_Row", bound=pw.Model)


def keep_organisation(
    row: Organisation | None, values: Mapping[str, object], *, by: Actor, now: dt.datetime
) -> Organisation:
    """Add an organisation, or change ``row``. ``values`` are its columns.

    :raise Refusal: ``name_taken``
    """
    with _as_administrator(by):
        if _taken(Organisation, row, Organisation.name == values["name"]):
            raise Refusal("name_taken", _("An organisation of this name is there already."), field="name")
        return _keep(Organisation, row, values, by, now)


def keep_unit(row: Unit | None, values: Mapping[str, object], *, by: Actor, now: dt.datetime) -> Unit:
    """Add a unit, or change ``row``. The unit above belongs to the same organisation and is not below itself.

    :raise Refusal: ``name_taken``, ``other_organisation`` or ``loop``
    """
    with _as_administrator(by):
        same_name = (Unit.organisation == values["organisation"]) & (Unit.name == values["name"])
        if _taken(Unit, row, same_name):
            raise Refusal("name_taken", _("The organisation has a unit of this name already."), field="name")
        if values["parent"] is not None:
            _check_parent(row, values)
        return _keep(Unit, row, values, by, now)


def _check_parent(row: Unit | None, values: Mapping[str, object]) -> None:
    above: Unit | None = Unit.get_by_id(values["parent"])
    assert above is not None  # get_by_id raises otherwise
    if above.organisation_id != values["organisation"]:
        raise Refusal(
            "other_organisation",
            _("The unit above belongs to another organisation. Choose one of the same organisation."),
            field="parent_id",
        )
    while above is not None:
        if row is not None and above.id == row.id:
            raise Refusal("loop", _("A unit cannot stand above itself. Choose another unit above."), field="parent_id")
        above = above.parent


def keep_employee(row: Employee | None, values: Mapping[str, object], *, by: Actor, now: dt.datetime) -> Employee:
    """Add an employee, or change ``row``; two people may bear one name."""
    with _as_administrator(by):
        return _keep(Employee, row, values, by, now)


def keep_post(row: Post | None, values: Mapping[str, object], *, by: Actor, now: dt.datetime) -> Post:
    """Add a post held from–to, or change ``row``.

    :raise Refusal: ``ends_before_it_begins``
    """
    since, until = values["since"], values["until"]
    if isinstance(since, dt.date) and isinstance(until, dt.date) and until < since:
        raise Refusal(
            "ends_before_it_begins", _("The post ends before it begins. Correct one of the days."), field="until"
        )
    with _as_administrator(by):
        return _keep(Post, row, values, by, now)


def change_account(
    user: User,
    *,
    employee_id: int | None,
    roles: Collection[Role],
    active: bool,
    unlock: bool = False,
    by: Actor,
    now: dt.datetime,
) -> User:
    """Change whose account it is, what it may do and whether it opens at all; ``unlock`` forgets wrong passwords.

    :raise Refusal: ``employee_taken``, ``own_account`` if one would shut oneself out, or ``last_administrator``
    """
    with _as_administrator(by):
        _check_employee(user, employee_id)
        _check_administrators(user, stays=active and Role.ADMINISTRATOR in roles, by=by)
        user.employee, user.active = employee_id, active
        user.save()
        if unlock:
            User.update(failures=0, locked_until=None).where(User.id == user.id).execute()
        UserRole.delete().where(UserRole.user == user).execute()
        for role in sorted(set(roles)):
            UserRole.create(user=user, role=role)
        effect = {"login": user.login, "employee": employee_id, "roles": sorted(set(roles)), "active": active}
        record("user_changed", subject=user, effect={**effect, "unlocked": unlock}, by=by, now=now)
    return user


def set_grants(user: User, grants: Collection[str], *, by: Actor, now: dt.datetime) -> None:
    """Give an account these rights beyond its roles, and no others; what stays as it is leaves no entry.

    ``grants`` are values of :class:`roadmapdocs.access.rules.Action`.
    """
    with _as_administrator(by):
        wanted = sorted(set(grants))
        # The update locks the account: two administrators at once give one of the two sets, not a mixture.
        User.update(active=User.active).where(User.id == user.id).execute()
        held = [row.action for row in UserGrant.select().where(UserGrant.user == user).order_by(UserGrant.action)]
        if wanted == held:
            return
        UserGrant.delete().where(UserGrant.user == user).execute()
        for action in wanted:
            UserGrant.create(user=user, action=action)
        record("grants_changed", subject=user, effect={"login": user.login, "grants": wanted}, by=by, now=now)


def set_organisations(user: User, organisations: Collection[int], *, by: Actor, now: dt.datetime) -> None:
    """Let the roles of an account count in these organisations only, or in all where there are none."""
    with _as_administrator(by):
        wanted = sorted(set(organisations))
        User.update(active=User.active).where(User.id == user.id).execute()
        rows = UserOrganisation.select(UserOrganisation.organisation).where(UserOrganisation.user == user)
        if wanted == sorted(held for (held,) in rows.tuples()):
            return
        UserOrganisation.delete().where(UserOrganisation.user == user).execute()
        for organisation in wanted:
            UserOrganisation.create(user=user, organisation=organisation)
        effect = {"login": user.login, "organisations": wanted}
        record("organisations_changed", subject=user, effect=effect, by=by, now=now)


def check_employee_is_free(employee_id: int | None) -> None:
    """
    :raise Refusal: ``employee_taken`` if the employee has an account already
    """
    _check_employee(None, employee_id)


def _check_employee(user: User | None, employee_id: int | None) -> None:
    if employee_id is not None and _taken(User, user, User.employee == employee_id):
        raise Refusal(
            "employee_taken", _("This employee has an account already. One person has one account."), field="employee_id"
        )


def _check_administrators(user: User, *, stays: bool, by: Actor) -> None:
    if stays:
        return
    if user.id == by.user_id:
        raise Refusal(
            "own_account",
            _("You would shut yourself out of this page. Another administrator can change your account."),
            field="role_list",
        )
    others = (
        UserRole.select()
        .join(User)
        .where((UserRole.role == Role.ADMINISTRATOR) & User.active & (UserRole.user != user))
    )
    if not others.exists():
        raise Refusal(
            "last_administrator",
            _("This is the last administrator. Make somebody else an administrator first."),
            field="role_list",
        )


@contextlib.contextmanager
def _as_administrator(by: Actor) -> Iterator[None]:
    """A transaction that only an administrator may open."""
    if not by.has(Role.ADMINISTRATOR):
        raise Forbidden("forbidden", _("People and units are kept by the administrator."))
    with transaction():
        yield


def _keep(model: type[_Row], row: _Row | None, values: Mapping[str, object], by: Actor, now: dt.datetime) -> _Row:
    kept = row if row is not None else model()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.save()
    effect = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}
    name = model.__name__.lower()
    record(f"{name}_changed" if row is not None else f"{name}_added", subject=kept, effect=effect, by=by, now=now)
    return kept


def _taken(model: type[pw.Model], row: pw.Model | None, condition: pw.Expression) -> bool:
    """Whether another row than this one meets the condition already."""
    others = model.select().where(condition)
    if row is not None:
        others = others.where(model._meta.primary_key != row.get_id())
    return bool(others.exists())

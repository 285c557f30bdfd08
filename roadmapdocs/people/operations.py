"""Use cases of people: accounts, signing in, changing a password."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Callable, Iterable
from typing import Final

import peewee as pw

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people import passwords
from roadmapdocs.people.incoming_rules import NO_PASSWORD
from roadmapdocs.people.models import (
    Acting,
    Employee,
    Post,
    Substitution,
    User,
    UserGrant,
    UserOrganisation,
    UserRole,
)
from roadmapdocs.people.rules import (
    SYSTEM,
    Actor,
    Role,
    Standing,
    check_password,
    initials_after,
    locked_until,
)
from roadmapdocs.prepared import Prepared, place

#: Whether a password is that of an account which has none of ours, because a host or a directory of the office keeps it;
#: None where nobody can tell.
ELSEWHERE: Final[Kept[Callable[[User, str], bool] | None]] = Kept("passwords elsewhere", lambda: None)


def create_user(
    login: str,
    password: str,
    roles: Iterable[Role],
    *,
    employee: Employee | None = None,
    by: Actor,
    now: dt.datetime,
) -> User:
    """
    :raise Refusal: ``weak_password``, or ``login_taken`` if the login exists in any letter case
    """
    login = login.strip().lower()
    check_password(password, login)
    with transaction():
        if User.select().where(User.login == login).exists():
            raise Refusal("login_taken", _("The login %(login)s is taken. Choose another.", login=login))
        user = User.create(
            login=login,
            password_hash=passwords.hash_password(password),
            employee=employee,
            session_stamp=secrets.token_hex(8),
        )
        for role in sorted(set(roles)):
            UserRole.create(user=user, role=role)
        record("user_created", subject=user, effect={"login": login, "roles": sorted(roles)}, by=by, now=now)
    return user


def actor_of(user: User, *, today: dt.date) -> Actor:
    """The actor behind an account, with the units of the posts held and those acted for on that day."""
    roles = frozenset(Role(role) for (role,) in _ROLES.rows(user=user.id))
    grants = frozenset(action for (action,) in _GRANTS.rows(user=user.id))
    organisations = frozenset(organisation for (organisation,) in _ORGANISATIONS.rows(user=user.id))
    if user.employee_id is None:
        return Actor(user_id=user.id, name=user.login, roles=roles, grants=grants, organisations=organisations)
    units = _UNITS.rows(day=today, me=user.employee_id)
    return Actor(
        user_id=user.id,
        name=str(user.employee),
        roles=roles,
        employee_id=user.employee_id,
        unit_ids=frozenset(unit for (unit,) in units),
        grants=grants,
        stands_for=_stands_for(user.employee_id, today),
        organisations=organisations,
    )


def _standings() -> pw.Query:
    """Whose post the employee fills on a day, and for whom visas are given: one statement, composed once."""
    day, me = place("day", Post.since), place("me", Employee.id)
    names = (Employee.surname, Employee.name, Employee.patronymic)
    live = (Acting.since <= day) & (Acting.until.is_null() | (Acting.until >= day))
    acting = (
        Acting.select(Acting.absent, *names, pw.Value("[]"), pw.Value(0), Acting.basis)
        .join(Employee, on=Acting.absent)
        .where((Acting.employee == me) & Acting.revoked_at.is_null() & live)
    )
    live = (Substitution.since <= day) & (Substitution.until >= day)
    standing_in = (
        Substitution.select(Substitution.absent, *names, Substitution.kinds, pw.Value(1), Substitution.reason)
        .join(Employee, on=Substitution.absent)
        .where((Substitution.substitute == me) & Substitution.revoked_at.is_null() & live)
    )
    return acting.union_all(standing_in)


_STANDINGS = Prepared(_standings)
_ROLES = Prepared(lambda: UserRole.select(UserRole.role).where(UserRole.user == place("user", UserRole.user)))
_GRANTS = Prepared(lambda: UserGrant.select(UserGrant.action).where(UserGrant.user == place("user", UserGrant.user)))
_UNITS = Prepared(
    lambda: (
        Post.held_on(place("day", Post.since)).select(Post.unit).where(Post.employee == place("me", Post.employee))
    )
)
_ORGANISATIONS = Prepared(
    lambda: UserOrganisation.select(UserOrganisation.organisation).where(
        UserOrganisation.user == place("user", UserOrganisation.user)
    )
)


def _stands_for(employee_id: int, today: dt.date) -> tuple[Standing, ...]:
    rows = sorted(_STANDINGS.rows(day=today, me=employee_id), key=lambda row: (row[5], row[0]))
    return tuple(
        Standing(absent, initials_after(*name), frozenset(json.loads(kinds)), acting=not substitute, basis=basis)
        for absent, *name, kinds, substitute, basis in rows
    )


def sign_in(login: str, password: str, *, now: dt.datetime) -> User:
    """The account that this login and password open.

    One sentence for an unknown login and a wrong password, so that logins cannot be tried out.

    :raise Refusal: ``wrong_credentials``, or ``locked`` after too many failures in a row
    """
    found: User | None = User.get_or_none(User.login == login.strip().lower(), User.active)
    if found is not None and found.locked_until is not None and found.locked_until > now:
        minutes = -(-(found.locked_until - now).seconds // 60)
        raise Refusal(
            "locked",
            _(
                "Too many wrong passwords in a row. Try again in %(minutes)s min or ask the administrator.",
                minutes=minutes,
            ),
        )
    if not passwords.matches(found.password_hash if found else None, password):
        if found is not None:
            _count_failure(found, now)
        raise Refusal("wrong_credentials", _("The login or the password does not fit. Check the layout and Caps Lock."))
    assert found is not None  # matches() is never true without an account
    if found.failures:
        User.update(failures=0, locked_until=None).where(User.id == found.id).execute()
    return found


def _count_failure(user: User, now: dt.datetime) -> None:
    with transaction():
        User.update(failures=User.failures + 1).where(User.id == user.id).execute()
        failures = User.get_by_id(user.id).failures
        shut = locked_until(failures, now)
        if shut is not None:
            User.update(failures=0, locked_until=shut).where(User.id == user.id).execute()
            record("user_locked", subject=user, effect={"login": user.login}, by=SYSTEM, now=now)


def change_password(user: User, old: str, new: str, *, by: Actor, now: dt.datetime) -> User:
    """Change one's own password; every session opened with the old one ends.

    :raise Refusal: ``wrong_credentials`` if the old one is not right, ``weak_password`` for the new one
    """
    if not passwords.matches(user.password_hash, old):
        raise Refusal("wrong_credentials", _("The present password does not fit. Type it again."))
    return set_password(user, new, by=by, now=now)


def set_password(user: User, new: str, *, by: Actor, now: dt.datetime) -> User:
    """Give an account a new password and open it if it was locked.

    :raise Refusal: ``weak_password``
    """
    check_password(new, user.login)
    with transaction():
        User.update(
            password_hash=passwords.hash_password(new),
            session_stamp=secrets.token_hex(8),
            failures=0,
            locked_until=None,
        ).where(User.id == user.id).execute()
        record("password_changed", subject=user, effect={"login": user.login}, by=by, now=now)
        return User.get_by_id(user.id)


def _fits(user: User | None, password: str) -> bool:
    """Whether the password is the account's, here or where its people sign in."""
    if user is None or user.password_hash != NO_PASSWORD:
        return passwords.matches(user.password_hash if user else None, password)
    confirm = ELSEWHERE.get()
    if confirm is None:
        sentence = _("Your account has no password that could confirm a signature. Sign on paper, or ask the administrator.")
        raise Refusal("no_password", sentence, fields={"password": sentence})
    return confirm(user, password)


def confirm_password(user_id: int | None, password: str, *, now: dt.datetime) -> None:
    """That it is really the person who acts: for acts that bind, such as a simple signature.

    :raise Refusal: ``wrong_password``; ``locked`` after too many failures in a row, which sign-in counts, too;
        ``no_password`` if the account has none that could be asked for
    """
    user: User | None = User.get_or_none((User.id == user_id) & User.active) if user_id is not None else None
    if user is not None and user.locked_until is not None and user.locked_until > now:
        raise Refusal("locked", _("Too many wrong passwords in a row. Wait a quarter of an hour and try again."))
    if not _fits(user, password):
        if user is not None:
            _count_failure(user, now)
        sentence = _("The password does not fit, so nothing was signed. Type it again.")
        raise Refusal("wrong_password", sentence, fields={"password": sentence})
    if user is not None and user.failures:
        User.update(failures=0, locked_until=None).where(User.id == user.id).execute()

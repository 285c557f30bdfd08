"""Somebody whom a service of the office (LDAP, OpenID Connect) has let in: which of our accounts that is.

The service says who it is, never more than that: an account with a password of ours is not handed over to it because
somebody there bears the same login.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from roadmapdocs.errors import ConfigurationError, Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.incoming import IncomingAccount, IncomingPerson, Kind, Snapshot, take_in, user_of
from roadmapdocs.people.incoming_accounts import read_state
from roadmapdocs.people.incoming_rules import NO_PASSWORD
from roadmapdocs.people.incoming_taking import clean, key_of
from roadmapdocs.people.models import ExternalRecord, User, UserRole
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.settings import Settings

#: Whoever came by one of these is let in by that program, too; a file only tells of people.
_TELLS_ONLY: Final = "file"
_MODEL: Final = str(Kind.USER)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Whom the service ``source`` named. ``external`` never changes there, ``login`` may; ``groups`` by their names."""

    source: str
    external: str
    login: str
    surname: str = ""
    name: str = ""
    patronymic: str = ""
    email: str = ""
    groups: frozenset[str] = frozenset()


def roles_by_group(setting: str) -> dict[str, Role]:
    """``office-clerks=clerk, heads=executive`` as roles by groups in lower case.

    :raise ConfigurationError: naming what is no such pair, or the nearest role
    """
    found = {}
    for pair in (one.strip() for one in setting.split(",") if one.strip()):
        group, equals, role = (part.strip() for part in pair.rpartition("="))
        if not equals or not group:
            raise ConfigurationError(f"sign_in_roles: {pair!r} is not a pair such as office-clerks=clerk")
        found[group.casefold()] = _role(role, "sign_in_roles")
    return found


def roles_made(setting: str) -> frozenset[Role]:
    """``staff, coordinator`` as roles.

    :raise ConfigurationError: naming the nearest role
    """
    return frozenset(_role(one.strip(), "sign_in_makes") for one in setting.split(",") if one.strip())


def _role(word: str, setting: str) -> Role:
    try:
        return Role(word)
    except ValueError as problem:
        near = difflib.get_close_matches(word, list(Role), n=1)
        hint = f"did you mean {str(near[0])!r}?" if near else f"known: {', '.join(Role)}"
        raise ConfigurationError(f"{setting}: {word!r} is no role; {hint}") from problem


def group_name(value: str) -> str:
    """The name of a group out of its DN (``cn=heads,ou=groups,dc=example``), or what stands there."""
    head = value.partition(",")[0]
    name = head.partition("=")[2] if "=" in head else value
    return clean(name).casefold()


def roles_of(one: Outsider, settings: Settings) -> frozenset[Role]:
    """The roles that the service gives: by groups, and those of a new account where it made that."""
    by_group = roles_by_group(settings.sign_in_roles)
    mapped = frozenset(by_group[group] for group in map(group_name, one.groups) if group in by_group)
    made = roles_made(settings.sign_in_makes)
    known = _known(one)
    if known is not None:
        said, _open = read_state(known.written)
        return mapped | (said & made)
    return mapped if User.select().where(User.login == clean(one.login).lower()).exists() else mapped | made


def account_of(one: Outsider, settings: Settings, *, now: dt.datetime, today: dt.date) -> User:
    """The account of somebody whom the service has let in, with the roles that it gives; made where that is set.

    :raise Forbidden: ``account_closed``; ``own_password`` for an account that the service does not speak for;
        ``no_account`` where there is none and none is to be made
    """
    user = user_of(one.source, _MODEL, one.external)
    if user is None:
        _check_stranger(one, settings)
    roles = roles_of(one, settings)
    known = _known(one)
    if user is None or known is None or read_state(known.written) != (roles, True):
        user = _taken_in(one, roles, now=now, today=today)
    if user is None:
        raise _no_account()
    if not user.active:
        raise _closed()
    return user


def _no_account() -> Forbidden:
    sentence = _("You are known to the office, but have no account in the registry. Ask its administrator for one.")
    return Forbidden("no_account", sentence)


def _closed() -> Forbidden:
    return Forbidden("account_closed", _("Your account does not open any more. Ask the administrator of the registry."))


def _known(one: Outsider) -> ExternalRecord | None:
    found: ExternalRecord | None = ExternalRecord.get_or_none(
        (ExternalRecord.source == one.source)
        & (ExternalRecord.model == _MODEL)
        & (ExternalRecord.external == key_of(one.external))
    )
    return found


def _check_stranger(one: Outsider, settings: Settings) -> None:
    """Whether somebody who comes for the first time may have the account of the same login, or a new one."""
    login = clean(one.login).lower()
    user: User | None = User.get_or_none(User.login == login)
    if user is not None:
        if not _spoken_for(user):
            raise Forbidden(
                "own_password",
                _(
                    "The account %(login)s has a password of its own, so nobody else can open it. "
                    "Sign in with that password, or ask the administrator.",
                    login=login,
                ),
            )
        if not user.active:
            raise _closed()
    elif not login or not roles_made(settings.sign_in_makes):
        raise _no_account()


def _spoken_for(user: User) -> bool:
    """Whether the account is one that services of the office open: it has no password of ours, or came from one of them.

    An administrator with a password is never among them.
    """
    if user.password_hash == NO_PASSWORD:
        return True
    if UserRole.select().where((UserRole.user == user) & (UserRole.role == str(Role.ADMINISTRATOR))).exists():
        return False
    came = (ExternalRecord.kind == _MODEL) & (ExternalRecord.local_id == user.id) & (ExternalRecord.source != _TELLS_ONLY)
    return bool(ExternalRecord.select().where(came).exists())


def _taken_in(one: Outsider, roles: Collection[Role], *, now: dt.datetime, today: dt.date) -> User | None:
    by = Actor(user_id=None, name=one.source, roles=frozenset({Role.ADMINISTRATOR}))
    account = IncomingAccount(one.external, one.login, roles=frozenset(roles))
    person = IncomingPerson(one.external, one.surname, one.name, one.patronymic, email=one.email)
    new = not User.select().where(User.login == clean(one.login).lower()).exists() and _known(one) is None
    if new and one.surname and one.name:
        whole = IncomingAccount(one.external, one.login, one.external, frozenset(roles))
        take_in(Snapshot(one.source, people=(person,), accounts=(whole,)), by=by, now=now, today=today)
    user = user_of(one.source, _MODEL, one.external)
    if user is None or not new:
        # Whose person is not certain comes in without one: the administrator ties the two together.
        take_in(Snapshot(one.source, accounts=(account,)), by=by, now=now, today=today)
    return user_of(one.source, _MODEL, one.external)

"""Signing in with a login and a password: by our own where the account has one, else by the directory of the office."""

from __future__ import annotations

import datetime as dt
import importlib.util

from roadmapdocs.errors import ConfigurationError, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people import ldap, operations
from roadmapdocs.people.incoming import Kind, user_of
from roadmapdocs.people.incoming_rules import NO_PASSWORD
from roadmapdocs.people.models import ExternalRecord, User
from roadmapdocs.people.outside import account_of, roles_by_group, roles_made
from roadmapdocs.settings import Settings


def sign_in(login: str, password: str, settings: Settings, *, now: dt.datetime, today: dt.date) -> User:
    """The account that this login and password open, here or in the directory.

    One sentence for an unknown login and a wrong password, so that logins cannot be tried out.

    :raise Refusal: ``wrong_credentials``; ``locked``; ``directory_down`` or ``two_entries`` of the directory;
        those of :func:`roadmapdocs.people.outside.account_of`
    """
    login = login.strip().lower()
    if not login.isprintable():
        raise _does_not_fit()
    ours: User | None = User.get_or_none(User.login == login)
    if not settings.ldap_address or (ours is not None and ours.password_hash != NO_PASSWORD):
        return operations.sign_in(login, password, now=now)
    outsider = ldap.authenticate(settings, login, password)
    if outsider is None:
        raise _does_not_fit()
    return account_of(outsider, settings, now=now, today=today)


def confirms(user: User, password: str, settings: Settings) -> bool:
    """Whether it is the password in the directory of the account's owner, and not of whoever has that login there by now.

    :raise Refusal: ``directory_down`` or ``two_entries``
    """
    outsider = ldap.authenticate(settings, user.login, password)
    if outsider is None:
        return False
    by_directory = (ExternalRecord.source == outsider.source) & (ExternalRecord.kind == Kind.USER)
    known = ExternalRecord.select().where(by_directory & (ExternalRecord.local_id == user.id)).exists()
    return not known or user_of(outsider.source, Kind.USER, outsider.external) == user


def check_settings(settings: Settings) -> None:
    """Whether people could sign in by what the settings name: asked once, when the program starts.

    :raise ConfigurationError: for a role or an attribute that there is none of, or an extra that is not installed
    """
    roles_by_group(settings.sign_in_roles)
    roles_made(settings.sign_in_makes)
    ldap.attributes(settings)
    for setting, module, extra in (("ldap_address", "ldap3", "ldap"), ("oidc_issuer", "authlib", "oidc")):
        if getattr(settings, setting) and importlib.util.find_spec(module) is None:
            raise ConfigurationError(f"{setting}: needs the extra: pip install roadmapdocs[{extra}]")


def _does_not_fit() -> Refusal:
    return Refusal("wrong_credentials", _("The login or the password does not fit. Check the layout and Caps Lock."))

"""``roadmapdocs users add|password``: for an operator who has no account yet, or lost it."""

from __future__ import annotations

import click

from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import utc_now
from roadmapdocs.web.console import console, tell

ROLES = ("clerk", "executive", "staff", "coordinator", "administrator")
_password = click.password_option(help="Asked for where it is not given; given here, others may see it.")


@click.group()
def users() -> None:
    """Accounts of people."""


@users.command()
@click.argument("login")
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, required=True, help="May be given more than once.")
@_password
def add(login: str, roles: tuple[str, ...], password: str) -> None:
    """Open an account; the administrator ties it to an employee later."""
    from roadmapdocs.people.operations import create_user  # noqa: PLC0415  # commands without a registry start faster
    from roadmapdocs.people.rules import SYSTEM, Role  # noqa: PLC0415

    console().open_registry(create=True)
    user = create_user(login, password, [Role(role) for role in roles], by=SYSTEM, now=utc_now())
    tell(_("The account %(login)s is open.", login=user.login))


@users.command("password")
@click.argument("login")
@_password
def new_password(login: str, password: str) -> None:
    """Give an account a new password; it is unlocked, and every open session of it ends."""
    from roadmapdocs.people.models import User  # noqa: PLC0415
    from roadmapdocs.people.operations import set_password  # noqa: PLC0415
    from roadmapdocs.people.rules import SYSTEM  # noqa: PLC0415

    console().open_registry()
    user = User.get_or_none(User.login == login.strip().lower())
    if user is None:
        raise NotFound("no_user", _("There is no account %(login)s. Check the spelling.", login=login), login=login)
    set_password(user, password, by=SYSTEM, now=utc_now())
    tell(_("The account %(login)s has a new password.", login=user.login))

"""``roadmapdocs tokens list|make|revoke``: the personal tokens of an account, for whoever has no browser at hand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.clock import office_day, utc_now
from roadmapdocs.web.console import console, json_option, print_json, tell

if TYPE_CHECKING:
    from roadmapdocs.people.models import ApiToken, User
    from roadmapdocs.people.rules import Actor

SCOPES = ("read", "write", "calendar")
_as = click.option("--as", "login", metavar="LOGIN", required=True, help="Whose tokens they are.")


@click.group()
def tokens() -> None:
    """Personal tokens: what programs act for a person by."""


@tokens.command("list")
@_as
@json_option
def list_tokens(login: str, as_json: bool) -> None:
    """All tokens of the account, the newest first; never the secrets, which nobody keeps."""
    from roadmapdocs.people.tokens import tokens_of  # noqa: PLC0415  # commands without a registry start faster

    console().open_registry()
    found = [_as_json(token) for token in tokens_of(_user(login).id)]
    if as_json:
        print_json({"tokens": found})
        return
    for token in found:
        state = "revoked" if token["revoked"] else token["expires"] or "—"
        click.echo(f"{token['id']}\t{token['hint']}…\t{','.join(token['scopes'])}\t{state}\t{token['used'] or '—'}\t{token['name']}")


@tokens.command()
@click.argument("name")
@_as
@click.option("--scope", "scopes", type=click.Choice(SCOPES), multiple=True, default=("read",), show_default=True)
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="So long it serves.")
@json_option
def make(name: str, login: str, scopes: tuple[str, ...], days: int, as_json: bool) -> None:
    """Make a token and print its secret: now, and never again."""
    from roadmapdocs.people.tokens import Scope, make_token  # noqa: PLC0415  # likewise

    settings = console().open_registry()
    user, now = _user(login), utc_now()
    until = now + dt.timedelta(days=days)
    by = _actor(user, office_day(settings))
    token, secret = make_token(user, name, [Scope(one) for one in scopes], expires_at=until, by=by, now=now)
    if as_json:
        print_json({**_as_json(token), "secret": secret})
        return
    click.echo(secret)
    tell(_("Take it over now: it is shown once. It serves until %(day)s.", day=until.strftime("%d.%m.%Y")))


@tokens.command()
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@_as
def revoke(number: int, login: str) -> None:
    """End the token of this number, as the list has it."""
    from roadmapdocs.people.tokens import revoke_token  # noqa: PLC0415  # likewise

    settings = console().open_registry()
    token = revoke_token(number, by=_actor(_user(login), office_day(settings)), now=utc_now())
    tell(_("The token “%(name)s” serves no more.", name=token.name))


def _user(login: str) -> User:
    from roadmapdocs.people.models import User  # noqa: PLC0415  # likewise

    user: User | None = User.get_or_none((User.login == login.strip().lower()) & User.active)
    if user is None:
        raise NotFound("no_user", _("There is no account %(login)s. Check the spelling.", login=login), login=login)
    return user


def _actor(user: User, today: dt.date) -> Actor:
    from roadmapdocs.people.operations import actor_of  # noqa: PLC0415  # likewise

    return actor_of(user, today=today)


def _as_json(token: ApiToken) -> dict[str, Any]:
    moments = {"made": token.made_at, "expires": token.expires_at, "used": token.last_used_at, "revoked": token.revoked_at}
    return {
        "id": token.id,
        "name": token.name,
        "hint": token.hint,
        "scopes": token.scopes,
        **{name: at.isoformat(timespec="seconds") if at is not None else None for name, at in moments.items()},
    }

"""A host's own people: who asks, as the host knows them, and which account of the registry that is.

With a directory there is no sign-in, no password and no sign-out of ours: who the host names is looked up among the
accounts that were taken in from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final, Protocol, runtime_checkable

from flask import Flask

from roadmapdocs.duties import Duty
from roadmapdocs.errors import ConfigurationError, Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people.incoming import Snapshot, take_in, user_of
from roadmapdocs.people.models import User, UserRole
from roadmapdocs.people.operations import ELSEWHERE
from roadmapdocs.people.rules import SYSTEM

#: What an account is called among the external records of a source.
ACCOUNT: Final = "user"
#: Whom the directory gave no place here is looked for again after that long, and not with each page they open.
_ASK_AGAIN: Final = dt.timedelta(minutes=1)
_MOST_STRANGERS: Final = 1000

#: Who was dismissed is out as soon as the host's directory says so, within this time.
_LOOK_EVERY_S: Final = 300.0

_look: Kept[Callable[[], None] | None] = Kept("look at the host's people", lambda: None)
_strangers: Kept[dict[str, dt.datetime]] = Kept("strangers of the host", dict)


@runtime_checkable
class HostDirectory(Protocol):
    """What a host tells of its people. All of it is called within the host's application context.

    ``name`` is the source under which their ids are kept: it stays the same for as long as the registry lives.
    """

    name: str

    def snapshot(self) -> Snapshot:
        """Organisations, units, people, posts and accounts as they are now."""

    def current(self) -> str | None:
        """The external id of the account that asks, within a request; None where nobody has signed in."""

    def sign_in_address(self, back: str) -> str:
        """Where to sign in; ``back`` is the path and query to come back to."""

    def sign_out_address(self) -> str:
        """Where the link «Sign out» leads."""


@runtime_checkable
class ConfirmingDirectory(HostDirectory, Protocol):
    """A directory of people who have passwords: with them they sign documents simply."""

    def confirms(self, password: str) -> bool:
        """Whether this is the password of who asks, within a request."""


def account_of(directory: HostDirectory, *, now: dt.datetime, today: dt.date) -> User | None:
    """The account of whom the host names in this request; whoever comes for the first time is taken in.

    :raise Forbidden: ``no_place_here`` if the host's directory gives that person no account or no role here
    """
    external = directory.current()
    if external is None:
        return None
    if not isinstance(external, str):
        raise ConfigurationError(f"directory: current() gave {external!r}, which is no text; give the id as the snapshot does")
    found = user_of(directory.name, ACCOUNT, external)
    if (found is None or not _may_come(found)) and _asked_again(external, now):
        refresh(directory, now=now, today=today)
        found = user_of(directory.name, ACCOUNT, external)
    if found is None or not _may_come(found):
        raise Forbidden(
            "no_place_here",
            _("You are signed in, but have no role in the document registry. Ask the administrator to give you one."),
        )
    _strangers.get().pop(external, None)
    return found


def serve(app: Flask, directory: HostDirectory, *, clock: Callable[[], dt.datetime], zone: dt.tzinfo) -> None:
    """Let the installation that is entered know whose people it serves."""

    def look() -> None:
        with app.app_context():
            now = clock()
            refresh(directory, now=now, today=now.astimezone(zone).date())

    _look.set(look)
    if isinstance(directory, ConfirmingDirectory):
        ELSEWHERE.set(lambda user, password: _is_here(directory, user) and directory.confirms(password))


def _is_here(directory: HostDirectory, user: User) -> bool:
    """Whether the password would be that of ``user``: who calls by a token of somebody has a password of one's own."""
    external = directory.current()
    return external is not None and user_of(directory.name, ACCOUNT, external) == user


def standing_duties() -> tuple[Duty, ...]:
    """What keeps people in step with the host's; nothing where people are our own."""
    look = _look.get()
    if look is None:
        return ()
    return (Duty("people of the host", lambda _stopping: look(), every=_LOOK_EVERY_S),)


def refresh(directory: HostDirectory, *, now: dt.datetime, today: dt.date) -> None:
    """Take in the host's people as they are now: with somebody's first page, and from time to time."""
    take_in(directory.snapshot(), by=SYSTEM, now=now, today=today)


def _may_come(user: User) -> bool:
    return bool(user.active) and UserRole.select().where(UserRole.user == user).exists()


def _asked_again(external: str, now: dt.datetime) -> bool:
    """Whether it is time to ask the directory about somebody without a place; it is noted that it was."""
    strangers = _strangers.get()
    before = strangers.get(external)
    if before is not None and now - before < _ASK_AGAIN:
        return False
    if len(strangers) >= _MOST_STRANGERS:
        strangers.clear()
    strangers[external] = now
    return True

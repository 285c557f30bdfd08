"""Who asks, and what time it is: the only place where a request turns into an actor and a moment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, cast

import peewee as pw
from flask import Flask, current_app, g, has_app_context, request, session, url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.errors import Forbidden
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.settings import Settings
from roadmapdocs.web import host

if TYPE_CHECKING:
    from roadmapdocs.web.extension import State

EXTENSION: Final = "roadmapdocs"
#: What the session keeps of who signed in; a host that has people signing in keeps theirs under another name.
SESSION_KEY: Final = "roadmapdocs_account"
_OURS: Final = "roadmapdocs"


def state() -> State:
    """Of the application that answers."""
    return state_of(current_app)


def state_of(app: Flask) -> State:
    return cast("State", app.extensions[EXTENSION])


def ours() -> bool:
    """Whether this request asks for a page of the registry rather than for one of a host's own."""
    held = state()
    if held.alone:
        return True
    if request.endpoint is not None:
        return (request.blueprint or "").startswith(_OURS)
    # Nobody knows the address: below our prefix it is for us to say so.
    return bool(held.url) and request.path.startswith(f"{held.url}/")


def settings() -> Settings:
    return state().settings


def store() -> FileStore:
    return state().store


def now() -> dt.datetime:
    """This moment, UTC. Tests give the application a clock of their own."""
    return state().clock()


def today() -> dt.date:
    """Which day it is in the office."""
    return now().astimezone(settings().zone).date()


def kept_by_host() -> bool:
    """Whether people and their accounts are a host's, and not ours to make and change."""
    return has_app_context() and state().directory is not None


def session_value(user: User) -> str:
    """What :data:`SESSION_KEY` holds. It carries the session stamp: a new password ends old sessions."""
    return f"{user.id}:{user.session_stamp}"


def remember(user: User) -> None:
    """Somebody has signed in. Whoever knew the session from before, with its token of forms, knows nothing of the new one."""
    forget()
    if state().alone:
        session.clear()
    if (renew := getattr(current_app.session_interface, "regenerate", None)) is not None:
        renew(session)  # of hosts that keep sessions on their side: Flask-Session
    session[SESSION_KEY] = session_value(user)


def forget() -> None:
    """Somebody has signed out."""
    session.pop(SESSION_KEY, None)
    for name in ("roadmapdocs_user", "roadmapdocs_actor"):
        g.pop(name, None)


def signed_in() -> User | None:
    """The account that asks, of our own or as the host names it; None where nobody has signed in.

    :raise Forbidden: ``no_place_here`` if the host knows somebody who has no role in the registry
    """
    if "roadmapdocs_user" not in g:
        directory = state().directory
        found = host.account_of(directory, now=now(), today=today()) if directory is not None else _kept()
        g.roadmapdocs_user = found
    return cast("User | None", g.roadmapdocs_user)


def _kept() -> User | None:
    number, _colon, stamp = str(session.get(SESSION_KEY, "")).partition(":")
    if not number.isdigit():
        return None
    # The employee comes along: every page shows the name.
    rows = User.select(User, Employee).join(Employee, pw.JOIN.LEFT_OUTER)
    user: User | None = rows.where((User.id == int(number)) & (User.session_stamp == stamp) & User.active).first()
    return user


def actor() -> Actor:
    """Who acts in this request.

    :raise Forbidden: if nobody has signed in, or somebody without a place here
    """
    if "roadmapdocs_actor" not in g:
        user = signed_in()
        if user is None:
            raise Forbidden("not_signed_in", _("Only people of the office read the registry. Sign in."))
        g.roadmapdocs_actor = actor_of(user, today=today())
    return cast(Actor, g.roadmapdocs_actor)


def anybody() -> Actor | None:
    """Who acts, on a page that is open to everybody."""
    try:
        return actor()
    except Forbidden:
        return None


def allowed(action: str) -> bool:
    """For templates: may the one who asks do this?"""
    return may(actor(), Action(action))


def here() -> str:
    """Path and query of this request as the browser has them, to come back to."""
    return request.script_root + request.full_path.rstrip("?")


def sign_in_address() -> str:
    """Where to sign in, and to come back here from."""
    directory = state().directory
    return directory.sign_in_address(here()) if directory is not None else url_for("roadmapdocs_sign_in.sign_in", next=here())


def outer_address(endpoint: str, **values: object) -> str:
    """The whole address of a page for whoever reads it elsewhere: as the operator named the registry, else as this
    request came."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]  # as Flask passes them on
    base = settings().base_url.rstrip("/")
    if not base:
        return request.host_url.rstrip("/") + path
    return base + path.removeprefix(request.script_root + state().url)

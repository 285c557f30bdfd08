"""Who asks, and what time it is: the only place where a request turns into an actor and a moment."""

from __future__ import annotations

import datetime as dt
from typing import cast

import peewee as pw
from flask import current_app, g, request
from flask_login import UserMixin, current_user

from roadmapdocs.access.rules import Action, may
from roadmapdocs.errors import Forbidden
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.settings import Settings

EXTENSION = "roadmapdocs"


class Account(UserMixin):
    """An account as Flask-Login wants it. Its id carries the session stamp: a new password ends old sessions."""

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def is_active(self) -> bool:
        return bool(self.user.active)

    def get_id(self) -> str:
        return f"{self.user.id}:{self.user.session_stamp}"

    @staticmethod
    def load(account_id: str) -> Account | None:
        number, _colon, stamp = account_id.partition(":")
        if not number.isdigit():
            return None
        # The employee comes along: every page shows the name.
        rows = User.select(User, Employee).join(Employee, pw.JOIN.LEFT_OUTER)
        user = rows.where((User.id == int(number)) & (User.session_stamp == stamp) & User.active).first()
        return Account(user) if user else None


def ours() -> bool:
    """Whether this request asks for a page of the registry rather than for one of a host's own."""
    state = current_app.extensions[EXTENSION]
    return bool(state.alone) or (request.blueprint or "").startswith("roadmapdocs")


def settings() -> Settings:
    return cast(Settings, current_app.extensions[EXTENSION].settings)


def store() -> FileStore:
    return cast(FileStore, current_app.extensions[EXTENSION].store)


def now() -> dt.datetime:
    """This moment, UTC. Tests give the application a clock of their own."""
    return cast(dt.datetime, current_app.extensions[EXTENSION].clock())


def today() -> dt.date:
    """Which day it is in the office."""
    return now().astimezone(settings().zone).date()


def actor() -> Actor:
    """Who acts in this request.

    :raise Forbidden: if nobody has signed in
    """
    if "roadmapdocs_actor" not in g:
        if not current_user.is_authenticated:
            raise Forbidden("not_signed_in", _("Only people of the office read the registry. Sign in."))
        g.roadmapdocs_actor = actor_of(current_user.user, today=today())
    return cast(Actor, g.roadmapdocs_actor)


def allowed(action: str) -> bool:
    """For templates: may the one who asks do this?"""
    return may(actor(), Action(action))

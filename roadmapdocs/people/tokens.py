"""Personal tokens: a program acts for a person by a secret of its own, which can be taken back without a new password."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import peewee as pw

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import ApiToken, Employee, User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.rules import Actor
from roadmapdocs.prepared import Prepared, place

#: What every token begins with, so that one left in a file or a letter is recognised.
PREFIX: Final = "rd_"
LONGEST_NAME: Final = 100
LONGEST_LIFE: Final = dt.timedelta(days=3660)
MOST_TOKENS: Final = 50
#: The last use is noted once in this time: a program that asks each second writes no more than others.
_NOTED_EACH: Final = dt.timedelta(minutes=1)


class Scope(StrEnum):
    """What a token is good for: looking, changing, the calendar of own terms."""

    READ = "read"
    WRITE = "write"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose token it is, as an actor that carries the token's id, and what it is good for."""

    actor: Actor
    user: User
    scopes: frozenset[Scope]

    def require(self, scope: Scope) -> None:
        """
        :raise Forbidden: ``scope``, naming what the token lacks
        """
        if scope not in self.scopes:
            sentence = _("This token is not good for “%(scope)s”. Make one that is.", scope=str(scope))
            raise Forbidden("scope", sentence, scope=str(scope))


def make_token(
    user: User,
    name: str,
    scopes: Collection[Scope],
    *,
    expires_at: dt.datetime | None,
    by: Actor,
    now: dt.datetime,
) -> tuple[ApiToken, str]:
    """A new token of one's own and its secret, which is shown now and never again.

    :raise Forbidden: ``not_own`` for another's account
    :raise Refusal: ``token`` with a sentence for each field; ``too_many``
    """
    _require_own(user, by)
    _check(name.strip(), scopes, expires_at, now)
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction():
        in_time = ApiToken.expires_at.is_null() | (ApiToken.expires_at > now)
        live = ApiToken.select().where((ApiToken.user == user) & ApiToken.revoked_at.is_null() & in_time).count()
        if live >= MOST_TOKENS:
            raise Refusal("too_many", _("You have %(count)s tokens. Revoke those that nobody uses.", count=live))
        token = ApiToken.create(
            user=user,
            name=name.strip(),
            digest=_digest(secret),
            hint=secret[: len(PREFIX) + 4],
            scopes=sorted(str(scope) for scope in set(scopes)),
            made_at=now,
            expires_at=expires_at,
        )
        effect = {"name": token.name, "scopes": token.scopes, "expires": expires_at.isoformat() if expires_at else ""}
        record("token_made", subject=token, effect=effect, by=by, now=now)
    return token, secret


def revoke_token(token_id: int, *, by: Actor, now: dt.datetime) -> ApiToken:
    """End a token of one's own; one that is ended stays so.

    :raise NotFound: ``no_token`` if it is none of this person's
    """
    with transaction():
        token: ApiToken | None = ApiToken.get_or_none((ApiToken.id == token_id) & (ApiToken.user == by.user_id))
        if token is None:
            raise NotFound("no_token", _("You have no such token. Look at the list of your tokens."))
        if token.revoked_at is None:
            token.revoked_at = now
            token.save(only=[ApiToken.revoked_at])
            record("token_revoked", subject=token, effect={"name": token.name}, by=by, now=now)
    return token


def tokens_of(user_id: int) -> list[ApiToken]:
    """All tokens of an account, the newest first."""
    return list(ApiToken.select().where(ApiToken.user == user_id).order_by(ApiToken.id.desc()))


def bearer_of(secret: str, *, now: dt.datetime, today: dt.date) -> Bearer | None:
    """Who may act by this token; None for one that is unknown, revoked, expired, or of a closed account."""
    if not secret.startswith(PREFIX) or not secret.isascii():
        return None
    rows = _LIVE.rows(digest=_digest(secret), now=now)
    if not rows:
        return None
    token_id, scopes, last_used, *account = rows[0]
    used: dt.datetime | None = ApiToken.last_used_at.python_value(last_used)
    if used is None or now - used >= _NOTED_EACH:
        with transaction():
            ApiToken.update(last_used_at=now).where(ApiToken.id == token_id).execute()
    user = User(**dict(zip(_OF_USER, account, strict=False)), active=True)
    if user.employee_id is not None:
        user.employee = Employee(id=user.employee_id, **dict(zip(_OF_EMPLOYEE, account[len(_OF_USER) :], strict=True)))
    actor = replace(actor_of(user, today=today), token_id=token_id)
    return Bearer(actor, user, frozenset(Scope(scope) for scope in json.loads(scopes)))


def _live() -> pw.Query:
    """The token of a digest, its account and whose that is: each call begins with it, so it is composed once."""
    open_until = ApiToken.expires_at.is_null() | (ApiToken.expires_at > place("now", ApiToken.expires_at))
    return (
        ApiToken.select(
            *(ApiToken.id, ApiToken.scopes, ApiToken.last_used_at),
            *(getattr(User, name) for name in _OF_USER),
            *(getattr(Employee, name) for name in _OF_EMPLOYEE),
        )
        .join(User)
        .join(Employee, pw.JOIN.LEFT_OUTER)
        .where((ApiToken.digest == place("digest", ApiToken.digest)) & open_until)
        .where(ApiToken.revoked_at.is_null() & User.active)
    )


_OF_USER: Final = ("id", "login", "password_hash", "employee", "failures", "session_stamp")
_OF_EMPLOYEE: Final = ("surname", "name", "patronymic", "gender", "email")
_LIVE: Final = Prepared(_live)


def _require_own(user: User, by: Actor) -> None:
    if by.user_id != user.id:
        raise Forbidden("not_own", _("Everybody makes tokens for themselves only. Ask the person to make one."))


def _check(name: str, scopes: Collection[Scope], expires_at: dt.datetime | None, now: dt.datetime) -> None:
    found: dict[str, str] = {}
    if not name or len(name) > LONGEST_NAME:
        found["name"] = _("Name the program, in up to %(most)s signs.", most=LONGEST_NAME)
    if not scopes:
        found["scopes"] = _("Choose what the token is good for.")
    if expires_at is not None and not now < expires_at <= now + LONGEST_LIFE:
        found["expires_at"] = _("Choose a day to come, within ten years.")
    if found:
        raise Refusal("token", " ".join(found.values()), fields=found)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

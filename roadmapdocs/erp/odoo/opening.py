"""Who calls: a login with a personal token or a password, and the number of the account with it on every later call.

A password is verified by argon2 on purpose slowly, and a client sends it with each call. That it was right is therefore
remembered for a short time, in this process only and not as the password: by an HMAC, with a key made at the start of the
process, of secret, account and session stamp. A new password gives a new stamp, so nothing has to be forgotten by
hand; whether the account is open and not locked is looked at with every call. Tokens are looked up with every call.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from roadmapdocs.erp.odoo.errors import Denied
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.installation import Kept
from roadmapdocs.people import operations
from roadmapdocs.people.models import User
from roadmapdocs.people.operations import actor_of
from roadmapdocs.people.tokens import PREFIX, Bearer, Scope, bearer_of

REMEMBERED_FOR: Final = dt.timedelta(minutes=5)
MOST_REMEMBERED: Final = 1_000
LONGEST_SECRET: Final = 1_024
_BY_PASSWORD: Final = frozenset({Scope.READ, Scope.WRITE})


Check = Callable[[], None]


def _nothing() -> None:
    """No bound but the account's own lock."""


class _Remembered:
    """Until when a secret counts as verified, the oldest first."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._until: OrderedDict[bytes, dt.datetime] = OrderedDict()

    def holds(self, user: User, secret: str, now: dt.datetime) -> bool:
        until = self._until.get(self._name(user, secret))
        return until is not None and now < until <= now + REMEMBERED_FOR

    def keep(self, user: User, secret: str, now: dt.datetime) -> None:
        name = self._name(user, secret)
        self._until[name] = now + REMEMBERED_FOR
        self._until.move_to_end(name)
        while len(self._until) > MOST_REMEMBERED:
            self._until.popitem(last=False)

    def _name(self, user: User, secret: str) -> bytes:
        told = "\0".join([str(user.id), user.session_stamp, user.password_hash, secret])
        return hmac.new(self._key, told.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


_remembered: Kept[_Remembered] = Kept("odoo_secrets", _Remembered)


def open_by_login(
    login: object, secret: object, *, now: dt.datetime, today: dt.date, before_password: Check = _nothing
) -> Bearer:
    """``before_password`` is called before a password is verified, which costs time, and may refuse that.

    :raise Denied: ``wrong_credentials``, or ``locked`` after too many wrong passwords in a row
    """
    if not _readable(login) or not _readable(secret):
        raise denied()
    assert isinstance(login, str)  # what _readable made sure of
    assert isinstance(secret, str)  # likewise
    if secret.startswith(PREFIX):
        return _by_token(secret, lambda user: user.login == login.strip().lower(), now, today)
    before_password()
    return _by_password(login, secret, now, today)


def open_by_number(
    uid: object, secret: object, *, now: dt.datetime, today: dt.date, before_password: Check = _nothing
) -> Bearer:
    """As :func:`open_by_login`, by the number that the client got when it signed in."""
    if isinstance(uid, bool) or not isinstance(uid, int) or not 0 < uid < 2**31 or not _readable(secret):
        raise denied()
    assert isinstance(secret, str)  # what _readable made sure of
    if secret.startswith(PREFIX):
        return _by_token(secret, lambda user: user.id == uid, now, today)
    user: User | None = User.get_or_none((User.id == uid) & User.active)
    if user is None:
        raise denied()
    if _remembered.get().holds(user, secret, now) and (user.locked_until is None or user.locked_until <= now):
        return Bearer(actor_of(user, today=today), user, _BY_PASSWORD)
    before_password()
    return _by_password(user.login, secret, now, today)


def open_by_token(secret: object, *, now: dt.datetime, today: dt.date) -> Bearer:
    """As :func:`open_by_login`, by a token alone."""
    if not _readable(secret):
        raise denied()
    return _by_token(str(secret), lambda _user: True, now, today)


def denied() -> Denied:
    return Denied("wrong_credentials", _("The login, the password or the token does not fit, or was taken back."))


def _by_token(secret: str, fits: Callable[[User], bool], now: dt.datetime, today: dt.date) -> Bearer:
    bearer = bearer_of(secret, now=now, today=today)
    if bearer is None or not fits(bearer.user):
        raise denied()
    return bearer


def _by_password(login: str, secret: str, now: dt.datetime, today: dt.date) -> Bearer:
    try:
        user = operations.sign_in(login, secret, now=now)
    except Refusal as refusal:
        raise Denied(refusal.code, refusal.message) from refusal
    _remembered.get().keep(user, secret, now)
    return Bearer(actor_of(user, today=today), user, _BY_PASSWORD)


def _readable(value: object) -> bool:
    """A text such as logins, passwords and tokens are, which the database can be asked for."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_SECRET or "\0" in value:
        return False
    return not any("\ud800" <= letter <= "\udfff" for letter in value)

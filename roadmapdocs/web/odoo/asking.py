"""Who calls and in what office, and the bounds of every call: size of the body, tries of secrets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import request
from flask_limiter.util import get_remote_address
from limits import parse_many
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from roadmapdocs.db import database
from roadmapdocs.erp.odoo.calls import Call, journal
from roadmapdocs.erp.odoo.context import Office
from roadmapdocs.erp.odoo.errors import Denied, NoDatabase, TooManyTries
from roadmapdocs.erp.odoo.opening import denied, open_by_login, open_by_number, open_by_token
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Bearer
from roadmapdocs.web import context
from roadmapdocs.web.security import limiter, sign_in_limit

#: By this name the database is known wherever it lies.
OFFICE: Final = "roadmapdocs"
DATABASE_HEADER: Final = "X-Odoo-Database"
_TRIES: Final = "roadmapdocs_odoo"
#: Around files that come as base64: the rest of the call.
_SLACK: Final = 1024 * 1024
_PLAIN: Final = frozenset({None, "", "identity"})


def largest_body() -> int:
    """Bytes of a body: the largest file as base64, with line ends."""
    return context.settings().max_upload * 4 // 3 * 77 // 76 + _SLACK


def body() -> bytes:
    """The whole body of the call. What is longer than :func:`largest_body` ends as 413 before it is read."""
    if request.headers.get("Content-Encoding") not in _PLAIN:
        raise UnsupportedMediaType
    data = request.get_data(cache=False)
    # Of a body that does not say how long it is, no more than that is read, and nothing is said about the rest.
    if request.content_length is None and len(data) >= largest_body():
        raise RequestEntityTooLarge
    return data


def office() -> Office:
    url = context.outer_address("roadmapdocs_worklist.index").rstrip("/")
    return Office(context.now(), context.today(), context.store(), context.settings().timezone, url)


def check_database(name: object) -> None:
    """That the client means this database, by its own name or by :data:`OFFICE`.

    :raise NoDatabase: ``no_database``
    """
    if name not in (OFFICE, Path(str(database.obj.database)).stem):
        shown = name[:100] if isinstance(name, str) else ""
        sentence = _("There is no database “%(name)s” here. Name it as the administrator told you.", name=shown)
        raise NoDatabase("no_database", sentence)


def signed_in(protocol: str, login: object, secret: object) -> Bearer:
    """Who signs in; entered in the journal as a call.

    :raise Denied: ``wrong_credentials``, ``locked``, ``too_many_tries``
    """
    found = _tried(lambda: open_by_login(login, secret, now=context.now(), today=context.today(), before_password=_may_try))
    journal(found, office(), Call(protocol, "common", "authenticate"), "done")
    return found


def caller(uid: object, secret: object) -> Bearer:
    """As :func:`signed_in`, for each call after it."""
    return _tried(lambda: open_by_number(uid, secret, now=context.now(), today=context.today(), before_password=_may_try))


def bearer() -> Bearer:
    """Whose token stands in the header ``Authorization``.

    :raise Denied: without a token, or with one that opens nothing
    """
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise denied()
    return _tried(lambda: open_by_token(secret.strip(), now=context.now(), today=context.today()))


def _tried(opened: Callable[[], Bearer]) -> Bearer:
    """What failed counts against the address. Those who come with what is right are not held up by others' tries."""
    try:
        return opened()
    except TooManyTries:
        raise
    except Denied:
        counted = [limiter.limiter.hit(item, _TRIES, get_remote_address()) for item in parse_many(sign_in_limit())]
        if not all(counted):
            raise _too_many() from None
        raise


def _may_try() -> None:
    if not all(limiter.limiter.test(item, _TRIES, get_remote_address()) for item in parse_many(sign_in_limit())):
        raise _too_many()


def _too_many() -> Refusal:
    return TooManyTries("too_many_tries", _("Too many wrong secrets came from your address. Wait a minute."))

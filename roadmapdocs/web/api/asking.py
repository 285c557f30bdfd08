"""Who calls: the bearer of a personal token, and nobody by a cookie."""

from __future__ import annotations

import hashlib
from http import HTTPMethod
from typing import cast

from flask import current_app, g, request
from flask_limiter.util import get_remote_address

from roadmapdocs.errors import Forbidden, Refusal
from roadmapdocs.i18n import LANGUAGES, use_language
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.people.tokens import Bearer, Scope, bearer_of
from roadmapdocs.web import context

_SCHEME = "bearer"
#: What one token may ask for. A setting of the application of the same name goes before it.
LIMIT = "1200 per minute"
LIMIT_SETTING = "ROADMAPDOCS_API_LIMIT"
_LOOKING = frozenset({HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.OPTIONS})


def let_in() -> None:
    """Before each call: whose token it is, and whether it is good for the method.

    :raise Refusal: ``unauthorized`` without a token, or with one that opens nothing
    :raise Forbidden: ``scope``
    """
    secret = _secret()
    if not secret:
        raise Refusal("unauthorized", _("Send a personal token in the header Authorization: Bearer rd_…"))
    found = bearer_of(secret, now=context.now(), today=context.today())
    if found is None:
        sentence = _("This token opens nothing: it is unknown, revoked or past its day. Make another on your own page.")
        raise Refusal("unauthorized", sentence, token="unknown")  # noqa: S106 - says that it is unknown
    g.roadmapdocs_bearer = found
    # All that looks up who acts in a request finds the bearer, whatever cookies came along.
    g.roadmapdocs_actor = found.actor
    require_scope(Scope.READ if request.method in _LOOKING else Scope.WRITE)


def _secret() -> str:
    """What stands behind ``Bearer``; empty where nothing does."""
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == _SCHEME else ""


def bearer() -> Bearer:
    """Whose token this call came with."""
    if "roadmapdocs_bearer" not in g:
        raise Forbidden("not_signed_in", _("Only people of the office read the registry. Sign in."))
    return cast(Bearer, g.roadmapdocs_bearer)


def actor() -> Actor:
    return bearer().actor


def require_scope(scope: Scope) -> None:
    """
    :raise Forbidden: ``scope``, naming what the token lacks
    """
    bearer().require(scope)


def speak() -> None:
    """The answer is in the language of ``Accept-Language``, else in that of the installation."""
    scope = use_language(language())
    scope.__enter__()
    request.environ["roadmapdocs.api.language"] = scope


def language() -> str:
    return request.accept_languages.best_match(LANGUAGES) or context.settings().language


def fall_silent(_error: BaseException | None = None) -> None:
    scope = request.environ.pop("roadmapdocs.api.language", None)
    if scope is not None:
        scope.__exit__(None, None, None)


def limit() -> str:
    return str(current_app.config.get(LIMIT_SETTING, LIMIT))


def limited_by() -> str:
    """The token, by its hash; whoever has none, by the address."""
    secret = _secret()
    return f"token:{hashlib.sha256(secret.encode()).hexdigest()}" if secret else f"address:{get_remote_address()}"

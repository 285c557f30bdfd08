"""What guards every request: tokens on changes, limits on signing in, headers on every answer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from roadmapdocs.installation import Kept
from roadmapdocs.web import context

#: No inline script and no inline style anywhere, so none is allowed.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
#: Flask-Admin's stock tables carry small scripts and styles of their own.
STOCK_POLICY = CONTENT_SECURITY_POLICY + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

_tries: Kept[FixedWindowRateLimiter] = Kept("tries", lambda: FixedWindowRateLimiter(MemoryStorage()))


class OurLimiter(Limiter):
    """Counts tries at our own addresses, for each application apart.

    A host's ``RATELIMIT_…`` are settings of its own limiter, which counts beside this one; only its store is shared.
    """

    def init_app(self, app: Flask) -> None:
        """Within the installation of the application."""
        place = app.config.get("RATELIMIT_STORAGE_URI") or "memory://"
        options = app.config.get("RATELIMIT_STORAGE_OPTIONS") or {}
        _tries.set(FixedWindowRateLimiter(cast(Storage, storage_from_string(place, **options))))
        apart = SimpleNamespace(
            config={"RATELIMIT_STORAGE_URI": "memory://"},
            extensions={},
            before_request=app.before_request,
            after_request=app.after_request,
            teardown_request=app.teardown_request,
        )
        super().init_app(cast(Flask, apart))

    @property
    def storage(self) -> Storage:
        return _tries.get().storage

    @property
    def limiter(self) -> FixedWindowRateLimiter:
        return _tries.get()


class _Guard(CSRFProtect):
    """Asks for tokens on our own addresses: a host without such a guard goes on as before."""

    def protect(self, *given: Any, **named: Any) -> None:
        if context.ours():
            super().protect(*given, **named)


limiter = OurLimiter(get_remote_address, default_limits=[])


def sign_in_limit() -> str:
    return context.settings().sign_in_limit


def protect(app: Flask, *, alone: bool) -> None:
    """Tokens, limits and headers on our addresses."""
    if alone:
        app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a card left open over lunch can still be saved
    if "csrf" not in app.extensions:  # a host guards its forms already, and ours with them
        _Guard().init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    if not context.ours():
        return response
    stock = (request.blueprint or "").startswith("roadmapdocs_table_")
    response.headers.setdefault("Content-Security-Policy", STOCK_POLICY if stock else CONTENT_SECURITY_POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        response.headers.setdefault("Cache-Control", "no-store")
    return response

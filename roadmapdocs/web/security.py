"""What guards every request: tokens on changes, limits on signing in, headers on every answer."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

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

csrf = CSRFProtect()
limiter = Limiter(get_remote_address, default_limits=[])


def sign_in_limit() -> str:
    return context.settings().sign_in_limit


def protect(app: Flask) -> None:
    """Tokens and limits for the whole application, headers for our answers."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)  # a card left open over lunch can still be saved
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    app.config.setdefault("RATELIMIT_HEADERS_ENABLED", False)
    if "csrf" not in app.extensions:  # a host guards its forms already
        csrf.init_app(app)
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

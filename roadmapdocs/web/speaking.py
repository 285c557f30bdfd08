"""The language of our pages, for as long as one of them is asked for; Flask-Admin's own words follow Flask-Babel."""

from __future__ import annotations

from typing import Final

from flask import Flask, request, request_started
from flask_babel import Babel, get_locale

from roadmapdocs.i18n import LANGUAGES, use_language
from roadmapdocs.web import context

_SCOPES: Final = "roadmapdocs.languages"
#: What Flask-Admin speaks where there is no Flask-Babel.
_WITHOUT_BABEL: Final = "en"


def speak(app: Flask) -> None:
    """Ours by the settings, unless a host lets its readers choose one that we speak, too."""
    hosts = app.extensions.get("babel")
    if hosts is None:
        _add_babel(app)

    def started(_app: Flask, **_more: object) -> None:
        # Before all that may refuse the request: a refusal is told in words, too.
        if context.ours():
            _enter(context.settings().language)

    request_started.connect(started, app, weak=False)
    if hosts is not None and hosts.locale_selector is not None:
        app.before_request(_as_chosen)
    app.teardown_request(_fall_silent)


def _add_babel(app: Flask) -> None:
    held = context.state_of(app)
    Babel(
        app,
        configure_jinja=held.alone,
        default_locale=held.settings.language if held.alone else _WITHOUT_BABEL,
        locale_selector=lambda: context.settings().language if context.ours() else None,
    )


def _as_chosen() -> None:
    """Only now: a host that keeps the language with its user has looked that up by this time."""
    if context.ours() and (chosen := str(get_locale().language)) in LANGUAGES:
        _enter(chosen)


def _enter(code: str) -> None:
    scope = use_language(code)
    scope.__enter__()
    request.environ.setdefault(_SCOPES, []).append(scope)


def _fall_silent(_error: BaseException | None) -> None:
    scopes = request.environ.pop(_SCOPES, [])
    while scopes:
        scopes.pop().__exit__(None, None, None)

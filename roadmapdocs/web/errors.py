"""Refusals and failures as pages: what was wanted, why it cannot be, what to do now."""

from __future__ import annotations

import secrets
from http import HTTPStatus

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError, default_exceptions
from werkzeug.routing import RequestRedirect

from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import context, pages
from roadmapdocs.web.mounting import our_blueprints
from roadmapdocs.web.words import size_words

_ASSIGNMENTS = "roadmapdocs_assignments"


def status_of(refusal: Refusal) -> int:
    for kind, status in ((Forbidden, 403), (NotFound, 404), (Conflict, 409)):
        if isinstance(refusal, kind):
            return status
    return 422


def handle_errors(app: Flask, *, alone: bool, url: str) -> None:
    """Answer what goes wrong on our addresses; a host's handlers stay what they are on its own.

    Called when our blueprints are registered: Flask-Admin registers each as it is made, so that this cannot be left to
    ``Blueprint.register_error_handler``. Flask asks an application's handler of one code before a blueprint's handler
    of all, so each code is taken.
    """
    for name in our_blueprints(app):
        handlers = app.error_handler_spec[name]
        every = handlers[None].setdefault(HTTPException, _http_error)
        for code in default_exceptions:
            handlers[code].setdefault(HTTPException, every)
        handlers[None].setdefault(Refusal, _refused)
    # Where a host's own page uses our operations, and the host has nothing to say about it.
    app.error_handler_spec[None][None].setdefault(Refusal, _refused)
    if alone:
        app.register_error_handler(HTTPException, _http_error)
        app.register_error_handler(500, _http_error)
    elif url:
        app.before_request(_unknown_address)


def _unknown_address() -> ResponseReturnValue | None:
    """Below our prefix an unknown address is ours to answer; elsewhere it is the host's."""
    wrong = request.routing_exception
    if wrong is None or isinstance(wrong, RequestRedirect) or not context.ours():
        return None
    return _http_error(wrong)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if refusal.code == "not_signed_in":
        return redirect(context.sign_in_address())
    return _page(status_of(refusal), title=_("This cannot be done"), why=refusal.message, todo=_way_on(refusal))


def _way_on(refusal: Refusal) -> str | None:
    """What to do where an assignment was asked for and not found; None leaves it to the page."""
    if not isinstance(refusal, NotFound) or request.blueprint != _ASSIGNMENTS:
        return None
    link = Markup('<a href="{}">{}</a>').format(url_for(f"{_ASSIGNMENTS}.index"), _("Assignments"))
    return Markup("{} {}").format(_("Find it among the assignments that you have to do with:"), link)


def _token_missing() -> ResponseReturnValue:
    sentence = _("The form waited too long or came from another site. Go back, reload the page and send it again.")
    return _page(400, title=_("The form was not accepted"), why=sentence)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    if isinstance(error, CSRFError):
        return _token_missing()
    if isinstance(error, InternalServerError):
        return failed()
    if error.code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        limit = size_words(context.settings().max_upload)
        return _page(error.code, why=_("This registry takes files of up to %(size)s.", size=limit))
    return _page(error.code)


def failed() -> ResponseReturnValue:
    """What broke stands in the log beside this reference; the person gets the reference only."""
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s at %s", incident, request.path)
    return _page(500, incident=incident)


def _page(code: int, *, incident: str | None = None, **words: str | None) -> ResponseReturnValue:
    home = url_for("roadmapdocs_worklist.index")
    return pages.render("error.html", code=code, incident=incident, home_url=home, **words), code

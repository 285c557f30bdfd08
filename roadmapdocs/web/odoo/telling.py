"""How what goes wrong is told: by a refusal, by an error of HTTP, by whatever broke."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import peewee as pw
from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from roadmapdocs.erp.odoo.errors import Fault, Told, failed, told
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import context
from roadmapdocs.web.words import size_words

Shape = Callable[[Told], Response]
_BUSY: Final = ("locked", "busy")


def answered(work: Callable[[], Response], shape: Shape) -> Response:
    """What ``work`` answers, or what went wrong in the shape of the protocol. No failure leaves as a page."""
    try:
        return work()
    except Refusal as refusal:
        return shape(told(refusal))
    except HTTPException as problem:
        return shape(_of_http(problem))
    except pw.OperationalError as problem:
        if any(word in str(problem) for word in _BUSY):
            return shape(Told("psycopg2.OperationalError", _("The database is busy. Try again in a moment."), "busy", Fault.OTHER, 503))
        return shape(_broken(problem))
    except Exception as problem:  # the client is told that it was us, and the log what it was
        return shape(_broken(problem))


def _broken(problem: Exception) -> Told:
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s at %s", incident, request.path, exc_info=problem)
    return failed(_("Something broke on our side. Tell the administrator this reference: %(incident)s.", incident=incident))


def _of_http(problem: HTTPException) -> Told:
    status = problem.code or 500
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        words = _("This registry takes files of up to %(size)s.", size=size_words(context.settings().max_upload))
    elif status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        words = _("Send the body as it is, without compression.")
    else:
        words = HTTPStatus(status).phrase
    return Told("builtins.ValueError", words, HTTPStatus(status).name.lower(), Fault.OTHER, status)

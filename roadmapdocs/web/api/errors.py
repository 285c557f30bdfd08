"""What went wrong, as RFC 9457 has it: ``application/problem+json`` below the prefix of the API and nowhere else."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

import peewee as pw
from flask import Blueprint, Response, current_app, json, request
from flask_limiter import RateLimitExceeded
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException, default_exceptions

from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.words import sentence_of

MEDIA_TYPE = "application/problem+json"
#: Refusals of the API itself whose status follows from their code rather than from their kind.
_STATUS = {
    "precondition_required": HTTPStatus.PRECONDITION_REQUIRED,
    "unauthorized": HTTPStatus.UNAUTHORIZED,
    "json": HTTPStatus.BAD_REQUEST,
}
#: A busy database is free again in a moment.
_RETRY_AFTER_S = 1


def problem(
    status: int,
    code: str,
    detail: str,
    details: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """``detail`` is a sentence for people, ``code`` and ``details`` are for programs."""
    body = {
        "type": f"urn:roadmapdocs:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
        "code": code,
        "details": dict(details or {}),
        "instance": request.path,
    }
    response = Response(json.dumps(body, ensure_ascii=False, default=str), status=status, mimetype=MEDIA_TYPE)
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return response


def of_refusal(refusal: Refusal) -> Response:
    status = _status_of(refusal)
    headers = {"WWW-Authenticate": _challenge(refusal)} if status == HTTPStatus.UNAUTHORIZED else {}
    return problem(status, refusal.code, refusal.message, refusal.details, headers)


def _status_of(refusal: Refusal) -> int:
    if refusal.code in _STATUS:
        return _STATUS[refusal.code]
    if isinstance(refusal, Conflict):
        # The state that the caller named is not the present one any more: RFC 9110 §13.1.1.
        named = refusal.code == "stale" and "If-Match" in request.headers
        return HTTPStatus.PRECONDITION_FAILED if named else HTTPStatus.CONFLICT
    for kind, status in ((Forbidden, HTTPStatus.FORBIDDEN), (NotFound, HTTPStatus.NOT_FOUND)):
        if isinstance(refusal, kind):
            return status
    return HTTPStatus.UNPROCESSABLE_ENTITY


def _challenge(refusal: Refusal) -> str:
    """RFC 6750 §3: a call without any token learns nothing but the scheme."""
    plain = 'Bearer realm="roadmapdocs"'
    return f'{plain}, error="invalid_token"' if refusal.details.get("token") == "unknown" else plain


def of_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return cast(Response, error.get_response())
    if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _failed(error)
    invalid = _invalid(error)
    if invalid is not None:
        return invalid
    code = HTTPStatus(error.code).name.lower()
    kept = {name: value for name, value in error.get_headers() if name in ("Allow", "Content-Range", "Retry-After")}
    if isinstance(error, RateLimitExceeded):
        kept.setdefault("Retry-After", str(error.limit.limit.get_expiry()))
    return problem(error.code, code, sentence_of(error.code), headers=kept)


def _invalid(error: HTTPException) -> Response | None:
    """What webargs found wrong with the values of a call, field by field."""
    data: Mapping[str, Any] = getattr(error, "data", None) or {}
    messages = data.get("messages")
    if not isinstance(messages, dict):
        return None
    if error.code == HTTPStatus.BAD_REQUEST:
        return problem(error.code, "json", _("The body of the call is no JSON that can be read."))
    fields = field_sentences(ValidationError(messages))
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "values", _("Some values are not what this call takes."), {"fields": fields}
    )


def field_sentences(error: ValidationError) -> dict[str, str]:
    """A sentence for each field, by its path (``answers.date``, ``items.0.title``); where it stood goes first."""
    found: dict[str, str] = {}

    def walk(place: str, said: Any) -> None:
        if isinstance(said, dict):
            for name, more in said.items():
                walk(f"{place}.{name}" if place else str(name), more)
        else:
            found[place] = " ".join(sentence_of(str(one)) for one in (said if isinstance(said, list) else [said]))

    places = error.messages
    assert isinstance(places, dict)
    for part, said in places.items():
        walk("" if part in ("json", "query", "form") and isinstance(said, dict) else str(part), said)
    return found


def _failed(error: HTTPException) -> Response:
    """What broke stands in the log beside this reference; the caller gets the reference only."""
    broken = getattr(error, "original_exception", None)
    if isinstance(broken, pw.OperationalError):
        return of_busy(broken)
    incident = secrets.token_hex(4)
    current_app.logger.error("incident %s at %s", incident, request.path, exc_info=broken)
    sentence = _("Something broke on our side. Tell the administrator the reference %(incident)s.", incident=incident)
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "broken", sentence, {"incident": incident})


def of_busy(error: pw.OperationalError) -> Response:
    """Others have been writing for longer than anybody waits, or the database is away."""
    current_app.logger.warning("database at %s: %s", request.path, error)
    sentence = _("The database is busy. Nothing was done; send the call again in a moment.")
    return problem(
        HTTPStatus.SERVICE_UNAVAILABLE, "busy", sentence, headers={"Retry-After": str(_RETRY_AFTER_S)}
    )


def of_unstorable(error: Exception) -> Response:  # noqa: ARG001 - as Flask calls it
    """A sign or a number that the database knows nothing of: nothing is found by it, either."""
    sentence = _("Among the values there is a sign or a number that cannot be stored. Nothing is found by it.")
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unstorable", sentence)


def handle_errors(blueprint: Blueprint) -> None:
    blueprint.register_error_handler(Refusal, of_refusal)
    # One for each status: an application's handler of 404 would go before ours of all of them.
    for status in default_exceptions:
        blueprint.register_error_handler(status, of_http)
    blueprint.register_error_handler(HTTPException, of_http)
    blueprint.register_error_handler(pw.OperationalError, of_busy)
    for kind in (pw.DataError, UnicodeEncodeError, OverflowError):
        blueprint.register_error_handler(kind, of_unstorable)

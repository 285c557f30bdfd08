"""The addresses that clients of Odoo know. Each hands over to the one core; what differs is how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, request, send_file

from roadmapdocs.erp.odoo.calls import Call, call, journal
from roadmapdocs.erp.odoo.errors import Invalid, Told
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.tokens import Scope
from roadmapdocs.web import context
from roadmapdocs.web.base import ROW_ID
from roadmapdocs.web.odoo import asking, xml_writing
from roadmapdocs.web.odoo.documentation import index_told, model_told
from roadmapdocs.web.odoo.json_reading import read_object
from roadmapdocs.web.odoo.services import SERVER_VERSION, VERSION_INFO, serve, version
from roadmapdocs.web.odoo.telling import answered
from roadmapdocs.web.odoo.xml_reading import read_call

blueprint = Blueprint("roadmapdocs_odoo", __name__)
JSON: Final = "application/json"
#: What a server of HTTP or one before it acts on; all else is told inside of the answer, as clients look for it.
_OUTSIDE: Final = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE})


@blueprint.before_request
def _bound() -> None:
    request.max_content_length = asking.largest_body()


@blueprint.post("/xmlrpc/<service>", endpoint="xmlrpc_old")
@blueprint.post("/xmlrpc/2/<service>", endpoint="xmlrpc")
def xmlrpc(service: str) -> Response:
    def work() -> Response:
        method, arguments = read_call(asking.body())
        return _xml(xml_writing.response(serve("xmlrpc", service, method, arguments)))

    return answered(work, lambda told: _xml(xml_writing.fault(told.fault, told.message), _status(told)))


@blueprint.post("/jsonrpc")
def jsonrpc() -> Response:
    def work(params: dict[str, Any]) -> object:
        return serve("jsonrpc", params.get("service"), params.get("method"), params.get("args", []))

    return _in_envelope(work)


@blueprint.post("/web/webclient/version_info")
def version_info() -> Response:
    return _in_envelope(lambda _params: version())


@blueprint.get("/web/version")
def plain_version() -> Response:
    return _json({"version_info": list(VERSION_INFO), "version": SERVER_VERSION})


@blueprint.post("/json/2/<model>/<method>")
def json2(model: str, method: str) -> Response:
    """Named arguments in one object beside ``ids`` and ``context``; the bare result, or a status that says no."""

    def work() -> Response:
        if asking.DATABASE_HEADER in request.headers:
            asking.check_database(request.headers[asking.DATABASE_HEADER])
        bearer = asking.bearer()
        office = asking.office()
        try:
            sent = asking.body()
            arguments = read_object(sent) if sent.strip() else {}
        except Invalid as refusal:
            journal(bearer, office, Call("json2", model, method), refusal.code)
            raise
        # A method of records gets none where none are named: there are no arguments by place to look for them.
        found = call(bearer, office, protocol="json2", model=model, method=method, kwargs={"ids": [], **arguments})
        return _json(found)

    return answered(work, lambda told: _json(told.as_json(), told.status))


@blueprint.get("/doc-bearer/<model>.json")
def doc_bearer(model: str) -> Response:
    def work() -> Response:
        asking.bearer().require(Scope.READ)
        return _json(index_told() if model == "index" else model_told(model))

    return answered(work, lambda told: _json(told.as_json(), told.status))


@blueprint.get(f"/web/content/<{ROW_ID}:attachment>")
def content(attachment: int) -> Response:
    """The file of an ``ir.attachment``: the way to what is too large for an answer, or for clients without reports."""

    def work() -> Response:
        names = ["name", "mimetype", "sha256"]
        found: Any = call(
            asking.bearer(), asking.office(), protocol="content", model="ir.attachment", method="read", args=[[attachment], names]
        )
        (file,) = found
        stream = context.store().open(file["sha256"])
        sent = send_file(stream, mimetype=file["mimetype"] or None, as_attachment=True, download_name=file["name"], etag=file["sha256"])
        sent.headers["Cache-Control"] = "private, no-cache"
        return sent

    return answered(work, lambda told: _json(told.as_json(), told.status))


def _in_envelope(work: Callable[[dict[str, Any]], object]) -> Response:
    """An answer of JSON-RPC 2.0: with the id that the call had, as far as it could be read."""
    number: list[object] = [None]

    def envelope(**more: object) -> dict[str, object]:
        return {"jsonrpc": "2.0", "id": number[0], **more}

    def inside() -> Response:
        sent = read_object(asking.body())
        number[0] = sent.get("id") if isinstance(sent.get("id"), (int, str)) else None
        params = sent.get("params") or {}
        if not isinstance(params, dict):
            raise Invalid("json", _("The params of a call are an object with service, method and args."))
        return _json(envelope(result=work(params)))

    def wrong(told: Told) -> Response:
        error = {"code": 200, "message": "Odoo Server Error", "data": told.as_json()}
        return _json(envelope(error=error), _status(told))

    return answered(inside, wrong)


def _status(told: Told) -> int:
    return told.status if told.status in _OUTSIDE else HTTPStatus.OK


def _json(value: object, status: int = HTTPStatus.OK) -> Response:
    return _kept_by_nobody(Response(json.dumps(value, ensure_ascii=False), status=status, mimetype=JSON))


def _xml(text: str, status: int = HTTPStatus.OK) -> Response:
    return _kept_by_nobody(Response(text, status=status, mimetype="text/xml"))


def _kept_by_nobody(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response

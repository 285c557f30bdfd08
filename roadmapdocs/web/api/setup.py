"""The API as a part of an application: its routes, its description, and nothing that a host would notice.

flask-smorest would answer errors of the whole application, add a command of its own and describe everything while
the application starts. Here errors are answered below our prefix only, and the description is put together when it is
asked for.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from threading import Lock
from typing import Any

import flask_smorest
from flask import Blueprint, Flask, Response, request
from flask_wtf import CSRFProtect
from werkzeug.routing import RequestRedirect

from roadmapdocs.i18n import use_language
from roadmapdocs.web.api import asking, errors
from roadmapdocs.web.api.areas import AREAS
from roadmapdocs.web.api.etags import conditional
from roadmapdocs.web.api.schemas.common import ProblemSchema

PATH = "/api/v1"
TITLE, VERSION, OPENAPI = "Document and roadmap registry", "1.0.0", "3.1.0"
_CONFIG_PREFIX = "ROADMAPDOCS_REST"


def add_api(app: Flask, url: str = "") -> None:
    """Add the API below ``url``: resources at ``{url}/api/v1``, their description at ``{url}/api/v1/openapi.json``."""
    prefix = f"{url}{PATH}"
    api = Api(config_prefix=_CONFIG_PREFIX)
    api.init_app(app)
    for area in AREAS:
        api.register_blueprint(area, url_prefix=prefix)
    app.register_blueprint(_description(api), url_prefix=prefix)
    # Before all others: what is wrong below our prefix is answered as a problem, and forms' tokens are no matter.
    app.before_request_funcs.setdefault(None, []).insert(0, _Gate(app, prefix))


class Api(flask_smorest.Api):
    """flask-smorest's, which leaves the application's errors and commands alone and describes things late."""

    ERROR_SCHEMA = ProblemSchema

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._undescribed: list[Any] = []
        self._described: dict[str, bytes] = {}
        self._describing = Lock()

    def init_app(self, app: Flask, **more: Any) -> None:
        commands = dict(app.cli.commands)
        super().init_app(
            app,
            spec_kwargs={
                "title": TITLE,
                "version": VERSION,
                "openapi_version": OPENAPI,
                "security": [{"token": []}],
                **more,
            },
        )
        app.cli.commands = commands
        self.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})

    def register_blueprint(self, area: Any, **options: Any) -> None:
        self._app.extensions["flask-smorest"]["blp_name_to_api"][area.name] = self
        self._app.register_blueprint(area, **options)
        self._undescribed.append(area)

    def described(self, root: str) -> bytes:
        """The description as JSON, put together once. ``root`` is the path below which a server put the application."""
        with self._describing:
            return self._describe(root)

    def _describe(self, root: str) -> bytes:
        if root not in self._described:
            while self._undescribed:
                area = self._undescribed.pop(0)
                area.register_views_in_doc(self, self._app, self.spec, name=area.name, parameters=None)
                self.spec.tag({"name": area.name, "description": area.description})
            told = {**_sparse(_completed(self.spec.to_dict())), "servers": [{"url": root or "/"}]}
            self._described[root] = json.dumps(told, ensure_ascii=False).encode()
        return self._described[root]

    def _register_error_handlers(self) -> None:
        """Each area has its own; an application's stay as they are."""

    def _register_responses(self) -> None:
        for status in HTTPStatus:
            if status >= HTTPStatus.BAD_REQUEST:
                self._lazy_problem(status.name, status.phrase)
        self._lazy_problem("DEFAULT_ERROR", "Why the call was not taken")

    def _register_pagination_header(self) -> None:
        """Pages name the next one in their body."""

    def _lazy_problem(self, name: str, about: str) -> None:
        content = {errors.MEDIA_TYPE: {"schema": ProblemSchema}}
        self.spec.components.response(name, {"description": about, "content": content}, lazy=True)


def _sparse(description: dict[str, Any]) -> dict[str, Any]:
    """What may be left out of an answer by ``fields`` is not required in it."""
    shapes = description["components"]["schemas"]
    for operations in description["paths"].values():
        for operation in operations.values():
            asked = operation.get("parameters", ()) if isinstance(operation, dict) else ()
            if any(one.get("name") == "fields" for one in asked):
                content = operation["responses"]["200"].get("content", {}).get("application/json", {})
                shape = shapes.get(_name_of(content.get("schema", {})), {})
                items = shape.get("properties", {}).get("items", {}).get("items", {})
                shapes.get(_name_of(items), shape).pop("required", None)
    return description


def _name_of(schema: dict[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _completed(description: dict[str, Any]) -> dict[str, Any]:
    """Each operation with a name of its own, out of its method and path: makers of clients call functions so.

    Whatever is read has a tag, so that it may be answered with 304.
    """
    for path, operations in description["paths"].items():
        below = path.partition(f"{PATH}/")[2]
        words = [word.strip("{}@").replace("-", "_") for word in below.split("/")]
        for method, operation in operations.items():
            if isinstance(operation, dict):
                operation.setdefault("operationId", "_".join([method, *words]))
                if method == "get":
                    operation["responses"].setdefault("304", {"description": HTTPStatus.NOT_MODIFIED.phrase})
    return description


def _description(api: Api) -> Blueprint:
    """The description, open to everybody: it tells of no document and of no person."""
    blueprint = Blueprint("roadmapdocs_api_description", __name__)

    @blueprint.get("/openapi.json", endpoint="openapi")
    def openapi() -> Response:
        response = Response(api.described(request.script_root), mimetype="application/json")
        response.add_etag()
        return conditional(response)

    errors.handle_errors(blueprint)
    return blueprint


class _Gate:
    """Looks at each call below the prefix before anything else does."""

    __name__ = "roadmapdocs_api_gate"

    def __init__(self, app: Flask, prefix: str) -> None:
        self._app, self._prefix = app, f"{prefix}/"
        self._exempt_from: list[CSRFProtect] = []

    def __call__(self) -> Response | None:
        if not request.path.startswith(self._prefix):
            return None
        self._exempt()
        wrong = request.routing_exception
        if wrong is None or isinstance(wrong, RequestRedirect):
            return None
        with use_language(asking.language()):
            return errors.of_http(wrong)

    def _exempt(self) -> None:
        """A call carries a token of its own and no cookie counts: there is nothing that a forged form could use.

        A host's guard of forms may have come after us, so it is looked for with each call.
        """
        guard = self._app.extensions.get("csrf")
        if guard is not None and not any(guard is one for one in self._exempt_from):
            for area in AREAS:
                guard.exempt(area)
            self._exempt_from.append(guard)

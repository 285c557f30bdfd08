"""What all parts of the API have in common: the bearer of a token, problems instead of pages, strict values."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar

import flask_smorest
from flask import Request, abort
from webargs import missing
from webargs.flaskparser import FlaskParser, is_json_request

from roadmapdocs.web.api import asking, errors
from roadmapdocs.web.security import limiter

PREFIX = "roadmapdocs_api_"
#: The largest body of JSON: a card and its fields take a few kilobytes, a batch of a hundred a few hundred.
LARGEST_JSON = 4 * 1024 * 1024

View = TypeVar("View", bound=Callable[..., Any])


class Parser(FlaskParser):
    """Unknown names are refused wherever they stand, and a body that is no JSON is not taken for an empty one."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {}

    def _raw_load_json(self, req: Request) -> Any:
        req.max_content_length = min(req.max_content_length or LARGEST_JSON, LARGEST_JSON)
        data = req.get_data(cache=True)
        if not data:
            return missing
        if not is_json_request(req):
            abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        try:
            return super()._raw_load_json(req)
        except RecursionError:
            # Brackets within brackets within brackets: JSON to the letter, and nothing that anybody means.
            abort(HTTPStatus.BAD_REQUEST)


class Area(flask_smorest.Blueprint):
    """A part of the API: ``Area("types", "Kinds of documents")`` is the blueprint ``roadmapdocs_api_types``."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(f"{PREFIX}{name}", __name__, description=description)
        self._prepare_doc_cbks.append(_with_headers)
        self.before_request(asking.speak)
        self.before_request(asking.let_in)
        self.teardown_request(asking.fall_silent)
        errors.handle_errors(self)
        limiter.limit(asking.limit, key_func=asking.limited_by)(self)


def takes_header(name: str, about: str, *, required: bool = False) -> Callable[[View], View]:
    """Describe a header that a view reads by itself."""

    def noted(view: View) -> View:
        told: dict[str, Any] = dict(getattr(view, "_apidoc", {}))
        described = {"in": "header", "name": name, "description": about, "required": required, "schema": {"type": "string"}}
        told["headers"] = [*told.get("headers", ()), described]
        view._apidoc = told  # type: ignore[attr-defined]  # where flask-smorest keeps what it describes
        return view

    return noted


def _with_headers(doc: dict[str, Any], told: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """The parameters of an operation with the headers that were noted."""
    if told.get("headers"):
        doc["parameters"] = [*doc.get("parameters", ()), *told["headers"]]
    return doc

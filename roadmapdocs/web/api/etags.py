"""Which state of a thing an answer shows, and calls that are about that state only (RFC 9110 §8.8.3, §13).

A tag is the thing's revision, a dot, and a hash of the answer: ``"5.1f0c2a9b77d1"``. Answers of one revision differ where something
beside the card has changed, such as its files; what was read before is then not sent again by mistake. A change is
held to the revision alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _


def answered(body: Mapping[str, Any], *, revision: int | None = None, status: int = 200) -> Response:
    """``body`` as JSON with its tag; 304 where the caller has just this already."""
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(data, status=status, mimetype="application/json")
    digest = hashlib.sha256(data).hexdigest()[:12]
    response.set_etag(digest if revision is None else f"{revision}.{digest}")
    response.cache_control.private = True
    response.cache_control.no_cache = True
    return conditional(response) if request.method in ("GET", "HEAD") else response


def conditional(response: Response) -> Response:
    """What was read, by its tag: 304 where the caller has just this already.

    :raise Conflict: as :func:`require_tag`
    """
    require_tag(response.get_etag()[0] or "")
    response.make_conditional(without_if_match())
    return response


def without_if_match() -> dict[str, Any]:
    """The call for werkzeug, which knows no ``If-Match: *`` and answers 412 with the whole contents."""
    return {**request.environ, "HTTP_IF_MATCH": ""}


def require_tag(present: str) -> None:
    """Whoever reads something in a certain state only (``If-Match``) gets it in no other.

    :raise Conflict: ``stale`` if none of the tags is ``present``
    """
    if "If-Match" in request.headers and not request.if_match.contains(present):
        raise _stale()


def required_revision(present: int) -> int:
    """The revision that the caller has seen, by ``If-Match``; ``*`` stands for the present one.

    :raise Refusal: ``precondition_required`` without the header
    :raise Conflict: ``stale`` if none of its tags is of the present revision
    """
    if "If-Match" not in request.headers:
        sentence = _("Say which state you have seen: send the header ETag of your last reading as If-Match.")
        raise Refusal("precondition_required", sentence)
    sent = request.if_match
    if sent.star_tag or any((tag or "").partition(".")[0] == str(present) for tag in sent.as_set()):
        return present
    raise _stale(revision=present)


def _stale(**details: object) -> Conflict:
    return Conflict("stale", _("Somebody changed this since you have read it. Read it again and decide then."), **details)

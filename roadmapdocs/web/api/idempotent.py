"""``Idempotency-Key``: a call that is sent again is not done again, and is answered as the first time."""

from __future__ import annotations

import functools
import hashlib
from typing import Any

from flask import Response, request
from flask.typing import ResponseReturnValue

from roadmapdocs.db import transaction
from roadmapdocs.erp.idempotency import Answer, answer_to, check_key, keep_answer
from roadmapdocs.web import context
from roadmapdocs.web.api.asking import actor
from roadmapdocs.web.api.blueprints import View, takes_header

HEADER, REPLAYED = "Idempotency-Key", "Idempotency-Replayed"
#: Headers that belong to the answer as such; the others are put on by whoever sends it.
_KEPT = ("Content-Type", "Location", "ETag")


def idempotent(view: View) -> View:
    """For views that make something; they answer with a :class:`flask.Response`.

    The key, the change and the answer are one transaction: whatever breaks in between, a call has been done and
    answered, or has not been done. A call with the same key that comes meanwhile waits and gets that answer.
    """

    @functools.wraps(view)
    def once(*args: Any, **values: Any) -> ResponseReturnValue:
        key = request.headers.get(HEADER)
        if key is None:
            return view(*args, **values)
        check_key(key)
        user_id, fingerprint = actor().user_id, _fingerprint()
        assert user_id is not None
        with transaction():
            known = answer_to(user_id, key, fingerprint)
            if known is not None:
                return _again(known)
            response: Response = view(*args, **values)
            headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
            keep_answer(
                user_id,
                key,
                fingerprint,
                Answer(response.status_code, headers, response.get_data(as_text=True)),
                now=context.now(),
            )
        return response

    about = "Makes the call safe to repeat: the same key and body get the same answer, and nothing is done twice."
    return takes_header(HEADER, about)(once)  # type: ignore[return-value]  # the view with the same parameters


def _again(known: Answer) -> Response:
    response = Response(known.body, status=known.status, headers=dict(known.headers))
    response.headers[REPLAYED] = "true"
    return response


def _fingerprint() -> str:
    """SHA-256 of what is asked. Parts of a form count by themselves: the line between them is another each time."""
    digest = hashlib.sha256(f"{request.method} {request.full_path} {request.mimetype}\n".encode())
    if request.mimetype != "multipart/form-data":
        digest.update(request.get_data(cache=True))
        return digest.hexdigest()
    # A part of a form may have no name at all.
    for name, value in sorted(request.form.items(multi=True), key=repr):
        digest.update(f"{name}={hashlib.sha256(value.encode(errors='surrogatepass')).hexdigest()}\n".encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda pair: repr(pair[0])):
        contents = hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]  # a binary stream
        file.stream.seek(0)
        digest.update(f"{name}={file.filename}={contents}\n".encode(errors="surrogatepass"))
    return digest.hexdigest()

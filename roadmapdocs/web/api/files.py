"""Files that come in and go out, with their SHA-256 (RFC 9530) and in parts (RFC 9110 §14)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import io
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Any

from flask import Response, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.http import parse_options_header, parse_range_header

from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.api.etags import require_tag, without_if_match
from roadmapdocs.web.context import settings, store
from roadmapdocs.web.documents.files import MEDIA_TYPES
from roadmapdocs.web.forms import plain_line

_CHUNK = 256 * 1024
_LONGEST_NAME = 255
_DIGEST = re.compile(r"(?:^|,)\s*sha-256\s*=\s*:(?P<digest>[A-Za-z0-9+/=]*):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """An uploaded file: its bytes, the name it came with, and the words that came beside it."""

    data: bytes
    name: str
    said: dict[str, str]


def received() -> Received:
    """The file of this call: the part ``file`` of a form, or the body itself with its name in Content-Disposition.

    What is said besides are the other parts of the form, or the parameters of the address.

    :raise Refusal: ``file`` without a file or a name; ``digest`` or ``digest_mismatch`` where what came is not what
        Content-Digest or Repr-Digest says
    """
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            raise Refusal("file", _("No file came with the call. Send it as the part “file”, with its name."))
        said = {name: value for name, value in request.form.items() if isinstance(value, str)}
        # The digests of the headers are those of the whole form; a part may have one of its own.
        return Received(_read(upload.stream, upload.headers), _name(upload.filename), said)
    if request.mimetype == "application/x-www-form-urlencoded":
        raise UnsupportedMediaType
    disposition = parse_options_header(request.headers.get("Content-Disposition", ""))[1]
    said = dict(request.args)
    name = disposition.get("filename") or said.pop("name", "")
    if not name.strip():
        raise Refusal("file", _("The file has no name. Send it in Content-Disposition, or as name in the address."))
    # A call that is repeated by its key was read before, to be recognised.
    data = request.get_data(cache=True) if "Idempotency-Key" in request.headers else None
    return Received(_read(request.stream, request.headers, data), _name(name), said)


def _name(name: str) -> str:
    return plain_line(name)[-_LONGEST_NAME:]


def _read(stream: IO[bytes], headers: Any, data: bytes | None = None) -> bytes:
    """All of the stream, hashed while it comes in.

    :raise Refusal: ``file`` for an empty one, ``digest``, ``digest_mismatch``
    """
    wanted = [_wanted(headers[name]) for name in ("Content-Digest", "Repr-Digest") if name in headers]
    digest = hashlib.sha256(data or b"")
    if data is None:
        # In one piece that grows: pieces to be joined would take the room of the file twice.
        gathered = io.BytesIO()
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if gathered.tell() + len(chunk) > settings().max_upload:
                raise RequestEntityTooLarge
            gathered.write(chunk)
        data = gathered.getvalue()
    if not data:
        raise Refusal("file", _("The file is empty. Send its bytes."))
    for one in wanted:
        if one is not None and not hmac.compare_digest(one, digest.digest()):
            sentence = _("These are not the bytes that the digest names: they changed on the way. Send them again.")
            raise Refusal("digest_mismatch", sentence, sha256=digest.hexdigest())
    return data


def _wanted(header: str) -> bytes | None:
    """The SHA-256 of such a header; None where it names other digests only, which are passed over (RFC 9530 §2)."""
    found = _DIGEST.search(header)
    if found is None:
        return None
    try:
        digest = base64.b64decode(found["digest"], validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise Refusal("digest", _("The digest cannot be read. It is sha-256=:…: with 32 bytes in base64."))
    return digest


def sent(file: StoredFile, name: str) -> Response:
    """The stored bytes, whole or the part that ``Range`` asks for."""
    require_tag(file.sha256)
    response = send_file(
        store().open(file.sha256),
        mimetype=MEDIA_TYPES.get(file.format, "application/octet-stream"),
        as_attachment=True,
        download_name=name,
        conditional=False,
        etag=False,
    )
    response.content_length = file.size
    response.set_etag(file.sha256)
    digest = base64.b64encode(bytes.fromhex(file.sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    response.cache_control.private = True
    environ = without_if_match()
    if not _is_part_asked(file.sha256):
        environ.pop("HTTP_RANGE", None)
    try:
        response.make_conditional(environ, accept_ranges=True, complete_length=file.size)
    except BaseException:
        response.close()
        raise
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        response.headers.pop("Repr-Digest")
    return response


def _is_part_asked(tag: str) -> bool:
    """Whether one part of the bytes is to be sent; ``Range`` counts for nothing else (RFC 9110 §13.2.2, §14.2)."""
    asked = parse_range_header(request.headers.get("Range"))
    if request.method != "GET" or asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return False
    # A tag that is only like the present one tells nothing of its bytes; who has them all needs no part.
    return not request.headers.get("If-Range", "").startswith("W/") and not request.if_none_match.contains_weak(tag)

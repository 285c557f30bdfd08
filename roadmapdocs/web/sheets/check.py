"""The page on which anybody checks a file. It needs no account, keeps nothing and writes nothing down."""

from __future__ import annotations

import io
from typing import BinaryIO, Final, cast

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose

from roadmapdocs.approvals.checking import Answer, Checked, check
from roadmapdocs.documents.links.naming import reference
from roadmapdocs.errors import Refusal
from roadmapdocs.files.rules import sha256_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web import pages
from roadmapdocs.web.context import anybody, today
from roadmapdocs.web.errors import status_of
from roadmapdocs.web.security import limiter, sign_in_limit

_NOTHING: Final = sha256_of(io.BytesIO())
_LOOKS: Final = {
    Answer.CURRENT: "ok",
    Answer.ENDED: "work",
    Answer.ANNULLED: "late",
    Answer.OUTDATED: "work",
    Answer.UNREGISTERED: "work",
    Answer.UNSIGNED: "late",
    Answer.UNKNOWN: "late",
}


class CheckView(BaseView):
    """Open to everybody; tries are counted as those of signing in are."""

    def is_visible(self) -> bool:
        return False

    @expose("/", methods=["GET", "POST"])
    @limiter.limit(sign_in_limit, methods=["POST"])
    def index(self) -> ResponseReturnValue:
        found: Checked | None = None
        refusal: Refusal | None = None
        if request.method == "POST":
            try:
                found = _checked()
            except Refusal as problem:
                refusal = problem
        page = pages.render(
            "file_check.html",
            result=_words(found) if found is not None else None,
            refusal=refusal.message if refusal is not None else None,
        )
        return page, status_of(refusal) if refusal is not None else 200


def _checked() -> Checked:
    """
    :raise Refusal: ``file`` if none was sent, or an empty one
    """
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise Refusal("file", _("No file is chosen yet. Choose one and check it then."))
    # The file is never opened as what it claims to be.
    sha256 = sha256_of(cast(BinaryIO, upload.stream))
    if sha256 == _NOTHING:
        raise Refusal("file", _("The file is empty. Choose the one that you were sent."))
    return check(sha256, by=anybody(), today=today())


def _words(found: Checked) -> dict[str, object]:
    document = found.document
    card = None
    if document is not None and found.version is not None:
        card = {
            "name": pages.capital(reference(document)),
            "title": document.title,
            "version": found.version.number,
            "edition": found.version.edition,
            "url": url_for("roadmapdocs_documents.card", document_id=document.id),
        }
    return {"look": _LOOKS[found.answer], "sentence": _sentence(found), "advice": _advice(found.answer), "sha256": found.sha256, "card": card}


def _sentence(found: Checked) -> str:
    """No word of what the document says: that is for those who may read it."""
    day = found.registered_on.strftime("%d.%m.%Y") if found.registered_on else ""
    signed = _("This file is the signed version of a document that was registered on %(day)s.", day=day) if day else _(
        "This file is the signed version of a document that was confirmed."
    )
    words = {
        Answer.CURRENT: signed,
        Answer.ENDED: f"{signed} " + _("The document has lost force."),
        Answer.ANNULLED: _("This file was signed, but the registration of the document is annulled."),
        Answer.OUTDATED: _("This file is an earlier edition: the signed document has a newer one."),
        Answer.UNREGISTERED: _("This file is signed, but the document is not registered yet."),
        Answer.UNSIGNED: _("This file is not a signed version."),
        Answer.UNKNOWN: _("This file is not a signed version of a registered document."),
    }
    return words[found.answer]


def _advice(answer: Answer) -> str:
    if answer is Answer.UNKNOWN:
        return _("A copy that was saved anew, converted or scanned is another file. Check the very file that you were sent.")
    if answer is Answer.OUTDATED:
        return _("Ask the office for the edition that is in force now.")
    if answer is Answer.ANNULLED:
        return _("Do not rely on it. Ask the office what stands instead.")
    return ""

"""Whether a file is the signed text of a document: told by its SHA-256 alone, to people of the office and to strangers.

A stranger learns only that the very file in hand is signed, and when its document was registered. Of what is not
signed nobody without the right to read learns anything: a draft and a file that was never here are answered alike.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

import peewee as pw

from roadmapdocs.approvals.models import Signature
from roadmapdocs.documents.links.editions import timeline
from roadmapdocs.documents.links.force import standing
from roadmapdocs.documents.links.force_rules import Binding
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.rules import Force, Preparation, Registration
from roadmapdocs.documents.visibility import may
from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: One text may be on several cards (a working copy begins with it); more than so many nobody compares.
MOST_CARDS = 50
_HASH = re.compile(r"[0-9a-f]{64}")


class Answer(StrEnum):
    """In the order in which one answer goes before another, where several cards have the file.

    ``CURRENT``: the signed text as it is now; ``ENDED``: so, but without force any more; ``ANNULLED``: its registration
    is; ``OUTDATED``: a later edition is there; ``UNREGISTERED``: signed, to be registered yet; ``UNSIGNED``: on a card,
    but never signed; ``UNKNOWN``: nothing that may be told.
    """

    CURRENT = "current"
    ENDED = "ended"
    ANNULLED = "annulled"
    OUTDATED = "outdated"
    UNREGISTERED = "unregistered"
    UNSIGNED = "unsigned"
    UNKNOWN = "unknown"


_ORDER = {answer: place for place, answer in enumerate(Answer)}
#: What is no secret: such a document was made for others to see.
_PUBLIC = frozenset({Answer.CURRENT, Answer.ENDED, Answer.ANNULLED, Answer.OUTDATED})


@dataclass(frozen=True, slots=True)
class Checked:
    """``registered_on`` is None for what has no number of its own. ``document`` and ``version`` are for those who may read."""

    answer: Answer
    sha256: str
    registered_on: dt.date | None = None
    document: Document | None = None
    version: DocumentVersion | None = None


def check(sha256: str, *, by: Actor | None, today: dt.date) -> Checked:
    """What the file with this hash is. ``by`` is None for somebody who has not signed in.

    :raise Refusal: ``hash`` if this is no SHA-256 in hexadecimal digits
    """
    sha256 = sha256.strip().lower()
    if not _HASH.fullmatch(sha256):
        raise Refusal("hash", _("This is not a SHA-256: it has 64 digits and letters from a to f."))
    rows = (
        DocumentVersion.select(DocumentVersion, Document, Kind)
        .join(StoredFile)
        .switch(DocumentVersion)
        .join(Document)
        .join(Kind)
        .where(StoredFile.sha256 == sha256)
        .order_by(_most_telling(), DocumentVersion.id)
        .limit(MOST_CARDS)
    )
    found = [_found(row, sha256, by, today) for row in rows]
    best = min(found, key=lambda one: (_ORDER[one.answer], one.document is None), default=None)
    return best or Checked(Answer.UNKNOWN, sha256)


def _found(version: DocumentVersion, sha256: str, by: Actor | None, today: dt.date) -> Checked:
    document = version.document
    answer = _answer(document, version, today)
    if by is not None and may(document, "read", by):
        return Checked(answer, sha256, document.registered_on, document, version)
    if answer not in _PUBLIC:
        return Checked(Answer.UNKNOWN, sha256)
    return Checked(answer, sha256, document.registered_on)


def _answer(document: Document, version: DocumentVersion, today: dt.date) -> Answer:
    if document.preparation != Preparation.SIGNED:
        return Answer.UNSIGNED
    signed = signed_versions(document, today)
    if version.number not in signed:
        return Answer.UNSIGNED
    if document.registration == Registration.ANNULLED:
        return Answer.ANNULLED
    own_number = document.kind.own_number
    if own_number and document.registration != Registration.REGISTERED:
        return Answer.UNREGISTERED
    if not own_number and document.force == Force.NOT_IN_FORCE:
        return Answer.UNREGISTERED
    if version.number != max(signed):
        return Answer.OUTDATED
    return Answer.ENDED if standing(document, today).binding is Binding.ENDED else Answer.CURRENT


def signed_versions(document: Document, today: dt.date) -> frozenset[int]:
    """Numbers of the versions of a signed document that are signed text.

    Those to which signatures are bound; where none are, as on paper that came first, the last text of the first edition.
    A later edition counts by its own signature, or by a registered document that amends this one and is in effect.
    """
    rows = DocumentVersion.select(DocumentVersion.id, DocumentVersion.number, DocumentVersion.edition)
    versions = list(rows.where(DocumentVersion.document == document).order_by(DocumentVersion.number))
    if not versions:
        return frozenset()
    first, last = versions[0].edition, {one.edition: one.number for one in versions}
    bound = {one.edition: one.number for one in versions if one.id in _bound(document.id)}
    amended = _amended(document, today) if last.keys() - {first} else frozenset()
    counting = {edition: last[edition] for edition in amended & last.keys()}
    return frozenset({**({} if bound else {first: last[first]}), **counting, **bound}.values())


def _bound(document_id: int) -> set[int]:
    """Ids of the versions to which signatures that count are bound."""
    rows = Signature.select(Signature.version).where(
        (Signature.document == document_id) & Signature.revoked_at.is_null() & Signature.version.is_null(False)
    )
    return {version_id for (version_id,) in rows.tuples()}


def _amended(document: Document, today: dt.date) -> frozenset[int]:
    """Numbers of the editions that amending documents have made until that day."""
    made = (one for one in timeline(document) if one.by is not None and one.number)
    return frozenset(one.number for one in made if one.since is not None and one.since <= today)


def _most_telling() -> pw.Case:
    """Orders cards with the same file so that drafts of it, however many, stand behind what was signed."""
    bound = pw.fn.EXISTS(
        Signature.select(pw.SQL("1")).where((Signature.version == DocumentVersion.id) & Signature.revoked_at.is_null())
    )
    signed = Document.preparation == Preparation.SIGNED
    registered = Document.registration == Registration.REGISTERED
    order = (bound & signed & registered, bound & signed, signed & registered, signed)
    return pw.Case(None, [(what, place) for place, what in enumerate(order)], len(order))

"""A working copy of a finished document: a draft beside it, which becomes its next edition when it is done.

The document itself is not disturbed meanwhile: it stays in force, with the text it has. What the copy began from
is told to the journal of events, and read back from there when the copy comes home.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roadmapdocs.access.rules import Action, Mark, require
from roadmapdocs.audit.operations import history, record
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.operations import create_document, lock_document, read_document, update_document
from roadmapdocs.documents.rules import Card, Preparation, Registration
from roadmapdocs.documents.transitions import perform, perform_by_rule
from roadmapdocs.documents.versions import add_version, versions_of
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.files.store import FileStore
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: What a copy brings home beside its text: what describes the document, and not what was signed and registered.
TAKEN_OVER = ("title", "summary", "body", "unit_id", "organisation_id")
#: States in which a copy is no copy any more, and those in which a document has copies made of it.
CLOSED = (Preparation.SIGNED, Preparation.WITHDRAWN)
COPIED = (Preparation.SIGNED,)


@dataclass(frozen=True, slots=True)
class Homecoming:
    """What checking in would change: columns and fields by their names, and whether there is a new text.

    ``clashes`` are names that were changed both here and in the document since the copy was made ("text" for the
    file).
    """

    columns: Mapping[str, object]
    fields: Mapping[str, object]
    text: bool
    clashes: tuple[str, ...] = ()


def copy_of(document: Document) -> Document | None:
    """The working copy that is under way, with its drafter."""
    copy: Document | None = (
        Document.select(Document, Kind)
        .join(Kind)
        .where((Document.working_copy_of == document) & Document.preparation.not_in([str(state) for state in CLOSED]))
        .first()
    )
    return copy


def why_no_copy(document: Document) -> str | None:
    """Why the document has no working copy made of it, whoever asks; None if one can be made."""
    if document.working_copy_of_id is not None:
        return _("This is a working copy itself. Change it as it is.")
    if document.preparation not in COPIED:
        return _("The document is not signed yet: change it as it is, without a copy.")
    if document.registration == Registration.ANNULLED:
        return _("The registration of the document is annulled: it gets no new edition. Make a new card.")
    copy = copy_of(document)
    if copy is not None:
        since = copy.created_at.strftime("%d.%m.%Y")
        return _("%(who)s has had a working copy since %(date)s.", who=_maker(copy), date=since)
    return None


def check_out(document_id: int, *, store: FileStore, by: Actor, now: dt.datetime, today: dt.date) -> Document:
    """Make a draft of the same kind with the card and the current text of a signed document.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if its card is not for them to change
    :raise Refusal: ``no_copy`` as :func:`why_no_copy`
    """
    with transaction():
        document = _locked(document_id, by)
        require(by, Action.WRITE_DOCUMENT)
        require_right(document, "change", by)
        closed = why_no_copy(document)
        if closed is not None:
            raise Refusal("no_copy", closed)
        card = dataclasses.replace(card_of(document), number="", date=None, preparation=Preparation.DRAFT)
        card = dataclasses.replace(card, drafter_id=by.employee_id or card.drafter_id, force_from=None)
        copy = create_document(card, by=by, now=now, today=today)
        Document.update(working_copy_of=document).where(Document.id == copy.id).execute()
        current = versions_of(document).first()
        if current is not None:
            with store.open(current.file.sha256) as stream:
                data = stream.read()
            add_version(copy, data, current.name, store=store, edition=current.edition, by=by, now=now)
        began = {"document": document.id, "card": _card_json(document), "file": current.file_id if current else None}
        record("working_copy_made", subject=copy, effect=began, by=by, now=now)
        record("working_copy_taken", subject=document, effect={"copy": copy.id}, by=by, now=now)
    return read_document(copy.id, by=by)


def homecoming(copy: Document) -> Homecoming:
    """What would change in the document if the copy were checked in now."""
    document = copy.working_copy_of
    began = _began(copy)
    base: Mapping[str, object] = began.get("card") or {}
    ours, theirs = _card_json(copy), _card_json(document)
    changed = {name for name in ours.keys() | base.keys() if ours.get(name) != base.get(name)}
    brought = {name for name in changed if ours.get(name) != theirs.get(name)}
    clashes = sorted(name for name in brought if theirs.get(name) != base.get(name))
    current, mine = versions_of(document).first(), versions_of(copy).first()
    text = mine is not None and mine.file_id not in {began.get("file"), current.file_id if current else None}
    if text and (current.file_id if current else None) != began.get("file"):
        clashes.append("text")
    columns = {name: ours[name] for name in TAKEN_OVER if name in brought}
    fields = {name: ours.get(name) for name in brought if name not in TAKEN_OVER}
    return Homecoming(columns, {_own(name): value for name, value in fields.items()}, text, tuple(clashes))


def check_in(
    copy_id: int,
    comment: str,
    *,
    confirmed: bool = False,
    substantial: bool = True,
    store: FileStore,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Document:
    """Make the copy's text the next edition of its document, take over what the copy says of it, close the copy.

    ``substantial`` is as :func:`roadmapdocs.documents.versions.add_version` takes it.

    :raise NotFound: if there is no such copy for this person
    :raise Forbidden: if the document is not for them to change
    :raise Conflict: ``changed_meanwhile`` with the names in ``details["names"]``, unless ``confirmed``
    :raise Refusal: ``comment`` if nothing is said of the change, ``no_working_copy``, ``no_change``
    """
    with transaction():
        copy, document = _pair(copy_id, by)
        require_right(document, "change", by)
        if not comment.strip():
            raise Refusal("comment", _("Say what is new in this edition."), fields={"comment": _("Fill this in.")})
        news = homecoming(copy)
        if news.clashes and not confirmed:
            raise Conflict(
                "changed_meanwhile",
                _("The document was changed too while you had the copy. Compare, and confirm if yours is to stand."),
                names=list(news.clashes),
            )
        if not (news.columns or news.fields or news.text):
            raise Refusal("no_change", _("The copy says what the document says. Change it, or give it up."))
        if news.columns or news.fields:
            card = _with(card_of(document), news)
            update_document(document.id, card, revision=document.revision, by=by, now=now, today=today)
        edition = None
        if news.text:
            edition = _add_text(document, copy, comment.strip(), substantial=substantial, store=store, by=by, now=now)
        said = {"comment": comment.strip(), "edition": edition}
        record("working_copy_brought_in", subject=document, effect={"copy": copy.id, **said}, by=by, now=now)
        record("working_copy_brought_in", subject=copy, effect={"document": document.id, **said}, by=by, now=now)
        _close(copy, comment.strip(), by, now, today)
    return read_document(document.id, by=by)


def discard(copy_id: int, reason: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Document:
    """Give a copy up, saying why; the document stays as it is, the copy stays to be read.

    :raise NotFound: if there is no such copy for this person
    :raise Forbidden: if the copy is not for them to withdraw
    :raise Refusal: ``reason`` if none is given, ``no_working_copy``
    """
    with transaction():
        copy, document = _pair(copy_id, by)
        if not reason.strip():
            raise Refusal("reason", _("Say why the copy is given up."), fields={"reason": _("Fill this in.")})
        said = {"copy": copy.id, "reason": reason.strip()}
        record("working_copy_discarded", subject=document, effect=said, by=by, now=now)
        _close(copy, reason.strip(), by, now, today)
    return document


def _with(card: Card, news: Homecoming) -> Card:
    fields = {**card.fields, **news.fields}
    return dataclasses.replace(card, **news.columns, fields=fields)  # type: ignore[arg-type]  # names are those of TAKEN_OVER


def card_of(document: Document) -> Card:
    """The card of a stored document, as a person would have filled it in."""
    return Card(
        kind=document.kind.code,
        title=document.title,
        number=document.number,
        date=document.date,
        summary=document.summary,
        signer=document.signer,
        preparation=Preparation(document.preparation),
        signer_id=document.signer_employee_id,
        drafter_id=document.drafter_id,
        unit_id=document.unit_id,
        organisation_id=document.organisation_id,
        body=document.body,
        mark=Mark(document.mark),
        mark_basis=document.mark_basis,
        force_from=document.force_from,
        fields=document.fields,
    )


def _pair(copy_id: int, by: Actor) -> tuple[Document, Document]:
    """A copy under way and its document, both locked until the transaction ends."""
    copy = read_document(copy_id, by=by)
    check_under_way(copy)
    document = _locked(copy.working_copy_of_id, by)
    copy = _locked(copy_id, by)
    check_under_way(copy)
    copy.working_copy_of = document
    return copy, document


def check_under_way(copy: Document) -> None:
    """
    :raise Refusal: ``no_working_copy`` if the document is none, or one that was brought home or given up
    """
    if copy.working_copy_of_id is None or copy.preparation in CLOSED:
        raise Refusal("no_working_copy", _("This is not a working copy that is under way. Open the document itself."))


def _locked(document_id: int, by: Actor) -> Document:
    lock_document(document_id)
    return read_document(document_id, by=by)


def _add_text(
    document: Document, copy: Document, comment: str, *, substantial: bool, store: FileStore, by: Actor, now: dt.datetime
) -> int:
    mine, last = versions_of(copy).first(), versions_of(document).first()
    edition = int(last.edition) + 1 if last is not None else 1
    with store.open(mine.file.sha256) as stream:
        data = stream.read()
    document = read_document(document.id, by=by)
    add_version(
        document, data, mine.name, store=store, comment=comment, edition=edition, substantial=substantial, by=by, now=now
    )
    return edition


def _close(copy: Document, reason: str, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """A closed copy is a withdrawn one. Where the definition lets that follow, it asks for no right of its own."""
    answers = Answers(reason=reason)
    if perform_by_rule(copy.id, "withdraw", answers=answers, by=by, now=now, today=today) is None:
        perform(copy.id, "withdraw", answers=answers, by=by, now=now, today=today)


def _card_json(document: Document) -> dict[str, object]:
    """What a copy may bring home, as plain values; own fields of the kind stand under ``fields.``."""
    columns = {name: getattr(document, name) for name in TAKEN_OVER}
    return columns | {f"fields.{name}": value for name, value in document.fields.items()}


def _own(name: str) -> str:
    return name.removeprefix("fields.")


def _began(copy: Document) -> Mapping[str, Any]:
    """What the document was when the copy was made: the journal's entry about it."""
    made = next((event for event in history(copy) if event.what == "working_copy_made"), None)
    return made.effect if made is not None else {}


def _maker(copy: Document) -> str:
    made = next((event for event in history(copy) if event.what == "working_copy_made"), None)
    return made.who if made is not None else str(copy.drafter or "")


"""Use cases of documents: make a card, correct it, add a version of the file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from importlib.resources import files

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.operations import history, record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion, Kind
from roadmapdocs.documents.rules import (
    Card,
    Preparation,
    check_card,
    normalise_number,
    number_sort_key,
    search_key,
)
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.operations import keep
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import document_changed
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def load_kinds() -> int:
    """Add the kinds that we ship and the table lacks; give how many were added. Rows of the office stay as they are."""
    shipped = tomllib.loads((files("roadmapdocs.documents") / "kinds.toml").read_text(encoding="utf-8"))
    with transaction():
        known = {kind.code for kind in Kind.select(Kind.code)}
        missing = [(place, code) for place, code in enumerate(shipped, start=1) if code not in known]
        for place, code in missing:
            Kind.create(code=code, position=place, **shipped[code])
    return len(missing)


def create_document(card: Card, *, by: Actor, now: dt.datetime, today: dt.date) -> Document:
    """
    :raise Forbidden: if the actor keeps no cards
    :raise Refusal: ``card`` with a sentence for each field, ``number_taken``, or ``unknown_kind``
    """
    require(by, Action.WRITE_DOCUMENT)
    check_card(card, today=today)
    with transaction():
        kind = _kind(card.kind)
        _check_number_is_free(card, kind)
        document = Document.create(**_columns(card, kind, today), created_at=now, changed_at=now)
        record("document_created", subject=document, effect=_effect(card), by=by, now=now)
        document_changed.send(document, by=by)
    return document


def update_document(
    document_id: int, card: Card, *, revision: int, by: Actor, now: dt.datetime, today: dt.date
) -> Document:
    """Change a card that was read at ``revision``.

    :raise Conflict: ``stale`` if somebody changed it meanwhile; ``details`` carry who and when, as words
    :raise Refusal: as :func:`create_document`
    """
    require(by, Action.WRITE_DOCUMENT)
    check_card(card, today=today)
    with transaction():
        kind = _kind(card.kind)
        _check_number_is_free(card, kind, but=document_id)
        before = get_document(document_id)
        # A card without a date keeps its place in lists, however often it is changed.
        made = before.listed_on if before.date is None else before.created_at.date()
        changed = (
            Document.update(**_columns(card, kind, made), revision=Document.revision + 1, changed_at=now)
            .where((Document.id == document_id) & (Document.revision == revision))
            .execute()
        )
        document = get_document(document_id)
        if not changed:
            who = history(document)[0].who
            raise Conflict(
                "stale",
                _(
                    "While you were writing, %(who)s changed this card. Your text is kept below: compare and save again.",
                    who=who,
                ),
                revision=document.revision,
                who=who,
            )
        record("document_changed", subject=document, effect=_effect(card), by=by, now=now)
        document_changed.send(document, by=by)
    return document


def add_version(
    document: Document, data: bytes, name: str, *, store: FileStore, comment: str = "", by: Actor, now: dt.datetime
) -> DocumentVersion:
    """Add a file as the document's current version; the ones before stay as they are.

    :raise Refusal: if the file is not one that the registry keeps, or is the current version already
    """
    require(by, Action.WRITE_DOCUMENT)
    with transaction():
        kept = keep(data, name, store=store, now=now)
        # The update locks the card, so that two files added at once get two numbers.
        Document.update(changed_at=now).where(Document.id == document.id).execute()
        last = (
            DocumentVersion.select()
            .where(DocumentVersion.document == document)
            .order_by(DocumentVersion.number.desc())
            .first()
        )
        if last is not None and last.file_id == kept.file.id:
            raise Refusal("same_file", _("This very file is the current version already. Nothing was changed."))
        version = DocumentVersion.create(
            document=document,
            number=last.number + 1 if last else 1,
            file=kept.file,
            name=kept.name,
            comment=comment,
            added_by=by.name,
            added_at=now,
        )
        effect = {"version": version.number, "name": kept.name, "sha256": kept.file.sha256}
        record("version_added", subject=document, effect=effect, by=by, now=now)
    return version


def get_document(document_id: int) -> Document:
    """
    :raise NotFound: if there is none
    """
    try:
        return Document.select(Document, Kind).join(Kind).where(Document.id == document_id).get()
    except Document.DoesNotExist as problem:
        raise NotFound("no_document", _("There is no such document. It may have been typed by hand.")) from problem


def _kind(code: str) -> Kind:
    kind: Kind | None = Kind.get_or_none(Kind.code == code)
    if kind is None:
        known = ", ".join(row.code for row in Kind.select().order_by(Kind.position))
        raise Refusal("unknown_kind", _("There is no kind %(code)s. Known: %(known)s.", code=code, known=known))
    return kind


def _check_number_is_free(card: Card, kind: Kind, *, but: int | None = None) -> None:
    """One number is given once among the kinds that share a name in roadmaps, within a calendar year."""
    key = normalise_number(card.number)
    if not key or card.date is None:
        return
    # Whoever numbers a document of this name queues here: the update locks one row, on both databases.
    first = Kind.select(pw.fn.MIN(Kind.id)).where(Kind.expected == kind.expected)
    Kind.update(position=Kind.position).where(Kind.id == first).execute()
    january, december = dt.date(card.date.year, 1, 1), dt.date(card.date.year, 12, 31)
    clash = (
        Document.select(Document, Kind)
        .join(Kind)
        .where(
            (Document.number_key == key)
            & (Kind.expected == kind.expected)
            & Document.date.between(january, december)
            & (Document.id != (but or 0))
        )
        .first()
    )
    if clash is not None:
        sentence = _(
            "No. %(number)s is taken by a document of %(date)s. Choose another number.",
            number=card.number,
            date=clash.date.strftime("%d.%m.%Y"),
        )
        raise Refusal("number_taken", sentence, document=clash.id, fields={"number": sentence})


def _columns(card: Card, kind: Kind, made: dt.date) -> dict[str, object]:
    number = card.number.strip()
    return {
        "kind": kind,
        "number": number,
        "number_key": normalise_number(number),
        "number_sort": number_sort_key(number),
        "date": card.date,
        "listed_on": card.date or made,
        "title": card.title.strip(),
        "summary": card.summary.strip(),
        "signer": card.signer.strip(),
        "signer_employee": card.signer_id,
        "drafter": card.drafter_id,
        "unit": card.unit_id,
        "preparation": Preparation(card.preparation),
        "search_key": search_key(kind.short, number, card.title, card.summary, card.signer),
    }


def _effect(card: Card) -> dict[str, object]:
    plain = {name: value for name, value in dataclasses.asdict(card).items() if value not in (None, "")}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in plain.items()}


def versions_of(document: Document) -> pw.ModelSelect:
    """Versions with their files, the current one first."""
    return (
        DocumentVersion.select(DocumentVersion, StoredFile)
        .join(StoredFile)
        .where(DocumentVersion.document == document)
        .order_by(DocumentVersion.number.desc())
    )

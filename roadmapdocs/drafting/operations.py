"""Use cases of drafts: begin one, save what was written, see it as a file, make it a version of its document."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import textwrap
from collections.abc import Mapping
from typing import Any

from roadmapdocs.audit.operations import record
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.operations import lock_document, read_document, update_document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.versions import add_version
from roadmapdocs.documents.visibility import require_right
from roadmapdocs.documents.working_copies import card_of
from roadmapdocs.drafting.filling import FROM_CARD, values_of, values_shape
from roadmapdocs.drafting.models import Draft, Rendering
from roadmapdocs.drafting.printing import Printed, printed
from roadmapdocs.drafting.values_json import read_values, write_values
from roadmapdocs.errors import Conflict, NotFound, Refusal
from roadmapdocs.files.store import FileStore
from roadmapdocs.hooks import draft_started
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor

#: Signs of a heading that go into the name of a file.
_NAME = 80


def start_draft(
    document_id: int,
    template: str | None = None,
    content: Mapping[str, Any] | None = None,
    made_from: Mapping[str, Any] | None = None,
    *,
    origin: str = "",
    period: str = "",
    by: Actor,
    now: dt.datetime,
) -> Draft:
    """Begin the draft of a document that has none. Without a template its kind's; without a content, that of the
    document whose working copy it is, else an empty one.

    ``period`` is the key of the period of a roadmap's item for which the document is made.

    :raise NotFound: if there is no such document for this person
    :raise Forbidden: if in its states this is not for them
    :raise Refusal: ``draft_exists``, ``no_template``, ``signed_text``, ``bad_values``
    """
    with transaction():
        document = _changeable(document_id, by)
        if Draft.select().where(Draft.document == document).exists():
            raise Refusal("draft_exists", _("The document has a draft already. Open it."), document=document.id)
        before = Draft.get_or_none(Draft.document == document.working_copy_of_id) if template is None else None
        if before is not None and content is None:
            template, content = before.template, before.content
        template = template or document.kind.template
        draft = Draft.create(
            document=document,
            template=template,
            content=checked_content(template, content or {}),
            made_from=dict(made_from or {}),
            origin=origin,
            changed_by=by.name,
            changed_at=now,
        )
        record("draft_started", subject=document, effect={"template": template, **(made_from or {})}, by=by, now=now)
        draft_started.send(draft, period=period, by=by, now=now)
    return draft


def save_draft(
    document_id: int,
    content: Mapping[str, Any],
    revision: int,
    *,
    title: str | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Draft:
    """Keep what was written over the draft that was read at ``revision``; saving the same again changes nothing.

    What the card says is left out of ``content``; the heading is the card's, so a ``title`` goes there.

    :raise NotFound: if there is no such document for this person, or it has no draft
    :raise Forbidden: if in its states this is not for them
    :raise Conflict: ``stale`` if somebody changed it meanwhile; ``details`` carry who, and the revision to save over
    :raise Refusal: ``bad_values`` naming the place, ``signed_text``, ``card``
    """
    with transaction():
        document = _changeable(document_id, by)
        draft = draft_of(document)
        if draft.revision != revision:
            raise _stale(draft)
        kept = checked_content(draft.template, content)
        if kept != draft.content:
            Draft.update(
                content=kept, revision=Draft.revision + 1, changed_by=by.name, changed_at=now
            ).where(Draft.id == draft.id).execute()
            record("draft_saved", subject=document, effect={"revision": draft.revision + 1}, by=by, now=now)
        if title is not None and title.strip() != document.title:
            _rename(document, title, by=by, now=now, today=today)
    return draft_of(document)


def render_draft(document_id: int, *, by: Actor, today: dt.date) -> bytes:
    """The draft as a Word file, to be looked at: no version is made.

    :raise NotFound: if there is no such document for this person, or it has no draft
    :raise Refusal: as :func:`roadmapdocs.drafting.rendering.render`
    """
    document = read_document(document_id, by=by)
    return printed(document, draft_of(document), today=today).data


def make_version(
    document_id: int,
    comment: str,
    substantial: bool = True,
    *,
    store: FileStore,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> DocumentVersion:
    """Make the draft, printed, the current version of its document; it remembers values and template.

    Printing takes a while, so nothing waits for it: what changed meanwhile is noticed afterwards.

    :raise NotFound: if there is no such document for this person, or it has no draft
    :raise Forbidden: if in its states this is not for them
    :raise Conflict: ``stale`` if the draft was changed while it was printed
    :raise Refusal: ``same_file`` if the current version says just that, ``signed_text``, or as :func:`render_draft`
    """
    document = read_document(document_id, by=by)
    require_right(document, "add_version", by)
    draft = draft_of(document)
    made = printed(document, draft, today=today)
    with transaction():
        document = _changeable(document_id, by, right="add_version")
        if draft_of(document).revision != draft.revision:
            raise _stale(draft_of(document))
        version = add_version(
            document,
            made.data,
            file_name(document),
            store=store,
            comment=comment.strip(),
            edition=_edition(document),
            substantial=substantial,
            by=by,
            now=now,
        )
        _remember(version, draft, made, now)
        effect = {"version": version.number, "template": made.template, "sha256": made.sha256}
        record("draft_rendered", subject=document, effect=effect, by=by, now=now)
    return version


def differs_from_version(document: Document, *, today: dt.date) -> bool:
    """Whether the draft would print something else than the current version was made from, or that was not made here."""
    current = rendering_of(document)
    if current is None:
        return True
    values = write_values(values_of(document, draft_of(document), today=today))
    # A visa is given on the text that is there: it does not make it another one.
    return {**current.values, "visas": None} != {**values, "visas": None}


def rendering_of(document: Document) -> Rendering | None:
    """What the current version was made from; None if that is a file from elsewhere, or there is none."""
    last = DocumentVersion.select().where(DocumentVersion.document == document)
    current = last.order_by(DocumentVersion.number.desc()).first()
    found: Rendering | None = Rendering.get_or_none(Rendering.version == current) if current is not None else None
    return found


def draft_of(document: Document) -> Draft:
    """
    :raise NotFound: ``no_draft``
    """
    draft: Draft | None = Draft.get_or_none(Draft.document == document.id)
    if draft is None:
        raise NotFound("no_draft", _("The document has no draft. Begin one on its card."))
    draft.document = document
    return draft


def checked_content(template: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A content as it is kept: read by its shape, so that nothing is stored that cannot be printed.

    :raise Refusal: ``no_template``, ``bad_values``
    """
    said = {name: one for name, one in content.items() if name not in FROM_CARD}
    return write_values(read_values(values_shape(template), said))


def file_name(document: Document) -> str:
    """«Приказ Об утверждении положения.docx»: what every system takes for a name."""
    title = re.sub(r'[\x00-\x1f\\/:*?"<>|]+', " ", document.title)
    words = title.split() if title.casefold().startswith(document.kind.short.casefold()) else [document.kind.short, *title.split()]
    return textwrap.shorten(" ".join(words), _NAME, placeholder="").rstrip(" .,") + ".docx"


def _changeable(document_id: int, by: Actor, right: str = "change") -> Document:
    lock_document(document_id)
    document = read_document(document_id, by=by)
    require_right(document, right, by)
    if document.preparation == Preparation.SIGNED:
        raise Refusal(
            "signed_text",
            _("The text of a signed document does not change. Make a working copy, or a document that amends it."),
        )
    return document


def _rename(document: Document, title: str, *, by: Actor, now: dt.datetime, today: dt.date) -> None:
    card = dataclasses.replace(card_of(document), title=title)
    update_document(document.id, card, revision=document.revision, by=by, now=now, today=today)


def _edition(document: Document) -> int:
    """The edition of the current version: a draft writes the same one on, as its working copy began it."""
    numbers = DocumentVersion.select(DocumentVersion.edition).where(DocumentVersion.document == document)
    return numbers.order_by(DocumentVersion.number.desc()).limit(1).scalar() or 1


def _remember(version: DocumentVersion, draft: Draft, made: Printed, now: dt.datetime) -> None:
    Rendering.create(
        version=version,
        template=draft.template,
        template_sha256=made.sha256,
        office_template=made.office_template,
        profile=made.profile.code,
        values=write_values(made.values),
        made_at=now,
    )


def _stale(draft: Draft) -> Conflict:
    return Conflict(
        "stale",
        _(
            "While you were writing, %(who)s changed this draft. Your text is kept below: compare and save again.",
            who=draft.changed_by,
        ),
        revision=draft.revision,
        who=draft.changed_by,
    )

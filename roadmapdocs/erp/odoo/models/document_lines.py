"""Lists of records on the card of a document: what they hold, and what commands on them do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import peewee as pw

from roadmapdocs.audit.models import Event
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.rules import State
from roadmapdocs.documents.models import Attachment, Document, DocumentVersion
from roadmapdocs.documents.operations import read_document
from roadmapdocs.erp.odoo.commands import Command, final_ids
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.erp.odoo.fields import Row
from roadmapdocs.erp.odoo.models import attachments as kept
from roadmapdocs.erp.odoo.models import slots
from roadmapdocs.erp.odoo.models.activities import listed as all_waiting
from roadmapdocs.erp.odoo.models.shared import DOCUMENT_MODEL, ids_by_owner
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import ExpectedDocument, Item, current_editions


def items(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """Items of the current editions that each document proves."""
    ids = [row.id for row in rows]
    pairs = (
        Proof.select(Proof.document, ExpectedDocument.item)
        .join(ExpectedDocument)
        .join(Item)
        .where(Proof.document.in_(ids) & Item.edition.in_(current_editions()))
        .order_by(ExpectedDocument.item)
        .distinct()
        .tuples()
    )
    return ids_by_owner(pairs, rows)


def items_searched(_operator: str, value: Any, _env: Env) -> pw.Expression:
    """Documents that prove one of these items; none named: any at all."""
    proving = Proof.select(Proof.document).join(ExpectedDocument).join(Item).where(Item.edition.in_(current_editions()))
    return Document.id.in_(proving if value is None else proving.where(ExpectedDocument.item.in_(value)))


def occurrences(rows: Sequence[Row], env: Env) -> Iterable[object]:
    proved = slots.proved_by({row.id for row in rows}, env)
    return [proved[row.id] for row in rows]


def versions(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """The current version first."""
    ids = [row.id for row in rows]
    found = DocumentVersion.select(DocumentVersion.document, DocumentVersion.id).where(DocumentVersion.document.in_(ids))
    ordered = found.order_by(DocumentVersion.number.desc()).tuples()
    return ids_by_owner(((document, kept.version_id(one)) for document, one in ordered), rows)


def files(rows: Sequence[Row], env: Env) -> Iterable[object]:
    """Versions, and then what is attached."""
    ids = [row.id for row in rows]
    found = Attachment.select(Attachment.document, Attachment.id).where(Attachment.document.in_(ids) & Attachment.removed_at.is_null())
    beside = ids_by_owner(((document, kept.beside_id(one)) for document, one in found.order_by(Attachment.id).tuples()), rows)
    return [[*texts, *others] for texts, others in zip(versions(rows, env), beside, strict=True)]  # type: ignore[misc]  # lists of ids both


def files_searched(_operator: str, value: Any, _env: Env) -> pw.Expression:
    """Documents that have one of these files; none named: any at all."""
    texts = DocumentVersion.select(DocumentVersion.document)
    beside = Attachment.select(Attachment.document).where(Attachment.removed_at.is_null())
    if value is not None:
        texts = texts.where((DocumentVersion.id * 2).in_(value))
        beside = beside.where((Attachment.id * 2 + 1).in_(value))
    return Document.id.in_(texts) | Document.id.in_(beside)


def messages(rows: Sequence[Row], _env: Env) -> Iterable[object]:
    """Entries of the history, the newest first."""
    keys = {f"document:{row.id}": row.id for row in rows}
    found = Event.select(Event.subject, Event.id).where(Event.subject.in_(list(keys))).order_by(Event.id.desc()).tuples()
    return ids_by_owner(((keys[subject], one) for subject, one in found), rows)


def activities(rows: Sequence[Row], env: Env) -> Iterable[object]:
    found = ((one["res_id"], one["id"]) for one in all_waiting(env) if one["res_model"] == DOCUMENT_MODEL)
    return ids_by_owner(found, rows)


def link_items(document_id: int, commands: Sequence[Command], env: Env) -> None:
    """Items of the commands 3, 4, 5 and 6: linked in the one period that fits, taken off in all periods.

    :raise Refusal: ``which_period`` if it does not follow from the item which period the document proves
    """
    (present,) = items([_Known(document_id)], env)
    wanted = final_ids(commands, present)  # type: ignore[arg-type]  # a list of ids
    for item_id in [one for one in present if one not in wanted]:  # type: ignore[attr-defined]  # as above
        for occurrence in slots.of_items([item_id], env)[item_id]:
            slots.unlink(occurrence, document_id, env)
    for item_id in [one for one in wanted if one not in present]:  # type: ignore[operator]  # as above
        slots.link(_fitting(item_id, document_id, env), document_id, env)
    slots.forget(env)


def link_occurrences(document_id: int, commands: Sequence[Command], env: Env) -> None:
    """Periods of the commands 3, 4, 5 and 6."""
    present = slots.proved_by([document_id], env)[document_id]
    wanted = final_ids(commands, present)
    for one in present:
        if one not in wanted:
            slots.unlink(slots.taken(one, env), document_id, env)
    for one in wanted:
        if one not in present:
            slots.link(slots.taken(one, env), document_id, env)
    slots.forget(env)


class _Known:
    """A row of which only the id is asked."""

    def __init__(self, number: int) -> None:
        self.id = number


def _fitting(item_id: int, document_id: int, env: Env) -> slots.Occurrence:
    """The one open period of the item that the document's day and kind fit."""
    document = read_document(document_id, by=env.actor)
    found = slots.of_items([item_id], env)[item_id]
    if not found:
        raise NotFound("no_item", _("The roadmap has no such item, or it expects no document. Look for it in roadmap.plan.item."))
    fitting = [one for one in found if one.covered.state not in (State.PROVED, State.NOT_REQUIRED)]
    for narrower in (
        [one for one in fitting if one.covered.expected.kind == document.kind.expected],
        [one for one in fitting if _within(one, document.date or env.today)],
    ):
        fitting = [one for one in fitting if one in narrower] or fitting
    if len(fitting) != 1:
        item = found[0].item
        raise Refusal(
            "which_period",
            _(
                "Item %(number)s has %(count)s open periods, and it is not clear which one the document proves. "
                "Link it to one of them: occurrence_ids.",
                number=item.number or item.title,
                count=len(fitting),
            ),
        )
    return fitting[0]


def _within(one: slots.Occurrence, day: Any) -> bool:
    slot = one.covered.slot
    return (slot.start is None or slot.start <= day) and (slot.end is None or day <= slot.end)

"""Use cases of coverage: link a document to a period, take the link back, say that none is required.

A link is a person's word: the program suggests, and links only what follows from a person's act (:func:`prove`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from typing import cast

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import record
from roadmapdocs.coverage import models
from roadmapdocs.coverage.editions import continued
from roadmapdocs.coverage.periods import unroll
from roadmapdocs.coverage.plans import load_items
from roadmapdocs.coverage.rules import Slot
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.visibility import may
from roadmapdocs.errors import Forbidden, NotFound, Refusal
from roadmapdocs.hooks import coverage_changed, edition_stored
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, ExpectedDocument, Item
from roadmapdocs.roadmap.operations import confirm_expected


def link(expected_id: int, period: str, document: Document, *, by: Actor, now: dt.datetime) -> models.Proof:
    """Confirm that the document proves the expected document for the period. Linking twice changes nothing.

    A waiver of the period ends: it is proved after all. A document that was only read out of the item's title
    is expected from then on, for all periods.

    :raise Forbidden: if the actor links no documents, or may not read this one
    :raise NotFound: if there is no such expected document or period
    """
    require(by, Action.LINK_DOCUMENT)
    _require_reader(document, by)
    with transaction():
        expected = _slot_exists(expected_id, period)
        proof, created = _get_or_create(expected, period, document, by, now)
        if created:
            _forget_waiver(expected, period)
            if not expected.confirmed:
                confirm_expected(expected, by=by, now=now)
            _journal("document_linked", expected, period, {"document": document.id}, by=by, now=now)
    return proof


def prove(
    expected_id: int, period: str, document: Document, *, rule: str, by: Actor, now: dt.datetime
) -> models.Proof | None:
    """As :func:`link`, by a rule that follows from what this person did: no role is asked for, and the journal has the
    code of the rule. None where somebody said that the period needs no document: a rule does not overrule a person.

    :raise NotFound: if there is no such expected document or period
    """
    with transaction():
        expected = _slot_exists(expected_id, period)
        waived = (models.Waiver.expected == expected) & (models.Waiver.period == period)
        if models.Waiver.select().where(waived).exists():
            return None
        proof, created = _get_or_create(expected, period, document, by, now)
        if created:
            effect: dict[str, object] = {"document": document.id, "rule": rule}
            ExpectedDocument.update(confirmed=True).where(ExpectedDocument.id == expected.id).execute()
            _journal("document_linked", expected, period, effect, by=by, now=now)
    return proof


def disprove(expected_id: int, period: str, document_id: int, *, rule: str, by: Actor, now: dt.datetime) -> bool:
    """Take back what this rule linked (:func:`prove`), because what it followed from does not hold any more.

    False where there is no such link, or a person made it.
    """
    with transaction():
        same = (models.Proof.expected == expected_id) & (models.Proof.period == period)
        proof = models.Proof.get_or_none(same & (models.Proof.document == document_id))
        if proof is None:
            return False
        if not _linked_by(rule, proof):
            return False
        proof.delete_instance()
        _journal("document_unlinked", proof.expected, period, {"document": document_id, "rule": rule}, by=by, now=now)
    return True


def _linked_by(rule: str, proof: models.Proof) -> bool:
    """Whether the journal has the rule. In a new edition the link is a copy: its entry stands at the item of an edition before,
    and is known by the moment that both have.
    """
    items = Item.select(Item.id).join(Edition).where(Edition.roadmap == proof.expected.item.edition.roadmap_id)
    entries = Event.select().where(
        Event.subject.in_([f"item:{number}" for (number,) in items.tuples()])
        & (Event.what == "document_linked")
        & (Event.at == proof.confirmed_at)
    )
    told = {"period": proof.period, "document": proof.document_id}
    ordered = entries.order_by(Event.number.desc())
    linked = next((one for one in ordered if told.items() <= one.effect.items()), None)
    return linked is not None and linked.effect.get("rule") == rule


def _get_or_create(
    expected: ExpectedDocument, period: str, document: Document, by: Actor, now: dt.datetime
) -> tuple[models.Proof, bool]:
    proof, created = models.Proof.get_or_create(
        expected=expected,
        period=period,
        document=document,
        defaults={"confirmed_by": by.name, "confirmed_at": now},
    )
    return cast(models.Proof, proof), created


def unlink(proof_id: int, *, by: Actor, now: dt.datetime) -> models.Proof:
    """Take a link back; the row is given, so that the act can be undone by linking again.

    :raise Forbidden: if the actor links no documents, or may not read the linked one
    :raise NotFound: if somebody took it back already
    """
    require(by, Action.LINK_DOCUMENT)
    with transaction():
        proof: models.Proof | None = (
            models.Proof.select(models.Proof, ExpectedDocument, Item, Document)
            .join(ExpectedDocument)
            .join(Item)
            .join_from(models.Proof, Document)
            .where(models.Proof.id == proof_id)
            .first()
        )
        if proof is None:
            raise NotFound("no_proof", _("This link is gone already. Reload the page to see how things stand."))
        _require_reader(proof.document, by)
        models.Proof.delete().where(models.Proof.id == proof_id).execute()
        _journal("document_unlinked", proof.expected, proof.period, {"document": proof.document_id}, by=by, now=now)
    return proof


def _require_reader(document: Document, by: Actor) -> None:
    """What proves a period is judged by those who can read it."""
    if not may(document, "read", by):
        raise Forbidden("forbidden", _("This document is not open to you. Whoever may read it links it and takes links back."))


def waive(expected_id: int, period: str, reason: str, *, by: Actor, now: dt.datetime) -> None:
    """Say that the period needs no document (не требуется), and why.

    :raise Refusal: ``no_reason``
    """
    require(by, Action.LINK_DOCUMENT)
    reason = reason.strip()
    if not reason:
        raise Refusal("no_reason", _("Write why no document is required: the reason is shown to everybody."))
    with transaction():
        expected = _slot_exists(expected_id, period)
        _forget_waiver(expected, period)
        models.Waiver.create(expected=expected, period=period, reason=reason, waived_by=by.name, waived_at=now)
        _journal("period_waived", expected, period, {"reason": reason}, by=by, now=now)


def unwaive(expected_id: int, period: str, reason: str = "", *, by: Actor, now: dt.datetime) -> None:
    """The period needs its document again; ``reason`` is for the journal. Doing it twice changes nothing."""
    require(by, Action.LINK_DOCUMENT)
    with transaction():
        expected = _slot_exists(expected_id, period)
        if _forget_waiver(expected, period):
            _journal("waiver_ended", expected, period, {"reason": reason.strip()}, by=by, now=now)


def reject_expected(expected_id: int, *, by: Actor, now: dt.datetime) -> ExpectedDocument:
    """Drop a document that was only read out of an item's title; the row is given, so that it can be added again.

    :raise NotFound: if it is gone already
    :raise Refusal: ``not_inferred`` if the roadmap itself or a person expects it; ``linked`` if a document proves it
    """
    require(by, Action.LINK_DOCUMENT)
    with transaction():
        expected = _get_expected(expected_id)
        if not expected.inferred or expected.confirmed:
            raise Refusal(
                "not_inferred",
                _("The roadmap expects this document. Mark the periods that need none as not required."),
            )
        if models.Proof.select().where(models.Proof.expected == expected).exists():
            raise Refusal("linked", _("A document is linked to it. Take the link back first."))
        ExpectedDocument.delete().where(ExpectedDocument.id == expected_id).execute()
        effect = {"title": expected.title, "kind": expected.kind}
        record("expected_rejected", subject=expected.item, effect=effect, by=by, now=now)
        coverage_changed.send(expected, by=by)
    return expected


def _get_expected(expected_id: int) -> ExpectedDocument:
    found: ExpectedDocument | None = (
        ExpectedDocument.select(ExpectedDocument, Item).join(Item).where(ExpectedDocument.id == expected_id).first()
    )
    if found is None:
        raise NotFound(
            "no_expected", _("The item expects no such document any more. Reload the page: it may have changed.")
        )
    return found


def _slot_exists(expected_id: int, period: str) -> ExpectedDocument:
    expected = _get_expected(expected_id)
    if period not in {slot.key for slot in slots_of(expected)}:
        raise NotFound(
            "no_period", _("The roadmap has no such expected document in this period. Reload the page: it may have changed.")
        )
    return expected


def slots_of(expected: ExpectedDocument) -> list[Slot]:
    """The periods in which one expected document is wanted."""
    (loaded,) = load_items(Item.id == expected.item_id)
    return [slot for slot in unroll(loaded.plan) if slot.expected == expected.id]


def _forget_waiver(expected: ExpectedDocument, period: str) -> bool:
    ended = models.Waiver.delete().where((models.Waiver.expected == expected) & (models.Waiver.period == period))
    return bool(ended.execute())


def _journal(
    what: str, expected: ExpectedDocument, period: str, effect: dict[str, object], *, by: Actor, now: dt.datetime
) -> None:
    told = {"expected": expected.title, "period": period, **effect}
    record(what, subject=expected.item, effect=told, by=by, now=now)
    coverage_changed.send(expected, by=by)


@edition_stored.connect
def carry_over(edition: Edition, *, previous: Edition | None) -> int:
    """Take links and waivers of the edition before along to the items that are still the same; give how many.

    What is the same is said by :func:`roadmapdocs.coverage.editions.continued`. What finds no place stays with the
    old edition, which is kept.
    """
    if previous is None:
        return 0
    going_on = continued(previous, edition)
    stored = [_by_expected(model, previous) for model in (models.Proof, models.Waiver)]
    carried = 0
    for source, target in going_on.pairs():
        for rows in stored:
            carried += _copy(rows.get(source.id, []), target, going_on.periods.get(target.id, frozenset()))
        if source.confirmed and not target.confirmed:
            ExpectedDocument.update(confirmed=True).where(ExpectedDocument.id == target.id).execute()
    return carried


def _by_expected(model: type[pw.Model], edition: Edition) -> dict[int, list[pw.Model]]:
    found: dict[int, list[pw.Model]] = {}
    for row in model.select().join(ExpectedDocument).join(Item).where(Item.edition == edition).order_by(model.id):
        found.setdefault(row.expected_id, []).append(row)
    return found


def _copy(rows: list[pw.Model], target: ExpectedDocument, periods: AbstractSet[str]) -> int:
    """Rows of a slot's table again, for the expected document of the new edition."""
    copied = 0
    for row in rows:
        if row.period in periods:
            names = [name for name in row._meta.fields if name not in {"id", "expected"}]
            type(row).create(expected=target, **{name: row.__data__[name] for name in names})
            copied += 1
    return copied

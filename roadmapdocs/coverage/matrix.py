"""Reading coverage out of the database: every question here costs a fixed number of queries.

One roadmap or fifty: the rows of all asked editions are fetched table by table and joined in memory, so the
number of queries never grows with items, periods or documents.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import peewee as pw

from roadmapdocs.access.rules import Audience
from roadmapdocs.audit.operations import changes_hash
from roadmapdocs.audit.rules import FIRST_HASH
from roadmapdocs.coverage.models import Proof as ProofRow
from roadmapdocs.coverage.models import Waiver
from roadmapdocs.coverage.periods import unroll
from roadmapdocs.coverage.plans import LoadedItem, as_date, load_items, raw
from roadmapdocs.coverage.rules import PROOF_RULES, Expected, Proof, Slot, State, proves, state
from roadmapdocs.coverage.totals import Row, Totals, totals
from roadmapdocs.db import database
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, Registration
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import (
    Edition,
    ExpectedDocument,
    Item,
    Responsible,
    Roadmap,
    Section,
    current_editions,
)


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document that somebody linked to a period; ``proof`` is the id of the link.

    Coverage is shared by everybody, so each document in it says who may read it: see
    :class:`roadmapdocs.coverage.reader.Reader`.
    """

    proof: int
    id: int
    kind: str
    number: str
    date: dt.date | None
    title: str
    preparation: Preparation
    registration: Registration
    audience: Audience
    counts: bool = True

    @property
    def finished(self) -> bool:
        """Signed, its registration not annulled, and no rule against it: what is annulled proves nothing."""
        signed = self.preparation is Preparation.SIGNED and self.registration is not Registration.ANNULLED
        return signed and self.counts

    def hidden(self) -> LinkedDocument:
        """For those who may not read it: that there is one, and whether it is finished, but not which. Its id is 0."""
        kind = _("document with restricted access")
        return replace(self, id=0, kind=kind, number="", date=None, title="")


class CoveredSlot(NamedTuple):
    """One expected document in one period, with what is linked to it and how it stands."""

    slot: Slot
    expected: Expected
    state: State
    documents: tuple[LinkedDocument, ...]
    waiver: str | None


# Roadmaps that people look at in turn, and the list of all; some megabytes at the most.
_REMEMBERED = 12


@dataclass(frozen=True, slots=True)
class CoveredItem:
    item: LoadedItem
    slots: tuple[CoveredSlot, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    id: int
    parent: int | None
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class RoadmapCoverage:
    """Items in the order of the file. The sections of ``totals`` are keyed by the id of the section."""

    edition: int
    sections: tuple[SectionRow, ...]
    items: tuple[CoveredItem, ...]
    totals: Totals


def coverage_of(edition: Edition, *, today: dt.date) -> RoadmapCoverage:
    return coverage_of_editions([edition.id], today=today)[edition.id]


def coverage_of_office(*, today: dt.date) -> dict[int, RoadmapCoverage]:
    """Coverage of the current editions of all roadmaps, by edition id."""
    ids = [row.id for row in current_editions()]
    return coverage_of_editions(ids, today=today) if ids else {}


def coverage_of_editions(editions: Sequence[int], *, today: dt.date) -> dict[int, RoadmapCoverage]:
    """Coverage of several editions at once, by edition id. What is given is shared: nobody changes it.

    Whatever changes coverage writes the journal, so the hash of its last entry names the state of all of it:
    what was computed under this hash holds until somebody does something, in whichever process. An empty
    journal names nothing.
    """
    head = changes_hash()
    if head == FIRST_HASH:
        return _computed(editions, today)
    return _remembered(tuple(editions), today, (str(database.obj.database), head))


@lru_cache(maxsize=_REMEMBERED)
def _remembered(editions: tuple[int, ...], today: dt.date, _state: tuple[str, str]) -> dict[int, RoadmapCoverage]:
    return _computed(editions, today)


def forget() -> None:
    """Drop what is remembered: for measuring, and after rows were written past the operations."""
    _remembered.cache_clear()


def _computed(editions: Sequence[int], today: dt.date) -> dict[int, RoadmapCoverage]:
    sections: dict[int, list[SectionRow]] = defaultdict(list)
    rows = Section.select().where(Section.edition.in_(editions)).order_by(Section.position)
    for row in rows.namedtuples():
        sections[row.edition].append(SectionRow(row.id, row.parent, row.number, row.title))
    items: dict[int, list[CoveredItem]] = defaultdict(list)
    for covered in _covered(Item.edition.in_(editions), today):
        items[covered.item.edition].append(covered)
    return {
        edition: RoadmapCoverage(
            edition, tuple(sections[edition]), tuple(items[edition]), totals(_rows(items[edition]), today)
        )
        for edition in editions
    }


def coverage_of_item(item_id: int, *, today: dt.date) -> CoveredItem | None:
    """One item as it stands; None if there is none."""
    return next(iter(_covered(Item.id == item_id, today)), None)


def answered_by(units: Set[int], employee: int | None, *, today: dt.date) -> list[CoveredItem]:
    """Items of all current editions for which one of these units or this employee answers."""
    theirs = Responsible.select(Responsible.item).where(
        Responsible.unit.in_(list(units)) | (Responsible.employee == (employee or 0))
    )
    # Most who look at their worklist answer for nothing: one small question spares them nine large ones.
    if not theirs.exists():
        return []
    return _covered(Item.id.in_(theirs) & Item.edition.in_(current_editions()), today)


def _covered(asked: pw.Expression, today: dt.date) -> list[CoveredItem]:
    proofs, waivers = _proofs(asked), _waivers(asked)
    return [_cover(item, proofs, waivers, today) for item in load_items(asked)]


_SlotKey = tuple[int, str]
_NOTHING: list[LinkedDocument] = []


def _cover(
    item: LoadedItem,
    proofs: Mapping[_SlotKey, list[LinkedDocument]],
    waivers: Mapping[_SlotKey, str],
    today: dt.date,
) -> CoveredItem:
    by_id = {expected.id: expected for expected in item.plan.expected}
    covered = []
    for slot in unroll(item.plan):
        key = (slot.expected, slot.key)
        linked, waiver = proofs.get(key, _NOTHING), waivers.get(key)
        if PROOF_RULES and linked:
            expected = by_id[slot.expected]
            linked = [one if proves(expected, slot, one) else replace(one, counts=False) for one in linked]
        given = [Proof(document.id, document.finished, document.date) for document in linked] if linked else ()
        stands = state(slot, given, waiver is not None, today)
        covered.append(CoveredSlot(slot, by_id[slot.expected], stands, tuple(linked), waiver))
    return CoveredItem(item, tuple(covered))


def _rows(items: Iterable[CoveredItem]) -> list[Row]:
    return [Row(one.slot, one.state, item.item.section, item.item.id) for item in items for one in item.slots]


def _proofs(asked: pw.Expression) -> dict[_SlotKey, list[LinkedDocument]]:
    rows = (
        ProofRow.select(
            ProofRow.expected,
            ProofRow.period,
            ProofRow.id.alias("proof"),
            Document.id,
            Kind.short.alias("kind"),
            Document.number,
            Document.date,
            Document.title,
            Document.preparation,
            Document.registration,
            Document.readers,
            Document.drafter,
            Document.signer_employee,
            Document.unit,
            Document.organisation,
        )
        .join(Document)
        .join(Kind)
        .switch(ProofRow)
        .join(ExpectedDocument)
        .join(Item)
        .where(asked)
        .order_by(Document.date, Document.id)
    )
    found: dict[_SlotKey, list[LinkedDocument]] = defaultdict(list)
    for expected, period, proof, id_, kind, number, date, title, preparation, registration, *audience in raw(rows):
        states = Preparation(preparation), Registration(registration)
        linked = LinkedDocument(proof, id_, kind, number, as_date(date), title, *states, Audience(*audience))
        found[expected, period].append(linked)
    return found


def _waivers(asked: pw.Expression) -> dict[_SlotKey, str]:
    rows = (
        Waiver.select(Waiver.expected, Waiver.period, Waiver.reason)
        .join(ExpectedDocument)
        .join(Item)
        .where(asked)
        .tuples()
    )
    return {(expected, period): reason for expected, period, reason in rows}


@dataclass(frozen=True, slots=True)
class DocumentedSlot:
    """A slot that a document is linked to, with the way to its page."""

    roadmap_id: int
    roadmap_title: str
    item: LoadedItem
    covered: CoveredSlot


def documented_slots(document: Document, *, today: dt.date) -> list[DocumentedSlot]:
    """What a document proves in the current editions, in a number of queries that does not grow with it."""
    linked = (
        Item.select(Item.id, Roadmap.id, Roadmap.title)
        .join(Edition)
        .join(Roadmap)
        .switch(Item)
        .join(ExpectedDocument)
        .join(ProofRow)
        .where((ProofRow.document == document) & Item.edition.in_(current_editions()))
        .distinct()
        .tuples()
    )
    roadmaps = {item: (roadmap, title) for item, roadmap, title in linked}
    if not roadmaps:
        return []
    return [
        DocumentedSlot(*roadmaps[covered.item.id], covered.item, slot)
        for covered in _covered(Item.id.in_(list(roadmaps)), today)
        for slot in covered.slots
        if any(one.id == document.id for one in slot.documents)
    ]

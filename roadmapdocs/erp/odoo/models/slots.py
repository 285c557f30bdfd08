"""Occurrences: what roadmaps expect, one by one, an item × a period × a document, as coverage computes them.

They are computed of the terms and have no table. Their ids are made of the id of the expected document and the
place of the period among its periods, so that they last as long as the edition of the roadmap.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.coverage import operations
from roadmapdocs.coverage.matrix import CoveredSlot, RoadmapCoverage, coverage_of_office
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.phrases import period_words
from roadmapdocs.coverage.plans import LoadedItem
from roadmapdocs.coverage.reader import Reader
from roadmapdocs.documents.operations import read_document
from roadmapdocs.erp.odoo.context import Env
from roadmapdocs.errors import NotFound
from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.models import Edition

#: More periods than any document is expected in: months of three centuries.
STRIDE: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Occurrence(Mapping[str, Any]):
    """One of them as a mapping of names of fields, each computed when it is asked for."""

    id: int
    plan: int
    item: LoadedItem
    covered: CoveredSlot
    reader: Reader

    def __getitem__(self, name: str) -> Any:
        return _VALUES[name](self)

    def __iter__(self) -> Iterator[str]:
        return iter(_VALUES)

    def __len__(self) -> int:
        return len(_VALUES)

    def __contains__(self, name: object) -> bool:
        return name in _VALUES

    @property
    def documents(self) -> list[int]:
        """Ids of the linked documents that the reader may read."""
        return [one.id for one in self.covered.documents if self.reader.may_read(one)]


def _title(one: Occurrence) -> str:
    return f"{one.item.number} {one.covered.expected.title}: {period_words(one.covered.slot)}".strip()


_VALUES: Final[dict[str, Callable[[Occurrence], Any]]] = {
    "id": lambda one: one.id,
    "display_name": _title,
    "name": lambda one: one.covered.expected.title,
    "plan_id": lambda one: one.plan,
    "section_id": lambda one: one.item.section,
    "item_id": lambda one: one.item.id,
    "kind": lambda one: one.covered.expected.kind,
    "period": lambda one: period_words(one.covered.slot),
    "period_key": lambda one: one.covered.slot.key,
    "year": lambda one: one.covered.slot.year,
    "date_start": lambda one: one.covered.slot.start,
    "date_end": lambda one: one.covered.slot.end,
    "date_deadline": lambda one: one.covered.slot.due,
    "quantity": lambda one: one.covered.slot.quantity,
    "state": lambda one: one.covered.state.value,
    "suggested": lambda one: one.covered.slot.suggested,
    "waiver": lambda one: one.covered.waiver or "",
    "responsible": lambda one: ", ".join(one.item.responsibles) or one.item.responsible_text,
    "document_ids": lambda one: one.documents,
    "document_count": lambda one: len(one.covered.documents),
}


def coverage(env: Env) -> dict[int, RoadmapCoverage]:
    """Coverage of all roadmaps by the id of the roadmap, looked up once a call."""
    if "coverage" not in env.kept:
        found = coverage_of_office(today=env.today)
        pairs = Edition.select(Edition.id, Edition.roadmap).where(Edition.id.in_(list(found))).tuples() if found else ()
        env.kept["coverage"] = {roadmap: found[edition] for edition, roadmap in pairs}
    known: dict[int, RoadmapCoverage] = env.kept["coverage"]
    return known


def listed(env: Env) -> Sequence[Occurrence]:
    """All occurrences of the current editions, in the order of roadmaps, items, documents and time."""
    if "occurrences" not in env.kept:
        reader = Reader(env.actor)
        env.kept["occurrences"] = [one for plan, found in sorted(coverage(env).items()) for one in _of_plan(plan, found, reader)]
    made: list[Occurrence] = env.kept["occurrences"]
    return made


def _of_plan(plan: int, found: RoadmapCoverage, reader: Reader) -> Iterator[Occurrence]:
    for item in found.items:
        places: dict[int, int] = {}
        for covered in item.slots:
            expected = covered.slot.expected
            places[expected] = place = places.get(expected, -1) + 1
            yield Occurrence(expected * STRIDE + place, plan, item.item, covered, reader)


def of_items(ids: Collection[int], env: Env) -> dict[int, list[Occurrence]]:
    """Occurrences by item."""
    found: dict[int, list[Occurrence]] = {one: [] for one in ids}
    for occurrence in listed(env):
        if occurrence.item.id in found:
            found[occurrence.item.id].append(occurrence)
    return found


def proved_by(ids: Collection[int], env: Env) -> dict[int, list[int]]:
    """Ids of the occurrences that documents are linked to, by document."""
    found: dict[int, list[int]] = {one: [] for one in ids}
    for occurrence in listed(env):
        for document in occurrence.covered.documents:
            if document.id in found:
                found[document.id].append(occurrence.id)
    return found


def taken(occurrence_id: int, env: Env) -> Occurrence:
    """
    :raise NotFound: ``no_occurrence``
    """
    if "occurrence_by_id" not in env.kept:
        env.kept["occurrence_by_id"] = {one.id: one for one in listed(env)}
    found: Occurrence | None = env.kept["occurrence_by_id"].get(occurrence_id)
    if found is None:
        raise NotFound("no_occurrence", _("The roadmap has no such expected document in this period. Read them anew."))
    return found


def link(occurrence: Occurrence, document_id: int, env: Env) -> None:
    document = read_document(document_id, by=env.actor)
    operations.link(occurrence.covered.slot.expected, occurrence.covered.slot.key, document, by=env.actor, now=env.now)


def unlink(occurrence: Occurrence, document_id: int, env: Env) -> None:
    """Take the link back, where there is one."""
    slot = occurrence.covered.slot
    same = (Proof.expected == slot.expected) & (Proof.period == slot.key) & (Proof.document == document_id)
    proof = Proof.get_or_none(same)
    if proof is not None:
        operations.unlink(proof.id, by=env.actor, now=env.now)


def forget(env: Env) -> None:
    """What was computed in this call is old: links were changed."""
    env.kept.pop("coverage", None)
    env.kept.pop("occurrences", None)
    env.kept.pop("occurrence_by_id", None)
    env.kept.pop(("listed", "roadmap.occurrence"), None)

"""The exact marks of a document, as :mod:`roadmapdocs.search.tags` writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from roadmapdocs.documents.links.force_rules import Binding, Facts, legal_force
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Force
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search import tags
from roadmapdocs.search.tags import tag

#: What a badge of force says on a day, in the states of the line of force. What is yet to come has no force.
FORCE_OF: Final = {
    Binding.NONE: Force.NOT_IN_FORCE,
    Binding.COMING: Force.NOT_IN_FORCE,
    Binding.IN_FORCE: Force.IN_FORCE,
    Binding.AMENDED: Force.AMENDED,
    Binding.SUSPENDED: Force.SUSPENDED,
    Binding.ENDED: Force.ENDED,
}


@dataclass(frozen=True, slots=True)
class LinkedItem:
    """An item of a current edition that a document proves."""

    number: str
    title: str
    section: int | None
    roadmap: int


def document_tags(
    row: Document, facts: Facts, *, handed: Collection[int], items: Collection[LinkedItem], today: dt.date
) -> frozenset[str]:
    """All but those of number and people, which analysis makes. ``handed`` are ids of employees."""
    kind = row.kind
    found = {
        tag("type", "document"),
        tag(tags.KIND, kind.code),
        tag("expected", kind.expected.lower().replace("ё", "е")),
        tag(tags.STATE, row.preparation),
        tag("registration", row.registration),
        tag("mark", row.mark),
        tag(tags.FORCE, FORCE_OF[legal_force(facts, today).binding]),
    }
    if row.date:
        found |= tags.day_tags(row.date)
    if row.unit_id:
        found.add(tag(tags.UNIT, row.unit_id))
    if row.case_id:
        found.add(tag("case", fold_word(row.case.case_index)))
    if row.signer_employee_id or row.signer:
        found.add(tag(tags.SIGNER, row.signer_employee_id or signer_value(row.signer)))
    for since, until in force_spans(facts):
        found |= tags.span_tags(since, until)
    return frozenset(found).union(_item_tags(items), _readers(row, handed))


def signer_value(name: str) -> str:
    """The value of a signer who is nobody of ours: the name as it was written, folded."""
    return " ".join(fold_word(part) for part in name.split())


def _item_tags(items: Collection[LinkedItem]) -> Iterator[str]:
    for item in items:
        yield tag("item", item.number.rstrip("."))
        yield tag("roadmap", item.roadmap)
        if item.section is not None:
            yield tag(tags.SECTION, item.section)


def _readers(row: Document, handed: Collection[int]) -> frozenset[str]:
    return tags.readers_tags(
        row.readers,
        drafter=row.drafter_id,
        signer=row.signer_employee_id,
        unit=row.unit_id,
        handed=handed,
        kind=row.kind.code,
        organisation=row.organisation_id,
    )


def force_spans(facts: Facts) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The days on which :func:`roadmapdocs.documents.links.force_rules.legal_force` says that it binds, as spans from a
    day until the day before another."""
    never = facts.annulled or facts.state is Force.NOT_IN_FORCE or (facts.state is Force.ENDED and facts.until is None)
    if never or facts.since is None:
        return
    since, end = facts.since, facts.until or dt.date.max
    for first, after in sorted(facts.suspensions, key=lambda one: (one[0], one[1] or dt.date.max)):
        if since < min(first, end):
            yield since, min(first, end)
        since = max(since, after or dt.date.max)
    if since < end:
        yield since, facts.until

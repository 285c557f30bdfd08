"""Documents that may prove a slot: fetched in bounded numbers, ranked by rule, with the reasons in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.access.rules import Audience
from roadmapdocs.coverage.matrix import CoveredSlot, LinkedDocument
from roadmapdocs.coverage.plans import LoadedItem
from roadmapdocs.coverage.suggestions import Candidate, Strength, Suggestion, rank
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, Registration, search_key
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.people.rules import Actor

#: As many documents are looked at for one slot: the newest of the kind, and the newest of the time.
MOST_LOOKED_AT = 1_000
MOST_FOUND = 20
_MOST_WORDS = 8
_A_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Reason:
    """For (``good``) or against, in a few words."""

    good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """``strength`` is 3 (good match), 2 (possible) or 1 (weak)."""

    document: LinkedDocument
    strength: int
    reasons: list[Reason]


def suggested(item: LoadedItem, covered: CoveredSlot, reader: Actor) -> list[Suggested]:
    """The best documents for the slot that the reader may read, best first, without those linked to it already."""
    expected, slot = covered.expected, covered.slot
    near = _near(slot.start, slot.end)
    of_kind = Kind.expected == expected.kind
    rows = {row.id: row for row in _fetch(of_kind if near is None else of_kind & near, reader, MOST_LOOKED_AT)}
    if near is not None:
        rows |= {row.id: row for row in _fetch(near, reader, MOST_LOOKED_AT)}
    return _ranked(item, covered, rows, 10)


def found_by_words(item: LoadedItem, covered: CoveredSlot, reader: Actor, words: str) -> list[Suggested]:
    """Newest documents open to the reader that have all the words; those that fit the slot stand first, with their reasons."""
    folded = search_key(words[:200]).split()[:_MOST_WORDS]
    asked = Document.id > 0
    for word in folded:
        asked &= Document.search_key.contains(word)
    rows = {row.id: row for row in _fetch(asked, reader, MOST_FOUND)} if folded else {}
    fitting = _ranked(item, covered, rows, MOST_FOUND)
    known = {one.document.id for one in fitting} | {document.id for document in covered.documents}
    others = [Suggested(_document(row), int(Strength.WEAK), []) for row in rows.values() if row.id not in known]
    return fitting + others


def _near(start: dt.date | None, end: dt.date | None) -> pw.Expression | None:
    """A year before the period to a year after it; None for a slot without dates."""
    first, last = start or end, end or start
    if first is None or last is None:
        return None
    earliest = first - _A_YEAR if first.year > 1 else first
    latest = last + _A_YEAR if last.year < dt.MAXYEAR else last
    return Document.date.between(earliest, latest)


def _fetch(asked: pw.Expression, reader: Actor, limit: int) -> Iterable[Any]:
    """Cards of documents that can prove anything: not withdrawn, not annulled."""
    live = (Document.preparation != Preparation.WITHDRAWN) & (Document.registration != Registration.ANNULLED)
    signer, drafter = Employee.alias(), Employee.alias()
    return (
        Document.select(
            Document.id,
            Kind.expected.alias("expected"),
            Kind.short.alias("kind"),
            Document.number,
            Document.date,
            Document.title,
            Document.preparation,
            Document.registration,
            Document.readers,
            Document.drafter.alias("drafter_id"),
            Document.signer_employee.alias("signer_id"),
            Document.unit.alias("unit_id"),
            Document.organisation.alias("organisation_id"),
            Document.signer,
            *(column.alias(name) for name, column in _people(signer, "signer") + _people(drafter, "drafter")),
            Unit.name.alias("unit_name"),
            Unit.abbreviation.alias("unit_abbreviation"),
        )
        .join(Kind)
        .switch(Document)
        .join(Unit, pw.JOIN.LEFT_OUTER)
        .join_from(Document, signer, pw.JOIN.LEFT_OUTER, on=Document.signer_employee == signer.id)
        .join_from(Document, drafter, pw.JOIN.LEFT_OUTER, on=Document.drafter == drafter.id)
        .where(asked & live & visible_to(reader))
        .order_by(Document.date.desc(), Document.id.desc())
        .limit(limit)
        .namedtuples()
    )


def _people(employee: Any, name: str) -> list[tuple[str, Any]]:
    return [(f"{name}_{part}", getattr(employee, part)) for part in ("surname", "name", "patronymic")]


def _ranked(item: LoadedItem, covered: CoveredSlot, rows: dict[int, Any], limit: int) -> list[Suggested]:
    linked = {document.id for document in covered.documents}
    candidates = [_candidate(row) for row in rows.values() if row.id not in linked]
    found = rank(covered.expected, covered.slot, item.title, item.responsibles, candidates, limit=limit)
    return [Suggested(_document(rows[one.document]), int(one.strength), _reasons(one)) for one in found]


def _candidate(row: Any) -> Candidate:
    people = [
        Employee(surname=surname, name=name, patronymic=patronymic)
        for surname, name, patronymic in (
            (row.signer_surname, row.signer_name, row.signer_patronymic),
            (row.drafter_surname, row.drafter_name, row.drafter_patronymic),
        )
        if surname
    ]
    names = (row.signer, *map(str, people), row.unit_name, row.unit_abbreviation)
    return Candidate(row.id, row.expected, row.title, row.date, tuple(name for name in names if name))


def _document(row: Any) -> LinkedDocument:
    states = Preparation(row.preparation), Registration(row.registration)
    audience = Audience(row.readers, row.drafter_id, row.signer_id, row.unit_id, row.organisation_id)
    return LinkedDocument(0, row.id, row.kind, row.number, row.date, row.title, *states, audience)


def _reasons(found: Suggestion) -> list[Reason]:
    reasons = []
    if found.kind_same:
        reasons.append(Reason(True, _("same kind")))
    if found.words:
        words = ", ".join(word.lower() for word in found.words[:4])
        reasons.append(Reason(True, ngettext("word: %(words)s", "words: %(words)s", len(found.words), words=words)))
    if found.responsible:
        reasons.append(Reason(True, _("by %(name)s", name=", ".join(found.responsible))))
    if found.in_period:
        reasons.append(Reason(True, _("in the period")))
    if found.days_late is not None:
        text = ngettext("%(num)s day after the term", "%(num)s days after the term", found.days_late)
        reasons.append(Reason(False, text))
    if found.other_period:
        reasons.append(Reason(False, _("another period")))
    if found.kind_other:
        reasons.append(Reason(False, _("another kind")))
    return reasons

"""Each condition of a list as a condition of a query."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import peewee as pw

from roadmapdocs.cases.models import Case
from roadmapdocs.cases.rules import index_key
from roadmapdocs.coverage.models import Proof
from roadmapdocs.documents.links.force import in_force_on
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, Registration, search_key
from roadmapdocs.people.rules import Actor
from roadmapdocs.registration.models import Entry, Journal
from roadmapdocs.registration.rules import Reset
from roadmapdocs.web.lists.conditions import UNSIGNED, Conditions
from roadmapdocs.workflow.rules import Line

_BEFORE_SIGNING: Final = ("draft", "in_approval", "rework", "agreed", "in_signing")
_CONTROLLED: Final = ("on", "awaiting_removal")


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks at the list, and on which day."""

    actor: Actor
    today: dt.date


def clauses(conditions: Conditions, asking: Asking) -> list[pw.Expression]:
    """Rights are no matter of conditions: :func:`roadmapdocs.documents.visibility.visible_to` goes before these."""
    found = [*_of_card(conditions), *_of_states(conditions, asking), *_of_people(conditions, asking)]
    if conditions.sort == "registered":
        found.append(Document.registered_on.is_null(False))
    if conditions.unlinked:
        found.append(~pw.fn.EXISTS(Proof.select(pw.SQL("1")).where(Proof.document == Document.id)))
    day = conditions.day_of_force(asking.today)
    if day is not None:
        found.append(in_force_on(day))
    for word in search_key(conditions.q.replace("№", " ")).split():
        found.append(Document.search_key.contains(word))
    return found


def _of_card(conditions: Conditions) -> list[pw.Expression]:
    found: list[pw.Expression] = []
    if conditions.kind:
        found.append(Document.kind.in_(_kinds(Kind.expected == conditions.kind)))
    if conditions.only:
        found.append(Document.kind.in_(_kinds(Kind.code == conditions.only)))
    if conditions.year:
        found.append(_of_year(conditions.year, conditions.journal))
    if conditions.mark:
        found.append(Document.mark == conditions.mark)
    if conditions.case:
        found.append(Document.case == conditions.case)
    if conditions.index:
        key = index_key(conditions.index)
        found.append(Document.case.in_(Case.select(Case.id).where(Case.index_key == key)))
    return found


def _of_year(year: int, journal_id: int | None) -> pw.Expression:
    """The documents of a year; in a journal that counts by years, its numbers of that year."""
    journal = Journal.get_or_none(Journal.id == journal_id) if journal_id else None
    if journal is not None and journal.reset == Reset.YEAR:
        return Entry.period == str(year)
    return Document.listed_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _of_states(conditions: Conditions, asking: Asking) -> list[pw.Expression]:
    found: list[pw.Expression] = []
    for line in Line:
        state = getattr(conditions, line.value)
        if state == UNSIGNED:
            found.append(Document.preparation.in_(_BEFORE_SIGNING))
        elif state:
            found.append(getattr(Document, line.value) == state)
    if conditions.to_register:
        found += [
            Document.registration == Registration.UNREGISTERED,
            Document.preparation == Preparation.SIGNED,
        ]
        # Asked this way round, the few that are not registered are looked through, and not all of these kinds.
        if without := _kinds(Kind.own_number == False):  # noqa: E712 - a column
            found.append(Document.kind.not_in(without))
    if conditions.overdue:
        found += [Document.control.in_(_CONTROLLED), Document.control_due < asking.today]
    return found


def _of_people(conditions: Conditions, asking: Asking) -> list[pw.Expression]:
    found: list[pw.Expression] = []
    if conditions.mine:
        found.append(Document.drafter == (asking.actor.employee_id or 0))
    if conditions.signer:
        found.append(Document.signer_employee == conditions.signer)
    if conditions.unit:
        found.append(Document.unit == conditions.unit)
    if conditions.organisation:
        found.append(Document.organisation == conditions.organisation)
    return found


def _kinds(where: pw.Expression) -> list[int]:
    return [id_ for (id_,) in Kind.select(Kind.id).where(where).tuples()]

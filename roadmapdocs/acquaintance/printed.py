"""The sheet of acquaintance as it is printed: № · должность · Ф.И.О. · дата · подпись."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.acquaintance.lists import ON_LIST, latest_sheets
from roadmapdocs.acquaintance.models import Acquaintance
from roadmapdocs.approvals.models import SignatureRule
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.people.models import Employee, Unit


@dataclass(frozen=True, slots=True)
class AcquaintedLine:
    """A line of the printed sheet; ``state`` and ``way`` as columns have them, ``way`` empty without a confirmation.

    ``day`` is that of the signature or the refusal, ``at`` the moment when it was given or entered here. ``rule`` is
    the office's rule on simple signatures in Russian words («приказ № 5 от 02.02.2026»), for a confirmation given here.
    ``stands_in_for`` is the absent person's name, or empty.
    """

    number: int
    acquaintance_id: int
    post: str
    name: str
    unit: str
    state: str
    way: str
    day: dt.date | None
    at: dt.datetime | None
    rule: str
    comment: str
    stands_in_for: str


def acquainted_lines(document_id: int) -> list[AcquaintedLine]:
    """The latest edition's lists as one: everybody asked and not dropped, by list and place on it."""
    columns = (
        *(Acquaintance.id, Acquaintance.post, Acquaintance.name, Unit.name, Acquaintance.state, Acquaintance.way),
        *(Acquaintance.day, Acquaintance.decided_at, Acquaintance.rule, Acquaintance.comment, Acquaintance.stands_in_for),
    )
    rows = Acquaintance.select(*columns).join(Unit, pw.JOIN.LEFT_OUTER)
    shown = Acquaintance.sheet.in_(latest_sheets(document_id)) & Acquaintance.state.in_(ON_LIST)
    lines = list(rows.where(shown).order_by(Acquaintance.sheet, Acquaintance.place, Acquaintance.id).tuples())
    rules = _rules({rule for *_line, rule, _comment, _absent in lines if rule is not None})
    absent = _names({one for *_line, one in lines if one is not None})
    return [
        AcquaintedLine(
            *(number, acquaintance_id, post, name, unit or "", state, way or "", day, at),
            *(rules.get(rule, ""), comment, absent.get(away, "")),
        )
        for number, (acquaintance_id, post, name, unit, state, way, day, at, rule, comment, away) in enumerate(lines, start=1)
    ]


def _names(ids: Collection[int]) -> dict[int, str]:
    return {row.id: str(row) for row in Employee.select().where(Employee.id.in_(list(ids)))}


def _rules(ids: Collection[int]) -> dict[int, str]:
    """By rule on simple signatures, its document in words."""
    rows = SignatureRule.select(SignatureRule, Document, Kind).join(Document).join(Kind)
    return {row.id: _named(row.document) for row in rows.where(SignatureRule.id.in_(list(ids)))}


def _named(document: Document) -> str:
    words = document.kind.short[:1].lower() + document.kind.short[1:]
    words += f" №\N{NO-BREAK SPACE}{document.number}" if document.number else ""
    return f"{words} от {document.date:%d.%m.%Y}" if document.date else words

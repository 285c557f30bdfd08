"""What waits for people who leave, in words for whoever takes the office's people in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Final

import peewee as pw

from roadmapdocs.approvals.models import Visa
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.words import LIVE
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.i18n import ngettext

_ASKED: Final = (str(VisaState.OPEN), str(VisaState.WAITING))
_TO_SIGN: Final = (str(Preparation.AGREED), str(Preparation.IN_SIGNING))


def open_work(employee_ids: Collection[int], day: dt.date) -> dict[int, str]:  # noqa: ARG001  # whatever the day, it is open
    """«2 visas, 3 assignments» by the employee's id; nobody for whom nothing waits."""
    wanted = list(employee_ids)
    live = Assignment.state.in_([str(one) for one in LIVE])
    counts: list[tuple[Callable[[int], str], dict[int, int]]] = [
        (
            lambda count: ngettext("%(num)s visa", "%(num)s visas", count),
            _counted(Visa, Visa.employee, Visa.state.in_(_ASKED), wanted),
        ),
        (
            lambda count: ngettext("%(num)s document to sign", "%(num)s documents to sign", count),
            _counted(Document, Document.signer_employee, Document.preparation.in_(_TO_SIGN), wanted),
        ),
        (
            lambda count: ngettext("%(num)s assignment to do", "%(num)s assignments to do", count),
            _counted(Assignment, Assignment.responsible, live, wanted),
        ),
        (
            lambda count: ngettext("%(num)s assignment to control", "%(num)s assignments to control", count),
            _counted(Assignment, Assignment.controller, live, wanted),
        ),
    ]
    found: dict[int, list[str]] = {}
    for words, by_employee in counts:
        for employee_id, count in by_employee.items():
            found.setdefault(employee_id, []).append(words(count))
    return {employee_id: ", ".join(parts) for employee_id, parts in found.items()}


def _counted(model: type[pw.Model], person: pw.Field, condition: pw.Expression, wanted: list[int]) -> dict[int, int]:
    rows = model.select(person, pw.fn.COUNT(model.id)).where(person.in_(wanted) & condition).group_by(person)
    return dict(rows.tuples())

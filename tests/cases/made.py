"""Small makers of cases, by the operations that clerks use."""

from __future__ import annotations

import datetime as dt
from typing import Any

from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.operations import keep_case
from roadmapdocs.cases.retention import keep_retention
from roadmapdocs.cases.rules import CaseCard
from roadmapdocs.people.models import Organisation, Unit
from roadmapdocs.people.rules import SYSTEM
from tests.conftest import NOW


def retention(years: int | None = 5, *, text: str = "5 лет", epk: bool = False) -> Retention:
    values = {"documents": "Приказы", "article": "19б", "years": years, "text": text, "epk": epk}
    return keep_retention(None, values, by=SYSTEM, now=NOW)


def case(case_index: str = "01-05", title: str = "Приказы по основной деятельности", **values: Any) -> Case:
    """A case of 2026 kept for five years, but for what ``values`` say."""
    term = values.pop("retention_id", None) or retention(values.pop("years", 5)).id
    card = CaseCard(**{"year": 2026, "case_index": case_index, "title": title, "retention_id": term, **values})
    return keep_case(None, card, by=SYSTEM, now=NOW)


def organisation(name: str = "Управление образования") -> Organisation:
    return Organisation.create(name=name, short_name=name, genitive=name)


def unit(of: Organisation, name: str = "Общий отдел") -> Unit:
    return Unit.create(organisation=of, name=name)


def evening_of(year: int) -> dt.date:
    """The first day on which a year may be closed."""
    return dt.date(year, 12, 31)

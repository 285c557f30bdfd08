"""What the pages of cases show, put into the words and values that their templates ask for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import peewee as pw
from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.cases.closing import check_can_close, record_of
from roadmapdocs.cases.models import Case, CaseYear
from roadmapdocs.cases.nomenclature import closing_lines, note_words, term_words
from roadmapdocs.cases.operations import cases_of, same_organisation
from roadmapdocs.cases.rules import due_on
from roadmapdocs.documents.filing import contents, count_unfiled, counts_by_case, due_list, unfiled
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.cases.scope import Scope

PAGE = 50
#: The closing of a year shows so many of the documents that it leaves behind.
PREVIEW = 10
#: A choice of cases holds so many of the newest at most.
MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class CaseRow:
    """``state`` is "open", "closed" or "goes_on"; ``term`` with the article."""

    id: int
    case_index: str
    title: str
    documents: int
    term: str
    note: str
    state: str


def places(scope: Scope, actor: Actor, current: str, today: dt.date) -> list[dict[str, object]]:
    """Chips over every page of cases; what is to be done is for those who keep the nomenclature."""
    chips = [_chip(_("Nomenclature"), scope.url(), current == "index")]
    if may(actor, Action.MANAGE_CASES):
        waiting = count_unfiled(actor, scope.organisation_id)
        due = len(due_list(today, scope.organisation_id))
        chips.append(_chip(_("Not filed yet"), scope.url("unfiled"), current == "unfiled", waiting))
        chips.append(_chip(_("Term is over"), scope.url("due"), current == "due", due))
    if may(actor, Action.MANAGE_REGISTRY):
        chips.append(_chip(_("Terms of storage"), url_for("roadmapdocs_table_retention.index_view"), current=False))
    return chips


def _chip(label: str, url: str, current: bool, count: int | None = None) -> dict[str, object]:
    return {"label": label, "url": url, "current": current, "count": count, "late": False, "symbol": None}


def nomenclature_context(scope: Scope, actor: Actor, today: dt.date) -> dict[str, object]:
    """What ``cases.html`` asks for."""
    cases = list(cases_of(scope.year, scope.organisation_id))
    case_year = year_row(scope)
    may_change = may(actor, Action.MANAGE_CASES)
    counts = counts_by_case([case.id for case in cases], actor)
    closed = case_year if case_year is not None and case_year.closed_on is not None else None
    return {
        "places": places(scope, actor, "index", today),
        "scope": scope,
        "selects": scope.selects(scope.years(today.year)),
        "sections": _sections(cases, counts, year_closed=closed is not None),
        "total": len(cases),
        "may_change": may_change,
        "closed": _closed(closed),
        "why_not_close": None if closed else _why_not(scope, today),
        "copy_from": _copy_from(scope) if may_change and not cases else None,
        "copy_to": scope.year + 1 if cases and not _has_cases(scope, scope.year + 1) else None,
    }


def year_row(scope: Scope) -> CaseYear | None:
    found: CaseYear | None = CaseYear.get_or_none(
        (CaseYear.year == scope.year) & same_organisation(CaseYear, scope.organisation_id)
    )
    return found


def _sections(cases: Sequence[Case], counts: dict[int, int], *, year_closed: bool) -> list[tuple[str, list[CaseRow]]]:
    by_unit: dict[str, list[CaseRow]] = {}
    for case in cases:
        row = CaseRow(
            id=case.id,
            case_index=case.case_index,
            title=case.title,
            documents=counts.get(case.id, 0),
            term=term_words(case.retention),
            note=note_words(case),
            state="closed" if case.closed_on else "goes_on" if year_closed else "open",
        )
        by_unit.setdefault(case.unit.name if case.unit_id else "", []).append(row)
    return list(by_unit.items())


def _closed(case_year: CaseYear | None) -> dict[str, object] | None:
    if case_year is None:
        return None
    return {"on": case_year.closed_on, "by": case_year.closed_by, "lines": closing_lines(case_year.closing)}


def _why_not(scope: Scope, today: dt.date) -> str | None:
    try:
        check_can_close(scope.year, scope.organisation_id, today=today)
    except Refusal as refusal:
        return refusal.message
    return None


def _has_cases(scope: Scope, year: int) -> bool:
    rows = Case.select().where((Case.year == year) & same_organisation(Case, scope.organisation_id))
    return bool(rows.exists())


def _copy_from(scope: Scope) -> int | None:
    """The last year before this one that has cases."""
    before = (Case.year < scope.year) & same_organisation(Case, scope.organisation_id)
    year: int | None = Case.select(pw.fn.MAX(Case.year)).where(before).scalar()
    return year


def case_context(case: Case, scope: Scope, actor: Actor, page: int) -> dict[str, object]:
    """What ``case.html`` asks for: the case with a page of the documents in it, those that the person may read."""
    query = contents(case.id, actor)
    return {
        "scope": scope,
        "case": case,
        "closed": case.closed_on,
        "year_closed": case.case_year.closed_on is not None,
        "term": term_words(case.retention),
        "due": due_on(case.closed_on, case.retention.years),
        "before": _beside(Case.id == case.continues_id),
        "after": _beside(Case.continues == case.id),
        "may_change": may(actor, Action.MANAGE_CASES),
        **page_of(query, page, url_for("roadmapdocs_cases.case", case_id=case.id), query.count()),
    }


def _beside(which: pw.Expression) -> dict[str, object] | None:
    """The row of the same case in the year before or after."""
    case: Case | None = Case.select().where(which).first()
    return {"id": case.id, "year": case.year, "index": case.case_index} if case else None


def page_of(query: pw.ModelSelect, page: int, address: str, total: int | None = None) -> dict[str, object]:
    """A page of documents as rows, and what the macro ``pager()`` asks for; without ``total`` nothing is counted."""
    if total is not None:
        page = min(page, max(-(-total // PAGE), 1))
    found = list(query.limit(PAGE + 1).offset((page - 1) * PAGE))
    rows = [document_row(row) for row in found[:PAGE]]
    sign = "&" if "?" in address else "?"
    return {
        "rows": rows,
        "total": total,
        "page": {
            "first": (page - 1) * PAGE + 1,
            "last": (page - 1) * PAGE + len(rows),
            "total": total,
            "previous_url": f"{address}{sign}page={page - 1}" if page > 1 else None,
            "next_url": f"{address}{sign}page={page + 1}" if len(found) > PAGE else None,
            "pages": [],
        },
    }


def document_row(document: Document) -> dict[str, object]:
    return {
        "id": document.id,
        "kind": document.kind.short,
        "number": document.number,
        "date": document.date,
        "title": document.title,
        "signer": document.signer,
    }


def closing_context(scope: Scope, actor: Actor) -> dict[str, object]:
    """What ``case_closing.html`` asks for: what closing the year would do, and what would stay unfiled."""
    cases = list(cases_of(scope.year, scope.organisation_id))
    counts = counts_by_case([case.id for case in cases])
    left = unfiled(actor, scope.organisation_id, scope.year)
    return {
        "scope": scope,
        "lines": closing_lines(record_of(scope.year, scope.organisation_id).as_json()),
        "ending": [case for case in cases if not case.transitional],
        "going_on": [case for case in cases if case.transitional],
        "empty": [case for case in cases if not counts.get(case.id)],
        "left": [document_row(row) for row in left.limit(PREVIEW)],
        "left_total": left.count(),
        "left_url": scope.url("unfiled", only="year"),
    }


def open_cases(organisation_id: int | None) -> list[tuple[int, str]]:
    """Cases that take documents, the newest year first, for a choice."""
    rows = (
        Case.select(Case)
        .join(CaseYear)
        .where(Case.closed_on.is_null() & CaseYear.closed_on.is_null() & same_organisation(Case, organisation_id))
        .order_by(Case.year.desc(), Case.index_sort, Case.id)
        .limit(MOST_CHOICES)
    )
    return [(case.id, f"{case.year}: {case}") for case in rows]

"""Closing the nomenclature of a year, opening it again, and taking cases off whose term is over."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.audit.operations import record
from roadmapdocs.cases.models import Case, CaseYear, Retention
from roadmapdocs.cases.operations import cases_of, check_year_is_open, get_case, hold_year, same_organisation
from roadmapdocs.cases.rights import require_in
from roadmapdocs.cases.rules import (
    NOTE_LIMIT,
    ClosingRecord,
    Kept,
    check_closing,
    check_year,
    closing_record,
    last_day,
    why_not_over,
)
from roadmapdocs.db import transaction
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor


def record_of(year: int, organisation_id: int | None) -> ClosingRecord:
    """The closing record as it would be if the year were closed now."""
    cases = cases_of(year, organisation_id)
    return closing_record([Kept(case.retention.years, case.transitional, case.retention.epk) for case in cases])


def check_can_close(year: int, organisation_id: int | None, *, today: dt.date) -> None:
    """
    :raise Refusal: ``too_early``, ``earlier_open``, ``year_closed`` or ``no_cases``
    """
    check_year(year)
    case_year: CaseYear | None = CaseYear.get_or_none(
        (CaseYear.year == year) & same_organisation(CaseYear, organisation_id)
    )
    if case_year is not None:
        check_year_is_open(case_year)
    if case_year is None or not Case.select().where(Case.case_year == case_year).exists():
        raise Refusal("no_cases", _("The nomenclature of %(year)s has no cases to close. Add them first.", year=year))
    earlier = (
        CaseYear.select(CaseYear.year)
        .where((CaseYear.year < year) & CaseYear.closed_on.is_null() & same_organisation(CaseYear, organisation_id))
        .where(CaseYear.id.in_(Case.select(Case.case_year)))
        .order_by(CaseYear.year)
        .first()
    )
    check_closing(year, today=today, earlier_open=earlier.year if earlier else None)


def close_year(
    year: int, organisation_id: int | None, *, by: Actor, now: dt.datetime, today: dt.date
) -> ClosingRecord:
    """Close the cases of a year as of its last day; transitional ones go on in a row of the next year.

    Whoever closes a second time is refused, and nothing changes.

    :raise Refusal: as :func:`check_can_close`
    """
    require_in(organisation_id, by=by)
    check_year(year)
    with transaction():
        case_year = hold_year(year, organisation_id)
        check_can_close(year, organisation_id, today=today)
        following = hold_year(year + 1, organisation_id)
        said = record_of(year, organisation_id)
        for case in list(cases_of(year, organisation_id)):
            if case.transitional:
                _go_on(case, following)
            else:
                _close(case, last_day(year))
        CaseYear.update(closed_on=today, closed_by=by.name, closing=said.as_json()).where(
            CaseYear.id == case_year.id
        ).execute()
        record("case_year_closed", subject=case_year, effect={"year": year, **said.as_json()}, by=by, now=now)
    return said


def _go_on(case: Case, following: CaseYear) -> None:
    """The row of the next year: that which goes on already, or has this index, or else a new one."""
    there: Case | None = (
        Case.select()
        .where(Case.case_year == following)
        .where((Case.continues == case) | (Case.index_key == case.index_key))
        .order_by(Case.continues.is_null(), Case.id)
        .first()
    )
    if there is None:
        copied = ("organisation", "unit", "case_index", "index_key", "index_sort", "title", "retention", "note")
        values = {name: case.__data__[name] for name in copied}
        there = Case.create(case_year=following, year=following.year, transitional=True, **values)
    Case.update(continues=case).where(Case.id == there.id).execute()


def _close(case: Case, day: dt.date) -> None:
    """With the last row of a case that went on from year to year, all the rows before it."""
    Case.update(continues=None).where(Case.continues == case).execute()
    Case.update(closed_on=day).where(Case.id.in_([row.id for row in _chain(case)])).execute()


def _chain(case: Case) -> list[Case]:
    """The row of this year and those before it, the newest first."""
    rows = [case]
    while rows[-1].continues_id is not None:
        rows.append(Case.get_by_id(rows[-1].continues_id))
    return rows


def reopen_year(
    year: int, organisation_id: int | None, reason: str, *, by: Actor, now: dt.datetime
) -> None:
    """Open a closed year again. Rows that go on in the next year stay: documents may be in them already.

    :raise Refusal: ``no_reason``, ``not_closed``, ``later_closed`` or ``case_removed``
    """
    require_in(organisation_id, by=by)
    check_year(year)
    _check_words(reason, "no_reason", _("Write why the year is opened again: the journal keeps it."))
    with transaction():
        case_year = hold_year(year, organisation_id)
        if case_year.closed_on is None:
            raise Refusal("not_closed", _("The year %(year)s is open: there is nothing to open again.", year=year))
        later = CaseYear.select().where(
            (CaseYear.year > year) & CaseYear.closed_on.is_null(False) & same_organisation(CaseYear, organisation_id)
        )
        if later.exists():
            raise Refusal("later_closed", _("A later year is closed already. Open it again first."))
        rows = [row for case in list(cases_of(year, organisation_id)) for row in _chain(case)]
        gone = [row for row in rows if row.removed_on is not None]
        if gone:
            raise Refusal(
                "case_removed",
                _("The case %(index)s has left the office by an act. The year stays closed.", index=gone[0].case_index),
            )
        Case.update(closed_on=None).where(Case.id.in_([row.id for row in rows])).execute()
        CaseYear.update(closed_on=None, closed_by="", closing={}).where(CaseYear.id == case_year.id).execute()
        effect = {"year": year, "reason": reason.strip()}
        record("case_year_reopened", subject=case_year, effect=effect, by=by, now=now)


def remove_case(case_id: int, act: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Case:
    """Take a case whose term is over off the list: it left the office by the ``act`` («акт № 2 от 15.01.2032»).

    :raise Refusal: ``no_act``, ``term_not_over`` or ``case_removed``
    """
    _check_words(act, "no_act", _("Write the number and date of the act."))
    with transaction():
        hold = get_case(case_id)
        require_in(hold.organisation_id, by=by)
        hold_year(hold.year, hold.organisation_id)
        case = get_case(case_id)
        why_not = why_not_over(case.closed_on, case.retention.years, today)
        if why_not is not None:
            raise Refusal("term_not_over", why_not)
        if case.removed_on is not None:
            raise Refusal("case_removed", _("The case was taken off already: %(act)s.", act=case.removed_by))
        Case.update(removed_on=today, removed_by=act.strip()).where(Case.id == case.id).execute()
        record("case_removed", subject=case, effect={"act": act.strip()}, by=by, now=now)
    return get_case(case_id)


def due_cases(today: dt.date, organisation_id: int | None) -> list[Case]:
    """Cases whose term is over and that have not left yet, the longest due first: :func:`rules.is_due` as a query."""
    due = Case.closed_on.year + 1 + Retention.years <= today.year
    return list(
        Case.select(Case, Retention)
        .join(Retention)
        .where(due & Case.removed_on.is_null() & same_organisation(Case, organisation_id))
        .order_by(Case.closed_on, Case.index_sort, Case.id)
    )


def _check_words(text: str, code: str, sentence: str) -> None:
    if not text.strip():
        raise Refusal(code, sentence, field=code.removeprefix("no_"))
    if len(text) > NOTE_LIMIT:
        too_long = _("It is longer than %(limit)s characters. Shorten it.", limit=NOTE_LIMIT)
        raise Refusal("too_long", too_long, field=code.removeprefix("no_"))

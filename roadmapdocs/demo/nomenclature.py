"""Journals and cases of the made-up office: set up by the administrator and the clerk, filed into, closed."""

from __future__ import annotations

import datetime as dt

from roadmapdocs.cases.closing import close_year
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.cases.operations import copy_nomenclature, keep_case
from roadmapdocs.cases.rules import CaseCard
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.desk import Desk, Hour
from roadmapdocs.documents.filing import file_documents
from roadmapdocs.people.rules import Role
from roadmapdocs.registration.gaps import explain_gap, gaps, periods
from roadmapdocs.registration.journals import JournalCard, keep_journal
from roadmapdocs.registration.models import Journal

#: Days after which a document of the year under way is put into its case.
WAITING = dt.timedelta(days=75)


def open_journals(desk: Desk, now: dt.datetime) -> None:
    """The office's own journals before those shipped; of these, the ones for the same series are closed."""
    administrator = desk.holder(Role.ADMINISTRATOR)
    own = {content.series for content in desk.office.journals}
    shipped = list(Journal.select())
    for position, content in enumerate(desk.office.journals, start=1):
        card = JournalCard(
            code=content.key,
            name=content.title,
            series=content.series,
            pattern=content.pattern,
            organisation_id=desk.organisations[content.organisation].id if content.organisation else None,
            body=content.body,
            position=position,
        )
        desk.journals[content.key] = keep_journal(None, card, by=administrator, now=now)
    for journal in shipped:
        card = JournalCard(
            code=journal.code,
            name=journal.name,
            series=journal.series,
            pattern=journal.pattern,
            active=journal.series not in own,
            position=len(desk.office.journals) + journal.position,
        )
        keep_journal(journal, card, by=administrator, now=now)


def put_down_cases(desk: Desk) -> None:
    """The nomenclature of last year and of this one, documents filed into both, last year's closed."""
    today = desk.office.today
    last = today.year - 1
    new_year = dt.date(today.year, 1, 12)
    put = desk.calendar.put
    put(desk.calendar.begins, Hour.DRAFT, lambda now, _today: _draw_up(last, desk, now))
    put(dt.date(last, 12, 20), Hour.DRAFT, lambda now, _today: _copy(last, desk, now))
    put(new_year, Hour.FILE, lambda now, day: _file(last, desk, now, day))
    put(new_year, Hour.CLOSE, lambda now, day: _close(last, desk, now, day))
    put(today, Hour.FILE, lambda now, day: _file(today.year, desk, now, day))


def put_down_gaps(desk: Desk) -> None:
    """Say why the numbers of the time before the registry are not there but for the few that were brought in."""
    desk.calendar.put(desk.calendar.begins, Hour.CLOSE, lambda now, _today: _explain(desk, now))


def _explain(desk: Desk, now: dt.datetime) -> None:
    reason = "Книга регистрации велась на бумаге; в реестр внесены только приказы, на которые ссылаются карты"
    for journal in desk.journals.values():
        for counter in periods(journal):
            for line in gaps(journal, counter.period):
                explain_gap(journal, counter.period, line.first, line.last, reason=reason, by=desk.clerk, now=now)


def _owners(desk: Desk) -> list[int]:
    return [desk.organisations[key].id for key in dict.fromkeys(case.organisation for case in desk.office.cases)]


def _draw_up(year: int, desk: Desk, now: dt.datetime) -> None:
    retentions = {row.code: row.id for row in Retention.select()}
    for content in desk.office.cases:
        card = CaseCard(
            year=year,
            case_index=content.index,
            title=content.title,
            retention_id=retentions[content.retention],
            organisation_id=desk.organisations[content.organisation].id,
            unit_id=desk.units[content.unit].id,
            transitional=content.transitional,
            note=content.note,
        )
        keep_case(None, card, by=desk.clerk, now=now)


def _copy(year: int, desk: Desk, now: dt.datetime) -> None:
    for organisation in _owners(desk):
        copy_nomenclature(year, year + 1, organisation, by=desk.clerk, now=now)


def _file(year: int, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    """File the signed documents of a year into their cases; those under control wait."""
    ripe = today if year < today.year else today - WAITING
    for content in desk.office.cases:
        ready = [
            desk.documents[one.key].id
            for one in desk.office.documents
            if one.date.year == year and one.date <= ripe and one.preparation == "signed" and content.takes(one)
        ]
        if ready:
            file_documents(ready, _case(content, year, desk), by=desk.clerk, now=now, today=today)


def _case(content: schema.Case, year: int, desk: Desk) -> int:
    organisation = desk.organisations[content.organisation]
    same = (Case.year == year) & (Case.organisation == organisation) & (Case.case_index == content.index)
    case: Case = Case.get(same)
    return int(case.id)


def _close(year: int, desk: Desk, now: dt.datetime, today: dt.date) -> None:
    for organisation in _owners(desk):
        close_year(year, organisation, by=desk.clerk, now=now, today=today)

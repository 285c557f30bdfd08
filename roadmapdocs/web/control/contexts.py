"""What each page of control shows below its tabs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from roadmapdocs.assignments import reports
from roadmapdocs.assignments.reports import BY_PERSON, Line, Which
from roadmapdocs.assignments.reports_discipline import discipline
from roadmapdocs.assignments.reports_extensions import Moves, moved, moved_count, moves_by_person
from roadmapdocs.assignments.reports_made import due_until
from roadmapdocs.assignments.reports_rules import Period, Tally
from roadmapdocs.assignments.reports_sources import (
    Counts,
    ItemPart,
    by_document,
    by_section,
    document_count,
    document_names,
)
from roadmapdocs.coverage.matrix import coverage_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.roadmap.operations import current_edition, get_roadmap
from roadmapdocs.web.control.conditions import DAYS, Conditions
from roadmapdocs.web.control.frame import PAGE, Page, pager, reassign_url, summary
from roadmapdocs.web.control.rows import (
    Links,
    counts_cells,
    line_rows,
    moves_cells,
    moves_row,
    person_rows,
    source_name,
    tally_cells,
    unit_rows,
    which_words,
)
from roadmapdocs.web.pages import day

#: Documents of a page, each with its assignments.
DOCUMENTS: Final = 20


def _rows(page: Page, lines: Sequence[Line]) -> list[dict[str, Any]]:
    return line_rows(lines, document_names([line.document for line in lines], page.asked.by))


def due_context(page: Page) -> dict[str, Any]:
    """``groups`` are days with their rows, as far as they stand on this page of the list."""
    until = due_until(page.today, page.conditions.days, page.calendar)
    condition = reports.that(Which.DUE, Period(page.today, until), page.today) & page.within
    counted = reports.by_day(condition)
    lines = reports.lines(condition, today=page.today, calendar=page.calendar, limit=PAGE, offset=page.offset)
    groups: list[dict[str, Any]] = []
    for line, row in zip(lines, _rows(page, lines), strict=True):
        assert line.due is not None, "a list of what is due has days"
        if not groups or groups[-1]["day"] != line.due:
            groups.append(_day(page, line.due, counted.get(line.due, 0)))
        groups[-1]["rows"].append(row)
    total = sum(counted.values())
    chips = [
        {
            "label": ngettext("%(num)s working day", "%(num)s working days", days),
            "url": page.conditions.url(days=days),
            "current": page.conditions.days == days,
            "count": None,
            "late": False,
            "symbol": None,
        }
        for days in DAYS
    ]
    said = _("%(assignments)s until %(day)s", assignments=summary(total), day=day(until))
    return page.context(summary=said, groups=groups, chips=chips, pager=pager(page.conditions, total, len(lines)))


def _day(page: Page, due: dt.date, number: int) -> dict[str, Any]:
    working = page.calendar.between(page.today, due)
    notes = [_("today")] if due == page.today else [ngettext("%(num)s working day left", "%(num)s working days left", working)]
    if not page.calendar.is_working(due):
        notes.append(_("a day off"))
    return {"day": due, "count": number, "note": ", ".join(notes), "rows": []}


def late_context(page: Page) -> dict[str, Any]:
    """``groups`` are people with their rows, as far as they stand on this page of the list."""
    condition = reports.that(Which.LATE, page.conditions.period, page.today) & page.within
    people = {one.person: one for one in reports.late_by_person(condition, today=page.today)}
    lines = reports.lines(
        condition, today=page.today, calendar=page.calendar, order=BY_PERSON, limit=PAGE, offset=page.offset
    )
    groups: list[dict[str, Any]] = []
    for line, row in zip(lines, _rows(page, lines), strict=True):
        if not groups or groups[-1]["person"] != line.responsible:
            one = people[line.responsible]
            url = page.conditions.list_url(Which.LATE, person=str(one.person))
            longest = ngettext("the longest by %(num)s day", "the longest by %(num)s days", one.longest)
            head = {"person": one.person, "name": one.name, "gone": one.left, "count": one.count}
            groups.append({**head, "longest": longest, "url": url, "rows": []})
        groups[-1]["rows"].append(row)
    total = sum(one.count for one in people.values())
    said = ngettext("%(assignments)s of %(num)s person", "%(assignments)s of %(num)s people", len(people), assignments=summary(total))
    return page.context(summary=said, groups=groups, pager=pager(page.conditions, total, len(lines)))


def discipline_context(page: Page) -> dict[str, Any]:
    found = discipline(page.within, page.conditions.period, staff=page.staff, today=page.today)
    whole = found.whole
    if whole.share is None:
        said = _("Nothing has fallen due in this time")
    else:
        said = _("In time: %(done)s of %(all)s, %(share)s %%", done=whole.in_time, all=whole.judged, share=whole.share)
    people, units = Links(page.conditions, "person"), Links(page.conditions, "unit")
    shown = found.people[page.offset : page.offset + PAGE]
    return page.context(
        summary=said,
        people=person_rows(shown, people),
        units=unit_rows(found.units, units),
        total=tally_cells(whole, Links(page.conditions)) if whole != Tally() else None,
        pager=pager(page.conditions, len(found.people), len(shown)),
    )


def extensions_context(page: Page) -> dict[str, Any]:
    period, zone = page.conditions.period, page.asked.zone
    people = moves_by_person(page.within, period, zone=zone)
    found = moved(page.within, period, zone=zone, limit=PAGE, offset=page.offset)
    lines = reports.lines_of([one.assignment for one in found], today=page.today, calendar=page.calendar)
    rows = [row | {"times": one.times} for one, row in zip(found, _rows(page, lines), strict=True)]
    total = moved_count(page.within, period, zone=zone)
    whole = sum((one.moves for one in people), Moves())
    links = Links(page.conditions, "person")
    said = _(
        "Asked: %(asked)s, granted: %(granted)s, refused: %(refused)s, waiting for an answer: %(waiting)s, moved unasked: %(ordered)s",
        asked=whole.asked,
        granted=whole.granted,
        refused=whole.refused,
        waiting=whole.waiting,
        ordered=whole.ordered,
    )
    return page.context(
        summary=said,
        heads=(_("Asked"), _("Granted"), pgettext("deadline", "Refused"), _("Waiting for an answer"), _("Moved unasked")),
        people=[moves_row(one, links) for one in people],
        total=moves_cells(whole) if people else None,
        rows=rows,
        pager=pager(page.conditions, total, len(rows)),
    )


def documents_context(page: Page) -> dict[str, Any]:
    condition = page.within & reports.that(Which.GIVEN, page.conditions.period, page.today)
    start = (page.conditions.page - 1) * DOCUMENTS
    parts = by_document(condition, today=page.today, calendar=page.calendar, limit=DOCUMENTS, offset=start)
    names = document_names([part.document for part in parts], page.asked.by)
    total = document_count(condition)
    documents = []
    for part in parts:
        name = names[part.document]
        rows = line_rows(part.lines, names)
        documents.append(
            {
                "name": source_name(name),
                "title": name.title,
                "url": None if name.hidden else url_for("roadmapdocs_documents.card", document_id=name.id),
                "counts": counts_cells(part.counts, page.conditions, document=part.document),
                "rows": [row | {"source": ""} for row in rows],
                "rest": part.counts.given - len(rows),
                "all_url": page.conditions.list_url(Which.GIVEN, document=part.document),
            }
        )
    said = ngettext("%(num)s document with assignments", "%(num)s documents with assignments", total)
    return page.context(summary=said, documents=documents, pager=pager(page.conditions, total, len(parts), DOCUMENTS))


def roadmap_context(page: Page) -> dict[str, Any]:
    """Of the roadmap that is asked for, else of the first one; ``roadmap`` None where there is none."""
    choices = list(Roadmap.select(Roadmap.id, Roadmap.title).order_by(Roadmap.title, Roadmap.id))
    wanted = page.conditions.roadmap or (choices[0].id if choices else None)
    select = {
        "action": url_for(".roadmap"),
        "hidden": [pair for pair in page.conditions.said() if pair[0] != "roadmap"],
        "fields": [
            {"name": "roadmap", "label": _("Roadmap"), "options": [(str(row.id), row.title, row.id == wanted) for row in choices]}
        ],
    }
    if wanted is None:
        return page.context(summary=_("No roadmap is loaded yet"), roadmap=None, choice=select, sections=[])
    roadmap = get_roadmap(wanted)
    coverage = coverage_of(current_edition(roadmap), today=page.today)
    parts = by_section(page.within, coverage, today=page.today)
    sections = [
        {
            "title": part.title,
            "counts": counts_cells(sum((item.counts for item in part.items), Counts()), page.conditions, roadmap=None, section=part.id)
            if part.id is not None
            else None,
            "proved": sum(item.proved for item in part.items),
            "expected": sum(item.expected for item in part.items),
            "rows": [_item_row(item, roadmap.id, page.conditions) for item in part.items],
        }
        for part in parts
    ]
    told = sum(bool(item.counts.given) for part in parts for item in part.items)
    every = sum(len(part.items) for part in parts)
    said = _("%(told)s of %(all)s items have assignments", told=told, all=every)
    return page.context(summary=said, roadmap={"id": roadmap.id, "title": roadmap.title}, choice=select, sections=sections)


def _item_row(item: ItemPart, roadmap_id: int, conditions: Conditions) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "url": url_for("roadmapdocs_roadmaps.item", roadmap_id=roadmap_id, item_id=item.id),
        "expected": item.expected,
        "proved": item.proved,
        "late": item.late,
        "counts": counts_cells(item.counts, conditions, roadmap=None, item=item.id),
    }


def list_context(page: Page) -> dict[str, Any]:
    """The assignments behind a figure."""
    conditions = page.conditions
    condition = reports.that(conditions.which, conditions.period, page.today) & page.within
    total = reports.count(condition)
    lines = reports.lines(condition, today=page.today, calendar=page.calendar, limit=PAGE, offset=page.offset)
    handed = reassign_url([line.id for line in lines]) if conditions.which is Which.LEFT and lines else None
    return page.context(
        summary=summary(total),
        title=which_words(conditions.which),
        rows=_rows(page, lines),
        reassign_url=handed,
        pager=pager(conditions, total, len(lines)),
    )

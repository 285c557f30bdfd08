"""What the review of an import shows: the table as understood, page by page, beside what is doubtful in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for

from roadmapdocs.i18n import gettext as _
from roadmapdocs.roadmap.imports import twin
from roadmapdocs.roadmap.models import Edition, Roadmap, RoadmapImport
from roadmapdocs.roadmap.operations import current_edition
from roadmapdocs.roadmap.reader.derive import Reading, Remark, read_sheet
from roadmapdocs.roadmap.reader.fit import Column
from roadmapdocs.roadmap.reader.headers import Role
from roadmapdocs.roadmap.reader.sheet import ITEM, SECTION, Sheet, SheetRow
from roadmapdocs.roadmap.review import HOLDING, holds
from roadmapdocs.web.roadmaps.head import approval_words
from roadmapdocs.web.roadmaps.review_words import (
    fixes_of,
    label_of,
    names_of,
    pinned_to,
    place_of,
    reading_of,
    role_words,
)

ROWS_ON_A_PAGE = 40
ALL, DOUBTFUL = "all", "remarks"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the review a person is. Anything odd in an address means the beginning."""

    import_id: int
    view: str = ALL
    page: int = 1

    @classmethod
    def read(cls, import_id: int, arguments: Mapping[str, str]) -> Place:
        page = arguments.get("page", "")
        number = int(page[:6]) if page.isdecimal() else 1
        return cls(import_id, DOUBTFUL if arguments.get("view") == DOUBTFUL else ALL, max(number, 1))

    def url(self, *, view: str | None = None, page: int | None = None, anchor: str | None = None) -> str:
        view, page = view or self.view, page or self.page
        return url_for(
            "roadmapdocs_roadmaps.review",
            import_id=self.import_id,
            view=None if view == ALL else view,
            page=None if page == 1 else page,
            _anchor=anchor,
        )


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields as a person sent them. ``beside`` shows them under what is stored by now instead of in its place."""

    fields: Mapping[str, str] = field(default_factory=dict)
    beside: bool = False

    def value(self, name: str, stored: str) -> str:
        return stored if self.beside else self.fields.get(name, stored)

    def note(self, name: str, stored: str) -> str:
        typed = self.fields.get(name, stored).replace("\r\n", "\n")
        return _("you typed: %(text)s", text=typed) if self.beside and typed.strip() != stored.strip() else ""


def review_context(job: RoadmapImport, sheet: Sheet, place: Place, typed: Typed) -> dict[str, object]:
    reading = read_sheet(sheet)
    shown = _Shown(sheet, reading, typed)
    kept = [row for row in sheet.rows if place.view == ALL or row.id in shown.doubtful]
    last = max(-(-len(kept) // ROWS_ON_A_PAGE), 1)
    page = min(place.page, last)
    rows = kept[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    columns = shown.columns(rows)
    here = {row.id for row in rows}
    remarks = [(n, one) for n, one in shown.numbered if one.row is None or one.row in here]
    remarks.sort(key=lambda pair: (pair[1].accepted, not holds(pair[1])))
    draft = reading.draft
    return {
        "draft": _head(job, sheet, typed),
        "approval": approval_words(_approval(sheet)),
        "counts": {
            "sections": len(draft.sections),
            "items": len(draft.items),
            "terms": sum(len(item.terms) for item in draft.items),
            "expected": sum(len(item.expected_documents) for item in draft.items),
            "errors": sum(holds(remark) for remark in reading.remarks),
            "questions": sum(not remark.accepted and remark.defect.code not in HOLDING for remark in reading.remarks),
        },
        "roles": _roles(sheet),
        "columns": [{"name": name.partition("-")[0].partition("/")[0], "label": label} for name, label in columns.items()],
        "rows": [shown.row(row, list(columns)) for row in rows],
        "defects": [shown.remark(number, remark) for number, remark in remarks],
        "views": _views(place, len(sheet.rows), len(shown.doubtful)),
        "page": _pager(place, page, last, len(kept)) if last > 1 else None,
        "new_edition_of": edition_words(job.roadmap),
        "twin": edition_words(twin(job, draft.title)),
        "source_url": url_for("roadmapdocs_roadmaps.source", import_id=job.id),
        "here_url": place.url(),
    }


def cell_value(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)


class _Shown:
    """Rows and remarks of one sheet as the page wants them."""

    def __init__(self, sheet: Sheet, reading: Reading, typed: Typed) -> None:
        self.sheet = sheet
        self.typed = typed
        self.names = [names_of(columns) for columns in sheet.layouts]
        self.items = dict(zip(reading.rows, reading.draft.items, strict=True))
        self.numbered = list(enumerate(reading.remarks, start=1))
        self.by_row: dict[int, list[tuple[int, Remark]]] = {}
        for number, remark in self.numbered:
            if remark.row is not None and not remark.accepted:
                self.by_row.setdefault(remark.row, []).append((number, remark))
        self.doubtful = set(self.by_row)

    def columns(self, rows: list[SheetRow]) -> dict[str, str]:
        """Name and label of every column that one of the rows has, in the order of showing."""
        used = {row.layout for row in rows if row.kind == ITEM} or {self.sheet.main}
        found: dict[str, Column] = {}
        for at in used:
            for name, column in zip(self.names[at], self.sheet.layouts[at], strict=True):
                found.setdefault(name, column)
        return {name: label_of(column) for name, column in sorted(found.items(), key=lambda one: place_of(one[1]))}

    def row(self, row: SheetRow, names: list[str]) -> dict[str, object]:
        own = dict(zip(self.names[row.layout], range(len(row.cells)), strict=False))
        title = f"cell-{row.id}-title"
        return {
            "id": row.id,
            "line": row.line,
            "kind": row.kind,
            "skipped": row.skipped,
            "title": self.typed.value(title, row.text) if row.kind == SECTION else "",
            "note": self.typed.note(title, row.text) if row.kind == SECTION else "",
            "cells": [self._cell(row, name, own.get(name)) for name in names] if row.kind == ITEM else [],
        }

    def _cell(self, row: SheetRow, name: str, at: int | None) -> dict[str, object]:
        if at is None:  # a column that only other tables of the file have
            return {"name": "", "label": "", "value": "", "reading": "", "severity": "", "marks": []}
        columns = self.sheet.columns_of(row)
        told = [(n, one) for n, one in self.by_row.get(row.id, []) if pinned_to(one.defect.code, columns) == at]
        stored = cell_value(row.cells[at])
        item = self.items.get(row.id)
        field_name = f"cell-{row.id}-{name}"
        note = self.typed.note(field_name, stored)
        return {
            "name": name,
            "label": label_of(columns[at]),
            "value": self.typed.value(field_name, stored),
            "reading": note or (reading_of(columns[at], stored, item) if item else ""),
            "severity": _worst([remark for _n, remark in told]),
            "marks": [number for number, _remark in told],
        }

    def remark(self, number: int, remark: Remark) -> dict[str, object]:
        defect = remark.defect
        return {
            "n": number,
            "severity": _severity(remark),
            "line": defect.line,
            "row_id": remark.row,
            "title": self._about(remark),
            "text": defect.message,
            "solved": remark.accepted,
            "fixes": [
                {"label": label, "main": defect.code not in HOLDING and not remark.accepted and not at}
                for at, (_what, label) in enumerate(fixes_of(defect.code, remark.accepted))
            ],
        }

    def _about(self, remark: Remark) -> str:
        if remark.row is None:
            return _("the file")
        if remark.row not in self.items:
            return _("section")
        number = self.items[remark.row].number
        return _("item %(number)s", number=number) if number else _("item without a number")


def _severity(remark: Remark) -> str:
    return "error" if remark.defect.code in HOLDING else "question"


def _worst(remarks: list[Remark]) -> str:
    return min((_severity(remark) for remark in remarks), default="")


def _head(job: RoadmapImport, sheet: Sheet, typed: Typed) -> dict[str, object]:
    first, last = (str(year) for year in sheet.period) if sheet.period else ("", "")
    return {
        "import_id": job.id,
        "file_name": job.file_name,
        "revision": job.revision,
        "title": typed.value("title", sheet.title),
        "title_note": typed.note("title", sheet.title),
        "period_start": typed.value("period_start", first),
        "period_end": typed.value("period_end", last),
    }


def _approval(sheet: Sheet) -> dict[str, str | None]:
    approval = sheet.approval
    return {
        "date": approval.date.isoformat() if approval.date else None,
        "number": approval.number,
        "position": approval.position,
        "person": approval.person,
    }


def _roles(sheet: Sheet) -> list[dict[str, object]]:
    """What each column of the main table holds, and what else it could."""
    found = {column.at: column for column in sheet.layouts[sheet.main]}
    years = {column.year for column in found.values() if column.year}
    if sheet.period and sheet.period[1] - sheet.period[0] < 10:
        years |= set(range(sheet.period[0], sheet.period[1] + 1))
    choices = [(role.value, role_words(role)) for role in Role if role not in (Role.YEAR, Role.OTHER)]
    choices += [(f"year:{year}", str(year)) for year in sorted(years)]
    choices.append((Role.OTHER.value, _("nothing of these")))
    listed: list[dict[str, object]] = []
    for at in range(sheet.width):
        column = found.get(at)
        chosen = Role.OTHER.value if column is None else column.role.value
        if column is not None and column.year:
            chosen = f"year:{column.year}"
        options = [(value, label, value == chosen) for value, label in choices]
        listed.append({"index": at, "header": column.header if column else "", "options": options})
    return listed


def _views(place: Place, rows: int, doubtful: int) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": place.url(view=view, page=1),
            "current": place.view == view,
            "count": count,
            "late": False,
            "symbol": None,
        }
        for view, label, count in ((ALL, _("All rows"), rows), (DOUBTFUL, _("With remarks"), doubtful))
    ]


def _pager(place: Place, page: int, last: int, total: int) -> dict[str, object]:
    first = (page - 1) * ROWS_ON_A_PAGE + 1
    near = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            pages.append(("…", None, False))
        pages.append((str(number), place.url(page=number), number == page))
    return {
        "first": first,
        "last": min(first + ROWS_ON_A_PAGE - 1, total),
        "total": total,
        "previous_url": place.url(page=page - 1) if page > 1 else None,
        "next_url": place.url(page=page + 1) if page < last else None,
        "pages": pages,
    }


def edition_words(roadmap: Roadmap | None) -> str | None:
    """The edition beside which a new one will stand."""
    if roadmap is None:
        return None
    edition: Edition = current_edition(roadmap)
    return _("“%(title)s”, edition %(number)s", title=roadmap.title, number=edition.number)

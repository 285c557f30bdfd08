"""What the list of documents shows: conditions out of the address, one page of rows, links to the other pages.

A page costs the same at a thousand documents and at a hundred thousand: ids are picked from an index, rows
are fetched for these ids only, and pages in the second half are counted from the other end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

import peewee as pw
from flask import g, url_for

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation, search_key
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.forms import plain_line
from roadmapdocs.web.words import preparation_badge, preparation_word

PAGE = 50
#: As many characters as the field for searching takes.
QUERY_LIMIT = 200
SORTS = {"date": Document.listed_on, "number": Document.number_sort}


@dataclass(frozen=True, slots=True)
class Conditions:
    """Everything that an address of the list can say. ``kind`` is the word of roadmaps («приказ»)."""

    q: str = ""
    kind: str = ""
    state: str = ""
    year: int | None = None
    sort: str = "date"
    descending: bool = True
    page: int = 1

    @classmethod
    def from_address(cls, arguments: Mapping[str, str]) -> Conditions:
        """Read an address; what makes no sense in it is passed over, so that an old link still opens."""
        year, page = arguments.get("year", ""), arguments.get("page", "")
        state = arguments.get("state", "")
        sort = arguments.get("sort", "")
        return cls(
            q=plain_line(arguments.get("q", "")[:QUERY_LIMIT]),
            kind=plain_line(arguments.get("kind", "")[:64]),
            state=state if state in set(Preparation) else "",
            year=int(year) if year.isdecimal() and 1900 <= int(year[:5]) <= 2200 else None,
            sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "date",
            descending=sort.startswith("-") if sort.removeprefix("-") in SORTS else True,
            page=max(int(page[:6]), 1) if page.isdecimal() else 1,
        )

    def url(self, **changes: Any) -> str:
        """Address of the list under these conditions, changed; another condition begins at the first page."""
        changed = replace(self, **{"page": 1, **changes})
        said = {"q": changed.q, "kind": changed.kind, "state": changed.state, "year": changed.year}
        said["sort"] = changed.order
        said["page"] = changed.page if changed.page > 1 else None
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{_address()}?{query}" if query else _address()

    @property
    def order(self) -> str:
        """The sort as an address says it; nothing for the everyday one."""
        order = ("-" if self.descending else "") + self.sort
        return "" if order == "-date" else order


class Row(NamedTuple):
    """A document as a list shows it, and no more: fifty whole cards would cost as much as the rest of the page."""

    id: int
    number: str
    date: dt.date | None
    title: str
    signer: str
    preparation: str
    kind: str
    gender: str


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` is None where counting would cost more than the page: in a search by words."""

    rows: list[Row]
    total: int | None
    page: int
    more: bool


def find(conditions: Conditions) -> Found:
    """One page of the documents that meet the conditions; a page beyond the last one is the last one."""
    query = _narrow(Document.select(Document.id), conditions)
    descending = conditions.descending
    if conditions.q:
        rows = _rows(query, conditions.sort, descending, PAGE + 1, (conditions.page - 1) * PAGE)
        return Found(rows[:PAGE], None, conditions.page, len(rows) > PAGE)
    total = query.count()
    last = max(-(-total // PAGE), 1)
    page = min(conditions.page, last)
    skip = (page - 1) * PAGE
    size = min(PAGE, total - skip)
    if skip > total // 2:
        rows = _rows(query, conditions.sort, not descending, size, total - skip - size)[::-1]
    else:
        rows = _rows(query, conditions.sort, descending, size, skip)
    return Found(rows, total, page, page < last)


def _rows(query: pw.ModelSelect, sort: str, descending: bool, size: int, skip: int) -> list[Row]:
    """Ids are picked inside, out of an index; rows are fetched for these only."""
    columns = (SORTS[sort], Document.id)
    order = [column.desc() if descending else column.asc() for column in columns]
    picked = query.order_by(*order).limit(size).offset(skip)
    shown = (Document.id, Document.number, Document.date, Document.title, Document.signer, Document.preparation)
    rows = Document.select(*shown, Kind.short, Kind.gender).join(Kind).where(Document.id.in_(picked)).order_by(*order)
    return [Row(*row) for row in rows.tuples()]


def _narrow(query: pw.ModelSelect, conditions: Conditions) -> pw.ModelSelect:
    if conditions.kind:
        kinds = [id_ for (id_,) in Kind.select(Kind.id).where(Kind.expected == conditions.kind).tuples()]
        query = query.where(Document.kind.in_(kinds))
    if conditions.state:
        query = query.where(Document.preparation == conditions.state)
    if conditions.year:
        query = query.where(
            Document.listed_on.between(dt.date(conditions.year, 1, 1), dt.date(conditions.year, 12, 31))
        )
    for word in search_key(conditions.q.replace("№", " ")).split():
        query = query.where(Document.search_key.contains(word))
    return query


def _address() -> str:
    """The list without conditions, looked up once a request: a page holds some thirty links to itself."""
    if "roadmapdocs_documents_address" not in g:
        g.roadmapdocs_documents_address = url_for("roadmapdocs_documents.index")
    return cast(str, g.roadmapdocs_documents_address)


def list_context(conditions: Conditions, *, may_create: bool) -> dict[str, object]:
    """What ``documents.html`` asks for."""
    found = find(conditions)
    return {
        "may_create": may_create,
        "summary": _summary(found),
        "q": conditions.q,
        "saved": _chips(conditions),
        "tokens": _tokens(conditions),
        "selects": _selects(conditions),
        "columns": _columns(conditions),
        "sort_words": _sort_words(conditions),
        "rows": [_row(document) for document in found.rows],
        "page": _pager(conditions, found),
        "clear_url": _address(),
    }


def _summary(found: Found) -> str:
    if found.total is None:
        return _("Search by words and numbers")
    return ngettext("%(num)s document", "%(num)s documents", found.total)


def _row(document: Row) -> dict[str, object]:
    signed = document.preparation == Preparation.SIGNED
    return {
        "id": document.id,
        "kind": document.kind,
        "number": document.number,
        "date": document.date,
        "title": document.title,
        "note": "",
        "signer": document.signer,
        "annulled": False,
        # Only what is away from its everyday state is worth a badge in a list.
        "badges": [] if signed else [preparation_badge(Preparation(document.preparation), document.gender)],
    }


def _chips(conditions: Conditions) -> list[dict[str, object]]:
    labels = {"": _("All"), **{str(state): preparation_word(state) for state in Preparation}}
    return [
        {
            "label": label,
            "url": conditions.url(state=state),
            "current": conditions.state == state,
            "count": None,
            "late": False,
            "symbol": None,
        }
        for state, label in labels.items()
    ]


def _tokens(conditions: Conditions) -> list[dict[str, str]]:
    said = [
        ("q", _("Words"), conditions.q, ""),
        ("kind", _("Kind"), conditions.kind, ""),
        ("state", _("State"), preparation_word(Preparation(conditions.state)) if conditions.state else "", ""),
        ("year", _("Year"), str(conditions.year or ""), None),
    ]
    return [
        {"label": label, "value": value, "remove_url": conditions.url(**{name: empty})}
        for name, label, value, empty in said
        if value
    ]


def _selects(conditions: Conditions) -> dict[str, object]:
    kinds = list(dict.fromkeys(kind.expected for kind in Kind.select(Kind.expected).order_by(Kind.position)))
    # Asked one by one, each is found at an end of the index; asked together, they cost SQLite a walk along it.
    newest = Document.select(pw.fn.MAX(Document.listed_on)).scalar()
    oldest = Document.select(pw.fn.MIN(Document.listed_on)).scalar()
    years = range(_year(newest), _year(oldest) - 1, -1) if newest else range(0)
    hidden = [("q", conditions.q), ("state", conditions.state), ("sort", conditions.order)]
    return {
        "action": _address(),
        "hidden": [(name, value) for name, value in hidden if value],
        "fields": [
            {
                "name": "kind",
                "label": _("Kind"),
                "options": [("", _("All kinds"), not conditions.kind)]
                + [(kind, kind, kind == conditions.kind) for kind in kinds],
            },
            {
                "name": "year",
                "label": _("Year"),
                "options": [("", _("All years"), conditions.year is None)]
                + [(str(year), str(year), year == conditions.year) for year in years],
            },
        ],
    }


def _year(day: dt.date | str) -> int:
    return int(str(day)[:4])


def _columns(conditions: Conditions) -> dict[str, dict[str, object]]:
    labels = {"number": _("No."), "date": _("Date"), "title": _("Title"), "signer": _("Signer"), "state": _("State")}
    columns: dict[str, dict[str, object]] = {}
    for key, label in labels.items():
        current = conditions.sort == key
        columns[key] = {
            "label": label,
            "url": conditions.url(sort=key, descending=not conditions.descending if current else key == "date")
            if key in SORTS
            else None,
            "sorted": ("descending" if conditions.descending else "ascending") if current else None,
        }
    return columns


def _sort_words(conditions: Conditions) -> str:
    words = {
        ("date", True): _("By date, the newest first"),
        ("date", False): _("By date, the oldest first"),
        ("number", True): _("By number, the largest first"),
        ("number", False): _("By number, the smallest first"),
    }
    return words[conditions.sort, conditions.descending]


def _pager(conditions: Conditions, found: Found) -> dict[str, object]:
    first = (found.page - 1) * PAGE + 1
    last_page = found.page if found.total is None else max(-(-found.total // PAGE), 1)
    shown = sorted({1, last_page, *range(max(found.page - 2, 1), min(found.page + 2, last_page) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            pages.append(("…", None, False))
        pages.append((str(number), conditions.url(page=number), number == found.page))
    return {
        "first": first,
        "last": first + len(found.rows) - 1,
        "total": found.total,
        "previous_url": conditions.url(page=found.page - 1) if found.page > 1 else None,
        "next_url": conditions.url(page=found.page + 1) if found.more else None,
        "pages": pages,
    }

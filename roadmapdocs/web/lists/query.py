"""Conditions as a query, and one page of what meets them.

A page costs the same at a thousand documents and at a hundred thousand: ids are picked from an index, rows are
fetched for these ids only, counting stops at :data:`MOST_COUNTED`, and pages near the end are counted from there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import peewee as pw

from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.registration.models import Entry
from roadmapdocs.web.lists.clauses import Asking, clauses
from roadmapdocs.web.lists.conditions import Conditions

PAGE: Final = 50
MOST_COUNTED: Final = 1_000


class Row(NamedTuple):
    """A document as a list shows it, and no more: fifty whole cards would cost as much as the rest of the page."""

    id: int
    number: str
    date: dt.date | None
    title: str
    signer: str
    preparation: str
    registration: str
    force: str
    acquaintance: str
    control: str
    storage: str
    named_states: dict[str, str]
    workflow: int | None
    mark: str
    registered_on: dt.date | None
    force_from: dt.date | None
    force_until: dt.date | None
    control_due: dt.date | None
    drafter: int | None
    unit: int | None
    organisation: int | None
    case: int | None
    kind: str
    gender: str
    own_number: bool
    journal: int | None
    period: str | None
    n: int | None
    suffix: str | None
    reason: str | None


#: Titles may be longer than an index of PostgreSQL takes. Written out, for an index of SQLite to be recognised.
_TITLE_BEGINS: Final = pw.fn.SUBSTR(Document.title, pw.SQL("1"), pw.SQL("100"))
#: What is read only where a column asks for it: each day costs more to read than all the rest of a row.
_WHERE_ASKED: Final = frozenset(
    {"registered_on", "force_from", "force_until", "drafter", "unit", "organisation", "case", "journal"}
)
_OF_KIND: Final = (Kind.short, Kind.gender, Kind.own_number)
_OF_ENTRY: Final = (Entry.period, Entry.n, Entry.suffix, Entry.reason)
_OF_DOCUMENT: Final = Row._fields[: Row._fields.index("kind")]


def _shown(wanted: Collection[str]) -> list[Any]:
    """Columns of a query for :class:`Row`; those that nobody ``wanted`` are empty."""
    nothing = pw.SQL("NULL")
    left_out = _WHERE_ASKED.difference(wanted)
    document = [nothing if name in left_out else getattr(Document, name) for name in _OF_DOCUMENT]
    journal = nothing if "journal" in left_out else Entry.journal
    return [*document, *_OF_KIND, journal, *_OF_ENTRY]


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` is None where counting would cost more than the page: in a search by words.

    With ``beyond`` there are more than ``total``. ``page`` is negative when it is counted from the end.
    """

    rows: list[Row]
    total: int | None
    page: int
    more: bool
    beyond: bool = False


def find(conditions: Conditions, asking: Asking, wanted: Collection[str] = ()) -> Found:
    """One page of the documents that meet the conditions; a page beyond the last one is the last one.

    ``wanted`` are names of the columns to be shown.
    """
    query = matching(conditions, asking)

    def page_of(descending: bool, size: int, skip: int) -> list[Row]:
        """Ids are picked inside, out of an index; rows are fetched for these only."""
        picked = query.order_by(*order(conditions, descending)).limit(size).offset(skip)
        return rows_of(picked, conditions, descending, wanted)

    if conditions.q:
        rows = page_of(conditions.descending, PAGE + 1, (abs(conditions.page) - 1) * PAGE)
        return Found(rows[:PAGE], None, abs(conditions.page), len(rows) > PAGE)
    total = counted(query, MOST_COUNTED + 1)
    if not total:
        return Found([], 0, 1, more=False)
    if total > MOST_COUNTED:
        return _far(page_of, conditions)
    last = max(-(-total // PAGE), 1)
    page = min(conditions.page, last) if conditions.page > 0 else max(last + 1 + conditions.page, 1)
    skip = (page - 1) * PAGE
    size = min(PAGE, total - skip)
    if skip > total // 2:
        rows = page_of(not conditions.descending, size, total - skip - size)[::-1]
    else:
        rows = page_of(conditions.descending, size, skip)
    return Found(rows, total, page, page < last)


def _far(page_of: Callable[[bool, int, int], list[Row]], conditions: Conditions) -> Found:
    """A page of more documents than are counted: from the beginning, or by a negative number from the end."""
    if conditions.page < 0:
        skip = (-conditions.page - 1) * PAGE
        rows = page_of(not conditions.descending, PAGE, skip)[::-1]
        if rows:
            return Found(rows, MOST_COUNTED, conditions.page, conditions.page < -1, beyond=True)
    page = max(conditions.page, 1)
    rows = page_of(conditions.descending, PAGE + 1, (page - 1) * PAGE)
    if not rows:
        rows = page_of(not conditions.descending, PAGE, 0)[::-1]
        return Found(rows, MOST_COUNTED, -1, False, beyond=True)
    return Found(rows[:PAGE], MOST_COUNTED, page, len(rows) > PAGE, beyond=True)


def counted(query: pw.ModelSelect, most: int) -> int:
    """How many there are, counting no further than ``most``."""
    some = query.limit(most).alias("some")
    return int(pw.Select([some], [pw.fn.COUNT(pw.SQL("1"))]).bind(Document._meta.database).scalar())


def matching(conditions: Conditions, asking: Asking) -> pw.ModelSelect:
    """Ids of the documents that meet the conditions and are open to the one who asks, in no order."""
    query = Document.select(Document.id).where(visible_to(asking.actor))
    if conditions.journal:
        query = query.join(Entry).where(Entry.journal == conditions.journal)
    for clause in clauses(conditions, asking):
        query = query.where(clause)
    return query


def order(conditions: Conditions, descending: bool) -> list[Any]:
    """By what the list is sorted; the id breaks ties, so that pages are stable."""
    columns: dict[str, tuple[Any, ...]] = {
        "date": (Document.listed_on,),
        "title": (_TITLE_BEGINS,),
        "registered": (Document.registered_on,),
        # Within a journal as its numbers run: by the period, then 45, 45а, 46.
        "number": (Entry.period, Entry.n, Entry.sort) if conditions.journal else (Document.number_sort,),
    }
    return [
        column.desc() if descending else column.asc() for column in (*columns[conditions.sort], Document.id)
    ]


def rows_of(picked: Any, conditions: Conditions, descending: bool, wanted: Collection[str]) -> list[Row]:
    """Rows of the documents whose ids are ``picked``."""
    rows = (
        Document.select(*_shown(wanted))
        .join(Kind)
        .join_from(Document, Entry, pw.JOIN.LEFT_OUTER)
        .where(Document.id.in_(picked))
        .order_by(*order(conditions, descending))
    )
    return [Row(*row) for row in rows.tuples()]

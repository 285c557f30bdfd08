"""What the page with the list of documents shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.documents.export import MOST_ROWS
from roadmapdocs.documents.saved_filters import columns_of
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.registration.models import Journal
from roadmapdocs.registration.rights import open_to
from roadmapdocs.web.lists.chips import chips, filters_for
from roadmapdocs.web.lists.clauses import Asking
from roadmapdocs.web.lists.columns import Cells, Column, known_columns
from roadmapdocs.web.lists.conditions import Conditions, address
from roadmapdocs.web.lists.form import Choices, choices, form, tokens
from roadmapdocs.web.lists.gaps import GapRow, gaps_alone, with_gaps
from roadmapdocs.web.lists.query import PAGE, Found, Row, find, matching
from roadmapdocs.web.lists.states import StateWords
from roadmapdocs.workflow.rules import Line

__all__ = ["PAGE", "Conditions", "list_context"]

_LINES = {line.value: line for line in Line}
#: What narrows a journal's list no further than the journal does, so that a gap in it is a gap.
_WHOLE_JOURNAL = {"journal", "year"}


def list_context(conditions: Conditions, asking: Asking) -> dict[str, object]:
    """What ``documents.html`` asks for."""
    columns = known_columns(columns_of(asking.actor.user_id))
    found = find(conditions, asking, [column.name for column in columns])
    known = choices(conditions)
    query = conditions.query()
    return {
        "may_create": may(asking.actor, Action.WRITE_DOCUMENT),
        "summary": _summary(conditions, found, known),
        "q": conditions.q,
        "saved": chips(filters_for(asking), conditions, asking),
        "tokens": tokens(conditions, known),
        "form": form(conditions, known),
        "columns": [_head(conditions, column) for column in columns],
        "sort_words": _sort_words(conditions),
        "rows": _rows(_with_gaps(conditions, found, asking), columns, asking.today),
        "page": pager(conditions, found),
        "clear_url": address(),
        "query": query,
        "exports": [
            {"label": name.upper(), "url": url_for(".export", format=name) + (f"?{query}" if query else "")}
            for name in ("xlsx", "csv")
        ],
        "export_limit": MOST_ROWS if found.beyond or found.total is None else None,
        "look_url": url_for(".look") + (f"?{query}" if query else ""),
    }


def _summary(conditions: Conditions, found: Found, known: Choices) -> str:
    if found.total is None:
        return _("Search by words and numbers")
    many = ngettext("%(num)s document", "%(num)s documents", found.total)
    if found.beyond:
        many = _("more than %(documents)s", documents=many)
    if conditions.journal:
        return _("Journal “%(name)s”: %(documents)s", name=known.word("journal", conditions.journal), documents=many)
    return many


def _with_gaps(conditions: Conditions, found: Found, asking: Asking) -> Sequence[Row | GapRow]:
    """Gaps stand in their place where a journal is listed whole and by its numbers."""
    journal = conditions.journal
    if not journal or conditions.sort != "number" or set(conditions.narrowing) - _WHOLE_JOURNAL:
        return found.rows
    kept = Journal.get_or_none((Journal.id == journal) & open_to(asking.actor))
    if kept is None:
        return found.rows
    if found.rows:
        return with_gaps(journal, found.rows, matching(conditions, asking))
    return gaps_alone(journal, str(conditions.year)) if conditions.year else []


def _rows(rows: Sequence[Row | GapRow], columns: Sequence[Column], today: dt.date) -> list[dict[str, object]]:
    listed = [row for row in rows if isinstance(row, Row)]
    cells, states = Cells(listed, columns), StateWords(today)
    return [
        _row(row, columns, cells, states) if isinstance(row, Row) else {"gap": row.label, "reason": row.text}
        for row in rows
    ]


def _row(row: Row, columns: Sequence[Column], cells: Cells, states: StateWords) -> dict[str, object]:
    annulled = row.registration == "annulled"
    shown: list[tuple[str, Any]] = []
    for column in columns:
        if column.name == "state":
            shown.append(("state", states.badges(row)))
        elif column.name in _LINES:
            shown.append(("line", states.badge(row, _LINES[column.name])["label"]))
        else:
            shown.append((column.name, cells.value(row, column.name)))
    note = _("annulled: %(reason)s", reason=row.reason) if annulled and row.reason else ""
    return {
        "id": row.id,
        "kind": row.kind,
        "number": row.number,
        "title": row.title,
        "note": note,
        "annulled": annulled,
        "cells": shown,
    }


def _head(conditions: Conditions, column: Column) -> dict[str, object]:
    current = bool(column.sort) and conditions.sort == column.sort
    url = None
    if column.sort:
        downwards = not conditions.descending if current else column.sort in {"date", "registered"}
        url = conditions.url(sort=column.sort, descending=downwards)
    return {
        "name": column.name,
        "label": column.label(),
        "url": url,
        "sorted": ("descending" if conditions.descending else "ascending") if current else None,
    }


def _sort_words(conditions: Conditions) -> str:
    words = {
        ("date", True): _("By date, the newest first"),
        ("date", False): _("By date, the oldest first"),
        ("number", True): _("By number, the largest first"),
        ("number", False): _("By number, the smallest first"),
        ("title", False): _("By title, from A to Z"),
        ("title", True): _("By title, from Z to A"),
        ("registered", True): _("Only registered ones, the last registered first"),
        ("registered", False): _("Only registered ones, the first registered first"),
    }
    return words[conditions.sort, conditions.descending]


def pager(conditions: Conditions, found: Found) -> dict[str, object]:
    """As the macro ``pager()`` takes it. Pages counted from the end are numbered −1, −2, …"""
    page = found.page
    backwards = page < 0
    if found.beyond:
        around = {-1, *range(page - 2, min(page + 2, -1) + 1)} if backwards else range(max(page - 2, 1), page + 3)
        shown = sorted({1, *around, -1}, key=lambda one: (one < 0, one))
    else:
        last = page if found.total is None else max(-(-found.total // PAGE), 1)
        shown = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1 or (number < 0 < before):
            pages.append(("…", None, False))
        label = _("the last one") if number == -1 else str(number).replace("-", "−")
        pages.append((label, conditions.url(page=number), number == page))
    first = (page - 1) * PAGE + 1
    previous = page > 1 or backwards
    return {
        "first": None if backwards else first,
        "last": None if backwards else first + len(found.rows) - 1,
        "total": found.total,
        "beyond": found.beyond,
        "previous_url": conditions.url(page=page - 1) if previous else None,
        "next_url": conditions.url(page=page + 1) if found.more else None,
        "pages": pages,
    }

"""«Контроль ознакомления»: documents that are being read, the latest first, and those that whoever comes is to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

import peewee as pw
from flask import url_for

from roadmapdocs.acquaintance.addressees import with_units_below
from roadmapdocs.acquaintance.models import Acquaintance, AcquaintanceSheet
from roadmapdocs.acquaintance.queries import Progress, progress_of
from roadmapdocs.acquaintance.words import ReadingState
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Unit
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.acquaintance.queue_page import places
from roadmapdocs.web.acquaintance.units import offered_units
from roadmapdocs.web.acquaintance.words import number_of, progress_parts, progress_words
from roadmapdocs.web.worklist.documents import name_of
from roadmapdocs.web.worklist.rows import urgency_of

PAGE = 50
_SHOWS = ("open", "standing", "done")


def control_context(asked: Mapping[str, str], by: Actor, today: dt.date) -> dict[str, Any]:
    """What ``acquaintance_control.html`` asks for. ``asked`` is the address: ``show``, ``unit`` and ``page``."""
    show = asked.get("show", "") if asked.get("show", "") in _SHOWS else _SHOWS[0]
    unit = Unit.get_or_none(Unit.id == number_of(asked.get("unit")))
    page = max(number_of(asked.get("page")), 1)
    found = _documents(show, unit, by, page)
    progress = progress_of([row.id for row in found[:PAGE]], today=today)
    standing = _standing([row.id for row in found[:PAGE]])
    rows = [_row(row, progress.get(row.id, Progress()), row.id in standing, unit, today) for row in found[:PAGE]]
    return {
        "places": places(by, "control"),
        "chips": _chips(show, unit),
        "selects": _selects(show, unit),
        "rows": rows,
        "show": show,
        "page": _page(show, unit, page, len(rows), more=len(found) > PAGE),
    }


def _documents(show: str, unit: Unit | None, by: Actor, page: int) -> list[Any]:
    """Documents on lists, the nearest day first; one more than a page tells that there are more."""
    units = sorted(with_units_below([unit.id])) if unit is not None else []
    lines = _waiting(units)
    rows = (
        Document.select(Document, Kind, lines.c.nearest.alias("nearest"))
        .join(Kind)
        .switch(Document)
        .join(lines, pw.JOIN.LEFT_OUTER, on=(lines.c.document_id == Document.id))
        .where(_shown(show, lines, units) & visible_to(by))
        .order_by(lines.c.nearest.is_null(), lines.c.nearest, Document.id.desc())
    )
    return list(rows.limit(PAGE + 1).offset((page - 1) * PAGE).objects())


def _waiting(units: list[int]) -> Any:
    """By document, the nearest day of those who are waited for (of some units, where such are given)."""
    waiting = Acquaintance.state == ReadingState.ASKED
    if units:
        waiting &= Acquaintance.unit.in_(units)
    nearest = pw.fn.MIN(Acquaintance.due).alias("nearest")
    rows = Acquaintance.select(Acquaintance.document, nearest).where(waiting).group_by(Acquaintance.document)
    return rows.alias("lines")


def _shown(show: str, lines: Any, units: list[int]) -> pw.Expression:
    if show == "open":
        return lines.c.document_id.is_null(False)
    live = AcquaintanceSheet.standing & AcquaintanceSheet.ended_at.is_null()
    sheets = AcquaintanceSheet.select(AcquaintanceSheet.document)
    chosen = Document.id.in_(sheets.where(live)) if show == "standing" else Document.id.in_(sheets) & lines.c.document_id.is_null()
    if units:
        chosen &= Document.id.in_(Acquaintance.select(Acquaintance.document).where(Acquaintance.unit.in_(units)))
    return chosen


def _standing(documents: Collection[int]) -> set[int]:
    if not documents:
        return set()
    live = AcquaintanceSheet.standing & AcquaintanceSheet.ended_at.is_null()
    rows = AcquaintanceSheet.select(AcquaintanceSheet.document).where(live & AcquaintanceSheet.document.in_(list(documents)))
    return {document for (document,) in rows.tuples()}


def _row(document: Any, progress: Progress, standing: bool, unit: Unit | None, today: dt.date) -> dict[str, Any]:
    nearest = document.nearest
    due = dt.date.fromisoformat(nearest[:10]) if isinstance(nearest, str) else nearest
    sheet = url_for("roadmapdocs_documents.acquaintance", document_id=document.id)
    return {
        "title": name_of(document),
        "url": sheet,
        "waiting_url": f"{sheet}?show={'late' if progress.late else 'waiting'}{f'&unit={unit.id}' if unit else ''}",
        "words": progress_words(progress),
        "parts": progress_parts(progress),
        "asked": progress.asked,
        "waiting": progress.waiting,
        "late": progress.late,
        "refused": progress.refused,
        "due": due,
        "urgency": urgency_of(due, today),
        "standing": standing,
    }


def _url(show: str, unit: Unit | None, page: int = 1) -> str:
    asked = {"show": show if show != _SHOWS[0] else "", "unit": unit.id if unit else "", "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    address: str = url_for("roadmapdocs_acquaintance.control")
    return f"{address}?{query}" if query else address


def _chips(show: str, unit: Unit | None) -> list[dict[str, Any]]:
    labels = (("open", _("Being read")), ("standing", _("For whoever comes")), ("done", _("Nobody is waited for")))
    return [
        {"label": label, "url": _url(name, unit), "current": name == show, "count": None, "late": False, "symbol": None}
        for name, label in labels
    ]


def _selects(show: str, unit: Unit | None) -> dict[str, Any]:
    chosen = unit.id if unit else 0
    options = [(0, _("All units"), not chosen), *((one, label, one == chosen) for one, label in offered_units())]
    return {
        "action": url_for("roadmapdocs_acquaintance.control"),
        "hidden": [("show", show)],
        "fields": [{"name": "unit", "label": _("Unit"), "options": options}],
    }


def _page(show: str, unit: Unit | None, page: int, rows: int, *, more: bool) -> dict[str, Any] | None:
    if page == 1 and not more:
        return None
    return {
        "first": (page - 1) * PAGE + 1,
        "last": (page - 1) * PAGE + rows,
        "total": None,
        "previous_url": _url(show, unit, page - 1) if page > 1 else None,
        "next_url": _url(show, unit, page + 1) if more else None,
        "pages": [],
    }

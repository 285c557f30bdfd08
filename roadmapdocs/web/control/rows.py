"""Rows of the reports on execution, in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import url_for

from roadmapdocs.assignments.reports import Line, Which
from roadmapdocs.assignments.reports_discipline import PersonRow, UnitRow
from roadmapdocs.assignments.reports_extensions import Moves, PersonMoves
from roadmapdocs.assignments.reports_rules import Tally
from roadmapdocs.assignments.reports_sources import Counts, DocumentName
from roadmapdocs.assignments.words import LIVE, State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.web.assignments.words import state_word
from roadmapdocs.web.control.conditions import Conditions
from roadmapdocs.web.pages import capital, date
from roadmapdocs.web.roadmaps.slot_words import cut

_LONGEST: Final = 240
_LOOKS: Final = {State.DONE: "ok", State.REMOVED: "ok", State.CANCELLED: "plain", State.DRAFT: "plain", State.REPORTED: "info"}


def line_rows(lines: Sequence[Line], documents: Mapping[int, DocumentName]) -> list[dict[str, Any]]:
    """What ``macros/control.html`` draws a line from."""
    return [_line(line, documents) for line in lines]


def _line(line: Line, documents: Mapping[int, DocumentName]) -> dict[str, Any]:
    source = documents.get(line.document) if line.document is not None else None
    return {
        "id": line.id,
        "url": url_for("roadmapdocs_assignments.card", assignment_id=line.id),
        "text": cut(" ".join(line.text.split()), _LONGEST),
        "source": source_name(source),
        "source_url": url_for("roadmapdocs_documents.card", document_id=source.id) if source and not source.hidden else None,
        "point": line.point,
        "responsible": line.responsible_name,
        "gone": line.left and line.state in LIVE,
        "controller": line.controller_name,
        "due": line.due,
        "first_due": line.first_due if line.extended else None,
        "late": _late(line),
        "is_late": bool(line.late.days) and line.state in LIVE,
        "badge": {"look": _LOOKS.get(line.state, "work"), "label": _state(line), "symbol": "eye" if line.state == State.REPORTED else None},
        "on_control": line.on_control,
    }


def _state(line: Line) -> str:
    if line.state == State.REMOVED and line.done_on is None:
        return _("removed without execution")
    return _("done on %(day)s", day=date(line.done_on)) if line.done_on is not None else state_word(line.state)


def _late(line: Line) -> str:
    """«с опозданием на 12 дней (рабочих: 8)»."""
    if not line.late.days:
        return ""
    said = ngettext("%(num)s day late", "%(num)s days late", line.late.days)
    return _("%(days)s (working: %(working)s)", days=said, working=line.late.working)


def source_name(document: DocumentName | None) -> str:
    if document is None:
        return ""
    if document.hidden:
        return _("document with restricted access")
    said = capital(document.kind) + (f" №\N{NO-BREAK SPACE}{document.number}" if document.number else "")
    return said + (" " + _("of %(date)s", date=date(document.date)) if document.date else "")


def figure(number: int, url: str, *, late: bool = False) -> dict[str, Any]:
    """A number that leads to its list; nothing leads to none."""
    return {"number": number, "url": url if number else None, "late": late and number > 0}


class Links:
    """Lists behind figures of many people or units: what is the same in their addresses is put together once."""

    def __init__(self, conditions: Conditions, name: str = "") -> None:
        """``name`` is the condition that differs; without it all addresses are those of the conditions."""
        self._name = name
        nobody = {name: "" if name == "person" else None} if name else {}
        self._lists = {which: conditions.list_url(which, **nobody) for which in Which}
        self._page = conditions.url(**nobody)

    def list_of(self, which: Which, id_: int | None) -> str:
        """Of one, or with None of all."""
        return self._lists[which] if id_ is None else f"{self._lists[which]}&{self._name}={id_}"

    def page_of(self, id_: int) -> str:
        return f"{self._page}{'&' if '?' in self._page else '?'}{self._name}={id_}"


def tally_cells(tally: Tally, links: Links, id_: int | None = None) -> list[dict[str, Any]]:
    """The figures of one person, one unit, or all, in the order of the columns."""

    def one(which: Which, number: int, *, late: bool = False) -> dict[str, Any]:
        return figure(number, links.list_of(which, id_), late=late)

    return [
        one(Which.COUNTED, tally.all),
        one(Which.IN_TIME, tally.in_time),
        one(Which.DONE_LATE, tally.done_late),
        one(Which.NOT_DONE, tally.not_done, late=True),
        one(Which.ON_CHECK, tally.on_check),
        one(Which.AHEAD, tally.ahead),
        {"number": None, "share": tally.share},
        one(Which.EXTENDED, tally.extended),
    ]


def person_rows(people: Sequence[PersonRow], links: Links) -> list[dict[str, Any]]:
    return [
        {
            "name": row.name,
            "gone": row.left,
            "depth": 0,
            "url": links.list_of(Which.COUNTED, row.person),
            "cells": tally_cells(row.figures, links, row.person),
        }
        for row in people
    ]


def unit_rows(units: Sequence[UnitRow], links: Links) -> list[dict[str, Any]]:
    return [
        {
            "name": row.unit.name,
            "gone": False,
            "depth": min(row.unit.depth, 4),
            "url": links.page_of(row.unit.id),
            "cells": tally_cells(row.figures, links, row.unit.id),
        }
        for row in units
    ]


def moves_row(row: PersonMoves, links: Links) -> dict[str, Any]:
    return {"name": row.name, "url": links.page_of(row.person), "cells": moves_cells(row.moves)}


def moves_cells(moves: Moves) -> list[int]:
    return [moves.asked, moves.granted, moves.refused, moves.waiting, moves.ordered]


def counts_cells(counts: Counts, conditions: Conditions, **whose: Any) -> dict[str, Any]:
    return {
        "given": figure(counts.given, conditions.list_url(Which.GIVEN, **whose)),
        "live": figure(counts.live, conditions.list_url(Which.LIVE, **whose)),
        "late": figure(counts.late, conditions.list_url(Which.LATE, **whose), late=True),
        "done": figure(counts.done, conditions.list_url(Which.DONE, **whose)),
    }


def which_words(which: Which) -> str:
    """What the assignments behind a figure are."""
    return {
        Which.DUE: _("Assignments whose deadline is ahead"),
        Which.LATE: _("Overdue assignments"),
        Which.LEFT: _("Assignments of those who left"),
        Which.COUNTED: _("Assignments with a deadline in this time"),
        Which.IN_TIME: _("Assignments done in time"),
        Which.DONE_LATE: _("Assignments done late"),
        Which.NOT_DONE: _("Assignments not done in time"),
        Which.AHEAD: _("Assignments whose deadline is ahead"),
        Which.EXTENDED: _("Assignments whose deadline was extended"),
        Which.ON_CHECK: _("Assignments reported, not accepted in time"),
        Which.LIVE: _("Assignments not over yet"),
        Which.DONE: _("Assignments done"),
        Which.GIVEN: _("Assignments"),
    }[which]

"""What all pages of control have in common: tabs, conditions, files, and the note about people who left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from flask import url_for

from roadmapdocs.access.rules import Action, may
from roadmapdocs.assignments import reports
from roadmapdocs.assignments.reports import Which
from roadmapdocs.assignments.reports_made import Report, due_until
from roadmapdocs.assignments.reports_rules import Period
from roadmapdocs.assignments.reports_scope import Staff, within
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.roadmap.models import Roadmap
from roadmapdocs.web.context import today
from roadmapdocs.web.control.asking import asked_of, tokens_of
from roadmapdocs.web.control.conditions import OF_NO_TIME, Conditions
from roadmapdocs.workdays.operations import calendar

PAGE: Final = 50
_DEEPEST: Final = 6


class Page:
    """One request: the conditions, whom they mean, and the condition of its queries."""

    def __init__(self, conditions: Conditions) -> None:
        self.conditions = conditions
        self.calendar, self.today = calendar(), today()
        self.staff = Staff(self.today)
        self.tokens = tokens_of(conditions, self.staff)
        self.asked = asked_of(conditions, self.tokens)
        self.within = within(self.asked.scope, self.asked.by, self.staff)

    @property
    def offset(self) -> int:
        return (self.conditions.page - 1) * PAGE

    def context(self, **more: Any) -> dict[str, Any]:
        """What ``control_layout.html`` asks for."""
        conditions, by = self.conditions, self.asked.by
        left = reports.count(reports.that(Which.LEFT, Period(), self.today) & self.within)
        return {
            "report": str(conditions.report),
            "own_only": not may(by, Action.SEE_CONTROL),
            "tabs": self._tabs(),
            "tokens": [
                {"label": one.label, "value": one.value, "remove_url": conditions.url(**one.without)} for one in self.tokens
            ],
            "form": self._form(),
            "exports": [{"label": name, "url": conditions.file_url(code)} for code, name in (("xlsx", "XLSX"), ("docx", "DOCX"))],
            "left": left,
            "left_url": conditions.list_url(Which.LEFT, since=None, until=None),
            "turned": conditions.turned,
            "period": conditions.period,
            **more,
        }

    def _tabs(self) -> list[dict[str, Any]]:
        conditions = self.conditions
        until = due_until(self.today, conditions.days, self.calendar)
        due = reports.count(reports.that(Which.DUE, Period(self.today, until), self.today) & self.within)
        late = reports.count(reports.that(Which.LATE, Period(), self.today) & self.within)
        labels = (
            (Report.DUE, _("Due soon"), due),
            (Report.LATE, _("Overdue"), late),
            (Report.DISCIPLINE, _("Discipline"), None),
            (Report.EXTENSIONS, _("Extensions"), None),
            (Report.DOCUMENTS, _("By document"), None),
            (Report.ROADMAP, _("By roadmap"), None),
        )
        kept = {"section": None, "item": None}
        return [
            {
                "label": label,
                "url": conditions.url(report=report, since=None, until=None, **kept),
                "current": conditions.report == report,
                "count": number,
                "late": report is Report.LATE,
                "symbol": None,
            }
            for report, label, number in labels
        ]

    def _form(self) -> dict[str, Any]:
        conditions = self.conditions
        units = [("", _("any unit"), conditions.unit is None)]
        units += [
            (str(one.id), "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}" * min(one.depth, _DEEPEST) + one.name, one.id == conditions.unit)
            for one in self.staff.units
        ]
        roadmaps = [("", _("any roadmap"), conditions.roadmap is None)]
        rows = Roadmap.select(Roadmap.id, Roadmap.title).order_by(Roadmap.title, Roadmap.id)
        roadmaps += [(str(row.id), row.title, row.id == conditions.roadmap) for row in rows]
        return {
            "action": conditions.url().partition("?")[0],
            "hidden": [pair for pair in conditions.said() if pair[0] in {"which", "document", "section", "item"}],
            "since": conditions.since.isoformat() if conditions.since else "",
            "until": conditions.until.isoformat() if conditions.until else "",
            "has_period": conditions.report not in OF_NO_TIME,
            "has_roadmap": conditions.report is not Report.ROADMAP,
            "days": conditions.days if conditions.report is Report.DUE else None,
            "person": self._typed("person", conditions.person),
            "controller": self._typed("controller", conditions.controller),
            "units": units,
            "roadmaps": roadmaps,
            "on_control": conditions.on_control,
        }

    def _typed(self, name: str, said: str) -> str:
        """What stands in the field: the words, or the name of whom an id means."""
        if not said.isdecimal():
            return said
        return next((one.value for one in self.tokens if name in one.without), "")


def pager(conditions: Conditions, total: int, shown: int, size: int = PAGE) -> dict[str, Any]:
    """As the macro ``pager()`` takes it; ``size`` rows a page, ``shown`` on this one."""
    page, last = conditions.page, max(-(-total // size), 1)
    around = sorted({1, last, *range(max(page - 2, 1), min(page + 2, last) + 1)})
    pages: list[tuple[str, str | None, bool]] = []
    for before, number in zip([0, *around], around, strict=False):
        if number - before > 1:
            pages.append(("…", None, False))
        pages.append((str(number), conditions.url(page=number), number == page))
    first = (page - 1) * size + 1
    return {
        "first": first,
        "last": first + shown - 1,
        "total": total,
        "previous_url": conditions.url(page=page - 1) if page > 1 else None,
        "next_url": conditions.url(page=page + 1) if page < last else None,
        "pages": pages,
    }


def summary(total: int) -> str:
    return ngettext("%(num)s assignment", "%(num)s assignments", total)


def reassign_url(ids: Sequence[int]) -> str:
    """Where these assignments are given to other people."""
    address: str = url_for("roadmapdocs_assignments.bulk", id=list(ids), do="people")
    return address

"""«Ждёт меня»: everybody's first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may
from roadmapdocs.coverage.matrix import CoveredItem, RoadmapCoverage, answered_by, coverage_of_editions
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.roadmap.models import Edition, Roadmap, current_editions
from roadmapdocs.web.base import PageView
from roadmapdocs.web.context import actor, settings, today
from roadmapdocs.web.pages import day
from roadmapdocs.web.roadmaps.listing import unfinished_imports
from roadmapdocs.web.worklist.documents import done_today, to_finish, to_sign, waited_for
from roadmapdocs.web.worklist.rows import AHEAD, Act, Group, Plan, Task, slot_group, task

_A_DAY = dt.timedelta(days=1)
_A_WEEK = dt.timedelta(days=7)


class WorklistView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        plans = _plans()
        if not plans:
            run = {"may_import": may(actor(), Action.IMPORT_ROADMAP), "demo_url": None}
            return self.render("worklist.html", **_EMPTY, first_run=run)
        worklist = _Worklist(actor(), plans, today(), settings().zone)
        tasks = [row for group in worklist.groups for row in group.rows]
        waiting = sum(len(group.rows) + group.unlisted for group in worklist.groups)
        g.roadmapdocs_waiting = waiting
        when = request.args.get("when", "")
        return self.render(
            "worklist.html",
            summary=_summary(waiting, tasks, today()),
            chips=_chips(tasks, when, today()),
            groups=_narrowed(worklist.groups, when, today()),
            notice=None,
            waiting=waited_for(actor()),
            done=done_today(actor(), today(), settings().zone),
            next_term=worklist.next_term,
            first_run=None,
        )


_EMPTY: dict[str, object] = {"summary": "", "chips": [], "groups": [], "notice": None, "waiting": [], "done": [], "next_term": None}


def _plans() -> dict[int, Plan]:
    rows = Edition.select(Edition.id, Roadmap).join(Roadmap).where(Edition.id.in_(current_editions()))
    return {row.id: Plan(row.roadmap.id, row.roadmap.title, row.roadmap.coordinator_id) for row in rows}


class _Worklist:
    """Everything that waits for one person, act by act; acts that nothing waits for are left out."""

    def __init__(self, reader: Actor, plans: dict[int, Plan], today: dt.date, zone: dt.tzinfo) -> None:
        self._reader, self._plans, self._today = reader, plans, today
        mine = answered_by(reader.unit_ids, reader.employee_id, today=today)
        coordinated = self._coordinated()
        groups = [
            Group(_("To sign"), to_sign(reader, today)),
            slot_group(_("To submit a document"), mine, plans, self._label(), today=today, ahead=AHEAD),
            self._late(coordinated, mine),
            Group(_("To confirm what is expected"), self._suggested(coordinated)),
            Group(_("To finish loading"), self._imports(zone)),
            Group(_("To finish documents"), to_finish(reader, today)),
        ]
        self.groups = [group for group in groups if group.rows]
        self.next_term = _next_term(mine, coordinated.values(), today)

    def _label(self) -> str:
        return _("Link a document") if may(self._reader, Action.LINK_DOCUMENT) else _("Look")

    def _coordinated(self) -> dict[int, RoadmapCoverage]:
        """Roadmaps of a coordinator: their own, and those that nobody coordinates yet."""
        if not self._reader.has(Role.COORDINATOR):
            return {}
        known = {self._reader.employee_id, None}
        ids = [edition for edition, plan in self._plans.items() if plan.coordinator_id in known]
        return coverage_of_editions(ids, today=self._today) if ids else {}

    def _late(self, coordinated: dict[int, RoadmapCoverage], mine: list[CoveredItem]) -> Group:
        """Late slots of a coordinator's roadmaps, but for those that stand under «submit» already."""
        known = {item.item.id for item in mine}
        items = [item for one in coordinated.values() for item in one.items if item.item.id not in known]
        title = _("To settle what is late")
        return slot_group(title, items, self._plans, self._label(), today=self._today, ahead=-_A_DAY)

    def _suggested(self, coordinated: dict[int, RoadmapCoverage]) -> list[Task]:
        tasks = []
        for edition, coverage in coordinated.items():
            inferred = {slot.slot.expected for item in coverage.items for slot in item.slots if slot.slot.suggested}
            if inferred:
                plan = self._plans[edition]
                said = ngettext("%(num)s document read out of the words", "%(num)s documents read out of the words", len(inferred))
                url = url_for("roadmapdocs_roadmaps.roadmap", roadmap_id=plan.roadmap_id, state="suggested")
                tasks.append(task(plan.title, about=[said], act=Act(_("Look through"), url), due=None, today=self._today))
        return tasks

    def _imports(self, zone: dt.tzinfo) -> list[Task]:
        if not may(self._reader, Action.IMPORT_ROADMAP):
            return []
        return [
            task(
                str(row["file_name"]),
                about=[str(row["by"]), str(row["when"])],
                act=Act(_("Go on checking"), url_for("roadmapdocs_roadmaps.review", import_id=row["import_id"])),
                due=None,
                today=self._today,
            )
            for row in unfinished_imports(zone)
        ]


def _next_term(
    mine: Iterable[CoveredItem], coordinated: Iterable[RoadmapCoverage], today: dt.date
) -> dt.date | None:
    """The nearest term ahead among what concerns the reader."""
    days = [one.totals.whole.next_due for one in coordinated]
    days += [
        slot.slot.due
        for item in mine
        for slot in item.slots
        if not slot.slot.suggested and slot.state in {State.MISSING, State.IN_WORK}
    ]
    return min((day for day in days if day is not None and day >= today), default=None)


def _summary(waiting: int, tasks: list[Task], today: dt.date) -> str:
    """«Понедельник, 16 марта. 5 дел: просрочено 2, на сегодня 1.»"""
    date = day(today).capitalize()
    if not waiting:
        return _("%(day)s. Nothing waits for you.", day=date)
    late = sum(row.urgency == "late" for row in tasks)
    now = sum(row.urgency == "today" for row in tasks)
    facts = [_("late: %(number)s", number=late)] if late else []
    facts += [_("due today: %(number)s", number=now)] if now else []
    said = ngettext("%(day)s. %(num)s thing waits for you", "%(day)s. %(num)s things wait for you", waiting, day=date)
    return said + (": " + ", ".join(facts) if facts else "") + "."


def _fits(row: Task, when: str, today: dt.date) -> bool:
    if when == "week":
        return row.due is not None and today <= row.due <= today + _A_WEEK
    return not when or row.urgency == when


def _chips(tasks: list[Task], when: str, today: dt.date) -> list[dict[str, object]]:
    labels = (
        ("", _("All")),
        ("late", _("Late")),
        ("today", _("Today")),
        ("week", _("This week")),
        ("none", _("Without a term")),
    )
    page = url_for("roadmapdocs_worklist.index")
    known = when if when in dict(labels) else ""
    return [
        {
            "label": label,
            "url": f"{page}?when={code}" if code else page,
            "current": code == known,
            "count": sum(_fits(row, code, today) for row in tasks),
            "late": code == "late",
            "symbol": None,
        }
        for code, label in labels
    ]


def _narrowed(groups: list[Group], when: str, today: dt.date) -> list[Group]:
    if when not in {"late", "today", "week", "none"}:
        return groups
    narrowed = [Group(group.title, [row for row in group.rows if _fits(row, when, today)]) for group in groups]
    return [group for group in narrowed if group.rows]

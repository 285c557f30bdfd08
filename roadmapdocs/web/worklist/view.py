"""«Ждёт меня»: everybody's first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask import g, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from roadmapdocs.access.rules import Action, may
from roadmapdocs.approvals.waiting import waiting_for
from roadmapdocs.coverage.matrix import CoveredItem, RoadmapCoverage, answered_by, coverage_of_editions
from roadmapdocs.coverage.rules import State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.roadmap.models import Edition, Roadmap, current_editions
from roadmapdocs.web.acquaintance.worklist import reading_groups
from roadmapdocs.web.assignments.worklist import assignment_groups, waited_for_assignments
from roadmapdocs.web.base import PageView
from roadmapdocs.web.context import actor, settings, today
from roadmapdocs.web.roadmaps.listing import unfinished_imports
from roadmapdocs.web.worklist.deciding import deciding_groups
from roadmapdocs.web.worklist.documents import to_finish, waited_for
from roadmapdocs.web.worklist.done import done_today
from roadmapdocs.web.worklist.rows import AHEAD, Act, Group, Plan, Task, slot_group, task
from roadmapdocs.web.worklist.standing import standing_notes
from roadmapdocs.web.worklist.urgency import chips, fits, narrowed, summary

_A_DAY = dt.timedelta(days=1)


class WorklistView(PageView):
    @expose("/")
    def index(self) -> ResponseReturnValue:
        plans = _plans()
        queue = waiting_for(actor())
        day = today()
        asked = [*assignment_groups(actor(), day), *reading_groups(actor(), day)]
        if not plans and not queue and not asked:
            run = {"may_import": may(actor(), Action.IMPORT_ROADMAP), "demo_url": None}
            return self.render("worklist.html", **_EMPTY, first_run=run)
        worklist = _Worklist(actor(), plans, day, settings().zone)
        others = [*asked, *worklist.groups]
        dues = [*(one.due for one in queue), *(due for group in others for due in group.dues)]
        waiting = len(queue) + sum(group.count for group in others)
        g.roadmapdocs_waiting = waiting
        when = request.args.get("when", "")
        deciding = deciding_groups([one for one in queue if fits(one.due, when, day)], day)
        return self.render(
            "worklist.html",
            summary=summary(waiting, dues, day),
            chips=chips(dues, when, day),
            groups=[*deciding, *narrowed(others, when, day)],
            notices=standing_notes(actor(), day),
            waiting=[*waited_for(actor(), day), *waited_for_assignments(actor(), day)],
            done=done_today(actor(), day, settings().zone),
            next_term=worklist.next_term,
            first_run=None,
        )


_EMPTY: dict[str, object] = {"summary": "", "chips": [], "groups": [], "notices": [], "waiting": [], "done": [], "next_term": None}


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

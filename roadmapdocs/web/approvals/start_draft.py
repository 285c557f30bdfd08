"""What stands on the page that sends a document round: the way chosen, whether its steps are being changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from roadmapdocs.access.rules import Action, may
from roadmapdocs.approvals.models import Route, Run
from roadmapdocs.approvals.plans import Plan, plan_from_json
from roadmapdocs.approvals.routes import fitting
from roadmapdocs.approvals.rules import RunState
from roadmapdocs.approvals.runs import latest
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.approvals.step_drafts import PlanDraft
from roadmapdocs.web.forms import plain_line

#: In the place of a route's id: steps made up for this document alone.
OWN = "own"


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways that stand open to this person for this document; ``needed`` is the obligatory route."""

    routes: list[Route]
    needed: Route | None
    privileged: bool

    @classmethod
    def of(cls, document: Document, actor: Actor) -> Ways:
        found = fitting(document)
        needed = next((row for row in found if row.obligatory), None)
        privileged = may(actor, Action.CHANGE_ROUTE)
        return cls([needed] if needed is not None and not privileged else found, needed, privileged)

    @property
    def own(self) -> bool:
        """Whether steps may be made up."""
        return self.privileged or self.needed is None

    def may_change(self, route: Route | None) -> bool:
        """As :func:`roadmapdocs.approvals.effects.start_route` will judge."""
        if route is None or self.privileged:
            return self.own
        return bool(route.changeable) and (self.needed is None or bool(self.needed.changeable))

    def chosen(self, asked: str) -> Route | None:
        """The route asked for by its id, else the first; None for steps of one's own."""
        if asked == OWN and self.own:
            return None
        found = (row for row in self.routes if str(row.id) == asked)
        return next(found, self.routes[0] if self.routes else None)


@dataclass
class StartDraft:
    """``asked`` is the way that the person saw; ``read_at`` when the route shown had been changed last."""

    route: Route | None
    changing: bool
    plan: PlanDraft
    revision: int
    read_at: str
    asked: str = ""
    trouble: str | None = None
    told: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def begun(cls, document: Document, ways: Ways, args: MultiDict[str, str]) -> StartDraft:
        before = _before(document) if "route" not in args else None
        if before is not None:
            route = ways.chosen(str(before.route_id or OWN))
            plan = plan_from_json(before.plan)
            if ways.may_change(route) and (route is None or plan != plan_from_json(route.plan)):
                # Whom it was changed for last time is asked again: nobody picks the same people twice.
                return cls(route, True, PlanDraft.of(plan), document.revision, _moment(route))
        route = ways.chosen(args.get("route", ""))
        changing = ways.may_change(route) and (route is None or bool(args.get("change")))
        draft = PlanDraft.of(plan_from_json(route.plan)) if route is not None else PlanDraft.blank()
        return cls(route, changing, draft, document.revision, _moment(route))

    @classmethod
    def read(cls, document: Document, ways: Ways, form: MultiDict[str, str]) -> StartDraft:
        draft = cls.begun(document, ways, form)
        sent = form.get("revision", "")
        draft.revision = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
        draft.read_at = plain_line(form.get("read_at"))[:64]
        draft.asked = plain_line(form.get("route"))[:16]
        if draft.changing:
            draft.plan = PlanDraft.read(form)
        return draft

    @property
    def overtaken(self) -> bool:
        """Whether the office's route is offered no more, or is another by now than the one that was shown."""
        if self.asked != _key(self.route):
            return True
        return self.route is not None and not self.changing and self.read_at != _moment(self.route)

    def wanted(self) -> Plan | None:
        """The plan to send along; None, with sentences beside the steps, where it cannot be read."""
        if self.route is not None and not self.changing:
            return plan_from_json(self.route.plan)
        return self.plan.plan()

    def take(self, refusal: Refusal) -> None:
        if not self.plan.take(refusal) or not self.changing:
            self.trouble = refusal.message

    def shown_again(self, document: Document) -> None:
        """Whoever sends it once more has seen how things stand by now."""
        self.revision, self.read_at, self.asked = document.revision, _moment(self.route), _key(self.route)


def _before(document: Document) -> Run | None:
    """The run that came back to the drafter, if that is why the document is sent once more."""
    run = latest(document.id)
    return run if run is not None and run.state in {RunState.RETURNED, RunState.WITHDRAWN} else None


def _key(route: Route | None) -> str:
    return str(route.id) if route is not None else OWN


def _moment(route: Route | None) -> str:
    moment: dt.datetime | None = route.changed_at if route is not None else None
    return moment.isoformat() if moment is not None else ""

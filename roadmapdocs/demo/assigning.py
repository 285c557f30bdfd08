"""Assignments of the made-up office: given, carried out, judged, moved, each on its day and by whoever may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.assignments import control, executing, extensions, from_items, judging
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import give
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.series import give_series, make_due
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.desk import Desk, Hour, Step
from roadmapdocs.people.rules import Actor
from roadmapdocs.roadmap.models import Edition, Roadmap

#: Acts that take the words said with them; the others take none, or are told below.
_SAID: Final[Mapping[str, Callable[..., object]]] = {
    "ask": executing.ask,
    "explain": executing.explain,
    "send_back": judging.send_back,
    "remove": judging.remove,
    "cancel": judging.cancel,
    "refuse": extensions.refuse,
}


def put_down_assignments(desk: Desk) -> None:
    """Put each into the calendar with all that happened to it; nothing before its document, nor before it was given."""
    days = {document.key: document.date for document in desk.office.documents}
    for content in desk.office.assignments:
        given = max(content.given, days.get(content.document, content.given))
        desk.calendar.put(given, Hour.ASSIGN, _giving(content, desk))
        for act in content.acts:
            desk.calendar.put(max(act.day, given), Hour.ASSIGN, _acting(act, content, desk))


def _giving(content: schema.Assignment, desk: Desk) -> Step:
    def step(now: dt.datetime, today: dt.date) -> None:
        by = desk.person(content.by, today)
        if content.item is not None:
            desk.assignments[content.key] = _give_item(content, desk, by=by, now=now, today=today)
        elif content.recurrence:
            series = give_series(_plan(content, desk), by=by, now=now, today=today)
            desk.assignments[content.key] = _last_of(series.id)
        else:
            # What the document itself says is given even where its day was a holiday's and is over.
            (made,) = give([_plan(content, desk)], by=by, now=now, today=today, allow_past=True)
            desk.assignments[content.key] = made.id
        _follow(content, desk, by, now, today)

    return step


def _plan(content: schema.Assignment, desk: Desk) -> Plan:
    due, repeated = content.due, bool(content.recurrence)
    return Plan(
        text=content.text,
        responsible=desk.employees[content.responsible].id,
        executors=tuple(desk.employees[key].id for key in content.executors),
        controller=_id(content.controller, desk),
        author=_id(content.author, desk),
        document=desk.documents[content.document].id if content.document else None,
        point=content.point,
        parent=desk.assignments[content.parent] if content.parent else None,
        deadline=Deadline(
            DeadlineKind.PERIODIC if repeated else DeadlineKind(content.kind),
            date=due,
            recurrence=content.recurrence,
            anchor=due.day if due is not None and repeated else 0,
        ),
        counted_from=None if content.document else content.given,
        urgent=content.urgent,
        on_control=content.on_control,
    )


def _id(key: str, desk: Desk) -> int | None:
    return desk.employees[key].id if key else None


def _give_item(content: schema.Assignment, desk: Desk, *, by: Actor, now: dt.datetime, today: dt.date) -> int:
    """The open term of an item becomes an assignment, in the words of the roadmap."""
    assert content.item is not None
    row = desk.items[content.item]
    roadmap = Roadmap.select().join(Edition).where(Edition.id == row.edition_id).get()
    wanted = from_items.proposals_of(roadmap, item_id=row.id, today=today)[0]
    chosen = from_items.Chosen(wanted.expected, wanted.period, desk.employees[content.responsible].id)
    controller = _id(content.controller, desk)
    given = from_items.give_chosen(roadmap, [chosen], controller=controller, by=by, now=now, today=today)
    (made,) = given.assignments
    return int(made.id)


def _acting(act: schema.AssignmentAct, content: schema.Assignment, desk: Desk) -> Step:
    def step(now: dt.datetime, today: dt.date) -> None:
        by, number = desk.person(act.by, today), desk.assignments[content.key]
        who: dict[str, Any] = {"by": by, "now": now, "today": today}
        if act.do in _SAID:
            _SAID[act.do](number, act.text, **who)
        elif act.do == "take":
            executing.take(number, **who)
        elif act.do == "report":
            made = desk.documents[act.document].id if act.document else None
            executing.report(number, act.text, document_id=made, **who)
        elif act.do == "accept":
            judging.accept(number, comment=act.text, **who)
        elif act.do == "grant":
            extensions.grant(number, answer=act.text, **who)
        elif act.do == "ask_extension":
            assert act.wanted is not None
            extensions.ask_extension(number, act.wanted, act.text, **who)
        elif act.do == "next_of_series":
            make_due(now=now, today=today)
            desk.assignments[content.key] = _last_of(Assignment.get_by_id(number).series_id)
        else:
            raise ValueError(f"nobody does {act.do!r} with an assignment")
        _follow(content, desk, by, now, today)

    return step


def _last_of(series_id: int) -> int:
    mine = Assignment.select().where(Assignment.series == series_id)
    return int(mine.order_by(Assignment.id.desc()).get().id)


def _follow(content: schema.Assignment, desk: Desk, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """The document's line moves with each act: the whole office is built in one transaction, at whose end it would
    otherwise move once."""
    if content.document:
        control.follow(desk.documents[content.document].id, by=by, now=now, today=today)

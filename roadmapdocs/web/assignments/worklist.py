"""Assignments on «Ждёт меня»: what to confirm, do, clear up, judge and answer, and what one waits for from others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import peewee as pw
from flask import url_for

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.waiting import Wait, Waiting, waiting_for
from roadmapdocs.assignments.words import OPEN, State
from roadmapdocs.i18n import gettext as _
from roadmapdocs.i18n import ngettext, pgettext
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.conditions import CONTROL, GIVEN, MINE, Conditions
from roadmapdocs.web.assignments.rows import card_url, source_names, source_words
from roadmapdocs.web.assignments.words import state_word
from roadmapdocs.web.decide.words import in_place_words
from roadmapdocs.web.pages import day
from roadmapdocs.web.roadmaps.slot_words import cut
from roadmapdocs.web.worklist.rows import Act, Group, Task, task

#: Rows of one act on the first page; the others are in the list.
MOST_ROWS = 8
MOST_WAITED_FOR = 20
_TITLE = 160


def assignment_groups(actor: Actor, today: dt.date) -> list[Group]:
    """Act by act, one's own before what is asked in another's place; three statements beside what finds the queue."""
    groups = [list(rows) for _key, rows in groupby(_ordered(waiting_for(actor, today)), key=_group_key)]
    shown = {one.assignment_id for rows in groups for one in rows[:MOST_ROWS]}
    known = _known(shown)
    names = source_names({row.document_id for row in known.values() if row.document_id}, actor)
    return [_group(rows, known, names, today) for rows in groups]


def _ordered(queue: Sequence[Waiting]) -> list[Waiting]:
    """TAKE and DO are one group: who has a new assignment is to carry it out."""
    order = (Wait.CONFIRM, Wait.DO, Wait.TAKE, Wait.EXPLAIN, Wait.JUDGE, Wait.ANSWER)
    place = {act: number if act is not Wait.TAKE else order.index(Wait.DO) for number, act in enumerate(order)}
    last = dt.date.max

    def key(one: Waiting) -> tuple[bool, str, bool, int, bool, dt.date, int]:
        return (bool(one.in_place_of), one.in_place_of, one.acting, place[one.act], not one.urgent, one.due or last, one.assignment_id)

    return sorted(queue, key=key)


def _group_key(one: Waiting) -> tuple[str, bool, str]:
    """What is asked in another's place stands in one list, whatever the act."""
    act = Wait.DO if one.act is Wait.TAKE else one.act
    return (one.in_place_of, one.acting, "" if one.in_place_of else str(act))


def group_word(act: Wait) -> str:
    return {
        Wait.CONFIRM: pgettext("worklist", "To confirm resolutions"),
        Wait.TAKE: pgettext("worklist", "To carry out assignments"),
        Wait.DO: pgettext("worklist", "To carry out assignments"),
        Wait.EXPLAIN: pgettext("worklist", "To clear up"),
        Wait.JUDGE: pgettext("worklist", "To accept reports"),
        Wait.ANSWER: pgettext("worklist", "To decide on deadlines"),
    }[act]


def _act(one: Waiting) -> Act:
    """The button leads where the act is done: to the resolution, to the report, or to the card that shows both ways."""
    words = {
        Wait.CONFIRM: pgettext("worklist", "Look into it"),
        Wait.TAKE: pgettext("worklist", "Open"),
        Wait.DO: pgettext("worklist", "Report"),
        Wait.EXPLAIN: pgettext("worklist", "Clear up"),
        Wait.JUDGE: pgettext("worklist", "Check"),
        Wait.ANSWER: pgettext("worklist", "Decide"),
    }
    if one.act is Wait.CONFIRM:
        return Act(words[one.act], url_for("roadmapdocs_assignments.confirm", assignment_id=one.assignment_id))
    direct = {Wait.DO: "report", Wait.EXPLAIN: "explain"}.get(one.act)
    if direct is not None:
        return Act(words[one.act], url_for("roadmapdocs_assignments.act", assignment_id=one.assignment_id, step=direct))
    return Act(words[one.act], card_url(one.assignment_id))


def _group(rows: Sequence[Waiting], known: dict[int, Assignment], names: dict[int, str], today: dt.date) -> Group:
    first = rows[0]
    title = in_place_words(first.in_place_of, first.acting) if first.in_place_of else group_word(first.act)
    rest = [one.due for one in rows[MOST_ROWS:]]
    return Group(
        title,
        [_task(one, known[one.assignment_id], names, today) for one in rows[:MOST_ROWS] if one.assignment_id in known],
        rest=tuple(rest),
        late_rest=sum(one.late for one in rows[MOST_ROWS:]),
        all_url=_all(first, len(rows)),
    )


def _all(first: Waiting, many: int) -> str:
    """The list that shows all of a long group; several reports are accepted there at once."""
    if first.in_place_of or (many <= MOST_ROWS and first.act is not Wait.JUDGE) or many < 2:  # one needs no list
        return ""
    tabs: dict[Wait, dict[str, Any]] = {
        Wait.CONFIRM: {"tab": GIVEN, "state": str(State.DRAFT)},
        Wait.EXPLAIN: {"tab": GIVEN, "state": str(State.CLARIFYING)},
        Wait.JUDGE: {"tab": CONTROL, "state": str(State.REPORTED)},
        Wait.ANSWER: {"tab": GIVEN},
    }
    return Conditions(**tabs.get(first.act, {"tab": MINE})).url()


def _task(one: Waiting, row: Assignment, names: dict[int, str], today: dt.date) -> Task:
    executor = one.act in {Wait.TAKE, Wait.DO}
    about = [
        group_word(one.act) if one.in_place_of else "",
        pgettext("assignment", "urgent") if one.urgent else "",
        _("from %(name)s", name=row.author_name) if executor and row.author_name else "",
        "" if executor else _("responsible: %(name)s", name=str(row.responsible)),
        source_words(names.get(row.document_id, ""), row.point),
        pgettext("worklist", "new") if one.act is Wait.TAKE else "",
        pgettext("worklist", "returned for more work") if row.state == State.RETURNED else "",
    ]
    title = cut(" ".join(row.text.split()), _TITLE)
    return task(title, about=about, act=_act(one), due=one.due, today=today, url=card_url(row.id))


def _known(ids: set[int]) -> dict[int, Assignment]:
    rows = Assignment.select(Assignment, Employee).join(Employee, on=(Assignment.responsible == Employee.id))
    return {row.id: row for row in rows.where(Assignment.id.in_(sorted(ids) or [0]))}


def waited_for_assignments(actor: Actor, today: dt.date) -> list[dict[str, object]]:
    """{title, url, note, late}: what this person gave or controls and others have in their hands, the latest first."""
    if actor.employee_id is None:
        return []
    mine = (Assignment.author == actor.employee_id) | (Assignment.controller == actor.employee_id)
    others = Assignment.responsible != actor.employee_id
    rows = (
        Assignment.select(Assignment, Employee)
        .join(Employee, on=(Assignment.responsible == Employee.id))
        .where(mine & others & Assignment.state.in_([str(one) for one in OPEN]))
        .order_by(pw.NodeList((Assignment.due, pw.SQL("IS NULL"))), Assignment.due, Assignment.id)
        .limit(MOST_WAITED_FOR)
    )
    return [_awaited(row, today) for row in rows]


def _awaited(row: Assignment, today: dt.date) -> dict[str, object]:
    late = (today - row.due).days if row.due is not None else 0
    facts = [_("with %(name)s", name=str(row.responsible)), state_word(row.state)]
    if late > 0:
        facts.append(ngettext("%(num)s day late", "%(num)s days late", late))
    elif row.due is not None:
        facts.append(_("until %(day)s", day=day(row.due)))
    return {"title": cut(" ".join(row.text.split()), _TITLE), "url": card_url(row.id), "note": ", ".join(facts), "late": late > 0}

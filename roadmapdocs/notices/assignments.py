"""What assignments tell, and to whom: reactions to their signals, inside the transaction of the act.

What asks for an act has a topic of its own and is settled when the act is done or not wanted any more; news are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.deadlines import executors_due
from roadmapdocs.assignments.facts import deciders_of
from roadmapdocs.assignments.models import Assignment, AssignmentSeries, DueExtension
from roadmapdocs.assignments.words import LIVE, ExtensionState, Part, State
from roadmapdocs.hooks import assignment_acted, series_ended
from roadmapdocs.installation import day_of
from roadmapdocs.notices.assignment_teller import LONGEST_TEXT, Teller, assignment_path, topic
from roadmapdocs.notices.models import Notice
from roadmapdocs.notices.operations import tell
from roadmapdocs.people.presence import works_on
from roadmapdocs.people.rules import Actor
from roadmapdocs.workdays.operations import calendar

#: What may still be asked about an assignment; an act settles some of it, its end all.
ASKS: Final = ("do", "help", "judge", "draft", "ask", "extension", "watch")


def listen() -> None:
    """React from now on. Idempotent."""
    assignment_acted.connect(_acted)
    series_ended.connect(_series_ended)


_EXECUTE: Final = (Part.RESPONSIBLE, Part.EXECUTOR)


def _acted(
    assignment: Assignment, *, act: Act, about: Mapping[str, object], by: Actor, now: dt.datetime, **_more: Any
) -> None:
    act = Act(act)
    teller = Teller(assignment, now, _day(now), by)
    teller.settle(*(ASKS if assignment.state not in (*LIVE, State.DRAFT) else _SETTLES.get(act, ())))
    said = _TELLS.get(act)
    if said is not None:
        report = {"note": str(about["text"])} if act is Act.REPORTED and about.get("text") else {}
        said(teller, {"who": by.name, **_words(about), **report})


def _words(about: Mapping[str, object]) -> dict[str, object]:
    """What the person wrote, as notices show it: the reason of a refusal, the words of a report or of an answer."""
    found = next((str(about[name]) for name in _WRITTEN if about.get(name)), "")
    return {"note": found} if found else {}


#: Where acts keep what was written, the first that is there.
_WRITTEN: Final = ("why", "question", "answer", "comment")


def _drafted(teller: Teller, about: dict[str, object]) -> None:
    teller.ask(teller.assignment.author_id, "assignment_drafted", "draft", about=about)


def _given(teller: Teller, about: dict[str, object]) -> None:
    row = teller.assignment
    teller.ask(row.responsible_id, "assignment_given", "do", about=about)
    _tell_helpers(teller, about)
    if row.controller_id is not None and row.controller_id != row.responsible_id:
        teller.news([row.controller_id], "assignment_controlled", about=about)


def _tell_helpers(teller: Teller, about: dict[str, object]) -> None:
    helpers = _helpers(teller)
    own = _helpers_due(teller) if helpers else None
    for one in sorted(helpers):
        teller.ask(one, "assignment_given", "help", about={**about, "helps": True}, due=own)


def _helpers(teller: Teller) -> set[int]:
    return teller.people(Part.EXECUTOR) - {teller.assignment.responsible_id}


def _helpers_due(teller: Teller) -> dt.date | None:
    """Co-executors have to be ready a working day earlier."""
    due = teller.assignment.due
    return executors_due(due, calendar()) if due is not None else None


def _moved(teller: Teller, about: dict[str, object]) -> None:
    helpers = _helpers(teller)
    teller.news(teller.people(*Part) - helpers, "assignment_due_moved", about=about)
    if helpers:
        teller.news(helpers, "assignment_due_moved", about=about, due=_helpers_due(teller))


def _asked(teller: Teller, about: dict[str, object]) -> None:
    teller.ask(_answerer(teller), "assignment_asked", "ask", about=about)


def _reported(teller: Teller, about: dict[str, object]) -> None:
    if teller.assignment.state == State.REPORTED:
        teller.ask(_judge(teller), "assignment_reported", "judge", about=about)


def _judge(teller: Teller) -> int | None:
    """The controller, else the author; nobody who has left, or who wrote the report themselves."""
    return next(iter(deciders_of(teller.assignment, teller.today)), None)


def _answerer(teller: Teller) -> int | None:
    """The author, else the controller, with the same exceptions."""
    return next(reversed(deciders_of(teller.assignment, teller.today)), None)


def _extension_asked(teller: Teller, about: dict[str, object]) -> None:
    row = teller.assignment
    asked = (DueExtension.assignment == row.id) & (DueExtension.state == str(ExtensionState.ASKED))
    wanted = DueExtension.select(DueExtension.wanted).where(asked).scalar()
    teller.ask(_answerer(teller), "assignment_extension_asked", "extension", about=about, due=wanted)


def _reassigned(teller: Teller, about: dict[str, object]) -> None:
    row = teller.assignment
    if row.state == State.NEW:
        teller.ask(row.responsible_id, "assignment_given", "do", about=about)
    teller.news(teller.people(*Part) - {row.responsible_id}, "assignment_reassigned", about=about)
    teller.news(_had_it(row) - teller.people(*Part), "assignment_taken_off", about=about)


def _had_it(row: Assignment) -> set[int]:
    """Those who were told that they have it, and those who stood in."""
    asked = (Notice.topic == topic(row.id, "do")) & (Notice.code == "assignment_given")
    return {employee for (employee,) in Notice.select(Notice.employee).where(asked).tuples()}


def _cancelled(teller: Teller, about: dict[str, object]) -> None:
    """Of a draft only whoever prepared it knows."""
    row = teller.assignment
    if row.given_at is not None:
        teller.news(teller.people(*Part), "assignment_cancelled", about=about)
    elif row.made_by_employee_id is not None:
        teller.news([row.made_by_employee_id], "assignment_cancelled", about=about)


def _to_executor(code: str) -> Callable[[Teller, dict[str, object]], None]:
    def told(teller: Teller, about: dict[str, object]) -> None:
        teller.ask(teller.assignment.responsible_id, code, "do", about=about)

    return told


def _to_parts(code: str, *parts: Part) -> Callable[[Teller, dict[str, object]], None]:
    def told(teller: Teller, about: dict[str, object]) -> None:
        teller.news(teller.people(*parts), code, about=about)

    return told


def _unless_draft(told: Callable[[Teller, dict[str, object]], None]) -> Callable[[Teller, dict[str, object]], None]:
    """Of what nobody has yet, only its author is told."""

    def only_given(teller: Teller, about: dict[str, object]) -> None:
        if teller.assignment.given_at is not None:
            told(teller, about)

    return only_given


#: Questions that an act answers, while the assignment goes on.
_SETTLES: Final[Mapping[Act, tuple[str, ...]]] = {
    Act.GIVEN: ("draft",),
    Act.TAKEN: ("do",),
    Act.ASKED: ("do",),
    Act.EXPLAINED: ("ask",),
    Act.REPORTED: ("do", "help", "ask", "watch"),
    Act.RECALLED: ("judge",),
    Act.RETURNED: ("judge",),
    Act.EXTENSION_GRANTED: ("extension", "do", "help", "watch"),
    Act.EXTENSION_REFUSED: ("extension",),
    Act.EXTENSION_WITHDRAWN: ("extension",),
    Act.DUE_MOVED: ("do", "help", "watch"),
    Act.REASSIGNED: ("do", "judge", "ask"),
}
_TELLS: Final[Mapping[Act, Callable[[Teller, dict[str, object]], None]]] = {
    Act.DRAFTED: _drafted,
    Act.GIVEN: _given,
    Act.ASKED: _asked,
    Act.EXPLAINED: _to_executor("assignment_explained"),
    Act.REPORTED: _reported,
    Act.RETURNED: _to_executor("assignment_returned"),
    Act.ACCEPTED: _to_parts("assignment_accepted", *_EXECUTE, Part.AUTHOR),
    Act.REMOVED: _to_parts("assignment_removed", *Part),
    Act.REOPENED: _to_executor("assignment_reopened"),
    Act.CANCELLED: _cancelled,
    Act.EXTENSION_ASKED: _extension_asked,
    Act.EXTENSION_GRANTED: _moved,
    Act.EXTENSION_REFUSED: _to_parts("assignment_extension_refused", Part.RESPONSIBLE),
    Act.DUE_MOVED: _moved,
    Act.REASSIGNED: _reassigned,
    Act.CORRECTED: _unless_draft(_to_parts("assignment_corrected", *_EXECUTE, Part.CONTROLLER)),
}


def _series_ended(series: AssignmentSeries, *, last: Assignment, now: dt.datetime, **_more: Any) -> None:
    """The author; where that person has left, whoever set the series up."""
    told = [one for one in (last.author_id, series.made_by_employee_id) if one is not None]
    there = works_on(told, _day(now))
    author = next((one for one in told if one in there), None)
    if author is not None:
        key = f"series:{series.id}/ended"
        about = {"text": last.text[:LONGEST_TEXT], "without_document": last.document_id is None}
        path = assignment_path(last.id)
        tell([author], "assignment_series_ended", key=key, document_id=last.document_id, path=path, about=about, now=now)


def _day(now: dt.datetime) -> dt.date:
    return day_of(now)

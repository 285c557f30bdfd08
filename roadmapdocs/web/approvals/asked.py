"""Whom a plan would ask about a document today: names, who of them is away, and by which day each has to answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roadmapdocs.approvals.authors import authors
from roadmapdocs.approvals.plans import Mode, Plan, Step
from roadmapdocs.approvals.resolving import Resolved, resolve
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.presence import absent_on
from roadmapdocs.people.substitution import Substitute, substitutes_on
from roadmapdocs.workdays.operations import calendar
from roadmapdocs.workdays.rules import Calendar

#: Three years of working days: what lies beyond is no term that anybody plans by.
_FARTHEST = 750


@dataclass(frozen=True, slots=True)
class Person:
    """``away`` is a sentence about an absence, or empty; ``due`` the day by which the visa is asked, at the latest."""

    name: str
    post: str
    email: str
    away: str
    covered: bool
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class AskedStep:
    """``why_not`` says why nobody can be asked; ``left_out`` are those who drafted the document."""

    people: tuple[Person, ...]
    left_out: tuple[str, ...]
    why_not: str


def asked_today(plan: Plan, document: Document, day: dt.date) -> list[AskedStep]:
    """Step by step, as if the document were sent along the plan now."""
    found = _resolved(plan, document, day)
    ids = {one.employee for step in found if isinstance(step, Resolved) for one in step.asked if one.employee is not None}
    written_by = authors(document)
    absent, substitutes, days = absent_on(ids, day), substitutes_on(ids, day), calendar()
    gone = 0
    steps = []
    for step, one in zip(plan.steps, found, strict=True):
        if isinstance(one, str):
            steps.append(AskedStep((), (), one))
            continue
        people = []
        for place, who in enumerate(one.asked):
            passed = gone + step.term * (place + 1 if step.mode is Mode.TURN else 1)
            by = substitutes.get(who.employee, ()) if who.employee in absent else ()
            # A substitute who drafted the document may not decide on it either.
            covering = [one for one in by if one.covers(document.kind.code) and one.employee_id not in written_by]
            away = _away(covering) if who.employee in absent else ""
            people.append(Person(who.name, who.post, who.email, away, bool(covering), _due(days, day, passed)))
        steps.append(AskedStep(tuple(people), one.left_out, ""))
        gone += _lasts(step, len(people))
    return steps


def _resolved(plan: Plan, document: Document, day: dt.date) -> list[Resolved | str]:
    """The people of each step, or why there are none."""
    try:
        return list(resolve(plan, document, day))
    except Refusal as refusal:
        told = refusal.details.get("steps")
        problems = told if isinstance(told, Mapping) else {}
    found: list[Resolved | str] = []
    for place, step in enumerate(plan.steps):
        if place in problems:
            found.append(str(problems[place]))
            continue
        try:
            found += resolve(dataclasses.replace(plan, steps=(step,)), document, day)
        except Refusal as refusal:
            found.append(refusal.message)
    return found


def _lasts(step: Step, people: int) -> int:
    """Working days that the step takes at the most; who is only informed keeps nobody waiting."""
    if step.mode is Mode.INFORMATION:
        return 0
    return step.term * (people if step.mode is Mode.TURN else 1)


def _away(covering: Sequence[Substitute]) -> str:
    if not covering:
        return _("away, and nobody stands in")
    return _("away; %(names)s stands in", names=", ".join(one.name for one in covering))


def _due(days: Calendar, day: dt.date, passed: int) -> dt.date | None:
    return days.after(day, passed) if passed <= _FARTHEST else None

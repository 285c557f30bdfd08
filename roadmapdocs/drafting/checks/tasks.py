"""What points order: control, executors, terms (§21, 6, 11 and 12)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from roadmapdocs.drafting import values as v
from roadmapdocs.drafting.checks.facts import Facts
from roadmapdocs.drafting.checks.known import is_known, knows_post
from roadmapdocs.drafting.checks.reading import PERSON
from roadmapdocs.drafting.checks.rules import Trouble
from roadmapdocs.drafting.checks.said import CONTROL, Said, points_of
from roadmapdocs.i18n import gettext as _

_LAID_ON = re.compile(r"возл(?:ожить|агаю|агается)\s+на\s+(?P<whom>.{3,300})", re.IGNORECASE)
_KEPT = re.compile(r"(?:оставляю|оставить)\s+за\s+собой", re.IGNORECASE)


def control_missing(facts: Facts) -> Iterator[Trouble]:
    if facts.kind.group != "order" or facts.kind.code == "order_staff":
        return
    points = points_of(facts)
    if points and not any(_is_control(one) for one in points) and not _control_in_text(facts):
        yield Trouble(_("points"), _("No point says who controls the execution."))


def _control_in_text(facts: Facts) -> bool:
    """A single point has no number, and the control may stand in a paragraph of its own."""
    return facts.text is not None and any(CONTROL.search(one.text) for one in facts.text.main.passages)


def _is_control(one: Said) -> bool:
    return (one.point is not None and one.point.kind is v.PointKind.CONTROL) or CONTROL.search(one.text) is not None


def controller_unknown(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        if not _is_control(one):
            continue
        if one.point is not None and one.point.kind is v.PointKind.CONTROL and not one.text:
            person = one.point.person
            if person is not None and not person.employee_id and not is_known(facts.office, person.name, person.post):
                yield Trouble(one.place, _unknown(person.name or person.post))
            continue
        found = None if _KEPT.search(one.text) else _LAID_ON.search(one.text)
        if found is not None and not _named_is_known(facts, found["whom"]):
            yield Trouble(one.place, _unknown(found["whom"].rstrip(" .")))


def _named_is_known(facts: Facts, words: str) -> bool:
    """A person told by surname and initials in any case, else a post; an office without posts knows nobody."""
    person = PERSON.search(words)
    if person is not None and is_known(facts.office, person[0], ""):
        return True
    return person is None and (not facts.office.posts or knows_post(facts.office, words))


def _unknown(name: str) -> str:
    return _("The registry knows neither such a person nor such a post: %(name)s.", name=name)


def executor_unknown(facts: Facts) -> Iterator[Trouble]:
    """Each name once, at the first point that has it."""
    told: set[str] = set()
    for trouble in _unknown_executors(facts):
        if trouble.sentence not in told:
            told.add(trouble.sentence)
            yield trouble


def _unknown_executors(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        for executor in one.point.executors if one.point is not None else ():
            if executor.employee_id or executor.unit_id:
                continue
            named = executor.name or executor.post or executor.unit or executor.text
            if not is_known(facts.office, executor.name, executor.post, executor.unit or executor.text):
                yield Trouble(one.place, _unknown(named))
        if one.point is None:
            for found in PERSON.finditer(one.text[:2_000]):
                if facts.office.people and not _is_control(one) and not is_known(facts.office, found[0], ""):
                    yield Trouble(one.place, _unknown(found[0]))


def task_without_executor(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        if one.point is not None and one.point.kind is v.PointKind.TASK and not one.point.executors:
            yield Trouble(one.place, _("The point gives a task and does not say to whom."))


def deadline_before_document(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        for due in one.due:
            if facts.card.date is not None and due < facts.card.date:
                told = _("The term, %(due)s, is before the document itself, %(date)s.", due=_day(due), date=_day(facts.card.date))
                yield Trouble(one.place, told)


def deadline_passed(facts: Facts) -> Iterator[Trouble]:
    """Of what is not signed yet: nobody can be told today to have done something yesterday."""
    for one in points_of(facts) if not facts.card.signed else ():
        for due in one.due:
            if due < facts.today and not (facts.card.date is not None and due < facts.card.date):
                yield Trouble(one.place, _("The term, %(due)s, is over already.", due=_day(due)))


def deadline_day_off(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        for due in one.due:
            if facts.calendar.is_working(due):
                continue
            told = _(
                "The term, %(due)s, is a day off. The nearest working days are %(before)s and %(after)s.",
                due=_day(due),
                before=_day(_working_before(facts, due)),
                after=_day(facts.calendar.after(due, 0)),
            )
            yield Trouble(one.place, told)


def _working_before(facts: Facts, day: dt.date) -> dt.date:
    while not facts.calendar.is_working(day) and day > dt.date.min:
        day -= dt.timedelta(1)
    return day


def point_empty(facts: Facts) -> Iterator[Trouble]:
    for one in points_of(facts):
        point = one.point
        if point is None:
            continue
        plain = point.kind in {v.PointKind.PLAIN, v.PointKind.TASK}
        if plain and not point.text.strip() and not point.points:
            yield Trouble(one.place, _("The point says nothing."))


def _day(date: dt.date) -> str:
    return date.strftime("%d.%m.%Y")

"""The picture of a route: its steps as a rail, who is in each, and where the document is now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from roadmapdocs.approvals import plans
from roadmapdocs.approvals.models import Run, Visa
from roadmapdocs.approvals.plans import plan_from_json
from roadmapdocs.approvals.rules import Decision, RunState, VisaState
from roadmapdocs.approvals.sheet import RunSheet, VisaLine
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.sheets.words import mark_words, mode_words, result_words, standing_words, who_words


@dataclass(frozen=True, slots=True)
class Person:
    """``look`` and ``word`` are of a badge; ``when`` the day of the decision, or since when they have it.

    ``about`` says how and on which version it was decided, ``standing`` whether that ``holds`` (None: no question).
    """

    name: str
    post: str
    look: str
    word: str
    when: str
    about: str
    standing: str
    holds: bool | None
    comment: str


@dataclass(frozen=True, slots=True)
class Step:
    """``place`` is "done", "now", "ahead" or "stopped"; ``how`` says in what manner it asks."""

    number: int
    title: str
    how: str
    place: str
    people: tuple[Person, ...]


def picture(found: RunSheet, today: dt.date, zone: dt.tzinfo) -> list[Step]:
    """The steps of a run in their order."""
    by_step: dict[int, list[VisaLine]] = {}
    for line in found.lines:
        by_step.setdefault(line.visa.step, []).append(line)
    return [
        Step(
            place + 1,
            step.title,
            _how(step, len(by_step.get(place, ()))),
            _place(found.run, place),
            tuple(_person(line, found.run, today, zone) for line in by_step.get(place, ())),
        )
        for place, step in enumerate(plan_from_json(found.run.plan).steps)
    ]


def _how(step: plans.Step, asked: int) -> str:
    """Of one person there is nothing to say, unless a body decides or the step only informs."""
    return mode_words(step) if asked > 1 or step.mode in {plans.Mode.COMMITTEE, plans.Mode.INFORMATION} else ""


def _place(run: Run, step: int) -> str:
    if run.state == RunState.AGREED or step < run.step:
        return "done"
    if step > run.step:
        return "ahead"
    return "now" if run.state == RunState.UNDER_WAY else "stopped"


def _person(line: VisaLine, run: Run, today: dt.date, zone: dt.tzinfo) -> Person:
    visa = line.visa
    version = _("version %(number)s", number=line.version) if line.version else ""
    return Person(
        name=who_words(visa),
        post=visa.decided_post or visa.post,
        look=look(visa, today),
        word=_word(line, run, today),
        when=_when(visa, zone),
        about=", ".join(part for part in (*mark_words(line, run).split("\n"), version) if part),
        standing=standing_words(line),
        holds=line.standing.holds if line.standing is not None else None,
        comment=visa.comment,
    )


def look(visa: Visa, today: dt.date) -> str:
    """Of the badge: who is late is loud, whoever is not asked yet is an outline."""
    if visa.decision:
        return {Decision.AGREED: "ok", Decision.SEEN: "ok", Decision.REMARKS: "work", Decision.REFUSED: "late"}[
            Decision(visa.decision)
        ]
    if visa.state == VisaState.OPEN:
        return "late" if is_late(visa, today) else "work"
    return "none" if visa.state == VisaState.WAITING else "na"


def is_late(visa: Visa, today: dt.date) -> bool:
    return visa.state == VisaState.OPEN and visa.due is not None and visa.due < today


def _word(line: VisaLine, run: Run, today: dt.date) -> str:
    return _("overdue") if is_late(line.visa, today) else result_words(line, run)


def _when(visa: Visa, zone: dt.tzinfo) -> str:
    if visa.decided_at is not None:
        return str(visa.decided_at.astimezone(zone).strftime("%d.%m.%Y"))
    if visa.state != VisaState.OPEN or visa.asked_at is None:
        return ""
    since = visa.asked_at.astimezone(zone).strftime("%d.%m.%Y")
    if visa.due is None:
        return _("since %(since)s", since=since)
    return _("since %(since)s, term %(due)s", since=since, due=visa.due.strftime("%d.%m.%Y"))

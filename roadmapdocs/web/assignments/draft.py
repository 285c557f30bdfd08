"""An assignment as it stands in a form while somebody writes it: all that is typed is kept, also what makes no sense.

Fields of one of several assignments on a page begin with its place («3-text»); a page of one has no prefix.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from roadmapdocs.assignments.changing import TEXT_LIMIT
from roadmapdocs.assignments.checking import MOST_EXECUTORS
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.conditions import day_typed, whole
from roadmapdocs.web.assignments.people import NotCalled, person_called
from roadmapdocs.web.forms import plain_line, plain_text

_NAME_LIMIT = 300
#: More than all days that a list may have.
_DATES_LIMIT = 6_000
FLAGS = ("urgent", "on_control", "auto_close")
_LINES = ("responsible", "controller", "author", "date", "count", "recurrence", "anchor", "until", "words")


@dataclass
class Draft:
    """Names and days are as typed. ``words`` are those of the deadline as printed."""

    text: str = ""
    responsible: str = ""
    executors: list[str] = field(default_factory=list)
    controller: str = ""
    author: str = ""
    kind: str = str(DeadlineKind.DATE)
    date: str = ""
    count: str = ""
    recurrence: str = "monthly"
    anchor: str = ""
    until: str = ""
    dates: str = ""
    words: str = ""
    urgent: bool = False
    on_control: bool = True
    auto_close: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, form: MultiDict[str, str], prefix: str = "") -> Draft:
        made = cls(
            text=plain_text(form.get(f"{prefix}text", "")[: TEXT_LIMIT + 1]),
            executors=[name for one in form.getlist(f"{prefix}executor")[: MOST_EXECUTORS + 1] if (name := plain_line(one)[:_NAME_LIMIT])],
            dates=plain_text(form.get(f"{prefix}dates", "")[:_DATES_LIMIT]),
        )
        for name in _LINES:
            setattr(made, name, plain_line(form.get(prefix + name, ""))[:_NAME_LIMIT])
        for name in FLAGS:
            setattr(made, name, bool(form.get(prefix + name)))
        kind = form.get(f"{prefix}kind", "")
        made.kind = kind if kind in set(DeadlineKind) else ""
        return made

    @classmethod
    def of(cls, plan: Plan, names: Mapping[int, str]) -> Draft:
        made = cls(
            text=plan.text,
            responsible=names.get(plan.responsible, ""),
            executors=[names[one] for one in plan.executors if one in names],
            controller=names.get(plan.controller or 0, ""),
            author=names.get(plan.author or 0, ""),
            urgent=plan.urgent,
            on_control=plan.on_control,
            auto_close=plan.auto_close,
        )
        made.take_deadline(plan.deadline)
        return made

    def take_deadline(self, deadline: Deadline) -> None:
        self.kind = str(deadline.kind)
        self.date = deadline.date.isoformat() if deadline.date else ""
        self.count = str(deadline.count or "")
        self.recurrence = deadline.recurrence
        self.anchor = str(deadline.anchor or "")
        self.until = deadline.until.isoformat() if deadline.until else ""
        self.dates = ", ".join(day.strftime("%d.%m.%Y") for day in deadline.dates)
        self.words = deadline.text

    def plan(self, base: Plan) -> Plan | None:
        """``base`` with what was typed; None, with sentences in ``errors``, where it cannot be read."""
        self.errors = {}
        if not self.text:
            self.errors["text"] = _("Write what has to be done.")
        if len(self.text) > TEXT_LIMIT:
            self.errors["text"] = _("Longer than %(limit)s characters. Say it shorter.", limit=TEXT_LIMIT)
        responsible = self._person("responsible", self.responsible)
        if not self.responsible:
            self.errors["responsible"] = _("Name who is responsible for the execution.")
        if len(self.executors) > MOST_EXECUTORS:
            self.errors["executors"] = _("At most %(number)s co-executors fit. Give several.", number=MOST_EXECUTORS)
            return None
        executors = [self._person("executors", name) for name in self.executors]
        controller, author = self._person("controller", self.controller), self._person("author", self.author)
        deadline = self.deadline()
        if self.errors or deadline is None or responsible is None:
            return None
        return dataclasses.replace(
            base,
            text=self.text,
            responsible=responsible,
            executors=tuple(dict.fromkeys(one for one in executors if one is not None)),
            controller=controller,
            author=author,
            deadline=deadline,
            urgent=self.urgent,
            on_control=self.on_control,
            auto_close=self.auto_close,
        )

    def _person(self, name: str, typed: str) -> int | None:
        try:
            return person_called(typed)
        except NotCalled as problem:
            self.errors[name] = " ".join(filter(None, [self.errors.get(name), str(problem)]))
            return None

    def deadline(self) -> Deadline | None:
        """The deadline; None, with a sentence, where it is not said whole."""
        if not self.kind:
            self.errors["kind"] = _("Say until when.")
            return None
        kind = DeadlineKind(self.kind)
        date, until = self._day("date") if kind is DeadlineKind.DATE else None, self._until(kind)
        days = self._days() if kind is DeadlineKind.DATES else ()
        if kind is DeadlineKind.DATE and date is None:
            self.errors.setdefault("date", _("Name the day."))
        if kind is DeadlineKind.DATES and not days:
            self.errors.setdefault("dates", _("Name at least one day: 15.12.2025, 15.01.2026."))
        periodic = kind is DeadlineKind.PERIODIC
        count = self._number("count", 1_000) if kind in {DeadlineKind.DAYS, DeadlineKind.WORKING_DAYS, DeadlineKind.MONTH} else 0
        if kind in {DeadlineKind.DAYS, DeadlineKind.WORKING_DAYS} and not count:
            self.errors.setdefault("count", _("Say how many days."))
        anchor = self._number("anchor", 31) if periodic else 0
        if not _DEADLINE_FIELDS.isdisjoint(self.errors):
            return None
        recurrence = self.recurrence if periodic else ""
        return Deadline(kind, date, days, recurrence, until, count, anchor, self.words)

    def _until(self, kind: DeadlineKind) -> dt.date | None:
        return self._day("until") if kind is DeadlineKind.PERIODIC else None

    def _day(self, name: str) -> dt.date | None:
        typed = str(getattr(self, name))
        day = day_typed(typed)
        if typed and day is None:
            self.errors[name] = _("“%(text)s” is no day. Write it as 15.12.2025.", text=typed)
        return day

    def _days(self) -> tuple[dt.date, ...]:
        pieces = [piece for piece in re.split(r"[\s,;]+", self.dates) if piece]
        wrong = [piece for piece in pieces if day_typed(piece) is None]
        if wrong:
            self.errors["dates"] = _("“%(text)s” is no day. Write it as 15.12.2025.", text=wrong[0])
        return tuple(sorted({day for piece in pieces if (day := day_typed(piece)) is not None}))

    def _number(self, name: str, most: int) -> int:
        typed = str(getattr(self, name))
        number = whole(typed) if typed else 0
        if number is None or number > most:
            self.errors[name] = _("A whole number up to %(most)s is meant here.", most=most)
            return 0
        return number


_DEADLINE_FIELDS = frozenset({"kind", "date", "dates", "count", "recurrence", "anchor", "until"})

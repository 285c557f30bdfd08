"""What an assignment is to be, before there is one: plain values, as forms and texts give them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roadmapdocs.assignments.words import DeadlineKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """``date`` belongs to DATE, ``dates`` to DATES, ``recurrence`` (as terms have it) and ``until`` to PERIODIC.

    ``count`` is how many days, working days or months (0: one) DAYS, WORKING_DAYS and MONTH are. ``anchor`` is the day
    of the month on which a PERIODIC one falls (31: the last; of the week, Monday is 1, where it recurs by weeks),
    0 the end of each period. With PERIODIC and DATES, ``date`` is the nominal day of one of the series; without it the
    first is meant. ``text`` is the words as printed.
    """

    kind: DeadlineKind
    date: dt.date | None = None
    dates: tuple[dt.date, ...] = ()
    recurrence: str = ""
    until: dt.date | None = None
    count: int = 0
    anchor: int = 0
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "date": _iso(self.date),
            "dates": [day.isoformat() for day in self.dates],
            "recurrence": self.recurrence,
            "until": _iso(self.until),
            "count": self.count,
            "anchor": self.anchor,
            "text": self.text,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Deadline:
        return cls(
            DeadlineKind(told["kind"]),
            _day(told.get("date")),
            tuple(dt.date.fromisoformat(day) for day in told.get("dates", ())),
            str(told.get("recurrence", "")),
            _day(told.get("until")),
            int(told.get("count", 0)),
            int(told.get("anchor", 0)),
            str(told.get("text", "")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """People are ids of employees. ``author`` None: whoever makes it. ``point`` is the number in the ``document``.

    ``counted_from`` is the day from which the deadline is counted (None: the day of the document, else today).
    """

    text: str
    responsible: int
    deadline: Deadline
    executors: tuple[int, ...] = ()
    controller: int | None = None
    author: int | None = None
    document: int | None = None
    point: str = ""
    item: int | None = None
    expected: int | None = None
    period: str = ""
    parent: int | None = None
    counted_from: dt.date | None = None
    urgent: bool = False
    on_control: bool = True
    auto_close: bool = True

    def as_json(self) -> dict[str, Any]:
        told = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return told | {
            "deadline": self.deadline.as_json(),
            "executors": list(self.executors),
            "counted_from": _iso(self.counted_from),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Plan:
        values = dict(told)
        values["deadline"] = Deadline.from_json(told["deadline"])
        values["executors"] = tuple(told.get("executors", ()))
        values["counted_from"] = _day(told.get("counted_from"))
        return cls(**values)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _day(told: str | None) -> dt.date | None:
    return dt.date.fromisoformat(told) if told else None

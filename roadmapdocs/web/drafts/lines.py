"""People, executors, points and speeches as one typed line each, and back; the form of a draft is made of them.

A person is «Лукина Ольга Сергеевна, методист», several executors stand apart by semicolons, and the parts of a point
by bars: «подготовить график | Лукина О.С. | 15.12.2025». Who is known to the registry is noted by id.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from roadmapdocs.drafting.values import Executor, Person, Point, PointKind, Speech
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.russian.dates import read_date
from roadmapdocs.web.documents.people import employee_called

_ATTACHED: Final = "(текст доклада прилагается)"


def read_person(line: str) -> Person | None:
    """
    :raise Refusal: ``namesakes`` if several of the office are called so
    """
    name, _comma, post = (part.strip() for part in line.partition(","))
    if not name:
        return None
    found = employee_called(name)
    if found is None:
        return Person(name=name, post=post)
    return Person(name=_full(found), post=post, gender=found.gender, employee_id=found.id)


def write_person(person: Person | None) -> str:
    return ", ".join(part for part in (person.name, person.post) if part) if person else ""


def read_people(text: str) -> tuple[Person, ...]:
    return tuple(person for line in text.splitlines() if (person := read_person(line)) is not None)


def write_people(people: Iterable[Person]) -> str:
    return "\n".join(map(write_person, people))


def read_executors(text: str) -> tuple[Executor, ...]:
    """Who is neither an employee nor a unit of the office stays as written, and is printed so.

    :raise Refusal: as :func:`read_person`
    """
    return tuple(_executor(part) for part in text.split(";") if part.strip())


def write_executors(executors: Iterable[Executor]) -> str:
    return "; ".join(map(write_executor, executors))


def write_executor(one: Executor) -> str:
    return one.text or one.unit or ", ".join(part for part in (one.name, one.post) if part)


def read_term(text: str) -> tuple[dt.date | None, str]:
    """A day by which something is to be done, or the words that say when."""
    text = text.strip()
    day = read_date(text.removeprefix("до ").removeprefix("До ").strip()) if text else None
    return day, "" if day else text


def write_term(point: Point) -> str:
    return point.due.strftime("%d.%m.%Y") if point.due else point.term


def read_point(line: str) -> Point:
    what, _bar, rest = line.partition("|")
    who, _bar, when = rest.partition("|")
    executors = read_executors(who)
    due, term = read_term(when)
    kind = PointKind.TASK if executors or due or term else PointKind.PLAIN
    return Point(kind=kind, text=what.strip(), executors=executors, due=due, term=term)


def write_point(point: Point) -> str:
    parts = [point.text.replace("|", "/"), write_executors(point.executors), write_term(point)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def read_points(text: str) -> tuple[Point, ...]:
    return tuple(read_point(line) for line in text.splitlines() if line.strip())


def write_points(points: Iterable[Point]) -> str:
    return "\n".join(map(write_point, points))


def read_speeches(text: str) -> tuple[Speech, ...]:
    """«Лукина О.С., методист: рассказала о …»; what has no colon is a name."""
    return tuple(speech for line in text.splitlines() if (speech := _speech(line)) is not None)


def write_speeches(speeches: Iterable[Speech]) -> str:
    return "\n".join(_speech_line(one) for one in speeches)




def _speech(line: str) -> Speech | None:
    who, _colon, said = line.partition(":")
    person = read_person(who)
    if person is None:
        return None
    said = said.strip()
    attached = said.endswith(_ATTACHED)
    return Speech(person=person, text=said.removesuffix(_ATTACHED).strip(), attached=attached)


def _speech_line(speech: Speech) -> str:
    said = " ".join(part for part in (speech.text, _ATTACHED if speech.attached else "") if part)
    return f"{write_person(speech.person)}: {said}" if said else write_person(speech.person)


def _executor(part: str) -> Executor:
    part = part.strip()
    name, _comma, post = (one.strip() for one in part.partition(","))
    found = employee_called(name)
    if found is not None:
        return Executor(name=_full(found), post=post, gender=found.gender, employee_id=found.id)
    unit = Unit.get_or_none((Unit.name == part) | ((Unit.abbreviation == part) & (Unit.abbreviation != "")))
    return Executor(unit=unit.name, unit_id=unit.id) if unit is not None else Executor(text=part)


def _full(employee: Employee) -> str:
    return " ".join(part for part in (employee.surname, employee.name, employee.patronymic) if part)

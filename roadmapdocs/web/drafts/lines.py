"""People, executors, points and speeches as one typed line each, and back; the form of a draft is made of them.

A person is «Лукина Ольга Сергеевна, методист», several executors stand apart by semicolons, and the parts of a point
by bars: «подготовить график | Лукина О.С. | 15.12.2025». Who is known to the registry is noted by id.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from roadmapdocs.drafting.values import Executor, Person, Point, PointKind, Speech
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import Employee, Unit
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.dates import read_date
from roadmapdocs.russian.noun_phrases import head_word
from roadmapdocs.web.documents.people import employee_called

T = TypeVar("T")
_DATE: Final = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}\s*(?:г\.?|года)?|\d{4}-\d{1,2}-\d{1,2}")
_PATRONYMIC: Final = re.compile(r"\w+(?:вич|вна|ична|инична|ьич|мич|кич|тич|оглы|кызы)", re.IGNORECASE)
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


def kept_lines(text: str, read: Callable[[str], T | None], write: Callable[[T], str], before: Sequence[T], shown: str) -> tuple[T, ...]:
    """What the lines say. One that stands as it was shown is what it was made of, which may say more than a line can.

    ``shown`` is the text that ``before`` was written as, perhaps with names of today.
    """
    told = dict(zip((line.strip() for line in shown.splitlines()), before, strict=False)) if shown else {}
    told |= {write(one): one for one in before}
    found = (told.get(line.strip()) or read(line) for line in text.splitlines() if line.strip())
    return tuple(one for one in found if one is not None)


def read_people(text: str, before: Sequence[Person] = (), shown: str = "") -> tuple[Person, ...]:
    return kept_lines(text, read_person, write_person, before, shown)


def write_people(people: Iterable[Person]) -> str:
    return "\n".join(map(write_person, people))


def read_executors(text: str) -> tuple[Executor, ...]:
    """Who is neither an employee nor a unit of the office is a post, if the words are nominative; else they are
    printed as they are written.

    :raise Refusal: as :func:`read_person`
    """
    return tuple(_executor(part) for part in text.split(";") if part.strip())


def write_executors(executors: Iterable[Executor]) -> str:
    return "; ".join(map(write_executor, executors))


def write_executor(one: Executor) -> str:
    return one.text or one.unit or ", ".join(part for part in (one.name, one.post) if part)


def read_term(text: str) -> tuple[dt.date | None, str]:
    """A day by which something is to be done, or the words that say when.

    :raise Refusal: ``no_such_day`` for a date that the calendar lacks
    """
    text = text.strip()
    bare = text.removeprefix("до ").removeprefix("До ").strip()
    day = read_date(bare) if text else None
    if day is None and _DATE.fullmatch(bare):
        raise Refusal("no_such_day", _("There is no such day: %(text)s. Write another date.", text=bare))
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
    cited = point.document
    what = point.text or point.approves or (f"{cited.kind} № {cited.number}" if cited else "")
    parts = [" ".join(what.replace("|", "/").split()), write_executors(point.executors), write_term(point)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return " | ".join(parts)


def read_points(text: str, before: Sequence[Point] = (), shown: str = "") -> tuple[Point, ...]:
    """Points of a text, a line each; those below a point stay with it as long as no line comes or goes."""
    made = kept_lines(text, read_point, write_point, before, shown)
    if len(made) != len(before):
        return made
    return tuple(dataclasses.replace(one, points=one.points or was.points) for one, was in zip(made, before, strict=True))


def write_points(points: Iterable[Point]) -> str:
    return "\n".join(map(write_point, points))


def read_speeches(text: str, before: Sequence[Speech] = (), shown: str = "") -> tuple[Speech, ...]:
    """«Лукина О.С., методист: рассказала о …»; what has no colon is a name."""
    return kept_lines(text, _speech, _speech_line, before, shown)


def write_speeches(speeches: Iterable[Speech]) -> str:
    return "\n".join(_speech_line(one) for one in speeches)




def _speech(line: str) -> Speech | None:
    who, _colon, said = line.partition(":")
    person = read_person(who) or Person()
    said = said.strip()
    if not (person.name or said):
        return None
    attached = said.endswith(_ATTACHED)
    return Speech(person=person, text=said.removesuffix(_ATTACHED).strip(), attached=attached)


def _speech_line(speech: Speech) -> str:
    said = " ".join(part for part in (" ".join(speech.text.split()), _ATTACHED if speech.attached else "") if part)
    return f"{write_person(speech.person)}: {said}" if said else write_person(speech.person)


def _executor(part: str) -> Executor:
    part = part.strip()
    name, _comma, post = (one.strip() for one in part.partition(","))
    found = employee_called(name)
    if found is not None:
        return Executor(name=_full(found), post=post, gender=found.gender, employee_id=found.id)
    unit = Unit.get_or_none((Unit.name == part) | ((Unit.abbreviation == part) & (Unit.abbreviation != "")))
    if unit is not None:
        return Executor(unit=unit.name, unit_id=unit.id)
    words = name.split()
    if len(words) == 3 and _PATRONYMIC.fullmatch(words[2]) and head_word(words[0], Case.NOM) is not None:
        return Executor(name=name, post=post)
    # «руководители школ» is put into the dative, «руководителям школ» is there already.
    return Executor(post=part) if head_word(part, Case.NOM) is not None else Executor(text=part)


def _full(employee: Employee) -> str:
    return " ".join(part for part in (employee.surname, employee.name, employee.patronymic) if part)

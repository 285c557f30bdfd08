"""Points of orders and decisions as sentences (``domain.md`` §7.1): who, what, until when, and the usual clauses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting.blocks_text import count
from roadmapdocs.drafting.composing.common import (
    NBSP,
    Context,
    accusative,
    capital,
    cited_words,
    digits,
    kind_of,
    one_line,
    small,
    with_stop,
    without_stop,
)
from roadmapdocs.drafting.composing.words import gender_of, surname_first
from roadmapdocs.drafting.values import Executor, Person, Point, PointKind
from roadmapdocs.drafting.vocabulary import Line
from roadmapdocs.russian.cases import Case
from roadmapdocs.russian.noun_phrases import decline_noun_phrase

#: «утратившим силу» agrees with what is repealed.
_REPEALED: Final = {"m": "утратившим", "f": "утратившей", "n": "утратившим", "p": "утратившими"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where points stand: how many appendices the document has, and the number that theirs begin with («2.»)."""

    context: Context
    appendices: int = 0
    within: str = ""


def point_lines(points: Iterable[Point], place: Place) -> tuple[Line, ...]:
    """Points and those within them, one after another and numbered: «1.», «1.1.»."""
    counted = [int(number) for number in place.within.split(".") if number]
    base = len(counted)
    return tuple(_lines(points, place, counted, base + 1, 1))


def _lines(points: Iterable[Point], place: Place, counted: list[int], depth: int, level: int) -> Iterable[Line]:
    for point in points:
        number = count(counted, depth)
        yield Line(number=number, text=point_text(point, place), level=level)
        yield from _lines(point.points, place, counted, depth + 1, level + 1)


def point_text(point: Point, place: Place) -> str:
    """The whole sentence, without its number, ended by one sign."""
    text, clause = one_line(point.text), _CLAUSES.get(point.kind)
    told = frozenset[str]()
    if not text and clause is not None:
        text, told = one_line(clause(point, place)), _TOLD.get(point.kind, told)
    said = _with_executors(text, point, place.context)
    if point.due and "due" not in told:
        said = f"{without_stop(said)} в срок до{NBSP}{digits(point.due)}"
    if point.term.strip() and "term" not in told:
        said = f"{without_stop(said)} {one_line(point.term)}"
    return _ended(capital(said), point)


def _ended(text: str, point: Point) -> str:
    if point.points and not text.endswith((".", ":", "!", "?")):
        return re.sub(r"[\s,;]+$", "", text) + ":"
    return with_stop(text)


def _with_executors(text: str, point: Point, context: Context) -> str:
    who = ", ".join(filter(None, (executor_words(one, context) for one in point.executors)))
    if not who:
        return text
    named = any(one.name.strip() for one in point.executors) or len(point.executors) > 1
    colon = (named and context.profile.colon_after_person) or not text
    return f"{capital(who)}{':' if colon else ''} {small(text)}".strip()


def executor_words(executor: Executor, context: Context) -> str:
    """Who has to do it, in the dative: «заместителю начальника Петровой Е.В.», «общему отделу»."""
    if executor.text.strip():
        return one_line(executor.text)
    gender = gender_of(executor.name, executor.gender, context.declension)
    post = context.declension.post(one_line(executor.post), Case.DAT, gender) if executor.post.strip() else ""
    name = surname_first(executor.name, gender, Case.DAT, context.declension) if executor.name.strip() else ""
    unit = decline_noun_phrase(one_line(executor.unit), Case.DAT)
    return " ".join(filter(None, (small(post), name))) or small(unit)


def _approve(point: Point, place: Place) -> str:
    """«Утвердить Положение о … (приложение № 2)»; words of its own («согласно приложению») are its ``term``."""
    where = one_line(point.term)
    if not where and point.appendix:
        where = f"(приложение №{NBSP}{point.appendix})" if place.appendices > 1 else "(приложение)"
    return " ".join(filter(None, ("Утвердить", accusative(without_stop(one_line(point.approves))), where)))


def _repeal(point: Point, place: Place) -> str:
    if point.document is None:
        return "Признать утратившим силу"
    gender = kind_of(point.document.kind, place.context).gender if point.document.kind else "m"
    return f"Признать {_REPEALED[gender]} силу {cited_words(point.document, Case.ACC, place.context)}"


def _force(point: Point, place: Place) -> str:
    word = capital(place.context.kind.name)
    verb = "вступают" if place.context.kind.gender == "p" else "вступает"
    since = " ".join(filter(None, (f"с{NBSP}{digits(point.due)}" if point.due else "", one_line(point.term))))
    return f"{word} {verb} в силу {since or 'со дня подписания'}"


def _control(point: Point, place: Place) -> str:
    what = f"Контроль за исполнением {place.context.kind.gen}"
    if point.person is None or not (point.person.name.strip() or point.person.post.strip()):
        return f"{what} оставляю за собой"
    return f"{what} возложить на {_whom(point.person, place.context)}"


def _whom(person: Person, context: Context) -> str:
    gender = gender_of(person.name, person.gender, context.declension)
    post = context.declension.post(one_line(person.post), Case.ACC, gender) if person.post.strip() else ""
    name = surname_first(person.name, gender, Case.ACC, context.declension) if person.name.strip() else ""
    return " ".join(filter(None, (small(post), name)))


_CLAUSES: Final[dict[PointKind, Callable[[Point, Place], str]]] = {
    PointKind.APPROVE: _approve,
    PointKind.REPEAL: _repeal,
    PointKind.FORCE: _force,
    PointKind.CONTROL: _control,
}
#: What a clause has said already of its day and term.
_TOLD: Final = {PointKind.APPROVE: frozenset({"term"}), PointKind.FORCE: frozenset({"due", "term"})}

"""One printed point taken apart: who, what, until when, and whether there is anything to execute."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.assignments.point_terms import deadlines_in
from roadmapdocs.drafting.infinitives import first_infinitive
from roadmapdocs.drafting.point_reading import listed, read_point, without_stop
from roadmapdocs.drafting.values import PointKind
from roadmapdocs.russian.cases import Case


class Nothing(StrEnum):
    """Why a point asks nobody to do anything: it does what it says by being signed, or its parts say it."""

    APPROVES = "approves"
    REPEALS = "repeals"
    FORCE = "force"
    CONTROL = "control"
    DECLARES = "declares"
    PARTS = "parts"


_NOTHING: Final = {
    PointKind.APPROVE: Nothing.APPROVES,
    PointKind.REPEAL: Nothing.REPEALS,
    PointKind.FORCE: Nothing.FORCE,
    PointKind.CONTROL: Nothing.CONTROL,
}
# What is done by the words themselves («назначить ответственным …»), and what minutes only note.
_DECLARES = re.compile(
    r"(?:считать|назначить|создать\s+(?:рабочую|комисси|оргкомитет|штаб)|признать|установить|определить|объявить\s+(?:благодарность|выговор)"
    r"|внести\s+(?:следующие\s+)?изменени|принять\s+к\s+сведению|отметить,|согласиться|избрать|одобрить|присвоить|наградить|исключить|включить"
    r"|ввести\s+в\s+действие|продлить\s+(?:срок|действие)|информацию\s.{0,200}принять\s+к\s+сведению)",
    re.IGNORECASE,
)
# A point on its force that orders something besides: to be put on the site.
_ALSO_ORDERED = re.compile(r"подлежит\s+(?:официальному\s+)?(?:размещени|опубликовани|обнародовани|рассылк)", re.IGNORECASE)
#: «поручить Ивановой И.И. подготовить»: the dative comes behind the verb; behind «обязать» the accusative does.
_ORDERED = re.compile(r"(?P<verb>поручить|рекомендовать|предложить|предписать|обязать|просить)\s+(?=\S)", re.IGNORECASE)
_ACCUSATIVE: Final = frozenset({"обязать", "просить"})
_TOGETHER = re.compile(r",?\s+(?:совместно\s+со?|при\s+участии|с\s+участием|с\s+привлечением|во\s+взаимодействии\s+со?)\s+", re.IGNORECASE)
_AND = re.compile(r"(?<=\.)\s+и\s+|,\s+(?:и\s+)?")
_NAME_AT_START = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?")
_CONTROL_KEPT = re.compile(r"оставляю\s+за\s+соб|осуществляю\s+лично|оставить\s+за\s+соб", re.IGNORECASE)
_CONTROL_GIVEN = re.compile(r"(?:возлож\w+|возлага\w+)\s+на\s+(?P<who>.+)$|пору(?:чить|чаю)\s+(?P<to>.+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Executors:
    """Words of people in the order of the text, and the case in which each stands."""

    words: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Parts:
    """``deadlines`` are the words of each; a point has one, or none, or too many to choose from."""

    text: str
    executors: Executors = Executors()
    deadlines: tuple[str, ...] = ()
    nothing: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Control:
    """Whom a point on control names: the signer (``kept``), or these words in their case."""

    kept: bool = False
    who: tuple[str, ...] = ()
    case: Case = Case.ACC


def parts_of_point(words: str, start: dt.date) -> Parts:
    """``start`` is the day from which deadlines are counted."""
    point = read_point(words)
    if point.kind in _NOTHING and not (point.kind is PointKind.FORCE and _ALSO_ORDERED.search(words)):
        return Parts(point.text, nothing=_NOTHING[point.kind])
    if point.kind is PointKind.FORCE or _DECLARES.match(point.text):
        # «со дня подписания» is of its force and no deadline.
        return Parts(point.text, nothing=None if point.kind is PointKind.FORCE else Nothing.DECLARES)
    if point.executors:
        said = tuple(one for one in (point.term, f"до {point.due:%d.%m.%Y}" if point.due else "") if one)
        heads, of_heads = _heads([one.text for one in point.executors], start)
        return _with_deadlines(point.text, _together(heads, Case.DAT), (*of_heads, *said), start)
    body = without_stop(" ".join(words.split()))
    before = deadlines_in(body, start)
    if len(before.words) == 1 and body.casefold().startswith(before.words[0].casefold()[:20]) and before.rest != body:
        inner = read_point(before.rest)
        if inner.executors:
            return Parts(inner.text, _together([one.text for one in inner.executors], Case.DAT), before.words)
    executors, rest = _ordered(body)
    return _with_deadlines(rest if executors else body, executors, (), start)


def control_of(words: str) -> Control:
    if _CONTROL_KEPT.search(words):
        return Control(kept=True)
    found = _CONTROL_GIVEN.search(without_stop(words.strip()))
    if found is None:
        return Control()
    return Control(who=tuple(listed(found["who"] or found["to"])), case=Case.ACC if found["who"] else Case.DAT)


def _ordered(body: str) -> tuple[Executors, str]:
    found = _ORDERED.match(body)
    if found is None:
        return Executors(), body
    behind = body[found.end() :]
    case = Case.ACC if found["verb"].casefold() in _ACCUSATIVE else Case.DAT
    colon, verb = behind.find(":"), first_infinitive(behind)
    ends = colon if colon >= 0 and (verb is None or colon < verb) else verb
    if ends is None:
        name = _NAME_AT_START.match(behind)
        return (_together([name[0].strip()], case), behind[name.end() :].strip(" ,")) if name else (Executors(), body)
    if not behind[:ends].strip():
        return Executors(), body
    return _together(listed(behind[:ends].strip(" ,")), case), behind[ends:].strip(" :")


def _together(heads: list[str], case: Case) -> Executors:
    """«Петрову П.П. совместно с Ивановой И.И.» are two; who works with others stands in the instrumental."""
    words: list[str] = []
    cases: list[Case] = []
    for head in heads:
        first, *others = _TOGETHER.split(head)
        behind = [one for other in others for piece in _AND.split(other) for one in listed(piece)]
        words += [first.strip(" ,"), *behind]
        cases += [case, *(Case.INS for _one in behind)]
    told = [(one, of) for one, of in zip(words, cases, strict=True) if one]
    return Executors(tuple(one for one, _of in told), tuple(of for _one, of in told))


def _with_deadlines(text: str, executors: Executors, said: tuple[str, ...], start: dt.date) -> Parts:
    found = deadlines_in(text, start)
    # What stands before the task and behind it may be one deadline: «ежеквартально … до 15 числа».
    return Parts(found.rest, executors, (*said, *found.words))


def _heads(heads: list[str], start: dt.date) -> tuple[list[str], tuple[str, ...]]:
    """Executors without the words of a deadline behind the last of them: «Ивановой И.И. срочно подготовить»."""
    whole = ", ".join(heads)
    found = deadlines_in(whole, start)
    if len(found.words) == 1 and found.rest and found.rest != whole:
        return listed(found.rest), found.words
    return heads, ()

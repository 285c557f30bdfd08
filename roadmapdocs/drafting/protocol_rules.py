"""What a protocol has to say before it is signed (``domain.md`` §7.2, check 18 of §21), as plain decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.drafting.values import Person, Point, PointKind, ProtocolValues, Question
from roadmapdocs.i18n import gettext as _
from roadmapdocs.russian.letters import fold_word

#: A decision that begins so is done by being taken: nobody has to carry it out.
DONE_BY_SAYING: Final = frozenset(
    "принять утвердить одобрить согласиться признать считать избрать отметить продлить отложить снять перенести "
    "поддержать согласовать отклонить включить исключить назначить освободить".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class ProtocolFinding:
    """``place`` is that of the values («agenda[0].decided[1]»); ``serious``: the meeting decided nothing so."""

    code: str
    place: str
    message: str
    serious: bool = False


def attending(values: ProtocolValues) -> int:
    """Members at the meeting: those listed as present, and the chair where the list leaves that one out."""
    listed = len(values.present)
    chair = values.chair
    if chair is None or not chair.name or any(same_person(chair, one) for one in values.present):
        return listed
    return listed + 1


def quorum_of(values: ProtocolValues) -> int:
    """The least number of members who may decide; 0: not known, since nobody said how many members there are."""
    return values.quorum or (values.members // 2 + 1 if values.members else 0)


def has_quorum(values: ProtocolValues) -> bool:
    return attending(values) >= quorum_of(values)


def same_person(one: Person, other: Person) -> bool:
    """By the registry, else by surname and as many initials as both names have."""
    if one.employee_id and other.employee_id:
        return one.employee_id == other.employee_id
    (surname, initials), (other_surname, other_initials) = name_key(one.name), name_key(other.name)
    told = min(len(initials), len(other_initials))
    return bool(surname) and surname == other_surname and initials[:told] == other_initials[:told]


def name_key(name: str) -> tuple[str, str]:
    """Folded surname and initials of «Лысенко Светлана Сергеевна», «Лысенко С. С.» and «С.С. Лысенко» alike."""
    words = [fold_word(word) for word in _WORD.findall(name)]
    surname = next((word for word in words if len(word) > 1), words[0] if words else "")
    rest = list(words)
    if surname:
        rest.remove(surname)
    return surname, "".join(word[0] for word in rest)


def protocol_findings(values: ProtocolValues) -> list[ProtocolFinding]:
    """Everything that is wrong with it, in the order of the protocol; nothing: it may be signed."""
    return [*_meeting(values), *(finding for place, one in enumerate(values.agenda) for finding in _question(values, place, one))]


def _meeting(values: ProtocolValues) -> Iterator[ProtocolFinding]:
    if values.chair is None or not values.chair.name:
        yield ProtocolFinding("no_chair", "chair", _("The chair of the meeting is not named."), serious=True)
    if values.secretary is None or not values.secretary.name:
        yield ProtocolFinding("no_secretary", "secretary", _("The secretary of the meeting is not named."))
    present, needed = attending(values), quorum_of(values)
    if values.members and present > values.members:
        told = _("%(present)s members are present, and the body has %(members)s.", present=present, members=values.members)
        yield ProtocolFinding("too_many_present", "present", told)
    if present < needed:
        told = _("%(present)s members are present, and %(needed)s have to be: there is no quorum.", present=present, needed=needed)
        yield ProtocolFinding("no_quorum", "present", told, serious=True)
    for again in _repeated(values.present):
        told = _("%(name)s is listed among those present twice.", name=values.present[again].name)
        yield ProtocolFinding("present_twice", f"present[{again}]", told)
    if not values.agenda:
        yield ProtocolFinding("no_agenda", "agenda", _("The agenda has no questions."), serious=True)


def _repeated(people: Sequence[Person]) -> Iterator[int]:
    """Places of those who are listed before."""
    seen: set[tuple[int, tuple[str, str]]] = set()
    for place, person in enumerate(people):
        key = (person.employee_id, name_key(person.name))
        if key in seen:
            yield place
        seen.add(key)


def _question(values: ProtocolValues, place: int, question: Question) -> Iterator[ProtocolFinding]:
    where = f"agenda[{place}]"
    yield from _votes(values, where, question)
    yield from _speakers(values, where, question)
    if not question.decided:
        told = _("Question %(number)s has no decision.", number=place + 1)
        yield ProtocolFinding("no_decision", f"{where}.decided", told, serious=True)
    for index, point in enumerate(question.decided):
        yield from _decision(values, point, f"{where}.decided[{index}]", f"{place + 1}.{index + 1}", _Above())


def _votes(values: ProtocolValues, where: str, question: Question) -> Iterator[ProtocolFinding]:
    if question.votes is None:
        return
    cast, present = question.votes.yes + question.votes.no + question.votes.abstained, attending(values)
    if cast > present:
        told = _("%(votes)s votes were cast, and %(present)s members are present.", votes=cast, present=present)
        yield ProtocolFinding("too_many_votes", f"{where}.votes", told, serious=True)
    elif cast == 0:
        told = _("A vote was taken, and nobody voted: write the votes, or that there was no vote.")
        yield ProtocolFinding("no_votes", f"{where}.votes", told)
    elif question.decided and question.votes.yes * 2 <= cast:
        told = _("Fewer than half voted for a decision that the protocol has: %(yes)s of %(votes)s.", yes=question.votes.yes, votes=cast)
        yield ProtocolFinding("not_carried", f"{where}.votes", told)


def _speakers(values: ProtocolValues, where: str, question: Question) -> Iterator[ProtocolFinding]:
    there = [*values.present, *values.invited, *(one for one in (values.chair, values.secretary) if one is not None)]
    spoke: list[tuple[str, Person]] = [(f"{where}.speaker", question.speaker)] if question.speaker is not None else []
    spoke += [(f"{where}.heard[{index}].person", one.person) for index, one in enumerate(question.heard)]
    spoke += [(f"{where}.spoke[{index}].person", one.person) for index, one in enumerate(question.spoke)]
    told: list[Person] = []
    for place, person in spoke:
        if not person.name or any(same_person(person, one) for one in (*there, *told)):
            continue
        told.append(person)
        words = _("%(name)s speaks, and is neither among those present nor invited.", name=person.name)
        yield ProtocolFinding("unknown_speaker", place, words)


@dataclass(frozen=True, slots=True)
class _Above:
    """What the points above say for those below them."""

    executor: bool = False
    term: bool = False


def _decision(values: ProtocolValues, point: Point, where: str, number: str, above: _Above) -> Iterator[ProtocolFinding]:
    if point.due is not None and values.date is not None and point.due < values.date:
        told = _("The term of decision %(number)s is before the meeting.", number=number)
        yield ProtocolFinding("term_before_meeting", f"{where}.due", told)
    said = _Above(above.executor or bool(point.executors), above.term or point.due is not None or bool(point.term))
    for index, inner in enumerate(point.points):
        yield from _decision(values, inner, f"{where}.points[{index}]", f"{number}.{index + 1}", said)
    if point.points or not needs_executor(point):
        return
    if not said.executor:
        told = _("Decision %(number)s does not say who carries it out.", number=number)
        yield ProtocolFinding("no_executor", f"{where}.executors", told)
    if not said.term:
        yield ProtocolFinding("no_term", f"{where}.due", _("Decision %(number)s has no term.", number=number))


def needs_executor(point: Point) -> bool:
    """Whether somebody has to do what is decided; «принять к сведению», «утвердить» are done by being said."""
    if point.executors or point.kind is PointKind.TASK:
        return True
    if point.kind is not PointKind.PLAIN:
        return False
    first = _WORD.search(point.text)
    return first is None or fold_word(first.group()) not in DONE_BY_SAYING

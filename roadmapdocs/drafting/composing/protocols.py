"""A protocol or an extract from one as its page (``domain.md`` §7.2): who was there, heard, spoke, decided, voted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any, Final

from roadmapdocs.drafting.composing import common
from roadmapdocs.drafting.composing.common import NBSP, Context, one_line, with_stop, without_stop
from roadmapdocs.drafting.composing.points import Place, point_lines
from roadmapdocs.drafting.composing.words import surname_first
from roadmapdocs.drafting.protocol_rules import attending, has_quorum, same_person
from roadmapdocs.drafting.values import ExtractValues, Person, ProtocolValues, Question, Speech, Votes
from roadmapdocs.drafting.vocabulary import ExtractPage, Line, PrintedQuestion, ProtocolPage, Signer
from roadmapdocs.russian.letters import fold_word
from roadmapdocs.russian.numbers import agree, quantity

#: More people than that stand on a list of their own.
LONGEST_LIST: Final = 15
#: Signs of a line of the heading: shorter than its place, so that the lines are even.
_HEADING_LINE: Final = 42
_DECIDED: Final = "ПОСТАНОВИЛИ:"
_ATTACHED: Final = "текст доклада прилагается"
_PEOPLE: Final = ("человек", "человека", "человек")
_PRESENT: Final = ("Присутствует", "Присутствуют", "Присутствуют")
#: The genitive: «из 21 члена», «из 9 членов».
_OF_MEMBERS: Final = ("члена", "членов", "членов")


def compose_protocol(values: ProtocolValues, context: Context) -> ProtocolPage:
    return ProtocolPage(**_fields(values, range(1, len(values.agenda) + 1), context))


def compose_extract(values: ExtractValues, context: Context) -> ExtractPage:
    """Its questions keep the numbers that they have in the protocol."""
    numbers = values.questions if len(values.questions) == len(values.agenda) else range(1, len(values.agenda) + 1)
    fields = _fields(values, numbers, context)
    source = [f"из протокола {one_line(fields['meeting'])}".rstrip()]
    source += [f"от{NBSP}{fields['date']}"] if fields["date"] else []
    source += [f"№{NBSP}{fields['number']}"] if fields["number"] else []
    place = without_stop(one_line(values.original_place))
    return ExtractPage(
        **(fields | {"kind": "ВЫПИСКА ИЗ ПРОТОКОЛА"}),
        source=" ".join(source),
        copied_by=_certifier(values.copied_by, context) if values.copied_by else Signer(),
        copied_on=common.digits(values.copied_on),
        original=f"Подлинник протокола находится в {place}." if place else "",
    )


def _certifier(person: Person, context: Context) -> Signer:
    (signer,) = common.signers((dataclasses.replace(person, post=common.capital(person.post)),), context)
    return signer


def _fields(values: ProtocolValues, numbers: Iterable[int], context: Context) -> dict[str, Any]:
    """What a protocol and an extract both have."""
    present = sorted(values.present, key=lambda person: _alphabetical(person, context))
    listed = tuple(_person(person, context) for person in present)
    long = len(listed) > LONGEST_LIST
    meeting = one_line(values.meeting) or one_line(common.name_without_kind(values.title, context.kind))
    return common.requisites(values, context) | {
        "meeting": "\n".join(common.broken(without_stop(meeting), _HEADING_LINE)),
        "chair": _name(values.chair, context),
        "secretary": _name(values.secretary, context),
        "present": () if long else listed,
        "present_words": f"Присутствовали: {quantity(len(listed), _PEOPLE)} (список прилагается)" if long else "",
        "present_list": listed if long else (),
        "attendance": _attendance(values),
        "invited": tuple(_person(person, context) for person in values.invited),
        "agenda": tuple(_question(values, one, number, context) for number, one in zip(numbers, values.agenda, strict=True)),
        "decided_word": _decided_word(values.decided_word),
        "signers": _signers(values, context),
    }


def _decided_word(given: str) -> str:
    word = common.despaced(one_line(given)).rstrip(" .,;:").upper()
    return f"{word}:" if word else _DECIDED


def _alphabetical(person: Person, context: Context) -> tuple[str, ...]:
    return tuple(fold_word(word) for word in _name(person, context).split())


def _name(person: Person | None, context: Context) -> str:
    return surname_first(person.name, person.gender, declension=context.declension) if person else ""


def _person(person: Person, context: Context) -> str:
    """«Масленко В.И., начальник отдела»"""
    return ", ".join(filter(None, (_name(person, context), common.small(one_line(person.post)))))


def _attendance(values: ProtocolValues) -> str:
    """«Присутствуют 7 из 9 членов, кворум имеется.»; nothing where nobody said how many there are."""
    quorum = "кворум имеется" if has_quorum(values) else "кворума нет"
    present = attending(values)
    if values.members:
        of_all = f"из {values.members}{NBSP}{agree(values.members, _OF_MEMBERS)}"
        return f"{agree(present, _PRESENT)} {present} {of_all}, {quorum}."
    return f"{agree(present, _PRESENT)} {quantity(present, _PEOPLE)}, {quorum}." if values.quorum else ""


def _question(values: ProtocolValues, question: Question, number: int, context: Context) -> PrintedQuestion:
    heard, spoke = ((), ()) if values.brief else (question.heard, question.spoke)
    return PrintedQuestion(
        number=f"{number}.",
        title=with_stop(common.capital(one_line(question.title))),
        speaker=_person(question.speaker, context) if question.speaker else "",
        heard=tuple(line for speech in heard for line in _speech(values, speech, context)),
        spoke=tuple(line for speech in spoke for line in _speech(values, speech, context)),
        decided=point_lines(question.decided, Place(context, within=f"{number}.")),
        votes=_votes(question.votes) if question.votes else "",
    )


def _speech(values: ProtocolValues, speech: Speech, context: Context) -> tuple[Line, ...]:
    """«Масленко В.И. – сообщила, что … (текст доклада прилагается).»; more paragraphs follow as they are."""
    said = [text for text in map(one_line, speech.text.splitlines()) if text]
    if speech.attached:
        said = [*said[:-1], f"{without_stop(said[-1])} ({_ATTACHED})"] if said else [_ATTACHED]
    first = f"{_speaker(values, speech.person, context)} – {said[0]}" if said else _speaker(values, speech.person, context)
    return tuple(Line(text=with_stop(text)) for text in (first, *said[1:]))


def _speaker(values: ProtocolValues, person: Person, context: Context) -> str:
    """With the post only where no list has it."""
    known = [*values.present, *values.invited, *filter(None, (values.chair, values.secretary))]
    return _name(person, context) if any(same_person(person, one) for one in known) else _person(person, context)


def _votes(votes: Votes) -> str:
    counted = (("за", votes.yes), ("против", votes.no), ("воздержались", votes.abstained))
    said = ", ".join(f"«{word}» –{NBSP}{number or 'нет'}" for word, number in counted)
    alone = votes.yes and not votes.no and not votes.abstained
    return f"Голосовали: {said}." + (" Решение принято единогласно." if alone else "")


def _signers(values: ProtocolValues, context: Context) -> tuple[Signer, ...]:
    """Whoever led the meeting and whoever wrote it down; the card's signers where nobody is named."""
    led: Sequence[tuple[Person | None, str]] = ((values.chair, "Председательствующий"), (values.secretary, "Секретарь"))
    people = tuple(dataclasses.replace(person, post=post) for person, post in led if person is not None and person.name.strip())
    return common.signers(people or values.signers, context)

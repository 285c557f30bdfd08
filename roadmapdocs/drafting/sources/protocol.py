"""What follows from a protocol: an order that carries a decision out, and an extract of some questions."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Collection

from roadmapdocs.access.rules import Mark
from roadmapdocs.db import transaction
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.drafting.citing import NBSP
from roadmapdocs.drafting.filling import values_shape
from roadmapdocs.drafting.operations import draft_of
from roadmapdocs.drafting.sources.making import (
    Act,
    Drafted,
    begin,
    new_card,
    office_beside,
    refuse_second,
    source_of,
)
from roadmapdocs.drafting.values import (
    ExtractValues,
    OrderValues,
    Person,
    Point,
    PointKind,
    ProtocolValues,
    Question,
)
from roadmapdocs.drafting.values_json import read_values
from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.russian.phrases import heading_of


def draft_from_decision(
    protocol_id: int,
    question: int,
    decision: int,
    *,
    kind: str = "order_main",
    again: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Drafted:
    """Make an order out of a decision: question and decision by their numbers in the protocol (2.1: 2 and 1).

    :raise NotFound: if there is no such protocol for this person, or it has no draft, or no such decision
    :raise Forbidden: if the person keeps no cards
    :raise Refusal: ``drafted_already``, ``unknown_kind``
    """
    act = Act(by, now, today)
    with transaction():
        protocol, said = _protocol(protocol_id, act)
        asked = _question(said, question)
        if not 0 < decision <= len(asked.decided):
            raise NotFound("no_decision", _("The protocol has no decision %(number)s.", number=f"{question}.{decision}"))
        origin = f"protocol:{protocol_id}:{question}:{decision}"
        refuse_second(origin, again, act)
        decided = asked.decided[decision - 1]
        office, title = office_beside(protocol, act), _heading(asked, decided)
        # What was decided behind closed doors does not become open by being ordered.
        document = new_card(_order_kind(kind), title, office, act, mark=Mark(protocol.mark), mark_basis=protocol.mark_basis)
        task = decided if decided.kind is not PointKind.PLAIN else dataclasses.replace(decided, kind=PointKind.TASK)
        values = OrderValues(
            preamble=_preamble(protocol, said, f"{question}.{decision}"), points=(task, Point(kind=PointKind.CONTROL))
        )
        made_from = {"protocol": protocol_id, "question": question, "decision": decision}
        begin(document, values, made_from, act, origin=origin)
        link_documents(document.id, protocol.id, LinkKind.EXECUTES, by=by, now=now, today=today)
    return Drafted(document)


def draft_extract(
    protocol_id: int,
    questions: Collection[int],
    *,
    again: bool = False,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Drafted:
    """Make an extract of these questions, by their numbers in the protocol; whoever asks for it certifies it.

    :raise NotFound: as :func:`draft_from_decision`
    :raise Forbidden: if the person keeps no cards
    :raise Refusal: ``no_questions``, ``drafted_already``
    """
    act = Act(by, now, today)
    wanted = tuple(sorted(set(questions)))
    if not wanted:
        raise Refusal("no_questions", _("Choose the questions that the extract is to have."))
    with transaction():
        protocol, said = _protocol(protocol_id, act)
        agenda = tuple(_question(said, number) for number in wanted)
        origin = f"extract:{protocol_id}:{','.join(map(str, wanted))}"[:96]
        refuse_second(origin, again, act)
        kind = Kind.get(Kind.code == "extract")
        title = f"Выписка из протокола {said.meeting}".strip()
        document = new_card(
            kind, title, office_beside(protocol, act), act, body=protocol.body, mark=Mark(protocol.mark), mark_basis=protocol.mark_basis
        )
        kept = {name: getattr(said, name) for name in ("meeting", "chair", "secretary", "present", "invited", "members", "quorum")}
        copied_by = Person(employee_id=by.employee_id, name=by.name) if by.employee_id else None
        values = ExtractValues(
            **kept, agenda=agenda, questions=wanted, copied_by=copied_by, copied_on=today, original_place=_place(protocol)
        )
        begin(document, values, {"protocol": protocol_id, "questions": list(wanted)}, act, origin=origin)
        link_documents(document.id, protocol.id, LinkKind.EXTRACT_OF, by=by, now=now, today=today)
    return Drafted(document)


def _protocol(protocol_id: int, act: Act) -> tuple[Document, ProtocolValues]:
    document, _none = source_of(protocol_id, act)
    draft = draft_of(document)
    shape = values_shape(draft.template)
    if not issubclass(shape, ProtocolValues) or issubclass(shape, ExtractValues):
        raise NotFound("no_decision", _("This document is no protocol: it has no decisions. Open a protocol."))
    return document, read_values(shape, draft.content)


def _question(said: ProtocolValues, number: int) -> Question:
    if not 0 < number <= len(said.agenda):
        raise NotFound("no_question", _("The protocol has no question No. %(number)s.", number=number))
    return said.agenda[number - 1]


def _order_kind(code: str) -> Kind:
    kind: Kind | None = Kind.get_or_none((Kind.code == code) & Kind.active)
    if kind is None or not issubclass(values_shape(kind.template), OrderValues):
        raise Refusal("unknown_kind", _("There is no kind of orders %(code)s. Choose another.", code=code))
    return kind


def _heading(question: Question, decided: Point) -> str:
    title = " ".join(question.title.split()).strip(" .")
    if re.match(r"об?о?\s", title, re.IGNORECASE):
        return title[:1].upper() + title[1:]
    return heading_of(decided.text or title, "приказ") or title


def _preamble(protocol: Document, said: ProtocolValues, number: str) -> str:
    """«Во исполнение решения заседания … (протокол от … № …, пункт 2.1),»"""
    parts = ["протокол"]
    if protocol.date:
        parts.append(f"от{NBSP}{protocol.date:%d.%m.%Y}")
    if protocol.number:
        parts.append(f"№{NBSP}{protocol.number}")
    whose = f" {said.meeting.strip()}" if said.meeting.strip() else ""
    return f"Во исполнение решения{whose} ({' '.join(parts)}, пункт{NBSP}{number}),"


def _place(protocol: Document) -> str:
    """Where the original lies: its case, once it is in one."""
    case = protocol.case
    return f"в деле № {case.case_index} за {case.year} год" if case is not None else ""

"""Documents of the made-up office on their way: drafted, given a text, agreed, signed, registered, linked."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.demo.approvals import agreeing, decide_visa, signing
from roadmapdocs.demo.content import schema
from roadmapdocs.demo.desk import Desk, Hour, Step
from roadmapdocs.demo.files import build_document_file
from roadmapdocs.demo.reading import ACTS as READING
from roadmapdocs.demo.reading import read
from roadmapdocs.documents.comments import comment
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.links.operations import link_documents
from roadmapdocs.documents.models import Document
from roadmapdocs.documents.operations import create_document
from roadmapdocs.documents.rules import Card, Preparation
from roadmapdocs.documents.transitions import perform
from roadmapdocs.documents.versions import add_version
from roadmapdocs.documents.working_copies import check_out
from roadmapdocs.people.rules import Actor, initials_after

#: For each workflow of preparation: the step that hands a text over for signing (none: its author signs it as it
#: is), and the step that signs.
WAYS: Final = {
    "preparation": ("send_for_signing", "sign"),
    "confirmation": ("send_for_confirmation", "confirm"),
    "author": ("", "sign"),
}
#: Days between the draft and the signature.
DRAFTED, SENT, AGREED, HANDED_OVER = (dt.timedelta(days=days) for days in (6, 4, 2, 1))


def put_down(document: schema.Document, desk: Desk) -> None:
    """Put everything that happens to a document until it is registered into the calendar."""
    put, day = desk.calendar.put, document.date
    if document.approved_by:
        put(day - DRAFTED, Hour.DRAFT, _draft(document, desk))
        put(day, Hour.LINK, _link(document.approved_by, schema.Link("approves", document.key), desk))
    elif document.on_paper:
        put(day, Hour.DRAFT, _bring_in(document, desk))
        if document.journal is None:
            put(day, Hour.REGISTER, _registration(document, desk))
    elif document.preparation == "signed":
        put(day - DRAFTED, Hour.DRAFT, _draft(document, desk))
        _put_down_signing(document, desk)
    else:
        put(day, Hour.DRAFT, _draft(document, desk))
        _put_down_preparation(document, desk)
    if _has_text(document, desk):
        put(day if document.preparation != "signed" else day - DRAFTED, Hour.TEXT, _add_text(document, desk))
    for link in document.links:
        put(day, Hour.LINK, _link(document.key, link, desk))


def _has_text(document: schema.Document, desk: Desk) -> bool:
    """What we wrote a text for, and what cannot go its way without one."""
    if document.body or document.on_paper or document.approved_by:
        return bool(document.body)
    if document.preparation == "signed":
        return bool(_way(document, desk)[0])
    return document.preparation != "draft"


def _way(document: schema.Document, desk: Desk) -> tuple[str, str]:
    return WAYS[desk.kinds[document.key].workflows.get("preparation", "preparation")]


def _put_down_signing(document: schema.Document, desk: Desk) -> None:
    put, day, keeper = desk.calendar.put, document.date, desk.keeper(document)
    hand_over, sign = _way(document, desk)
    if document.body and document.signer == "veresova" and hand_over:
        put(day - SENT, Hour.SEND, _step(document, "send_for_approval", keeper, desk))
        put(day - AGREED, Hour.AGREE, agreeing(document, desk))
    if hand_over:
        put(day - HANDED_OVER, Hour.HAND_OVER, _step(document, hand_over, keeper, desk))
    put(day, Hour.SIGN, signing(document, sign, desk))
    put(day, Hour.REGISTER, _registration(document, desk))


def _put_down_preparation(document: schema.Document, desk: Desk) -> None:
    """As far as it has come by now; what was returned or withdrawn is among the acts."""
    put, day, keeper = desk.calendar.put, document.date, desk.keeper(document)
    if document.preparation in ("in_approval", "rework", "agreed"):
        put(day, Hour.SEND, _step(document, "send_for_approval", keeper, desk))
    if document.preparation == "agreed":
        put(day + AGREED, Hour.AGREE, agreeing(document, desk))
    if document.preparation == "in_signing" and document.body:
        put(day, Hour.SEND, _step(document, "send_for_approval", keeper, desk))
        put(day + AGREED, Hour.AGREE, agreeing(document, desk))
        put(day + AGREED, Hour.HAND_OVER, _step(document, _way(document, desk)[0], keeper, desk))
    elif document.preparation == "in_signing":
        put(day, Hour.HAND_OVER, _step(document, _way(document, desk)[0], keeper, desk))
    if document.reserved:
        put(day, Hour.REGISTER, _step(document, "reserve", desk.clerk, desk, Answers(date=day)))


def put_down_act(act: schema.Act, desk: Desk) -> None:
    """Put something that people did with a document afterwards into the calendar; never before its date."""
    dated = next(one.date for one in desk.office.documents if one.key == act.document)
    by = desk.actor(act.by)

    def step(now: dt.datetime, today: dt.date) -> None:
        document = desk.documents[act.document]
        if act.do == "comment":
            comment(document, act.comment, by=by, now=now)
        elif act.do == "working_copy":
            check_out(document.id, store=desk.store, by=by, now=now, today=today)
        elif act.do in READING:
            read(act, document, desk, now, today)
        elif act.do.startswith("visa_"):
            decide_visa(act, document, desk, now, today)
        else:
            answers = Answers(reason=act.reason, comment=act.comment, due=act.due, date=act.since)
            perform(document.id, act.do, answers=answers, by=by, now=now, today=today)

    desk.calendar.put(max(act.day, dated), Hour.ACT, step)


def _card(document: schema.Document, desk: Desk) -> Card:
    signer = desk.employees[document.signer]
    kind = desk.kinds[document.key]
    return Card(
        kind=kind.code,
        title=document.title,
        summary=document.summary,
        signer=initials_after(signer.surname, signer.name, signer.patronymic),
        signer_id=signer.id,
        drafter_id=desk.employees[document.drafter].id,
        unit_id=desk.units[document.unit].id,
        organisation_id=desk.organisations[document.organisation].id,
        body=document.council,
        mark=Mark(document.mark),
        mark_basis=document.mark_basis,
        fields={name: value for name, value in _fields(document).items() if name in kind.fields and value},
    )


def _fields(document: schema.Document) -> dict[str, str]:
    """Fields of the kinds that the content knows: agenda and attendance stand in the text of a protocol."""
    lines = document.body
    agenda = ""
    if "ПОВЕСТКА ДНЯ:" in lines:
        first = lines.index("ПОВЕСТКА ДНЯ:") + 1
        spoken = next(place for place, line in enumerate(lines) if "СЛУШАЛИ" in line)
        agenda = "\n".join(lines[first:spoken])
    attended = next((line.partition(": ")[2] for line in lines if line.startswith("Присутствовали: ")), "")
    return {
        "place": document.place,
        "signer_post": document.signer_post,
        "chair": document.signer_name,
        "secretary": document.drafter_name,
        "agenda": agenda,
        "attended": attended,
    }


def _bring_in(document: schema.Document, desk: Desk) -> Step:
    """A document of the time before the registry, with the number that it has on paper."""

    def step(now: dt.datetime, today: dt.date) -> None:
        card = dataclasses.replace(
            _card(document, desk), number=document.number, date=document.date, preparation=Preparation.SIGNED
        )
        desk.documents[document.key] = create_document(card, by=desk.clerk, now=now, today=today)

    return step


def _draft(document: schema.Document, desk: Desk) -> Step:
    def step(now: dt.datetime, today: dt.date) -> None:
        card = _card(document, desk)
        desk.documents[document.key] = create_document(card, by=desk.keeper(document), now=now, today=today)

    return step


def _add_text(document: schema.Document, desk: Desk) -> Step:
    def step(now: dt.datetime, _today: dt.date) -> None:
        file = build_document_file(document, desk.folder)
        stored = desk.documents[document.key]
        add_version(stored, file.read_bytes(), file.name, store=desk.store, by=desk.keeper(document), now=now)

    return step


def _step(document: schema.Document, name: str, by: Actor, desk: Desk, answers: Answers | None = None) -> Step:
    def step(now: dt.datetime, today: dt.date) -> Document:
        return perform(desk.documents[document.key].id, name, answers=answers, by=by, now=now, today=today)

    return step


def _registration(document: schema.Document, desk: Desk) -> Step:
    if document.journal is None:
        return _step(document, "register_unnumbered", desk.clerk, desk, Answers(date=document.date))
    journal = desk.journals[document.journal].id
    number = document.number if document.by_hand else ""
    answers = Answers(date=document.date, journal=journal, number=number, reason=document.reason)
    return _step(document, "register", desk.clerk, desk, answers)


def _link(source: str, link: schema.Link, desk: Desk) -> Step:
    """A link that the clerk makes before its source is signed: it acts once that is registered."""

    def step(now: dt.datetime, today: dt.date) -> None:
        link_documents(
            desk.documents[source].id,
            desk.documents[link.to].id,
            LinkKind(link.kind),
            points=link.points,
            by=desk.clerk,
            now=now,
            today=today,
        )

    return step

"""What waits for somebody: visas asked of them or of those for whom they stand in, documents to sign and confirm.

Hundreds of things may wait for an executive and a page shows a few of them, so each is told in plain values; the
documents behind those that are shown are looked up by whoever shows them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import peewee as pw

from roadmapdocs.approvals.models import Seen, Visa
from roadmapdocs.approvals.rules import VisaState
from roadmapdocs.approvals.signing import act_of, signing_step
from roadmapdocs.db import transaction
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.rules import Preparation
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.people.rules import Actor

#: More than anybody decides on in a day.
MOST_WAITING = 1_000
AGREE, SEE = "agree", "see"
#: By what a person is asked, in the order of «Ждёт меня».
ACTS = (AGREE, "sign", "confirm", SEE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide. ``visa_id`` is None where a signature is asked; ``act`` is one of :data:`ACTS`.

    ``in_place_of`` is the name of whoever the person stands in for, empty for what is asked of the person;
    ``acting`` says that the person fills that one's post by an order.
    """

    document_id: int
    act: str
    due: dt.date | None
    since: dt.datetime | None
    visa_id: int | None = None
    in_place_of: str = ""
    acting: bool = False

    @property
    def urgency(self) -> tuple[bool, dt.date, float, int]:
        """Sorts: what has a term first, the earliest of them first; without one, what lies longest."""
        lies = self.since.timestamp() if self.since is not None else 0.0
        return (self.due is None, self.due or dt.date.max, lies, self.document_id)


def waiting_for(actor: Actor, *, most: int = MOST_WAITING) -> list[Waiting]:
    """All that waits for this person's decision, act by act, the most urgent first; one's own before others'.

    Two statements, however much it is; of each sort at most ``most``.
    """
    found = [*_visas(actor, most), *_signatures(actor, most)]
    return sorted(found, key=lambda one: (bool(one.in_place_of), one.in_place_of, ACTS.index(one.act), one.urgency))


def waiting_on(document: Document, actor: Actor) -> Waiting | None:
    """What this person is to decide on that document: their own visa first, then one in another's place."""
    visas = sorted(_visas(actor, MOST_WAITING, document), key=lambda one: (bool(one.in_place_of), one.urgency))
    return next(iter([*visas, *_signatures(actor, MOST_WAITING, document)]), None)


def _visas(actor: Actor, most: int, document: Document | None = None) -> list[Waiting]:
    people = sorted(actor.reads_for)
    if not people:
        return []
    asked = Visa.employee.in_(people) & (Visa.state == VisaState.OPEN)
    if document is not None:
        asked &= Visa.document == document
    rows = (
        Visa.select(Visa.id, Visa.document, Visa.employee, Visa.information, Visa.due, Visa.asked_at, Document.drafter, Kind.code)
        .join(Document)
        .join(Kind)
        .where(asked & visible_to(actor))
        .order_by(Visa.due, Visa.id)
        .limit(most)
        .tuples()
    )
    return [found for row in rows if (found := _asked(row, actor)) is not None]


def _asked(row: tuple[Any, ...], actor: Actor) -> Waiting | None:
    """The visa as it waits for the actor; None if a substitute has no such kinds, or the text is the actor's own."""
    visa_id, document_id, employee_id, information, due, since, drafter_id, kind = row
    act = SEE if information else AGREE
    if employee_id == actor.employee_id:
        return Waiting(document_id, act, due, since, visa_id)
    stands = actor.standing_for(employee_id, kind)
    if stands is None or information or drafter_id == actor.employee_id:
        return None
    return Waiting(document_id, act, due, since, visa_id, in_place_of=stands.name, acting=stands.acting)


#: What naming the step by which a document is signed takes.
_SIGNED_BY = (
    *(Document.id, Document.changed_at, Document.signer_employee, Document.preparation),
    *(Document.named_states, Document.workflow),
)


def _signatures(actor: Actor, most: int, document: Document | None = None) -> list[Waiting]:
    signers = sorted(actor.signs_for)
    if not signers:
        return []
    if document is not None:
        if document.signer_employee_id not in signers:
            return []
        return [found for found in [_to_sign(document, actor)] if found is not None]
    # The sum keeps databases from walking along all that this person ever signed: few documents are in these states.
    mine = pw.Expression(Document.signer_employee, "+", 0).in_(signers)
    asked = Document.preparation.in_([Preparation.IN_SIGNING, Preparation.AGREED]) & mine
    rows = Document.select(*_SIGNED_BY).where(asked & visible_to(actor)).order_by(Document.changed_at, Document.id).limit(most)
    return [found for row in rows if (found := _to_sign(row, actor)) is not None]


def _to_sign(document: Document, actor: Actor) -> Waiting | None:
    """None where the document's own workflow asks nobody to sign it as it stands."""
    step = signing_step(document)
    if step is None:
        return None
    signer = document.signer_employee_id
    stands = next((one for one in actor.stands_for if one.employee_id == signer and one.acting), None)
    name = stands.name if stands is not None and signer != actor.employee_id else ""
    return Waiting(document.id, str(act_of(step)), None, document.changed_at, in_place_of=name, acting=bool(name))


def seen_before(document_id: int, actor: Actor) -> int | None:
    """Number of the last version of the text that this person was shown."""
    mine = (Seen.employee == actor.employee_id) & (Seen.document == document_id)
    row = Seen.select(Seen.number).where(mine).tuples().first()
    return row[0] if row is not None else None


def mark_seen(document_id: int, number: int, *, by: Actor, now: dt.datetime) -> None:
    """Remember which version of the text a person was shown; nothing is written where that is known."""
    if by.employee_id is None or (seen_before(document_id, by) or 0) >= number:
        return
    with transaction():
        Seen.insert(employee=by.employee_id, document=document_id, number=number, at=now).on_conflict(
            conflict_target=[Seen.employee, Seen.document], update={Seen.number: number, Seen.at: now}
        ).execute()

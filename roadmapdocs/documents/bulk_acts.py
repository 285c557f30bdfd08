"""One transition for many documents: what it will be done for and what not, and doing it one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import states_of, visible_to
from roadmapdocs.errors import Conflict, Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Offer, Transition

MOST_AT_ONCE: Final = 200
#: Answers that differ from document to document: what must have one of these is done on the card.
OF_ITS_OWN: Final = frozenset({"number", "document", "points"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the transition comes to for a document; ``why_not`` is None where nothing stands in the way.

    ``revision`` is the one that the verdict is about.
    """

    document: Document
    revision: int
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A transition that is open for ``fits`` of the documents."""

    transition: Transition
    fits: int


def chosen_documents(document_ids: Sequence[int], *, by: Actor) -> list[Document]:
    """The documents that ``by`` may read, in the order asked for; the others are passed over.

    :raise Refusal: ``nothing_chosen`` or ``too_many``
    """
    ids = list(dict.fromkeys(document_ids))
    if len(ids) > MOST_AT_ONCE:
        raise Refusal(
            "too_many", _("At most %(limit)s documents are taken at once. Choose fewer.", limit=MOST_AT_ONCE)
        )
    found = Document.select(Document, Kind).join(Kind).where(Document.id.in_(ids) & visible_to(by, few=True)) if ids else ()
    rows = {row.id: row for row in found}
    if not rows:
        raise Refusal("nothing_chosen", _("No document is chosen. Tick some of the list first."))
    return [rows[id_] for id_ in ids if id_ in rows]


def choices(documents: Sequence[Document], *, by: Actor, today: dt.date) -> list[Choice]:
    """Transitions that are open for at least one of the documents, in the order of their definitions."""
    found: dict[str, Choice] = {}
    for document in documents:
        for offer in available(document, by=by, today=today):
            if offer.why_not is None and not OF_ITS_OWN.intersection(offer.transition.asks):
                before = found.get(offer.transition.name, Choice(offer.transition, 0))
                found[offer.transition.name] = replace(before, fits=before.fits + 1)
    return list(found.values())


def preview(documents: Sequence[Document], name: str, *, by: Actor, today: dt.date) -> list[Verdict]:
    """What :func:`perform_for` would do, a line a document. Nothing is changed."""
    return [Verdict(one, one.revision, _why_not(one, name, by, today)) for one in documents]


def perform_for(
    seen: Mapping[int, int],
    name: str,
    answers: Answers,
    *,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> list[Verdict]:
    """Perform the transition for each document by itself: what is refused for one stops no other.

    ``seen`` maps a document's id to the revision that the person saw: sent twice, it is done once.

    :raise Refusal: ``nothing_chosen`` or ``too_many``; ``answer`` before anything is done, if an answer that all
        of them need is empty
    """
    documents = chosen_documents(list(seen), by=by)
    _check_answers(documents, name, answers)
    verdicts = []
    for one in documents:
        revision = seen[one.id]
        try:
            moved = perform(one.id, name, answers=answers, revision=revision, by=by, now=now, today=today)
        except Refusal as refusal:
            verdicts.append(Verdict(one, revision, _told(one, name, refusal)))
        else:
            verdicts.append(Verdict(moved, moved.revision))
    return verdicts


def _told(document: Document, name: str, refusal: Refusal) -> str:
    """The refusal in words; for what stands already where the transition leads, that it does."""
    transition = workflow_of(document.workflow_id).transition(name)
    if transition is not None and transition.target not in transition.sources:
        now = Document.select().where(Document.id == document.id).first()
        if now is not None and states_of(now)[transition.line] == transition.target:
            return _("This has been done already.")
    fields = refusal.details.get("fields")
    sentences = [str(one) for one in fields.values()] if isinstance(fields, Mapping) else []
    return " ".join(sentences) if sentences and not isinstance(refusal, Conflict) else refusal.message


def _check_answers(documents: Sequence[Document], name: str, answers: Answers) -> None:
    transitions = [workflow_of(one.workflow_id).transition(name) for one in documents]
    asked = {field for one in transitions if one is not None for field in one.asks} - OF_ITS_OWN
    empty = {field: _("Fill this in.") for field in sorted(asked) if not getattr(answers, field)}
    if empty:
        raise Refusal("answer", _("Something is not answered yet. See the marked fields."), fields=empty)


def _why_not(document: Document, name: str, by: Actor, today: dt.date) -> str | None:
    offer = _offer(document, name, by, today)
    if offer is None:
        return _("In its present state the document has no such step. Look at its card.")
    if OF_ITS_OWN.intersection(offer.transition.asks):
        return _("This step needs an answer of its own for each document. Do it on the card.")
    return offer.why_not


def _offer(document: Document, name: str, by: Actor, today: dt.date) -> Offer | None:
    return next(
        (offer for offer in available(document, by=by, today=today) if offer.transition.name == name), None
    )

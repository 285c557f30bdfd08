"""Documents and the cases that keep them: what is not filed, what is in a case, what is due, filing many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import peewee as pw

from roadmapdocs.access.rules import Action, require
from roadmapdocs.cases.closing import due_cases, remove_case
from roadmapdocs.cases.models import Case
from roadmapdocs.cases.operations import find_case, why_foreign, why_shut
from roadmapdocs.cases.rules import due_on
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import Answers
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.documents.transitions import available, perform
from roadmapdocs.documents.visibility import visible_to
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, Offer

#: As many documents as one list files at once.
MOST_AT_ONCE = 200
#: Beyond this, a count of documents costs more than it says.
MOST_COUNTED = 1_000
#: The effect by which a transition is known to file a document, whatever an office calls it.
FILING = "file_into_case"
_GONE = ("archived", "destroyed")
_SHOWN = (
    Document.id,
    Document.number,
    Document.date,
    Document.title,
    Document.signer,
    Document.storage,
    Document.case,
)


def counts_by_case(case_ids: Collection[int], actor: Actor | None = None) -> dict[int, int]:
    """How many documents are in each of the cases, in one statement; of those that ``actor`` may read, if given."""
    query = Document.select(Document.case, pw.fn.COUNT(Document.id)).where(Document.case.in_(list(case_ids)))
    if actor is not None:
        query = query.where(visible_to(actor))
    return dict(query.group_by(Document.case).tuples())


def contents(case_id: int, actor: Actor) -> pw.ModelSelect:
    """Documents of a case that ``actor`` may read, in the order of their numbers, with their kinds."""
    return (
        Document.select(*_SHOWN, Kind)
        .join(Kind)
        .where((Document.case == case_id) & visible_to(actor))
        .order_by(Document.number_sort, Document.date, Document.id)
    )


def unfiled(actor: Actor, organisation_id: int | None = None, year: int | None = None) -> pw.ModelSelect:
    """Documents whose work is done and that are in no case yet, the oldest first: signed, registered, off control.

    Those of an organisation, where one is named, are its own and those of none.
    """
    done = (
        (Document.storage == "in_work")
        & (Document.preparation == "signed")
        & (Document.registration == "registered")
        & Document.control.in_(("off", "removed"))
    )
    query = Document.select(*_SHOWN, Kind).join(Kind).where(done & visible_to(actor))
    if organisation_id is not None:
        query = query.where((Document.organisation == organisation_id) | Document.organisation.is_null())
    if year is not None:
        query = query.where(Document.listed_on.between(dt.date(year, 1, 1), dt.date(year, 12, 31)))
    return query.order_by(Document.listed_on, Document.id)


def count_unfiled(actor: Actor, organisation_id: int | None = None) -> int | None:
    """How many documents :func:`unfiled` finds; None where they are too many to be worth counting."""
    found: int = unfiled(actor, organisation_id).order_by().limit(MOST_COUNTED).count()
    return found if found < MOST_COUNTED else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What filing a document comes to: ``why_not`` is None where nothing stands in the way."""

    document: Document
    why_not: str | None = None


def preview_filing(document_ids: Sequence[int], case_id: int, *, by: Actor, today: dt.date) -> list[Verdict]:
    """What :func:`file_documents` would do, a line a document; those not open to ``by`` are passed over.

    :raise NotFound: ``no_case``
    :raise Refusal: ``too_many``
    """
    case = find_case(case_id, by=by)
    shut = why_shut(case)
    found = _documents(document_ids, by)
    return [
        Verdict(row, shut or why_foreign(case, row.organisation_id) or _why_not(row, by, today)) for row in found
    ]


def file_documents(
    document_ids: Sequence[int], case_id: int, *, by: Actor, now: dt.datetime, today: dt.date
) -> list[Verdict]:
    """File the documents one by one: what is refused stops nothing. Those not open to ``by`` are passed over.

    :raise NotFound: ``no_case``
    :raise Refusal: ``too_many``
    """
    find_case(case_id, by=by)
    return [_file(row, case_id, by, now, today) for row in _documents(document_ids, by)]


def _file(document: Document, case_id: int, by: Actor, now: dt.datetime, today: dt.date) -> Verdict:
    offer = _filing(document, by, today)
    try:
        if offer is None:
            return Verdict(document, _not_offered())
        perform(document.id, offer.transition.name, answers=Answers(case=case_id), by=by, now=now, today=today)
    except Refusal as refusal:
        return Verdict(document, refusal.message)
    return Verdict(document)


def _documents(document_ids: Sequence[int], by: Actor) -> list[Document]:
    if len(document_ids) > MOST_AT_ONCE:
        raise Refusal("too_many", _("At most %(limit)s documents are filed at once. Untick some.", limit=MOST_AT_ONCE))
    rows = Document.select(Document, Kind).join(Kind).where(Document.id.in_(list(document_ids)) & visible_to(by, few=True))
    return list(rows.order_by(Document.listed_on, Document.id))


def _filing(document: Document, by: Actor, today: dt.date) -> Offer | None:
    offers = available(document, by=by, today=today)
    return next((offer for offer in offers if FILING in offer.transition.effects), None)


def _why_not(document: Document, by: Actor, today: dt.date) -> str | None:
    offer = _filing(document, by, today)
    return offer.why_not if offer is not None else _not_offered()


def _not_offered() -> str:
    return _("In its present state the document does not go into a case: it may be in one already. Look at its card.")


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose term is over. ``due`` is the first day without term; ``documents`` are those not gone yet."""

    case: Case
    due: dt.date
    documents: int


def due_list(today: dt.date, organisation_id: int | None = None) -> list[DueCase]:
    """Cases whose term of storage is over, the longest due first."""
    cases = due_cases(today, organisation_id)
    left = _left([case.id for case in cases])
    return [
        DueCase(case, due, left.get(case.id, 0))
        for case in cases
        if (due := due_on(case.closed_on, case.retention.years)) is not None
    ]


def _left(case_ids: Collection[int]) -> dict[int, int]:
    query = (
        Document.select(Document.case, pw.fn.COUNT(Document.id))
        .where(Document.case.in_(list(case_ids)) & Document.storage.not_in(_GONE))
        .group_by(Document.case)
    )
    return dict(query.tuples())


def take_off(case_id: int, act: str, *, by: Actor, now: dt.datetime, today: dt.date) -> Case:
    """Take a case off the list by an act, with its documents: each goes the storage steps open to ``by`` to the end.

    All or nothing: a document that cannot go keeps the whole case.

    :raise Refusal: ``documents_left`` naming the first of them and why, or as :func:`remove_case`
    """
    require(by, Action.MANAGE_CASES)
    with transaction():
        removed = remove_case(case_id, act, by=by, now=now, today=today)
        left = Document.select(Document.id).where((Document.case == case_id) & Document.storage.not_in(_GONE))
        for (document_id,) in list(left.tuples()):
            _destroy(document_id, act.strip(), by, now, today)
    return removed


def _destroy(document_id: int, act: str, by: Actor, now: dt.datetime, today: dt.date) -> None:
    """Through being set apart to being destroyed, by the steps of the document's own workflow."""
    for meaning in ("to_destroy", "destroyed"):
        document = Document.select(Document, Kind).join(Kind).where(Document.id == document_id).get()
        if document.storage == meaning:
            continue
        workflow = workflow_of(document.workflow_id)
        steps = [
            offer
            for offer in available(document, by=by, today=today)
            if offer.transition.line is Line.STORAGE
            and workflow.state(Line.STORAGE, offer.transition.target).meaning == meaning
        ]
        why_not = steps[0].why_not if steps else _("nobody of your role sets it apart or destroys it.")
        if why_not is not None:
            raise Refusal(
                "documents_left",
                _("The case still holds “%(title)s”: %(why)s", title=document.title, why=why_not),
                document=document.id,
            )
        name = steps[0].transition.name
        perform(document_id, name, answers=Answers(reason=act, date=today), by=by, now=now, today=today)

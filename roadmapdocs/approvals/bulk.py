"""Deciding on many documents at once: what it would be done for and what not, and doing it one by one.

Only what has nothing to be said about it goes so. Whatever a person ought to look at first is an exception, with
the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.models import Run, Seen, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.signing import rule_on, sign_confirmed
from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.documents.models import DocumentVersion
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.operations import confirm_password
from roadmapdocs.people.rules import Actor

MOST_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be decided on without opening it. ``version`` is the id of the text as it is now.

    ``why_not`` says why it has to be opened, and is None where nothing stands in the way.
    """

    waiting: Waiting
    version: int | None
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides on, with the id of the text that was shown. ``visa`` is None where they sign."""

    document: int
    version: int | None
    visa: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``why_not`` is None for what was done."""

    choice: Choice
    why_not: str | None = None


def candidates(waiting: Sequence[Waiting], *, by: Actor, today: dt.date) -> list[Candidate]:
    """Each thing that waits, with the reason why it has to be opened, if there is one; a fixed number of statements."""
    documents = [one.document_id for one in waiting]
    versions = _current(documents)
    seen = _seen(documents, by)
    bodies = _of_bodies([one.visa_id for one in waiting if one.visa_id is not None])
    signed = [one.document_id for one in waiting if one.visa_id is None]
    refused = {document for document, _visa in disagreements(signed)}
    no_rule = bool(signed) and rule_on(today) is None

    def why_not(one: Waiting) -> str | None:
        version, number = versions.get(one.document_id, (None, 0))
        if one.visa_id in bodies:
            return _("A body decides here: open it and write its protocol.")
        if one.visa_id is None and version is None:
            return _("There is no file with the text, so there is nothing to sign. Add it to the card.")
        if one.visa_id is None and no_rule:
            return _("The office has no rule by which a signature with a password counts. Open it: other ways are there.")
        if one.document_id in refused:
            return _("Somebody does not agree. Open it and read why.")
        if 0 < seen.get(one.document_id, number) < number:
            return _("The text changed since you saw it: version %(number)s. Open it and see what is new.", number=number)
        return None

    return [Candidate(one, versions.get(one.document_id, (None, 0))[0], why_not(one)) for one in waiting]


def decide_many(choices: Sequence[Choice], *, by: Actor, now: dt.datetime, today: dt.date) -> list[Outcome]:
    """Give each of the visas without remarks, each in a transaction of its own: what is done stays done.

    :raise Refusal: ``nothing_chosen`` or ``too_many``
    """
    _check(choices)
    rows = Visa.select(Visa.id).where(Visa.id.in_([one.visa or 0 for one in choices]) & Visa.information)
    informed = {visa for (visa,) in rows.tuples()}

    def give(one: Choice) -> None:
        verdict = Verdict(Decision.SEEN if one.visa in informed else Decision.AGREED)
        decide(one.visa or 0, verdict, version=one.version, by=by, now=now, today=today)

    return [_outcome(one, give) for one in choices]


def sign_many(
    choices: Sequence[Choice], password: str, *, by: Actor, now: dt.datetime, today: dt.date
) -> list[Outcome]:
    """Sign or confirm each of the documents, the password typed once; each in a transaction of its own.

    :raise Refusal: ``nothing_chosen``, ``too_many``, ``wrong_password``
    """
    _check(choices)
    confirm_password(by.user_id, password, now=now)

    def sign(one: Choice) -> None:
        sign_confirmed(one.document, version=one.version, by=by, now=now, today=today)

    return [_outcome(one, sign) for one in choices]


def disagreements(document_ids: Collection[int]) -> list[tuple[int, int]]:
    """(document, visa) of those whose last word about the document was a refusal (разногласия)."""
    if not document_ids:
        return []
    rows = (
        Visa.select(Visa.document, Visa.employee, Visa.name, Visa.id, Visa.decision)
        .where(Visa.document.in_(list(document_ids)) & Visa.decision.is_null(False) & ~Visa.information)
        .order_by(Visa.decided_at, Visa.id)
        .tuples()
    )
    last = {(document, employee or name): (visa, decision) for document, employee, name, visa, decision in rows}
    return [(document, visa) for (document, _who), (visa, decision) in last.items() if decision == Decision.REFUSED]


def _outcome(choice: Choice, act: Callable[[Choice], None]) -> Outcome:
    try:
        act(choice)
    except Refusal as refusal:
        return Outcome(choice, refusal.message)
    return Outcome(choice)


def _check(choices: Sequence[Choice]) -> None:
    if not choices:
        raise Refusal("nothing_chosen", _("No document is chosen. Tick some of the list first."))
    if len(choices) > MOST_AT_ONCE:
        raise Refusal("too_many", _("At most %(limit)s documents are taken at once. Choose fewer.", limit=MOST_AT_ONCE))


def _current(documents: Collection[int]) -> dict[int, tuple[int, int]]:
    """By document, id and number of its current text."""
    rows = DocumentVersion.select(DocumentVersion.document, DocumentVersion.id, DocumentVersion.number)
    rows = rows.where(DocumentVersion.document.in_(list(documents))).order_by(DocumentVersion.number)
    return {document: (version, number) for document, version, number in rows.tuples()}


def _seen(documents: Collection[int], by: Actor) -> dict[int, int]:
    rows = Seen.select(Seen.document, Seen.number)
    return dict(rows.where((Seen.employee == by.employee_id) & Seen.document.in_(list(documents))).tuples())


def _of_bodies(visas: Collection[int]) -> set[int]:
    """Those of the visas by which a committee decides."""
    rows = Visa.select(Visa.id, Visa.step, Run.plan).join(Run).where(Visa.id.in_(list(visas)))
    return {visa for visa, step, plan in rows.tuples() if plan_from_json(plan).steps[step].mode is Mode.COMMITTEE}

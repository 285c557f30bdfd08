"""Deciding on many documents at once: what it would be done for and what not, and doing it one by one.

Only what has nothing to be said about it goes so. Whatever a person ought to look at first is an exception, with
the reason.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roadmapdocs.approvals.deciding import Verdict, decide
from roadmapdocs.approvals.models import Run, Seen, Visa
from roadmapdocs.approvals.plans import Mode, plan_from_json
from roadmapdocs.approvals.rules import Decision
from roadmapdocs.approvals.sheet import person
from roadmapdocs.approvals.signing import rule_on, sign_confirmed
from roadmapdocs.approvals.waiting import Waiting
from roadmapdocs.documents.models import Document, DocumentVersion
from roadmapdocs.documents.visibility import visible_to
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
    versions = _current([one.document_id for one in waiting])
    reasons = _reasons([(one.document_id, one.visa_id) for one in waiting], versions, by, today)
    return [
        Candidate(one, versions.get(one.document_id, (None, 0))[0], why_not)
        for one, why_not in zip(waiting, reasons, strict=True)
    ]


def _reasons(
    asked: Sequence[tuple[int, int | None]], versions: Mapping[int, tuple[int, int]], by: Actor, today: dt.date
) -> list[str | None]:
    """Why each (document, visa, or None to sign it) has to be opened; ``versions`` as :func:`_current` gives them."""
    documents = [document for document, _visa in asked]
    seen = _seen(documents, by)
    bodies = _of_bodies([visa for _document, visa in asked if visa is not None], documents)
    signed = [document for document, visa in asked if visa is None]
    refused = {document for document, _visa in disagreements(signed)}
    no_rule = bool(signed) and rule_on(today) is None

    def why_not(document: int, visa: int | None) -> str | None:
        version, number = versions.get(document, (None, 0))
        if visa in bodies:
            return _("A body decides here: open it and write its protocol.")
        if visa is None and version is None:
            return _("There is no file with the text, so there is nothing to sign. Add it to the card.")
        if visa is None and no_rule:
            return _("The office has no rule by which a signature with a password counts. Open it: other ways are there.")
        if visa is None and document in refused:
            return _("Somebody does not agree. Open it and read why.")
        if 0 < seen.get(document, number) < number:
            return _("The text changed since you saw it: version %(number)s. Open it and see what is new.", number=number)
        return None

    return [why_not(document, visa) for document, visa in asked]


def decide_many(choices: Sequence[Choice], *, by: Actor, now: dt.datetime, today: dt.date) -> list[Outcome]:
    """Give each of the visas without remarks, each in a transaction of its own: what is done stays done.

    What has to be opened by now is left out with its reason, as :func:`candidates` tells it.

    :raise Refusal: ``nothing_chosen`` or ``too_many``
    """
    _check(choices)
    rows = Visa.select(Visa.id).where(Visa.id.in_([one.visa or 0 for one in choices]) & Visa.information)
    informed = {visa for (visa,) in rows.tuples()}

    def give(one: Choice) -> None:
        verdict = Verdict(Decision.SEEN if one.visa in informed else Decision.AGREED)
        decide(one.visa or 0, verdict, version=one.version, by=by, now=now, today=today)

    return _each(choices, [(one.document, one.visa or 0) for one in choices], give, by, today)


def sign_many(
    choices: Sequence[Choice], password: str, *, by: Actor, now: dt.datetime, today: dt.date
) -> list[Outcome]:
    """Sign or confirm each of the documents, the password typed once; each in a transaction of its own.

    What has to be opened by now is left out with its reason, as :func:`candidates` tells it.

    :raise Refusal: ``nothing_chosen``, ``too_many``, ``wrong_password``
    """
    _check(choices)
    confirm_password(by.user_id, password, now=now)

    def sign(one: Choice) -> None:
        sign_confirmed(one.document, version=one.version, by=by, now=now, today=today)

    return _each(choices, [(one.document, None) for one in choices], sign, by, today)


def disagreements(document_ids: Collection[int]) -> list[tuple[int, int]]:
    """(document, visa) of those whose last word about the document was a refusal (разногласия)."""
    if not document_ids:
        return []
    rows = (
        Visa.select(Visa.document, Visa.employee, Visa.email, Visa.id, Visa.decision)
        .where(Visa.document.in_(list(document_ids)) & Visa.decision.is_null(False) & ~Visa.information)
        .order_by(Visa.decided_at, Visa.id)
    )
    last = {(visa.document_id, person(visa)): visa for visa in rows}
    return [(document, visa.id) for (document, _who), visa in last.items() if visa.decision == Decision.REFUSED]


def _each(
    choices: Sequence[Choice],
    asked: Sequence[tuple[int, int | None]],
    act: Callable[[Choice], None],
    by: Actor,
    today: dt.date,
) -> list[Outcome]:
    """The act for each choice but those that have to be opened by now. The list may have lain on a screen for hours."""
    documents = [one.document for one in choices]
    # Of what the person may not read no reason is told: the act refuses it in its own words.
    mine = {id_ for (id_,) in Document.select(Document.id).where(Document.id.in_(documents) & visible_to(by, few=True)).tuples()}
    looked = [(document if document in mine else 0, visa if document in mine else 0) for document, visa in asked]
    reasons = _reasons(looked, _current(documents), by, today)
    return [_outcome(one, why_not, act) for one, why_not in zip(choices, reasons, strict=True)]


def _outcome(choice: Choice, why_not: str | None, act: Callable[[Choice], None]) -> Outcome:
    if why_not is not None:
        return Outcome(choice, why_not)
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


def _of_bodies(visas: Collection[int], documents: Collection[int]) -> set[int]:
    """Those of the visas on these documents by which a committee decides."""
    asked = Visa.id.in_(list(visas)) & Visa.document.in_(list(documents))
    rows = Visa.select(Visa.id, Visa.step, Run.plan).join(Run).where(asked)
    return {visa for visa, step, plan in rows.tuples() if plan_from_json(plan).steps[step].mode is Mode.COMMITTEE}

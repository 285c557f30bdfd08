"""The one door by which documents move along their six lines, and what stands open now.

What a transition does beyond moving is a matter of its effects (:mod:`roadmapdocs.documents.effects`); who may
and when, of the definition under which the document started.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import peewee as pw

from roadmapdocs.access.rules import Mark, holds
from roadmapdocs.audit.operations import record
from roadmapdocs.cases.models import Case, Retention
from roadmapdocs.db import transaction
from roadmapdocs.documents.effects import EFFECTS, Answers, Change, Follow, LinksAct, Rule
from roadmapdocs.documents.guards import GUARDS, Situation
from roadmapdocs.documents.links.acting import apply_links, withdraw_links
from roadmapdocs.documents.links.kinds import LinkKind
from roadmapdocs.documents.models import Document, DocumentLink, DocumentVersion
from roadmapdocs.documents.operations import get_document, lock_document, unknown_document
from roadmapdocs.documents.rules import Registration, search_key
from roadmapdocs.documents.states import state_columns, state_meaning
from roadmapdocs.documents.visibility import audience_of, holders_words, may, states_of
from roadmapdocs.documents.workflows import known
from roadmapdocs.errors import Conflict, Forbidden, NotFound, Refusal
from roadmapdocs.hooks import document_changed, document_moved, transition_asked
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import RULE, Line, Offer, Transition, Workflow, offers, why_not


def available(document: Document, *, by: Actor, today: dt.date) -> list[Offer]:
    """Transitions that leave the document's present states, each with the reason why it is closed, if it is.

    Nothing for whoever may not read the document.
    """
    if not may(document, "read", by):
        return []
    found = offers(
        workflow_of(document.workflow_id),
        states_of(document),
        holds=holds(by, audience_of(document, by)),
        known=known(),
        verdict=_Verdicts(document, today),
        who_words=who_words,
    )
    return [
        replace(one, why_not=_objection(document, one.transition, by, today)) if one.why_not is None else one for one in found
    ]


def perform(
    document_id: int,
    name: str,
    *,
    answers: Answers | None = None,
    revision: int | None = None,
    by: Actor,
    now: dt.datetime,
    today: dt.date,
) -> Document:
    """Perform the transition ``name`` of the document's own workflow; give the document as it is afterwards.

    ``revision``, where given, is the one the person saw.

    :raise NotFound: if there is no such document for this person, or no such transition in its workflow
    :raise Forbidden: if the definition does not name this person
    :raise Conflict: ``moved`` if the document is no longer in a state that the transition leaves, ``stale``
    :raise Refusal: ``guard`` with the sentence of what stands in the way, ``answer`` with the fields that are
        empty, and whatever effects refuse
    """
    with transaction():
        document = lock_document(document_id)
        if not may(document, "read", by):
            raise unknown_document()
        if revision is not None and document.revision != revision:
            raise Conflict(
                "stale", _("Somebody changed the document meanwhile. Look at it again and decide then."), revision=document.revision
            )
        transition = _open(document, name)
        held = holds(by, audience_of(document, by))
        if not transition.named_by(held):
            raise Forbidden("forbidden", who_words(transition), transition=name)
        closed = why_not(transition, holds=held, known=known(), verdict=_Verdicts(document, today), who_words=who_words)
        closed = closed or _objection(document, transition, by, today)
        if closed is not None:
            raise Refusal("guard", closed, transition=name)
        _check_answers(transition, answers or Answers())
        return _move(Change(document, transition, answers or Answers(), by, now, today))


def perform_by_rule(
    document_id: int, name: str, *, answers: Answers | None = None, by: Actor, now: dt.datetime, today: dt.date
) -> Document | None:
    """Perform a transition that follows from something else; None, with nothing done, where it is not open.

    ``by`` is the person whose act it follows from. Only transitions that name "rule" can follow.
    """
    with transaction():
        document = lock_document(document_id)
        workflow = workflow_of(document.workflow_id)
        transition = workflow.transition(name)
        if transition is None or RULE not in transition.who or _state(document, transition.line) not in transition.sources:
            return None
        verdict = _Verdicts(document, today)
        if why_not(transition, holds={RULE}, known=known(), verdict=verdict, who_words=who_words) is not None:
            return None
        return _move(Change(document, transition, answers or Answers(), by, now, today), rule=True)


def _objection(document: Document, transition: Transition, by: Actor, today: dt.date) -> str | None:
    """The first sentence of somebody asked (:data:`roadmapdocs.hooks.transition_asked`) that speaks against it."""
    if not transition_asked.receivers:
        return None
    answers = transition_asked.send(document, transition=transition, by=by, today=today)
    return next((sentence for _receiver, sentence in answers if sentence), None)


def who_words(transition: Transition) -> str:
    """Who performs it, as a sentence."""
    return _("This is done by: %(who)s.", who=holders_words(transition.who) or _("the registry itself"))


def _state(document: Document, line: Line) -> str:
    return states_of(document)[line]


def _open(document: Document, name: str) -> Transition:
    transition = workflow_of(document.workflow_id).transition(name)
    if transition is None or not transition.by_people:
        raise NotFound("no_transition", _("The document's workflow has no step %(name)s.", name=name), transition=name)
    if _state(document, transition.line) not in transition.sources:
        raise Conflict(
            "moved",
            _("This step does not lead from the state in which the document is now. Perhaps somebody was quicker: look at its card."),
            transition=name,
        )
    return transition


def _move(change: Change, *, rule: bool = False) -> Document:
    document, transition = change.document, change.transition
    workflow = workflow_of(document.workflow_id)
    before = _state(document, transition.line)
    for name in transition.effects:
        EFFECTS[name](change)
    if change.answers.enclosed is not None and not change.taken:
        raise Refusal(
            "not_kept",
            _("The workflow of this document keeps no routes and no signatures. Do it by the step on its card."),
            transition=transition.name,
        )
    _write(change, workflow)
    effect = {
        "line": transition.line.value,
        "transition": transition.name,
        "from": before,
        "to": transition.target,
        **change.answers.as_json(),
        **change.told,
    }
    if rule:
        effect["rule"] = True
    record("document_moved", subject=document, effect=effect, by=change.by, now=change.now)
    for what in change.follow:
        _follow(change, document, what)
    document = get_document(document.id)
    document_changed.send(document, by=change.by)
    document_moved.send(document, transition=transition, by=change.by, now=change.now)
    return document


def _follow(change: Change, document: Document, what: Follow) -> None:
    if callable(what) and not isinstance(what, LinksAct):
        what(change)
        return
    if isinstance(what, Rule):
        perform_by_rule(document.id, what.name, by=change.by, now=change.now, today=change.today)
        return
    act = apply_links if what is LinksAct.APPLY else withdraw_links
    act(document, door=perform_by_rule, by=change.by, now=change.now, today=change.today)


def _write(change: Change, workflow: Workflow) -> None:
    """The new state with what effects changed beside it, and what is derived from both."""
    document, transition = change.document, change.transition
    states = {**states_of(document), transition.line: transition.target}
    for line in Line:
        if line.value in change.columns and line is not transition.line:
            states[line] = state_meaning(workflow, line, change.columns[line.value])
    columns = {
        **change.columns,
        **state_columns(workflow, states, Mark(document.mark)),
        "revision": document.revision + 1,
        "changed_at": change.now,
    }
    number = columns.get("number", document.number)
    columns["search_key"] = search_key(
        document.kind.short, str(number), document.title, document.summary, document.signer
    )
    for name, value in columns.items():
        setattr(document, name, value)
    Document.update(columns).where(Document.id == document.id).execute()


def _check_answers(transition: Transition, answers: Answers) -> None:
    missing = {asked: _("Fill this in.") for asked in transition.asks if not getattr(answers, asked)}
    if missing:
        raise Refusal("answer", _("Something is not answered yet. See the marked fields."), fields=missing)


@dataclass(slots=True)
class _Verdicts:
    """What guards say of a document: facts are looked up once, when the first guard asks."""

    document: Document
    today: dt.date
    situation: Situation | None = None

    def __call__(self, guard: str) -> str | None:
        if self.situation is None:
            self.situation = situation_of(self.document, self.today)
        return GUARDS[guard](self.situation)


def situation_of(document: Document, today: dt.date) -> Situation:
    """What guards may know, in one statement."""
    source = Document.alias()
    has_text = pw.fn.EXISTS(DocumentVersion.select(pw.SQL("1")).where(DocumentVersion.document == document.id))
    # Looked up from the few links of the document: a join would begin at everything that is registered.
    registration = source.select(source.registration).where(source.id == DocumentLink.source)
    approved = pw.fn.EXISTS(
        DocumentLink.select(pw.SQL("1")).where(
            (DocumentLink.target == document.id)
            & (DocumentLink.kind == LinkKind.APPROVES)
            & pw.Expression(registration, pw.OP.EQ, str(Registration.REGISTERED))
        )
    )
    closed = Case.select(Case.closed_on).where(Case.id == (document.case_id or 0))
    years = Case.select(Retention.years).join(Retention).where(Case.id == (document.case_id or 0))
    text, approving, closed_on, keep = (
        Document.select(has_text, approved, closed, years).where(Document.id == document.id).tuples().get()
    )
    return Situation(
        today=today,
        document_id=document.id,
        meanings={line: getattr(document, line.value) for line in Line},
        title=document.title,
        date=document.date,
        signer=document.signer,
        has_text=bool(text),
        own_number=document.kind.own_number,
        approved=bool(approving),
        case_closed_on=_day(closed_on),
        keep_years=keep,
    )


def _day(value: object) -> dt.date | None:
    """SQLite gives a date out of a subquery as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value  # type: ignore[return-value]  # a date or None

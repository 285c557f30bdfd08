"""Who may do what to a document: by its states, its access mark, and what ties the person to it.

The rule for one document and the condition of a query are the same: whoever may read is stored with the document
as a mask (``readers``), renewed with each change of state, mark or kind.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

import peewee as pw

from roadmapdocs.access.rules import HOLDERS, Audience, Mark, Tie, holds, mask, may_read, readers
from roadmapdocs.documents.models import Document, DocumentReader, Kind
from roadmapdocs.errors import Forbidden
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.rules import Actor, Role
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line, States, Workflow, holders

ROLES = tuple(str(role) for role in Role)


def states_of(document: Document) -> dict[Line, str]:
    """The document's states by the names of its own workflow."""
    named = document.named_states
    return {line: named.get(line.value) or getattr(document, line.value) for line in Line}


def audience_of(document: Document, actor: Actor) -> Audience:
    """Who may read the document, looked at for this person: only strangers to it cost a statement."""
    audience = plain_audience(document)
    if may_read(actor, audience) or not actor.reads_for:
        return audience
    mine = (DocumentReader.document == document.id) & _one_of(DocumentReader.employee, _in_whose_hands(document, actor))
    return dataclasses.replace(audience, invited=DocumentReader.select().where(mine).exists())


def _in_whose_hands(document: Document, actor: Actor) -> frozenset[int]:
    """Ids of the employees to whom the document is handed for this person as well."""
    some = actor.reads_some_of
    if not some:
        return actor.reads_all_of
    # The kind costs a statement where the row came without it: looked at only for substitutes of some kinds.
    kind = document.kind.code
    return actor.reads_all_of | {one.employee_id for one in some if one.covers(kind)}


def plain_audience(document: Document) -> Audience:
    """As :func:`audience_of`, but for those to whom the document was handed."""
    return Audience(
        document.readers, document.drafter_id, document.signer_employee_id, document.unit_id, document.organisation_id
    )


def handed_to(document_id: int) -> frozenset[int]:
    """Ids of the employees to whom the document was handed."""
    rows = DocumentReader.select(DocumentReader.employee).where(DocumentReader.document == document_id).tuples()
    return frozenset(employee for (employee,) in rows)


def invite(document_id: int, employee_id: int) -> None:
    """Hand the document to somebody, who may read it from now on, whatever its state; within a transaction."""
    DocumentReader.insert(document=document_id, employee=employee_id).on_conflict_ignore().execute()


def readers_of(workflow: Workflow, states: States, mark: Mark) -> int:
    """The mask to be stored with a document in these states, under this mark. Who was handed it, reads it."""
    return readers({*holders(workflow, states, "read", ROLES), Tie.INVITED}, mark)


def holders_of(document: Document, right: str) -> frozenset[str]:
    """Roles and ties that have the right to this document now; whoever may not read has no other right."""
    if right == "read":
        return frozenset(holder for place, holder in enumerate(HOLDERS) if document.readers >> place & 1)
    return holders(workflow_of(document.workflow_id), states_of(document), right, ROLES)


def may(document: Document, right: str, actor: Actor) -> bool:
    """``right`` is one of :data:`roadmapdocs.workflow.rules.RIGHTS`."""
    audience = audience_of(document, actor)
    if not may_read(actor, audience):
        return False
    return right == "read" or not holders_of(document, right).isdisjoint(holds(actor, audience))


def require_right(document: Document, right: str, actor: Actor) -> None:
    """
    :raise Forbidden: ``forbidden``, saying who may in the document's present states
    """
    if not may(document, right, actor):
        raise Forbidden("forbidden", why_not(document, right), right=right)


def why_not(document: Document, right: str) -> str:
    """Why the door is closed: who may do this to the document as it stands."""
    who = holders_words(holders_of(document, right))
    if not who:
        return _("In its present state nobody changes this about the document.")
    return _("In the document's present state this is for: %(who)s.", who=who)


def holders_words(who: frozenset[str]) -> str:
    """Roles and ties in words, in a fixed order."""
    words = holder_words()
    return ", ".join(words[holder] for holder in HOLDERS if holder in who)


def holder_words() -> dict[str, str]:
    return {
        Role.CLERK: _("clerk"),
        Role.EXECUTIVE: _("executive"),
        Role.STAFF: _("staff member"),
        Role.COORDINATOR: _("roadmap coordinator"),
        Role.ADMINISTRATOR: _("administrator"),
        Tie.DRAFTER: _("the drafter"),
        Tie.SIGNER: _("the signer"),
        Tie.UNIT: _("people of the document's unit"),
        Tie.INVITED: _("those to whom the document was handed"),
    }


def visible_to(actor: Actor, *, few: bool = False) -> pw.Expression:
    """Documents that this actor may read: the same as :func:`may` with "read", as a condition of a query.

    ``few`` is for queries that pick a handful of documents by their ids: what was handed is then looked up document
    by document. Lists and counts gather all that was handed once, which a handful is not worth.
    """
    visible = Document.readers.bin_and(mask(actor.roles)) != 0
    if actor.organisations:
        visible &= Document.organisation.is_null() | Document.organisation.in_(sorted(actor.organisations))
    if actor.employee_id is not None:
        visible |= (Document.readers.bin_and(mask({Tie.DRAFTER})) != 0) & (Document.drafter == actor.employee_id)
        signs = _one_of(Document.signer_employee, actor.signs_for)
        visible |= (Document.readers.bin_and(mask({Tie.SIGNER})) != 0) & signs
        visible |= (Document.readers.bin_and(mask({Tie.INVITED})) != 0) & _handed(actor, few)
    if actor.unit_ids:
        visible |= (Document.readers.bin_and(mask({Tie.UNIT})) != 0) & Document.unit.in_(sorted(actor.unit_ids))
    return visible


def _handed(actor: Actor, few: bool) -> pw.Expression:
    """Documents handed to the actor, or to somebody for whom the actor stands in on documents of that kind."""
    handed = _handed_to_one_of(actor.reads_all_of, few)
    for one in actor.reads_some_of:
        kinds = Kind.select(Kind.id).where(Kind.code.in_(sorted(one.kinds)))
        handed |= Document.kind.in_(kinds) & _handed_to_one_of({one.employee_id}, few)
    return handed


def _handed_to_one_of(ids: Collection[int], few: bool) -> pw.Expression:
    to_them = _one_of(DocumentReader.employee, ids)
    if few:
        return pw.fn.EXISTS(DocumentReader.select(pw.SQL("1")).where(to_them & (DocumentReader.document == Document.id)))
    return Document.id.in_(DocumentReader.select(DocumentReader.document).where(to_them))


def _one_of(column: pw.Field, ids: Collection[int]) -> pw.Expression:
    """``column`` among the ids; one id, as nearly always, is compared as such, which indexes are made for."""
    return column == next(iter(ids)) if len(ids) == 1 else column.in_(sorted(ids))

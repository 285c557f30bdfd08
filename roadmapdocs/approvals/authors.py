"""Whose text a document is: nobody agrees to their own, in their own name or in another's (domain.md §8)."""

from __future__ import annotations

import peewee as pw

from roadmapdocs.approvals.plans import Plan
from roadmapdocs.audit.models import Event
from roadmapdocs.audit.operations import subject_key
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User


def authors(document: Document) -> frozenset[int]:
    """Ids of the employees who draft the document or did so before: one statement.

    The card names one drafter and may be corrected; the journal of events knows the others, so that nobody steps
    aside for a moment to agree to their own text. A card made without a drafter is that of whoever made it.
    """
    told = (Event.subject == subject_key(document)) & Event.what.in_(["document_created", "document_changed"])
    rows = Event.select(Event.what, Event.effect, User.employee).join(User, pw.JOIN.LEFT_OUTER, on=(User.id == Event.user_id))
    found = {document.drafter_id}
    for what, effect, maker in rows.where(told).tuples():
        found.add(effect.get("drafter_id") or (maker if what == "document_created" else None))
    return frozenset(one for one in found if one is not None)


def is_own(written_by: frozenset[int], employee: int | None, plan: Plan, *, information: bool, stands_in: bool = False) -> bool:
    """Whether the text is this person's own, so that they may not decide on it along this plan.

    A plan may let drafters give a visa of their own; in another's place they never do. Who is only informed decides
    on nothing.
    """
    return employee in written_by and not information and (stands_in or not plan.own)


def not_ones_own(name: str) -> str:
    """The sentence for whoever named the drafter."""
    return _("%(name)s drafted the document, and nobody agrees to their own text. Name somebody else.", name=name)


def not_yours_to_agree() -> str:
    """The sentence for the drafter."""
    return _("You drafted this document: nobody agrees to their own text. Somebody else decides.")

"""Where a new assignment comes from: by hand, under another one, or out of a document; and giving it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.operations import give, plan_of
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.series import give_series
from roadmapdocs.assignments.words import DeadlineKind
from roadmapdocs.documents.models import Document
from roadmapdocs.people.rules import Actor
from roadmapdocs.web.assignments.card import head, source_of
from roadmapdocs.web.assignments.computed import SERIES
from roadmapdocs.web.assignments.draft import Draft
from roadmapdocs.web.assignments.people import typed_names
from roadmapdocs.web.assignments.rows import card_url, document_url
from roadmapdocs.web.documents.page import head as document_head


@dataclass(frozen=True, slots=True)
class Origin:
    """At most one of ``parent`` and ``document`` is what the form was opened at; ``draft`` is what it writes anew."""

    parent: Assignment | None = None
    document: Document | None = None
    draft: Assignment | None = None

    def base(self) -> Plan:
        """What the plan has that nobody types; of a draft, all that was said before."""
        if self.draft is not None:
            return plan_of(self.draft)
        above = self.parent
        document = above.document_id if above is not None else self.document.id if self.document is not None else None
        return Plan(
            text="",
            responsible=0,
            deadline=_NO_DEADLINE,
            document=document,
            point=above.point if above is not None else "",
            parent=above.id if above is not None else None,
        )

    def counted_from(self, today: dt.date) -> dt.date:
        """Deadlines of a document are counted from its day; of a subordinate, from today."""
        if self.draft is not None:
            counted: dt.date = self.draft.counted_from
            return counted
        return (self.document.date if self.document is not None else None) or today

    def first_draft(self, actor: Actor) -> Draft:
        """What the form begins with: the author of a resolution is who signed the document."""
        author = self.document.signer_employee_id if self.document is not None else None
        names = typed_names([author, actor.employee_id])
        mine = names.get(actor.employee_id or 0, "")
        made = Draft(author=names.get(author or 0, "") or mine)
        if self.parent is not None:
            made.date = self.parent.due.isoformat() if self.parent.due else ""
            made.kind = made.kind if self.parent.due else "open"
            made.author = made.controller = mine
            made.on_control = self.parent.on_control
        return made

    def context(self, actor: Actor, today: dt.date) -> dict[str, Any]:
        """What the form says above itself, and where «do not» leads."""
        if self.draft is not None:
            return {"parent": None, "document": None, "source": source_of(self.draft, actor), "back_url": card_url(self.draft.id)}
        if self.parent is not None:
            return {"parent": head(self.parent, today), "document": None, "source": None, "back_url": card_url(self.parent.id)}
        if self.document is not None:
            back = document_url(self.document.id)
            return {"parent": None, "document": document_head(self.document), "source": None, "back_url": back}
        return {"parent": None, "document": None, "source": None, "back_url": url_for("roadmapdocs_assignments.index")}


def give_all(plans: Sequence[Plan], *, by: Actor, now: dt.datetime, today: dt.date, allow_past: bool = False) -> list[Assignment]:
    """Give single ones together, series each by itself; the caller holds the transaction.

    :raise Refusal: as :func:`roadmapdocs.assignments.operations.give`
    """
    single = [one for one in plans if one.deadline.kind not in SERIES]
    made = list(give(single, by=by, now=now, today=today, allow_past=allow_past)) if single else []
    for plan in plans:
        if plan.deadline.kind in SERIES:
            series = give_series(plan, by=by, now=now, today=today)
            made.extend(Assignment.select().where(Assignment.series == series).order_by(Assignment.id))
    return made


def dated(plan: Plan, counted_from: dt.date) -> Plan:
    return dataclasses.replace(plan, counted_from=counted_from)


_NO_DEADLINE = Deadline(DeadlineKind.OPEN)

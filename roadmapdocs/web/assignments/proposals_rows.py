"""Points of a document as rows of a form: the printed words beside our reading, which a person corrects."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from roadmapdocs.assignments.models import Assignment
from roadmapdocs.assignments.plans import Deadline, Plan
from roadmapdocs.assignments.proposals import Named, Proposal, Proposals
from roadmapdocs.assignments.words import DeadlineKind, State
from roadmapdocs.documents.models import Document
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.assignments.computed import Computed, computed
from roadmapdocs.web.assignments.draft import Draft
from roadmapdocs.web.assignments.people import typed_names
from roadmapdocs.web.assignments.rows import card_url


@dataclass
class Row:
    """``given`` is the address of the assignment that stands on this point already. ``past``: a day gone by is meant."""

    place: int
    proposal: Proposal
    draft: Draft
    ticked: bool
    given: str | None = None
    past: bool = False
    answer: Computed | None = None
    hints: dict[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        return f"{self.place}-"


def first_rows(found: Proposals, document: Document) -> list[Row]:
    """As the text was read: ticked where there is something to execute and nobody has it yet."""
    names = typed_names([one.employee_id for point in found.points for one in point.people])
    given = standing(document)
    rows = []
    for place, point in enumerate(found.points):
        url = given.get(point.number) if point.number else None
        rows.append(Row(place, point, _draft_of(point, names), point.needed and url is None, url, hints=_hints(point)))
    return rows


def sent_rows(found: Proposals, document: Document, form: MultiDict[str, str]) -> list[Row]:
    """As the person left them."""
    rows = [
        Row(
            place,
            point,
            Draft.read(form, f"{place}-"),
            bool(form.get(f"{place}-tick")),
            past=bool(form.get(f"{place}-past")),
            hints=_hints(point),
        )
        for place, point in enumerate(found.points)
    ]
    look_what_stands(rows, document)
    return rows


def look_what_stands(rows: Sequence[Row], document: Document) -> None:
    """Put into the rows what was given by their points up to now."""
    given = standing(document)
    for row in rows:
        row.given = given.get(row.proposal.number) if row.proposal.number else None


def standing(document: Document) -> dict[str, str]:
    """Addresses of the assignments that were given by points of this document, by the point."""
    rows = Assignment.select(Assignment.id, Assignment.point).where(
        (Assignment.document == document) & (Assignment.state != State.CANCELLED) & Assignment.parent.is_null()
    )
    return {row.point: card_url(row.id) for row in rows.order_by(Assignment.id.desc()) if row.point}


def _draft_of(point: Proposal, names: Mapping[int, str]) -> Draft:
    responsible = point.responsible
    made = Draft(
        text=point.text,
        responsible=names.get(responsible.employee_id or 0, "") if responsible is not None else "",
        executors=[name for one in point.executors if (name := names.get(one.employee_id or 0))],
    )
    if point.deadline is not None:
        made.take_deadline(point.deadline)
    else:
        made.words = point.deadline_words
        made.kind = "" if point.deadline_words else str(DeadlineKind.MONTH)
    return made


def _hints(point: Proposal) -> dict[str, str]:
    """Beside a field what the text says where our reading is not sure: the printed words first."""
    found: dict[str, str] = {}
    if point.responsible is not None:
        found["responsible"] = _named(point.responsible)
    unsure = [_named(one) for one in point.executors if one.employee_id is None]
    if unsure:
        found["executors"] = " ".join(unsure)
    if point.deadline is None and point.deadline_words:
        found["deadline"] = _("In the text: “%(words)s”. It could not be read: choose the deadline.", words=point.deadline_words)
    elif point.deadline_words:
        found["deadline"] = _("In the text: “%(words)s”.", words=point.deadline_words)
    else:
        found["deadline"] = _("The text names no deadline: a month is usual.")
    return found


def _named(one: Named) -> str:
    if one.employee_id is not None:
        return _("In the text: “%(words)s”.", words=one.words)
    if one.many:
        return _("In the text: “%(words)s”: several people are meant. Name one who answers for it.", words=one.words)
    if one.offers:
        names = "; ".join(f"{offer.name}, {offer.post}" if offer.post else offer.name for offer in one.offers)
        return _("In the text: “%(words)s”. This may be: %(names)s.", words=one.words, names=names)
    return _("In the text: “%(words)s”. Nobody of the office fits these words.", words=one.words)


def weigh(row: Row, counted_from: dt.date, today: dt.date) -> None:
    """Count the day of a row, if its deadline can be read; a point may name a day gone by."""
    kept = dict(row.draft.errors)
    deadline: Deadline | None = row.draft.deadline()
    row.draft.errors = kept
    if deadline is not None:
        others = bool(row.draft.executors)
        row.answer = computed(deadline, counted_from=counted_from, today=today, others=others, may_be_past=True)


def plan_of_row(row: Row, base: Plan, seen: str, counted_from: dt.date, today: dt.date) -> Plan | None:
    """The plan of a ticked row; None, with sentences in its draft, where something is not said or not seen yet."""
    row.draft.author = row.draft.controller = ""
    # The page has no boxes for these: its button says that all of it is put under control.
    row.draft.on_control = row.draft.auto_close = True
    plan = row.draft.plan(base)
    weigh(row, counted_from, today)
    if plan is None or row.answer is None:
        return None
    if row.answer.past and not row.past:
        row.draft.errors["past"] = _("The day has gone by. Tick that it is meant so, or name another.")
        return None
    if row.answer.refused is not None and not row.answer.past:
        row.draft.errors["due"] = row.answer.refused
        return None
    if seen != row.answer.key:
        row.draft.errors["due"] = _("The deadline was counted anew. Look at it and press once more.")
        return None
    return dataclasses.replace(plan, counted_from=counted_from)

"""A fulfilled assignment proves what it was given for: the slot of the roadmap, by the document that was made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from roadmapdocs.assignments.acts import Act
from roadmapdocs.assignments.models import Assignment
from roadmapdocs.coverage.models import Proof
from roadmapdocs.coverage.operations import disprove, prove
from roadmapdocs.documents.models import Document
from roadmapdocs.errors import NotFound
from roadmapdocs.hooks import assignment_acted
from roadmapdocs.people.rules import Actor

#: The rule by which such a proof is made, as the journal has it.
RULE: Final = "assignment_accepted"


def listen() -> None:
    """React from now on. Idempotent."""
    assignment_acted.connect(_acted)


def _acted(
    assignment: Assignment, *, act: Act, about: Mapping[str, object], by: Actor, now: dt.datetime, **_more: Any
) -> None:
    if act == Act.ACCEPTED:
        prove_slot(assignment, by=by, now=now)
    elif act == Act.REOPENED and assignment.expected_id is not None:
        # The acceptance was the word by which it was proved.
        document = about.get("document")
        if isinstance(document, int) and not _proved_by_another(assignment, document):
            disprove(assignment.expected_id, assignment.period, document, rule=RULE, by=by, now=now)


def _proved_by_another(assignment: Assignment, document_id: int) -> bool:
    """Whether the same document was accepted for the same slot as the result of another assignment, too."""
    same = (Assignment.expected == assignment.expected_id) & (Assignment.period == assignment.period)
    others = same & (Assignment.result == document_id) & (Assignment.id != assignment.id)
    return bool(Assignment.select().where(others).exists())


def prove_slot(assignment: Assignment, *, by: Actor, now: dt.datetime) -> Proof | None:
    """Prove the slot by the document of the accepted report; within the transaction of the acceptance.

    None where there is nothing to prove or nothing to prove it by: a report without a document is accepted all the
    same, and the pages of the roadmap show both the missing document and that the work is done. A document that is
    not signed yet is linked as well, and coverage says by its own rules that it is in work.
    """
    if assignment.expected_id is None or assignment.result_id is None:
        return None
    document = Document.get_by_id(assignment.result_id)
    try:
        return prove(assignment.expected_id, assignment.period, document, rule=RULE, by=by, now=now)
    except NotFound:
        # The roadmap does not have this period any more: the acceptance stands nevertheless.
        return None

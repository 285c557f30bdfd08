"""One assignment that notices are about: whom to tell of it, under which key, and whom to tell besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from roadmapdocs.assignments.models import Assignment, AssignmentPerson
from roadmapdocs.assignments.words import Part
from roadmapdocs.documents.models import Document, Kind
from roadmapdocs.notices.operations import settle, tell
from roadmapdocs.notices.standing_in import standing_in
from roadmapdocs.people.models import Employee
from roadmapdocs.people.rules import Actor

#: Characters of an assignment's text that a notice keeps.
LONGEST_TEXT: Final = 300
#: With the deadline on this very day, these go at once, be it night.
_URGENT: Final = frozenset({"assignment_given", "assignment_returned", "assignment_explained"})


def topic(assignment_id: int, ask: str = "") -> str:
    """«assignment:5:judge»: what is asked; «assignment:5»: news of it."""
    return f"assignment:{assignment_id}:{ask}" if ask else f"assignment:{assignment_id}"


def assignment_path(assignment_id: int) -> str:
    """Where it is seen and acted upon, below the registry's address."""
    return f"/assignments/{assignment_id}"


@dataclass(frozen=True, slots=True)
class Teller:
    """One assignment that something is told of, and who must not be told: whoever acts."""

    assignment: Assignment
    now: dt.datetime
    today: dt.date
    by: Actor | None = None

    def news(
        self, people: Collection[int], code: str, *, about: Mapping[str, object] | None = None, due: dt.date | None = None
    ) -> None:
        self._tell(people, code, f"{topic(self.assignment.id)}/{code}:{self.assignment.revision}", about, due)

    def ask(
        self, employee_id: int | None, code: str, ask: str, *, occasion: str = "", about: Mapping[str, object] | None = None,
        due: dt.date | None = None,
    ) -> None:  # fmt: skip
        """Tell whoever has to act, and those who stand in for that person; ``due`` is the assignment's unless given."""
        if employee_id is None:
            return
        key = f"{topic(self.assignment.id, ask)}/{occasion or f'{code}:{self.assignment.revision}'}"
        self._tell([employee_id], code, key, about, due)
        others = standing_in(employee_id, self.today, self._covers)
        if others:
            absent = str(Employee.get_by_id(employee_id))
            self._tell(others, code, key, {**(about or {}), "absent": absent}, due)

    def settle(self, *asks: str) -> None:
        settle(*(topic(self.assignment.id, ask) for ask in asks), now=self.now)

    def people(self, *parts: Part) -> set[int]:
        """Ids of those who are any of this to the assignment."""
        rows = AssignmentPerson.select(AssignmentPerson.employee).where(
            (AssignmentPerson.assignment == self.assignment.id) & AssignmentPerson.part.in_([str(part) for part in parts])
        )
        return {found for (found,) in rows.tuples()}

    def _tell(
        self,
        people: Collection[int],
        code: str,
        key: str,
        about: Mapping[str, object] | None,
        due: dt.date | None = None,
    ) -> None:
        row = self.assignment
        acting = {self.by.employee_id} if self.by is not None else set()
        tell(
            set(people) - acting,
            code,
            key=key,
            now=self.now,
            document_id=row.document_id,
            path=assignment_path(row.id),
            about={"text": row.text[:LONGEST_TEXT], "without_document": row.document_id is None, **(about or {})},
            due=due or row.due,
            urgent=code in _URGENT and row.due is not None and row.due <= self.today,
        )

    def _covers(self, one: Any) -> bool:
        """A stead for documents of some kinds is none for what came without a document."""
        if self.assignment.document_id is None:
            return not one.kinds
        kind = Document.select(Kind.code).join(Kind).where(Document.id == self.assignment.document_id).scalar()
        return bool(one.covers(kind))

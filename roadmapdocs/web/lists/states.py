"""States of a listed document in words: only what is away from its everyday state is worth a badge."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.web.lists.query import Row
from roadmapdocs.web.lists.words import standard_word
from roadmapdocs.web.words import Badge, control_late_badge, line_badge, mark_word
from roadmapdocs.workflow.operations import workflow_of
from roadmapdocs.workflow.rules import Line

#: The states of a settled document, which a list does not show.
_EVERYDAY: Final = {
    Line.PREPARATION: {"signed"},
    Line.REGISTRATION: {"registered"},
    Line.FORCE: {"not_in_force", "in_force"},
    Line.ACQUAINTANCE: {"not_required"},
    Line.CONTROL: {"off"},
    Line.STORAGE: {"in_work"},
}
_SHAPES: Final = {
    Line.ACQUAINTANCE: "users",
    Line.CONTROL: "flag",
    Line.STORAGE: "folder",
}


@dataclass(slots=True)
class StateWords:
    """Words and looks of states, looked up once for all rows of a list."""

    today: dt.date
    _known: dict[tuple[int | None, Line, str, str], Badge] = field(default_factory=dict)

    def badges(self, row: Row) -> list[Badge]:
        found = [self.badge(row, line) for line in Line if self._is_worth(row, line)]
        if row.mark != Mark.GENERAL:
            found.append({"look": "plain", "label": mark_word(row.mark), "symbol": "lock"})
        return [control_late_badge(), *found] if self._overdue(row) else found

    def summary(self, row: Row) -> str:
        """The badges as one line of text."""
        return ", ".join(str(badge["label"]) for badge in self.badges(row))

    def badge(self, row: Row, line: Line) -> Badge:
        """The state of one line, in the words of the document's own workflow."""
        meaning = getattr(row, line.value)
        name = row.named_states.get(line.value, meaning)
        key = (row.workflow, line, name, row.gender)
        if key not in self._known:
            self._known[key] = _drawn(row, line, name, meaning)
        return self._known[key]

    def _is_worth(self, row: Row, line: Line) -> bool:
        meaning = getattr(row, line.value)
        if line is Line.REGISTRATION and meaning == "unregistered":
            return row.preparation == "signed" and bool(row.own_number)
        if line is Line.CONTROL and self._overdue(row):
            return False
        return meaning not in _EVERYDAY[line]

    def _overdue(self, row: Row) -> bool:
        controlled = row.control in {"on", "awaiting_removal"}
        return controlled and row.control_due is not None and row.control_due < self.today


def _drawn(row: Row, line: Line, name: str, meaning: str) -> Badge:
    if row.workflow is None:
        drawn: Badge = {"look": "plain", "label": standard_word(line, meaning), "symbol": None}
    else:
        drawn = line_badge(workflow_of(row.workflow), line, name, row.gender)
    return drawn | {"symbol": drawn["symbol"] or _SHAPES.get(line)}

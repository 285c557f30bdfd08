"""The list as a file: the same conditions, the same order, the same columns, all pages up to a limit."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Final

from roadmapdocs.access.rules import Mark
from roadmapdocs.audit.operations import record
from roadmapdocs.documents.export import MOST_ROWS, WRITERS, Cell, Heading
from roadmapdocs.i18n import gettext as _
from roadmapdocs.people.models import User
from roadmapdocs.web.lists.clauses import Asking
from roadmapdocs.web.lists.columns import Cells, Column
from roadmapdocs.web.lists.conditions import Conditions
from roadmapdocs.web.lists.query import Row, matching, order, rows_of
from roadmapdocs.web.lists.states import StateWords
from roadmapdocs.workflow.rules import Line

#: As many rows as are in memory at a time.
BATCH: Final = 500
_LINES = {line.value: line for line in Line}


class Export:
    """Writes one file. ``restricted`` counts the rows in it that are not for everyone."""

    def __init__(self, conditions: Conditions, columns: Sequence[Column], asking: Asking) -> None:
        self.conditions, self.columns, self.asking = conditions, columns, asking
        self.rows = 0
        self.restricted = 0

    def write(self, kind: str, *, now: dt.datetime) -> IO[bytes]:
        """The open file, at its beginning. What holds restricted documents is told to the journal of events."""
        stream: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response reads it, and then closes it
        try:
            headings = [Heading(column.label(), column.width) for column in self.columns]
            WRITERS[kind](stream, headings, self._cells(), _("Documents"))
            if self.restricted:
                self._tell(kind, now)
            stream.seek(0)
        except BaseException:
            stream.close()
            raise
        return stream

    def _cells(self) -> Iterator[list[Cell]]:
        states = StateWords(self.asking.today)
        for rows in self._batches():
            cells = Cells(rows, self.columns)
            for row in rows:
                self.rows += 1
                self.restricted += row.mark != Mark.GENERAL
                yield [self._cell(row, column.name, cells, states) for column in self.columns]

    def _batches(self) -> Iterator[list[Row]]:
        """Ids are picked once, so that what is changed meanwhile neither doubles nor hides a row."""
        conditions = self.conditions
        picked = matching(conditions, self.asking).order_by(*order(conditions, conditions.descending)).limit(MOST_ROWS)
        ids = [id_ for (id_,) in picked.tuples()]
        wanted = [column.name for column in self.columns]
        for start in range(0, len(ids), BATCH):
            yield rows_of(ids[start : start + BATCH], conditions, conditions.descending, wanted)

    @staticmethod
    def _cell(row: Row, name: str, cells: Cells, states: StateWords) -> Cell:
        if name == "state":
            return states.summary(row)
        if name in _LINES:
            return str(states.badge(row, _LINES[name])["label"])
        return cells.value(row, name)

    def _tell(self, kind: str, now: dt.datetime) -> None:
        effect = {
            "format": kind,
            "rows": self.rows,
            "restricted": self.restricted,
            "conditions": self.conditions.query(),
        }
        user = User.get_by_id(self.asking.actor.user_id)
        record("list_exported", subject=user, effect=effect, by=self.asking.actor, now=now)

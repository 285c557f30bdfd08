"""The form of a draft: what is typed, whatever button is pressed, and the values that come of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from roadmapdocs.drafting.blocks_text import read_blocks, write_blocks
from roadmapdocs.drafting.filling import values_shape
from roadmapdocs.drafting.models import Draft
from roadmapdocs.drafting.values import Appendix, Point, Question, Values
from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _
from roadmapdocs.web.drafts import lines
from roadmapdocs.web.drafts.fields import Entry, Field, Rows, asked_of
from roadmapdocs.web.drafts.rows import (
    MOST_ROWS,
    AppendixRow,
    PointRow,
    QuestionRow,
    Row,
    act,
    point_rows,
    points_of,
    whole,
)
from roadmapdocs.web.forms import plain_line, plain_text

#: Signs of one field; the longest text of the seeds has a fortieth of it.
_LONGEST: Final = 2_000_000
_LONGEST_TITLE: Final = 1_000


@dataclass
class DraftForm:
    """``texts`` are plain fields by name, ``rows`` the lists by name; ``errors`` sentences by the name of either."""

    shape: type[Values]
    title: str = ""
    title_shown: str = ""
    revision: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    @staticmethod
    def shape_of(draft: Draft) -> type[Values]:
        return values_shape(draft.template)

    @classmethod
    def of(cls, values: Values, revision: int) -> DraftForm:
        form = cls(type(values), values.title, values.title, revision)
        for one in asked_of(type(values)):
            said = getattr(values, one.name)
            if isinstance(one, Rows):
                form.rows[one.name] = _rows(one, said)
            else:
                form.texts[one.name] = _WRITERS[one.entry](said)
        return form

    @classmethod
    def read(cls, shape: type[Values], given: MultiDict[str, str]) -> DraftForm:
        revision = given.get("revision", "")
        title, shown = (plain_line(given.get(name))[:_LONGEST_TITLE] for name in ("title", "title_shown"))
        form = cls(shape, title, shown)
        form.revision = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
        for one in asked_of(shape):
            if isinstance(one, Rows):
                form.rows[one.name] = list(one.row.read_all(given))
            else:
                form.texts[one.name] = plain_text(given.get(one.name))
        return form

    def act(self, do: str) -> None:
        """A row is added, moved or taken out; any other word leaves the rows as they are."""
        for one in asked_of(self.shape):
            if isinstance(one, Rows):
                act(self.rows[one.name], do, one.row())

    def values(self, before: Values, shown: Values | None = None) -> Values | None:
        """``before`` with what is typed; None, with sentences, where something cannot be read.

        ``shown`` is the same with names of today, as the form showed it. What is typed as it was shown keeps what is
        stored: a field or row may say less than the values do.
        """
        was = DraftForm.of(shown or before, self.revision)
        changes: dict[str, Any] = {}
        for one in asked_of(self.shape):
            try:
                changes[one.name] = self._value(one, getattr(before, one.name), getattr(shown or before, one.name), was)
            except Refusal as refusal:
                self.errors[one.name] = refusal.message
        return None if self.errors else dataclasses.replace(before, **changes)

    def forget_what_was(self) -> None:
        """Rows are no more told by their places: somebody else has changed them meanwhile."""
        for rows in self.rows.values():
            for row in rows:
                row.was = ""

    def take(self, refusal: Refusal) -> None:
        """Put a refusal's sentences where they belong; what is about no field stands above."""
        fields = refusal.details.get("fields")
        if isinstance(fields, Mapping) and fields:
            self.errors.update({str(name): str(sentence) for name, sentence in fields.items()})
        else:
            self.trouble = refusal.message

    def phrased(self, name: str) -> Field | None:
        """The field of that name, if ready phrases are offered for it."""
        known = (one for one in asked_of(self.shape) if isinstance(one, Field) and one.name == name)
        return next((one for one in known if one.phrases), None)

    def _value(self, one: Field | Rows, before: Any, shown: Any, was: DraftForm) -> object:
        if isinstance(one, Rows):
            rows = self.rows[one.name]
            if len(rows) > MOST_ROWS:
                raise Refusal("too_long", _("There are more than %(count)s rows. Divide the text.", count=MOST_ROWS))
            return _READ_ROWS[one.row](rows, before, shown)
        typed, told = self.texts[one.name], plain_text(was.texts[one.name])
        if len(typed) > _LONGEST:
            raise Refusal("too_long", _("This is longer than %(limit)s characters. Shorten it.", limit=_LONGEST))
        if typed == told:
            return before
        if one.entry in _LINE_READERS:
            return _LINE_READERS[one.entry](typed, before, told)
        return _READERS[one.entry](typed)


def _rows(one: Rows, said: Any) -> list[Row]:
    rows: list[Row] = list(point_rows(said)) if one.row is PointRow else [_OF[one.row](each) for each in said]
    for place, row in enumerate(rows):
        row.was = str(place)
    return rows


_WRITERS: Final[Mapping[Entry, Callable[[Any], str]]] = {
    Entry.LINE: str,
    Entry.TEXT: str,
    Entry.NUMBER: lambda number: str(number) if number else "",
    Entry.TICK: lambda ticked: "1" if ticked else "",
    Entry.PERSON: lines.write_person,
    Entry.PEOPLE: lines.write_people,
    Entry.POINTS: lines.write_points,
    Entry.LINES: "\n".join,
    Entry.BLOCKS: write_blocks,
}
_READERS: Final[Mapping[Entry, Callable[[str], object]]] = {
    Entry.LINE: plain_line,
    Entry.TEXT: plain_text,
    Entry.NUMBER: whole,
    Entry.TICK: bool,
    Entry.PERSON: lines.read_person,
    Entry.LINES: lambda text: tuple(line.strip() for line in text.splitlines() if line.strip()),
}
#: Readers to which what was there is told, line by line.
_LINE_READERS: Final[Mapping[Entry, Callable[[str, Any, str], object]]] = {
    Entry.PEOPLE: lines.read_people,
    Entry.POINTS: lines.read_points,
    Entry.BLOCKS: lambda typed, before, _shown: read_blocks(typed, before),
}


def _questions(rows: list[Any], before: tuple[Question, ...], shown: tuple[Question, ...]) -> tuple[Question, ...]:
    told = [QuestionRow.of(one) for one in shown]
    made = (row.question(row.stored(before), row.stored(told)) for row in rows)
    return tuple(question for question in made if question != Question())


def _appendices(rows: list[Any], before: tuple[Appendix, ...], _shown: object) -> tuple[Appendix, ...]:
    made = (row.appendix(row.stored(before)) for row in rows)
    return tuple(one for one in made if one.title or one.blocks or one.separate)


def _points(rows: list[Any], before: tuple[Point, ...], shown: tuple[Point, ...]) -> tuple[Point, ...]:
    return points_of(rows, before, shown)


_READ_ROWS: Final[Mapping[type[Row], Callable[[list[Any], Any, Any], object]]] = {
    PointRow: _points,
    QuestionRow: _questions,
    AppendixRow: _appendices,
}
_OF: Final[Mapping[type[Row], Callable[[Any], Row]]] = {QuestionRow: QuestionRow.of, AppendixRow: AppendixRow.of}

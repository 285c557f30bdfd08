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
from roadmapdocs.web.drafts.rows import AppendixRow, PointRow, QuestionRow, Row, act, point_rows, points_of
from roadmapdocs.web.forms import plain_line, plain_text

_LONGEST: Final = 200_000
_LONGEST_TITLE: Final = 1_000


@dataclass
class DraftForm:
    """``texts`` are plain fields by name, ``rows`` the lists by name; ``errors`` sentences by the name of either."""

    shape: type[Values]
    title: str = ""
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
        form = cls(type(values), values.title, revision)
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
        form = cls(shape, plain_line(given.get("title"))[:_LONGEST_TITLE])
        form.revision = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else 0
        for one in asked_of(shape):
            if isinstance(one, Rows):
                form.rows[one.name] = list(one.row.read_all(given))
            else:
                form.texts[one.name] = plain_text(given.get(one.name))[:_LONGEST]
        return form

    def act(self, do: str) -> None:
        """A row is added, moved or taken out; any other word leaves the rows as they are."""
        for one in asked_of(self.shape):
            if isinstance(one, Rows):
                act(self.rows[one.name], do, one.row())

    def values(self, before: Values) -> Values | None:
        """``before`` with what is typed; None, with sentences, where something cannot be read."""
        changes: dict[str, Any] = {}
        for one in asked_of(self.shape):
            try:
                changes[one.name] = self._value(one)
            except Refusal as refusal:
                self.errors[one.name] = refusal.message
        return None if self.errors else dataclasses.replace(before, **changes)

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

    def _value(self, one: Field | Rows) -> object:
        if isinstance(one, Rows):
            return _READ_ROWS[one.row](self.rows[one.name])
        return _READERS[one.entry](self.texts[one.name])


def _rows(one: Rows, said: Any) -> list[Row]:
    if one.row is PointRow:
        return list(point_rows(said))
    return [_OF[one.row](each) for each in said]


def _number(text: str) -> int:
    text = text.strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Refusal("not_a_number", _("“%(text)s” is not a whole number. Write figures or leave it empty.", text=text[:40]))
    return int(text) if text else 0


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
    Entry.NUMBER: _number,
    Entry.TICK: bool,
    Entry.PERSON: lines.read_person,
    Entry.PEOPLE: lines.read_people,
    Entry.POINTS: lines.read_points,
    Entry.LINES: lambda text: tuple(line.strip() for line in text.splitlines() if line.strip()),
    Entry.BLOCKS: read_blocks,
}


def _questions(rows: list[Any]) -> tuple[Question, ...]:
    return tuple(question for row in rows if (question := row.question()) != Question())


def _appendices(rows: list[Any]) -> tuple[Appendix, ...]:
    return tuple(one for row in rows if (one := row.appendix()).title or one.blocks or one.separate)


def _points(rows: list[Any]) -> tuple[Point, ...]:
    return points_of(rows)


_READ_ROWS: Final[Mapping[type[Row], Callable[[list[Any]], object]]] = {
    PointRow: _points,
    QuestionRow: _questions,
    AppendixRow: _appendices,
}
_OF: Final[Mapping[type[Row], Callable[[Any], Row]]] = {QuestionRow: QuestionRow.of, AppendixRow: AppendixRow.of}

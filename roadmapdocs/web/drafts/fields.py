"""What the form of a draft asks for, by the shape of its values: plain fields and lists of rows, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from roadmapdocs.drafting import values as v
from roadmapdocs.web.drafts.rows import AppendixRow, PointRow, QuestionRow, Row
from roadmapdocs.web.forms import lazy


class Entry(StrEnum):
    """How a field is typed; each has its reader in :mod:`roadmapdocs.web.drafts.form`."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    TICK = "tick"
    PERSON = "person"
    PEOPLE = "people"
    POINTS = "points"
    LINES = "lines"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Field:
    """``name`` is that of the values; ``phrases`` the place of the phrases offered for it."""

    name: str
    entry: Entry
    label: str
    hint: str = ""
    phrases: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows; ``name`` is that of the values."""

    name: str
    row: type[Row]


_BLOCKS_HINT: Final = lazy(
    "A line is a paragraph. “# Title” is a section, “1.1. …” a point, “- …” a list, “| one | two |” a row of a table. "
    "Numbers are counted by themselves."
)
_POINTS_HINT: Final = lazy("One a line: what | who | by when. Several people stand apart by semicolons.")
_PERSON_HINT: Final = lazy("Surname and initials, then a comma and the post, if it is to be printed otherwise than in the directory.")

_TEXT: Final = Field("blocks", Entry.BLOCKS, lazy("Text"), _BLOCKS_HINT)
_APPENDICES: Final = Rows("appendices", AppendixRow)

_ORDER: Final = (
    Field("preamble", Entry.TEXT, lazy("Preamble"), lazy("On what ground and to what end. No full stop behind it."), "preamble"),
    Rows("points", PointRow),
    _APPENDICES,
)
_PROTOCOL: Final = (
    Field("meeting", Entry.LINE, lazy("Whose meeting"), lazy("In the genitive, as it is printed under the word “protocol”.")),
    Field("chair", Entry.PERSON, lazy("Chair"), _PERSON_HINT),
    Field("secretary", Entry.PERSON, lazy("Secretary"), _PERSON_HINT),
    Field("present", Entry.PEOPLE, lazy("Present"), lazy("One a line. They are printed in the order of the alphabet.")),
    Field("invited", Entry.PEOPLE, lazy("Invited"), lazy("One a line.")),
    Field("members", Entry.NUMBER, lazy("Members of the body"), lazy("Without it there is no sentence about a quorum.")),
    Field("quorum", Entry.NUMBER, lazy("Quorum"), lazy("Empty: more than half of the members.")),
    Rows("agenda", QuestionRow),
)
#: By the class of values; the most special one that fits counts.
ASKED: Final[Mapping[type[v.Values], tuple[Field | Rows, ...]]] = {
    v.OrderValues: _ORDER,
    v.RegulationValues: (_TEXT, _APPENDICES),
    v.PlanValues: (_TEXT, Field("landscape", Entry.TICK, lazy("Pages lie across"))),
    v.NoteValues: (
        Field("addressee", Entry.PERSON, lazy("Addressed to"), _PERSON_HINT),
        Field("basis", Entry.LINE, lazy("Why it was written")),
        _TEXT,
        Field("conclusions", Entry.LINES, lazy("Conclusions"), lazy("One a line.")),
        Field("proposals", Entry.POINTS, lazy("Proposals"), _POINTS_HINT),
    ),
    v.ProtocolValues: _PROTOCOL,
    v.ExtractValues: (
        *_PROTOCOL,
        Field("copied_by", Entry.PERSON, lazy("Certified by"), _PERSON_HINT),
        Field("original_place", Entry.LINE, lazy("Where the original lies")),
    ),
    v.AcquaintanceValues: (Field("people", Entry.PEOPLE, lazy("Who is to be acquainted"), lazy("One a line.")),),
}


def asked_of(values: type[v.Values]) -> tuple[Field | Rows, ...]:
    return ASKED[values]

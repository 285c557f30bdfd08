"""What is wrong with a template, where it stands: plain values that travel between processes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Severity(StrEnum):
    """With an ``ERROR`` a template prints nothing; a ``WARNING`` is for its maker to think about."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """``name`` of a :class:`Trouble` is what the code is about: a name, a marker, a reason, an address."""

    NOT_DOCX = "not_docx"
    DANGEROUS_PART = "dangerous_part"
    EXTERNAL = "external"
    FIELD = "field"
    FIELD_MARKER = "field_marker"
    BROKEN_MARKER = "broken_marker"
    LOOSE_BRACES = "loose_braces"
    MARKER_ELSEWHERE = "marker_elsewhere"
    RAW_MARKER = "raw_marker"
    OUTSIDE_TABLE = "outside_table"
    TEXT_LOST = "text_lost"
    SECTION_LOST = "section_lost"
    SYNTAX = "syntax"
    UNKNOWN_TAG = "unknown_tag"
    NOT_CLOSED = "not_closed"
    FORBIDDEN = "forbidden"
    UNKNOWN_NAME = "unknown_name"
    UNKNOWN_FILTER = "unknown_filter"
    NOT_A_LIST = "not_a_list"
    NOT_A_TEXT = "not_a_text"
    NO_SUCH_ROW = "no_such_row"
    TORN = "torn"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    NOT_USED = "not_used"
    NO_MARKERS = "no_markers"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Place:
    """``part`` is body, header, footer, footnotes or the path of another; ``paragraph`` its text; a cell is counted from 1, 0: no table."""

    part: str = ""
    paragraph: str = ""
    table: int = 0
    row: int = 0
    column: int = 0


#: The file as a whole.
NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Trouble:
    """``near`` is the nearest known name; ``known`` are those that could stand there."""

    code: Code
    name: str = ""
    place: Place = NOWHERE
    near: str = ""
    known: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    def as_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Trouble:
        place, known = Place(**given["place"]), tuple(given["known"])
        return cls(Code(given["code"]), given["name"], place, given["near"], known, Severity(given["severity"]))


class TemplateTrouble(Exception):
    """A template cannot be printed; the first trouble is the one to tell."""

    def __init__(self, *troubles: Trouble) -> None:
        super().__init__(", ".join(f"{one.code} {one.name}" for one in troubles))
        self.troubles = troubles

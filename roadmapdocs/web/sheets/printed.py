"""The sheet as it is printed: the same words for the page, the Word file and the PDF."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: As many signs of a hash as tell the versions of one document apart at a glance; the whole stands below the table.
SHORT_HASH: Final = 8
#: Remarks longer than that are attached («замечания прилагаются», domain.md §7.3): a cell is never higher than a page.
LONGEST_REMARKS, MOST_LINES = 500, 12
_LONGEST_CELL: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A visa in words. ``holds`` is None where there is nothing to hold; ``visa`` is its id, ``objection`` a file's name."""

    number: str
    post: str
    name: str
    received: str
    result: str
    remarks: tuple[str, ...]
    decided: str
    mark: str
    version: str
    standing: str
    holds: bool | None
    visa: int
    objection: str = ""

    @property
    def attached(self) -> bool:
        """Whether the remarks are too long for a cell."""
        text = "\n".join(self.remarks)
        return len(text) > LONGEST_REMARKS or text.count("\n") >= MOST_LINES

    def cells(self, see_below: str) -> tuple[str, ...]:
        """In the order of the columns, each short enough for a cell; ``see_below`` stands for remarks that are attached."""
        remarks = (see_below,) if self.attached else self.remarks
        said = "\n".join((*remarks, *([self.objection] if self.objection else [])))
        text = "\n".join(part for part in (self.version, self.standing) if part)
        short = (shortened(part) for part in (self.number, self.post, self.name, self.received, self.result))
        return (*short, said, self.decided, shortened(self.mark), text)


def shortened(text: str) -> str:
    """What goes on beyond the room of a cell is left out, as «…» says."""
    kept = "\n".join(text[: _LONGEST_CELL + 1].split("\n")[:MOST_LINES])
    return text if kept == text and len(text) <= _LONGEST_CELL else kept[:_LONGEST_CELL].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Table:
    """One run. ``notes`` say who began it, when and how it ended."""

    title: str
    notes: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SignatureMark:
    """A signature in words. ``frame`` is the mark of a qualified one, for each signer of the file (ГОСТ Р 7.0.97).

    ``signature`` is the id of its row.
    """

    title: str
    lines: tuple[str, ...]
    frame: tuple[str, ...]
    signature: int
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """``facts`` are pairs (caption, value); ``hashes`` name every version that the sheet speaks of; ``made`` is the footer.

    ``on`` is the day when it is made: the template of that day prints it.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    tables: tuple[Table, ...]
    disagreements: tuple[str, ...]
    signatures: tuple[SignatureMark, ...]
    hashes: tuple[tuple[str, str], ...]
    captions: Captions
    address: str
    made: str
    on: dt.date
    language: str

    @property
    def attached(self) -> tuple[tuple[str, Row], ...]:
        """Rows whose remarks do not fit into their cells, each with the title of its run."""
        return tuple((table.title, row) for table in self.tables for row in table.rows if row.attached)


@dataclass(frozen=True, slots=True)
class Captions:
    """Headings of the parts, and what is said where there is nothing."""

    attached: str
    see_below: str
    disagreements: str
    signatures: str
    versions: str
    nothing: str
    code: str

"""What a document says of itself at its head: kind, date, number, organisation above, heading below."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from roadmapdocs.russian.mending import mend
from roadmapdocs.russian.reference_pieces import pieces_of
from roadmapdocs.russian.reference_words import kind_words

#: Lines of a text among which its head is looked for, and lines below the kind among which date and number stand.
_LINES, _BELOW = 40, 8
_LINE_LIMIT = 500
_TOPIC = re.compile(r"об?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """``kind_word`` is in lower case; what is not printed is None or empty."""

    kind_word: str
    date: dt.date | None
    number: str
    issuer: str
    title: str


def read_head(text: str) -> Head | None:
    """The head, told by a line that begins with the kind in capitals: «П Р И К А З», «ПРОТОКОЛ № 3»."""
    lines = [" ".join(line.split()) for line in mend("\n".join(_first_lines(text))).shown.split("\n")]
    lines = [line for line in lines if line]
    for index, line in enumerate(lines):
        kind = _kind_at_start(line)
        if kind is not None:
            return _head(kind, lines[:index], [line[len(kind) :], *lines[index + 1 : index + 1 + _BELOW]])
    return None


def _first_lines(text: str) -> list[str]:
    lines = (line[:_LINE_LIMIT] for line in text[: _LINES * _LINE_LIMIT].splitlines() if line.strip())
    return [line for _place, line in zip(range(_LINES), lines, strict=False)]


def _kind_at_start(line: str) -> str | None:
    """The word in capitals that is the line, or stands before a date or number in it."""
    mended = mend(line)
    for kind, start, end in kind_words(mended.low):
        word = mended.shown[start:end]
        rest = mended.shown[end:].strip()
        if start == 0 and word.isupper() and word.lower() == kind:
            return word if not rest or any(piece.start <= end + 4 for piece in pieces_of(mended)) else None
    return None


def _head(kind: str, above: Sequence[str], below: Sequence[str]) -> Head:
    title = ""
    for index, line in enumerate(below):
        if _TOPIC.match(line):
            rest = below[index + 1 :]
            title = " ".join([line, *rest[: _continued(rest)]])
            below = below[:index]
            break
    pieces = pieces_of(mend("\n".join(below)))
    return Head(
        kind_word=kind.lower(),
        date=next((piece.date for piece in pieces if piece.date), None),
        number=next((piece.number for piece in pieces if piece.number), ""),
        issuer=" ".join(above[-4:]),
        title=title,
    )


def _continued(lines: Sequence[str]) -> int:
    """How many lines go on with the heading: those that begin with a small letter."""
    return next((place for place, line in enumerate(lines) if not line[:1].islower()), len(lines))

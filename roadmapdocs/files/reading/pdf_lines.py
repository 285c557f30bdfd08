"""Lines of a PDF cell put together into the paragraphs they were before the page was laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Space between text and rule that word processors leave by default: 0.19 cm, in points.
_MARGIN = 5.4
# A space is about a quarter of the height of its letters.
_SPACE = 0.25


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    right: float
    height: float
    first_word: float


def cell_text(chars: list[dict[str, Any]], right: float) -> str:
    """Text of the characters of one cell whose right edge is at ``right`` (in points).

    A line is a paragraph's last if the first word of the next line would still have fitted on it. A word cut
    because its column is narrower than the word stays two words: nothing in the file tells it from two.
    """
    lines = _lines(chars)
    text = ""
    for at, line in enumerate(lines):
        text += line.text
        if at + 1 < len(lines):
            text += _joint(line, lines[at + 1], right)
    return text.replace("\xad", "")


def _joint(line: _Line, following: _Line, right: float) -> str:
    """What stood between two lines before they were lines: nothing, a space or the end of a paragraph."""
    if line.text.endswith("\xad"):
        return ""
    if line.right + _SPACE * line.height + following.first_word < right - _MARGIN:
        return "\n"
    return "" if line.text.endswith("-") and line.text[-2:-1].isalnum() else " "


def _lines(chars: list[dict[str, Any]]) -> list[_Line]:
    from pdfplumber.utils.text import extract_words  # noqa: PLC0415 - loaded only when a PDF comes

    rows: list[list[dict[str, Any]]] = []
    for word in sorted(extract_words(chars), key=lambda word: word["top"]):
        # Words of a line overlap in height by more than half, also where one has an index above it.
        if rows and word["top"] < (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(sorted(row, key=lambda word: word["x0"])) for row in rows]


def _line(words: list[dict[str, Any]]) -> _Line:
    return _Line(
        text=" ".join(word["text"] for word in words),
        right=words[-1]["x1"],
        height=words[0]["bottom"] - words[0]["top"],
        first_word=words[0]["x1"] - words[0]["x0"],
    )

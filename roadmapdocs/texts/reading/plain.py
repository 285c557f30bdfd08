"""What readers give, and text as it is kept: lines, form feeds between pages, no signs that a database refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roadmapdocs.files.reading.blocks import Block, Paragraph
from roadmapdocs.texts.rules import Limits, Problem

PAGE_END = "\f"

_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
# Line ends of all systems and of Word and Unicode; the form feed is a page's end.
_LINE_ENDS = re.compile("\r\n?|[\v\x85\u2028\u2029]")
# Control signs, halves of characters, and what Unicode says is no character.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_SPACES_AT_ENDS = re.compile(r"[ \t\xa0]+(?=[\n\f])")
_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says. ``scans`` are the places (from 0) of pages that are pictures and were not recognised."""

    text: str
    way: str
    problem: Problem | None = None
    scans: tuple[int, ...] = ()


def capped(found: Found, limits: Limits) -> Found:
    """No more of it than is kept."""
    if len(found.text) <= limits.signs:
        return found
    return replace(found, text=found.text[: limits.signs].rstrip(), problem=Problem.CUT)


def tidy(text: str) -> str:
    """Text as it is kept: nothing but lines, without blank ends and long gaps."""
    lines = _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text)).translate(_LIGATURES)
    return _EMPTY_LINES.sub("\n\n", _SPACES_AT_ENDS.sub("", lines)).strip(" \t\n\f")


def pages_as_text(pages: Sequence[str]) -> str:
    """Pages parted by form feeds; empty pages at the end say nothing."""
    return PAGE_END.join(tidy(page.replace(PAGE_END, "\n")) for page in pages).rstrip(PAGE_END)


def blocks_as_text(blocks: Iterable[Block]) -> str:
    """A paragraph or a row of a table a line; cells parted by tabs."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return ["\t".join(f"{cell.auto_number} {cell.text}".strip() for cell in row.cells if cell.text or cell.auto_number) for row in block.rows]

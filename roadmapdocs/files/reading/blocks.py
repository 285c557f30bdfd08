"""What every file format is turned into before it is understood: paragraphs and tables in reading order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell, its paragraphs joined by newlines.

    ``span`` is how many grid columns it covers; ``continued`` marks the lower part of a vertically merged cell
    (its text is then empty). ``auto_number`` is the number that the word processor itself would print
    in front ("1.2."), where the file numbers automatically.
    """

    text: str
    span: int = 1
    continued: bool = False
    auto_number: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is the 1-based line (TXT), sheet row (XLSX) or running table-row number (DOCX, PDF)."""

    cells: tuple[Cell, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    line: int


Block = Paragraph | Table

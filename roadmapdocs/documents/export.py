"""Rows of a list as a file for other programs: XLSX and CSV, written row by row whatever their number."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Final

from roadmapdocs.russian.letters import printable

#: As many rows as one file holds; whoever needs more narrows the list.
MOST_ROWS: Final = 50_000
#: A cell that begins with one of these is a formula to a spreadsheet, and runs.
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")

#: What stands in a cell.
Cell = str | int | dt.date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """Words above a column, and its width in characters."""

    label: str
    width: int = 16


Writer = Callable[[IO[bytes], Sequence[Heading], Iterable[Sequence[Cell]], str], None]


def write_csv(stream: IO[bytes], headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """UTF-8 with a BOM and semicolons, as Russian spreadsheets read it without asking. ``title`` has no place in it."""
    del title
    stream.write(b"\xef\xbb\xbf")
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    try:
        table = csv.writer(text, delimiter=";", lineterminator="\r\n")
        table.writerow([_guarded(heading.label) for heading in headings])
        table.writerows([_csv_cell(cell) for cell in row] for row in rows)
    finally:
        text.detach()


def write_xlsx(stream: IO[bytes], headings: Sequence[Heading], rows: Iterable[Sequence[Cell]], title: str) -> None:
    """One sheet with a filter on its head, which stays in sight. ``title`` names the sheet."""
    from roadmapdocs.documents import export_xlsx  # noqa: PLC0415  # its library takes long to load

    export_xlsx.write_xlsx(stream, headings, rows, title)


WRITERS: Final[dict[str, Writer]] = {"xlsx": write_xlsx, "csv": write_csv}


def _guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula, whatever it begins with."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


def _csv_cell(value: Cell) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, int):
        return str(value)
    return _guarded(printable(value or ""))

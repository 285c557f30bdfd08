"""Rows of a table of people out of a file: CSV in the encodings that Excel writes, or XLSX."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from roadmapdocs.errors import Refusal
from roadmapdocs.i18n import gettext as _

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 64
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 128 * 1024 * 1024
LONGEST_CELL: Final = 2_000
#: Stands for a cell that holds a formula: what it comes to is known to Excel only.
FORMULA: Final = "\x00="
#: Stands for a cell in which a formula failed.
FAILED: Final = "\x00#"
_MOST_PARTS: Final = 2_000
_DELIMITERS: Final = ";,\t"
_LONGEST_CELL: Final = 100_000

Row = tuple[str, ...]


def read_tables(data: bytes, name: str) -> dict[str, list[Row]]:
    """By the name of the sheet (empty for CSV), its rows as text; a day is written as ISO 8601 has it.

    Rows keep their numbers: the first of the list is row 1. ``name`` is for messages.

    :raise Refusal: ``empty_file``, ``too_large``, ``too_many_rows``, ``damaged``, ``no_table``, ``unknown_encoding``
    """
    if not data.strip():
        raise Refusal("empty_file", _("The file %(name)s is empty. Choose the one with the people in it.", name=name))
    if len(data) > MOST_BYTES:
        raise Refusal(
            "too_large",
            _("The file %(name)s is larger than %(most)s MB, which no list of people is.", name=name, most=MOST_BYTES // 2**20),
        )
    if data.startswith(b"PK"):
        return _read_xlsx(data, name)
    if data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf")):
        raise _no_table(name)
    return {"": _read_csv(_decoded(data, name), name)}


def too_many(name: str) -> Refusal:
    return Refusal(
        "too_many_rows",
        _("%(name)s has more than %(most)s rows. Divide it into several files.", name=name, most=MOST_ROWS),
        most=MOST_ROWS,
    )


def _no_table(name: str) -> Refusal:
    return Refusal(
        "no_table", _("%(name)s is no table that can be read. Save it as XLSX or CSV and choose it again.", name=name)
    )


def _decoded(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 with its mark, or else Windows-1251, which Russian Excel writes."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise Refusal(
        "unknown_encoding",
        _("The letters of %(name)s are in an unknown encoding. Save it as UTF-8 or Windows-1251, or as XLSX.", name=name),
    )


def _read_csv(text: str, name: str) -> list[Row]:
    """By the sign between the cells with which the first lines have most of them."""
    head = text[:20_000]
    delimiter = max(_DELIMITERS, key=lambda sign: _widest(head, sign))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        return _bounded((tuple(_unquoted(cell) for cell in _short(row)) for row in rows), name)
    except csv.Error as problem:
        raise _no_table(name) from problem


def _short(row: list[str]) -> list[str]:
    """The library's own limit is one for the whole process, and others may have raised it.

    :raise csv.Error: for a cell that no table of people has
    """
    if any(len(cell) > _LONGEST_CELL for cell in row):
        raise csv.Error("a cell without an end")
    return row


def _widest(head: str, delimiter: str) -> int:
    try:
        return max((len(row) for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), 20)), default=0)
    except csv.Error:
        return 0


def _unquoted(cell: str) -> str:
    """«="00123"» is how Excel is told to keep zeros; anything else behind = would be a formula."""
    cell = cell.strip()
    if cell.startswith('="') and cell.endswith('"') and cell.count('"') == 2:
        return cell[2:-1]
    return FORMULA if cell.startswith("=") else cell


def _read_xlsx(data: bytes, name: str) -> dict[str, list[Row]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # takes long to load

    _check_archive(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return {sheet.title: _bounded(_rows(sheet), name) for sheet in book.worksheets if sheet.sheet_state == "visible"}
        finally:
            book.close()
    except Refusal:
        raise
    except Exception as problem:  # openpyxl lets through whatever its parsers come over
        raise _damaged(name) from problem


def _check_archive(data: bytes, name: str) -> None:
    """Refuse what is no honest workbook before anything of it is parsed.

    Declared sizes are bounds: ``zipfile`` never gives more bytes than an entry declares.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refusal("too_large", _("%(name)s unpacks to more than any list of people is.", name=name))
            if "xl/workbook.xml" not in archive.namelist():
                raise _no_table(name)
            for part in parts:
                content = archive.read(part).replace(b"\x00", b"") if part.filename.endswith((".xml", ".rels")) else b""
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise _damaged(name)
    except Refusal:
        raise
    except Exception as problem:  # a broken archive fails in a dozen ways
        raise _damaged(name) from problem


def _damaged(name: str) -> Refusal:
    return Refusal(
        "damaged",
        _("The file %(name)s is damaged and cannot be opened. Save it anew in Excel and choose it again.", name=name),
    )


def _rows(sheet: Any) -> Iterator[Row]:
    widest = min(sheet.max_column or MOST_COLUMNS, MOST_COLUMNS)
    for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=widest):
        yield tuple(_text(cell) for cell in row)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        return FORMULA if cell.data_type == "f" else FAILED
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _bounded(rows: Iterable[Sequence[str]], name: str) -> list[Row]:
    """The rows without empty ones at the end; a row's end without cells is cut off."""
    found: list[Row] = []
    last = 0
    for number, row in enumerate(rows, start=1):
        cells = tuple(cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS])
        filled = any(cells)
        if number > MOST_ROWS + 1 and filled:
            raise too_many(name)
        if number <= MOST_ROWS + 1:
            found.append(cells)
            last = number if filled else last
    return found[:last]

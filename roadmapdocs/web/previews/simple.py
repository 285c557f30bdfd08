"""A text without its layout: what the readers of office formats find in a file, cut to what a card holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from roadmapdocs.errors import Refusal
from roadmapdocs.files.models import StoredFile
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Table
from roadmapdocs.files.reading.office import paragraphs_of, read_office
from roadmapdocs.files.rules import Kind
from roadmapdocs.web.context import store

#: A simplified view is for recognising a document; whoever reads the whole of it opens the file.
MOST_BLOCKS = 120
MOST_ROWS = 150
MOST_LETTERS = 30_000
MOST_CELLS_IN_A_ROW = 20
#: What is read at once. Older formats would need LibreOffice, and PDF takes long.
_READ = frozenset({Kind.DOCX, Kind.XLSX})

#: Lines of a table, each of its cells with how many columns it covers.
Rows = tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or the rows of a table."""

    text: str = ""
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Simple:
    """``cut`` says that the file has more than this."""

    pieces: tuple[Piece, ...] = ()
    cut: bool = False


@dataclass(slots=True)
class _Room:
    """What may still be shown."""

    letters: int = MOST_LETTERS
    rows: int = MOST_ROWS
    cut: bool = field(default=False)

    def take(self, text: str) -> str:
        text = text.strip()
        if len(text) > self.letters:
            self.cut = True
            text = text[: self.letters].rstrip() + "…" if self.letters else ""
        self.letters = max(self.letters - len(text), 0)
        return text


def simple_view(file: StoredFile, name: str) -> Simple:
    """The beginning of a file's text; nothing where it cannot be read, for the card itself must open."""
    return _read(file.sha256, file.format, name)


@lru_cache(maxsize=64)
def _read(sha256: str, kind: str, name: str) -> Simple:
    """The hash names the content, in any store: the text of it never changes."""
    try:
        with store().open(sha256) as stream:
            data = stream.read()
        if kind == Kind.TXT:
            return _cut([Paragraph(text, 0) for text in paragraphs_of(data, name)])
        return _cut((read_office(data, name) or []) if kind in _READ else [])
    except Refusal:
        return Simple()


def _cut(blocks: list[Block]) -> Simple:
    room = _Room()
    pieces = tuple(piece for block in blocks[:MOST_BLOCKS] for piece in _piece(block, room))
    return Simple(pieces, room.cut or len(blocks) > MOST_BLOCKS)


def _piece(block: Block, room: _Room) -> Iterator[Piece]:
    if not room.letters:
        room.cut = True
    elif isinstance(block, Paragraph):
        if text := room.take(block.text):
            yield Piece(text)
    elif rows := tuple(_rows(block, room)):
        yield Piece(rows=rows)


def _rows(table: Table, room: _Room) -> Iterator[tuple[tuple[str, int], ...]]:
    for row in table.rows:
        if not room.rows or not room.letters:
            room.cut = True
            return
        room.rows -= 1
        room.cut = room.cut or len(row.cells) > MOST_CELLS_IN_A_ROW
        yield tuple((room.take(_text(cell)), min(cell.span, MOST_CELLS_IN_A_ROW)) for cell in row.cells[:MOST_CELLS_IN_A_ROW])


def _text(cell: Cell) -> str:
    return f"{cell.auto_number} {cell.text}" if cell.auto_number else cell.text

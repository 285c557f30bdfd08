"""A text without its layout: what the readers of office formats find in a file, cut to what a card holds."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from roadmapdocs.errors import NotFound, Refusal
from roadmapdocs.files.limits import GLANCE_LIMITS
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
_READ = frozenset({Kind.DOCX, Kind.XLSX, Kind.TXT})
_TOO_LARGE = frozenset({"too_large", "archive_bomb", "too_many_cells"})

#: Lines of a table, each of its cells with how many columns it covers.
Rows = tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or the rows of a table."""

    text: str = ""
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Simple:
    """``cut`` says that the file has more than this, ``too_large`` that it was not read for its size."""

    pieces: tuple[Piece, ...] = ()
    cut: bool = False
    too_large: bool = False


#: Views are kept by the hashes of their files, which name the content for good; some 100 KB each.
_KEPT = 64
_views: OrderedDict[str, Simple] = OrderedDict()
_lock = threading.Lock()
#: One file is read at a time: those who ask for the same one wait and get what the first has read.
_reading = threading.Lock()


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


def simple_view(file: StoredFile) -> Simple:
    """The beginning of a file's text; nothing where it cannot be read, for the card itself must open."""
    if file.format not in _READ:
        return Simple()
    if file.size > GLANCE_LIMITS.max_bytes:
        return Simple(too_large=True)
    kept = _kept(file.sha256)
    if kept is not None:
        return kept
    with _reading:
        return _kept(file.sha256) or _read_and_kept(file.sha256)


def _kept(sha256: str) -> Simple | None:
    with _lock:
        if sha256 in _views:
            _views.move_to_end(sha256)
        return _views.get(sha256)


def _read_and_kept(sha256: str) -> Simple:
    """What the store does not give now it may give later, so that alone is not kept."""
    try:
        with store().open(sha256) as stream:
            data = stream.read()
    except (NotFound, OSError):
        return Simple()
    view = read_simply(data)
    with _lock:
        _views[sha256] = view
        while len(_views) > _KEPT:
            _views.popitem(last=False)
    return view


def read_simply(data: bytes) -> Simple:
    """The beginning of what a file says; a refusal here comes of its bytes alone."""
    try:
        blocks = read_office(data, "", GLANCE_LIMITS)
        if blocks is None:
            # One more than is shown tells that there are more.
            blocks = [Paragraph(text, 0) for text in paragraphs_of(data, "", GLANCE_LIMITS)[: MOST_BLOCKS + 1]]
    except Refusal as refusal:
        return Simple(too_large=refusal.code in _TOO_LARGE)
    return _cut(blocks)


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

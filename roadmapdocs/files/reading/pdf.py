"""PDF files with a text layer: ruled tables, and the lines of text between them, page by page."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from roadmapdocs.errors import Refusal
from roadmapdocs.files.limits import Limits
from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.files.reading.pdf_lines import cell_text
from roadmapdocs.files.reading.pdf_pages import join_pages
from roadmapdocs.files.rules import damaged, locked
from roadmapdocs.i18n import gettext as _

# Pages and tables of pdfplumber; it is loaded only when a PDF comes, since loading takes a third of a second.
_Page = Any
_FoundTable = Any
_Box = tuple[float, float, float, float]

# Edges nearer than this (in points, 1/72 inch) are one edge: rules are drawn with a thickness.
_SAME_EDGE = 3.0
# A page of dense text has five thousand characters; a drawing of a map has a million strokes.
_MAX_OBJECTS = 60_000


def read_pdf(data: bytes, name: str, limits: Limits) -> list[Block]:
    """Blocks of a PDF, a table continued over pages as one more table on each.

    :raise Refusal: ``encrypted``, ``damaged``, ``scan_only`` (pictures of pages), ``too_many_pages``,
        ``page_too_complex`` (a map or a drawing)
    """
    import pdfplumber  # noqa: PLC0415 - loading it takes a third of a second and 30 MB
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            _check_pages(len(document.pages), name, limits)
            blocks = join_pages(list(_pages(document.pages, name)))
            pages = len(document.pages)
    except Refusal:
        raise
    except PDFPasswordIncorrect as problem:
        raise locked(name) from problem
    except PdfminerException as problem:
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (*problem.args, problem.__cause__)):
            raise locked(name) from problem
        raise damaged(name) from problem
    except Exception as problem:  # the parser meets a broken file with whatever went wrong in it
        raise damaged(name) from problem
    if not pages:
        raise damaged(name)
    if not blocks:
        raise _scan_only(name)
    return blocks


def _check_pages(pages: int, name: str, limits: Limits) -> None:
    if pages > limits.max_pages:
        raise Refusal(
            "too_many_pages",
            _(
                "The file %(name)s has %(pages)s pages; no more than %(limit)s are read. "
                "Leave only the pages with the roadmap and choose it again.",
                name=name,
                pages=pages,
                limit=limits.max_pages,
            ),
            name=name,
            pages=pages,
            limit=limits.max_pages,
        )


def _scan_only(name: str) -> Refusal:
    return Refusal(
        "scan_only",
        _(
            "The file %(name)s holds pictures of pages without text, so it cannot be read. Choose the Word or Excel "
            "file it was printed from, or recognise the text first.",
            name=name,
        ),
        name=name,
    )


def _drawing(name: str, page: int) -> Refusal:
    return Refusal(
        "page_too_complex",
        _(
            "The page %(page)s of the file %(name)s is a drawing rather than text, so the file was not read. "
            "Choose the Word or Excel file it was printed from.",
            name=name,
            page=page,
        ),
        name=name,
        page=page,
    )


def _pages(pages: list[_Page], name: str) -> Iterator[list[Block]]:
    rows = 0
    for page in pages:
        if sum(len(found) for found in page.objects.values()) > _MAX_OBJECTS:
            raise _drawing(name, page.page_number)
        tables = sorted(
            (table for table in page.find_tables() if len(table.cells) > 1),
            key=lambda table: (table.bbox[1], table.bbox[0]),
        )
        outside = [
            line
            for line in _lines_outside(page, [table.bbox for table in tables])
            if not _is_page_number(line)
        ]
        blocks: list[Block] = []
        for table in tables:
            while outside and outside[0][0] < table.bbox[1]:
                blocks.append(Paragraph(outside.pop(0)[1], max(rows, 1)))
            read = list(_rows(page, table, rows))
            rows += len(table.rows)
            if read:
                blocks.append(Table(tuple(read)))
        blocks.extend(Paragraph(text, max(rows, 1)) for _top, text in outside)
        page.close()
        yield blocks


def _is_page_number(line: tuple[float, str]) -> bool:
    return line[1].strip(" -–—").isdecimal()


def _lines_outside(page: _Page, boxes: list[_Box]) -> list[tuple[float, str]]:
    """Top edge and text of each line of the page that stands in none of the boxes, from top to bottom."""

    def is_outside(thing: dict[str, Any]) -> bool:
        if thing.get("object_type") != "char":
            return False
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    lines = page.filter(is_outside).extract_text_lines(return_chars=False)
    return sorted((line["top"], line["text"].strip()) for line in lines if line["text"].strip())


def _rows(page: _Page, table: _FoundTable, before: int) -> Iterator[Row]:
    """Rows of a table; ``before`` is how many table rows the pages above had."""
    boxes = [box for row in table.rows for box in row.cells if box is not None]
    lefts = _edges([edge for box in boxes for edge in (box[0], box[2])])
    tops = _edges([edge for box in boxes for edge in (box[1], box[3])])
    grid: dict[tuple[int, int], _Box] = {}
    for box in boxes:
        for row in range(_index(tops, box[1]), _index(tops, box[3])):
            for column in range(_index(lefts, box[0]), _index(lefts, box[2])):
                grid.setdefault((row, column), box)
    chars: dict[_Box, list[dict[str, Any]]] = {}
    for char in page.chars:
        column = bisect_right(lefts, (char["x0"] + char["x1"]) / 2) - 1
        row = bisect_right(tops, (char["top"] + char["bottom"]) / 2) - 1
        if (row, column) in grid:
            chars.setdefault(grid[row, column], []).append(char)
    texts = {box: cell_text(inside, box[2]) for box, inside in chars.items()}
    for row in range(len(tops) - 1):
        cells = tuple(_cells(grid, texts, row, len(lefts) - 1))
        if any(cell.text for cell in cells):
            yield Row(cells, before + row + 1)


def _cells(grid: dict[tuple[int, int], _Box], texts: dict[_Box, str], row: int, width: int) -> Iterator[Cell]:
    column = 0
    while column < width:
        box = grid.get((row, column))
        span = 1
        while box is not None and column + span < width and grid.get((row, column + span)) == box:
            span += 1
        if box is not None and grid.get((row - 1, column)) == box:
            yield Cell("", span, continued=True)
        else:
            yield Cell("" if box is None else texts.get(box, ""), span)
        column += span


def _edges(values: list[float]) -> list[float]:
    """Distinct edges in order, those that nearly coincide taken as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))

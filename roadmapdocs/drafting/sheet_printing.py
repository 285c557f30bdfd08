"""Printing the papers that are tables: however long the table is, and with the code of a card in its place."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.document import Document
from docx.oxml.ns import qn

from roadmapdocs.documents.journals.package import stable
from roadmapdocs.drafting.rendering import render
from roadmapdocs.drafting.templates import template_for
from roadmapdocs.drafting.vocabulary import AcquaintancePage, Piece, TablePage

#: How a picture of a template says that the code of the card takes its place (its alternative text).
CODE: Final = "QR-код карточки документа"
#: Rows of a table that are rendered at once: a page has an end, a journal of ten years has not.
PORTION: Final = 500


def print_sheet(template: str, page: TablePage | AcquaintancePage, on: dt.date, *, title: str, code: bytes = b"") -> bytes:
    """The finished DOCX by the template of the day ``on``, the same bytes for the same page; ``code`` is a PNG.

    :raise Refusal: as :func:`roadmapdocs.drafting.rendering.render`
    """
    chosen = template_for(template, on)
    first, *rest = (render(chosen.data, one, title=title) for one in portions(page))
    if not rest and not code:
        return first
    document = docx.Document(io.BytesIO(first))
    for more in rest:
        _append_rows(document, docx.Document(io.BytesIO(more)))
    if code:
        _put_code(document, code)
    made = io.BytesIO()
    document.save(made)
    return stable(made.getvalue())


def portions(page: TablePage | AcquaintancePage) -> Iterator[TablePage | AcquaintancePage]:
    """The page with the beginning of its longest table, then pages of nothing but its following rows."""
    if isinstance(page, AcquaintancePage):
        yield dataclasses.replace(page, people=page.people[:PORTION])
        for start in range(PORTION, len(page.people), PORTION):
            yield AcquaintancePage(people=page.people[start : start + PORTION])
        return
    longest = max((piece for piece in page.pieces if piece.kind == "table"), key=lambda piece: len(piece.rows), default=None)
    if longest is None or len(longest.rows) <= PORTION:
        yield page
        return
    begun = _part(longest, 0)
    yield dataclasses.replace(page, pieces=tuple(begun if piece is longest else piece for piece in page.pieces))
    for start in range(PORTION, len(longest.rows), PORTION):
        yield TablePage(pieces=(_part(longest, start),))


def _part(piece: Piece, start: int) -> Piece:
    return dataclasses.replace(piece, rows=piece.rows[start : start + PORTION])


def _append_rows(document: Document, more: Document) -> None:
    """The rows of the longest table of ``more``, without its head, at the end of that of ``document``."""
    table = _longest_table(document)
    for row in _longest_table(more).findall(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            table.append(row)


def _longest_table(document: Document) -> Any:
    """The last of the longest, since what stands above the rows is set in tables too."""
    tables = list(document.element.body.iter(qn("w:tbl")))
    return max(reversed(tables), key=lambda table: len(table.findall(qn("w:tr"))))


def _put_code(document: Document, code: bytes) -> None:
    for told in document.element.body.iter(qn("wp:docPr")):
        if told.get("descr") == CODE:
            for picture in told.getparent().iter(qn("a:blip")):
                document.part.related_parts[picture.get(qn("r:embed"))]._blob = code

"""Printing the papers that are tables: however long the table is, and with the code of a card in its place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Final

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
    from roadmapdocs.drafting.sheet_joining import joined  # noqa: PLC0415  # its library takes long to load

    return stable(joined(first, rest, code, CODE))


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

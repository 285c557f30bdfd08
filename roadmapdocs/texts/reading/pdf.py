"""PDF: its text layer page by page, and pages as pictures where there is none. PDFium reads them, one file at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from roadmapdocs.files.rules import damaged, locked
from roadmapdocs.texts.reading.plain import Found, pages_as_text
from roadmapdocs.texts.rules import Limits, Problem

#: PDFium puts it where a word is broken at a line's end, and lets the line's end go.
_BROKEN_WORD = "\x02"
#: A scan may carry a stamp or a page number as text; a page of text has more.
_FEW_SIGNS = 16


def read_pdf(data: bytes, limits: Limits) -> Found:
    """
    :raise Refusal: ``damaged``, ``encrypted``
    """
    pdf = open_pdf(data)
    pages: list[str] = []
    scans: list[int] = []
    room = limits.signs
    for number in range(min(len(pdf), limits.pages)):
        text, picture = _page(pdf, number)
        pages.append(text)
        if picture:
            scans.append(number)
        room -= len(text)
        if room < 0:
            break
    problem = Problem.PAGES if len(pages) < len(pdf) and room >= 0 else None
    return Found(pages_as_text(pages), "pdf", problem, tuple(scans))


def open_pdf(data: bytes) -> Any:
    """
    :raise Refusal: ``damaged``, ``encrypted``
    """
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise (locked("") if problem.err_code == FPDF_ERR_PASSWORD else damaged("")) from problem
    if not len(pdf):
        raise damaged("")
    return pdf


def _page(pdf: Any, number: int) -> tuple[str, bool]:
    """The text of a page, and whether the page is a picture rather; a broken page among others has no text."""
    try:
        page = pdf[number]
        layer = page.get_textpage()
        text = layer.get_text_bounded().replace(_BROKEN_WORD, "-\n").replace("\ufffe", "-\n")
        picture = sum(map(str.isalnum, text)) < _FEW_SIGNS and any(_pictures(page))
    except pypdfium2.PdfiumError:
        return "", False
    layer.close()
    page.close()
    return text, picture


def _pictures(page: Any) -> Iterator[Any]:
    return iter(page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4))

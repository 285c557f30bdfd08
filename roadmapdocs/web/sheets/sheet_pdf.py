"""The sheet as a PDF, drawn directly: the same parts as the Word file, in a typeface that comes with the program."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    KeepTogether,
    LongTable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from roadmapdocs.russian.letters import printable
from roadmapdocs.web.sheets.printed import Printed, SignatureMark, shortened
from roadmapdocs.web.sheets.printed import Table as RunTable
from roadmapdocs.web.sheets.qr import code_png
from roadmapdocs.web.sheets.sheet_docx import WIDTHS

FONTS: Final = Path(__file__).parent / "fonts"
_PLAIN, _BOLD = "RoadmapdocsSerif", "RoadmapdocsSerif-Bold"
_FILES: Final = {_PLAIN: "PT_Serif-Web-Regular.ttf", _BOLD: "PT_Serif-Web-Bold.ttf"}
_LEFT, _RIGHT, _TOP, _BOTTOM = 20 * mm, 10 * mm, 15 * mm, 17 * mm
#: What has to fit with a heading: the head of a table and a row, two lines of text.
_WITH_TABLE, _WITH_LINES = 45 * mm, 22 * mm
_CODE = 26 * mm
_NARROW = [("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
_HEAD_FILL, _LINE = HexColor("#E7E4DE"), HexColor("#000000")


def write_pdf(sheet: Printed) -> bytes:
    """The whole file as bytes; the same bytes for the same sheet."""
    _fonts()
    stream = io.BytesIO()
    page = SimpleDocTemplate(
        stream,
        pagesize=landscape(A4),
        leftMargin=_LEFT,
        rightMargin=_RIGHT,
        topMargin=_TOP,
        bottomMargin=_BOTTOM,
        title=printable(f"{sheet.title}: {sheet.facts[0][1]}"),
        author="",
        lang=sheet.language,
        invariant=1,
    )
    numbered = functools.partial(_Numbered, made=sheet.made)
    page.build(_story(sheet), onFirstPage=functools.partial(_code, sheet), canvasmaker=numbered)
    return stream.getvalue()


@functools.cache
def _fonts() -> None:
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily(_PLAIN, normal=_PLAIN, bold=_BOLD, italic=_PLAIN, boldItalic=_BOLD)


class _Numbered(Canvas):
    """Writes «2 / 5» on each page: how many there are is known at the end."""

    def __init__(self, *arguments: Any, made: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pages: list[dict[str, Any]] = []
        self._made = made

    def showPage(self) -> None:  # noqa: N802  # the library's name
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, state in enumerate(self._pages, start=1):
            self.__dict__.update(state)
            self.setFont(_PLAIN, 8)
            self.drawString(_LEFT, 9 * mm, printable(self._made))
            self.drawRightString(landscape(A4)[0] - _RIGHT, 9 * mm, f"{number} / {len(self._pages)}")
            super().showPage()
        super().save()


def _style(size: int = 11, *, bold: bool = False, align: int = 0, before: int = 0) -> ParagraphStyle:
    return ParagraphStyle(
        "sheet",
        fontName=_BOLD if bold else _PLAIN,
        fontSize=size,
        leading=size * 1.22,
        alignment=align,
        spaceBefore=before,
        spaceAfter=2,
        splitLongWords=1,
    )


def _words(text: str, style: ParagraphStyle) -> Paragraph:
    """Text of people as text: nothing in it is markup."""
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), style)


def _story(sheet: Printed) -> list[Any]:
    story = [_words(sheet.title.upper(), _style(14, bold=True, align=TA_CENTER)), Spacer(0, 3 * mm), *_facts(sheet)]
    for table in sheet.tables:
        story += _run_table(sheet, table)
    if not sheet.tables:
        story.append(_words(sheet.captions.nothing, _style(before=8)))
    for place, (title, row) in enumerate(sheet.attached):
        story += _caption(sheet.captions.attached, _WITH_LINES) if place == 0 else []
        story.append(_words(f"{title}, {row.name}", _style(10, bold=True)))
        story += [_words(remark, _style(10)) for remark in row.remarks]
    story += _list(sheet.captions.disagreements, sheet.disagreements)
    if sheet.signatures:
        story += _caption(sheet.captions.signatures)
        story += [KeepTogether(_signature(mark)) for mark in sheet.signatures]
    return [*story, *_list(sheet.captions.versions, [f"{name}: {sha256}" for name, sha256 in sheet.hashes], size=9)]


def _code(sheet: Printed, canvas: Canvas, _page: object) -> None:
    """The code that opens the card, in the right upper corner of the first page, and what it is."""
    width, height = landscape(A4)
    left, top = width - _RIGHT - _CODE, height - _TOP
    picture = ImageReader(io.BytesIO(code_png(sheet.address)))
    canvas.drawImage(picture, left, top - _CODE, width=_CODE, height=_CODE)
    caption = _words(sheet.captions.code, _style(7, align=TA_CENTER))
    _wide, high = caption.wrap(_CODE + 8 * mm, 20 * mm)
    caption.drawOn(canvas, left - 4 * mm, top - _CODE - high)


def _facts(sheet: Printed) -> list[Any]:
    """Captions and values beside the code, and as much room as it takes."""
    style = _style()
    style.rightIndent = _CODE + 8 * mm
    facts = [
        Paragraph(f"{escape(printable(caption))}: <b>{escape(printable(value))}</b>", style) for caption, value in sheet.facts
    ]
    taken = sum(fact.wrap(landscape(A4)[0] - _LEFT - _RIGHT, _CODE)[1] for fact in facts)
    return [*facts, Spacer(0, max(0, _CODE - taken))]


def _run_table(sheet: Printed, table: RunTable) -> list[Any]:
    head, cell = _style(8, bold=True), _style(8)
    rows = [[_words(text, head) for text in sheet.columns]]
    rows += [[_words(text, cell) for text in row.cells(sheet.captions.see_below)] for row in table.rows]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
        ("BACKGROUND", (0, 0), (-1, 0), _HEAD_FILL),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((padding, (0, 0), (-1, -1), 3) for padding in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")),
    ]
    drawn = LongTable(rows, colWidths=[width * mm for width in WIDTHS], repeatRows=1, style=style)
    return [*_caption(table.title), *(_words(note, _style(9)) for note in table.notes), Spacer(0, 1 * mm), drawn]


def _caption(text: str, room: float = _WITH_TABLE) -> list[Any]:
    """A heading does not stand alone at the foot of a page."""
    return [CondPageBreak(room), _words(text, _style(12, bold=True, before=10))]


def _list(caption: str, items: Sequence[str], size: int = 10) -> list[Any]:
    return [*_caption(caption, _WITH_LINES), *(_words(item, _style(size)) for item in items)] if items else []


def _signature(mark: SignatureMark) -> list[Any]:
    """Who signed, and below in a frame the mark of a qualified signature (ГОСТ Р 7.0.97)."""
    parts: list[Any] = [_words(mark.title, _style(11, bold=True)), *(_words(line, _style(10)) for line in mark.lines)]
    if mark.frame:
        rows = [[_words(shortened(line), _style(10, bold=place == 0))] for place, line in enumerate(mark.frame)]
        parts.append(Table(rows, colWidths=[110 * mm], hAlign="LEFT", style=[("BOX", (0, 0), (-1, -1), 0.8, _LINE), *_NARROW]))
    return [*parts, Spacer(0, 3 * mm)]

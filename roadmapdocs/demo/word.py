"""Pieces of an office document in Word: pages, paragraphs, tables with repeated headers."""

from __future__ import annotations

from collections.abc import Sequence

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


def new_document(title: str, author: str, *, landscape: bool) -> WordDocument:
    """An empty A4 document with the margins of ГОСТ Р 7.0.97 (left 30 mm, upright) and page numbers."""
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.title = title[:255]
    document.core_properties.comments = ""
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    if landscape:
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
        page.left_margin = page.right_margin = Mm(20)
    page.different_first_page_header_footer = True
    number_pages(page.header.paragraphs[0])
    return document


def number_pages(paragraph: Paragraph) -> None:
    """Put the field of the page number, centred, as offices number pages after the first."""
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("end", "")):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def write(
    document: WordDocument,
    text: str = "",
    *,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    bold: bool = False,
    indent: float = 0,
    left: float = 0,
    after: float = 0,
) -> Paragraph:
    """A paragraph; ``indent`` (first line) and ``left`` are in millimetres, ``after`` in points."""
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = Mm(indent)
    paragraph.paragraph_format.left_indent = Mm(left)
    paragraph.paragraph_format.space_after = Pt(after)
    paragraph.add_run(text).bold = bold
    return paragraph


def break_page(document: WordDocument) -> None:
    """The next paragraph starts a page."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def signature(document: WordDocument, post: str, name: str) -> None:
    """The post on the left, the name at the right edge of the page."""
    paragraph = write(document)
    paragraph.paragraph_format.space_before = Pt(24)
    page = document.sections[0]
    width = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{post}\t{name}")


def new_table(document: WordDocument, widths: Sequence[float]) -> Table:
    """A ruled table without rows; ``widths`` of its columns are in millimetres."""
    table: Table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def add_row(table: Table, texts: Sequence[str], *, header: bool = False, centred: Sequence[int] = ()) -> _Row:
    """A row of cells; a header row is bold, shaded and repeated on every page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for index, (cell, column, text) in enumerate(zip(row.cells, table.columns, texts, strict=True)):
        cell.width = column.width
        fill_cell(cell, text, bold=header, centred=header or index in centred)
        if header:
            shade(cell, "E7EBF0")
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    return row


def add_band(table: Table, text: str) -> None:
    """A section row: one cell over all columns."""
    row = add_row(table, [""] * len(table.columns))
    cell = row.cells[0].merge(row.cells[-1])
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill_cell(cell, text, bold=True, centred=True)
    shade(cell, "F4F1E8")
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def merge(first: _Cell, last: _Cell, text: str) -> None:
    """Make one header cell of several."""
    cell = first.merge(last)
    for extra in cell.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)
    fill_cell(cell, text, bold=True, centred=True)


def fill_cell(cell: _Cell, text: str, *, bold: bool = False, centred: bool = False) -> None:
    """Replace the text of a cell; lines become paragraphs."""
    paragraph = cell.paragraphs[0]
    paragraph.clear()
    for position, line in enumerate(text.split("\n")):
        paragraph = cell.add_paragraph() if position else paragraph
        paragraph.alignment = CENTRE if centred else LEFT
        run = paragraph.add_run(line)
        run.bold = bold
        run.font.size = Pt(11)


def shade(cell: _Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shading)

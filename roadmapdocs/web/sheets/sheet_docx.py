"""The sheet as a Word file: A4 across, the head of the table on every page, numbered pages, always the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from roadmapdocs.russian.letters import printable
from roadmapdocs.web.sheets.printed import Printed, SignatureMark, Table
from roadmapdocs.web.sheets.qr import code_png

#: Widths of the columns, millimetres; together the width of the page within its margins.
WIDTHS: Final = (8, 34, 33, 28, 30, 50, 27, 31, 26)
_FACTS: Final = (42, 189, 36)
_MARK: Final = 110
_HEAD_FILL: Final = "E7E4DE"
_TEXT_SIZE, _CELL_SIZE = 12, 9
#: Word takes the time of a part for nothing; the earliest that an archive can have is as good as any.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_docx(sheet: Printed) -> bytes:
    """The whole file as bytes."""
    document = docx.Document()
    _page(document, sheet)
    document.core_properties.title = printable(f"{sheet.title}: {sheet.facts[0][1]}")[:255]
    document.core_properties.author = ""
    document.core_properties.language = sheet.language
    document.core_properties.created = document.core_properties.modified = dt.datetime(*_EPOCH)  # noqa: DTZ001  # as the library takes it
    _line(document, sheet.title.upper(), size=14, bold=True, centre=True)
    _facts(document, sheet)
    for table in sheet.tables:
        _run_table(document, sheet, table)
    if not sheet.tables:
        _line(document, sheet.captions.nothing)
    for place, (title, row) in enumerate(sheet.attached):
        if place == 0:
            _line(document, sheet.captions.attached, bold=True, before=10)
        _line(document, f"{title}, {row.name}", size=11)
        for remark in row.remarks:
            _line(document, remark, size=11, follows=False)
    _list(document, sheet.captions.disagreements, sheet.disagreements)
    _signatures(document, sheet)
    _list(document, sheet.captions.versions, [f"{name}: {sha256}" for name, sha256 in sheet.hashes], size=10)
    stream = io.BytesIO()
    document.save(stream)
    return _timeless(stream.getvalue())


def _page(document: Any, sheet: Printed) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(15)
    normal = document.styles["Normal"]
    normal.font.name = "Times New Roman"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    normal.font.size = Pt(_TEXT_SIZE)
    normal.paragraph_format.space_after = Pt(2)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(footer, f"{sheet.made}    ", size=9)
    for instruction, parted in (("PAGE", " / "), ("NUMPAGES", "")):
        _field(footer, instruction)
        _run(footer, parted, size=9)


def _field(paragraph: Any, instruction: str) -> None:
    """A number that Word fills in."""
    run = paragraph.add_run()
    run.font.size = Pt(9)
    for kind in ("begin", "instr", "end"):
        element = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            element.set(qn("xml:space"), "preserve")
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _facts(document: Any, sheet: Printed) -> None:
    """Captions and values, the code in the right upper corner beside them."""
    table = document.add_table(rows=len(sheet.facts), cols=3)
    _widths(table, _FACTS)
    for row, (caption, value) in zip(table.rows, sheet.facts, strict=True):
        for cell, text, width in zip(row.cells, (f"{caption}:", value, ""), _FACTS, strict=True):
            cell.width = Mm(width)
            _run(cell.paragraphs[0], text)
    corner = table.cell(0, 2).merge(table.cell(len(sheet.facts) - 1, 2))
    paragraph = corner.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run().add_picture(io.BytesIO(code_png(sheet.address)), width=Mm(26))
    for left_over in corner.paragraphs[1:]:
        left_over._p.getparent().remove(left_over._p)
    caption = corner.add_paragraph()
    caption.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(caption, sheet.captions.code, size=8)


def _run_table(document: Any, sheet: Printed, table: Table) -> None:
    _line(document, table.title, bold=True, before=10)
    for note in table.notes:
        _line(document, note, size=10)
    drawn = document.add_table(rows=1, cols=len(sheet.columns))
    drawn.style = "Table Grid"
    _widths(drawn, WIDTHS)
    _fill(drawn.rows[0], sheet.columns, bold=True)
    for cell in drawn.rows[0].cells:
        _shade(cell)
    drawn.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        added = drawn.add_row()
        _fill(added, row.cells(sheet.captions.see_below))
        added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _widths(table: Any, widths: Sequence[int]) -> None:
    """Word goes by the cells, others by the columns: both are said."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _fill(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = Mm(width)
        _run(cell.paragraphs[0], text, size=_CELL_SIZE, bold=bold)


def _list(document: Any, caption: str, items: Sequence[str], size: int = _TEXT_SIZE) -> None:
    if items:
        _line(document, caption, bold=True, before=10)
    for item in items:
        _line(document, item, size=size, follows=False)


def _signatures(document: Any, sheet: Printed) -> None:
    if sheet.signatures:
        _line(document, sheet.captions.signatures, bold=True, before=10)
    for mark in sheet.signatures:
        _signature(document, mark)


def _signature(document: Any, mark: SignatureMark) -> None:
    """Who signed, and below in a frame the mark of a qualified signature, kept whole (ГОСТ Р 7.0.97)."""
    _line(document, mark.title, bold=True)
    for place, line in enumerate(mark.lines, start=1):
        _line(document, line, size=11, follows=place < len(mark.lines) or bool(mark.frame))
    if not mark.frame:
        return
    table = document.add_table(rows=1, cols=1)
    table.style = "Table Grid"
    _widths(table, (_MARK,))
    cell = table.rows[0].cells[0]
    cell.width = Mm(_MARK)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, line in enumerate(mark.frame):
        _run(cell.paragraphs[0] if place == 0 else cell.add_paragraph(), line, size=11, bold=place == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _line(
    document: Any, text: str, *, size: int = _TEXT_SIZE, bold: bool = False, centre: bool = False, before: int = 0, follows: bool = True
) -> None:
    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = follows
    _run(paragraph, text, size=size, bold=bold)


def _run(paragraph: Any, text: str, *, size: int = _TEXT_SIZE, bold: bool = False) -> None:
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(size)
    run.bold = bold


def _shade(cell: Any) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), _HEAD_FILL)
    cell._tc.get_or_add_tcPr().append(shading)


def _timeless(data: bytes) -> bytes:
    """The same archive without the moment at which each part was written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _EPOCH), source.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()

"""A printed journal as a Word file: A4 across, the head of the table on every page, pages numbered."""

from __future__ import annotations

import datetime as dt
import io
from copy import deepcopy
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from roadmapdocs.documents.export import Cell
from roadmapdocs.documents.journals.package import stable
from roadmapdocs.documents.journals.printing import Printed, PrintedLine
from roadmapdocs.russian.letters import printable

FONT = "Times New Roman"
_HEAD_FILL, _GAP_FILL = "E7E4DE", "F4F3F0"
_SIZE = 10


def write_docx(printed: Printed) -> bytes:
    """The whole file as bytes, the same for the same journal."""
    document = docx.Document()
    _page(document)
    document.core_properties.title = printable(printed.title)[:255]
    document.core_properties.author = ""
    if printed.organisation:
        _heading(document, printed.organisation, size=12)
    _heading(document, printed.title, size=14, bold=True)
    _heading(document, printed.period, size=12)
    _table(document, printed)
    stream = io.BytesIO()
    document.save(stream)
    return stable(stream.getvalue())


def _page(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    # Journals are bound: the left margin is wide.
    section.left_margin, section.right_margin = Mm(25), Mm(10)
    section.top_margin, section.bottom_margin = Mm(15), Mm(15)
    section.footer_distance = Mm(7)
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.element.rPr.rFonts.set(qn("w:cs"), FONT)
    normal.font.size = Pt(_SIZE)
    normal.paragraph_format.space_after = Pt(0)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(footer, "PAGE")


def _field(paragraph: Any, name: str) -> None:
    """A field that Word counts itself."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif not kind:
            code = OxmlElement("w:instrText")
            code.text = text
            run._r.append(code)


def _heading(document: Any, text: str, *, size: int, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold = Pt(size), bold


def _table(document: Any, printed: Printed) -> None:
    table = document.add_table(rows=1, cols=len(printed.columns))
    table.style = "Table Grid"
    table.autofit = False
    for place, column in enumerate(printed.columns):
        table.columns[place].width = Mm(column.mm)
        cell = table.rows[0].cells[place]
        cell.width = Mm(column.mm)
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(printable(column.label)).bold = True
        _shade(cell._tc, _HEAD_FILL)
    _row_property(table.rows[0]._tr, "w:tblHeader")
    plain = _prototype(table, printed)
    for line in printed.lines:
        table._tbl.append(_row(plain, line, printed.title_place))


def _prototype(table: Any, printed: Printed) -> Any:
    """An empty row as XML, taken out of the table again: a copy costs a hundredth of a row made by python-docx."""
    row = table.add_row()
    for cell, column in zip(row.cells, printed.columns, strict=True):
        cell.width = Mm(column.mm)
        cell.paragraphs[0].add_run("-")
    _row_property(row._tr, "w:cantSplit")
    table._tbl.remove(row._tr)
    return row._tr


def _row(plain: Any, line: PrintedLine, title: int) -> Any:
    drawn = deepcopy(plain)
    runs = list(drawn.iter(qn("w:r")))
    for place, (run, value) in enumerate(zip(runs, line.cells, strict=True)):
        _fill(run, _words(value))
        if line.struck and place == title:
            run.get_or_add_rPr().append(OxmlElement("w:strike"))
    if line.note:
        _note(runs[title], line.note, below=bool(line.cells[title]))
    if line.gap:
        for cell in drawn.iter(qn("w:tc")):
            _shade(cell, _GAP_FILL)
    return drawn


def _fill(run: Any, text: str) -> None:
    if "\n" in text:
        run.text = text
        return
    # What python-docx does for one line, at a tenth of the time.
    words = run.find(qn("w:t"))
    words.text = text
    words.set(qn("xml:space"), "preserve")


def _note(title: Any, text: str, *, below: bool) -> None:
    """The note in the cell of the title: under it, or in its place."""
    run = OxmlElement("w:r")
    run.get_or_add_rPr().append(OxmlElement("w:i"))
    if below:
        run.append(OxmlElement("w:br"))
    words = OxmlElement("w:t")
    words.text = printable(text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    title.addnext(run)


def _words(value: Cell) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else printable(str(value))



def _row_property(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _shade(cell: Any, fill: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), fill)
    cell.get_or_add_tcPr().append(shading)

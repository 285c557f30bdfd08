"""Templates of the papers that are tables: acquaintance, approval, journal, report (``domain.md`` §4.2, §7.3)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Final
from xml.sax.saxutils import escape

import segno
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from roadmapdocs.drafting.forge import requisites as r
from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.blank import twips
from roadmapdocs.drafting.forge.parts import (
    GRID,
    add_row,
    bare_table,
    line,
    loop,
    new_document,
    repeat_row,
    ruled_table,
    save,
    tag,
    tag_row,
    when,
)
from roadmapdocs.drafting.sheet_printing import CODE

_CODE_MM: Final = 26
_HEAD, _SECTION, _LATE = "E7E4DE", "F4F3F0", "A3241B"
#: A row to be signed by hand, and the frame of a mark of an electronic signature.
_SIGNED_ROW, _FRAME = 9, 125
_SMALL: Final = 9
#: Above and below the words of a cell, millimetres.
_AIR: Final = 0.6


def acquaintance() -> bytes:
    """One row a person: the mark of a signature or a refusal that is there already, or room to sign by hand."""
    document = new_document()
    with loop(document, "line in organisation"):
        line(document, "{{ line }}", s.ORGANISATION)
    line(document, "{{ kind }}", s.KIND)
    with when(document, "document"):
        line(document, "{{ document }}", s.HEADING)
    table = ruled_table(document, (7, 31, 29, 14, 19))
    add_row(table, ("№", "Должность", "Фамилия, имя, отчество", "Дата", "Подпись"), s.CELL_HEAD, head=True)
    texts = ("{{ person.number }}", "{{ person.post | join(' ') }}", "{{ person.name }}", "{{ person.date }}", "{{ person.mark }}")
    repeat_row(table, "person in people", texts, (s.CELL_CENTRED, s.CELL, s.CELL, s.CELL_CENTRED, s.CELL))
    _height(table[-2])
    line(document, "", s.GAP)
    with loop(document, "note in notes"):
        line(document, "{{ note }}", s.NOTE)
    r.marks(document)
    return save(document)


def approval_sheet() -> bytes:
    """Facts beside the code that opens the card, a table for each round, remarks, signatures with their marks."""
    document = new_document(landscape=True)
    line(document, "{{ caption }}", s.SHEET_TITLE)
    _facts(document)
    _pieces(document)
    _footer(document, total=True)
    return save(document)


def journal() -> bytes:
    """Whose, which and of what time, and the table."""
    document = new_document(landscape=True)
    with loop(document, "line in organisation"):
        line(document, "{{ line }}", s.SHEET_TITLE)
    line(document, "{{ caption }}", s.SHEET_TITLE)
    with when(document, "title"):
        line(document, "{{ title }}", s.SHEET_TITLE)
    _pieces(document)
    _footer(document)
    return save(document)


def roadmap_report() -> bytes:
    """The roadmap, the day, the figures in a line, and the table with its sections."""
    document = new_document(landscape=True)
    line(document, "{{ caption }}", s.SHEET_TITLE)
    with when(document, "title"):
        line(document, "{{ title }}", s.SHEET_KEPT)
    with when(document, "facts"):
        figures = document.add_paragraph("", s.SHEET_KEPT)
        figures.add_run("{% for fact in facts %}{% if not loop.first %}; {% endif %}{{ fact.number }}: ")
        figures.add_run("{{ fact.text }}").bold = True
        figures.add_run("{% endfor %}")
        line(document, "", s.GAP)
    _pieces(document)
    _footer(document)
    return save(document)


def _facts(document: Document) -> None:
    """Captions and values; the code and what it is in the right upper corner beside them."""
    table = bare_table(document, (85, 15))
    add_row(table, ("", ""), s.SHEET_LINE)
    row = document.tables[-1].rows[0]
    # The facts of a document with long names may go over a page.
    properties = row._tr.get_or_add_trPr()
    properties.remove(properties.find(qn("w:cantSplit")))
    facts, corner = row.cells
    facts.paragraphs[0].add_run("{%p for fact in facts %}")
    said = facts.add_paragraph("", s.SHEET_LINE)
    said.add_run("{{ fact.number }}: ")
    said.add_run("{{ fact.text }}").bold = True
    facts.add_paragraph("{%p endfor %}", s.SHEET_LINE)
    facts.add_paragraph("", s.GAP)
    _code(corner)


def _code(corner: Any) -> None:
    """The picture whose place the code takes; in the template itself it is one that opens nothing."""
    sample = io.BytesIO()
    segno.make("https://example.org/documents/1", error="m", micro=False).save(sample, kind="png", scale=8, border=2)
    corner.paragraphs[0].add_run("{%p if code %}")
    drawn = corner.add_paragraph("", s.REQUISITE_RIGHT)
    drawn.add_run().add_picture(io.BytesIO(sample.getvalue()), width=Mm(_CODE_MM))
    for told in drawn._p.iter(qn("wp:docPr"), qn("pic:cNvPr")):
        told.set("name", "QR")
        told.set("descr", CODE)
    words = corner.add_paragraph("", s.REQUISITE_RIGHT)
    words.add_run("{{ code }}").font.size = Pt(_SMALL - 1)
    corner.add_paragraph("{%p endif %}", s.SHEET_LINE)
    corner.add_paragraph("", s.GAP)


def _pieces(document: Document) -> None:
    """Pieces of a sheet: smaller than those of a text, no indents, with frames."""
    with loop(document, "piece in pieces"):
        tag(document, "if piece.kind == 'table'")
        _table(document)
        line(document, "", s.GAP)
        tag(document, "elif piece.kind == 'frame'")
        _frame(document)
        line(document, "", s.GAP)
        tag(document, "elif piece.kind == 'heading'")
        heading = document.add_paragraph("", s.SHEET_KEPT)
        heading.paragraph_format.space_before = Pt(10)
        heading.add_run("{{ piece.text }}").bold = True
        tag(document, "elif piece.kind == 'point'")
        line(document, "{{ piece.text }}", s.SHEET_KEPT)
        tag(document, "else")
        line(document, "{{ piece.text }}", s.SHEET_LINE)
        tag(document, "endif")


def _table(document: Document) -> None:
    """As many columns as the piece has: a cell spans its share of :data:`GRID`."""
    table = _airy(ruled_table(document, [1] * GRID))
    tag_row(table, "if piece.columns")
    head = _cell(_paragraph("{% colspan column.width %}{{ column.text }}", s.SHEET_HEAD), _HEAD)
    _row(table, _each("column in piece.columns", head), head=True)
    tag_row(table, "endif")
    tag_row(table, "for row in piece.rows")
    tag_row(table, "if row.heading")
    title = _paragraph("{{ row.title }}", s.SHEET_CELL, kept=True, bold=True)
    _row(table, [_cell(title, _SECTION, span=GRID)])
    tag_row(table, "elif row.shaded")
    _row(table, _each("cell in row.cells", _cell(_words(), _SECTION)))
    tag_row(table, "else")
    _row(table, _each("cell in row.cells", _cell(_words())))
    tag_row(table, "endif")
    tag_row(table, "endfor")


def _each(words: str, cell: str) -> Iterable[str]:
    return (_cell(_paragraph(f"{{%tc for {words} %}}")), cell, _cell(_paragraph("{%tc endfor %}")))


def _words() -> str:
    """The paragraphs of a cell: its text as it is, struck or strong, and the note below."""
    span, text = "{% colspan cell.width %}", "{{ cell.text }}"
    return "".join(
        (
            _paragraph("{%p if cell.struck %}"),
            _paragraph(text, strike=True),
            _paragraph("{%p elif cell.strong %}"),
            _paragraph(text, bold=True, colour=_LATE),
            _paragraph("{%p elif cell.text or not cell.note %}"),
            _paragraph(span + text),
            _paragraph("{%p endif %}"),
            _paragraph("{%p if cell.note %}"),
            _paragraph("{{ cell.note }}", italic=True),
            _paragraph("{%p endif %}"),
        )
    )


def _frame(document: Document) -> None:
    """A mark in a frame, never divided by the end of a page."""
    inner = (_paragraph("{{ piece.text }}", s.SHEET_LINE, kept=True, bold=True), _paragraph("{%p for line in piece.lines %}"))
    cell = _cell("".join((*inner, _paragraph("{{ line }}", s.SHEET_LINE), _paragraph("{%p endfor %}"))))
    table = _airy(ruled_table(document, (_FRAME, s.LANDSCAPE_WIDTH - _FRAME)))
    grid, properties = table.find(qn("w:tblGrid")), table.find(qn("w:tblPr"))
    grid.remove(grid[-1])
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:w"), str(twips(_FRAME)))
    width.set(qn("w:type"), "dxa")
    _row(table, [cell])


def _airy(table: Any) -> Any:
    """Room above and below the words of each cell."""
    margins = table.find(qn("w:tblPr")).find(qn("w:tblCellMar"))
    left = margins.find(qn("w:left"))
    space = {qn("w:w"): str(twips(_AIR)), qn("w:type"): "dxa"}
    for side, place in (("w:top", left), ("w:bottom", margins.find(qn("w:right")))):
        made = OxmlElement(side)
        for name, value in space.items():
            made.set(name, value)
        place.addprevious(made)
    return table


def _row(table: Any, cells: Iterable[str], *, head: bool = False) -> None:
    again = "<w:tblHeader/>" if head else ""
    table.append(parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"))


def _cell(paragraphs: str, fill: str = "auto", *, span: int = 0) -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span else ""
    return f'<w:tc><w:tcPr>{wide}<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(
    text: str,
    style: str = s.SHEET_CELL,
    *,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    colour: str = "",
    kept: bool = False,
) -> str:
    marks = (("b", bold), ("i", italic), ("strike", strike))
    looks = "".join(f"<w:{mark}/>" for mark, wanted in marks if wanted) + (f'<w:color w:val="{colour}"/>' if colour else "")
    next_ = "<w:keepNext/>" if kept else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{s.STYLES[style].id}"/>{next_}</w:pPr>'
        f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _height(row: Any) -> None:
    """Room for a signature: at least so high."""
    high = OxmlElement("w:trHeight")
    high.set(qn("w:val"), str(twips(_SIGNED_ROW)))
    high.set(qn("w:hRule"), "atLeast")
    row.find(qn("w:trPr")).append(high)


def _footer(document: Document, *, total: bool = False) -> None:
    """When it was made, on every page; ``total``: and how many pages there are, so that none is missing unseen."""
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = document.styles[s.PAGE_HEADER]
        paragraph.paragraph_format.alignment = 2
        paragraph.add_run("{{ made }}").font.size = Pt(_SMALL)
        if total:
            paragraph.add_run("    ").font.size = Pt(_SMALL)
            _field(paragraph, "PAGE")
            paragraph.add_run(" / ").font.size = Pt(_SMALL)
            _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word counts itself."""
    for kind in ("begin", "code", "separate", "text", "end"):
        run = paragraph.add_run("1" if kind == "text" else "")
        run.font.size = Pt(_SMALL)
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {name} "
            run._r.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)

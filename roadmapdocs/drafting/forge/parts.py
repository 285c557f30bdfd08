"""Parts that the templates are put together from: tags of docxtpl, requisites, tables, signatures, appendices.

What is added within ``with loop(…)`` or ``with when(…)`` is repeated or printed when something holds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.blank import blank, pack, section, twips

#: A table's width is counted in so many columns, of which a cell spans its share: Word knows no more than 63.
GRID: Final = 50
#: What stands beside a signature stands on its line, however many lines a post has.
_SIGNED: Final = frozenset(
    {s.REQUISITE, s.REQUISITE_CENTRED, s.REQUISITE_RIGHT, s.SIGNATURE, s.SIGNATURE_RIGHT, s.SIGNED_LINE}
)
_NUMBERED: Final = "{{% if {0}.number %}}{{{{ {0}.number }}}}\u00a0{{% endif %}}{{{{ {0}.text }}}}"


def new_document(*, landscape: bool = False) -> Document:
    """An empty A4 document with our styles, and a page number at the top centre of all pages but the first."""
    return docx.Document(io.BytesIO(blank(landscape=landscape)))


def save(document: Document) -> bytes:
    """The file, always the same bytes."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})


def line(document: Document, text: str, style: str) -> None:
    """A paragraph; ``text`` may have tags «{{ … }}»."""
    document.element.body.insert_element_before(parse_xml(_paragraph(text, style, nsdecls("w"))), "w:sectPr")


def tag(document: Document, words: str) -> None:
    """A tag in a paragraph of its own, which goes when the template is rendered: «{%p if decree %}»."""
    line(document, f"{{%p {words} %}}", s.NOTE)


@contextmanager
def loop(document: Document, words: str) -> Iterator[None]:
    """``with loop(document, "line in organisation"): line(document, "{{ line }}", ORGANISATION)``"""
    tag(document, f"for {words}")
    yield
    tag(document, "endfor")


@contextmanager
def when(document: Document, condition: str) -> Iterator[None]:
    """A ``tag(document, "else")`` may stand within."""
    tag(document, f"if {condition}")
    yield
    tag(document, "endif")


def numbered(name: str) -> str:
    """The text of a ``vocabulary.Line`` or ``Piece`` with its number, if it has one."""
    return _NUMBERED.format(name)


def lines(document: Document, name: str, *, before_signature: bool = False) -> None:
    """Lines (``vocabulary.Line``) of the list ``name``; ``before_signature``: the last stays with what follows."""
    with loop(document, f"line in {name}"):
        if before_signature:
            with when(document, "loop.last"):
                line(document, numbered("line"), s.TEXT_KEPT)
                tag(document, "else")
                line(document, numbered("line"), s.TEXT)
        else:
            line(document, numbered("line"), s.TEXT)


def pieces(document: Document, name: str = "pieces") -> None:
    """Pieces (``vocabulary.Piece``) of the list ``name``: headings, points, paragraphs, bullets and tables."""
    with loop(document, f"piece in {name}"):
        tag(document, "if piece.kind == 'table'")
        line(document, "", s.GAP_KEPT)
        pieces_table(document, "piece")
        line(document, "", s.GAP)
        tag(document, "elif piece.kind == 'heading' and piece.level == 1")
        line(document, numbered("piece"), s.SECTION)
        tag(document, "elif piece.kind == 'heading'")
        line(document, numbered("piece"), s.SUBSECTION)
        tag(document, "elif piece.kind == 'bullet'")
        line(document, "–\u00a0{{ piece.text }}", s.BULLET)
        tag(document, "else")
        line(document, numbered("piece"), s.TEXT)
        tag(document, "endif")


def pieces_table(document: Document, name: str) -> None:
    """A table of any number of columns: ``name`` has columns and rows of cells, each with its share of :data:`GRID`."""
    table = _table(document, [1] * GRID, ruled=True, air=s.CELL_AIR)
    tag_row(table, f"if {name}.columns")
    head = [f"{{%tc for column in {name}.columns %}}", "{% colspan column.width %}{{ column.text }}", "{%tc endfor %}"]
    add_row(table, head, s.CELL_HEAD, head=True)
    tag_row(table, "endif")
    tag_row(table, f"for row in {name}.rows")
    tag_row(table, "if row.heading")
    add_row(table, ["{{ row.title }}"], s.CELL_SECTION, span=GRID)
    tag_row(table, "else")
    add_row(table, ["{%tc for cell in row.cells %}", "{% colspan cell.width %}{{ cell.text }}", "{%tc endfor %}"], s.CELL)
    tag_row(table, "endif")
    tag_row(table, "endfor")


def bare_table(document: Document, shares: Sequence[int]) -> Any:
    """An empty table without lines, to set requisites side by side; ``shares`` of the width add up to anything."""
    return _table(document, shares, ruled=False)


def ruled_table(document: Document, shares: Sequence[int]) -> Any:
    """An empty table with lines."""
    return _table(document, shares, ruled=True)


def add_row(table: Any, texts: Sequence[str], styles: Sequence[str] | str, *, head: bool = False, span: int = 0) -> None:
    """A row that no page end divides. ``head``: it is repeated on every page; ``span``: columns that a cell takes."""
    names = [styles] * len(texts) if isinstance(styles, str) else styles
    cells = "".join(_cell(text, style, span) for text, style in zip(texts, names, strict=True))
    again = "<w:tblHeader/>" if head else ""
    table.append(parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{again}</w:trPr>{cells}</w:tr>"))


def tag_row(table: Any, words: str) -> None:
    """A tag in a row of its own, which goes when the template is rendered."""
    add_row(table, [f"{{%tr {words} %}}"], s.NOTE)


def repeat_row(table: Any, words: str, texts: Sequence[str], styles: Sequence[str] | str) -> None:
    """A row for each: ``repeat_row(table, "visa in visas", ["{{ visa.post }}", "{{ visa.name }}"], CELL)``"""
    tag_row(table, f"for {words}")
    add_row(table, texts, styles)
    tag_row(table, "endfor")


def section_end(document: Document, *, landscape: bool) -> None:
    """The end of a section of pages that lie so; what follows begins on a new page."""
    properties = section(landscape=landscape)
    made = f'<w:p {nsdecls("w", "r")}><w:pPr><w:pStyle w:val="{s.STYLES[s.BREAK].id}"/>{properties}</w:pPr></w:p>'
    document.element.body.insert_element_before(parse_xml(made), "w:sectPr")


def _table(document: Document, shares: Sequence[int], *, ruled: bool, air: float = 0) -> Any:
    """``air`` stands above and below the words of a cell, in millimetres."""
    page = document.sections[-1]
    total = twips(s.LANDSCAPE_WIDTH if page.orientation == WD_ORIENT.LANDSCAPE else s.PORTRAIT_WIDTH)
    grid = "".join(f'<w:gridCol w:w="{round(total * share / sum(shares))}"/>' for share in shares)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in sides)
    space = "".join(
        f'<w:{side} w:w="{twips(wide)}" w:type="dxa"/>'
        for side, wide in (("top", air), ("left", 1.5 if ruled else 0), ("bottom", air), ("right", 1.5))
        if wide or side not in ("top", "bottom")
    )
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        + (f"<w:tblBorders>{edges}</w:tblBorders>" if ruled else "")
        + f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{space}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>'
    )
    document.element.body.insert_element_before(table, "w:sectPr")
    return table


def _cell(text: str, style: str, span: int) -> str:
    """It has no width of its own: the library puts the span of a cell before all else, where a width must stand."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span else ""
    place = "bottom" if style in _SIGNED else "top"
    return f'<w:tc><w:tcPr>{wide}<w:vAlign w:val="{place}"/></w:tcPr>{_paragraph(text, style)}</w:tc>'


def _paragraph(text: str, style: str, spaces: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p {spaces}><w:pPr><w:pStyle w:val="{s.STYLES[style].id}"/></w:pPr>{run}</w:p>'

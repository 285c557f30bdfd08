"""Word documents (DOCX): paragraphs and tables in reading order, as they look when printed.

The tree is walked directly: python-docx computes the whole grid anew for each cell it is asked for. What a
reader of the page does not see is left out: deleted and hidden text, field codes, references to footnotes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from roadmapdocs.files.reading.blocks import Block, Cell, Paragraph, Row, Table
from roadmapdocs.files.reading.docx_numbering import VAL, Numbering, W, number_of
from roadmapdocs.files.reading.ooxml import Element, Package
from roadmapdocs.files.rules import damaged

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_MAX_SPAN = 200
_OFF = ("0", "false", "off")
_BREAKS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
# Content that is there in the file but not on the page, or on the page but not of the text.
_SKIPPED = {
    W + tag
    for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "footnoteReference", "endnoteReference",
                "annotationRef", "softHyphen", "rt", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr")
}  # fmt: skip


def read_docx(data: bytes, name: str) -> list[Block]:
    """Blocks of a DOCX; :raise Refusal: ``damaged``. The archive is expected to have passed ``check_file``."""
    package = Package(data, name)
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise damaged(name)
    walk = walk_through(package, main)
    try:
        return list(walk.blocks(body))
    except RecursionError as problem:
        raise damaged(name) from problem


def walk_through(package: Package, main: str) -> Walk:
    """A walk with the numbering and the styles of the package whose document itself is ``main``."""
    numbering = next(iter(package.related(main, "/numbering").values()), "word/numbering.xml")
    styles = package.tree(next(iter(package.related(main, "/styles").values()), "word/styles.xml"))
    return Walk(Numbering(package.tree(numbering), styles), _hidden_styles(styles))


@dataclass(slots=True)
class Walk:
    """One pass through a document. ``rows`` counts table rows; ``boxes`` are text boxes met in a paragraph."""

    numbering: Numbering
    hidden_styles: frozenset[str]
    rows: int = 0
    boxes: list[Element] = field(default_factory=list)
    # Text of paragraphs whose mark was deleted: they run on into the next one.
    pending: str = ""

    def blocks(self, parent: Element) -> Iterator[Block]:
        """Blocks of a body, a text box or a cell, content controls and the like unwrapped."""
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag not in _SKIPPED and not _is_placeholder(child):
                yield from self.blocks(_alternative(child))
        if self.pending:
            yield Paragraph(self._left_over(), max(self.rows, 1))

    def _left_over(self) -> str:
        text, self.pending = self.pending.strip(), ""
        return text

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        outer, self.boxes = self.boxes, []
        label, text = self._labelled(paragraph)
        boxes, self.boxes = self.boxes, outer
        for box in boxes:
            yield from self.blocks(box)
        if label or text.strip():
            yield Paragraph(f"{label} {text}".strip() if label else text.strip(), max(self.rows, 1))

    def _labelled(self, paragraph: Element) -> tuple[str, str]:
        properties = paragraph.find(W + "pPr")
        text = self.pending + self._text(paragraph)
        self.pending = ""
        if _mark_deleted(properties):
            self.pending = text
            return "", ""
        return self.numbering.label(properties), text

    def _text(self, parent: Element) -> str:
        """Visible text below an element; text boxes are put aside into ``boxes``."""
        parts: list[str] = []
        for child in parent:
            tag = child.tag
            if tag == W + "t":
                parts.append((child.text or "").replace("\xad", ""))
            elif tag in _BREAKS:
                parts.append(_BREAKS[tag])
            elif tag == W + "br":
                parts.append("" if child.get(W + "type") in ("page", "column") else "\n")
            elif tag == W + "sym":
                parts.append(_symbol(child))
            elif tag == W + "txbxContent":
                self.boxes.append(child)
            elif tag in _SKIPPED or (tag == W + "r" and self._is_hidden(child)) or _is_placeholder(child):
                continue
            elif len(child):
                parts.append(self._text(_alternative(child)))
        return "".join(parts)

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(W + "rPr")
        if properties is None:
            return False
        vanish = properties.find(W + "vanish")
        if vanish is not None:
            return vanish.get(VAL) not in _OFF
        style = properties.find(W + "rStyle")
        return style is not None and style.get(VAL) in self.hidden_styles

    def _table(self, table: Element) -> Iterator[Block]:
        rows = [row for row in _children(table, "tr") if not _row_deleted(row)]
        if _is_frame(rows):
            for row in rows:
                for cell in _children(row, "tc"):
                    yield from self.blocks(cell)
            return
        first = self.rows
        read: list[Row] = []
        for row in rows:
            self.rows += 1
            cells = tuple(self._cells(row))
            if any(cell.text or cell.auto_number for cell in cells):
                read.append(Row(cells, self.rows))
        if _is_layout(read):
            for found in read:
                yield from (Paragraph(cell.text, max(first, 1)) for cell in found.cells if cell.text)
            self.rows = first
        elif read:
            yield Table(tuple(read))

    def _cells(self, row: Element) -> Iterator[Cell]:
        properties = row.find(W + "trPr")
        before = _value(properties, "gridBefore")
        if before:
            yield Cell("", span=before)
        last: Cell | None = None
        for cell in _children(row, "tc"):
            read, joins = self._cell(cell)
            if joins and last is not None:
                # The older way of merging across: each covered cell stands there, marked (17.4.22).
                last = Cell(last.text, last.span + read.span, last.continued, last.auto_number)
                continue
            if last is not None:
                yield last
            last = read
        if last is not None:
            yield last
        after = _value(properties, "gridAfter")
        if after:
            yield Cell("", span=after)

    def _cell(self, cell: Element) -> tuple[Cell, bool]:
        """The cell, and whether it only continues the one to the left."""
        properties = cell.find(W + "tcPr")
        span = max(_value(properties, "gridSpan"), 1)
        down = properties.find(W + "vMerge") if properties is not None else None
        across = properties.find(W + "hMerge") if properties is not None else None
        auto, text = self._cell_text(cell)
        joins = across is not None and across.get(VAL, "continue") == "continue"
        if down is not None and down.get(VAL, "continue") == "continue":
            return Cell("", span, continued=True), joins
        return Cell(text, span, auto_number=auto), joins

    def _cell_text(self, cell: Element) -> tuple[str, str]:
        """The automatic number of the first paragraph, and the paragraphs of the cell by lines."""
        auto, lines = "", []
        for paragraph in self._paragraphs(cell):
            if isinstance(paragraph, str):
                lines.append(paragraph)
                continue
            outer, self.boxes = self.boxes, []
            label, text = self._labelled(paragraph)
            boxes, self.boxes = self.boxes, outer
            lines.extend(self._cell_text(box)[1] for box in boxes)
            if label and not auto and not any(lines):
                auto, label = label, ""
            lines.append(f"{label} {text}".strip() if label else text.strip())
        lines.append(self._left_over())
        return auto, "\n".join(line for line in lines if line)

    def _paragraphs(self, parent: Element) -> Iterator[Element | str]:
        """Paragraphs of a cell; a table inside it is told row by row, as lines of text."""
        for child in parent:
            if child.tag == W + "p":
                yield child
            elif child.tag == W + "tbl":
                for row in _children(child, "tr"):
                    if not _row_deleted(row):
                        yield " ".join(filter(None, (self._nested(cell) for cell in _children(row, "tc"))))
            elif child.tag not in _SKIPPED:
                yield from self._paragraphs(_alternative(child))

    def _nested(self, cell: Element) -> str:
        auto, text = self._cell_text(cell)
        return f"{auto} {text}".strip()


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those inside content controls and revision marks."""
    for child in parent:
        if child.tag == W + tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag not in (W + "p", W + "tbl", W + "tr", W + "tc"):
            yield from _children(_alternative(child), tag)


def _alternative(element: Element) -> Element:
    """Of two ways to say the same (a drawing, and the older one) the first that holds text."""
    if element.tag != MC + "AlternateContent":
        return element
    ways = [way for way in element if way.tag in (MC + "Choice", MC + "Fallback")]
    with_text = (way for way in ways if next(way.iter(W + "t"), None) is not None)
    return next(with_text, ways[0] if ways else element)


def _is_frame(rows: list[Element]) -> bool:
    """A table of one row or one column around another table only places that one on the page."""
    width = max((sum(1 for _ in _children(row, "tc")) for row in rows), default=0)
    if width > 2 or (len(rows) > 1 and width > 1):
        return False
    inner = (cell for row in rows for cell in _children(row, "tc"))
    return any(
        sum(1 for _ in _children(table, "tr")) > 1 for cell in inner for table in cell.iterfind(W + "tbl")
    )


def _is_layout(rows: list[Row]) -> bool:
    """Whether a table only places text on the page, such as an approval stamp set to the right.

    One row of at most two cells, or at most three columns with never more than one of them filled.
    """
    width = max((sum(cell.span for cell in row.cells) for row in rows), default=0)
    if len(rows) == 1 and len(rows[0].cells) <= 2:
        return True
    filled = (sum(1 for cell in row.cells if cell.text or cell.auto_number) for row in rows)
    return width <= 3 and max(filled, default=0) <= 1


def _value(properties: Element | None, tag: str) -> int:
    found = properties.find(W + tag) if properties is not None else None
    return min(number_of(found.get(VAL), 0), _MAX_SPAN) if found is not None else 0


def _row_deleted(row: Element) -> bool:
    properties = row.find(W + "trPr")
    if properties is None:
        return False
    return properties.find(W + "del") is not None or _is_on(properties.find(W + "hidden"))


def _mark_deleted(properties: Element | None) -> bool:
    return properties is not None and properties.find(f"{W}rPr/{W}del") is not None


def _is_on(element: Element | None) -> bool:
    return element is not None and element.get(VAL) not in _OFF


def _is_placeholder(element: Element) -> bool:
    """A content control nobody filled in: it shows «Click here to enter text»."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _symbol(element: Element) -> str:
    """A character of a symbol font; only those that the font shares with ASCII are text."""
    try:
        code = int(element.get(W + "char", ""), 16) & 0x0FFF
    except ValueError:
        return ""
    return chr(code) if 0x20 <= code < 0x7F and element.get(W + "font", "") == "Symbol" else ""


def _hidden_styles(styles: Element | None) -> frozenset[str]:
    if styles is None:
        return frozenset()
    return frozenset(
        style.get(W + "styleId", "")
        for style in styles.iterfind(W + "style")
        if style.get(W + "type") == "character" and _is_on(style.find(f"{W}rPr/{W}vanish"))
    )

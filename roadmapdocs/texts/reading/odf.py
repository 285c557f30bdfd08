"""ODT and ODS (OASIS OpenDocument 1.2, ISO/IEC 26300): paragraphs, tables, notes, frames, headers and footers."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.files.reading.ooxml import Element, Package
from roadmapdocs.files.rules import damaged, locked
from roadmapdocs.texts.reading.plain import Found, tidy

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _STYLE = _NS % "text", _NS % "table", _NS % "office", _NS % "style"
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_BREAKS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
#: Comments, what was deleted, what is hidden, and the mark of a note in the text; the note itself is read.
_ASIDE = {
    _OFFICE + "annotation", _TEXT + "tracked-changes", _TEXT + "note-citation", _TEXT + "hidden-text",
    _OFFICE + "forms", _TEXT + "ruby-text",
}  # fmt: skip
_HEADERS = tuple(
    _STYLE + name for name in ("header", "header-first", "header-left", "footer", "footer-first", "footer-left")
)
_MOST_SPACES = 100


def read_odf(data: bytes, way: str) -> Found:
    """
    :raise Refusal: ``damaged``, ``encrypted``
    """
    package = Package(data, "")
    manifest = package.bytes_of("META-INF/manifest.xml") or b""
    if b"encryption-data" in manifest:
        raise locked("")
    root = package.tree("content.xml")
    body = root.find(_OFFICE + "body") if root is not None else None
    if body is None:
        raise damaged("")
    lines = list(_lines(body))
    styles = package.tree("styles.xml")
    if styles is not None:
        beside = (header for name in _HEADERS for header in styles.iter(name))
        lines += dict.fromkeys(line for header in beside for line in _lines(header))
    return Found(tidy("\n".join(lines)), way)


def _lines(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag in _PARAGRAPHS:
            yield from _paragraph(child)
        elif child.tag == _TABLE + "table-row":
            cells = (" ".join(_lines(cell)) for cell in child if cell.tag in _CELLS)
            row = "\t".join(filter(None, cells))
            if row:
                yield row
        elif child.tag not in _ASIDE:
            yield from _lines(child)


def _paragraph(paragraph: Element) -> Iterator[str]:
    """The paragraph as a line, then the notes and frames that are tied to it."""
    beside: list[Element] = []
    text = "".join(_pieces(paragraph, beside))
    if text.strip():
        yield text.strip()
    for element in beside:
        yield from _lines(element)


def _pieces(element: Element, beside: list[Element]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag
        if tag in _BREAKS:
            yield _BREAKS[tag]
        elif tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            yield " " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1)
        elif tag == _TEXT + "note" or tag.startswith(_NS % "drawing"):
            beside.append(child)
        elif tag not in _ASIDE:
            yield from _pieces(child, beside)
        yield child.tail or ""

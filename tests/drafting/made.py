"""Word files made for tests of templates."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Sequence

import docx


@functools.cache
def _base() -> bytes:
    """The library's empty document with the few styles that it needs: the others cost more than most tests."""
    document = docx.Document()
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.styleId not in ("Normal", "Header", "Footer", "DefaultParagraphFont", "TableNormal"):
            styles.remove(style)
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in ("theme", "customXml", "webSettings", "fontTable", "stylesWithEffects", "thumbnail"):
                holder.rels.pop(key)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word(*paragraphs: str | Sequence[str], table: Sequence[Sequence[str]] = (), header: str = "", footer: str = "") -> bytes:
    """A document of these paragraphs; a paragraph in pieces has a run for each. ``table`` stands at the end."""
    document = docx.Document(io.BytesIO(_base()))
    for pieces in paragraphs:
        paragraph = document.add_paragraph()
        for piece in [pieces] if isinstance(pieces, str) else pieces:
            paragraph.add_run(piece)
    if table:
        made = document.add_table(rows=len(table), cols=len(table[0]))
        for row, texts in zip(made.rows, table, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The same archive with another text of one part; a part that is not there is added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in names:
            content = source.read(name)
            target.writestr(name, change(content.decode("utf-8")) if name == part else content)
        if part not in names:
            target.writestr(part, change(""))
    return stream.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")

"""A long table out of the files of its portions, and a code in the picture that keeps its place."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn


def joined(first: bytes, rest: Iterable[bytes], code: bytes, place: str) -> bytes:
    """The DOCX ``first`` with the rows of ``rest``; ``code``, a PNG, if there is one, where a picture says ``place``."""
    document = docx.Document(io.BytesIO(first))
    for more in rest:
        _append_rows(document, docx.Document(io.BytesIO(more)))
    if code:
        _put_code(document, code, place)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _append_rows(document: Document, more: Document) -> None:
    """The rows of the longest table of ``more``, without its head, at the end of that of ``document``."""
    table = _longest_table(document)
    for row in _longest_table(more).findall(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            table.append(row)


def _longest_table(document: Document) -> Any:
    """The last of the longest, since what stands above the rows is set in tables too."""
    tables = list(document.element.body.iter(qn("w:tbl")))
    return max(reversed(tables), key=lambda table: len(table.findall(qn("w:tr"))))


def _put_code(document: Document, code: bytes, place: str) -> None:
    for told in document.element.body.iter(qn("wp:docPr")):
        if told.get("descr") == place:
            for picture in told.getparent().iter(qn("a:blip")):
                document.part.related_parts[picture.get(qn("r:embed"))]._blob = code

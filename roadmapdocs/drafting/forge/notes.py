"""Template of an analytical note, a report, an overview."""

from __future__ import annotations

from docx.document import Document

from roadmapdocs.drafting.forge import requisites as r
from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.parts import (
    add_row,
    bare_table,
    line,
    lines,
    new_document,
    pieces,
    save,
    when,
)


def note() -> bytes:
    """Who writes on the left, to whom on the right; sections and tables; conclusions and proposals."""
    document = new_document()
    _head(document)
    r.heading(document)
    with when(document, "basis"):
        line(document, "Основание: {{ basis }}", s.TEXT)
    pieces(document)
    with when(document, "conclusions"):
        line(document, "Выводы", s.SECTION)
        lines(document, "conclusions", before_signature=True)
    with when(document, "proposals"):
        line(document, "Предложения", s.SECTION)
        lines(document, "proposals", before_signature=True)
    r.signatures(document)
    r.visas(document)
    r.marks(document)
    return save(document)


def _head(document: Document) -> None:
    with when(document, "mark"):
        line(document, "{{ mark }}", s.ACCESS)
    author = "{{ organisation | join(' ') }}{% if unit %}{{ '\\n' }}{{ unit }}{% endif %}"
    table = bare_table(document, (48, 8, 44))
    add_row(table, (author, "", "{{ addressee | join('\\n') }}"), s.ADDRESSEE)
    line(document, "{{ kind }}", s.KIND)
    row = bare_table(document, (27, 46, 27))
    texts = ("{{ date or '____________' }}", "{{ place }}", "{% if number %}№\u00a0{{ number }}{% endif %}")
    add_row(row, texts, (s.REQUISITE, s.REQUISITE_CENTRED, s.REQUISITE_RIGHT))

"""Requisites that several templates have: head, corner, signatures, visas, the mark of who drafted, appendices."""

from __future__ import annotations

from docx.document import Document

from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.parts import (
    add_row,
    bare_table,
    line,
    loop,
    pieces,
    repeat_row,
    section_end,
    tag,
    when,
)

#: Lines to fill in by hand.
_DATE, _NUMBER = "____________", "________"


def head(document: Document) -> None:
    """Access mark, organisation, unit, kind, and the row of date, place and number: what stands above a heading."""
    with when(document, "mark"):
        line(document, "{{ mark }}", s.ACCESS)
    with loop(document, "line in organisation"):
        line(document, "{{ line }}", s.ORGANISATION)
    with when(document, "unit"):
        line(document, "{{ unit }}", s.UNIT)
    line(document, "{{ kind }}", s.KIND)
    table = bare_table(document, (27, 46, 27))
    number = "№\u00a0{{ number or '" + _NUMBER + "' }}"
    texts = ("{{ date or '" + _DATE + "' }}", "{{ place }}", number)
    add_row(table, texts, (s.REQUISITE, s.REQUISITE_CENTRED, s.REQUISITE_RIGHT))


def heading(document: Document) -> None:
    """The heading to the text; without one a gap."""
    with when(document, "title"):
        line(document, "{{ title }}", s.HEADING)
        tag(document, "else")
        line(document, "", s.BEFORE_SIGNATURE)


def signatures(document: Document, name: str = "signers") -> None:
    """Post, room to sign, name; never alone on a page if the text before was kept with it."""
    with when(document, name):
        line(document, "", s.BEFORE_SIGNATURE)
        table = bare_table(document, (52, 18, 30))
        texts = ("{{ signer.post | join('\\n') }}", "", "{{ signer.name }}")
        repeat_row(table, f"signer in {name}", texts, (s.SIGNATURE, s.SIGNATURE, s.SIGNATURE_RIGHT))


def visas(document: Document) -> None:
    """Post, line to sign on, name, date; under them what an approver remarked."""
    with when(document, "visas"):
        line(document, "", s.GAP)
        line(document, "Визы:", s.NOTE_KEPT)
        table = bare_table(document, (42, 17, 24, 17))
        post = "{{ visa.post }}{% if visa.remark %}{{ '\\n' }}({{ visa.remark }}){% endif %}"
        texts = (post, "__________", "{{ visa.name }}", "{{ visa.date or '__________' }}")
        repeat_row(table, "visa in visas", texts, s.SIGNED_LINE)


def acquainted(document: Document) -> None:
    """Who has to sign that they know the document."""
    with when(document, "acquainted"):
        line(document, "", s.GAP)
        line(document, "{{ acquainted_words }}", s.NOTE_KEPT)
        table = bare_table(document, (42, 17, 24, 17))
        texts = ("{{ person.post | join(' ') }}", "__________", "{{ person.name }}", "__________")
        repeat_row(table, "person in acquainted", texts, s.SIGNED_LINE)


def marks(document: Document) -> None:
    """Who drafted the document, and the case that it goes to."""
    with when(document, "drafter"):
        line(document, "", s.GAP)
        line(document, "{{ drafter }}{% if drafter_contacts %}{{ '\\n' }}{{ drafter_contacts }}{% endif %}", s.NOTE)
    with when(document, "case"):
        line(document, "", s.GAP)
        line(document, "{{ case }}", s.NOTE)


def corner(document: Document, mark: str, stamp: str, landscape: str) -> None:
    """The mark of an appendix and its stamp in the upper right corner; ``landscape`` says how the pages lie."""
    with when(document, landscape):
        _corner(document, mark, stamp, s.CORNER_WIDE, s.CORNER_WIDE_HEAD)
        tag(document, "else")
        _corner(document, mark, stamp, s.CORNER, s.CORNER_HEAD)


def _corner(document: Document, mark: str, stamp: str, plain: str, word: str) -> None:
    with loop(document, f"line in {mark}"):
        line(document, "{{ line }}", plain)
    with loop(document, f"line in {stamp}"), when(document, "loop.first"):
        line(document, "{{ line }}", word)
        tag(document, "else")
        line(document, "{{ line }}", plain)


def title(document: Document, kind: str, lines: str) -> None:
    """The kind of an enclosed document in capitals, and its name line by line."""
    with when(document, kind):
        line(document, f"{{{{ {kind} }}}}", s.TITLE_KIND)
        tag(document, "else")
        line(document, "", s.BEFORE_SIGNATURE)
    with loop(document, f"line in {lines}"), when(document, "loop.last"):
        line(document, "{{ line }}", s.TITLE_LAST)
        tag(document, "else")
        line(document, "{{ line }}", s.TITLE)


def appendices(document: Document, *, landscape: bool = False) -> None:
    """Each appendix on pages of its own, upright or across. ``landscape``: how the file's own last section lies.

    Where the last pages lie the other way they get an end of their own; the empty section behind it goes when the
    file is printed.
    """
    with loop(document, "appendix in appendices"):
        with when(document, "appendix.follows_landscape"):
            section_end(document, landscape=True)
            tag(document, "else")
            section_end(document, landscape=False)
        corner(document, "appendix.mark", "appendix.stamp", "appendix.landscape")
        title(document, "appendix.kind", "appendix.title")
        pieces(document, "appendix.pieces")
    with when(document, "not ends_landscape" if landscape else "ends_landscape"):
        section_end(document, landscape=not landscape)

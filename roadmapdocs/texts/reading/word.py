"""DOCX: the body, then what stands beside it: headers, footers, footnotes, endnotes. Comments are not of the text."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.files.reading.docx import walk_through
from roadmapdocs.files.reading.docx_numbering import W
from roadmapdocs.files.reading.ooxml import Element, Package
from roadmapdocs.files.rules import damaged
from roadmapdocs.texts.reading.plain import Found, blocks_as_text, tidy

_BESIDE = ("/header", "/footer", "/footnotes", "/endnotes")


def read_word(data: bytes) -> Found:
    """
    :raise Refusal: ``damaged``
    """
    package = Package(data, "")
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise damaged("")
    walk = walk_through(package, main)
    # The header of the first page often says what the others do.
    parts = dict.fromkeys(blocks_as_text(walk.blocks(part)) for part in (body, *_beside(package, main)))
    return Found(tidy("\n".join(parts)), "docx")


def _beside(package: Package, main: str) -> Iterator[Element]:
    for kind in _BESIDE:
        for path in package.related(main, kind).values():
            if (root := package.tree(path)) is not None:
                yield root

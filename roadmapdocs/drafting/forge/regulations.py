"""Templates of a regulation and of what is set down like one: the mark, the stamp, the name, then the text."""

from __future__ import annotations

from roadmapdocs.drafting.forge import requisites as r
from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.parts import line, new_document, pieces, save, when


def regulation(*, landscape: bool = False) -> bytes:
    """``landscape``: how most of such documents lie; each says for itself."""
    document = new_document(landscape=landscape)
    with when(document, "mark"):
        line(document, "{{ mark }}", s.ACCESS)
    r.corner(document, "appendix_mark", "stamp", "landscape")
    r.title(document, "kind", "titles")
    pieces(document)
    r.signatures(document)
    r.visas(document)
    r.marks(document)
    r.appendices(document, landscape=landscape)
    return save(document)

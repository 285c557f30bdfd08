"""Templates of an order and a directive."""

from __future__ import annotations

from roadmapdocs.drafting.forge import requisites as r
from roadmapdocs.drafting.forge import styles as s
from roadmapdocs.drafting.forge.parts import line, lines, new_document, save, when


def order() -> bytes:
    """Along the page: organisation, kind, heading in the middle; appendices in the same file."""
    document = new_document()
    r.head(document)
    r.heading(document)
    with when(document, "preamble"):
        line(document, "{{ preamble }}", s.TEXT)
    with when(document, "decree"):
        line(document, "{{ decree }}", s.DECREE)
    lines(document, "points", before_signature=True)
    r.signatures(document)
    r.visas(document)
    r.acquainted(document)
    r.marks(document)
    r.appendices(document)
    return save(document)


#: A directive differs in its words alone, which its kind has.
directive = order

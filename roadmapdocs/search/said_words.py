"""The plain words of a question as its reader is shown them: what is sought, in quotes and with «или», and what is not."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapdocs.i18n import pgettext
from roadmapdocs.search.query.tree import (
    All,
    Any,
    Node,
    Not,
    OfKind,
    OfNumber,
    Plain,
    Quoted,
    Understood,
    Within,
)


def said_words(understood: Understood) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Words that are sought, and words that are excluded; what chips tell of is left to them."""
    if understood.tree is None:
        return understood.plain_words, ()
    units = list(_units(understood.tree))
    sought = (words for node in units if not isinstance(node, Not) and (words := _words(node)))
    excluded = (words for node in units if isinstance(node, Not) and (words := _words(node.node)))
    return tuple(dict.fromkeys(sought)), tuple(dict.fromkeys(excluded))


def _units(node: Node) -> Iterator[Node]:
    """What is asked for all at once, each by itself."""
    if isinstance(node, All):
        for one in node.nodes:
            yield from _units(one)
    else:
        yield node


def _words(node: Node) -> str:
    """Nothing where no plain word is in it."""
    if isinstance(node, Plain):
        return node.text
    if isinstance(node, Quoted):
        return f'"{node.text.strip()}"'
    if isinstance(node, Within):
        return _words(node.node)
    if isinstance(node, Not):
        return f"-{words}" if (words := _words(node.node)) else ""
    if isinstance(node, All):
        return " ".join(filter(None, map(_words, node.nodes)))
    if isinstance(node, Any):
        return _alternatives(node)
    return ""


def _alternatives(node: Any) -> str:
    """A kind or a number is named among words, though it has a chip: without it «или» would join nothing."""
    if not any(map(_words, node.nodes)):
        return ""
    named = (one.text if isinstance(one, OfKind | OfNumber) else _grouped(one) for one in node.nodes)
    return f" {pgettext('search', 'or')} ".join(filter(None, named))


def _grouped(node: Node) -> str:
    words = _words(node)
    return f"({words})" if isinstance(node, All) and " " in words else words

"""Nodes as expressions of FTS5's query language."""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from roadmapdocs.search.engines.sql_records import peeled
from roadmapdocs.search.engines.sql_tokens import EVERY, NOTHING, tag_token, token
from roadmapdocs.search.ports import Both, Either, Every, Node, Phrase, Prefix, Tagged, Without, Word, Zone

#: So many spellings of one phrase are asked for; beyond, what has all its words is looked at.
MOST_SPELLINGS: Final = 64
#: FTS5 reads brackets up to a depth; deeper trees are looked at record by record.
DEEPEST: Final = 24
#: Of a larger set only those tags are asked for that some record has: a range of dates may name hundreds.
LARGE_SET: Final = 16
#: Closeness is reckoned by so many words of a question at most.
MOST_WEIGHED: Final = 64

#: A beginning of more words than these is left to FTS5, which then puts together all that they stand in.
MOST_BEGUN: Final = 200


class Known(Protocol):
    """What stands in some record."""

    def standing(self, tokens: Collection[str]) -> set[str]:
        """The tokens of positions, or of tags, that have any of these."""

    def begun(self, start: str, most: int) -> list[str]:
        """Tokens of terms that begin so, not more than so many."""


@dataclass(frozen=True, slots=True)
class Match:
    """``text`` finds all records of which the node is true; no others, if it is ``exact``."""

    text: str
    exact: bool = True


_ALL: Final = Match(f'"{EVERY}"', exact=False)


def expression(node: Node, known: Known, depth: int = 0) -> Match:
    node, negated = peeled(node)
    found = _plain(node, known, depth) if depth <= DEEPEST else _ALL
    if not negated:
        return found
    return Match(f'("{EVERY}" NOT {found.text})') if found.exact else _ALL


def _plain(node: Node, known: Known, depth: int) -> Match:
    match node:
        case Every():
            return Match(f'"{EVERY}"')
        case Tagged(tags):
            found = {tag_token(tag) for tag in tags}
            return Match(_any(found if len(found) <= LARGE_SET else known.standing(found) & found))
        case Both(nodes):
            return _all_of(nodes, known, depth + 1)
        case Either(nodes):
            return _joined(" OR ", NOTHING, [expression(one, known, depth) for one in nodes])
        case Without():
            return expression(node, known, depth)
        case Word(terms, zone):
            return Match(_in(zone, _any(map(token, terms))))
        case Prefix(start, zone):
            return Match(_in(zone, _begun(token(start), known))) if start else _ALL
        case Phrase(places, zone):
            return _phrase(places, zone, known)


def _all_of(nodes: Iterable[Node], known: Known, depth: int) -> Match:
    """What must not be is taken from what must, instead of from all there is."""
    apart = [peeled(one) for one in nodes]
    must = _joined(" AND ", EVERY, [expression(one, known, depth) for one, negated in apart if not negated])
    never = [expression(one, known, depth) for one, negated in apart if negated]
    exact = [one for one in never if one.exact]
    text = f"({must.text} NOT {_joined(' OR ', NOTHING, exact).text})" if exact else must.text
    return Match(text, must.exact and len(exact) == len(never))


def _joined(word: str, empty: str, parts: list[Match]) -> Match:
    texts = dict.fromkeys(part.text for part in parts) or [_quoted(empty)]
    return Match(f"({word.join(texts)})", all(part.exact for part in parts))


def _phrase(places: tuple[frozenset[str], ...], zone: Zone | None, known: Known) -> Match:
    told = [set(map(token, place)) for place in places]
    if len(told) == 1:
        return Match(_in(zone, _any(told[0])))
    spelt = [place | known.standing(place) if place else place for place in told]
    if all(spelt) and _spellings(spelt) <= MOST_SPELLINGS:
        return Match(_row(spelt, zone))
    parts = [_in(zone, _any(place)) for place in told if place]
    parts += [
        _row(pair, zone) for pair in itertools.pairwise(spelt) if all(pair) and _spellings(pair) <= MOST_SPELLINGS
    ]
    return Match(f"({' AND '.join(parts)})", exact=False)


def _spellings(places: Iterable[set[str]]) -> int:
    return math.prod(len(place) for place in places)


def _row(places: Iterable[set[str]], zone: Zone | None) -> str:
    """Tokens in a row, in the columns that hold texts: in those beside, neighbours are none."""
    columns = [zone.value] if zone else [one.value for one in Zone]
    rows = itertools.product(*map(sorted, places))
    return f"({{{' '.join(columns)}}} : ({' OR '.join(_quoted(' '.join(row)) for row in rows)}))"


def _in(zone: Zone | None, text: str) -> str:
    return text if zone is None else f"({{{zone.value} {zone.value}_more}} : {text})"


def _any(found: Iterable[str]) -> str:
    return f"({' OR '.join(map(_quoted, sorted(found))) or _quoted(NOTHING)})"


def _begun(start: str, known: Known) -> str:
    """Word by word: so FTS5 can stop after the newest, and need not put together first all that they stand in."""
    words = known.begun(start, MOST_BEGUN + 1)
    return _any(words) if len(words) <= MOST_BEGUN else f"({_quoted(start)} *)"


def _quoted(one: str) -> str:
    """Tokens hold letters, digits and ``_`` alone."""
    return f'"{one}"'


def weighed(node: Node) -> str:
    """The words of a question by which closeness is reckoned, as an expression; empty where there are none.

    Where a record must have them all, they are asked for so: there are fewer records then to be reckoned.
    """
    return _required(node) or " OR ".join(dict.fromkeys(itertools.islice(_weighed(node), MOST_WEIGHED)))


def _required(node: Node) -> str:
    node, negated = peeled(node)
    if not isinstance(node, Both) or negated:
        return ""
    words = [one for one, denied in map(peeled, node.nodes) if not denied and isinstance(one, Word | Phrase)]
    others = [one for one in node.nodes if next(_weighed(one), None) and peeled(one)[0] not in words]
    return "" if others else " AND ".join(dict.fromkeys(text for word in words for text in _weighed(word)))


def _weighed(node: Node) -> Iterator[str]:
    """A beginning weighs nothing: it is of many words, and the newest of what has them come first."""
    node, negated = peeled(node)
    if negated:
        return
    match node:
        case Both(nodes) | Either(nodes):
            for one in nodes:
                yield from _weighed(one)
        case Word(terms, zone):
            yield _in(zone, _any(map(token, terms)))
        case Phrase(places, zone):
            yield from (_in(zone, _any(map(token, place))) for place in places if place)

"""Nodes as PostgreSQL's tsquery."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from roadmapdocs.search.engines.sql_matching import DEEPEST, LARGE_SET, MOST_WEIGHED, Match
from roadmapdocs.search.engines.sql_records import peeled
from roadmapdocs.search.engines.sql_tokens import EVERY, NOTHING, tag_token, token
from roadmapdocs.search.engines.sql_ts_vectors import LABELS, LONG, ZONES_APART, is_whole, lexeme
from roadmapdocs.search.ports import Both, Either, Every, Node, Phrase, Prefix, Tagged, Without, Word, Zone

#: Of tokens of tags, those that some record has.
Known = Callable[[Collection[str]], set[str]]

_ALL: Final = Match(f"'{EVERY}'", exact=False)


def tsquery(node: Node, known: Known, depth: int = 0, *, denied: bool = False) -> Match:
    """``denied`` within what must not be: there, of records that are too long for PostgreSQL none is to be left
    out for a phrase."""
    node, negated = peeled(node)
    found = _plain(node, known, depth, denied is not negated) if depth <= DEEPEST else _ALL
    if not negated:
        return found
    return Match(f"('{EVERY}' & !{found.text})") if found.exact else _ALL


def _plain(node: Node, known: Known, depth: int, denied: bool) -> Match:
    match node:
        case Every():
            return Match(f"'{EVERY}'")
        case Tagged(tags):
            found = {tag_token(tag) for tag in tags}
            return Match(_any(found if len(found) <= LARGE_SET else known(found) & found))
        case Both(nodes):
            return _joined(" & ", EVERY, [tsquery(one, known, depth + 1, denied=denied) for one in nodes])
        case Either(nodes):
            return _joined(" | ", NOTHING, [tsquery(one, known, depth + 1, denied=denied) for one in nodes])
        case Without():
            return tsquery(node, known, depth, denied=denied)
        case Word(terms, zone):
            return Match(_any(map(token, terms), zone))
        case Prefix(start, zone):
            begun = token(start)
            return Match(f"{_quoted(begun)}:*{LABELS[zone] if zone else ''}") if start and is_whole(begun) else _ALL
        case Phrase(places, zone):
            return _phrase(places, zone, denied)


def _joined(word: str, empty: str, parts: list[Match]) -> Match:
    texts = dict.fromkeys(part.text for part in parts) or [f"'{empty}'"]
    return Match(f"({word.join(texts)})", all(part.exact for part in parts))


def _phrase(places: tuple[frozenset[str], ...], zone: Zone | None, denied: bool) -> Match:
    words = [(at, _any(map(token, place), zone)) for at, place in enumerate(places) if place]
    text, last = words[0][1], words[0][0]
    for at, word in words[1:]:
        text += f" <{at - last}> {word}"
        last = at
    loose = " & ".join(word for _, word in words)
    text = f"(({text}) & !'{LONG}')" if denied else f"(({text}) | ('{LONG}' & {loose}))"
    whole = words[0][0] == 0 and last == len(places) - 1 and len(places) <= ZONES_APART
    if whole:
        return Match(text)
    return Match(f"({loose})", exact=False)


def _any(found: Iterable[str], zone: Zone | None = None) -> str:
    return f"({' | '.join(_quoted(one) + _colon(zone) for one in sorted(found)) or _quoted(NOTHING)})"


def _colon(zone: Zone | None) -> str:
    return f":{LABELS[zone]}" if zone else ""


def _quoted(one: str) -> str:
    """Tokens hold letters, digits and ``_`` alone."""
    return f"'{lexeme(one)}'"


def has_phrase(node: Node) -> bool:
    node, _ = peeled(node)
    if isinstance(node, Both | Either):
        return any(has_phrase(one) for one in node.nodes)
    return isinstance(node, Phrase)


def weighed(node: Node) -> list[str]:
    """A tsquery for each word of a question by which closeness is reckoned."""
    return list(dict.fromkeys(_weighed(node)))[:MOST_WEIGHED]


def _weighed(node: Node) -> Iterator[str]:
    node, negated = peeled(node)
    if negated:
        return
    match node:
        case Both(nodes) | Either(nodes):
            for one in nodes:
                yield from _weighed(one)
        case Word(terms, zone):
            yield from (f"{_quoted(token(term))}{_colon(zone)}" for term in sorted(terms))
        case Phrase(places, zone):
            yield from (f"{_quoted(token(term))}{_colon(zone)}" for place in places for term in sorted(place))

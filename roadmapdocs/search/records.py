"""Sources into entries: their terms and tags, and the words that they add to the vocabulary."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from roadmapdocs.search.abbreviation_rules import Pair, find_pairs
from roadmapdocs.search.analysis import Token, analyse
from roadmapdocs.search.analysis_numbers import number_terms
from roadmapdocs.search.passages import Source
from roadmapdocs.search.ports import Entry, Position, Zone
from roadmapdocs.search.sources import documents
from roadmapdocs.search.sources_assignments import assignments
from roadmapdocs.search.sources_roadmap import items, sections
from roadmapdocs.search.tags import tag
from roadmapdocs.search.vocabulary import Words, words_of

#: Stands between passages of one zone, so that no phrase is found across them. Nothing that is asked has this term.
BARRIER: Final[Position] = ("¶",)
#: Characters of texts whose analysis is remembered: an edited card does not analyse its file anew.
_REMEMBERED: Final = 2_000_000
_WORTH_IT: Final = 500
#: Abbreviations learnt from one record; whoever saves it waits until they are kept.
_MOST_EXPLAINED: Final = 50

def sources(keys: Iterable[str], *, today: dt.date) -> dict[str, Source]:
    """What there is to find of these keys («document:17»); what is not found, or is no more, is left out."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _colon, number = key.partition(":")
        wanted[kind].append(int(number))
    found = itertools.chain(
        documents(wanted["document"], today=today),
        items(wanted["item"]),
        sections(wanted["section"]),
        assignments(wanted["assignment"]),
    )
    return {source.key: source for source in found}


@dataclass(frozen=True, slots=True)
class Analysed:
    positions: tuple[Position, ...]
    words: Words


class _Memory:
    """Texts analysed of late, up to a number of characters in all; the threads of a process share it."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Analysed] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def analysed(self, text: str) -> Analysed:
        with self._lock:
            known = self._kept.get(text)
            if known is not None:
                self._kept.move_to_end(text)
                return known
        tokens = analyse(text)
        fresh = Analysed(tuple(token.terms for token in tokens), words_of(_written(text, tokens)))
        if _WORTH_IT <= len(text) <= _REMEMBERED:
            self._keep(text, fresh)
        return fresh

    def _keep(self, text: str, fresh: Analysed) -> None:
        with self._lock:
            if text not in self._kept:
                self._size += len(text)
            self._kept[text] = fresh
            while self._size > _REMEMBERED:
                gone, _analysed = self._kept.popitem(last=False)
                self._size -= len(gone)

    def knows(self, text: str) -> bool:
        return text in self._kept


_memory = _Memory()


def _written(text: str, tokens: Iterable[Token]) -> Iterator[tuple[str, Position]]:
    for token in tokens:
        yield text[token.start : token.end], token.terms


def warm(found: Collection[Source]) -> None:
    """Analyse beforehand what will be analysed while others wait."""
    for source in found:
        for passage in source.passages:
            _memory.analysed(passage.text)


def cost(found: Collection[Source]) -> int:
    """Characters that are yet to be analysed."""
    return sum(len(one.text) for source in found for one in source.passages if not _memory.knows(one.text))


def entry_of(source: Source, record_id: int, words: Words) -> Entry:
    """The source as engines store it; the words in it are added to ``words``."""
    zones: dict[Zone, list[Position]] = defaultdict(list)
    for passage in source.passages:
        said = _memory.analysed(passage.text)
        if said.positions:
            zone = zones[passage.zone]
            if zone:
                zone.append(BARRIER)
            zone.extend(said.positions)
        words.update(said.words)
    return Entry(record_id, source.key, source.day, source.number, zones, tags_of(source), source.digest())


def explained(source: Source) -> list[Pair]:
    """What the text of a document that all may read explains of its abbreviations («далее – ШНОР»)."""
    if "may:staff" not in source.tags:
        return []
    texts = [one.text for one in source.passages if one.source in ("text", "file") and "далее" in one.text]
    return list(itertools.islice((pair for text in texts for pair in find_pairs(text)), _MOST_EXPLAINED))


def tags_of(source: Source) -> frozenset[str]:
    """The tags with those that analysis makes: of the number and of names."""
    made = {tag("num", term) for term in number_terms(source.written)}
    for facet, name in source.named.items():
        made |= {tag(facet, term) for position in _memory.analysed(name).positions for term in position}
    return source.tags | made

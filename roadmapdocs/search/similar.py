"""Documents like one document: those that share its most telling words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from roadmapdocs.access.rules import Action, require
from roadmapdocs.documents.operations import read_document
from roadmapdocs.people.rules import Actor
from roadmapdocs.search import state, tags
from roadmapdocs.search.analysis import STOP_WORDS, positions
from roadmapdocs.search.answers import FoundRecord, Piece
from roadmapdocs.search.found_rows import found_rows
from roadmapdocs.search.models import SearchRecord
from roadmapdocs.search.ports import Both, Either, Engine, IndexBrokenError, Plan, Tagged, Word

#: So many words tell what a document is about, out of so many characters of it.
TELLING: Final = 12
_READ: Final = 20_000
#: How many records hold a word is asked for the likeliest of its words only.
_WEIGHED: Final = 80
#: A word of the title counts as so many of the text.
_TITLE_WEIGHT: Final = 4
#: Words in more than this part of all records tell nothing.
_COMMON: Final = 0.2
#: What is this much less close than the closest is not like it.
_CLOSE: Final = 0.35
#: Where others talk about it, or what is in every card of the kind.
_BESIDE: Final = frozenset({"number", "signer", "drafter", "unit", "organisation", "case", "comment", "remark"})


def similar(document_id: int, *, by: Actor, limit: int = 5) -> tuple[FoundRecord, ...]:
    """Documents most like this one that the reader may read, the likest first; none while there is no index.

    :raise NotFound: if there is no such document for this person
    """
    require(by, Action.READ)
    read_document(document_id, by=by)
    engine, _condition = state.opened()
    used = state.used()
    if engine is None or used is None:
        return ()
    key = f"document:{document_id}"
    stored: SearchRecord | None = SearchRecord.get_or_none(SearchRecord.key == key)
    if stored is None:
        return ()
    try:
        words = telling(stored.passages, engine)
        if not words:
            return ()
        wanted = Both((Either(tuple(Word(frozenset({word})) for word in words)), Tagged(frozenset({"type:document"}))))
        found = engine.search(Plan(wanted, tags.readable_by(by), state.waiting() | {key}, limit=limit))
    except IndexBrokenError as problem:
        state.report_broken(engine, problem)
        return ()
    closest = max((hit.score for hit in found.hits), default=0.0)
    rows = found_rows([hit.key for hit in found.hits], by=by, today=used.today())
    return tuple(
        replace(rows[hit.key].record, title=(Piece(rows[hit.key].title),), score=hit.score)
        for hit in found.hits
        if hit.key in rows and hit.score >= closest * _CLOSE
    )


def telling(passages: Iterable[Mapping[str, str]], engine: Engine) -> list[str]:
    """Terms of which this record has many and few others have any, the most telling first."""
    counts: Counter[str] = Counter()
    left = _READ
    for passage in passages:
        if passage["source"] in _BESIDE or left <= 0:
            continue
        weight = _TITLE_WEIGHT if passage["source"] == "title" else 1
        for terms in positions(passage["text"][:left]):
            if _is_word(terms[0]):
                counts[terms[0]] += weight
        left -= len(passage["text"])
    often = dict(counts.most_common(_WEIGHED))
    frequencies = engine.frequencies(often.keys())
    records = max(engine.count(), 1)
    weights = {
        term: (1 + math.log(count)) * math.log(records / frequencies[term])
        for term, count in often.items()
        # What no other record has finds nothing.
        if 1 < frequencies.get(term, 0) <= max(records * _COMMON, 3)
    }
    return sorted(weights, key=lambda term: (-weights[term], term))[:TELLING]


def _is_word(term: str) -> bool:
    return len(term) > 2 and term[0].isalpha() and term not in STOP_WORDS

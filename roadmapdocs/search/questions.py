"""One reader's question to one index: read, planned and asked, as often as its corrections take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import peewee as pw

from roadmapdocs.russian.letters import fold_word
from roadmapdocs.search.answers import Asked, Chip, ChipKind
from roadmapdocs.search.models import SearchWord
from roadmapdocs.search.ports import Engine, Found, Node, Plan
from roadmapdocs.search.query import Lexicon, Understood, plan, read

#: Words of the archive that a beginning stands for; of a shorter one none are looked up, for nearly all begin so.
MOST_BEGINNING: Final = 200
SHORTEST_BEGINNING: Final = 3
_CHUNK: Final = 500
#: Chips that may be words after all: «дорожная карта» is a kind, and in a question often what others write of one.
_WORDS: Final = frozenset({ChipKind.KIND, ChipKind.STATE, ChipKind.UNIT})


@dataclass(frozen=True, slots=True)
class Question:
    """``readable`` and ``hidden`` are those of a :class:`roadmapdocs.search.ports.Plan`."""

    engine: Engine
    asked: Asked
    lexicon: Lexicon
    readable: frozenset[str]
    hidden: frozenset[str]
    today: dt.date

    def understood(self, query: str, ignored: Collection[str] = ()) -> Understood:
        """Chips that were taken off are those of the question as it was asked, and of no other; ``ignored`` are more."""
        taken_off = self.asked.ignored.union(ignored) if query == self.asked.query else frozenset(ignored)
        return read(query, self.lexicon, today=self.today, ignored=taken_off, growing=self.asked.growing)

    def answered(self, understood: Understood) -> Answered:
        wanted = self.plan(understood)
        return Answered(understood, wanted, self.engine.search(wanted))

    def plan(self, understood: Understood, asked: Asked | None = None) -> Plan:
        return plan(
            understood,
            readable=self.readable,
            hidden=self.hidden,
            asked=asked or self.asked,
            beginning=terms_beginning,
        )

    def says_nothing(self, understood: Understood) -> bool:
        """Neither a sign that can be seen nor a chosen condition."""
        return not (understood.text.strip() or any(self.asked.narrowed.values()) or self.asked.in_force)

    def count(self, query: str, *, unnarrowed: bool = False) -> int:
        """How many records this reader would find by another question under the same chosen conditions, or without.

        As in the answer itself, a condition that finds nothing counts as its words.
        """
        asked = replace(self.asked, query=query, offset=0, limit=1, facets=False)
        if unnarrowed:
            asked = replace(asked, narrowed={}, in_force=None)
        understood = self.understood(query)
        total = self._total(understood, asked)
        words = () if total else may_be_words(understood)
        return self._total(self.understood(query, [chip.id for chip in words]), asked) if words else total

    def _total(self, understood: Understood, asked: Asked) -> int:
        return self.engine.search(self.plan(understood, asked)).total if understood.tree is not None else 0

    def count_of(self, node: Node) -> int:
        """How many records this reader may find by a node alone, whatever conditions are chosen."""
        return self.engine.search(Plan(node, self.readable, self.hidden, limit=1)).total


def may_be_words(understood: Understood) -> list[Chip]:
    """Conditions whose own words are searched for where, as conditions, they find nothing."""
    return [chip for chip in understood.chips if chip.kind in _WORDS]


@dataclass(frozen=True, slots=True)
class Answered:
    """What was understood, what was asked of the index, and what it found."""

    understood: Understood
    plan: Plan
    found: Found


def terms_beginning(start: str) -> frozenset[str]:
    """Terms of the words of the archive, some form of which begins so."""
    folded = fold_word(start)
    if len(folded) < SHORTEST_BEGINNING:
        return frozenset()
    rows = SearchWord.select(SearchWord.lemmas).where(SearchWord.word.between(folded, f"{folded}\uffff"))
    return frozenset(term for (lemmas,) in rows.order_by(SearchWord.word).limit(MOST_BEGINNING).tuples() for term in lemmas)


def standing(words: Collection[str]) -> Mapping[str, Sequence[str]]:
    """Of these folded words those that stand in the archive, each with its terms; whoever may read where they stand."""
    found: dict[str, Sequence[str]] = {}
    for chunk in pw.chunked(words, _CHUNK):
        rows = SearchWord.select(SearchWord.word, SearchWord.lemmas).where(SearchWord.word.in_(list(chunk)))
        found |= dict(rows.tuples())
    return found
